"""Axiom 2 of arXiv 2601.09165 and its neighbours on the boundary of the simplex."""

from __future__ import annotations

from typing import cast

from axiomkd.kernel.judgement import Fact, Goal
from axiomkd.kernel.terms import ZERO, Equal, Formula, Less
from axiomkd.operator import Operator
from axiomkd.statement import Scope, Statement
from axiomkd.theories.ensemble.predicates import pointwise
from axiomkd.theories.ensemble.setting import (
    CLOSED,
    INTERIOR,
    WEIGHTS,
    Setting,
    a,
    aggregate,
    i,
    k,
    p,
    positive,
    w,
)
from axiomkd.theories.ensemble.well_definedness import is_defined


def _all(operator: Operator, scope: Scope) -> Goal:
    q = aggregate(operator)
    return Setting(INTERIOR + WEIGHTS).goal(operator, scope, cast(Formula, Less(ZERO, q)), is_defined(q))


def where_defined(operator: Operator) -> Fact:
    """Closed inputs at which G is defined."""
    return Fact((i,), is_defined(aggregate(operator)))


def _some(operator: Operator, scope: Scope) -> Goal:
    facts = (*CLOSED, *WEIGHTS, positive(p(a, i)), positive(w(a)), where_defined(operator))
    return Setting(facts, (a, i)).goal(operator, scope, cast(Formula, Less(ZERO, aggregate(operator))))


def _zero(operator: Operator, scope: Scope) -> Goal:
    ruled_out = Fact((k,), cast(Formula, Equal(p(k, i), ZERO)))
    facts = (*CLOSED, *WEIGHTS, ruled_out, where_defined(operator))
    return Setting(facts, (i,)).goal(operator, scope, cast(Formula, Equal(aggregate(operator), ZERO)))


STATEMENTS = (
    Statement(
        id="positivity.all",
        theory="ensemble",
        title="Positive teachers give a positive aggregate",
        meaning=r"If all $p_k(i) > 0$, then all $q(i) > 0$.",
        domain="interior",
        goal=_all,
        predicate=pointwise.all_positive,
    ),
    Statement(
        id="positivity.some",
        theory="ensemble",
        title="What one weighted teacher allows stays possible",
        meaning=r"If $p_k(i) > 0$ for one $k$ with $w_k > 0$, then $q(i) > 0$, wherever $G$ is defined.",
        domain="closed",
        goal=_some,
        predicate=pointwise.some_positive,
    ),
    Statement(
        id="positivity.zero",
        theory="ensemble",
        title="What all teachers rule out stays impossible",
        meaning=r"If $p_k(i) = 0$ for all $k$, then $q(i) = 0$, wherever $G$ is defined.",
        domain="closed",
        goal=_zero,
        predicate=pointwise.zero,
    ),
)
