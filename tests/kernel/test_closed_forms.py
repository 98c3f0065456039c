"""Closed forms: ties that are seen, differences that are never taken for ties."""

from fractions import Fraction as F

import flint
import mpmath
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from axiomkd.kernel.closed_forms import ClosedForms, factored, is_tie
from axiomkd.kernel.enclosure import holds
from axiomkd.kernel.evaluation import Between, Point, Undecided, Undefined
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Equal,
    Exp,
    Extreme,
    If,
    Less,
    Log,
    power,
    term,
    variable,
)

a, b = variable("a"), variable("b")
third, half = F(1, 3), F(1, 2)
POINT = Point({}, {"a": third, "b": F(2, 3)})


def root(number, degree=2):
    return power(term(number), F(1, degree))


TIES = [
    ("products of powers in another order", a**a * b**b, b**b * a**a),
    ("a power of a quotient", b**b, power(term(2), F(2, 3)) / power(term(3), F(2, 3))),
    ("sums of x log x", a * Log(a) + b * Log(b), F(2, 3) * Log(term(2)) - Log(term(3))),
    ("roots of different degrees", root(4, 4), root(2)),
    ("a product of roots", root(6) * root(15), 3 * root(10)),
    ("a square of a sum of roots", (root(2) + root(3)) ** 2, 5 + 2 * root(6)),
    ("one inverse of a sum of roots", 1 / (root(2) + root(3)), 1 / (root(3) + root(2))),
    ("a power whose exponent is a logarithm", power(term(2), Log(term(3))), power(term(3), Log(term(2)))),
    ("an irrational exponent and its double", power(term(3), root(2)) ** 2, power(term(3), root(8))),
    ("the exponential of a logarithm", Exp(3 * Log(term(2)) + 1), 8 * Exp(ONE)),
    ("the exponential of the logarithm of a sum", Exp(Log(root(2) + 1)), root(2) + 1),
    ("the logarithm of an exponential", Log(Exp(root(2)) * 3), root(2) + Log(term(3))),
    ("powers of zero", ZERO**b + ZERO**ZERO, ONE),
    ("a whole power of a negative number", (-root(2)) ** 9, -16 * root(2)),
    ("a maximum of what ties", Extreme("maximum", a**a * b**b, b**b * a**a, a), b**b * a**a),
    ("a condition that ties", If(Less(a**a * b**b, b**b * a**a), ZERO, root(2)), root(2)),
]


@pytest.mark.parametrize("left, right", [case[1:] for case in TIES], ids=[case[0] for case in TIES])
def test_tie(left, right):
    assert is_tie(left, right, POINT)
    assert holds(Equal(left, right), POINT)
    assert not holds(Less(left, right), POINT)


APART = [
    ("one power and another", a**a, b**b),
    ("logarithms of different primes", Log(term(2)), Log(term(3))),
    ("powers that differ in the hundredth digit", power(term(2), F(10**100 + 1, 10**100)), term(2)),
    ("a prime and another far above", term(2**61 - 1), term(2**31 - 1) ** 2),
    ("a number and its negative", root(2), -root(2)),
]


@pytest.mark.parametrize("left, right", [case[1:] for case in APART], ids=[case[0] for case in APART])
def test_no_tie(left, right):
    assert not is_tie(left, right, POINT)
    assert holds(Less(left, right), POINT) != holds(Less(right, left), POINT)


UNSEEN = [
    ("a tie of nested roots", power(3 + 2 * root(2), half), 1 + root(2)),
    ("numbers too large to take apart", Log(term(10**40 + 1)) + Log(term(3)), Log(term(3 * 10**40 + 3))),
]


@pytest.mark.parametrize("left, right", [case[1:] for case in UNSEEN], ids=[case[0] for case in UNSEEN])
def test_nothing_is_said(left, right):
    assert not is_tie(left, right, POINT)
    with pytest.raises(Undecided):
        holds(AtMost(left, right), POINT)


def test_what_has_no_value_does_not_tie():
    assert not is_tie(Log(ZERO), Log(ZERO) + 0 * a, POINT)
    assert not is_tie(power(ZERO, -b), power(ZERO, -a), POINT)
    with pytest.raises(Undefined):
        ClosedForms(POINT).value(power(-a, half))


def test_a_number_known_to_an_interval_does_not_tie():
    point = Point({}, {"a": Between(third, half)})
    assert not is_tie(a + 0, 2 * a / 2, point) or a + 0 is 2 * a / 2
    with pytest.raises(Undecided):
        ClosedForms(point).value(a)


def test_factors_multiply_to_the_number():
    product = F(1)
    for prime, exponent in factored(F(2**5 * 99, 35)):
        product *= F(prime) ** exponent
    assert product == F(2**5 * 99, 35)


FRACTIONS = st.fractions(F(1, 6), 4, max_denominator=6)
TERMS = st.recursive(
    st.one_of(FRACTIONS.map(term), st.sampled_from([a, b])),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: pair[0] + pair[1]),
        st.tuples(inner, inner).map(lambda pair: pair[0] * pair[1]),
        st.tuples(inner, inner).map(lambda pair: pair[0] - pair[1]),
        st.tuples(inner, inner).map(lambda pair: pair[0] ** pair[1]),
        inner.map(Exp),
        inner.map(Log),
    ),
    max_leaves=6,
)


@settings(deadline=None, max_examples=60)
@given(TERMS, FRACTIONS, FRACTIONS)
def test_a_closed_form_is_the_value(value, x, y):
    try:
        form = ClosedForms(Point({}, {"a": x, "b": y})).value(value)
    except (Undecided, Undefined):
        assume(False)
    with mpmath.workdps(60), flint.ctx.workprec(250):
        enclosed = form.enclosure()
        assume(enclosed.is_finite() and abs(enclosed) < 10**15)
        expected = _by_mpmath(value, {"a": x, "b": y})
        assert abs(mpmath.mpf(enclosed.mid().str(60, radius=False)) - expected) < mpmath.mpf(10) ** -25


def _by_mpmath(value, values):
    parts = [_by_mpmath(part, values) for part in value.parts if hasattr(part, "parts")]
    assume(type(value).__name__ not in ("Power", "Exp") or abs(parts[-1]) < 10**6)
    match type(value).__name__:
        case "Number":
            return mpmath.mpf(value.value.numerator) / value.value.denominator
        case "Variable":
            return mpmath.mpf(values[value.name].numerator) / values[value.name].denominator
        case "Add":
            return mpmath.fsum(parts)
        case "Multiply":
            return mpmath.fprod(parts)
        case "Power":
            return mpmath.power(*parts)
        case "Exp":
            return mpmath.exp(parts[0])
    return mpmath.log(parts[0])
