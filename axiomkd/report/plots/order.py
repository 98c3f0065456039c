"""The order of the statements: an arrow from each to what it implies, solid where that is proved."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import networkx as nx
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from axiomkd.explore.conjectures import Conjectures
from axiomkd.report.plots.canvas import INK, PALE, figure, in_style
from axiomkd.verdict import Verdict

ACROSS, DOWN = 2.3, 1.25
"""Inches from one node to the next."""


def order_figure(found: Conjectures) -> Figure:
    """The statements from the strongest, above, to the weakest; refuted implications are left out.

    Statements that no operator tells apart share a node.
    """
    verdicts = {
        (c.settled.implication.premises[0].id, c.settled.implication.conclusion.id): c.settled.verdict
        for c in found.single
    }
    graph = nx.DiGraph()
    graph.add_nodes_from(c[0] for c in found.context.classes)
    graph.add_edges_from(e for e in found.context.order().edges if verdicts.get(e) != "refuted")
    places = layered(graph)
    columns = max((x for x, _ in places.values()), default=0) + 1
    rows = max((y for _, y in places.values()), default=0) + 1
    with in_style():
        drawn = figure(ACROSS * columns, DOWN * rows + 0.4)
        axes = drawn.add_subplot()
        boxes = {c[0]: _box(axes, places[c[0]], c) for c in found.context.classes}
        for one, other in graph.edges:
            _arrow(axes, boxes[one], boxes[other], verdicts.get((one, other), "undecided"))
        axes.set_xlim(-0.6, columns - 0.4)
        axes.set_ylim(rows - 0.5, -0.5)
        axes.axis("off")
        shown = [_line("proved", "implies, proved"), _line("undecided", "implies as far as is known: open")]
        drawn.legend(handles=shown, loc="outside lower center", ncols=2, frameon=False, fontsize=8)
        return drawn


def layered(graph: nx.DiGraph) -> dict[str, tuple[float, float]]:
    """A place for each node: below all that imply it, and near them; those without arrows come last.

    >>> layered(nx.DiGraph([("a", "b"), ("a", "c")]))["a"]
    (0.5, 0.0)
    """
    if not nx.is_directed_acyclic_graph(graph):
        mutual = [(one, other) for one, other in graph.edges if graph.has_edge(other, one)]
        graph = nx.restricted_view(graph, [], mutual)
    alone = list(nx.isolates(graph))
    linked = graph.subgraph(node for node in graph if node not in alone)
    order = list(graph).index
    rows = [sorted(row, key=order) for row in nx.topological_generations(linked)]
    for _ in range(8):
        for above, row in itertools.pairwise(rows):
            _sort_by(row, above, graph.pred)
        for below, row in zip(rows[::-1], rows[-2::-1], strict=False):
            _sort_by(row, below, graph.succ)
    widest = max(map(len, rows), default=4)
    rows += [alone[at : at + widest] for at in range(0, len(alone), widest)]
    return {
        node: (x + (widest - len(row)) / 2, float(y))
        for y, row in enumerate(rows)
        for x, node in enumerate(row)
    }


def _sort_by(row: list[str], fixed: list[str], neighbours: nx.classes.coreviews.AdjacencyView) -> None:
    """Order a row by the middle of each node's neighbours in another row."""
    middle = (len(fixed) - 1) / 2

    def centre(node: str) -> float:
        found = [fixed.index(other) - middle for other in neighbours[node] if other in fixed]
        return sum(found) / len(found) if found else row.index(node) - (len(row) - 1) / 2

    row[:] = sorted(row, key={node: centre(node) for node in row}.__getitem__)


def _box(axes: Axes, place: tuple[float, float], together: Sequence[str]) -> Text:
    """A node, drawn above the arrows; the one returned is below them and unseen, for them to end at."""
    look = {"boxstyle": "round,pad=0.35", "facecolor": "white", "edgecolor": INK, "linewidth": 0.7}
    given: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": 6.5, "bbox": look}
    axes.text(*place, "\n".join(together), zorder=5, **given)
    return axes.text(*place, "\n".join(together), zorder=3, alpha=0, **given)


def _arrow(axes: Axes, start: Text, end: Text, verdict: Verdict) -> None:
    """From the edge of one box to the edge of another; bent where it passes a row, to lie apart."""
    rows = end.get_position()[1] - start.get_position()[1]
    ends = {"patchA": start.get_bbox_patch(), "patchB": end.get_bbox_patch(), "shrinkA": 1, "shrinkB": 1}
    bent = {"connectionstyle": f"arc3,rad={0.0 if rows <= 1 else 0.22}"}
    look = {"arrowstyle": "-|>", "linewidth": 0.9, **bent, **ends, **_style(verdict)}
    axes.annotate("", end.get_position(), start.get_position(), arrowprops=look, zorder=4)


def _style(verdict: Verdict) -> dict[str, Any]:
    proved = verdict == "proved"
    return {"linestyle": "-" if proved else (0, (4, 3)), "color": INK if proved else PALE}


def _line(verdict: Verdict, label: str) -> Line2D:
    return Line2D([], [], linewidth=0.9, label=label, **_style(verdict))
