"""Known verdicts at fixed sizes, found without the structural prover."""

import pytest
from test_facts import KNOWN, name

from axiomkd.attempts import METHODS, applicable
from axiomkd.catalogue import find_statement
from axiomkd.kernel.check import check
from axiomkd.kernel.terms import Exp, InHull, Log, Number, Power, subterms
from axiomkd.registry import find_operator
from axiomkd.statement import Scope

SECONDS = 20
PROOFS = ("means", "algebraic", "interval")
IMPLICIT = {"tsallis-1/2"}
"""Operators of the rows whose value is the solution of an equation, which stands in the facts of the goal."""


def goal_at(fact, teachers, outcomes):
    return find_statement(fact["statement"]).goal(find_operator(fact["operator"]), Scope(teachers, outcomes))


def is_semialgebraic(goal):
    """Whether sums, products, quotients and roots alone make up the goal."""
    formulas = [*goal.conclusions, *(fact.conclusion for fact in goal.facts)]
    parts = [part for formula in formulas for part in subterms(formula)]
    variable = [p for p in parts if isinstance(p, Power) and not isinstance(p.exponent, Number)]
    return not variable and goal.limit is None and not any(isinstance(p, Exp | Log | InHull) for p in parts)


FALSE = [fact for fact in KNOWN if not fact["holds"]]
TRUE = [
    (fact, sizes)
    for fact in KNOWN
    for sizes in ((2, 2), (2, 3))
    if fact["holds"] and fact["operator"] not in IMPLICIT
    if (goal := goal_at(fact, *sizes)) is not None and is_semialgebraic(goal)
]


@pytest.mark.parametrize("fact", FALSE, ids=name)
def test_what_is_false_is_refuted_at_the_sizes_of_its_row(fact):
    teachers, outcomes = (len(fact["p"]), len(fact["p"][0])) if "p" in fact else (None, None)
    goal = goal_at(fact, teachers, outcomes)
    found = METHODS["long search"].find(goal, SECONDS)
    assert not check(goal, found).proves


@pytest.mark.parametrize(("fact", "sizes"), TRUE, ids=[f"{name(fact)}-{k}x{v}" for fact, (k, v) in TRUE])
def test_what_is_true_and_semialgebraic_is_proved_at_small_sizes(fact, sizes):
    goal = goal_at(fact, *sizes)
    found = (METHODS[method].find(goal, SECONDS) for method in applicable(goal, PROOFS))
    assert check(goal, next(filter(None, found))).proves


def test_the_rows_are_not_few():
    assert len(FALSE) >= 25
    assert len(TRUE) >= 13
