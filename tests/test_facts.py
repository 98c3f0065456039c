"""Known verdicts: what is published, or shown by numbers, comes out as written."""

import tomllib
from pathlib import Path

import numpy as np
import pytest
from support.formulas import aggregate

from axiomkd.catalogue import find_statement
from axiomkd.operators import CATALOGUE
from axiomkd.theories.ensemble.statements import STATEMENTS

FACTS = tomllib.loads(Path(__file__).with_name("data").joinpath("facts.toml").read_text())["fact"]
OPERATORS = {declared.id for declared in CATALOGUE}
ASKED = {statement.id for statement in STATEMENTS}
KNOWN = [fact for fact in FACTS if fact["operator"] in OPERATORS and fact["statement"] in ASKED]
SHOWN = [
    fact
    for fact in KNOWN
    if "p" in fact and not fact["holds"] and not fact["statement"].startswith("variance")
]
"""Rows whose teachers violate the predicate; test_guarantees draws from those of the variances."""


def name(fact):
    return f"{fact['operator']}-{fact['statement']}"


REST = {
    "linear-external_bayesianity": {"L": [2, 1]},
    "linear-temperature.commutes": {"tau": 2},
    "linear-temperature.entropy": {"tau": 0.05, "theta": 1},
    "geometric-weight_monotonicity.exchange": {"d": 0.01},
    "linear-geometric-weight_monotonicity.divergence_to": {"s": 0, "t": 0.5},
}
"""What the notes of the rows say besides p and w."""


@pytest.mark.parametrize("fact", KNOWN, ids=name)
def test_a_known_verdict_comes_out_as_written(fact, certified):
    cell = certified(fact["operator"])[fact["statement"]]
    assert cell.verdict == ("proved" if fact["holds"] else "refuted")


@pytest.mark.parametrize("fact", SHOWN, ids=name)
def test_the_witness_of_a_row_violates_the_predicate(fact):
    p = np.array([fact["p"]], dtype=float)
    w = np.array([fact.get("w", np.full(p.shape[1], 1 / p.shape[1]))], dtype=float)
    given = {"x": p[:, 0]} if fact["statement"] == "unanimity" else {"p": p}
    rest = {letter: np.array([value], dtype=float) for letter, value in REST.get(name(fact), {}).items()}
    statement = find_statement(fact["statement"])
    assert not statement.predicate(aggregate(fact["operator"]), w=w, **given, **rest)


def test_most_facts_are_about_what_stands():
    assert len(KNOWN) >= 49
    assert len(SHOWN) >= 15


def test_log_odds_of_the_mixed_pool_fails_with_two_teachers():
    """Already at K = 2 and V = 3: two teachers are not enough to conclude from."""
    p = np.array([[[0.001, 0.998, 0.001], [0.25, 0.25, 0.5]]])
    w, s, t = np.array([[0.5, 0.5]]), np.array([0.0]), np.array([0.5])
    log_odds = find_statement("weight_monotonicity.log_odds").predicate
    assert not log_odds(aggregate("linear-geometric"), p, w, s, t)
    assert log_odds(aggregate("geometric"), p, w, s, t)
    assert log_odds(aggregate("linear"), p, w, s, t)
