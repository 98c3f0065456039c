"""What Rocq says of the catalogue: recorded in its certificates, and counted."""

import importlib.util
import json
from dataclasses import replace
from pathlib import Path

import pytest

from axiomkd.recheck import check_file

SCRIPT = Path(__file__).parents[2] / "scripts" / "catalogue.py"
YES = {"accepted": True, "seconds": 1.5, "reason": ""}
NO = {"accepted": False, "seconds": 0.5, "reason": "not written for Rocq: fact 6"}


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    """The script, with its certificates in a folder of the test."""
    spec = importlib.util.spec_from_file_location("catalogue_script", SCRIPT)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    monkeypatch.setattr(script, "file_of", lambda operator: tmp_path / f"{operator}.json.gz")
    return script


@pytest.fixture
def asked(linear):
    """A certificate of three cells, of two of which Rocq has been asked."""
    few = replace(linear, cells=linear.cells[:3])
    said = {few.cells[0].statement.id: YES, few.cells[1].statement.id: NO}
    return replace(few, run={"rocq": said, "rocq_megabytes": 700, "seconds": 3})


def stored(catalogue):
    return check_file(catalogue.file_of("linear")).certificate


def test_what_rocq_has_said_is_stored(catalogue, asked):
    catalogue.store(asked)
    assert stored(catalogue).run == {key: asked.run[key] for key in ("rocq", "rocq_megabytes")}


def test_it_stays_for_the_cells_that_are_the_same(catalogue, asked):
    catalogue.store(asked)
    other = replace(asked.cells[1], tried=("another",))
    catalogue.store(replace(asked, cells=(asked.cells[0], other, asked.cells[2]), run={}))
    assert stored(catalogue).run == {"rocq": {asked.cells[0].statement.id: YES}, "rocq_megabytes": 700}


def test_rocq_is_asked_only_of_the_rest(catalogue, asked, monkeypatch):
    def with_rocq(certificate):
        return replace(certificate, run={"rocq": {cell.statement.id: YES for cell in certificate.cells}})

    monkeypatch.setattr(catalogue, "with_rocq", with_rocq)
    catalogue.store(asked)
    said = json.loads(catalogue.in_rocq("linear"))["run"]["rocq"]
    first, second, third = (cell.statement.id for cell in asked.cells)
    assert said == {first: YES, second: NO, third: YES}


def test_the_figures_of_a_certificate(catalogue, asked):
    text = catalogue.rocq_figures([asked])
    assert "| linear | 1 | 0 | 1 | 1 | 2 | 700 |" in text
    assert "Rocq accepts 1 of 3 decided cells." in text
    assert f"- linear, {asked.cells[1].statement.id}: kernel only: {NO['reason']}" in text
