"""Any number of outcomes: what each teacher and the aggregate give to each, as bars."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from matplotlib.axes import Axes

from axiomkd.report.plots.canvas import INK, LOOKS
from axiomkd.report.plots.witness import Shown, aggregate_at

GREYS = ("#f2f2f2", "#c9c9c9", "#9a9a9a", "#6b6b6b")
HATCHES = ("", "////", "....", "xxxx")


def draw_bars(axes: Axes, shown: Shown) -> None:
    """The input of a counterexample as bars, the aggregate as the last of each group."""
    rows: list[Sequence[Fraction | float]] = [
        *shown.teachers,
        aggregate_at(shown.operator, shown.teachers, shown.weights),
    ]
    width = 0.8 / len(rows)
    for k, row in enumerate(rows):
        is_aggregate = k == len(rows) - 1
        colour = LOOKS["refuted"].colour if is_aggregate else GREYS[k % len(GREYS)]
        hatch = "" if is_aggregate else HATCHES[k % len(HATCHES)]
        label = f"$q$, {shown.operator.id}" if is_aggregate else f"$p_{{{k + 1}}}$, weight {shown.weights[k]}"
        places = [i + 1 - 0.4 + (k + 0.5) * width for i in range(len(row))]
        look: dict[str, Any] = {"color": colour, "hatch": hatch, "edgecolor": INK, "linewidth": 0.6}
        axes.bar(places, [float(x) for x in row], width, label=label, **look)
    axes.set_xticks(range(1, len(rows[0]) + 1), [f"outcome {i}" for i in range(1, len(rows[0]) + 1)])
    axes.tick_params(axis="x", length=0)
    axes.set_ylabel("probability")
    axes.spines[["top", "right"]].set_visible(False)
    handles, labels = axes.get_legend_handles_labels()
    axes.legend(
        handles, labels, loc="upper center", bbox_to_anchor=(0.5, -0.1), frameon=False, fontsize=8, ncols=2
    )
