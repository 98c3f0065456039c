"""Inequalities between means, and what they say of divergences."""

from __future__ import annotations

from typing import cast

from axiomkd.kernel import algebra
from axiomkd.kernel.application import Application
from axiomkd.kernel.sign import NONNEGATIVE, POSITIVE, demand_sign
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Equal,
    Exp,
    Extreme,
    Formula,
    Free,
    Log,
    Power,
    Term,
    big_product,
    big_sum,
    fresh,
    substitute,
)


def _weights(step: Application) -> tuple[Free, Term, Term]:
    """A new index k, the weight w(k) and the value x(k) given as parameters; the weights form a simplex."""
    given = step.parameter(0, Free)
    k = fresh(given.sort)
    weight, value = (cast(Term, substitute(step.parameter(n, Term), {given: k})) for n in (1, 2))
    demand_sign(step, weight, NONNEGATIVE)
    total = big_sum(k, weight)
    if not step.has(cast(Formula, Equal(total, ONE))):
        step.need_equal(total, ONE)
    return k, weight, value


def jensen_power(step: Application) -> None:
    r"""Jensen for :math:`x^r`: convex for :math:`r \ge 1` and, x > 0, for :math:`r \le 0`; else concave."""
    conclusion = step.conclusion_as(AtMost)
    k, weight, value = _weights(step)
    exponent = step.parameter(3, Term)
    inside = cast(Term, Power(big_sum(k, weight * value), exponent))
    outside = big_sum(k, weight * cast(Term, Power(value, exponent)))
    if step.has(cast(Formula, AtMost(ZERO, exponent))):
        demand_sign(step, value, NONNEGATIVE)
        if step.has(cast(Formula, AtMost(exponent, ONE))):
            demand_sign(step, exponent, POSITIVE)
            inside, outside = outside, inside
        else:
            step.need(cast(Formula, AtMost(ONE, exponent)))
    else:
        step.need(cast(Formula, AtMost(exponent, ZERO)))
        demand_sign(step, value, POSITIVE)
    step.need_equal(conclusion.left, inside)
    step.need_equal(conclusion.right, outside)


def jensen_exponential(step: Application) -> None:
    r"""Jensen: :math:`\exp\sum_k w_k x_k \le \sum_k w_k e^{x_k}`."""
    conclusion = step.conclusion_as(AtMost)
    k, weight, value = _weights(step)
    step.need_equal(conclusion.left, cast(Term, Exp(big_sum(k, weight * value))))
    step.need_equal(conclusion.right, big_sum(k, weight * cast(Term, Exp(value))))


def jensen_square(step: Application) -> None:
    r"""Jensen: :math:`(\sum_k w_k x_k)^2 \le \sum_k w_k x_k^2` for all real x."""
    conclusion = step.conclusion_as(AtMost)
    k, weight, value = _weights(step)
    mean = big_sum(k, weight * value)
    step.need_equal(conclusion.left, mean * mean)
    step.need_equal(conclusion.right, big_sum(k, weight * value * value))


def jensen_entropy(step: Application) -> None:
    r"""Jensen for :math:`x \log x`, x positive: at the weighted mean it is at most its weighted mean."""
    conclusion = step.conclusion_as(AtMost)
    k, weight, value = _weights(step)
    demand_sign(step, value, POSITIVE)
    mean = big_sum(k, weight * value)
    step.need_equal(conclusion.left, mean * cast(Term, Log(mean)))
    step.need_equal(conclusion.right, big_sum(k, weight * value * cast(Term, Log(value))))


def jensen_logarithm(step: Application) -> None:
    r"""Jensen: :math:`\sum_k w_k \log x_k \le \log\sum_k w_k x_k` for positive x."""
    conclusion = step.conclusion_as(AtMost)
    k, weight, value = _weights(step)
    demand_sign(step, value, POSITIVE)
    step.need_equal(conclusion.left, big_sum(k, weight * cast(Term, Log(value))))
    step.need_equal(conclusion.right, cast(Term, Log(big_sum(k, weight * value))))


