"""Verdicts cannot be forged, and checking a certificate trusts nothing that it says."""

import json
from dataclasses import replace

import pytest

from axiomkd.catalogue import find_statement
from axiomkd.certificate import Certificate, layout
from axiomkd.errors import AxiomkdError, EvidenceError, UnknownName
from axiomkd.kernel.check import Checked
from axiomkd.kernel.evidence import Derivation, Step, Witness
from axiomkd.kernel.judgement import Refused
from axiomkd.recheck import check_certificate
from axiomkd.registry import find_operator
from axiomkd.statement import Scope
from axiomkd.verdict import Cell, decide


def outcome_of(certificate, change=None):
    """What checking says of a certificate's JSON after a change to it."""
    data = json.loads(certificate.to_json())
    if change is not None:
        change(data)
    return check_certificate(json.dumps(data))


# -- cells ----------------------------------------------------------------------------------


def test_a_cell_without_evidence_is_undecided(linear):
    assert linear["unanimity"].verdict == "undecided"


def test_a_verdict_keeps_to_its_statement(linear):
    with pytest.raises(EvidenceError, match="expected the goal of the statement"):
        replace(linear["neutrality"], statement=find_statement("anonymity"))


def test_a_verdict_keeps_to_its_operator(linear):
    with pytest.raises(EvidenceError, match="expected the goal of the statement"):
        replace(linear["neutrality"], operator=find_operator("geometric"))


def test_a_verdict_keeps_to_its_scope(linear):
    with pytest.raises(EvidenceError, match="expected the goal of the statement"):
        replace(linear["neutrality"], scope=Scope(outcomes=2))


def test_only_the_kernel_makes_what_a_verdict_rests_on(linear):
    checked = linear["neutrality"].checked
    with pytest.raises(Refused):
        Checked(checked.goal, checked.evidence, None)
    with pytest.raises(EvidenceError, match="what the kernel has accepted"):
        replace(linear["unanimity"], checked=("proved", linear["unanimity"].goal))


def test_evidence_that_proves_nothing_makes_no_verdict(linear):
    cell = linear["unanimity"]
    with pytest.raises(Refused):
        decide(cell, Derivation((Step("algebraic", cell.goal.conclusions[0]),), (0,)))


def test_a_proof_elsewhere_must_be_a_proof_of_the_same_statement(geometric, linear):
    cell = geometric["convexity.between"]
    with pytest.raises(EvidenceError, match="expected a proof of it"):
        replace(cell, proved_at=(linear["neutrality"],))
    with pytest.raises(EvidenceError, match="expected a proof of it"):
        replace(cell, proved_at=(cell,))


def test_a_statement_that_the_certificate_lacks_is_named(linear):
    with pytest.raises(UnknownName, match=r"got convexity\.hull"):
        linear["convexity.hull"]


# -- JSON -----------------------------------------------------------------------------------


def test_the_keys_of_the_format(geometric):
    data = json.loads(geometric.to_json())
    assert list(data) == ["format", "operator", "cells", "run"]
    assert data["format"] == "axiomkd-certificate/1"
    cell = data["cells"][0]
    assert cell["verdict"] == "refuted"
    assert cell["scope"] == {"K": "any", "V": "any", "domain": "interior"}
    assert cell["smallest"] == {"K": 2, "V": 3}
    assert cell["margin"]["left"] > cell["margin"]["right"]


def test_times_stand_in_run_alone(linear):
    later = Certificate(linear.operator, linear.cells, {"seconds": 99.0})
    first, second = json.loads(linear.to_json()), json.loads(later.to_json())
    assert first.pop("run") != second.pop("run")
    assert layout(first) == layout(second)


@pytest.mark.parametrize(
    "data", [{}, [], [[1, "é"], {"a": None}], {"long": list(range(200))}, {"a": {"b": ["x" * 99]}}]
)
def test_layout_is_json(data):
    assert json.loads(layout(data)) == data


# -- checking -------------------------------------------------------------------------------


def test_what_was_decided_stands(linear, geometric):
    verdicts = [verdict for _, verdict in outcome_of(linear).accepted]
    assert verdicts == ["proved", "proved", "proved", "undecided"]
    assert [verdict for _, verdict in outcome_of(geometric).accepted] == ["refuted", "refuted"]
    assert outcome_of(linear).refused == outcome_of(geometric).refused == ()


def test_goals_swapped_between_two_proved_cells_are_refused(linear):
    def swap(data):
        first, second = data["cells"][0], data["cells"][2]
        for key in ("goal", "evidence"):
            first[key], second[key] = second[key], first[key]

    outcome = outcome_of(linear, swap)
    assert len(outcome.refused) == 2
    assert all("another goal" in reason for reason in outcome.refused)


