r"""The inverse of the digamma function: the x > 0 with :math:`\psi(x) = y`, for every real y.

On :math:`x > 0` the digamma function :math:`\psi = (\log\Gamma)'` is smooth, its derivative
:math:`\psi'(x) = \sum_{n \ge 0} (x+n)^{-2}` is positive and falls, and it runs from :math:`-\infty` at 0
to :math:`\infty` (NIST Digital Library of Mathematical Functions, 5.7.6 and 5.15.1). So it has an inverse
on all of the real line, which is positive, increasing and smooth.
"""

from __future__ import annotations

import flint

from axiomkd.kernel.evaluation import Undecided

GUARD = 12
"""Bits that a root is first widened by."""


def inverse_digamma(value: flint.arb) -> flint.arb:
    r"""A ball around the inverse of the digamma function at every number of a ball.

    The function increases, so it is enough to bound it at the two ends a and b of the ball. Newton's
    method proposes a root; nothing rests on it. Believed is only a number :math:`x > 0` of which Arb
    encloses :math:`\psi(x)` below a, as then x is below the inverse at a; in the same way above b.

    >>> inverse_digamma(flint.arb(1).digamma()).contains(1)
    True
    """
    low, high = _beside(value.lower(), -1), _beside(value.upper(), 1)
    return low.union(high)


def slope_at(root: flint.arb) -> flint.arb:
    r"""The derivative :math:`1/\psi'(x)` of the inverse, where x is its value."""
    return 1 / trigamma(root)


def trigamma(root: flint.arb) -> flint.arb:
    r""":math:`\psi'(x) = \zeta(2, x)`, Hurwitz's function, for x > 0."""
    return flint.arb(2).zeta(root)


def _beside(end: flint.arb, side: int) -> flint.arb:
    """A number near the inverse that is surely not above it (side -1), or not below it (side 1)."""
    root = _approximate(end)
    for bits in range(flint.ctx.prec - GUARD, 0, -GUARD):
        widened = (root * (1 + side * flint.arb(2) ** -bits)).mid()
        if widened > 0 and side * (widened.digamma() - end) >= 0:
            return widened
    raise Undecided("expected an inverse of the digamma function, got bits that cannot tell")


def _approximate(value: flint.arb) -> flint.arb:
    r"""Newton's method from :math:`e^y + 1/2`, for y not small, or :math:`-1/(y - \psi(1))` (Minka 2000)."""
    root = value.exp() + 0.5 if value > -2 else -1 / (value - flint.arb(1).digamma())
    for _ in range(flint.ctx.prec.bit_length()):  # each step doubles the digits that are right
        root = (root - (root.digamma() - value) / trigamma(root)).mid()
    return root
