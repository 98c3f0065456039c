"""The command that asks how badly a statement can fail."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from axiomkd.cli.options import Named, Output, app, size
from axiomkd.errors import DeclarationError
from axiomkd.statement import Scope

if TYPE_CHECKING:
    from rich.console import RenderableType

    from axiomkd.kernel.table import Json
    from axiomkd.verdict import Cell

HONESTLY = "the largest found, not the largest there is: fractions with denominators up to 10^6 were tried"
NOTHING = "nothing found: the statement fails at no input that was tried"
INFINITE = "infinity"
Ends = tuple[str, str]
"""Decimals that enclose a number."""


class MarginFormat(StrEnum):
    """How a margin is written."""

    table = "table"
    json = "json"


@app.command()
def margin(
    operator: Named,
    statement: Annotated[str, typer.Option(help="The id of a statement.")],
    teachers: Annotated[str, typer.Option("--K", help="The number of teachers, or any.")] = "any",
    outcomes: Annotated[str, typer.Option("--V", help="The number of outcomes, or any.")] = "any",
    ratio: Annotated[
        bool, typer.Option("--ratio", help="The ratio of the sides, not the difference.")
    ] = False,
    format: Annotated[MarginFormat, typer.Option(help="How to write what is found.")] = MarginFormat.table,
    output: Output = None,
) -> None:
    """Look for the input at which a statement fails by as much as possible.

    What is printed is the largest violation found, enclosed by the kernel, with the exact input: a
    lower bound on how badly the statement can fail, not the worst case.
    """
    from axiomkd import display
    from axiomkd.catalogue import find_statement
    from axiomkd.registry import find_operator
    from axiomkd.theories.ensemble.setting import fixed_size
    from axiomkd.verdict import Cell

    destination = display.Destination(output)
    rule, asked = find_operator(operator), find_statement(statement)
    scope = Scope(size(teachers, "K", 1), size(outcomes, "V", 2))
    scope = Scope(fixed_size(rule, scope, "teacher"), fixed_size(rule, scope, "outcome"))
    if asked.goal(rule, scope) is None:
        raise DeclarationError(f"expected a statement that is asked of {rule.id}, got {asked.id}")
    cell, ends = _largest(Cell(rule, asked, scope), ratio)
    measure = "ratio" if ratio else "difference"
    if format is MarginFormat.table:
        destination.show(_table(cell, measure, ends))
    else:
        destination.write(_json(cell, measure, ends))


def _largest(cell: Cell, ratio: bool) -> tuple[Cell, Ends | None]:
    """The cell, refuted by the input with the largest difference or ratio that is found, and that number."""
    from axiomkd.kernel.terms import AtMost, Equal, InHull, Less
    from axiomkd.provers import counterexample
    from axiomkd.verdict import decide

    kinds = AtMost | Less if ratio else AtMost | Less | Equal | InHull
    if not any(isinstance(conclusion, kinds) for conclusion in cell.goal.conclusions):
        wanted = "a statement with an inequality" if ratio else "a statement that compares numbers"
        raise DeclarationError(f"--statement: expected {wanted}, got {cell.statement.id}")
    if ratio:
        most = counterexample.largest_ratio(cell.goal, stages=None)
        if most is None:
            return cell, None
        ends = counterexample.enclosed_ratio(cell.goal, most.evidence) or (INFINITE, INFINITE)
        return decide(cell, most.evidence), ends
    widest = counterexample.largest_difference(cell.goal)
    if widest is None:
        return cell, None
    return decide(cell, widest.evidence), (widest.margin.lower, widest.margin.upper)


def _table(cell: Cell, measure: str, ends: Ends | None) -> RenderableType:
    from rich.console import Group
    from rich.text import Text

    from axiomkd.report.example import example
    from axiomkd.report.rows import how

    heading = Text(f"{cell.operator.title or cell.operator.id}: {cell.statement.title}", style="bold")
    formula = Text(f"{cell.operator.written} = {cell.operator.text}")
    found = example(cell)
    if ends is None or found is None:
        return Group(heading, formula, "", NOTHING)
    number = INFINITE if ends[0] == INFINITE else f"between {ends[0]} and {ends[1]}"
    chosen = "".join(f", {name} = {value}" for name, value in found.chosen)
    return Group(
        heading,
        formula,
        "",
        Text(f"largest {measure} found: {number}", style="bold red"),
        Text(f"{found.sizes}{chosen}: {how(cell)}"),
        Text(f"violates {found.conclusion!r}", style="dim"),
        "",
        Text(HONESTLY, style="dim"),
    )


def _json(cell: Cell, measure: str, ends: Ends | None) -> str:
    """The number, and a certificate of one cell that ``axiomkd check`` accepts."""
    from axiomkd.certificate import Certificate, layout

    certificate = json.loads(Certificate(cell.operator, (cell,)).to_json()) if ends else None
    number: Json = dict(zip(("lower", "upper"), ends, strict=True)) if ends else None
    return layout(
        {
            "statement": cell.statement.id,
            "measure": measure,
            "largest_found": number,
            "certificate": certificate,
        }
    )
