"""Inequalities between polynomials, fractions and roots that are proved exactly, and false neighbours."""

from fractions import Fraction

import pytest
from flint import fmpq_mpoly_ctx
from hypothesis import given, settings
from hypothesis import strategies as st

from axiomkd.catalogue import find_statement
from axiomkd.kernel.check import check
from axiomkd.kernel.judgement import Fact, Goal
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Equal,
    Exp,
    Extreme,
    Free,
    If,
    Less,
    add,
    big_sum,
    multiply,
    term,
    variable,
    variables,
)
from axiomkd.provers import algebraic
from axiomkd.provers.algebraic.rounding import complement, exact_solution, squares_of
from axiomkd.registry import find_operator
from axiomkd.statement import Scope

a, b, c, w, x, y, z = (variable(name) for name in "abcwxyz")
k = Free("k", "teacher")
W, P, Q = (variable(name, k) for name in "wpq")


def proves(goal):
    found = algebraic.prove(goal)
    if found is not None:
        check(goal, found)
    return found is not None


# -- free inequalities ------------------------------------------------------------------------


def claim(left, right, *facts, relation=AtMost):
    conclusion = relation(left, right)
    names = sorted(set().union(*(variables(formula) for formula in (conclusion, *facts))))
    return Goal(
        (), tuple((name, ()) for name in names), tuple(Fact((), fact) for fact in facts), (conclusion,)
    )


def positive(*values):
    return tuple(Less(ZERO, value) for value in values)


def absolute(value):
    return Extreme("maximum", value, -1 * value)


MIXTURE = w * a + (1 - w) * b
QUADRATIC = Equal(a * x * x + b * x + c, ZERO)
SCHUR = x * (x - y) * (x - z) + y * (y - x) * (y - z) + z * (z - x) * (z - y)
DISK = AtMost(x * x + y * y, ONE)
TRUE = {
    "a quartic form that vanishes on a line": claim(x**3 * y + x * y**3, x**4 + y**4),
    "a quadratic form with other zeros than 1": claim(4 * x * y, x * x + 4 * y * y),
    "a quadratic form without zeros": claim(3 * x * y, x * x + 4 * y * y),
    "a square that is not homogeneous": claim(ZERO, x**4 - 2 * x**3 + 3 * x**2 - 2 * x + 1),
    "Motzkin for positive numbers": claim(3 * x**2 * y**2, x**4 * y**2 + x**2 * y**4 + 1, *positive(x, y)),
    "Motzkin for all numbers": claim(3 * x**2 * y**2, x**4 * y**2 + x**2 * y**4 + 1),
    "Schur": claim(ZERO, SCHUR, *positive(x, y, z)),
    "Nesbitt": claim(term(Fraction(3, 2)), x / (y + z) + y / (x + z) + z / (x + y), *positive(x, y, z)),
    "weighted means": claim(
        x ** Fraction(1, 2) * y ** Fraction(1, 3) * z ** Fraction(1, 6),
        Fraction(1, 2) * x + Fraction(1, 3) * y + Fraction(1, 6) * z,
        *positive(x, y, z),
    ),
    "the derivative of a share": claim(
        ZERO,
        a / MIXTURE - w * a * (a - b) / MIXTURE**2,
        *positive(a, b),
        AtMost(ZERO, w),
        AtMost(w, ONE),
    ),
    "on a circle": claim(x * y, term(Fraction(1, 2)), Equal(x * x + y * y, ONE)),
    "in a disk": claim(x + y, term(Fraction(3, 2)), DISK),
    "with a product that is 1": claim(term(2), x + y, *positive(x, y), Equal(x * y, ONE)),
    "a real root has a discriminant": claim(4 * a * c, b * b, QUADRATIC),
    "triangle": claim(absolute(x + y), absolute(x) + absolute(y)),
    "a branch": claim(x, If(Less(x, y), y, x)),
    "a strict square": claim(x * y, x * x + y * y + 1, relation=Less),
    "roots in order": claim(
        (x * x + y) ** Fraction(1, 2), (x * x + 2 * y) ** Fraction(1, 2), *positive(x, y), relation=Less
    ),
    "facts that exclude each other": claim(1 + x, x, Less(x, ZERO), AtMost(ONE, x)),
    "numbers": claim(ZERO, ONE, relation=Less),
    "an equation by an equation": claim(x * x, y * y, Equal(x, y), relation=Equal),
    "an equation by two orders": claim(x, y, AtMost(x, y), AtMost(y, x), relation=Equal),
}
FALSE = {
    "a quadratic form that is negative at (3, 2)": claim(3 * x * y, x * x + 2 * y * y),
    "a cubic without positivity": claim(x * x * y + x * y * y, x**3 + y**3),
    "Motzkin with 4": claim(4 * x**2 * y**2, x**4 * y**2 + x**2 * y**4 + 1, *positive(x, y)),
    "strict where it is zero": claim(2 * x * y, x * x + y * y, relation=Less),
    "in a disk, a bound too low": claim(x + y, term(Fraction(7, 5)), DISK),
    "a denominator of any sign": claim(ZERO, x / x),
    "a discriminant without a root": claim(4 * a * c, b * b),
    "the triangle the other way": claim(absolute(x) + absolute(y), absolute(x + y)),
    "the wrong branch": claim(If(Less(x, y), y, x), x),
    "an equation that is none": claim(x, y, AtMost(x, y), relation=Equal),
    "false numbers": claim(ONE, ZERO),
    "nothing polynomial": claim(1 + x, Exp(x)),
}


