"""Implications in Rocq: the theorem is about every rule, in the words of the definitions."""

from dataclasses import replace

import pytest

from axiomkd.catalogue import find_statement
from axiomkd.export.implications import HEADER, exported_implication
from axiomkd.export.rocq import accepts, check_cells
from axiomkd.implications.model import Argument, Implication
from axiomkd.implications.search import argue
from axiomkd.implications.tilting import argue_by_tilting
from axiomkd.implications.verdict import Settled
from axiomkd.kernel.terms import AtMost
from axiomkd.statement import Scope

PROVED = [
    ("convexity.between", "attenuation.ceiling", None),
    ("convexity.between", "unanimity", None),
    ("convexity.hull", "safety.event", None),
    ("convexity.hull", "convexity.between", None),
    ("convexity.between", "convexity.hull", 2),
    ("weight_monotonicity.log_odds", "weight_monotonicity.divergence_from", None),
    ("weight_monotonicity.log_odds", "weight_monotonicity.divergence_to", None),
    ("variance.definition positivity.all", "linear_pool", None),
    ("jensen.student_kl", "linear_pool", None),
    ("convexity.between", "variance.sum", None),
]


def settled(premises, conclusion, outcomes=None):
    statements = tuple(find_statement(name) for name in premises.split())
    claim = Implication(statements, find_statement(conclusion), Scope(None, outcomes))
    return Settled(claim, argue(claim) or argue_by_tilting(claim))


def test_rocq_accepts_every_implication_that_is_proved():
    cells = [exported_implication(settled(*claim)) for claim in PROVED]
    verdicts = check_cells(HEADER, cells)
    assert [(verdict.name, verdict.reason) for verdict in verdicts] == [(cell.name, "") for cell in cells]


def test_the_theorem_speaks_of_every_rule_and_of_the_definitions():
    text = exported_implication(settled("convexity.between", "attenuation.ceiling")).text
    theorem = text[text.index("Theorem convexity_between_implies") :]
    assert "forall G : rule" in theorem
    assert "convexity_between K V G everywhere" in theorem
    assert "attenuation_ceiling K V G everywhere" in theorem


def test_a_theorem_without_its_premise_is_refused():
    cell = exported_implication(settled("convexity.between", "attenuation.ceiling"))
    premise = "  (forall K V : nat, (1 <= K)%nat -> (2 <= V)%nat -> convexity_between K V G everywhere) ->\n"
    assert premise in cell.text
    text = cell.text.replace(premise, "").replace("intros G S0 S1.", "intros G S0.")
    assert accepts(HEADER + text)


@pytest.mark.parametrize("place", [0, 1])
def test_a_broken_derivation_is_refused(place):
    whole = settled("convexity.between", "floor.atom")
    derivation = whole.argument.derivation
    step = next(n for n, s in enumerate(derivation.steps) if isinstance(s.conclusion, AtMost))
    left, right = derivation.steps[step].conclusion.parts
    turned = [replace(derivation.steps[step], conclusion=AtMost(right, left)), derivation.steps[step]][place]
    steps = (*derivation.steps[:step], turned, *derivation.steps[step + 1 :])
    forged = Settled.__new__(Settled)
    argument = Argument(whole.argument.instances, replace(derivation, steps=steps))
    vars(forged).update(vars(whole), argument=argument)
    cell = exported_implication(forged)
    assert bool(cell.missing or accepts(HEADER + cell.text)) is (place == 0)
