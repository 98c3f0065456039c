"""Marginalisation and external Bayesianity."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from axiomkd.kernel.judgement import Fact, Goal
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Comparison,
    Equal,
    Formula,
    Free,
    Index,
    Less,
    Size,
    Term,
    big_sum,
    substitute,
    variable,
)
from axiomkd.language.implicit import Implicit
from axiomkd.operator import Operator
from axiomkd.statement import Scope, Statement
from axiomkd.theories.ensemble.convexity import equal
from axiomkd.theories.ensemble.predicates import pointwise
from axiomkd.theories.ensemble.setting import (
    INTERIOR,
    MERGED,
    OUTCOME,
    WEIGHTS,
    Setting,
    aggregate,
    at_least,
    fixed_size,
    i,
    p,
    transported,
)
from axiomkd.theories.ensemble.well_definedness import is_defined

g = cast(Free, Free("g", MERGED))


def _member(outcome: Index, merged: Index) -> Term:
    return variable("c", outcome, merged)


MERGING = (
    Fact((i, g), cast(Formula, Equal(_member(i, g) * _member(i, g), _member(i, g)))),
    Fact((i,), cast(Formula, Equal(big_sum(g, _member(i, g)), ONE))),
    Fact((g,), cast(Formula, AtMost(ONE, big_sum(i, _member(i, g))))),
    Fact((), cast(Formula, Equal(Size(MERGED), cast(Term, Size(OUTCOME)) - 1))),
)
r"""c(i,g) tells whether outcome i becomes outcome g: a map of V outcomes onto V - 1, so two are merged."""


def _merged_teacher(teacher: Index, merged: Index) -> Term:
    return big_sum(i, _member(i, merged) * p(teacher, i))


def _moved(implicit: Implicit) -> Implicit:
    """The unknown of an implicit operator over merged outcomes."""
    conditions = tuple(cast(Comparison, transported(c, OUTCOME, MERGED)) for c in implicit.conditions)
    sorts = tuple(MERGED if sort == OUTCOME else sort for sort in implicit.sorts)
    return replace(implicit, conditions=conditions, sorts=sorts)


def _marginalisation(operator: Operator, scope: Scope) -> Goal | None:
    least = dict(operator.least).get(OUTCOME, 2)
    if fixed_size(operator, scope, OUTCOME) == least:
        return None
    q = aggregate(operator)
    moved = cast(Term, substitute(transported(operator.value, OUTCOME, MERGED), {Free("i", MERGED): g}))
    implicit = operator.implicit and _moved(operator.implicit)
    pooled = aggregate(replace(operator, value=moved, implicit=implicit), g, teachers=_merged_teacher)
    merged = big_sum(i, _member(i, g) * q)
    enough = (at_least(least, MERGED),) if least > 2 else ()
    setting = Setting((*INTERIOR, *WEIGHTS, *MERGING, *enough))
    return setting.goal(operator, scope, equal(merged, pooled), is_defined(q), is_defined(pooled))


def _external_bayesianity(operator: Operator, scope: Scope) -> Goal:
    def likelihood(outcome: Index) -> Term:
        return variable("L", outcome)

    def updated(teacher: Index, outcome: Index) -> Term:
        return likelihood(outcome) * p(teacher, outcome) / big_sum(i, likelihood(i) * p(teacher, i))

    q = aggregate(operator)
    left = aggregate(operator, teachers=updated)
    right = likelihood(i) * q / big_sum(i, likelihood(i) * q)
    positive = Fact((i,), cast(Formula, Less(ZERO, likelihood(i))))
    setting = Setting((*INTERIOR, *WEIGHTS, positive))
    return setting.goal(operator, scope, equal(left, right), is_defined(left), is_defined(right))


STATEMENTS = (
    Statement(
        id="marginalisation",
        theory="ensemble",
        title="Merging outcomes commutes with pooling",
        meaning=r"For $V \ge 3$, merging two outcomes and pooling give the same in either order.",
        domain="interior",
        goal=_marginalisation,
        predicate=pointwise.marginalisation,
    ),
    Statement(
        id="external_bayesianity",
        theory="ensemble",
        title="Updating commutes with pooling",
        meaning=r"$G(N[L p_1], \dots, N[L p_K]) = N[L\,G(p)]$ for every positive likelihood $L$.",
        domain="interior",
        goal=_external_bayesianity,
        predicate=pointwise.external_bayesianity,
    ),
)
