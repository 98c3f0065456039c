"""The command that checks what the others have written, whatever it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Never

import typer

from axiomkd.cli.options import app

if TYPE_CHECKING:
    from axiomkd.recheck import Outcome


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(metavar="CERTIFICATE..", help="Certificates in JSON.")],
    rocq: Annotated[bool, typer.Option("--rocq", help="Have Rocq check every cell too.")] = False,
) -> None:
    """Check every cell of certificates again; the exit status is 1 when one is refused.

    With --rocq each cell that stands is told with the checkers that accept it; the exit status is
    3 when Rocq is not installed, and 1 when it does not accept a cell.
    """
    from axiomkd.recheck import format_of

    refused, outcomes = 0, []
    for file in files:
        words = CLAIMS.get(format_of(file))
        if words is not None:
            refused += stands(file, words)
        else:
            outcomes.append((file, of_certificate(file)))
    refused += sum(len(outcome.refused) for _, outcome in outcomes)
    if rocq:
        refused += sum(check_in_rocq(file, outcome) for file, outcome in outcomes)
    raise typer.Exit(1 if refused else 0)


def of_certificate(file: Path) -> Outcome:
    """Tell what the kernel says of a certificate's cells."""
    from axiomkd.recheck import check_file

    outcome = check_file(file)
    verdicts = [verdict for _, verdict in outcome.accepted]
    counts = ", ".join(f"{verdicts.count(v)} {v}" for v in ("proved", "refuted", "undecided"))
    typer.echo(f"{file}: {outcome.operator}: {counts}, {len(outcome.refused)} refused")
    for reason in outcome.refused:
        typer.echo(f"{file}: refused: {reason}")
    return outcome


Words = Callable[[Path], Iterator[str]]
"""What a file claims, claim by claim, once decided anew; raises ``Refused`` where it does not stand."""


def stands(file: Path, words: Words) -> int:
    """Tell whether what a file claims stands; 1 if not."""
    from axiomkd.kernel.judgement import Refused

    try:
        for line in words(file):
            typer.echo(f"{file}: {line}, 0 refused")
    except Refused as error:
        typer.echo(f"{file}: refused: {error}")
        return 1
    return 0


def _implication(file: Path) -> Iterator[str]:
    from axiomkd.implications import wire
    from axiomkd.report.implications import headline

    settled = wire.check_file(file)
    yield f"{headline(settled)}: {settled.verdict}"


def _region(file: Path) -> Iterator[str]:
    from axiomkd.explore import wire
    from axiomkd.report.region import headline

    yield headline(wire.check_file(file))


def _equality(file: Path) -> Iterator[str]:
    from axiomkd.explore import equality
    from axiomkd.report.equality import headline

    cell, other = equality.check_file(file)
    yield f"{headline(cell, other)}: {cell.verdict}"


def _problem(file: Path) -> Iterator[str]:
    from axiomkd.problem import check_solution
    from axiomkd.recheck import read

    solution = check_solution(read(file))
    yield f"{' '.join(solution.problem.prove.split())}: {solution.verdict}"


def _nonuniqueness(file: Path) -> Iterator[str]:
    from axiomkd.explore import nonuniqueness
    from axiomkd.report.exploration import headline

    yield headline(nonuniqueness.check_file(file))


def _independence(file: Path) -> Iterator[str]:
    from axiomkd.explore import independence
    from axiomkd.report.exploration import independent_words

    yield from map(independent_words, independence.check_file(file))


def _implications(file: Path) -> Iterator[str]:
    """What a document of implications claims; the matrix from which they were guessed is not decided anew."""
    from axiomkd.explore import stored

    verdicts = [settled.verdict for settled in stored.check_file(file)]
    words = {"proved": "proved", "refuted": "refuted", "undecided": "open"}
    counts = ", ".join(f"{verdicts.count(verdict)} {word}" for verdict, word in words.items())
    yield f"{len(verdicts)} implications: {counts}"


CLAIMS: Mapping[str, Words] = {
    "axiomkd-implication/1": _implication,
    "axiomkd-implications/1": _implications,
    "axiomkd-region/1": _region,
    "axiomkd-equality/1": _equality,
    "axiomkd-problem/1": _problem,
    "axiomkd-nonuniqueness/1": _nonuniqueness,
    "axiomkd-independence/1": _independence,
}
"""How each kind of document is decided anew, by its format; any other is a certificate."""


def check_in_rocq(file: Path, outcome: Outcome) -> int:
    """Tell of each cell that the kernel accepts whether Rocq does too; how many it does not."""
    from axiomkd.export.files import certificate_cells, header
    from axiomkd.export.rocq import RocqMissing, check_cells
    from axiomkd.report.checkers import by_kernel_and

    operator, cells = certificate_cells(outcome.standing)
    try:
        answers = check_cells(header(operator), cells)
    except RocqMissing as error:
        without_rocq(str(error))
    for answer in answers:
        checkers = by_kernel_and(answer.accepted, answer.reason)
        typer.echo(f"{file}: {answer.name}: {checkers} ({answer.seconds:.2f} s)")
    return sum(not answer.accepted for answer in answers)


def without_rocq(reason: str) -> Never:
    """Say why Rocq has checked nothing, and end with status 3."""
    typer.echo(f"axiomkd: not checked by Rocq: {reason}", err=True)
    raise typer.Exit(3)
