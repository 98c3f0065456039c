"""Operators with a parameter that stands for every number of a range."""

from fractions import Fraction as F
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.formulas import aggregate
from support.inputs import densely

from axiomkd.catalogue import find_statement
from axiomkd.certificate import Certificate
from axiomkd.errors import AxiomkdError, DeclarationError
from axiomkd.kernel.algebra import canonical_parts
from axiomkd.kernel.check import check
from axiomkd.kernel.evidence import Paths
from axiomkd.kernel.judgement import Fact, Refused
from axiomkd.kernel.terms import ONE, ZERO, AtMost, InHull, Less, substitute, term, variable
from axiomkd.language.parse import parse
from axiomkd.language.ranges import Range
from axiomkd.operator import Operator, load_toml
from axiomkd.portfolio import certify
from axiomkd.provers.counterexample import refute
from axiomkd.provers.counterexample.sample import Sampler
from axiomkd.provers.structural import prove
from axiomkd.recheck import check_certificate
from axiomkd.statement import Scope
from axiomkd.theories.ensemble.setting import VARIABLES
from axiomkd.theories.ensemble.signature import ENSEMBLE
from axiomkd.theories.ensemble.statements import STATEMENTS
from axiomkd.verdict import Cell, decide

EXAMPLE = Path(__file__).parents[1] / "examples/power-r.toml"
POWER = "Sum(w[k]*p[k,i]**r, k)**(1/r)"
r = variable("r")


def power(*ends, open=""):
    return Operator.declare("power", mass=POWER, parameters={"r": Range(*ends, open=open)})


UP_TO_ONE = power(0, 1, open="left")
SMOOTHED = Operator.declare(
    "smoothed", expr="(1-b)*Sum(w[k]*p[k,i], k) + b/V", parameters={"b": Range(0, 1, open="both")}
)
SHRUNK = Operator.declare(
    "shrunk", expr="Sum(((1-b)*w[k] + b/K)*p[k,i], k)", parameters={"b": Range(0, 1, open="right")}
)


def goal_of(operator, statement):
    return find_statement(statement).goal(operator, Scope())


# -- declaring ------------------------------------------------------------------------------


def test_a_range_makes_the_name_a_variable():
    found = load_toml(EXAMPLE)
    assert found.parameters == (("r", Range(0, 1, open="left")),)
    mass = "Sum(w[k]*p[k,{}]**r, k)**(1/r)"
    written_out = f"{mass.format('i')}*Sum({mass.format('j')}, j)**(-1)"
    assert found.value is parse(written_out, ENSEMBLE, {"r": r})


@pytest.mark.parametrize(
    "values",
    [
        Range(0, 1),
        Range(F(1, 3), F(7, 2), open="both"),
        Range(None, -1, open="right"),
        Range(2, None),
        Range(None, None),
    ],
    ids=str,
)
def test_its_tables_make_the_same_operator_again(values):
    found = Operator.declare("a", mass=POWER, parameters={"r": values, "t": F(1, 2)})
    assert Operator.from_tables(found.to_tables()) == found
    assert found.ranges == {"r": values}


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("{ range = [1, 0] }", "expected a range [low, high] with low < high, got 1 and 0"),
        ("{ range = [1, 1] }", "low < high"),
        ("{ range = [0] }", "expected range = [low, high], got a list"),
        ("{ range = 3 }", "expected range = [low, high], got '3'"),
        ("{ open = 'left' }", "expected range = [low, high], got 'none'"),
        ("{ range = [0, 1], open = 'top' }", "expected open to be one of left, right, both, got 'top'"),
        ("{ range = [0, 1], open = true }", "r open: expected a text in quotes, got true"),
        ("{ range = [0, 1], closed = 'left' }", "r: expected one of range, open, got 'closed'"),
        ("{ range = ['inf', 1] }", "r range: expected a number, got 'inf'"),
        ("{ range = [0, '-inf'] }", "r range: expected a number, got '-inf'"),
        ("{ range = [0, true] }", "r range: expected a number, got true"),
        ("{ range = [0, 1001] }", "exact numbers from -1000 to 1000"),
    ],
)
def test_a_bad_range_gets_one_line(tmp_path, written, words):
    path = tmp_path / "rule.toml"
    path.write_text(f'[operator]\nid = "a"\nexpr = "r"\n[parameters]\nr = {written}\n')
    with pytest.raises(AxiomkdError) as error:
        load_toml(path)
    assert words in str(error.value)
    assert str(error.value).startswith(f"{path}: [parameters] r")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", ENSEMBLE.taken)
