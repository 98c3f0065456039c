"""Independence: a rule counts that is proved to have the others and refuted on the one."""

import json
from dataclasses import replace

import pytest

from axiomkd.catalogue import find_statement
from axiomkd.certificate import Certificate
from axiomkd.errors import AxiomkdError, DeclarationError, EvidenceError
from axiomkd.explore import grammar, independence
from axiomkd.explore.grammar import node
from axiomkd.explore.independence import check_text, to_json
from axiomkd.implications.model import Implication
from axiomkd.implications.search import argue
from axiomkd.implications.verdict import Settled
from axiomkd.kernel.judgement import Refused
from axiomkd.operator import Operator
from axiomkd.operators import CATALOGUE
from axiomkd.registry import find_operator
from axiomkd.report.exploration import write_independence

REQUIRED = ("convexity.simplex", "positivity.all", "temperature.identity", "temperature.uniform")
LINEAR = node("linear")
TREES = (LINEAR, node("unnormalised", node("root")), node("smoothed", LINEAR), node("raw-when-hot", LINEAR))


@pytest.fixture(scope="module")
def found():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(independence, "CATALOGUE", ())
        patch.setattr(grammar, "up_to", lambda _: iter(TREES))
        return independence.independence(REQUIRED, 2)


def test_each_axiom_has_the_rule_that_fails_it_alone(found):
    names = {axiom: certificate.operator.title for axiom, certificate in found.rules}
    assert names == {
        "convexity.simplex": "unnormalised(root)",
        "temperature.identity": "linear, declared to be smoothed(linear) at temperature 1",
        "temperature.uniform": "raw-when-hot(linear)",
    }
    for axiom, certificate in found.rules:
        verdicts = {name: certificate[name].verdict for name in REQUIRED}
        assert verdicts == {name: "refuted" if name == axiom else "proved" for name in REQUIRED}


def test_an_axiom_without_a_rule_is_told_so(found):
    assert found.rule("positivity.all") is None
    text = write_independence([found], "markdown")
    assert "| positivity.all | none found up to size 2 |  |" in text
    assert "| convexity.simplex | unnormalised(root) | p = (" in text


def test_a_rule_that_fails_another_axiom_too_is_none(found):
    axiom, certificate = found.rules[0]
    with pytest.raises(EvidenceError, match="expected proved"):
        replace(found, rules=(("positivity.all", certificate),))
    with pytest.raises(AxiomkdError):
        replace(found, rules=((axiom, Certificate(certificate.operator, certificate.cells[:1])),))
    with pytest.raises(AxiomkdError):
        replace(found, required=(*REQUIRED, "unanimity"))


def test_it_is_made_again_from_its_text(found):
    assert to_json(check_text(to_json([found]))) == to_json([found])


def another_axiom(data):
    data["rules"][0]["axiom"] = "positivity.all"


def another_rule(data):
    data["rules"][0]["operator"] = data["rules"][1]["operator"]


def more_required(data):
    data["required"].append("unanimity")


@pytest.mark.parametrize("change", [another_axiom, another_rule, more_required])
def test_what_is_not_so_is_refused(found, change):
    data = json.loads(to_json([found]))
    change(data["sets"][0])
    with pytest.raises((Refused, AxiomkdError)):
        check_text(json.dumps(data))


# -- axioms that follow from the others -------------------------------------------------------

ODDS = ("convexity.simplex", "positivity.all", "weight_monotonicity.log_odds")


@pytest.fixture(scope="module")
def implied():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(independence, "CATALOGUE", ())
        patch.setattr(grammar, "up_to", lambda _: iter(()))
        return independence.independence(ODDS, 1)


