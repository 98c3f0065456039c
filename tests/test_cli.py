"""The command line: every command, and bad input in one clear line with status 2."""

import gc
import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from axiomkd import portfolio
from axiomkd.cli.checking import CLAIMS
from axiomkd.explore import equality, independence, nonuniqueness, stored
from axiomkd.explore import wire as regions
from axiomkd.implications import wire
from axiomkd.kernel.wire import PROBLEM

POOL = """
[operator]
id = "sqrt-pool"
title = "Square-root pool"
mass = "Sum(w[k]*sqrt(p[k,i]), k)"
"""
PYTHON = """
from axiomkd import operator
from axiomkd.theories.ensemble import Sum, i, k, normalised, over_teachers, p, sqrt, w

@operator("sqrt-pool", title="Square-root pool", source="a test")
def sqrt_pool():
    return normalised(Sum(w[k] * sqrt(p[k, i]), over_teachers(k)))
"""


pytestmark = pytest.mark.usefixtures("home")


def complaint(result):
    """The one line with which a command ended."""
    status, _, error = result
    assert status == 2
    assert error.startswith("axiomkd: ")
    assert error.count("\n") == 1
    assert "Traceback" not in error
    return error


# -- certify --------------------------------------------------------------------------------


def test_certify_prints_the_table(run):
    status, out, _ = run("certify", "first-teacher", "--statements", "well_defined,neutrality")
    assert status == 0
    for word in ("well_defined.interior", "well_defined.closed", "neutrality", "✓ proved", "any K, any V"):
        assert word in out
    assert "3 proved, 0 refuted, 0 undecided" in out


def test_certify_shows_the_fractions_and_the_two_numbers(run):
    _, out, _ = run("certify", "product", "--statements", "unanimity")
    assert "✗ refuted" in out
    assert "fails at K=2, V=2" in out
    assert "x = (" in out
    assert "0.8 against 0.666667" in out


def test_certify_a_file_and_a_python_declaration_agree(run, home):
    (home / "pool.toml").write_text(POOL)
    (home / "pool.py").write_text(PYTHON)
    results = [
        run("certify", name, "--statements", "well_defined") for name in ("pool.toml", "pool.py:sqrt_pool")
    ]
    assert [status for status, _, _ in results] == [0, 0]
    assert all("1 proved, 0 refuted" in out or "2 proved" in out for _, out, _ in results)


def test_certify_takes_statements_repeated_and_sizes(run, home):
    names = ("--statements", "neutrality", "--statements", "well_defined.interior")
    status, _, _ = run(
        "certify", "linear", *names, "--K", 2, "--V", "any", "--format", "json", "-o", "c.json"
    )
    data = json.loads((home / "c.json").read_text())
    assert status == 0
    assert [cell["statement"] for cell in data["cells"]] == ["well_defined.interior", "neutrality"]
    assert {json.dumps(cell["scope"]) for cell in data["cells"]} == {
        '{"K": 2, "V": "any", "domain": "interior"}'
    }


@pytest.mark.parametrize(
    ("format", "beginning"),
    [("markdown", "# Linear"), ("latex", "\\documentclass"), ("html", "<!DOCTYPE html>"), ("json", "{\n")],
)
def test_certify_writes_every_format(run, format, beginning):
    status, out, _ = run("certify", "linear", "--statements", "neutrality", "--format", format)
    assert status == 0
    assert out.startswith(beginning)


def test_a_fragment_is_no_document(run):
    _, out, _ = run("certify", "linear", "--statements", "neutrality", "--format", "latex", "--fragment")
    assert "\\documentclass" not in out
    assert "neutrality" in out


def test_certify_is_status_0_whatever_the_verdicts(run):
    assert run("certify", "product", "--statements", "unanimity")[0] == 0


# -- check ----------------------------------------------------------------------------------


def test_check_accepts_what_certify_wrote(run, home):
    run("certify", "first-teacher", "--statements", "well_defined", "--format", "json", "-o", "c.json")
    status, out, _ = run("check", "c.json")
    assert status == 0
    assert "2 proved, 0 refuted, 0 undecided, 0 refused" in out


def test_check_is_status_1_for_a_refused_cell(run, home, linear):
    data = json.loads(linear.to_json())
    data["cells"][0]["goal"], data["cells"][2]["goal"] = data["cells"][2]["goal"], data["cells"][0]["goal"]
    (home / "c.json").write_text(json.dumps(data))
    status, out, _ = run("check", "c.json")
    assert status == 1
    assert "2 refused" in out
    assert "another goal" in out


