"""Unknowns that an equation defines: solved for in floating point, kept where the solution is rational."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import cast

import numpy as np

from axiomkd.kernel.judgement import Fact, Goal
from axiomkd.kernel.terms import Equal, Free, Term, Variable, subterms
from axiomkd.provers.counterexample.domain import Kind
from axiomkd.provers.counterexample.numeric import Batch, Floats, Integers, Numeric

DISTANCES = np.geomspace(1e-6, 1e6, 37)
"""How far from its upper bound, or from zero, an unknown is looked for."""
HALVINGS = 60
LARGEST_DENOMINATOR = 10_000
EXACT = 1e-12


def solved(goal: Goal, kinds: Sequence[Kind], batch: Batch) -> Batch:
    """The batch with every unknown a solution of its equation, and no number where none is rational."""
    for fact, unknown, kind in _unknowns(goal, kinds):
        values = batch.values[unknown.name].copy()
        for numbers in np.ndindex(values.shape[:-1]):
            chosen = zip(fact.indices, numbers, strict=True)
            indices = {index: np.full(batch.count, number) for index, number in chosen}
            values[numbers] = _rational(_root(_Equation(fact, unknown, kind, batch, numbers, indices)))
        batch = replace(batch, values={**batch.values, unknown.name: values})
    return batch


def _unknowns(goal: Goal, kinds: Sequence[Kind]) -> Iterator[tuple[Fact, Variable, Kind]]:
    """Variables of which an equation speaks inside other terms, with one equation for each entry."""
    loose = {kind.name: kind for kind in kinds if not (kind.simplex or kind.indicator or kind.positive)}
    for fact in goal.facts:
        if isinstance(fact.conclusion, Equal) and not fact.hypotheses:
            sides = fact.conclusion.parts
            inside = {part for part in subterms(fact.conclusion) if isinstance(part, Variable)}
            entries = [part for part in inside if part.name in loose and part.indices == fact.indices]
            if len(entries) == 1 and entries[0] not in sides:
                yield fact, entries[0], loose[entries[0].name]


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

    def __call__(self, entries: Floats) -> Floats:
        values = self.batch.values[self.unknown.name].copy()
        values[self.numbers] = entries
        there = replace(self.batch, values={**self.batch.values, self.unknown.name: values})
        return Numeric(there).at_inputs(self.gap)

    def trials(self) -> Floats:
        """Where to look, in rising order, for each input."""
        around = np.concatenate([-DISTANCES[::-1], DISTANCES])[:, None]
        if self.kind.upper is None:
            return np.broadcast_to(around, (len(around), self.batch.count))
        return Numeric(self.batch).at_inputs(self.kind.upper) - DISTANCES[::-1, None]


def _root(equation: _Equation) -> Floats:
    """A root between neighbouring trials with values of different signs; no number where there is none."""
    trials = equation.trials()
    with np.errstate(all="ignore"):
        signs = np.array([np.sign(equation(row)) for row in trials])
        changes = signs[:-1] * signs[1:] < 0
        first = changes.argmax(axis=0)[None]
        low, high = (np.take_along_axis(trials, first + n, axis=0)[0] for n in (0, 1))
        rising = np.take_along_axis(signs, first, axis=0)[0]
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            before = np.sign(equation(middle)) == rising
            low, high = np.where(before, middle, low), np.where(before, high, middle)
    return np.where(changes.any(axis=0), (low + high) / 2, np.nan)


def _rational(values: Floats) -> Floats:
    """Each value as the float of a fraction that it visibly is, else no number."""
    return np.array([_as_fraction(float(value)) for value in values])


def _as_fraction(value: float) -> float:
    if not np.isfinite(value):
        return np.nan
    found = float(Fraction(value).limit_denominator(LARGEST_DENOMINATOR))
    return found if abs(found - value) <= EXACT * max(1.0, abs(value)) else np.nan
