"""Operators that are meant from so many teachers, or outcomes, on: `K = ">= 2"`."""

import json
from fractions import Fraction

import numpy as np
import pytest

from axiomkd.catalogue import find_statement
from axiomkd.errors import DeclarationError
from axiomkd.explore.fingerprint import looks_false
from axiomkd.kernel.check import check
from axiomkd.kernel.evidence import Witness
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import AtMost, Size, term
from axiomkd.operator import Operator
from axiomkd.portfolio import certify
from axiomkd.provers.counterexample.domain import all_sizes
from axiomkd.provers.counterexample.sample import Sampler
from axiomkd.recheck import check_certificate
from axiomkd.registry import find_operator
from axiomkd.statement import Scope
from axiomkd.theories.ensemble.equality import same_rule

OTHERS = Operator.declare("others", expr="Sum((1 - w[k])/(K - 1)*p[k,i], k)", sizes={"K": ">= 2"})
"""Every teacher has the weight of the others: at K = 1 that is 0/0."""


def goal(statement, operator=OTHERS, **sizes):
    return find_statement(statement).goal(operator, Scope(**sizes))


def bounds(goal):
    return {fact.conclusion for fact in goal.facts}


def at_least(number, sort):
    return AtMost(term(number), Size(sort))


def test_a_goal_says_from_which_size_on():
    assert at_least(2, "teacher") in bounds(goal("unanimity"))
    assert at_least(2, "teacher") not in bounds(goal("unanimity", teachers=3))
    assert sum(f.conclusion is at_least(2, "teacher") for f in goal("safety.inheritance").facts) == 1


def test_smaller_sizes_are_refused_in_one_line():
    with pytest.raises(DeclarationError, match=r"^others: expected K >= 2 as declared, got K = 1$"):
        certify(OTHERS, "unanimity", Scope(teachers=1))


def test_a_block_that_is_pooled_first_is_large_enough():
    assert at_least(2, "block") in bounds(goal("associativity"))
    assert goal("associativity", teachers=2) is None
    assert goal("associativity", teachers=3) is not None
    assert at_least(2, "block") not in bounds(goal("associativity", find_operator("linear")))


def test_merged_outcomes_are_enough():
    three = Operator.declare("three", expr="Sum(w[k]*p[k,i], k)", sizes={"V": ">= 3"})
    assert at_least(3, "merged") in bounds(goal("marginalisation", three))
    assert goal("marginalisation", three, outcomes=3) is None


def test_rules_are_compared_where_both_are_meant():
    one, other = OTHERS, find_operator("linear")
    for asked in (same_rule(one).goal(other, Scope()), same_rule(other).goal(one, Scope())):
        assert at_least(2, "teacher") in bounds(asked)
    single = Operator.declare("single", expr="p[1,i]", sizes={"K": 1})
    with pytest.raises(DeclarationError, match="expected K"):
        same_rule(OTHERS).goal(single, Scope())


def test_no_input_has_fewer_teachers():
    asked, rng = goal("unanimity"), np.random.default_rng(1)
    possible = [s["teacher"] for s in all_sizes(asked) if Sampler(asked, s, rng).possible]
    assert min(possible) == 2


def witness(teachers):
    """Uniform distributions with even weights."""
    p = tuple(((Fraction(1, 2),) * 2,) * teachers)
    values = (("p", p), ("w", (Fraction(1, teachers),) * teachers))
    return Witness((("teacher", teachers), ("outcome", 2)), values, indices=(("i", 1),))


def test_the_kernel_refuses_a_witness_with_fewer_teachers():
    """At K = 1 such an operator may fail: that refutes nothing of what is meant."""
    failing = Operator.declare("failing", expr="Sum(w[k]*p[k,i], k) - 1", sizes={"K": ">= 2"})
    asked = goal("floor.atom", failing)
    check(asked, witness(2))
    with pytest.raises(Refused, match="fact"):
        check(asked, witness(1))


def test_the_quick_look_begins_at_the_bound():
    assert looks_false(OTHERS, find_statement("well_defined.interior")) is None


def test_verdicts_stand_in_a_certificate_that_is_checked(run, home):
    names = ("--statements", "well_defined.interior", "--statements", "jensen.student_kl")
    status, _, _ = run("certify", "ebkd", *names, "--format", "json", "-o", "c.json")
    data = json.loads((home / "c.json").read_text())
    assert (status, data["operator"]["K"]) == (0, ">= 2")
    assert [cell["verdict"] for cell in data["cells"]] == ["proved", "refuted"]
    assert all(part["scope"]["K"] != 1 for cell in data["cells"] for part in cell["proved_at"])
    assert run("check", "c.json")[0] == 0
    data["operator"]["K"] = ">= 3"
    assert check_certificate(json.dumps(data)).refused


def test_too_few_teachers_leave_the_command_line_with_two(run):
    status, _, complaint = run("certify", "ebkd", "--K", 1)
    assert status == 2
    assert "ebkd: expected K >= 2 as declared, got K = 1" in complaint


def test_the_theorem_in_rocq_is_about_such_sizes(run, home):
    run("certify", "ebkd", "--statements", "well_defined.interior", "--format", "json", "-o", "c.json")
    run("export", "c.json", "--rocq")
    (theorem,) = [
        line for line in (home / "ebkd.v").read_text().splitlines() if line.startswith("Theorem ebkd")
    ]
    assert "(2 <= (INR K)) -> well_defined_interior K V" in theorem
