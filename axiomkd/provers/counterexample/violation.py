"""By how much a conclusion fails, input by input, in floating point."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from axiomkd.kernel.terms import (
    AtMost,
    Comparison,
    Continuous,
    Defined,
    Different,
    Equal,
    Formula,
    InHull,
    Less,
)
from axiomkd.provers.counterexample.numeric import Batch, Floats, Numeric, Truths

NOISE = 1e-11
"""Violations below this, relative to the two sides, are taken for rounding."""
MOST_COMBINED = 5
"""Outcomes up to which all small functionals are tried; beyond, single coordinates."""


@dataclass(frozen=True)
class Failure:
    """For each input: by how much the conclusion fails (negative where it holds), where it seems to
    fail outright (undefined, or equal where a strict order is required), and where it has no value.
    """

    gap: Floats
    fails: Truths
    outright: Truths
    undefined: Truths


def failure(conclusion: Formula, batch: Batch) -> Failure:
    """How a conclusion fares at every input of a batch."""
    numeric = Numeric(batch)
    match conclusion:
        case Comparison(left, right):
            return _comparison(conclusion, numeric.at_inputs(left), numeric.at_inputs(right))
        case Defined(term) | Continuous(term):
            undefined = np.isnan(numeric.at_inputs(term))
            return Failure(np.where(undefined, 0.0, -1.0), undefined, undefined, undefined)
        case InHull():
            gaps = _separations(conclusion, numeric)
            return Failure(gaps.max(axis=0), gaps.max(axis=0) > NOISE, *nowhere(batch))
    return Failure(np.full(batch.count, -np.inf), nowhere(batch)[0], *nowhere(batch))


def nowhere(batch: Batch) -> tuple[Truths, Truths]:
    """Neither outright nor undefined at any input."""
    nothing = np.zeros(batch.count, dtype=bool)
    return nothing, nothing


def contradiction(conclusion: Formula, batch: Batch) -> Failure:
    """How a conclusion fares, where only numbers contradict a comparison.

    A side without a value is no counterexample to the kernel: what is asked to be defined says so.
    """
    found = failure(conclusion, batch)
    if not isinstance(conclusion, Comparison):
        return found
    known = ~found.undefined
    gap = np.where(known, found.gap, -np.inf)
    return Failure(gap, found.fails & known, found.outright & known, found.undefined)


def _comparison(conclusion: Comparison, left: Floats, right: Floats) -> Failure:
    with np.errstate(all="ignore"):
        gap, noise = left - right, NOISE * (1 + np.abs(left) + np.abs(right))
    undefined = np.isnan(gap)
    match conclusion:
        case AtMost():
            fails, equal = gap > noise, np.zeros_like(undefined)
        case Less():
            fails, equal = gap >= 0, gap == 0
        case Equal():
            gap = np.abs(gap)
            fails, equal = gap > noise, np.zeros_like(undefined)
        case Different():
            gap = -np.abs(gap)
            fails, equal = gap == 0, gap == 0
        case _:
            raise TypeError(f"expected an order or an equation, got {type(conclusion).__name__}")
    return Failure(np.where(undefined, 0.0, gap), fails | undefined, equal | undefined, undefined)


def _separations(hull: InHull, numeric: Numeric) -> Floats:
    """For every functional and input: the functional at the point less its maximum on the hull."""
    outcomes = numeric.batch.sizes[hull.coordinate_sort]
    teachers, count = numeric.batch.sizes[hull.vertex_sort], numeric.batch.count
    functionals = separators(outcomes)
    with np.errstate(all="ignore"):
        point = np.broadcast_to(numeric.value(hull.point), (outcomes, count))
        vertices = np.broadcast_to(numeric.value(hull.vertices), (teachers, outcomes, count))
        there = np.einsum("ci,in->cn", functionals, point)
        most = np.einsum("ci,kin->kcn", functionals, vertices).max(axis=0)
    return np.nan_to_num(there - most, nan=1.0)


@lru_cache(maxsize=16)
def separators(outcomes: int) -> Floats:
    """Small functionals, the simplest first."""
    if outcomes <= MOST_COMBINED:
        steps = range(-2, 3) if outcomes <= 3 else range(-1, 2)
        found = [c for c in itertools.product(steps, repeat=outcomes) if 0 in c and any(c)]
    else:
        found = [tuple(sign * (i == j) for j in range(outcomes)) for i in range(outcomes) for sign in (1, -1)]
    found.sort(key=lambda c: (sum(map(abs, c)), sum(n < 0 for n in c), [-n for n in c]))
    return np.array(found, dtype=float)


def best_separator(hull: InHull, batch: Batch, position: int) -> tuple[int, ...]:
    """The functional that separates best at one input, among those alike the simplest."""
    gaps = _separations(hull, Numeric(batch))[:, position]
    functionals = separators(batch.sizes[hull.coordinate_sort])
    relative = gaps / np.abs(functionals).sum(axis=1)
    return tuple(int(c) for c in functionals[int(np.argmax(np.round(relative, 9)))])