def test_every_format_of_a_document_is_decided_anew_by_check():
    modules = (wire, stored, regions, equality, nonuniqueness, independence)
    assert set(CLAIMS) == {PROBLEM, *(module.FORMAT for module in modules)}


def test_check_leaves_the_search_for_garbage_as_it_was(run, home, linear):
    (home / "c.json").write_text(linear.to_json())
    run("check", "c.json")
    run("check", "missing.json")
    assert gc.isenabled()


def test_check_of_what_cannot_be_read_is_status_2(run, home, linear):
    data = json.loads(linear.to_json())
    (home / "text.json").write_text("{")
    (home / "future.json").write_text(json.dumps({**data, "format": "axiomkd-certificate/2"}))
    data["cells"][2]["evidence"]["steps"][0][2] = [5]
    (home / "forward.json").write_text(json.dumps(data))
    assert "line 1, column 2" in complaint(run("check", "text.json"))
    assert "axiomkd-certificate/2" in complaint(run("check", "future.json"))
    assert "an earlier step, got 5" in complaint(run("check", "forward.json"))
    assert "missing.json" in complaint(run("check", "missing.json"))


def test_show_writes_what_stands_in_a_file_and_the_kernel_accepts(run, home, linear):
    (home / "c.json.gz").write_bytes(gzip.compress(linear.to_json().encode()))
    assert run("show", "c.json.gz", "--format", "json")[1].strip() == linear.to_json().strip()
    assert "3 proved, 0 refuted, 1 undecided" in run("show", "c.json.gz")[1]
    (home / "c.json").write_text(linear.to_json().replace('"proved"', '"refuted"', 1))
    assert "c.json: refused: cell 0" in complaint(run("show", "c.json"))
    (home / "broken.json.gz").write_bytes(b"{}")
    assert "broken.json.gz: expected a file compressed by gzip" in complaint(run("show", "broken.json.gz"))


def test_a_matrix_of_certificates_shows_their_cells(run, home, linear):
    (home / "c.json").write_text(linear.to_json())
    out = run("matrix", "c.json", "--statements", "neutrality", "--format", "markdown")[1]
    assert out.startswith("| statement | linear |\n| --- | :-: |\n| neutrality | ✓ |\n\n")


# -- the other commands ---------------------------------------------------------------------


def test_a_registered_operator_is_an_operator_until_it_is_unregistered(run, home):
    (home / "pool.toml").write_text(POOL)
    assert run("register", "pool.toml")[:2] == (0, "registered sqrt-pool\n")
    assert "Square-root pool" in run("operators")[1]
    assert run("certify", "sqrt-pool", "--statements", "well_defined.interior")[0] == 0
    assert "taken" in complaint(run("register", "pool.toml"))
    assert run("unregister", "sqrt-pool")[0] == 0
    assert "sqrt-pool" not in run("operators")[1]
    assert "sqrt-pool" in complaint(run("certify", "sqrt-pool"))


def test_the_matrix_has_a_row_for_each_statement_and_a_column_for_each_operator(run, home):
    status, out, _ = run("matrix", "--statements", "well_defined.closed", "--format", "markdown")
    assert status == 0
    assert out.startswith("| statement | linear | geometric | harmonic |")
    assert "| well_defined.closed | ✓ | ✗" in out
    _, out, _ = run("matrix", "--statements", "well_defined.closed")
    assert "well_defined.closed" in out
    run("matrix", "--statements", "well_defined.closed", "--format", "json", "-o", "m.json")
    cells = json.loads((home / "m.json").read_text())
    assert [cell["operator"] for cell in cells][:2] == ["linear", "geometric"]
    assert {cell["statement"] for cell in cells} == {"well_defined.closed"}


def test_lists_and_explanations(run):
    assert "weighted-uniform" in run("operators")[1]
    assert "weight_monotonicity.exchange_strict" in run("statements")[1]
    _, out, _ = run("explain", "convexity.simplex")
    assert "convexity.simplex" in out
    assert "then   Σ_i" in out


def test_python_has_the_same(monkeypatch):
    from axiomkd import Scope, certify

    certificate = certify("linear", "neutrality", Scope(teachers=2))
    assert [cell.verdict for cell in certificate.cells] == ["proved"]


