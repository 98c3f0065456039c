"""Reports on implications: the premises and where they are used, every line, the rule that refutes."""

import re
import subprocess

import pytest

from axiomkd.catalogue import find_statement
from axiomkd.implications.model import Implication
from axiomkd.implications.search import argue, settle_all
from axiomkd.implications.table import Table
from axiomkd.implications.tilting import argue_by_tilting
from axiomkd.implications.verdict import Settled
from axiomkd.kernel.terms import Free, variable
from axiomkd.language.to_latex import latex
from axiomkd.registry import find_operator
from axiomkd.report.implications import view, write_implication, write_table


def implication(premises, conclusion):
    return Implication(tuple(map(find_statement, premises.split())), find_statement(conclusion))


@pytest.fixture(scope="module")
def two_aggregates():
    """A proof about the aggregates at two inputs, one of them shown to be in the domain."""
    claim = implication("weight_monotonicity.log_odds", "weight_monotonicity.divergence_to")
    return Settled(claim, argue(claim))


@pytest.fixture(scope="module")
def tilted():
    """A long proof with long formulas."""
    claim = implication("jensen.student_kl", "linear_pool")
    return Settled(claim, argue_by_tilting(claim))


@pytest.fixture(scope="module")
def refuted():
    claim = implication("external_bayesianity unanimity", "safety.event")
    return settle_all([claim], [find_operator("geometric")])[0]


@pytest.fixture(scope="module")
def undecided():
    return Settled(implication("unanimity", "positivity.all"), tried=("operators: none of linear",))


NAMES = ["two_aggregates", "tilted", "refuted", "undecided"]


@pytest.mark.parametrize("name", NAMES)
def test_pdflatex_compiles_it_and_no_line_is_too_long(name, request, tmp_path):
    (tmp_path / "report.tex").write_text(write_implication(request.getfixturevalue(name), "latex"))
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "report.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    log = done.stdout.decode(errors="replace")
    assert done.returncode == 0, log[-2000:]
    assert not [line for line in log.splitlines() if line.startswith(("!", "Overfull"))]


@pytest.mark.parametrize("format", ["markdown", "latex"])
@pytest.mark.parametrize("name", NAMES)
def test_every_format_names_premises_conclusion_and_verdict(name, request, format):
    settled = request.getfixturevalue(name)
    written = write_implication(settled, format).replace("\\allowbreak{}", "").replace("\\_", "_")
    for statement in (*settled.implication.premises, settled.implication.conclusion):
        assert statement.id in written
    assert settled.verdict in written


def test_a_proof_says_where_the_premises_are_used(two_aggregates):
    written = write_implication(two_aggregates, "markdown")
    assert "`q_a(i)` for its value at `w_k = (1 - s)·w_k + s·δ_ka`" in written
    assert "`q1_i` for its value at w and p" in written
    assert "2. `convexity.simplex` with `w_k = (1 - s)·w_k + s·δ_ka`" in written
    assert "That the input of use 2, `convexity.simplex`, is in its domain" in written


def test_every_line_of_the_proofs_is_printed(two_aggregates):
    seen = view(two_aggregates)
    lines = [*seen.proof.lines, *(line for use in seen.uses if use.proof for line in use.proof.lines)]
    assert len(re.findall(r"^\\item(?: From| [A-Z])[^:\n]*:", written_lines(two_aggregates), re.M)) == len(
        lines
    )


def written_lines(settled):
    """What LaTeX prints after the list of uses."""
    return write_implication(settled, "latex").split("What the premises say")[1]


@pytest.mark.parametrize("format", ["markdown", "latex"])
def test_the_rule_that_refutes_it_is_shown_with_its_numbers(refuted, format):
    written = write_implication(refuted, format)
    assert "Geometric pool" in written
    assert "0.261204" in written


def test_an_index_may_stand_beside_the_number_of_a_name():
    """TeX refuses two subscripts of one letter."""
    assert latex(variable("q1", Free("i", "outcome"))) == "{q_{1}}_{i}"
    assert latex(variable("q", Free("i", "outcome"))) == "q_{i}"


def test_the_table_of_guarantees_is_written_as_text_and_as_a_page(two_aggregates, undecided):
    found = Table(("log-odds",), (("divergence", (two_aggregates,)), ("positivity", (undecided,))))
    text, page = write_table(found, "markdown"), write_table(found, "html")
    assert page.startswith("<!DOCTYPE html>")
    for written in (text, page):
        assert "weight_monotonicity.divergence_to, any K, any V: proved" in written
        assert "positivity.all: undecided" not in written
    assert "<tr><td>divergence</td>" in page
