"""Enumerating: rules that are one are merged, the others decided, and nothing is lost."""

import re
import subprocess
import sys
from contextlib import ExitStack

import pytest
from support.enumerated import COOLED, COOLED_FIRST, EASY, GEOMETRIC, HALF, LINEAR, SMOOTHED, serial, stored

from axiomkd.errors import DeclarationError
from axiomkd.explore import deciding
from axiomkd.explore.deciding import Found, Result, compare, work_on
from axiomkd.explore.enumeration import Dask, Queue, enumerate_rules
from axiomkd.explore.grammar import node, operator
from axiomkd.explore.store import Store

STRICT = (*EASY, "weight_monotonicity.exchange_strict")


def outcomes(store):
    return {entry.title: entry.outcome for entry in store.entries()}


def test_a_rule_is_out_at_its_first_axiom_that_fails():
    with stored([LINEAR, GEOMETRIC, HALF], required=STRICT) as store:
        assert list(outcomes(store).values()) == ["satisfies", "refuted", "refuted"]
        cells = [[(cell.statement.id, cell.verdict) for cell in store.cells(number)] for number in (1, 2)]
        assert cells == [
            [("weight_monotonicity.exchange_strict", "refuted")],
            [("convexity.simplex", "refuted")],
        ]


# -- rules that are one ---------------------------------------------------------------------


def test_one_rule_written_twice_is_decided_once():
    with stored([COOLED, LINEAR, COOLED_FIRST]) as store:
        _, _, last = store.entries()
        assert (last.outcome, last.twin, last.alike) == ("merged", "cooled(geometric)", "equal")
        assert store.cells(2) == ()


def test_without_a_proof_nothing_is_called_equal(monkeypatch):
    monkeypatch.setattr(deciding.structural, "prove", lambda *_: None)
    monkeypatch.setattr(deciding, "DECIDING", ())
    monkeypatch.setattr(deciding, "SEPARATION_SECONDS", 0)
    with stored([COOLED, COOLED_FIRST]) as store:
        last = list(store.entries())[1]
        assert (last.outcome, last.alike) == ("undecided", "unresolved")


def test_rules_with_one_fingerprint_can_be_told_apart_exactly(monkeypatch):
    monkeypatch.setattr("axiomkd.explore.enumeration.fingerprint", lambda _: "the same")
    with stored([LINEAR, SMOOTHED]) as store:
        last = list(store.entries())[1]
        assert (last.outcome, last.alike) == ("satisfies", "separated")


def test_rules_that_differ_at_one_temperature_only_are_two():
    drawn = node("raw-when-hot", LINEAR)
    assert compare(operator(drawn), operator(LINEAR))[0] == "separated"


# -- what comes back is not believed --------------------------------------------------------


@pytest.fixture
def queue():
    with Store(None) as store:
        store.begin(EASY, resume=False)
        queue = Queue(store)
        queue.works = list(queue.work([COOLED, COOLED_FIRST, HALF]))
        yield queue


def test_evidence_about_another_rule_is_not_accepted(queue):
    proof = work_on(queue.works[0]).found
    decided = queue.accepted(Result(2, None, None, proof, 0.0))
    assert decided.outcome == "undecided"
    assert [cell.verdict for cell, _ in decided.cells] != ["proved", "proved"]
    assert any("refused by the kernel" in line for cell, _ in decided.cells for line in cell.tried)


@pytest.mark.parametrize("evidence", [None, {"kind": "witness"}, {"kind": "oracle"}])
def test_claimed_equality_without_evidence_is_not_accepted(queue, evidence):
    decided = queue.accepted(Result(1, "equal", evidence, (Found("convexity.simplex"),), 0.0))
    assert decided.outcome == "undecided"
    assert decided.twin == (0, "unresolved", None)


def test_proofs_of_some_of_the_axioms_are_not_enough(queue):
    some = work_on(queue.works[0]).found[:1]
    assert queue.accepted(Result(0, None, None, some, 0.0)).outcome == "undecided"


# -- interrupts -----------------------------------------------------------------------------


