"""The inverse of the digamma function: enclosed, with its order, its slope and its limits."""

from fractions import Fraction as F

import flint
import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from axiomkd.kernel import digamma
from axiomkd.kernel.algebra import equal
from axiomkd.kernel.check import apply_rule
from axiomkd.kernel.digamma import inverse_digamma, slope_at
from axiomkd.kernel.enclosure import ball, evaluate, holds
from axiomkd.kernel.evaluation import Point, Undecided
from axiomkd.kernel.evidence import Step
from axiomkd.kernel.germs import Germs
from axiomkd.kernel.growth import EPSILON, INVERSE, limit_of
from axiomkd.kernel.judgement import Goal, Judgement, Refused
from axiomkd.kernel.ranges import Range, Ranges
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    Continuous,
    Defined,
    Equal,
    Exp,
    InverseDigamma,
    Less,
    Log,
    Tends,
    show,
    term,
    variable,
)

x, y = variable("x"), variable("y")
NOWHERE = Point({}, {})
REALS = Goal((), (("x", ()), ("y", ())), (), (Less(ZERO, x),))
numbers = st.fractions(min_value=-60, max_value=60, max_denominator=1000)
EXTREME = [F(-(10**12)), F(-1000), F(-2), F(-577, 1000), F(0), F(1, 10**9), F(40), F(700), F(10**6)]


def reference(number):
    """The root that mpmath finds."""
    with mpmath.workdps(60):
        wanted = mpmath.mpf(number.numerator) / number.denominator
        start = mpmath.exp(wanted) + 0.5 if wanted > -2 else -1 / (wanted + mpmath.euler)
        return mpmath.findroot(lambda root: mpmath.digamma(root) - wanted, start)


@settings(max_examples=30, deadline=None)
@given(numbers)
def test_encloses_what_mpmath_finds(number):
    found = evaluate(InverseDigamma(term(number)), NOWHERE)
    with mpmath.workdps(60):
        low, high = (mpmath.mpf(end.str(50, radius=False)) for end in (found.lower(), found.upper()))
        slack = mpmath.mpf(10) ** -30
        assert low * (1 - slack) <= reference(number) <= high * (1 + slack)


@pytest.mark.parametrize("number", EXTREME)
@pytest.mark.parametrize("bits", [64, 128, 512])
def test_is_tight_and_its_digamma_is_the_number(number, bits):
    with flint.ctx.workprec(bits):
        ball = flint.arb(flint.fmpq(number.numerator, number.denominator))
        found = inverse_digamma(ball)
        assert found > 0
        assert found.rel_accuracy_bits() >= bits - 45
        assert found.digamma().overlaps(ball)


@given(numbers, st.fractions(min_value=0, max_value=5, max_denominator=50))
@settings(max_examples=20, deadline=None)
def test_holds_at_both_ends_of_a_ball(number, width):
    low, high = (evaluate(InverseDigamma(term(end)), NOWHERE) for end in (number, number + width))
    ends = [flint.arb(flint.fmpq(end.numerator, end.denominator)) for end in (number, number + width)]
    found = inverse_digamma(ends[0].union(ends[1]))
    # the values at the ends lie somewhere within their own balls, which may be the wider ones
    assert found.lower() <= low.upper() and high.lower() <= found.upper()


def test_a_wrong_proposal_of_newtons_method_is_not_believed(monkeypatch):
    monkeypatch.setattr(digamma, "_approximate", lambda value: flint.arb(7))
    with pytest.raises(Undecided):
        inverse_digamma(flint.arb(0))


def test_nothing_is_said_of_what_has_no_bounds():
    with pytest.raises(Undecided):
        inverse_digamma(flint.arb("nan"))


def test_orders_are_decided():
    assert holds(Less(InverseDigamma(ZERO), term(F(14617, 10000))), NOWHERE)
    assert holds(Less(term(F(14616, 10000)), InverseDigamma(ZERO)), NOWHERE)
    with pytest.raises(Undecided):
        holds(Equal(InverseDigamma(ZERO + ZERO), InverseDigamma(Log(Exp(ONE)) - ONE)), NOWHERE)


