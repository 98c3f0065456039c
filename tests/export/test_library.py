"""The rule library: one lemma a rule, no axioms but those of the reals, nothing admitted."""

import re
import subprocess

import pytest

from axiomkd.export.naming import LIBRARY, library
from axiomkd.export.rocq import compiled_library
from axiomkd.export.rules import KERNEL_ONLY, PROOFS
from axiomkd.export.sequences import SEQUENTIAL
from axiomkd.kernel.rules import RULES

REALS = {
    "ClassicalDedekindReals.sig_forall_dec",
    "ClassicalDedekindReals.sig_not_dec",
    "FunctionalExtensionality.functional_extensionality_dep",
    "Classical_Prop.classic",
}
"""What Coq.Reals itself rests on: its mean value theorem, behind exp_increasing, is proved classically."""
GIVEN_UP = re.compile(r"\b(Admitted|admit|Axioms?|Parameters?|Conjecture|bypass_check|Unset Guard)\b")


def text(name):
    return (library() / f"{name}.v").read_text()


def without_comments(source):
    return re.sub(r"\(\*.*?\*\)", "", source, flags=re.DOTALL)


def lemmas():
    """The lemmas and tactics of the modules Rules, with the file that holds them."""
    found = {}
    for name in ("Rules", "Means", "Limits"):
        body = text(name).split("Module Rules.", 1)[1]
        found |= {lemma: name for lemma in re.findall(r"^(?:Lemma|Ltac) (\w+)", body, re.MULTILINE)}
    return found


def rule_of(lemma):
    """The rule whose name a lemma bears, with the case that it is for behind it."""
    return max(
        (rule for rule in RULES if lemma == rule or lemma.startswith(rule + "_")), key=len, default=None
    )


def test_every_rule_has_a_lemma_and_every_lemma_a_rule():
    assert {rule_of(lemma) for lemma in lemmas()} == set(RULES) - KERNEL_ONLY


def test_a_lemma_without_a_rule_would_be_found():
    assert rule_of("chains_le_le") is None
    assert rule_of("power_of_base_strict") == "power_of_base"


def test_the_exporter_knows_every_rule_of_the_kernel_and_no_other():
    assert set(PROOFS) | set(SEQUENTIAL) == set(RULES) - KERNEL_ONLY


@pytest.mark.parametrize("name", LIBRARY)
def test_nothing_in_the_library_is_given_up(name):
    assert not GIVEN_UP.search(without_comments(text(name)))


def test_giving_up_would_be_found():
    assert GIVEN_UP.search("Lemma x : False. Admitted.")
    assert not GIVEN_UP.search(without_comments("(* nothing is Admitted here *)"))


def assumptions(names, tmp_path, header):
    """What Rocq says that the theorems rest on, all together."""
    file = tmp_path / "assumptions.v"
    together = ", ".join(f"@{name}" for name in ["eq_refl", *names])
    file.write_text(f"{header}Definition together := ({together}).\nPrint Assumptions together.\n")
    command = ["coqc", "-q", "-R", str(compiled_library()), "Axiomkd", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=True)
    return set(re.findall(r"^(\w+(?:\.\w+)*)\s*:", done.stdout, re.MULTILINE)) - {"Axioms"}


IMPORTS = "From Axiomkd Require Import Core Rules Means Limits Witness.\n"


def test_the_rules_rest_on_nothing_but_the_reals(tmp_path):
    tactics = {"distinct_literals", "same_index", "extremum_bounds"}
    names = [f"Rules.{lemma}" for lemma in lemmas() if lemma not in tactics]
    assert assumptions(names, tmp_path, IMPORTS) <= REALS


OTHERS = ("Core", "Identities", "Leading", "Enclosures", "Witness")


def test_the_other_lemmas_rest_on_nothing_but_the_reals(tmp_path):
    """Interval is only called by exported files."""
    header = "From Axiomkd Require Import Core Rules Means Limits Identities Leading Enclosures Witness.\n"
    names = [
        f"{file}.{lemma}"
        for file in OTHERS
        for lemma in re.findall(r"^(?:Lemma|Theorem) (\w+)", text(file), re.MULTILINE)
    ]
    assert assumptions(names, tmp_path, header) <= REALS


def test_these_axioms_are_those_of_the_standard_library(tmp_path):
    assert assumptions(["exp_increasing"], tmp_path, "From Coq Require Import Reals.\n") == REALS


def test_an_axiom_of_ones_own_would_be_found(tmp_path):
    header = IMPORTS + "Axiom Mine : 0 = 1.\nLemma x : 0 = 1. Proof. exact Mine. Qed.\n"
    assert assumptions(["x"], tmp_path, header) - REALS == {"Mine"}
