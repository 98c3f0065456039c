"""What the statements say about temperatures and about nearby inputs.

A limit is judged from two inputs on the way, the nearer one as near as floating point can tell apart: the
distance from the limit must be nothing, or shrink noticeably. Where convergence is slower than that
(weights and gaps between probabilities of a few per cent) the answer means little.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from axiomkd.theories.ensemble.predicates.numbers import (
    Aggregate,
    Floats,
    Truths,
    at_most,
    entropy,
    equal,
    given,
    softened,
)

NOTHING = 1e-6
"""A distance that counts as none."""
LOG_RANGE = 640.0
r"""The smallest probability is softened down to :math:`e^{-640}`, which is still a positive number."""
HOT = (1e4, 1e7)
STEPS = (1e-3, 1e-6, 1e-10)
NEARER = 0.7
"""To what part the distance from a limit must shrink on the way."""


def approaches(distances: Sequence[Floats]) -> Truths:
    """Whether the last of some distances is nothing, or noticeably smaller than the largest before it.

    One distance before would not do: where two effects cancel there, it is small by accident.
    """
    *far, near = distances
    return np.asarray((near <= NOTHING) | (near <= NEARER * np.max(far, axis=0)))


def _tends(at: Callable[[Floats], Floats], way: Sequence[Floats], limit: Floats) -> Truths:
    """Whether something comes near its limit on the way, of which the last place is the nearest."""
    with np.errstate(all="ignore"):
        return approaches([np.abs(at(place) - limit).max(axis=-1) for place in way])


def identity(aggregate: Aggregate, p: Floats, w: Floats, base: Aggregate | None = None) -> Truths:
    r""":math:`G(p, 1, w) = B(p, w)`, where B has :math:`p_k` in the place of the softened teachers."""
    return equal(aggregate(p, w, np.ones_like(w)), (base or aggregate)(p, w)).all(axis=-1)


def commutes(aggregate: Aggregate, p: Floats, w: Floats, tau: Floats) -> Truths:
    r""":math:`G(p, (T..T), w) = soft_T(G(p, (1..1), w))`."""
    return equal(_at_common(aggregate, p, w, tau), softened(aggregate(p, w), tau)).all(axis=-1)


def rising_entropy(aggregate: Aggregate, p: Floats, w: Floats, tau: Floats, theta: Floats) -> Truths:
    r""":math:`H(G(p, (T..T), w))` does not fall from tau to theta, where tau is no more."""
    cooler, warmer = (entropy(_at_common(aggregate, p, w, at)) for at in (tau, theta))
    return given(tau <= theta, at_most(cooler, warmer))


def _at_common(aggregate: Aggregate, p: Floats, w: Floats, T: Floats) -> Floats:
    return aggregate(p, w, np.repeat(T[:, None], w.shape[1], axis=1))


def _with(array: Floats, k: int, row: Floats) -> Floats:
    """A copy in which teacher k has another row."""
    changed = array.copy()
    changed[:, k] = row
    return changed


def _one_hot(p: Floats) -> Floats:
    return np.asarray(p == p.max(axis=-1, keepdims=True), dtype=float)


def _has_one_best(p: Floats) -> Truths:
    return np.asarray(_one_hot(p).sum(axis=-1) == 1)


def _cold(p: Floats) -> tuple[Floats, Floats]:
    """Two temperatures near zero for distributions that lie along the last axis."""
    flat = p.reshape(len(p), -1, p.shape[-1])
    with np.errstate(all="ignore"):
        near = np.log(flat.max(axis=-1) / flat.min(axis=-1)).max(axis=-1) / LOG_RANGE
    return 2 * near, near


def uniform(aggregate: Aggregate, p: Floats, w: Floats, T: Floats) -> Truths:
    r"""For each k: :math:`T_k \to \infty` gives G with :math:`p_k` uniform and :math:`T_k = 1`."""
    hot = tuple(np.full(len(p), at) for at in HOT)
    return np.all([_single(aggregate, p, w, T, k, 1 / p.shape[2], hot) for k in range(p.shape[1])], axis=0)


def argmax(aggregate: Aggregate, p: Floats, w: Floats, T: Floats) -> Truths:
    r"""For each k with one best outcome: :math:`T_k \to 0^+` gives G at the one-hot and :math:`T_k = 1`."""
    true = np.ones(len(p), dtype=bool)
    for k in range(p.shape[1]):
        there = _single(aggregate, p, w, T, k, _one_hot(p[:, k]), _cold(p[:, k]))
        true &= given(_has_one_best(p[:, k]), there)
    return true


def _single(
    aggregate: Aggregate,
    p: Floats,
    w: Floats,
    T: Floats,
    k: int,
    end: Floats | float,
    way: tuple[Floats, ...],
) -> Truths:
    """Whether teacher k's temperature, on its way, brings the aggregate to that of its end."""
    limit = aggregate(_with(p, k, np.broadcast_to(end, p[:, k].shape)), w, _with(T, k, np.ones(len(p))))
    return _tends(lambda at: aggregate(p, w, _with(T, k, at)), way, limit)


def pool_uniform(aggregate: Aggregate, p: Floats, w: Floats) -> Truths:
    r"""All temperatures equal :math:`\to \infty`: q tends to the uniform distribution."""
    limit = np.full_like(p[:, 0], 1 / p.shape[2])
    hot = np.full(len(p), HOT[0]), np.full(len(p), HOT[1])
    return _tends(lambda at: _at_common(aggregate, p, w, at), hot, limit)


def pool_argmax(aggregate: Aggregate, p: Floats, w: Floats) -> Truths:
    r"""All temperatures equal :math:`\to 0^+`, with one shared best outcome: q tends to the one-hot there."""
    best = _one_hot(p)
    shared = _has_one_best(p).all(axis=1) & (best == best[:, :1]).all(axis=(1, 2))
    return given(shared, _tends(lambda at: _at_common(aggregate, p, w, at), _cold(p), best[:, 0]))


def continuity(
    aggregate: Aggregate, p: Floats, w: Floats, T: Floats, towards: tuple[Floats, Floats, Floats]
) -> Truths:
    r"""Inputs on the straight way from (p, w, T) towards another input have nearby aggregates."""

    def at(step: Floats) -> Floats:
        start = (p, w, T)
        moved = [
            x + step.reshape(-1, *[1] * (x.ndim - 1)) * (y - x) for x, y in zip(start, towards, strict=True)
        ]
        return aggregate(*moved)

    return _tends(at, [np.full(len(p), step) for step in STEPS], aggregate(p, w, T))
