"""How far an input is from those at which everything agrees.

Where all teachers agree, one has all the weight, or nothing is moved, most statements hold with
equality whatever the rule. An ascent of the violation itself ends there unless the violation is
large; measured against the square of the distance, small violations stand out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np

from axiomkd.kernel.terms import Variable
from axiomkd.provers.counterexample.climb import Test, ascended
from axiomkd.provers.counterexample.domain import Kind
from axiomkd.provers.counterexample.numeric import Batch, Floats, Numeric, joined
from axiomkd.provers.counterexample.sample import Sampler
from axiomkd.provers.counterexample.violation import Failure

RELATIVE = (96, np.geomspace(1.0, 0.05, 3))
"""Starts and random steps of the first ascent: where violations are rare, many starts find them."""
NEAREST = 1e-4
"""Inputs nearer than this to agreement are left out: a violation is as large, so measured, farther away."""

LEVEL = 1e-13
"""Inputs with smaller violations are taken for places of agreement that are not seen otherwise."""


def beside_spread(kinds: Sequence[Kind], test: Test) -> Test:
    """The test with the violation divided by how far an input is from agreement."""

    def relative(batch: Batch) -> Failure:
        found, distance = test(batch), spread(kinds, batch)
        tells = (distance > NEAREST) & (np.abs(found.gap) > LEVEL)
        gap = np.where(tells, found.gap / np.maximum(distance, NEAREST), -np.inf)
        return Failure(gap, found.fails, found.outright, found.undefined)

    return relative


def climbed(sampler: Sampler, starts: Batch, test: Test, absolute: tuple[int, Floats]) -> Batch:
    """The ends of two ascents, first beside the distance from agreement; nothing where nothing fails.

    ``absolute`` are the starts and steps of the second.
    """
    relative = ascended(sampler, starts, beside_spread(sampler.kinds, test), *RELATIVE)
    everything = joined([relative, starts])
    if not test(everything).fails.any():
        return everything.chosen(np.arange(0))
    return joined([ascended(sampler, everything, test, *absolute), relative])


def spread(kinds: Sequence[Kind], batch: Batch) -> Floats:
    """The weighted variance of the teachers' rows, times how far numbers are from where nothing moves."""
    found = np.ones(batch.count)
    for kind in kinds:
        if not kind.sorts and kind.upper is not None:
            found = found * _from_rest(kind, batch)
    variances = [_variance(kinds, kind, batch) for kind in kinds if _has_rows(kind, batch)]
    return found * sum(variances, np.zeros(batch.count)) if variances else found


def _from_rest(kind: Kind, batch: Batch) -> Floats:
    """How far a bounded number is from where nothing moves: from another number above it, or from zero."""
    distance = kind.distance(batch.values[kind.name])
    if kind.positive or not isinstance(kind.upper, Variable):
        return distance
    return Numeric(batch).at_inputs(kind.upper) - distance


def _has_rows(kind: Kind, batch: Batch) -> bool:
    rows = kind.simplex and not kind.indicator and len(kind.sorts) > 1
    return rows and batch.sizes[kind.sorts[-2]] > 1


def _variance(kinds: Sequence[Kind], rows: Kind, batch: Batch) -> Floats:
    """The variance of the rows about their mean, in the mean over what stands before them."""
    values = batch.values[rows.name]
    weights = _weights(kinds, rows.sorts[-2], batch)[:, None, :]
    apart = values - (weights * values).sum(axis=-3, keepdims=True)
    squares = (weights * apart * apart).sum(axis=(-3, -2))
    return cast(Floats, squares.reshape(-1, squares.shape[-1]).mean(axis=0))


def _weights(kinds: Sequence[Kind], sort: str, batch: Batch) -> Floats:
    """The mean of all weights that a sort has; equal ones where it has none."""
    found = [batch.values[kind.name] for kind in kinds if kind.simplex and kind.sorts == (sort,)]
    number = batch.sizes[sort]
    return sum(found[1:], found[0]) / len(found) if found else np.full((number, batch.count), 1 / number)
