"""Pictures, legible in black and white: each function returns a figure, for a notebook or a file."""

from axiomkd.report.plots.canvas import save
from axiomkd.report.plots.families import nonuniqueness_figure
from axiomkd.report.plots.heat import matrix_figure
from axiomkd.report.plots.order import order_figure
from axiomkd.report.plots.paths import path_figure
from axiomkd.report.plots.regions import region_figure
from axiomkd.report.plots.simplex import simplex_figure
from axiomkd.report.plots.witnesses import certificate_figure, witness_figure

__all__ = [
    "certificate_figure",
    "matrix_figure",
    "nonuniqueness_figure",
    "order_figure",
    "path_figure",
    "region_figure",
    "save",
    "simplex_figure",
    "witness_figure",
]
