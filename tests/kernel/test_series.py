"""Expansions along a path: signs that second terms decide, and remainders that hide them."""

from fractions import Fraction as F

import flint
import mpmath
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from axiomkd.kernel.evaluation import Point, Undecided, Undefined
from axiomkd.kernel.growth import EPSILON, INVERSE, Ratio, polynomial
from axiomkd.kernel.series import Expansions
from axiomkd.kernel.terms import ONE, ZERO, Exp, Extreme, Log, power, term, variable

e, n, x, y = (variable(name) for name in "enxy")
third, half = F(1, 3), F(1, 2)


def moving(*coefficients):
    return Ratio(polynomial(coefficients), polynomial([F(1)]))


GERMS = {"e": EPSILON, "n": INVERSE, "x": moving(third, F(1)), "y": moving(F(2, 3), F(-1))}


def expanded(value):
    return Expansions(Point({}, {}), lambda name, _: GERMS[name]).value(value)


TIE = power(term(third), third) * power(term(F(2, 3)), F(2, 3))
SIGNS = [
    ("nothing", e - e, 0),
    ("a product of powers that leaves its value", x**x * y**y - TIE, -1),
    ("an entropy that leaves its value", x * Log(x) + y * Log(y) - Log(TIE), -1),
    ("the product of powers at a vertex", e**e * (1 - e) ** (1 - e) - 1, -1),
    ("the second term of an exponential", Exp(e) - 1 - e, 1),
    ("the third term of a logarithm", Log(1 + e) - e + e * e / 2, 1),
    ("the second term of a root", power(1 + e, half) - 1 - e / 2, -1),
    ("a logarithm beside a power", e * Log(e) + 100 * e, -1),
    ("a square of a logarithm", e * Log(e) ** 2 - 100 * e, 1),
    ("a smaller power beside a logarithm", e**2 * Log(e) + power(e, F(3, 2)), 1),
    ("what grows", n - 1000, 1),
    ("a root of a pole", power(n, half) - power(1 + n, half), -1),
    ("an exponent that moves", power(term(2), e) - power(term(3), e), -1),
    ("a maximum", Extreme("maximum", e, e * e) - 2 * e, -1),
    ("a power of small with a number beside", power(e, e) - 1, -1),
    ("constants that tie", x - x + power(term(2), half) * power(term(3), half) - power(term(6), half), 0),
    ("a power of zero", ZERO**e + ZERO ** (e - e) - ONE, 0),
    ("a greater power than is multiplied out", (1 + e) ** 20 - 1 - 20 * e, 1),
]


@pytest.mark.parametrize("value, sign", [case[1:] for case in SIGNS], ids=[case[0] for case in SIGNS])
def test_sign(value, sign):
    assert expanded(value).sign() == sign


UNKNOWN = [
    ("what cancels to all orders", x**x * y**y - y**y * x**x * Exp(e) / Exp(e)),
    ("a term beyond the remainder", Exp(e) - 1 - e - e**2 / 2 - e**3 / 6 - e**4 / 24),
    ("an exponential of a pole", Exp(n)),
    ("a number to the power infinity", power(term(2), n)),
    ("the exponential of an irrational multiple of a logarithm", Exp(power(term(2), half) * Log(e))),
    ("a logarithm of a logarithm", Log(-Log(e))),
    ("a power close to the last that is expanded", Exp(power(e, F(1, 100)))),
]


@pytest.mark.parametrize("value", [case[1] for case in UNKNOWN], ids=[case[0] for case in UNKNOWN])
def test_nothing_is_said(value):
    with pytest.raises(Undecided):
        expanded(value).sign()


def test_what_has_no_value():
    for value in (Log(e - e), Log(-e), power(ZERO, -e)):
        with pytest.raises(Undefined):
            expanded(value)


SMALL = mpmath.mpf(10) ** -30
TERMS = st.recursive(
    st.one_of(st.sampled_from([e, x, y]), st.fractions(F(1, 3), 2, max_denominator=3).map(term)),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: pair[0] + pair[1]),
        st.tuples(inner, inner).map(lambda pair: pair[0] * pair[1]),
        st.tuples(inner, inner).map(lambda pair: pair[0] - pair[1]),
        st.tuples(inner, inner).map(lambda pair: pair[0] ** pair[1]),
        inner.map(Log),
        inner.map(lambda value: value**value),
    ),
    max_leaves=5,
)


@settings(deadline=None, max_examples=40)
@given(TERMS)
def test_an_expansion_comes_near_and_its_sign_is_true(value):
    try:
        series = expanded(value)
        sign = series.sign()
    except (Undecided, Undefined):
        assume(False)
    with mpmath.workdps(250), flint.ctx.workprec(850):
        found = _by_mpmath(value)
        assert sign == mpmath.sign(found)
        near = mpmath.fsum(
            mpmath.mpf(c.enclosure().mid().str(250, radius=False))
            * SMALL ** (mpmath.mpf(order.numerator) / order.denominator)
            * mpmath.log(SMALL) ** logarithms
            for (order, logarithms), c in series.terms
        )
        end = 6 if series.end is None else mpmath.mpf(series.end.numerator) / series.end.denominator
        assert abs(near - found) <= SMALL**end * mpmath.mpf(10) ** 20


def _by_mpmath(value):
    parts = [_by_mpmath(part) for part in value.parts if hasattr(part, "parts")]
    assume(type(value).__name__ not in ("Power", "Exp") or abs(parts[-1]) < 10**6)
    match type(value).__name__:
        case "Number":
            return mpmath.mpf(value.value.numerator) / value.value.denominator
        case "Variable":
            return {"e": SMALL, "x": mpmath.mpf(1) / 3 + SMALL, "y": mpmath.mpf(2) / 3 - SMALL}[value.name]
        case "Add":
            return mpmath.fsum(parts)
        case "Multiply":
            return mpmath.fprod(parts)
        case "Power":
            return mpmath.power(*parts)
    return mpmath.log(parts[0])
