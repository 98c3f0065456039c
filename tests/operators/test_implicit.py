"""Rules given by an equation: verdicts speak of every solution."""

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
from axiomkd.language.ranges import Range
from axiomkd.operator import Operator
from axiomkd.provers.counterexample import refute
from axiomkd.provers.structural import prove
from axiomkd.registry import find_operator
from axiomkd.statement import Scope
from axiomkd.theories.ensemble.equality import same_rule

IMPLICIT = ("tsallis-2", "bregman-left-itakura-saito")


def goal(operator, statement):
    found = find_operator(operator) if isinstance(operator, str) else operator
    return find_statement(statement).goal(found, Scope())


@pytest.mark.parametrize("name", IMPLICIT)
def test_every_statement_is_asked(name):
    operator = find_operator(name)
    assert all(found.goal(operator, Scope()) is not None for found in statements())


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


def test_an_unknown_of_pooled_groups_has_the_equation_of_those_teachers():
    asked = goal("tsallis-2", "associativity")
    equations = [fact.conclusion for fact in asked.facts if variables(fact.conclusion) & {"c1", "c2", "c3"}]
    spoken = [sorted(variables(equation) - {"beta"}) for equation in equations]
    groups = ["A", "B"], ["u", "v"]
    assert spoken == [["A", "c1", "u"], *([*groups[0], *c, *groups[1]] for c in (["c1", "c2"], ["c3"]))]


def test_an_unknown_may_be_named_like_a_variable_of_the_statement():
    named = Operator.declare("named", expr="p[1,i] + 0*u", unknown="u", equation="u == Sum(w[k]**2, k)")
    asked = goal(named, "associativity")
    kinds = dict(asked.variables)
    assert kinds["u"] == ("block",) and kinds["u1"] == kinds["u3"] == ()


@pytest.mark.parametrize(
    ("name", "statement"),
    [*((name, "clone_invariance") for name in IMPLICIT), ("bregman-left-itakura-saito", "associativity")],
)
def test_is_proved_of_several_groups(name, statement):
    asked = goal(name, statement)
    assert check(asked, prove(asked)).proves


def test_clipping_is_not_associative():
    asked = goal("tsallis-2", "associativity")
    assert check(asked, refute(asked).evidence).margin.kind == "apart"


def test_a_parameter_of_another_operator_is_not_taken_for_an_unknown():
    other = Operator.declare("other", expr="p[1,i]**c1", parameters={"c1": Range(1, 2)})
    asked = same_rule(other).goal(find_operator("tsallis-2"), Scope())
    (equation,) = [fact.conclusion for fact in asked.facts if "c2" in variables(fact.conclusion)]
    assert "c1" not in variables(equation)


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


def test_rocq_gets_no_cell_that_needs_a_solution_to_exist():
    asked = goal("tsallis-2", "well_defined.interior")
    cell = exported(find_operator("tsallis-2"), "well_defined.interior", asked, prove(asked))
    assert cell.missing == ("the library has no theorem that an equation has a solution",)
    assert cell.text == ""
