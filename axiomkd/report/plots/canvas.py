"""What all pictures share: how verdicts look in ink, and how a figure becomes a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

INK = "#222222"
PALE = "#777777"
SETTINGS: Any = {
    "font.size": 9,
    "axes.edgecolor": INK,
    "axes.linewidth": 0.8,
    "hatch.linewidth": 0.6,
    "hatch.color": INK,
    "svg.fonttype": "none",
    "svg.hashsalt": "axiomkd",
}
"""Text stays text in SVG, and the same picture is the same file."""
DOTS = 200
"""Pixels an inch of a PNG."""


@dataclass(frozen=True)
class Look:
    """How a verdict is drawn: colours differ in lightness too and hatches in shape, for black and white."""

    colour: str
    hatch: str
    text: str


LOOKS = {
    "proved": Look("#d5e8d4", "", INK),
    "refuted": Look("#9c3d33", "", "white"),
    "undecided": Look("#f7e3a1", "////", INK),
    "open": Look("#f7e3a1", "////", INK),
    "sampled": Look("#ecd0cb", "....", INK),
}


def patch(verdict: str, label: str = "") -> Patch:
    """The entry of a legend."""
    look = LOOKS[verdict]
    return Patch(
        facecolor=look.colour, hatch=look.hatch, edgecolor=INK, linewidth=0.6, label=label or verdict
    )


def figure(width: float, height: float) -> Figure:
    """An empty figure, in inches; it belongs to no window."""
    return Figure(figsize=(width, height), layout="constrained")


@contextmanager
def in_style() -> Iterator[None]:
    """What is drawn in here looks as the pictures of this package do."""
    with mpl.rc_context(SETTINGS):
        yield


def legend(axes: Axes, columns: int = 1) -> None:
    """What the marks of a picture mean, below it."""
    look: dict[str, Any] = {"frameon": False, "fontsize": 8, "borderaxespad": 0, "ncols": columns}
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.02), **look)


def save(drawn: Figure, file: Path) -> None:
    """Write a figure, in the format of the suffix."""
    from matplotlib.backends import backend_agg  # noqa: F401 - no window is ever opened

    metadata = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}}.get(file.suffix, {})
    with in_style():
        drawn.savefig(file, dpi=DOTS, metadata=metadata, facecolor="white", bbox_inches="tight")
