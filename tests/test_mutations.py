"""Every proved goal of the catalogue, made false: its old evidence proves it no more."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from axiomkd.kernel.check import apply_rule, check
from axiomkd.kernel.evidence import Derivation
from axiomkd.kernel.judgement import Goal, Refused
from axiomkd.kernel.terms import (
    ONE,
    AtMost,
    Big,
    Comparison,
    Continuous,
    Defined,
    Equal,
    Extreme,
    Formula,
    InHull,
    Less,
    Number,
    Tends,
    rebuild,
    substitute,
    subterms,
    term,
)
from axiomkd.operators import CATALOGUE
from axiomkd.provers.counterexample.search import refute

OPERATORS = [declared().id for declared in CATALOGUE]
OPPOSITE = {"maximum": "minimum", "minimum": "maximum", "sum": "product", "product": "sum"}


@dataclass(frozen=True)
class Proof:
    """A goal with the derivation that proves it, and the judgements of its steps."""

    name: str
    goal: Goal
    evidence: Derivation
    judgements: tuple


def proofs(certificate):
    for cell in certificate.cells:
        for part in (cell, *cell.proved_at):
            if part.verdict == "proved":
                name = f"{part.operator.id}, {part.statement.id}"
                yield Proof(name, part.goal, part.evidence, judgements(part.goal, part.evidence))


def judgements(goal, evidence):
    done = []
    for step in evidence.steps:
        done.append(apply_rule(goal, done, step))
    return tuple(done)


# -- conclusions --------------------------------------------------------------------------------


def false_forms(formula: Formula, goal: Goal) -> Iterator[tuple[str, Formula]]:
    """Other conclusions in the place of one, most of them false."""
    match formula:
        case Comparison(left, right):
            if not isinstance(formula, Equal):
                yield "sides exchanged", type(formula)(right, left)
            if isinstance(formula, AtMost):
                yield "strict", Less(left, right)
            if isinstance(formula, Equal):
                yield "strict order of equals", Less(left, right)
            for name, changed in changed_terms(right, goal):
                yield name, type(formula)(left, changed)
        case Tends(value, limit):
            yield "one added to the limit", Tends(value, limit + 1)
            yield "half the limit", Tends(value, limit * term(1) / 2)
            for name, changed in changed_terms(limit, goal):
                yield name, Tends(value, changed)
        case InHull(sort, other, point, vertices):
            yield "twice the point", InHull(sort, other, 2 * point, vertices)
            yield "half the vertices", InHull(sort, other, point, vertices / 2)
        case Defined(value) | Continuous(value):
            yield "divided by zero", type(formula)(value / (ONE - 1))
    for name, swapped in exchanged_indices(goal):
        yield name, substitute(formula, swapped)


def changed_terms(value, goal):
    """One side with a number or the kind of an extremum, sum or product changed."""
    for number in sorted({part.value for part in subterms(value) if isinstance(part, Number)}):
        yield f"{number + 1} for {number}", substitute(value, {term(number): term(number + 1)})
    for kind in sorted({part.parts[0] for part in subterms(value) if isinstance(part, Big | Extreme)}):
        yield f"{OPPOSITE[kind]} for {kind}", with_kind(value, kind)


def with_kind(node, kind):
    """The node with every extremum, sum or product of one kind turned into its opposite."""
    parts = tuple(with_kind(part, kind) if hasattr(part, "parts") else part for part in node.parts)
    if isinstance(node, Big | Extreme) and node.parts[0] == kind:
        parts = (OPPOSITE[kind], *parts[1:])
    return rebuild(node, parts)


def exchanged_indices(goal):
    """The goal's own indices, two of one sort exchanged in the conclusion alone."""
    for number, one in enumerate(goal.indices):
        for other in goal.indices[number + 1 :]:
            if one.sort == other.sort:
                yield f"{one.name} and {other.name} exchanged", {one: other, other: one}


def retold(proof, number, formula):
    """The old evidence, whose last step towards a conclusion now claims another."""
    goal = replace(proof.goal, conclusions=(formula,))
    place = proof.evidence.establishes[number]
    step = replace(proof.evidence.steps[place], conclusion=formula)
    judgement = apply_rule(goal, list(proof.judgements[:place]), step)
    if judgement.assumptions:
        raise Refused("expected no assumptions, got", judgement.assumptions)
    return goal


