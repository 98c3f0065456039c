"""The stored evidence on non-uniqueness and independence stands today, and its reports are not stale."""

from pathlib import Path

import pytest

from axiomkd.explore import independence, nonuniqueness
from axiomkd.explore.independence import AXIOMS_1_TO_5, REPAIRED
from axiomkd.report.exploration import write_independence, write_nonuniqueness

ROOT = Path(__file__).parents[2]
AGAIN = "expected the files that scripts/exploration.py writes, got others"


def evidence(name):
    return ROOT / "proofs" / "explore" / f"{name}.json.gz"


@pytest.fixture(scope="module")
def several():
    return nonuniqueness.check_file(evidence("nonuniqueness"))


@pytest.fixture(scope="module")
def independent():
    return independence.check_file(evidence("independence"))


def stored(name, suffix):
    return (ROOT / "reports" / f"{name}.{suffix}").read_text()


@pytest.mark.parametrize(("format", "suffix"), [("markdown", "md"), ("html", "html")])
def test_the_reports_are_not_stale(format, suffix, several, independent):
    assert stored("nonuniqueness", suffix) == write_nonuniqueness(several, format), AGAIN
    assert stored("independence", suffix) == write_independence(independent, format), AGAIN


def test_axioms_1_to_5_have_infinitely_many_rules(several):
    assert several.required == AXIOMS_1_TO_5
    assert len(several.members) > 1 and several.families


def test_each_printed_axiom_is_independent_and_what_is_open_is_told(independent):
    printed, repaired = independent
    assert (printed.required, repaired.required) == (AXIOMS_1_TO_5, REPAIRED)
    assert {axiom for axiom, _ in printed.rules} == set(AXIOMS_1_TO_5)
    assert repaired.proof("positivity.all") is not None
