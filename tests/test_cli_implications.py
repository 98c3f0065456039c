"""The commands about what every rule satisfies, and about the claims of papers."""

import json

import pytest

from axiomkd.claims import model
from axiomkd.implications import table

PAPER = """
[paper]
id = "small"
title = "A small paper"
subject = "One claim"

[[claim]]
id = "1"
place = "Theorem 1"
printed = "A rule between its teachers has the ceiling."
expected = "true"
[[claim.printed_parts]]
premises = ["convexity.between"]
conclusions = ["attenuation.ceiling"]
"""


pytestmark = pytest.mark.usefixtures("home")


def complaint(result):
    """The one line with which a command ended."""
    status, out, error = result
    assert (status, out) == (2, "")
    assert error.startswith("axiomkd: ")
    assert error.count("\n") == 1
    return error


# -- implies --------------------------------------------------------------------------------

PROVED = ("implies", "convexity.between", "--then", "attenuation.ceiling")
REFUTED = ("implies", "convexity.simplex", "--then", "attenuation.ceiling")


def test_implies_says_what_is_proved_and_from_how_much(run):
    status, out, _ = run(*PROVED)
    assert status == 0
    assert "convexity.between => attenuation.ceiling, any K, any V" in out
    assert "✓ proved" in out
    assert "3 steps from 2 uses of the premises" in out


def test_implies_names_the_operator_that_refutes_it(run):
    status, out, _ = run(*REFUTED)
    assert status == 0
    assert "✗ refuted" in out
    assert "geometric satisfies the premises; fails at K=2, V=3" in out


def test_implies_takes_several_premises_and_sizes(run):
    several = run("implies", "marginalisation,unanimity", "external_bayesianity", "--then", "unanimity")
    assert "marginalisation, unanimity, external_bayesianity => unanimity" in several[1]
    two = ("implies", "convexity.between", "--then", "convexity.hull", "--V", 2)
    assert "✓ proved" in run(*two)[1]


@pytest.mark.parametrize(
    ("format", "beginning"), [("markdown", "# convexity."), ("latex", "\\documentclass"), ("json", "{\n")]
)
@pytest.mark.parametrize("command", [PROVED, REFUTED], ids=["proved", "refuted"])
def test_implies_writes_every_format_to_a_file(run, home, command, format, beginning):
    status, out, _ = run(*command, "--format", format, "-o", "found")
    assert (status, out) == (0, "")
    written = (home / "found").read_text()
    assert written.startswith(beginning)
    assert "attenuation.ceiling" in written.replace("\\allowbreak{}", "")


@pytest.mark.parametrize(("command", "verdict"), [(PROVED, "proved"), (REFUTED, "refuted")])
def test_check_accepts_what_implies_wrote(run, command, verdict):
    run(*command, "--format", "json", "-o", "found.json")
    status, out, _ = run("check", "found.json")
    assert status == 0
    assert f"attenuation.ceiling, any K, any V: {verdict}, 0 refused" in out


def another_conclusion(data):
    data["conclusion"] = "floor.atom"


def another_rule(data):
    data["proof"]["evidence"]["steps"][0][0] = "algebraic"


def no_premise(data):
    data["premises"] = []


@pytest.mark.parametrize("change", [another_conclusion, another_rule, no_premise])
def test_check_is_status_1_for_a_proof_of_something_else(run, home, change):
    run(*PROVED, "--format", "json", "-o", "found.json")
    data = json.loads((home / "found.json").read_text())
    change(data)
    (home / "found.json").write_text(json.dumps(data))
    status, out, _ = run("check", "found.json")
    assert status == 1
    assert out.startswith("found.json: refused: ")


def test_check_is_status_1_for_an_operator_that_satisfies_the_conclusion(run, home):
    run(*REFUTED, "--format", "json", "-o", "found.json")
    data = json.loads((home / "found.json").read_text())
    data["counterexample"]["operator"] = {
        "id": "linear",
        "theory": "ensemble",
        "expr": "Sum(w[k]*p[k,i], k)",
    }
    (home / "found.json").write_text(json.dumps(data))
    assert run("check", "found.json")[0] == 1


