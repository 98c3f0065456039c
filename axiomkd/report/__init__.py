"""Reports: a certificate as Markdown, LaTeX, HTML or JSON, and a matrix of certificates."""

from __future__ import annotations

from collections.abc import Sequence

from axiomkd.certificate import Certificate, cell_to_json, layout
from axiomkd.kernel.judgement import Goal
from axiomkd.kernel.table import Json
from axiomkd.report import markdown
from axiomkd.report.model import goal_view, report
from axiomkd.report.rows import row
from axiomkd.verdict import Cell


def write_certificate(certificate: Certificate, format: str, fragment: bool = False) -> str:
    """A certificate as ``"markdown"``, ``"latex"``, ``"html"`` or ``"json"``.

    :raises ValueError: for any other format.
    """
    if format == "json":
        return certificate.to_json()
    if format == "markdown":
        return markdown.document(report(certificate))
    if format == "latex":
        from axiomkd.report import latex

        return latex.document(report(certificate), fragment=fragment)
    if format == "html":
        from axiomkd.report import html

        return html.document(report(certificate))
    raise ValueError(f"expected markdown, latex, html or json, got {format}")


def write_matrix(certificates: Sequence[Certificate], format: str) -> str:
    """A matrix as ``"markdown"``, ``"html"`` or ``"json"``, a list of all cells, each with its operator's id.

    A cell that Rocq was asked about has its answer under ``rocq``. ``"rows"`` is JSON without goals and
    evidence: of each cell what its row in a table says.

    :raises ValueError: for any other format.
    """
    if format == "json":
        return layout([_matrix_cell(c, cell) for c in certificates for cell in c.cells])
    if format == "markdown":
        return markdown.matrix(certificates)
    if format == "html":
        from axiomkd.report import html

        return html.matrix(certificates)
    if format == "rows":
        return layout([_matrix_row(c, cell) for c in certificates for cell in c.cells])
    raise ValueError(f"expected markdown, html, json or rows, got {format}")


def _matrix_row(certificate: Certificate, cell: Cell) -> dict[str, Json]:
    line = row(cell, certificate.run)
    said: dict[str, Json] = {"scope": line.scope, "how": line.how, "margin": line.margin}
    return {"operator": certificate.operator.id, "statement": line.statement, "verdict": line.verdict, **said}


def _matrix_cell(certificate: Certificate, cell: Cell) -> dict[str, Json]:
    rocq = certificate.run.get("rocq")
    answer = rocq.get(cell.statement.id) if isinstance(rocq, dict) else None
    recorded = {} if answer is None else {"rocq": answer}
    return {"operator": certificate.operator.id, **cell_to_json(cell), **recorded}


def goal_text(goal: Goal) -> str:
    """The kernel's goal in plain text, as every report prints it."""
    return markdown.goal_lines(goal_view(goal))
