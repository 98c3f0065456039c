"""Cases for definedness, continuity and limits."""

from dataclasses import replace
from fractions import Fraction

from support.rules.setting import GOAL, WEIGHTS, Case, a, b, i, j, k, m, p, r, t, under, v, w, x, y, z

from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Continuous,
    Defined,
    Different,
    Distinct,
    Equal,
    Exp,
    Extreme,
    If,
    Less,
    Log,
    Same,
    Size,
    Tends,
    big_product,
    big_sum,
    delta,
    power,
    term,
)

half = Fraction(1, 2)
infinite, small = (replace(GOAL, limit=("t", end)) for end in ("infinity", "zero"))
ordered = under(Less(r(j), r(m)), Distinct(j, m))
share = power(r(i), 1 / t) / big_sum(j, power(r(j), 1 / t))
moving_share = power(t * r(i), 1 / t) / big_sum(j, power(t * r(j), 1 / t))
best = (j, r(j), m, i, t)
inside = big_sum(k, w(k) * p(k, i))
simplex = (AtMost(ZERO, w(k)), Equal(WEIGHTS, ONE))
named_as_a_sort = replace(
    infinite, variables=(*GOAL.variables, ("outcome", ())), limit=("outcome", "infinity")
)

TABLE = {
    "defined": [
        Case(
            "a quotient and a logarithm",
            Defined(Log(x) / y),
            premises=(Less(ZERO, x), Different(y, ZERO)),
            but={
                "a denominator of which nothing is known": {"premises": (Less(ZERO, x),)},
                "a denominator that may be zero": {"premises": (Less(ZERO, x), AtMost(ZERO, y))},
                "the logarithm of what may be zero": {"premises": (AtMost(ZERO, x), Different(y, ZERO))},
                "the logarithm of what is not zero": {"premises": (Different(x, ZERO), Different(y, ZERO))},
                "zero times it": {"conclusion": Defined(ZERO * Log(z))},
                "a square of it": {"conclusion": Defined(power(Log(z), 2))},
                "in an exponent": {"conclusion": Defined(power(2, Log(z)))},
                "inside a logarithm": {"conclusion": Defined(Log(Exp(Log(z))))},
                "in a condition": {"conclusion": Defined(If(Less(Log(z), ONE), ONE, ONE))},
                "in a first branch": {"conclusion": Defined(If(Same(k, a), Log(z), ONE))},
                "in a second branch": {"conclusion": Defined(If(Same(k, a), ONE, Log(z)))},
            },
        ),
        Case(
            "a power of a nonnegative number",
            Defined(power(x, y)),
            premises=(AtMost(ZERO, x), AtMost(ZERO, y)),
            but={
                "an exponent of unknown sign": {"premises": (AtMost(ZERO, x),)},
                "a base of unknown sign": {"premises": (AtMost(ZERO, y),)},
            },
        ),
        Case(
            "inside a sum",
            Defined(big_sum(k, x / v(k))),
            premises=(Less(ZERO, v(k)),),
            but={
                "a denominator positive at one index": {"premises": (Less(ZERO, v(a)),)},
                "a branch outside its domain": {
                    "conclusion": Defined(big_sum(k, If(Same(k, a), x / v(k), Log(z))))
                },
            },
        ),
    ],
    "defined_part": [
        Case(
            "a denominator of a defined term",
            Different(v(a), ZERO),
            premises=(under(Defined(big_sum(k, x / v(k))), Less(ONE, y)),),
            rests_on=(Less(ONE, y),),
            but={
                "that it is positive": {"conclusion": Less(ZERO, v(a))},
                "a numerator": {"conclusion": Different(x, ZERO)},
                "a denominator in one branch": {
                    "premises": (Defined(big_sum(k, If(Same(k, a), x / v(k), x))),)
                },
                "a natural power": {"premises": (Defined(big_sum(k, x * power(v(k), 2))),)},
                "no definedness": {"premises": (Less(ZERO, v(k)),)},
            },
        ),
        Case(
            "the argument of a logarithm",
            Less(ZERO, x),
            premises=(Defined(y * Log(x)),),
            but={"that of an exponential": {"premises": (Defined(y * Exp(x)),)}},
        ),
        Case(
            "the base of a broken negative power",
            Less(ZERO, x),
            premises=(Defined(power(x, -half)),),
            but={
                "of a broken positive power": {"premises": (Defined(power(x, half)),)},
                "of a whole negative power": {"premises": (Defined(power(x, -2)),)},
            },
        ),
    ],
    "continuous": [
        Case(
            "a normalised mass",
            Continuous(r(i) / big_sum(j, r(j))),
            premises=(Less(ZERO, r(i)),),
            but={
                "a denominator that may be zero": {"premises": (AtMost(ZERO, r(i)),)},
                "an assumption": {"premises": (under(Less(ZERO, r(i)), Less(ZERO, x)),)},
                "a sign at one index alone": {"premises": (Less(ZERO, r(m)),)},
                "the logarithm of what may be negative": {"conclusion": Continuous(Log(x - y))},
                "a square of what may jump": {"conclusion": Continuous(power(1 / z, 2))},
                "an exponent that may jump": {"conclusion": Continuous(power(2, 1 / z))},
                "the logarithm of what may jump": {"conclusion": Continuous(Log(Exp(1 / z)))},
                "a sum of what may jump": {"conclusion": Continuous(big_sum(k, 1 / v(k)))},
                "a first branch that may jump": {"conclusion": Continuous(If(Same(k, a), 1 / z, y))},
                "a second branch that may jump": {"conclusion": Continuous(If(Same(k, a), y, 1 / z))},
            },
        ),
        Case(
            "a positive power of a nonnegative number",
            Continuous(power(x, y)),
            premises=(AtMost(ZERO, x), Less(ZERO, y)),
            but={
                "a power that may be zero": {"premises": (AtMost(ZERO, x), AtMost(ZERO, y))},
                "a base of unknown sign": {"premises": (Less(ZERO, y),)},
            },
        ),
        Case(
            "a nonnegative number to its own power",
            Continuous(power(x, x)),
            premises=(AtMost(ZERO, x),),
            but={
                "a number of unknown sign": {"premises": ()},
                "its double as the exponent": {"conclusion": Continuous(power(x, 2 * x))},
            },
        ),
        Case(
            "a choice between indices",
            Continuous(If(Same(k, a), x, y)),
            but={
                "a choice by a comparison": {"conclusion": Continuous(If(Less(x, y), x, y))},
            },
        ),
        Case(
            "a maximum",
            Continuous(Extreme("maximum", x, y)),
            but={
                "a quotient of it": {"conclusion": Continuous(1 / Extreme("maximum", x, y))},
            },
        ),
    ],
    "limit": [
        Case(
            "part by part",
            Tends(x * power(y, 1 / t) + z, x * ONE + z),
            premises=(Tends(power(y, 1 / t), ONE),),
            goal=infinite,
            but={
                "another limit": {"conclusion": Tends(x * power(y, 1 / t) + z, x * ONE + y)},
                "a limit that moves": {"conclusion": Tends(x * power(y, 1 / t) + z, x * ONE + t)},
                "a part whose limit is unknown": {"conclusion": Tends(x * power(y, 1 / t) + t, x * ONE + z)},
                "an assumption on the limit variable": {
                    "premises": (under(Tends(power(y, 1 / t), ONE), Less(t, ONE)),)
                },
                "a goal without a limit": {"goal": GOAL},
                "a square of what has no known limit": {"conclusion": Tends(power(t, 2), power(z, 2))},
                "an exponent without known limit": {"conclusion": Tends(power(2, t), power(2, z))},
                "a maximum of what has no known limit": {
                    "conclusion": Tends(Extreme("maximum", t, ONE), Extreme("maximum", z, ONE))
                },
                "a first branch without known limit": {
                    "conclusion": Tends(If(Same(k, a), t, ONE), If(Same(k, a), z, ONE))
                },
                "a second branch without known limit": {
                    "conclusion": Tends(If(Same(k, a), ONE, t), If(Same(k, a), ONE, z))
                },
            },
        ),
        Case(
            "a quotient",
            Tends(ONE / power(y, 1 / t), ONE / x),
            premises=(Tends(power(y, 1 / t), x), Different(x, ZERO)),
            goal=infinite,
            but={
                "a limit of the denominator that may be zero": {
                    "premises": (Tends(power(y, 1 / t), x), AtMost(ZERO, x))
                },
                "a denominator that is not zero, with a limit that may be": {
                    "premises": (Tends(power(y, 1 / t), x), Different(power(y, 1 / t), ZERO))
                },
            },
        ),
        Case(
            "what may vanish to its own power",
            Tends(power(v(a), v(a)), power(x, x)),
            premises=(Tends(v(a), x), AtMost(ZERO, v(a)), AtMost(ZERO, x)),
            goal=small,
            but={
                "a base of unknown sign": {"premises": (Tends(v(a), x), AtMost(ZERO, x))},
                "a limit of unknown sign": {"premises": (Tends(v(a), x), AtMost(ZERO, v(a)))},
                "another number to that power": {
                    "conclusion": Tends(power(w(a), v(a)), power(x, x)),
                    "premises": (
                        Tends(v(a), x),
                        Tends(w(a), x),
                        AtMost(ZERO, v(a)),
                        AtMost(ZERO, w(a)),
                        AtMost(ZERO, x),
                    ),
                },
            },
        ),
        Case(
            "a power that moves, of what may vanish",
            Tends(power(v(a), w(a)), power(x, y)),
            premises=(
                Tends(v(a), x),
                Tends(w(a), y),
                AtMost(ZERO, v(a)),
                AtMost(ZERO, x),
                Less(ZERO, y),
            ),
            goal=small,
            but={
                "a limit of the exponent that may be zero": {
                    "premises": (
                        Tends(v(a), x),
                        Tends(w(a), y),
                        AtMost(ZERO, v(a)),
                        AtMost(ZERO, x),
                        AtMost(ZERO, y),
                    )
                },
                "a base of unknown sign": {
                    "premises": (Tends(v(a), x), Tends(w(a), y), AtMost(ZERO, x), Less(ZERO, y))
                },
                "a limit of the base of unknown sign": {
                    "premises": (Tends(v(a), x), Tends(w(a), y), AtMost(ZERO, v(a)), Less(ZERO, y))
                },
            },
        ),
        Case(
            "a logarithm",
            Tends(Log(v(a)), Log(x)),
            premises=(Tends(v(a), x), Less(ZERO, x)),
            goal=small,
            but={
                "a limit that may be zero": {"premises": (Tends(v(a), x), AtMost(ZERO, x))},
                "of what has no known limit": {"premises": (Less(ZERO, x),)},
                "a choice by a comparison": {
                    "conclusion": Tends(If(Less(x, v(a)), v(a), ONE), If(Less(x, v(a)), x, ONE))
                },
            },
        ),
        Case(
            "under a sum",
            Tends(big_sum(k, v(k)), big_sum(k, w(k))),
            premises=(Tends(v(k), w(k)),),
            goal=small,
            but={
                "one term alone": {"premises": (Tends(v(a), w(a)),)},
                "a product in the limit": {"conclusion": Tends(big_sum(k, v(k)), big_product(k, w(k)))},
            },
        ),
    ],
    "limit_of_equal": [
        Case(
            "both sides replaced",
            Tends(x, y),
            premises=(Tends(v(a), z), Equal(x, v(a)), Equal(z, y)),
            parameters=(v(a), z),
            goal=small,
            but={
                "a term that is not known to be equal": {"premises": (Tends(v(a), z), Equal(z, y))},
                "an inequality": {"premises": (Tends(v(a), z), AtMost(x, v(a)), Equal(z, y))},
                "another limit": {"premises": (Tends(v(a), w(a)), Equal(x, v(a)), Equal(z, y))},
                "a limit that moves": {
                    "conclusion": Tends(x, t),
                    "premises": (Tends(v(a), z), Equal(x, v(a)), Equal(z, t)),
                },
                "an equation under an assumption on the limit variable": {
                    "premises": (Tends(v(a), z), under(Equal(x, v(a)), Less(t, ONE)), Equal(z, y))
                },
            },
        ),
    ],
    "limit_of_eventually_equal": [
        Case(
            "a branch that is taken in the end",
            Tends(x, y),
            premises=(
                Tends(v(a), y),
                Tends(w(a), z),
                Tends(w(b), v(b)),
                Less(z, v(b)),
                under(Equal(x, v(a)), Less(w(a), w(b))),
            ),
            parameters=(v(a), w(a), z, w(b), v(b)),
            goal=small,
            but={
                "sides with one limit": {
                    "premises": (
                        Tends(v(a), y),
                        Tends(w(a), z),
                        Tends(w(b), z),
                        AtMost(z, z),
                        under(Equal(x, v(a)), Less(w(a), w(b))),
                    ),
                    "parameters": (v(a), w(a), z, w(b), z),
                },
                "a weak order of the limits": {
                    "premises": (
                        Tends(v(a), y),
                        Tends(w(a), z),
                        Tends(w(b), v(b)),
                        AtMost(z, v(b)),
                        under(Equal(x, v(a)), Less(w(a), w(b))),
                    )
                },
                "a side without a limit": {
                    "premises": (
                        Tends(v(a), y),
                        Tends(w(a), z),
                        Less(z, v(b)),
                        under(Equal(x, v(a)), Less(w(a), w(b))),
                    )
                },
                "one more assumption on the limit variable": {
                    "premises": (
                        Tends(v(a), y),
                        Tends(w(a), z),
                        Tends(w(b), v(b)),
                        Less(z, v(b)),
                        under(Equal(x, v(a)), Less(w(a), w(b)), Less(t, ONE)),
                    )
                },
                "a limit of a side that moves": {
                    "premises": (
                        Tends(v(a), y),
                        Tends(w(a), z),
                        Tends(w(b), t),
                        Less(z, t),
                        under(Equal(x, v(a)), Less(w(a), w(b))),
                    ),
                    "parameters": (v(a), w(a), z, w(b), t),
                },
            },
        ),
    ],
    "root_tends_to_one": [
        Case(
            "of a positive number",
            Tends(power(x, 1 / t), ONE),
            premises=(Less(ZERO, x),),
            parameters=(x, t),
            goal=infinite,
            but={
                "of a number that may be zero": {"premises": (AtMost(ZERO, x),)},
                "towards zero": {"goal": small},
                "an assumption on the limit variable": {"premises": (under(Less(ZERO, x), Less(t, ONE)),)},
                "the power itself": {"conclusion": Tends(power(x, t), ONE)},
                "another limit": {"conclusion": Tends(power(x, 1 / t), ZERO)},
                "a base that moves": {
                    "conclusion": Tends(power(t, 1 / t), ONE),
                    "premises": (Less(ZERO, t),),
                    "parameters": (t, t),
                },
                "another variable": {"conclusion": Tends(power(x, 1 / y), ONE), "parameters": (x, y)},
                "a size named like the limit variable": {
                    "conclusion": Tends(power(x, 1 / Size("outcome")), ONE),
                    "parameters": (x, Size("outcome")),
                    "goal": named_as_a_sort,
                },
            },
        ),
    ],
    "softmax_tends_to_argmax": [
        Case(
            "one outcome above all others",
            Tends(share, delta(i, m)),
            premises=(Less(ZERO, r(j)), ordered),
            parameters=best,
            goal=small,
            but={
                "two outcomes that may be equal": {
                    "premises": (Less(ZERO, r(j)), under(AtMost(r(j), r(m)), Distinct(j, m)))
                },
                "without the outcome being another": {"premises": (Less(ZERO, r(j)), Less(r(b), r(m)))},
                "a further assumption on the outcome": {
                    "premises": (Less(ZERO, r(j)), under(Less(r(j), r(m)), Distinct(j, m), Less(x, r(j))))
                },
                "above one other outcome": {
                    "premises": (Less(ZERO, r(j)), under(Less(r(i), r(m)), Distinct(j, m)))
                },
                "masses that may be zero": {"premises": (AtMost(ZERO, r(j)), ordered)},
                "the other direction": {"goal": infinite},
                "another variable in the exponent": {
                    "conclusion": Tends(power(r(i), 1 / x) / big_sum(j, power(r(j), 1 / x)), delta(i, m)),
                    "parameters": (j, r(j), m, i, x),
                },
                "another power below": {
                    "conclusion": Tends(power(r(i), 1 / t) / big_sum(j, power(r(j), 2 / t)), delta(i, m)),
                },
                "masses that move": {
                    "conclusion": Tends(moving_share, delta(i, m)),
                    "premises": (Less(ZERO, t * r(j)), under(Less(t * r(j), t * r(m)), Distinct(j, m))),
                    "parameters": (j, t * r(j), m, i, t),
                },
                "an assumption on the limit variable": {
                    "premises": (under(Less(ZERO, r(j)), Less(t, ONE)), ordered)
                },
                "another outcome": {"conclusion": Tends(share, delta(i, j))},
                "the limit one": {"conclusion": Tends(share, ONE)},
            },
        ),
    ],
    "squeeze": [
        Case(
            "between two with the same limit",
            Tends(x, ZERO),
            premises=(Tends(v(a), ZERO), AtMost(v(a), x), Tends(w(a), ZERO), AtMost(x, w(a))),
            parameters=(v(a), w(a)),
            goal=infinite,
            but={
                "two limits": {
                    "premises": (Tends(v(a), term(-1)), AtMost(v(a), x), Tends(w(a), ZERO), AtMost(x, w(a)))
                },
                "one bound alone": {"premises": (Tends(v(a), ZERO), AtMost(v(a), x), Tends(w(a), ZERO))},
                "the bounds turned round": {"parameters": (w(a), v(a))},
                "a limit that moves": {
                    "conclusion": Tends(x, t),
                    "premises": (Tends(v(a), t), AtMost(v(a), x), Tends(w(a), t), AtMost(x, w(a))),
                },
                "a bound for one value of the limit variable": {
                    "premises": (
                        Tends(v(a), ZERO),
                        under(AtMost(v(a), x), Equal(t, ONE)),
                        Tends(w(a), ZERO),
                        AtMost(x, w(a)),
                    )
                },
            },
        ),
    ],
}
