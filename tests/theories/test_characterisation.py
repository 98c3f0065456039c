"""What singles the linear pool out: its statements, and operators that are one rule."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from support.formulas import aggregate
from support.goals import compiled_truth, exact_truth
from support.inputs import chosen, distributions, draw, floats, rolled_but_for_one, weights

from axiomkd.catalogue import statements
from axiomkd.operator import Operator
from axiomkd.portfolio import certify
from axiomkd.provers.counterexample import refute
from axiomkd.provers.structural import prove
from axiomkd.registry import find_operator
from axiomkd.statement import Scope
from axiomkd.theories.ensemble.characterisation import STATEMENTS
from axiomkd.theories.ensemble.equality import same_rule
from axiomkd.verdict import Cell, decide

NAMES = [statement.id for statement in STATEMENTS]
ASSUMPTION_L = STATEMENTS[NAMES.index("assumption_l")]
SIZES = ((1, 3), (2, 2), (2, 3), (3, 3))
COUNT = 100
EXACT = 2


def inputs_of(statement, teachers, outcomes):
    """Random inputs; in each the teachers p and g agree at every outcome about some teacher."""
    if statement.id == "variance.sum":
        return draw(statement, teachers, outcomes, COUNT, 0)
    rng = np.random.default_rng([teachers, outcomes])
    p = distributions(rng, (COUNT, teachers, outcomes), False)
    found = {"p": p, "w": weights(rng, p.shape[:2])}
    if statement is ASSUMPTION_L:
        found["g"] = rolled_but_for_one(rng, p)
        found["h"] = weights(rng, p.shape[:2])
        found["s"] = chosen(rng, [Fraction(n, 4) for n in range(5)], COUNT)
    return found


def disagreements(statement, operator, formula):
    """The sizes at which predicate and goal, compiled or exact, differ at some input."""
    goal, found = statement.goal(operator, Scope()), []
    for size in SIZES:
        inputs = inputs_of(statement, *size)
        said = statement.predicate(formula, **{name: floats(array) for name, array in inputs.items()})
        exact = [exact_truth(goal, inputs, number) for number in range(EXACT)]
        if (said != compiled_truth(goal, inputs)).any() or (said[:EXACT] != exact).any():
            found.append(size)
    return found


SOME = ("linear", "geometric", "harmonic", "maximum", "linear-geometric", "first-teacher", "top-k-2")


def test_they_are_asked_only_when_named():
    assert not {statement.id for statement in statements()} & set(NAMES)


@pytest.mark.parametrize("statement", STATEMENTS, ids=NAMES)
def test_predicate_and_goal_agree_at_random_inputs(statement):
    for operator in map(find_operator, SOME):
        assert disagreements(statement, operator, aggregate(operator.id)) == [], operator.id


@pytest.mark.parametrize("statement", STATEMENTS, ids=NAMES)
def test_another_rule_is_told_apart_from_the_predicate(statement):
    assert disagreements(statement, find_operator("linear"), aggregate("geometric"))


def test_the_linear_pool_satisfies_them_all():
    assert [cell.verdict for cell in certify("linear", NAMES).cells] == ["proved"] * len(NAMES)


FAILING = {
    "linear_pool": "uniform-smoothed",
    "assumption_l": "geometric",
    "variance.definition": "first-teacher",
    "variance.nonnegative": "geometric",
    "variance.sum": "geometric",
}


@pytest.mark.parametrize("name", NAMES)
def test_each_has_an_operator_that_fails_it(name):
    (cell,) = certify(FAILING[name], [name]).cells
    assert cell.verdict == "refuted"


def test_affinity_alone_is_not_assumption_l():
    """Affine in the weights, but what an outcome gets depends on the others too."""
    squared = Operator.declare("squares", expr="Sum(w[k]*p[k,i]**2/Sum(p[k,j]**2, j), k)")
    goal = ASSUMPTION_L.goal(squared, Scope())
    assert prove(replace(goal, conclusions=goal.conclusions[:1])) is not None
    assert refute(goal) is not None


# -- one rule -----------------------------------------------------------------------------------

TWICE = [
    ("linear", Operator.declare("halves", expr="Sum(w[k]*p[k,i]/2, k) + Sum(w[k]*p[k,i], k)/2")),
    ("geometric", Operator.declare("twice", mass="2*Prod(p[k,i]**w[k], k)")),
]


@pytest.mark.parametrize("name, other", TWICE, ids=[name for name, _ in TWICE])
def test_one_rule_written_in_two_ways_is_the_same_rule(name, other):
    goal = same_rule(other).goal(find_operator(name), Scope())
    assert prove(goal) is not None
    assert refute(goal) is None


@pytest.mark.parametrize("name, other", [("linear", "geometric"), ("geometric", "power-1/2")])
def test_other_rules_are_told_apart(name, other):
    cell = Cell(find_operator(name), same_rule(find_operator(other)), Scope())
    assert decide(cell, refute(cell.goal).evidence).verdict == "refuted"
