"""From floating point to exact fractions: solutions of equations, kernels, and quadratic forms as squares."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from flint import fmpq_mat

from axiomkd.provers.algebraic.ring import Exponents, fmpq_of, fraction_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DENOMINATOR = 1 << 10
READABLE = 64
"""Denominators to which entries of matrices, and of vectors in their kernels, are rounded."""
SINGULAR = 1e-4
CLOSE = 1e-2

Row = list[Fraction]


def exact_solution(
    products: list[dict[Exponents, Fraction]], wanted: dict[Exponents, Fraction], near: NDArray[np.float64]
) -> Row | None:
    """The exact solution next to rounded numbers: those with fewest changes, in the least squares."""
    start = [Fraction(round(float(x) * DENOMINATOR), DENOMINATOR) for x in near]
    rows: dict[Exponents, dict[int, Fraction]] = {powers: {} for powers in wanted}
    for place, product in enumerate(products):
        for powers, c in product.items():
            rows.setdefault(powers, {})[place] = c
    gaps = [
        wanted.get(powers, Fraction(0)) - sum((c * start[n] for n, c in row.items()), Fraction(0))
        for powers, row in rows.items()
    ]
    count = len(rows)
    lines = list(rows.values())
    normal = [[_dot(one, other) for other in lines] + [gap] for one, gap in zip(lines, gaps, strict=True)]
    reduced, rank = fmpq_mat(count, count + 1, [fmpq_of(c) for row in normal for c in row]).rref()
    scale = [Fraction(0)] * count
    for row in range(rank):
        pivot = next(n for n in range(count + 1) if reduced[row, n] != 0)
        if pivot == count:
            return None
        scale[pivot] = fraction_of(reduced[row, count])
    for line, factor in zip(lines, scale, strict=True):
        for place, c in line.items():
            start[place] += factor * c
    return start


def _dot(one: dict[int, Fraction], other: dict[int, Fraction]) -> Fraction:
    if len(other) < len(one):
        one, other = other, one
    return sum((c * other[n] for n, c in one.items() if n in other), Fraction(0))


def kernel(entries: NDArray[np.float64], size: int) -> list[Row]:
    """Readable vectors that span what a nearly singular matrix takes to nearly zero."""
    import numpy as np

    matrix = np.zeros((size, size))
    place = 0
    for column in range(size):
        for row in range(column + 1):
            matrix[row, column] = matrix[column, row] = entries[place]
            place += 1
    values, vectors = np.linalg.eigh(matrix)
    small = values < SINGULAR * max(1.0, float(values[-1]))
    return _readable(vectors[:, small].T)


def _readable(rows: NDArray[np.float64]) -> list[Row]:
    """The reduced echelon form, its entries rounded; without the rows that are not near a readable one."""
    import numpy as np

    rows = rows.copy()
    done = 0
    for column in range(rows.shape[1]):
        if done == len(rows):
            break
        best = done + int(np.argmax(np.abs(rows[done:, column])))
        if abs(rows[best, column]) < CLOSE:
            continue
        rows[[done, best]] = rows[[best, done]]
        rows[done] /= rows[done, column]
        for other in range(len(rows)):
            if other != done:
                rows[other] -= rows[other, column] * rows[done]
        done += 1
    found = [[Fraction(float(x)).limit_denominator(READABLE) for x in row] for row in rows[:done]]
    return [
        row
        for row, real in zip(found, rows, strict=False)
        if np.abs([float(x) for x in row] - real).max() < CLOSE
    ]


def complement(rows: list[Row], size: int) -> list[Row]:
    """Vectors that span what is orthogonal to the rows."""
    if not rows:
        return [[Fraction(int(n == m)) for m in range(size)] for n in range(size)]
    reduced, rank = fmpq_mat(len(rows), size, [fmpq_of(c) for row in rows for c in row]).rref()
    pivots = [next(n for n in range(size) if reduced[row, n] != 0) for row in range(rank)]
    found = []
    for free in (n for n in range(size) if n not in pivots):
        vector = [Fraction(int(n == free)) for n in range(size)]
        for row, pivot in enumerate(pivots):
            vector[pivot] = -fraction_of(reduced[row, free])
        found.append(vector)
    return found


def squares_of(entries: dict[tuple[int, int], Fraction], size: int) -> list[tuple[Fraction, Row]] | None:
    r"""A quadratic form as :math:`\sum_n d_n (l_n x)^2`, all d positive; ``None`` if it is none."""
    matrix = [[entries[min(m, n), max(m, n)] for m in range(size)] for n in range(size)]
    found = []
    for n in range(size):
        pivot = matrix[n][n]
        if pivot < 0 or (pivot == 0 and any(matrix[n])):
            return None
        if pivot == 0:
            continue
        row = [c / pivot for c in matrix[n]]
        found.append((pivot, row))
        for m in range(n + 1, size):
            factor = matrix[m][n]
            if factor:
                matrix[m] = [a - factor * b for a, b in zip(matrix[m], row, strict=True)]
        for m in range(size):
            matrix[n][m] = Fraction(0)
    return found
