"""What the statements say about outcomes and events that no teacher warrants."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from axiomkd.theories.ensemble.predicates.numbers import (
    Aggregate,
    Floats,
    Truths,
    at_most,
    defined,
    equal,
    given,
    less,
)


def argmax(aggregate: Aggregate, p: Floats, w: Floats) -> Truths:
    """What is best for every teacher is best for the aggregate."""
    q = aggregate(p, w)
    shared = (p == p.max(axis=-1, keepdims=True)).all(axis=1)
    return given(shared, at_most(q.max(axis=-1, keepdims=True), q)).all(axis=-1)


def attenuated(aggregate: Aggregate, p: Floats, w: Floats) -> Truths:
    """A teacher with weight who says less than the greatest makes q(i) less than the greatest."""
    greatest = p.max(axis=1)
    doubtful = ((p < greatest[:, None]) & (w > 0)[:, :, None]).any(axis=1)
    return given(doubtful, less(aggregate(p, w), greatest)).all(axis=-1)


def inheritance(aggregate: Aggregate, p: Floats, w: Floats) -> Truths:
    r"""For each l: :math:`q(i) \le (1-w_l) \max_{k \ne l} p_k(i) + w_l p_l(i)`, for at least two teachers."""
    q, true = aggregate(p, w), np.ones(len(p), dtype=bool)
    for l in range(p.shape[1] if p.shape[1] > 1 else 0):  # noqa: E741 - the vocabulary's letter
        others, weight = np.delete(p, l, axis=1).max(axis=1), w[:, l, None]
        true &= at_most(q, (1 - weight) * others + weight * p[:, l]).all(axis=-1)
    return true


def _events(outcomes: int) -> Iterator[list[int]]:
    numbers = (itertools.combinations(range(outcomes), size) for size in range(outcomes + 1))
    return map(list, itertools.chain.from_iterable(numbers))


def event(aggregate: Aggregate, p: Floats, w: Floats) -> Truths:
    """No set of outcomes is more probable than under the teacher who finds it most probable."""
    q = aggregate(p, w)
    true = [at_most(q[:, S].sum(axis=1), p[:, :, S].sum(axis=2).max(axis=1)) for S in _events(q.shape[1])]
    return np.all(true, axis=0) & defined(q)


def hoelder(aggregate: Aggregate, p: Floats, w: Floats) -> Truths:
    r""":math:`q(S) \sum_j \prod_k p_k(j)^{w_k} \le \prod_k p_k(S)^{w_k}` for every set S."""
    q, weights = aggregate(p, w), w[:, :, None]
    mass = (p**weights).prod(axis=1).sum(axis=1)
    true = [
        at_most(q[:, S].sum(axis=1) * mass, (p[:, :, S].sum(axis=2) ** w).prod(axis=1))
        for S in _events(q.shape[1])
    ]
    return np.all(true, axis=0) & defined(q)


def veto(aggregate: Aggregate, p: Floats, w: Floats) -> Truths:
    """A set that one teacher with weight rules out is ruled out, where G is defined."""
    q, true = aggregate(p, w), np.ones(len(p), dtype=bool)
    for S in _events(q.shape[1]):
        ruled_out = ((p[:, :, S].sum(axis=2) == 0) & (w > 0)).any(axis=1)
        true &= given(defined(q) & ruled_out, equal(q[:, S].sum(axis=1), 0))
    return true