def weighted_am_gm(step: Application) -> None:
    r"""Weighted AM-GM: :math:`\prod_k x_k^{w_k} \le \sum_k w_k x_k` for nonnegative x."""
    conclusion = step.conclusion_as(AtMost)
    k, weight, value = _weights(step)
    demand_sign(step, value, NONNEGATIVE)
    step.need_equal(conclusion.left, big_product(k, cast(Term, Power(value, weight))))
    step.need_equal(conclusion.right, big_sum(k, weight * value))


def mediant(step: Application) -> None:
    r"""A weighted mediant :math:`(ua+vc)/(ub+vd)` lies between :math:`a/b` and :math:`c/d`.

    Here b, d > 0, and u, v are nonnegative with ub + vd > 0.
    """
    conclusion = step.conclusion_as(AtMost)
    a, b, c, d, u, v = (step.parameter(n, Term) for n in range(6))
    demand_sign(step, b, POSITIVE)
    demand_sign(step, d, POSITIVE)
    demand_sign(step, u, NONNEGATIVE)
    demand_sign(step, v, NONNEGATIVE)
    demand_sign(step, u * b + v * d, POSITIVE)
    fractions = (a / b, c / d)
    between = (u * a + v * c) / (u * b + v * d)
    left, right = conclusion.left, conclusion.right
    for side, other, kind in ((left, right, "minimum"), (right, left, "maximum")):
        if isinstance(side, Extreme) and side.kind == kind:
            step.need_equal(side, cast(Term, Extreme(kind, *fractions)))
            step.need_equal(other, between)
            return
    raise step.refuse("a minimum below or a maximum above the mediant", conclusion)


def _at_new_index(step: Application, count: int) -> tuple[Free, list[Term]]:
    """Parameters 1, 2, .. with the index that is parameter 0 replaced by a new one."""
    given = step.parameter(0, Free)
    index = fresh(given.sort)
    return index, [cast(Term, substitute(step.parameter(1 + n, Term), {given: index})) for n in range(count)]


def _odds(value: Term, i: Free, j: Free) -> Term:
    return value / cast(Term, substitute(value, {i: j}))


def divergence_along_odds(step: Application) -> None:
    r"""If the odds of q' lie between those of q and of p, then q' is nearer to p than q, in both divergences.

    :math:`KL(p;q') \le KL(p;q)` and :math:`KL(q';p) \le KL(q;p)`, for positive distributions
    (Gibbs' and Chebyshev's inequalities).
    """
    conclusion = step.conclusion_as(AtMost)
    i, (target, before, after) = _at_new_index(step, 3)
    for value in (target, before, after):
        demand_sign(step, value, POSITIVE)
        step.need(cast(Formula, Equal(big_sum(i, value), ONE)))
    j = fresh(i.sort)
    ends = (_odds(before, i, j), _odds(target, i, j))
    step.need(cast(Formula, AtMost(Extreme("minimum", *ends), _odds(after, i, j))))
    step.need(cast(Formula, AtMost(_odds(after, i, j), Extreme("maximum", *ends))))

    def divergence(one: Term, other: Term) -> Term:
        return big_sum(i, one * cast(Term, Log(one / other)))

    if algebra.equal(conclusion.left, divergence(target, after), step.sizes):
        step.need_equal(conclusion.right, divergence(target, before))
        return
    step.need_equal(conclusion.left, divergence(after, target))
    step.need_equal(conclusion.right, divergence(before, target))


def entropy_of_tempered(step: Application) -> None:
    r"""The entropy of :math:`N[x^{1/T}]`, x positive, does not fall when T > 0 rises."""
    conclusion = step.conclusion_as(AtMost)
    i, (value, low, high) = _at_new_index(step, 3)
    step.require(i not in low.free | high.free, "temperatures free of the index", (low, high))
    demand_sign(step, value, POSITIVE)
    demand_sign(step, low, POSITIVE)
    step.need(cast(Formula, AtMost(low, high)))

    def entropy(temperature: Term) -> Term:
        raised = cast(Term, Power(value, 1 / temperature))
        share = raised / big_sum(i, raised)
        return -big_sum(i, share * cast(Term, Log(share)))

    step.need_equal(conclusion.left, entropy(low))
    step.need_equal(conclusion.right, entropy(high))