def test_names_of_the_statements_own_variables_are_refused(name):
    letter_of_an_index = ENSEMBLE.index_sort(name) is not None
    words = "the grammar does not have" if letter_of_an_index else "no statement uses"
    with pytest.raises(DeclarationError, match=f"{words}.*got {name}$"):
        Operator.declare("a", expr="V", parameters={name: Range(0, 1)})


def test_such_a_name_may_still_stand_for_a_number():
    assert Operator.declare("a", expr="s", parameters={"s": F(1, 2)}).value is term(F(1, 2))


def test_no_statement_uses_another_name_for_a_variable_of_its_own():
    goals = (statement.goal(UP_TO_ONE, Scope()) for statement in STATEMENTS)
    names = {name for goal in goals if goal for name, _ in goal.variables} | set(VARIABLES)
    assert names - {"r", "p", "w", "T"} <= set(ENSEMBLE.taken)


# -- what is asked --------------------------------------------------------------------------


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda statement: statement.id)
def test_every_goal_has_the_facts_of_the_range(statement):
    facts = statement.goal(UP_TO_ONE, Scope()).facts
    assert facts.count(Fact((), Less(ZERO, r))) == facts.count(Fact((), AtMost(r, ONE))) == 1
    assert sum(r in (fact.conclusion.parts) for fact in facts) == 2


@pytest.mark.parametrize(
    ("values", "facts"),
    [
        (Range(2, 3), [AtMost(term(2), r), AtMost(r, term(3))]),
        (Range(2, 3, open="both"), [Less(term(2), r), Less(r, term(3))]),
        (Range(2, None, open="left"), [Less(term(2), r)]),
        (Range(None, 3, open="right"), [Less(r, term(3))]),
        (Range(None, None), []),
    ],
    ids=str,
)
def test_the_facts_of_a_range(values, facts):
    assert list(values.facts(r)) == facts


def at(formula, number, sizes):
    """A formula with a number in the place of the parameter, in canonical form."""
    return canonical_parts(substitute(formula, {r: term(number)}), sizes)


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda statement: statement.id)
def test_at_each_value_it_is_the_goal_of_the_operator_with_this_number(statement):
    number = F(2, 5)
    goal = statement.goal(UP_TO_ONE, Scope())
    other = statement.goal(Operator.declare("one", mass=POWER, parameters={"r": number}), Scope())
    assert goal.indices == other.indices and goal.permutations == other.permutations
    for formula, expected in zip(goal.conclusions, other.conclusions, strict=True):
        if not isinstance(formula, InHull):
            assert at(formula, number, goal.sizes) is canonical_parts(expected, goal.sizes)


# -- what is proved -------------------------------------------------------------------------

PROVED = {
    UP_TO_ONE: (
        *("well_defined.interior", "convexity.simplex", "positivity.all", "continuity.interior"),
        *("temperature.identity", "temperature.uniform", "temperature.argmax"),
        *("unanimity", "anonymity", "neutrality", "clone_invariance", "rank.unanimity", "floor.atom"),
        *("log_loss.pointwise", "log_loss.expected", "jensen.target_kl"),
    ),
    power(F(3, 2), 4): ("convexity.simplex", "unanimity", "continuity.closed", "rank.unanimity"),
    SMOOTHED: (
        *("convexity.simplex", "positivity.all", "continuity.closed"),
        *("weight_monotonicity.exchange", "weight_monotonicity.exchange_strict"),
        *("temperature.identity", "temperature.uniform", "temperature.argmax"),
    ),
    SHRUNK: (
        *("convexity.simplex", "convexity.hull", "positivity.all", "continuity.closed", "unanimity"),
        *("weight_monotonicity.exchange", "weight_monotonicity.exchange_strict"),
        *("temperature.identity", "temperature.uniform", "temperature.argmax"),
    ),
}


@pytest.mark.parametrize(
    ("operator", "statement"),
    [(operator, statement) for operator, statements in PROVED.items() for statement in statements],
    ids=lambda part: part if isinstance(part, str) else part.id,
)
def test_is_proved_for_the_whole_range(operator, statement):
    goal = goal_of(operator, statement)
    cell = Cell(operator, find_statement(statement), Scope())
    assert decide(cell, prove(goal)).verdict == "proved"


@pytest.mark.parametrize("statement", PROVED[UP_TO_ONE])
def test_what_is_proved_is_contradicted_by_no_sampling(statement):
    found = find_statement(statement)
    for number in (0.1, 0.5, 0.9):
        formula = aggregate("power-r", r=number)
        based = {"base": formula} if statement == "temperature.identity" else {}
        for size in ((2, 3), (3, 3)):
            assert found.predicate(formula, **densely(found, *size, 300, seed=1), **based).all()


