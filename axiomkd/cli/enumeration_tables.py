"""What the enumerating commands show on a terminal: a bar while they work, tables at the end."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, Group, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from axiomkd.explore.independence import Independence
from axiomkd.explore.nonuniqueness import NonUniqueness
from axiomkd.explore.store import Decided, Store
from axiomkd.report.exploration import (
    OUTCOMES,
    distinct,
    formula,
    headline,
    independent_words,
    range_of,
    summary,
    title_of,
    total,
    words_for,
)
from axiomkd.report.rows import how


class Bar:
    """How many candidates are done and how long the rest will take; silent when nobody watches."""

    def __init__(self, total: int, done: int) -> None:
        console = Console(stderr=True)
        columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
        self.progress = Progress(
            *columns,
            console=console,
            transient=True,
            disable=not console.is_terminal,
            speed_estimate_period=60,
        )
        self.task = self.progress.add_task("", total=total, completed=min(done, total))

    def __enter__(self) -> Bar:
        self.progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.progress.stop()

    def advance(self, decided: Decided) -> None:
        self.progress.update(self.task, advance=1, description=decided.operator.title)


def enumeration_table(store: Store) -> RenderableType:
    """How many rules have each outcome, those that satisfy all, and those about which something is open."""
    found = summary(store)
    counts = Table(box=None, pad_edge=False)
    for name in ("nodes", *OUTCOMES):
        counts.add_column(name, justify="right")
    for nodes, numbers in found.counts:
        counts.add_row(str(nodes), *map(str, numbers))
    rules = Table("rule", "formula", box=None, pad_edge=False)
    for entry, operator in found.satisfying:
        rules.add_row(Text(entry.title, style="green"), formula(operator))
    refuting = ", ".join(f"{name} {count}" for name, count in found.refuting)
    open_ = [f"? {entry.title}: {entry.statement}" for entry in found.undecided]
    alike = [f"? {entry.title}: is it {entry.twin}?" for entry in found.unresolved]
    parts: list[RenderableType] = [counts, "", Text(f"refuted by: {refuting}", style="dim"), "", rules, ""]
    doubts = [Text(line, style="yellow") for line in (*open_, *alike)]
    return Group(*parts, *doubts, Text(total(found), style="bold"))


def nonuniqueness_table(found: NonUniqueness) -> RenderableType:
    """The rules, the families, and for each two rules what separates them."""
    rules = Table("", "rule", "formula", box=None, pad_edge=False)
    for number, member in enumerate(found.members, start=1):
        rules.add_row(str(number), member.operator.title, formula(member.operator))
    families = [
        Group(
            Text(f"{family.certificate.operator.title}, {range_of(family)}", style="green"),
            Text(f"  {distinct(family)}", style="dim"),
        )
        for family in found.families
    ]
    apart = Table("", "", "separated by", box=None, pad_edge=False)
    for one, other, cell in found.separations:
        apart.add_row(str(one + 1), str(other + 1), Text(how(cell), style="dim"))
    return Group(rules, "", *families, "", apart, "", Text(headline(found), style="bold"))


def independence_table(found: Sequence[Independence]) -> RenderableType:
    """For each axiom the rule that fails it alone, with the counterexample, or the proof that it follows."""
    parts: list[RenderableType] = []
    for independence in found:
        table = Table("axiom", "satisfies the others and fails it", box=None, pad_edge=False)
        for axiom in independence.required:
            table.add_row(axiom, Group(*_lines_of(independence, axiom)))
        counts = Text(independent_words(independence), style="bold")
        parts += [Text(title_of(independence), style="bold"), table, counts, ""]
    return Group(*parts[:-1])


def _lines_of(independence: Independence, axiom: str) -> list[Text]:
    certificate = independence.rule(axiom)
    if certificate is None:
        style = "cyan" if independence.proof(axiom) else "yellow"
        return [Text(words_for(independence, axiom), style=style)]
    lines = words_for(independence, axiom), formula(certificate.operator), how(certificate[axiom])
    return [Text(line, style=style) for line, style in zip(lines, ("green", "", "dim"), strict=True)]
