"""What is proved of every solution of an equation, for operators that are in no catalogue, and what not."""

from dataclasses import replace

import pytest

from axiomkd.catalogue import find_statement
from axiomkd.kernel.check import check
from axiomkd.kernel.judgement import Refused
from axiomkd.operator import Operator
from axiomkd.provers import structural
from axiomkd.provers.counterexample import refute
from axiomkd.statement import Scope

CUBES = "Max(0, Sum(w[k]*p[k,i]**3, k) + c)**(1/3)"
ROOTS = "Max(0, Sum(w[k]*p[k,i]**(1/2), k) + c)**2"
FALLING = "Max(0, Sum(w[k]*p[k,i]**2, k) - c)**(1/2)"
LOGS = "exp(Sum(w[k]*log(p[k,i]), k) + c)"
SCALED = "c*Prod(p[k,i]**w[k], k)"
LEAST = "Max(0, Min(p[k,i], k) + c)"
SIDEWAYS = "Max(0, Sum(w[k]*p[k,i], k) + c*(p[1,i] - p[2,i]))"
OPPOSED = "Max(0, c - Sum(w[k]*p[k,i], k))"

SYMMETRIES = ("temperature.identity", "anonymity", "neutrality")
PROVED = [
    *((text, name) for text in (CUBES, ROOTS, FALLING, LOGS) for name in (*SYMMETRIES, "unanimity")),
    *((SCALED, name) for name in ("unanimity", "neutrality")),
    *((LEAST, name) for name in ("unanimity", "anonymity")),
    *((CUBES, name) for name in ("attenuation.ceiling", "attenuation.strict", "positivity.zero", "response")),
    *((ROOTS, name) for name in ("floor.atom", "response")),
    (OPPOSED, "neutrality"),
]
NOT_PROVED = [
    (CUBES, "floor.atom"),
    (ROOTS, "attenuation.ceiling"),
    (SIDEWAYS, "neutrality"),
    (OPPOSED, "unanimity"),
    (OPPOSED, "response"),
]


def proof(text, statement, total="1"):
    """A derivation for the operator whose entries, with this sum, are given by the text."""
    where = ["c > 0"] if text == SCALED else []
    sizes = {"K": 2} if "p[2,i]" in text else {}
    operator = Operator.declare(
        "solved", expr=text, unknown="c", equation=f"Sum({text}, i) == {total}", where=where, sizes=sizes
    )
    goal = find_statement(statement).goal(operator, Scope(sizes.get("K")))
    found = structural.prove(goal)
    if found is not None:
        check(goal, found)
    return found


@pytest.mark.parametrize(("text", "statement"), PROVED)
def test_what_is_true_of_every_solution_is_proved(text, statement):
    assert proof(text, statement) is not None


@pytest.mark.parametrize(("text", "statement"), NOT_PROVED)
def test_what_is_false_of_some_solution_is_not(text, statement):
    assert proof(text, statement) is None


@pytest.mark.parametrize("total", ["2", "1/2"])
def test_another_sum_has_other_solutions(total):
    assert proof(CUBES, "unanimity", total) is None
    assert proof(CUBES, "neutrality", total) is not None


IRRATIONAL = [
    (CUBES, "weight_monotonicity.exchange"),
    (FALLING, "weight_monotonicity.favourite"),
    (CUBES, "temperature.entropy"),
    (ROOTS, "external_bayesianity"),
]


@pytest.mark.parametrize(("text", "statement"), IRRATIONAL)
def test_a_counterexample_may_have_a_solution_that_is_no_fraction(text, statement):
    """The kernel accepts the interval around it, and nothing without it."""
    operator = Operator.declare("solved", expr=text, unknown="c", equation=f"Sum({text}, i) == 1")
    goal = find_statement(statement).goal(operator, Scope())
    found = refute(goal)
    assert found is not None
    assert not check(goal, found.evidence).proves
    assert found.evidence.roots
    with pytest.raises(Refused):
        check(goal, replace(found.evidence, roots=found.evidence.roots[1:]))
