"""Certificates in Rocq: accepted as they are, refused once tampered with."""

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from support.certificates import EVERYTHING

from axiomkd.catalogue import find_statement
from axiomkd.export.cells import unwritten
from axiomkd.export.files import certificate_cells, exported, file_of, header
from axiomkd.export.naming import coq_name, library
from axiomkd.export.rocq import accepts, check_cells
from axiomkd.export.wording import WORDINGS
from axiomkd.kernel.check import check
from axiomkd.kernel.evidence import Derivation, Paths, Step, Witness
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import ONE, ZERO, AtMost, Less
from axiomkd.kernel.wire import parse
from axiomkd.operators import CATALOGUE
from axiomkd.registry import find_operator
from axiomkd.statement import Scope
from axiomkd.theories.ensemble.statements import STATEMENTS

OPERATORS = Path(__file__).parents[1] / "data" / "operators"
KERNEL_ONLY: set[tuple[str, str]] = {
    ("contrastive-1/2", "temperature.pool_argmax"),
    *(
        (operator, f"temperature.{limit}")
        for operator in ("majority-vote", "top-k-1", "top-k-2")
        for limit in ("uniform", "pool_uniform")
    ),
    ("top-k-2", "continuity.closed"),
}
"""The cells of the catalogue that are not exported, by operator and statement."""
IN_ROCQ = (
    [declared().id for declared in CATALOGUE if not unwritten(declared())]
    if EVERYTHING
    else ["linear", "geometric", "maximum", "first-teacher"]
)
"""The operators all of whose cells go through Rocq here; ``scripts/sweep`` takes the whole catalogue."""


def in_rocq(certificate):
    """The names of the cells that Rocq accepts, and of those that it does not, with the reason."""
    operator, cells = certificate_cells(parse(certificate.to_json()))
    verdicts = list(check_cells(header(operator), cells))
    return {v.statement for v in verdicts if v.accepted}, {
        (v.statement, v.reason) for v in verdicts if not v.accepted
    }


@pytest.mark.parametrize("name", IN_ROCQ)
def test_rocq_accepts_every_cell_of_the_catalogue(name, certified):
    certificate = certified(name)
    accepted, refused = in_rocq(certificate)
    assert {(name, statement) for statement, _ in refused} <= KERNEL_ONLY, refused
    decided = {cell.statement.id for cell in certificate.cells if cell.evidence is not None}
    assert accepted | {statement for operator, statement in KERNEL_ONLY if operator == name} == decided


def test_rocq_accepts_case_distinctions_between_numbers(certified):
    certificate = certified("top-k-2")
    operator, cells = certificate_cells(parse(certificate.to_json()))
    wanted = {"convexity.simplex", "neutrality", "clone_invariance"}
    some = [cell for cell in cells if cell.statement in wanted]
    assert {cell.statement for cell in some if not cell.missing} == wanted
    assert accepts(file_of(header(operator), some)) == ""


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


# -- paths on which every variable moves -----------------------------------------------------------


def line(*coefficients):
    return tuple(map(Fraction, coefficients))


def test_two_paths_with_different_limits_are_two_limits_in_rocq(geometric):
    evidence = geometric["continuity.closed"].evidence
    written = text("geometric", "continuity.closed", evidence)
    assert "two_limits" in written
    assert accepts(written) == ""


POWERS = """[operator]
id = "weighted-powers"
theory = "ensemble"
title = "Product of powers, not normalised"
expr = "Prod(p[k,i]**w[k], k)"
"""
BEST = """[operator]
id = "best-only"
theory = "ensemble"
title = "Mean of probabilities, kept where it is largest"
mass = "Piecewise((Sum(w[k]*p[k,i], k), Sum(w[k]*p[k,i], k) >= Max(Sum(w[k]*p[k,j], k), j)), (0, True))"
"""
MOVING_WEIGHTS = (
    ("T", ((Fraction(1),), (Fraction(1),))),
    ("p", ((line(0), line(1)), (line(1), line(0)))),
    ("w", (line(0, 1), line(1, -1))),
)
TO_A_TIE = (
    ("T", ((Fraction(1),),)),
    ("p", ((line("1/2", "1/6"), line("1/2", "-1/6")),)),
    ("w", ((Fraction(1),),)),
)


