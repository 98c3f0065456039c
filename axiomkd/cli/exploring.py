"""The commands that look beyond one operator: equality, families, implications between statements."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from axiomkd.cli.options import Output, ProofFormat, app, size, split
from axiomkd.cli.pictures import Picture, Plot
from axiomkd.errors import DeclarationError
from axiomkd.statement import Scope

if TYPE_CHECKING:
    from fractions import Fraction

    from axiomkd.explore.intervals import Ends
    from axiomkd.explore.plane import Plane
    from axiomkd.explore.region import Region
    from axiomkd.operators.families import Family


class ListFormat(StrEnum):
    """How regions and implications are written."""

    table = "table"
    markdown = "markdown"
    json = "json"


Rule = Annotated[str, typer.Argument(metavar="OPERATOR", help="An id, a TOML file, or FILE.py:NAME.")]


@app.command()
def equal(
    one: Rule,
    other: Rule,
    teachers: Annotated[str, typer.Option("--K", help="The number of teachers, or any.")] = "any",
    outcomes: Annotated[str, typer.Option("--V", help="The number of outcomes, or any.")] = "any",
    format: Annotated[ProofFormat, typer.Option(help="How to write what is found.")] = ProofFormat.table,
    output: Output = None,
) -> None:
    """Decide whether two formulas are one operator.

    Proved for every input, or the smallest input found at which the two differ, in fractions, with
    what each makes of it. Sizes that the two declarations fix have to agree.
    """
    from axiomkd import display
    from axiomkd.cli.tables import equality_table
    from axiomkd.explore.equality import compare
    from axiomkd.registry import find_operator
    from axiomkd.report.equality import write_equality

    destination = display.Destination(output)
    scope = Scope(size(teachers, "K", 1), size(outcomes, "V", 2))
    rules = find_operator(one), find_operator(other)
    certificate = compare(*rules, scope)
    if format is ProofFormat.table:
        destination.show(equality_table(certificate.cells[0], rules[1]))
    else:
        destination.write(write_equality(certificate, rules[1], format))


@app.command()
def region(
    family: Annotated[str, typer.Argument(metavar="FAMILY", help="A family, or a declaration with a range.")],
    statement: Annotated[str, typer.Option(help="The id of a statement.")],
    parameter: Annotated[list[str], typer.Option(help="A parameter; two make a map.")] = [],  # noqa: B006
    range: Annotated[
        list[str], typer.Option(metavar="LOW..HIGH", help="Its range, in the order of the parameters.")
    ] = [],  # noqa: B006
    teachers: Annotated[str, typer.Option("--K", help="The number of teachers, or any.")] = "any",
    outcomes: Annotated[str, typer.Option("--V", help="The number of outcomes, or any.")] = "any",
    tolerance: Annotated[
        str, typer.Option(metavar="NUMBER", help="How wide a gap may stay between two verdicts.")
    ] = "",
    plot: Plot = None,
    format: Annotated[ListFormat, typer.Option(help="How to write what is found.")] = ListFormat.table,
    output: Output = None,
) -> None:
    """Find the values of a parameter for which a statement holds.

    Intervals are proved with the parameter as a variable; single values are refuted, each by a
    counterexample of its own; gaps between them are narrowed down. Families: power (r), escort (a),
    smoothed (b), tempered (t), extremised (a), mixed (b), tempered-power (r, a), smoothed-power (r, b);
    or a TOML file whose [parameters] has a range.
    """
    from axiomkd import display
    from axiomkd.catalogue import find_statement
    from axiomkd.cli.tables import region_table
    from axiomkd.explore.plane import plane
    from axiomkd.explore.region import Question, fitted
    from axiomkd.explore.region import region as along
    from axiomkd.report.region import write_region

    destination, picture = display.Destination(output), Picture(plot)
    scope = Scope(size(teachers, "K", 1), size(outcomes, "V", 2))
    question = Question(named_family(family), find_statement(statement), scope)
    names = split(parameter) or list(question.family.operator.ranges)
    given = [interval(text) for text in split(range)]
    sides = [fitted(question.family, name, ends) for name, ends in zip(names, given, strict=False)]
    if len(names) != len(given) or len(names) not in (1, 2):
        expected = "--parameter, --range: expected one or two parameters, each with a range LOW..HIGH"
        raise DeclarationError(f"{expected}, got {len(names)} and {len(given)}")
    width = number(tolerance, "--tolerance") if tolerance else None
    with display.Progress() as progress:
        if len(names) == 1:
            found: Region | Plane = along(question, names[0], sides[0], width, progress.cell)
        else:
            found = plane(question, (names[0], names[1]), (sides[0], sides[1]), width, progress.cell)
    if picture:
        from axiomkd.report.plots import region_figure

        picture.write(region_figure(found))
    if format is ListFormat.table:
        destination.show(region_table(found))
    else:
        destination.write(write_region(found, format))


def named_family(name: str) -> Family:
    """A family by its id, or the one that a declaration makes."""
    from axiomkd.operators.families import family_of, find_family
    from axiomkd.registry import find_operator

    return family_of(find_operator(name)) if name.endswith(".toml") or ".py:" in name else find_family(name)


def interval(text: str) -> Ends:
    """The interval that ``-4..4`` stands for."""
    from axiomkd.explore.intervals import Ends

    low, dots, high = text.partition("..")
    if not dots:
        raise DeclarationError(f"--range: expected LOW..HIGH, got {text}")
    ends = Ends(number(low, "--range"), number(high, "--range"))
    if ends.low >= ends.high:
        raise DeclarationError(f"--range: expected LOW less than HIGH, got {text}")
    return ends


def number(text: str, option: str) -> Fraction:
    """A number of the command line: an integer, a decimal or a fraction."""
    from axiomkd.language import toml

    return toml.number(int(text) if text.lstrip("-").isdigit() else text, option)
