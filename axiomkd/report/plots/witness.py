"""A counterexample read for a picture: teachers, weights, and what the statement speaks of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from axiomkd.kernel.enclosure import evaluate
from axiomkd.kernel.evaluation import Point, Undefined
from axiomkd.kernel.evidence import Array, Witness
from axiomkd.kernel.terms import Free, Literal
from axiomkd.operator import Operator
from axiomkd.theories.ensemble.setting import OUTCOME, TEACHER, aggregate, uses_temperature
from axiomkd.verdict import Cell

SHAPES = {"p": (TEACHER, OUTCOME), "w": (TEACHER,)}
"""What a picture of a counterexample needs, and by which indices."""


@dataclass(frozen=True)
class Shown:
    """The input of a counterexample about teachers and weights at temperature 1."""

    cell: Cell
    teachers: tuple[tuple[Fraction, ...], ...]
    weights: tuple[Fraction, ...]
    values: Mapping[str, Array]
    indices: Mapping[str, int]

    @property
    def event(self) -> tuple[Fraction, ...]:
        """The indicator of the event that the statement speaks of; empty where there is none."""
        given = self.values.get("e", ())
        return cast("tuple[Fraction, ...]", given) if isinstance(given, tuple) else ()

    @property
    def event_words(self) -> str:
        numbers = [str(number) for number, inside in enumerate(self.event, start=1) if inside]
        return "$q(\\{" + ", ".join(numbers) + "\\})$"

    @property
    def operator(self) -> Operator:
        """The operator, a number of the counterexample in the place of each parameter with a range."""
        declared = self.cell.operator
        numbers = {name: cast(Fraction, self.values[name]) for name in declared.ranges}
        if not numbers:
            return declared
        tables = declared.to_tables()
        return Operator.from_tables(
            {"operator": tables["operator"], "parameters": dict(declared.parameters) | numbers}
        )


def shown(cell: Cell) -> Shown | None:
    """The input of a refuted cell, if a picture can show it: teachers and weights, no limit."""
    evidence, goal = cell.evidence, cell.goal
    if not isinstance(evidence, Witness) or goal.limit or not is_explicit(cell.operator):
        return None
    if any(dict(goal.variables).get(name) != sorts for name, sorts in SHAPES.items()):
        return None
    values = dict(evidence.values)
    teachers = cast("tuple[tuple[Fraction, ...], ...]", values["p"])
    return Shown(cell, teachers, cast("tuple[Fraction, ...]", values["w"]), values, dict(evidence.indices))


def is_explicit(operator: Operator) -> bool:
    """Whether the formula itself gives the aggregate of teachers and weights."""
    return operator.implicit is None and not uses_temperature(operator)


def aggregate_at(
    operator: Operator, teachers: Sequence[Sequence[Fraction | float]], weights: Sequence[Fraction | float]
) -> tuple[float, ...]:
    """What an operator makes of teachers and weights; not a number where it is undefined."""
    rows = tuple(tuple(map(Fraction, row)) for row in teachers)
    values: dict[str, Array] = {"p": rows, "w": tuple(map(Fraction, weights))}
    sizes = {TEACHER: len(rows), OUTCOME: len(rows[0])}
    point = Point(sizes, {**values, "raw": rows, "T": (Fraction(1),) * len(rows)})
    return tuple(_entry(operator, number, point) for number in range(1, len(rows[0]) + 1))


def _entry(operator: Operator, number: int, point: Point) -> float:
    outcome = cast(Free, Literal(number, OUTCOME))
    try:
        value = evaluate(aggregate(operator, outcome), point)
    except Undefined:
        return float("nan")
    return float(value) if isinstance(value, Fraction) else float(value.mid())


@dataclass(frozen=True)
class Path:
    """Weights for s from 0 to 1, and what happens along the way."""

    weights: Callable[[Fraction], tuple[Fraction, ...]]
    words: str


def path_of(found: Shown) -> Path | None:
    """The way from the weights before to those after, where the statement moves weight to a teacher."""
    values, gains = found.values, found.indices.get("a")
    if gains is None or not {"d", "s"} & values.keys():
        return None
    if "d" in values:
        moved, loses = cast(Fraction, values["d"]), found.indices["b"]
        words = f"weight moved from teacher {loses} to teacher {gains}, in parts of {moved}"
        return Path(lambda s: _exchanged(found.weights, gains, loses, s * moved), words)
    end = cast(Fraction, values["s"])
    words = f"share of the way to s = {end}, towards teacher {gains}"
    return Path(lambda s: towards(found.weights, gains, s * end), words)


def _exchanged(weights: Sequence[Fraction], gains: int, loses: int, moved: Fraction) -> tuple[Fraction, ...]:
    signs = {gains: 1, loses: -1} if gains != loses else {}
    return tuple(w + signs.get(k, 0) * moved for k, w in enumerate(weights, start=1))


def towards(weights: Sequence[Fraction], gains: int, s: Fraction) -> tuple[Fraction, ...]:
    r""":math:`(1-s) w + s e_k`.

    >>> towards((Fraction(1, 2), Fraction(1, 2)), 1, Fraction(1))
    (Fraction(1, 1), Fraction(0, 1))
    """
    return tuple((1 - s) * w + s * (k == gains) for k, w in enumerate(weights, start=1))
