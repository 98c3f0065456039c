"""Reports say what was checked: the goal, every line of a proof, the numbers of a counterexample."""

import json
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

import axiomkd.report
from axiomkd.catalogue import find_statement
from axiomkd.certificate import Certificate
from axiomkd.kernel.evidence import Derivation, Step
from axiomkd.kernel.terms import ONE, ZERO, AtMost, Free, Less, big_sum, replace_variables, variable
from axiomkd.language.to_text import text
from axiomkd.registry import find_operator
from axiomkd.report import goal_text, write_certificate, write_matrix
from axiomkd.report.abbreviation import abbreviate
from axiomkd.report.html import words
from axiomkd.report.model import report
from axiomkd.report.naming import readable
from axiomkd.report.prose import plain_words
from axiomkd.report.rows import row
from axiomkd.report.values import polynomial
from axiomkd.statement import Scope
from axiomkd.theories.ensemble.statements import STATEMENTS

k, i, j = Free("k", "teacher"), Free("i", "outcome"), Free("j", "outcome")
p, w = variable("p", k, i), variable("w", k)


def compiled(source, folder):
    """Run pdflatex; what it complains of."""
    (folder / "report.tex").write_text(source, encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "report.tex"]
    run = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    log = run.stdout.decode(errors="replace")
    assert run.returncode == 0, log[-2000:]
    return [line for line in log.splitlines() if line.startswith(("!", "Overfull"))]


# -- what every format says -----------------------------------------------------------------


@pytest.mark.parametrize("format", ["markdown", "latex", "html", "json"])
def test_every_format_names_every_statement_and_verdict(linear, format):
    written = write_certificate(linear, format).replace("\\_", "_")
    for cell in linear.cells:
        assert cell.statement.id in written
        assert cell.verdict in written


@pytest.mark.parametrize("format", ["markdown", "latex", "html"])
def test_a_counterexample_is_written_with_its_fractions_and_numbers(geometric, format):
    written = write_certificate(geometric, format)
    for number in ("3/5", "3/10", "0.379796", "0.3"):
        assert number in written


def test_the_kernels_own_goal_stands_beside_the_words(geometric):
    cell = geometric["convexity.between"]
    written = write_certificate(geometric, "markdown")
    assert cell.statement.meaning in written
    assert "given  for all k, i: 0 < p_k(i)" in written
    assert "then   q_i ≤ max_k p_k(i)" in written


def test_a_goal_alone_is_written_without_names():
    goal = find_statement("convexity.simplex").goal(find_operator("linear"), Scope())
    written = goal_text(goal)
    assert "then   Σ_i Σ_k w_k·p_k(i) = 1" in written


def test_an_unknown_format_is_an_error(linear):
    with pytest.raises(ValueError, match="got docx"):
        write_certificate(linear, "docx")
    with pytest.raises(ValueError, match="got docx"):
        write_matrix([linear], "docx")


# -- LaTeX ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["linear", "geometric"])
def test_pdflatex_compiles_the_document(name, request, tmp_path):
    source = write_certificate(request.getfixturevalue(name), "latex")
    assert compiled(source, tmp_path) == []
    assert (tmp_path / "report.pdf").stat().st_size > 10_000


def test_pdflatex_compiles_a_fragment_inside_another_document(geometric, tmp_path):
    fragment = write_certificate(geometric, "latex", fragment=True)
    assert "\\documentclass" not in fragment
    (tmp_path / "appendix.tex").write_text(fragment, encoding="utf-8")
    lines = [line.removeprefix("% ") for line in fragment.splitlines()[:4]]
    preamble = "\n".join(line for line in lines if line.startswith("\\"))
    assert "amsthm" in preamble
    source = (
        f"\\documentclass{{article}}\n{preamble}\n\\begin{{document}}\\input{{appendix}}\\end{{document}}"
    )
    assert compiled(source, tmp_path) == []


@pytest.mark.parametrize("name", ["linear", "geometric"])
def test_pdflatex_compiles_every_statement_with_its_proof_or_counterexample(name, certified, tmp_path):
    certificate = certified(name)
    source = write_certificate(certificate, "latex")
    assert compiled(source, tmp_path) == []
    proved = sum(cell.verdict == "proved" for cell in certificate.cells)
    refuted = sum(cell.verdict == "refuted" for cell in certificate.cells)
    assert source.count("\\begin{proof}") >= proved > 0
    assert source.count("\\begin{axiomkdexample}") == refuted > 0


def test_a_counterexample_is_an_amsthm_example(geometric):
    written = write_certificate(geometric, "latex")
    assert written.count("\\begin{axiomkdexample}") == 2
    assert "\\newtheorem{axiomkdexample}{Counterexample}" in written


def test_a_proof_is_a_list_of_sentences(linear):
    written = write_certificate(linear, "latex")
    assert "By expanding and collecting:" in written
    assert "As every operation stays within its domain:" in written


def test_text_cannot_break_out_of_latex_or_html(linear):
    hostile = replace(linear.operator, title="<script>\\input{/etc/passwd}</script>")
    certificate = Certificate(hostile, (), {})
    assert "\\input" not in write_certificate(certificate, "latex")
    assert "<script>" not in write_certificate(certificate, "html")


# -- words ----------------------------------------------------------------------------------


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda statement: statement.id)
def test_a_meaning_is_read_without_latex(statement):
    assert not re.search(r"\\|\$|\bne\b", plain_words(statement.meaning))
    assert str(words(statement.meaning)).count("<i>") == statement.meaning.count("$") / 2


