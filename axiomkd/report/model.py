"""What a report says, free of any markup: rows of the table, goals, proofs, counterexamples.

Formulas stay kernel terms here; each format writes them in its own way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import cast

from axiomkd.certificate import Certificate
from axiomkd.kernel.evidence import Derivation
from axiomkd.kernel.judgement import Goal
from axiomkd.kernel.rules import RULES
from axiomkd.kernel.table import Json
from axiomkd.kernel.terms import Formula, Free, Node, Term
from axiomkd.report.abbreviation import Abbreviation, abbreviate
from axiomkd.report.checkers import Checkers, checkers, rocq_total
from axiomkd.report.example import Example, any_size_words, example, scope_words, size_words
from axiomkd.report.naming import has_assumptions, readable
from axiomkd.report.rows import Row, row, where
from axiomkd.statement import Argument
from axiomkd.verdict import Cell, Verdict


@dataclass(frozen=True)
class Line:
    """One step of a proof: why, from which lines, what."""

    number: int
    sentence: str
    premises: tuple[int, ...]
    formula: Formula


@dataclass(frozen=True)
class Proof:
    """A derivation at a scope; ``last`` are the lines that say what was to be proved."""

    scope: str
    lines: tuple[Line, ...]
    last: tuple[int, ...]


@dataclass(frozen=True)
class Clause:
    """A fact of a goal: for all these indices, the hypotheses imply the conclusion."""

    indices: tuple[Free, ...]
    hypotheses: tuple[Formula, ...]
    conclusion: Formula


@dataclass(frozen=True)
class GoalView:
    """The kernel's goal: whatever the sizes, numbers and indices, the facts imply the conclusions."""

    quantified: str
    facts: tuple[Clause, ...]
    conclusions: tuple[Formula, ...]


@dataclass(frozen=True)
class Section:
    """A statement with the kernel's own goal and what became of it.

    Where the goal is only a part of the statement, ``theorem`` gives the rest from ``parts``.
    """

    id: str
    title: str
    meaning: str
    verdict: Verdict
    scope: str
    goal: GoalView
    names: tuple[Abbreviation, ...]
    proofs: tuple[Proof, ...]
    example: Example | None
    tried: tuple[str, ...]
    vacuous: bool
    checkers: Checkers
    theorem: Argument | None = None
    parts: tuple[Section, ...] = ()


@dataclass(frozen=True)
class Report:
    """An operator's certificate as it is to be read."""

    id: str
    title: str
    source: str
    text: str
    value: Term
    index: Free
    rocq: str
    rows: tuple[Row, ...]
    sections: tuple[Section, ...]
    solutions: str = ""

    @property
    def counts(self) -> dict[str, int]:
        """How many cells have each verdict."""
        return counts(row.verdict for row in self.rows)


def counts(verdicts: Iterable[Verdict]) -> dict[str, int]:
    """How often each verdict occurs."""
    found = list(verdicts)
    return {verdict: found.count(verdict) for verdict in ("proved", "refuted", "undecided")}


def report(certificate: Certificate) -> Report:
    """The report on a certificate."""
    operator = certificate.operator
    return Report(
        id=operator.id,
        title=operator.title or operator.id,
        source=operator.source,
        text=operator.text,
        value=operator.value,
        index=next(iter(operator.value.free), Free("i", "outcome")),
        rocq=rocq_total([certificate]),
        rows=tuple(row(cell, certificate.run) for cell in certificate.cells),
        sections=tuple(section(cell, certificate.run) for cell in certificate.cells),
        solutions=operator.implicit.claim if operator.implicit else "",
    )


def section(cell: Cell, run: Mapping[str, Json]) -> Section:
    """What a report says of a cell, long terms that come back under names."""
    derivations = [part for part in (cell, *cell.proved_at) if part.verdict == "proved"]
    plain = Section(
        id=cell.statement.id,
        title=cell.statement.title,
        meaning=cell.statement.meaning,
        verdict=cell.verdict,
        scope=where(cell),
        goal=goal_view(cell.goal),
        names=(),
        proofs=tuple(map(_proof, derivations)),
        example=example(cell),
        tried=cell.tried,
        vacuous=cell.vacuous,
        checkers=checkers(cell, run),
    )
    parts = tuple(section(part, {}) for part in cell.parts)
    return replace(_abbreviated(plain, cell.operator.value), theorem=cell.theorem, parts=parts)


def _abbreviated(section: Section, value: Term) -> Section:
    goal = list(_formulas(section.goal))
    lines = list(_formulas((section.proofs, section.example)))
    written, names = abbreviate(goal, lines, value)
    short = dict(zip([*goal, *lines], written, strict=True))
    return replace(cast(Section, _shortened(section, short)), names=tuple(names))


def _formulas(part: object) -> Iterator[Formula]:
    """Every formula in a part of a report."""
    if isinstance(part, Formula):
        yield part
    elif isinstance(part, tuple):
        for inner in part:
            yield from _formulas(inner)
    elif is_dataclass(part):
        for field in fields(part):
            yield from _formulas(getattr(part, field.name))


def _shortened(part: object, short: Mapping[Formula, Node]) -> object:
    """A part of a report with other formulas in the place of its own."""
    if isinstance(part, Formula):
        return short[part]
    if isinstance(part, tuple):
        return tuple(_shortened(inner, short) for inner in part)
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{f.name: _shortened(getattr(part, f.name), short) for f in fields(part)})
    return part


def _proof(cell: Cell) -> Proof:
    evidence = cell.evidence
    if not isinstance(evidence, Derivation):
        raise TypeError(f"expected a derivation, got {type(evidence).__name__}")
    return proof_of(cell.goal, evidence, scope_words(cell.scope, cell.operator.least))


def proof_of(goal: Goal, evidence: Derivation, scope: str) -> Proof:
    """A derivation of a goal as it is printed."""
    formulas = readable(goal, evidence)
    numbers = _numbers(evidence, formulas)
    lines = {
        numbers[at]: Line(
            numbers[at], RULES[step.rule].sentence, tuple(numbers[p] for p in step.premises), formulas[at]
        )
        for at, step in reversed(list(enumerate(evidence.steps)))
    }
    last = tuple(numbers[step] for step in evidence.establishes)
    return Proof(scope, tuple(lines[n] for n in sorted(lines)), last)


def _numbers(evidence: Derivation, formulas: Sequence[Formula]) -> list[int]:
    """The line of each step: steps that say the same of all indices share the first one's line."""
    if has_assumptions(evidence):
        return list(range(1, len(formulas) + 1))
    first = {formula: line for line, formula in enumerate(dict.fromkeys(formulas), start=1)}
    return [first[formula] for formula in formulas]


_ENDS = {"infinity": "grows without bound", "zero": "falls to zero"}


def goal_view(goal: Goal) -> GoalView:
    """A goal as it is printed beside the statement's words."""
    sizes = [
        any_size_words(sort) if size is None else size_words(sort, size)
        for sort, size in goal.sizes
        if sort != "merged"
    ]
    numbers = [f"{name}[{','.join(sorts)}]" if sorts else name for name, sorts in goal.variables]
    indices = [f"{index.sort} {index.name}" for index in goal.indices]
    permutations = [f"permutation {name} of the {sort}s" for name, sort in goal.permutations]
    limit = [f"limits as {goal.limit[0]} {_ENDS[goal.limit[1]]}"] if goal.limit else []
    return GoalView(
        quantified=", ".join([*sizes, *numbers, *indices, *permutations, *limit]),
        facts=tuple(Clause(fact.indices, fact.hypotheses, fact.conclusion) for fact in goal.facts),
        conclusions=goal.conclusions,
    )
