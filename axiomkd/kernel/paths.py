"""Paths into an input: two limits that differ, or one that is not the value required."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import cast

from axiomkd.kernel.enclosure import Enclosure, Value, ball, decide, decided
from axiomkd.kernel.evaluation import Point, Undecided, Undefined
from axiomkd.kernel.evidence import Array, Paths
from axiomkd.kernel.germs import Germs
from axiomkd.kernel.growth import EPSILON, INVERSE, Ratio, limit_of
from axiomkd.kernel.judgement import Goal, Refused
from axiomkd.kernel.terms import Continuous, Tends, Term
from axiomkd.kernel.witness import (
    Margin,
    check_facts,
    checked_indices,
    checked_permutations,
    checked_sizes,
    conclusion_of,
    enclosing_margin,
)


def check_paths(goal: Goal, paths: Paths) -> Margin:
    """By how much a limit that the goal states fails along the paths.

    Raises :class:`~axiomkd.kernel.judgement.Refused` unless each path lies in the domain for all
    small e and the limits are enclosed apart: from each other or from the value at the end.
    """
    conclusion = conclusion_of(goal, paths.conclusion)
    sizes = checked_sizes(goal, paths.sizes)
    point = Point(
        sizes,
        {},
        checked_indices(goal, conclusion, sizes, paths.indices),
        checked_permutations(goal, sizes, paths.permutations),
    )
    match conclusion:
        case Continuous(term):
            return _check_jump(goal, term, point, paths)
        case Tends(term, limit):
            return _check_limit(goal, term, limit, point, paths)
    raise Refused(f"expected a limit or continuity as conclusion, got {type(conclusion).__name__}")


def _check_jump(goal: Goal, term: Term, point: Point, paths: Paths) -> Margin:
    if not 1 <= len(paths.paths) <= 2:
        raise Refused(f"expected one path or two, got {len(paths.paths)}")
    ends = [_end(goal, point, path) for path in paths.paths]
    if ends[0].values != ends[-1].values:
        raise Refused("expected two paths to one input, got two inputs")
    decide(ends[0], lambda at: check_facts(goal, at))
    germs = [(dict(path), dict[str, Ratio]()) for path in paths.paths]

    def contradiction() -> Margin:
        limits = [_limit_along(goal, term, Germs(point, *germ)) for germ in germs]
        return _apart(limits[0], limits[1] if len(limits) > 1 else _value(term, ends[0]))

    try:
        return decided(contradiction)
    except Undefined:
        return Margin("undefined")


def _check_limit(goal: Goal, term: Term, limit: Term, point: Point, paths: Paths) -> Margin:
    if goal.limit is None or len(paths.paths) != 1:
        raise Refused("expected one path and a variable that runs to its limit, got others")
    name, towards = goal.limit
    if dict(goal.variables).get(name) != ():
        raise Refused(f"expected a limit variable without indices, got {name}")
    path, end = dict(paths.paths[0]), _end(goal, point, paths.paths[0], name)
    running = {name: EPSILON if towards == "zero" else INVERSE}
    try:
        return decided(
            lambda: _apart(_limit_along(goal, term, Germs(point, path, running)), _value(limit, end))
        )
    except Undefined:
        raise Refused(
            "expected a term and a limit with values, got one without: it contradicts nothing"
        ) from None


def _limit_along(goal: Goal, term: Term, at: Germs) -> Value | None:
    check_facts(goal, at)
    return limit_of(at.value(cast(Term, at.instantiate(term))))


def _value(term: Term, end: Point) -> Value:
    at = Enclosure(end)
    return at.value(cast(Term, at.instantiate(term)))


def _apart(left: Value | None, right: Value | None) -> Margin:
    if left is None or right is None:
        return Margin("divergent")
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return _distance(left - right, left, right)
    return _distance(ball(left) - ball(right), left, right)


def _distance(gap: Value, left: Value, right: Value) -> Margin:
    if gap > 0:
        return enclosing_margin(gap, left, right)
    if gap < 0:
        return enclosing_margin(-gap, left, right)
    raise Undecided("expected two limits that differ, got two that may be one")


def _end(goal: Goal, point: Point, path: tuple[tuple[str, object], ...], running: str = "") -> Point:
    """The input into which a path runs; with a running variable the rest of the path stands still."""
    declared = [(name, sorts) for name, sorts in goal.variables if name != running]
    if [name for name, _ in path] != [name for name, _ in declared]:
        raise Refused("expected a path for every variable of the goal in its order")
    values = {
        name: _end_of(name, part, [point.sizes[sort] for sort in sorts], bool(running))
        for (name, part), (_, sorts) in zip(path, declared, strict=True)
    }
    return Point(point.sizes, values, point.indices, point.permutations)


def _end_of(name: str, part: object, shape: Sequence[int], still: bool) -> Array:
    """The constant coefficients, after a look at the shape."""
    if not isinstance(part, tuple) or not part or (shape and len(part) != shape[0]):
        raise Refused(f"expected nested tuples of polynomials inside {name}, got another shape")
    if shape:
        return tuple(_end_of(name, inner, shape[1:], still) for inner in part)
    if not all(isinstance(coefficient, Fraction) for coefficient in part) or (still and len(part) > 1):
        raise Refused(f"expected polynomials with rational coefficients inside {name}, got others")
    return cast(Fraction, part[0])
