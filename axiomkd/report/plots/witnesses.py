"""Pictures of counterexamples: the simplex for three outcomes, a path of weights, else bars."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from axiomkd.certificate import Certificate
from axiomkd.errors import DeclarationError
from axiomkd.report.plots import bars, paths, simplex
from axiomkd.report.plots.canvas import figure, in_style
from axiomkd.report.plots.witness import Shown, path_of, shown
from axiomkd.report.rows import how
from axiomkd.verdict import Cell

MOST = 6
"""Counterexamples in one picture."""
COLUMNS = 3
PANEL = (4.3, 4.6)
WIDTH = 62
"""Characters of a line of the title."""


def certificate_figure(certificate: Certificate) -> Figure:
    """The counterexamples of a certificate, the first six that a picture can show.

    :raises DeclarationError: when there is none.
    """
    return witnesses_figure(certificate.cells)


def witness_figure(cell: Cell) -> Figure:
    """The counterexample of a refuted cell.

    :raises DeclarationError: when no picture can show it.
    """
    return witnesses_figure([cell])


def witnesses_figure(cells: Iterable[Cell]) -> Figure:
    """The counterexamples of several cells, side by side.

    :raises DeclarationError: when there is none that a picture can show.
    """
    drawable = [found for found in map(shown, cells) if found is not None][:MOST]
    if not drawable:
        expected = "expected a statement refuted by teachers and weights, to draw them"
        raise DeclarationError(f"{expected}, got none")
    columns = min(COLUMNS, len(drawable))
    rows = -(-len(drawable) // columns)
    with in_style():
        drawn = figure(PANEL[0] * columns, PANEL[1] * rows)
        for number, found in enumerate(drawable, start=1):
            draw(drawn.add_subplot(rows, columns, number), found)
        return drawn


def draw(axes: Axes, found: Shown) -> None:
    """One counterexample, in the picture that shows most of it."""
    path = path_of(found)
    if path is not None:
        paths.draw_path(axes, found.operator, found.teachers, path, found.indices.get("i"))
    elif len(found.teachers[0]) == len(simplex.CORNERS):
        simplex.draw_witness(axes, found)
    else:
        bars.draw_bars(axes, found)
    heading = f"{found.cell.operator.id}: {found.cell.statement.id} refuted"
    given, _, numbers = how(found.cell).rpartition(": ")
    axes.set_title("\n".join((heading, textwrap.fill(given, WIDTH), numbers)), loc="left", fontsize=8)
