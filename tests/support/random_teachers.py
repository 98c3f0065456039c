"""Random teachers for tests: scenarios, and independent draws from the rows of a table."""

from fractions import Fraction

import numpy as np

ROWS = 2
"""Rows that a random teacher draws from; scenarios are all the ways in which K teachers draw."""


def digits(teachers):
    """Which row each teacher has drawn in each scenario."""
    return np.arange(ROWS**teachers)[:, None] // ROWS ** np.arange(teachers) % ROWS


def drawn_alike(rng, P, pi):
    """A third of the inputs have independent teachers with one mean, a third has equal ones."""
    count, scenarios, teachers, _ = P.shape
    lot = rng.integers(0, 3, count)
    for number in np.flatnonzero(lot < 2):
        which = digits(teachers) if lot[number] == 0 else digits(teachers)[:, :1].repeat(teachers, axis=1)
        P[number] = P[number, :ROWS, 0][which]
        pi[number] = Fraction(1, scenarios)
    return P, pi


def drawing(R, rho, teachers):
    """The map that each scenario stands for, its chance, and what the teachers say there."""
    which = digits(teachers)
    table = np.vectorize(Fraction, otypes=[object])((which[:, :, None] == np.arange(ROWS)).astype(int))
    chances = rho[:, which].prod(axis=2)
    return {"f": np.broadcast_to(table, (len(rho), *table.shape)), "pi": chances, "P": R[:, which]}
