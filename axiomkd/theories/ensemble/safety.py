"""What no teacher warrants does not happen: agreement on the best, attenuation, safety of events."""

from __future__ import annotations

from typing import cast

from axiomkd.kernel.judgement import Fact, Goal
from axiomkd.kernel.terms import (
    ZERO,
    Equal,
    Formula,
    If,
    Less,
    Same,
    Size,
    Term,
    big,
    big_product,
    big_sum,
    term,
    variable,
)
from axiomkd.operator import Operator
from axiomkd.statement import Scope, Statement
from axiomkd.theories.ensemble.convexity import at_most, equal, greatest_teacher
from axiomkd.theories.ensemble.positivity import where_defined
from axiomkd.theories.ensemble.predicates import safety
from axiomkd.theories.ensemble.setting import (
    CLOSED,
    INTERIOR,
    TEACHER,
    WEIGHTS,
    Setting,
    a,
    aggregate,
    fixed_size,
    i,
    j,
    k,
    m,
    p,
    positive,
    w,
)
from axiomkd.theories.ensemble.well_definedness import is_defined


def _argmax(operator: Operator, scope: Scope) -> Goal:
    best, other = aggregate(operator, m), aggregate(operator, j)
    setting = Setting((*INTERIOR, *WEIGHTS, Fact((k, j), at_most(p(k, j), p(k, m)))), (m,))
    return setting.goal(operator, scope, at_most(other, best), is_defined(best), is_defined(other))


def _strict(operator: Operator, scope: Scope) -> Goal:
    q = aggregate(operator)
    below = Fact((), cast(Formula, Less(p(a, i), greatest_teacher())))
    setting = Setting((*INTERIOR, *WEIGHTS, below, positive(w(a))), (a, i))
    return setting.goal(operator, scope, cast(Formula, Less(q, greatest_teacher())), is_defined(q))


def _inheritance(operator: Operator, scope: Scope) -> Goal | None:
    r"""As teachers are positive, a zero in the place of teacher a leaves :math:`\max_{k \ne a} p_k(i)`."""
    if fixed_size(operator, scope, TEACHER) == 1:
        return None
    q = aggregate(operator)
    others = big("maximum", k, cast(Term, If(Same(k, a), ZERO, p(k, i))))
    bound = (1 - w(a)) * others + w(a) * p(a, i)
    several = Fact((), at_most(term(2), cast(Term, Size(TEACHER))))
    setting = Setting((*INTERIOR, *WEIGHTS, several), (a,))
    return setting.goal(operator, scope, at_most(q, bound), is_defined(q))


def _event(operator: Operator, scope: Scope) -> Goal:
    """A set S of outcomes is given by e(i), which is 1 inside and 0 outside."""
    q, inside = aggregate(operator), variable("e", i)
    safest = big("maximum", k, big_sum(i, inside * p(k, i)))
    event = Fact((i,), equal(inside * inside, inside))
    setting = Setting((*INTERIOR, *WEIGHTS, event))
    return setting.goal(operator, scope, at_most(big_sum(i, inside * q), safest), is_defined(q))


def _hoelder(operator: Operator, scope: Scope) -> Goal:
    """Where geometric leaves the bound of ``safety.event``, it stays within this one."""
    q, inside = aggregate(operator), variable("e", i)
    event = Fact((i,), equal(inside * inside, inside))
    normaliser = big_sum(j, big_product(k, p(k, j) ** w(k)))
    bound = big_product(k, big_sum(i, inside * p(k, i)) ** w(k))
    setting = Setting((*INTERIOR, *WEIGHTS, event))
    return setting.goal(operator, scope, at_most(big_sum(i, inside * q) * normaliser, bound), is_defined(q))


def _veto(operator: Operator, scope: Scope) -> Goal:
    """Stated for single outcomes: a teacher rules out S when it rules out every outcome of S."""
    ruled_out = Fact((), cast(Formula, Equal(p(a, i), ZERO)))
    facts = (*CLOSED, *WEIGHTS, ruled_out, positive(w(a)), where_defined(operator))
    return Setting(facts, (a, i)).goal(operator, scope, equal(aggregate(operator), ZERO))


STATEMENTS = (
    Statement(
        id="argmax.unanimity",
        theory="ensemble",
        title="A best outcome shared by all teachers stays best",
        meaning=r"If $i \in \arg\max p_k$ for every $k$, then $i \in \arg\max q$.",
        domain="interior",
        goal=_argmax,
        predicate=safety.argmax,
    ),
    Statement(
        id="attenuation.strict",
        theory="ensemble",
        title="A doubtful teacher with weight lowers an outcome",
        meaning=r"If some $p_l(i) < \max_k p_k(i)$ with $w_l > 0$, then $q(i) < \max_k p_k(i)$.",
        domain="interior",
        goal=_strict,
        predicate=safety.attenuated,
    ),
    Statement(
        id="safety.inheritance",
        theory="ensemble",
        title="Every teacher's caution counts by its weight",
        meaning=r"For $K \ge 2$: $q(i) \le (1 - w_l) \max_{k \ne l} p_k(i) + w_l p_l(i)$.",
        domain="interior",
        goal=_inheritance,
        predicate=safety.inheritance,
    ),
    Statement(
        id="safety.event",
        theory="ensemble",
        title="No event is more probable than under every teacher",
        meaning=r"$\sum_{i \in S} q(i) \le \max_k \sum_{i \in S} p_k(i)$ for every set $S$ of outcomes.",
        domain="interior",
        goal=_event,
        predicate=safety.event,
    ),
    Statement(
        id="safety.veto",
        theory="ensemble",
        title="One weighted teacher rules an event out",
        meaning=r"If one $p_k(S) = 0$ with $w_k > 0$, then $q(S) = 0$, wherever $G$ is defined.",
        domain="closed",
        goal=_veto,
        predicate=safety.veto,
    ),
)

FURTHER = (
    Statement(
        id="safety.hoelder",
        theory="ensemble",
        title="An event, within the teachers' geometric mean of it",
        meaning=r"$q(S) \sum_j \prod_k p_k(j)^{w_k} \le \prod_k p_k(S)^{w_k}$ for every set $S$ of outcomes.",
        domain="interior",
        goal=_hoelder,
        predicate=safety.hoelder,
    ),
)
"""Asked only when named: what takes the place of safety.event for the geometric pool."""
