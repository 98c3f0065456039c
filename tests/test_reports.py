"""The stored certificates of the catalogue, and the reports made of them, are about today's operators."""

from pathlib import Path

import pytest

from axiomkd.operators import CATALOGUE
from axiomkd.recheck import check_file
from axiomkd.registry import find_operator
from axiomkd.report import write_matrix
from axiomkd.statement import Scope
from axiomkd.theories.ensemble.statements import STATEMENTS

ROOT = Path(__file__).parents[1]
CERTIFICATES = ROOT / "proofs" / "catalogue"
IDS = [declared.id for declared in CATALOGUE]
MOST_UNDECIDED = 0.03
AGAIN = "expected the files that scripts/catalogue.py writes, got others"


@pytest.fixture(scope="module")
def outcomes():
    """What the kernel says of each stored certificate."""
    return {id: check_file(CERTIFICATES / f"{id.replace('/', '_')}.json.gz") for id in IDS}


def test_the_kernel_accepts_every_stored_cell(outcomes):
    assert not [reason for outcome in outcomes.values() for reason in outcome.refused], AGAIN


def test_the_certificates_are_about_the_operators_of_the_catalogue(outcomes):
    for id, outcome in outcomes.items():
        operator = find_operator(id)
        assert outcome.certificate.operator == operator, AGAIN
        asked = [s.id for s in STATEMENTS if s.goal(operator, Scope()) is not None]
        assert [cell.statement.id for cell in outcome.certificate.cells] == asked, AGAIN
    assert len(list(CERTIFICATES.iterdir())) == len(IDS)


def test_few_cells_are_undecided(outcomes):
    verdicts = [cell.verdict for outcome in outcomes.values() for cell in outcome.certificate.cells]
    assert verdicts.count("undecided") <= MOST_UNDECIDED * len(verdicts)


@pytest.mark.parametrize(("format", "suffix"), [("markdown", "md"), ("html", "html"), ("rows", "json")])
def test_the_reports_are_not_stale(format, suffix, outcomes):
    certificates = [outcome.certificate for outcome in outcomes.values()]
    stored = (ROOT / "reports" / f"matrix.{suffix}").read_text()
    assert stored == write_matrix(certificates, format), AGAIN
