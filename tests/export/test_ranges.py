"""Rules with a parameter that has a range, in Rocq: theorems about all of its values, or about one."""

from fractions import Fraction as F

import pytest

from axiomkd.certificate import Certificate
from axiomkd.export.files import certificate_cells, file_of, header
from axiomkd.export.rocq import accepts, check_cells
from axiomkd.kernel.wire import parse
from axiomkd.language.ranges import Range
from axiomkd.operator import Operator
from axiomkd.portfolio import certify

POWER = "Sum(w[k]*p[k,i]**b, k)**(1/b)"
"""Statements call an index b: the parameter must not be taken for it."""
STATEMENTS = (
    *("log_loss.pointwise", "unanimity", "continuity.interior", "temperature.uniform"),
    *("temperature.identity", "clone_invariance", "convexity.between"),
)


@pytest.fixture(scope="module")
def cells():
    rule = Operator.declare("power", mass=POWER, parameters={"b": Range(0, 1, open="left")})
    return exported(certify(rule, STATEMENTS))


def exported(certificate: Certificate):
    operator, found = certificate_cells(parse(certificate.to_json()))
    return header(operator), {cell.name: cell for cell in found}


def theorem(cell):
    lines = cell.text.splitlines()
    return next(line for line in lines if line.startswith(f"Theorem {cell.name} "))


def test_rocq_accepts_every_cell(cells):
    start, found = cells
    assert [(v.name, v.reason) for v in check_cells(start, list(found.values())) if not v.accepted] == []
    assert len(found) >= len(STATEMENTS)


def test_what_is_proved_is_about_all_values(cells):
    start, found = cells
    assert "Definition power (parameter_b : R) : rule :=" in start
    said = theorem(found["power_log_loss_pointwise"])
    assert "forall parameter_b : R, (0 < parameter_b) -> (parameter_b <= 1) -> forall K V : nat" in said
    assert said.endswith("log_loss_pointwise K V (power parameter_b) (power_defined parameter_b).")


def test_what_is_refuted_is_about_one_value(cells):
    said = theorem(cells[1]["power_convexity_between_fails"])
    assert (
        "exists parameter_b : R, (0 < parameter_b) /\\ (parameter_b <= 1) /\\ (~ convexity_between 2 3"
        in said
    )


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("power_log_loss_pointwise", "(parameter_b <= 1) -> forall K", "(parameter_b <= 2) -> forall K"),
        ("power_convexity_between_fails", "R, (0 < parameter_b)", "R, (1 < parameter_b)"),
    ],
)
def test_another_range_is_refused(cells, name, old, new):
    start, found = cells
    cell = found[name]
    assert theorem(cell).count(old) == 1
    wider = cell.text.replace(theorem(cell), theorem(cell).replace(old, new))
    assert "Rocq refuses it" in accepts(start + wider)
    assert not accepts(file_of(start, [cell]))


def test_a_range_without_ends_and_a_second_parameter():
    rule = Operator.declare(
        "two",
        expr="(1-t)*p[1,i] + t*Sum(w[k]*p[k,i], k) + c0*0",
        parameters={"t": Range(0, F(1, 2)), "c0": Range(None, None)},
    )
    start, found = exported(certify(rule, ["convexity.simplex", "anonymity"]))
    assert "forall parameter_t parameter_c0 : R, (0 <= parameter_t) ->" in theorem(
        found["two_convexity_simplex"]
    )
    assert [(v.name, v.reason) for v in check_cells(start, list(found.values())) if not v.accepted] == []
