"""Derivatives of terms agree with those that come with ranges, by other code."""

from fractions import Fraction

import flint
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from axiomkd.kernel.boxes import Domain, gap_slopes
from axiomkd.kernel.derivative import derivative
from axiomkd.kernel.enclosure import ball, evaluate
from axiomkd.kernel.evaluation import Point, Undecided, Undefined
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import ONE, ZERO, Exp, Extreme, If, Less, Log, term, variable

x, y = variable("x"), variable("y")
exponents = st.sampled_from([*map(Fraction, (0, 1, 2, 3, -1, -2)), Fraction(1, 2), Fraction(7, 3)])


def composed(inner):
    return st.one_of(
        st.builds(lambda a, b: a + b, inner, inner),
        st.builds(lambda a, b: a * b, inner, inner),
        st.builds(lambda a, e: a**e, inner, exponents),
        st.builds(lambda a, b: a**b, inner, inner),
        st.builds(Exp, inner),
        st.builds(Log, inner),
        st.builds(lambda a: a * Log(a), inner),
        st.builds(lambda a, b: a * (Log(a) - b), inner, inner),
    )


terms = st.recursive(
    st.sampled_from([x, x, y, term(2), term(Fraction(1, 2)), term(-1)]), composed, max_leaves=6
)
places = st.fractions(min_value=Fraction(1, 8), max_value=3, max_denominator=8)


@settings(max_examples=150, deadline=None)
@given(terms, places, places)
def test_agrees_with_the_slopes_of_ranges(value, a, b):
    box = ((a, a), (b, b))
    try:
        with flint.ctx.workprec(64):
            slope = gap_slopes(Less(ZERO, value), Domain((x, y), box, (), {}), box)[0]
        found = ball(evaluate(derivative(value, x), Point({}, {"x": a, "y": b})))
    except (Undecided, Undefined):
        assume(False)
    assert not found < slope[0]
    assert not found > slope[1]


@pytest.mark.parametrize(
    "value, expected",
    [
        (y, ZERO),
        (x, ONE),
        (x * Log(x), 1 + Log(x)),
        (y * Exp(x), Exp(x) * y),
        (Extreme("maximum", y, ONE), ZERO),
    ],
    ids=str,
)
def test_is_written_briefly(value, expected):
    assert derivative(value, x) is expected


@pytest.mark.parametrize("value", [Extreme("maximum", x, y), If(Less(x, y), y, ONE)], ids=str)
def test_a_kink_or_a_jump_has_none(value):
    with pytest.raises(Refused, match="differentiable"):
        derivative(value, x)
