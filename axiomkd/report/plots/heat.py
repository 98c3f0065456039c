"""The matrix as a heat map: statements down, operators across."""

from __future__ import annotations

import itertools

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from axiomkd.explore.matrix import Entry, Matrix
from axiomkd.report.plots.canvas import INK, LOOKS, figure, in_style, patch

CELL = (0.3, 0.17)
"""Inches across and down."""
MARGINS = (2.6, 2.2)
"""Inches for the names of the statements, and for those of the operators and the legend."""


def matrix_figure(matrix: Matrix) -> Figure:
    """The verdicts of a matrix; a refuted cell names the sizes V at which the statement is proved."""
    columns, rows = len(matrix.operators), len(matrix.statements)
    with in_style():
        drawn = figure(MARGINS[0] + CELL[0] * columns, MARGINS[1] + CELL[1] * rows)
        axes = drawn.add_subplot()
        for y, statement in enumerate(matrix.statements):
            for x, operator in enumerate(matrix.operators):
                found = matrix.entries.get((operator, statement))
                if found is not None:
                    _cell(axes, x, y, found)
        _names(axes, matrix)
        _families(axes, matrix)
        shown = [
            patch("proved", "proved for any K and V"),
            patch("refuted", "refuted (V=2: proved there)"),
            patch("undecided"),
        ]
        drawn.legend(handles=shown, loc="outside lower center", ncols=3, frameon=False, fontsize=7)
        return drawn


def _cell(axes: Axes, x: int, y: int, found: Entry) -> None:
    look = LOOKS[found.verdict]
    box = Rectangle((x, y), 1, 1, facecolor=look.colour, hatch=look.hatch, edgecolor="white", linewidth=0.6)
    axes.add_patch(box)
    words = "?" if found.verdict == "undecided" else " ".join(s for s in found.sizes if s.startswith("V"))
    if words:
        weight = "bold" if words == "?" else "normal"
        axes.text(
            x + 0.5, y + 0.52, words, ha="center", va="center", fontsize=5.5, color=look.text, weight=weight
        )


def _names(axes: Axes, matrix: Matrix) -> None:
    axes.set_xlim(0, len(matrix.operators))
    axes.set_ylim(len(matrix.statements), 0)
    axes.xaxis.tick_top()
    places = [x + 0.5 for x in range(len(matrix.operators))]
    axes.set_xticks(places, matrix.operators, rotation=60, ha="left", rotation_mode="anchor", fontsize=7)
    axes.set_yticks([y + 0.5 for y in range(len(matrix.statements))], matrix.statements, fontsize=7)
    axes.tick_params(length=0, pad=3)
    axes.spines[:].set_visible(False)


def _families(axes: Axes, matrix: Matrix) -> None:
    """A line between the families of statements."""
    heads = [statement.split(".")[0] for statement in matrix.statements]
    for y, (before, after) in enumerate(itertools.pairwise(heads), start=1):
        if before != after:
            axes.plot([0, len(matrix.operators)], [y, y], color=INK, linewidth=0.4)
