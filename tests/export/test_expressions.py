"""Expressions with bounds: the bounds hold, and Rocq computes the same."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from axiomkd.export.context import Unexported
from axiomkd.export.expressions import (
    FINE,
    at_most,
    constant,
    down,
    equal,
    greatest,
    inside,
    least,
    less,
    plus,
    raised,
    times,
    up,
)
from axiomkd.export.rocq import accepts

IMPORTS = "From Axiomkd Require Import Core Identities Enclosures.\n"
fractions = st.fractions(-3, 3, max_denominator=50)
TINY = Fraction(1, 3**140)


def evaluated(expression):
    """The exact value of an expression without known values."""
    parts = [part for part in expression.parts if not isinstance(part, str)]
    values = [evaluated(part) for part in parts]
    match expression.head:
        case "Plus":
            return values[0] + values[1]
        case "Times":
            return values[0] * values[1]
        case "Greatest":
            return max(values)
        case "Least":
            return min(values)
        case "Raised":
            return values[0] ** int(expression.parts[1].strip("()"))
    return expression.bounds[0]


@given(st.lists(fractions, min_size=4, max_size=4), st.integers(1, 5))
def test_bounds_of_rationals_are_their_values(values, exponent):
    a, b, c, d = map(constant, values)
    expression = plus(times(a, raised(b, exponent)), greatest(least(c, d), times(c, d)))
    assert expression.exact == evaluated(expression)


@given(st.integers(1, 10**80), st.integers(1, 10**80))
def test_what_is_finer_is_rounded_outwards(numerator, denominator):
    value = Fraction(numerator, denominator)
    assert down(value) <= value <= up(value)
    assert up(value) - down(value) <= Fraction(1, FINE)
    assert {down(value), up(value)} == {value} or value.denominator > FINE


def test_the_inverse_of_what_may_be_zero_has_no_bounds():
    with pytest.raises(Unexported, match="may be zero"):
        raised(plus(constant(Fraction(1)), constant(Fraction(-1))), -1)


def test_bounds_that_do_not_tell_are_not_written():
    third = constant(Fraction(1, 3))
    for proof in (less, equal):
        with pytest.raises(Unexported, match="bounds"):
            proof(plus(third, third), third if proof is less else constant(Fraction(1)))
    with pytest.raises(Unexported, match="bounds"):
        at_most(plus(third, third), third)


def claims():
    """Proofs by computation with the claims that they are for."""
    small, large = constant(Fraction(-2, 3)), constant(Fraction(7, 5))
    tiny = times(constant(TINY), large)
    product, power = times(small, large), raised(small, -3)
    return [
        (less(product, large), "(-2 / 3) * (7 / 5) < 7 / 5"),
        (equal(plus(small, large), constant(Fraction(11, 15))), "(-2 / 3) + (7 / 5) = 11 / 15"),
        (less(power, small), "rpow (-2 / 3) (-3) < -2 / 3"),
        (at_most(least(small, large), small), "Rmin (-2 / 3) (7 / 5) <= -2 / 3"),
        (less(constant(Fraction(0)), greatest(small, large)), "0 < Rmax (-2 / 3) (7 / 5)"),
        (inside(tiny), f"inside (bound {' '.join(ends(tiny))}) ((1 / {3**140}) * (7 / 5))"),
    ]


def ends(expression):
    return [f"{end.numerator} {end.denominator}" for end in expression.bounds]


def test_rocq_computes_the_same():
    lemmas = (
        f"Lemma a{n} : {claim}. Proof. exact {proof}. Qed.\n" for n, (proof, claim) in enumerate(claims())
    )
    assert accepts(IMPORTS + "".join(lemmas)) == ""


@pytest.mark.parametrize(
    "proof, claim",
    [
        ("(less_by nil nil none_known (Whole 1) (Whole 1) computed)", "1 < 1"),
        ("(equal_by nil nil none_known (Ratio 1 3) (Ratio 2 3) computed)", "1 / 3 = 2 / 3"),
        ("(less_by nil nil none_known (Whole 0) (Raised (Whole 0) (-1)) computed)", "0 < rpow 0 (-1)"),
        (
            "(inside_by nil nil none_known (bound 1 3 1 3) (Ratio 1 2) computed)",
            "inside (bound 1 3 1 3) (1 / 2)",
        ),
    ],
)
def test_rocq_refuses_what_does_not_come_out(proof, claim):
    assert "Error" in accepts(f"{IMPORTS}Lemma a : {claim}. Proof. exact {proof}. Qed.\n")


def test_a_finer_bound_is_kept_outwards_in_rocq_too():
    rounded = times(constant(TINY), constant(Fraction(7, 5)))
    assert rounded.exact is None
