"""Sums beside numbers: bounded term by term, or by the term at which an extremum is attained."""

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
    Size,
    big,
    big_sum,
    term,
    variable,
)
from axiomkd.provers import structural

i, j = Free("i", "outcome"), Free("j", "outcome")
p, y, c = variable("p", i), variable("y", i), variable("c")
LEAST, GREATEST = (big(kind, i, y) for kind in ("minimum", "maximum"))
V, CLIPPED = Size("outcome"), Extreme("maximum", ZERO, p - 1)
FACTS = (
    *(Fact((i,), Less(ZERO, p)), Fact((), Equal(big_sum(i, p), ONE))),
    *(Fact((), AtMost(GREATEST, c + 2)), Fact((), AtMost(c, LEAST + term(-1)))),
)
VARIABLES = (("c", ()), ("p", ("outcome",)), ("y", ("outcome",)))
FOUND = {
    "a power is zero where its base is": AtMost(
        big_sum(i, Extreme("maximum", ZERO, p - 1) ** (ONE / 2)), ONE
    ),
    "no term is above 1/V": AtMost(big_sum(i, 1 / (y - LEAST + V)), ONE),
    "the least entry gives a term 1": AtMost(ONE, big_sum(i, 1 / (y - LEAST + 1))),
    "what is below a minimum is below each entry": Less(c, y),
    "what is above a maximum is above each entry": AtMost(y, c + 2),
    "common summands cancel": AtMost(LEAST - V, LEAST - 1),
}
NOT_FOUND = {
    "a greater sum": AtMost(big_sum(i, 1 / (y - LEAST + 1)), ONE),
    "a smaller sum": AtMost(ONE, big_sum(i, 1 / (y - LEAST + V))),
    "another distance": Less(c + 2, y),
    "summands that do not cancel": AtMost(LEAST - 1, LEAST - V),
}


def derived(conclusion):
    goal = Goal((("outcome", None),), VARIABLES, FACTS, (conclusion,))
    return goal, structural.prove(goal)


@pytest.mark.parametrize("name", FOUND)
def test_is_found(name):
    goal, proof = derived(FOUND[name])
    assert check(goal, proof).proves


@pytest.mark.parametrize("name", NOT_FOUND)
def test_is_not_found(name):
    assert derived(NOT_FOUND[name])[1] is None


def test_powers_of_bases_a_number_apart_are_compared():
    """Two solutions of one equation, the unknowns being sums of different numbers."""
    one, two = variable("c"), variable("d")
    facts = (
        *(Fact((i,), Less(one, y)), Fact((i,), Less(2 * two, y)), Fact((i,), Less(ZERO, y))),
        *(Fact((), Equal(big_sum(i, 1 / (y - shift)), ONE)) for shift in (one, 2 * two)),
    )
    conclusion = Equal(1 / (y - one), 1 / (y - 2 * two))
    variables = (("c", ()), ("d", ()), ("y", ("outcome",)))
    goal = Goal((("outcome", None),), variables, facts, (conclusion,))
    assert check(goal, structural.prove(goal)).proves
