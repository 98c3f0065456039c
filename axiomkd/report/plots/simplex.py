"""Three outcomes: teachers, their convex hull and the aggregate as points of a triangle."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon

from axiomkd.operator import Operator
from axiomkd.report.plots.canvas import INK, LOOKS, PALE, figure, in_style, legend
from axiomkd.report.plots.witness import Shown, aggregate_at

HEIGHT = math.sqrt(3) / 2
CORNERS = ((0.0, 0.0), (1.0, 0.0), (0.5, HEIGHT))
MARKERS = "*DXP^v"
SIZE = (4.4, 4.8)
FILL, HATCH = "#d9e3ef", "\\\\\\"
NEAR = 0.2
"""An aggregate nearer to the hull is shown enlarged, with this part of the triangle at most."""
Point = tuple[float, float]
Row = Sequence[Fraction | float]


def place(row: Row) -> Point:
    """A distribution over three outcomes as a point of the triangle.

    >>> place((0, 0, 1)) == CORNERS[2]
    True
    """
    x = sum(float(value) * corner[0] for value, corner in zip(row, CORNERS, strict=True))
    y = sum(float(value) * corner[1] for value, corner in zip(row, CORNERS, strict=True))
    return x, y


def simplex_figure(
    teachers: Sequence[Row], weights: Sequence[Fraction], operators: Sequence[Operator], title: str = ""
) -> Figure:
    """Teachers over three outcomes with their hull, and what each operator makes of them."""
    with in_style():
        drawn = figure(*SIZE)
        axes = drawn.add_subplot()
        draw_simplex(axes, teachers, weights, operators)
        axes.set_title(title, loc="left", fontsize=8.5)
        return drawn


def draw_simplex(
    axes: Axes, teachers: Sequence[Row], weights: Sequence[Fraction], operators: Sequence[Operator]
) -> None:
    """The same into given axes, with a legend below."""
    _triangle(axes)
    _hull(axes, teachers)
    _teachers(axes, teachers)
    for marker, operator in zip(MARKERS, operators, strict=False):
        row = aggregate_at(operator, teachers, weights)
        size = 13 if marker == "*" else 8
        look: dict[str, Any] = {"markeredgecolor": "white", "markersize": size, "zorder": 6, "linestyle": ""}
        axes.plot(
            *place(row), marker, color=LOOKS["refuted"].colour, label=operator.title or operator.id, **look
        )
    legend(axes)


def draw_witness(axes: Axes, shown: Shown) -> None:
    """The input of a counterexample, and the line that the aggregate should not have crossed."""
    if shown.event:
        masses = [sum(e * x for e, x in zip(shown.event, row, strict=True)) for row in shown.teachers]
        _level_line(
            axes,
            shown.event,
            max(masses),
            f"{shown.event_words} = {float(max(masses)):.3g}, the most of a teacher",
        )
    elif "i" in shown.indices and shown.cell.statement.id != "convexity.hull":
        _bounds(axes, shown.teachers, shown.indices["i"])
    draw_simplex(axes, shown.teachers, shown.weights, [shown.operator])
    _close_up(axes, shown)


def _close_up(axes: Axes, shown: Shown) -> None:
    """The surroundings of the aggregate enlarged, where it lies near the hull."""
    x, y = place(aggregate_at(shown.operator, shown.teachers, shown.weights))
    reach = 2.5 * distance((x, y), convex_hull([place(row) for row in shown.teachers]))
    if not 0 < reach < NEAR:
        return
    inset = axes.inset_axes((0.74, 0.62, 0.36, 0.36))
    for line in axes.lines:
        (copied,) = inset.plot(*line.get_data())
        copied.update_from(line)
        copied.set_transform(inset.transData)
        copied.set_clip_path(inset.patch)
    for corners in (p.get_xy() for p in axes.patches if isinstance(p, Polygon) and p.get_fill()):
        inset.add_patch(Polygon(corners, closed=True, facecolor=FILL, hatch=HATCH, edgecolor=INK))
    inset.set_xlim(x - reach, x + reach)
    inset.set_ylim(y - reach, y + reach)
    inset.set_aspect("equal")
    inset.set_xticks([])
    inset.set_yticks([])
    axes.indicate_inset_zoom(inset, edgecolor=INK)


def distance(point: Point, corners: Sequence[Point]) -> float:
    """From a point to a hull given by its corners in order; 0 inside.

    >>> distance((0, 1), [(-1, 0), (1, 0)])
    1.0
    """
    sides = list(zip(corners, [*corners[1:], corners[0]], strict=True))
    if len(corners) > 2 and all(_turn(one, other, point) >= 0 for one, other in sides):
        return 0.0
    return min(_to_segment(point, one, other) for one, other in sides)


def _to_segment(point: Point, one: Point, other: Point) -> float:
    (x, y), (dx, dy) = (point[0] - one[0], point[1] - one[1]), (other[0] - one[0], other[1] - one[1])
    share = min(1.0, max(0.0, (x * dx + y * dy) / ((dx * dx + dy * dy) or 1.0)))
    return math.hypot(x - share * dx, y - share * dy)


def _bounds(axes: Axes, teachers: Sequence[Row], outcome: int) -> None:
    """The least and the greatest that a teacher gives to an outcome."""
    column = [float(row[outcome - 1]) for row in teachers]
    unit = [float(i + 1 == outcome) for i in range(3)]
    for value in dict.fromkeys((min(column), max(column))):
        word = (
            "all teachers"
            if min(column) == max(column)
            else "the least"
            if value == min(column)
            else "the most"
        )
        _level_line(axes, unit, value, f"$q({outcome})$ = {value:.3g}, {word}")


def _level_line(axes: Axes, functional: Row, level: Fraction | float, label: str) -> None:
    """The points of the triangle at which a functional has a value."""
    ends: list[Point] = []
    for first, second in ((0, 1), (1, 2), (2, 0)):
        one, other = float(functional[first] - level), float(functional[second] - level)
        if one * other <= 0 and one != other:
            share = one / (one - other)
            row = [0.0, 0.0, 0.0]
            row[first], row[second] = 1 - share, share
            ends.append(place(row))
    distinct = list(dict.fromkeys((round(x, 9), round(y, 9)) for x, y in ends))
    if len(distinct) == 2:
        axes.plot(*zip(*distinct, strict=True), "--", color=INK, linewidth=1, label=label, zorder=2)


def _triangle(axes: Axes) -> None:
    axes.add_patch(Polygon(CORNERS, closed=True, fill=False, edgecolor=INK, linewidth=1))
    for tenth in range(1, 10):
        share = tenth / 10
        for i in range(3):
            row, other = [0.0] * 3, [0.0] * 3
            row[i], row[(i + 1) % 3] = share, 1 - share
            other[i], other[(i + 2) % 3] = share, 1 - share
            ends = zip(place(row), place(other), strict=True)
            axes.plot(*ends, color=PALE, linewidth=0.3, alpha=0.5, zorder=0)
    for number, (corner, side) in enumerate(zip(CORNERS, ("right", "left", "center"), strict=True), start=1):
        x = corner[0] + {"right": -0.03, "left": 0.03, "center": 0}[side]
        y = corner[1] + (0.035 if side == "center" else 0)
        axes.text(
            x, y, f"outcome {number}", ha=side, va="center" if side != "center" else "bottom", fontsize=8
        )
    axes.set_aspect("equal")
    axes.set_xlim(-0.22, 1.22)
    axes.set_ylim(-0.05, HEIGHT + 0.1)
    axes.axis("off")


def _hull(axes: Axes, teachers: Sequence[Row]) -> None:
    corners = convex_hull([place(row) for row in teachers])
    look: dict[str, Any] = {"zorder": 3, "label": "convex hull of the teachers"}
    if len(corners) == 2:
        axes.plot(*zip(*corners, strict=True), color=INK, linewidth=1.6, **look)
    elif len(corners) > 2:
        look |= {"facecolor": FILL, "hatch": HATCH, "edgecolor": INK, "linewidth": 1.2}
        axes.add_patch(Polygon(corners, closed=True, **look))


def convex_hull(points: Sequence[Point]) -> list[Point]:
    """The corners of the hull in order, by going round once below and once above.

    >>> convex_hull([(0, 0), (1, 0), (0, 1), (0.2, 0.2)])
    [(0, 0), (1, 0), (0, 1)]
    """
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    lower, upper = _chain(ordered), _chain(ordered[::-1])
    return lower[:-1] + upper[:-1]


def _chain(points: Sequence[Point]) -> list[Point]:
    found: list[Point] = []
    for point in points:
        while len(found) > 1 and _turn(found[-2], found[-1], point) <= 1e-12:
            found.pop()
        found.append(point)
    return found


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _teachers(axes: Axes, teachers: Sequence[Row]) -> None:
    points = [place(row) for row in teachers]
    xs, ys = zip(*points, strict=True)
    axes.plot(xs, ys, "o", color=INK, markersize=5, label="teachers", zorder=5)
    for number, (x, y) in enumerate(points, start=1):
        axes.annotate(f"$p_{{{number}}}$", (x, y), (5, -11), textcoords="offset points", fontsize=9, zorder=7)
