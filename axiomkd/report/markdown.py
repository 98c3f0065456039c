"""Reports as Markdown: formulas as plain text."""

from __future__ import annotations

from collections.abc import Sequence

from axiomkd.certificate import Certificate
from axiomkd.language.to_text import text as plain
from axiomkd.report.checkers import kernel_only, rocq_total
from axiomkd.report.environment import Filter, environment
from axiomkd.report.model import Clause, GoalView, Report
from axiomkd.report.rows import matrix_words

MARKS = {"proved": "✓", "refuted": "✗", "undecided": "?"}


def document(report: Report) -> str:
    """The report as Markdown."""
    filters: dict[str, Filter] = {"cell": cell_text, "formula": plain, "clause": clause, "goal": goal_lines}
    return environment(filters).get_template("certificate.md").render(report=report)


def cell_text(text: str) -> str:
    """Text for a cell of a table."""
    return text.replace("|", "\\|").replace("\n", " ")


def clause(fact: Clause) -> str:
    """A fact of a goal in one line.

    >>> from axiomkd.kernel.terms import ZERO, AtMost, Free, variable
    >>> k = Free("k", "teacher")
    >>> clause(Clause((k,), (), AtMost(ZERO, variable("w", k))))
    'for all k: 0 ≤ w_k'
    """
    quantified = f"for all {', '.join(index.name for index in fact.indices)}: " if fact.indices else ""
    given = " and ".join(map(plain, fact.hypotheses))
    return f"{quantified}{given + ' => ' if given else ''}{plain(fact.conclusion)}"


def goal_lines(goal: GoalView) -> str:
    """A goal in plain text: what it is for, what is given, what follows."""
    lines = [
        f"for    {goal.quantified}",
        *(f"given  {clause(fact)}" for fact in goal.facts),
        *(f"then   {plain(formula)}" for formula in goal.conclusions),
    ]
    return "\n".join(lines)


def matrix(certificates: Sequence[Certificate]) -> str:
    """Operators across, statements down."""
    names = statements_of(certificates)
    lines = [
        ["statement", *(c.operator.id for c in certificates)],
        ["---", *(":-:" for _ in certificates)],
        *([name, *(_mark(c, name) for c in certificates)] for name in names),
    ]
    legend = "✓ proved, ✗ refuted (with the sizes where it is proved all the same), ? undecided"
    table = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    exceptions = "\n".join(f"- {line}" for line in kernel_only(certificates))
    total = rocq_total(certificates)
    return "\n\n".join(filter(None, (table, legend, total and f"{total}.", exceptions))) + "\n"


def statements_of(certificates: Sequence[Certificate]) -> list[str]:
    """The ids of the statements that the certificates speak of, in their order."""
    return list(dict.fromkeys(cell.statement.id for c in certificates for cell in c.cells))


def _mark(certificate: Certificate, statement: str) -> str:
    for cell in certificate.cells:
        if cell.statement.id == statement:
            return f"{MARKS[cell.verdict]} {matrix_words(cell, certificate.run)}".strip()
    return ""
