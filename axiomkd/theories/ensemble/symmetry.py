"""Unanimity, anonymity, neutrality."""

from __future__ import annotations

from typing import cast

from axiomkd.kernel.judgement import Goal
from axiomkd.kernel.terms import Index, Less, Permuted, variable
from axiomkd.operator import Operator
from axiomkd.statement import Scope, Statement
from axiomkd.theories.ensemble.convexity import equal
from axiomkd.theories.ensemble.predicates import pointwise
from axiomkd.theories.ensemble.setting import (
    INTERIOR,
    OUTCOME,
    TEACHER,
    WEIGHTS,
    Setting,
    aggregate,
    i,
    p,
    simplex,
    w,
)
from axiomkd.theories.ensemble.well_definedness import is_defined


def _unanimity(operator: Operator, scope: Scope) -> Goal:
    q = aggregate(operator, teachers=lambda _, outcome: variable("x", outcome))
    setting = Setting(simplex("x", (i,), Less) + WEIGHTS)
    return setting.goal(operator, scope, equal(q, variable("x", i)), is_defined(q))


def _permuted(index: Index, name: str) -> Index:
    return cast(Index, Permuted(index, index.sort, name))


def _anonymity(operator: Operator, scope: Scope) -> Goal:
    q = aggregate(operator)
    renamed = aggregate(
        operator,
        teachers=lambda teacher, outcome: p(_permuted(teacher, "sigma"), outcome),
        weights=lambda teacher: w(_permuted(teacher, "sigma")),
    )
    setting = Setting(INTERIOR + WEIGHTS, permutations=(("sigma", TEACHER),))
    return setting.goal(operator, scope, equal(renamed, q), is_defined(q))


def _neutrality(operator: Operator, scope: Scope) -> Goal:
    renamed = aggregate(operator, teachers=lambda teacher, outcome: p(teacher, _permuted(outcome, "pi")))
    q = aggregate(operator, _permuted(i, "pi"))
    setting = Setting(INTERIOR + WEIGHTS, permutations=(("pi", OUTCOME),))
    return setting.goal(operator, scope, equal(renamed, q), is_defined(q))


STATEMENTS = (
    Statement(
        id="unanimity",
        theory="ensemble",
        title="Unanimous teachers are followed",
        meaning=r"If all $p_k = p$, then $q = p$.",
        domain="interior",
        goal=_unanimity,
        predicate=pointwise.unanimity,
    ),
    Statement(
        id="anonymity",
        theory="ensemble",
        title="Teachers have no names",
        meaning="Permuting the teachers together with their weights changes nothing.",
        domain="interior",
        goal=_anonymity,
        predicate=pointwise.anonymity,
    ),
    Statement(
        id="neutrality",
        theory="ensemble",
        title="Outcomes have no names",
        meaning="Permuting the outcomes permutes $q$.",
        domain="interior",
        goal=_neutrality,
        predicate=pointwise.neutrality,
    ),
)
