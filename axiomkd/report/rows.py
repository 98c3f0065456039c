"""The rows of the tables of verdicts: a cell in one line."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from axiomkd.kernel.evidence import Derivation, Step
from axiomkd.kernel.table import Json
from axiomkd.language.to_text import text as plain
from axiomkd.report.checkers import Checkers, checkers
from axiomkd.report.example import example, scope_words, short
from axiomkd.report.values import Input
from axiomkd.statement import Scope
from axiomkd.verdict import Cell, Finding, Verdict

MOST_RULES = 3
"""How many rules a row of the table names."""


@dataclass(frozen=True)
class Row:
    """One line of the table of verdicts."""

    statement: str
    title: str
    verdict: Verdict
    scope: str
    how: str
    brief: str
    margin: str
    checkers: Checkers


def row(cell: Cell, run: Mapping[str, Json]) -> Row:
    """The line of the table for a cell of a certificate with this run."""
    margin = cell.checked.margin if cell.checked else None
    return Row(
        statement=cell.statement.id,
        title=cell.statement.title,
        verdict=cell.verdict,
        scope=where(cell),
        how=how(cell),
        brief=brief(cell),
        margin=short(margin.lower) if margin and margin.lower else "",
        checkers=checkers(cell, run),
    )


def where(cell: Cell) -> str:
    """The scope of a verdict: where it is proved, or where it fails and where it does not."""
    words = scope_words(cell.scope, cell.operator.least)
    if cell.verdict == "refuted" and cell.smallest is not None:
        words = "fails at " + scope_words(Scope(*cell.smallest))
    proved = "; ".join(scope_words(part.scope, part.operator.least) for part in cell.proved_at)
    return f"{words}; proved for {proved}" if proved else words


def how(cell: Finding) -> str:
    """In one line: the steps and rules of a proof, or the input and the two numbers of a witness."""
    if cell.verdict == "undecided":
        return "; ".join(cell.tried)
    if isinstance(cell, Cell) and cell.parts:
        return f"{brief(cell)}: {cell.argument} from {', '.join(part.statement.id for part in cell.parts)}"
    match cell.evidence:
        case Derivation(steps):
            rules = sorted({step.rule for step in steps})
            named = ", ".join(name.replace("_", " ") for name in rules[:MOST_RULES])
            more = f" and {len(rules) - MOST_RULES} more" if len(rules) > MOST_RULES else ""
            vacuous = "vacuous; " if cell.vacuous else ""
            return f"{vacuous}{_counted(steps)}: {named}{more}"
    found = example(cell)
    if found is None:
        return ""
    return f"{' | '.join(map(_assigned, found.inputs))}: {brief(cell)}"


def brief(cell: Finding) -> str:
    """In a few words: how many steps a proof has, or the two numbers that contradict the statement."""
    if cell.verdict == "undecided":
        return ""
    if isinstance(cell.evidence, Derivation):
        parts = cell.parts if isinstance(cell, Cell) else ()
        return _counted([step for part in (cell, *parts) for step in _steps(part)])
    found = example(cell)
    return "" if found is None else found.numbers


def _steps(cell: Finding) -> Sequence[Step]:
    return cell.evidence.steps if isinstance(cell.evidence, Derivation) else ()


def _counted(steps: Sequence[Step]) -> str:
    return "1 step" if len(steps) == 1 else f"{len(steps)} steps"


def _assigned(given: Input) -> str:
    """An input in one line, without the variables that others determine."""
    every = (*given.values, *itertools.chain.from_iterable(given.scenarios))
    return "; ".join(f"{plain(v.name)} = {v.inline}" for v in every if not v.derived)


def matrix_scope(cell: Cell) -> str:
    """Where a statement is proved that is refuted or undecided at its own scope, for a cell of the matrix.

    The sizes are those of ``proved_at``: ``V=2``, ``K=1``, or ``K=2 V=3``, joined by a comma.
    """
    sizes = [(("K", part.scope.teachers), ("V", part.scope.outcomes)) for part in cell.proved_at]
    return ", ".join(" ".join(f"{n}={size}" for n, size in pair if size is not None) for pair in sizes)


def matrix_words(cell: Cell, run: Mapping[str, Json]) -> str:
    """What stands beside the verdict in a cell of the matrix."""
    return " ".join(filter(None, (matrix_scope(cell), "kernel only" if checkers(cell, run).reason else "")))
