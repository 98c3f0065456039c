"""What singles the linear pool out: the pool itself, affinity in the weights, a variance about the aggregate.

The axioms and guarantees of the vocabulary are asked of every rule; these are asked when named.
"""

from __future__ import annotations

from axiomkd.kernel.judgement import Fact, Goal
from axiomkd.kernel.terms import Index, Less, Term, big_sum, delta, variable
from axiomkd.operator import Operator
from axiomkd.statement import Scope, Statement
from axiomkd.theories.ensemble.convexity import SETTING, at_most, equal
from axiomkd.theories.ensemble.predicates import characterisation
from axiomkd.theories.ensemble.random_teachers import ONE_MEAN, RANDOM_TEACHERS, pooled, teacher
from axiomkd.theories.ensemble.random_teachers import variance as teacher_variance
from axiomkd.theories.ensemble.setting import (
    INTERIOR,
    PATH,
    WEIGHTS,
    Setting,
    a,
    aggregate,
    i,
    k,
    p,
    s,
    simplex,
    w,
)
from axiomkd.theories.ensemble.well_definedness import is_defined


def other(index: Index, outcome: Index) -> Term:
    return variable("g", index, outcome)


def _linear(operator: Operator, scope: Scope) -> Goal:
    q = aggregate(operator)
    return SETTING.goal(operator, scope, equal(q, big_sum(k, w(k) * p(k, i))), is_defined(q))


def _affine(operator: Operator, scope: Scope) -> Goal:
    r"""Affine in the weights, and with all weight on teacher a a function of :math:`p_a(i)` alone."""
    ends = aggregate(operator), aggregate(operator, weights=lambda index: variable("h", index))
    mixed = aggregate(operator, weights=lambda index: (1 - s) * w(index) + s * variable("h", index))
    alone = [
        aggregate(operator, teachers=teachers, weights=lambda index: delta(index, a))
        for teachers in (p, other)
    ]
    agreed = Fact((), equal(p(a, i), other(a, i)))
    facts = (*INTERIOR, *simplex("g", (k, i), Less), *WEIGHTS, *simplex("h", (k,)), *PATH, agreed)
    return Setting(facts, (a, i)).goal(
        operator,
        scope,
        equal(mixed, (1 - s) * ends[0] + s * ends[1]),
        equal(*alone),
        *map(is_defined, (mixed, *ends, *alone)),
    )


def _second_moment() -> Term:
    return big_sum(k, w(k) * p(k, i) ** 2)


def _definition(operator: Operator, scope: Scope) -> Goal:
    q = aggregate(operator)
    about = big_sum(k, w(k) * (p(k, i) - q) ** 2)
    return SETTING.goal(operator, scope, equal(_second_moment() - q**2, about), is_defined(q))


def _nonnegative(operator: Operator, scope: Scope) -> Goal:
    q = aggregate(operator)
    return SETTING.goal(operator, scope, at_most(q**2, _second_moment()), is_defined(q))


def _sum(operator: Operator, scope: Scope) -> Goal:
    q = pooled(operator)
    total = big_sum(k, teacher_variance(teacher(k)))
    setting = Setting((*RANDOM_TEACHERS, ONE_MEAN))
    return setting.goal(operator, scope, at_most(teacher_variance(q), total), is_defined(q))


STATEMENTS = (
    Statement(
        id="linear_pool",
        theory="ensemble",
        title="The rule is the linear pool",
        meaning=r"$q(i) = \sum_k w_k p_k(i)$.",
        domain="interior",
        goal=_linear,
        predicate=characterisation.linear,
    ),
    Statement(
        id="assumption_l",
        theory="ensemble",
        title="Affine in the weights, outcome by outcome",
        meaning=r"$q$ is affine in $w$, $q(i) = \sum_k w_k f_k(p_k(i))$: $q$ at $(1-s)w + sw'$ is $(1-s)$ "
        r"times $q$ at $w$ plus $s$ times $q$ at $w'$, and with all weight on teacher $k$, $q(i)$ depends "
        r"on $p_k(i)$ alone.",
        domain="interior",
        goal=_affine,
        predicate=characterisation.affine,
    ),
    Statement(
        id="variance.definition",
        theory="ensemble",
        title="The second moment less the square is a variance",
        meaning=r"$\sum_k w_k p_k(i)^2 - q(i)^2 = \sum_k w_k (p_k(i) - q(i))^2$.",
        domain="interior",
        goal=_definition,
        predicate=characterisation.variance,
    ),
    Statement(
        id="variance.nonnegative",
        theory="ensemble",
        title="The second moment is at least the square",
        meaning=r"$\sum_k w_k p_k(i)^2 - q(i)^2 \ge 0$.",
        domain="interior",
        goal=_nonnegative,
        predicate=characterisation.nonnegative,
    ),
    Statement(
        id="variance.sum",
        theory="ensemble",
        title="Variance at most that of all teachers together",
        meaning=r"Teachers with one mean, independent or not: "
        r"$\mathrm{Var}\,q(i) \le \sum_k \mathrm{Var}\,p_k(i)$.",
        domain="interior",
        goal=_sum,
        predicate=characterisation.variance_sum,
    ),
)
