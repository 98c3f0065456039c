"""The command line: declare an operator, get a checked axiom certificate.

Everything heavy is imported inside the commands, so that ``--help`` comes at once.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from axiomkd.errors import AxiomkdError, DeclarationError
from axiomkd.statement import Scope

app = typer.Typer(
    name="axiomkd",
    help="Checked axiom certificates for rules that merge several teachers' probability vectors into one.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class Format(StrEnum):
    """How a certificate is written."""

    table = "table"
    markdown = "markdown"
    latex = "latex"
    html = "html"
    json = "json"


class MatrixFormat(StrEnum):
    """How a matrix is written."""

    table = "table"
    markdown = "markdown"
    json = "json"


Named = Annotated[str, typer.Argument(metavar="OPERATOR", help="An id, a TOML file, or FILE.py:NAME.")]
Chosen = Annotated[
    list[str], typer.Option(help="Ids of statements or families, separated by commas or given repeatedly.")
]
Size = Annotated[str, typer.Option(help="A number, or any.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")]


@app.command()
def certify(
    operator: Named,
    statements: Chosen = [],  # noqa: B006 - typer reads the default, nothing changes it
    teachers: Annotated[str, typer.Option("--K", help="The number of teachers, or any.")] = "any",
    outcomes: Annotated[str, typer.Option("--V", help="The number of outcomes, or any.")] = "any",
    format: Annotated[Format, typer.Option(help="How to write the certificate.")] = Format.table,
    fragment: Annotated[bool, typer.Option("--fragment", help="LaTeX for \\input, no document.")] = False,
    output: Output = None,
) -> None:
    """Decide every statement about an operator: proved, refuted or undecided.

    FILE.py:NAME runs that Python file, as importing it would; ids and TOML files never run anything.
    """
    from axiomkd import display, portfolio
    from axiomkd.report import write_certificate

    if fragment and format is not Format.latex:
        raise DeclarationError(f"--fragment: expected --format latex, got {format}")
    scope = Scope(size(teachers, "K", 1), size(outcomes, "V", 2))
    destination = display.Destination(output)
    with display.Progress() as progress:
        certificate = portfolio.certify(operator, split(statements), scope, progress.cell)
    if format is Format.table:
        destination.show(display.certificate_table(certificate))
    else:
        destination.write(write_certificate(certificate, format, fragment=fragment))


@app.command()
def matrix(
    statements: Chosen = [],  # noqa: B006
    format: Annotated[MatrixFormat, typer.Option(help="How to write the matrix.")] = MatrixFormat.table,
    output: Output = None,
) -> None:
    """Decide every statement about every operator."""
    from axiomkd import display, portfolio
    from axiomkd.catalogue import choose
    from axiomkd.registry import operators
    from axiomkd.report import write_matrix

    destination = display.Destination(output)
    chosen = choose(split(statements))
    with display.Progress() as progress:
        certificates = list(portfolio.certify_all(list(operators()), chosen, watch=progress.cell))
    if format is MatrixFormat.table:
        destination.show(display.matrix_table(certificates))
    else:
        destination.write(write_matrix(certificates, format))


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(metavar="CERTIFICATE..", help="Certificates in JSON.")],
    rocq: Annotated[bool, typer.Option("--rocq", help="Have Rocq check every cell too.")] = False,
) -> None:
    """Check every cell of certificates again; the exit status is 1 when one is refused.

    With --rocq each cell is told with the checkers that accepted it; the exit status is 3 when
    Rocq is not installed.
    """
    from axiomkd.recheck import check_certificate

    refused = 0
    for file in files:
        text = read(file)
        outcome = check_certificate(text)
        verdicts = [verdict for _, verdict in outcome.accepted]
        counts = ", ".join(f"{verdicts.count(v)} {v}" for v in ("proved", "refuted", "undecided"))
        typer.echo(f"{file}: {outcome.operator}: {counts}, {len(outcome.refused)} refused")
        for reason in outcome.refused:
            typer.echo(f"{file}: refused: {reason}")
        refused += len(outcome.refused)
        if rocq:
            refused += check_in_rocq(file, text, dict(outcome.accepted))
    raise typer.Exit(1 if refused else 0)


def check_in_rocq(file: Path, text: str, kernel: dict[str, str]) -> int:
    """Tell of each cell who accepted it; how many Rocq did not."""
    from axiomkd.export.files import certificate_cells, header
    from axiomkd.export.rocq import RocqMissing, check_cells
    from axiomkd.kernel.wire import parse

    data = parse(text)
    assert isinstance(data, dict)
    operator, cells = certificate_cells(data)
    missing = 0
    try:
        for cell, found in zip(cells, check_cells(header(operator), cells), strict=True):
            by_kernel = "kernel" if cell.statement in kernel else "kernel refuses"
            by_rocq = "Rocq" if found.accepted else f"Rocq does not: {found.reason}"
            typer.echo(f"{file}: {cell.name}: {by_kernel}, {by_rocq} ({found.seconds:.2f} s)")
            missing += not found.accepted
    except RocqMissing as error:
        typer.echo(f"{file}: not checked by Rocq: {error}", err=True)
        raise typer.Exit(3) from None
    return missing


@app.command()
def export(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="An operator, or a certificate in JSON.")],
    rocq: Annotated[bool, typer.Option("--rocq", help="As Rocq, the only format there is.")] = False,
    folder: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Where to.")] = Path("."),
) -> None:
    """Write the certificate of an operator as a file for Rocq, with the rule library beside it."""
    from axiomkd.export.files import certificate_cells, file_of, header
    from axiomkd.export.rocq import write_library
    from axiomkd.export.theorem import coq_name
    from axiomkd.kernel.wire import parse

    if not rocq:
        raise DeclarationError("export: expected --rocq, got no format")
    if source.endswith(".json"):
        text = read(Path(source))
    else:
        from axiomkd import portfolio

        text = portfolio.certify(source).to_json()
    data = parse(text)
    if not isinstance(data, dict) or "cells" not in data:
        raise DeclarationError(f"{source}: expected a certificate, got something else")
    operator, cells = certificate_cells(data)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{coq_name(operator.id)}.v"
    file.write_text(file_of(header(operator), [cell for cell in cells if not cell.missing]), encoding="utf-8")
    write_library(folder)
    for cell in cells:
        if cell.missing:
            typer.echo(f"kernel only: {cell.statement}: {cell.missing[0]}")
    typer.echo(f"wrote {file}; check it by: cd {folder} && coq_makefile -f _CoqProject -o Makefile && make")


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


def split(names: list[str]) -> list[str]:
    return [name.strip() for entry in names for name in entry.split(",") if name.strip()]


def size(text: str, name: str, least: int) -> int | None:
    """A number of teachers or outcomes, or ``None`` for any."""
    if text == "any":
        return None
    if not text.isascii() or not text.isdigit() or not least <= int(text[:9]) or len(text) > 4:
        raise DeclarationError(f"--{name}: expected any or a number from {least} to 9999, got {text}")
    return int(text)


def read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise DeclarationError(f"{file}: expected a readable file: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise DeclarationError(f"{file}: expected UTF-8: {error.reason}") from None


def main(arguments: list[str] | None = None) -> None:
    """Run a command; errors become one line and the exit status 2."""
    try:
        status = app(arguments, standalone_mode=False)
    except (AxiomkdError, TyperException) as error:
        message = error.format_message() if isinstance(error, TyperException) else str(error)
        print("axiomkd:", " ".join(message.split()), file=sys.stderr)
        sys.exit(2)
    except (KeyboardInterrupt, typer.Abort):
        print("axiomkd: interrupted", file=sys.stderr)
        sys.exit(130)
    sys.exit(status if isinstance(status, int) else 0)
