"""The commands about operators and their certificates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Never

import typer

from axiomkd.cli.options import Chosen, Format, InRocq, MatrixFormat, Named, Output, app, size, split
from axiomkd.errors import DeclarationError
from axiomkd.statement import Scope

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
    output: Output = None,
) -> None:
    """Decide every statement about an operator: proved, refuted or undecided.

    With --rocq the certificate says of each cell whether Rocq accepts it; when Rocq is not
    installed the certificate is written all the same, and the exit status is 3. FILE.py:NAME runs
    that Python file, as importing it would; ids and TOML files never run anything.
    """
    from axiomkd import display, portfolio
    from axiomkd.report import write_certificate

    if fragment and format is not Format.latex:
        raise DeclarationError(f"--fragment: expected --format latex, got {format}")
    scope = Scope(size(teachers, "K", 1), size(outcomes, "V", 2))
    destination = display.Destination(output)
    with display.Progress() as progress:
        certificate = portfolio.certify(operator, split(statements), scope, progress.cell)
        (certificate,), missing = recorded([certificate], progress) if rocq else ([certificate], "")
    if format is Format.table:
        destination.show(display.certificate_table(certificate))
    else:
        destination.write(write_certificate(certificate, format, fragment=fragment))
    if missing:
        without_rocq(missing)


@app.command()
def matrix(
    statements: Chosen = [],  # noqa: B006
    format: Annotated[MatrixFormat, typer.Option(help="How to write the matrix.")] = MatrixFormat.table,
    rocq: InRocq = False,
    output: Output = None,
) -> None:
    """Decide every statement about every operator; with --rocq as certify does."""
    from axiomkd import display, portfolio
    from axiomkd.catalogue import choose
    from axiomkd.registry import operators
    from axiomkd.report import write_matrix

    destination = display.Destination(output)
    chosen = choose(split(statements))
    with display.Progress() as progress:
        decided = list(portfolio.certify_all(list(operators()), chosen, watch=progress.cell))
        certificates, missing = recorded(decided, progress) if rocq else (decided, "")
    if format is MatrixFormat.table:
        destination.show(display.matrix_table(certificates))
    else:
        destination.write(write_matrix(certificates, format))
    if missing:
        without_rocq(missing)


def recorded(decided: list[Certificate], progress: Progress) -> tuple[list[Certificate], str]:
    """The certificates with Rocq's answers in them; or as they are, and why it cannot answer."""
    from axiomkd.export.rocq import RocqMissing, with_rocq

    try:
        return [with_rocq(certificate, progress.note) for certificate in decided], ""
    except RocqMissing as error:
        return decided, str(error)


def without_rocq(reason: str) -> Never:
    """Say why Rocq has checked nothing, and end with status 3."""
    typer.echo(f"axiomkd: not checked by Rocq: {reason}", err=True)
    raise typer.Exit(3)


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(metavar="CERTIFICATE..", help="Certificates in JSON.")],
    rocq: Annotated[bool, typer.Option("--rocq", help="Have Rocq check every cell too.")] = False,
) -> None:
    """Check every cell of certificates again; the exit status is 1 when one is refused.

    With --rocq each cell that stands is told with the checkers that accept it; the exit status is
    3 when Rocq is not installed, and 1 when it does not accept a cell.
    """
    from axiomkd.implications import wire
    from axiomkd.recheck import check_file

    refused = 0
    outcomes = []
    for file in files:
        if wire.is_implication(file):
            refused += check_implication(file)
            continue
        outcome = check_file(file)
        verdicts = [verdict for _, verdict in outcome.accepted]
        counts = ", ".join(f"{verdicts.count(v)} {v}" for v in ("proved", "refuted", "undecided"))
        typer.echo(f"{file}: {outcome.operator}: {counts}, {len(outcome.refused)} refused")
        for reason in outcome.refused:
            typer.echo(f"{file}: refused: {reason}")
        refused += len(outcome.refused)
        outcomes.append((file, outcome))
    if rocq:
        refused += sum(check_in_rocq(file, outcome) for file, outcome in outcomes)
    raise typer.Exit(1 if refused else 0)


def check_implication(file: Path) -> int:
    """Tell whether an implication stands; how many do not."""
    from axiomkd.implications import wire
    from axiomkd.kernel.judgement import Refused
    from axiomkd.report.implications import headline

    try:
        settled = wire.check_file(file)
    except Refused as error:
        typer.echo(f"{file}: refused: {error}")
        return 1
    typer.echo(f"{file}: {headline(settled)}: {settled.verdict}, 0 refused")
    return 0


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
