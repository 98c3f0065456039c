"""Bounds and order, outcome by outcome: rank, floor, ceiling."""

from __future__ import annotations

from axiomkd.kernel.judgement import Fact, Goal
from axiomkd.operator import Operator
from axiomkd.statement import Scope, Statement
from axiomkd.theories.ensemble.convexity import SETTING, at_most, greatest_teacher, least_teacher
from axiomkd.theories.ensemble.predicates import pointwise
from axiomkd.theories.ensemble.setting import INTERIOR, WEIGHTS, Setting, aggregate, i, j, k, p
from axiomkd.theories.ensemble.well_definedness import is_defined


def _rank(operator: Operator, scope: Scope) -> Goal:
    upper, lower = aggregate(operator, i), aggregate(operator, j)
    setting = Setting((*INTERIOR, *WEIGHTS, Fact((k,), at_most(p(k, j), p(k, i)))), (i, j))
    return setting.goal(operator, scope, at_most(lower, upper), is_defined(upper), is_defined(lower))


def _floor(operator: Operator, scope: Scope) -> Goal:
    q = aggregate(operator)
    return SETTING.goal(operator, scope, at_most(least_teacher(), q), is_defined(q))


def _ceiling(operator: Operator, scope: Scope) -> Goal:
    q = aggregate(operator)
    return SETTING.goal(operator, scope, at_most(q, greatest_teacher()), is_defined(q))


STATEMENTS = (
    Statement(
        id="rank.unanimity",
        theory="ensemble",
        title="A ranking shared by all teachers is kept",
        meaning=r"If $p_k(i) \ge p_k(j)$ for all $k$, then $q(i) \ge q(j)$.",
        domain="interior",
        goal=_rank,
        predicate=pointwise.rank,
    ),
    Statement(
        id="floor.atom",
        theory="ensemble",
        title="No outcome falls below every teacher",
        meaning=r"$q(i) \ge \min_k p_k(i)$.",
        domain="interior",
        goal=_floor,
        predicate=pointwise.floor,
    ),
    Statement(
        id="attenuation.ceiling",
        theory="ensemble",
        title="No outcome rises above every teacher",
        meaning=r"$q(i) \le \max_k p_k(i)$.",
        domain="interior",
        goal=_ceiling,
        predicate=pointwise.ceiling,
    ),
)
