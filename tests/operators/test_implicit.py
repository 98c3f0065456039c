"""Rules given by an equation: verdicts speak of every solution, and of no question about there being one."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from axiomkd.catalogue import find_statement, statements
from axiomkd.export.cells import exported
from axiomkd.kernel.check import check
from axiomkd.kernel.evidence import Witness
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import Free, variables
from axiomkd.operator import Operator
from axiomkd.provers.counterexample import refute
from axiomkd.provers.structural import prove
from axiomkd.registry import find_operator
from axiomkd.statement import Scope

IMPLICIT = ("tsallis-2", "bregman-left-itakura-saito")
NOT_ASKED = {
    *("well_defined.interior", "well_defined.closed", "continuity.interior", "continuity.closed"),
    *("temperature.uniform", "temperature.argmax", "temperature.pool_uniform", "temperature.pool_argmax"),
    *("clone_invariance", "associativity"),
}


def goal(operator, statement):
    found = find_operator(operator) if isinstance(operator, str) else operator
    return find_statement(statement).goal(found, Scope())


@pytest.mark.parametrize("name", IMPLICIT)
def test_nothing_is_asked_that_hinges_on_there_being_a_solution(name):
    operator = find_operator(name)
    unasked = {found.id for found in statements() if found.goal(operator, Scope()) is None}
    assert unasked == NOT_ASKED


@pytest.mark.parametrize("name", IMPLICIT)
@pytest.mark.parametrize("statement", ["convexity.simplex", "rank.unanimity"])
def test_is_proved_for_every_solution(name, statement):
    asked = goal(name, statement)
    assert check(asked, prove(asked)).proves


def test_a_goal_has_an_unknown_and_its_equation_for_each_input():
    one, two = goal("tsallis-2", "convexity.simplex"), goal("tsallis-2", "temperature.commutes")
    assert [name for name, _ in one.variables] == ["c1", "p", "w"]
    assert [name for name, _ in two.variables] == ["c1", "c2", "p", "tau", "w"]
    equations = [fact.conclusion for fact in two.facts if variables(fact.conclusion) & {"c1", "c2"}]
    assert [sorted(variables(equation)) for equation in equations] == [
        ["c1", "p", "tau", "w"],
        ["c2", "p", "w"],
    ]


def test_an_unknown_in_a_sum_over_scenarios_is_one_for_each():
    asked = goal("tsallis-2", "log_loss.expected")
    assert dict(asked.variables)["c1"] == ("scenario",)


def test_merged_outcomes_have_an_equation_of_their_own():
    facts = [fact.conclusion for fact in goal("tsallis-2", "marginalisation").facts]
    (merged,) = [fact for fact in facts if "c2" in variables(fact)]
    assert merged.left.sort == "merged"


INDEXED = Operator.declare(
    "indexed", expr="z[i]", unknown="z[i]", equation="z[i] == p[1,i] + 0*z[1]", where=["z[i] > 0"]
)


def test_an_unknown_for_each_outcome_is_not_confused_with_the_outcome_of_the_goal():
    asked = goal(INDEXED, "response")
    i = Free("i", "outcome")
    equations = [fact for fact in asked.facts if "z1" in variables(fact.conclusion)]
    assert len(equations) == 2
    assert all(i not in fact.indices and i not in fact.conclusion.left.free for fact in equations)
    assert dict(asked.variables)["z1"] == ("outcome",)


HALF, TENTH = Fraction(1, 2), Fraction(1, 10)
BETWEEN = Witness(
    sizes=(("teacher", 2), ("outcome", 3)),
    values=(
        ("c1", Fraction(-3, 40)),
        ("p", ((8 * TENTH, TENTH, TENTH), (TENTH, TENTH, 8 * TENTH))),
        ("w", (HALF, HALF)),
    ),
    indices=(("i", 2),),
)
"""q = (1/2, 0, 1/2), though both teachers give the second outcome a tenth."""


def test_a_witness_has_the_solution_itself():
    asked = goal("tsallis-2", "convexity.between")
    assert check(asked, BETWEEN).margin.lower == "0.1"
    wrong = replace(BETWEEN, values=(("c1", Fraction(-3, 41)), *BETWEEN.values[1:]))
    with pytest.raises(Refused, match="expected the facts of the domain to hold"):
        check(asked, wrong)


def excess(name, p, w, c):
    """The sum of the aggregate less one, written apart from the declaration."""
    if name == "tsallis-2":
        return np.sqrt(np.maximum(0, w @ p**2 + c)).sum() - 1
    return (1 / (w @ (1 / p) - c)).sum() - 1


@pytest.mark.parametrize("name", IMPLICIT)
def test_the_search_finds_exact_solutions(name):
    asked = goal(name, "entropy.convex")
    found = refute(asked).evidence
    values = dict(found.values)
    p, w = (np.array(values[letter], dtype=float) for letter in "pw")
    assert not check(asked, found).proves
    assert abs(excess(name, p, w, float(values["c1"]))) < 1e-12


def test_a_declaration_is_read_again_from_its_tables():
    operator = find_operator("bregman-left-itakura-saito")
    tables = operator.to_tables()
    assert tables["operator"]["where"] == ["c < Sum(w[k]/p[k,i], k)"]
    assert Operator.from_tables(tables) == operator


def test_rocq_gets_none_of_its_cells():
    asked = goal("tsallis-2", "convexity.between")
    cell = exported(find_operator("tsallis-2"), "convexity.between", asked, BETWEEN)
    assert cell.missing == ("the operator has an unknown that an equation defines",)
    assert cell.text == ""
