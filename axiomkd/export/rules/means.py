"""Inequalities between means, and what they say of divergences."""

from __future__ import annotations

from typing import cast

from axiomkd.export.context import Unexported
from axiomkd.export.rules.writer import Writer, between, weighted_mean
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
    Term,
    big_product,
    big_sum,
    fresh,
    power,
    substitute,
)


def jensen_power(w: Writer) -> str:
    k, weight, value, head, inner, names = weighted_mean(w)
    exponent = w.step.parameter(3, Term)
    inside = power(big_sum(k, weight * value), exponent)
    outside = big_sum(k, weight * power(value, exponent))
    raised = w.text(exponent)
    if w.prover.has(w.ctx, cast(Formula, AtMost(ZERO, exponent))) is not None:
        sign = f"(fun {names} => {w.nonnegative(value, inner)})"
        below = w.prover.has(w.ctx, cast(Formula, AtMost(exponent, ONE)))
        if below is not None:
            proof = f"(Rules.jensen_power_concave {head} {raised} {sign} {w.positive(exponent)} {below})"
            return between(w, outside, inside, proof)
        above = w.need(cast(Formula, AtMost(ONE, exponent)))
        return between(w, inside, outside, f"(Rules.jensen_power {head} {raised} {sign} {above})")
    sign = f"(fun {names} => {w.positive(value, inner)})"
    below = w.need(cast(Formula, AtMost(exponent, ZERO)))
    return between(w, inside, outside, f"(Rules.jensen_power_negative {head} {raised} {sign} {below})")


def jensen_exponential(w: Writer) -> str:
    k, weight, value, head, _, _ = weighted_mean(w)
    inside = cast(Term, Exp(big_sum(k, weight * value)))
    outside = big_sum(k, weight * cast(Term, Exp(value)))
    return between(w, inside, outside, f"(Rules.jensen_exponential {head})")


def jensen_square(w: Writer) -> str:
    k, weight, value, head, _, _ = weighted_mean(w)
    mean = big_sum(k, weight * value)
    return between(w, mean * mean, big_sum(k, weight * value * value), f"(Rules.jensen_square {head})")


def jensen_entropy(w: Writer) -> str:
    k, weight, value, head, inner, names = weighted_mean(w)
    sign = f"(fun {names} => {w.positive(value, inner)})"
    mean = big_sum(k, weight * value)
    inside = mean * cast(Term, Log(mean))
    outside = big_sum(k, weight * value * cast(Term, Log(value)))
    return between(w, inside, outside, f"(Rules.jensen_entropy {head} {sign})")


def jensen_logarithm(w: Writer) -> str:
    k, weight, value, head, inner, names = weighted_mean(w)
    sign = f"(fun {names} => {w.positive(value, inner)})"
    inside = cast(Term, Log(big_sum(k, weight * value)))
    outside = big_sum(k, weight * cast(Term, Log(value)))
    return between(w, outside, inside, f"(Rules.jensen_logarithm {head} {sign})")


def weighted_am_gm(w: Writer) -> str:
    k, weight, value, head, inner, names = weighted_mean(w)
    sign = f"(fun {names} => {w.nonnegative(value, inner)})"
    left, right = big_product(k, power(value, weight)), big_sum(k, weight * value)
    return between(w, left, right, f"(Rules.weighted_am_gm {head} {sign})")


def mediant(w: Writer) -> str:
    a, b, c, d, u, v = (w.step.parameter(n, Term) for n in range(6))
    signs = [w.positive(b), w.positive(d), w.nonnegative(u), w.nonnegative(v), w.positive(u * b + v * d)]
    left, right = w.sides()
    middle = (u * a + v * c) / (u * b + v * d)
    arguments = " ".join([*map(w.text, (a, b, c, d, u, v)), *signs])
    for side, kind in ((left, "minimum"), (right, "maximum")):
        if isinstance(side, Extreme) and side.kind == kind:
            ends = cast(Term, Extreme(kind, a / b, c / d))
            pair = (ends, middle) if kind == "minimum" else (middle, ends)
            return between(w, *pair, f"(Rules.mediant_{kind} {arguments})")
    raise Unexported("a mediant")


def divergence_along_odds(w: Writer) -> str:
    given = w.step.parameter(0, Free)
    i, values, inner, names = w.at_new(given, *(w.step.parameter(n, Term) for n in (1, 2, 3)))
    target, before, after = values
    j = fresh(i.sort)
    both, more = inner.bind(j)
    head = [w.ctx.size(i.sort), *(w.function(i, value) for value in values)]
    for value in values:
        head.append(f"(fun {names} => {w.positive(value, inner)})")
        head.append(w.need(cast(Formula, Equal(big_sum(i, value), ONE))))

    def odds(value: Term) -> Term:
        return value / cast(Term, substitute(value, {i: j}))

    ends = (odds(before), odds(target))
    low = cast(Formula, AtMost(Extreme("minimum", *ends), odds(after)))
    high = cast(Formula, AtMost(odds(after), Extreme("maximum", *ends)))
    for bound in (low, high):
        head.append(f"(fun {names} {more} => {w.need(bound, ctx=both)})")

    def divergence(one: Term, other: Term) -> Term:
        return big_sum(i, one * cast(Term, Log(one / other)))

    pairs = ((divergence(target, after), divergence(target, before), "from"),
             (divergence(after, target), divergence(before, target), "to"))  # fmt: skip
    for one, other, kind in pairs:
        try:
            return between(w, one, other, f"(Rules.divergence_along_odds_{kind} {' '.join(head)})")
        except Unexported:
            continue
    raise Unexported("a divergence")


def entropy_of_tempered(w: Writer) -> str:
    given = w.step.parameter(0, Free)
    low, high = w.step.parameter(2, Term), w.step.parameter(3, Term)
    i, (value,), inner, names = w.at_new(given, w.step.parameter(1, Term))
    order = w.need(cast(Formula, AtMost(low, high)))
    sign = f"(fun {names} => {w.positive(value, inner)})"

    def entropy(temperature: Term) -> Term:
        raised = power(value, 1 / temperature)
        share = raised / big_sum(i, raised)
        return -big_sum(i, share * cast(Term, Log(share)))

    head = f"{w.ctx.size(i.sort)} {w.function(i, value)} {w.text(low)} {w.text(high)} {w.ctx.least(i.sort)}"
    proof = f"(Rules.entropy_of_tempered {head} {sign} {w.positive(low)} {order})"
    return between(w, entropy(low), entropy(high), proof)
