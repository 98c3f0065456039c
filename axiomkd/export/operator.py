"""One file an operator: its definition, and every cell of its certificate as a theorem."""

from __future__ import annotations

from dataclasses import dataclass

from axiomkd.export.context import Context, Unexported
from axiomkd.export.derivation import Derived
from axiomkd.export.theorem import Proved, at_sizes, coq_name, quantifiers
from axiomkd.export.wording import WORDINGS
from axiomkd.kernel.evidence import Derivation, Evidence
from axiomkd.kernel.judgement import Goal
from axiomkd.kernel.terms import Free, Term
from axiomkd.operator import Operator

HEADER = """(* {title}

   {text} *)

From Axiomkd Require Import Core Rules Means Limits Witness Statements.
Set Default Proof Using "All".

Definition {name} : rule := fun K V p T raw w i =>
  {value}.
Definition {name}_defined : domain := fun K V p T raw w i =>
  {domain}.
"""
BASE = """Definition {name}_base : rule := fun K V p T raw w i =>
  {value}.
"""


@dataclass(frozen=True)
class Exported:
    """A cell in Rocq: the name of its theorem, the text, and what the exporter could not write."""

    statement: str
    name: str
    text: str
    missing: tuple[str, ...] = ()


def open_context(operator: Operator) -> Context:
    """Any sizes, with the free outcome index."""
    goal = Goal((("teacher", None), ("outcome", None)), (), (), ())
    return Context(goal, {Free("i", "outcome"): ("i", "Hi")})


def header(operator: Operator) -> str:
    """The operator's definition and its domain."""
    name, ctx = coq_name(operator.id), open_context(operator)
    text = HEADER.format(
        title=comment(operator.title or operator.id),
        text=comment(operator.text),
        name=name,
        value=ctx.term(operator.value),
        domain=ctx.domain(operator.value) or "True",
    )
    return text if operator.base is None else text + BASE.format(name=name, value=ctx.term(operator.base))


def comment(text: str) -> str:
    """The text without anything that could end a comment."""
    return text.replace("(*", "( *").replace("*)", "* )").replace('"', "'")


def proved(operator: Operator, statement: str, goal: Goal, evidence: Derivation, suffix: str = "") -> Exported:
    """A proved cell."""
    name = f"{coq_name(operator.id)}_{coq_name(statement)}{suffix}"
    module = f"{coq_name(statement)}{suffix}_steps"
    derived = Derived(goal, evidence)
    steps = derived.write("claim")
    text = f"\nModule {module}.\n{steps}End {module}.\n"
    wording = WORDINGS.get(statement)
    if wording is not None:
        theorem = Proved(derived, wording, operator.value, f"{module}.claim")
        words = f"{coq_name(statement)} {at_sizes(goal)} {arguments(operator, statement)}"
        try:
            text += f"Theorem {name} : {quantifiers(goal)}{words}.\nProof. {theorem.proof()} Qed.\n"
        except Unexported as reason:
            derived.missing.append(f"statement: {reason}")
    return Exported(statement, name, text, tuple(derived.missing))


def arguments(operator: Operator, statement: str) -> str:
    name = coq_name(operator.id)
    if statement == "temperature.identity":
        return f"{name} {name}_defined {name if operator.base is None else name + '_base'}"
    return f"{name} {name}_defined"


__all__ = ["Evidence", "Exported", "Term", "header", "proved"]
