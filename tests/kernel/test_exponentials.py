"""Sums of exponentials along a path: exact orders where leading terms cancel."""

from fractions import Fraction as F

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from axiomkd.kernel.enclosure import decided
from axiomkd.kernel.evaluation import Point, Undecided, Undefined
from axiomkd.kernel.exponentials import Exponentials
from axiomkd.kernel.germs import Germs
from axiomkd.kernel.growth import EPSILON, INVERSE
from axiomkd.kernel.terms import ONE, ZERO, AtMost, Exp, Extreme, If, Log, power, term, variable

e, n, x = (variable(name) for name in "enx")
PATH = {"x": (F(0), F(1))}
"""x and e are the small number itself, n is its inverse."""


def steep(base, times=1):
    """The base to the power times/e."""
    return power(term(base), times / e)


def exactly():
    return Exponentials(Point({}, {}), PATH, {"e": EPSILON, "n": INVERSE})


half, third = steep(F(1, 2)), steep(F(1, 3))
SHARES = half / (half + third), third / (half + third)
ORDERS = [
    ("one decays faster", third, half, -1),
    ("one is left when others cancel", 2 * half + third, half + half, 1),
    ("a product and its factors", half * third, steep(F(1, 6)), 0),
    ("a power and its base", steep(F(1, 4), F(1, 2)), half, 0),
    ("shares sum to one", SHARES[0] + SHARES[1], ONE, 0),
    ("a mixture that tends to one half from below", term(F(2, 3)) * SHARES[0] - F(1, 6), term(F(1, 2)), -1),
    ("a tie with its own limit", SHARES[0], ONE, -1),
    ("a power of e decides", x * half, half / 2, -1),
    ("it grows", n * half + steep(2), steep(2), 1),
    ("nothing is less than the square of a difference", ZERO, (half - third) ** 2, -1),
    ("the greater share", Extreme("maximum", *SHARES), SHARES[0], 0),
    ("the share that is chosen", If(AtMost(half, third), ONE, third), third, 0),
]


@pytest.mark.parametrize(
    ("left", "right", "order"), [case[1:] for case in ORDERS], ids=[c[0] for c in ORDERS]
)
def test_the_order_is_exact(left, right, order):
    assert exactly().order(left, right) == order
    assert exactly().order(right, left) == -order


@pytest.mark.parametrize(
    "value",
    [steep(2, F(1, 2)), power(x, 1 / e), power(term(2), n * n), power(term(2), x), Exp(x), Log(half + 1)],
)
def test_of_other_functions_nothing_is_said(value):
    with pytest.raises(Undecided):
        exactly().value(value)


def test_a_difference_that_vanishes_has_no_inverse():
    with pytest.raises(Undefined):
        exactly().value(1 / (half * third - steep(F(1, 6))))


def test_paths_lean_on_it_where_leading_terms_cancel():
    germs = Germs(Point({}, {}), PATH, {"e": EPSILON, "n": INVERSE})
    mixture = SHARES[0] / 3 + F(1, 6)
    assert decided(lambda: germs.order(mixture, term(F(1, 2)))) == -1


numbers = st.fractions(F(1, 4), F(3, 1), max_denominator=4)


@given(st.lists(st.tuples(numbers, st.integers(-3, 3)), min_size=1, max_size=4))
def test_signs_are_those_of_numbers_near_the_end(parts):
    total = sum((factor * steep(base) for base, factor in parts), ZERO)
    with mpmath.workdps(200):
        near = mpmath.fsum(
            factor * mpmath.mpf(base.numerator) ** 60 / base.denominator**60 for base, factor in parts
        )
    assert exactly().order(total, ZERO) == mpmath.sign(near)
