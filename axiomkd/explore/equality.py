"""Whether two formulas are one operator: a proof, or an input that separates them."""

from __future__ import annotations

from pathlib import Path

from axiomkd.certificate import Certificate, cell_to_json, layout, operator_to_json
from axiomkd.errors import DeclarationError
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.table import record, refuse
from axiomkd.kernel.wire import parse
from axiomkd.operator import Operator
from axiomkd.portfolio import Pool
from axiomkd.recheck import CELL, check_cell_of, operator_from_json, read
from axiomkd.statement import Scope
from axiomkd.theories.ensemble.equality import common_scope, same_rule
from axiomkd.verdict import Cell

FORMAT = "axiomkd-equality/1"
EQUALITY = ("format", "operator", "other", "cell", "run")


def compare(one: Operator, other: Operator, scope: Scope | None = None) -> Certificate:
    """The certificate that two operators are one rule, or that they are not; its only cell says which.

    A refuted cell holds the smallest input found at which the two differ, or one of them is undefined.

    >>> from axiomkd.registry import find_operator
    >>> compare(find_operator("minimum"), find_operator("product"), Scope(1)).cells[0].verdict
    'proved'

    :raises DeclarationError: when the sizes that the two fix, and those of the scope, do not agree.
    """
    if one.theory != other.theory:
        raise DeclarationError(f"expected two operators of one theory, got {one.theory} and {other.theory}")
    sizes = common_scope(one, common_scope(other, scope or Scope()))
    with Pool(1) as pool:
        cell, seconds = pool.submit(Cell(one, same_rule(other), sizes)).result()
    return Certificate(one, (cell,), {"seconds": round(seconds, 3)})


def to_json(certificate: Certificate, other: Operator) -> str:
    """Both declarations and the evidence, from which :func:`check_equality` decides the cell anew."""
    (cell,) = certificate.cells
    return layout(
        {
            "format": FORMAT,
            "operator": operator_to_json(certificate.operator),
            "other": operator_to_json(other),
            "cell": cell_to_json(cell),
            "run": dict(certificate.run),
        }
    )


def check_file(file: Path) -> tuple[Cell, Operator]:
    """The equality that a file claims, decided anew; raises as :func:`check_equality` does."""
    return check_equality(read(file))


def check_equality(text: str) -> tuple[Cell, Operator]:
    """The cell that a text claims about two operators, decided anew, and the second of them.

    :raises axiomkd.errors.AxiomkdError: when the text is no equality of this format.
    :raises axiomkd.kernel.judgement.Refused: when anything that it claims is not so.
    """
    data = parse(text)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        refuse("equality", f"the format {FORMAT}", data.get("format") if isinstance(data, dict) else data)
    entries = record(data, EQUALITY, "equality")
    one, other = (operator_from_json(entries[name]) for name in ("operator", "other"))
    statement, claimed = same_rule(other), record(entries["cell"], CELL, "cell")
    if claimed["statement"] != statement.id:
        raise Refused(f"expected a cell about {statement.id}, got another statement")
    return check_cell_of(one, statement, claimed), other
