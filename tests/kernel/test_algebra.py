"""Canonical forms: equal ones mean equal values, and what has other values is not equal."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from axiomkd.kernel import algebra
from axiomkd.kernel.enclosure import ball, evaluate
from axiomkd.kernel.evaluation import Point, Undecided, Undefined
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Big,
    Distinct,
    Extreme,
    Free,
    If,
    Less,
    Literal,
    Permuted,
    Same,
    Size,
    add,
    big,
    big_sum,
    close_binder,
    delta,
    multiply,
    power,
    substitute,
    term,
    variable,
)

SORTS = ("teacher", "outcome")
FREE = {
    "teacher": [Free(name, "teacher") for name in "kb"],
    "outcome": [Free(name, "outcome") for name in "ij"],
}
SMALL = st.sampled_from([Fraction(n, d) for n in (-1, 0, 1, 2, 3) for d in (1, 2)])
ANY = (("teacher", None), ("outcome", None))


def indices(sort):
    """An index of a sort: a free one, a number, or the image of a free one under a permutation."""
    images = [Permuted(index, sort, "pi") for index in FREE[sort] if sort == "outcome"]
    return st.sampled_from([*FREE[sort], *FREE[sort], Literal(1, sort), *images])


def conditions(kind):
    return st.sampled_from(SORTS).flatmap(lambda sort: st.builds(kind, indices(sort), indices(sort)))


ATOMS = st.one_of(
    SMALL.map(term),
    st.sampled_from(SORTS).map(Size),
    st.builds(lambda k: variable("w", k), indices("teacher")),
    st.builds(lambda k, i: variable("p", k, i), indices("teacher"), indices("outcome")),
    conditions(Same).map(lambda same: If(same, ONE, ZERO)),
)


def bound(kind, index, body):
    """A sum, product or extremum over one of the free indices."""
    return Big(kind, index.sort, close_binder(body, index))


def repeated(kind, pair, body):
    """An extremum of one term at two indices: a delta of the two makes it a single term."""
    return Extreme(kind, body, substitute(body, dict([pair])))


def larger(terms):
    free = st.sampled_from([index for sort in SORTS for index in FREE[sort]])
    pairs = st.sampled_from([tuple(FREE[sort]) for sort in SORTS])
    kinds = st.sampled_from(["sum", "sum", "sum", "product", "maximum", "minimum"])
    return st.one_of(
        st.builds(add, terms, terms),
        st.builds(multiply, terms, terms),
        st.builds(multiply, terms, terms, terms),
        st.builds(power, terms, st.sampled_from([0, 1, 2, 3, -1, -2])),
        st.builds(bound, kinds, free, terms),
        st.builds(bound, kinds, free, terms),
        st.builds(repeated, st.sampled_from(["maximum", "minimum"]), pairs, terms),
        st.builds(If, conditions(Same) | conditions(Distinct), terms, terms),
        st.builds(If, st.builds(Less, terms, terms) | st.builds(AtMost, terms, terms), terms, terms),
    )


TERMS = st.recursive(ATOMS, larger, max_leaves=8)


@st.composite
def points(draw):
    """An input with one to three teachers and two or three outcomes."""
    teachers, outcomes = draw(st.integers(1, 3)), draw(st.integers(2, 3))
    sizes = {"teacher": teachers, "outcome": outcomes}
    weights = tuple(draw(SMALL) for _ in range(teachers))
    rows = tuple(tuple(draw(SMALL) for _ in range(outcomes)) for _ in range(teachers))
    numbers = {index: draw(st.integers(1, sizes[sort])) for sort in SORTS for index in FREE[sort]}
    images = tuple(draw(st.permutations(range(1, outcomes + 1))))
    return Point(sizes, {"w": weights, "p": rows}, numbers, {"pi": images})


def value(term_, point):
    """The value at a point, or nothing where there is none or where balls cannot tell."""
    try:
        return evaluate(term_, point)
    except (Undefined, Undecided):
        return None


def may_be_one(left, right):
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left == right
    return ball(left).overlaps(ball(right))


def canonical(term_, sizes):
    try:
        return algebra.canonical(term_, sizes)
    except Refused:
        return term_


@settings(max_examples=400, deadline=None)
@given(TERMS, points(), st.booleans(), st.booleans())
def test_the_canonical_form_has_the_same_value(written, point, any_teachers, any_outcomes):
    sizes = (
        ("teacher", None if any_teachers else point.sizes["teacher"]),
        ("outcome", None if any_outcomes else point.sizes["outcome"]),
    )
    before, after = value(written, point), value(canonical(written, sizes), point)
    assert before is None or after is None or may_be_one(before, after)


@settings(max_examples=200, deadline=None)
@given(TERMS, TERMS, points())
def test_terms_with_different_values_are_not_equal(left, right, point):
    values = value(left, point), value(right, point)
    try:
        equal = algebra.equal(left, right, ANY)
    except Refused:
        equal = False
    assert not equal or None in values or may_be_one(*values)


@settings(max_examples=100, deadline=None)
@given(st.recursive(ATOMS, larger, max_leaves=4), ATOMS, ATOMS)
def test_sums_are_multiplied_out(x, y, z):
    assert algebra.equal(x * (y + z), x * y + x * z, ANY)
    assert algebra.equal(x * y - x * y, ZERO, ANY)


@settings(max_examples=200, deadline=None)
@given(TERMS)
def test_a_canonical_form_is_its_own(written):
    once = canonical(written, ANY)
    assert algebra.equal(once, written, ANY) or once is written


k, i, j = FREE["teacher"][0], *FREE["outcome"]
CLASH = big_sum(k, variable("w", k) * Extreme("maximum", *(big_sum(k, variable("p", k, o)) for o in (i, j))))


def test_binders_of_what_a_delta_makes_alike_stay_apart():
    """The sum inside the maximum and the sum around it have one canonical name for their indices."""
    rows = tuple((Fraction(first), Fraction(0)) for first in (1, 3))
    point = Point({"teacher": 2, "outcome": 2}, {"w": (Fraction(1), Fraction(2)), "p": rows}, {i: 1})
    written = big("sum", j, CLASH * delta(i, j))
    assert evaluate(written, point) == evaluate(algebra.canonical(written, ANY), point) == 12


@pytest.mark.parametrize("exponent", [1001, -1001, 70_000, -70_000])
def test_long_powers_are_not_lost(exponent):
    assert not algebra.equal(power(2, exponent), ONE, ANY)
    assert algebra.equal(power(2, exponent) * 3, 3 * power(2, exponent), ANY)
