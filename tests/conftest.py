"""Certificates: some made by hand, so that these tests need no prover; and the whole catalogue's."""

import os
from fractions import Fraction

import pytest
from support.certificates import Certified

from axiomkd import cli
from axiomkd.catalogue import find_statement
from axiomkd.certificate import Certificate
from axiomkd.kernel.evidence import Derivation, Paths, Step, Witness
from axiomkd.kernel.terms import Continuous, Defined, Equal
from axiomkd.operators import CATALOGUE
from axiomkd.registry import find_operator
from axiomkd.statement import Scope
from axiomkd.verdict import Cell, decide

RULES = {Equal: "algebraic", Defined: "defined", Continuous: "continuous"}
HALVES = (Fraction(1, 2), Fraction(1, 2))


def proved(operator, statement, scope=None):
    """A cell whose every conclusion one rule proves at once."""
    cell = Cell(find_operator(operator), find_statement(statement), scope or Scope())
    steps = tuple(Step(RULES[type(conclusion)], conclusion) for conclusion in cell.goal.conclusions)
    return decide(cell, Derivation(steps, tuple(range(len(steps)))))


def outside_the_teachers():
    """The geometric pool leaves the interval between the teachers."""
    teachers = tuple(tuple(Fraction(n, 10) for n in row) for row in ((6, 3, 1), (1, 3, 6)))
    witness = Witness(
        sizes=(("teacher", 2), ("outcome", 3)),
        values=(("p", teachers), ("w", HALVES)),
        indices=(("i", 2),),
        conclusion=1,
    )
    cell = Cell(find_operator("geometric"), find_statement("convexity.between"), Scope())
    return decide(cell, witness)


def discontinuous():
    """The geometric pool along two paths into one input with zeros."""
    one, zero = (Fraction(1),), (Fraction(1), Fraction(-1))
    rise, cube = (Fraction(0), Fraction(1)), (Fraction(0), Fraction(0), Fraction(0), Fraction(1))
    less = (Fraction(1), Fraction(0), Fraction(0), Fraction(-1))
    half = (Fraction(1, 2),)
    rest = (("w", (half, half)),)
    paths = (
        (("T", (one, one)), ("p", ((zero, rise), (rise, zero))), *rest),
        (("T", (one, one)), ("p", ((zero, rise), (cube, less))), *rest),
    )
    evidence = Paths((("teacher", 2), ("outcome", 2)), paths, (("i", 1),))
    cell = Cell(find_operator("geometric"), find_statement("continuity.closed"), Scope())
    return decide(cell, evidence)


@pytest.fixture(scope="session")
def linear():
    """The linear pool: three proved cells and one undecided."""
    names = ("well_defined.interior", "well_defined.closed", "neutrality")
    cells = [proved("linear", name) for name in names]
    tried = ("structural proof: found none",)
    undecided = Cell(find_operator("linear"), find_statement("unanimity"), Scope(), tried=tried)
    run = {"seconds": 1.0, "seconds_by_statement": {"neutrality": 0.5}}
    return Certificate(find_operator("linear"), (*cells, undecided), run)


@pytest.fixture(scope="session")
def geometric():
    """The geometric pool: one cell refuted by a witness, one by two paths."""
    cells = (outside_the_teachers(), discontinuous())
    return Certificate(find_operator("geometric"), cells, {"seconds": 2.0})


@pytest.fixture(scope="session")
def certified(tmp_path_factory):
    """The certificate of an operator, by id or by file: computed once, whichever process asks first."""
    root = tmp_path_factory.getbasetemp()
    shared = root.parent if "PYTEST_XDIST_WORKER" in os.environ else root
    folder = shared / "certificates"
    folder.mkdir(exist_ok=True)
    return Certified(folder)


@pytest.fixture(scope="session")
def matrix(certified):
    """The certificates of the catalogue by the operators' ids."""
    return {declared().id: certified(declared().id) for declared in CATALOGUE}


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A user's folder of its own, and a working directory to write in."""
    monkeypatch.setenv("AXIOMKD_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(capsys, home):
    """Run a command: its status, what it says, and its complaints."""

    def command(*arguments):
        with pytest.raises(SystemExit) as exit:
            cli.main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return exit.value.code, said.out, said.err

    return command
