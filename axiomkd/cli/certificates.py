"""The commands about operators and their certificates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from axiomkd.cli.checking import without_rocq
from axiomkd.cli.options import (
    Budgeted,
    Chosen,
    Format,
    InRocq,
    MatrixFormat,
    Named,
    Output,
    app,
    budget,
    size,
    split,
)
from axiomkd.cli.pictures import Picture, Plot
from axiomkd.errors import DeclarationError, EvidenceError
from axiomkd.statement import Scope, Statement

if TYPE_CHECKING:
    from axiomkd.certificate import Certificate
    from axiomkd.display import Progress
    from axiomkd.recheck import Outcome


@app.command()
def certify(
    operator: Named,
    statements: Chosen = [],  # noqa: B006 - typer reads the default, nothing changes it
    teachers: Annotated[str, typer.Option("--K", help="The number of teachers, or any.")] = "any",
    outcomes: Annotated[str, typer.Option("--V", help="The number of outcomes, or any.")] = "any",
    format: Annotated[Format, typer.Option(help="How to write the certificate.")] = Format.table,
    fragment: Annotated[bool, typer.Option("--fragment", help="LaTeX for \\input, no document.")] = False,
    rocq: InRocq = False,
    spend: Budgeted = "",
    plot: Plot = None,
    output: Output = None,
) -> None:
    """Decide every statement about an operator: proved, refuted or undecided.

    With --rocq the certificate says of each cell whether Rocq accepts it; when Rocq is not
    installed the certificate is written all the same, and the exit status is 3. FILE.py:NAME runs
    that Python file, as importing it would; ids and TOML files never run anything. A cell that would
    take more than --budget, 120 seconds of the processor or 4096 MB, is undecided. --plot draws
    counterexamples: teachers and aggregate in the simplex of three outcomes, a path of weights, or bars.
    """
    from axiomkd import display, portfolio
    from axiomkd.report import write_certificate

    if fragment and format is not Format.latex:
        raise DeclarationError(f"--fragment: expected --format latex, got {format}")
    scope = Scope(size(teachers, "K", 1), size(outcomes, "V", 2))
    destination, picture = display.Destination(output), Picture(plot)
    with display.Progress() as progress:
        certificate = portfolio.certify(operator, split(statements), scope, progress.cell, budget(spend))
        (certificate,), missing = recorded([certificate], progress) if rocq else ([certificate], "")
    if format is Format.table:
        destination.show(display.certificate_table(certificate))
    else:
        destination.write(write_certificate(certificate, format, fragment=fragment))
    if picture:
        from axiomkd.report.plots import certificate_figure

        picture.write(certificate_figure(certificate))
    if missing:
        without_rocq(missing)


@app.command()
def show(
    file: Annotated[Path, typer.Argument(metavar="CERTIFICATE", help="A certificate in JSON.")],
    format: Annotated[Format, typer.Option(help="How to write the certificate.")] = Format.table,
    fragment: Annotated[bool, typer.Option("--fragment", help="LaTeX for \\input, no document.")] = False,
    output: Output = None,
) -> None:
    """Write a certificate that stands in a file, every cell checked again first, in another format."""
    from axiomkd import display
    from axiomkd.report import write_certificate

    if fragment and format is not Format.latex:
        raise DeclarationError(f"--fragment: expected --format latex, got {format}")
    destination = display.Destination(output)
    certificate = standing(file)
    if format is Format.table:
        destination.show(display.certificate_table(certificate))
    else:
        destination.write(write_certificate(certificate, format, fragment=fragment))


def standing(file: Path) -> Certificate:
    """The certificate in a file, all of whose cells the kernel accepts.

    :raises EvidenceError: when it refuses one.
    """
    from axiomkd.recheck import check_file

    outcome = check_file(file)
    for reason in outcome.refused:
        raise EvidenceError(f"{file}: refused: {reason}")
    return outcome.certificate


@app.command()
def matrix(
    files: Annotated[
        list[Path], typer.Argument(metavar="[CERTIFICATE..]", help="Certificates to take the cells from.")
    ] = [],  # noqa: B006
    statements: Chosen = [],  # noqa: B006
    format: Annotated[MatrixFormat, typer.Option(help="How to write the matrix.")] = MatrixFormat.table,
    rocq: InRocq = False,
    spend: Budgeted = "",
    plot: Plot = None,
    output: Output = None,
) -> None:
    """Decide every statement about every operator; with --rocq as certify does.

    When certificates are named their cells are shown, each checked again, and nothing is decided anew.
    --plot draws the matrix as a heat map.
    """
    from axiomkd import display, portfolio
    from axiomkd.catalogue import choose
    from axiomkd.registry import operators
    from axiomkd.report import write_matrix

    destination, picture = display.Destination(output), Picture(plot)
    chosen = choose(split(statements))
    with display.Progress() as progress:
        if files:
            decided = [restricted(standing(file), chosen) for file in files]
        else:
            asked = portfolio.certify_all(list(operators()), chosen, None, progress.cell, budget(spend))
            decided = list(asked)
        certificates, missing = recorded(decided, progress) if rocq else (decided, "")
    if picture:
        from axiomkd.explore.matrix import of_certificates
        from axiomkd.report.plots import matrix_figure

        picture.write(matrix_figure(of_certificates(certificates)))
    if format is MatrixFormat.table:
        destination.show(display.matrix_table(certificates))
    else:
        destination.write(write_matrix(certificates, format))
    if missing:
        without_rocq(missing)


def restricted(certificate: Certificate, chosen: Sequence[Statement]) -> Certificate:
    """The certificate with the cells of these statements only."""
    return replace(certificate, cells=tuple(cell for cell in certificate.cells if cell.statement in chosen))


def recorded(decided: list[Certificate], progress: Progress) -> tuple[list[Certificate], str]:
    """The certificates with Rocq's answers in them; or as they are, and why it cannot answer."""
    from axiomkd.export.rocq import RocqMissing, with_rocq

    try:
        return [with_rocq(certificate, progress.note) for certificate in decided], ""
    except RocqMissing as error:
        return decided, str(error)


