"""From promising inputs to larger violations: ascent from many starts, rounding to fractions.

Slopes are central differences: all the inputs beside all the starts form one batch, which the
vectorised evaluation takes in about the time of one input. No term has to be differentiated, and
what brings an input back into the domain is differentiated along with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from axiomkd.provers.counterexample.domain import Kind
from axiomkd.provers.counterexample.numeric import Batch, Floats, Numeric
from axiomkd.provers.counterexample.sample import LEAST_POSITIVE, Sampler, on_grid
from axiomkd.provers.counterexample.violation import Failure

Test = Callable[[Batch], Failure]
Shifts = Mapping[str, Floats]
"""Steps by variable, in the logarithm of its entries."""
Place = tuple[str, tuple[int, ...]]
"""An entry of a variable."""

LARGEST_ROUND = 4000
"""About how many inputs a round looks at: where there are many coordinates, fewer starts climb."""
LEAST_STARTS = 4
LENGTHS = np.geomspace(8.0, 0.01, 12)
RANDOM = 10
DIFFERENCE = 1e-5
GRIDS = np.array([2, 3, 4, 5, 6, 8, 10, 12, 20, 25, 50, 100, 1000, 10**4, 10**5, 10**6])


def repeated(batch: Batch, times: int) -> Batch:
    return batch.chosen(np.repeat(np.arange(batch.count), times))


def highest(batch: Batch, test: Test, number: int) -> Batch:
    """The inputs at which the conclusion comes nearest to failing."""
    return batch.chosen(np.argsort(-test(batch).gap, kind="stable")[:number])


def ascended(sampler: Sampler, batch: Batch, test: Test, starts: int, steps: Floats) -> Batch:
    """Inputs with larger violations: every start climbs by itself, uphill or by a random step.

    ``starts`` is how many climb, ``steps`` are the sizes of the random steps, one for each round.
    """
    places = _places(sampler, batch)
    most = sampler.affordable(LARGEST_ROUND) // (2 * len(places) + 1)
    best = _best_of_groups(batch, test, max(LEAST_STARTS, min(starts, most)))
    for step in steps:
        slopes, places = _slopes(sampler, best, test, places)
        best = _best_children(sampler, best, test, _fan(sampler, best, slopes, step))
    return best


def _best_of_groups(batch: Batch, test: Test, groups: int) -> Batch:
    """The best of each of many groups: the best of all are often alike."""
    size = max(batch.count // groups, 1)
    heights = test(batch).gap[: size * min(groups, batch.count)].reshape(-1, size)
    return batch.chosen(np.arange(len(heights)) * size + heights.argmax(axis=1))


def _places(sampler: Sampler, batch: Batch) -> list[Place]:
    """The entries of all variables that can move."""
    return [(name, place) for name in sampler.moving for place in np.ndindex(batch.values[name].shape[:-1])]


def _slopes(sampler: Sampler, batch: Batch, test: Test, places: list[Place]) -> tuple[Shifts, list[Place]]:
    """The direction in which the violation grows fastest, its largest entry one; the entries that matter."""
    if not places:
        return {name: np.zeros(array.shape) for name, array in batch.values.items()}, []
    beside = 2 * len(places)
    shifts = {name: np.zeros((*array.shape, beside)) for name, array in batch.values.items()}
    for number, (name, place) in enumerate(places):
        shifts[name][place][:, 2 * number : 2 * number + 2] = DIFFERENCE, -DIFFERENCE
    flat = {name: array.reshape(*array.shape[:-2], -1) for name, array in shifts.items()}
    _, heights = _children(sampler, batch, test, flat)
    with np.errstate(all="ignore"):
        slopes = np.nan_to_num(heights[:, ::2] - heights[:, 1::2], posinf=0, neginf=0)
        slopes = slopes / np.maximum(np.abs(slopes).max(axis=1, keepdims=True, initial=0), 1e-300)
    found = {name: np.zeros(array.shape) for name, array in batch.values.items()}
    for number, (name, place) in enumerate(places):
        found[name][place] = slopes[:, number]
    return found, [place for place, matters in zip(places, slopes.any(axis=0), strict=True) if matters]


def _fan(sampler: Sampler, batch: Batch, slopes: Shifts, step: float) -> Shifts:
    """For each start no step, steps uphill of many lengths, and random steps."""
    lengths = np.concatenate([[0.0], step * LENGTHS])
    found = {}
    for name, slope in slopes.items():
        shape = (*slope.shape, RANDOM)
        random = step * sampler.rng.normal(0, 1, shape) * (sampler.rng.random(shape) < 0.5)
        both = np.concatenate([slope[..., None] * lengths, random], axis=-1)
        found[name] = both.reshape(*slope.shape[:-1], -1)
    return found


def _children(sampler: Sampler, batch: Batch, test: Test, shifts: Shifts) -> tuple[Batch, Floats]:
    """The inputs after the shifts, equally many for each start, and by how much they fail."""
    number = next(iter(shifts.values())).shape[-1] // batch.count
    children, inside = sampler.mended(shifted(sampler, repeated(batch, number), shifts))
    heights = np.where(inside, test(children).gap, -np.inf)
    return children, heights.reshape(batch.count, number)


def _best_children(sampler: Sampler, batch: Batch, test: Test, shifts: Shifts) -> Batch:
    children, heights = _children(sampler, batch, test, shifts)
    return children.chosen(np.arange(batch.count) * heights.shape[1] + heights.argmax(axis=1))


def moved(sampler: Sampler, batch: Batch, step: float) -> Batch:
    """The inputs after a random step."""
    shapes = {name: array.shape for name, array in batch.values.items()}
    rng = sampler.rng
    return shifted(
        sampler,
        batch,
        {name: step * rng.normal(0, 1, s) * (rng.random(s) < 0.5) for name, s in shapes.items()},
    )


def shifted(sampler: Sampler, batch: Batch, shifts: Shifts) -> Batch:
    """The inputs after steps in the logarithm of their entries, or of their part of what bounds them."""
    values: dict[str, Floats] = {}
    found = Batch(batch.sizes, batch.count, values, batch.indices, batch.permutations)
    for kind in sampler.kinds:
        old, factor = batch.values[kind.name], np.exp(shifts[kind.name])
        if kind.indicator:
            values[kind.name] = old
        elif kind.simplex:
            rows = np.maximum(old * factor, LEAST_POSITIVE * kind.positive)
            values[kind.name] = rows / rows.sum(axis=-2, keepdims=True)
        elif kind.upper is not None:
            part = np.minimum(_part(kind, batch) * factor, 1)
            values[kind.name] = kind.at_distance(part * Numeric(found).at_inputs(kind.upper))
        elif kind.positive or kind.bounded:
            values[kind.name] = kind.at_distance(kind.distance(old) * factor)
        else:
            values[kind.name] = old + shifts[kind.name] * np.maximum(np.abs(old), 1)
    return found


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
