"""What the guarantees of the theory ask, of whom, and what is known of them."""

import numpy as np
import pytest
from support.formulas import aggregate

from axiomkd.catalogue import find_statement
from axiomkd.operator import Operator
from axiomkd.provers.counterexample import refute
from axiomkd.registry import find_operator
from axiomkd.statement import Scope
from axiomkd.theories.ensemble.statements import STATEMENTS

GUARANTEES = {
    statement.id for statement in STATEMENTS[STATEMENTS.index(find_statement("attenuation.strict")) :]
}


def goal_of(statement, operator, scope=None):
    return find_statement(statement).goal(find_operator(operator), scope or Scope())


TRUE = {
    "linear": GUARANTEES - {"safety.veto", "entropy.convex", "kl.ambiguity"},
    "geometric": {
        *("clone_invariance", "associativity", "logit_shift", "argmax.unanimity", "safety.veto", "response"),
        *("floor.atom", "jensen.target_kl", "log_loss.pointwise", "log_loss.expected", "kl.ambiguity"),
    },
    "power-1/2": {"log_loss.pointwise", "log_loss.expected", "jensen.target_kl", "clone_invariance"},
}
"""What the vocabulary and published results say is true."""


@pytest.mark.parametrize(
    ("operator", "statement"), [(name, statement) for name in TRUE for statement in sorted(TRUE[name])]
)
def test_what_is_known_to_be_true_is_proved(operator, statement, certified):
    assert certified(operator)[statement].verdict == "proved"


@pytest.mark.parametrize("statement", ["associativity", "safety.inheritance"])
def test_what_needs_two_teachers_is_not_asked_of_one(statement):
    assert goal_of(statement, "linear", Scope(teachers=1)) is None
    assert goal_of(statement, "linear", Scope(teachers=2)) is not None


@pytest.mark.parametrize("statement", ["clone_invariance", "associativity"])
def test_a_rule_for_two_teachers_is_not_asked_to_pool_another_number(statement):
    pair = Operator.declare("pair", mass="p[1,i]*p[2,i]", sizes={"K": 2})
    assert find_statement(statement).goal(pair, Scope()) is None


@pytest.mark.parametrize("statement", ["clone_invariance", "associativity"])
def test_a_teacher_named_by_number_keeps_its_place(statement):
    """The copy and the rest stand last, so that the first teacher stays the first."""
    assert refute(goal_of(statement, "first-teacher")) is None


DRAWN = {
    "variance.coordinate": ([[0.5, 0.49, 0.01], [0.01, 0.49, 0.5]], [0.5, 0.5]),
    "variance.trace": ([[0.44, 0.54, 0.02], [0.77, 0.01, 0.22]], [0.95, 0.05]),
}
"""Rows and chances at which the geometric pool of two teachers varies more than one of them."""


@pytest.mark.parametrize("statement", DRAWN)
def test_independent_teachers_can_make_the_geometric_pool_vary_more(statement):
    R, rho = (np.array([part]) for part in DRAWN[statement])
    predicate, w = find_statement(statement).predicate, np.array([[0.5, 0.5]])
    assert not predicate(aggregate("geometric"), R=R, rho=rho, w=w)
    assert predicate(aggregate("linear"), R=R, rho=rho, w=w)
