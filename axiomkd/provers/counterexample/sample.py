"""Inputs to try: many at once, from simple fractions or from near the boundary."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from axiomkd.kernel.judgement import Fact, Goal
from axiomkd.kernel.terms import Free, variables
from axiomkd.kernel.witness import free_indices
from axiomkd.provers.counterexample.domain import Kind, all_hold, kinds
from axiomkd.provers.counterexample.numeric import Batch, Floats, Integers, Numeric, Truths
from axiomkd.provers.counterexample.repair import determined, repaired

DENOMINATORS = np.array([2, 3, 4, 5, 6, 8, 10])
POSITIVE = np.array([1, 2, 1 / 2, 3, 1 / 3, 4, 1 / 4, 10, 1 / 10])
PARTS = np.array([1, 1 / 2, 1 / 3, 1 / 4])
MANY = 10
"""Outcomes from which on teachers are tried who tell only the first one from the others."""
CONCENTRATIONS = np.array([0.1, 0.3, 1.0, 3.0])
LEAST_POSITIVE = 1e-9
"""The smallest positive entry that is tried: near the boundary, and still a number one can print."""
LARGEST_ARRAY = 3_000_000
"""About how many numbers an array may have: at large sizes there are fewer inputs."""


class Sampler:
    """Inputs of one goal at one size."""

    def __init__(self, goal: Goal, sizes: Mapping[str, int], rng: np.random.Generator) -> None:
        self.goal, self.sizes, self.rng = goal, sizes, rng
        self.kinds = kinds(goal)
        found = dict.fromkeys(index for c in goal.conclusions for index in free_indices(goal, c))
        self.indices: tuple[Free, ...] = tuple(found)
        given = determined(goal) | {kind.name for kind in self.kinds if kind.indicator}
        self.moving = tuple(kind.name for kind in self.kinds if kind.name not in given)
        maps = {kind.name for kind in self.kinds if kind.indicator and len(kind.sorts) == 3}
        self.facts = tuple(fact for fact in goal.facts if not _speaks_of(fact) <= maps)
        steady = (fact for fact in goal.facts if fact not in self.facts)
        self.possible = bool(all_hold(steady, self.anywhere(1, simple=True))[0])
        """Whether what is the same for every draw holds: facts about sizes and about all maps."""

    def draw(self, count: int, simple: bool) -> Batch:
        """Inputs of the domain, at most so many; simple ones have small denominators."""
        return self.kept(self.anywhere(self.affordable(count), simple))

    def affordable(self, count: int) -> int:
        """So many inputs, or fewer where each of them is large."""
        volume = math.prod(self.sizes.values()) * max(self.sizes.values(), default=1)
        return min(count, max(LARGEST_ARRAY // volume, 1))

    def anywhere(self, count: int, simple: bool) -> Batch:
        """As many inputs, in the domain or not."""
        values: dict[str, Floats] = {}
        batch = Batch(self.sizes, count, values, self._draw_indices(count), self._draw_permutations(count))
        denominators = self.rng.choice(DENOMINATORS, count)
        for kind in self.kinds:
            values[kind.name] = kind.at_distance(self._draw_values(kind, batch, denominators, simple))
        return batch

    def kept(self, batch: Batch) -> Batch:
        """The inputs of a batch that can be brought into the domain."""
        mended, inside = self.mended(batch)
        return mended.chosen(inside)

    def mended(self, batch: Batch) -> tuple[Batch, Truths]:
        """The inputs brought into the domain as far as they can be, and whether they are in it."""
        batch = repaired(self.goal, self.kinds, batch)
        return batch, all_hold(self.facts, batch) & self.possible

    def _draw_indices(self, count: int) -> dict[Free, Integers]:
        return {index: self.rng.integers(0, self.sizes[index.sort], count) for index in self.indices}

    def _draw_permutations(self, count: int) -> dict[str, Integers]:
        return {
            name: np.argsort(self.rng.random((self.sizes[sort], count)), axis=0)
            for name, sort in self.goal.permutations
        }

    def _draw_values(self, kind: Kind, batch: Batch, denominators: Integers, simple: bool) -> Floats:
        shape = (*(self.sizes[sort] for sort in kind.sorts), batch.count)
        if kind.indicator:
            return self._draw_indicators(kind, shape)
        if kind.simplex:
            return self._draw_rows(kind, shape, denominators, simple)
        if kind.upper is not None:
            bound = np.broadcast_to(Numeric(batch).at_inputs(kind.upper), shape)
            return bound * self._draw_parts(kind, shape, simple)
        if kind.positive or kind.bounded:
            return self._draw_positive(shape, simple)
        return self.rng.integers(-3, 4, shape) / 2 if simple else self.rng.normal(0, 2, shape)

    def _draw_positive(self, shape: tuple[int, ...], simple: bool) -> Floats:
        if simple:
            return self.rng.choice(POSITIVE, shape)
        return np.exp(self.rng.normal(0, 1.5, shape))

    def _draw_parts(self, kind: Kind, shape: tuple[int, ...], simple: bool) -> Floats:
        parts = self.rng.choice(PARTS, shape) if simple else self.rng.beta(0.5, 0.5, shape)
        return parts if kind.positive else parts * (self.rng.random(shape) > 0.1)

    def _draw_indicators(self, kind: Kind, shape: tuple[int, ...]) -> Floats:
        if len(kind.sorts) == 3:
            return _all_maps(shape)
        if not kind.simplex:
            return self.rng.integers(0, 2, shape).astype(float)
        sources, targets, count = shape if len(shape) == 3 else (1, *shape)
        numbers = np.arange(sources)[:, None]
        if targets == sources - 1:
            image = numbers - (numbers > self.rng.integers(0, targets, count))
        else:
            image = self.rng.integers(0, targets, (sources, count))
        return (image[:, None, :] == np.arange(targets)[None, :, None]).astype(float).reshape(shape)

    def _draw_rows(self, kind: Kind, shape: tuple[int, ...], denominators: Integers, simple: bool) -> Floats:
        *_, length, count = shape
        concentration = 1.0 if simple else self.rng.choice(CONCENTRATIONS, count)
        rows = self.rng.standard_gamma(concentration, shape) + LEAST_POSITIVE
        if not kind.positive:
            rows = rows * _some_zeros(self.rng, shape)
        rows = _normalised(rows)
        if simple:
            rows = on_grid(rows, denominators, int(kind.positive))
        if len(shape) > 2:
            return self._alike(self._one_apart(rows, simple))
        even = self.rng.random(count) < 0.25
        return np.where(even, 1 / length, rows)

    def _one_apart(self, rows: Floats, simple: bool) -> Floats:
        """Where there are many outcomes, half of the time all but the first are alike."""
        *outer, length, count = rows.shape
        if length < MANY:
            return rows
        shape = (*outer, 1, count)
        least = self.rng.integers(1, 11, shape) if simple else self.rng.uniform(1, 30, shape)
        others = 1 / (length * least)
        apart = np.where(np.arange(length)[:, None] == 0, 1 - (length - 1) * others, others)
        return np.where(self.rng.random(count) < 0.5, apart, rows)

    def _alike(self, rows: Floats) -> Floats:
        """Now and then the rows are one row, or one row and its reversal, or turns of one row."""
        lot = self.rng.random(rows.shape[-1])
        first = rows[:1]
        rows = np.where(lot < 0.08, np.broadcast_to(first, rows.shape), rows)
        turned = np.stack([np.roll(rows[0], step, axis=-2) for step in range(rows.shape[0])])
        mirrored = np.stack([rows[0][..., :: 1 - 2 * (step % 2), :] for step in range(len(rows))])
        rows = np.where((lot > 0.08) & (lot < 0.16), turned, rows)
        return np.where((lot > 0.16) & (lot < 0.3), mirrored, rows)


def _speaks_of(fact: Fact) -> frozenset[str]:
    """The variables of a fact."""
    return variables(fact.conclusion).union(*map(variables, fact.hypotheses))


def _all_maps(shape: tuple[int, ...]) -> Floats:
    """For each number of a map, written with as many digits as there are sources: which digit is where."""
    maps, sources, targets, count = shape
    digits = np.arange(maps)[:, None] // targets ** np.arange(sources) % targets
    chosen = (digits[:, :, None] == np.arange(targets)).astype(float)
    return np.repeat(chosen[..., None], count, axis=-1)


def _some_zeros(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    """A mask that keeps at least one entry of every row."""
    zero = rng.random(shape) < rng.choice([0.0, 0.3, 0.7], shape[-1])
    order = rng.random(shape)
    return ~zero | (order == order.max(axis=-2, keepdims=True))


def _normalised(rows: Floats) -> Floats:
    return rows / rows.sum(axis=-2, keepdims=True)


def on_grid(rows: Floats, denominators: Integers, least: int) -> Floats:
    """The rows with entries n/D, n at least so large, that still sum to one."""
    length = rows.shape[-2]
    denominators = np.maximum(denominators, length * least)
    scaled = rows * (denominators - length * least)
    counts = np.floor(scaled + 1e-9)
    missing = denominators - length * least - counts.sum(axis=-2, keepdims=True)
    order = np.argsort(np.argsort(counts - scaled, axis=-2, kind="stable"), axis=-2, kind="stable")
    return (counts + (order < missing) + least) / denominators
