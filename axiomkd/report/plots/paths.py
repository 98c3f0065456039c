"""The aggregate along a path of weights, one line an outcome."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from axiomkd.operator import Operator
from axiomkd.report.plots.canvas import INK, LOOKS, PALE, figure, in_style
from axiomkd.report.plots.witness import Path, aggregate_at, towards

SIZE = (5.2, 3.4)
STEPS = 60
STYLES = ("-", "--", ":", "-.")


def path_figure(
    operator: Operator,
    teachers: Sequence[Sequence[Fraction | float]],
    weights: Sequence[Fraction],
    teacher: int,
    title: str = "",
) -> Figure:
    """The aggregate while a teacher, numbered from 1, gains weight: :math:`w_s = (1-s) w + s e_k`."""
    words = f"$s$: weight moves to teacher {teacher}"
    with in_style():
        drawn = figure(*SIZE)
        axes = drawn.add_subplot()
        draw_path(axes, operator, teachers, Path(lambda s: towards(weights, teacher, s), words))
        axes.set_title(title, loc="left", fontsize=8.5)
        return drawn


def draw_path(
    axes: Axes,
    operator: Operator,
    teachers: Sequence[Sequence[Fraction | float]],
    path: Path,
    outcome: int | None = None,
) -> None:
    """The aggregate along any path of weights; an outcome that matters most is drawn thicker."""
    grid = [Fraction(n, STEPS) for n in range(STEPS + 1)]
    rows = [aggregate_at(operator, teachers, path.weights(s)) for s in grid]
    for i, values in enumerate(zip(*rows, strict=True), start=1):
        colour = LOOKS["refuted"].colour if outcome == i else INK if outcome is None else PALE
        look: dict[str, Any] = {"color": colour, "linewidth": 2.2 if outcome == i else 1.2}
        axes.plot(list(map(float, grid)), values, STYLES[i % len(STYLES)], **look)
        axes.annotate(f"  $q({i})$", (1, values[-1]), va="center", color=colour, annotation_clip=False)
        axes.plot([0, 1], [values[0], values[-1]], "o", color=colour, markersize=4, clip_on=False)
    axes.set_xlim(0, 1)
    axes.set_ylim(bottom=0)
    axes.set_xlabel(path.words)
    axes.set_ylabel("aggregate")
    axes.spines[["top", "right"]].set_visible(False)
