"""Reports on a paper's claims: what holds as printed, what needs more, what is false and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from axiomkd.certificate import layout
from axiomkd.claims.evaluate import FALSE, OPEN, TRUE, Judged, Judgements, Outcome, Surveyed
from axiomkd.claims.model import Follows, Paper, Satisfies
from axiomkd.claims.wire import as_data
from axiomkd.implications.verdict import Settled
from axiomkd.kernel.terms import variable
from axiomkd.language.parse import parse
from axiomkd.language.ranges import Range
from axiomkd.language.signature import signature_of
from axiomkd.language.to_latex import latex
from axiomkd.operator import Operator
from axiomkd.report.environment import LATEX_DELIMITERS, Filter, environment
from axiomkd.report.example import example
from axiomkd.report.implications import evidence_of
from axiomkd.report.latex import breakable, escape
from axiomkd.report.markdown import cell_text
from axiomkd.report.rows import how, where
from axiomkd.verdict import Cell

MARKS = {"true": "✓", "false": "✗", "open": "?"}


@dataclass(frozen=True)
class Line:
    """One thing that a claim asserts: of whom, what, whether it is so, and the evidence in a line."""

    subject: str
    statements: tuple[str, ...]
    truth: str
    verdict: str
    evidence: str


@dataclass(frozen=True)
class ClaimView:
    """A claim as it is to be read."""

    id: str
    place: str
    printed: str
    verdict: str
    lines: tuple[Line, ...]
    repair: str
    repair_verdict: str
    repaired: tuple[Line, ...]
    as_expected: bool


@dataclass(frozen=True)
class SurveyRow:
    """An operator in the survey: for each statement its verdict, the largest ratio found, and an example."""

    operator: str
    verdicts: tuple[str, ...]
    ratios: tuple[str, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True)
class SurveyView:
    """The survey as it is to be read."""

    question: str
    answers: tuple[str, ...]
    statements: tuple[str, ...]
    holds: str
    lines: tuple[Line, ...]
    rows: tuple[SurveyRow, ...]


@dataclass(frozen=True)
class ClaimsView:
    """A paper's claims as they are to be read."""

    paper: str
    title: str
    subject: str
    claims: tuple[ClaimView, ...]
    operators: tuple[Operator, ...]
    survey: SurveyView | None

    @property
    def counts(self) -> dict[str, int]:
        """How many claims are true, false and open as printed."""
        verdicts = [claim.verdict for claim in self.claims]
        return {truth: verdicts.count(truth) for truth in MARKS}


def write_claims(judgements: Judgements, format: str) -> str:
    """The report as ``"markdown"``, ``"latex"``, ``"html"`` or ``"json"``.

    :raises ValueError: for any other format.
    """
    if format == "json":
        return layout(as_data(judgements))
    view = claims_view(judgements)
    if format == "markdown":
        filters: dict[str, Filter] = {"cell": cell_text}
        return environment(filters).get_template("claims.md").render(report=view, marks=MARKS)
    if format == "latex":
        filters = {"tex": escape, "id": breakable, "rule": _rule}
        return environment(filters, LATEX_DELIMITERS).get_template("claims.tex").render(report=view)
    if format == "html":
        template = environment({}, escape=True).get_template("claims.html")
        return template.render(report=view, marks=MARKS)
    raise ValueError(f"expected markdown, latex, html or json, got {format}")


def _rule(operator: Operator) -> str:
    """The formula of an operator, as it is declared, in LaTeX."""
    names = {
        name: variable(name) if isinstance(value, Range) else value for name, value in operator.parameters
    }
    return latex(parse(operator.text, signature_of(operator.theory), names))


def claims_view(judgements: Judgements) -> ClaimsView:
    """What a report says of a paper."""
    paper = judgements.paper
    return ClaimsView(
        paper=paper.id,
        title=paper.title,
        subject=paper.subject,
        claims=tuple(_claim(judged, paper) for judged in judgements.claims),
        operators=tuple(_operators(judgements)),
        survey=_survey(judgements.survey, paper) if judgements.survey else None,
    )


def _claim(judged: Judged, paper: Paper) -> ClaimView:
    claim = judged.claim
    return ClaimView(
        id=claim.id,
        place=claim.place,
        printed=claim.printed,
        verdict=judged.verdict,
        lines=tuple(_lines(judged.printed, paper)),
        repair=claim.repair,
        repair_verdict=judged.repair_verdict if judged.repaired else "",
        repaired=tuple(_lines(judged.repaired, paper)),
        as_expected=judged.as_expected,
    )


