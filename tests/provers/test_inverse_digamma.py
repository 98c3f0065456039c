"""Rules written with the inverse digamma function, and by a condition on the whole input."""

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from axiomkd.catalogue import find_statement
from axiomkd.kernel.check import check
from axiomkd.kernel.judgement import Fact, Goal
from axiomkd.kernel.terms import ONE, ZERO, AtMost, Equal, Exp, InverseDigamma, Less, variable
from axiomkd.operator import Operator
from axiomkd.provers import structural
from axiomkd.provers.counterexample import refute
from axiomkd.provers.counterexample.digamma import inverse_digamma
from axiomkd.registry import find_operator
from axiomkd.statement import Scope

x, y, z = (variable(name) for name in "xyz")


@settings(max_examples=60, deadline=None)
@given(st.floats(-1e4, 700))
def test_arrays_hold_the_number_whose_digamma_they_were_given(number):
    found = float(inverse_digamma(np.array([number]))[0])
    with mpmath.workdps(30):
        slope = mpmath.psi(1, found) * found
        assert abs(mpmath.digamma(found) - mpmath.mpf(number)) <= 1e-12 * slope


def test_arrays_hold_infinity_or_nothing_elsewhere():
    found = inverse_digamma(np.array([[1e5, np.nan], [-np.inf, 0.0]]))
    assert np.isinf(found[0, 0]) and np.isnan(found[0, 1]) and found.shape == (2, 2)


def problem(conclusion, *facts):
    return Goal(
        (), tuple((name, ()) for name in "xyz"), tuple(Fact((), fact) for fact in facts), (conclusion,)
    )


def quotient(shift, at):
    return InverseDigamma(shift + at) * InverseDigamma(at) ** -1


def proved(goal):
    found = structural.prove(goal)
    return found is not None and check(goal, found).proves


@pytest.mark.parametrize(
    "goal",
    [
        problem(Less(InverseDigamma(x), InverseDigamma(y)), Less(x, y)),
        problem(Less(ZERO, InverseDigamma(x) * InverseDigamma(y))),
        problem(AtMost(quotient(z, y), quotient(z, x)), AtMost(z, ZERO), AtMost(x, y)),
        problem(AtMost(Exp(z), quotient(z, x)), AtMost(z, ZERO)),
    ],
    ids=["increases", "positive", "quotients", "above the exponential"],
)
def test_what_follows_from_its_order_is_proved(goal):
    assert proved(goal)


@pytest.mark.parametrize(
    "goal",
    [
        problem(AtMost(InverseDigamma(y), InverseDigamma(x)), Less(x, y)),
        problem(AtMost(quotient(z, x), quotient(z, y)), AtMost(z, ZERO), Less(x, y)),
        problem(AtMost(InverseDigamma(x), ONE)),
        problem(Equal(InverseDigamma(x + y), InverseDigamma(x) * InverseDigamma(y))),
    ],
    ids=["turned round", "quotients turned round", "bounded", "of a sum"],
)
def test_what_does_not_follow_is_not(goal):
    assert not proved(goal)


@pytest.mark.parametrize(
    "statement",
    [
        *("convexity.simplex", "positivity.all", "temperature.identity", "unanimity", "anonymity"),
        *("neutrality", "clone_invariance", "rank.unanimity", "argmax.unanimity", "floor.atom"),
        *("jensen.target_kl", "log_loss.pointwise", "log_loss.expected", "logit_shift"),
    ],
)
def test_the_mean_of_the_matching_dirichlet_distribution_has_what_it_should(statement):
    assert proved(find_statement(statement).goal(find_operator("dirichlet-mean"), Scope()))


def test_it_has_no_ceiling():
    goal = find_statement("attenuation.ceiling").goal(find_operator("dirichlet-mean"), Scope(2, 3))
    assert check(goal, refute(goal).evidence).margin.kind == "apart"


LINEAR, GEOMETRIC = "Sum(w[k]*p[k,i], k)", "Prod(p[k,i]**w[k], k)"
FAR = "Sum(w[k]**2, k) < 1/2"


def by_weights(otherwise):
    chosen = f"Piecewise(({LINEAR}, {FAR}), ({otherwise}, True))"
    return Operator.declare("by-weights", expr=chosen)


@pytest.mark.parametrize("statement", ["anonymity", "rank.unanimity", "neutrality", "floor.atom"])
def test_both_cases_of_a_condition_on_the_whole_are_proved(statement):
    pool = f"{GEOMETRIC}/Sum({GEOMETRIC.replace('i', 'j')}, j)"
    assert proved(find_statement(statement).goal(by_weights(pool), Scope()))


def test_one_case_alone_proves_nothing():
    asked = find_statement("floor.atom")
    assert proved(asked.goal(by_weights(LINEAR), Scope()))
    assert not proved(asked.goal(by_weights(f"{LINEAR}/2"), Scope()))
