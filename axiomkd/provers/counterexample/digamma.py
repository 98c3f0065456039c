"""The inverse of the digamma function on arrays: for the search, never believed."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ENDS = (-40.0, 40.0)
PER_UNIT = 512
"""Nodes of the table; cubic interpolation between them is right to thirteen digits."""
FIXED_POINT_STEPS = 4
NEWTON_STEPS = 5
"""Each doubles the right digits, of which there is one at first."""


def inverse_digamma(values: Floats) -> Floats:
    r"""The x > 0 with :math:`\psi(x) = y`, for each y; infinity or no number where floats end.

    >>> inverse_digamma(np.array([-0.5772156649015329, 100.0])).round(12)[0]
    np.float64(1.0)
    """
    with np.errstate(all="ignore"):
        roots = np.exp(values) + 0.5
        inside, low = np.abs(values) < ENDS[1], values <= ENDS[0]
        roots[inside] = _interpolated(values[inside])
        if low.any():
            roots[low] = _near_zero(values[low])
    return roots


def _near_zero(values: Floats) -> Floats:
    r"""The fixed point of :math:`x = 1/(\psi(1+x) - y)`; each step gains three digits where y <= -40."""
    from scipy.special import digamma

    roots = -1 / (values - digamma(1))
    for _ in range(FIXED_POINT_STEPS):
        roots = 1 / (digamma(1 + roots) - values)
    return roots


def _interpolated(values: Floats) -> Floats:
    """The exponential of the cubic with the values and slopes of the logarithm at the two nodes beside."""
    logarithms, slopes = _table()
    places = (values - ENDS[0]) * PER_UNIT
    nodes = places.astype(np.int64)
    along = places - nodes
    rest = 1 - along
    first, second = logarithms[nodes], logarithms[nodes + 1]
    bend = rest * (slopes[nodes] - (second - first)) - along * (slopes[nodes + 1] - (second - first))
    result: Floats = np.exp(first * rest + second * along + along * rest * bend)
    return result


@lru_cache(maxsize=1)
def _table() -> tuple[Floats, Floats]:
    r"""The logarithm of the inverse x at each node, and its slope :math:`1/(x\,\psi'(x))` there."""
    from scipy.special import zeta  # on first use, as few formulas need it

    nodes = int((ENDS[1] - ENDS[0]) * PER_UNIT) + 2
    roots = _by_newton(ENDS[0] + np.arange(nodes) / PER_UNIT)
    return np.log(roots), 1 / (roots * zeta(2, roots) * PER_UNIT)


def _by_newton(values: Floats) -> Floats:
    """Newton's method from the guesses of Minka 2000."""
    from scipy.special import digamma, zeta

    roots = np.where(values > -2, np.exp(values) + 0.5, -1 / (values - digamma(1)))
    for _ in range(NEWTON_STEPS):
        roots = roots - (digamma(roots) - values) / zeta(2, roots)
    return roots
