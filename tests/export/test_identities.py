"""Identities between sums and products, computed by Rocq."""

from fractions import Fraction as F

import pytest

from axiomkd.export.context import Context
from axiomkd.export.identities import identity
from axiomkd.export.rocq import accepts
from axiomkd.kernel.judgement import Goal
from axiomkd.kernel.terms import Exp, variable

x, y = variable("x"), variable("y")
CONTEXT = Context(Goal((), (("x", ()), ("y", ())), (), ()), {})


def lemma(left, right):
    claim = f"forall x y : R, {CONTEXT.term(left)} = {CONTEXT.term(right)}"
    proof = identity(CONTEXT, left, right)
    start = "From Axiomkd Require Import Core Identities.\n"
    return f"{start}Lemma a : {claim}. Proof. intros. exact {proof}. Qed.\n"


SAME = [
    ("the order of factors", x * y * x, x * x * y),
    ("a product of sums", (x + y) * (x - y), x * x - y * y),
    ("fractions", x * F(1, 3) + x * F(1, 6), x * F(1, 2)),
    ("what is no sum or product is an atom", Exp(x + y) * 2, Exp(x + y) + Exp(x + y)),
]


@pytest.mark.parametrize("left, right", [case[1:] for case in SAME], ids=[case[0] for case in SAME])
def test_an_identity(left, right):
    assert accepts(lemma(left, right)) == ""


@pytest.mark.parametrize("left, right", [(x, y), (x * x, x), (Exp(x + y), Exp(y + x)), (x + 1, x)])
def test_what_is_no_identity_is_refused(left, right):
    assert "Error" in accepts(lemma(left, right))
