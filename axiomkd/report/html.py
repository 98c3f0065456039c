"""Reports as one self-contained HTML page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from axiomkd.certificate import Certificate
from axiomkd.language.to_text import text as plain
from axiomkd.report.checkers import rocq_total
from axiomkd.report.environment import Filter, environment
from axiomkd.report.markdown import MARKS, clause, statements_of
from axiomkd.report.model import Report, counts
from axiomkd.report.prose import pieces
from axiomkd.report.rows import how, matrix_words, where
from axiomkd.verdict import Cell, Verdict


def document(report: Report) -> str:
    """The report as HTML, without anything to load from elsewhere."""
    filters: dict[str, Filter] = {"formula": plain, "clause": clause, "words": words}
    return environment(filters, escape=True).get_template("certificate.html").render(report=report)


@dataclass(frozen=True)
class MatrixCell:
    """A cell of the matrix as the page shows it; scope and how are read when one points at it."""

    operator: str
    verdict: Verdict
    mark: str
    words: str
    scope: str
    how: str


def matrix(certificates: Sequence[Certificate]) -> str:
    """Operators across, statements down, as one self-contained page."""
    rows = [(name, [_cell_of(c, name) for c in certificates]) for name in statements_of(certificates)]
    return (
        environment({}, escape=True)
        .get_template("matrix.html")
        .render(
            operators=[certificate.operator for certificate in certificates],
            rows=rows,
            counts=counts(cell.verdict for certificate in certificates for cell in certificate.cells),
            rocq=rocq_total(certificates),
        )
    )


def _cell_of(certificate: Certificate, statement: str) -> MatrixCell | None:
    found = [cell for cell in certificate.cells if cell.statement.id == statement]
    return _matrix_cell(certificate, found[0]) if found else None


def _matrix_cell(certificate: Certificate, cell: Cell) -> MatrixCell:
    return MatrixCell(
        operator=certificate.operator.id,
        verdict=cell.verdict,
        mark=MARKS[cell.verdict],
        words=matrix_words(cell, certificate.run),
        scope=where(cell),
        how=how(cell),
    )


def words(meaning: str) -> Markup:
    """A statement's meaning with its LaTeX in Unicode.

    >>> words("If $p_k(i) \\\\ge 0$, then ..")
    Markup('If <i>p_k(i) ≥ 0</i>, then ..')
    """
    return Markup("").join(
        Markup("<i>{}</i>").format(part) if math else escape(part) for part, math in pieces(meaning)
    )