def test_a_true_goal_under_a_false_statements_id_is_refused(linear):
    def rename(data):
        data["cells"][2]["statement"] = "temperature.commutes"

    (reason,) = outcome_of(linear, rename).refused
    assert "another goal" in reason


def test_a_goal_about_another_operator_is_refused(linear):
    def other_formula(data):
        data["operator"]["expr"] = "p[1,i]"

    assert len(outcome_of(linear, other_formula).refused) == 4


def change_at(*path, value):
    """A change of one entry of the JSON."""

    def change(data):
        place = data
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = value

    return change


REFUSED = {
    "a proof called a refutation": change_at("cells", 2, "verdict", value="refuted"),
    "an undecided cell called proved": change_at("cells", 3, "verdict", value="proved"),
    "a proof called undecided": change_at("cells", 2, "verdict", value="undecided"),
    "a verdict that does not exist": change_at("cells", 2, "verdict", value="likely"),
    "another scope": change_at("cells", 2, "scope", "V", value=2),
    "another domain": change_at("cells", 2, "scope", "domain", value="closed"),
    "an invented margin": change_at("cells", 2, "margin", value={"kind": "apart"}),
    "a step left out": change_at("cells", 2, "evidence", "establishes", value=[0]),
    "another rule": change_at("cells", 2, "evidence", "steps", 0, 0, value="powers"),
    "a rule that does not exist": change_at("cells", 2, "evidence", "steps", 0, 0, value="believe_me"),
    "smallest sizes of a proof": change_at("cells", 2, "smallest", value={"K": 2, "V": 2}),
    "an invented vacuity": change_at("cells", 2, "vacuous", value=True),
}


@pytest.mark.parametrize("change", REFUSED.values(), ids=REFUSED)
def test_a_cell_that_claims_what_is_not_so_is_refused(linear, change):
    outcome = outcome_of(linear, change)
    assert len(outcome.refused) == 1
    assert len(outcome.accepted) == 3


def test_a_witness_that_is_none_is_refused(geometric):
    change = change_at("cells", 0, "evidence", "values", "w", value=["1", "0"])
    (reason,) = outcome_of(geometric, change).refused
    assert "convexity.between" in reason


def test_a_witness_at_other_sizes_than_named_is_refused(geometric):
    (reason,) = outcome_of(geometric, change_at("cells", 0, "smallest", value={"K": 1, "V": 2})).refused
    assert "smallest" in reason


def test_a_proof_elsewhere_is_checked_too(geometric, linear):
    stolen = json.loads(linear.to_json())["cells"][2]
    part = {key: stolen[key] for key in ("scope", "goal", "evidence")}
    (reason,) = outcome_of(geometric, change_at("cells", 0, "proved_at", value=[part])).refused
    assert "another goal" in reason


UNREADABLE = {
    "a future format": change_at("format", value="axiomkd-certificate/2"),
    "no format": lambda data: data.pop("format"),
    "a key too many": change_at("note", value="trust me"),
    "cells that are no list": change_at("cells", value={}),
    "a cell that is no object": change_at("cells", 0, value="proved"),
    "a statement that does not exist": change_at("cells", 0, "statement", value="convexity.nonsense"),
    "a statement that is a number": change_at("cells", 0, "statement", value=3),
    "evidence that refers forward": change_at("cells", 2, "evidence", "steps", 0, 2, value=[1]),
    "evidence of an unknown kind": change_at("cells", 2, "evidence", "kind", value="oracle"),
    "a scope of zero": change_at("cells", 2, "scope", "K", value=0),
    "a formula outside the grammar": change_at("operator", "expr", value="__import__('os').system('x')"),
    "a theory that does not exist": change_at("operator", "theory", value="astrology"),
}


@pytest.mark.parametrize("change", UNREADABLE.values(), ids=UNREADABLE)
def test_what_is_not_a_certificate_is_an_error(linear, change):
    with pytest.raises(AxiomkdError):
        outcome_of(linear, change)


@pytest.mark.parametrize("text", ["", "[]", "3", "{", '{"format": "axiomkd-certificate/1"}'])
def test_text_that_is_no_certificate_is_an_error(text):
    with pytest.raises(AxiomkdError):
        check_certificate(text)


def test_an_undecided_cell_may_not_carry_a_refuting_witness(geometric):
    (reason,) = outcome_of(geometric, change_at("cells", 0, "verdict", value="undecided")).refused
    assert "verdict" in reason


def test_a_witness_outside_the_domain_makes_no_verdict(geometric):
    cell = geometric["convexity.between"]
    values = dict(cell.evidence.values)
    doubled = tuple((name, values[name]) for name in ("p", "w"))
    bad = Witness(cell.evidence.sizes, (doubled[0], ("w", (values["w"][0],) * 2)), (("i", 1),), (), 1)
    assert isinstance(cell, Cell)
    with pytest.raises(Refused):
        decide(cell, bad)