@app.command()
def export(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="An operator, or a certificate in JSON.")],
    rocq: Annotated[bool, typer.Option("--rocq", help="As Rocq, the only format there is.")] = False,
    folder: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Where to.")] = Path("."),
) -> None:
    """Write the certificate of an operator as a file for Rocq, with the rule library beside it.

    Cells that the kernel refuses are named and not written; the exit status is 1 when there are any.
    """
    from axiomkd import display
    from axiomkd.export.rocq import write_files

    if not rocq:
        raise DeclarationError("export: expected --rocq, got no format")
    with display.writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    outcome = checked(source)
    with display.writing(folder):
        file, cells = write_files(outcome.standing, folder)
    for reason in outcome.refused:
        typer.echo(f"{source}: refused: {reason}")
    for cell in cells:
        if cell.missing:
            typer.echo(f"{cell.name}: kernel only: not written for Rocq: {cell.missing[0]}")
    typer.echo(f"wrote {file}; check it by: cd {folder} && coq_makefile -f _CoqProject -o Makefile && make")
    raise typer.Exit(1 if outcome.refused else 0)


def checked(source: str) -> Outcome:
    """What the kernel says of a certificate in a file, or of an operator's that is made now."""
    from axiomkd.recheck import check_certificate, check_file

    if source.endswith(".json"):
        return check_file(Path(source))
    from axiomkd import portfolio

    return check_certificate(portfolio.certify(source).to_json())


@app.command()
def register(file: Annotated[Path, typer.Argument(help="A declaration in TOML.")]) -> None:
    """Keep a declaration: from now on its id is an operator, and a column of the matrix."""
    from axiomkd import registry

    typer.echo(f"registered {registry.register(file).id}")


@app.command()
def unregister(operator: Annotated[str, typer.Argument(metavar="ID", help="A registered id.")]) -> None:
    """Forget a declaration that was registered."""
    from axiomkd import registry

    registry.unregister(operator)
    typer.echo(f"unregistered {operator}")


@app.command()
def operators() -> None:
    """List the operators."""
    from axiomkd import display, registry

    display.Destination(None).show(display.operators_table(registry.operators()))


@app.command()
def statements() -> None:
    """List the statements."""
    from axiomkd import display
    from axiomkd.catalogue import statements as all_statements

    display.Destination(None).show(display.statements_table(all_statements()))


@app.command()
def explain(statement: Annotated[str, typer.Argument(help="The id of a statement.")]) -> None:
    """Say what a statement means, with the goal that the kernel decides for the linear pool."""
    from axiomkd import display
    from axiomkd.catalogue import find_statement

    display.Destination(None).show(display.explanation(find_statement(statement)))