@pytest.mark.parametrize("name", TRUE)
def test_true_inequalities_are_proved(name):
    assert proves(TRUE[name])


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_or_out_of_reach_is_not(name):
    assert not proves(FALSE[name])


@given(st.lists(st.lists(st.integers(-3, 3), min_size=3, max_size=3), min_size=1, max_size=3), st.booleans())
@settings(max_examples=25, deadline=None)
def test_sums_of_squares_are_proved_and_less_is_not(rows, lowered):
    form = add(*(multiply(*[add(*(n * v for n, v in zip(row, (x, y, z), strict=True)))] * 2) for row in rows))
    at_ones = sum(sum(row) ** 2 for row in rows)
    bound = (at_ones + 1) * x * x if lowered else ZERO
    assert proves(claim(bound, form)) is not lowered


# -- vectors of fixed size --------------------------------------------------------------------


def vectors(size, conclusion, *facts):
    declared = tuple((name, ("teacher",)) for name in "pqw")
    return Goal((("teacher", size),), declared, facts, (conclusion,))


def simplex(entry, least=AtMost):
    return Fact((k,), least(ZERO, entry)), Fact((), Equal(big_sum(k, entry), ONE))


HALF = Fraction(1, 2)
LEAST_NORMALISER = AtMost(big_sum(k, P**HALF * Q**HALF), ONE)
CAUCHY_SCHWARZ = AtMost(big_sum(k, P * Q) ** 2, big_sum(k, P * P) * big_sum(k, Q * Q))
HARMONIC = AtMost(big_sum(k, W / P) ** -1, big_sum(k, W * P))


@pytest.mark.parametrize("size", [2, 3, 4])
def test_inequalities_between_vectors(size):
    assert proves(vectors(size, LEAST_NORMALISER, *simplex(P, Less), *simplex(Q, Less)))
    assert proves(vectors(size, CAUCHY_SCHWARZ))
    assert proves(vectors(size, HARMONIC, *simplex(W), Fact((k,), Less(ZERO, P))))


def test_a_vector_of_any_size_is_left_alone():
    assert not proves(vectors(None, CAUCHY_SCHWARZ))


