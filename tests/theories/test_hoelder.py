"""The bound that the geometric pool keeps for every event: what it says, who keeps it and who does not."""

from fractions import Fraction as F
from pathlib import Path

import numpy as np
import pytest
from support.formulas import aggregate
from support.goals import compiled_truth, exact_truth
from support.inputs import densely, draw, floats
from support.witnesses import violating_inputs

from axiomkd.catalogue import find_statement
from axiomkd.kernel.evidence import Witness
from axiomkd.operators import CATALOGUE
from axiomkd.portfolio import certify
from axiomkd.provers.counterexample import refute
from axiomkd.provers.structural import prove
from axiomkd.registry import find_operator
from axiomkd.statement import Scope
from axiomkd.verdict import Cell, decide

HOELDER = find_statement("safety.hoelder")
REWRITTEN = Path(__file__).parents[1] / "data/rewritten/exponential-of-mean-logs.toml"
SIZES = ((1, 3), (2, 2), (2, 3), (3, 3), (4, 4))


ANY_NUMBER = [declared for declared in CATALOGUE if not declared.sizes and not declared.unknown]
"""The operators of the catalogue that have a formula for any number of teachers."""


@pytest.mark.parametrize("declared", ANY_NUMBER, ids=lambda declared: declared.id)
def test_predicate_and_goal_agree_at_random_inputs(declared):
    goal, formula = HOELDER.goal(declared(), Scope()), aggregate(declared.id)
    for teachers, outcomes in SIZES[1:4]:
        inputs = draw(HOELDER, teachers, outcomes, 100, seed=5)
        said = HOELDER.predicate(formula, **{name: floats(array) for name, array in inputs.items()})
        assert np.array_equal(said, compiled_truth(goal, inputs))
        assert said[0] == exact_truth(goal, inputs, 0)


def test_the_predicate_tells_the_pools_apart():
    """At p = (.9, .1), (.5, .5) and even weights: .3 times .894 is above the root of .05."""
    p, w = np.array([[[0.9, 0.1], [0.5, 0.5]]]), np.array([[0.5, 0.5]])
    assert HOELDER.predicate(aggregate("geometric"), p=p, w=w).all()
    assert not HOELDER.predicate(aggregate("linear"), p=p, w=w).any()


@pytest.mark.parametrize("name", ["geometric", str(REWRITTEN)], ids=["geometric", "rewritten"])
def test_it_is_proved_of_the_geometric_pool(name):
    operator = find_operator(name)
    cell = Cell(operator, HOELDER, Scope())
    assert decide(cell, prove(cell.goal)).verdict == "proved"
    for size in SIZES:
        assert HOELDER.predicate(aggregate("geometric"), **densely(HOELDER, *size, 1_000, seed=0)).all()


@pytest.mark.parametrize("name", ["linear", "power-2", "minimum", "weighted-uniform"])
def test_other_pools_are_refuted(name):
    cell = certify(name, HOELDER.id)[HOELDER.id]
    assert cell.verdict == "refuted"
    for inputs in violating_inputs(HOELDER, cell.evidence):
        assert not HOELDER.predicate(aggregate(name), **inputs).any()


def test_the_event_bound_that_it_replaces_fails_at_the_published_witness():
    """Both teachers give outcome 2 two per cent, the geometric pool 99."""
    p = np.array([[[0.97999999, 0.02, 0.00000001], [0.00000001, 0.02, 0.97999999]]])
    w = np.array([[0.5, 0.5]])
    assert not find_statement("safety.event").predicate(aggregate("geometric"), p=p, w=w).any()
    assert HOELDER.predicate(aggregate("geometric"), p=p, w=w).all()


def test_it_is_asked_only_when_it_is_named():
    assert HOELDER.id not in {cell.statement.id for cell in certify("first-teacher", "safety").cells}
    evidence = refute(HOELDER.goal(find_operator("linear"), Scope())).evidence
    assert isinstance(evidence, Witness)
    assert set(dict(evidence.values)["e"]) <= {F(0), F(1)}