def test_an_axiom_that_the_others_imply_is_proved_to_follow(implied):
    settled = implied.proof("positivity.all")
    assert settled.implication.usable == ("convexity.simplex", "weight_monotonicity.log_odds")
    assert settled.verdict == "proved" and implied.rule("positivity.all") is None
    text = write_independence([implied], "markdown")
    assert (
        "| positivity.all | none: it follows from convexity.simplex, weight_monotonicity.log_odds (" in text
    )
    assert "0 of 3 axioms independent of the others, 1 implied by them" in text


def test_what_a_rule_refutes_is_not_called_implied(found):
    """Any rule that sees temperatures in the teachers alone is coherent, but others were looked through."""
    claim = Implication((find_statement("convexity.simplex"),), find_statement("temperature.identity"))
    assert argue(claim) is not None and found.implied == ()
    with pytest.raises(EvidenceError, match="a rule that fails it or a proof of it, got both"):
        replace(found, implied=(Settled(claim, argue(claim)),))


def test_a_proof_from_axioms_outside_of_the_set_is_none(implied):
    with pytest.raises(EvidenceError, match="expected a proof from others of the set"):
        replace(implied, required=("convexity.simplex", "positivity.all"))
    with pytest.raises(EvidenceError, match="expected a proof from others of the set"):
        replace(implied, required=("convexity.simplex", "weight_monotonicity.log_odds"))


def test_a_proof_is_decided_anew(implied):
    assert to_json(check_text(to_json([implied]))) == to_json([implied])
    data = json.loads(to_json([implied]))
    data["sets"][0]["implied"][0]["premises"] = ["convexity.simplex"]
    with pytest.raises((Refused, AxiomkdError)):
        check_text(json.dumps(data))


@pytest.mark.parametrize(
    ("format", "words"),
    [("latex", "\\texttt{positivity.\\allowbreak{}all}: none"), ("html", "<td>none: it follows")],
)
def test_the_report_is_written_in_other_formats_too(implied, format, words):
    assert words in write_independence([implied], format)


# -- rules that are given ---------------------------------------------------------------------


def test_a_given_rule_is_looked_at_first(monkeypatch):
    monkeypatch.setattr(independence, "CATALOGUE", ())
    monkeypatch.setattr(grammar, "up_to", lambda _: iter(()))
    own = Operator.declare(
        "own", expr="Sum(w[k]*p[k,i], k) - Min(p[k,i], k) + Delta(i,1)*Sum(Min(p[k,j], k), j)"
    )
    found = independence.independence(("convexity.simplex", "positivity.all"), 1, [own])
    assert found.rule("positivity.all").operator == own


def test_a_jump_that_random_inputs_do_not_show_is_searched_for(monkeypatch):
    monkeypatch.setattr(independence, "CATALOGUE", ())
    monkeypatch.setattr(grammar, "up_to", lambda _: iter(()))
    jumps = find_operator("min-entropy-teacher")
    required = ("positivity.all", "continuity.interior")
    assert independence.suspects(jumps, required) == []
    assert independence.independence(required, 1, [jumps]).rule("continuity.interior").operator == jumps


def test_a_rule_for_some_sizes_only_is_refused():
    two = Operator.declare("two", expr="(p[1,i] + p[2,i])/2", sizes={"K": 2})
    with pytest.raises(DeclarationError, match="two: expected a rule for any sizes"):
        independence.independence(REQUIRED, 1, [two])


@pytest.mark.usefixtures("home")
def test_the_command_writes_what_check_accepts(run, monkeypatch):
    named = [declared for declared in CATALOGUE if declared.id in ("linear", "geometric")]
    monkeypatch.setattr(independence, "CATALOGUE", named)
    required = "convexity.simplex,weight_monotonicity.exchange"
    command = ("independence", "--size", 1, "--require", required)
    status, out, _ = run(*command)
    assert (status, "Geometric pool" in out, "none found up to size 1" in out) == (0, True, True)
    run(*command, "--format", "json", "-o", "found.json")
    status, out, _ = run("check", "found.json")
    assert (status, "1 of 2 axioms independent of the others, 0 refused" in out) == (0, True)
