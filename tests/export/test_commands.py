"""The commands that have Rocq check: export, check --rocq, certify --rocq, matrix --rocq."""

import json
import subprocess
from dataclasses import replace

import pytest

from axiomkd import portfolio
from axiomkd.certificate import Certificate
from axiomkd.display import Destination, certificate_table, matrix_table
from axiomkd.export import files, rocq
from axiomkd.export.files import certificate_cells
from axiomkd.export.naming import LIBRARY
from axiomkd.export.rocq import Verdict, with_rocq
from axiomkd.report import write_certificate, write_matrix
from axiomkd.report.checkers import kernel_only, rocq_total

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def no_rocq(monkeypatch, tmp_path):
    """A machine on which coqc is not installed."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))


@pytest.fixture
def stored(linear, home):
    """The certificate of the linear pool, in a file."""
    (home / "c.json").write_text(linear.to_json())
    return home / "c.json"


@pytest.fixture
def one_too_hard(monkeypatch):
    """An exporter that cannot write one of the cells."""

    def cells(data):
        operator, written = certificate_cells(data)
        hard = {"linear_neutrality": ("too hard",)}
        return operator, [replace(cell, missing=hard.get(cell.name, ())) for cell in written]

    monkeypatch.setattr(files, "certificate_cells", cells)
    monkeypatch.setattr(rocq, "certificate_cells", cells)


def tampered(file, statement):
    """Put the conclusion of the second step of a proof in the place of the first one's."""
    data = json.loads(file.read_text())
    (cell,) = [cell for cell in data["cells"] if cell["statement"] == statement]
    cell["evidence"]["steps"][0][1] = cell["evidence"]["steps"][1][1]
    file.write_text(json.dumps(data))


# -- export ---------------------------------------------------------------------------------


def test_export_of_a_certificate_writes_its_theorems_and_the_library(run, stored, home):
    status, out, _ = run("export", stored, "--rocq", "-o", "proofs/here")
    folder = home / "proofs" / "here"
    assert status == 0
    assert {path.name for path in folder.iterdir()} == {
        "linear.v",
        "_CoqProject",
        *(f"{name}.v" for name in LIBRARY),
    }
    assert "Theorem linear_neutrality" in (folder / "linear.v").read_text()
    assert "unanimity" not in (folder / "linear.v").read_text()
    assert "coq_makefile -f _CoqProject" in out


def test_coqs_own_tools_accept_what_export_writes(run, stored, home):
    run("export", stored, "--rocq")
    assert (home / "_CoqProject").read_text().splitlines()[0] == "-R . Axiomkd"
    assert (home / "_CoqProject").read_text().splitlines()[-1] == "linear.v"
    subprocess.run(["coq_makefile", "-f", "_CoqProject", "-o", "Makefile"], check=True)
    plan = subprocess.run(["make", "-n"], capture_output=True, text=True, check=True)
    assert (home / "Makefile").exists()
    assert plan.returncode == 0


def test_export_of_an_operator_certifies_it_first(run, home, monkeypatch, linear):
    asked = []
    monkeypatch.setattr(portfolio, "certify", lambda name: asked.append(name) or linear)
    assert run("export", "linear", "--rocq")[0] == 0
    assert asked == ["linear"]
    assert (home / "linear.v").exists()


def test_export_names_the_cells_that_it_cannot_write(run, stored, home, one_too_hard):
    status, out, _ = run("export", stored, "--rocq")
    assert status == 0
    assert "linear_neutrality: kernel only: not written for Rocq: too hard\n" in out
    assert "Theorem linear_neutrality" not in (home / "linear.v").read_text()
    assert "Theorem linear_well_defined_closed" in (home / "linear.v").read_text()


def test_export_leaves_out_what_the_kernel_refuses(run, stored, home):
    tampered(stored, "neutrality")
    status, out, _ = run("export", stored, "--rocq")
    assert status == 1
    assert "refused: cell 2 (neutrality)" in out
    assert "neutrality" not in (home / "linear.v").read_text()


def complaint(result):
    status, _, error = result
    assert status == 2
    assert error.startswith("axiomkd: ")
    assert error.count("\n") == 1
    return error


def test_bad_input_to_export_is_one_line_and_status_2(run, stored, home):
    (home / "list.json").write_text("[]")
    (home / "cell.json").write_text(json.dumps({**json.loads(stored.read_text()), "cells": [3]}))
    (home / "file").write_text("not a folder")
    assert "--rocq" in complaint(run("export", stored))
    assert "expected the format" in complaint(run("export", "list.json", "--rocq"))
    assert "cell 0" in complaint(run("export", "cell.json", "--rocq"))
    assert "missing.json" in complaint(run("export", "missing.json", "--rocq"))
    assert "nobody" in complaint(run("export", "nobody", "--rocq"))
    assert "expected a place to write" in complaint(run("export", stored, "--rocq", "-o", "file"))


# -- check --rocq ---------------------------------------------------------------------------


def test_check_names_both_checkers_of_each_cell(run, stored):
    status, out, _ = run("check", stored, "--rocq")
    assert status == 0
    assert "3 proved, 0 refuted, 1 undecided, 0 refused" in out
    assert out.count(": kernel, Rocq (") == 3
    assert "linear_neutrality: kernel, Rocq" in out


def test_check_of_a_tampered_certificate_is_status_1(run, stored):
    tampered(stored, "neutrality")
    status, out, _ = run("check", stored, "--rocq")
    assert status == 1
    assert "refused: cell 2 (neutrality)" in out
    assert "linear_neutrality" not in out
    assert out.count(": kernel, Rocq (") == 2


