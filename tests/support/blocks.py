"""Teachers divided into a block of positive weight and the rest."""

import itertools
from fractions import Fraction

import numpy as np


def divided(inputs):
    """Every block with its renormalised weights, and the rest with its own."""
    p, w = inputs["p"], inputs["w"]
    for size in range(1, p.shape[1]):
        for block in map(list, itertools.combinations(range(p.shape[1]), size)):
            rest = [k for k in range(p.shape[1]) if k not in block]
            yield {
                "A": p[:, block],
                "B": p[:, rest],
                "u": renormalised(w[:, block]),
                "v": renormalised(w[:, rest]),
                "beta": w[:, block].sum(axis=1),
            }


def renormalised(w):
    """Weights that sum to one: the first teacher has all where they were zero."""
    total = w.sum(axis=1)
    first = np.array([Fraction(int(k == 0)) for k in range(w.shape[1])], dtype=object)
    return np.where((total == 0)[:, None], first, w / np.where(total == 0, 1, total)[:, None])


def together(values):
    """The block and the rest as teachers with weights."""
    block, rest = values["beta"][:, None] * values["u"], (1 - values["beta"])[:, None] * values["v"]
    return {
        "p": np.concatenate([values["A"], values["B"]], axis=1),
        "w": np.concatenate([block, rest], axis=1),
    }
