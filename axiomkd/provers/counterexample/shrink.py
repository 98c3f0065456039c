"""From a counterexample to one that is read at a glance.

The smallest sizes come first because they are searched first. Among the inputs of one size the
simplest is looked for step by step: small denominators, few different numbers, many zeros, and
a violation that can be seen (:func:`~axiomkd.provers.counterexample.simple.complexity`).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from axiomkd.provers.counterexample.climb import Test, moved, repeated, rounded
from axiomkd.provers.counterexample.domain import Kind
from axiomkd.provers.counterexample.numeric import Batch, Floats, joined
from axiomkd.provers.counterexample.sample import Sampler
from axiomkd.provers.counterexample.simple import complexity

CROSSED = 200
MOVED = 12
ROUNDS = 16
PATIENCE = 2
"""Rounds without anything simpler after which the search ends."""
MOST_JUDGED = 600
"""Failing inputs that are compared with each other; where more fail, many are simple."""
MOST_PAIRED = 6
"""Entries of a row up to which all pairs are tried; beyond, neighbours only."""


def simplified(sampler: Sampler, batch: Batch, test: Test) -> Batch:
    """A failing input made simpler by putting simpler parts in the place of others."""
    best, costs = simplest(sampler, batch, test, 1)
    idle = 0
    for _ in range(ROUNDS):
        found, cost = simplest(sampler, joined([best, *_around(sampler, best)]), test, 1)
        idle = idle + 1 if cost[0] >= costs[0] else 0
        if idle == PATIENCE:
            break
        best, costs = found, cost
    return best


def simplest(sampler: Sampler, batch: Batch, test: Test, number: int) -> tuple[Batch, Floats]:
    """Those inputs at which the conclusion fails, the simplest first, and how complex they are."""
    found = test(batch)
    which = np.flatnonzero(found.fails)[:MOST_JUDGED]
    failing = batch.chosen(which)
    costs = complexity(failing, found.gap[which], found.outright[which], sampler.indices)
    order = np.argsort(costs, kind="stable")[:number]
    return failing.chosen(order), costs[order]


def _around(sampler: Sampler, best: Batch) -> list[Batch]:
    """Inputs beside one: one part simpler, several parts fresh, or on a grid after a random step."""
    varied = list(_one_part_simpler(sampler, best))
    crossed = _crossed(sampler, repeated(best, sampler.affordable(CROSSED)))
    stepped = rounded(sampler, moved(sampler, repeated(best, sampler.affordable(MOVED)), 0.5))
    return [sampler.kept(joined([*varied, crossed])), stepped]


def _crossed(sampler: Sampler, batch: Batch) -> Batch:
    """Each input with some of its variables, rows and indices replaced by fresh simple ones."""
    fresh = sampler.anywhere(batch.count, simple=True)

    def mixed(old: Any, new: Any) -> Any:
        axes = old.shape[:1] if old.ndim > 2 else ()
        lot = sampler.rng.random((*axes, *(1 for _ in old.shape[len(axes) : -1]), batch.count))
        return np.where(lot < 0.4, new, old)

    return Batch(
        batch.sizes,
        batch.count,
        {name: mixed(array, fresh.values[name]) for name, array in batch.values.items()},
        {index: mixed(array, fresh.indices[index]) for index, array in batch.indices.items()},
        {name: mixed(array, fresh.permutations[name]) for name, array in batch.permutations.items()},
    )


def _one_part_simpler(sampler: Sampler, best: Batch) -> Iterator[Batch]:
    """One input with one row, number or index replaced by a simpler one."""
    for kind in sampler.kinds:
        if not kind.indicator:
            old = best.values[kind.name][..., 0]
            new = list(_simpler_rows(kind, old) if kind.simplex else _simpler_numbers(kind, old))
            if new:
                many = repeated(best, len(new))
                yield replace(many, values={**many.values, kind.name: np.stack(new, axis=-1)})
    for index, number in best.indices.items():
        lower = np.arange(number[0])
        many = repeated(best, len(lower))
        yield replace(many, indices={**many.indices, index: lower})


def _simpler_rows(kind: Kind, old: Floats) -> Iterator[Floats]:
    """One row even, or like another, or with two entries even, swapped or put together."""
    for place in np.ndindex(old.shape[:-1]):
        row = old[place]
        others = [old[other] for other in np.ndindex(old.shape[:-1]) if other != place]
        for new in (np.full_like(row, 1 / len(row)), *others, *_mixed_pairs(row, not kind.positive)):
            changed = old.copy()
            changed[place] = new
            yield changed


def _mixed_pairs(row: Floats, zeros: bool) -> Iterator[Floats]:
    length = len(row)
    reach = length if length <= MOST_PAIRED else 2
    for one, other in itertools.product(range(length), range(length)):
        if not 0 < other - one < reach:
            continue
        a, b = row[one], row[other]
        pairs = [((a + b) / 2, (a + b) / 2), (b, a), *([(a + b, 0), (0, a + b)] if zeros else [])]
        for pair in pairs:
            changed = row.copy()
            changed[[one, other]] = pair
            yield changed


def _simpler_numbers(kind: Kind, old: Floats) -> Iterator[Floats]:
    """One number at a simple distance from where its range begins."""
    for place in np.ndindex(old.shape):
        for distance in (1.0, 0.5, 2.0) if kind.positive else (0.0, 1.0, 0.5):
            changed = old.copy()
            changed[place] = kind.at_distance(np.array(distance))
            yield changed
