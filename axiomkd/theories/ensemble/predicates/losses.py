"""What the statements say about the losses of the aggregate and of its teachers."""

from __future__ import annotations

import numpy as np

from axiomkd.theories.ensemble.predicates.numbers import Aggregate, Floats, Truths, at_most, defined, given
from axiomkd.theories.ensemble.predicates.random_teachers import expected as expectation
from axiomkd.theories.ensemble.predicates.random_teachers import in_scenarios


def _log_loss(x: Floats) -> Floats:
    with np.errstate(all="ignore"):
        return -np.log(x)


def _mean(w: Floats, p: Floats) -> Floats:
    """One number for each input and outcome."""
    return (w[:, :, None] * p).sum(axis=1)


def pointwise(aggregate: Aggregate, p: Floats, w: Floats) -> Truths:
    r"""For every label: :math:`-\log q(y) \le -\sum_k w_k \log p_k(y)`."""
    return at_most(_log_loss(aggregate(p, w)), _mean(w, _log_loss(p))).all(axis=-1)


def expected(aggregate: Aggregate, P: Floats, pi: Floats, eta: Floats, w: Floats) -> Truths:
    r"""The same in expectation: scenario s with chance pi, in it label y with chance eta."""
    own = _log_loss(in_scenarios(aggregate, P, w))
    theirs = (w[:, None, :, None] * _log_loss(P)).sum(axis=2)
    left, right = (expectation(pi, (eta * loss).sum(axis=2)) for loss in (own, theirs))
    return at_most(left, right)


def brier(aggregate: Aggregate, p: Floats, w: Floats) -> Truths:
    r"""For every label: :math:`sq(q - e_y) \le \sum_k w_k sq(p_k - e_y)`."""
    q, labels = aggregate(p, w), np.eye(p.shape[2])
    own = ((q[:, None] - labels) ** 2).sum(axis=-1)
    theirs = ((p[:, :, None] - labels) ** 2).sum(axis=-1)
    return at_most(own, _mean(w, theirs)).all(axis=-1)


def regret(aggregate: Aggregate, p: Floats, w: Floats) -> Truths:
    r"""For every label: :math:`-\log q(y) + \log p_k(y) \le \log(1/w_k)` where :math:`w_k > 0`."""
    q = aggregate(p, w)
    bound = _log_loss(w)[:, :, None]
    small = given((w > 0)[:, :, None], at_most(_log_loss(q)[:, None] - _log_loss(p), bound))
    return small.all(axis=(1, 2)) & defined(q)
