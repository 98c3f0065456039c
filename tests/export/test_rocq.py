"""Running Rocq: which cells it accepts, and that no cell is taken for another."""

import os
import tomllib
from pathlib import Path

from axiomkd.claims import model
from axiomkd.explore import stored
from axiomkd.export import rocq
from axiomkd.export.cells import Exported
from axiomkd.export.naming import LIBRARY, PLACES, library
from axiomkd.export.rocq import check_cells, compiled_library

LEMMA = "Lemma {name} : {claim}. Proof. exact I. Qed.\n"


def lemma(name, claim="True", missing=()):
    return Exported(name, name, LEMMA.format(name=name, claim=claim), missing)


def test_one_refused_cell_does_not_take_others_with_it():
    cells = [lemma("a"), lemma("b"), lemma("c", "False"), lemma("d"), lemma("e", "1 = 2")]
    verdicts = check_cells("", cells)
    assert [verdict.name for verdict in verdicts] == list("abcde")
    assert [verdict.accepted for verdict in verdicts] == [True, True, False, True, False]
    assert "Rocq refuses it: Error" in verdicts[2].reason


def test_a_cell_that_is_not_written_is_not_accepted():
    (verdict,) = check_cells("", [lemma("a", missing=("no words for it",))])
    assert (verdict.accepted, verdict.reason) == (False, "not written for Rocq: no words for it")


def test_rocq_is_not_waited_for_without_end(monkeypatch):
    compiled_library()
    monkeypatch.setattr(rocq, "SECONDS", 0)
    (verdict,) = check_cells("", [lemma("a")])
    assert (verdict.accepted, verdict.reason) == (False, "Rocq gives no answer within 0 s")


def test_nothing_to_check():
    assert check_cells("", []) == []


def test_the_library_is_found_beside_the_program():
    assert all((library() / f"{name}.v").exists() for name in LIBRARY)
    assert os.access(library(), os.R_OK)


def test_the_wheel_brings_along_what_is_stored_beside_the_package():
    root = Path(__file__).parents[2]
    project = tomllib.loads((root / "pyproject.toml").read_text())
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    places = {root / folder: root / place for folder, place in wheel["sources"].items()}
    papers, verdicts = (module.PLACES[::-1] for module in (model, stored))
    assert places == {library(): PLACES[0], papers[0]: papers[1], verdicts[0]: verdicts[1]}
    files = {
        "/proofs/rocq/*.v",
        "/proofs/claims/*.toml",
        "/reports/matrix.json",
        "/reports/implications.json",
    }
    assert files <= set(wheel["include"])
