"""Regions of one parameter as a band, of two as a map."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from axiomkd.explore.intervals import Ends
from axiomkd.explore.plane import Plane
from axiomkd.explore.region import Region
from axiomkd.report.plots.canvas import INK, LOOKS, figure, in_style, patch
from axiomkd.report.region import headline

RED = LOOKS["refuted"].colour
MARK = "x"
"""The marker of a refuted value."""
ALONE: dict[str, Any] = {"color": INK, "markersize": 5, "clip_on": False}
EXCLUDED: dict[str, Any] = {"markerfacecolor": "white", "markeredgecolor": INK, "markersize": 6}


def region_figure(found: Region | Plane | Sequence[Region]) -> Figure:
    """A band along the parameter, one for each region of the same parameter; or a map of two parameters."""
    with in_style():
        if isinstance(found, Plane):
            return _map(found)
        return _bands([found] if isinstance(found, Region) else list(found))


def _bands(regions: Sequence[Region]) -> Figure:
    drawn = figure(7, 1.3 + 0.55 * len(regions))
    axes = drawn.add_subplot()
    for row, region in enumerate(reversed(regions)):
        _band(axes, region, row)
    first = regions[0]
    axes.set_xlim(float(first.ends.low), float(first.ends.high))
    axes.set_ylim(-0.6, len(regions) - 0.4)
    names = [region.question.statement.id for region in reversed(regions)]
    axes.set_yticks(range(len(regions)), names if len(regions) > 1 else [""])
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(f"${first.parameter}$")
    axes.spines[["top", "left", "right"]].set_visible(False)
    family = first.question.family.operator
    axes.set_title(
        headline(first).replace("<=", "≤") if len(regions) == 1 else family.title or family.id,
        loc="left",
        fontsize=9,
    )
    _legend(axes, *_single(regions))
    return drawn


def _band(axes: Axes, region: Region, row: int) -> None:
    """Proved and open intervals as boxes; refuted values as crosses, and a thin line from first to last."""
    for piece in region.pieces:
        if piece.values and piece.kind == "refuted":
            xs = [float(x) for x in piece.values]
            axes.plot(xs, [row] * len(xs), MARK, color=RED, markersize=5, zorder=3, clip_on=False)
            axes.plot([xs[0], xs[-1]], [row, row], ":", color=RED, linewidth=0.8)
        elif piece.values:
            axes.plot(list(map(float, piece.values)), [row] * len(piece.values), "o", zorder=3, **ALONE)
        else:
            _box(axes, piece.kind, piece.ends, row)
    for x in region.excluded:
        axes.plot([float(x)], [row], "o", zorder=4, **EXCLUDED)


def _box(axes: Axes, verdict: str, ends: Ends, row: int) -> None:
    look = LOOKS[verdict]
    if ends.width == 0:
        axes.plot([float(ends.low)], [row], "s", color=look.colour, markeredgecolor=INK, zorder=4)
        return
    box = Rectangle((float(ends.low), row - 0.25), float(ends.width), 0.5)
    box.set(facecolor=look.colour, hatch=look.hatch, edgecolor=INK, linewidth=0.6, zorder=2)
    axes.add_patch(box)


def _map(plane: Plane) -> Figure:
    drawn = figure(5.2, 4.6)
    axes = drawn.add_subplot()
    for box in plane.boxes:
        one, other = box.sides
        look = LOOKS["sampled" if box.value else box.cell.verdict]
        shape = Rectangle((float(one.low), float(other.low)), float(one.width), float(other.width))
        shape.set(facecolor=look.colour, hatch=look.hatch, edgecolor=INK, linewidth=0.4)
        axes.add_patch(shape)
        if box.value is not None:
            axes.plot(*map(float, box.value), MARK, color=RED, markersize=5, clip_on=False)
    axes.set_xlim(float(plane.sides[0].low), float(plane.sides[0].high))
    axes.set_ylim(float(plane.sides[1].low), float(plane.sides[1].high))
    axes.set_xlabel(f"${plane.parameters[0]}$")
    axes.set_ylabel(f"${plane.parameters[1]}$")
    family = plane.question.family.operator
    axes.set_title(f"{family.title or family.id}: {plane.question.statement.id}", loc="left", fontsize=9)
    _legend(axes, patch("sampled", "refuted at a value of the box"))
    return drawn


def _legend(axes: Axes, *others: Artist) -> None:
    refuted = Line2D(
        [], [], linestyle="", marker=MARK, color=RED, markersize=5, label="refuted at this value"
    )
    shown = [patch("proved", "proved for all values"), refuted, *others, patch("open", "open")]
    look: dict[str, Any] = {"loc": "outside lower center", "frameon": False, "fontsize": 8}
    axes.figure.legend(handles=shown, ncols=2 if len(shown) == 4 else 3, **look)


def _single(regions: Sequence[Region]) -> Iterator[Artist]:
    """The entries of the legend for values that are proved alone, or excluded, where there are any."""
    alone = any(piece.kind == "proved" and piece.values for region in regions for piece in region.pieces)
    excluded = any(region.excluded for region in regions)
    for wanted, words, look in ((alone, "proved at this value", ALONE), (excluded, "excluded", EXCLUDED)):
        if wanted:
            yield Line2D([], [], linestyle="", marker="o", label=words, **look)
