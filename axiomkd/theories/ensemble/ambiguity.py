"""What is gained by pooling, as a decomposition: bias, ambiguity, compensation."""

from __future__ import annotations

from axiomkd.kernel.judgement import Goal
from axiomkd.operator import Operator
from axiomkd.statement import Scope, Statement
from axiomkd.theories.ensemble.convexity import above_zero, at_most, equal
from axiomkd.theories.ensemble.jensen import WITH_ANOTHER, mean, x
from axiomkd.theories.ensemble.losses import square
from axiomkd.theories.ensemble.predicates import ambiguity
from axiomkd.theories.ensemble.random_teachers import RANDOM_TEACHERS, expectation, pooled, teacher
from axiomkd.theories.ensemble.setting import INTERIOR, WEIGHTS, Setting, aggregate, i, k, p, simplex
from axiomkd.theories.ensemble.weight_monotonicity import divergence
from axiomkd.theories.ensemble.well_definedness import is_defined

TARGET = simplex("x", (i,))


def _bias(operator: Operator, scope: Scope) -> Goal:
    q = pooled(operator)
    biases = mean(square(expectation(teacher(k)) - x))
    setting = Setting((*RANDOM_TEACHERS, *TARGET))
    return setting.goal(operator, scope, at_most(square(expectation(q) - x), biases), is_defined(q))


def _squares(operator: Operator, scope: Scope) -> Goal:
    q = aggregate(operator)
    apart = mean(square(p(k, i) - x)) - mean(square(p(k, i) - q))
    setting = Setting((*INTERIOR, *WEIGHTS, *TARGET))
    return setting.goal(operator, scope, equal(square(q - x), apart), is_defined(q))


def _divergences(operator: Operator, scope: Scope) -> Goal:
    """For positive t only, which is the same: the difference of the sides is affine in t.

    Where some q(i) is zero, KL(t;q) is infinite: that refutes too.
    """
    q = aggregate(operator)
    apart = mean(divergence(x, p(k, i))) - mean(divergence(q, p(k, i)))
    return WITH_ANOTHER.goal(operator, scope, equal(divergence(x, q), apart), above_zero(q), is_defined(q))


def _compensation(operator: Operator, scope: Scope) -> Goal:
    """Where some q(i) is zero, the right side is infinite: that refutes too."""
    q = aggregate(operator)
    gained = mean(divergence(p(k, i), x)) - divergence(q, x)
    same = equal(gained, mean(divergence(p(k, i), q)))
    return WITH_ANOTHER.goal(operator, scope, same, above_zero(q), is_defined(q))


STATEMENTS = (
    Statement(
        id="bias.convex",
        theory="ensemble",
        title="Squared bias, no more than the teachers' mean",
        meaning=r"With $b_k = E p_k - t$: $\sum_i (E q(i) - t(i))^2 \le \sum_k w_k \sum_i b_k(i)^2$.",
        domain="interior",
        goal=_bias,
        predicate=ambiguity.bias,
    ),
    Statement(
        id="bias.ambiguity",
        theory="ensemble",
        title="Squared error is the mean less the ambiguity",
        meaning=r"$\sum_i (q - t)^2 = \sum_k w_k \sum_i (p_k - t)^2 - \sum_k w_k \sum_i (p_k - q)^2$ for "
        "every distribution $t$.",
        domain="interior",
        goal=_squares,
        predicate=ambiguity.squares,
    ),
    Statement(
        id="kl.ambiguity",
        theory="ensemble",
        title="Divergence from a target is the mean less the ambiguity",
        meaning=r"$\mathrm{KL}(t; q) = \sum_k w_k\,\mathrm{KL}(t; p_k) - \sum_k w_k\,\mathrm{KL}(q; p_k)$ "
        "for every distribution $t$.",
        domain="interior",
        goal=_divergences,
        predicate=ambiguity.divergences,
    ),
    Statement(
        id="kl.compensation",
        theory="ensemble",
        title="Divergence to a student, and what pooling gains",
        meaning=r"$\sum_k w_k\,\mathrm{KL}(p_k; s) - \mathrm{KL}(q; s) = \sum_k w_k\,\mathrm{KL}(p_k; q)$ "
        "for every $s$ with all entries positive.",
        domain="interior",
        goal=_compensation,
        predicate=ambiguity.compensation,
    ),
)
