"""The matrix of verdicts: operators by statements, from certificates or as it stands in a file."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import cast

from axiomkd.certificate import Certificate, cell_to_json
from axiomkd.errors import DeclarationError
from axiomkd.kernel.table import Json
from axiomkd.verdict import Verdict

VERDICTS = ("proved", "refuted", "undecided")


@dataclass(frozen=True)
class Entry:
    """A verdict, and the sizes at which a refuted statement is proved all the same, such as ``V=2``."""

    verdict: Verdict
    sizes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Matrix:
    """Operators by statements; a statement that is not asked of an operator has no entry."""

    operators: tuple[str, ...]
    statements: tuple[str, ...]
    entries: dict[tuple[str, str], Entry] = field(default_factory=dict)

    def verdict(self, operator: str, statement: str) -> Verdict | None:
        """The verdict, or ``None`` where the statement is not asked."""
        found = self.entries.get((operator, statement))
        return None if found is None else found.verdict

    def restricted(self, statements: Collection[str]) -> Matrix:
        """The same with some of the statements only."""
        kept = tuple(name for name in self.statements if name in statements)
        entries = {key: entry for key, entry in self.entries.items() if key[1] in kept}
        return Matrix(self.operators, kept, entries)


def of_certificates(certificates: Iterable[Certificate]) -> Matrix:
    """The matrix of certificates."""
    cells = [
        {"operator": certificate.operator.id, **cell_to_json(cell)}
        for certificate in certificates
        for cell in certificate.cells
    ]
    return _matrix(cells)


def read_matrix(text: str) -> Matrix:
    """The matrix that ``axiomkd matrix --format json`` has written: its verdicts as they stand there.

    :raises DeclarationError: when the text is no such matrix.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise DeclarationError("expected a matrix in JSON, got other text") from None
    if not isinstance(data, list) or not data or not all(isinstance(cell, dict) for cell in data):
        raise DeclarationError("expected a matrix in JSON: a list of cells, got something else")
    return _matrix(data)


def _matrix(cells: Iterable[dict[str, Json]]) -> Matrix:
    entries: dict[tuple[str, str], Entry] = {}
    for cell in cells:
        operator, statement, verdict = (cell.get(key) for key in ("operator", "statement", "verdict"))
        if not isinstance(operator, str) or not isinstance(statement, str) or verdict not in VERDICTS:
            raise DeclarationError("expected cells with operator, statement and verdict, got another")
        entries[operator, statement] = Entry(cast(Verdict, verdict), tuple(_sizes(cell)))
    operators = tuple(dict.fromkeys(operator for operator, _ in entries))
    return Matrix(operators, tuple(dict.fromkeys(statement for _, statement in entries)), entries)


def _sizes(cell: dict[str, Json]) -> Iterable[str]:
    """At which sizes a refuted statement is proved, as far as a cell says."""
    parts = cell.get("proved_at")
    for part in parts if isinstance(parts, list) else []:
        scope = part.get("scope") if isinstance(part, dict) else None
        for name in "KV":
            if isinstance(scope, dict) and isinstance(scope.get(name), int):
                yield f"{name}={scope[name]}"
