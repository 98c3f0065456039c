"""One file an operator: its definition, and every cell of its certificate as a theorem."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import cast

from axiomkd.export.context import Context, Unexported
from axiomkd.export.derivation import Derived
from axiomkd.export.paths import standing, undefined
from axiomkd.export.theorem import Disproved, Diverging, Proved, at_sizes, coq_name, quantifiers
from axiomkd.export.witness import Refuted
from axiomkd.export.wording import WORDINGS
from axiomkd.kernel.evaluation import Undefined
from axiomkd.kernel.evidence import Derivation, Evidence, Paths, Witness
from axiomkd.kernel.judgement import Goal, Refused
from axiomkd.kernel.table import Json
from axiomkd.kernel.terms import Free
from axiomkd.kernel.wire import cell_from_json
from axiomkd.operator import Operator
from axiomkd.recheck import operator_from_json

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


UNKNOWN = "(* no proof of this is known to the exporter *) exact I."


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


def file_of(start: str, cells: Iterable[Exported]) -> str:
    """The whole file: the operator's definition, then a theorem a cell."""
    return start + "".join(cell.text for cell in cells)


def certificate_cells(data: dict[str, Json]) -> tuple[Operator, list[Exported]]:
    """The operator of a certificate and its decided cells, the narrower ones included."""
    operator = operator_from_json(data["operator"])
    cells: list[Exported] = []
    for entry in cast("list[dict[str, Json]]", data["cells"]):
        if entry["evidence"] is None:
            continue
        cells.append(_exported_entry(operator, str(entry["statement"]), entry, ""))
        for part in cast("list[dict[str, Json]]", entry["proved_at"]):
            scope = cast("dict[str, Json]", part["scope"])
            suffix = "".join(f"_{name}{scope[name]}" for name in ("K", "V") if scope[name] != "any")
            cells.append(_exported_entry(operator, str(entry["statement"]), part, suffix))
    return operator, cells


def _exported_entry(operator: Operator, statement: str, entry: dict[str, Json], suffix: str) -> Exported:
    goal, evidence = cell_from_json(entry["goal"], entry["evidence"])
    return exported(operator, statement, goal, evidence, suffix)


def comment(text: str) -> str:
    """The text without anything that could end a comment."""
    return text.replace("(*", "( *").replace("*)", "* )").replace('"', "'")


def proved(
    operator: Operator, statement: str, goal: Goal, evidence: Derivation, suffix: str = ""
) -> Exported:
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
            text += f"Theorem {name} : {quantifiers(goal)}{words}.\nProof. {UNKNOWN} Qed.\n"
    return Exported(statement, name, text, tuple(derived.missing))


def refuted(operator: Operator, statement: str, goal: Goal, evidence: Witness) -> Exported:
    """A refuted cell."""
    name = f"{coq_name(operator.id)}_{coq_name(statement)}_fails"
    module = f"{coq_name(statement)}_witness"
    witness = Refuted(goal, evidence)
    text = f"\nModule {module}.\n{witness.write()}"
    wording = WORDINGS.get(statement)
    claim = f"~ {coq_name(statement)} {at_sizes(witness.sized)} {arguments(operator, statement)}"
    if wording is None:
        return Exported(statement, f"{module}.fails", f"{text}End {module}.\n", tuple(witness.missing))
    try:
        proof = Disproved(witness, wording, operator.value).proof()
    except (Unexported, Undefined, Refused) as reason:
        witness.missing.append(f"statement: {reason}")
        proof = UNKNOWN
    text += "".join(f"{line}\n" for line in witness.numbers.drained())
    text += f"Lemma claim : {claim}. Proof. {proof} Qed.\nEnd {module}.\n"
    text += f"Theorem {name} : {claim}.\nProof. exact {module}.claim. Qed.\n"
    return Exported(statement, name, text, tuple(witness.missing))


def refuted_by_paths(operator: Operator, statement: str, goal: Goal, evidence: Paths) -> Exported:
    """A cell refuted by a path whose limit is not the one required, or at whose end a value is missing."""
    word = coq_name(statement)
    name, module = f"{coq_name(operator.id)}_{word}_fails", f"{word}_path"
    sized = replace(goal, sizes=evidence.sizes)
    claim = (
        f"~ {word} {at_sizes(sized)} {arguments(operator, statement)}" if statement in WORDINGS else "False"
    )
    try:
        missing = undefined(goal, evidence)
        if missing is not None:
            return refuted(operator, statement, goal, missing)
        witness = Refuted(goal, standing(goal, evidence))
        text = f"\nModule {module}.\n{witness.write(fails=False)}"
        proof = Diverging(witness, WORDINGS[statement], operator.value).proof()
    except (Unexported, Undefined, Refused, KeyError, TypeError) as reason:
        text = f"\nTheorem {name} : {claim}.\nProof. {UNKNOWN} Qed.\n"
        return Exported(statement, name, text, (f"paths: {reason}",))
    text += "".join(f"{line}\n" for line in witness.numbers.drained())
    text += f"Lemma claim : {claim}. Proof. {proof} Qed.\nEnd {module}.\n"
    text += f"Theorem {name} : {claim}.\nProof. exact {module}.claim. Qed.\n"
    return Exported(statement, name, text, tuple(witness.missing))


def exported(
    operator: Operator, statement: str, goal: Goal, evidence: Evidence, suffix: str = ""
) -> Exported:
    """A decided cell in Rocq."""
    if isinstance(evidence, Derivation):
        return proved(operator, statement, goal, evidence, suffix)
    if isinstance(evidence, Witness):
        return refuted(operator, statement, goal, evidence)
    return refuted_by_paths(operator, statement, goal, evidence)


def arguments(operator: Operator, statement: str) -> str:
    name = coq_name(operator.id)
    if statement.startswith("well_defined"):
        return f"{name}_defined"
    if statement == "temperature.identity":
        return f"{name} {name}_defined {name if operator.base is None else name + '_base'}"
    return f"{name} {name}_defined"
