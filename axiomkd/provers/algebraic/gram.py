"""Semidefinite programs: matrices that give the coefficients wanted, in floating point."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from axiomkd.provers.algebraic.ring import Exponents

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def interior_point(
    sizes: list[int], products: list[dict[Exponents, Fraction]], wanted: dict[Exponents, Fraction]
) -> NDArray[np.float64] | None:
    """The entries of matrices of these sizes, on and above the diagonal, as far from singular as may be.

    The products with the entries add up to what is wanted, about.
    """
    import clarabel
    import numpy as np
    from scipy.sparse import csc_array

    rows: dict[Exponents, int] = {}
    for powers in (*wanted, *(powers for product in products for powers in product)):
        rows.setdefault(powers, len(rows))
    entries = [(rows[p], n + 1, float(c)) for n, product in enumerate(products) for p, c in product.items()]
    right = [0.0] * len(rows)
    for powers, c in wanted.items():
        right[rows[powers]] = float(c)
    entries.append((len(rows), 0, 1.0))
    right.append(1.0)
    cones = [clarabel.ZeroConeT(len(rows)), clarabel.NonnegativeConeT(1)]
    place = 1
    for size in sizes:
        for column in range(size):
            for row in range(column + 1):
                entries.append((len(right), place, -1.0 if row == column else -np.sqrt(2)))
                if row == column:
                    entries.append((len(right), 0, 1.0))
                right.append(0.0)
                place += 1
        cones.append(clarabel.PSDTriangleConeT(size))
    row_of, column_of, values = zip(*entries, strict=True)
    matrix = csc_array((values, (row_of, column_of)), shape=(len(right), place))
    costs = np.zeros(place)
    costs[0] = -1.0
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    nothing = csc_array((place, place))
    solver = clarabel.DefaultSolver(nothing, costs, matrix, np.array(right), cones, settings)
    answer = solver.solve()
    good = str(answer.status) in ("Solved", "AlmostSolved", "InsufficientProgress")
    found = np.array(answer.x)
    return found[1:] if good and found[0] > -1e-4 else None