def test_an_interrupted_run_goes_on_where_it_was(tmp_path):
    trees, done = [LINEAR, GEOMETRIC, COOLED, COOLED_FIRST, HALF], []

    def interrupted(decided):
        done.append(decided.number)
        if len(done) == 3:
            raise KeyboardInterrupt

    with Store(tmp_path / "store") as store:
        store.begin(EASY, resume=False)
        with pytest.raises(KeyboardInterrupt):
            enumerate_rules(store, trees, serial, interrupted)
    with Store(tmp_path / "store") as store, stored(trees) as whole:
        assert len(store.fingerprints()) == 3
        store.begin(EASY, resume=True)
        enumerate_rules(store, trees, serial, lambda decided: done.append(decided.number))
        assert outcomes(store) == outcomes(whole)
    assert done == [0, 1, 2, 3, 4]


# -- commands -------------------------------------------------------------------------------


@pytest.mark.usefixtures("home")
def test_the_command_stores_resumes_and_reports(run, home):
    command = ("enumerate", "--size", 1, "--require", ",".join(EASY), "--store", "found.sqlite")
    status, out, _ = run(*command)
    assert status == 0
    assert "8 rules: 0 refuted, 0 equal to an earlier one, 0 undecided, 8 satisfying all" in out
    assert "linear" in out
    assert "--resume" in run(*command, "--jobs", 1)[2]
    status, out, _ = run(*command, "--jobs", 1, "--resume", "--format", "markdown", "-o", "found.md")
    assert (status, out) == (0, "")
    assert "| linear | Σ_k w_k·p_k(i) |" in (home / "found.md").read_text()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--resume",), "--resume: expected --store"),
        (("--resume", "--store", "none.sqlite"), "with a file that exists"),
        (("--backend", "dask"), "expected --backend dask together with --scheduler"),
        (("--require", "convexity.simplx"), "did you mean"),
        (("--store", "no/where"), "expected a store of candidates"),
    ],
)
def test_the_command_ends_with_one_line_for_bad_input(run, arguments, words):
    status, out, error = run("enumerate", *arguments)
    assert (status, out, error.count("\n")) == (2, "", 1)
    assert words in error


# -- a cluster ------------------------------------------------------------------------------


@pytest.fixture
def scheduler():
    """A Dask scheduler with two workers, each a process."""
    with ExitStack() as stack:

        def started(name, *arguments):
            command = [sys.executable, "-m", f"distributed.cli.{name}", *arguments, "--no-dashboard"]
            process = stack.enter_context(subprocess.Popen(command, stderr=subprocess.PIPE, text=True))
            stack.callback(process.kill)
            return process

        first = started("dask_scheduler", "--host", "127.0.0.1", "--port", "0")
        address = next(
            filter(None, (re.search(r"Scheduler at: +(tcp://\S+)", line) for line in first.stderr))
        )[1]
        for _ in range(2):
            started("dask_worker", address, "--nthreads", "1", "--no-nanny", "--host", "127.0.0.1")
        yield address


def test_a_cluster_decides_the_same(scheduler):
    trees = [LINEAR, GEOMETRIC, COOLED, COOLED_FIRST, HALF]
    with Store(None) as store, Dask(scheduler).parallel() as parallel, stored(trees) as here:
        store.begin(EASY, resume=False)
        enumerate_rules(store, trees, parallel)
        assert outcomes(store) == outcomes(here)


def test_a_scheduler_that_does_not_answer_is_one_line():
    nobody = Dask("tcp://127.0.0.1:9", seconds=1)
    with pytest.raises(DeclarationError, match="expected a Dask scheduler that answers"), nobody.parallel():
        pass


def test_a_rule_that_is_too_long_to_declare_is_left_out_and_counted():
    long = GEOMETRIC
    for _ in range(3):
        long = node("blend", long, long)
    with Store(None) as store:
        store.begin(EASY, resume=False)
        assert enumerate_rules(store, [LINEAR, long], serial) == 1
        assert [entry.title for entry in store.entries()] == ["linear"]
