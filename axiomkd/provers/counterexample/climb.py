"""From promising inputs to counterexamples: ascent, rounding to fractions, simplification."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from axiomkd.provers.counterexample.domain import Kind
from axiomkd.provers.counterexample.numeric import Batch, Floats, Numeric, joined
from axiomkd.provers.counterexample.sample import LEAST_POSITIVE, Sampler, on_grid
from axiomkd.provers.counterexample.simple import complexity
from axiomkd.provers.counterexample.violation import Failure

Test = Callable[[Batch], Failure]

PARENTS = 24
CHILDREN = 16
STEPS = np.geomspace(1.0, 0.05, 12)
GRIDS = np.array([2, 3, 4, 5, 6, 8, 10, 12, 20, 25, 50, 100, 1000, 10**4, 10**5, 10**6])
NEIGHBOURS = 300
MOVED = 20
ROUNDS = 8


def repeated(batch: Batch, times: int) -> Batch:
    return batch.chosen(np.repeat(np.arange(batch.count), times))


def highest(batch: Batch, test: Test, number: int) -> Batch:
    """The inputs at which the conclusion comes nearest to failing."""
    return batch.chosen(np.argsort(-test(batch).gap, kind="stable")[:number])


def ascended(sampler: Sampler, batch: Batch, test: Test) -> Batch:
    """Inputs with larger violations, by steps that become smaller."""
    best = highest(batch, test, PARENTS)
    for step in STEPS:
        children = sampler.kept(_moved(sampler, repeated(best, CHILDREN), step))
        best = highest(joined([best, children]), test, PARENTS)
    return best


def _moved(sampler: Sampler, batch: Batch, step: float) -> Batch:
    """The inputs after a random step, larger ones in the logarithm of small entries."""
    values: dict[str, Floats] = {}
    moved = Batch(batch.sizes, batch.count, values, batch.indices, batch.permutations)
    for kind in sampler.kinds:
        old = batch.values[kind.name]
        factor = np.exp(step * sampler.rng.normal(0, 1, old.shape) * (sampler.rng.random(old.shape) < 0.5))
        if kind.indicator:
            values[kind.name] = old
        elif kind.simplex:
            rows = np.maximum(old * factor, LEAST_POSITIVE * kind.positive)
            values[kind.name] = rows / rows.sum(axis=-2, keepdims=True)
        elif kind.upper is not None:
            part = np.minimum(_part(kind, batch) * factor, 1)
            values[kind.name] = kind.at_distance(part * Numeric(moved).at_inputs(kind.upper))
        else:
            values[kind.name] = kind.at_distance(kind.distance(old) * factor)
    return moved


def _part(kind: Kind, batch: Batch) -> Floats:
    """A bounded variable as a part of its bound."""
    assert kind.upper is not None
    bound = Numeric(batch).at_inputs(kind.upper)
    distance = kind.distance(batch.values[kind.name])
    return np.divide(distance, bound, out=np.ones_like(bound), where=bound != 0)


def rounded(sampler: Sampler, batch: Batch) -> Batch:
    """Every input on every grid, as far as that stays in the domain."""
    grids = np.tile(GRIDS, batch.count)
    many = repeated(batch, len(GRIDS))
    values: dict[str, Floats] = {}
    found = Batch(many.sizes, many.count, values, many.indices, many.permutations)
    for kind in sampler.kinds:
        old = many.values[kind.name]
        if kind.simplex and not kind.indicator:
            values[kind.name] = on_grid(old, grids, int(kind.positive))
        elif kind.upper is not None:
            part = np.maximum(np.round(_part(kind, many) * grids), 1) / grids
            values[kind.name] = kind.at_distance(part * Numeric(found).at_inputs(kind.upper))
        else:
            steps = np.round(kind.distance(old) * grids)
            values[kind.name] = kind.at_distance(np.maximum(steps, 1 if kind.positive else -np.inf) / grids)
    return sampler.kept(found)


def simplified(sampler: Sampler, batch: Batch, test: Test) -> Batch:
    """A failing input made simpler by putting simpler parts in the place of others."""
    best = batch
    for _ in range(ROUNDS):
        crossed = sampler.kept(_crossed(sampler, repeated(best, NEIGHBOURS)))
        moved = rounded(sampler, _moved(sampler, repeated(best, MOVED), 0.5))
        best, _ = simplest(sampler, joined([best, crossed, moved]), test, 1)
    return best


def simplest(sampler: Sampler, batch: Batch, test: Test, number: int) -> tuple[Batch, Floats]:
    """Those inputs at which the conclusion fails, the simplest first, and how complex they are."""
    found = test(batch)
    failing = batch.chosen(found.fails)
    costs = complexity(failing, found.gap[found.fails], found.outright[found.fails], sampler.indices)
    order = np.argsort(costs, kind="stable")[:number]
    return failing.chosen(order), costs[order]


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
