"""What the command line shows and writes: the live lines, the tables, the files."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from axiomkd.catalogue import family
from axiomkd.certificate import Certificate
from axiomkd.errors import DeclarationError
from axiomkd.operator import Operator
from axiomkd.report import goal_text
from axiomkd.report.rows import matrix_scope, row
from axiomkd.statement import Scope, Statement
from axiomkd.verdict import Cell

STYLES = {"proved": "green", "refuted": "red", "undecided": "yellow"}
MARKS = {"proved": "✓", "refuted": "✗", "undecided": "?"}
WIDE = 140
"""Columns of a table that does not go to a terminal."""


class Destination:
    """Where a command's result goes: the terminal, or a file that is replaced as a whole.

    :raises DeclarationError: when the file could not be written, before any work is done.
    """

    def __init__(self, file: Path | None) -> None:
        self.file = file
        if file is not None:
            folder = file.parent
            if file.is_dir() or not folder.is_dir() or not os.access(folder, os.W_OK):
                raise DeclarationError(f"{file}: expected a place that can be written")

    def show(self, content: RenderableType) -> None:
        if self.file is None:
            terminal = Console()
            (terminal if terminal.is_terminal else Console(width=WIDE)).print(content)
            return
        text = io.StringIO()
        Console(file=text, width=WIDE, color_system=None).print(content)
        self.write(text.getvalue())

    def write(self, text: str) -> None:
        if self.file is None:
            print(text, end="" if text.endswith("\n") else "\n")
            return
        try:
            _replace(self.file, text)
        except OSError as error:
            raise DeclarationError(f"{self.file}: expected a file to write: {error.strerror}") from None


def _replace(file: Path, text: str) -> None:
    """Write beside the file and move over it, so that nothing is ever half-written."""
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(text if text.endswith("\n") else text + "\n")
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


class Progress:
    """One line a cell, on the terminal, while the work goes on; silent when nobody watches."""

    def __init__(self) -> None:
        self.console = Console(stderr=True)
        self.live = Live(console=self.console, transient=True)
        self.lines: list[Text] = []

    def __enter__(self) -> Progress:
        if self.console.is_terminal:
            self.live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.live.stop()

    def cell(self, cell: Cell, seconds: float) -> None:
        if not self.console.is_terminal:
            return
        words = f"{cell.operator.id}  {cell.statement.id}  {seconds:.1f} s"
        mark = Text(f"{MARKS[cell.verdict]} ", style=STYLES[cell.verdict])
        self.lines.append(mark + Text(words, style="dim"))
        self.live.update(Group(*self.lines[-self.console.height // 2 :]))


def certificate_table(certificate: Certificate) -> RenderableType:
    """The table of a certificate: statement, verdict, scope and how, margin, time."""
    operator = certificate.operator
    table = Table(box=None, pad_edge=False)
    for name, whole in (("statement", True), ("verdict", True), ("scope and how", False), ("margin", True)):
        table.add_column(name, no_wrap=whole)
    table.add_column("time", no_wrap=True, justify="right")
    for cell in certificate.cells:
        line = row(cell)
        verdict = Text(f"{MARKS[line.verdict]} {line.verdict}", style=STYLES[line.verdict])
        scope = Group(line.scope, Text(line.how, style="dim"))
        table.add_row(line.statement, verdict, scope, line.margin, _seconds(certificate, cell))
    heading = Text(operator.title or operator.id, style="bold")
    formula = Text(f"{operator.written} = {operator.text}")
    return Group(heading, formula, "", table, "", Text(totals([certificate]), style="bold"))


def _seconds(certificate: Certificate, cell: Cell) -> str:
    seconds = certificate.run.get("seconds_by_statement")
    taken = seconds.get(cell.statement.id) if isinstance(seconds, dict) else None
    return f"{taken:.1f} s" if isinstance(taken, float) else ""


def totals(certificates: Iterable[Certificate]) -> str:
    """
    >>> totals([])
    '0 proved, 0 refuted, 0 undecided'
    """
    verdicts: list[str] = [cell.verdict for certificate in certificates for cell in certificate.cells]
    return ", ".join(f"{verdicts.count(verdict)} {verdict}" for verdict in STYLES)


def matrix_table(certificates: Sequence[Certificate]) -> RenderableType:
    """Operators across, statements down."""
    table = Table(box=None, pad_edge=False)
    table.add_column("statement", no_wrap=True)
    for certificate in certificates:
        table.add_column(certificate.operator.id, justify="center")
    statements = {cell.statement.id: cell.statement for c in certificates for cell in c.cells}
    for name in statements:
        cells = [{cell.statement.id: cell for cell in c.cells}.get(name) for c in certificates]
        table.add_row(name, *[_mark(cell) for cell in cells])
    legend = "✓ proved for any K and V   ✗ refuted (proved where V=2, ..)   ? undecided"
    return Group(table, "", Text(legend, style="dim"), Text(totals(certificates), style="bold"))


def _mark(cell: Cell | None) -> Text:
    if cell is None:
        return Text("")
    return Text(f"{MARKS[cell.verdict]} {matrix_scope(cell)}".strip(), style=STYLES[cell.verdict])


def operators_table(operators: Iterable[Operator]) -> RenderableType:
    table = Table("operator", "title", "formula", box=None, pad_edge=False)
    for operator in operators:
        table.add_row(operator.id, operator.title, f"{operator.written} = {operator.text}")
    return table


def statements_table(statements: Iterable[Statement]) -> RenderableType:
    """The statements, a blank line between families."""
    table = Table("statement", "title", box=None, pad_edge=False)
    before = None
    for statement in statements:
        if before not in (None, family(statement)):
            table.add_row("", "")
        before = family(statement)
        table.add_row(statement.id, statement.title)
    return table


def explanation(statement: Statement) -> RenderableType:
    """What a statement means, and its goal for the linear pool as an example."""
    from axiomkd.registry import find_operator

    goal = statement.goal(find_operator("linear"), Scope())
    heading = Text(f"{statement.id}: {statement.title}", style="bold")
    parts: list[RenderableType] = [heading, "", statement.meaning]
    if goal is not None:
        parts += ["", "The kernel's goal, for the linear pool:", Padding(Text(goal_text(goal)), (0, 0, 0, 2))]
    return Group(*parts)
