"""Cases for equations."""

from dataclasses import replace
from fractions import Fraction

from support.rules.setting import GOAL, WEIGHTS, Case, a, b, i, j, k, m, p, r, under, v, w, x, y, z

from axiomkd.kernel.combination import hole
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Defined,
    Different,
    Distinct,
    Equal,
    Exp,
    Extreme,
    Free,
    If,
    Less,
    Literal,
    Log,
    Permuted,
    Same,
    Size,
    big,
    big_product,
    big_sum,
    delta,
    multiply,
    power,
    term,
)

half, third = Fraction(1, 2), Fraction(1, 3)
choice = If(Less(x, y), v(a), w(a))
sums = [big_sum(k, p(k, outcome)) for outcome in (i, j)]
clash = big_sum(k, w(k) * Extreme("maximum", *sums))
greatest, least = (big(kind, k, v(k)) for kind in ("maximum", "minimum"))
three = replace(GOAL, sizes=(("teacher", 3), ("outcome", None)))


def permuted(index):
    return Permuted(index, "teacher", "pi")


ALGEBRA = {
    "a division by itself": Equal(x / x, ONE),
    "a square and its root": Equal(power(x * x, half), x),
    "the root of a negative number": Equal(power(-8, third), term(-2)),
    "zero to a negative power": Equal(power(0, -1), ZERO),
    "a number to a negative power of a thousand and more": Equal(power(2, -100_001), ONE),
    "a number to a power of a thousand and more": Equal(power(2, 100_001), ONE),
    "an odd power of minus one": Equal(power(-1, 3), ONE),
    "the size of a sort and its least size": Equal(Size("outcome"), term(2)),
    "a product of sums and a sum of products": Equal(WEIGHTS * big_sum(k, v(k)), big_sum(k, w(k) * v(k))),
    "sums over two sorts": Equal(big_sum(k, ONE), big_sum(i, ONE)),
    "the exponential of a sum": Equal(Exp(x + y), Exp(x) * Exp(y)),
    "the logarithm of a product": Equal(Log(x * y), Log(x) + Log(y)),
    "two indices, one for the other": Equal(v(k), v(b)),
    "a delta of two indices and one": Equal(delta(k, b), ONE),
    "a delta and its complement": Equal(If(Distinct(k, b), ONE, ZERO), delta(k, b)),
    "a delta summed over another index": Equal(big_sum(b, delta(k, a) * v(b)), v(a)),
    "a delta of a permuted index, summed": Equal(big_sum(k, delta(permuted(k), k) * v(k)), v(k)),
    "a maximum and a minimum": Equal(Extreme("maximum", x, y), Extreme("minimum", x, y)),
    "a maximum of sums that a delta makes one, under another sum": Equal(
        big_sum(j, clash * delta(i, j)), Size("teacher") * big_sum(k, w(k) * p(k, i))
    ),
    "branches of a comparison": Equal(choice, If(Less(y, x), v(a), w(a))),
    "a condition that is no comparison": Equal(If(Defined(0 / x), x, x), x),
    "a name that the kernel keeps for bound indices": Equal(
        multiply(WEIGHTS, w(Free("#0", "teacher"))), big_sum(k, w(k) * w(k))
    ),
}

