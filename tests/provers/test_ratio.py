"""The largest ratio of the sides of an inequality: the kernel accepts it, and it beats a plain refutation."""

import pytest

from axiomkd.catalogue import find_statement
from axiomkd.kernel.check import check
from axiomkd.kernel.witness import check_witness
from axiomkd.provers.counterexample import refute
from axiomkd.provers.counterexample.ratio import Ratio, largest_ratio
from axiomkd.registry import find_operator
from axiomkd.statement import Scope


def goal_of(operator, statement):
    return find_statement(statement).goal(find_operator(operator), Scope(None, None))


@pytest.fixture(scope="module")
def trace():
    """The total variance under the geometric pool."""
    return goal_of("geometric", "variance.trace")


def test_it_is_a_witness_that_the_kernel_accepts(trace):
    found = largest_ratio(trace)
    assert check(trace, found.evidence).evidence == found.evidence
    margin = check_witness(trace, found.evidence)
    assert found.value == float(margin.left) / float(margin.right)


def test_it_is_larger_than_that_of_a_plain_refutation(trace):
    plain = refute(trace).evidence
    assert largest_ratio(trace).value > Ratio(plain, check_witness(trace, plain)).value > 1


def test_it_is_the_same_whenever_it_is_asked(trace):
    assert largest_ratio(trace) == largest_ratio(trace)


def test_where_the_right_side_can_vanish_there_is_no_bound():
    assert largest_ratio(goal_of("geometric", "variance.coordinate")).value == float("inf")


@pytest.mark.parametrize(
    ("operator", "statement"), [("linear", "variance.trace"), ("geometric", "temperature.commutes")]
)
def test_there_is_none_where_nothing_fails_or_no_sides_are_compared(operator, statement):
    assert largest_ratio(goal_of(operator, statement)) is None
