"""Values at rational points: exact where they can be, enclosed elsewhere, never guessed."""

from fractions import Fraction as F

import flint
import mpmath
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from axiomkd.kernel.enclosure import evaluate, holds
from axiomkd.kernel.evaluation import Point, Undecided, Undefined
from axiomkd.kernel.judgement import Refused
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
    power,
    term,
    variable,
)

k, i = Free("k", "teacher"), Free("i", "outcome")
x, y = variable("x"), variable("y")
NOWHERE = Point({}, {})
ROWS = Point(
    {"teacher": 2, "outcome": 2},
    {"p": ((F(1, 2), F(1, 2)), (F(1, 5), F(4, 5))), "w": (F(1, 4), F(3, 4))},
    {k: 2, i: 1},
    {"pi": (2, 1)},
)


def p(teacher, outcome):
    return variable("p", teacher, outcome)


def at(**values):
    return Point({}, {name: F(value) for name, value in values.items()})


EXACT = [
    ("a sum of fractions", x + F(1, 3), F(5, 6)),
    ("an integer power", x**-3, F(8)),
    ("a rational root", power(F(4, 9), F(1, 2)), F(2, 3)),
    ("a rational root with a numerator", power(F(8, 27), F(-2, 3)), F(9, 4)),
    ("zero to the zeroth power", ZERO**ZERO, F(1)),
    ("a negative number to the zeroth power", (-x) ** ZERO, F(1)),
    ("zero to an irrational power", ZERO ** power(2, F(1, 2)), F(0)),
    ("one to an irrational power", ONE ** power(2, F(1, 2)), F(1)),
    ("an irrational number to the first power of a fraction", (power(2, F(1, 2)) ** ONE) * ZERO, F(0)),
    ("zero times an irrational number", ZERO * Exp(x), F(0)),
    ("the exponential of zero", Exp(ZERO), F(1)),
    ("the logarithm of one", Log(ONE), F(0)),
    ("a maximum whose largest part is exact", Extreme("maximum", x, term(7), Exp(ONE)), F(7)),
    ("a minimum of fractions", Extreme("minimum", x, term(7)), F(1, 2)),
    ("a branch that is not taken may be undefined", If(Less(x, ONE), x, ONE / ZERO), F(1, 2)),
]


@pytest.mark.parametrize("value, expected", [case[1:] for case in EXACT], ids=[case[0] for case in EXACT])
def test_exact(value, expected):
    found = evaluate(value, at(x=F(1, 2)))
    assert isinstance(found, F) and found == expected


UNDEFINED = [
    ("division by zero", ONE / ZERO),
    ("division by a difference that is zero", ONE / (x - F(1, 2))),
    ("zero to a negative irrational power", ZERO ** -power(2, F(1, 2))),
    ("the logarithm of zero", Log(ZERO)),
    ("zero times the logarithm of zero", ZERO * Log(ZERO)),
    ("the logarithm of a negative number", Log(-x)),
    ("the root of a negative number", power(-x, F(1, 2))),
    ("the root of a negative irrational number", power(-Exp(x), F(1, 2))),
]


@pytest.mark.parametrize("value", [case[1] for case in UNDEFINED], ids=[case[0] for case in UNDEFINED])
def test_undefined(value):
    with pytest.raises(Undefined):
        evaluate(value, at(x=F(1, 2)))


ROOT = power(2, F(1, 2))
NESTED = power(3 + 2 * ROOT, F(1, 2)) - ROOT
UNDECIDED = [
    ("two ways to write one nested root", Equal(NESTED, ONE)),
    ("an order between equal irrational numbers", AtMost(power(3 + 2 * ROOT, F(1, 2)), 1 + ROOT)),
    ("a division by zero that is not seen", Less(ONE / (Log(term(4)) - 2 * Log(term(2))), ONE)),
    ("the square of what may be zero", Less((NESTED - 1) ** 2, ZERO)),
]


@pytest.mark.parametrize("formula", [case[1] for case in UNDECIDED], ids=[case[0] for case in UNDECIDED])
def test_undecided(formula):
    with pytest.raises(Undecided):
        holds(formula, NOWHERE)