def test_check_of_what_only_the_kernel_accepts_is_status_1(run, stored, one_too_hard):
    status, out, _ = run("check", stored, "--rocq")
    assert status == 1
    assert "linear_neutrality: kernel only: not written for Rocq: too hard (" in out
    assert out.count(": kernel, Rocq (") == 2


def test_check_without_rocq_says_how_to_get_it(run, stored, no_rocq):
    status, out, error = run("check", stored, "--rocq")
    assert status == 3
    assert "3 proved" in out
    assert error.count("\n") == 1
    assert "not checked by Rocq" in error
    assert "apt-get install coq" in error


WITHOUT_INTERVAL = """#!/bin/sh
[ "$1" = --version ] && echo a Rocq without libraries && exit
echo "Error: Cannot find a physical path bound to logical path" >&2
echo "Tactic with prefix Interval." >&2
exit 1
"""


def test_check_without_the_library_interval_says_how_to_get_it(run, stored, no_rocq, home):
    (home / "bin" / "coqc").write_text(WITHOUT_INTERVAL)
    (home / "bin" / "coqc").chmod(0o755)
    status, _, error = run("check", stored, "--rocq")
    assert status == 3
    assert "expected the library Interval for Rocq" in error
    assert "libcoq-interval" in error


# -- certify --rocq and matrix --rocq --------------------------------------------------------


def test_certify_records_what_rocq_says(run, home):
    names = ("--statements", "well_defined.interior", "--rocq")
    status, out, _ = run("certify", "first-teacher", *names)
    assert status == 0
    assert "kernel, Rocq" in out
    assert "Rocq accepts 1 of 1 decided cells" in out


def test_certify_without_rocq_still_writes_what_the_kernel_says(run, home, no_rocq):
    names = ("--statements", "well_defined.interior", "--rocq", "--format", "json", "-o", "c.json")
    status, _, error = run("certify", "first-teacher", *names)
    assert status == 3
    assert "apt-get install coq" in error
    data = json.loads((home / "c.json").read_text())
    assert [cell["verdict"] for cell in data["cells"]] == ["proved"]
    assert "rocq" not in data["run"]


def test_matrix_without_rocq_is_the_kernels_and_status_3(run, no_rocq, monkeypatch, linear):
    monkeypatch.setattr(portfolio, "certify_all", lambda *_, **__: [linear])
    status, out, error = run("matrix", "--rocq")
    assert status == 3
    assert "neutrality" in out
    assert "not checked by Rocq" in error


def test_without_the_question_rocq_is_not_run(run, no_rocq):
    status, out, _ = run("certify", "first-teacher", "--statements", "well_defined.interior")
    assert status == 0
    assert "Rocq" not in out


def test_the_record_of_a_run_says_of_each_cell_whether_rocq_accepts_it(geometric):
    asked = Certificate(geometric.operator, geometric.cells[:1], geometric.run)
    record = json.loads(with_rocq(asked).to_json())["run"]["rocq"]
    assert record.keys() == {"convexity.between"}
    assert record["convexity.between"]["accepted"] is True
    assert record["convexity.between"]["reason"] == ""
    assert record["convexity.between"]["seconds"] > 0


def test_the_record_holds_narrower_scopes_too(geometric, monkeypatch):
    answers = [Verdict("convexity.between", "here", True, 1.0)]
    answers.append(Verdict("convexity.between", "at_V2", False, 0.5, "Rocq refuses it: why"))
    monkeypatch.setattr(rocq, "check_cells", lambda *_: answers)
    record = with_rocq(geometric).run["rocq"]["convexity.between"]
    assert record == {"accepted": False, "seconds": 1.5, "reason": "at_V2: Rocq refuses it: why"}


@pytest.fixture(scope="module")
def recorded(geometric):
    """The geometric pool with a cell that Rocq has accepted and one that it has not."""
    record = {
        "convexity.between": {"accepted": True, "seconds": 1.0, "reason": ""},
        "continuity.closed": {"accepted": False, "seconds": 1.0, "reason": "not written for Rocq: why"},
    }
    return Certificate(geometric.operator, geometric.cells, {"rocq": record})


@pytest.mark.parametrize("format", ["markdown", "latex", "html"])
def test_every_format_tells_the_checkers_of_each_cell(recorded, format):
    written = write_certificate(recorded, format)
    assert "Checked by: kernel, Rocq." in written
    assert "Checked by: kernel only: not written for Rocq: why." in written
    assert "Rocq accepts 1 of 2 decided cells." in written


def test_the_terminal_tells_the_checkers_of_each_cell(recorded, capsys):
    Destination(None).show(certificate_table(recorded))
    shown = capsys.readouterr().out
    assert "kernel, Rocq" in shown
    assert "kernel only" in shown
    assert "not written for Rocq: why" in shown


def test_a_matrix_tells_what_rocq_did_not_accept(recorded, linear, capsys):
    written = write_matrix([recorded], "markdown")
    assert "| continuity.closed | ✗ kernel only |" in written
    assert "- geometric, continuity.closed: kernel only: not written for Rocq: why" in written
    cells = json.loads(write_matrix([linear, recorded], "json"))
    assert [cell["rocq"]["accepted"] for cell in cells if "rocq" in cell] == [True, False]
    Destination(None).show(matrix_table([recorded]))
    assert "geometric, continuity.closed: kernel only: not written" in capsys.readouterr().out


def test_rocq_was_not_asked_about_the_linear_pool(linear):
    assert rocq_total([linear]) == ""
    assert kernel_only([linear]) == []
    assert "Checked by: kernel." in write_certificate(linear, "markdown")


def test_a_cell_of_which_the_record_says_nothing_is_the_kernels(linear):
    forgetful = Certificate(linear.operator, linear.cells, {"rocq": {}})
    assert rocq_total([forgetful]) == "Rocq accepts 0 of 3 decided cells"
