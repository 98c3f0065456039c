"""Inequalities at fixed sizes by subdividing a box."""

from __future__ import annotations

from fractions import Fraction
from typing import cast

from axiomkd.kernel.application import Application, nonnegative
from axiomkd.kernel.boxes import BY_SLOPES, OUTSIDE, PLAIN, Box, Definition, Domain, check_boxes, written_out
from axiomkd.kernel.derivative import derivative
from axiomkd.kernel.evidence import Parameter
from axiomkd.kernel.terms import (
    ZERO,
    AtMost,
    Comparison,
    Defined,
    Equal,
    Formula,
    Number,
    Term,
    Variable,
    substitute,
)

Parameters = tuple[Parameter, ...]


def enclosure(step: Application) -> None:
    r"""In every box of a subdivision an enclosure shows the conclusion, or that a premise fails.

    The parameters are the coordinates, each with the ends a, b of its interval, for which
    :math:`a \le x \le b` are premises; then other variables, each with the term that it equals; then
    the tree of cuts.
    """
    is_kind = isinstance(step.conclusion, Comparison | Defined)
    step.require(is_kind, "a comparison or that a term is defined", step.conclusion)
    coordinates, box, rest = _coordinates(step, step.parameters)
    definitions, tree = _definitions(step, rest)
    domain = Domain(coordinates, box, definitions, _failing(step, tree))
    check_boxes(cast(Formula, _written(step, step.conclusion)), domain, tree)


def second_derivative(step: Application) -> None:
    r"""A gap is nonnegative that vanishes with its derivative at x = e, and whose second one is nonnegative.

    :math:`f(x) = f(e) + f'(e)(x - e) + \int_e^x (x - t) f''(t)\,dt`. The parameters begin with the number
    of the coordinate x and with e: a number or another coordinate, whose interval lies in that of x,
    so that the way from e to x stays in the box. Coordinates, other variables and the tree, which is
    about the second derivative, follow as for an enclosure. Premises may fail on the way, so no
    leaf and no range leans on them.
    """
    conclusion = step.conclusion_as(AtMost)
    place, end = step.parameters[0] if step.parameters else None, step.parameter(1, Term)
    coordinates, box, rest = _coordinates(step, step.parameters[2:])
    definitions, tree = _definitions(step, rest)
    step.require(type(place) is int and 0 <= place < len(coordinates), "the number of a coordinate", place)
    x, (low, high) = coordinates[cast(int, place)], box[cast(int, place)]
    least, greatest = _ends(step, end, dict(zip(coordinates, box, strict=True)))
    step.require(low <= least and greatest <= high, f"an end in the interval of {x}", end)
    leaning = [token for token in tree if type(token) is int and token <= OUTSIDE]
    step.require(not leaning, "leaves that lean on no premise", leaning)
    gap = cast(Term, _written(step, conclusion.right - conclusion.left))
    for definition in reversed(definitions):
        gap = cast(Term, substitute(gap, {definition.variable: definition.value}))
    slope = derivative(gap, x)
    for value in (gap, slope):
        step.need_equal(cast(Term, substitute(value, {x: end})), ZERO)
    domain = Domain(coordinates, box, (), {})
    check_boxes(cast(Formula, Defined(gap)), domain, _plain(tree))
    check_boxes(cast(Formula, AtMost(ZERO, derivative(slope, x))), domain, tree)


def _coordinates(step: Application, rest: Parameters) -> tuple[tuple[Variable, ...], Box, Parameters]:
    """The coordinates, their intervals, which premises give, and the parameters after them."""
    found: dict[Variable, tuple[Fraction, Fraction]] = {}
    while True:
        match rest:
            case (Variable() as name, Fraction() as low, Fraction() as high, *more):
                step.need(cast(Formula, AtMost(Number(low), name)))
                step.need(cast(Formula, AtMost(name, Number(high))))
                step.require(low <= high, f"an interval of {name}", f"{low} to {high}")
                found[name] = low, high
                rest = tuple(more)
            case _:
                return tuple(found), tuple(found.values()), rest


def _definitions(step: Application, rest: Parameters) -> tuple[tuple[Definition, ...], Parameters]:
    """The other variables with the terms that premises say they equal, and the parameters after them."""
    found: list[Definition] = []
    while True:
        match rest:
            case (Variable() as name, Term() as value, *more):
                step.need(cast(Formula, Equal(name, value)))
                written = cast(Term, _written(step, value))
                found.append(Definition(name, written, step.has(nonnegative(name))))
                rest = tuple(more)
            case _:
                return tuple(found), rest


def _failing(step: Application, tree: Parameters) -> dict[int, Formula]:
    """The premises that fail on some of the boxes."""
    numbers = {OUTSIDE - token for token in tree if type(token) is int and token <= OUTSIDE}
    for number in numbers:
        step.require(number < len(step.premises), f"a premise of number {number}", len(step.premises))
        step.lean_on(number)
    return {number: cast(Formula, _written(step, step.premises[number].formula)) for number in numbers}


def _ends(
    step: Application, end: Term, box: dict[Variable, tuple[Fraction, Fraction]]
) -> tuple[Fraction, Fraction]:
    """The interval of a number or a coordinate."""
    if isinstance(end, Number):
        return end.value, end.value
    if not isinstance(end, Variable) or end not in box:
        raise step.refuse("a number or a coordinate", end)
    return box[end]


def _plain(tree: Parameters) -> Parameters:
    return tuple(PLAIN if type(token) is int and token == BY_SLOPES else token for token in tree)


def _written(step: Application, node: Formula | Term) -> Formula | Term:
    return cast("Formula | Term", written_out(node, dict(step.sizes)))
