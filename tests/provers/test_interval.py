"""The interval prover: what it proves the kernel accepts; what is false or out of reach it leaves."""

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from axiomkd.kernel.check import check
from axiomkd.kernel.judgement import Fact, Goal
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
    Free,
    Less,
    Literal,
    Log,
    Permuted,
    big,
    big_product,
    big_sum,
    term,
    variable,
)
from axiomkd.provers import interval

SECONDS = 5
half, tenth = Fraction(1, 2), Fraction(1, 10)
k, a = (Free(name, "teacher") for name in "ka")
i, j = (Free(name, "outcome") for name in "ij")
x, y, z = (variable(name) for name in "xyz")


def p(teacher, outcome):
    return variable("p", teacher, outcome)


def w(teacher):
    return variable("w", teacher)


def between(low, value, high):
    return Fact((), AtMost(term(low), value)), Fact((), AtMost(value, term(high)))


def number_goal(conclusion, *facts):
    return Goal((), tuple((name, ()) for name in "xyz"), facts, (conclusion,))


INTERIOR = (
    Fact((k, i), Less(ZERO, p(k, i))),
    Fact((k,), Equal(big_sum(i, p(k, i)), ONE)),
    Fact((k,), AtMost(ZERO, w(k))),
    Fact((), Equal(big_sum(k, w(k)), ONE)),
)
APART = (Fact((k, i), AtMost(term(tenth), p(k, i))),)


def ensemble_goal(*conclusions, teachers=2, outcomes=2, facts=INTERIOR, indices=()):
    sizes = (("teacher", teachers), ("outcome", outcomes))
    variables = (("p", ("teacher", "outcome")), ("w", ("teacher",)))
    return Goal(sizes, variables, facts, conclusions, indices, (("pi", "teacher"),))


def pool(outcome):
    return big_sum(k, w(k) * p(k, outcome))


def entropy(outcomes):
    return -1 * big_sum(j, outcomes(j) * Log(outcomes(j)))


UNIT = between(0, x, 1)
SQUARE = (*UNIT, *between(0, y, 1))

PROVED = {
    "exp x > x": number_goal(Less(x, Exp(x)), *UNIT),
    "1 + x <= exp x, equal at an end": number_goal(AtMost(1 + x, Exp(x)), *UNIT),
    "x log x >= -2/5": number_goal(
        AtMost(term(Fraction(-2, 5)), x * Log(x)), *between(Fraction(1, 100), x, 1)
    ),
    "x log x >= -2/5 down to zero": number_goal(AtMost(term(Fraction(-2, 5)), x * Log(x)), *UNIT),
    "x^x > 69/100": number_goal(Less(term(Fraction(69, 100)), x**x), *between(0, x, 2)),
    "a root": number_goal(Less(x**half, x + Fraction(26, 100)), *UNIT),
    "a power that is not rational": number_goal(
        Less(x**y, term(Fraction(5, 4))), *between(half, x, 1), *between(0, y, 1)
    ),
    "a strict inequality of two variables": number_goal(
        Less(x * (1 - y) + y * (1 - x), term(Fraction(3, 5))),
        *between(Fraction(2, 5), x, Fraction(3, 5)),
        *between(Fraction(2, 5), y, Fraction(3, 5)),
    ),
    "a factor that vanishes where x = y": number_goal(
        AtMost(2 * x * y * Exp(x), (x * x + y * y) * Exp(x)), *SQUARE
    ),
    "a factor of each sign": number_goal(AtMost((x - 2) * Exp(x), x - 2), *UNIT),
    "a strict inequality of a product": number_goal(
        Less(x * Exp(x) - 3 * x, x * x * (Exp(x) - 3)), *between(tenth, x, Fraction(9, 10))
    ),
    "a box with a corner cut off": number_goal(
        Less(x * y, term(Fraction(3, 10))), *SQUARE, Fact((), AtMost(x + y, ONE))
    ),
    "a box bounded by a sum": number_goal(
        AtMost(x, term(2)),
        Fact((), AtMost(x + y, term(2))),
        Fact((), AtMost(ZERO, y)),
        Fact((), AtMost(ZERO, x)),
    ),
    "facts that exclude each other": number_goal(
        Less(x, ZERO), *between(2, x, 3), Fact((), Less(x * x, term(3)))
    ),
    "two numbers that differ": number_goal(Different(Exp(x), term(Fraction(1, 2))), *UNIT),
    "definedness": number_goal(Defined(Log(1 + x) / (x - 2)), *UNIT),
    "a maximum": number_goal(Less(Extreme("maximum", x, y) - x - y, term(tenth)), *SQUARE),
    "x log x of a variable that an equation gives": number_goal(
        Less(x * Log(x) + y * Log(y), term(Fraction(1, 10))), *SQUARE, Fact((), Equal(x + y, ONE))
    ),
    "the linear pool is not negative": ensemble_goal(AtMost(ZERO, pool(i)), outcomes=3, indices=(i,)),
    "its entropy has a bound": ensemble_goal(AtMost(entropy(pool), term(Fraction(3, 4)))),
    "each teacher's entropy has a bound": ensemble_goal(
        AtMost(entropy(lambda o: p(k, o)), term(Fraction(7, 10)))
    ),
    "the greatest entry": ensemble_goal(AtMost(big("maximum", i, p(k, i)), ONE), outcomes=3),
    "the geometric mass, with a margin": ensemble_goal(
        Less(big_sum(j, big_product(k, p(k, j) ** w(k))), term(Fraction(13, 10))), facts=(*INTERIOR, *APART)
    ),
    "the tangent of the logarithm": number_goal(AtMost(Log(x), x - 1), *between(half, x, 2)),
    "the inequality of Gibbs": number_goal(
        AtMost(ZERO, x * (Log(x) - Log(y)) + (1 - x) * (Log(1 - x) - Log(1 - y))),
        *between(tenth, x, Fraction(9, 10)),
        *between(tenth, y, Fraction(9, 10)),
    ),
    "the entropy of the pool, with the place where all teachers are the same": ensemble_goal(
        AtMost(big_sum(k, w(k) * entropy(lambda o: p(k, o))), entropy(pool)),
        facts=(
            *INTERIOR,
            Fact((k, i), AtMost(term(Fraction(1, 4)), p(k, i))),
            Fact((k,), AtMost(term(Fraction(1, 4)), w(k))),
        ),
    ),
    "several conclusions": ensemble_goal(
        Less(pool(i), term(2)), Defined(Log(p(k, i) + 1)), Equal(w(k), w(k))
    ),
    "a fact about other indices": ensemble_goal(
        AtMost(term(half), p(a, j)),
        facts=(*INTERIOR, Fact((k,), Less(p(k, i) + half, p(a, j)), (Distinct(k, a),))),
        indices=(a, i, j),
    ),
}


