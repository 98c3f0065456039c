"""What a change in one teacher does to the aggregate."""

from __future__ import annotations

from typing import cast

from axiomkd.kernel.judgement import Fact, Goal
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    Extreme,
    Formula,
    If,
    Index,
    Less,
    Same,
    Term,
    big_sum,
    delta,
    variable,
)
from axiomkd.operator import Operator
from axiomkd.statement import Scope, Statement
from axiomkd.theories.ensemble.convexity import at_most
from axiomkd.theories.ensemble.predicates import sensitivity
from axiomkd.theories.ensemble.setting import (
    INTERIOR,
    WEIGHTS,
    Setting,
    Teachers,
    a,
    aggregate,
    d,
    i,
    p,
    simplex,
    w,
)
from axiomkd.theories.ensemble.well_definedness import is_defined


def _with_teacher(row: Teachers) -> Teachers:
    """The teachers with another row in the place of teacher a."""

    def teacher(index: Index, outcome: Index) -> Term:
        return cast(Term, If(Same(index, a), row(a, outcome), p(index, outcome)))

    return teacher


def _response(operator: Operator, scope: Scope) -> Goal:
    r"""The row becomes :math:`(1-d) p_a + d e_i`: every way to raise i and to shrink the rest alike."""

    def raised(index: Index, outcome: Index) -> Term:
        return (1 - d) * p(index, outcome) + d * delta(outcome, i)

    before, after = aggregate(operator), aggregate(operator, teachers=_with_teacher(raised))
    part = (Fact((), at_most(ZERO, d)), Fact((), cast(Formula, Less(d, ONE))))
    setting = Setting((*INTERIOR, *WEIGHTS, *part), (a, i))
    return setting.goal(operator, scope, at_most(before, after), is_defined(before), is_defined(after))


def total_variation(one: Term, other: Term) -> Term:
    r""":math:`TV(x,y) = \frac12 \sum_i |x_i - y_i|`, over the outcome ``i``."""
    return big_sum(i, cast(Term, Extreme("maximum", one - other, other - one))) / 2


def _robustness(operator: Operator, scope: Scope) -> Goal:
    changed = _with_teacher(lambda _, outcome: variable("x", outcome))
    before, after = aggregate(operator), aggregate(operator, teachers=changed)
    bound = w(a) * total_variation(p(a, i), variable("x", i))
    setting = Setting((*INTERIOR, *WEIGHTS, *simplex("x", (i,), Less)), (a,))
    near = at_most(total_variation(before, after), bound)
    return setting.goal(operator, scope, near, is_defined(before), is_defined(after))


STATEMENTS = (
    Statement(
        id="response",
        theory="ensemble",
        title="An outcome that a teacher raises does not fall",
        meaning="If teacher $k$ raises $p_k(i)$ and shrinks its other outcomes in proportion, then $q(i)$ "
        "does not fall.",
        domain="interior",
        goal=_response,
        predicate=sensitivity.response,
    ),
    Statement(
        id="robustness",
        theory="ensemble",
        title="One teacher moves the aggregate by its weight at most",
        meaning=r"If only teacher $k$ changes, then $\mathrm{TV}(q, q') \le w_k\,\mathrm{TV}(p_k, p'_k)$.",
        domain="interior",
        goal=_robustness,
        predicate=sensitivity.robustness,
    ),
)
