"""Reports: a certificate as Markdown, LaTeX, HTML or JSON, and a matrix of certificates."""

from __future__ import annotations

from collections.abc import Sequence

from axiomkd.certificate import Certificate, cell_to_json, layout
from axiomkd.kernel.judgement import Goal
from axiomkd.report import markdown
from axiomkd.report.model import goal_view, report


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
    """A matrix as ``"markdown"`` or ``"json"``, a list of all cells, each with its operator's id.

    :raises ValueError: for any other format.
    """
    if format == "json":
        return layout(
            [{"operator": c.operator.id, **cell_to_json(cell)} for c in certificates for cell in c.cells]
        )
    if format == "markdown":
        return markdown.matrix(certificates)
    raise ValueError(f"expected markdown or json, got {format}")


def goal_text(goal: Goal) -> str:
    """The kernel's goal in plain text, as every report prints it."""
    return markdown.goal_lines(goal_view(goal))
