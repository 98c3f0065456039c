"""Behaviour along paths: limits that are found, and those about which nothing is said."""

from dataclasses import replace
from fractions import Fraction as F

import flint
import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from axiomkd.kernel.enclosure import decided
from axiomkd.kernel.evaluation import Point, Undecided, Undefined
from axiomkd.kernel.evidence import Paths
from axiomkd.kernel.germs import Germs
from axiomkd.kernel.growth import EPSILON, INVERSE, limit_of, logarithm
from axiomkd.kernel.judgement import Fact, Goal, Refused
from axiomkd.kernel.paths import check_paths
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Continuous,
    Defined,
    Equal,
    Exp,
    Extreme,
    Free,
    If,
    Less,
    Log,
    Same,
    Size,
    Tends,
    big_product,
    big_sum,
    delta,
    power,
    term,
    variable,
)

x, y, e, n = (variable(name) for name in "xyen")
PATH = {"x": (F(0), F(1)), "y": (F(1, 2), F(1))}
"""x is the small number itself, y one half and the small number; e is small, n its inverse."""


def along(value):
    return decided(lambda: limit_of(Germs(Point({}, {}), PATH, {"e": EPSILON, "n": INVERSE}).value(value)))


def at_most(left, right):
    return If(AtMost(left, right), ONE, ZERO)


third, half = F(1, 3), F(1, 2)
TURNED = x - 1 - Exp(x)
POWERS = tuple(Exp(-x) * power(term(base), x) for base in (2, 3))
GREATEST, LEAST = Extreme("maximum", *POWERS), Extreme("minimum", *POWERS)
LIMITS = [
    ("a polynomial", x * x + y, half),
    ("a quotient of polynomials", (x + 2 * x**2) / (3 * x - x**3), third),
    ("a quotient with a removable pole", ((1 + x) ** 2 - 1) / x, 2),
    ("a rational root", power(y * y, half) * 2, 1),
    ("small to a power that tends to a half", power(x, y), 0),
    ("small to a small power", power(x, x), 1),
    ("a constant to a small power", power(term(third), x), 1),
    ("zero to a small positive power", power(ZERO, x), 0),
    ("zero to the power zero", power(ZERO, x - x), 1),
    ("a number below one to the power infinity", power(term(third), n), 0),
    ("powers whose quotient vanishes", power(term(third), n) / power(term(half), n), 0),
    ("powers that meet exactly", power(term(F(4, 9)), n) / power(term(F(2, 3)), 2 * n), 1),
    ("powers of products of primes", power(term(6), n) / (power(term(2), n) * power(term(3), n)), 1),
    ("powers close together", power(term(F(10**9, 10**9 + 1)), n), 0),
    ("softmax at temperature zero", power(term(2), n) / (power(term(2), n) + power(term(3), n)), 0),
    ("a shifted exponent", power(term(half), n + 1) / power(term(half), n), half),
    ("the square root of what vanishes", power(power(term(half), n), half), 0),
    ("small times its logarithm", x * Log(x), 0),
    ("a vanishing power times its logarithm", power(term(half), n) * Log(power(term(half), n)), 0),
    ("the exponential of a logarithm", Exp(3 * Log(x)) / x**3, 1),
    ("the exponential of minus infinity", Exp(-n), 0),
    ("a difference of logarithms", Exp(Log(3 * x) - Log(x)), 3),
    ("a maximum decided by order", Extreme("maximum", x, x * x) / x, 1),
    ("a minimum decided by order", Extreme("minimum", x, x * x) / x, 0),
    ("a maximum of limits that meet", Extreme("maximum", Exp(x), Exp(2 * x)), 1),
    ("a condition decided by the path", If(Less(y, term(half)), ZERO, ONE), 1),
    ("a condition on vanishing powers", If(Less(power(term(third), n), x), ONE, ZERO), 1),
    ("what cancels to order zero", Exp(x) - Exp(2 * x), 0),
    ("powers of one small exponent", at_most(power(term(2), x), power(term(3), x)), 1),
    ("powers of one exponent below zero", at_most(power(term(2), -x), power(term(3), -x)), 0),
    ("powers times one factor", at_most(Exp(x) * power(term(3), x), Exp(x) * power(term(2), x)), 0),
    ("powers times a factor below zero", at_most(TURNED * power(term(3), x), TURNED * power(term(2), x)), 1),
    ("a greatest power and one of its bases", at_most(GREATEST, Exp(-x) * power(term(3), x)), 1),
    ("a greatest power and less", at_most(GREATEST, Exp(-x) * power(term(2), x)), 0),
    ("less and a greatest power", at_most(Exp(-x) * power(term(2), x), GREATEST), 1),
    ("a least power and more", at_most(LEAST, Exp(-x) * power(term(3), x)), 1),
    ("the sign of what cancels", If(Less(Exp(x), Exp(2 * x)), ONE, ZERO), 1),
    ("equality of what agrees at the end", If(Equal(Exp(x), Exp(2 * x)), ONE, ZERO), 0),
    (
        "squares of what is below zero",
        at_most(power(-1 * power(term(2), x), 2), power(-1 * power(term(3), x), 2)),
        1,
    ),
    ("entropies that are the same at the end", at_most(Log(1 - y) * (1 - y) + y * Log(y), -Log(term(2))), 0),
    (
        "a factor in both branches",
        at_most(If(Less(x, y), Exp(x) * power(term(2), x), x), Exp(x) * power(term(3), x)),
        1,
    ),
]


