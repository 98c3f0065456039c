"""Axiom 5 of arXiv 2601.09165: what temperatures do, in seven readings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from axiomkd.kernel.judgement import Fact, Goal
from axiomkd.kernel.terms import (
    ONE,
    Distinct,
    Formula,
    If,
    Index,
    Less,
    Log,
    Same,
    Size,
    Tends,
    Term,
    big_sum,
    delta,
    power,
)
from axiomkd.operator import Operator
from axiomkd.statement import Predicate, Scope, Statement
from axiomkd.theories.ensemble.convexity import at_most, equal
from axiomkd.theories.ensemble.predicates import limits
from axiomkd.theories.ensemble.setting import (
    INTERIOR,
    OUTCOME,
    TEMPERATURES,
    WEIGHTS,
    Setting,
    a,
    aggregate,
    i,
    j,
    k,
    m,
    p,
    positive,
    softened,
    tau,
    temperature,
    theta,
    uses_temperature,
)
from axiomkd.theories.ensemble.well_definedness import is_defined


def _common(value: Term) -> Callable[[Index], Term]:
    return lambda _: value


def _at_common(operator: Operator, value: Term, outcome: Index = i) -> Term:
    """The aggregate with every teacher at one temperature."""
    temperatures = _common(value)
    return aggregate(operator, outcome, softened(p, temperatures), temperatures=temperatures, raw=p)


def _choose(index: Index, chosen: Term, other: Term) -> Term:
    return cast(Term, If(Same(index, a), chosen, other))


def _identity(operator: Operator, scope: Scope) -> Goal | None:
    if uses_temperature(operator) and operator.base is None:
        return None
    required = operator if operator.base is None else replace(operator, value=operator.base)
    q = _at_common(operator, ONE)
    return Setting(INTERIOR + WEIGHTS).goal(operator, scope, equal(q, aggregate(required)), is_defined(q))


def _single(
    operator: Operator, scope: Scope, direction: str, facts: tuple[Fact, ...], end: Callable[[Index], Term]
) -> Goal:
    """The temperature of teacher a runs to its limit, where that teacher is replaced by ``end``."""
    running, others = softened(p, _common(tau)), softened(p, temperature)
    before = aggregate(
        operator,
        teachers=lambda index, outcome: _choose(index, running(a, outcome), others(index, outcome)),
        temperatures=lambda index: _choose(index, tau, temperature(index)),
        raw=p,
    )
    after = aggregate(
        operator,
        teachers=lambda index, outcome: _choose(index, end(outcome), others(index, outcome)),
        temperatures=lambda index: _choose(index, ONE, temperature(index)),
        raw=lambda index, outcome: _choose(index, end(outcome), p(index, outcome)),
    )
    indices = (a, m) if direction == "zero" else (a,)
    setting = Setting((*INTERIOR, *WEIGHTS, *TEMPERATURES, positive(tau), *facts), indices, limit=direction)
    tends = cast(Formula, Tends(before, after))
    return setting.goal(operator, scope, tends, is_defined(before), is_defined(after))


def _uniform(operator: Operator, scope: Scope) -> Goal:
    return _single(operator, scope, "infinity", (), lambda _: 1 / cast(Term, Size(OUTCOME)))


def _argmax(operator: Operator, scope: Scope) -> Goal:
    best = Fact((j,), cast(Formula, Less(p(a, j), p(a, m))), (cast(Formula, Distinct(j, m)),))
    return _single(operator, scope, "zero", (best,), lambda outcome: delta(outcome, m))


def _commutes(operator: Operator, scope: Scope) -> Goal:
    def raised(outcome: Index) -> Term:
        return power(aggregate(operator, outcome), 1 / tau)

    q = _at_common(operator, tau)
    right = raised(i) / big_sum(i, raised(i))
    setting = Setting((*INTERIOR, *WEIGHTS, positive(tau)))
    return setting.goal(operator, scope, equal(q, right), is_defined(q), is_defined(right))


def entropy(value: Term) -> Term:
    r""":math:`H(x) = -\sum_i \log(x_i^{x_i})`: at :math:`x_i = 0` the term is :math:`\log 1`."""
    return -big_sum(i, cast(Term, Log(value**value)))


def _entropy(operator: Operator, scope: Scope) -> Goal:
    cooler, warmer = _at_common(operator, tau), _at_common(operator, theta)
    setting = Setting((*INTERIOR, *WEIGHTS, positive(tau), Fact((), at_most(tau, theta))))
    rises = at_most(entropy(cooler), entropy(warmer))
    return setting.goal(operator, scope, rises, is_defined(cooler), is_defined(warmer))


def _pool_uniform(operator: Operator, scope: Scope) -> Goal:
    q = _at_common(operator, tau)
    setting = Setting((*INTERIOR, *WEIGHTS, positive(tau)), limit="infinity")
    return setting.goal(
        operator, scope, cast(Formula, Tends(q, 1 / cast(Term, Size(OUTCOME)))), is_defined(q)
    )


def _pool_argmax(operator: Operator, scope: Scope) -> Goal:
    best = Fact((k, j), cast(Formula, Less(p(k, j), p(k, m))), (cast(Formula, Distinct(j, m)),))
    q = _at_common(operator, tau)
    setting = Setting((*INTERIOR, *WEIGHTS, positive(tau), best), (m,), limit="zero")
    return setting.goal(operator, scope, cast(Formula, Tends(q, delta(i, m))), is_defined(q))


def _reading(
    name: str, title: str, meaning: str, goal: Callable[[Operator, Scope], Goal | None], predicate: Predicate
) -> Statement:
    return Statement(f"temperature.{name}", "ensemble", title, meaning, "interior", goal, predicate)


STATEMENTS = (
    _reading(
        "identity",
        "Temperature one changes nothing",
        r"$G(p, 1, w) = B(p, w)$, where $B$ is the formula with $p_k$ in the place of the softened teachers.",
        _identity,
        limits.identity,
    ),
    _reading(
        "uniform",
        "A teacher at infinite temperature",
        r"For each single $k$, the rest fixed: $T_k \to \infty$ gives $G$ with $p_k$ replaced by the uniform "
        r"distribution and $T_k = 1$.",
        _uniform,
        limits.uniform,
    ),
    _reading(
        "argmax",
        "A teacher at temperature zero",
        r"For each single $k$ with a unique argmax, the rest fixed: $T_k \to 0^+$ gives $G$ with $p_k$ "
        r"replaced by the one-hot distribution there and $T_k = 1$.",
        _argmax,
        limits.argmax,
    ),
    _reading(
        "commutes",
        "Softening commutes with pooling",
        r"$G(p, (T, \dots, T), w) = \mathrm{soft}_T(G(p, (1, \dots, 1), w))$.",
        _commutes,
        limits.commutes,
    ),
    _reading(
        "entropy",
        "A higher common temperature does not lower the entropy",
        r"$H(G(p, (T, \dots, T), w))$ is non-decreasing in $T$.",
        _entropy,
        limits.rising_entropy,
    ),
    _reading(
        "pool_uniform",
        "All teachers at infinite temperature",
        r"All $T$ equal $\to \infty$: $q \to u$.",
        _pool_uniform,
        limits.pool_uniform,
    ),
    _reading(
        "pool_argmax",
        "All teachers at temperature zero",
        r"All $T$ equal $\to 0^+$, with one shared unique argmax: $q$ tends to the one-hot "
        r"distribution there.",
        _pool_argmax,
        limits.pool_argmax,
    ),
)