# -- HTML and JSON --------------------------------------------------------------------------


def test_the_page_loads_nothing_from_elsewhere(geometric):
    written = write_certificate(geometric, "html")
    assert "http" not in written
    assert "src=" not in written
    assert written.rstrip().endswith("</html>")


def test_a_matrix_in_json_is_a_list_of_the_same_cells(linear, geometric):
    cells = json.loads(write_matrix([linear, geometric], "json"))
    assert [cell.pop("operator") for cell in cells] == ["linear"] * 4 + ["geometric"] * 2
    alone = [cell for c in (linear, geometric) for cell in json.loads(c.to_json())["cells"]]
    assert cells == alone


def test_the_rows_of_a_matrix_in_json_say_what_the_table_does(linear, geometric):
    rows = json.loads(write_matrix([linear, geometric], "rows"))
    assert [row["verdict"] for row in rows] == ["proved"] * 3 + ["undecided"] + ["refuted"] * 2
    assert rows[4]["statement"] == "convexity.between"
    assert rows[4]["scope"] == "fails at K=2, V=3"


def test_a_matrix_in_markdown_has_a_column_for_each_operator(linear, geometric):
    lines = write_matrix([linear, geometric], "markdown").splitlines()
    assert lines[0] == "| statement | linear | geometric |"
    assert "| neutrality | ✓ |  |" in lines
    assert "| convexity.between |  | ✗ |" in lines


def test_a_matrix_as_a_page_says_in_each_cell_how(linear, geometric):
    page = write_matrix([linear, geometric], "html")
    assert "3 proved, 2 refuted, 1 undecided, of 2 operators and 6 statements" in page
    assert 'title="geometric, convexity.between: refuted, fails at K=2, V=3; p = (3/5, 3/10, 1/10)' in page
    assert "http" not in page


# -- the model ------------------------------------------------------------------------------


def test_the_row_of_a_refuted_cell(geometric):
    line = row(geometric["convexity.between"], {})
    assert line.scope == "fails at K=2, V=3"
    assert line.how == "p = (3/5, 3/10, 1/10), (1/10, 3/10, 3/5); w = (1/2, 1/2): 0.379796 > 0.3"
    assert line.margin == "0.07980"


def test_the_row_of_a_proved_cell(linear):
    line = row(linear["neutrality"], {})
    assert (line.scope, line.how) == ("any K, any V", "2 steps: algebraic, defined")


def test_paths_are_written_as_polynomials(geometric):
    example = report(geometric).sections[1].example
    values = example.inputs[1].values
    assert [text(value.name) for value in values] == ["T", "p", "w"]
    assert values[1].rows == (("1 - e", "e"), ("e^3", "1 - e^3"))


def test_the_constant_path_zero():
    assert polynomial(()) == "0"


# -- names ----------------------------------------------------------------------------------

VALUE = big_sum(k, w * p) ** 2
AT_J = replace_variables(VALUE, {"p": lambda k, _: variable("p", k, j)})


def test_the_operators_value_is_called_q_wherever_it_stands():
    (written,), (name,) = abbreviate([AtMost(VALUE, AT_J)], [], VALUE)
    assert text(written) == "q_i ≤ q_j"
    assert name.meaning is VALUE


def test_names_put_back_give_the_formula_again():
    other = big_sum(k, w * w * p) ** 3
    formula = Less(other + VALUE, other * 2)
    (written,), names = abbreviate([formula], [], VALUE)
    assert text(written) == "A_i + q_i < A_i·2"
    back = written
    for name in reversed(names):
        meaning = name.meaning
        back = replace_variables(back, {name.name.name: lambda _, meaning=meaning: meaning})
    assert back is formula


def test_a_name_is_none_that_the_goal_has_already():
    other, block = big_sum(k, w * w * p) ** 3, variable("A", i)
    (written,), _ = abbreviate([Less(other + block, other * 2)], [], VALUE)
    assert text(written) == "B_i + A_i < B_i·2"


def test_short_terms_keep_their_form():
    assert abbreviate([AtMost(ZERO, w)], [], VALUE) == ([AtMost(ZERO, w)], [])


def test_invented_indices_begin_again_with_the_first_letter(linear):
    goal = linear["well_defined.interior"].goal
    lines = [AtMost(ZERO, variable("w", Free(f"n{n}", "teacher"))) for n in (7, 8)]
    steps = tuple(Step("fact", line) for line in lines)
    assert [text(line) for line in readable(goal, Derivation(steps, (0,)))] == ["0 ≤ w_k", "0 ≤ w_k"]


def test_in_a_proof_with_assumptions_an_index_keeps_its_name(linear):
    goal = linear["well_defined.interior"].goal
    lines = [AtMost(variable("w", Free(f"n{n}", "teacher")), ONE) for n in (7, 8, 7)]
    steps = tuple(Step("assumption", line) for line in lines)
    names = [text(line) for line in readable(goal, Derivation(steps, (0,)))]
    assert names == ["w_k ≤ 1", "w_l ≤ 1", "w_k ≤ 1"]


def test_templates_are_part_of_the_package():
    folder = Path(axiomkd.report.__file__).parent / "templates"
    names = {path.name for path in folder.iterdir()}
    assert {"certificate.md", "certificate.tex", "certificate.html"} <= names
