"""Reports as one self-contained HTML page."""

from __future__ import annotations

from markupsafe import Markup, escape

from axiomkd.language.to_text import text as plain
from axiomkd.report.environment import Filter, environment
from axiomkd.report.markdown import clause
from axiomkd.report.model import Report
from axiomkd.report.prose import pieces


def document(report: Report) -> str:
    """The report as HTML, without anything to load from elsewhere."""
    filters: dict[str, Filter] = {"formula": plain, "clause": clause, "words": words}
    return environment(filters, escape=True).get_template("certificate.html").render(report=report)


def words(meaning: str) -> Markup:
    """A statement's meaning with its LaTeX in Unicode.

    >>> words("If $p_k(i) \\\\ge 0$, then ..")
    Markup('If <i>p_k(i) ≥ 0</i>, then ..')
    """
    return Markup("").join(
        Markup("<i>{}</i>").format(part) if math else escape(part) for part, math in pieces(meaning)
    )