TABLE = {
    "algebraic": [
        Case(
            "a binomial",
            Equal((x + y) * (x - y), x * x - y * y),
            but={name: {"conclusion": conclusion} for name, conclusion in ALGEBRA.items()},
        ),
        Case("sums exchanged", Equal(big_sum(k, big_sum(i, p(k, i))), big_sum(j, big_sum(b, p(b, j))))),
        Case("zero times anything", Equal(ZERO * power(x, -1), ZERO)),
        Case("the power zero", Equal(power(x, 0), ONE)),
        Case("a long power of a number", Equal(power(2, -1001) * power(2, 1001), ONE)),
        Case("a size and its inverse", Equal(Size("teacher") * power(Size("teacher"), -1), ONE)),
        Case("a sum over a delta", Equal(big_sum(k, delta(k, a) * v(k)), v(a))),
        Case("indices resolved by a delta", Equal(delta(i, j) * r(i), delta(j, i) * r(j))),
        Case(
            "a maximum of sums that a delta makes one",
            Equal(big_sum(j, clash * delta(i, j)), big_sum(k, w(k)) * big_sum(k, p(k, i))),
        ),
        Case(
            "a sum written out where the size is fixed",
            Equal(
                big_sum(k, v(k)),
                v(Literal(1, "teacher")) + v(Literal(2, "teacher")) + v(Literal(3, "teacher")),
            ),
            goal=three,
            but={
                "another size": {"goal": replace(GOAL, sizes=(("teacher", 4), ("outcome", None)))},
                "any size": {"goal": GOAL},
                "a term twice": {
                    "conclusion": Equal(
                        big_sum(k, v(k)), v(Literal(1, "teacher")) + 2 * v(Literal(2, "teacher"))
                    )
                },
            },
        ),
        Case(
            "a multiple of an equation",
            Equal(x * big_sum(k, w(k) * z), x * z),
            premises=(under(Equal(WEIGHTS, ONE), Less(ZERO, y)),),
            parameters=(-x * z * hole(0),),
            rests_on=(Less(ZERO, y),),
            but={
                "another multiple": {"parameters": (x * hole(0),)},
                "an inequality in its place": {"premises": (AtMost(WEIGHTS, ONE),)},
                "another equation": {"premises": (Equal(WEIGHTS, z),)},
                "a hole without a premise": {"parameters": (-x * z * hole(1),)},
                "a hole with an index too many": {"parameters": (-x * z * hole(0, k),)},
            },
        ),
        Case(
            "an equation for every index, inside a sum",
            Equal(big_sum(k, w(k) * v(k)), big_sum(k, w(k) * x)),
            premises=(Equal(v(b), x),),
            parameters=(-big_sum(k, w(k) * hole(0, k)),),
            but={
                "an equation for one index alone": {"premises": (Equal(v(a), x),)},
                "an equation under an assumption on its index": {
                    "premises": (under(Equal(v(b), x), Same(b, a)),)
                },
                "an index of another sort": {"parameters": (-big_sum(i, w(a) * hole(0, i)),)},
                "a template that is not zero where the equation holds": {
                    "parameters": (-big_sum(k, w(k) * hole(0, k)) + x,)
                },
            },
        ),
    ],
    "powers": [
        Case(
            "a power of a product",
            Equal(power(x * y, z), power(x, z) * power(y, z)),
            premises=(Less(ZERO, x), Less(ZERO, y)),
            but={
                "a factor that may be zero": {"premises": (Less(ZERO, x), AtMost(ZERO, y))},
                "a factor of unknown sign": {"premises": (Less(ZERO, x),)},
                "another exponent": {"conclusion": Equal(power(x * y, z), power(x, z) * power(y, x))},
                "exponents multiplied": {"conclusion": Equal(power(x, z) * power(x, y), power(x, z * y))},
                "a negative sign": {"conclusion": Equal(power(x * y, z), -(power(x, z) * power(y, z)))},
            },
        ),
        Case(
            "a product over an index",
            Equal(big_product(k, power(v(k), 2)), power(big_product(k, v(k)), 2)),
            premises=(Less(ZERO, v(k)),),
            but={
                "the sign for one index alone": {"premises": (Less(ZERO, v(a)),)},
                "an index of another sort": {
                    "conclusion": Equal(big_product(i, power(x, 2)), power(big_product(k, x), 2)),
                },
            },
        ),
        Case(
            "exponents that are equal by a premise",
            Equal(big_product(k, power(x, w(k))), x),
            premises=(Less(ZERO, x), Equal(WEIGHTS, ONE)),
            parameters=(-Log(x) * hole(1),),
            but={
                "weights of another sum": {"premises": (Less(ZERO, x), Equal(WEIGHTS, z))},
                "weights of at most one": {"premises": (Less(ZERO, x), AtMost(WEIGHTS, ONE))},
            },
        ),
        Case("an exponential of a logarithm", Equal(Exp(z * Log(x)), power(x, z)), premises=(Less(ZERO, x),)),
        Case(
            "a root of a number",
            Equal(power(4, half), term(2)),
            but={
                "the negative root": {"conclusion": Equal(power(4, half), term(-2))},
                "a root of a negative number": {"conclusion": Equal(power(-8, third), term(-2))},
            },
        ),
    ],
    "logarithms": [
        Case(
            "the logarithm of a quotient",
            Equal(Log(x / y), Log(x) - Log(y)),
            premises=(Less(ZERO, x), Less(ZERO, y)),
            but={
                "a denominator that may be zero": {"premises": (Less(ZERO, x), AtMost(ZERO, y))},
                "nothing known of the numerator": {"premises": (Less(ZERO, y),)},
                "the logarithm of a sum": {"conclusion": Equal(Log(x + y), Log(x) + Log(y))},
                "a product of logarithms": {"conclusion": Equal(Log(x * y), Log(x) * Log(y))},
            },
        ),
        Case(
            "the logarithm of an exponential",
            Equal(Log(Exp(z)), z),
            but={
                "the exponential of a logarithm": {"conclusion": Equal(Exp(Log(z)), z)},
            },
        ),
        Case("a logarithm that stays as it is", Equal(2 * Log(z), Log(z) + Log(z))),
    ],
    "congruence": [
        Case(
            "under a maximum",
            Equal(big("maximum", k, Exp(v(k))), big("maximum", k, Exp(w(k)))),
            premises=(Equal(v(b), w(b)),),
            but={
                "equal at one index alone": {"premises": (Equal(v(a), w(a)),)},
                "equal under an assumption on the index": {
                    "premises": (under(Equal(v(b), w(b)), Same(b, a)),)
                },
                "another function": {
                    "conclusion": Equal(big("maximum", k, Exp(v(k))), big("maximum", k, Log(w(k))))
                },
                "another extremum": {
                    "conclusion": Equal(big("maximum", k, Exp(v(k))), big("minimum", k, Exp(w(k))))
                },
                "an inequality": {"premises": (AtMost(v(b), w(b)),)},
            },
        ),
        Case(
            "inside a condition",
            Equal(If(Less(x, z), ONE, ZERO), If(Less(y, z), ONE, ZERO)),
            premises=(Equal(y, x),),
            but={
                "a condition that definedness decides": {
                    "conclusion": Equal(If(Defined(x), ONE, ZERO), If(Defined(y), ONE, ZERO))
                },
                "another relation": {
                    "conclusion": Equal(If(Less(x, z), ONE, ZERO), If(AtMost(y, z), ONE, ZERO))
                },
                "another index": {"conclusion": Equal(If(Same(k, a), ONE, ZERO), If(Same(b, a), ONE, ZERO))},
            },
        ),
    ],
    "reindexing": [
        Case(
            "a sum over a permuted index",
            Equal(big_sum(k, v(permuted(k))), big_sum(k, v(k))),
            parameters=("pi",),
            but={
                "a permutation that the goal does not have": {"parameters": ("sigma",)},
                "an index permuted once of twice": {
                    "conclusion": Equal(big_sum(k, v(permuted(k)) * w(k)), big_sum(k, v(k) * w(k)))
                },
                "a sum and a product": {
                    "conclusion": Equal(big_sum(k, v(permuted(k))), big_product(k, v(k)))
                },
                "a single index": {"conclusion": Equal(v(permuted(k)), v(k))},
                "no permutation": {"parameters": ()},
            },
        ),
    ],
    "power_of_zero": [
        Case(
            "a positive power",
            Equal(power(x, y), ZERO),
            premises=(Equal(x, ZERO), Less(ZERO, y)),
            but={
                "a power that may be zero": {"premises": (Equal(x, ZERO), AtMost(ZERO, y))},
                "a base that is not zero": {"premises": (Equal(x, ONE), Less(ZERO, y))},
                "another value": {"conclusion": Equal(power(x, y), ONE)},
            },
        ),
        Case(
            "of the number zero",
            Equal(power(ZERO, half), ZERO),
            but={
                "the power zero": {"conclusion": Equal(power(ZERO, ZERO), ZERO)},
                "a negative power": {"conclusion": Equal(power(ZERO, -1), ZERO)},
            },
        ),
    ],
    "product_with_zero": [
        Case(
            "one factor zero",
            Equal(big_product(k, v(k)), ZERO),
            premises=(Equal(v(a), ZERO),),
            parameters=(a,),
            but={
                "another factor": {"parameters": (b,)},
                "a sum": {"conclusion": Equal(big_sum(k, v(k)), ZERO)},
                "another value": {"conclusion": Equal(big_product(k, v(k)), ONE)},
                "a factor one": {"premises": (Equal(v(a), ONE),)},
                "an index of another sort": {"parameters": (m,)},
            },
        ),
    ],
    "extremum_of_constant": [
        Case(
            "of a constant",
            Equal(big("minimum", k, x), x),
            but={
                "of a term with the index": {"conclusion": Equal(big("minimum", k, v(k)), v(k))},
                "a sum": {"conclusion": Equal(big_sum(k, x), x)},
                "another constant": {"conclusion": Equal(big("minimum", k, x), y)},
            },
        ),
    ],
    "extremum_of_multiple": [
        Case(
            "a nonnegative factor of a maximum",
            Equal(big("maximum", k, x * v(k)), x * greatest),
            premises=(AtMost(ZERO, x),),
            parameters=(k, x, v(k)),
            but={
                "a factor of unknown sign": {"premises": ()},
                "a minimum in its place": {"conclusion": Equal(big("maximum", k, x * v(k)), x * least)},
                "a factor with the index": {
                    "conclusion": Equal(big("maximum", k, w(k) * v(k)), w(k) * greatest),
                    "parameters": (k, w(k), v(k)),
                    "premises": (AtMost(ZERO, w(k)),),
                },
                "a sum": {"conclusion": Equal(big_sum(k, x * v(k)), x * big_sum(k, v(k)))},
                "another term": {"parameters": (k, x, w(k))},
                "the extremum of another term": {
                    "conclusion": Equal(big("maximum", k, x * v(k)), x * big("maximum", k, w(k))),
                    "parameters": (k, x, w(k)),
                },
                "the rules for a negative factor": {
                    "conclusion": Equal(big("maximum", k, x * v(k)), x * least),
                    "premises": (),
                },
                "an index of another sort": {"parameters": (i, x, v(k))},
            },
        ),
        Case(
            "a nonpositive factor of a maximum",
            Equal(big("maximum", k, -v(k)), -least),
            parameters=(k, term(-1), v(k)),
            but={"a maximum in its place": {"conclusion": Equal(big("maximum", k, -v(k)), -greatest)}},
        ),
    ],
    "branch": [
        Case(
            "the condition holds",
            Equal(choice, v(a)),
            premises=(Less(x, y),),
            but={
                "the other branch": {"conclusion": Equal(choice, w(a))},
                "a weaker condition": {"premises": (AtMost(x, y),)},
                "the condition turned round": {"premises": (Less(y, x),)},
                "nothing known of it": {"premises": ()},
                "neither branch": {"conclusion": Equal(choice, x)},
            },
        ),
        Case(
            "the condition does not hold",
            Equal(choice, w(a)),
            premises=(AtMost(y, x),),
            but={
                "it may hold": {"premises": (AtMost(x, y),)},
                "neither branch": {"conclusion": Equal(choice, x)},
                "an equation as condition": {
                    "conclusion": Equal(If(Equal(x, y), v(a), w(a)), w(a)),
                },
            },
        ),
        Case(
            "both branches are the same",
            Equal(If(Less(x, y), v(a), v(a)), v(a)),
            but={
                "the branches differ": {"conclusion": Equal(If(Less(x, y), v(a), w(a)), v(a))},
                "neither branch": {"conclusion": Equal(If(Less(x, y), v(a), v(a)), x)},
            },
        ),
        Case(
            "an index is the same as itself",
            Equal(If(Same(k, k), x, y), x),
            but={
                "as another": {"conclusion": Equal(If(Same(k, b), x, y), x)},
                "distinct from itself": {"conclusion": Equal(If(Distinct(k, k), x, y), x)},
            },
        ),
        Case(
            "indices are distinct",
            Equal(delta(k, b), ZERO),
            premises=(Distinct(b, k),),
            but={
                "nothing known of them": {"premises": ()},
                "distinct from a third": {"premises": (Distinct(b, a),)},
            },
        ),
    ],
    "antisymmetry": [
        Case(
            "each at most the other",
            Equal(x, y),
            premises=(AtMost(x, y), AtMost(y, x)),
            but={
                "one of them alone": {"premises": (AtMost(x, y),)},
                "through a third": {"premises": (AtMost(x, z), AtMost(y, x))},
                "different": {"premises": (AtMost(x, y), Different(y, x))},
            },
        ),
    ],
}
