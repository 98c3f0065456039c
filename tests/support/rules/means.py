"""Cases for inequalities between means, and for divergences and entropies."""

from fractions import Fraction

from support.rules.setting import WEIGHTS, Case, a, b, i, j, k, other_sides, p, r, under, v, w, x, y, z

from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Equal,
    Exp,
    Extreme,
    Less,
    Literal,
    Log,
    Same,
    big_product,
    big_sum,
    power,
    term,
    variable,
)

half = Fraction(1, 2)
simplex = (AtMost(ZERO, w(k)), Equal(WEIGHTS, ONE))
mean = big_sum(k, w(k) * v(k))
nonnegative, positive = AtMost(ZERO, v(k)), Less(ZERO, v(k))
NO_SIMPLEX = {
    "weights that may be negative": (Equal(WEIGHTS, ONE),),
    "weights that sum to at most one": (AtMost(ZERO, w(k)), AtMost(WEIGHTS, ONE)),
    "weights that sum to two": (AtMost(ZERO, w(k)), Equal(WEIGHTS, term(2))),
    "weights nonnegative under an assumption on the index": (
        under(AtMost(ZERO, w(k)), Same(k, a)),
        Equal(WEIGHTS, ONE),
    ),
}


def without_simplex(*others):
    """The premises with everything but weights in a simplex."""
    return {name: {"premises": (*weights, *others)} for name, weights in NO_SIMPLEX.items()}


def powers(exponent):
    return power(mean, exponent), big_sum(k, w(k) * power(v(k), exponent))


def odds(value, one, other):
    return value(one) / value(other)


def between(lower, value, upper):
    ends = odds(lower, i, j), odds(upper, i, j)
    return AtMost(Extreme("minimum", *ends), odds(value, i, j)), AtMost(
        odds(value, i, j), Extreme("maximum", *ends)
    )


def divergence(one, other):
    return big_sum(i, one(i) * Log(one(i) / other(i)))


def entropy(temperature):
    raised = power(r(i), 1 / temperature)
    share = raised / big_sum(i, raised)
    return -big_sum(i, share * Log(share))


def target(outcome):
    return p(a, outcome)


def before(outcome):
    return p(Literal(1, "teacher"), outcome)


after = r
distributions = tuple(
    formula
    for value in (target, before, after)
    for formula in (Less(ZERO, value(i)), Equal(big_sum(i, value(i)), ONE))
)
nearer = (*distributions, *between(before, after, target))
roles = (i, target(i), before(i), after(i))
fractions = x / y, z / v(a)
first, second = w(a), w(Literal(1, "teacher"))
weighed = (first * x + second * z) / (first * y + second * v(a))
total = Less(ZERO, first * y + second * v(a))
signs = (Less(ZERO, y), Less(ZERO, v(a)), AtMost(ZERO, first), AtMost(ZERO, second), total)
mediant = (x, y, z, v(a), first, second)
theta = variable("t")

