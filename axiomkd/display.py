"""What the command line shows and writes: the live lines, the tables, the files."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

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
from axiomkd.report.checkers import kernel_only, rocq_total
from axiomkd.report.markdown import goal_lines
from axiomkd.report.prose import plain_words
from axiomkd.report.rows import matrix_words, row
from axiomkd.statement import Scope, Statement
from axiomkd.verdict import Cell

if TYPE_CHECKING:
    from axiomkd.claims.evaluate import Judgements
    from axiomkd.implications import table as implications
    from axiomkd.implications.verdict import Settled
    from axiomkd.problem import Solution

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
        with writing(self.file):
            _replace(self.file, text)


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """Whatever cannot be written there is an error of the declaration."""
    try:
        yield
    except OSError as error:
        raise DeclarationError(f"{place}: expected a place to write: {error.strerror}") from None


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
        words = f"{cell.operator.id}  {cell.statement.id}  {seconds:.1f} s"
        mark = Text(f"{MARKS[cell.verdict]} ", style=STYLES[cell.verdict])
        self._line(mark + Text(words, style="dim"))

    def note(self, words: str) -> None:
        self._line(Text(f"  {words}", style="dim"))

    def _line(self, text: Text) -> None:
        if self.console.is_terminal:
            self.lines.append(text)
            self.live.update(Group(*self.lines[-self.console.height // 2 :]))


def certificate_table(certificate: Certificate) -> RenderableType:
    """The table of a certificate: statement, verdict, scope and how, margin, checkers, time."""
    operator = certificate.operator
    table = Table(box=None, pad_edge=False)
    for name, whole in (("statement", True), ("verdict", True), ("scope and how", False)):
        table.add_column(name, no_wrap=whole)
    table.add_column("margin", no_wrap=True)
    table.add_column("checked by", no_wrap=True)
    table.add_column("time", no_wrap=True, justify="right")
    for cell in certificate.cells:
        line = row(cell, certificate.run)
        verdict = Text(f"{MARKS[line.verdict]} {line.verdict}", style=STYLES[line.verdict])
        reason = [Text(line.checkers.reason, style="yellow")] if line.checkers.reason else []
        scope = Group(line.scope, Text(line.how, style="dim"), *reason)
        seconds = _seconds(certificate, cell)
        table.add_row(line.statement, verdict, scope, line.margin, line.checkers.names, seconds)
    heading = Text(operator.title or operator.id, style="bold")
    solved = f", {operator.implicit.claim}" if operator.implicit else ""
    formula = Text(f"{operator.written} = {operator.text}{solved}")
    return Group(heading, formula, "", table, "", Text(totals([certificate]), style="bold"))


def _seconds(certificate: Certificate, cell: Cell) -> str:
    seconds = certificate.run.get("seconds_by_statement")
    taken = seconds.get(cell.statement.id) if isinstance(seconds, dict) else None
    return f"{taken:.1f} s" if isinstance(taken, float) else ""


def totals(certificates: Sequence[Certificate]) -> str:
    """How many cells have each verdict, and how many Rocq has accepted where it was asked.

    >>> totals([])
    '0 proved, 0 refuted, 0 undecided'
    """
    verdicts: list[str] = [cell.verdict for certificate in certificates for cell in certificate.cells]
    counts = ", ".join(f"{verdicts.count(verdict)} {verdict}" for verdict in STYLES)
    return "; ".join(filter(None, (counts, rocq_total(certificates))))


def matrix_table(certificates: Sequence[Certificate]) -> RenderableType:
    """Operators across, statements down."""
    table = Table(box=None, pad_edge=False)
    table.add_column("statement", no_wrap=True)
    for certificate in certificates:
        table.add_column(certificate.operator.id, justify="center")
    statements = {cell.statement.id: cell.statement for c in certificates for cell in c.cells}
    for name in statements:
        table.add_row(name, *[_mark(c, name) for c in certificates])
    legend = "✓ proved for any K and V   ✗ refuted, ? undecided (proved where V=2, ..)"
    lines = [Text(line, style="yellow") for line in kernel_only(certificates)]
    return Group(table, "", Text(legend, style="dim"), *lines, Text(totals(certificates), style="bold"))


def _mark(certificate: Certificate, statement: str) -> Text:
    for cell in certificate.cells:
        if cell.statement.id == statement:
            words = matrix_words(cell, certificate.run)
            return Text(f"{MARKS[cell.verdict]} {words}".strip(), style=STYLES[cell.verdict])
    return Text("")


def solution_table(solution: Solution) -> RenderableType:
    """A free inequality: what is asked, the verdict with the evidence, and the numbers that refute it."""
    from axiomkd.report.problems import solution_view

    view = solution_view(solution)
    table = Table(box=None, pad_edge=False)
    for name, whole in (("verdict", True), ("how", False), ("margin", True), ("checked by", True)):
        table.add_column(name, no_wrap=whole)
    table.add_column("time", no_wrap=True, justify="right")
    verdict = Text(f"{MARKS[view.verdict]} {view.verdict}", style=STYLES[view.verdict])
    table.add_row(verdict, Text(view.how), view.margin, view.checkers, f"{view.seconds:.2f} s")
    goal = Padding(Text(goal_lines(view.goal), style="dim"), (0, 0, 0, 2), expand=False)
    return Group(Text(view.text, style="bold"), goal, "", table)


def implication_table(settled: Settled) -> RenderableType:
    """An implication, its verdict and its evidence in words."""
    from axiomkd.report.implications import evidence_of, headline

    verdict = Text(f"{MARKS[settled.verdict]} {settled.verdict}", style=STYLES[settled.verdict])
    return Group(Text(headline(settled), style="bold"), verdict, Text(evidence_of(settled)))


def guarantees_table(table: implications.Table) -> RenderableType:
    """Guarantees down, sets of axioms across."""
    from axiomkd.report.implications import table_words

    shown = Table("guarantee", *table.columns, box=None, pad_edge=False)
    for name, found in table.rows:
        marks = [Text(table_words(settled), style=STYLES[settled.verdict]) for settled in found]
        shown.add_row(name, *marks)
    verdicts: list[str] = [settled.verdict for _, found in table.rows for settled in found]
    total = ", ".join(f"{verdicts.count(verdict)} {verdict}" for verdict in STYLES)
    return Group(shown, "", Text(total, style="bold"))


def claims_table(judgements: Judgements) -> RenderableType:
    """The claims of a paper: what is printed, whether it holds, what was found, the repair."""
    from axiomkd.report.claims import claims_view

    view = claims_view(judgements)
    styles = {"true": "green", "false": "red", "open": "yellow", "": ""}
    table = Table("claim", "as printed", "repaired", "what was found", box=None, pad_edge=False)
    for claim in view.claims:
        found = [
            Text(f"{line.subject}: {', '.join(line.statements)} {line.verdict}, {line.evidence}", style="dim")
            for line in claim.lines
            if line.truth != "true" or claim.verdict == "true"
        ]
        verdicts = [Text(truth, style=styles[truth]) for truth in (claim.verdict, claim.repair_verdict)]
        table.add_row(claim.id, *verdicts, Group(claim.printed, *found, claim.repair))
    total = ", ".join(f"{number} {truth}" for truth, number in view.counts.items())
    heading = Text(f"{view.title}: {view.subject}", style="bold")
    return Group(heading, "", table, "", Text(total, style="bold"))


def operators_table(operators: Iterable[Operator]) -> RenderableType:
    table = Table("operator", "title", "formula", box=None, pad_edge=False)
    for operator in operators:
        table.add_row(operator.id, operator.title, Text(f"{operator.written} = {operator.text}"))
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
    parts: list[RenderableType] = [heading, "", Text(plain_words(statement.meaning))]
    if goal is not None:
        parts += ["", "The kernel's goal, for the linear pool:", Padding(Text(goal_text(goal)), (0, 0, 0, 2))]
    return Group(*parts)
