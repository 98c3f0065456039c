"""Losses of the aggregate against the teachers' losses."""

from __future__ import annotations

from typing import cast

from axiomkd.kernel.judgement import Goal
from axiomkd.kernel.terms import Less, Log, Term, big_sum, delta, variable
from axiomkd.operator import Operator
from axiomkd.statement import Scope, Statement
from axiomkd.theories.ensemble.convexity import SETTING, above_zero, at_most
from axiomkd.theories.ensemble.jensen import mean
from axiomkd.theories.ensemble.predicates import losses
from axiomkd.theories.ensemble.random_teachers import RANDOM_TEACHERS, expectation, pooled, s, teacher
from axiomkd.theories.ensemble.setting import (
    INTERIOR,
    WEIGHTS,
    Setting,
    a,
    aggregate,
    i,
    j,
    k,
    p,
    positive,
    simplex,
    w,
)
from axiomkd.theories.ensemble.well_definedness import is_defined


def log_loss(value: Term) -> Term:
    r""":math:`-\log x`."""
    return -cast(Term, Log(value))


def square(value: Term) -> Term:
    r""":math:`sq(x) = \sum_i x_i^2`, over the outcome ``i``."""
    return big_sum(i, value**2)


def _pointwise(operator: Operator, scope: Scope) -> Goal:
    """Where q(y) is zero the loss is infinite: that refutes too."""
    q = aggregate(operator)
    smaller = at_most(log_loss(q), mean(log_loss(p(k, i))))
    return SETTING.goal(operator, scope, smaller, above_zero(q), is_defined(q))


def _expected(operator: Operator, scope: Scope) -> Goal:
    r"""In scenario s the label is i with the positive chance :math:`\eta_s(i)`.

    Both sides are affine in the chances, so that nothing is lost by leaving out chances of zero, as
    where every scenario has one label.
    """
    q, chance = pooled(operator), variable("eta", s, i)
    left, right = (
        expectation(big_sum(i, chance * loss)) for loss in (log_loss(q), mean(log_loss(teacher(k))))
    )
    setting = Setting((*RANDOM_TEACHERS, *simplex("eta", (s, i), Less)))
    return setting.goal(operator, scope, at_most(left, right), above_zero(q), is_defined(q))


def _brier(operator: Operator, scope: Scope) -> Goal:
    q, label = aggregate(operator), delta(i, j)
    smaller = at_most(square(q - label), mean(square(p(k, i) - label)))
    return SETTING.goal(operator, scope, smaller, is_defined(q))


def _regret(operator: Operator, scope: Scope) -> Goal:
    q = aggregate(operator)
    regret = at_most(log_loss(q) - log_loss(p(a, i)), cast(Term, Log(1 / w(a))))
    setting = Setting((*INTERIOR, *WEIGHTS, positive(w(a))), (a,))
    return setting.goal(operator, scope, regret, above_zero(q), is_defined(q))


STATEMENTS = (
    Statement(
        id="log_loss.pointwise",
        theory="ensemble",
        title="Log loss, no more than the teachers' mean",
        meaning=r"$-\log q(y) \le -\sum_k w_k \log p_k(y)$.",
        domain="interior",
        goal=_pointwise,
        predicate=losses.pointwise,
    ),
    Statement(
        id="log_loss.expected",
        theory="ensemble",
        title="Expected log loss, no more than the teachers' mean",
        meaning=r"$E[-\log q(y)] \le -\sum_k w_k E[\log p_k(y)]$ over every finite sample space.",
        domain="interior",
        goal=_expected,
        predicate=losses.expected,
    ),
    Statement(
        id="brier.mean",
        theory="ensemble",
        title="Brier score, no more than the teachers' mean",
        meaning=r"$\sum_i (q(i) - [i = y])^2 \le \sum_k w_k \sum_i (p_k(i) - [i = y])^2$.",
        domain="interior",
        goal=_brier,
        predicate=losses.brier,
    ),
    Statement(
        id="regret.log_weight",
        theory="ensemble",
        title="Regret bounded by the logarithm of the weight",
        meaning=r"$-\log q(y) + \log p_k(y) \le \log(1/w_k)$ for every $k$ with $w_k > 0$.",
        domain="interior",
        goal=_regret,
        predicate=losses.regret,
    ),
)