# -- facts --------------------------------------------------------------------------------------


def cited(evidence):
    """The numbers of the facts that some step cites."""
    return {step.parameters[0] for step in evidence.steps if step.rule == "fact"}


def without_fact(goal, evidence, number):
    """The goal without a fact, and the evidence renumbered; who cites the fact now assumes it."""

    def renumbered(step):
        if step.rule != "fact":
            return step
        if step.parameters[0] == number:
            return replace(step, rule="assumption", premises=(), parameters=())
        place = step.parameters[0] - (step.parameters[0] > number)
        return replace(step, parameters=(place, *step.parameters[1:]))

    facts = (*goal.facts[:number], *goal.facts[number + 1 :])
    return replace(goal, facts=facts), replace(evidence, steps=tuple(map(renumbered, evidence.steps)))


def with_weaker_fact(goal, evidence, number):
    """The goal with a weak inequality in the place of a fact, and who cites it told so."""
    fact = goal.facts[number]
    weaker = replace(fact, conclusion=weak(fact.conclusion))
    facts = (*goal.facts[:number], weaker, *goal.facts[number + 1 :])

    def told(step):
        cites = step.rule == "fact" and step.parameters[0] == number
        return replace(step, conclusion=weak(step.conclusion)) if cites else step

    return replace(goal, facts=facts), replace(evidence, steps=tuple(map(told, evidence.steps)))


def weak(formula):
    return AtMost(formula.left, formula.right)


# -- tests --------------------------------------------------------------------------------------


def is_accepted(goal, evidence):
    try:
        check(goal, evidence)
    except Refused:
        return False
    return True


def demand_still_true(goal, *what):
    """What is accepted although it was changed must have no counterexample; the search knows no proofs."""
    found = refute(goal, seconds=1)
    assert found is None, (*what, found)


@pytest.fixture(params=OPERATORS)
def proved(request, certified):
    return list(proofs(certified(request.param)))


def test_another_conclusion_is_refused(proved):
    refused, accepted = 0, 0
    for proof in proved:
        for number, conclusion in enumerate(proof.goal.conclusions):
            for name, formula in false_forms(conclusion, proof.goal):
                if formula is conclusion:
                    continue
                try:
                    goal = retold(proof, number, formula)
                except Refused:
                    refused += 1
                else:
                    accepted += 1
                    demand_still_true(goal, proof.name, name)
    assert accepted < refused / 5


def test_a_fact_that_is_needed_cannot_be_dropped(proved):
    """What no step cites is not needed; if what is cited was idle, the goal is true without it."""
    refused = 0
    for proof in proved:
        for number in range(len(proof.goal.facts)):
            goal, evidence = without_fact(proof.goal, proof.evidence, number)
            if number not in cited(proof.evidence):
                assert is_accepted(goal, evidence), (proof.name, number)
            elif is_accepted(goal, evidence):
                demand_still_true(goal, proof.name, number)
            else:
                refused += 1
    assert refused


def test_a_weaker_fact_proves_no_more_than_is_true(proved):
    refused = 0
    for proof in proved:
        for number in cited(proof.evidence):
            if isinstance(proof.goal.facts[number].conclusion, Less | Equal):
                goal, evidence = with_weaker_fact(proof.goal, proof.evidence, number)
                if is_accepted(goal, evidence):
                    demand_still_true(goal, proof.name, number)
                else:
                    refused += 1
    assert refused


def test_a_limit_in_the_other_direction_is_refused(proved):
    for proof in proved:
        if proof.goal.limit is not None:
            name, end = proof.goal.limit
            goal = replace(proof.goal, limit=(name, "zero" if end == "infinity" else "infinity"))
            if is_accepted(goal, proof.evidence):
                demand_still_true(goal, proof.name)


def test_evidence_for_other_conclusions_is_refused(proved):
    for proof, other in zip(proved, (*proved[1:], proved[0]), strict=True):
        if proof.goal.conclusions != other.goal.conclusions:
            assert not is_accepted(other.goal, proof.evidence), (proof.name, other.name)
