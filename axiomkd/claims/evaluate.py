"""What becomes of a paper's claims: each part proved or refuted by evidence that the kernel has accepted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from axiomkd.claims.model import Claim, Follows, Paper, Part, Satisfies, Survey
from axiomkd.implications.search import Cells, settle
from axiomkd.implications.verdict import Settled
from axiomkd.operator import Operator
from axiomkd.portfolio import WORKERS, Pool
from axiomkd.registry import operators
from axiomkd.statement import Scope
from axiomkd.verdict import Cell

TRUE, FALSE, OPEN = "true", "false", "open"
OF_VERDICT = {"proved": TRUE, "refuted": FALSE, "undecided": OPEN}


Found = Cell | Settled


@dataclass(frozen=True)
class Outcome:
    """A part with what was found of it."""

    part: Part
    found: tuple[Found, ...]

    @property
    def truth(self) -> str:
        """Whether what the part asserts is so."""
        truths = [OF_VERDICT[found.verdict] for found in self.found]
        if self.part.holds:
            return _all(truths)
        return _all([{TRUE: FALSE, FALSE: TRUE, OPEN: OPEN}[truth] for truth in truths])


def _all(truths: list[str]) -> str:
    return FALSE if FALSE in truths else OPEN if OPEN in truths else TRUE


@dataclass(frozen=True)
class Judged:
    """A claim with what was found of it as printed and as repaired."""

    claim: Claim
    printed: tuple[Outcome, ...]
    repaired: tuple[Outcome, ...]

    @property
    def verdict(self) -> str:
        return _all([outcome.truth for outcome in self.printed])

    @property
    def repair_verdict(self) -> str:
        return _all([outcome.truth for outcome in self.repaired])

    @property
    def complaints(self) -> tuple[str, ...]:
        """What is not as expected: the verdict, or a repair that is not found to hold."""
        verdict = f"expected {self.claim.expected}, got {self.verdict}"
        repair = f"expected a repair that holds, got {self.repair_verdict}"
        wrong = (self.verdict != self.claim.expected, self.repair_verdict != TRUE)
        return tuple(said for said, is_so in zip((verdict, repair), wrong, strict=True) if is_so)

    @property
    def as_expected(self) -> bool:
        return not self.complaints


@dataclass(frozen=True)
class Surveyed:
    """For each operator and statement of a survey the cell, and the cell with the largest ratio found."""

    survey: Survey
    cells: tuple[tuple[Cell, Cell], ...]
    answer: tuple[Outcome, ...] = ()

    @property
    def answer_verdict(self) -> str:
        """Whether what the survey says holds all the same does."""
        return _all([outcome.truth for outcome in self.answer])


@dataclass(frozen=True)
class Judgements:
    """A paper with what was found of its claims and its survey."""

    paper: Paper
    claims: tuple[Judged, ...]
    survey: Surveyed | None

    @property
    def as_expected(self) -> bool:
        answered = self.survey is None or self.survey.answer_verdict == TRUE
        return answered and all(judged.as_expected for judged in self.claims)


Watch = Callable[[Judged], None]


def judge(paper: Paper, watch: Watch | None = None) -> Judgements:
    """What becomes of the claims of a paper; ``watch`` is told of each as soon as it is judged."""
    with Pool(WORKERS) as pool:
        judging = _Judging(pool)
        for claim in paper.claims:
            judging.ask(claim)
        surveyed = judging.survey(paper.survey) if paper.survey else None
        judged = []
        for claim in paper.claims:
            judged.append(judging.judged(claim))
            if watch is not None:
                watch(judged[-1])
        return Judgements(paper, tuple(judged), surveyed() if surveyed else None)


class _Judging:
    """The parts of claims, their cells decided by the workers of one pool, each once."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.cells: dict[Scope, Cells] = {}

    def at(self, scope: Scope) -> Cells:
        if scope not in self.cells:
            self.cells[scope] = Cells(self.pool, _explicit(), scope)
        return self.cells[scope]

    def ask(self, claim: Claim) -> None:
        """Set the workers to what a claim needs, without waiting."""
        for part in (*claim.parts, *claim.repaired):
            asserted = part.asserted
            if isinstance(asserted, Satisfies):
                for operator in asserted.operators:
                    for statement in asserted.statements:
                        self.at(asserted.scope).ask(operator, statement)

    def judged(self, claim: Claim) -> Judged:
        return Judged(claim, self.outcomes(claim.parts), self.outcomes(claim.repaired))

    def outcomes(self, parts: tuple[Part, ...]) -> tuple[Outcome, ...]:
        return tuple(Outcome(part, self.found(part)) for part in parts)

    def survey(self, survey: Survey) -> Callable[[], Surveyed]:
        """Set the workers to a survey; the call waits for what they find."""
        cells = [
            Cell(rule, statement, Scope()) for statement in survey.statements for rule in survey.operators
        ]
        asked = [(self.pool.submit(cell), self.pool.largest_ratio(cell)) for cell in cells]

        def ready() -> Surveyed:
            found = [(plain.result()[0], largest.result()[0]) for plain, largest in asked]
            return Surveyed(survey, tuple(found), self.outcomes(survey.parts))

        return ready

    def found(self, part: Part) -> tuple[Found, ...]:
        match part.asserted:
            case Satisfies(rules, statements, scope):
                asked = [self.at(scope).ask(rule, statement) for rule in rules for statement in statements]
                return tuple(future.result()[0] for future in asked if future is not None)
            case Follows(implication, candidates):
                return (settle(implication, self.at(implication.scope).first(candidates)),)


def _explicit() -> tuple[Operator, ...]:
    """The operators that are formulas: of an implicit one it is not known that there is a solution."""
    return tuple(operator for operator in operators() if operator.implicit is None)
