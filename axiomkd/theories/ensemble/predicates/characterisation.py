"""What singles the linear pool out, in NumPy."""

from __future__ import annotations

import numpy as np

from axiomkd.theories.ensemble.predicates.numbers import Aggregate, Floats, Truths, at_most, equal, given
from axiomkd.theories.ensemble.predicates.random_teachers import in_scenarios
from axiomkd.theories.ensemble.predicates.random_teachers import variance as spread
from axiomkd.theories.ensemble.predicates.variances import have_one_mean


def _mean(w: Floats, x: Floats) -> Floats:
    return np.asarray((w[:, :, None] * x).sum(axis=1))


def linear(aggregate: Aggregate, p: Floats, w: Floats) -> Truths:
    r""":math:`q(i) = \sum_k w_k p_k(i)`."""
    return equal(aggregate(p, w), _mean(w, p)).all(axis=-1)


def affine(aggregate: Aggregate, p: Floats, g: Floats, w: Floats, h: Floats, s: Floats) -> Truths:
    """q is affine from w to h; with all weight on k, q(i) is the same wherever p and g agree at k, i."""
    share = s[:, None]
    mixed = aggregate(p, (1 - share) * w + share * h)
    true = equal(mixed, (1 - share) * aggregate(p, w) + share * aggregate(p, h)).all(axis=-1)
    for k, unit in enumerate(np.eye(w.shape[1])):
        alone = [aggregate(teachers, np.broadcast_to(unit, w.shape)) for teachers in (p, g)]
        true &= given(p[:, k] == g[:, k], equal(*alone)).all(axis=-1)
    return np.asarray(true)


def variance(aggregate: Aggregate, p: Floats, w: Floats) -> Truths:
    r""":math:`\sum_k w_k p_k(i)^2 - q(i)^2 = \sum_k w_k (p_k(i) - q(i))^2`."""
    q = aggregate(p, w)
    return equal(_mean(w, p**2) - q**2, _mean(w, (p - q[:, None]) ** 2)).all(axis=-1)


def nonnegative(aggregate: Aggregate, p: Floats, w: Floats) -> Truths:
    r""":math:`\sum_k w_k p_k(i)^2 \ge q(i)^2`."""
    return at_most(aggregate(p, w) ** 2, _mean(w, p**2)).all(axis=-1)


def variance_sum(aggregate: Aggregate, P: Floats, pi: Floats, w: Floats) -> Truths:
    r"""Teachers with one mean: :math:`Var q(i) \le \sum_k Var p_k(i)`."""
    own, theirs = spread(pi, in_scenarios(aggregate, P, w)), spread(pi, P)
    return given(have_one_mean(P, pi), at_most(own, theirs.sum(axis=1)).all(axis=-1))
