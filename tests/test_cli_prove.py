"""axiomkd prove: free inequalities from a text or a file, and their documents checked again."""

import json
import subprocess
import sys

import pytest

from axiomkd.kernel.__main__ import main as kernel

pytestmark = pytest.mark.usefixtures("home")

FILE = """
[problem]
variables = { p = "simplex 3", q = "simplex 2" }
assume = ["p[3] > 0"]
prove = "p[1]*q[1] <= p[2] + q[2]"
"""


def test_a_true_inequality_is_proved(run):
    status, out, _ = run("prove", "x**4 + y**4 >= x**3*y + x*y**3")
    assert status == 0
    assert "✓ proved" in out
    assert "x^3·y + x·y^3 ≤ x^4 + y^4" in out
    assert "kernel" in out


def test_a_false_one_is_refuted_with_the_input(run, home):
    (home / "problem.toml").write_text(FILE)
    status, out, _ = run("prove", "problem.toml")
    assert status == 0
    assert "✗ refuted" in out
    assert "q = (1, 0)" in out


def test_where_it_is_undefined_it_is_refuted(run):
    _, out, _ = run("prove", "x/x == 1")
    assert "x = 0: undefined there" in out


def test_a_text_may_begin_with_a_sign(run):
    status, out, _ = run("prove", "-x**2 <= 0", "--budget", "20,2000")
    assert status == 0
    assert "proved" in out


def test_what_nothing_decides_says_what_was_tried(run):
    _, out, _ = run("prove", "exp(x) + exp(-x) >= 2 + x**2", "--budget", "6")
    assert "? undecided" in out
    assert "found none" in out


def document(run, *arguments):
    status, out, _ = run("prove", *arguments, "--format", "json")
    assert status == 0
    return json.loads(out)


def test_the_document_has_the_keys_of_a_cell(run):
    found = document(run, "x**2 + 1 > 0")
    assert found["verdict"] == "proved"
    assert found["evidence"]["kind"] == "derivation"
    assert found["seconds"] > 0
    assert {"goal", "margin", "tried"} <= found.keys()
    assert found["problem"] == {"assume": [], "prove": "x**2 + 1 > 0"}


def changed(found, **changes):
    return json.dumps(found | changes)


def test_a_document_is_checked_again_by_both_commands(run, home, capsys):
    found = document(run, "x**2 > 0")
    (home / "good.json").write_text(json.dumps(found))
    status, out, _ = run("check", "good.json")
    assert (status, out) == (0, "good.json: x**2 > 0: refuted, 0 refused\n")
    assert kernel(["good.json"]) == 0
    assert "1 goals follow" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"verdict": "proved"}, "expected the verdict refuted, got proved"),
        ({"problem": {"assume": [], "prove": "x**2 >= 0"}}, "expected the goal of this problem"),
        ({"margin": None}, "expected the margin"),
        ({"evidence": None}, "expected the verdict undecided"),
        ({"vacuous": True}, "expected the vacuous"),
    ],
)
def test_a_document_that_says_something_else_is_refused(run, home, change, reason):
    (home / "bad.json").write_text(changed(document(run, "x**2 > 0"), **change))
    status, out, _ = run("check", "bad.json")
    assert status == 1
    assert reason in out


def test_a_document_with_another_input_is_refused(run, home):
    found = document(run, "x**2 > 0")
    found["evidence"]["values"] = {"x": "1"}
    (home / "bad.json").write_text(json.dumps(found))
    assert run("check", "bad.json")[0] == 1
    assert kernel(["bad.json"]) == 1


@pytest.mark.parametrize("format", ["markdown", "latex"])
@pytest.mark.parametrize("text", ["x + 1 > x", "x > 1"])
def test_reports_tell_the_goal_and_the_evidence(run, format, text):
    _, out, _ = run("prove", text, "--format", format)
    word = "proof" if "+" in text else "counterexample"
    assert word in out.lower()
    assert "kernel" in out


@pytest.mark.parametrize(
    "arguments",
    [("x + 1",), ("nothing.toml",), ("x > 0", "--budget", "long"), ("x > 0", "--budget", "0"), ("x => 0",)],
    ids=str,
)
def test_bad_input_is_one_line_with_status_2(run, arguments):
    status, out, error = run("prove", *arguments)
    assert (status, out) == (2, "")
    assert error.startswith("axiomkd: ")
    assert error.count("\n") == 1


def test_help_comes_without_the_provers():
    program = (
        "import sys; from axiomkd.cli import main\ntry: main(['prove', '--help'])\nexcept SystemExit: pass\n"
    )
    program += "assert not {'numpy', 'sympy', 'flint', 'axiomkd.portfolio'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True).returncode == 0
