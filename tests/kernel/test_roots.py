"""Witnesses in which a number is a root of an equation: what shows that there is one, and what does not."""

from dataclasses import replace
from fractions import Fraction as F
from math import isqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from axiomkd.kernel.check import check
from axiomkd.kernel.evidence import Root, Witness
from axiomkd.kernel.judgement import Fact, Goal, Refused
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Equal,
    Exp,
    Free,
    If,
    Less,
    Log,
    big,
    big_sum,
    power,
    term,
    variable,
)
from axiomkd.kernel.wire import cell_from_json, evidence_to_json, goal_to_json
from axiomkd.kernel.witness import check_witness

x, y, z = (variable(name) for name in "xyz")
k = Free("k", "teacher")


def about(conclusion, *facts, names="x"):
    return Goal((), tuple((name, ()) for name in names), tuple(Fact((), f) for f in facts), (conclusion,))


def at(*roots, **values):
    return Witness((), tuple((name, F(value)) for name, value in values.items()), roots=roots)


SQUARE = Equal(x * x, term(2))
NEAR = Root("x", (), F(1, 10), fact=0)


def test_a_root_between_two_fractions_is_found_and_the_conclusion_fails_all_the_way():
    margin = check_witness(about(AtMost(x, ONE), SQUARE), at(NEAR, x="7/5"))
    assert margin.kind == "apart"
    assert F(margin.lower) <= F(3, 10) < F(1, 2) <= F(margin.upper)  # x - 1, from 13/10 - 1 to 3/2 - 1


def test_what_fails_for_a_part_of_the_interval_only_is_no_counterexample():
    with pytest.raises(Refused):
        check_witness(about(AtMost(x, term(F(7, 5))), SQUARE), at(NEAR, x="7/5"))


FINE = replace(NEAR, radius=F(1, 100))
CUBE = Root("y", (), F(1, 10), fact=1)
CHAIN = about(Less(y, ONE), SQUARE, Equal(y * y * y, x), names="xy")


def test_a_second_root_is_found_for_every_value_of_the_first():
    assert check_witness(CHAIN, at(FINE, CUBE, x="141/100", y="6/5")).kind == "apart"


ROOT_OF_TWO = about(AtMost(x, ONE), SQUARE)


def near(**changes):
    """The square root of two, with something else about it."""
    return at(replace(NEAR, **changes), x="7/5")


STEP = If(Less(x, ONE), ZERO, ONE)
ALSO = Equal(x, term(F(7, 5)))
TWO_ENDS = about(Less(x + y, ZERO), Equal(x * x, y + 1), Equal(y * y, x + 1), names="xy")
MOVING = about(Less(y, ONE), SQUARE, Equal(y, x), names="xy")
WRONG = [
    ("no root between the ends", ROOT_OF_TWO, at(NEAR, x="8/5")),
    ("two roots", about(AtMost(x, ZERO), Equal(x * x, ONE)), at(replace(NEAR, radius=F(2)), x=0)),
    ("a jump over zero, not a root", about(AtMost(x, ZERO), Equal(1 / (x - 1), ZERO)), at(NEAR, x=1)),
    ("a case distinction", about(AtMost(x, ZERO), Equal(STEP, term(F(1, 2)))), at(NEAR, x=1)),
    ("no value at one end", about(AtMost(x, ZERO), Equal(Log(x), term(-5))), at(NEAR, x="1/10")),
    ("a radius of zero", ROOT_OF_TWO, near(radius=F(0))),
    ("a negative radius", ROOT_OF_TWO, near(radius=F(-1, 10))),
    ("no such fact", ROOT_OF_TWO, near(fact=1)),
    ("a fact before the first", ROOT_OF_TWO, near(fact=-1)),
    ("a fact that is no equation", about(AtMost(x, ONE), AtMost(x * x, term(2))), near()),
    ("an instance that the fact does not have", ROOT_OF_TWO, near(instance=(1,))),
    ("an entry that the variable does not have", ROOT_OF_TWO, near(entry=(1,))),
    ("another variable", ROOT_OF_TWO, near(name="u")),
    ("two equations", about(AtMost(x, ONE), SQUARE, ALSO), at(NEAR, replace(NEAR, fact=1), x="7/5")),
    ("one root twice", ROOT_OF_TWO, at(NEAR, NEAR, x="7/5")),
    ("a fact that fails in a part", about(AtMost(x, ONE), SQUARE, AtMost(x, term(F(7, 5)))), near()),
    ("an equation that the root need not solve", about(AtMost(x, ONE), SQUARE, ALSO), near()),
    ("the second root before the first", CHAIN, at(CUBE, FINE, x="141/100", y="6/5")),
    ("each root by the other", TWO_ENDS, at(NEAR, CUBE, x="81/50", y="81/50")),
    ("a root that moves out", MOVING, at(NEAR, replace(CUBE, radius=F(1, 100)), x="7/5", y="7/5")),
]