def leaves(derivation):
    return sum(
        type(parameter) is int and parameter < 0
        for step in derivation.steps
        if step.rule == "enclosure"
        for parameter in step.parameters
    )


@pytest.mark.parametrize("goal", PROVED.values(), ids=PROVED)
def test_proves(goal):
    assert check(goal, interval.prove(goal, SECONDS)).proves


UNPROVED = {
    "a false inequality": number_goal(Less(x, Exp(x) - 1), *UNIT),
    "a false one at one point": number_goal(Less(ZERO, x), *UNIT),
    "one without bounds": number_goal(Less(x, Exp(x)), Fact((), AtMost(ZERO, x))),
    "one that is equal inside, and not convex": number_goal(
        AtMost(ZERO, (1 - Exp(x * x - x)) * (x - half) * (1 - 2 * x) + (Exp(x) - Exp(half)) ** 2 / 100),
        *between(-3, x, 3),
    ),
    "what is undefined at an end": number_goal(Defined(Log(x)), *UNIT),
    "any number of teachers": ensemble_goal(AtMost(ZERO, w(k)), teachers=None),
    "a permuted index": ensemble_goal(AtMost(w(Permuted(k, "teacher", "pi")), ONE)),
    "continuity": number_goal(Continuous(Exp(x)), *UNIT),
    "an equation of different things": number_goal(Equal(x, x * x), *UNIT),
    "a claim about one teacher that another fails": ensemble_goal(
        AtMost(p(k, i), p(Literal(1, "teacher"), i))
    ),
}


@pytest.mark.parametrize("goal", UNPROVED.values(), ids=UNPROVED)
def test_leaves_alone(goal):
    assert interval.prove(goal, 0.5) is None


def test_entropy_of_a_mixture_by_few_boxes():
    """Concavity where the teachers are apart: the naive range needs millions of boxes."""
    facts = (
        *between(Fraction(1, 20), x, Fraction(2, 5)),
        *between(Fraction(3, 5), y, Fraction(19, 20)),
        *between(Fraction(1, 5), z, Fraction(4, 5)),
    )

    def mixed(s, t, u):
        return s * t + (1 - s) * u

    def loss(t):
        return t * Log(t) + (1 - t) * Log(1 - t)

    goal = number_goal(Less(loss(mixed(z, x, y)), mixed(z, loss(x), loss(y))), *facts)
    found = interval.prove(goal, 60)
    assert check(goal, found).proves
    assert leaves(found) <= 200


def test_no_time_no_proof():
    assert interval.prove(PROVED["exp x > x"], 0) is None


@settings(max_examples=40, deadline=None)
@given(*[st.integers(-3, 3)] * 4, st.sampled_from((1, 2)))
def test_no_polynomial_is_proved_above_a_value_that_it_falls_below(b, c, d, e, scale):
    value = b + c * x + d * x * x + e * Exp(x * scale)
    goal = number_goal(AtMost(ZERO, value), *between(-1, x, 1))
    found = interval.prove(goal, 0.2)
    least = min(b + c * t + d * t * t + e * math.exp(t * scale) for t in (n / 50 - 1 for n in range(101)))
    assert (found is None) or least >= -1e-12
    if least > 0.1:
        assert check(goal, found).proves
