"""Rules that satisfy the same statements as points of the triangle, families of them as curves."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import cycle

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from axiomkd.explore.families import Family, at_value
from axiomkd.explore.nonuniqueness import NonUniqueness
from axiomkd.report.plots.canvas import INK, LOOKS, figure, in_style, legend
from axiomkd.report.plots.simplex import Point, draw_simplex, place
from axiomkd.report.plots.witness import aggregate_at

SIZE = (5.4, 6.4)
TEACHERS = tuple(tuple(Fraction(n, 20) for n in row) for row in ((17, 2, 1), (3, 15, 2), (10, 2, 8)))
WEIGHTS = (Fraction(7, 10), Fraction(1, 5), Fraction(1, 10))
"""An input at which rules lie apart that differ in how they use weights, teachers and uniform shares."""
ALONG = tuple(Fraction(n, 20) for n in range(1, 20))
"""Values of the parameter of a family, inside of every range."""
MARGIN = 0.15
LINES = ("-", "--", ":", "-.")


def nonuniqueness_figure(found: NonUniqueness) -> Figure:
    """What the rules of a certificate make of one input with three outcomes; families run in their b."""
    with in_style():
        drawn = figure(*SIZE)
        axes = drawn.add_subplot()
        draw_simplex(axes, TEACHERS, WEIGHTS, ())
        curves = [_draw_family(axes, *pair) for pair in zip(found.families, cycle(LINES), strict=False)]
        points = [place(aggregate_at(member.operator, TEACHERS, WEIGHTS)) for member in found.members]
        for number, (point, member) in enumerate(zip(points, found.members, strict=True), start=1):
            _draw_rule(axes, point, number, member.operator.title)
        _close_up(axes, [*points, *(point for curve in curves for point in curve)])
        legend(axes, columns=2)
        title = f"{len(found.members)} rules with the same axioms, at w = {_row(WEIGHTS)}"
        axes.set_title(f"{title}: a part of the triangle", fontsize=9)
        return drawn


def _draw_rule(axes: Axes, point: Point, number: int, title: str) -> None:
    axes.plot(*point, "o", color="white", markeredgecolor=INK, markersize=10, zorder=6)
    axes.text(*point, str(number), ha="center", va="center", fontsize=6, zorder=7)
    axes.plot([], [], " ", label=f"{number}  {title}")


def _close_up(axes: Axes, points: Sequence[Point]) -> None:
    """Only the surroundings of the points; a hatch would fill them."""
    for hull in axes.patches:
        hull.set_hatch("")
    for words in axes.texts:
        words.set_clip_on(True)
    for values, limits in zip(zip(*points, strict=True), (axes.set_xlim, axes.set_ylim), strict=True):
        margin = MARGIN * (max(values) - min(values))
        limits(min(values) - margin, max(values) + margin)


def _draw_family(axes: Axes, family: Family, style: str) -> list[Point]:
    operator = family.certificate.operator
    rows = [aggregate_at(at_value(operator, b), TEACHERS, WEIGHTS) for b in ALONG]
    points = [place(row) for row in rows]
    look = LOOKS["refuted"].colour
    axes.plot(*zip(*points, strict=True), style, color=look, linewidth=1.4, label=operator.title, zorder=4)
    return points


def _row(row: Sequence[Fraction]) -> str:
    return f"({', '.join(map(str, row))})"
