"""Cases for enclosures on subdivided boxes."""

from dataclasses import replace
from fractions import Fraction

from support.rules.setting import GOAL, Case, a, i, k, p, r, under, v, w, x, y, z

from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Continuous,
    Defined,
    Different,
    Equal,
    Exp,
    Extreme,
    If,
    Less,
    Literal,
    Log,
    Permuted,
    Same,
    big,
    big_sum,
    power,
    term,
)

half = Fraction(1, 2)
PLAIN, BY_SLOPES, OUTSIDE = -1, -2, -3
first, second = (Literal(n, "teacher") for n in (1, 2))
one, two = (Literal(n, "outcome") for n in (1, 2))
sized = replace(GOAL, sizes=(("teacher", 2), ("outcome", 2)))


def within(value, low, high):
    return AtMost(term(low), value), AtMost(value, term(high))


def unit(value):
    return within(value, 0, 1)


def interval(value, low=0, high=1):
    """A coordinate with its ends, as parameters."""
    return value, Fraction(low), Fraction(high)


wave = x - x * x
mean = big_sum(k, w(k) * v(k))
rest = ONE - w(first)
entropy = x * Log(x)


def loss(value):
    return value * Log(value) + (1 - value) * Log(1 - value)


quarters = Fraction(1, 4), Fraction(3, 4)
BOTH = (w(second), rest, 2, half, BY_SLOPES, BY_SLOPES)
tangent = (0, ONE, *interval(x, half, 2), PLAIN)

