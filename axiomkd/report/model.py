"""What a report says, free of any markup: rows of the table, proofs, counterexamples.

Formulas stay kernel terms here; each format writes them in its own way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import cast

from axiomkd.certificate import Certificate
from axiomkd.kernel.evidence import Derivation, Paths, Witness
from axiomkd.kernel.judgement import Goal
from axiomkd.kernel.rules import RULES
from axiomkd.kernel.terms import Formula, Free, Node, Term
from axiomkd.kernel.witness import Margin
from axiomkd.report.abbreviation import Abbreviation, abbreviate
from axiomkd.report.naming import has_assumptions, readable
from axiomkd.statement import Scope
from axiomkd.verdict import Cell, Verdict

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
class Values:
    """The values of a variable: one row a teacher, the entries as fractions or paths."""

    name: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Example:
    """A counterexample: the input, the conclusion that fails there, the numbers that contradict it."""

    sizes: str
    values: tuple[tuple[Values, ...], ...]
    chosen: tuple[tuple[str, str], ...]
    conclusion: Formula
    left: str
    relation: str
    right: str
    margin: str

    @property
    def failure(self) -> str:
        """How the conclusion fails, in one line: the two numbers, or words."""
        numbers = f"{self.left} {self.relation} {self.right}".strip()
        if self.relation == "=":
            return f"{numbers}, where the order must be strict"
        return f"{numbers}, by at least {short(self.margin)}" if self.margin not in ("", "0") else numbers


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
    """A statement with the kernel's own goal and what became of it."""

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


