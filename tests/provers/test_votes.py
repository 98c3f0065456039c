"""Rules that choose by comparing numbers: what is proved of them, and ties in a limit that refute."""

import pytest

from axiomkd.catalogue import find_statement
from axiomkd.kernel.check import check
from axiomkd.operator import Operator
from axiomkd.provers import structural
from axiomkd.provers.counterexample import refute
from axiomkd.statement import Scope

SQUARED = "Sum(w[k]*p[k,{0}]**2, k)"
MOST_SQUARED = (
    f"Piecewise(({SQUARED.format('i')}, {SQUARED.format('i')} >= Max({SQUARED.format('j')}, j)), (0, True))"
)
VOTES = "Sum(w[k]**2*Piecewise((1, p[k,{0}] >= Max(p[k,g], g)), (0, True)), k)"
SHARED = f"Piecewise((1, {VOTES.format('i')} >= Max({VOTES.format('j')}, j)), (0, True))"
LEAST = "Sum(w[k]*Piecewise((1, p[k,{0}] <= Min(p[k,g], g)), (0, True)), k)"
LARGER = "Sum(Piecewise((1, Sum(w[k]*p[k,j], k) > Sum(w[k]*p[k,i], k)), (0, True)), j)"
TOP_THREE = f"Piecewise((Sum(w[k]*p[k,i], k), {LARGER} < 3), (0, True))"
MIDDLE = "Max(Min(p[1,i], p[2,i]), Min(p[1,i], p[3,i]), Min(p[2,i], p[3,i]))"
RANGE = "1 + Max(p[1,i], p[2,i], p[3,i])*Min(p[1,i], p[2,i], p[3,i])"
SHARE = "Sum(-2*log(p[k,j]**p[k,j]), j)/Sum(Sum(-2*log(p[l,j]**p[l,j]), j), l)"
SURE = f"Sum((1 - {SHARE})/(K - 1)*p[k,i], k)"

PROVED = [
    *((SHARED, "mass", f"temperature.{name}") for name in ("argmax", "commutes", "pool_argmax")),
    *((rule, "mass", "response") for rule in (SHARED, MOST_SQUARED)),
    *((rule, "mass", "temperature.pool_argmax") for rule in (MOST_SQUARED, TOP_THREE)),
    *((rule, "mass", "anonymity") for rule in (MIDDLE, RANGE)),
    *((SURE, "expr", f"temperature.{name}") for name in ("uniform", "argmax", "pool_uniform", "pool_argmax")),
]
REFUTED = [
    (MOST_SQUARED, "mass", "temperature.argmax", (2, 2)),
    (TOP_THREE, "mass", "temperature.argmax", (2, 5)),
    (SURE, "expr", "positivity.some", (2, 2)),
]
NOT_PROVED = [
    (f"{SHARED} + 1", "mass", "temperature.pool_argmax"),
    (LEAST.format("i"), "mass", "temperature.pool_argmax"),
    (f"Piecewise((1, {LEAST.format('i')} >= Max({LEAST.format('j')}, j)), (0, True))", "mass", "response"),
    ("Max(Min(p[1,i], p[2,i]), p[3,i])", "mass", "anonymity"),
    (f"{MIDDLE} + p[2,i]", "mass", "anonymity"),
]


def goal_of(text, written, statement):
    sizes = {"K": 3} if "p[3,i]" in text else {}
    least = {"K": ">= 2"} if "K - 1" in text else {}
    operator = Operator.declare("formula", **{written: text}, sizes=sizes or least)
    return find_statement(statement).goal(operator, Scope(sizes.get("K")))


def proof(*asked):
    goal = goal_of(*asked)
    found = structural.prove(goal)
    if found is not None:
        check(goal, found)
    return found


@pytest.mark.parametrize(("text", "written", "statement"), PROVED)
def test_what_is_true_is_proved(text, written, statement):
    assert proof(text, written, statement) is not None


@pytest.mark.parametrize(("text", "written", "statement"), NOT_PROVED)
def test_what_is_false_is_not(text, written, statement):
    assert proof(text, written, statement) is None


@pytest.mark.parametrize(("text", "written", "statement", "smallest"), REFUTED)
def test_what_ties_hide_is_refuted(text, written, statement, smallest):
    assert refute(goal_of(text, written, statement)).smallest == smallest


def test_a_tie_of_logarithms_is_exact():
    margin = refute(goal_of(SURE, "expr", "positivity.some")).margin
    assert (margin.kind, margin.lower, margin.left, margin.right) == ("equal", "0", "0", "0")
