"""Every statement's predicate, written from the vocabulary, agrees with the kernel's goal at random inputs.

At each of 1,000 random rational inputs per operator and statement the goal is evaluated as compiled
NumPy; at some of them, spread over the sizes, also by the kernel itself, in exact fractions and Arb
balls, with its limits along paths. Compiled, exact and predicate must all agree: so the compiled
evaluation is itself held to the kernel's at inputs drawn the same way.
"""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from support.formulas import aggregate
from support.goals import compiled_truth, exact_truth
from support.inputs import draw, floats

from axiomkd.operator import load_toml
from axiomkd.operators import CATALOGUE
from axiomkd.registry import find_operator
from axiomkd.statement import Scope
from axiomkd.theories.ensemble.statements import STATEMENTS

WITH_ZEROS = Path(__file__).parents[1] / "data/controls/thresholded-linear.toml"
"""Beside the catalogue, a rule that gives zeros for positive teachers: 0 log 0 is 0 there."""
OPERATORS = [*(declared() for declared in CATALOGUE), load_toml(WITH_ZEROS)]
SIZES = ((1, 3), (2, 2), (2, 3), (3, 3), (4, 3))
COUNT = 200
"""Inputs at each size: together 1,000."""
EXACT = 1
"""Of these, how many the kernel evaluates itself."""

inputs_of = lru_cache(maxsize=None)(lambda number, size: draw(STATEMENTS[number], *size, COUNT, number))


def sizes_of(statement):
    return [(k, max(v, 3)) for k, v in SIZES] if statement.id == "marginalisation" else SIZES


def disagreements(statement, operator, formula, inputs):
    """The inputs at which the goal, compiled or exact, does not say what the predicate says."""
    goal = statement.goal(operator, Scope())
    said = statement.predicate(formula, **{name: floats(array) for name, array in inputs.items()})
    compiled = compiled_truth(goal, inputs)
    exact = np.array([exact_truth(goal, inputs, number) for number in range(EXACT)])
    return {
        "compiled": np.flatnonzero(said != compiled).tolist(),
        "exact": np.flatnonzero(said[:EXACT] != exact).tolist(),
    }


@pytest.mark.parametrize("number", range(len(STATEMENTS)), ids=[statement.id for statement in STATEMENTS])
def test_predicate_and_goal_agree_at_random_inputs(number):
    statement = STATEMENTS[number]
    for operator in OPERATORS:
        for size in sizes_of(statement):
            inputs = inputs_of(number, size)
            found = disagreements(statement, operator, aggregate(operator.id), inputs)
            assert found == {"compiled": [], "exact": []}, f"{operator.id} at K, V = {size}"


@pytest.mark.parametrize(
    ("said", "goal", "operator"),
    [
        ("weight_monotonicity.exchange", "weight_monotonicity.exchange_strict", "maximum"),
        ("temperature.commutes", "temperature.identity", "linear"),
        ("positivity.zero", "positivity.some", "product"),
        ("convexity.between", "convexity.hull", "geometric"),
        ("floor.atom", "attenuation.ceiling", "maximum"),
    ],
)
def test_a_goal_that_says_something_else_is_noticed(said, goal, operator):
    numbers = {statement.id: number for number, statement in enumerate(STATEMENTS)}
    mixed = replace(STATEMENTS[numbers[said]], goal=STATEMENTS[numbers[goal]].goal)
    found = [
        disagreements(mixed, find_operator(operator), aggregate(operator), inputs_of(numbers[said], size))
        for size in ((2, 3), (3, 3))
    ]
    assert any(inputs["compiled"] for inputs in found)
