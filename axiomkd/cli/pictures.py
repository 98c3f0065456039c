"""The option --plot, and the command that draws what stands in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from axiomkd.cli.options import app
from axiomkd.errors import DeclarationError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SUFFIXES = (".svg", ".png", ".pdf")
Plot = Annotated[
    Path | None, typer.Option("--plot", metavar="FILE", help="Draw it: .svg, .png or .pdf, by the suffix.")
]


class Picture:
    """Where a picture goes, if one is wanted.

    :raises DeclarationError: when the file could not be written, before any work is done.
    """

    def __init__(self, file: Path | None) -> None:
        from axiomkd.display import Destination

        self.file = file
        if file is not None and file.suffix not in SUFFIXES:
            raise DeclarationError(f"--plot: expected a file ending in {', '.join(SUFFIXES)}, got {file}")
        Destination(file)

    def __bool__(self) -> bool:
        return self.file is not None

    def write(self, figure: Figure) -> None:
        from axiomkd.display import writing
        from axiomkd.report.plots import save

        assert self.file is not None
        with writing(self.file):
            save(figure, self.file)


@app.command()
def plot(
    source: Annotated[Path, typer.Argument(metavar="JSON", help="A matrix, a certificate or a region.")],
    file: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help=".svg, .png or .pdf.")],
) -> None:
    """Draw what stands in a file.

    A matrix as a heat map, its verdicts as they stand there; the counterexamples of a certificate, and a
    region of parameters, every cell of which is checked again.
    """
    picture = Picture(file)
    picture.write(drawn(source))


def drawn(source: Path) -> Figure:
    """The picture of a matrix, a certificate or a region in JSON."""
    from axiomkd.explore import wire
    from axiomkd.explore.matrix import read_matrix
    from axiomkd.recheck import format_of, read
    from axiomkd.report import plots

    text = read(source)
    if text.lstrip().startswith("["):
        return plots.matrix_figure(read_matrix(text))
    if format_of(source) == wire.FORMAT:
        return plots.region_figure(wire.check_region(text))
    from axiomkd.cli.certificates import standing

    return plots.certificate_figure(standing(source))
