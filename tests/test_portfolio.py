"""The portfolio: only what the kernel accepts counts, and one lost goal costs one cell."""

from dataclasses import replace

import pytest

from axiomkd import portfolio
from axiomkd.attempts import CELL, METHODS, joined
from axiomkd.catalogue import find_statement
from axiomkd.certificate import Certificate
from axiomkd.errors import DeclarationError, UnknownName
from axiomkd.kernel.check import check
from axiomkd.operator import Operator
from axiomkd.portfolio import Budget, certify
from axiomkd.provers import structural
from axiomkd.recheck import check_certificate
from axiomkd.registry import find_operator
from axiomkd.report.rows import where
from axiomkd.statement import Scope

START = "from axiomkd.worker import serve\nfrom axiomkd.attempts import Answer\n"
"""Programs in the place of the provers."""
CELL_BY_ANY = [name for name in CELL if not METHODS[name].fixed]
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
    tried = {found.statement.id: set(found.tried) for found in certificate.cells}
    ended = {f"{METHODS[name].name}: the prover's process ended: status 1" for name in CELL_BY_ANY}
    assert tried == {
        "convexity.between": {"looked at it"},
        "unanimity": {"looked at it"},
        "anonymity": ended,
        "neutrality": ended,
    }


@pytest.mark.parametrize(
    ("deed", "budget", "reason"),
    [
        ("while True: pass", Budget(4), "gave up after 2 s"),
        ("len(bytearray(1 << 30))", Budget(60, 800), "gave up at 800 MB"),
    ],
    ids=["busy", "greedy"],
)
def test_a_prover_that_hangs_or_grows_costs_its_cell_only(monkeypatch, deed, budget, reason):
    monkeypatch.setattr(portfolio, "PROGRAM", DYING.replace("os._exit(1)", deed))
    certificate = certify("linear", ["anonymity", "unanimity"], budget=budget)
    assert certificate["anonymity"].tried[0] == f"{METHODS['search'].name}: {reason}"
    assert set(certificate["unanimity"].tried) == {"looked at it"}


def test_a_budget_is_above_zero():
    with pytest.raises(DeclarationError, match="above 0"):
        Budget(0)


NEVER = START.replace("Answer", "Answer, METHODS, settle") + (
    "def answer(task):\n"
    "    narrow = all(size is not None for _, size in task.goal.sizes)\n"
    "    return settle(task) if narrow else Answer(tried=('not at any size',))\n"
    "serve(answer)\n"
)


def test_what_is_undecided_at_any_size_is_told_with_the_small_sizes_at_which_it_is_proved(monkeypatch):
    monkeypatch.setattr(portfolio, "PROGRAM", NEVER)
    found = cell("linear", "unanimity")
    assert found.verdict == "undecided"
    assert [part.scope for part in found.proved_at] == [Scope(2, 2), Scope(2, 3), Scope(3, 2)]
    assert where(found) == "any K, any V; proved for K=2, V=2; K=2, V=3; K=3, V=2"
    assert check_certificate(Certificate(found.operator, (found,)).to_json()).refused == ()


def test_no_size_is_tried_above_one_at_which_nothing_is_found(monkeypatch):
    monkeypatch.setattr(portfolio, "PROGRAM", NEVER)
    assert cell("uniform-smoothed", "unanimity").proved_at == ()


def test_derivations_of_several_conclusions_are_joined_to_one():
    goal = find_statement("convexity.simplex").goal(find_operator("linear"), Scope(2, 2))
    parts = [structural.prove(replace(goal, conclusions=(formula,))) for formula in goal.conclusions]
    assert len(parts) > 1
    assert check(goal, joined(parts)).proves


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
