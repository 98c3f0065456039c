"""Verdicts: what the kernel has accepted about one statement of one operator."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeVar, cast

from axiomkd.errors import EvidenceError
from axiomkd.kernel.check import Checked, check
from axiomkd.kernel.evidence import Derivation, Evidence, Paths, Polynomial, Witness
from axiomkd.kernel.judgement import Goal, Refused
from axiomkd.operator import Operator
from axiomkd.statement import Argument, Scope, Statement

Verdict = Literal["proved", "refuted", "undecided"]
Sizes = tuple[int, int]
"""How many teachers (K) and outcomes (V)."""
F = TypeVar("F", bound="Finding")
CONTRADICTION = "contradiction"
"""The rule that concludes anything from facts that exclude each other."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What is known of a goal: what the kernel has accepted, or ``None``, and what was tried.

    The verdict is read off what the kernel has accepted.
    """

    checked: Checked | None = None
    tried: tuple[str, ...] = ()

    @property
    def goal(self) -> Goal:
        """The goal that is decided."""
        raise NotImplementedError

    @property
    def evidence(self) -> Evidence | None:
        return self.checked.evidence if self.checked else None

    @property
    def verdict(self) -> Verdict:
        if self.checked is None:
            return "undecided"
        return "proved" if self.checked.proves else "refuted"

    @property
    def vacuous(self) -> bool:
        """Whether the proof is that the facts of the domain exclude each other."""
        evidence = self.evidence
        if not isinstance(evidence, Derivation):
            return False
        return all(evidence.steps[step].rule == CONTRADICTION for step in evidence.establishes)

    def check_accepted(self, name: str) -> None:
        """Refuse what the kernel has not accepted, or has accepted of another goal."""
        if self.checked is not None:
            if type(self.checked) is not Checked:
                raise EvidenceError(f"expected what the kernel has accepted, got {self.checked!r}")
            if self.checked.goal != self.goal:
                raise EvidenceError(f"{name}: expected the goal of the statement, got another")


@dataclass(frozen=True)
class Cell(Finding):
    """What is known of one statement of one operator at one scope.

    A cell rebuilds its goal from operator, statement and scope and refuses any other goal, so the name
    on a verdict cannot be changed. ``proved_at`` are narrower scopes at which a statement is proved that
    is refuted, or undecided, at its own.
    """

    operator: Operator
    statement: Statement
    scope: Scope
    proved_at: tuple[Cell, ...] = ()
    argument: str = ""
    parts: tuple[Cell, ...] = ()

    def __post_init__(self) -> None:
        self.check_accepted(self.statement.id)
        self._check_parts()
        if self.checked is not None:
            _check_parameters_stand_still(self.operator, self.checked.evidence)
        for part in self.proved_at:
            same = (part.operator, part.statement) == (self.operator, self.statement)
            if part.verdict != "proved" or not same:
                raise EvidenceError(f"{self.statement.id}: expected a proof of it at {part.scope}")

    @property
    def verdict(self) -> Verdict:
        """Proved only where the goal is the whole statement, or a theorem gives the rest."""
        found = super().verdict
        return "undecided" if found == "proved" and self.needs_argument and not self.argument else found

    @property
    def needs_argument(self) -> bool:
        """Whether a proof of the goal is only a part of a proof of the statement."""
        return self.statement.arguments_for(self.operator) is not None

    @property
    def theorem(self) -> Argument | None:
        """The theorem by which the statement is proved, where the goal is only a part of it."""
        found = self.statement.arguments_for(self.operator) or ()
        return next((argument for argument in found if argument.id == self.argument), None)

    def _check_parts(self) -> None:
        """Refuse an argument that the statement does not have, and parts that are not those it needs."""
        needed = self.theorem.parts if self.theorem else ()
        if bool(self.argument) != bool(needed) or (self.argument and super().verdict != "proved"):
            raise EvidenceError(f"{self.statement.id}: expected no argument {self.argument}")
        if [part.statement for part in self.parts] != list(needed):
            wanted = ", ".join(statement.id for statement in needed) or "no parts"
            raise EvidenceError(f"{self.statement.id}: expected {wanted}, got other parts")
        for part in self.parts:
            same = (part.operator, part.scope) == (self.operator, self.scope)
            if part.verdict != "proved" or not same:
                raise EvidenceError(f"{self.statement.id}: expected a proof of {part.statement.id}")

    @property
    def goal(self) -> Goal:
        """The goal that the statement calls for."""
        goal = self.statement.goal(self.operator, self.scope)
        if goal is None:
            asked = f"a statement that is asked of {self.operator.id}"
            raise EvidenceError(f"expected {asked}, got {self.statement.id}")
        return goal

    @property
    def smallest(self) -> Sizes | None:
        """The sizes at which a refuted statement is shown to fail; the search tries smaller ones first."""
        evidence = self.evidence
        if not isinstance(evidence, Witness | Paths):
            return None
        sizes = dict(evidence.sizes)
        return sizes["teacher"], sizes["outcome"]


def _check_parameters_stand_still(operator: Operator, evidence: Evidence) -> None:
    """Each value of a parameter is a rule of its own: continuity is not asked from one to another."""
    for path in evidence.paths if isinstance(evidence, Paths) else ():
        for name, value in path:
            if name in operator.ranges and any(cast(Polynomial, value)[1:]):
                raise Refused(f"expected the parameter {name} to stand still, got a path that moves it")


def decide(finding: F, evidence: Evidence) -> F:
    """The finding with evidence that the kernel accepts.

    :raises axiomkd.kernel.judgement.Refused: when the kernel does not.
    """
    return replace(finding, checked=check(finding.goal, evidence))
