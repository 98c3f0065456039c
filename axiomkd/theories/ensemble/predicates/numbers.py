"""Comparisons with a tolerance, and the vocabulary's functions of distributions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]
Aggregate = Callable[..., Floats]

NOISE = 1e-10
"""What two numbers may differ by, relative to the smaller one and 1, and still be called equal."""
TRACE = 1e-13
"""What one number must at least exceed another by to be called greater."""


def at_most(left: Any, right: Any) -> Truths:
    r""":math:`x \le y` but for rounding; false where either is undefined."""
    scale = 1 + np.minimum(np.abs(left), np.abs(right))
    with np.errstate(invalid="ignore"):
        return np.asarray(left <= right + NOISE * scale)


def equal(left: Any, right: Any) -> Truths:
    """Equality but for rounding; false where either is undefined."""
    return at_most(left, right) & at_most(right, left)


def less(left: Any, right: Any) -> Truths:
    """Strictly less, by more than rounding; false where either is undefined."""
    return np.asarray(left + TRACE < right)


def given(hypothesis: Any, conclusion: Any) -> Truths:
    """The conclusion where the hypothesis holds, and true elsewhere."""
    return np.asarray(~np.asarray(hypothesis) | conclusion)


def defined(q: Floats) -> Truths:
    """Whether every outcome's value is a finite number."""
    return np.asarray(np.isfinite(q).all(axis=-1))


def normalised(x: Floats) -> Floats:
    r""":math:`N[x] = x / \sum_j x_j`."""
    with np.errstate(all="ignore"):
        return x / x.sum(axis=-1, keepdims=True)


def softened(p: Floats, T: Any) -> Floats:
    r""":math:`N[p^{1/T}]` along the last axis; T has one axis less than p."""
    with np.errstate(all="ignore"):
        return normalised((p / p.max(axis=-1, keepdims=True)) ** (1 / np.asarray(T)[..., None]))


def entropy(q: Floats) -> Floats:
    r""":math:`-\sum_i q_i \log q_i` with :math:`0 \log 0 = 0`."""
    with np.errstate(all="ignore"):
        return -np.where(q == 0, 0.0, q * np.log(q)).sum(axis=-1)


def divergence(a: Floats, b: Floats) -> Floats:
    r""":math:`\sum_i a_i \log(a_i / b_i)`; infinite where :math:`a_i > 0 = b_i`."""
    with np.errstate(all="ignore"):
        return np.where(a == 0, 0.0 * b, a * (np.log(a) - np.log(b))).sum(axis=-1)
