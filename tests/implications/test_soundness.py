"""Proofs of what is false, made by hand: each rests on an input outside a premise's domain."""

from dataclasses import replace

import pytest

from axiomkd.catalogue import find_statement
from axiomkd.implications.model import SAME, Argument, Implication, Instance, Situation, check_argument
from axiomkd.implications.search import argue
from axiomkd.implications.tilting import argue_by_tilting
from axiomkd.kernel.combination import hole
from axiomkd.kernel.evidence import Derivation, Step
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Defined,
    Different,
    Equal,
    Exp,
    Free,
    Less,
    big_sum,
    delta,
    power,
    variable,
)
from axiomkd.provers import structural
from axiomkd.statement import Scope

k, other = Free("k", "teacher"), Free("l", "teacher")
i = Free("i", "outcome")
w, p = variable("w", k), variable("p", k, i)


def implication(premises, conclusion):
    return Implication(tuple(map(find_statement, premises.split())), find_statement(conclusion))


def test_a_fact_is_asked_of_all_of_its_indices_whatever_else_has_their_names():
    """Weights 2 for teacher k, less what they were: positive at k itself, negative at others."""
    situation = Situation(implication("linear_pool", "positivity.all"))
    weights = Instance("linear_pool", (("w", (other,), 2 * delta(other, k) - variable("w", other)),))
    asked = situation.obligations(weights)
    signs = [formula for formula in asked.conclusions if isinstance(formula, AtMost)]
    assert all(len(formula.free) == 2 for formula in signs)
    assert structural.prove(asked) is None


def test_a_fact_is_asked_of_all_outcomes_although_the_premise_speaks_of_one():
    """Exchange speaks of the outcome i, as its conclusion does; its teachers are positive everywhere."""
    exchange = "weight_monotonicity.exchange"
    situation = Situation(implication(exchange, exchange))
    moved = 2 * delta(i, Free("j", "outcome")) * p - p
    asked = situation.obligations(Instance(exchange, (("p", (k, i), moved),)))
    positive = [formula for formula in asked.conclusions if isinstance(formula, Less)]
    assert all(not formula.free <= {i, Free("j", "outcome"), k} for formula in positive)


def test_a_value_that_is_not_defined_proves_nothing():
    """A likelihood exp(1/0) is positive for the kernel; from its being defined anything would follow."""
    claim = implication("external_bayesianity unanimity", "attenuation.ceiling")
    nothing = big_sum(k, w) - 1
    instance = Instance("external_bayesianity", (("L", (i,), Exp(power(nothing, -1))),))
    situation = Situation(claim)
    domain = structural.prove(situation.obligations(instance))
    situation.add(instance)
    facts = [fact.conclusion for fact in situation.goal.facts]
    assert not any(isinstance(formula, Defined) for formula in facts)
    with pytest.raises(Refused):
        check_argument(claim, Argument(((instance, domain),), contradiction(situation, nothing)))


def contradiction(situation, nothing):
    """From 1/0 being defined, anything."""
    likelihood = Exp(power(nothing, -1))
    defined = Defined(likelihood * variable("q", i) * power(big_sum(i, likelihood * variable("q", i)), -1))
    total = Equal(big_sum(k, w), 1 + ZERO)
    absurd = Equal(nothing, ZERO)
    steps = (
        Step("fact", defined, (), (5, i)),
        Step("defined_part", Different(nothing, ZERO), (0,), ()),
        Step("fact", total, (), (3,)),
        Step("algebraic", absurd, (2,), (-1 * hole(0),)),
        *(Step("contradiction", formula, (1, 3), (absurd,)) for formula in situation.goal.conclusions),
    )
    return Derivation(steps, tuple(range(4, len(steps))))


def test_values_are_written_in_the_variables_of_the_goal():
    """An aggregate that is not there yet could else be part of its own input."""
    situation = Situation(implication("linear_pool", "positivity.all"))
    with pytest.raises(Refused, match="variables"):
        situation.obligations(Instance("linear_pool", (("w", (other,), variable("q1", other)),)))


