"""Axiom 4 of arXiv 2601.09165, on the interior and on the closed simplex."""

from __future__ import annotations

from typing import cast

from axiomkd.kernel.judgement import Fact, Goal
from axiomkd.kernel.terms import Continuous, Formula
from axiomkd.operator import Operator
from axiomkd.statement import Scope, Statement
from axiomkd.theories.ensemble.predicates import limits
from axiomkd.theories.ensemble.setting import (
    CLOSED,
    INTERIOR,
    TEMPERATURES,
    WEIGHTS,
    Setting,
    aggregate,
    p,
    softened,
    temperature,
)
from axiomkd.theories.ensemble.well_definedness import is_defined


def _continuous(teachers: tuple[Fact, ...], operator: Operator, scope: Scope) -> Goal:
    q = aggregate(operator, teachers=softened(p, temperature), temperatures=temperature, raw=p)
    setting = Setting(teachers + WEIGHTS + TEMPERATURES)
    return setting.goal(operator, scope, cast(Formula, Continuous(q)), is_defined(q))


def _interior(operator: Operator, scope: Scope) -> Goal:
    return _continuous(INTERIOR, operator, scope)


def _closed(operator: Operator, scope: Scope) -> Goal:
    return _continuous(CLOSED, operator, scope)


STATEMENTS = (
    Statement(
        id="continuity.interior",
        theory="ensemble",
        title="Continuity for positive teachers",
        meaning=r"$G$ is jointly continuous in $p$ (all entries positive), $w$ (closed simplex) and $T > 0$.",
        domain="interior",
        goal=_interior,
        predicate=limits.continuity,
    ),
    Statement(
        id="continuity.closed",
        theory="ensemble",
        title="Continuity on the closed simplex",
        meaning=r"$G$ is defined and jointly continuous in $p$ (closed simplex), $w$ (closed simplex) "
        r"and $T > 0$.",
        domain="closed",
        goal=_closed,
        predicate=limits.continuity,
    ),
)
