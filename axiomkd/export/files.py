"""One file an operator: its definition, and every cell of its certificate as a theorem."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import cast

from axiomkd.export.cells import Exported, exported, unwritten
from axiomkd.export.context import Context, open_context
from axiomkd.export.naming import rule_name
from axiomkd.export.ranges import binder
from axiomkd.export.solutions import solution_header, solution_type, solved_at
from axiomkd.kernel.table import Json
from axiomkd.kernel.wire import cell_from_json
from axiomkd.language.implicit import Implicit
from axiomkd.operator import Operator
from axiomkd.recheck import operator_from_json

HEADER = """(* {title}

   {text} *)

From Axiomkd Require Import Core Rules Means Limits Identities Leading Witness Statements{more}.
Set Default Proof Using "All".

Definition {name}{parameters} : rule := fun K V p T raw w i =>
  {value}.
Definition {name}_defined{parameters} : domain := fun K V p T raw w i =>
  {domain}.
"""
BASE = """Definition {name}_base{parameters} : rule := fun K V p T raw w i =>
  {value}.
"""


def header(operator: Operator) -> str:
    """The operator's definition and its domain; with what solutions are, where it has an unknown.

    It is a comment where the operator has an operation that the rule library lacks.
    """
    if unwritten(operator):
        return f"(* {comment(operator.title or operator.id)} *)\n"
    name, ctx, parameters = rule_name(operator.id), open_context(), binder(operator)
    if operator.implicit is not None:
        return _implicit(operator, ctx)
    text = HEADER.format(
        title=comment(operator.title or operator.id),
        text=comment(operator.text),
        more="",
        name=name,
        parameters=parameters,
        value=ctx.term(operator.value),
        domain=ctx.domain(operator.value) or "True",
    )
    if operator.base is None:
        return text
    return text + BASE.format(name=name, parameters=parameters, value=ctx.term(operator.base))


def _implicit(operator: Operator, ctx: Context) -> str:
    """The definitions of an operator with an unknown."""
    implicit = cast(Implicit, operator.implicit)
    at = replace(ctx, variables={implicit.name: solved_at(implicit)})
    text = HEADER.format(
        title=comment(operator.title or operator.id),
        text=comment(f"{operator.text}, {implicit.claim}"),
        more=" Inputs",
        name=rule_name(operator.id),
        parameters=f"{binder(operator)} {solution_type(implicit)}",
        value=at.term(operator.value),
        domain=at.domain(operator.value) or "True",
    )
    return text + solution_header(operator, ctx)


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


__all__ = ["Exported", "certificate_cells", "exported", "file_of", "header"]
