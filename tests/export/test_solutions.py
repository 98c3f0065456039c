"""Rules that are given by an equation, in Rocq: about every function that solves it."""

from dataclasses import replace
from fractions import Fraction

import pytest

from axiomkd.export.cells import exported
from axiomkd.export.files import certificate_cells, file_of, header
from axiomkd.export.rocq import accepts
from axiomkd.kernel.evidence import Root
from axiomkd.kernel.wire import parse
from axiomkd.registry import find_operator

CELLS = (
    "unanimity",  # proved, of teachers that are one
    "response",  # proved, of two inputs
    "positivity.zero",  # proved, of inputs with zeros
    "weight_monotonicity.log_odds",  # refuted by odds that are undefined
    "positivity.some",  # refuted where it is supposed that the aggregate is defined
    "variance.correlated",  # refuted by an input in every scenario
)


@pytest.fixture(scope="module")
def tsallis(certified):
    return certified("tsallis-2")


def written(certificate, statement, evidence=None):
    """A cell, perhaps with other evidence, as a file of its own."""
    cell = certificate[statement]
    text = exported(certificate.operator, statement, cell.goal, evidence or cell.evidence)
    return text if text.missing else file_of(header(certificate.operator), [text])


def test_rocq_accepts_what_is_said_of_every_solution(tsallis):
    operator, cells = certificate_cells(parse(tsallis.to_json()))
    some = [cell for cell in cells if cell.statement in CELLS]
    assert not [cell.missing for cell in some if cell.missing]
    assert {cell.statement for cell in some} == set(CELLS)
    assert accepts(file_of(header(operator), some)) == ""


def test_a_theorem_is_about_every_function_that_solves(tsallis):
    text = written(tsallis, "unanimity")
    claim = "Theorem tsallis_2_unanimity : forall solution, tsallis_2_solved solution -> forall K V : nat, "
    claim += (
        "(1 <= K)%nat -> (2 <= V)%nat -> unanimity K V (tsallis_2 solution) (tsallis_2_defined solution)."
    )
    assert claim in text


def test_a_refutation_is_about_every_function_that_gives_the_solution(tsallis):
    text = written(tsallis, "convexity.between")
    claim = "exists (parameter_c1 : R) (p : nat -> nat -> R) (w : nat -> R), "
    claim += "tsallis_2_solves 2%nat 3%nat p w parameter_c1 /\\ "
    claim += "forall solution, solution 2%nat 3%nat p w = parameter_c1 -> ~ convexity_between 2 3 "
    assert claim in text


def test_a_number_that_does_not_solve_is_refused(tsallis):
    witness = tsallis["convexity.between"].evidence
    moved = tuple(
        (name, value + Fraction(1, 1000) if name == "c1" else value) for name, value in witness.values
    )
    refused = written(tsallis, "convexity.between", replace(witness, values=moved))
    assert "not a valid ring equation" in accepts(refused)


def test_a_number_known_by_an_interval_is_not_written(tsallis):
    cell = tsallis["convexity.between"]
    evidence = replace(cell.evidence, roots=(Root("c1", (), Fraction(1, 10), fact=4),))
    (reason,) = written(tsallis, "convexity.between", evidence).missing
    assert reason == "a witness with a number of which only an interval is known"


def test_an_operation_that_the_library_lacks_is_not_written():
    operator = find_operator("dirichlet-mean")
    assert header(operator) == "(* Mean of the matching Dirichlet distribution *)\n"