TABLE = {
    "jensen_power": [
        Case(
            "a square",
            AtMost(*powers(2)),
            premises=(*simplex, nonnegative),
            parameters=(k, w(k), v(k), term(2)),
            but={
                **other_sides(AtMost(*powers(2))),
                **without_simplex(nonnegative),
                "numbers of unknown sign": {"premises": simplex},
                "turned round": {"conclusion": AtMost(*reversed(powers(2)))},
                "strictly": {"conclusion": Less(*powers(2))},
                "an exponent below one": {
                    "conclusion": AtMost(*powers(half)),
                    "parameters": (k, w(k), v(k), term(half)),
                },
                "an exponent of which only the sign is known": {
                    "conclusion": AtMost(*powers(z)),
                    "premises": (*simplex, nonnegative, AtMost(ZERO, z)),
                    "parameters": (k, w(k), v(k), z),
                },
                "an exponent of which nothing is known": {
                    "conclusion": AtMost(*powers(z)),
                    "parameters": (k, w(k), v(k), z),
                },
            },
        ),
        Case(
            "a square root, the other way",
            AtMost(*reversed(powers(half))),
            premises=(*simplex, nonnegative),
            parameters=(k, w(k), v(k), term(half)),
            but={
                **other_sides(AtMost(*reversed(powers(half)))),
                "an exponent that may be zero": {
                    "conclusion": AtMost(*reversed(powers(z))),
                    "premises": (*simplex, nonnegative, AtMost(ZERO, z), AtMost(z, ONE)),
                    "parameters": (k, w(k), v(k), z),
                },
                "the way of the square": {"conclusion": AtMost(*powers(half))},
            },
        ),
        Case(
            "an exponent of at most zero",
            AtMost(*powers(z)),
            premises=(*simplex, positive, AtMost(z, ZERO)),
            parameters=(k, w(k), v(k), z),
            but={
                **other_sides(AtMost(*powers(z))),
                "numbers that may be zero": {"premises": (*simplex, nonnegative, AtMost(z, ZERO))},
                "an exponent of at most one": {"premises": (*simplex, positive, AtMost(z, ONE))},
                "turned round": {"conclusion": AtMost(*reversed(powers(z)))},
            },
        ),
    ],
    "jensen_exponential": [
        Case(
            "of any numbers",
            AtMost(Exp(mean), big_sum(k, w(k) * Exp(v(k)))),
            premises=simplex,
            parameters=(k, w(k), v(k)),
            but={
                **other_sides(AtMost(Exp(mean), big_sum(k, w(k) * Exp(v(k))))),
                **without_simplex(),
                "turned round": {"conclusion": AtMost(big_sum(k, w(k) * Exp(v(k))), Exp(mean))},
                "strictly": {"conclusion": Less(Exp(mean), big_sum(k, w(k) * Exp(v(k))))},
                "weights of another index": {"parameters": (b, w(k), v(k))},
            },
        ),
    ],
    "jensen_square": [
        Case(
            "of any numbers",
            AtMost(mean * mean, big_sum(k, w(k) * v(k) * v(k))),
            premises=simplex,
            parameters=(k, w(k), v(k)),
            but={
                **other_sides(AtMost(mean * mean, big_sum(k, w(k) * v(k) * v(k)))),
                **without_simplex(),
                "turned round": {"conclusion": AtMost(big_sum(k, w(k) * v(k) * v(k)), mean * mean)},
                "strictly": {"conclusion": Less(mean * mean, big_sum(k, w(k) * v(k) * v(k)))},
                "the cube": {"conclusion": AtMost(power(mean, 3), big_sum(k, w(k) * power(v(k), 3)))},
            },
        ),
    ],
    "jensen_entropy": [
        Case(
            "of positive numbers",
            AtMost(mean * Log(mean), big_sum(k, w(k) * v(k) * Log(v(k)))),
            premises=(*simplex, positive),
            parameters=(k, w(k), v(k)),
            but={
                **other_sides(AtMost(mean * Log(mean), big_sum(k, w(k) * v(k) * Log(v(k))))),
                **without_simplex(positive),
                "numbers that may be zero": {"premises": (*simplex, nonnegative)},
                "turned round": {"conclusion": AtMost(big_sum(k, w(k) * v(k) * Log(v(k))), mean * Log(mean))},
                "the logarithm alone": {"conclusion": AtMost(Log(mean), big_sum(k, w(k) * Log(v(k))))},
            },
        ),
    ],
    "jensen_logarithm": [
        Case(
            "of positive numbers",
            AtMost(big_sum(k, w(k) * Log(v(k))), Log(mean)),
            premises=(*simplex, positive),
            parameters=(k, w(k), v(k)),
            but={
                **other_sides(AtMost(big_sum(k, w(k) * Log(v(k))), Log(mean))),
                **without_simplex(positive),
                "numbers that may be zero": {"premises": (*simplex, nonnegative)},
                "turned round": {"conclusion": AtMost(Log(mean), big_sum(k, w(k) * Log(v(k))))},
                "one number positive": {"premises": (*simplex, Less(ZERO, v(a)))},
            },
        ),
    ],
    "weighted_am_gm": [
        Case(
            "of nonnegative numbers",
            AtMost(big_product(k, power(v(k), w(k))), mean),
            premises=(*simplex, nonnegative),
            parameters=(k, w(k), v(k)),
            but={
                **other_sides(AtMost(big_product(k, power(v(k), w(k))), mean)),
                **without_simplex(nonnegative),
                "numbers of unknown sign": {"premises": simplex},
                "turned round": {"conclusion": AtMost(mean, big_product(k, power(v(k), w(k))))},
                "other weights in the product": {
                    "conclusion": AtMost(big_product(k, power(v(k), 2 * w(k))), mean)
                },
            },
        ),
    ],
    "mediant": [
        Case(
            "above the smaller fraction",
            AtMost(Extreme("minimum", *fractions), weighed),
            premises=signs,
            parameters=mediant,
            but={
                **other_sides(AtMost(Extreme("minimum", *fractions), weighed)),
                "above the greater fraction": {"conclusion": AtMost(Extreme("maximum", *fractions), weighed)},
                "above the smaller of two others": {
                    "conclusion": AtMost(Extreme("minimum", x / y, x / v(a)), weighed)
                },
                "a first denominator that may be zero": {"premises": (AtMost(ZERO, y), *signs[1:])},
                "a second denominator that may be zero": {
                    "premises": (signs[0], AtMost(ZERO, v(a)), *signs[2:])
                },
                "a first weight of unknown sign": {"premises": (*signs[:2], *signs[3:])},
                "a second weight of unknown sign": {"premises": (*signs[:3], total)},
                "weights that may both be zero": {"premises": signs[:4]},
                "strictly": {"conclusion": Less(Extreme("minimum", *fractions), weighed)},
                "weights that differ above and below": {
                    "conclusion": AtMost(
                        Extreme("minimum", *fractions),
                        (first * x + second * z) / (second * y + first * v(a)),
                    )
                },
            },
        ),
        Case(
            "below the greater fraction",
            AtMost(weighed, Extreme("maximum", *fractions)),
            premises=signs,
            parameters=mediant,
            but={
                **other_sides(AtMost(weighed, Extreme("maximum", *fractions))),
                "below the smaller": {"conclusion": AtMost(weighed, Extreme("minimum", *fractions))},
            },
        ),
    ],
    "divergence_along_odds": [
        Case(
            "from the target",
            AtMost(divergence(target, after), divergence(target, before)),
            premises=nearer,
            parameters=roles,
            but={
                **other_sides(AtMost(divergence(target, after), divergence(target, before))),
                "turned round": {"conclusion": AtMost(divergence(target, before), divergence(target, after))},
                "strictly": {"conclusion": Less(divergence(target, after), divergence(target, before))},
                "odds of unknown place": {"premises": distributions},
                "odds bounded on one side": {"premises": (*distributions, between(before, after, target)[0])},
                "odds bounded on the other side": {
                    "premises": (*distributions, between(before, after, target)[1])
                },
                "the target no distribution": {"premises": nearer[2:]},
                "a target that does not sum to one": {"premises": (nearer[0], *nearer[2:])},
                "a target that may be zero": {"premises": (AtMost(ZERO, target(i)), *nearer[1:])},
                "the two divergences mixed": {
                    "conclusion": AtMost(divergence(target, after), divergence(before, target))
                },
            },
        ),
        Case(
            "towards the target",
            AtMost(divergence(after, target), divergence(before, target)),
            premises=nearer,
            parameters=roles,
            but={
                **other_sides(AtMost(divergence(after, target), divergence(before, target))),
                "roles exchanged": {"parameters": (i, target(i), after(i), before(i))},
            },
        ),
    ],
    "entropy_of_tempered": [
        Case(
            "a higher temperature",
            AtMost(entropy(y), entropy(theta)),
            premises=(Less(ZERO, r(i)), Less(ZERO, y), AtMost(y, theta)),
            parameters=(i, r(i), y, theta),
            but={
                **other_sides(AtMost(entropy(y), entropy(theta))),
                "turned round": {"conclusion": AtMost(entropy(theta), entropy(y))},
                "the temperatures turned round": {
                    "premises": (Less(ZERO, r(i)), Less(ZERO, y), AtMost(theta, y))
                },
                "a temperature that may be zero": {
                    "premises": (Less(ZERO, r(i)), AtMost(ZERO, y), AtMost(y, theta))
                },
                "a mass that may be zero": {
                    "premises": (AtMost(ZERO, r(i)), Less(ZERO, y), AtMost(y, theta))
                },
                "a mass positive at one outcome": {
                    "premises": (Less(ZERO, p(a, i)), Less(ZERO, y), AtMost(y, theta))
                },
                "a temperature that depends on the outcome": {
                    "conclusion": AtMost(entropy(r(i)), entropy(theta)),
                    "premises": (Less(ZERO, r(i)), AtMost(r(i), theta)),
                    "parameters": (i, r(i), r(i), theta),
                },
                "strictly": {"conclusion": Less(entropy(y), entropy(theta))},
            },
        ),
    ],
}
