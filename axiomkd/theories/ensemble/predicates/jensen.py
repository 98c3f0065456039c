"""What the statements say about divergences and entropies of the aggregate and of its teachers."""

from __future__ import annotations

import numpy as np

from axiomkd.theories.ensemble.predicates.numbers import (
    Aggregate,
    Floats,
    Truths,
    at_most,
    divergence,
    entropy,
)


def mean(w: Floats, values: Floats) -> Floats:
    r""":math:`\sum_k w_k x_k`, for one number a teacher; no weight hides one that is infinite."""
    with np.errstate(invalid="ignore"):
        return (w * values).sum(axis=1)


def student(aggregate: Aggregate, p: Floats, w: Floats, x: Floats) -> Truths:
    r""":math:`KL(q;x) \le \sum_k w_k KL(p_k;x)`."""
    return at_most(divergence(aggregate(p, w), x), mean(w, divergence(p, x[:, None])))


def target(aggregate: Aggregate, p: Floats, w: Floats, x: Floats) -> Truths:
    r""":math:`KL(x;q) \le \sum_k w_k KL(x;p_k)`."""
    return at_most(divergence(x, aggregate(p, w)), mean(w, divergence(x[:, None], p)))


def concave_entropy(aggregate: Aggregate, p: Floats, w: Floats) -> Truths:
    r""":math:`H(q) \ge \sum_k w_k H(p_k)`."""
    return at_most(mean(w, entropy(p)), entropy(aggregate(p, w)))


def convex_entropy(aggregate: Aggregate, p: Floats, w: Floats) -> Truths:
    r""":math:`H(q) \le \sum_k w_k H(p_k)`."""
    return at_most(entropy(aggregate(p, w)), mean(w, entropy(p)))
