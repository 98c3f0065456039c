"""The command about free inequalities."""

from __future__ import annotations

from typing import Annotated

import typer

from axiomkd.cli.options import Budgeted, Output, ProofFormat, app, budget


@app.command(context_settings={"ignore_unknown_options": True})  # as "-x <= 1" looks like one
def prove(
    problem: Annotated[
        str,
        typer.Argument(metavar="PROBLEM", help="An inequality or equation, or a TOML file that states one."),
    ],
    format: Annotated[ProofFormat, typer.Option(help="How to write what is found.")] = ProofFormat.table,
    spend: Budgeted = "",
    output: Output = None,
) -> None:
    """Decide an inequality or equation: proved, refuted or undecided.

    In a bare text every name is a real number: axiomkd prove "x**2 + y**2 >= 2*x*y". A file declares
    other variables and assumptions. What is to be proved must also be defined wherever they hold.
    """
    from axiomkd import display, portfolio
    from axiomkd.report.problems import write_solution

    destination = display.Destination(output)
    solution = portfolio.prove(problem, budget(spend))
    if format is ProofFormat.table:
        destination.show(display.solution_table(solution))
    else:
        destination.write(write_solution(solution, format))
