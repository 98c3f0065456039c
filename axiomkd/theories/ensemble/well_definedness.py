"""Every operation of the aggregate stays within its domain."""

from __future__ import annotations

from typing import cast

from axiomkd.kernel.judgement import Goal
from axiomkd.kernel.terms import Defined, Formula, Term
from axiomkd.operator import Operator
from axiomkd.statement import Scope, Statement
from axiomkd.theories.ensemble.predicates import pointwise
from axiomkd.theories.ensemble.setting import CLOSED, INTERIOR, WEIGHTS, Setting, aggregate


def is_defined(value: Term) -> Formula:
    return cast(Formula, Defined(value))


def _interior(operator: Operator, scope: Scope) -> Goal:
    return Setting(INTERIOR + WEIGHTS).goal(operator, scope, is_defined(aggregate(operator)))


def _closed(operator: Operator, scope: Scope) -> Goal:
    return Setting(CLOSED + WEIGHTS).goal(operator, scope, is_defined(aggregate(operator)))


STATEMENTS = (
    Statement(
        id="well_defined.interior",
        theory="ensemble",
        title="Well-definedness for positive teachers",
        meaning="Every denominator, logarithm and root of $G$ is defined where all $p_k(i) > 0$.",
        domain="interior",
        goal=_interior,
        predicate=pointwise.well_defined,
    ),
    Statement(
        id="well_defined.closed",
        theory="ensemble",
        title="Well-definedness on the closed simplex",
        meaning="Every denominator, logarithm and root of $G$ is defined, zeros of the teachers allowed.",
        domain="closed",
        goal=_closed,
        predicate=pointwise.well_defined,
    ),
)
