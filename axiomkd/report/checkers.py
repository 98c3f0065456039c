"""Which checkers have accepted a cell: the kernel, always; Rocq, where it was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from axiomkd.certificate import Certificate
from axiomkd.kernel.table import Json
from axiomkd.verdict import Cell

BOTH = "kernel, Rocq"


@dataclass(frozen=True)
class Checkers:
    """Who accepted a cell, in words, and why Rocq did not where it was asked and did not.

    >>> str(Checkers("kernel only", "Rocq refuses it: Error: .."))
    'kernel only: Rocq refuses it: Error: ..'
    """

    names: str
    reason: str = ""

    def __str__(self) -> str:
        return f"{self.names}: {self.reason}" if self.reason else self.names


def checkers(cell: Cell, run: Mapping[str, Json]) -> Checkers:
    """Who accepted a cell, by the record of the run in which its certificate was made."""
    if cell.verdict == "undecided":
        return Checkers("")
    rocq = run.get("rocq")
    found = rocq.get(cell.statement.id) if isinstance(rocq, dict) else None
    if not isinstance(found, dict):
        return Checkers("kernel")
    return by_kernel_and(found["accepted"] is True, str(found["reason"]))


def by_kernel_and(rocq: bool, reason: str) -> Checkers:
    """Who accepted a cell that the kernel has accepted, by Rocq's answer.

    >>> str(by_kernel_and(True, ""))
    'kernel, Rocq'
    """
    return Checkers(BOTH) if rocq else Checkers("kernel only", reason)


def kernel_only(certificates: Sequence[Certificate]) -> list[str]:
    """The cells that Rocq was asked about and has not accepted, each with its reason."""
    return [
        f"{certificate.operator.id}, {cell.statement.id}: {checkers(cell, certificate.run)}"
        for certificate in certificates
        for cell in certificate.cells
        if checkers(cell, certificate.run).reason
    ]


def rocq_total(certificates: Sequence[Certificate]) -> str:
    """How many of the decided cells Rocq has accepted; empty where it was not asked.

    >>> rocq_total([])
    ''
    """
    if not any("rocq" in certificate.run for certificate in certificates):
        return ""
    who = [checkers(cell, certificate.run) for certificate in certificates for cell in certificate.cells]
    names = [found.names for found in who if found.names]
    return f"Rocq accepts {names.count(BOTH)} of {len(names)} decided cells"
