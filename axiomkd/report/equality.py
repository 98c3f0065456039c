"""Reports on equality: two formulas, and that they are one rule or where they differ."""

from __future__ import annotations

from axiomkd.certificate import Certificate
from axiomkd.explore.equality import to_json
from axiomkd.operator import Operator
from axiomkd.report import write_certificate
from axiomkd.report.example import example
from axiomkd.report.rows import how, where
from axiomkd.verdict import Cell

UNDEFINED = "undefined"
"""The kind of a margin where there are no two numbers to tell apart."""


def write_equality(certificate: Certificate, other: Operator, format: str) -> str:
    """The report as ``"markdown"``, ``"latex"`` or ``"json"``.

    :raises ValueError: for any other format.
    """
    return to_json(certificate, other) if format == "json" else write_certificate(certificate, format)


def headline(cell: Cell, other: Operator) -> str:
    """What is found, in a few words."""
    one = cell.operator.id
    if cell.verdict == "proved":
        return f"{one} and {other.id} are one rule"
    if cell.verdict == "undecided":
        return f"{one} and {other.id}: undecided"
    margin = cell.checked.margin if cell.checked else None
    if margin is not None and margin.kind == UNDEFINED:
        return f"{one} and {other.id}: one of the two is undefined at an input"
    return f"{one} and {other.id} are two rules"


def evidence_of(cell: Cell, other: Operator) -> str:
    """The proof in a few words; or the input, and what the two make of it."""
    found = example(cell)
    if found is None:
        unknowns = [rule.id for rule in (cell.operator, other) if rule.implicit is not None]
        solved = f", for every solution of the equation of {' and '.join(unknowns)}" if unknowns else ""
        return f"{where(cell)}{solved}: {how(cell)}"
    outcome = "".join(f" (outcome {number})" for name, number in found.chosen if name == "i")
    return f"{where(cell)}: {how(cell)}{outcome}"
