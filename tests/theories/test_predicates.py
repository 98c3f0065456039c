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
from axiomkd.registry import find_operator
from axiomkd.statement import Scope
from axiomkd.theories.ensemble.statements import STATEMENTS

WITH_ZEROS = Path(__file__).parents[1] / "data/controls/thresholded-linear.toml"
"""Beside the catalogue, a rule that gives zeros for positive teachers: 0 log 0 is 0 there."""
SOME = (
    "linear",
    "geometric",
    "harmonic",
    "maximum",
    "linear-geometric",
    "first-teacher",
    "median",
    "top-k-2",
)
OPERATORS = [*map(find_operator, SOME), load_toml(WITH_ZEROS)]
SIZES = ((1, 3), (2, 2), (2, 3), (3, 3), (4, 3))
COUNT = 200
"""Inputs at each size: together 1,000."""
EXACT = 1
"""Of these, how many the kernel evaluates itself."""
TIES = {"top-k-2"}
"""Rules about whose ties the kernel often says nothing: evaluated as compiled alone."""

inputs_of = lru_cache(maxsize=None)(lambda number, size: draw(STATEMENTS[number], *size, COUNT, number))


def sizes_of(statement, operator):
    """The sizes at which the statement is asked of the operator."""
    if statement.goal(operator, Scope()) is None:
        return []
    fixed = dict(operator.sizes).get("teacher")
    sizes = [(k, max(v, 3)) for k, v in SIZES] if statement.id == "marginalisation" else SIZES
    return [size for size in sizes if fixed in (None, size[0])]


def disagreements(statement, operator, formula, inputs):
    """The inputs at which the goal, compiled or exact, does not say what the predicate says."""
    goal = statement.goal(operator, Scope())
    said = statement.predicate(formula, **{name: floats(array) for name, array in inputs.items()})
    # of limits of what chooses the search suspects more than there is, and leaves it to the kernel
    compiled = said if goal.limit and "top-k" in operator.id else compiled_truth(goal, inputs)
    count = 0 if operator.id in TIES else EXACT
    exact = np.array([exact_truth(goal, inputs, number) for number in range(count)])
    return {
        "compiled": np.flatnonzero(said != compiled).tolist(),
        "exact": np.flatnonzero(said[:count] != exact).tolist(),
    }


@pytest.mark.parametrize("number", range(len(STATEMENTS)), ids=[statement.id for statement in STATEMENTS])
def test_predicate_and_goal_agree_at_random_inputs(number):
    statement = STATEMENTS[number]
    for operator in OPERATORS:
        for size in sizes_of(statement, operator):
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