@pytest.mark.parametrize("values", [Range(0, 2, open="left"), Range(F(1, 2), None)], ids=str)
def test_no_proof_where_part_of_the_range_fails(values):
    assert (
        prove(goal_of(Operator.declare("a", mass=POWER, parameters={"r": values}), "log_loss.pointwise"))
        is None
    )


# -- what is refuted ------------------------------------------------------------------------


@pytest.mark.parametrize("values", [Range(0, 2, open="left"), Range(0, None, open="left")], ids=str)
def test_a_proof_for_a_range_is_none_for_a_wider_one(values):
    """The bound r <= 1 replaced by another, and dropped."""
    narrow = goal_of(power(0, 1, open="left"), "log_loss.pointwise")
    wider = goal_of(Operator.declare("power", mass=POWER, parameters={"r": values}), "log_loss.pointwise")
    derivation = prove(narrow)
    assert check(narrow, derivation).proves
    with pytest.raises(Refused):
        check(wider, derivation)


@pytest.mark.parametrize("ends", [(-3, F(-1, 2)), (F(3, 2), 4), (1, None)], ids=str)
def test_outside_the_log_loss_fails_at_a_witness_that_names_r(ends):
    operator = power(*ends, open="left")
    evidence = refute(goal_of(operator, "log_loss.pointwise"), seconds=60).evidence
    number = dict(evidence.values)["r"]
    assert number.denominator <= 10
    assert ends[0] < number and (ends[1] is None or number <= ends[1])
    fixed = Operator.declare("one", mass=POWER, parameters={"r": number})
    assert refute(goal_of(fixed, "log_loss.pointwise"), seconds=60) is not None


ENDS = st.fractions(-20, 20, max_denominator=12)


@settings(max_examples=40, deadline=None)
@given(
    st.tuples(ENDS, ENDS).filter(lambda ends: ends[0] < ends[1]),
    st.sampled_from(["", "left", "right", "both"]),
)
def test_the_search_draws_parameters_from_their_range(ends, open):
    for low, high in (ends, (ends[0], None), (None, ends[1])):
        values = Range(low, high, open=open)
        goal = goal_of(Operator.declare("a", expr="r + p[1,i]", parameters={"r": values}), "neutrality")
        sampler = Sampler(goal, {"teacher": 1, "outcome": 2}, np.random.default_rng(0))
        for simple in (True, False):
            found = sampler.draw(200, simple).values["r"]
            assert len(np.unique(found)) > 1
            assert low is None or found.min() >= float(low) - 1e-9
            assert high is None or found.max() <= float(high) + 1e-9


# -- continuity is asked of each rule, not from one rule to the next -------------------------

JUMP = Operator.declare(
    "jump",
    mass="Piecewise((1, r < 1/2), (Sum(w[k]*p[k,i], k), True))",
    parameters={"r": Range(0, 1)},
)


def test_a_jump_from_one_value_to_another_is_no_discontinuity():
    assert refute(goal_of(JUMP, "continuity.interior"), seconds=60) is None


def into_one_half(slope):
    """A path on which only the parameter moves, if at all, and ends at 1/2."""
    moved = (F(1, 2), slope) if slope else (F(1, 2),)
    path = (("T", ((F(1),),)), ("p", (((F(1, 4),), (F(3, 4),)),)), ("r", moved), ("w", ((F(1),),)))
    return Paths((("teacher", 1), ("outcome", 2)), (path,), (("i", 1),))


def test_a_path_that_moves_a_parameter_is_refused():
    cell = Cell(JUMP, find_statement("continuity.interior"), Scope())
    with pytest.raises(Refused, match="parameter r to stand still"):
        decide(cell, into_one_half(F(-1)))
    with pytest.raises(Refused, match="limit"):
        decide(cell, into_one_half(0))


# -- certificates ---------------------------------------------------------------------------


def test_a_certificate_is_checked_again_from_its_text():
    certificate = certify(UP_TO_ONE, ["unanimity", "log_loss.pointwise"])
    outcome = check_certificate(certificate.to_json())
    assert outcome.accepted == (("unanimity", "proved"), ("log_loss.pointwise", "proved"))
    wider = Certificate(power(0, 2, open="left"), (), {}).to_json()
    other = certificate.to_json().replace('"1"]', '"2"]', 1)
    assert '["0", "2"]' in other and '["0", "2"]' in wider
    assert len(check_certificate(other).refused) == 2
