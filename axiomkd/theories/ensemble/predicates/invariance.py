"""What the statements say about the same information that comes in another shape."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from axiomkd.theories.ensemble.predicates.numbers import Aggregate, Floats, Truths, equal, given, normalised


def clone(aggregate: Aggregate, p: Floats, w: Floats, d: Floats) -> Truths:
    """For each k: a copy of teacher k, placed last, takes the part d of its weight; nothing changes."""
    q, unit = aggregate(p, w), np.eye(w.shape[1])
    true = np.ones(len(p), dtype=bool)
    for k in range(w.shape[1]):
        rows = np.concatenate([p, p[:, k : k + 1]], axis=1)
        weights = np.concatenate([w - d[:, None] * unit[k], d[:, None]], axis=1)
        true &= given((d >= 0) & (d <= w[:, k]), equal(aggregate(rows, weights), q).all(axis=-1))
    return true


def blocks(teachers: int) -> Iterator[tuple[list[int], list[int]]]:
    """Every way to divide the teachers into a block and a rest, neither of them empty."""
    for number in range(1, teachers):
        for block in itertools.combinations(range(teachers), number):
            yield list(block), [k for k in range(teachers) if k not in block]


def associativity(aggregate: Aggregate, p: Floats, w: Floats) -> Truths:
    """Every block of positive weight may be pooled first, with renormalised weights."""
    true = np.ones(len(p), dtype=bool)
    for block, rest in blocks(p.shape[1]):
        held = w[:, block].sum(axis=1, keepdims=True)
        inside = aggregate(p[:, block], normalised(w[:, block]))
        rows = np.concatenate([inside[:, None], p[:, rest]], axis=1)
        in_turn = aggregate(rows, np.concatenate([held, w[:, rest]], axis=1))
        at_once = aggregate(p[:, block + rest], w[:, block + rest])
        true &= given(held[:, 0] > 0, equal(in_turn, at_once).all(axis=-1))
    return true


def eventwise(aggregate: Aggregate, p: Floats, y: Floats, w: Floats) -> Truths:
    r""":math:`p_k(i) = p'_k(i)` for all k gives :math:`q(i) = q'(i)`."""
    return given((p == y).all(axis=1), equal(aggregate(p, w), aggregate(y, w))).all(axis=-1)


def logit_shift(aggregate: Aggregate, g: Floats, h: Floats, w: Floats) -> Truths:
    r"""The logits :math:`z = \log g` and :math:`z_k + \log h_k` give the same."""
    z, constant = np.log(g), np.log(h)
    shifted = aggregate(_softmax(z + constant[:, :, None]), w)
    return equal(shifted, aggregate(_softmax(z), w)).all(axis=-1)


def _softmax(z: Floats) -> Floats:
    return normalised(np.exp(z - z.max(axis=-1, keepdims=True)))