@settings(max_examples=20, deadline=None)
@given(
    st.fractions(min_value=-8, max_value=8, max_denominator=20),
    st.fractions(min_value=0, max_value=2, max_denominator=20),
    st.fractions(min_value=0, max_value=1),
)
def test_ranges_hold_values_and_slopes(low, width, share):
    ends = tuple(flint.arb(flint.fmpq(end.numerator, end.denominator)) for end in (low, low + width))
    one = flint.arb(1)
    found = Ranges({x: Range(ends, {0: (one, one)})}).value(InverseDigamma(x))
    inside = low + share * width
    value = evaluate(InverseDigamma(term(inside)), NOWHERE)
    step = F(1, 10**9)
    rise = (evaluate(InverseDigamma(term(inside + step)), NOWHERE) - value) * 10**9
    assert not value < found.ends[0] and not value > found.ends[1]
    assert not rise < found.slopes[0][0] * (1 - 1e-6) and not rise > found.slopes[0][1] * (1 + 1e-6)


def test_the_slope_is_that_of_the_reference():
    with mpmath.workdps(30):
        wanted = 1 / mpmath.psi(1, reference(F(1, 2)))
        assert abs(float(slope_at(inverse_digamma(flint.arb(0.5)))) - float(wanted)) < 1e-12


def along(value):
    path = {"x": (F(1, 3), F(2)), "y": (F(0), F(1))}
    return limit_of(Germs(NOWHERE, path, {"n": INVERSE, "e": EPSILON}).value(value))


def test_a_path_with_a_limit_is_followed():
    assert along(InverseDigamma(x)).overlaps(evaluate(InverseDigamma(term(F(1, 3))), NOWHERE))
    assert along(InverseDigamma(Exp(y) - 1)).overlaps(evaluate(InverseDigamma(ZERO), NOWHERE))


@pytest.mark.parametrize("argument", [variable("n"), -variable("n"), Log(variable("e"))])
def test_a_path_without_a_limit_is_refused(argument):
    with pytest.raises(Undecided):
        along(InverseDigamma(argument))


@pytest.mark.parametrize(
    ("rule", "formula"),
    [
        ("sign_of_parts", Less(ZERO, InverseDigamma(x))),
        ("defined", Defined(InverseDigamma(x - y) ** F(-1, 2))),
        ("continuous", Continuous(Log(InverseDigamma(x * y)))),
    ],
)
def test_is_positive_defined_and_continuous_everywhere(rule, formula):
    assert apply_rule(REALS, [], Step(rule, formula, (), ())).formula is formula


@pytest.mark.parametrize(
    ("rule", "formula"),
    [
        ("defined", Defined(InverseDigamma(Log(x)))),
        ("continuous", Continuous(InverseDigamma(Log(x)))),
        ("sign_of_parts", Less(ZERO, InverseDigamma(x) - 1)),
    ],
)
def test_its_argument_must_be_what_it_is_elsewhere(rule, formula):
    with pytest.raises(Refused):
        apply_rule(REALS, [], Step(rule, formula, (), ()))


def test_tends_with_its_argument():
    n = variable("n")
    goal = Goal((), (("n", ()), ("x", ())), (), (Less(ZERO, x),), limit=("n", "infinity"))
    part = Judgement(Tends(n**-1, ZERO))
    formula = Tends(InverseDigamma(n**-1 + x), InverseDigamma(ZERO + x))
    assert apply_rule(goal, [part], Step("limit", formula, (0,), ())).formula is formula
    with pytest.raises(Refused):
        apply_rule(
            goal, [part], Step("limit", Tends(InverseDigamma(n**-1 + x), InverseDigamma(x + x)), (0,), ())
        )


def test_its_argument_is_compared_in_canonical_form():
    assert equal(InverseDigamma(x + y), InverseDigamma(y + x), ())
    assert not equal(InverseDigamma(x + y), InverseDigamma(x) + InverseDigamma(y), ())


def test_is_shown_in_the_grammar():
    assert show(InverseDigamma(x + 1)) == "invdigamma((x + 1))"


@settings(max_examples=30, deadline=None)
@given(
    st.fractions(min_value=-9, max_value=0, max_denominator=50),
    st.fractions(min_value=-9, max_value=9, max_denominator=50),
    st.fractions(min_value=0, max_value=9, max_denominator=50),
)
def test_the_rule_of_quotients_is_true(shift, low, more):
    """exp(d) <= g(d+t)/g(t) <= g(d+s)/g(s) for d <= 0 and s <= t."""

    def quotient(at):
        return InverseDigamma(term(shift + at)) / InverseDigamma(term(at))

    one, two, three = (
        ball(evaluate(value, NOWHERE)) for value in (Exp(term(shift)), quotient(low + more), quotient(low))
    )
    assert not one > two and not two > three
