"""Axiom 1 of arXiv 2601.09165 in three readings: a distribution, between, in the hull."""

from __future__ import annotations

from typing import cast

from axiomkd.kernel.judgement import Goal
from axiomkd.kernel.terms import ONE, ZERO, AtMost, Equal, Formula, Less, Term, big, big_sum, in_hull
from axiomkd.operator import Operator
from axiomkd.statement import Scope, Statement
from axiomkd.theories.ensemble.predicates import pointwise
from axiomkd.theories.ensemble.setting import INTERIOR, WEIGHTS, Setting, aggregate, i, k, p
from axiomkd.theories.ensemble.well_definedness import is_defined

SETTING = Setting(INTERIOR + WEIGHTS)


def least_teacher() -> Term:
    return big("minimum", k, p(k, i))


def greatest_teacher() -> Term:
    return big("maximum", k, p(k, i))


def at_most(left: Term, right: Term) -> Formula:
    return cast(Formula, AtMost(left, right))


def equal(left: Term, right: Term) -> Formula:
    return cast(Formula, Equal(left, right))


def above_zero(value: Term) -> Formula:
    return cast(Formula, Less(ZERO, value))


def _simplex(operator: Operator, scope: Scope) -> Goal:
    q = aggregate(operator)
    return SETTING.goal(operator, scope, at_most(ZERO, q), equal(big_sum(i, q), ONE), is_defined(q))


def _between(operator: Operator, scope: Scope) -> Goal:
    q = aggregate(operator)
    lower, upper = at_most(least_teacher(), q), at_most(q, greatest_teacher())
    return SETTING.goal(operator, scope, lower, upper, is_defined(q))


def _hull(operator: Operator, scope: Scope) -> Goal:
    q = aggregate(operator)
    return SETTING.goal(operator, scope, in_hull(k, i, q, p(k, i)), is_defined(q))


STATEMENTS = (
    Statement(
        id="convexity.simplex",
        theory="ensemble",
        title="The aggregate is a distribution",
        meaning=r"$q(i) \ge 0$ for every outcome, and $\sum_i q(i) = 1$.",
        domain="interior",
        goal=_simplex,
        predicate=pointwise.simplex,
    ),
    Statement(
        id="convexity.between",
        theory="ensemble",
        title="Between the teachers, outcome by outcome",
        meaning=r"$\min_k p_k(i) \le q(i) \le \max_k p_k(i)$ for every outcome.",
        domain="interior",
        goal=_between,
        predicate=pointwise.between,
    ),
    Statement(
        id="convexity.hull",
        theory="ensemble",
        title="In the convex hull of the teachers",
        meaning=r"$q$ lies in the convex hull of $\{p_1, \dots, p_K\}$.",
        domain="interior",
        goal=_hull,
        predicate=pointwise.hull,
    ),
)
