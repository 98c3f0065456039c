"""What the exploring commands show on a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from axiomkd.display import MARKS, STYLES
from axiomkd.explore.conjectures import Conjecture, Conjectures
from axiomkd.explore.plane import Plane
from axiomkd.explore.region import Region
from axiomkd.operator import Operator
from axiomkd.report import equality, lattice
from axiomkd.report import region as regions
from axiomkd.report.implications import evidence_of
from axiomkd.verdict import Cell

KINDS = {"proved": "green", "refuted": "red", "open": "yellow", "excluded": "dim"}


def equality_table(cell: Cell, other: Operator) -> RenderableType:
    """The two formulas, what is found, and the evidence."""
    rules = Table.grid(padding=(0, 2))
    for rule in (cell.operator, other):
        rules.add_row(Text(rule.id, style="bold"), Text(f"{rule.written} = {rule.text}"))
    found = Text(f"{MARKS[cell.verdict]} {equality.headline(cell, other)}", style=STYLES[cell.verdict])
    return Group(rules, "", found, Text(equality.evidence_of(cell, other)))


def region_table(found: Region | Plane) -> RenderableType:
    """The pieces of a region, one a line."""
    shown = regions.lines(found) if isinstance(found, Region) else regions.plane_lines(found)
    table = Table("verdict", "values", "how", box=None, pad_edge=False)
    for line in shown:
        verdict = Text(f"{regions.SIGNS[line.kind]} {line.kind}", style=KINDS[line.kind])
        table.add_row(verdict, line.values, Text(line.evidence, style="dim"))
    heading = Group(Text(regions.headline(found), style="bold"), Text(regions.formula(found.question)), "")
    if not any(line.kind == "refuted" for line in shown):
        return Group(heading, table)
    return Group(heading, table, "", Text(regions.legend(found), style="dim"))


def conjectures_table(found: Conjectures) -> RenderableType:
    """The implications that no operator contradicts, and what became of them."""
    parts: list[RenderableType] = [Text(line) for line in lattice.groups(found)]
    for title, some in (("from one statement", found.single), ("from several statements", found.several)):
        if some:
            parts += ["", Text(title, style="bold"), _implications(some)]
    return Group(*parts, "", Text(lattice.NOTE, style="dim"), Text(lattice.counts(found), style="bold"))


def _implications(conjectures: tuple[Conjecture, ...]) -> Table:
    table = Table("implication", "support", "verdict", box=None, pad_edge=False)
    for conjecture in conjectures:
        settled = conjecture.settled
        words = f"{MARKS[settled.verdict]} {lattice.WORDS[settled.verdict]}"
        evidence = Text("" if settled.verdict == "undecided" else evidence_of(settled), style="dim")
        verdict = Group(Text(words, style=STYLES[settled.verdict]), *([evidence] if evidence.plain else []))
        table.add_row(lattice.sentence(conjecture), str(conjecture.support), verdict)
    return table
