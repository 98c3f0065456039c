"""What the statements say about a change in one teacher."""

from __future__ import annotations

import itertools

import numpy as np

from axiomkd.theories.ensemble.predicates.numbers import Aggregate, Floats, Truths, at_most, given


def _changed(p: Floats, k: int, row: Floats) -> Floats:
    changed = p.copy()
    changed[:, k] = row
    return changed


def response(aggregate: Aggregate, p: Floats, w: Floats, d: Floats) -> Truths:
    r"""For each k and i: with :math:`(1-d) p_k + d e_i`, :math:`0 \le d < 1`, q(i) does not fall."""
    q, true = aggregate(p, w), np.ones(len(p), dtype=bool)
    for k, i in itertools.product(range(p.shape[1]), range(p.shape[2])):
        row = (1 - d)[:, None] * p[:, k]
        row[:, i] += d
        after = aggregate(_changed(p, k, row), w)
        true &= given((d >= 0) & (d < 1), at_most(q[:, i], after[:, i]))
    return true


def _total_variation(a: Floats, b: Floats) -> Floats:
    return np.abs(a - b).sum(axis=-1) / 2


def robustness(aggregate: Aggregate, p: Floats, w: Floats, x: Floats) -> Truths:
    r"""For each k: with x in the place of :math:`p_k`, :math:`TV(q,q') \le w_k TV(p_k,x)`."""
    q, true = aggregate(p, w), np.ones(len(p), dtype=bool)
    for k in range(p.shape[1]):
        moved = _total_variation(q, aggregate(_changed(p, k, x), w))
        true &= at_most(moved, w[:, k] * _total_variation(p[:, k], x))
    return true