@pytest.mark.parametrize("value", [ONE / (ROOT * ROOT - 2), Log(ROOT * ROOT - 2), (ROOT * ROOT - 2) ** -2])
def test_no_value_rather_than_an_infinite_one(value):
    with pytest.raises(Undecided):
        evaluate(value, NOWHERE)


TRUE = [
    ("the very same irrational term", Equal(ROOT, ROOT)),
    ("irrational numbers a hundred digits apart", Less(Exp(term(1)), Exp(1 + term(F(1, 10**100))))),
    ("an even power of an interval around a small number", Less(ZERO, (ROOT - F(3, 2)) ** 2)),
    ("the square of a ball around zero", Less((ROOT * ROOT - 2) ** 2, ONE)),
    ("different irrational numbers", Different(ROOT, Log(term(2)))),
    ("a term that is defined", Defined(ONE / ROOT)),
    ("literal indices that are the same", Same(Literal(1, "teacher"), Literal(1, "teacher"))),
]


@pytest.mark.parametrize("formula", [case[1] for case in TRUE], ids=[case[0] for case in TRUE])
def test_holds(formula):
    assert holds(formula, Point({"teacher": 1}, {})) is True


FALSE = [
    ("an equation of different irrational numbers", Equal(ROOT, Log(term(2)))),
    ("a strict order between equals", Less(ROOT, ROOT)),
    ("a term that is not defined", Defined(ONE / ZERO)),
    ("distinct numbers that are one", Distinct(Literal(1, "teacher"), Literal(1, "teacher"))),
]


@pytest.mark.parametrize("formula", [case[1] for case in FALSE], ids=[case[0] for case in FALSE])
def test_does_not_hold(formula):
    assert holds(formula, Point({"teacher": 1}, {})) is False


INDEXED = [
    ("free indices take the numbers of the point", p(k, i), F(1, 5)),
    ("a permuted index takes its image", p(k, Permuted(i, "outcome", "pi")), F(4, 5)),
    ("a sum over outcomes", big_sum(i, p(k, i)), F(1)),
    ("a product over teachers", big_product(k, p(k, i)), F(1, 10)),
    ("a maximum over teachers", big("maximum", k, p(k, i)), F(1, 2)),
    ("a minimum of a maximum", big("minimum", i, big("maximum", k, p(k, i))), F(1, 2)),
    (
        "a delta of bound and free index",
        big_sum(k, variable("w", k) * delta(k, Literal(2, "teacher"))),
        F(3, 4),
    ),
    ("a size", Size("teacher") + Size("outcome"), F(4)),
]


@pytest.mark.parametrize("value, expected", [case[1:] for case in INDEXED], ids=[case[0] for case in INDEXED])
def test_indices(value, expected):
    assert evaluate(value, ROWS) == expected


@pytest.mark.parametrize(
    "value", [p(Literal(3, "teacher"), i), variable("unknown"), variable("w"), variable("w", k, i)]
)
def test_refuses_what_the_point_does_not_have(value):
    with pytest.raises(Refused):
        evaluate(value, ROWS)


small = st.fractions(min_value=F(1, 50), max_value=4, max_denominator=50)


@given(small, small, small)
def test_encloses_what_mpmath_computes(a, b, c):
    value = (
        Log(x + y) * Exp(-x) + power(x, y) / (ONE + power(y, F(1, 3))) - Extreme("maximum", x, variable("z"))
    )
    found = evaluate(value, at(x=a, y=b, z=c))
    with mpmath.workdps(60):
        one, two, three = (mpmath.mpf(n.numerator) / n.denominator for n in (a, b, c))
        expected = mpmath.log(one + two) * mpmath.exp(-one)
        expected += one**two / (1 + two ** (mpmath.mpf(1) / 3)) - max(one, three)
        with flint.ctx.workprec(256):
            close = flint.arb(mpmath.nstr(expected, 50), "1e-45")
            assert found.overlaps(close) and found.rad() < 1e-30


@given(small, small)
def test_orders_powers_as_exact_arithmetic_does(a, b):
    assume(a != b)
    assert holds(Less(power(x, F(3, 2)), power(y, F(3, 2))), at(x=a, y=b)) is (a < b)
