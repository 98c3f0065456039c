"""Ranges contain the values, slopes the differences; a tree of cuts covers its box."""

import math
from fractions import Fraction

import flint
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from axiomkd.kernel import boxes, ranges
from axiomkd.kernel.boxes import (
    BY_SLOPES,
    PLAIN,
    Definition,
    Domain,
    check_boxes,
    closes,
    gap_slopes,
    leaves,
    written_out,
)
from axiomkd.kernel.enclosure import ball, evaluate
from axiomkd.kernel.evaluation import Point, Undecided, Undefined
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.ranges import NOTHING, Range, Ranges, point
from axiomkd.kernel.terms import (
    ZERO,
    AtMost,
    Equal,
    Exp,
    Extreme,
    Free,
    If,
    InverseDigamma,
    Less,
    Log,
    big_sum,
    term,
    variable,
)

x, y = variable("x"), variable("y")
half = Fraction(1, 2)
unit = ((Fraction(0), Fraction(1)),)

numbers = st.fractions(min_value=-3, max_value=3, max_denominator=12)
exponents = st.sampled_from([*map(Fraction, (2, 3, 4, -1, -2)), half, Fraction(5, 2), Fraction(-1, 3)])


def composed(inner):
    return st.one_of(
        st.builds(lambda a, b: a + b, inner, inner),
        st.builds(lambda a, b: a * b, inner, inner),
        st.builds(lambda a, e: a**e, inner, exponents),
        st.builds(lambda a, b: a**b, inner, inner),
        st.builds(Exp, inner),
        st.builds(Log, inner),
        st.builds(InverseDigamma, inner),
        st.builds(lambda a: a * Log(a), inner),
        st.builds(lambda a, b: Extreme("maximum", a, b), inner, inner),
        st.builds(lambda a, b: Extreme("minimum", a, b), inner, inner),
        st.builds(lambda a, b, c: If(Less(a, b), b, c), inner, inner, inner),
    )


terms = st.recursive(st.sampled_from([x, y, x, y, term(2), term(half), term(-1)]), composed, max_leaves=6)
inside = st.fractions(min_value=0, max_value=1, max_denominator=20)


@st.composite
def boxes_with_points(draw):
    """A box in two coordinates and two points of it."""
    box, points = [], [[], []]
    for _ in "xy":
        low = draw(st.one_of(st.just(Fraction(0)), numbers))
        width = draw(st.one_of(st.just(Fraction(0)), st.fractions(0, 2, max_denominator=8)))
        box.append((low, low + width))
        for point_ in points:
            point_.append(low + draw(inside) * width)
    return tuple(box), points


def value_at(value, numbers):
    given_ = dict(zip("xy", numbers, strict=True))
    return ball(evaluate(value, Point({}, given_)))


def may_be(value, ends):
    """Whether a ball meets the interval between two balls."""
    return not (value < ends[0] or value > ends[1])


@settings(max_examples=120, deadline=None)
@given(terms, boxes_with_points())
def test_ranges_contain_values_and_slopes_differences(value, where):
    box, (first, second) = where
    domain = Domain((x, y), box, (), {})
    formula = Less(ZERO, value)
    with flint.ctx.workprec(64):
        try:
            found = domain.plain(box).value(value)
        except Undecided:
            assume(False)
        try:
            slopes = gap_slopes(formula, domain, box)
        except Undecided:
            slopes = None
    ends = found.ends if isinstance(found, Range) else point(found)
    try:
        values = [value_at(value, numbers) for numbers in (first, second)]
    except (Undefined, Undecided):
        assume(False)
    assert all(may_be(value, ends) for value in values)
    if slopes is not None:
        change = point(Fraction(0))
        for slope, a, b in zip(slopes, first, second, strict=True):
            change = ranges.plus(change, ranges.times(slope, point(b - a)))
        assert may_be(values[1] - values[0], change)


@pytest.mark.parametrize(
    "value",
    [1 / x, Log(x), (x - half) ** half, (x - half) ** -2, (x - half) * Log(x - half), x**-half, Log(x) ** x],
    ids=str,
)
def test_what_leaves_its_domain_has_no_range(value):
    with pytest.raises(Undecided):
        Domain((x,), unit, (), {}).plain(unit).value(value)


@pytest.mark.parametrize(
    "value", [x**half, x * Log(x), x**x, Extreme("maximum", x, 1 / (x + 1)) ** half], ids=str
)
def test_ranges_reach_zero(value):
    domain = Domain((x,), unit, (), {})
    assert closes(AtMost(term(Fraction(-2, 5)), value), domain, unit, PLAIN)
    assert not closes(AtMost(term(Fraction(2)), value), domain, unit, PLAIN)


