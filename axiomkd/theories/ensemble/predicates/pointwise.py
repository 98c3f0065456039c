"""What the statements say that compare the aggregate with its teachers, one input at a time."""

from __future__ import annotations

import itertools

import numpy as np

from axiomkd.theories.ensemble.predicates.numbers import (
    NOISE,
    Aggregate,
    Floats,
    Truths,
    at_most,
    defined,
    equal,
    given,
    normalised,
)


def well_defined(aggregate: Aggregate, p: Floats, w: Floats) -> Truths:
    """Every denominator, logarithm and root of the aggregate is defined."""
    return defined(aggregate(p, w))


def simplex(aggregate: Aggregate, p: Floats, w: Floats) -> Truths:
    r""":math:`q \ge 0` and :math:`\sum_i q(i) = 1`."""
    q = aggregate(p, w)
    return at_most(0, q).all(axis=-1) & equal(q.sum(axis=-1), 1)


def floor(aggregate: Aggregate, p: Floats, w: Floats) -> Truths:
    r""":math:`q(i) \ge \min_k p_k(i)`."""
    return at_most(p.min(axis=1), aggregate(p, w)).all(axis=-1)


def ceiling(aggregate: Aggregate, p: Floats, w: Floats) -> Truths:
    r""":math:`q(i) \le \max_k p_k(i)`."""
    return at_most(aggregate(p, w), p.max(axis=1)).all(axis=-1)


def between(aggregate: Aggregate, p: Floats, w: Floats) -> Truths:
    r""":math:`\min_k p_k(i) \le q(i) \le \max_k p_k(i)`."""
    return floor(aggregate, p, w) & ceiling(aggregate, p, w)


def hull(aggregate: Aggregate, p: Floats, w: Floats) -> Truths:
    r"""q lies in the convex hull of the teachers: its distance from the nearest point there is zero."""
    q = aggregate(p, w)
    return np.array(
        [np.isfinite(x).all() and _distance(x, vertices) <= NOISE for x, vertices in zip(q, p, strict=True)]
    )


def _distance(x: Floats, vertices: Floats) -> float:
    """From non-negative combinations that sum to one, by least squares with a row for the sum."""
    from scipy.optimize import nnls

    rows = np.vstack([vertices.T, np.ones(len(vertices))])
    return float(nnls(rows, np.append(x, 1.0))[1])


def all_positive(aggregate: Aggregate, p: Floats, w: Floats) -> Truths:
    r"""All :math:`p_k(i) > 0` give all :math:`q(i) > 0`."""
    return given((p > 0).all(axis=(1, 2)), (aggregate(p, w) > 0).all(axis=-1))


def some_positive(aggregate: Aggregate, p: Floats, w: Floats) -> Truths:
    r""":math:`p_k(i) > 0` for one k with :math:`w_k > 0` gives :math:`q(i) > 0`, where G is defined."""
    q = aggregate(p, w)
    allowed = ((p > 0) & (w > 0)[:, :, None]).any(axis=1)
    return given(defined(q), given(allowed, q > 0).all(axis=-1))


def zero(aggregate: Aggregate, p: Floats, w: Floats) -> Truths:
    r""":math:`p_k(i) = 0` for all k gives :math:`q(i) = 0`, where G is defined."""
    q = aggregate(p, w)
    return given(defined(q), given((p == 0).all(axis=1), equal(q, 0)).all(axis=-1))


def unanimity(aggregate: Aggregate, x: Floats, w: Floats) -> Truths:
    r"""All teachers equal to x give :math:`q = x`."""
    teachers = np.repeat(x[:, None, :], w.shape[1], axis=1)
    return equal(aggregate(teachers, w), x).all(axis=-1)


def anonymity(aggregate: Aggregate, p: Floats, w: Floats) -> Truths:
    """Permuting teachers with their weights changes nothing."""
    q = aggregate(p, w)
    orders = [list(order) for order in itertools.permutations(range(p.shape[1]))]
    return np.all([equal(aggregate(p[:, o], w[:, o]), q).all(axis=-1) for o in orders], axis=0)


def neutrality(aggregate: Aggregate, p: Floats, w: Floats) -> Truths:
    """Permuting outcomes permutes q."""
    q = aggregate(p, w)
    orders = [list(order) for order in itertools.permutations(range(p.shape[2]))]
    return np.all([equal(aggregate(p[:, :, o], w), q[:, o]).all(axis=-1) for o in orders], axis=0)


def marginalisation(aggregate: Aggregate, p: Floats, w: Floats) -> Truths:
    r"""Merging two outcomes, of at least three, and pooling give the same in either order."""
    pairs = itertools.combinations(range(p.shape[2]), 2)
    q = aggregate(p, w)
    same = [equal(_merged(q, i, j), aggregate(_merged(p, i, j), w)).all(axis=-1) for i, j in pairs]
    return np.all(same, axis=0) if p.shape[2] >= 3 else np.ones(len(p), dtype=bool)


def _merged(x: Floats, i: int, j: int) -> Floats:
    """Outcome j > i added to outcome i and left out."""
    both = x.copy()
    both[..., i] += x[..., j]
    return np.delete(both, j, axis=-1)


def external_bayesianity(aggregate: Aggregate, p: Floats, w: Floats, L: Floats) -> Truths:
    r""":math:`G(N[L p_1], \dots) = N[L\,G(p)]` for a positive likelihood L."""
    updated = aggregate(normalised(L[:, None, :] * p), w)
    return equal(updated, normalised(L * aggregate(p, w))).all(axis=-1)


def rank(aggregate: Aggregate, p: Floats, w: Floats) -> Truths:
    r""":math:`p_k(i) \ge p_k(j)` for all k gives :math:`q(i) \ge q(j)`."""
    q = aggregate(p, w)
    agreed = (p[:, :, :, None] >= p[:, :, None, :]).all(axis=1)
    return given(agreed, at_most(q[:, None, :], q[:, :, None])).all(axis=(1, 2))
