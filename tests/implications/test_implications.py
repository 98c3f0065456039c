"""What every rule with some properties must satisfy: proofs, refutations, and what is not asked."""

import json
from dataclasses import replace

import pytest

from axiomkd.catalogue import find_statement
from axiomkd.certificate import Certificate
from axiomkd.errors import AxiomkdError, DeclarationError, EvidenceError
from axiomkd.implications.instances import candidates
from axiomkd.implications.lemmas import Detours
from axiomkd.implications.model import Argument, Implication, Instance, Situation, check_argument
from axiomkd.implications.search import argue, argue_directly, settle_all
from axiomkd.implications.tilting import argue_by_tilting
from axiomkd.implications.verdict import Settled
from axiomkd.implications.wire import check_implication, to_json
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import Continuous, Free, delta, variable
from axiomkd.registry import find_operator
from axiomkd.statement import Scope
from axiomkd.theories.ensemble.statements import FURTHER, STATEMENTS


def implication(premises, conclusion, outcomes=None):
    statements = tuple(find_statement(name) for name in premises.split())
    return Implication(statements, find_statement(conclusion), Scope(None, outcomes))


PROVED = [
    ("convexity.between", "attenuation.ceiling", None),
    ("convexity.between", "floor.atom", None),
    ("convexity.between", "unanimity", None),
    ("convexity.hull", "safety.event", None),
    ("convexity.hull", "convexity.between", None),
    ("convexity.between", "convexity.hull", 2),
    ("convexity.hull", "convexity.between", 2),
    ("weight_monotonicity.log_odds", "weight_monotonicity.divergence_from", None),
    ("weight_monotonicity.log_odds", "weight_monotonicity.divergence_to", None),
    ("variance.definition positivity.all", "linear_pool", None),
    ("safety.event", "convexity.between", None),
    ("floor.atom", "unanimity", None),
    ("attenuation.ceiling", "unanimity", None),
    ("positivity.some", "positivity.all", None),
    ("safety.veto", "positivity.zero", None),
    ("weight_monotonicity.log_odds", "positivity.all", None),
    ("log_loss.expected", "jensen.target_kl", None),
    ("kl.compensation", "jensen.student_kl", None),
    ("linear_pool", "brier.mean", None),
]
ANY_RULE = ["logit_shift"]
"""What every function of distributions satisfies."""
REFUTED = [
    ("convexity.between", "attenuation.strict", "first-teacher"),
    ("convexity.simplex", "attenuation.ceiling", "geometric"),
    ("external_bayesianity unanimity", "safety.event", "geometric"),
    ("marginalisation unanimity", "jensen.student_kl", "first-teacher"),
]


@pytest.mark.parametrize("premises, conclusion, outcomes", PROVED)
def test_is_proved_for_an_unknown_rule(premises, conclusion, outcomes):
    claim = implication(premises, conclusion, outcomes)
    argument = argue(claim)
    assert argument is not None
    assert Settled(claim, argument).verdict == "proved"


@pytest.mark.parametrize("premises, conclusion, outcomes", PROVED)
def test_needs_its_premises(premises, conclusion, outcomes):
    assert argue(implication("convexity.simplex", conclusion, outcomes)) is None


@pytest.mark.parametrize("name", ANY_RULE)
def test_the_same_input_has_the_same_aggregate(name):
    claim = implication("convexity.simplex", name)
    settled = Settled(claim, argue(claim))
    assert settled.verdict == "proved"
    assert to_json(check_implication(to_json(settled))) == to_json(settled)


def test_a_bound_for_every_student_makes_the_rule_linear():
    claim = implication("jensen.student_kl", "linear_pool")
    argument = argue_by_tilting(claim)
    assert Settled(claim, argument).verdict == "proved"
    assert argue_by_tilting(implication("jensen.target_kl", "linear_pool")) is None


def test_a_rule_between_its_teachers_varies_no_more_than_all_of_them():
    claim = implication("convexity.between", "variance.sum")
    assert Settled(claim, argue(claim)).verdict == "proved"
    assert argue(implication("convexity.simplex", "variance.sum")) is None


def test_is_proved_by_way_of_another_statement():
    claim = implication("kl.compensation", "linear_pool")
    argument = Detours(argue_directly).argument(replace_conclusion(claim, "brier.mean"))
    names = [statement.id for statement, _ in argument.lemmas]
    assert names == ["jensen.student_kl", "linear_pool"]
    settled = Settled(replace_conclusion(claim, "brier.mean"), argument)
    assert to_json(check_implication(to_json(settled))) == to_json(settled)
    with pytest.raises(Refused):
        check_argument(settled.implication, replace(argument, lemmas=argument.lemmas[1:]))
    with pytest.raises(Refused):
        check_argument(settled.implication, replace(argument, lemmas=()))


def replace_conclusion(claim, name):
    return replace(claim, conclusion=find_statement(name))


def test_is_refuted_by_an_operator_that_satisfies_the_premises():
    claims = [implication(premises, conclusion) for premises, conclusion, _ in REFUTED]
    operators = [find_operator(name) for name in ("linear", "geometric", "first-teacher")]
    settled = settle_all(claims, operators)
    assert [found.verdict for found in settled] == ["refuted"] * len(REFUTED)
    assert [found.counterexample.operator.id for found in settled] == [name for *_, name in REFUTED]


