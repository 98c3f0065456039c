"""The claims of papers: what is read, how it is judged, what the reports say."""

import json
import subprocess

import pytest

from axiomkd.claims.evaluate import judge
from axiomkd.claims.model import find_paper, papers, read_paper
from axiomkd.cli import main
from axiomkd.errors import AxiomkdError, UnknownName
from axiomkd.report.claims import write_claims

PAPER = """
[paper]
id = "small"
title = "A small paper"
subject = "Two claims"

[lists.bounds]
title = "Both bounds"
statements = ["floor.atom", "attenuation.ceiling"]

[[claim]]
id = "1"
place = "Theorem 1"
printed = "The geometric pool has both bounds."
expected = "false"
repair = "It has the floor."
[[claim.printed_parts]]
operators = ["geometric"]
satisfy = ["bounds"]
[[claim.repaired_parts]]
operators = ["geometric"]
satisfy = ["floor.atom"]

[[claim]]
id = "2"
place = "Theorem 2"
printed = "A rule between its teachers has both bounds, and the linear pool is not the first teacher."
expected = "true"
[[claim.printed_parts]]
premises = ["convexity.between"]
conclusions = ["bounds"]
[[claim.printed_parts]]
distinct = ["linear", "first-teacher"]

[survey]
question = "Do linear and geometric satisfy it?"
operators = ["linear", "geometric"]
statements = ["variance.trace"]
"""


@pytest.fixture(scope="module")
def judgements(tmp_path_factory):
    file = tmp_path_factory.mktemp("claims") / "small.toml"
    file.write_text(PAPER)
    return judge(read_paper(file))


def test_verdicts_come_out_of_the_parts(judgements):
    assert [judged.verdict for judged in judgements.claims] == ["false", "true"]
    assert judgements.claims[0].repair_verdict == "true"
    assert judgements.as_expected


def test_an_edited_expectation_is_not_met(tmp_path):
    file = tmp_path / "small.toml"
    file.write_text(PAPER.split('[[claim]]\nid = "2"')[0].replace('expected = "false"', 'expected = "true"'))
    judgements = judge(read_paper(file))
    assert [judged.verdict for judged in judgements.claims] == ["false"]
    assert not judgements.as_expected


def test_a_repair_that_fails_is_not_as_expected(tmp_path):
    file = tmp_path / "small.toml"
    first = PAPER.split('[[claim]]\nid = "2"')[0]
    file.write_text(first.replace('satisfy = ["floor.atom"]', 'satisfy = ["attenuation.ceiling"]'))
    (judged,) = judge(read_paper(file)).claims
    assert (judged.verdict, judged.repair_verdict) == ("false", "false")
    assert not judged.as_expected


def test_the_survey_finds_a_ratio_above_one_for_what_fails(judgements):
    (linear, none), (geometric, most) = judgements.survey.cells
    assert (linear.verdict, none.verdict) == ("proved", "undecided")
    assert (geometric.verdict, most.verdict) == ("refuted", "refuted")
    margin = most.checked.margin
    assert float(margin.left) > 2 * float(margin.right)


@pytest.mark.parametrize("format", ["markdown", "latex", "html"])
def test_reports_say_what_was_found(judgements, format):
    text = write_claims(judgements, format)
    assert "Theorem 1" in text
    assert "attenuation.ceiling" in text.replace(r"\allowbreak{}", "")
    assert "It has the floor." in text


def test_the_json_holds_the_evidence(judgements):
    data = json.loads(write_claims(judgements, "json"))
    assert [claim["verdict"] for claim in data["claims"]] == ["false", "true"]
    found = data["claims"][0]["parts"][0]["found"]
    assert {cell["statement"]: cell["verdict"] for cell in found} == {
        "floor.atom": "proved",
        "attenuation.ceiling": "refuted",
    }


def test_the_latex_compiles(judgements, tmp_path):
    (tmp_path / "claims.tex").write_text(write_claims(judgements, "latex"))
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "claims.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-600:]


# -- the paper itself ---------------------------------------------------------------------------


def test_the_claims_of_the_paper_come_out_as_expected_and_every_repair_holds():
    judgements = judge(find_paper("2601.09165"))
    assert {judged.claim.id: judged.verdict for judged in judgements.claims} == {
        judged.claim.id: judged.claim.expected for judged in judgements.claims
    }
    assert {judged.repair_verdict for judged in judgements.claims if judged.repaired} == {"true"}
    fails = {cell.operator.id for cell, _ in judgements.survey.cells if cell.verdict == "refuted"}
    assert fails == {cell.operator.id for cell, _ in judgements.survey.cells} - {"linear"}


# -- what is refused ----------------------------------------------------------------------------


def test_an_unknown_paper_lists_the_known_ones(capsys):
    with pytest.raises(UnknownName, match=r"2601\.09165"):
        find_paper("2601.0916")
    with pytest.raises(SystemExit) as ended:
        main(["claims", "nothing"])
    assert ended.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert papers() == ["2601.09165"]


@pytest.mark.parametrize(
    "old, new",
    [
        ('expected = "false"', 'expected = "maybe"'),
        ('satisfy = ["floor.atom"]', 'satisfy = ["floor.atoms"]'),
        ('operators = ["geometric"]', 'operators = ["geometrical"]'),
        ('repair = "It has', 'repairs = "It has'),
        ('premises = ["convexity.between"]', 'premises = "convexity.between"'),
        ("[paper]", "[papers]"),
        ("[[claim.repaired_parts]]", '[[claim.repaired_parts]]\nholds = "no"'),
        ("[[claim.repaired_parts]]", "[[claim.repaired_parts]]\nV = 0"),
        ('distinct = ["linear", "first-teacher"]', "distinct = [1, 2]"),
        ("[survey]", "[survey"),
        ('satisfy = ["floor.atom"]', "satisfy = []"),
        ('distinct = ["linear", "first-teacher"]', "distinct = []"),
        ('satisfy = ["floor.atom"]', 'satisfy = ["marginalisation"]\nV = 2'),
        ("[survey]", '[[operator]]\nid = "linear"\nexpr = "p[1,i]"\n[survey]'),
    ],
)
def test_a_file_of_claims_that_is_none_is_refused(tmp_path, old, new):
    file = tmp_path / "small.toml"
    file.write_text(PAPER.replace(old, new))
    with pytest.raises(AxiomkdError) as error:
        read_paper(file)
    assert "\n" not in str(error.value)