@dataclass(frozen=True)
class Report:
    """An operator's certificate as it is to be read."""

    id: str
    title: str
    source: str
    text: str
    value: Term
    index: Free
    rows: tuple[Row, ...]
    sections: tuple[Section, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many cells have each verdict."""
        verdicts = [row.verdict for row in self.rows]
        return {verdict: verdicts.count(verdict) for verdict in ("proved", "refuted", "undecided")}


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
        rows=tuple(map(row, certificate.cells)),
        sections=tuple(map(section, certificate.cells)),
    )


def row(cell: Cell) -> Row:
    """The line of the table for a cell."""
    margin = cell.checked.margin if cell.checked else None
    return Row(
        statement=cell.statement.id,
        title=cell.statement.title,
        verdict=cell.verdict,
        scope=where(cell),
        how=how(cell),
        brief=brief(cell),
        margin=short(margin.lower) if margin and margin.lower else "",
    )


def section(cell: Cell) -> Section:
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
        example=_example(cell),
        tried=cell.tried,
        vacuous=cell.vacuous,
    )
    return _abbreviated(plain, cell.operator.value)


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


# -- words ----------------------------------------------------------------------------------


def scope_words(scope: Scope) -> str:
    """
    >>> scope_words(Scope(outcomes=2))
    'any K, V=2'
    """
    sizes = (("K", scope.teachers), ("V", scope.outcomes))
    return ", ".join(f"any {name}" if size is None else f"{name}={size}" for name, size in sizes)


def where(cell: Cell) -> str:
    """The scope of a verdict: where it is proved, or where it fails and where it does not."""
    if cell.verdict != "refuted" or cell.smallest is None:
        return scope_words(cell.scope)
    proved = "; ".join(scope_words(part.scope) for part in cell.proved_at)
    fails = "fails at " + scope_words(Scope(*cell.smallest))
    return f"{fails}; proved for {proved}" if proved else fails


def how(cell: Cell) -> str:
    """In one line: the steps and rules of a proof, or the input and the two numbers of a witness."""
    match cell.evidence:
        case None:
            return "; ".join(cell.tried)
        case Derivation(steps):
            rules = sorted({step.rule for step in steps})
            named = ", ".join(name.replace("_", " ") for name in rules[:MOST_RULES])
            more = f" and {len(rules) - MOST_RULES} more" if len(rules) > MOST_RULES else ""
            vacuous = "vacuous; " if cell.vacuous else ""
            return f"{vacuous}{len(steps)} steps: {named}{more}"
    found = _example(cell)
    if found is None:
        return ""
    inputs = " | ".join("; ".join(map(_assigned, values)) for values in found.values)
    return f"{inputs}: {brief(cell)}"


def brief(cell: Cell) -> str:
    """In a few words: how many steps a proof has, or the two numbers that contradict the statement."""
    if isinstance(cell.evidence, Derivation):
        return f"{len(cell.evidence.steps)} steps"
    found = _example(cell)
    return "" if found is None else f"{found.left} {found.relation} {found.right}".strip()


def _assigned(values: Values) -> str:
    return f"{values.name} = {_inline(values)}"


def _inline(values: Values) -> str:
    rows = ["(" + ", ".join(entries) + ")" if len(entries) > 1 else entries[0] for entries in values.rows]
    return rows[0] if len(rows) == 1 else " ".join(rows)


def short(decimal: str, digits: int = 4) -> str:
    """
    >>> short("0.123456789012")
    '0.1235'
    """
    return f"{Decimal(decimal):.{digits}g}"


# -- proofs and counterexamples -------------------------------------------------------------


def _proof(cell: Cell) -> Proof:
    evidence = cell.evidence
    if not isinstance(evidence, Derivation):
        raise TypeError(f"expected a derivation, got {type(evidence).__name__}")
    formulas = readable(cell.goal, evidence)
    numbers = _numbers(evidence, formulas)
    lines = {
        numbers[at]: Line(
            numbers[at], RULES[step.rule].sentence, tuple(numbers[p] for p in step.premises), formulas[at]
        )
        for at, step in reversed(list(enumerate(evidence.steps)))
    }
    last = tuple(numbers[step] for step in evidence.establishes)
    return Proof(scope_words(cell.scope), tuple(lines[n] for n in sorted(lines)), last)


def _numbers(evidence: Derivation, formulas: Sequence[Formula]) -> list[int]:
    """The line of each step: steps that say the same of all indices share the first one's line."""
    if has_assumptions(evidence):
        return list(range(1, len(formulas) + 1))
    first = {formula: line for line, formula in enumerate(dict.fromkeys(formulas), start=1)}
    return [first[formula] for formula in formulas]


def _example(cell: Cell) -> Example | None:
    evidence = cell.evidence
    if not isinstance(evidence, Witness | Paths) or cell.checked is None or cell.checked.margin is None:
        return None
    margin = cell.checked.margin
    inputs = (evidence.values,) if isinstance(evidence, Witness) else evidence.paths
    sizes = dict(evidence.sizes)
    return Example(
        sizes=scope_words(Scope(sizes["teacher"], sizes["outcome"])),
        values=tuple(tuple(_values(name, value) for name, value in values) for values in inputs),
        chosen=tuple(_chosen(evidence)),
        conclusion=cell.goal.conclusions[evidence.conclusion],
        left=margin.left,
        relation=relation(margin),
        right=margin.right,
        margin=margin.lower,
    )


_WITHOUT_NUMBERS = {"undefined": "undefined there", "divergent": "one limit is finite, the other is not"}


def relation(margin: Margin) -> str:
    """How the two numbers of a counterexample stand to each other."""
    if margin.kind in _WITHOUT_NUMBERS:
        return _WITHOUT_NUMBERS[margin.kind]
    left, right = Decimal(margin.left), Decimal(margin.right)
    return "=" if margin.kind == "equal" else ">" if left > right else "<" if left < right else "!="


def _chosen(evidence: Witness | Paths) -> Iterator[tuple[str, str]]:
    """The indices and permutations of a counterexample."""
    for name, number in evidence.indices:
        yield name, str(number)
    for name, images in evidence.permutations:
        yield name, "(" + " ".join(map(str, images)) + ")"


def _values(name: str, value: object) -> Values:
    if not isinstance(value, tuple):
        return Values(name, ((_entry(value),),))
    if any(isinstance(part, tuple) and any(isinstance(inner, tuple) for inner in part) for part in value):
        return Values(name, tuple(tuple(map(_entry, part)) for part in value))
    if all(isinstance(part, tuple) for part in value):
        return Values(name, tuple(tuple(map(_entry, part)) for part in value))
    return Values(name, (tuple(map(_entry, value)),))


def _entry(value: object) -> str:
    return polynomial(value) if isinstance(value, tuple) else str(value)


def polynomial(coefficients: tuple[Fraction, ...]) -> str:
    """
    >>> polynomial((Fraction(1, 2), Fraction(0), Fraction(-3)))
    '1/2 - 3 e^2'
    """
    powers = ("", "e", *(f"e^{n}" for n in range(2, len(coefficients))))
    parts = [(c, x) for c, x in zip(coefficients, powers, strict=False) if c]
    text = ""
    for coefficient, power in parts:
        size = abs(coefficient)
        written = power if size == 1 and power else f"{size} {power}".strip()
        sign = "-" if coefficient < 0 else "+"
        text = f"{text} {sign} {written}" if text else (f"-{written}" if coefficient < 0 else written)
    return text or "0"


def matrix_scope(cell: Cell) -> str:
    """Where a refuted statement is proved all the same, for a cell of the matrix.

    The sizes are those of ``proved_at``: ``V=2``, ``K=1``, joined by a comma.
    """
    sizes = [(("K", part.scope.teachers), ("V", part.scope.outcomes)) for part in cell.proved_at]
    return ", ".join(f"{name}={size}" for pair in sizes for name, size in pair if size is not None)


_LETTERS = {"teacher": "K", "outcome": "V", "merged": "V-1"}
_ENDS = {"infinity": "grows without bound", "zero": "falls to zero"}


def goal_view(goal: Goal) -> GoalView:
    """A goal as it is printed beside the statement's words."""
    sizes = [
        f"any {_letter(sort)}" if size is None else f"{_letter(sort)}={size}"
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


def _letter(sort: str) -> str:
    return _LETTERS.get(sort, f"number of {sort}s")
