"""Which signs a polynomial takes at random points of a problem: what to try, never what is true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axiomkd.provers.algebraic.problem import Problem
from axiomkd.provers.algebraic.ring import Polynomial, terms_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

POINTS = 400
SMALL = 1e-9
"""Below which, compared with the greatest monomial, a value counts as zero."""


def signs(problem: Problem, polynomials: list[Polynomial]) -> list[set[int]]:
    """For each polynomial the signs, 1 or -1, that it takes where the inequalities hold."""
    points = _points(problem)
    inside = _values(problem.ring.one, points) > 0
    for inequality in problem.inequalities:
        inside &= _values(inequality.polynomial, points) > 0
    points = points[inside[:, 0]]
    return [_signs(polynomial, points) for polynomial in polynomials]


def _signs(polynomial: Polynomial, points: Array) -> set[int]:
    values = _values(polynomial, points)
    found = {1} if (values > SMALL).any() else set()
    return found | ({-1} if (values < -SMALL).any() else set())


def _points(problem: Problem) -> Array:
    import numpy as np

    random = np.random.default_rng(0)
    width = len(problem.ring.atoms)
    points = random.exponential(size=(POINTS, width)) ** random.choice([0.5, 1, 3], size=(POINTS, 1))
    free = [n for n in range(width) if n not in problem.nonnegative]
    points[:, free] *= random.choice([-1, 1], size=(POINTS, len(free)))
    for places, total in problem.blocks:
        chosen = list(places)
        points[:, chosen] /= sum(
            float(c) * points[:, powers.index(1)] for powers, c in terms_of(total).items()
        )[:, None]
    return points


def _values(polynomial: Polynomial, points: Array) -> Array:
    """The values, as a column, each divided by its greatest monomial."""
    import numpy as np

    terms = terms_of(polynomial)
    if not terms:
        return np.zeros((len(points), 1))
    powers = np.array(list(terms), dtype=float)
    used = powers.any(axis=0)
    each = np.prod(points[:, None, used] ** powers[None][:, :, used], axis=2) * [
        float(c) for c in terms.values()
    ]
    return (each.sum(axis=1) / np.abs(each).max(axis=1, initial=SMALL))[:, None]
