"""Jensen's inequality for divergences and entropies."""

from __future__ import annotations

from axiomkd.kernel.judgement import Goal
from axiomkd.kernel.terms import Less, Term, big_sum, variable
from axiomkd.operator import Operator
from axiomkd.statement import Scope, Statement
from axiomkd.theories.ensemble.coherence import entropy
from axiomkd.theories.ensemble.convexity import SETTING, above_zero, at_most
from axiomkd.theories.ensemble.predicates import jensen
from axiomkd.theories.ensemble.setting import INTERIOR, WEIGHTS, Setting, aggregate, i, k, p, simplex, w
from axiomkd.theories.ensemble.weight_monotonicity import divergence, divergence_with_zeros
from axiomkd.theories.ensemble.well_definedness import is_defined

x = variable("x", i)
WITH_ANOTHER = Setting((*INTERIOR, *WEIGHTS, *simplex("x", (i,), Less)))
r"""Teachers, and one more distribution x of which all entries are positive."""


def mean(value: Term) -> Term:
    r""":math:`\sum_k w_k x_k`, for a value that speaks of the teacher ``k``."""
    return big_sum(k, w(k) * value)


def _student(operator: Operator, scope: Scope) -> Goal:
    q = aggregate(operator)
    smaller = at_most(divergence_with_zeros(q, x), mean(divergence(p(k, i), x)))
    return WITH_ANOTHER.goal(operator, scope, smaller, is_defined(q))


def _target(operator: Operator, scope: Scope) -> Goal:
    """For positive t only, which is the same: the difference of the sides is affine in t.

    Where some q(i) is zero, KL(t;q) is infinite for positive t: that refutes too.
    """
    q = aggregate(operator)
    smaller = at_most(divergence(x, q), mean(divergence(x, p(k, i))))
    return WITH_ANOTHER.goal(operator, scope, smaller, above_zero(q), is_defined(q))


def _concave(operator: Operator, scope: Scope) -> Goal:
    q = aggregate(operator)
    larger = at_most(mean(entropy(p(k, i))), entropy(q))
    return SETTING.goal(operator, scope, larger, is_defined(q))


def _convex(operator: Operator, scope: Scope) -> Goal:
    q = aggregate(operator)
    smaller = at_most(entropy(q), mean(entropy(p(k, i))))
    return SETTING.goal(operator, scope, smaller, is_defined(q))


STATEMENTS = (
    Statement(
        id="jensen.student_kl",
        theory="ensemble",
        title="Divergence to a student, no more than the mean",
        meaning=r"$\mathrm{KL}(q; s) \le \sum_k w_k\,\mathrm{KL}(p_k; s)$ for every $s$ with all entries "
        "positive.",
        domain="interior",
        goal=_student,
        predicate=jensen.student,
    ),
    Statement(
        id="jensen.target_kl",
        theory="ensemble",
        title="Divergence from a target, no more than the mean",
        meaning=r"$\mathrm{KL}(t; q) \le \sum_k w_k\,\mathrm{KL}(t; p_k)$ for every distribution $t$.",
        domain="interior",
        goal=_target,
        predicate=jensen.target,
    ),
    Statement(
        id="entropy.concave",
        theory="ensemble",
        title="Entropy at least the teachers' mean",
        meaning=r"$H(q) \ge \sum_k w_k H(p_k)$.",
        domain="interior",
        goal=_concave,
        predicate=jensen.concave_entropy,
    ),
    Statement(
        id="entropy.convex",
        theory="ensemble",
        title="Entropy at most the teachers' mean",
        meaning=r"$H(q) \le \sum_k w_k H(p_k)$.",
        domain="interior",
        goal=_convex,
        predicate=jensen.convex_entropy,
    ),
)
