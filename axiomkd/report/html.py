"""Reports as one self-contained HTML page."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from axiomkd.language.to_text import text as plain
from axiomkd.report.environment import Filter, environment
from axiomkd.report.markdown import clause
from axiomkd.report.model import Report

_SIGNS = {
    r"\ge": "≥", r"\le": "≤", r"\sum": "Σ", r"\prod": "Π", r"\min": "min", r"\max": "max", r"\to": "→",
    r"\infty": "∞", r"\pi": "π", r"\sigma": "\N{GREEK SMALL LETTER SIGMA}", r"\tau": "τ",
    r"\dots": "…", r"\in": "∈", r"\neq": "≠",
    r"\ldots": "…", r"\{": "{", r"\}": "}", r"\,": " ", r"\mapsto": "↦", r"\cdot": "·", r"\log": "log",
}  # fmt: skip


def document(report: Report) -> str:
    """The report as HTML, without anything to load from elsewhere."""
    filters: dict[str, Filter] = {"formula": plain, "clause": clause, "words": words}
    return environment(filters, escape=True).get_template("certificate.html").render(report=report)


def words(meaning: str) -> Markup:
    """A statement's meaning with its LaTeX in Unicode.

    >>> words("If $p_k(i) \\\\ge 0$, then ..")
    Markup('If <i>p_k(i) ≥ 0</i>, then ..')
    """
    pieces = meaning.split("$")
    return Markup("").join(
        Markup("<i>{}</i>").format(_unicode(piece)) if number % 2 else escape(piece)
        for number, piece in enumerate(pieces)
    )


def _unicode(math: str) -> str:
    math = re.sub(r"\\(?:operatorname|mathrm|text)\{([^{}]*)\}", r"\1", math)
    math = re.sub(r"\\[A-Za-z]+|\\[{},]", lambda found: _SIGNS.get(found[0], found[0].lstrip("\\")), math)
    return re.sub(r"([_^])\{([^{}])\}", r"\1\2", math)
