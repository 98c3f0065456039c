"""No statement is true of everything: each has an operator that fails it, and is seen to."""

from pathlib import Path

import numpy as np
import pytest
from support.formulas import aggregate, base
from support.witnesses import violating_inputs

from axiomkd.catalogue import find_statement
from axiomkd.portfolio import certify
from axiomkd.theories.ensemble.statements import STATEMENTS

CONTROLS = Path(__file__).parents[1] / "data/controls"
FAILS = {
    "well_defined.interior": "reciprocal-of-range",
    "well_defined.closed": "geometric",
    "convexity.simplex": "unnormalised-geometric",
    "convexity.between": "geometric",
    "convexity.hull": "power-2",
    "positivity.all": "thresholded-linear",
    "positivity.some": "product",
    "positivity.zero": "weighted-uniform",
    "weight_monotonicity.exchange": "geometric",
    "weight_monotonicity.exchange_strict": "maximum",
    "weight_monotonicity.favourite": "reciprocal-of-linear",
    "weight_monotonicity.log_odds": "linear-geometric",
    "weight_monotonicity.divergence_from": "reciprocal-of-linear",
    "weight_monotonicity.divergence_to": "linear-geometric",
    "continuity.interior": "top-two",
    "continuity.closed": "geometric",
    "temperature.identity": "temperature-plus-one",
    "temperature.uniform": "unsoftened-linear",
    "temperature.argmax": "harmonic",
    "temperature.commutes": "linear",
    "temperature.entropy": "linear",
    "temperature.pool_uniform": "unsoftened-linear",
    "temperature.pool_argmax": "uniform-smoothed",
    "unanimity": "product",
    "anonymity": "first-teacher",
    "neutrality": "first-outcome-doubled",
    "clone_invariance": "product",
    "associativity": "power-1/2",
    "marginalisation": "maximum",
    "eventwise_independence": "geometric",
    "external_bayesianity": "linear",
    "rank.unanimity": "reciprocal-of-linear",
    "argmax.unanimity": "reciprocal-of-linear",
    "floor.atom": "weighted-uniform",
    "attenuation.ceiling": "geometric",
    "attenuation.strict": "first-teacher",
    "safety.inheritance": "geometric",
    "safety.event": "geometric",
    "safety.veto": "linear",
    "jensen.student_kl": "uniform-smoothed",
    "jensen.target_kl": "harmonic",
    "log_loss.pointwise": "power-2",
    "log_loss.expected": "power-2",
    "brier.mean": "geometric",
    "entropy.concave": "geometric",
    "entropy.convex": "linear",
    "regret.log_weight": "geometric",
    "variance.uncorrelated": "geometric",
    "variance.correlated": "geometric",
    "variance.coordinate": "geometric",
    "variance.trace": "geometric",
    "variance.optimal": "geometric",
    "bias.convex": "geometric",
    "bias.ambiguity": "geometric",
    "kl.ambiguity": "linear",
    "kl.compensation": "geometric",
    "response": "reciprocal-of-linear",
    "robustness": "geometric",
    "logit_shift": "reciprocal-of-range",
}
"""For every statement an operator of the catalogue or of the controls that fails it."""


def test_every_statement_has_an_operator_that_fails_it():
    assert list(FAILS) == [statement.id for statement in STATEMENTS]


def test_every_control_is_needed():
    assert {path.stem for path in CONTROLS.glob("*.toml")} <= set(FAILS.values())


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda statement: statement.id)
def test_the_failing_operator_is_refuted_and_its_witness_violates_the_predicate(statement):
    name = FAILS[statement.id]
    control = CONTROLS / f"{name}.toml"
    cell = certify(str(control) if control.exists() else name, statement.id)[statement.id]
    assert cell.verdict == "refuted"
    based = {"base": base(name)} if statement.id == "temperature.identity" else {}
    for inputs in violating_inputs(find_statement(statement.id), cell.evidence):
        assert not np.any(statement.predicate(aggregate(name), **inputs, **based))
