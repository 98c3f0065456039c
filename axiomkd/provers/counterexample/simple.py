"""From floating point to small fractions, and how simple an input is."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import cast

import numpy as np

from axiomkd.kernel.evidence import Array
from axiomkd.kernel.judgement import Goal
from axiomkd.kernel.terms import Free
from axiomkd.provers.counterexample.numeric import Batch, Floats, Truths

DENOMINATORS = (*range(1, 11), 12, 15, 16, 20, 24, 25, 30, 40, 50, 60, 100, 200, 1000, 10**4, 10**6)
VISIBLE = 1e-2
"""A violation that a person sees at once; smaller ones count as less simple."""


def complexity(batch: Batch, gap: Floats, outright: Truths, spoken: tuple[Free, ...]) -> Floats:
    """How hard an input is to write down and to redo by hand, for every input of a batch."""
    total = np.zeros(batch.count)
    for array in batch.values.values():
        flat = array.reshape(math.prod(array.shape[:-1]), batch.count)
        below = _denominators(flat)
        total += np.log2(below * np.maximum(1, np.abs(flat))).sum(axis=0)
        total += 0.5 * _distinct(flat) + 0.2 * (flat != 0).sum(axis=0)
    for index in spoken:
        total += 0.05 * batch.indices[index]
    for images in batch.permutations.values():
        total += 0.3 * (images != np.arange(len(images))[:, None]).sum(axis=0)
    faint = np.log10(VISIBLE / np.clip(gap, 1e-15, VISIBLE))
    return np.round(total + np.where(outright, 0.0, 9 * faint), 6)


def _denominators(flat: Floats) -> Floats:
    """The least denominator of the table that fits each entry."""
    found = np.full(flat.shape, 1e9)
    for denominator in reversed(DENOMINATORS):
        scaled = flat * denominator
        found = np.where(np.abs(scaled - np.round(scaled)) < 1e-9 * denominator, denominator, found)
    return found


def _distinct(flat: Floats) -> Floats:
    """How many different numbers an input has."""
    ordered = np.sort(flat, axis=0)
    return 1 + (np.abs(np.diff(ordered, axis=0)) > 1e-12).sum(axis=0)


def fraction(number: float) -> Fraction:
    """The simplest fraction that the float can stand for."""
    found = Fraction(number).limit_denominator(10**6)
    close = abs(float(found) - number) <= 1e-13 * max(1.0, abs(number))
    return found if close and (found != 0 or number == 0) else Fraction(round(number * 10**12), 10**12)


def values_at(goal: Goal, batch: Batch, position: int) -> tuple[tuple[str, Array], ...]:
    """The values of one input as nested tuples of fractions."""
    return tuple((name, _nested(batch.values[name][..., position])) for name, _ in goal.variables)


def _nested(array: Floats) -> Array:
    if array.ndim == 0:
        return fraction(float(array))
    return tuple(_nested(cast(Floats, part)) for part in array)