@pytest.mark.parametrize("goal, witness", [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_refuses_a_root_that_has_not_been_shown(goal, witness):
    with pytest.raises(Refused):
        check(goal, witness)


def test_an_equation_under_a_hypothesis_gives_no_root():
    goal = Goal((), (("x", ()),), (Fact((), SQUARE, (Less(x, ZERO),)),), (AtMost(x, ONE),))
    with pytest.raises(Refused, match="without hypotheses"):
        check_witness(goal, at(NEAR, x="7/5"))


def test_a_root_for_every_index():
    c = variable("c", k)
    fact = Fact((k,), Equal(Exp(c), 1 + variable("w", k)))
    names = (("c", ("teacher",)), ("w", ("teacher",)))
    goal = Goal((("teacher", None),), names, (fact,), (AtMost(big_sum(k, c), ZERO),))
    values = (("c", (F(69, 100), F(11, 10))), ("w", (F(1), F(2))))
    roots = tuple(Root("c", (n,), F(1, 100), 0, (n,)) for n in (1, 2))
    assert check_witness(goal, Witness((("teacher", 2),), values, roots=roots)).kind == "apart"
    with pytest.raises(Refused):  # the second entry is a fraction that does not solve its equation
        check_witness(goal, Witness((("teacher", 2),), values, roots=roots[:1]))
    with pytest.raises(Refused):  # the equation of the first entry does not speak of the second
        moved = replace(roots[1], instance=(1,))
        check_witness(goal, Witness((("teacher", 2),), values, roots=(roots[0], moved)))


def test_a_maximum_may_turn_inside_the_interval():
    kinked = about(AtMost(x, ZERO), Equal(big("maximum", k, x * variable("w", k)), term(F(1, 2))))
    goal = Goal((("teacher", None),), (("x", ()), ("w", ("teacher",))), kinked.facts, kinked.conclusions)
    values = (("x", F(1, 2)), ("w", (F(1), F(2))))
    witness = Witness((("teacher", 2),), values, roots=(Root("x", (), F(2, 5), 0),))
    assert check_witness(goal, witness).kind == "apart"


@given(st.integers(2, 60), st.integers(1, 12))
def test_square_roots_lie_where_the_witness_says(number, digits):
    """Against whole numbers: the interval around the root is accepted, the one beside it is not."""
    radius = F(1, 10**digits)
    middle = F(isqrt(number * 10 ** (2 * digits)), 10**digits)
    low, high = middle - radius, middle + radius
    goal = about(AtMost(x, ZERO), Equal(power(x, term(2)), term(number)))
    witness = at(Root("x", (), radius, fact=0), x=str(middle))
    assert low * low < number < high * high
    assert check_witness(goal, witness).kind == "apart"
    with pytest.raises(Refused):
        check_witness(goal, at(Root("x", (), radius, fact=0), x=str(middle + 3 * radius)))


def test_roots_go_through_the_file_format():
    goal, witness = about(AtMost(x, ONE), SQUARE), at(NEAR, x="7/5")
    assert cell_from_json(goal_to_json(goal), evidence_to_json(goal, witness)) == (goal, witness)


def test_a_root_cannot_be_changed_afterwards():
    class Changing(Root):
        pass

    goal, witness = about(AtMost(x, ONE), SQUARE), at(Changing("x", (), F(1, 10), fact=0), x="7/5")
    with pytest.raises(Refused, match="expected a Root"):
        check(goal, witness)
