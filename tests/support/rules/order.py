"""Cases for inequalities."""

from support.rules.setting import Case, a, b, i, k, m, other_sides, p, r, under, v, w, x, y, z

from axiomkd.kernel.combination import hole
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Defined,
    Different,
    Equal,
    Exp,
    Extreme,
    If,
    Less,
    Log,
    Same,
    big,
    big_product,
    big_sum,
    power,
    term,
)

greatest, least = (big(kind, k, v(k)) for kind in ("maximum", "minimum"))
total = big_sum(k, v(k))
signed = (AtMost(ZERO, v(k)), Less(ZERO, v(a)))

TABLE = {
    "sign_of_parts": [
        Case(
            "a sum of a positive and a nonnegative number",
            Less(ZERO, x + y),
            premises=(Less(ZERO, x), AtMost(ZERO, y)),
            but={
                "two nonnegative numbers": {"premises": (AtMost(ZERO, x), AtMost(ZERO, y))},
                "a number of unknown sign": {"premises": (Less(ZERO, x),)},
                "a difference": {"conclusion": Less(ZERO, x - y)},
                "above another number than zero": {"conclusion": Less(ONE, x + y)},
                "the product": {"conclusion": Less(ZERO, x * y)},
                "that it differs from zero": {"conclusion": Different(ZERO, x + y)},
            },
        ),
        Case(
            "an even power",
            AtMost(ZERO, power(z, 2)),
            but={
                "an odd power": {"conclusion": AtMost(ZERO, power(z, 3))},
                "a strict sign": {"conclusion": Less(ZERO, power(z, 2))},
                "a negative even power": {"conclusion": AtMost(ZERO, power(z, -2))},
                "a broken power": {"conclusion": AtMost(ZERO, power(z, term(2) / 3))},
            },
        ),
        Case(
            "a power of a nonnegative number",
            AtMost(ZERO, power(x, y)),
            premises=(AtMost(ZERO, x), AtMost(ZERO, y)),
            but={
                "an exponent of unknown sign": {"premises": (AtMost(ZERO, x),)},
                "a base of unknown sign": {"premises": (AtMost(ZERO, y),)},
                "a strict sign": {"conclusion": Less(ZERO, power(x, y))},
            },
        ),
        Case("a power of a positive number", Less(ZERO, power(x, z)), premises=(Less(ZERO, x),)),
        Case(
            "a maximum of which one argument is positive",
            Less(ZERO, Extreme("maximum", x, z)),
            premises=(Less(ZERO, x),),
            but={"a minimum": {"conclusion": Less(ZERO, Extreme("minimum", x, z))}},
        ),
        Case(
            "a case distinction of two positive numbers",
            Less(ZERO, If(Less(z, ONE), x, y)),
            premises=(Less(ZERO, x), Less(ZERO, y)),
            but={"one of them nonnegative": {"premises": (Less(ZERO, x), AtMost(ZERO, y))}},
        ),
        Case(
            "a sum over an index",
            Less(ZERO, total),
            premises=(Less(ZERO, v(b)),),
            but={
                "one term positive": {"premises": (Less(ZERO, v(a)),)},
                "an assumption on the index": {"premises": (under(Less(ZERO, v(b)), Same(b, a)),)},
                "a logarithm": {"conclusion": Less(ZERO, Log(total))},
            },
        ),
    ],
    "sum_with_positive_term": [
        Case(
            "one positive term, none negative",
            Less(ZERO, total),
            premises=signed,
            parameters=(a,),
            but={
                "no term positive": {"premises": (AtMost(ZERO, v(k)),)},
                "the others of unknown sign": {"premises": (Less(ZERO, v(a)),)},
                "another term": {"parameters": (b,)},
                "a product": {"conclusion": Less(ZERO, big_product(k, v(k)))},
                "an index of another sort": {"parameters": (m,)},
            },
        ),
    ],
    "term_of_sum": [
        Case(
            "one term of a sum",
            AtMost(v(a), total),
            premises=(AtMost(ZERO, v(k)),),
            parameters=(a,),
            but={
                "terms of unknown sign": {"premises": ()},
                "another term": {"conclusion": AtMost(w(a), total)},
                "strictly": {"conclusion": Less(v(a), total)},
                "a product": {"conclusion": AtMost(v(a), big_product(k, v(k)))},
                "the sum below the term": {"conclusion": AtMost(total, v(a))},
                "an index of another sort": {"parameters": (m,)},
            },
        ),
    ],
    "maximum_with_positive_term": [
        Case(
            "one positive term",
            Less(ZERO, greatest),
            premises=(Less(ZERO, v(a)),),
            parameters=(a,),
            but={
                "a nonnegative term": {"premises": (AtMost(ZERO, v(a)),)},
                "a minimum": {"conclusion": Less(ZERO, least)},
                "a sum": {"conclusion": Less(ZERO, total)},
                "another term": {"parameters": (b,)},
            },
        ),
    ],
    "positive_unless_zero": [
        Case(
            "nonnegative and not zero",
            Less(ZERO, x),
            premises=(AtMost(ZERO, x), Different(x, ZERO)),
            but={
                "nonnegative alone": {"premises": (AtMost(ZERO, x),)},
                "not zero alone": {"premises": (Different(x, ZERO),)},
                "not one": {"premises": (AtMost(ZERO, x), Different(x, ONE))},
                "above one": {"conclusion": Less(ONE, x)},
            },
        ),
    ],
    "chain": [
        Case(
            "a strict link among weak ones",
            Less(x, w(a)),
            premises=(AtMost(x, y), Less(y, z), Equal(w(a), z)),
            parameters=(y, z),
            but={
                "no strict link": {"premises": (AtMost(x, y), AtMost(y, z), Equal(w(a), z))},
                "a link turned round": {"premises": (AtMost(y, x), Less(y, z), Equal(w(a), z))},
                "a link missing": {"parameters": (y,)},
                "an equation from it": {"conclusion": Equal(x, w(a))},
                "the end before the beginning": {"conclusion": Less(w(a), x)},
            },
        ),
        Case(
            "equations",
            Equal(x, z),
            premises=(Equal(x, y), Equal(z, y)),
            parameters=(y,),
            but={
                "one of them an inequality": {"premises": (Equal(x, y), AtMost(y, z))},
                "that they differ": {"conclusion": Different(x, z)},
                "one of them a difference": {"premises": (Equal(x, y), Different(z, y))},
            },
        ),
    ],
    "combination": [
        Case(
            "twice one difference and once another",
            AtMost(2 * x + z, 2 * y + ONE),
            premises=(AtMost(x, y), AtMost(z, ONE)),
            parameters=(2 * hole(0) + hole(1),),
            but={
                "strictly": {"conclusion": Less(2 * x + z, 2 * y + ONE)},
                "a negative multiplier": {
                    "conclusion": AtMost(y + z, x + ONE),
                    "parameters": (-hole(0) + hole(1),),
                },
                "another multiplier": {"parameters": (3 * hole(0) + hole(1),)},
                "a premise turned round": {"premises": (AtMost(y, x), AtMost(z, ONE))},
                "a difference for a premise": {"premises": (Different(x, y), AtMost(z, ONE))},
                "definedness for a premise": {"premises": (Defined(y - x), AtMost(z, ONE))},
                "a term without a sign": {"parameters": (2 * hole(0) + hole(1) + (x - x),)},
                "a hole for no premise": {"parameters": (2 * hole(0) + hole(2),)},
                "an equation": {"conclusion": Equal(2 * x + z, 2 * y + ONE)},
            },
        ),
        Case(
            "a strict difference with a positive multiplier",
            Less(x * z, y * z),
            premises=(Less(x, y), Less(ZERO, z)),
            parameters=(z * hole(0),),
            but={
                "a nonnegative multiplier": {"premises": (Less(x, y), AtMost(ZERO, z))},
                "a multiplier of unknown sign": {"premises": (Less(x, y),)},
                "a weak difference": {"premises": (AtMost(x, y), Less(ZERO, z))},
            },
        ),
        Case(
            "a product of two differences",
            AtMost(ZERO, (y - x) * (ONE - z)),
            premises=(AtMost(x, y), AtMost(z, ONE)),
            parameters=(hole(0) * hole(1),),
            but={
                "a difference inside an exponential": {
                    "conclusion": AtMost(ZERO, Exp(y - x) - 1),
                    "parameters": (Exp(hole(0)) - 1,),
                },
                "one of the two strict": {"conclusion": Less(ZERO, (y - x) * (ONE - z))},
            },
        ),
        Case(
            "a multiple of an equation, of whatever sign",
            AtMost(x * z, y * z),
            premises=(Equal(x, y),),
            parameters=(z * hole(0),),
            but={"strictly": {"conclusion": Less(x * z, y * z)}},
        ),
        Case(
            "a difference at every index, under a sum",
            AtMost(big_sum(k, w(k) * v(k)), big_sum(k, w(k) * x)),
            premises=(AtMost(v(b), x), AtMost(ZERO, w(b))),
            parameters=(big_sum(k, w(k) * hole(0, k)),),
            but={
                "a difference at one index alone": {"premises": (AtMost(v(a), x), AtMost(ZERO, w(b)))},
                "a difference under an assumption on its index": {
                    "premises": (under(AtMost(v(b), x), Same(b, a)), AtMost(ZERO, w(b)))
                },
                "weights of unknown sign": {"premises": (AtMost(v(b), x),)},
                "the difference at a fixed index": {"parameters": (big_sum(k, w(k) * hole(0, a)),)},
                "a product over the index": {"parameters": (big_product(k, w(k) * hole(0, k)),)},
                "an index of another sort": {"parameters": (big_sum(i, r(i) * hole(0, i)),)},
            },
        ),
    ],
    "power_of_base": [
        Case(
            "a nonnegative exponent",
            AtMost(power(x, z), power(y, z)),
            premises=(AtMost(x, y), AtMost(ZERO, x), AtMost(ZERO, z)),
            but={
                "strictly": {"conclusion": Less(power(x, z), power(y, z))},
                "a base of unknown sign": {"premises": (AtMost(x, y), AtMost(ZERO, z))},
                "the greater base alone nonnegative": {
                    "premises": (AtMost(x, y), AtMost(ZERO, y), AtMost(ZERO, z))
                },
                "an exponent of unknown sign": {"premises": (AtMost(x, y), AtMost(ZERO, x))},
                "two exponents": {"conclusion": AtMost(power(x, z), power(y, w(a)))},
                "that they differ": {
                    "conclusion": Different(power(x, z), power(y, z)),
                    "premises": (Different(x, y), AtMost(ZERO, x), AtMost(ZERO, z)),
                },
                "the bases turned round": {"premises": (AtMost(y, x), AtMost(ZERO, x), AtMost(ZERO, z))},
            },
        ),
        Case(
            "a negative exponent",
            Less(power(x, z), power(y, z)),
            premises=(Less(y, x), Less(ZERO, y), Less(z, ZERO)),
            but={
                "a base that may be zero": {"premises": (Less(y, x), AtMost(ZERO, y), Less(z, ZERO))},
                "the bases in the same order": {"premises": (Less(x, y), Less(ZERO, y), Less(z, ZERO))},
                "a weak order of the bases": {"premises": (AtMost(y, x), Less(ZERO, y), Less(z, ZERO))},
                "an exponent that may be zero": {"premises": (Less(y, x), Less(ZERO, y), AtMost(z, ZERO))},
                "an exponent of unknown sign": {"premises": (Less(y, x), Less(ZERO, y))},
            },
        ),
    ],
    "power_of_exponent": [
        Case(
            "a base of at most one",
            AtMost(power(x, z), power(x, y)),
            premises=(Less(ZERO, x), AtMost(x, ONE), AtMost(y, z)),
            but={
                "a base that may be zero": {"premises": (AtMost(ZERO, x), AtMost(x, ONE), AtMost(y, z))},
                "a base from one on": {"premises": (Less(ZERO, x), AtMost(ONE, x), AtMost(y, z))},
                "nothing known of the base and one": {"premises": (Less(ZERO, x), AtMost(y, z))},
                "the exponents turned round": {"premises": (Less(ZERO, x), AtMost(x, ONE), AtMost(z, y))},
                "nothing known of the exponents": {"premises": (Less(ZERO, x), AtMost(x, ONE))},
                "strictly": {"conclusion": Less(power(x, z), power(x, y))},
            },
        ),
        Case(
            "a base from one on",
            AtMost(power(x, y), power(x, z)),
            premises=(Less(ZERO, x), AtMost(ONE, x), AtMost(y, z)),
            but={"two bases": {"conclusion": AtMost(power(x, y), power(w(a), z))}},
        ),
    ],
    "exponential_increases": [
        Case(
            "strictly",
            Less(Exp(x), Exp(y)),
            premises=(Less(x, y),),
            but={
                "from a weak inequality": {"premises": (AtMost(x, y),)},
                "the arguments turned round": {"premises": (Less(y, x),)},
                "an equation": {"conclusion": Equal(Exp(x), Exp(y))},
                "another function": {"conclusion": Less(Log(x), Log(y))},
            },
        ),
    ],
    "logarithm_increases": [
        Case(
            "of positive numbers",
            AtMost(Log(x), Log(y)),
            premises=(AtMost(x, y), Less(ZERO, x)),
            but={
                "the smaller may be zero": {"premises": (AtMost(x, y), AtMost(ZERO, x))},
                "the greater alone positive": {"premises": (AtMost(x, y), Less(ZERO, y))},
                "strictly": {"conclusion": Less(Log(x), Log(y))},
                "turned round": {"conclusion": AtMost(Log(y), Log(x))},
            },
        ),
    ],
    "exponential_tangent": [
        Case(
            "at zero",
            AtMost(1 + x, Exp(x)),
            but={
                "a steeper line": {"conclusion": AtMost(1 + 2 * x, Exp(x))},
                "strictly": {"conclusion": Less(1 + x, Exp(x))},
                "turned round": {"conclusion": AtMost(Exp(x), 1 + x)},
                "of another exponent": {"conclusion": AtMost(1 + x, Exp(y))},
                "of a logarithm": {"conclusion": AtMost(1 + x, Log(x))},
            },
        ),
    ],
    "logarithm_tangent": [
        Case(
            "from above",
            AtMost(Log(x), x - 1),
            premises=(Less(ZERO, x),),
            but={
                "of a number that may be zero": {"premises": (AtMost(ZERO, x),)},
                "a lower line": {"conclusion": AtMost(Log(x), x - 2)},
                "turned round": {"conclusion": AtMost(x - 1, Log(x))},
                "strictly": {"conclusion": Less(Log(x), x - 1)},
            },
        ),
        Case(
            "from below",
            AtMost(1 - x**-1, Log(x)),
            premises=(Less(ZERO, x),),
            but={
                "of a number that may be negative": {"premises": (Different(x, ZERO),)},
                "without the inverse": {"conclusion": AtMost(1 - x, Log(x))},
                "no logarithm": {"conclusion": AtMost(1 - x**-1, x)},
            },
        ),
    ],
    "logarithm_decides": [
        Case(
            "positive numbers",
            Less(x, y),
            premises=(Less(Log(x), Log(y)), Less(ZERO, x), Less(ZERO, y)),
            but={
                "one of unknown sign": {"premises": (Less(Log(x), Log(y)), Less(ZERO, x))},
                "a weak inequality of the logarithms": {
                    "premises": (AtMost(Log(x), Log(y)), Less(ZERO, x), Less(ZERO, y))
                },
                "turned round": {"conclusion": Less(y, x)},
                "one that may be zero": {"premises": (Less(Log(x), Log(y)), AtMost(ZERO, x), Less(ZERO, y))},
            },
        ),
    ],
    "product_increases": [
        Case(
            "factor by factor",
            AtMost(big_product(k, w(k)), big_product(k, v(k))),
            premises=(AtMost(w(k), v(k)), AtMost(ZERO, w(k))),
            but={
                "factors of unknown sign": {"premises": (AtMost(w(k), v(k)),)},
                "the greater factors alone nonnegative": {
                    "premises": (AtMost(w(k), v(k)), AtMost(ZERO, v(k)))
                },
                "one factor alone": {"premises": (AtMost(w(a), v(a)), AtMost(ZERO, w(k)))},
                "strictly": {"conclusion": Less(big_product(k, w(k)), big_product(k, v(k)))},
                "sums": {"conclusion": AtMost(big_sum(k, w(k)), big_sum(k, v(k)))},
                "a product over another sort": {
                    "conclusion": AtMost(big_product(k, w(k)), big_product(i, p(a, i)))
                },
            },
        ),
        Case(
            "of constants",
            AtMost(big_product(k, x), big_product(k, y)),
            premises=(AtMost(x, y), AtMost(ZERO, x)),
            but={"over two sorts": {"conclusion": AtMost(big_product(k, x), big_product(i, y))}},
        ),
    ],
    "extremum_bounds": [
        Case(
            "a term below the maximum",
            AtMost(v(a), greatest),
            parameters=(a,),
            but={
                "the maximum below a term": {"conclusion": AtMost(greatest, v(a))},
                "a term above the minimum turned round": {"conclusion": AtMost(v(a), least)},
                "strictly": {"conclusion": Less(v(a), greatest)},
                "another term": {"conclusion": AtMost(w(a), greatest)},
                "a sum": {"conclusion": AtMost(v(a), total)},
                "an index of another sort": {"parameters": (m,)},
            },
        ),
        Case(
            "the minimum of two below one of them",
            AtMost(Extreme("minimum", x, y), y),
            but={
                "below a third": {"conclusion": AtMost(Extreme("minimum", x, y), z)},
                "the maximum": {"conclusion": AtMost(Extreme("maximum", x, y), y)},
            },
        ),
    ],
    "extremum_is_least_bound": [
        Case(
            "above every term",
            Less(greatest, x),
            premises=(Less(v(k), x),),
            but={
                "weakly above": {"premises": (AtMost(v(k), x),)},
                "above one term": {"premises": (Less(v(a), x),)},
                "the minimum, turned round": {"conclusion": Less(x, greatest)},
                "a sum": {"conclusion": Less(total, x)},
                "under an assumption on the index": {"premises": (under(Less(v(k), x), Same(k, a)),)},
            },
        ),
        Case(
            "below both",
            AtMost(x, Extreme("minimum", y, z)),
            premises=(AtMost(x, y), AtMost(x, z)),
            but={
                "below one": {"premises": (AtMost(x, y),)},
                "below the maximum": {"conclusion": AtMost(x, Extreme("maximum", y, z))},
            },
        ),
    ],
    "quotient": [
        Case(
            "positive denominators",
            Less(x / w(a), y / v(a)),
            premises=(Less(x * v(a), y * w(a)), Less(ZERO, w(a)), Less(ZERO, v(a))),
            parameters=(x, w(a), y, v(a)),
            but={
                **other_sides(Less(x / w(a), y / v(a))),
                "a first denominator of unknown sign": {
                    "premises": (Less(x * v(a), y * w(a)), Less(ZERO, v(a)))
                },
                "a second denominator of unknown sign": {
                    "premises": (Less(x * v(a), y * w(a)), Less(ZERO, w(a)))
                },
                "a denominator that may be zero": {
                    "premises": (Less(x * v(a), y * w(a)), Less(ZERO, w(a)), AtMost(ZERO, v(a)))
                },
                "the products turned round": {
                    "premises": (Less(y * w(a), x * v(a)), Less(ZERO, w(a)), Less(ZERO, v(a)))
                },
                "a weak inequality": {
                    "premises": (AtMost(x * v(a), y * w(a)), Less(ZERO, w(a)), Less(ZERO, v(a)))
                },
                "another numerator": {"parameters": (z, w(a), y, v(a))},
                "the quotients turned round": {"conclusion": Less(y / v(a), x / w(a))},
            },
        ),
    ],
}
