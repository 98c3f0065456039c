"""The reports on implications are about today's verdicts, and the kernel accepts all that they claim."""

from pathlib import Path

import pytest

from axiomkd.explore.conjectures import conjectures
from axiomkd.explore.lattice import Context
from axiomkd.explore.stored import Known, stored_matrix
from axiomkd.report.lattice import write_conjectures

REPORTS = Path(__file__).parents[1] / "reports"
AGAIN = "expected the files that scripts/implications.py writes, got others"


@pytest.fixture(scope="module")
def settled():
    """The implications of today's matrix, as far as they are stored: none is decided here."""
    context, known = Context.of(stored_matrix()), Known.with_package()
    asked = {*context.single(), *context.several()}
    assert known.entries.keys() == asked, AGAIN
    return conjectures(context, known=known)


@pytest.mark.parametrize(("format", "suffix"), [("markdown", "md"), ("html", "html"), ("json", "json")])
def test_the_reports_are_not_stale(format, suffix, settled):
    assert (REPORTS / f"implications.{suffix}").read_text() == write_conjectures(settled, format), AGAIN