# -- bad input ------------------------------------------------------------------------------

BAD = {
    "an unknown operator": (["certify", "geometrc"], "geometric"),
    "an unknown statement": (["certify", "linear", "--statements", "unanimty"], "unanimity"),
    "an unknown statement to explain": (["explain", "convexity.simplx"], "convexity.simplex"),
    "no teachers": (["certify", "linear", "--K", "0"], "--K: expected any or a number from 1"),
    "one outcome": (["certify", "linear", "--V", "1"], "--V: expected any or a number from 2"),
    "a size that is no number": (["certify", "linear", "--V", "many"], "got many"),
    "a size of absurd magnitude": (["certify", "linear", "--V", "9" * 50], "--V"),
    "an unknown format": (["certify", "linear", "--format", "docx"], "docx"),
    "an unknown option": (["certify", "linear", "--fast"], "--fast"),
    "an unknown command": (["certfy"], "certfy"),
    "no operator": (["certify"], "OPERATOR"),
    "a fragment of Markdown": (["certify", "linear", "--format", "markdown", "--fragment"], "latex"),
    "a file that is missing": (["certify", "missing.toml"], "missing.toml"),
    "an id that is not registered": (["unregister", "nobody"], "nobody"),
    "an output in no folder": (["certify", "linear", "-o", "no/where/c.json"], "no/where/c.json"),
    "an output that is a folder": (["certify", "linear", "-o", "."], "expected a place"),
}


@pytest.mark.parametrize(("arguments", "message"), BAD.values(), ids=BAD)
def test_bad_input_is_one_line_and_status_2(run, arguments, message):
    assert message in complaint(run(*arguments))


FILES = {
    "TOML that does not parse": ('[operator\nid = "x"', "line 1"),
    "a name that the grammar does not know": ('[operator]\nid = "x"\nexpr = "open(w[k])"', "column 1"),
    "Python": ("[operator]\nid = \"x\"\nexpr = \"__import__('os').system('touch hacked')\"", "column 1"),
    "a missing index": ('[operator]\nid = "x"\nexpr = "Sum(w[k]*p[k], k)"', "p[k,i]"),
    "an index that nothing binds": ('[operator]\nid = "x"\nexpr = "w[k]*p[k,i]"', "k"),
    "an absurd exponent": ('[operator]\nid = "x"\nexpr = "10**10**10**10*p[1,i]"', "expected"),
    "an absurd size": ('[operator]\nid = "x"\nexpr = "' + "(" * 5000 + '"', "expected"),
}


@pytest.mark.parametrize(("text", "message"), FILES.values(), ids=FILES)
def test_a_bad_declaration_is_one_line_and_status_2(run, home, text, message):
    (home / "bad.toml").write_text(text)
    error = complaint(run("certify", "bad.toml"))
    assert "bad.toml" in error
    assert message in error
    assert "bad.toml" in complaint(run("register", "bad.toml"))
    assert not (home / "hacked").exists()


def test_an_output_that_cannot_be_written_is_refused_before_the_work(run, monkeypatch):
    monkeypatch.setattr(portfolio, "certify", lambda *_: pytest.fail("the work began"))
    complaint(run("certify", "linear", "-o", "no/where/c.json"))


def test_nothing_is_half_written(run, home, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    (home / "c.json").write_text("what was there")
    monkeypatch.setattr(os, "replace", full)
    arguments = ("certify", "linear", "--statements", "neutrality", "--format", "json", "-o", "c.json")
    assert "No space left" in complaint(run(*arguments))
    assert (home / "c.json").read_text() == "what was there"
    assert [path.name for path in home.iterdir()] == ["c.json"]


def test_help_imports_nothing_heavy():
    program = (
        "import sys\nfrom axiomkd.cli import main\n"
        "try:\n    main(['--help'])\nfinally:\n"
        "    print({'sympy', 'numpy', 'scipy', 'flint', 'jinja2'} & set(sys.modules), file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert run.returncode == 0
    assert "certify" in run.stdout
    assert run.stderr.strip() == "set()"


def test_the_module_is_the_command():
    command = [sys.executable, "-m", "axiomkd", "explain", "nothing.at_all"]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[1])
    assert run.returncode == 2
    assert run.stderr.count("\n") == 1
