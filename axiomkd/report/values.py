"""The input of a counterexample as a reader sees it: fractions or paths, scenario by scenario."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import cast

from axiomkd.kernel.evidence import Paths, Root, Witness
from axiomkd.kernel.judgement import Fact, Goal
from axiomkd.kernel.terms import Equal, Literal, Term, Variable, variable, variables
from axiomkd.kernel.witness import decimal

CAPTIONS = {
    "A": "the teachers of the block",
    "u": "the weights within the block",
    "B": "the other teachers",
    "v": "the weights among the others",
    "beta": "the weight of the block",
    "R": "the rows that every teacher draws from",
    "rho": "the chances of the rows",
    "c": "which outcome each becomes",
}
"""What letters stand for that do not say it themselves."""
DIGITS = 20
"""Digits that are given of a number which is no fraction."""
CHOICES = {"row": "row", "merged": "outcome"}
"""Sorts of which a 1 among zeros chooses one, and the word for what is chosen."""


@dataclass(frozen=True)
class Values:
    """The values of a variable, one row for each first index; the entries are fractions, paths or words.

    ``derived`` says that the other variables determine this one.
    """

    name: Term
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    derived: bool = False

    @property
    def inline(self) -> str:
        """The rows on one line.

        >>> Values(variable("p"), (("1/2", "1/2"), ("0", "1"))).inline
        '(1/2, 1/2), (0, 1)'
        """
        return ", ".join("(" + ", ".join(row) + ")" if len(row) > 1 else row[0] for row in self.rows)


@dataclass(frozen=True)
class Input:
    """The values of the variables; those that differ from scenario to scenario stand by scenario."""

    values: tuple[Values, ...]
    scenarios: tuple[tuple[Values, ...], ...] = ()


def inputs(goal: Goal, evidence: Witness | Paths) -> tuple[Input, ...]:
    """The input of a witness, or every path."""
    if isinstance(evidence, Witness):
        return (_Reading(goal, dict(evidence.values), evidence.roots).input(),)
    return tuple(_Reading(goal, dict(values)).input() for values in evidence.paths)


@dataclass(frozen=True)
class _Reading:
    goal: Goal
    values: dict[str, object]
    roots: tuple[Root, ...] = ()

    def input(self) -> Input:
        """Variables of three indices are read scenario by scenario, and all others of that first sort."""
        sorts = dict(self.goal.variables)
        first = next((s[0] for s in sorts.values() if len(s) == 3), None)
        apart = {name: value for name, value in self.values.items() if first in sorts[name][:1]}
        shared = {name: value for name, value in self.values.items() if name not in apart}
        count = max((len(cast("tuple[object, ...]", value)) for value in apart.values()), default=0)
        return Input(
            tuple(self.read(variable(name), value, sorts[name]) for name, value in shared.items()),
            tuple(tuple(self.in_scenario(apart, str(first), number)) for number in range(count)),
        )

    def in_scenario(self, apart: dict[str, object], sort: str, number: int) -> Iterator[Values]:
        sorts = dict(self.goal.variables)
        for name, value in sorted(apart.items(), key=lambda item: len(sorts[item[0]])):
            inside = cast("tuple[object, ...]", value)[number]
            yield self.read(variable(name, Literal(number + 1, sort)), inside, sorts[name][1:])

    def read(self, name: Term, value: object, sorts: tuple[str, ...]) -> Values:
        letter = str(name.parts[0])
        caption = CAPTIONS.get(letter, "") if letter in dict(self.goal.variables) else ""
        scenario = tuple(index.number for index in name.parts[1:])
        for root in self.roots:
            if root.name == letter and root.entry[: len(scenario)] == scenario:
                value, caption = _with_decimal(value, root.entry[len(scenario) :]), _existence(root)
        return Values(name, _rows(_written(value, sorts)), caption, letter in derived(self.goal))


def _with_decimal(values: object, place: tuple[int, ...]) -> object:
    """The values with the decimal of a root in its place."""
    if not place:
        return decimal(cast(Fraction, values), ROUND_HALF_EVEN, DIGITS) if values else "0"
    inside = list(cast("tuple[object, ...]", values))
    inside[place[0] - 1] = _with_decimal(inside[place[0] - 1], place[1:])
    return tuple(inside)


def _existence(root: Root) -> str:
    """
    >>> _existence(Root("c", (), Fraction(1, 10**20), fact=0))
    'its equation has a solution within 1e-20 of this, as its sides differ in opposite directions at the ends'
    """
    near = Decimal(decimal(root.radius, ROUND_CEILING, 3)).normalize()
    reason = "as its sides differ in opposite directions at the ends"
    return f"its equation has a solution within {near:.3g} of this, {reason}"


def derived(goal: Goal) -> set[str]:
    """The variables that facts define by others."""
    return set().union(*map(_defined, goal.facts))


def _defined(fact: Fact) -> set[str]:
    match fact:
        case Fact(indices, Equal(Variable() as left, right), ()):
            everywhere = len(left.indices) == len(indices) and set(left.indices) == set(indices)
            others = variables(right)
            return {left.name} if everywhere and others and left.name not in others else set()
    return set()


Written = str | tuple["Written", ...]


def _written(value: object, sorts: tuple[str, ...]) -> Written:
    """Nested tuples with text in the place of fractions, or of polynomials."""
    if not sorts:
        return polynomial(value) if isinstance(value, tuple) else str(value)
    parts = tuple(_written(part, sorts[1:]) for part in cast("tuple[object, ...]", value))
    if sorts[0] in CHOICES and sorted(parts, key=str) == ["0"] * (len(parts) - 1) + ["1"]:
        return f"{CHOICES[sorts[0]]} {parts.index('1') + 1}"
    return parts


def _rows(written: Written) -> tuple[tuple[str, ...], ...]:
    if isinstance(written, str):
        return ((written,),)
    rows = written if any(isinstance(row, tuple) for row in written) else (written,)
    return cast("tuple[tuple[str, ...], ...]", rows)


def polynomial(coefficients: tuple[Fraction, ...]) -> str:
    """
    >>> polynomial((Fraction(1, 2), Fraction(0), Fraction(-3)))
    '1/2 - 3 e^2'
    """
    powers = ("", "e", *(f"e^{n}" for n in range(2, len(coefficients))))
    parts = [(c, x) for c, x in zip(coefficients, powers, strict=False) if c]
    text = ""
    for coefficient, power in parts:
        size = abs(coefficient)
        written = power if size == 1 and power else f"{size} {power}".strip()
        sign = "-" if coefficient < 0 else "+"
        text = f"{text} {sign} {written}" if text else (f"-{written}" if coefficient < 0 else written)
    return text or "0"
