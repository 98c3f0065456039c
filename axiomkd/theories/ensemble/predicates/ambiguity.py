"""What the statements say that decompose the error of the aggregate."""

from __future__ import annotations

from axiomkd.theories.ensemble.predicates.jensen import mean
from axiomkd.theories.ensemble.predicates.numbers import (
    Aggregate,
    Floats,
    Truths,
    at_most,
    divergence,
    equal,
)
from axiomkd.theories.ensemble.predicates.random_teachers import expected, in_scenarios


def _square(x: Floats) -> Floats:
    return (x**2).sum(axis=-1)


def bias(aggregate: Aggregate, P: Floats, pi: Floats, w: Floats, x: Floats) -> Truths:
    r""":math:`sq(E q - x) \le \sum_k w_k sq(E p_k - x)`."""
    own = _square(expected(pi, in_scenarios(aggregate, P, w)) - x)
    return at_most(own, mean(w, _square(expected(pi, P) - x[:, None])))


def squares(aggregate: Aggregate, p: Floats, w: Floats, x: Floats) -> Truths:
    r""":math:`sq(q - x) = \sum_k w_k sq(p_k - x) - \sum_k w_k sq(p_k - q)`."""
    q = aggregate(p, w)
    apart = mean(w, _square(p - x[:, None])) - mean(w, _square(p - q[:, None]))
    return equal(_square(q - x), apart)


def divergences(aggregate: Aggregate, p: Floats, w: Floats, x: Floats) -> Truths:
    r""":math:`KL(x;q) = \sum_k w_k KL(x;p_k) - \sum_k w_k KL(q;p_k)`."""
    q = aggregate(p, w)
    apart = mean(w, divergence(x[:, None], p)) - mean(w, divergence(q[:, None], p))
    return equal(divergence(x, q), apart)


def compensation(aggregate: Aggregate, p: Floats, w: Floats, x: Floats) -> Truths:
    r""":math:`\sum_k w_k KL(p_k;x) - KL(q;x) = \sum_k w_k KL(p_k;q)`."""
    q = aggregate(p, w)
    gained = mean(w, divergence(p, x[:, None])) - divergence(q, x)
    return equal(gained, mean(w, divergence(p, q[:, None])))
