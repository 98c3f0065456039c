"""How much of the teachers' variance is left in the aggregate."""

from __future__ import annotations

from typing import cast

from axiomkd.kernel.judgement import Fact, Goal
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    Distinct,
    Formula,
    Free,
    If,
    Index,
    Less,
    Same,
    Size,
    Term,
    big_product,
    big_sum,
    variable,
)
from axiomkd.operator import Operator
from axiomkd.statement import Scope, Statement
from axiomkd.theories.ensemble.convexity import at_most, equal
from axiomkd.theories.ensemble.predicates import variances
from axiomkd.theories.ensemble.random_teachers import (
    ONE_MEAN,
    RANDOM_TEACHERS,
    UNCORRELATED,
    covariance,
    expectation,
    pooled,
    probability,
    s,
    t,
    teacher,
    variance,
)
from axiomkd.theories.ensemble.setting import (
    ROW,
    SCENARIO,
    TEACHER,
    Setting,
    aggregate,
    i,
    k,
    l,
    simplex,
    w,
)
from axiomkd.theories.ensemble.well_definedness import is_defined

m, n = (cast(Free, Free(name, ROW)) for name in "mn")
common, correlation = variable("variance"), variable("correlation")

# -- teachers with one mean --------------------------------------------------------------------


def of_teacher(index: Index) -> Term:
    return variance(teacher(index))


def _uncorrelated(operator: Operator, scope: Scope) -> Goal:
    r"""Equality, gap and inequality.

    The gap is :math:`\sum_k w_k (1-w_k) \mathrm{Var}\,e_k(i)`, a sum of terms that are never negative,
    of which the k-th is positive exactly when :math:`0 < w_k < 1` and :math:`\mathrm{Var}\,e_k(i) > 0`:
    this says when the inequality is strict, in both directions.
    """
    q = pooled(operator)
    squares, mean = big_sum(k, w(k) ** 2 * of_teacher(k)), big_sum(k, w(k) * of_teacher(k))
    share = w(k) * (1 - w(k)) * of_teacher(k)
    setting = Setting((*RANDOM_TEACHERS, ONE_MEAN, UNCORRELATED))
    return setting.goal(
        operator,
        scope,
        equal(variance(q), squares),
        equal(mean - squares, big_sum(k, share)),
        at_most(ZERO, share),
        at_most(squares, mean),
        is_defined(q),
    )


def _off_diagonal(value: Term) -> Term:
    r""":math:`\sum_{k \ne l} w_k w_l x_{kl}`."""
    term = cast(Term, If(Same(k, l), ZERO, w(k) * w(l) * value))
    return big_sum(k, big_sum(l, term))


def _correlated(operator: Operator, scope: Scope) -> Goal:
    """The second conclusion is what the first says of a common variance and a common correlation."""
    q = pooled(operator)
    squares = big_sum(k, w(k) ** 2 * of_teacher(k))
    covariances = _off_diagonal(covariance(teacher(k), teacher(l)))
    sum_of_squares = big_sum(k, w(k) ** 2)
    common_form = big_sum(k, w(k) ** 2 * common) + _off_diagonal(correlation * common)
    closed_form = common * (correlation + (1 - correlation) * sum_of_squares)
    setting = Setting((*RANDOM_TEACHERS, ONE_MEAN))
    return setting.goal(
        operator,
        scope,
        equal(variance(q), squares + covariances),
        equal(common_form, closed_form),
        is_defined(q),
    )


def _optimal(operator: Operator, scope: Scope) -> Goal:
    q = pooled(operator)
    precision = big_sum(k, 1 / of_teacher(k))
    best = aggregate(operator, teachers=teacher, weights=lambda index: 1 / of_teacher(index) / precision)
    varies = Fact((k,), cast(Formula, Less(ZERO, of_teacher(k))))
    setting = Setting((*RANDOM_TEACHERS, ONE_MEAN, UNCORRELATED, varies), (i,))
    return setting.goal(
        operator,
        scope,
        at_most(1 / precision, variance(q)),
        equal(variance(best), 1 / precision),
        is_defined(q),
        is_defined(best),
    )


# -- independent identically distributed teachers ----------------------------------------------


def _row(outcome: Index = i, row: Index = n) -> Term:
    return variable("R", row, outcome)


def _chance(row: Index) -> Term:
    return variable("rho", row)


def _drawn(scenario: Index, index: Index, row: Index = n) -> Term:
    """Whether in a scenario a teacher has drawn a row."""
    return variable("f", scenario, index, row)


def _over_rows(value: Term) -> Term:
    r""":math:`\sum_n \rho_n x_n`, for a value that speaks of the row ``n``."""
    return big_sum(n, _chance(n) * value)


