"""The store of candidates: nothing that is read from it is believed."""

import re
import sqlite3

import pytest
from support.enumerated import COOLED, COOLED_FIRST, EASY, HALF, LINEAR, stored

from axiomkd.errors import AxiomkdError, DeclarationError, EvidenceError
from axiomkd.explore.store import Store
from axiomkd.kernel.judgement import Refused


@pytest.fixture
def file(tmp_path):
    """A store with one rule that satisfies what is required and one that does not."""
    path = tmp_path / "store.sqlite"
    stored([LINEAR, HALF], path).__exit__()
    return path


def changed(file, statement, *values):
    connection = sqlite3.connect(file)
    with connection:
        connection.execute(statement, values)
    connection.close()


def test_what_is_stored_is_read_again(file):
    with Store(file) as store:
        assert store.required == EASY
        linear, half = store.entries()
        assert (linear.title, linear.outcome, linear.statement) == ("linear", "satisfies", "")
        assert (half.title, half.outcome, half.statement) == (
            "unnormalised(root)",
            "refuted",
            "convexity.simplex",
        )
        assert [cell.verdict for cell in store.cells(0)] == ["proved", "proved"]
        assert [cell.verdict for cell in store.cells(1)] == ["refuted"]
        assert store.counts() == {(1, "satisfies"): 1, (2, "refuted"): 1}


def test_the_file_is_written_ahead(file):
    with Store(file) as store:
        assert store.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_evidence_stands_under_the_hash_of_its_text(file):
    changed(file, "UPDATE evidence SET body = replace(body, '2', '3')")
    with Store(file) as store, pytest.raises(EvidenceError, match="of the hash"):
        store.cells(0)


def test_evidence_of_another_statement_is_refused(file):
    changed(file, "UPDATE cells SET statement = 'unanimity' WHERE statement = 'positivity.all'")
    with Store(file) as store, pytest.raises((Refused, AxiomkdError)):
        store.cells(0)


def test_evidence_about_another_rule_is_refused(file):
    query = "SELECT declaration FROM candidates WHERE number = 0"
    changed(file, f"UPDATE candidates SET declaration = ({query}) WHERE number = 1")
    with Store(file) as store, pytest.raises(Refused):
        store.cells(1)


def test_a_verdict_is_read_off_the_evidence(file):
    changed(file, "UPDATE cells SET verdict = 'proved' WHERE candidate = 1")
    with Store(file) as store:
        assert [cell.verdict for cell in store.cells(1)] == ["refuted"]


def test_equal_evidence_is_stored_once(tmp_path):
    with stored([COOLED, COOLED_FIRST, LINEAR]) as store:
        names = store.connection.execute("SELECT sha256 FROM evidence").fetchall()
        used = store.connection.execute("SELECT evidence FROM cells UNION SELECT evidence FROM twins")
        assert sorted(names) == sorted(used)


def test_a_store_of_another_version_is_refused(file):
    changed(file, "UPDATE meta SET value = '0' WHERE key = 'schema'")
    with pytest.raises(DeclarationError, match="expected a store of version 1, got 0"):
        Store(file)


def test_a_file_that_is_no_store_is_refused(tmp_path):
    other = tmp_path / "other"
    other.write_text("not a database, and long enough to be looked at" * 20)
    with pytest.raises(DeclarationError, match="expected a store of candidates"):
        Store(other)


def test_a_store_is_continued_only_when_asked_and_for_the_same_axioms(file):
    with Store(file) as store:
        with pytest.raises(DeclarationError, match="--resume"):
            store.begin(EASY, resume=False)
        with pytest.raises(DeclarationError, match=f"expected --require {re.escape(','.join(EASY))}"):
            store.begin(("unanimity",), resume=True)
        store.begin(EASY, resume=True)