@pytest.mark.parametrize(
    "written, statement, teachers, path",
    [
        (POWERS, "continuity.closed", 2, MOVING_WEIGHTS),
        (BEST, "continuity.interior", 1, TO_A_TIE),
    ],
    ids=["a power under a weight that vanishes", "a case that changes at a tie"],
)
def test_a_limit_that_is_not_the_value_at_the_end(written, statement, teachers, path, tmp_path):
    file = tmp_path / "operator.toml"
    file.write_text(written)
    evidence = Paths((("teacher", teachers), ("outcome", 2)), (path,), (("i", 1),))
    check(find_statement(statement).goal(find_operator(str(file)), Scope()), evidence)
    assert accepts(text(str(file), statement, evidence)) == ""
    still = tuple((name, ended(part)) for name, part in path)
    assert refused_by_both(str(file), statement, replace(evidence, paths=(still,)))


def towards_a_tie(slope):
    return tuple(
        (name, ((line("1/2", slope), line("1/2", -Fraction(slope))),) if name == "p" else part)
        for name, part in TO_A_TIE
    )


@pytest.fixture
def two_paths(tmp_path):
    """An operator, and two paths to a tie from either side."""
    file = tmp_path / "operator.toml"
    file.write_text(BEST)
    paths = (towards_a_tie("1/6"), towards_a_tie("-1/6"))
    return str(file), Paths((("teacher", 1), ("outcome", 2)), paths, (("i", 1),))


def test_two_paths_from_either_side_of_a_tie(two_paths):
    operator, evidence = two_paths
    check(find_statement("continuity.interior").goal(find_operator(operator), Scope()), evidence)
    assert accepts(text(operator, "continuity.interior", evidence)) == ""


def test_two_paths_with_one_limit_are_refused(two_paths):
    operator, good = two_paths
    assert refused_by_both(operator, "continuity.interior", replace(good, paths=(good.paths[0],) * 2))


def test_a_path_that_leaves_the_domain_is_refused(two_paths):
    operator, good = two_paths
    outside = tuple(
        (name, ((line("1/2", 1), line("1/2", "-1/2")),) if name == "p" else part)
        for name, part in good.paths[1]
    )
    assert refused_by_both(operator, "continuity.interior", replace(good, paths=(good.paths[0], outside)))


def test_two_paths_to_two_inputs_are_refused(two_paths):
    operator, good = two_paths
    elsewhere = tuple(
        (name, ((line("1/3", 1), line("2/3", -1)),) if name == "p" else part) for name, part in good.paths[1]
    )
    assert refused_by_both(operator, "continuity.interior", replace(good, paths=(good.paths[0], elsewhere)))


def ended(part):
    """The end of a path, as a path that does not move."""
    return part[:1] if isinstance(part[0], Fraction) else tuple(map(ended, part))


def test_a_separator_that_does_not_separate_is_refused(certified):
    good = evidence_of(certified, "geometric", "convexity.hull", Witness)
    blunt = replace(good, separator=(Fraction(0),) * len(good.separator))
    assert refused_by_both("geometric", "convexity.hull", blunt)


# -- the statements ----------------------------------------------------------------------------


def test_every_statement_has_a_definition_and_every_definition_a_use():
    """Each is worded for the exporter, and Statements.v says what it means."""
    source = (library() / "Statements.v").read_text()
    defined = set(re.findall(r"^Definition (\w+)(?: \(B : rule\))? : Prop", source, re.MULTILINE))
    assert {statement.id for statement in STATEMENTS} <= set(WORDINGS)
    assert defined == {coq_name(name) for name in WORDINGS}


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
