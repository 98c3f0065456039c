"""Families with one parameter: infinitely many rules with one proof."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import cast

from axiomkd.catalogue import find_statement
from axiomkd.certificate import Certificate
from axiomkd.errors import EvidenceError
from axiomkd.explore import grammar
from axiomkd.explore.deciding import settled
from axiomkd.explore.fingerprint import fingerprint
from axiomkd.explore.grammar import PARAMETER
from axiomkd.explore.meanings import Tree
from axiomkd.kernel.check import Checked, check
from axiomkd.kernel.evidence import Evidence, Witness
from axiomkd.kernel.judgement import Fact, Goal
from axiomkd.kernel.terms import (
    Formula,
    Index,
    Less,
    Literal,
    Term,
    add,
    delta,
    replace_variables,
    term,
    variable,
    variables,
)
from axiomkd.language.ranges import Range
from axiomkd.operator import Operator
from axiomkd.provers.counterexample import refute
from axiomkd.statement import Scope
from axiomkd.theories.ensemble.equality import same_rule
from axiomkd.theories.ensemble.setting import OUTCOME, TEACHER, Setting, aggregate, fixed_size
from axiomkd.verdict import Cell, decide

RANGES = (Range(0, 1), Range(0, 1, "right"), Range(0, 1, "left"), Range(0, 1, "both"))
"""Where the parameter of a family may lie: the first range for which everything is proved."""
TWO_VALUES = Fraction(1, 4), Fraction(3, 4)
"""Two values of the parameter, at which an input is looked for that tells rules of the family apart."""
SECOND = "b2"
PROOFS = ("structural",)
PROOFS_AT_SIZES = ("structural", "algebraic")
"""At one input, whose sizes are fixed, a value may be proved to rise by algebra too."""
Row = tuple[Fraction, ...]


@dataclass(frozen=True)
class Point:
    """Teachers and weights in exact numbers, of the interior and the simplex, and an outcome from 1.

    :raises EvidenceError: when they are no input.
    """

    teachers: tuple[Row, ...]
    weights: Row
    outcome: int

    def __post_init__(self) -> None:
        rows = (*self.teachers, self.weights)
        outcomes = len(self.teachers[0]) if self.teachers else 0
        if any(sum(row) != 1 for row in rows) or min(map(min, rows)) < 0:
            raise EvidenceError("expected teachers and weights that are distributions, got others")
        if any(0 in row or len(row) != outcomes for row in self.teachers):
            raise EvidenceError("expected teachers with positive entries for the same outcomes, got others")
        if len(self.weights) != len(self.teachers) or not 1 <= self.outcome <= outcomes or outcomes < 2:
            raise EvidenceError("expected a weight for each teacher and one of the outcomes, got others")

    @property
    def scope(self) -> Scope:
        return Scope(len(self.teachers), len(self.teachers[0]))

    def value(self, operator: Operator) -> Term:
        """What the operator makes of the input, as a term in its parameter."""
        outcome = cast(Index, Literal(self.outcome, OUTCOME))
        return aggregate(operator, outcome, self._teacher, self._weight)

    def _teacher(self, k: Index, i: Index) -> Term:
        columns = enumerate(zip(*self.teachers, strict=True), start=1)
        return add(*(_entry(column, k) * delta(i, _number(j, OUTCOME)) for j, column in columns))

    def _weight(self, k: Index) -> Term:
        return _entry(self.weights, k)


def _entry(row: Sequence[Fraction], index: Index) -> Term:
    """The entry of a row at an index."""
    return add(*(term(x) * delta(index, _number(n, TEACHER)) for n, x in enumerate(row, start=1)))


def _number(number: int, sort: str) -> Index:
    return cast(Index, Literal(number, sort))


def distinct_goal(operator: Operator, point: Point, rises: bool) -> Goal:
    r"""For all :math:`b < b_2` of the range, :math:`q_b(i) < q_{b_2}(i)` at one input (or falls).

    So no two values of the parameter give the same rule.

    :raises EvidenceError: unless the operator has the one parameter b, with a range, and these sizes.
    """
    if list(operator.ranges) != [PARAMETER]:
        raise EvidenceError(f"{operator.id}: expected the parameter {PARAMETER} alone to have a range")
    first, second = variable(PARAMETER), variable(SECOND)
    values = operator.ranges[PARAMETER]
    facts = [Fact((), formula) for value in (first, second) for formula in values.facts(value)]
    facts.append(Fact((), cast(Formula, Less(first, second))))
    before = point.value(operator)
    if operator.implicit is not None or not variables(before) <= {PARAMETER}:
        raise EvidenceError(f"{operator.id}: expected a formula in teachers, weights and {PARAMETER} alone")
    after = cast(Term, replace_variables(before, {PARAMETER: lambda: second}))
    sides = (before, after) if rises else (after, before)
    plain = replace(operator, parameters=())
    scope = Scope(fixed_size(operator, point.scope, TEACHER), fixed_size(operator, point.scope, OUTCOME))
    return Setting(tuple(facts)).goal(plain, scope, cast(Formula, Less(*sides)))


@dataclass(frozen=True)
class Family:
    """A rule with a parameter, proved to have every required property for all values of its range, and
    proved to be another rule for every other value.

    :raises EvidenceError: when a proof is missing.
    """

    certificate: Certificate
    point: Point
    rises: bool
    distinct: Checked

    def __post_init__(self) -> None:
        goal = distinct_goal(self.certificate.operator, self.point, self.rises)
        if self.distinct.goal != goal or not self.distinct.proves:
            raise EvidenceError(f"{self.certificate.operator.id}: expected a proof that its rules differ")


def families(trees: Iterable[Tree], required: Sequence[str]) -> Iterator[Family]:
    """The families that let a constant of the rules free and have all that is required."""
    seen: set[str] = set()
    for tree in trees:
        for general in grammar.families(tree):
            look = fingerprint(at_value(grammar.operator(general, RANGES[0]), Fraction(1, 3)))
            if look not in seen:
                seen.add(look)
                found = _family(general, required)
                if found is not None:
                    yield found


def _family(tree: Tree, required: Sequence[str]) -> Family | None:
    for values in RANGES:
        operator = grammar.operator(tree, values)
        cells = proved(operator, required)
        if cells is not None:
            return _distinct(Certificate(operator, cells))
    return None


def proved(operator: Operator, required: Sequence[str]) -> tuple[Cell, ...] | None:
    """The cells of an operator with proofs of all statements, or nothing."""
    cells: list[Cell] = []
    for name in required:
        cell = Cell(operator, find_statement(name), Scope())
        evidence = None
        if cell.statement.goal(operator, cell.scope) is not None:
            evidence, _ = settled(cell.goal, PROOFS)
        if evidence is None:
            return None
        decided = decide(cell, evidence)
        if decided.verdict != "proved":  # a part of the statement alone
            return None
        cells.append(decided)
    return tuple(cells)


def at_value(operator: Operator, value: Fraction) -> Operator:
    """One rule of a family."""
    tables = operator.to_tables()
    return Operator.from_tables({**tables, "parameters": {PARAMETER: str(value)}})


def _distinct(certificate: Certificate) -> Family | None:
    """The family, when its rules are proved to differ where two of them are seen to."""
    one, other = (at_value(certificate.operator, value) for value in TWO_VALUES)
    goal = same_rule(other).goal(one, Scope())
    found = refute(goal) if goal is not None else None
    if found is None or not isinstance(found.evidence, Witness):
        return None
    point = point_of(found.evidence)
    for rises in (False, True):
        wanted = distinct_goal(certificate.operator, point, rises)
        evidence: Evidence | None = settled(wanted, PROOFS_AT_SIZES)[0]
        if evidence is not None:
            return Family(certificate, point, rises, check(wanted, evidence))
    return None


def point_of(witness: Witness) -> Point:
    """The input that a witness of two different rules names."""
    values = dict(witness.values)
    rows = cast("tuple[Row, ...]", values["p"])
    weights = cast(Row, values.get("w", (Fraction(1, len(rows)),) * len(rows)))
    return Point(rows, weights, dict(witness.indices)["i"])