def test_the_range_of_x_log_x_is_sharp():
    for low, high in (
        (0, Fraction(1, 4)),
        (half, Fraction(1)),
        (0, Fraction(2)),
        (Fraction(1, 5), Fraction(9, 10)),
    ):
        found = ranges.times_own_logarithm((ball(Fraction(low)), ball(high)))
        sample = [low + (high - low) * Fraction(n, 1000) for n in range(1001)]
        values = [float(t) * math.log(t) if t else 0.0 for t in sample]
        assert float(found[0]) == pytest.approx(min(values), abs=1e-5)
        assert float(found[1]) == pytest.approx(max(values), abs=1e-12)


def test_a_kink_has_the_slopes_of_both_sides():
    kink = Extreme("maximum", x, 1 - x)
    (slope,) = gap_slopes(Less(ZERO, kink), Domain((x,), unit, (), {}), unit)
    assert [float(end) for end in slope] == [-1, 1]
    right = ((Fraction(3, 5), Fraction(1)),)
    (slope,) = gap_slopes(Less(ZERO, kink), Domain((x,), right, (), {}), right)
    assert [float(end) for end in slope] == [1, 1]


def test_the_sign_of_a_given_variable_counts_only_for_inputs():
    """At the middle of the box x = 1 - y may be negative, so the mean value theorem may not use its sign."""
    box = ((Fraction(0), Fraction(2)),)
    domain = Domain((x,), box, (Definition(y, 1 - x, True),), {})
    assert closes(AtMost(ZERO, y), domain, box, PLAIN)
    assert not closes(AtMost(ZERO, y), domain, box, BY_SLOPES)


def cover(tree):
    return [box for box, _ in leaves((*unit, *unit), tree)]


def test_the_leaves_of_a_tree_cover_its_box():
    third = Fraction(1, 3)
    parts = cover((0, third, PLAIN, 1, half, PLAIN, 0, Fraction(3, 4), PLAIN, PLAIN))
    assert sum((b - a) * (d - c) for (a, b), (c, d) in parts) == 1
    assert parts[0] == ((Fraction(0), third), (Fraction(0), Fraction(1)))
    assert parts[1] == ((third, Fraction(1)), (Fraction(0), half))
    assert parts[3] == ((Fraction(3, 4), Fraction(1)), (half, Fraction(1)))


@pytest.mark.parametrize(
    "tree",
    [(), (0, half), (0, half, PLAIN), (PLAIN, PLAIN), (2, half, PLAIN, PLAIN), (half,), ("x",)],
    ids=str,
)
def test_no_part_of_a_box_is_left_out(tree):
    with pytest.raises(Refused):
        cover(tree)


def deep(count):
    """Cuts of ever smaller lower parts."""
    cuts = [part for n in range(1, count) for part in (0, Fraction(1, 2**n))]
    return (*cuts, *[PLAIN] * count)


def test_a_tree_may_be_deeper_than_python_calls():
    assert len(cover(deep(3000))) == 3000


def test_the_number_of_boxes_is_bounded(monkeypatch):
    assert len(cover(deep(5))) == 5
    monkeypatch.setattr(boxes, "MOST_LEAVES", 4)
    with pytest.raises(Refused, match="at most 4 boxes"):
        cover(deep(5))


def test_sums_are_written_out_at_fixed_sizes_alone():
    k = Free("k", "teacher")
    total = big_sum(k, variable("w", k))
    assert str(written_out(total, {"teacher": 2})) == "(w[1] + w[2])"
    for sizes, node in (({"teacher": None}, total), ({}, total), ({"teacher": 2}, variable("w", k))):
        with pytest.raises(Refused):
            written_out(node, sizes)


def test_terms_that_grow_too_large_are_refused(monkeypatch):
    monkeypatch.setattr(boxes, "MOST_NODES", 100)
    k, l = (Free(name, "teacher") for name in "kl")  # noqa: E741
    with pytest.raises(Refused, match="nodes with all sums written out"):
        written_out(big_sum(k, big_sum(l, variable("w", k) * variable("w", l))), {"teacher": 6})


def test_an_equation_is_never_enclosed():
    domain = Domain((x,), ((half, half),), (), {})
    with pytest.raises(Refused):
        check_boxes(Equal(x, term(half)), domain, (PLAIN,))
    with pytest.raises(Refused):
        check_boxes(Equal(x, term(half)), domain, (BY_SLOPES,))


def test_a_variable_without_bounds_has_no_range():
    with pytest.raises(Refused, match="bounds of x"):
        Ranges({}).value(x + 1)
    assert Ranges({x: Range(point(half), NOTHING)}).value(x) == Range(point(half), NOTHING)
