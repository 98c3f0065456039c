"""Unknowns that an equation defines: solved for in floating point, for many inputs at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast

import numpy as np

from axiomkd.kernel.judgement import Fact, Goal
from axiomkd.kernel.terms import Equal, Free, Term, Variable, subterms, variables
from axiomkd.provers.counterexample.domain import Kind
from axiomkd.provers.counterexample.numeric import Batch, Floats, Integers, Numeric

DISTANCES = np.geomspace(1e-6, 1e6, 25)
"""How far from its upper bound, or from zero, an unknown is looked for."""
STEPS = 40
EXACT = 1e-15


def solved(goal: Goal, kinds: Sequence[Kind], batch: Batch) -> Batch:
    """The batch with every unknown a solution of its equation, and no number where none is found."""
    for fact, unknown, kind in unknowns(goal, kinds):
        values = batch.values[unknown.name].copy()
        for numbers in np.ndindex(values.shape[:-1]):
            chosen = zip(fact.indices, numbers, strict=True)
            indices = {index: np.full(batch.count, number) for index, number in chosen}
            values[numbers] = _root(_Equation(fact, unknown, kind, batch, numbers, indices))
        batch = replace(batch, values={**batch.values, unknown.name: values})
    return batch


def unknowns(goal: Goal, kinds: Sequence[Kind]) -> Iterator[tuple[Fact, Variable, Kind]]:
    """Variables of which an equation speaks inside other terms, with one equation for each entry."""
    bounding = frozenset().union(*(variables(kind.upper) for kind in kinds if kind.upper))
    loose = {
        kind.name: kind
        for kind in kinds
        if not (kind.simplex or kind.indicator or kind.positive or kind.name in bounding)
    }
    found: set[Variable] = set()
    for fact in goal.facts:
        if isinstance(fact.conclusion, Equal) and not fact.hypotheses:
            sides = fact.conclusion.parts
            inside = {part for part in subterms(fact.conclusion) if isinstance(part, Variable)}
            entries = [part for part in inside if part.name in loose and part.indices == fact.indices]
            entries = [part for part in entries if part not in found]
            unbounded = [part for part in entries if not _within(loose[part.name])]
            chosen = unbounded or entries
            if len(chosen) == 1 and chosen[0] not in sides:
                found.add(chosen[0])
                yield fact, chosen[0], loose[chosen[0].name]


def _within(kind: Kind) -> bool:
    """Whether a variable is drawn between two bounds, as a position on a path is."""
    return kind.bounded and kind.upper is not None


class _Equation:
    """The difference of the sides of an equation as a function of one entry of the unknown."""

    def __init__(
        self, fact: Fact, unknown: Variable, kind: Kind, batch: Batch,
        numbers: tuple[int, ...], indices: Mapping[Free, Integers],
    ) -> None:  # fmt: skip
        equation = cast(Equal, fact.conclusion)
        self.gap: Term = equation.left - equation.right
        self.unknown, self.kind, self.numbers = unknown, kind, numbers
        self.batch = replace(batch, indices={**batch.indices, **indices})
        self.anywhere = Numeric(self.batch)
        self.anywhere.at_inputs(self.gap)
        self.anywhere.forget(unknown.name)

    def __call__(self, entries: Floats) -> Floats:
        values = self.batch.values[self.unknown.name].copy()
        values[self.numbers] = entries
        there = replace(self.batch, values={**self.batch.values, self.unknown.name: values})
        return self.anywhere.elsewhere(there).at_inputs(self.gap)

    def trials(self) -> Floats:
        """Where to look, in rising order, for each input."""
        around = np.concatenate([-DISTANCES[::-1], DISTANCES])[:, None]
        if self.kind.upper is None:
            return np.broadcast_to(around, (len(around), self.batch.count))
        return self.anywhere.at_inputs(self.kind.upper) - DISTANCES[::-1, None]


def _root(equation: _Equation) -> Floats:
    """A root between neighbouring trials with values of different signs; no number where there is none.

    Where the equation holds whatever the unknown is, it is zero.
    """
    trials = equation.trials()
    with np.errstate(all="ignore"):
        gaps = np.array([equation(row) for row in trials])
        changes = gaps[:-1] * gaps[1:] < 0
        first = changes.argmax(axis=0)[None]
        ends = [np.take_along_axis(trials, first + n, axis=0)[0] for n in (0, 1)]
        found = [np.take_along_axis(gaps, first + n, axis=0)[0] for n in (0, 1)]
        root = _between(equation, ends, found)
    anything = (np.abs(gaps) <= EXACT).all(axis=0)
    return np.where(changes.any(axis=0) & ~anything, root, np.where(anything, 0.0, np.nan))


def _between(equation: _Equation, ends: list[Floats], gaps: list[Floats]) -> Floats:
    """The root between two ends by the Illinois variant of false position (Dowell and Jarratt 1971)."""
    (low, high), (below, above) = ends, gaps
    for _ in range(STEPS):
        middle = np.where(above == below, low, high - above * (high - low) / (above - below))
        gap = equation(middle)
        crossed = gap * above < 0
        low, below = np.where(crossed, high, low), np.where(crossed, above, below / 2)
        high, above = middle, gap
        if (np.abs(gap) <= EXACT).all():
            break
    return high
