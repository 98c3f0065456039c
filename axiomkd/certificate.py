"""Certificates: an operator with a cell for every statement asked of it, and how they are written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from axiomkd.errors import UnknownName
from axiomkd.kernel.table import Json
from axiomkd.kernel.wire import FORMAT, evidence_to_json, goal_to_json
from axiomkd.operator import Operator
from axiomkd.statement import Scope
from axiomkd.verdict import Cell, Finding

LINE = 100
"""Characters up to which an object or array of the JSON stands on one line."""


@dataclass(frozen=True)
class Certificate:
    """An operator and what is known of every statement asked of it.

    ``run`` holds times, versions and dates; everything else is the same for the same input.
    """

    operator: Operator
    cells: tuple[Cell, ...]
    run: Mapping[str, Json] = field(default_factory=dict)

    def __getitem__(self, statement: str) -> Cell:
        for cell in self.cells:
            if cell.statement.id == statement:
                return cell
        raise UnknownName(f"expected a statement of the certificate, got {statement}")

    def to_json(self) -> str:
        """The certificate in the format of ``proofs/FORMAT.md``."""
        return layout(
            {
                "format": FORMAT,
                "operator": operator_to_json(self.operator),
                "cells": [cell_to_json(cell) for cell in self.cells],
                "run": dict(self.run),
            }
        )


def layout(data: Json, indent: str = "") -> str:
    """JSON text that a person can read: what fits on a line stands on one."""
    if not isinstance(data, dict | list):
        return json.dumps(data, ensure_ascii=False)
    inner = indent + " "
    if isinstance(data, dict):
        parts = [f"{json.dumps(key)}: {layout(entry, inner)}" for key, entry in data.items()]
    else:
        parts = [layout(entry, inner) for entry in data]
    opened, closed = "{}" if isinstance(data, dict) else "[]"
    length = len(indent) + sum(map(len, parts)) + 2 * len(parts)
    if length <= LINE and not any("\n" in part for part in parts):
        return opened + ", ".join(parts) + closed
    return opened + "\n" + inner + (",\n" + inner).join(parts) + "\n" + indent + closed


def operator_to_json(operator: Operator) -> dict[str, Json]:
    """The declaration, from which the operator can be built again."""
    tables = operator.to_tables()
    return {**tables["operator"], "parameters": dict(tables.get("parameters", {}))}


def scope_to_json(scope: Scope, domain: str) -> Json:
    return {"K": scope.teachers or "any", "V": scope.outcomes or "any", "domain": domain}


def cell_to_json(cell: Cell) -> dict[str, Json]:
    """A cell; its evidence stands next to the goal that it is about, and the parts of an argument last."""
    argument: Json = {"theorem": cell.argument, "parts": [_part(part) for part in cell.parts]}
    return {
        "statement": cell.statement.id,
        "verdict": cell.verdict,
        **_claim(cell),
        "margin": margin_to_json(cell),
        "smallest": smallest_to_json(cell),
        "tried": list(cell.tried),
        "vacuous": cell.vacuous,
        "proved_at": [_claim(part) for part in cell.proved_at],
        **({"argument": argument} if cell.argument else {}),
    }


def _part(cell: Cell) -> dict[str, Json]:
    return {"statement": cell.statement.id, **_claim(cell)}


def _claim(cell: Cell) -> dict[str, Json]:
    return {
        "scope": scope_to_json(cell.scope, cell.statement.domain),
        "goal": goal_to_json(cell.goal),
        "evidence": evidence_to_json(cell.goal, cell.evidence) if cell.evidence else None,
    }


def margin_to_json(finding: Finding) -> Json:
    """By how much a refuted statement fails: enclosing decimals and the two numbers themselves."""
    return dict(vars(finding.checked.margin)) if finding.checked and finding.checked.margin else None


def smallest_to_json(cell: Cell) -> Json:
    return dict(zip("KV", cell.smallest, strict=True)) if cell.smallest else None