def test_check_of_half_an_implication_is_status_2(run, home):
    run(*PROVED, "--format", "json", "-o", "found.json")
    (home / "found.json").write_text((home / "found.json").read_text()[:500])
    complaint(run("check", "found.json"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("convexity.betwen", "--then", "attenuation.ceiling"), "did you mean convexity.between"),
        (("convexity.between", "--then", "attenuation"), "attenuation"),
        (("convexity.between", "--then", "continuity.closed"), "expected a conclusion about the values"),
        (("convexity.between", "--then", "attenuation.ceiling", "--V", "1"), "--V: expected any or a number"),
        (("convexity.between", "--then", "attenuation.ceiling", "-o", "no/where"), "can be written"),
        (("convexity.between",), "--then"),
    ],
)
def test_implies_ends_with_one_line_for_bad_input(run, arguments, words):
    assert words in complaint(run("implies", *arguments))


# -- guarantees -----------------------------------------------------------------------------


@pytest.fixture
def small_table(monkeypatch):
    """Two guarantees against two sets of axioms."""
    monkeypatch.setattr(table, "GUARANTEES", ("floor.atom", "attenuation.ceiling"))
    columns = (("between", ("convexity.between",)), ("distribution", ("convexity.simplex",)))
    monkeypatch.setattr(table, "PREMISES", columns)


def test_guarantees_shows_the_table(run, small_table):
    status, out, _ = run("guarantees")
    assert status == 0
    rows = [line.split() for line in out.splitlines() if line.startswith(("floor", "attenuation"))]
    assert [(name, mark) for name, mark, *_ in rows] == [("floor.atom", "✓"), ("attenuation.ceiling", "✓")]
    assert rows[1][2:] == ["✗", "geometric"]
    assert "2 proved, 2 refuted, 0 undecided" in out


def test_guarantees_writes_markdown_and_json(run, home, small_table):
    run("guarantees", "--format", "markdown", "-o", "table.md")
    assert "| attenuation.ceiling | ✓ | ✗ geometric |" in (home / "table.md").read_text()
    run("guarantees", "--format", "json", "-o", "table.json")
    found = json.loads((home / "table.json").read_text())
    assert [entry["verdict"] for entry in found] == ["proved", "refuted", "proved", "refuted"]


# -- claims ---------------------------------------------------------------------------------


@pytest.fixture
def papers(home, monkeypatch):
    """A folder of papers in the place of the known ones."""
    (home / "papers").mkdir()
    monkeypatch.setattr(model, "PLACES", (home / "papers",))
    return home / "papers"


def test_claims_shows_what_holds(run, papers):
    (papers / "small.toml").write_text(PAPER)
    status, out, error = run("claims", "small")
    assert (status, error) == (0, "")
    assert "A small paper: One claim" in out
    assert "1 true, 0 false, 0 open" in out


def test_claims_is_status_1_for_an_edited_expectation(run, papers):
    (papers / "small.toml").write_text(PAPER.replace('expected = "true"', 'expected = "false"'))
    status, out, error = run("claims", "small")
    assert (status, error) == (1, "axiomkd: small/1: expected false, got true\n")
    assert "1 true" in out


@pytest.mark.parametrize(
    ("format", "beginning"),
    [
        ("markdown", "# The claims"),
        ("latex", "\\documentclass"),
        ("html", "<!DOCTYPE html>"),
        ("json", "{\n"),
    ],
)
def test_claims_writes_every_format(run, home, papers, format, beginning):
    (papers / "small.toml").write_text(PAPER)
    assert run("claims", "small", "--format", format, "-o", "found")[:2] == (0, "")
    assert (home / "found").read_text().startswith(beginning)


def test_claims_of_an_unknown_paper_names_the_known_ones(run, papers):
    (papers / "small.toml").write_text(PAPER)
    assert "expected the id of a paper (small), got smal" in complaint(run("claims", "smal"))


def test_claims_ends_with_one_line_for_a_file_that_is_none(run, papers):
    (papers / "small.toml").write_text(PAPER.replace("conclusions", "concludes"))
    complaint(run("claims", "small"))
