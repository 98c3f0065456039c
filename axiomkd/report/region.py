"""Reports on families: for which values of a parameter a statement is proved, refuted or open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from axiomkd.explore.intervals import Ends
from axiomkd.explore.plane import Box, Plane
from axiomkd.explore.region import Piece, Question, Region
from axiomkd.explore.wire import plane_to_json, region_to_json
from axiomkd.kernel.evidence import Derivation
from axiomkd.report.example import scope_words
from axiomkd.report.markdown import MARKS, cell_text
from axiomkd.report.rows import how
from axiomkd.verdict import Cell

SIGNS = {"proved": MARKS["proved"], "refuted": MARKS["refuted"], "open": MARKS["undecided"], "excluded": "-"}
MOST_VALUES = 7
"""How many refuted values a line of the table names."""
LEGEND = "refuted: at the values named, each by a counterexample of its own; nothing is claimed between them"
PLANE_LEGEND = "refuted: at a value inside the box; nothing is claimed of the rest of it"


@dataclass(frozen=True)
class RegionLine:
    """A piece of the range as it is to be read."""

    kind: str
    values: str
    evidence: str


def lines(region: Region, most: int | None = MOST_VALUES) -> tuple[RegionLine, ...]:
    """The pieces from left to right, and the values for which the family is not meant; at most so many
    values of a piece are named."""
    found = [
        (
            piece.ends.first,
            RegionLine(
                piece.kind, _values(piece, region.parameter, most), _evidence(piece, region.parameter)
            ),
        )
        for piece in region.pieces
    ]
    for x in region.excluded:
        words = "the formula has no value there"
        found.append(((x, 0), RegionLine("excluded", f"{region.parameter} = {x}", words)))
    return tuple(line for _, line in sorted(found, key=lambda entry: entry[0]))


def _values(piece: Piece, name: str, most: int | None) -> str:
    if not piece.values:
        return piece.ends.words(name)
    return f"{name} = {', '.join(_shortened(list(map(str, piece.values)), most))}"


def _shortened(values: list[str], most: int | None) -> list[str]:
    """The first and the last of many values."""
    if most is None or len(values) <= most:
        return values
    first = (most + 1) // 2
    return [*values[:first], "..", *values[first - most :]]


def _evidence(piece: Piece, name: str) -> str:
    if piece.kind == "open":
        return "neither proved nor refuted"
    if piece.kind == "proved" and not piece.values:
        return how(piece.cells[0]) if len(piece.cells) == 1 else "; ".join(map(_proof, piece.cells))
    pairs = zip(piece.values, piece.cells, strict=True)
    value, simplest = min(pairs, key=lambda pair: (len(how(pair[1])), abs(pair[0])))
    number = f"{len(piece.values)} values, e.g. {name} = {value}: " if len(piece.values) > 1 else ""
    return f"{number}{how(simplest)}"


def _proof(cell: Cell) -> str:
    """The part of an interval that a derivation is about, where there are several."""
    assert isinstance(cell.evidence, Derivation)
    ranges = [Ends.of(values).words(name) for name, values in cell.operator.ranges.items()]
    return f"{', '.join(ranges)}: {how(cell)}" if ranges else how(cell)


def plane_lines(plane: Plane) -> tuple[RegionLine, ...]:
    """The proved and the open boxes one by one, with how many are refuted."""
    kept = [box for box in plane.boxes if box.cell.verdict != "refuted"]
    refuted = [box for box in plane.boxes if box.cell.verdict == "refuted"]
    found = [_box_line(box, plane.parameters) for box in sorted(kept, key=_order)]
    if refuted:
        example = min(refuted, key=lambda box: len(how(box.cell)))
        words = f"{len(refuted)} boxes, e.g. {how(example.cell)}"
        found.append(RegionLine("refuted", _box_words(example, plane.parameters), words))
    return tuple(found)


def _order(box: Box) -> tuple[str, Fraction, Fraction]:
    return box.cell.verdict, box.sides[0].low, box.sides[1].low


def _box_line(box: Box, names: Sequence[str]) -> RegionLine:
    proved = box.cell.verdict == "proved"
    return RegionLine(
        "proved" if proved else "open",
        _box_words(box, names),
        how(box.cell) if proved else "neither proved nor refuted",
    )


def _box_words(box: Box, names: Sequence[str]) -> str:
    return ", ".join(ends.words(name) for name, ends in zip(names, box.sides, strict=True))


def headline(found: Region | Plane) -> str:
    """Family, statement and range in a line."""
    question = found.question
    family = question.family.operator
    sides = [(found.parameter, found.ends)] if isinstance(found, Region) else _sides(found)
    ranges = ", ".join(ends.words(name) for name, ends in sides)
    words = scope_words(question.scope)
    return f"{family.title or family.id}: {question.statement.id} for {ranges}, {words}"


def _sides(plane: Plane) -> list[tuple[str, Ends]]:
    return list(zip(plane.parameters, plane.sides, strict=True))


def legend(found: Region | Plane) -> str:
    """What a refuted line claims."""
    return LEGEND if isinstance(found, Region) else PLANE_LEGEND


def formula(question: Question) -> str:
    """The formula as the family declares it."""
    operator = question.family.operator
    return f"{operator.written} = {operator.text}"


def write_region(found: Region | Plane, format: str) -> str:
    """The report as ``"markdown"`` or ``"json"``.

    :raises ValueError: for any other format.
    """
    if format == "json":
        return region_to_json(found) if isinstance(found, Region) else plane_to_json(found)
    if format == "markdown":
        return "\n".join(_markdown(found)) + "\n"
    raise ValueError(f"expected markdown or json, got {format}")


def _markdown(found: Region | Plane) -> Iterator[str]:
    yield from (f"# {headline(found)}", "", f"`{formula(found.question)}`", "")
    yield from (f"{found.question.statement.title}. {found.question.statement.meaning}", "")
    yield from ("| verdict | values | how |", "| --- | --- | --- |")
    shown = lines(found, None) if isinstance(found, Region) else plane_lines(found)
    for line in shown:
        sign = f"{SIGNS[line.kind]} {line.kind}"
        yield f"| {sign} | {cell_text(line.values)} | {cell_text(line.evidence)} |"
    yield from ("", legend(found))
