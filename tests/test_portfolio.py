"""The portfolio: only what the kernel accepts counts, and one lost goal costs one cell."""

import pytest

from axiomkd import portfolio
from axiomkd.catalogue import find_statement
from axiomkd.errors import DeclarationError, UnknownName
from axiomkd.operator import Operator
from axiomkd.portfolio import certify
from axiomkd.registry import find_operator
from axiomkd.statement import Scope

START = "from axiomkd.worker import serve\nfrom axiomkd.portfolio import Answer, settle\n"
"""Programs in the place of the provers."""
DISHONEST = START + (
    "from axiomkd.kernel.evidence import Derivation, Step\n"
    "def answer(task):\n"
    "    steps = tuple(Step('algebraic', c) for c in task.goal.conclusions)\n"
    "    return Answer(Derivation(steps, tuple(range(len(steps)))))\n"
    "serve(answer)\n"
)
DYING = START + (
    "import os\n"
    "def answer(task):\n"
    "    if task.goal.permutations:\n"
    "        os._exit(1)\n"
    "    return Answer(tried=('looked at it',))\n"
    "serve(answer)\n"
)


def cell(operator, statement):
    return certify(operator, statement).cells[0]


def test_a_statement_that_fails_is_refuted_at_its_smallest_sizes():
    found = cell("geometric", "convexity.between")
    assert found.verdict == "refuted"
    assert found.smallest == (2, 3)


def test_evidence_that_the_kernel_refuses_is_no_verdict(monkeypatch):
    monkeypatch.setattr(portfolio, "PROGRAM", DISHONEST)
    found = cell("geometric", "unanimity")
    assert found.verdict == "undecided"
    assert "refused by the kernel" in found.tried[0]


def test_a_prover_that_dies_costs_its_cell_only(monkeypatch):
    monkeypatch.setattr(portfolio, "PROGRAM", DYING)
    certificate = certify("linear", ["anonymity", "convexity.between", "neutrality", "unanimity"])
    tried = {found.statement.id: found.tried[0] for found in certificate.cells}
    assert tried == {
        "convexity.between": "looked at it",
        "unanimity": "looked at it",
        "anonymity": "the prover's process ended: status 1",
        "neutrality": "the prover's process ended: status 1",
    }


def test_a_prover_that_hangs_costs_its_cell_only(monkeypatch):
    monkeypatch.setattr(portfolio, "PROGRAM", DYING.replace("os._exit(1)", "import time; time.sleep(3600)"))
    monkeypatch.setattr(portfolio, "GOAL_SECONDS", 2.0)
    certificate = certify("linear", ["anonymity", "unanimity"])
    assert certificate["anonymity"].tried == ("gave up after 2 s",)
    assert certificate["unanimity"].tried == ("looked at it",)


def test_cells_come_in_the_vocabularys_order_and_are_reported_as_they_come():
    seen = []
    certificate = certify("first-teacher", ["well_defined", "neutrality"], watch=lambda c, _: seen.append(c))
    names = [found.statement.id for found in certificate.cells]
    assert names == ["well_defined.interior", "well_defined.closed", "neutrality"]
    assert seen == list(certificate.cells)
    assert set(certificate.run["seconds_by_statement"]) == set(names)


def test_the_same_input_gives_the_same_cells():
    first, second = (certify("product", "convexity") for _ in range(2))
    assert first.to_json().split('"run"')[0] == second.to_json().split('"run"')[0]


def test_fixed_sizes_are_the_scope():
    pair = Operator.declare("pair", mass="p[1,i]*p[2,i]", sizes={"K": 2})
    found = certify(pair, "well_defined.interior").cells[0]
    assert found.scope == Scope(teachers=2)
    with pytest.raises(DeclarationError, match="K = 2 as declared, got K = 3"):
        certify(pair, "well_defined.interior", Scope(teachers=3))


def test_a_statement_that_is_not_asked_has_no_cell():
    assert certify("linear", "marginalisation", Scope(outcomes=2)).cells == ()
    assert find_statement("marginalisation").goal(find_operator("linear"), Scope(outcomes=2)) is None


def test_names_that_do_not_exist_are_errors():
    with pytest.raises(UnknownName, match="unanimity"):
        certify("linear", "unanimty")
    with pytest.raises(UnknownName, match="geometric"):
        certify("geometrc", "unanimity")
