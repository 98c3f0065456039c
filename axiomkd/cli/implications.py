"""The commands about what every rule satisfies, and about the claims of papers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from axiomkd.cli.options import Chosen, Format, InRocq, MatrixFormat, Output, ProofFormat, app, size, split
from axiomkd.cli.pictures import Picture, Plot
from axiomkd.statement import Scope

if TYPE_CHECKING:
    from axiomkd.implications.verdict import Settled


@app.command()
def implies(
    premises: Annotated[list[str], typer.Argument(metavar="PREMISE..", help="Ids of statements.")],
    conclusion: Annotated[str, typer.Option("--then", metavar="STATEMENT", help="What should follow.")],
    teachers: Annotated[str, typer.Option("--K", help="The number of teachers, or any.")] = "any",
    outcomes: Annotated[str, typer.Option("--V", help="The number of outcomes, or any.")] = "any",
    format: Annotated[ProofFormat, typer.Option(help="How to write what is found.")] = ProofFormat.table,
    rocq: InRocq = False,
    output: Output = None,
) -> None:
    """Decide whether every rule that satisfies the premises satisfies another statement.

    Proved by a derivation in which the rule is an unknown function, or refuted by an operator that
    satisfies the premises and not the conclusion. Rules are meant that give a distribution. With
    --rocq Rocq is asked as well, and the exit status is 3 when it is not installed.
    """
    from axiomkd import display
    from axiomkd.catalogue import find_statement
    from axiomkd.implications.model import Implication
    from axiomkd.implications.search import settle_all
    from axiomkd.implications.table import refuters
    from axiomkd.report.implications import write_implication

    destination = display.Destination(output)
    statements = tuple(find_statement(name) for name in split(premises))
    scope = Scope(size(teachers, "K", 1), size(outcomes, "V", 2))
    (settled,) = settle_all([Implication(statements, find_statement(conclusion), scope)], refuters())
    if format is ProofFormat.table:
        destination.show(display.implication_table(settled))
    else:
        destination.write(write_implication(settled, format))
    if rocq and settled.verdict != "undecided":
        ask_rocq(settled)


def ask_rocq(settled: Settled) -> None:
    """Tell whether Rocq accepts an implication; the exit status is 1 when it does not."""
    from axiomkd.cli.checking import without_rocq
    from axiomkd.export.rocq import RocqMissing, refusal_of
    from axiomkd.report.checkers import by_kernel_and

    try:
        reason = refusal_of(settled)
    except RocqMissing as error:
        without_rocq(str(error))
    typer.echo(f"checked by {by_kernel_and(not reason, reason)}", err=True)
    if reason:
        raise typer.Exit(1)


@app.command()
def guarantees(
    format: Annotated[MatrixFormat, typer.Option(help="How to write the table.")] = MatrixFormat.table,
    output: Output = None,
) -> None:
    """Decide which guarantees follow from which axioms: the whole table, in some minutes."""
    from axiomkd import display
    from axiomkd.implications import table
    from axiomkd.report.implications import headline, write_table

    destination = display.Destination(output)
    with display.Progress() as progress:
        found = table.guarantees(lambda settled: progress.note(f"{headline(settled)}: {settled.verdict}"))
    if format is MatrixFormat.table:
        destination.show(display.guarantees_table(found))
    else:
        destination.write(write_table(found, format))


@app.command()
def implications(
    matrix: Annotated[
        Path | None,
        typer.Option("--matrix", metavar="FILE", help="A matrix in JSON; else that of the catalogue."),
    ] = None,
    statements: Chosen = [],  # noqa: B006
    plot: Plot = None,
    format: Annotated[MatrixFormat, typer.Option(help="How to write what is found.")] = MatrixFormat.table,
    output: Output = None,
) -> None:
    """Find which statements imply which, as far as no operator of the matrix contradicts it.

    Each implication is proved for every rule, refuted by another rule, or left open. Those that come
    with the package are only checked again by the kernel, in seconds; others are decided now. First
    those from one statement to another, from which all of this kind follow; then those from several.
    --plot draws the order of the statements.
    """
    from axiomkd import display
    from axiomkd.catalogue import choose
    from axiomkd.cli.tables import conjectures_table
    from axiomkd.explore.conjectures import conjectures
    from axiomkd.explore.lattice import Context
    from axiomkd.explore.matrix import read_matrix
    from axiomkd.explore.stored import Known, stored_matrix
    from axiomkd.implications.model import STANDING
    from axiomkd.recheck import read
    from axiomkd.report.implications import headline
    from axiomkd.report.lattice import write_conjectures

    destination, picture = display.Destination(output), Picture(plot)
    chosen = [STANDING, *(statement.id for statement in choose(split(statements)))]
    verdicts = (read_matrix(read(matrix)) if matrix else stored_matrix()).restricted(chosen)
    with display.Progress() as progress:
        known = Known.with_package()
        settled = conjectures(
            Context.of(verdicts), lambda s: progress.note(f"{headline(s)}: {s.verdict}"), known
        )
    if picture:
        from axiomkd.report.plots import order_figure

        picture.write(order_figure(settled))
    if format is MatrixFormat.table:
        destination.show(conjectures_table(settled))
    else:
        destination.write(write_conjectures(settled, format))


@app.command()
def claims(
    paper: Annotated[str, typer.Argument(help="The id of a paper.")],
    format: Annotated[Format, typer.Option(help="How to write the report.")] = Format.table,
    output: Output = None,
) -> None:
    """Check the claims of a paper, as printed and repaired.

    The exit status is 1 when a verdict is not the one expected.
    """
    from axiomkd import display
    from axiomkd.claims.evaluate import judge
    from axiomkd.claims.model import find_paper
    from axiomkd.report.claims import write_claims

    found = find_paper(paper)
    destination = display.Destination(output)
    with display.Progress() as progress:
        judgements = judge(found, lambda judged: progress.note(f"{judged.claim.id}: {judged.verdict}"))
    if format is Format.table:
        destination.show(display.claims_table(judgements))
    else:
        destination.write(write_claims(judgements, format))
    for judged in judgements.claims:
        for complaint in judged.complaints:
            typer.echo(f"axiomkd: {found.id}/{judged.claim.id}: {complaint}", err=True)
    raise typer.Exit(0 if judgements.as_expected else 1)
