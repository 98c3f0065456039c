"""What the statements say about the variance of the aggregate of random teachers."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from axiomkd.theories.ensemble.predicates.numbers import Aggregate, Floats, Truths, at_most, equal, given
from axiomkd.theories.ensemble.predicates.random_teachers import (
    covariances,
    expected,
    in_scenarios,
    variance,
)

NONE = 1e-12
"""A variance or a difference of means that counts as none."""


def have_one_mean(P: Floats, pi: Floats) -> Truths:
    """Whether all teachers have the same mean."""
    means = expected(pi, P)
    return np.asarray((np.abs(means - means[:, :1]) < NONE).all(axis=(1, 2)))


def _are_uncorrelated(P: Floats, pi: Floats) -> Truths:
    others = covariances(pi, P) * ~np.eye(P.shape[2], dtype=bool)[:, :, None]
    return np.asarray((np.abs(others) < NONE).all(axis=(1, 2, 3)))


def uncorrelated(aggregate: Aggregate, P: Floats, pi: Floats, w: Floats) -> Truths:
    r""":math:`Var q(i) = \sum w_k^2 Var e_k(i) \le \sum w_k Var e_k(i)`, and when that is strict."""
    own, theirs, weights = variance(pi, in_scenarios(aggregate, P, w)), variance(pi, P), w[:, :, None]
    squares, mean = (weights**2 * theirs).sum(axis=1), (weights * theirs).sum(axis=1)
    shared = ((weights > 0) & (weights < 1) & (theirs > NONE)).any(axis=1)
    says = equal(own, squares) & at_most(squares, mean) & ((mean - squares > NONE) == shared)
    return given(have_one_mean(P, pi) & _are_uncorrelated(P, pi), says.all(axis=-1))


def correlated(aggregate: Aggregate, P: Floats, pi: Floats, w: Floats) -> Truths:
    r""":math:`Var q(i) = w' C w`, and the closed form where variances and correlations are common."""
    own, table = variance(pi, in_scenarios(aggregate, P, w)), covariances(pi, P)
    general = equal(own, np.einsum("nk,nkli,nl->ni", w, table, w))
    teachers, squares = w.shape[1], (w**2).sum(axis=1, keepdims=True)
    one, other = table[:, 0, 0], table[:, 0, 1] if teachers > 1 else table[:, 0, 0]
    unit = np.eye(teachers)[:, :, None]
    common = one[:, None, None] * unit + other[:, None, None] * (1 - unit)
    alike = (np.abs(table - common) < NONE).all(axis=(1, 2))
    closed = equal(own, other + (one - other) * squares)
    return given(have_one_mean(P, pi), (general & given(alike, closed)).all(axis=-1))


def optimal(aggregate: Aggregate, P: Floats, pi: Floats, w: Floats) -> Truths:
    r""":math:`Var q(i) \ge 1/\sum s_k^{-2}`, with equality at weights proportional to :math:`s_k^{-2}`."""
    own, theirs = variance(pi, in_scenarios(aggregate, P, w)), variance(pi, P)
    asked = (theirs > NONE).all(axis=1) & (have_one_mean(P, pi) & _are_uncorrelated(P, pi))[:, None]
    true = np.ones(len(P), dtype=bool)
    for i in range(P.shape[3]):
        precisions = 1 / np.where(asked[:, None, i], theirs[:, :, i], 1.0)
        total = precisions.sum(axis=1)
        best = variance(pi, in_scenarios(aggregate, P, precisions / total[:, None]))
        says = at_most(1 / total, own[:, i]) & equal(best[:, i], 1 / total)
        true &= given(asked[:, i], says)
    return true


def _draws(R: Floats, rho: Floats, teachers: int) -> Iterator[tuple[Floats, Floats]]:
    """Every way in which the teachers draw rows: its chance, and the teachers."""
    for rows in itertools.product(range(R.shape[1]), repeat=teachers):
        yield rho[:, list(rows)].prod(axis=1), R[:, list(rows)]


def _spread(aggregate: Aggregate, R: Floats, rho: Floats, w: Floats) -> tuple[Floats, Floats]:
    """The variances of the aggregate of independent teachers and of a single teacher."""
    chances, teachers = zip(*_draws(R, rho, w.shape[1]), strict=True)
    q = np.stack([aggregate(p, w) for p in teachers], axis=1)
    return variance(np.stack(chances, axis=1), q), variance(rho, R)


def coordinate(aggregate: Aggregate, R: Floats, rho: Floats, w: Floats) -> Truths:
    r"""Each teacher draws a row of R by the chances rho: :math:`Var q(i) \le Var p_1(i)`."""
    own, single = _spread(aggregate, R, rho, w)
    return at_most(own, single).all(axis=-1)


def trace(aggregate: Aggregate, R: Floats, rho: Floats, w: Floats) -> Truths:
    r"""The same for the trace of the covariance."""
    own, single = _spread(aggregate, R, rho, w)
    return at_most(own.sum(axis=-1), single.sum(axis=-1))
