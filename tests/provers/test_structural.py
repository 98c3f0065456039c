"""Inequalities in their own words, which the structural prover finds and whose converses it does not."""

import pytest

from axiomkd.kernel.check import check
from axiomkd.kernel.judgement import Fact, Goal
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Equal,
    Extreme,
    Free,
    Less,
    Log,
    big,
    big_sum,
    delta,
    substitute,
    variable,
)
from axiomkd.provers import structural

k, a = Free("k", "teacher"), Free("a", "teacher")
i, j = Free("i", "outcome"), Free("j", "outcome")
p, x, w, d = variable("p", i), variable("x", i), variable("w", k), variable("d")
z, y = variable("z", k, i), variable("z", a, i)
DECLARED = (
    *(("p", ("outcome",)), ("x", ("outcome",)), ("w", ("teacher",))),
    *(("z", ("teacher", "outcome")), ("d", ())),
)


def simplex(value, index):
    return Fact((index,), Less(ZERO, value)), Fact((), Equal(big_sum(index, value), ONE))


FACTS = (
    *(*simplex(p, i), *simplex(x, i), *simplex(w, k)),
    *(Fact((k, i), Less(ZERO, z)), Fact((), AtMost(ZERO, d)), Fact((), Less(d, ONE))),
)


def proof(left, right, *indices, teachers=None):
    goal = Goal((("teacher", teachers), ("outcome", None)), DECLARED, FACTS, (AtMost(left, right),), indices)
    found = structural.prove(goal)
    if found is not None:
        check(goal, found)
    return found


def expected_logarithm(value):
    """The mean of log(value) under p."""
    return big_sum(i, p * Log(value))


def share(value):
    return substitute(value, {i: j}) / big_sum(i, value)


MIXED = (p + x) / 2
RAISED = (1 - d) * p + d * delta(i, j)
TOTAL = big_sum(i, z)
MEAN = big_sum(k, w * TOTAL)
GREATEST = big("maximum", k, z)
TRUE = {
    "Gibbs": (expected_logarithm(x), expected_logarithm(p)),
    "Gibbs, for a mixture": (expected_logarithm(MIXED), expected_logarithm(p)),
    "a share that is raised": (share(p * x), share(RAISED * x), j),
    "half a share that is raised": (share(p**2) / 2, share(RAISED**2) / 2, j),
    "the harmonic mean": (1 / big_sum(k, 1 / TOTAL), big_sum(k, w**2 * TOTAL)),
    "a multiple": (big_sum(k, w**2) * big_sum(i, p**2), big_sum(i, p**2)),
    "a part of a distance": (2 * p / 3 - 2 * x / 3, Extreme("maximum", p - x, x - p)),
}
"""Each with the sides in the order that is true."""


@pytest.mark.parametrize("name", TRUE)
def test_what_is_true_is_proved(name):
    assert proof(*TRUE[name]) is not None


@pytest.mark.parametrize("name", TRUE)
def test_the_converse_is_not(name):
    left, right, *indices = TRUE[name]
    assert proof(right, left, *indices) is None


def test_an_argument_among_the_terms_of_an_extremum_is_left_out():
    assert proof(Extreme("maximum", GREATEST, y), GREATEST, a) is not None
    assert proof(Extreme("maximum", GREATEST, 2 * y), GREATEST, a) is None