def test_what_holds_of_two_outcomes_does_not_pass_for_any_number():
    """Between the teachers is in their hull at V = 2 only."""
    two = replace(implication("convexity.between", "convexity.hull"), scope=Scope(None, 2))
    argument = argue(two)
    assert check_argument(two, argument)
    for outcomes in (None, 3):
        with pytest.raises(Refused):
            check_argument(replace(two, scope=Scope(None, outcomes)), argument)


def test_a_student_that_is_not_tilted_enough_proves_nothing():
    """With -(C+1) in the place of C+1 the gap at the student is positive, and nothing is contradicted."""
    claim = implication("jensen.student_kl", "linear_pool")
    argument = argue_by_tilting(claim)
    (first, none), (up, domain), (down, domain_below) = argument.instances
    assert check_argument(claim, argument)
    turned = (first, none), (replace(up, definitions=down.definitions), domain_below), (down, domain_below)
    with pytest.raises(Refused):
        check_argument(claim, replace(argument, instances=turned))
    with pytest.raises(Refused):
        check_argument(claim, replace(argument, instances=((first, none), (up, domain))))


# -- what is left open, other sorts, equal inputs -----------------------------------------------


def test_what_is_not_shown_of_a_domain_is_a_hypothesis():
    """The teacher must have weight: without the hypothesis any would do."""
    situation = Situation(implication("positivity.some", "positivity.all"))
    situation.add(Instance("positivity.some", conditional=True))
    fact = situation.goal.facts[-1]
    assert fact.conclusion == Less(ZERO, variable("q", i))
    (a,) = {index for index in fact.indices if index.sort == "teacher"}
    assert fact.hypotheses == (Less(ZERO, variable("w", a)),)


def test_what_a_domain_asks_of_all_indices_is_shown_all_the_same():
    doubled = (("w", (k,), 2 * w),)
    asked = Situation(implication("positivity.some", "positivity.all")).obligations(
        Instance("positivity.some", doubled, conditional=True)
    )
    assert Equal(big_sum(k, 2 * w), ONE) in asked.conclusions
    assert structural.prove(asked) is None


def test_a_rule_need_not_be_defined_where_a_teacher_has_a_zero():
    """At a closed input the goal must say that the rule is defined: else positive teachers are asked for."""
    situation = Situation(implication("positivity.zero", "positivity.all"))
    closed = Instance("positivity.zero", (("p", (k, i), delta(i, Free("n", "outcome"))),))
    asked = situation.obligations(closed)
    assert any(isinstance(formula, Less) for formula in asked.conclusions)
    assert structural.prove(asked) is None


@pytest.mark.parametrize("sort", ["teacher", "outcome"])
def test_the_rules_own_sorts_are_not_exchanged(sort):
    situation = Situation(implication("log_loss.expected", "jensen.target_kl"))
    with pytest.raises(Refused, match="any number"):
        situation.obligations(Instance("log_loss.expected", sorts=((sort, "scenario"),)))


def test_inputs_that_differ_have_aggregates_that_may_differ():
    situation = Situation(implication("unanimity", "weight_monotonicity.exchange"))
    n, a, b = Free("n", "outcome"), Free("a", "teacher"), Free("b", "teacher")
    same = Instance(SAME, (("q1", (a, b, n), variable("q", n)),))
    assert structural.prove(situation.obligations(same)) is None
    with pytest.raises(Refused, match="aggregate"):
        situation.obligations(Instance(SAME, (("w", (k,), variable("w", k)),)))


def test_a_constant_is_defined_and_a_quotient_need_not_be():
    path = Instance("weight_monotonicity.log_odds", (("s", (), ZERO),))
    quotient = Instance("weight_monotonicity.log_odds", (("s", (), power(ZERO, -1)),))
    claim = implication("weight_monotonicity.log_odds", "positivity.all")
    for instance, defined in ((path, True), (quotient, False)):
        situation = Situation(claim)
        situation.add(instance)
        facts = [fact.conclusion for fact in situation.goal.facts]
        assert any(isinstance(formula, Defined) for formula in facts) == defined
