"""Axiom 3 of arXiv 2601.09165 in six readings: a teacher that gains weight pulls the aggregate.

The readings along a path, :math:`w_s = (1-s) w + s e_k`, are stated from w to :math:`w_s`. As
:math:`w_t = (1-r) w_s + r e_k` with :math:`r = (t-s)/(1-s)` for s < t, and w is any point of the simplex,
that is the same as monotonicity between any two points of the path.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from axiomkd.kernel.judgement import Fact, Goal
from axiomkd.kernel.terms import Extreme, Formula, Less, Log, Term, big_product, big_sum, delta
from axiomkd.operator import Operator
from axiomkd.statement import Predicate, Scope, Statement
from axiomkd.theories.ensemble.convexity import at_most
from axiomkd.theories.ensemble.predicates import weights
from axiomkd.theories.ensemble.setting import (
    INTERIOR,
    PATH,
    WEIGHTS,
    Setting,
    a,
    aggregate,
    b,
    d,
    i,
    j,
    l,
    on_path,
    p,
    positive,
    w,
)
from axiomkd.theories.ensemble.well_definedness import is_defined

EXCHANGE = Setting(
    (
        *INTERIOR,
        *WEIGHTS,
        Fact((), cast(Formula, Less(p(b, i), p(a, i)))),
        positive(d),
        Fact((), at_most(d, w(b))),
    ),
    (a, b, i),
)
FAVOURITE = Setting((*INTERIOR, *WEIGHTS, *PATH, Fact((l,), at_most(p(l, i), p(a, i)))), (a, i))
ALONG_PATH = Setting((*INTERIOR, *WEIGHTS, *PATH), (a,))


def _exchanged(operator: Operator) -> tuple[Term, Term]:
    before = aggregate(operator)
    after = aggregate(operator, weights=lambda index: w(index) + d * delta(index, a) - d * delta(index, b))
    return before, after


def _exchange(operator: Operator, scope: Scope) -> Goal:
    before, after = _exchanged(operator)
    return EXCHANGE.goal(operator, scope, at_most(before, after), is_defined(before), is_defined(after))


def _exchange_strict(operator: Operator, scope: Scope) -> Goal:
    before, after = _exchanged(operator)
    rises = cast(Formula, Less(before, after))
    return EXCHANGE.goal(operator, scope, rises, is_defined(before), is_defined(after))


def _along_path(operator: Operator) -> tuple[Term, Term]:
    return aggregate(operator), aggregate(operator, weights=on_path(a))


def _favourite(operator: Operator, scope: Scope) -> Goal:
    before, after = _along_path(operator)
    return FAVOURITE.goal(operator, scope, at_most(before, after), is_defined(before), is_defined(after))


def _log_odds(operator: Operator, scope: Scope) -> Goal:
    """Stated for the odds themselves, which is the same as the logarithm increases."""

    def odds(weights: Callable[..., Term]) -> Term:
        return aggregate(operator, i, weights=weights) / aggregate(operator, j, weights=weights)

    before, after, target = odds(w), odds(on_path(a)), p(a, i) / p(a, j)
    lower = at_most(cast(Term, Extreme("minimum", before, target)), after)
    upper = at_most(after, cast(Term, Extreme("maximum", before, target)))
    return ALONG_PATH.goal(operator, scope, lower, upper, is_defined(before), is_defined(after))


def divergence(one: Term, other: Term) -> Term:
    r""":math:`KL(x;y) = \sum_i x_i \log(x_i / y_i)`, for positive x and y over the outcome ``i``."""
    return big_sum(i, one * cast(Term, Log(one / other)))


def divergence_with_zeros(one: Term, other: Term) -> Term:
    r""":math:`KL(x;y) = \sum_i \log((x_i/y_i)^{x_i})`: at :math:`x_i = 0` the term is :math:`\log 1`."""
    return big_sum(i, cast(Term, Log((one / other) ** one)))


def _likelihood(one: Term, other: Term) -> Term:
    r""":math:`e^{-KL(x;y)} = \prod_i (y_i/x_i)^{x_i}`, for positive x; zero where KL is infinite."""
    return big_product(i, (other / one) ** one)


def _divergence_from(operator: Operator, scope: Scope) -> Goal:
    r"""Stated for :math:`e^{-KL}`, which an aggregate with zeros has as well."""
    before, after = _along_path(operator)
    nearer = at_most(_likelihood(p(a, i), before), _likelihood(p(a, i), after))
    return ALONG_PATH.goal(operator, scope, nearer, is_defined(before), is_defined(after))


def _divergence_to(operator: Operator, scope: Scope) -> Goal:
    before, after = _along_path(operator)
    nearer = at_most(divergence_with_zeros(after, p(a, i)), divergence_with_zeros(before, p(a, i)))
    return ALONG_PATH.goal(operator, scope, nearer, is_defined(before), is_defined(after))


def _reading(
    name: str, title: str, meaning: str, goal: Callable[[Operator, Scope], Goal], predicate: Predicate
) -> Statement:
    return Statement(f"weight_monotonicity.{name}", "ensemble", title, meaning, "interior", goal, predicate)


STATEMENTS = (
    _reading(
        "exchange",
        "Weight moved to a teacher who says more",
        r"If $p_k(i) > p_l(i)$ and weight $d$, $0 < d \le w_l$, moves from $l$ to $k$, "
        r"then $q(i)$ does not fall.",
        _exchange,
        weights.exchange,
    ),
    _reading(
        "exchange_strict",
        "Weight moved to a teacher who says more, strictly",
        r"If $p_k(i) > p_l(i)$ and weight $d$, $0 < d \le w_l$, moves from $l$ to $k$, "
        r"then $q(i)$ rises strictly.",
        _exchange_strict,
        weights.exchange_strict,
    ),
    _reading(
        "favourite",
        "Weight for the teacher who says most",
        r"If $p_k(i) \ge p_l(i)$ for every teacher $l$, then $q_{w_s}(i)$ is non-decreasing in $s$ along "
        r"$w_s = (1-s)w + s e_k$.",
        _favourite,
        weights.favourite,
    ),
    _reading(
        "log_odds",
        "Log-odds move towards the teacher who gains weight",
        r"For $s < t$ and all $i, j$: $\log q(i)/q(j)$ at $w_t$ lies between its value at $w_s$ and "
        r"$\log p_k(i)/p_k(j)$.",
        _log_odds,
        weights.log_odds,
    ),
    _reading(
        "divergence_from",
        "Divergence from the teacher who gains weight",
        r"$\mathrm{KL}(p_k; q_{w_s})$ is non-increasing in $s$ along $w_s = (1-s)w + s e_k$.",
        _divergence_from,
        weights.divergence_from,
    ),
    _reading(
        "divergence_to",
        "Divergence to the teacher who gains weight",
        r"$\mathrm{KL}(q_{w_s}; p_k)$ is non-increasing in $s$ along $w_s = (1-s)w + s e_k$.",
        _divergence_to,
        weights.divergence_to,
    ),
)
