"""Certificates in Rocq: accepted as they are, refused once tampered with."""

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from axiomkd.catalogue import find_statement
from axiomkd.export.files import certificate_cells, exported, file_of, header
from axiomkd.export.rocq import accepts, check_cells
from axiomkd.kernel.check import check
from axiomkd.kernel.evidence import Derivation, Paths, Step, Witness
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import ONE, ZERO, AtMost, Less
from axiomkd.kernel.wire import parse
from axiomkd.operators import CATALOGUE
from axiomkd.registry import find_operator
from axiomkd.statement import Scope

OPERATORS = Path(__file__).parents[1] / "data" / "operators"
KERNEL_ONLY: set[tuple[str, str]] = set()
"""The cells of the catalogue that are not exported, by operator and statement."""


def in_rocq(certificate):
    """The names of the cells that Rocq accepts, and of those that it does not, with the reason."""
    operator, cells = certificate_cells(parse(certificate.to_json()))
    verdicts = list(check_cells(header(operator), cells))
    return {v.statement for v in verdicts if v.accepted}, {
        (v.statement, v.reason) for v in verdicts if not v.accepted
    }


@pytest.mark.parametrize("name", [declared().id for declared in CATALOGUE])
def test_rocq_accepts_every_cell_of_the_catalogue(name, certified):
    certificate = certified(name)
    accepted, refused = in_rocq(certificate)
    assert {(name, statement) for statement, _ in refused} <= KERNEL_ONLY, refused
    decided = {cell.statement.id for cell in certificate.cells if cell.evidence is not None}
    assert accepted | {statement for operator, statement in KERNEL_ONLY if operator == name} == decided


@pytest.mark.parametrize("file", ["two-thirds-linear", "root-of-linear-times-maximum", "cubed-weights"])
def test_rocq_accepts_an_operator_straight_from_a_file(file, certified):
    certificate = certified(OPERATORS / f"{file}.toml")
    accepted, refused = in_rocq(certificate)
    assert not refused
    assert accepted


# -- tampered evidence, past the kernel --------------------------------------------------------


def text(operator, statement, evidence, scope=None):
    """The file of one cell, whatever the kernel thinks of it."""
    found = find_operator(operator)
    goal = find_statement(statement).goal(found, scope or Scope())
    return file_of(header(found), [exported(found, statement, goal, evidence)])


def evidence_of(certified, operator, statement, kind):
    evidence = certified(operator)[statement].evidence
    assert isinstance(evidence, kind)
    return evidence


def refused_by_both(operator, statement, evidence):
    """The kernel refuses the evidence, and so does Rocq on its own."""
    found = find_operator(operator)
    with pytest.raises(Refused):
        check(find_statement(statement).goal(found, Scope()), evidence)
    return accepts(text(operator, statement, evidence))


def test_a_derivation_of_something_false_is_refused(certified):
    good = evidence_of(certified, "linear", "positivity.all", Derivation)
    assert accepts(text("linear", "positivity.all", good)) == ""
    false = Step("sign_of_parts", Less(ONE, ZERO))
    assert refused_by_both("linear", "positivity.all", replace(good, steps=(false, *good.steps[1:])))


def test_a_derivation_that_stops_short_is_refused(certified):
    good = evidence_of(certified, "linear", "convexity.simplex", Derivation)
    short = replace(good, establishes=(good.establishes[1], *good.establishes[1:]))
    assert refused_by_both("linear", "convexity.simplex", short)


def test_a_step_that_does_not_follow_is_refused(certified):
    good = evidence_of(certified, "linear", "floor.atom", Derivation)
    place = next(
        n for n, step in enumerate(good.steps) if isinstance(step.conclusion, AtMost) and step.premises
    )
    step = good.steps[place]
    turned = replace(step, conclusion=AtMost(step.conclusion.right, step.conclusion.left))
    assert refused_by_both(
        "linear", "floor.atom", replace(good, steps=(*good.steps[:place], turned, *good.steps[place + 1 :]))
    )


def test_a_witness_at_which_the_statement_holds_is_refused(certified):
    good = evidence_of(certified, "geometric", "attenuation.ceiling", Witness)
    assert accepts(text("geometric", "attenuation.ceiling", good)) == ""
    alike = replace(good, values=tuple((n, (v[0],) * len(v) if n == "p" else v) for n, v in good.values))
    assert refused_by_both("geometric", "attenuation.ceiling", alike)


def test_a_witness_outside_of_the_domain_is_refused(certified):
    good = evidence_of(certified, "geometric", "attenuation.ceiling", Witness)
    heavy = replace(
        good, values=tuple((n, tuple(2 * x for x in v) if n == "w" else v) for n, v in good.values)
    )
    assert refused_by_both("geometric", "attenuation.ceiling", heavy)


def test_a_path_with_the_limit_required_is_refused(certified):
    good = evidence_of(certified, "weighted-uniform", "temperature.pool_argmax", Paths)
    assert accepts(text("weighted-uniform", "temperature.pool_argmax", good)) == ""
    assert refused_by_both("linear", "temperature.pool_argmax", good)


def test_a_separator_that_does_not_separate_is_refused(certified):
    good = evidence_of(certified, "geometric", "convexity.hull", Witness)
    blunt = replace(good, separator=(Fraction(0),) * len(good.separator))
    assert refused_by_both("geometric", "convexity.hull", blunt)


# -- the text ----------------------------------------------------------------------------------


def test_a_theorem_stands_in_the_statements_own_words(certified):
    operator, cells = certificate_cells(parse(certified("linear").to_json()))
    whole = file_of(header(operator), cells)
    assert (
        "Definition linear : rule := fun K V p T raw w i =>\n  (rsum K (fun n0 => ((w n0) * (p n0 i))))."
        in whole
    )
    claim = "Theorem linear_unanimity : forall K V : nat, (1 <= K)%nat -> (2 <= V)%nat -> "
    claim += "unanimity K V linear linear_defined."
    assert claim in whole


def test_no_floating_point_of_the_machine_is_trusted(certified):
    operator, cells = certificate_cells(parse(certified("geometric").to_json()))
    witnesses = [cell for cell in cells if cell.name.endswith("_fails")][:3]
    asked = "".join(f"Print Assumptions {cell.name}.\n" for cell in witnesses)
    printed = accepts(file_of(header(operator), witnesses) + asked, printing=True)
    assert "sig_forall_dec" in printed
    assert not re.search(r"Float", printed)
