"""Sample points of solvers: what they find is checked, what they claim counts for nothing."""

import sys
from fractions import Fraction

import pytest

from axiomkd.attempts import METHODS
from axiomkd.catalogue import find_statement
from axiomkd.kernel.check import check
from axiomkd.language.problem import Problem
from axiomkd.provers import smt
from axiomkd.registry import find_operator
from axiomkd.statement import Scope

REAL, POSITIVE = (tuple((name, kind) for name in "xy") for kind in ("real", "positive"))
FALSE = {
    "a polynomial": Problem("x**4*y**2 + x**2*y**4 + 1 >= 301/100*x**2*y**2", REAL),
    "a quotient": Problem("x/(x + y) <= 999/1000", POSITIVE),
    "a maximum": Problem("Max(x, y) <= (x + y)/2", REAL),
    "an equation": Problem("x**2 == 2*x - 1", REAL),
    "a simplex": Problem("p[1]**2 + p[2]**2 >= 3/5", (("p", "simplex 2"),)),
    "an assumption": Problem("x <= 3", REAL, ("x*y == 1", "y >= 1/4")),
}
TRUE = {
    "a square": Problem("x**2 >= 0", REAL),
    "an irrational bound": Problem("x*y >= -1/2", REAL, ("x**2 + y**2 == 1",)),
    "an exponential": Problem("exp(x) >= 1 + x", REAL),
}


@pytest.mark.parametrize("solver", smt.SOLVERS)
@pytest.mark.parametrize("problem", FALSE.values(), ids=FALSE)
def test_a_sample_point_refutes(problem, solver, monkeypatch):
    monkeypatch.setattr(smt, "SOLVERS", (solver,))
    assert not check(problem.goal, smt.refute(problem.goal, 20)).proves


@pytest.mark.parametrize("problem", TRUE.values(), ids=TRUE)
def test_nothing_refutes_what_is_true(problem):
    assert smt.refute(problem.goal, 20) is None


def test_a_statement_at_fixed_sizes_is_refuted():
    goal = find_statement("unanimity").goal(find_operator("product"), Scope(2, 2))
    assert not check(goal, METHODS["oracle"].find(goal, 20)).proves


def test_a_wrong_model_becomes_no_witness(monkeypatch):
    """A solver may answer sat where nothing satisfies the formulas."""
    monkeypatch.setattr("z3.Solver.check", lambda self: sys.modules["z3"].sat)
    monkeypatch.setattr("z3.Solver.model", lambda self: None)
    monkeypatch.setattr(smt, "_rational", lambda model, entry: Fraction(1))
    monkeypatch.setattr(smt, "SOLVERS", ("z3",))
    assert smt.refute(TRUE["a square"].goal, 20) is None
    assert smt.refute(Problem("x >= 2", REAL).goal, 20) is not None


def test_without_a_solver_nothing_is_found(monkeypatch):
    monkeypatch.setattr(smt, "SOLVERS", ("no_such_solver",))
    assert smt.refute(FALSE["a polynomial"].goal, 20) is None
