"""Equality of operators: proofs, separating inputs, sizes that agree, and what is read back from a file."""

import json

import pytest

from axiomkd.errors import DeclarationError
from axiomkd.explore.equality import check_equality, compare, to_json
from axiomkd.kernel.judgement import Refused
from axiomkd.language.ranges import Range
from axiomkd.operator import Operator
from axiomkd.registry import find_operator
from axiomkd.report.equality import evidence_of, headline
from axiomkd.statement import Scope
from axiomkd.theories.ensemble.equality import same_rule


def declared(id, **texts):
    return Operator.declare(id, **texts)


LOGITS = declared("logits", mass="exp(Sum(w[k]*log(p[k,i]), k))")
PAIR = declared("pair", expr="(p[1,i] + p[2,i])/2", sizes={"K": 2})
RAW = declared("raw", expr="Sum(w[k]*raw[k,i], k)")
SOFTENED = declared("softened", expr="Sum(w[k]*raw[k,i]**(1/T[k])/Sum(raw[k,j]**(1/T[k]), j), k)")


@pytest.fixture(scope="module")
def separated():
    return compare(find_operator("linear"), find_operator("geometric")), find_operator("geometric")


def test_a_formula_and_what_it_is_once_simplified_are_one_rule():
    certificate = compare(LOGITS, find_operator("geometric"))
    assert certificate.cells[0].verdict == "proved"
    assert headline(certificate.cells[0], find_operator("geometric")) == "logits and geometric are one rule"


def test_two_rules_are_separated_at_the_smallest_sizes_by_small_fractions(separated):
    (cell,) = separated[0].cells
    assert (cell.verdict, cell.smallest) == ("refuted", (2, 2))
    assert "against" in evidence_of(cell, separated[1])
    assert headline(cell, separated[1]) == "linear and geometric are two rules"


def test_sizes_that_one_declaration_fixes_hold_for_both():
    mean = declared("mean", expr="Sum(p[k,i], k)/K")
    (cell,) = compare(mean, PAIR).cells
    assert (cell.verdict, cell.scope) == ("proved", Scope(teachers=2))


def test_sizes_that_do_not_agree_are_an_error():
    three = declared("three", expr="(p[1,i] + p[2,i] + p[3,i])/3", sizes={"K": 3})
    with pytest.raises(DeclarationError, match="expected K = 2 as declared, got K = 3"):
        compare(PAIR, three)
    with pytest.raises(DeclarationError):
        compare(PAIR, find_operator("linear"), Scope(teachers=3))


def test_formulas_with_temperatures_are_compared_at_all_temperatures():
    linear = find_operator("linear")
    assert compare(SOFTENED, linear).cells[0].verdict == "proved"
    (cell,) = compare(RAW, linear).cells
    assert cell.verdict == "refuted"
    assert "T" in dict(cell.evidence.values)


def test_a_range_of_either_operator_is_a_fact_of_the_goal():
    ranged = declared("ranged", mass="p[1,i]**r", parameters={"r": Range(1, 2)})
    first = find_operator("first-teacher")
    goals = [same_rule(ranged).goal(first, Scope()), same_rule(first).goal(ranged, Scope())]
    assert {str(fact.conclusion) for fact in goals[0].facts} == {
        str(fact.conclusion) for fact in goals[1].facts
    }
    assert "1 <= r" in {str(fact.conclusion) for fact in goals[0].facts}


def test_two_ranges_of_one_name_are_an_error():
    one, two = (declared(f"r-{n}", mass="p[1,i]**r", parameters={"r": Range(1, n)}) for n in (2, 3))
    with pytest.raises(DeclarationError, match="one range of r"):
        compare(one, two)


def test_of_an_implicit_operator_it_says_for_which_numbers_it_is_meant():
    implicit = find_operator("bregman-left-itakura-saito")
    (cell,) = compare(implicit, implicit).cells
    assert cell.verdict == "proved"
    assert "for every solution of the equation of bregman-left" in evidence_of(cell, implicit)


def test_what_is_written_is_decided_anew(separated):
    cell, other = check_equality(to_json(*separated))
    assert (cell.verdict, cell.operator.id, other.id) == ("refuted", "linear", "geometric")


def test_evidence_about_another_operator_is_refused(separated):
    data = json.loads(to_json(*separated))
    data["other"]["expr"] = data["other"].pop("mass")
    with pytest.raises(Refused, match="another goal"):
        check_equality(json.dumps(data))


def test_a_verdict_that_the_evidence_does_not_earn_is_refused(separated):
    data = json.loads(to_json(*separated))
    data["cell"]["verdict"] = "proved"
    with pytest.raises(Refused, match="verdict"):
        check_equality(json.dumps(data))


@pytest.mark.usefixtures("home")
def test_the_command_tells_both_formulas_and_writes_what_check_accepts(run):
    status, out, _ = run("equal", "linear", "geometric")
    assert status == 0
    assert "Sum(w[k]*p[k,i], k)" in out and "two rules" in out
    assert run("equal", "minimum", "product", "--K", "1", "--format", "json", "-o", "equal.json")[0] == 0
    assert run("check", "equal.json") == (
        0,
        "equal.json: minimum and product are one rule: proved, 0 refused\n",
        "",
    )