TABLE = {
    "enclosure": [
        Case(
            "an exponential above a smaller number",
            Less(x - 1, Exp(x)),
            premises=unit(x),
            parameters=(*interval(x), PLAIN),
            but={
                "the other way round": {"conclusion": Less(Exp(x), x - 1)},
                "an equation": {"conclusion": Equal(Exp(x), Exp(x) + 0 * x)},
                "continuity": {"conclusion": Continuous(Exp(x))},
                "no bound from above": {"premises": unit(x)[:1]},
                "no bound from below": {"premises": unit(x)[1:]},
                "a narrower interval than the premises give": {"parameters": (*interval(x, 0, half), PLAIN)},
                "an interval the wrong way round": {"parameters": (*interval(x, 1, 0), PLAIN)},
                "a variable without bounds": {"conclusion": Less(x - 1, Exp(x) + y)},
                "a cut outside": {"parameters": (*interval(x), 0, Fraction(2), PLAIN, PLAIN)},
                "a cut at an end": {"parameters": (*interval(x), 0, Fraction(0), PLAIN, PLAIN)},
                "no leaf": {"parameters": interval(x)},
                "a leaf too many": {"parameters": (*interval(x), PLAIN, PLAIN)},
                "a premise that is not there": {"parameters": (*interval(x), OUTSIDE - 2)},
                "a premise that does not fail": {"parameters": (*interval(x), OUTSIDE)},
                "a leaf that is a fraction": {"parameters": (*interval(x), Fraction(-3, 2))},
                "a leaf that is a truth value": {"parameters": (*interval(x), True)},
            },
        ),
        Case(
            "an interval that rests on an assumption",
            Less(x - 1, Exp(x)),
            premises=(under(unit(x)[0], Less(ZERO, z)), unit(x)[1]),
            parameters=(*interval(x), PLAIN),
            rests_on=(Less(ZERO, z),),
        ),
        Case(
            "a bound on each half",
            Less(wave, term(Fraction(9, 10))),
            premises=unit(x),
            parameters=(*interval(x), 0, Fraction(2, 5), PLAIN, PLAIN),
            but={
                "a bound that the halves are too wide for": {"conclusion": Less(wave, term(Fraction(4, 5)))},
                "the upper half missing": {"parameters": (*interval(x), 0, Fraction(2, 5), PLAIN)},
                "a cut outside": {"parameters": (*interval(x), 0, Fraction(2), PLAIN, PLAIN)},
                "a cut at the end": {"parameters": (*interval(x), 0, Fraction(1), PLAIN, PLAIN)},
                "a cut that is no number": {"parameters": (*interval(x), 0, PLAIN, PLAIN, PLAIN)},
                "a cut of a coordinate that is not there": {
                    "parameters": (*interval(x), 1, Fraction(2, 5), PLAIN, PLAIN)
                },
                "no cut": {"parameters": (*interval(x), PLAIN)},
            },
        ),
        Case(
            "a bound that is reached, by the slope on each half",
            AtMost(wave, term(Fraction(1, 4))),
            premises=unit(x),
            parameters=(*interval(x), 0, half, BY_SLOPES, BY_SLOPES),
            but={
                "strictly": {"conclusion": Less(wave, term(Fraction(1, 4)))},
                "a smaller bound": {"conclusion": AtMost(wave, term(Fraction(24, 100)))},
                "without slopes": {"parameters": (*interval(x), 0, half, PLAIN, PLAIN)},
                "in one piece": {"parameters": (*interval(x), BY_SLOPES)},
                "a slope that is not known at zero": {"conclusion": AtMost(power(x, half), ONE)},
            },
        ),
        Case(
            "the mean value theorem around the middle of two coordinates",
            Less(x * (1 - y) + y * (1 - x), term(Fraction(3, 5))),
            premises=(*within(x, Fraction(2, 5), Fraction(3, 5)), *within(y, Fraction(2, 5), Fraction(3, 5))),
            parameters=(
                *interval(x, Fraction(2, 5), Fraction(3, 5)),
                *interval(y, Fraction(2, 5), Fraction(3, 5)),
                BY_SLOPES,
            ),
            but={"a bound that it misses": {"conclusion": Less(x * (1 - y) + y * (1 - x), term(half))}},
        ),
        Case(
            "a maximum with a kink",
            Less(Extreme("maximum", x, 1 - x), term(Fraction(11, 10))),
            premises=unit(x),
            parameters=(*interval(x), 0, half, BY_SLOPES, BY_SLOPES),
            but={
                "its greatest value": {"conclusion": Less(Extreme("maximum", x, 1 - x), ONE)},
                "what only one of the arguments satisfies": {
                    "conclusion": Less(Extreme("maximum", x, 1 - x), term(Fraction(3, 5)))
                },
            },
        ),
        Case(
            "a box without inputs",
            AtMost(x * y, term(half)),
            premises=(AtMost(x + y, term(Fraction(9, 10))), *unit(x), *unit(y)),
            parameters=(
                *(*interval(x), *interval(y)),
                *(0, half, PLAIN, 1, half, PLAIN, OUTSIDE),
            ),
            but={
                "a premise that leaves inputs in the box": {
                    "premises": (AtMost(x + y, term(2)), *unit(x), *unit(y))
                },
                "a premise that fails in a part of the box": {
                    "premises": (AtMost(x + y, term(Fraction(3, 2))), *unit(x), *unit(y))
                },
                "a strict premise that fails in a part of the box": {
                    "premises": (Less(x + y, term(Fraction(3, 2))), *unit(x), *unit(y))
                },
                "an equation that can hold in the box": {
                    "premises": (Equal(x + y, term(2)), *unit(x), *unit(y))
                },
                "a premise on other variables": {"premises": (AtMost(x + z, ZERO), *unit(x), *unit(y))},
                "a premise on any index": {"premises": (AtMost(v(k), -1 * x), *unit(x), *unit(y))},
                "a premise on indices": {"premises": (Same(a, k), *unit(x), *unit(y))},
            },
        ),
        Case(
            "a premise that fails everywhere keeps its assumptions",
            Less(ONE, x),
            premises=(*unit(x), under(Less(ONE, x - 1), Less(ZERO, z))),
            parameters=(*interval(x), OUTSIDE - 2),
            rests_on=(Less(ZERO, z),),
        ),
        Case(
            "a variable given by an equation",
            AtMost(mean, term(Fraction(7, 4))),
            premises=(*unit(w(first)), Equal(w(second), rest), *unit(v(k))),
            parameters=(
                *(*interval(w(first)), *interval(v(first)), *interval(v(second)), w(second), rest),
                *(0, half, PLAIN, PLAIN),
            ),
            goal=sized,
            but={
                "without the equation": {"premises": (*unit(w(first)), *unit(v(k)))},
                "another value": {"premises": (*unit(w(first)), Equal(w(second), v(first)), *unit(v(k)))},
                "any number of teachers": {"goal": GOAL},
                "a third teacher": {"goal": replace(sized, sizes=(("teacher", 3), ("outcome", 2)))},
                "less than it can be": {"conclusion": AtMost(mean, term(Fraction(9, 10)))},
                "a value without bounds": {
                    "parameters": (*interval(v(first)), *interval(v(second)), w(second), rest, PLAIN)
                },
                "a free index": {"conclusion": AtMost(w(k), ONE)},
                "an index of the goal": {"conclusion": AtMost(w(a), ONE)},
                "a permuted index": {"conclusion": AtMost(w(Permuted(first, "teacher", "pi")), ONE)},
            },
        ),
        Case(
            "the range of an equation cut at zero",
            AtMost(ZERO, power(w(second), half)),
            premises=(*within(w(first), 0, 2), Equal(w(second), rest), AtMost(ZERO, w(second))),
            parameters=(*interval(w(first), 0, 2), w(second), rest, PLAIN),
            goal=sized,
            but={
                "without its sign": {"premises": (*within(w(first), 0, 2), Equal(w(second), rest))},
                "by slopes, for which the sign says nothing": {
                    "parameters": (*interval(w(first), 0, 2), w(second), rest, BY_SLOPES)
                },
            },
        ),
        Case(
            "x log x down to zero",
            AtMost(term(Fraction(-2, 5)), entropy),
            premises=unit(x),
            parameters=(*interval(x), PLAIN),
            but={
                "above its least value": {"conclusion": AtMost(term(Fraction(-9, 25)), entropy)},
                "that it is defined": {"conclusion": Defined(entropy)},
                "a logarithm alone": {"conclusion": AtMost(Log(x), ONE)},
                "another factor": {"conclusion": AtMost(term(-1), y * Log(x))},
                "the slope": {"parameters": (*interval(x), BY_SLOPES)},
                "negative numbers": {
                    "premises": within(x, -1, 1),
                    "parameters": (*interval(x, -1, 1), PLAIN),
                },
            },
        ),
        Case(
            "a quotient that is defined",
            Defined(Log(x + 1) / (1 + x)),
            premises=unit(x),
            parameters=(*interval(x), PLAIN),
            but={
                "a denominator that reaches zero": {"conclusion": Defined(1 / x)},
                "a denominator that passes zero": {"conclusion": Defined(1 / (x - half))},
                "a logarithm of zero": {"conclusion": Defined(Log(x))},
                "a root of negative numbers": {"conclusion": Defined(power(x - half, half))},
                "a negative power of zero": {"conclusion": Defined(power(ZERO * x, -1))},
                "by slopes": {"parameters": (*interval(x), BY_SLOPES)},
            },
        ),
        Case(
            "two numbers that differ",
            Different(x, term(2)),
            premises=unit(x),
            parameters=(*interval(x), PLAIN),
            but={
                "two that may be the same": {"conclusion": Different(x, term(half))},
                "two that are the same at an end": {"conclusion": Different(x, ONE)},
            },
        ),
        Case(
            "a case distinction that is settled on each half",
            AtMost(If(AtMost(x, term(2)), If(Same(one, one), x, Log(x)), Log(x)), ONE),
            premises=unit(x),
            parameters=(*interval(x), PLAIN),
            goal=sized,
            but={
                "one on indices that goes the other way": {
                    "conclusion": AtMost(If(Same(one, two), ZERO, 2 + x), ONE),
                },
                "one on an index that is any": {"conclusion": AtMost(If(Same(one, i), x, x), ONE)},
                "one that is not settled": {"conclusion": AtMost(If(AtMost(x, term(half)), x, ZERO), ONE)},
            },
        ),
        Case(
            "even and odd powers of numbers of both signs",
            AtMost(ZERO, x**2 + x**3 + 1),
            premises=within(x, -1, 1),
            parameters=(*interval(x, -1, 1), PLAIN),
            but={
                "an odd power alone": {"conclusion": AtMost(ZERO, x**3)},
                "less than the even power reaches": {"conclusion": AtMost(ONE, x**2 + x**3 + 1)},
                "a broken power": {"conclusion": AtMost(term(-1), power(x, Fraction(1, 3)))},
                "a negative power": {"conclusion": AtMost(term(-1), power(x, -2))},
            },
        ),
        Case(
            "sums over both sorts written out",
            AtMost(big_sum(k, big("maximum", i, p(k, i))), term(2)),
            premises=unit(p(k, i)),
            parameters=(
                *(part for t in (first, second) for o in (one, two) for part in interval(p(t, o))),
                PLAIN,
            ),
            goal=sized,
            but={
                "half as much": {"conclusion": AtMost(big_sum(k, big("maximum", i, p(k, i))), ONE)},
                "an entry left out": {
                    "parameters": (*interval(p(first, one)), *interval(p(second, two)), PLAIN)
                },
                "another variable": {"conclusion": AtMost(big_sum(i, r(i)), term(2))},
            },
        ),
    ],
    "second_derivative": [
        Case(
            "the tangent of the logarithm",
            AtMost(Log(x), x - 1),
            premises=within(x, half, 2),
            parameters=tangent,
            but={
                "strictly": {"conclusion": Less(Log(x), x - 1)},
                "the other way round": {"conclusion": AtMost(x - 1, Log(x))},
                "a line that cuts": {"conclusion": AtMost(Log(x), 2 * x - 2)},
                "a line above": {"conclusion": AtMost(Log(x), x)},
                "another place": {"parameters": (0, term(Fraction(3, 2)), *interval(x, half, 2), PLAIN)},
                "a place outside": {
                    "premises": within(x, 2, 3),
                    "parameters": (0, ONE, *interval(x, 2, 3), PLAIN),
                },
                "a place that is no number": {"parameters": (0, 1 / ONE, *interval(x, half, 2), PLAIN)},
                "a place that is no coordinate": {"parameters": (0, y, *interval(x, half, 2), PLAIN)},
                "a coordinate that is not there": {"parameters": (1, ONE, *interval(x, half, 2), PLAIN)},
                "a negative number of a coordinate": {"parameters": (-1, ONE, *interval(x, half, 2), PLAIN)},
                "no coordinate": {"parameters": (0, ONE, PLAIN)},
                "no bound from below": {"premises": within(x, half, 2)[1:]},
                "numbers without a logarithm": {
                    "conclusion": AtMost(Log(x), Log(term(-1)) - (x + 1)),
                    "premises": within(x, -2, -half),
                    "parameters": (0, term(-1), *interval(x, -2, -half), PLAIN),
                },
                "down to zero": {
                    "premises": within(x, 0, 2),
                    "parameters": (0, ONE, *interval(x, 0, 2), PLAIN),
                },
                "a tree without a leaf": {"parameters": tangent[:-1]},
                "a leaf where a premise fails": {"parameters": (*tangent[:-1], OUTSIDE)},
                "a coordinate twice": {
                    "premises": (*within(x, half, 2), *within(x, 2, 3)),
                    "parameters": (0, ONE, *interval(x, half, 2), *interval(x, 2, 3), PLAIN),
                },
            },
        ),
        Case(
            "a cubic that is convex on one side",
            AtMost(x**2 + x, x**3 + 1),
            premises=within(x, half, 2),
            parameters=(0, ONE, *interval(x, half, 2), PLAIN),
            but={
                "where it is not convex": {
                    "premises": within(x, -2, 2),
                    "parameters": (0, ONE, *interval(x, -2, 2), PLAIN),
                },
                "a leaf on which the other premise fails": {
                    "premises": (*within(x, half, 2), Less(x, ZERO)),
                    "parameters": (0, ONE, *interval(x, half, 2), OUTSIDE - 2),
                },
                "a maximum": {
                    "conclusion": AtMost(ZERO, Extreme("maximum", (x - 1) ** 2, 2 * (x - 1) ** 2)),
                },
            },
        ),
        Case(
            "the inequality of Gibbs, with the place where both are the same",
            AtMost(x * Log(y) + (1 - x) * Log(1 - y), loss(x)),
            premises=(*within(x, *quarters), *within(y, *quarters)),
            parameters=(0, y, *interval(x, *quarters), *interval(y, *quarters), PLAIN),
            but={
                "a cross entropy of something else": {
                    "conclusion": AtMost(x * Log(y) + (1 - x) * Log(1 - x), loss(x)),
                },
                "the other way round": {"conclusion": AtMost(loss(x), x * Log(y) + (1 - x) * Log(1 - y))},
                "an end that may lie outside": {
                    "premises": (*within(x, *quarters), *within(y, 0, 1)),
                    "parameters": (0, y, *interval(x, *quarters), *interval(y), PLAIN),
                },
                "another end": {
                    "parameters": (0, term(half), *interval(x, *quarters), *interval(y, *quarters), PLAIN),
                },
            },
        ),
        Case(
            "two weights that sum to one",
            AtMost((w(first) * x + w(second) * y) ** 2, w(first) * x**2 + w(second) * y**2),
            premises=(*unit(w(first)), *unit(x), *unit(y), Equal(w(second), rest)),
            parameters=(0, y, *interval(x), *interval(y), *interval(w(first)), *BOTH),
            goal=sized,
            but={
                "without the equation": {"premises": (*unit(w(first)), *unit(x), *unit(y))},
                "another sum": {
                    "premises": (*unit(w(first)), *unit(x), *unit(y), Equal(w(second), 2 - w(first))),
                    "parameters": (
                        *(0, y, *interval(x), *interval(y), *interval(w(first))),
                        *(w(second), 2 - w(first), *BOTH[2:]),
                    ),
                },
                "any number of teachers": {"goal": GOAL},
            },
        ),
    ],
}
