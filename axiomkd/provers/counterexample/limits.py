"""Where a limit or continuity fails: paths into an input."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import cast

import numpy as np

from axiomkd.kernel.evidence import Paths, Polynomial
from axiomkd.kernel.judgement import Goal
from axiomkd.kernel.terms import Tends, Term
from axiomkd.provers.counterexample.climb import Test
from axiomkd.provers.counterexample.domain import Kind
from axiomkd.provers.counterexample.numeric import Batch, Floats, Numeric, Truths
from axiomkd.provers.counterexample.sample import Sampler
from axiomkd.provers.counterexample.simple import complexity, fraction
from axiomkd.provers.counterexample.ties import chooses
from axiomkd.provers.counterexample.violation import Failure
from axiomkd.provers.counterexample.witnesses import numbered, permuted, sized

NEAR = {"zero": (1 / 80, 1 / 160), "infinity": (1e5, 1e7)}
"""Values of the limit variable that are near enough for small fractions and do not underflow."""
NEAR_TIES = (1 / 8, 1 / 24)
"""Values of a limit variable that goes to zero at which what is tied in the limit can be told apart."""
APART = 1e-2
LEAST = 1e-7
ENDS = 4000
STEPS = (1e-5, 1e-9)
SMALL_STAYS, LARGE_STAYS = 0.95, 0.6
"""What is left of a gap, small or large, from one value of the limit variable to the next."""


def limit_test(goal: Goal, conclusion: Tends) -> Test:
    """Whether a term stays away from its limit, judged by two values of the limit variable."""
    assert goal.limit is not None
    name, towards = goal.limit

    def at(batch: Batch, near: float) -> Floats:
        values = {**batch.values, name: np.full(batch.count, near)}
        return Numeric(replace(batch, values=values)).at_inputs(conclusion.term)

    def apart(batch: Batch, limit: Floats, values: tuple[float, float]) -> tuple[Floats, Truths]:
        with np.errstate(all="ignore"):
            far, near = (np.abs(at(batch, value) - limit) for value in values)
            gap = np.minimum(far, near)
            return gap, (gap > LEAST) & (near > np.where(gap > APART, LARGE_STAYS, SMALL_STAYS) * far)

    def test(batch: Batch) -> Failure:
        limit = Numeric(batch).at_inputs(conclusion.limit)
        gap, stays = apart(batch, limit, NEAR[towards])
        if towards == "zero" and chooses(conclusion.term):
            other, differs = apart(batch, limit, NEAR_TIES)
            gap, stays = np.where(differs, other, gap), stays | differs
        undefined = np.isnan(gap)
        fails = stays | undefined
        return Failure(np.where(undefined, 0.0, gap - LEAST), fails, undefined, undefined)

    return test


def standing(goal: Goal, number: int, batch: Batch, position: int = 0) -> Paths:
    """The path on which only the limit variable runs."""
    path = tuple(
        (name, _polynomials(batch.values[name][..., position], None))
        for name, _ in goal.variables
        if goal.limit is None or name != goal.limit[0]
    )
    return _paths(goal, number, batch, position, path)


def _paths(
    goal: Goal, number: int, batch: Batch, position: int, path: tuple[tuple[str, object], ...]
) -> Paths:
    return Paths(
        sized(goal, batch),
        (path,),
        numbered(goal, goal.conclusions[number], batch, position),
        permuted(goal, batch, position),
        number,
    )


def _polynomials(end: Floats, other: Floats | None) -> object:
    """The straight path from another input into the end, entry by entry."""
    if end.ndim:
        others = [None] * len(end) if other is None else list(other)
        return tuple(_polynomials(x, y) for x, y in zip(end, others, strict=True))
    constant = fraction(float(end))
    slope = Fraction(0) if other is None else fraction(float(other)) - constant
    return cast(Polynomial, (constant, slope) if slope else (constant,))


def jumps(goal: Goal, term: Term, number: int, sampler: Sampler) -> Iterator[Paths]:
    """Straight paths along which the term does not tend to its value at the end, simplest first."""
    ends, others = _segments(sampler)
    there = Numeric(ends).at_inputs(term)
    with np.errstate(all="ignore"):
        gap = np.minimum(*(np.abs(Numeric(_between(ends, others, e)).at_inputs(term) - there) for e in STEPS))
    which = np.flatnonzero(gap > APART)
    ends, others = ends.chosen(which), others.chosen(which)
    never = np.zeros(ends.count, dtype=bool)
    moving = {name: np.where(array == ends.values[name], 0, array) for name, array in others.values.items()}
    order = complexity(ends, gap[which], never, sampler.indices)
    order = order + complexity(replace(others, values=moving), gap[which], never, ())
    for position in np.argsort(order, kind="stable"):
        path = tuple(
            (name, _polynomials(ends.values[name][..., position], others.values[name][..., position]))
            for name, _ in goal.variables
        )
        yield _paths(goal, number, ends, int(position), path)


def _segments(sampler: Sampler) -> tuple[Batch, Batch]:
    """Ends, and for each another input of the same domain that shares some of its parts."""
    ends = sampler.draw(ENDS, simple=True)
    order = sampler.rng.permutation(ends.count)
    others = ends.chosen(order)
    values = {}
    for kind in sampler.kinds:
        end, other = ends.values[kind.name], others.values[kind.name]
        values[kind.name] = np.where(_stands_still(sampler, kind, end), end, other)
    return ends, replace(others, values=values, indices=ends.indices, permutations=ends.permutations)


def _stands_still(sampler: Sampler, kind: Kind, end: Floats) -> Truths:
    """Which inputs share a variable, or some of its rows; one without indices is a parameter of the rule."""
    count = end.shape[-1]
    if not kind.sorts:
        return np.ones(count, dtype=np.bool_)
    rows = (end.shape[0], *(1 for _ in end.shape[1:-1]), count) if end.ndim > 2 else (count,)
    return (sampler.rng.random(count) < 0.5) | (sampler.rng.random(rows) < 0.5)


def _between(ends: Batch, others: Batch, step: float) -> Batch:
    values = {name: end + step * (others.values[name] - end) for name, end in ends.values.items()}
    return replace(ends, values=values)