@pytest.mark.parametrize("value, limit", [case[1:] for case in LIMITS], ids=[case[0] for case in LIMITS])
def test_limit(value, limit):
    found = along(value)
    low, high = (found, found) if isinstance(found, F) else (found.lower(), found.upper())
    assert float(low) - 1e-12 <= float(limit) <= float(high) + 1e-12
    assert float(high) - float(low) < 1e-12


DIVERGE = [
    ("the inverse of small", ONE / x),
    ("a number above one to the power infinity", power(term(2), n)),
    ("a logarithm of small", Log(x)),
    ("the logarithm of a vanishing power", Log(power(term(third), n))),
    ("a power that beats a pole", x**20 * power(term(F(11, 10)), n)),
]


@pytest.mark.parametrize("value", [case[1] for case in DIVERGE], ids=[case[0] for case in DIVERGE])
def test_no_finite_limit(value):
    assert along(value) is None


UNKNOWN = [
    ("a leading term that cancels under a pole", (Exp(x) - Exp(2 * x)) / x),
    ("a base that moves under a growing exponent", power(1 + x, n)),
    ("the inverse of what cancels", ONE / (Exp(x) - Exp(2 * x))),
    ("a pole of second order in an exponent", Exp(-n * n)),
    ("the sign of what cancels to all orders", If(Less(Exp(2 * x), Exp(x) * Exp(x)), ONE, ZERO)),
    ("a sign beside a growing power", If(Less(Exp(x) + power(term(half), n), Exp(x)), ONE, ZERO)),
    ("growing terms that cancel", power(Exp(x), 1) * n - Exp(x * x) * n),
]


@pytest.mark.parametrize("value", [case[1] for case in UNKNOWN], ids=[case[0] for case in UNKNOWN])
def test_says_nothing(value):
    with pytest.raises(Undecided):
        along(value)


UNDEFINED = [
    ("division by what is zero along the path", ONE / (y - x - half)),
    ("zero to a negative power", power(ZERO, -x)),
    ("the logarithm of what is zero", Log(x - x)),
    ("the logarithm of what is negative", Log(-x)),
    ("a root of what is negative", power(-power(term(half), n), half)),
]


@pytest.mark.parametrize("value", [case[1] for case in UNDEFINED], ids=[case[0] for case in UNDEFINED])
def test_undefined(value):
    with pytest.raises(Undefined):
        along(value)


@given(st.fractions(F(1, 40), 40, max_denominator=40), st.fractions(F(1, 40), 40, max_denominator=40))
def test_logarithms_of_rationals_add_up_exactly(a, b):
    total = logarithm(a) + logarithm(b)
    assert total == logarithm(a * b)
    assert total.sign() == (a * b > 1) - (a * b < 1)
    assert total.enclosure().contains(
        flint.arb(flint.fmpq((a * b).numerator, (a * b).denominator)).log().mid()
    )


parts = st.fractions(F(1, 8), F(9, 8), max_denominator=8)


@given(parts, parts, parts, st.sampled_from([F(1, 2), F(1), F(2)]))
def test_softened_shares_tend_to_what_they_are_near_at_a_small_temperature(a, b, c, order):
    """The shares of three powers to the 1/T, raised to an order, against their values at T = 1/4000."""
    powers = [power(term(value), n) for value in (a, b, c)]
    share = power(powers[0] / (powers[0] + powers[1] + powers[2]), order)
    with mpmath.workdps(30):
        numbers = [mpmath.mpf(v.numerator) / v.denominator for v in (a, b, c)]
        near = (numbers[0] ** 4000 / sum(v**4000 for v in numbers)) ** (
            mpmath.mpf(order.numerator) / order.denominator
        )
    assert abs(float(along(share)) - float(near)) < 1e-9