def _lines(outcomes: Iterable[Outcome], paper: Paper) -> Iterator[Line]:
    for outcome in outcomes:
        if isinstance(outcome.part.asserted, Satisfies):
            yield from _of_operators(outcome, outcome.part.asserted, paper)
        else:
            yield _of_every_rule(outcome, outcome.part.asserted, paper)


def _of_operators(outcome: Outcome, asserted: Satisfies, paper: Paper) -> Iterator[Line]:
    """A line for what an operator satisfies, and one for each statement that it does not."""
    for operator in asserted.operators:
        cells = [found for found in outcome.found if isinstance(found, Cell) and found.operator == operator]
        proved = [cell for cell in cells if cell.verdict == "proved"]
        if proved:
            names = _short([cell.statement.id for cell in proved], paper)
            truth = TRUE if outcome.part.holds else FALSE
            yield Line(operator.id, names, truth, "proved", f"for {where(proved[0])}")
        for cell in cells:
            if cell.verdict != "proved":
                yield _unsatisfied(outcome, cell)


def _short(names: Sequence[str], paper: Paper) -> tuple[str, ...]:
    """The titles of the paper's lists in the place of all their statements."""
    found = list(names)
    for title, statements in paper.lists:
        if set(statements) <= set(found):
            found = [title, *(name for name in found if name not in statements)]
    return tuple(found)


def _unsatisfied(outcome: Outcome, cell: Cell) -> Line:
    truth = OPEN if cell.verdict == "undecided" else FALSE if outcome.part.holds else TRUE
    evidence = f"{where(cell)}: {how(cell)}" if cell.verdict == "refuted" else how(cell)
    return Line(cell.operator.id, (cell.statement.id,), truth, cell.verdict, evidence)


def _of_every_rule(outcome: Outcome, asserted: Follows, paper: Paper) -> Line:
    (settled,) = outcome.found
    assert isinstance(settled, Settled)
    premises = _short([statement.id for statement in asserted.implication.premises], paper)
    subject, conclusion = f"every rule with {', '.join(premises)}", (asserted.implication.conclusion.id,)
    return Line(subject, conclusion, outcome.truth, settled.verdict, evidence_of(settled))


def _operators(judgements: Judgements) -> list[Operator]:
    """The operators that the report speaks of, each once."""
    found: dict[str, Operator] = {}
    for judged in judgements.claims:
        for outcome in (*judged.printed, *judged.repaired):
            for part in outcome.found:
                if isinstance(part, Cell):
                    found[part.operator.id] = part.operator
                elif part.counterexample is not None:
                    found[part.counterexample.operator.id] = part.counterexample.operator
    for plain, _ in judgements.survey.cells if judgements.survey else ():
        found[plain.operator.id] = plain.operator
    return list(found.values())


def _survey(surveyed: Surveyed, paper: Paper) -> SurveyView:
    survey, cells = surveyed.survey, surveyed.cells
    rows = []
    for operator in survey.operators:
        pairs = [pair for pair in cells if pair[0].operator == operator]
        rows.append(
            SurveyRow(
                operator.id,
                tuple(plain.verdict for plain, _ in pairs),
                tuple(_ratio(largest) for _, largest in pairs),
                tuple(f"{where(plain)}: {how(plain)}" for plain, _ in pairs),
            )
        )
    names = tuple(statement.id for statement in survey.statements)
    answers = tuple(
        _answer(name, [plain for plain, _ in cells if plain.statement.id == name]) for name in names
    )
    lines = tuple(_lines(surveyed.answer, paper))
    return SurveyView(survey.question, answers, names, survey.answer, lines, tuple(rows))


def _answer(statement: str, cells: Sequence[Cell]) -> str:
    """Of which operators a statement of the survey is true, in words."""
    words = {"proved": "is proved for", "refuted": "fails for", "undecided": "is open for"}
    found = [
        f"{said} {', '.join(cell.operator.id for cell in cells if cell.verdict == verdict)}"
        for verdict, said in words.items()
        if any(cell.verdict == verdict for cell in cells)
    ]
    return f"{statement} {'; it '.join(found)}."


def _ratio(cell: Cell) -> str:
    """How many times the left side is the right side, in words."""
    found = example(cell)
    if found is None:
        return ""
    right = float(found.right)
    return f"{float(found.left) / right:.3g}" if right else "no bound"
