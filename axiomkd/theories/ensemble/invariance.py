"""Rules that do not mind how the same information comes: clones, blocks, other outcomes, logits."""

from __future__ import annotations

from typing import cast

from axiomkd.kernel.judgement import Fact, Goal
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    Equal,
    Formula,
    Free,
    Index,
    Less,
    Size,
    Term,
    big_sum,
    delta,
    substitute,
    variable,
)
from axiomkd.operator import Operator
from axiomkd.statement import Scope, Statement
from axiomkd.theories.ensemble.convexity import at_most, equal
from axiomkd.theories.ensemble.groups import Group, pool
from axiomkd.theories.ensemble.predicates import invariance
from axiomkd.theories.ensemble.setting import (
    BLOCK,
    INTERIOR,
    REST,
    TEACHER,
    WEIGHTS,
    Setting,
    a,
    aggregate,
    at_least,
    d,
    fixed_size,
    i,
    j,
    k,
    p,
    simplex,
    w,
)
from axiomkd.theories.ensemble.well_definedness import is_defined

n = cast(Free, Free("n", BLOCK))
r = cast(Free, Free("r", REST))
beta = variable("beta")
POSITIVE_PARTS = (
    Fact((k, i), cast(Formula, Less(ZERO, variable("g", k, i)))),
    Fact((k,), cast(Formula, Less(ZERO, variable("h", k)))),
)
BLOCK_AND_REST = (
    *simplex("A", (n, i), Less),
    *simplex("B", (r, i), Less),
    *simplex("u", (n,)),
    *simplex("v", (r,)),
    Fact((), cast(Formula, Less(ZERO, beta))),
    Fact((), at_most(beta, ONE)),
    Fact((), equal(cast(Term, Size(TEACHER)), cast(Term, Size(BLOCK)) + cast(Term, Size(REST)))),
)
r"""A block of positive weight and the rest, each of at least one teacher.

Inside the block the renormalised weights are u, so in the whole they are :math:`\beta u`; the rest has
:math:`(1 - \beta) v`. That is every choice of a block of positive weight among K weighted teachers.
"""


def _pools_any_number(operator: Operator) -> bool:
    """Whether the rule also pools K + 1 teachers, or a block of them."""
    return TEACHER not in dict(operator.sizes)


def _clone(operator: Operator, scope: Scope) -> Goal | None:
    r"""The teachers :math:`p_1..p_K, p_a` with the weights :math:`w - d e_a, d` against :math:`p, w`.

    The copy stands last; that matters only to rules that name a teacher by number.
    """
    if not _pools_any_number(operator):
        return None
    teachers = Group(p, lambda index: w(index) - d * delta(index, a), TEACHER)
    copy = Group(lambda _, outcome: p(a, outcome), lambda _: d)
    before, after = aggregate(operator), pool(operator, teachers, copy)
    part = (Fact((), at_most(ZERO, d)), Fact((), at_most(d, w(a))))
    setting = Setting((*INTERIOR, *WEIGHTS, *part), (a,))
    return setting.goal(operator, scope, equal(after, before), is_defined(after), is_defined(before))


def _associativity(operator: Operator, scope: Scope) -> Goal | None:
    """The block stands first; that matters only to rules that name a teacher by number.

    Where an operator pools only so many teachers or more, a block has so many, and so have the pooled
    block and the rest: of fewer there is no aggregate.
    """
    least = dict(operator.least).get(TEACHER, 1)
    several = fixed_size(operator, scope, TEACHER)
    too_few = several is not None and several < least + max(least - 1, 1)
    if not _pools_any_number(operator) or too_few:
        return None

    def block(index: Index, outcome: Index) -> Term:
        return variable("A", index, outcome)

    def others(index: Index, outcome: Index) -> Term:
        return variable("B", index, outcome)

    rest = Group(others, lambda index: (1 - beta) * variable("v", index), REST)
    inside = pool(operator, Group(block, lambda index: variable("u", index), BLOCK))
    pooled = Group(lambda _, outcome: cast(Term, substitute(inside, {i: outcome})), lambda _: beta)
    in_turn = pool(operator, pooled, rest)
    at_once = pool(operator, Group(block, lambda index: beta * variable("u", index), BLOCK), rest)
    numbers = {BLOCK: least, REST: least - 1}
    enough = [at_least(number, sort) for sort, number in numbers.items() if number > 1]
    setting = Setting((*BLOCK_AND_REST, *enough))
    return setting.goal(operator, scope, equal(in_turn, at_once), is_defined(in_turn), is_defined(at_once))


def _eventwise(operator: Operator, scope: Scope) -> Goal:
    def others(teacher: Index, outcome: Index) -> Term:
        return variable("y", teacher, outcome)

    one, other = aggregate(operator), aggregate(operator, teachers=others)
    agreed = Fact((k,), cast(Formula, Equal(others(k, i), p(k, i))))
    setting = Setting((*INTERIOR, *simplex("y", (k, j), Less), *WEIGHTS, agreed), (i,))
    return setting.goal(operator, scope, equal(one, other), is_defined(one), is_defined(other))


def _logit_shift(operator: Operator, scope: Scope) -> Goal:
    r"""Written with :math:`g_k = e^{z_k}`, any positive numbers, and :math:`h_k = e^{c_k}` for the constants.

    So a counterexample is rational.
    """

    def softmax(teacher: Index, outcome: Index) -> Term:
        return variable("g", teacher, outcome) / big_sum(j, variable("g", teacher, j))

    def shifted(teacher: Index, outcome: Index) -> Term:
        return (
            variable("h", teacher)
            * variable("g", teacher, outcome)
            / big_sum(j, variable("h", teacher) * variable("g", teacher, j))
        )

    before, after = aggregate(operator, teachers=softmax), aggregate(operator, teachers=shifted)
    setting = Setting((*POSITIVE_PARTS, *WEIGHTS))
    return setting.goal(operator, scope, equal(after, before), is_defined(after), is_defined(before))


STATEMENTS = (
    Statement(
        id="clone_invariance",
        theory="ensemble",
        title="A teacher split in two changes nothing",
        meaning="Splitting a teacher into two copies that share its weight changes nothing.",
        domain="interior",
        goal=_clone,
        predicate=invariance.clone,
    ),
    Statement(
        id="associativity",
        theory="ensemble",
        title="A block may be pooled first",
        meaning="Pooling a block of positive weight first, with renormalised weights, and then the rest "
        "gives the same $q$.",
        domain="interior",
        goal=_associativity,
        predicate=invariance.associativity,
    ),
    Statement(
        id="eventwise_independence",
        theory="ensemble",
        title="Only what is said of an outcome counts for it",
        meaning=r"With the same $K$, $V$ and $w$: if $p_k(i) = p'_k(i)$ for all $k$, then $q(i) = q'(i)$.",
        domain="interior",
        goal=_eventwise,
        predicate=invariance.eventwise,
    ),
    Statement(
        id="logit_shift",
        theory="ensemble",
        title="Logits may be shifted",
        meaning="Written on logits $z_k$: adding a constant to $z_k$ changes nothing.",
        domain="interior",
        goal=_logit_shift,
        predicate=invariance.logit_shift,
    ),
)
