"""The largest ratio of the sides of an inequality: the kernel accepts it, and it beats a plain refutation."""

import pytest

from axiomkd.catalogue import find_statement
from axiomkd.kernel.check import check
from axiomkd.kernel.witness import check_witness
from axiomkd.provers.counterexample import refute
from axiomkd.provers.counterexample.ratio import Ratio, enclosed_ratio, largest_difference, largest_ratio
from axiomkd.registry import find_operator
from axiomkd.statement import Scope


def goal_of(operator, statement, scope=None):
    return find_statement(statement).goal(find_operator(operator), scope or Scope())


@pytest.fixture(scope="module")
def trace():
    """The total variance under the geometric pool."""
    return goal_of("geometric", "variance.trace", Scope(2, 2))


@pytest.fixture(scope="module")
def most(trace):
    return largest_ratio(trace)


def test_it_is_a_witness_that_the_kernel_accepts(trace, most):
    assert check(trace, most.evidence).evidence == most.evidence
    margin = check_witness(trace, most.evidence)
    assert most.value == float(margin.left) / float(margin.right)


def test_it_is_larger_than_that_of_a_plain_refutation(trace, most):
    plain = refute(trace).evidence
    assert most.value > Ratio(plain, check_witness(trace, plain)).value > 1


def test_it_is_the_same_whenever_it_is_asked(trace, most):
    assert largest_ratio(trace) == most


def test_where_the_right_side_can_vanish_there_is_no_bound():
    assert largest_ratio(goal_of("geometric", "variance.coordinate")).value == float("inf")


@pytest.mark.parametrize(
    ("operator", "statement"), [("linear", "variance.trace"), ("geometric", "temperature.commutes")]
)
def test_there_is_none_where_nothing_fails_or_no_sides_are_compared(operator, statement):
    assert largest_ratio(goal_of(operator, statement)) is None


# -- differences ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def event():
    """An unsafe event under the geometric pool: both teachers give it little, the pool nearly all."""
    return goal_of("geometric", "safety.event", Scope(2, 3))


def test_the_largest_difference_is_far_larger_than_that_of_a_plain_refutation(event):
    found = largest_difference(event)
    assert check(event, found.evidence).margin == found.margin
    assert found.value > 0.9 > 5 * float(refute(event).margin.lower)


def test_the_factor_by_which_an_event_grows_is_enclosed(event):
    found = largest_ratio(event)
    low, high = map(float, enclosed_ratio(event, found.evidence))
    assert 400 < low < high < low * (1 + 1e-9)
    assert low == pytest.approx(found.value, rel=1e-4)


def test_a_ratio_to_zero_has_no_enclosure():
    goal = goal_of("geometric", "variance.coordinate")
    assert enclosed_ratio(goal, largest_ratio(goal).evidence) is None


def test_equations_and_hulls_have_differences_too():
    assert largest_difference(goal_of("product", "unanimity", Scope(2, 2))).value > 0.1
    assert largest_difference(goal_of("geometric", "convexity.hull", Scope(2, 3))).value > 0.5


@pytest.mark.parametrize("statement", ["convexity.between", "continuity.interior"])
def test_there_is_no_difference_where_nothing_fails_or_no_numbers_are_compared(statement):
    assert largest_difference(goal_of("linear", statement, Scope(2, 3))) is None