# -- paths into an input ------------------------------------------------------------------------

k, i, j, a = Free("k", "teacher"), Free("i", "outcome"), Free("j", "outcome"), Free("a", "teacher")


def p(teacher, outcome):
    return variable("p", teacher, outcome)


def w(teacher):
    return variable("w", teacher)


CLOSED = (
    Fact((k, i), AtMost(ZERO, p(k, i))),
    Fact((k,), Equal(big_sum(i, p(k, i)), ONE)),
    Fact((k,), AtMost(ZERO, w(k))),
    Fact((), Equal(big_sum(k, w(k)), ONE)),
)
INTERIOR = (Fact((k, i), Less(ZERO, p(k, i))), *CLOSED[1:])
MASS = big_product(k, p(k, j) ** w(k))
GEOMETRIC = big_product(k, p(k, i) ** w(k)) / big_sum(j, MASS)
SIZES = (("teacher", None), ("outcome", None))
DECLARED = (("p", ("teacher", "outcome")), ("w", ("teacher",)))


def constant(value):
    return (F(value),)


def line(value, slope):
    return (F(value), F(slope))


EVEN = ("w", (constant(half), constant(half)))
SLOW = ("p", ((line(1, -1), line(0, 1)), (line(0, 1), line(1, -1))))
FAST = ("p", ((line(1, -1), line(0, 1)), ((F(0), F(0), F(1)), (F(1), F(0), F(-1)))))
TWO = (("teacher", 2), ("outcome", 2))
CONTINUOUS = Goal(SIZES, DECLARED, CLOSED, (Continuous(GEOMETRIC),))
JUMP = Paths(TWO, ((SLOW, EVEN), (FAST, EVEN)), (("i", 1),))


def test_two_paths_with_different_limits():
    """From (1-e, e) and (e, 1-e) the pool is 1/2; from (1-e, e) and (e^2, 1-e^2) it tends to 0."""
    margin = check_paths(CONTINUOUS, JUMP)
    assert (margin.kind, margin.left, margin.right) == ("apart", "0.5", "0")
    assert float(margin.lower) <= 0.5 <= float(margin.upper)


def test_one_path_to_an_input_without_a_value():
    assert check_paths(CONTINUOUS, replace(JUMP, paths=((SLOW, EVEN),))).kind == "undefined"


def test_one_path_whose_limit_is_not_the_value():
    power_of_weight = big_product(k, p(k, i) ** w(k))
    case = replace(CONTINUOUS, conclusions=(Continuous(power_of_weight),))
    still = ("p", ((constant(0), constant(1)), (constant(1), constant(0))))
    moving = ("w", (line(0, 1), line(1, -1)))
    margin = check_paths(case, Paths(TWO, ((still, moving),), (("i", 1),)))
    assert (margin.left, margin.right) == ("0", "1")


OTHER_END = ("p", ((line(half, -1), line(half, 1)), (line(0, 1), line(1, -1))))
OUTSIDE = ("p", ((line(1, 1), line(0, -1)), (line(0, 1), line(1, -1))))
UNSUMMED = ("p", ((line(1, -1), line(0, 2)), (line(0, 1), line(1, -1))))
BAD = [
    ("paths with different ends", {"paths": ((SLOW, EVEN), (OTHER_END, EVEN))}),
    ("paths with one limit", {"paths": ((SLOW, EVEN), (SLOW, EVEN))}),
    ("a path that leaves the domain", {"paths": ((SLOW, EVEN), (OUTSIDE, EVEN))}),
    ("a path whose rows do not sum to one", {"paths": ((SLOW, EVEN), (UNSUMMED, EVEN))}),
    ("no path", {"paths": ()}),
    ("three paths", {"paths": ((SLOW, EVEN), (FAST, EVEN), (FAST, EVEN))}),
    ("a variable left out", {"paths": ((SLOW,), (FAST,))}),
    ("floating point", {"paths": ((SLOW, ("w", ((0.5,), (0.5,)))), (FAST, EVEN))}),
    ("an empty polynomial", {"paths": ((SLOW, ("w", ((), constant(1)))), (FAST, EVEN))}),
    ("numbers in place of polynomials", {"paths": ((SLOW, ("w", (half, half))), (FAST, EVEN))}),
    ("a row too many", {"paths": ((SLOW, ("w", (*EVEN[1], constant(0)))), (FAST, EVEN))}),
    ("an index left out", {"indices": ()}),
    ("a size left out", {"sizes": (("teacher", 2),)}),
    ("a conclusion that the goal does not have", {"conclusion": 1}),
]