def test_is_undecided_when_no_operator_refutes_it():
    (settled,) = settle_all([implication("unanimity", "positivity.all")], [find_operator("linear")])
    assert settled.verdict == "undecided"
    assert any("linear" in words for words in settled.tried)


# -- what the kernel must not be led to believe -------------------------------------------------


def asks_of_limits():
    """The statements whose conclusions are limits, continuity or definedness alone."""
    return [
        statement.id
        for statement in (*STATEMENTS, *FURTHER)
        if statement.id.startswith(("continuity", "well_defined"))
        or statement.id in ("temperature.uniform", "temperature.argmax")
        or statement.id.startswith("temperature.pool")
    ]


@pytest.mark.parametrize("name", asks_of_limits())
def test_a_conclusion_about_limits_is_not_asked(name):
    with pytest.raises(DeclarationError, match="about the values of a rule"):
        Situation(implication("convexity.simplex", name))


def test_every_other_conclusion_is_asked():
    for statement in (*STATEMENTS, *FURTHER):
        if statement.id not in asks_of_limits():
            goal = Situation(implication("convexity.simplex", statement.id)).goal
            assert not any(isinstance(formula, Continuous) for formula in goal.conclusions)


def test_a_premise_about_limits_says_nothing_of_values():
    situation = Situation(implication("continuity.closed temperature.uniform", "temperature.commutes"))
    for premise in ("continuity.closed", "temperature.uniform"):
        with pytest.raises(Refused):
            situation.add(Instance(premise))


def test_aggregates_at_different_inputs_are_different_numbers():
    situation = Situation(implication("convexity.simplex", "weight_monotonicity.exchange"))
    assert sorted(situation.aggregates.values()) == ["q", "q1"]


def test_the_input_of_an_instance_must_be_in_the_domain():
    k, i = Free("k", "teacher"), Free("i", "outcome")
    claim = implication("convexity.between", "attenuation.ceiling")
    doubled = Instance("convexity.between", (("w", (k,), 2 * variable("w", k)),))
    asked = Situation(claim).obligations(doubled)
    assert asked is not None
    derivation = argue(claim).derivation
    with pytest.raises(Refused):
        check_argument(claim, Argument(((doubled, None),), derivation))
    with pytest.raises(Refused):
        check_argument(claim, Argument(((doubled, derivation),), derivation))
    assert Situation(claim).obligations(Instance("convexity.between", (("p", (k, i), delta(i, i)),)))


def test_only_premises_may_be_used():
    situation = Situation(implication("convexity.between", "attenuation.ceiling"))
    with pytest.raises(Refused, match="expected one of"):
        situation.add(Instance("linear_pool"))


def test_a_proof_of_one_implication_is_none_of_another():
    argument = argue(implication("convexity.between", "attenuation.ceiling"))
    with pytest.raises(Refused):
        Settled(implication("convexity.between", "floor.atom"), argument)
    with pytest.raises(Refused):
        Settled(implication("convexity.simplex", "attenuation.ceiling"), argument)


def test_guesses_are_finitely_many_and_the_premises_own():
    situation = Situation(implication("jensen.student_kl", "linear_pool"))
    assert {instance.premise for instance in candidates(situation, "jensen.student_kl")} == {
        "jensen.student_kl"
    }


def test_a_certificate_that_does_not_refute_it_is_refused(certified):
    claim = implication("convexity.simplex", "attenuation.ceiling")
    linear = certified("linear")
    cells = [linear["convexity.simplex"], linear["attenuation.ceiling"]]
    with pytest.raises(EvidenceError, match="expected refuted"):
        Settled(claim, counterexample=Certificate(linear.operator, tuple(cells)))


# -- as text ------------------------------------------------------------------------------------


def text_of(premises, conclusion):
    claim = implication(premises, conclusion)
    return to_json(Settled(claim, argue(claim)))


def test_a_text_says_the_same_again():
    text = text_of("weight_monotonicity.log_odds", "weight_monotonicity.divergence_to")
    assert to_json(check_implication(text)) == text


def other_verdict(data):
    data["verdict"] = "refuted"


def other_conclusion(data):
    data["conclusion"] = "floor.atom"


def no_instances(data):
    data["proof"]["instances"] = []


def another_goal(data):
    data["proof"]["goal"]["facts"].append(data["proof"]["goal"]["facts"][0])


def another_premise(data):
    data["premises"] = ["positivity.all"]


def no_format(data):
    data["format"] = "axiomkd-certificate/1"


@pytest.mark.parametrize(
    "change", [other_verdict, other_conclusion, no_instances, another_goal, another_premise, no_format]
)
def test_an_edited_text_is_refused(change):
    data = json.loads(text_of("convexity.between", "attenuation.ceiling"))
    change(data)
    with pytest.raises((Refused, AxiomkdError)):
        check_implication(json.dumps(data))


def test_inputs_with_teachers_of_several_sorts_are_left_alone():
    """The last pooling of associativity has a block's teacher beside the others; nothing equals it."""
    claim = Implication((find_statement("anonymity"),), find_statement("associativity"))
    assert argue(claim) is None
