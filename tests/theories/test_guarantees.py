"""Every guarantee's predicate agrees with its goal, and no guarantee is true of everything."""

import tomllib
from pathlib import Path

import numpy as np
import pytest
from support.formulas import aggregate
from support.guarantees import compiled_guarantee, draw_guarantee, exact_guarantee, witnessed
from support.inputs import floats, wanted

from axiomkd.operator import Operator
from axiomkd.operators import CATALOGUE
from axiomkd.provers.counterexample import refute
from axiomkd.registry import find_operator
from axiomkd.statement import Scope
from axiomkd.theories.ensemble.guarantees import GUARANTEES

DATA = Path(__file__).parents[1] / "data"
SIZES = ((1, 3), (2, 2), (2, 3), (3, 3))
COUNT = 60
BY_ID = {statement.id: statement for statement in GUARANTEES}
OPERATORS = {declared.id: declared() for declared in CATALOGUE}


def goal_of(statement, name):
    control = DATA / f"controls/{name}.toml"
    return BY_ID[statement].goal(find_operator(str(control) if control.exists() else name), Scope())


@pytest.mark.parametrize("number", range(len(GUARANTEES)), ids=list(BY_ID))
def test_predicate_and_goal_agree_at_random_inputs(number):
    statement = GUARANTEES[number]
    for size in SIZES:
        inputs = draw_guarantee(statement, *size, COUNT, number)
        for operator in OPERATORS.values():
            goal = statement.goal(operator, Scope())
            said = statement.predicate(
                aggregate(operator.id), **{name: floats(array) for name, array in inputs.items()}
            )
            where = f"{operator.id} at K, V = {size}"
            assert np.flatnonzero(said != compiled_guarantee(goal, inputs)).tolist() == [], where
            if size in SIZES[:2]:
                assert said[0] == exact_guarantee(goal, inputs, 0), where


FAILS = {
    "clone_invariance": "product",
    "associativity": "power-1/2",
    "eventwise_independence": "geometric",
    "logit_shift": "reciprocal-of-range",
    "argmax.unanimity": "reciprocal-of-linear",
    "attenuation.strict": "first-teacher",
    "safety.inheritance": "geometric",
    "safety.event": "geometric",
    "safety.veto": "linear",
    "jensen.student_kl": "uniform-smoothed",
    "jensen.target_kl": "harmonic",
    "entropy.concave": "geometric",
    "entropy.convex": "linear",
    "log_loss.pointwise": "power-2",
    "log_loss.expected": "power-2",
    "brier.mean": "geometric",
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
}
"""For every guarantee an operator of the catalogue or of the controls that fails it."""

TRUE = {
    "linear": set(BY_ID) - {"safety.veto", "entropy.convex", "kl.ambiguity"},
    "geometric": {
        *("clone_invariance", "associativity", "logit_shift", "argmax.unanimity", "safety.veto", "response"),
        *("jensen.target_kl", "log_loss.pointwise", "log_loss.expected", "kl.ambiguity"),
    },
    "power-1/2": {"log_loss.pointwise", "log_loss.expected", "jensen.target_kl", "clone_invariance"},
}
"""What the vocabulary and published results say is true."""


@pytest.mark.parametrize("statement", ["associativity", "safety.inheritance"])
def test_what_needs_two_teachers_is_not_asked_of_one(statement):
    assert BY_ID[statement].goal(OPERATORS["linear"], Scope(teachers=1)) is None
    assert BY_ID[statement].goal(OPERATORS["linear"], Scope(teachers=2)) is not None


@pytest.mark.parametrize("statement", ["clone_invariance", "associativity"])
def test_a_rule_for_two_teachers_is_not_asked_to_pool_another_number(statement):
    pair = Operator.declare("pair", mass="p[1,i]*p[2,i]", sizes={"K": 2})
    assert BY_ID[statement].goal(pair, Scope()) is None


def test_a_teacher_named_by_number_keeps_its_place():
    """The copy and the rest stand last, so that the first teacher stays the first."""
    for statement in ("clone_invariance", "associativity"):
        assert refute(goal_of(statement, "first-teacher")) is None


def test_every_guarantee_has_an_operator_that_fails_it():
    assert list(FAILS) == list(BY_ID)


@pytest.mark.parametrize("statement", BY_ID)
def test_the_failing_operator_is_refuted_and_its_witness_violates_the_predicate(statement):
    found = refute(goal_of(statement, FAILS[statement]), seconds=60)
    assert found is not None
    inputs = witnessed(BY_ID[statement], found.evidence)
    assert not np.any(BY_ID[statement].predicate(aggregate(FAILS[statement]), **inputs))


@pytest.mark.parametrize(
    ("operator", "statement"), [(name, statement) for name in TRUE for statement in sorted(TRUE[name])]
)
def test_nothing_refutes_what_is_true(operator, statement):
    assert refute(goal_of(statement, operator)) is None


FACTS = tomllib.loads((DATA / "facts.toml").read_text())["fact"]
KNOWN = [fact for fact in FACTS if fact["statement"] in BY_ID and fact["operator"] in OPERATORS]
SHOWN = [fact for fact in KNOWN if "p" in fact and "p" in wanted(BY_ID[fact["statement"]])]
DRAWN = [fact for fact in KNOWN if fact["statement"].startswith("variance") and "p" in fact]
CHANCES = {"variance.coordinate": [0.5, 0.5], "variance.trace": [0.95, 0.05]}
"""What the notes of the rows say of the chances."""


def name(fact):
    return f"{fact['operator']}-{fact['statement']}"


@pytest.mark.parametrize("fact", KNOWN, ids=name)
def test_a_known_verdict_is_refuted_only_where_it_is_false(fact):
    found = refute(goal_of(fact["statement"], fact["operator"]), seconds=10 if fact["holds"] else 60)
    assert (found is None) == fact["holds"]


@pytest.mark.parametrize("fact", [fact for fact in SHOWN if not fact["holds"]], ids=name)
def test_the_witness_of_a_row_violates_the_predicate(fact):
    p = np.array([fact["p"]], dtype=float)
    w = np.array([fact.get("w", np.full(p.shape[1], 1 / p.shape[1]))], dtype=float)
    assert not BY_ID[fact["statement"]].predicate(aggregate(fact["operator"]), p=p, w=w)


@pytest.mark.parametrize("fact", DRAWN, ids=name)
def test_the_rows_drawn_in_a_row_violate_the_predicate(fact):
    R, rho = np.array([fact["p"]]), np.array([CHANCES[fact["statement"]]])
    predicate = BY_ID[fact["statement"]].predicate
    assert not predicate(aggregate(fact["operator"]), R=R, rho=rho, w=np.array([[0.5, 0.5]]))
    assert predicate(aggregate("linear"), R=R, rho=rho, w=np.array([[0.5, 0.5]]))


def test_the_facts_speak_of_guarantees():
    assert len(KNOWN) >= 15
    assert len(SHOWN) >= 4
    assert len(DRAWN) == 2