@pytest.mark.parametrize("change", [case[1] for case in BAD], ids=[case[0] for case in BAD])
def test_refuses_what_shows_no_jump(change):
    with pytest.raises(Refused):
        check_paths(CONTINUOUS, replace(JUMP, **change))


def test_the_end_must_lie_in_the_domain():
    with pytest.raises(Refused, match="facts"):
        check_paths(replace(CONTINUOUS, facts=INTERIOR), JUMP)


@pytest.mark.parametrize("conclusion", [AtMost(GEOMETRIC, ONE), Defined(GEOMETRIC)])
def test_paths_say_nothing_about_other_conclusions(conclusion):
    with pytest.raises(Refused, match="expected a limit or continuity"):
        check_paths(replace(CONTINUOUS, conclusions=(conclusion,)), JUMP)


@pytest.mark.parametrize("scale", [F(1), F(2), F(7, 3)])
def test_a_continuous_term_shows_no_jump(scale):
    """The linear pool has one limit along every two paths to one input."""
    case = replace(CONTINUOUS, conclusions=(Continuous(scale * big_sum(k, w(k) * p(k, i))),))
    for paths in (JUMP.paths, JUMP.paths[:1], JUMP.paths[1:]):
        with pytest.raises(Refused):
            check_paths(case, replace(JUMP, paths=paths))


def limit_goal(limit, towards):
    tau = variable("tau")
    softened = p(k, i) ** (1 / tau) / big_sum(j, p(k, j) ** (1 / tau))
    pooled = big_sum(k, w(k) * If(Same(k, a), softened, p(k, i)))
    facts = (*INTERIOR, Fact((), Less(ZERO, tau)))
    return Goal(SIZES, (*DECLARED, ("tau", ())), facts, (Tends(pooled, limit),), (a,), limit=("tau", towards))


STILL = ("p", ((constant(third), constant(F(2, 3))), (constant(half), constant(half))))
STANDING = Paths(TWO, ((STILL, EVEN),), (("a", 1), ("i", 2)))


def replaced(end):
    return big_sum(k, w(k) * If(Same(k, a), end, p(k, i)))


@pytest.mark.parametrize(
    "towards, limit, left",
    [
        ("zero", replaced(1 / Size("outcome")), "0.75"),
        ("infinity", replaced(delta(i, i)), "0.5"),
        ("zero", ONE, "0.75"),
    ],
)
def test_a_limit_that_is_not_the_one_required(towards, limit, left):
    assert check_paths(limit_goal(limit, towards), STANDING).left == left


@pytest.mark.parametrize(
    "towards, limit", [("zero", replaced(ONE)), ("infinity", replaced(1 / Size("outcome")))]
)
def test_a_true_limit_is_not_refuted(towards, limit):
    with pytest.raises(Refused):
        check_paths(limit_goal(limit, towards), STANDING)


def test_a_limit_without_a_value_contradicts_nothing():
    with pytest.raises(Refused, match="with values"):
        check_paths(limit_goal(replaced(1 / (ONE - 1)), "zero"), STANDING)


def test_a_term_that_grows_beyond_bounds_has_no_limit():
    case = limit_goal(ONE, "infinity")
    case = replace(case, conclusions=(Tends(big_sum(k, w(k)) * variable("tau"), ONE),))
    assert check_paths(case, replace(STANDING, indices=(("a", 1),))).kind == "divergent"


MOVING = ("p", ((line(third, 1), line(F(2, 3), -1)), (constant(half), constant(half))))
BAD_STANDING = [
    ("a path on which another variable moves", {"paths": ((MOVING, EVEN),)}),
    ("a path that sets the limit variable", {"paths": ((STILL, EVEN, ("tau", constant(1))),)}),
    ("two paths", {"paths": ((STILL, EVEN), (STILL, EVEN))}),
    ("an input outside the domain", {"paths": ((SLOW, EVEN),)}),
]


@pytest.mark.parametrize("change", [case[1] for case in BAD_STANDING], ids=[case[0] for case in BAD_STANDING])
def test_refuses_what_shows_no_other_limit(change):
    with pytest.raises(Refused):
        check_paths(limit_goal(ONE, "zero"), replace(STANDING, **change))


def test_refuses_a_limit_that_speaks_of_the_variable_that_runs():
    with pytest.raises(Refused, match="tau"):
        check_paths(limit_goal(variable("tau"), "zero"), STANDING)


def test_refuses_a_limit_goal_that_names_no_variable():
    with pytest.raises(Refused):
        check_paths(replace(limit_goal(ONE, "zero"), limit=None), STANDING)
