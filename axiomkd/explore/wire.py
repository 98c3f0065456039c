"""Regions as JSON and back: every piece is decided anew when it is read."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import cast

from axiomkd.catalogue import find_statement
from axiomkd.certificate import cell_to_json, layout, operator_to_json, scope_to_json
from axiomkd.errors import EvidenceError
from axiomkd.explore.intervals import Ends
from axiomkd.explore.plane import Box, Plane
from axiomkd.explore.region import Piece, Question, Region, check_range, value_at
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.table import Json, array, number, record, refuse
from axiomkd.kernel.wire import parse
from axiomkd.language.ranges import Range
from axiomkd.operators.families import Family
from axiomkd.recheck import check_cell, operator_from_json, read, record_of_cell, scope_from_json
from axiomkd.verdict import Cell

FORMAT = "axiomkd-region/1"
REGION = ("format", "family", "excluded", "statement", "scope", "parameters", "pieces", "decided")
PARAMETER = ("name", "range")
DECIDED = ("at", "cell")


def region_to_json(found: Region) -> str:
    """A region along one parameter; ``decided`` holds the evidence, ``pieces`` what follows from it."""
    cells = [*(cell for _, cell in found.spans), *(cell for _, cell in found.points)]
    pieces = [_piece(piece) for piece in found.pieces]
    return layout(_document(found.question, [found.parameter], [found.ends], pieces, cells))


def plane_to_json(found: Plane) -> str:
    """A map over two parameters."""
    pieces: list[Json] = [_box(box) for box in found.boxes]
    cells = [box.cell for box in found.boxes]
    return layout(_document(found.question, found.parameters, found.sides, pieces, cells))


def _document(
    question: Question, names: Sequence[str], sides: Sequence[Ends], pieces: list[Json], cells: list[Cell]
) -> dict[str, Json]:
    excluded = {name: list[Json](map(str, out)) for name, out in question.family.excluded.items()}
    return {
        "format": FORMAT,
        "family": operator_to_json(question.family.operator),
        "excluded": cast("dict[str, Json]", excluded),
        "statement": question.statement.id,
        "scope": scope_to_json(question.scope, question.statement.domain),
        "parameters": [{"name": n, "range": ends_to_json(e)} for n, e in zip(names, sides, strict=True)],
        "pieces": pieces,
        "decided": [_decided(cell, names) for cell in cells],
    }


def ends_to_json(ends: Ends) -> Json:
    """``[0, 1]``, ``(0, 1]``, .. as text."""
    return repr(ends)


def _piece(piece: Piece) -> Json:
    return {
        "verdict": piece.kind,
        "interval": ends_to_json(piece.ends),
        "values": list(map(str, piece.values)),
    }


def _box(box: Box) -> Json:
    values: list[Json] = list(map(str, box.value or ()))
    sides = [ends_to_json(ends) for ends in box.sides]
    return {"verdict": _kind(box.cell), "box": sides, "refuted at": values}


def _kind(cell: Cell) -> str:
    return "open" if cell.verdict == "undecided" else cell.verdict


def _decided(cell: Cell, names: Sequence[str]) -> Json:
    """A cell, and the numbers and ranges of the parameters for which it is decided."""
    parameters = dict(cell.operator.parameters)
    at: dict[str, Json] = {name: _number_or_range(parameters[name]) for name in names}
    return {"at": at, "cell": cell_to_json(cell)}


def _number_or_range(value: Fraction | Range) -> Json:
    return str(value) if isinstance(value, Fraction) else ends_to_json(Ends.of(value))


# -- and back ---------------------------------------------------------------------------------


def check_file(file: Path) -> Region | Plane:
    """The region that a file claims, every cell of it decided anew; raises as :func:`check_region` does."""
    return check_region(read(file))


def check_region(text: str) -> Region | Plane:
    """The region that a text claims, every cell of it decided anew.

    :raises axiomkd.errors.AxiomkdError: when the text is no region of this format.
    :raises axiomkd.kernel.judgement.Refused: when anything that it claims is not so.
    """
    data = parse(text)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        refuse("region", f"the format {FORMAT}", data.get("format") if isinstance(data, dict) else data)
    entries = record(data, REGION, "region")
    parameters = [
        record(entry, PARAMETER, "parameter") for entry in array(entries["parameters"], "parameters")
    ]
    names = [_word(entry["name"]) for entry in parameters]
    sides = [_ends(entry["range"]) for entry in parameters]
    question = _question(entries)
    for name, ends in zip(names, sides, strict=True):
        check_range(question.family, name, ends)
    decided = [_checked(question, names, entry) for entry in array(entries["decided"], "decided")]
    match names, sides:
        case [name], [ends]:
            region = _region(question, name, ends, decided)
            claimed = [_piece(piece) for piece in region.pieces]
            found: Region | Plane = region
        case [one, other], [left, right]:
            boxes = tuple(_as_box(at, cell, (one, other)) for at, cell in decided)
            found = Plane(question, (one, other), (left, right), boxes)
            claimed = [_box(box) for box in boxes]
        case _:
            raise EvidenceError(f"region: expected one or two parameters, got {len(names)}")
    if claimed != entries["pieces"]:
        raise Refused("expected the pieces that follow from what is decided, got others")
    return found


def _question(entries: dict[str, Json]) -> Question:
    excluded = entries["excluded"]
    if not isinstance(excluded, dict):
        refuse("excluded", "an object", excluded)
    out = {name: tuple(number(x, name) for x in array(values, name)) for name, values in excluded.items()}
    statement = find_statement(_word(entries["statement"]))
    scope = scope_from_json(entries["scope"], statement.domain)
    return Question(Family(operator_from_json(entries["family"]), out), statement, scope)


Values = dict[str, Fraction | Ends]


def _checked(question: Question, names: list[str], entry: Json) -> tuple[Values, Cell]:
    """A cell about the family at the numbers or ranges that are claimed for it."""
    found = record(entry, DECIDED, "decided")
    given = record(found["at"], names, "at")
    at: Values = {name: _number_or_ends(given[name]) for name in names}
    wanted = question.at(**{n: x.range if isinstance(x, Ends) else x for n, x in at.items()})
    claimed = record_of_cell(found["cell"], "cell")
    cell = check_cell(wanted.operator, claimed)
    if (cell.statement, cell.scope) != (wanted.statement, wanted.scope):
        raise Refused(f"expected a cell about {wanted.statement.id} at {wanted.scope}, got another")
    return at, cell


def _region(question: Question, name: str, ends: Ends, decided: list[tuple[Values, Cell]]) -> Region:
    spans, points = [], {}
    for at, cell in decided:
        value = at[name]
        if isinstance(value, Fraction):
            points[value] = cell
        elif cell.verdict == "proved":
            spans.append((value, cell))
        elif cell.verdict == "refuted":
            points[value_at(cell, name)] = cell
    excluded = tuple(x for x in question.family.excluded.get(name, ()) if x in ends)
    if not all(ends.covers(span) for span, _ in spans) or not all(x in ends for x in points):
        raise Refused(f"expected what is decided to lie within {ends}, got other values")
    return Region(question, name, ends, excluded, tuple(spans), tuple(sorted(points.items())))


def _as_box(at: Values, cell: Cell, names: tuple[str, str]) -> Box:
    one, other = (at[name] for name in names)
    if not isinstance(one, Ends) or not isinstance(other, Ends):
        raise Refused(f"expected ranges of {' and '.join(names)}, got numbers")
    value = (value_at(cell, names[0]), value_at(cell, names[1])) if cell.verdict == "refuted" else None
    return Box((one, other), cell, value)


def _number_or_ends(value: Json) -> Fraction | Ends:
    text = _word(value)
    return _ends(text) if text[:1] in ("[", "(") else number(text, "at")


def _ends(value: Json) -> Ends:
    text = _word(value)
    low, comma, high = text[1:-1].partition(", ")
    if text[:1] not in ("[", "(") or text[-1:] not in ("]", ")") or not comma:
        raise EvidenceError(f"region: expected an interval, got {text[:80]!a}")
    return Ends(number(low, "low end"), number(high, "high end"), text[0] == "(", text[-1] == ")")


def _word(value: Json) -> str:
    return value if isinstance(value, str) else refuse("region", "a text", value)
