"""Non-uniqueness: several rules with all the required properties, told apart exactly; infinitely many."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from axiomkd.certificate import Certificate, cell_to_json, layout, operator_to_json
from axiomkd.errors import EvidenceError
from axiomkd.explore.deciding import settled
from axiomkd.explore.families import Family, Point, distinct_goal, families
from axiomkd.explore.meanings import Tree
from axiomkd.explore.store import Store
from axiomkd.kernel.check import check
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.table import Json, array, integer, nested, record, refuse
from axiomkd.kernel.wire import cell_from_json, evidence_to_json, goal_to_json, parse
from axiomkd.operator import Operator
from axiomkd.recheck import CELL, check_cell, check_cell_of, operator_from_json, read, record_of_cell
from axiomkd.statement import Scope
from axiomkd.theories.ensemble.equality import same_rule
from axiomkd.verdict import Cell, decide

FORMAT = "axiomkd-nonuniqueness/1"
DOCUMENT = ("format", "required", "members", "separations", "families")
MEMBER = ("operator", "cells")
SEPARATION = ("one", "other", "cell")
FAMILY = (*MEMBER, "distinct")
DISTINCT = ("p", "w", "outcome", "rises", "goal", "evidence")
SEPARATING = ("search", "long search")
Said = Callable[[str], None]


@dataclass(frozen=True)
class NonUniqueness:
    """Rules that all satisfy what is required, an input for each two that separates them, and families.

    ``separations`` are by the places of the two rules.

    :raises EvidenceError: when a proof or a separation is missing.
    """

    required: tuple[str, ...]
    members: tuple[Certificate, ...]
    separations: tuple[tuple[int, int, Cell], ...]
    families: tuple[Family, ...] = ()

    def __post_init__(self) -> None:
        for certificate in (*self.members, *(family.certificate for family in self.families)):
            _check_proofs(certificate, self.required)
        for one, other, cell in self.separations:
            _check_separation(self.members[one].operator, self.members[other].operator, cell)
        if {(one, other) for one, other, _ in self.separations} != set(_pairs(len(self.members))):
            raise EvidenceError("expected a separation for each two of the rules")


def _pairs(count: int) -> Iterator[tuple[int, int]]:
    return itertools.combinations(range(count), 2)


def _check_proofs(certificate: Certificate, required: Sequence[str]) -> None:
    if not certificate.operator.any_sizes:
        raise EvidenceError(f"{certificate.operator.id}: expected a rule for any sizes")
    for name in required:
        cell = certificate[name]
        if (cell.operator, cell.verdict, cell.scope) != (certificate.operator, "proved", Scope()):
            raise EvidenceError(f"{certificate.operator.id}, {name}: expected a proof for any sizes")


def _check_separation(one: Operator, other: Operator, cell: Cell) -> None:
    asked = Cell(one, same_rule(other), Scope())
    if cell.operator != one or cell.goal != asked.goal or cell.verdict != "refuted":
        raise EvidenceError(f"expected an input that separates {one.id} and {other.id}")


def certificate_of(store: Store, trees: Iterable[Tree], say: Said = lambda _: None) -> NonUniqueness:
    """What the rules in a store give that satisfy all that is required of them there.

    ``trees`` are those that were enumerated. Of two rules that nothing separates, the first is kept.
    """
    required, members, separations = store.required, list[Certificate](), list[tuple[int, int, Cell]]()
    for entry in store.entries("satisfies"):
        say(f"telling {entry.title} from the others")
        certificate = Certificate(store.operator(entry.number), store.cells(entry.number))
        cells = _separated(certificate.operator, members)
        if cells is not None:
            separations += [(place, len(members), cell) for place, cell in enumerate(cells)]
            members.append(certificate)
    say("proving families")
    numbers = {entry.number for entry in store.entries("satisfies")}
    satisfying = (tree for number, tree in enumerate(trees) if number in numbers)
    found = tuple(families(satisfying, required))
    return NonUniqueness(required, tuple(members), tuple(separations), found)


def _separated(operator: Operator, members: Sequence[Certificate]) -> list[Cell] | None:
    """An input for each of the members that tells it from the operator; nothing when one is missing."""
    cells: list[Cell] = []
    for member in members:
        cell = Cell(member.operator, same_rule(operator), Scope())
        evidence, _ = settled(cell.goal, SEPARATING)
        if evidence is None:
            return None
        cells.append(decide(cell, evidence))
    return cells


# -- as JSON --------------------------------------------------------------------------------


def to_json(found: NonUniqueness) -> str:
    """The whole with all evidence, from which :func:`check_text` makes it again."""
    return layout(as_data(found))


def as_data(found: NonUniqueness) -> dict[str, Json]:
    names = [member.operator.id for member in found.members]
    return {
        "format": FORMAT,
        "required": list(found.required),
        "members": [_member(member) for member in found.members],
        "separations": [
            {"one": names[one], "other": names[other], "cell": cell_to_json(cell)}
            for one, other, cell in found.separations
        ],
        "families": [_family(family) for family in found.families],
    }


def _member(certificate: Certificate) -> dict[str, Json]:
    cells: list[Json] = [cell_to_json(cell) for cell in certificate.cells]
    return {"operator": operator_to_json(certificate.operator), "cells": cells}


def _family(family: Family) -> dict[str, Json]:
    goal, evidence = family.distinct.goal, family.distinct.evidence
    distinct: dict[str, Json] = {
        "p": [[str(x) for x in row] for row in family.point.teachers],
        "w": [str(x) for x in family.point.weights],
        "outcome": family.point.outcome,
        "rises": family.rises,
        "goal": goal_to_json(goal),
        "evidence": evidence_to_json(goal, evidence),
    }
    return {**_member(family.certificate), "distinct": distinct}


def check_file(file: Path) -> NonUniqueness:
    """What a file claims, decided anew; raises as :func:`check_text` does."""
    return check_text(read(file))


def check_text(text: str) -> NonUniqueness:
    """What a text claims, every cell decided anew.

    :raises axiomkd.errors.AxiomkdError: when the text is no certificate of this format.
    :raises axiomkd.kernel.judgement.Refused: when anything that it claims is not so.
    """
    data = parse(text)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        refuse("certificate", f"the format {FORMAT}", data.get("format") if isinstance(data, dict) else data)
    entries = record(data, DOCUMENT, "certificate")
    members = tuple(_read_member(entry) for entry in array(entries["members"], "members"))
    places = {member.operator.id: place for place, member in enumerate(members)}
    separations = [_read_separation(e, members, places) for e in array(entries["separations"], "separations")]
    found = tuple(_read_family(entry) for entry in array(entries["families"], "families"))
    required = tuple(str(name) for name in array(entries["required"], "required"))
    try:
        return NonUniqueness(required, members, tuple(separations), found)
    except EvidenceError as error:
        raise Refused(str(error)) from None


def _read_member(data: Json, keys: Sequence[str] = MEMBER) -> Certificate:
    entries = record(data, keys, "member")
    operator = operator_from_json(entries["operator"])
    cells = [check_cell(operator, record_of_cell(e, operator.id)) for e in array(entries["cells"], "cells")]
    return Certificate(operator, tuple(cells))


def _read_separation(
    data: Json, members: Sequence[Certificate], places: dict[str, int]
) -> tuple[int, int, Cell]:
    entries = record(data, SEPARATION, "separation")
    ends = [places.get(str(entries[name])) for name in ("one", "other")]
    if None in ends:
        refuse("separation", "the ids of two members", f"{entries['one']} and {entries['other']}")
    one, other = (place for place in ends if place is not None)
    statement = same_rule(members[other].operator)
    claimed = record(entries["cell"], CELL, "separation")
    return one, other, check_cell_of(members[one].operator, statement, claimed)


def _read_family(data: Json) -> Family:
    certificate = _read_member(data, FAMILY)
    entries = record(record(data, FAMILY, "family")["distinct"], DISTINCT, "distinct")
    teachers, weights = (nested(entries[name], name) for name in ("p", "w"))
    point = Point(_rows(teachers), _row(weights), integer(entries["outcome"], "outcome", 1))
    rises = bool(entries["rises"])
    goal = distinct_goal(certificate.operator, point, rises)
    rebuilt = goal_to_json(goal)
    if entries["goal"] != rebuilt:
        raise Refused(f"{certificate.operator.id}: expected the goal that its rules differ, got another goal")
    evidence = cell_from_json(rebuilt, entries["evidence"])[1]
    return Family(certificate, point, rises, check(goal, evidence))


def _row(data: object) -> tuple[Fraction, ...]:
    if not isinstance(data, tuple) or not all(isinstance(x, Fraction) for x in data):
        refuse("distinct", "a row of fractions", data)
    return data


def _rows(data: object) -> tuple[tuple[Fraction, ...], ...]:
    return tuple(map(_row, data)) if isinstance(data, tuple) else refuse("distinct", "rows", data)