def test_without_its_facts_an_inequality_is_not_proved():
    assert not proves(vectors(2, LEAST_NORMALISER, *simplex(P, Less), Fact((k,), Less(ZERO, Q))))
    assert not proves(vectors(2, HARMONIC, *simplex(W)))


# -- cells ------------------------------------------------------------------------------------


CELLS = {
    "linear": ("convexity.simplex", "attenuation.strict", "brier.mean", "safety.event", "positivity.some"),
    "harmonic": ("convexity.between", "convexity.hull", "positivity.some", "unanimity"),
    "power-2": ("unanimity", "rank.unanimity", "positivity.all"),
    "maximum": ("convexity.between", "clone_invariance"),
    "product": ("argmax.unanimity", "response"),
    "uniform-smoothed": ("weight_monotonicity.exchange_strict",),
    "squared-weights": ("weight_monotonicity.favourite",),
}
NOT_TRUE = {
    "linear": ("safety.veto", "external_bayesianity"),
    "product": ("unanimity", "convexity.between"),
    "uniform-smoothed": ("floor.atom", "unanimity"),
    "maximum": ("weight_monotonicity.exchange_strict",),
}


def pairs(table):
    return [(operator, statement) for operator, statements in table.items() for statement in statements]


def cell(operator, statement, outcomes=2):
    return find_statement(statement).goal(find_operator(operator), Scope(2, outcomes))


@pytest.mark.parametrize(("operator", "statement"), pairs(CELLS))
def test_cells_at_two_teachers_and_two_outcomes(operator, statement):
    assert proves(cell(operator, statement))


@pytest.mark.parametrize(("operator", "statement"), pairs(NOT_TRUE))
def test_false_cells_are_not_proved(operator, statement):
    assert not proves(cell(operator, statement))


@pytest.mark.parametrize("statement", ["convexity.between", "convexity.hull", "marginalisation"])
def test_the_linear_pool_with_three_outcomes(statement):
    assert proves(cell("linear", statement, outcomes=3))


def test_three_teachers_and_three_outcomes():
    assert proves(find_statement("brier.mean").goal(find_operator("linear"), Scope(3, 3)))


@pytest.mark.parametrize("statement", ["continuity.interior", "temperature.uniform", "entropy.concave"])
def test_limits_and_logarithms_are_left_to_others(statement):
    assert not proves(cell("linear", statement))


# -- exact arithmetic -------------------------------------------------------------------------


def entries(rows):
    return {(n, m): Fraction(rows[n][m]) for m in range(len(rows)) for n in range(m + 1)}


def test_a_quadratic_form_as_squares():
    squares = squares_of(entries([[1, -1], [-1, 3]]), 2)
    assert squares == [(1, [1, -1]), (2, [0, 1])]


@pytest.mark.parametrize("rows", [[[1, 2], [2, 3]], [[0, 1], [1, 5]], [[-1, 0], [0, 1]]])
def test_a_form_that_takes_negative_values_is_no_sum_of_squares(rows):
    assert squares_of(entries(rows), 2) is None


def test_rounded_numbers_are_moved_to_the_equations():
    products = [{(0,): Fraction(1)}, {(0,): Fraction(1)}, {(1,): Fraction(3)}]
    wanted = {(0,): Fraction(1, 3), (1,): Fraction(1)}
    first, second, third = exact_solution(products, wanted, [0.1, 0.2, 0.3])
    assert first + second == Fraction(1, 3)
    assert third == Fraction(1, 3)
    assert exact_solution(products, {(2,): Fraction(1)}, [0.1, 0.2, 0.3]) is None


def test_what_is_orthogonal():
    assert complement([[Fraction(1), Fraction(-1)]], 2) == [[1, 1]]


def test_flint_divides_exactly():
    """The multipliers of equations are quotients; a remainder would be an error, not a wrong proof."""
    context = fmpq_mpoly_ctx.get(["u", "v"], "degrevlex")
    u, v = context.gens()
    assert (u**3 - v**3) / (u - v) == u**2 + u * v + v**2
