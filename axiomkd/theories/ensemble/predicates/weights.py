"""What the statements say about a teacher who gains weight."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np

from axiomkd.theories.ensemble.predicates.numbers import (
    Aggregate,
    Floats,
    Truths,
    at_most,
    divergence,
    given,
    less,
)

Relation = Callable[[Floats, Floats], Truths]


def exchange(aggregate: Aggregate, p: Floats, w: Floats, d: Floats) -> Truths:
    r""":math:`p_k(i) > p_l(i)`, weight d moves from l to k: q(i) does not fall."""
    return _exchanged(aggregate, p, w, d, at_most)


def exchange_strict(aggregate: Aggregate, p: Floats, w: Floats, d: Floats) -> Truths:
    r""":math:`p_k(i) > p_l(i)`, weight d moves from l to k: q(i) rises."""
    return _exchanged(aggregate, p, w, d, less)


def _exchanged(aggregate: Aggregate, p: Floats, w: Floats, d: Floats, rises: Relation) -> Truths:
    q, unit = aggregate(p, w), np.eye(w.shape[1])
    true = np.ones(len(p), dtype=bool)
    for k, l in itertools.permutations(range(w.shape[1]), 2):  # noqa: E741 - the vocabulary's letter
        after = aggregate(p, w + d[:, None] * (unit[k] - unit[l]))
        asked = (p[:, k] > p[:, l]) & ((d > 0) & (d <= w[:, l]))[:, None]
        true &= given(asked, rises(q, after)).all(axis=-1)
    return true


def _along(aggregate: Aggregate, p: Floats, w: Floats, k: int, s: Floats) -> Floats:
    r"""The aggregate at :math:`w_s = (1-s) w + s e_k`."""
    unit = np.eye(w.shape[1])[k]
    return aggregate(p, (1 - s)[:, None] * w + s[:, None] * unit)


def _everyone(p: Floats, holds: Callable[[int], Truths]) -> Truths:
    """Whether something holds whichever teacher gains."""
    return np.all([holds(k) for k in range(p.shape[1])], axis=0)


def favourite(aggregate: Aggregate, p: Floats, w: Floats, s: Floats, t: Floats) -> Truths:
    r""":math:`p_k(i) \ge p_l(i)` for every l: q(i) does not fall from s to t > s along the path."""

    def holds(k: int) -> Truths:
        before, after = _along(aggregate, p, w, k, s), _along(aggregate, p, w, k, t)
        return given(p[:, k] >= p.max(axis=1), at_most(before, after)).all(axis=-1)

    return _everyone(p, holds)


def _log_odds(q: Floats) -> Floats:
    with np.errstate(all="ignore"):
        x = np.log(q)
        return x[:, :, None] - x[:, None, :]


def log_odds(aggregate: Aggregate, p: Floats, w: Floats, s: Floats, t: Floats) -> Truths:
    r""":math:`\log q(i)/q(j)` at t > s lies between its value at s and :math:`\log p_k(i)/p_k(j)`."""

    def holds(k: int) -> Truths:
        target, before = _log_odds(p[:, k]), _log_odds(_along(aggregate, p, w, k, s))
        after = _log_odds(_along(aggregate, p, w, k, t))
        inside = at_most(np.minimum(before, target), after) & at_most(after, np.maximum(before, target))
        return inside.all(axis=(1, 2))

    return _everyone(p, holds)


def divergence_from(aggregate: Aggregate, p: Floats, w: Floats, s: Floats, t: Floats) -> Truths:
    r""":math:`KL(p_k; q_{w_s})` does not rise from s to t > s."""

    def holds(k: int) -> Truths:
        before, after = (divergence(p[:, k], _along(aggregate, p, w, k, at)) for at in (s, t))
        return at_most(after, before)

    return _everyone(p, holds)


def divergence_to(aggregate: Aggregate, p: Floats, w: Floats, s: Floats, t: Floats) -> Truths:
    r""":math:`KL(q_{w_s}; p_k)` does not rise from s to t > s."""

    def holds(k: int) -> Truths:
        before, after = (divergence(_along(aggregate, p, w, k, at), p[:, k]) for at in (s, t))
        return at_most(after, before)

    return _everyone(p, holds)