INDEPENDENT = (
    *simplex("R", (n, i), Less),
    *simplex("rho", (n,), Less),
    Fact((s, k, n), equal(_drawn(s, k) * _drawn(s, k), _drawn(s, k))),
    Fact((s, k), equal(big_sum(n, _drawn(s, k)), ONE)),
    Fact(
        (s, t),
        at_most(big_sum(k, big_sum(n, _drawn(s, k) * _drawn(t, k))), cast(Term, Size(TEACHER)) - 1),
        (cast(Formula, Distinct(s, t)),),
    ),
    Fact((), equal(cast(Term, Size(SCENARIO)), cast(Term, Size(ROW)) ** cast(Term, Size(TEACHER)))),
    Fact((s,), equal(probability(s), big_product(k, big_sum(n, _drawn(s, k) * _chance(n))))),
    Fact((s, k, i), equal(teacher(k), big_sum(n, _drawn(s, k) * _row()))),
)
r"""Each of K teachers draws one of N rows, independently, by the chances rho.

A scenario says which row every teacher has drawn: f(s,k,n) is 1 for that row and 0 for the others. No
two scenarios are the same and there are :math:`N^K`, so they are all the maps of teachers into rows,
and each has the product of the chances.
"""
CONSEQUENCES = (
    *RANDOM_TEACHERS,
    Fact((k, i), equal(expectation(teacher(k)), _over_rows(_row()))),
    Fact((k, i), equal(expectation(teacher(k) ** 2), _over_rows(_row() ** 2))),
    Fact(
        (k, l, i),
        equal(expectation(teacher(k) * teacher(l)), _over_rows(_row()) ** 2),
        (cast(Formula, Distinct(k, l)),),
    ),
)
"""What follows: random teachers, each with the mean and the square of a drawn row, any two independent.

These are given as facts since a product of sums over all maps is not unfolded at a symbolic K; they
exclude no input.
"""


def _one_variance() -> Term:
    mean = big_sum(m, _chance(m) * _row(row=m))
    return _over_rows((_row() - mean) ** 2)


def _coordinate(operator: Operator, scope: Scope) -> Goal:
    q = pooled(operator)
    setting = Setting(INDEPENDENT + CONSEQUENCES)
    return setting.goal(operator, scope, at_most(variance(q), _one_variance()), is_defined(q))


def _trace(operator: Operator, scope: Scope) -> Goal:
    q = pooled(operator)
    setting = Setting(INDEPENDENT + CONSEQUENCES)
    smaller = at_most(big_sum(i, variance(q)), big_sum(i, _one_variance()))
    return setting.goal(operator, scope, smaller, is_defined(q))


STATEMENTS = (
    Statement(
        id="variance.uncorrelated",
        theory="ensemble",
        title="Variance of uncorrelated teachers",
        meaning=r"If $p_k(i) = c(i) + e_k(i)$ with $E e_k = 0$ and $E e_k e_l = 0$ for $k \ne l$, then "
        r"$\mathrm{Var}\,q(i) = \sum_k w_k^2\,\mathrm{Var}\,e_k(i) \le \sum_k w_k\,\mathrm{Var}\,e_k(i)$, "
        r"strictly if and only if some $0 < w_k < 1$ has $\mathrm{Var}\,e_k(i) > 0$.",
        domain="interior",
        goal=_uncorrelated,
        predicate=variances.uncorrelated,
    ),
    Statement(
        id="variance.correlated",
        theory="ensemble",
        title="Variance of correlated teachers",
        meaning=r"If $p_k(i) = c(i) + e_k(i)$ with $E e_k = 0$, then $\mathrm{Var}\,q(i) = \sum_k w_k^2 "
        r"s_k^2 + \sum_{k \ne l} w_k w_l\,\mathrm{Cov}(e_k, e_l)$; with a common variance $s^2$ and "
        r"correlation $r$ that is $s^2 (r + (1-r) \sum_k w_k^2)$.",
        domain="interior",
        goal=_correlated,
        predicate=variances.correlated,
    ),
    Statement(
        id="variance.coordinate",
        theory="ensemble",
        title="No outcome varies more than under one teacher",
        meaning=r"For independent identically distributed random teachers, $\mathrm{Var}\,q(i) \le "
        r"\mathrm{Var}\,p_1(i)$.",
        domain="interior",
        goal=_coordinate,
        predicate=variances.coordinate,
    ),
    Statement(
        id="variance.trace",
        theory="ensemble",
        title="The aggregate varies no more than one teacher",
        meaning=r"For independent identically distributed random teachers, $\sum_i \mathrm{Var}\,q(i) \le "
        r"\sum_i \mathrm{Var}\,p_1(i)$.",
        domain="interior",
        goal=_trace,
        predicate=variances.trace,
    ),
    Statement(
        id="variance.optimal",
        theory="ensemble",
        title="The best weights for uncorrelated teachers",
        meaning=r"If $p_k(i) = c(i) + e_k(i)$ with $E e_k = 0$, $E e_k e_l = 0$ for $k \ne l$ and "
        r"$\mathrm{Var}\,e_k(i) = s_k^2 > 0$, then $\mathrm{Var}\,q(i) \ge 1 / \sum_k s_k^{-2}$, with "
        r"equality at $w_k$ proportional to $s_k^{-2}$.",
        domain="interior",
        goal=_optimal,
        predicate=variances.optimal,
    ),
)
