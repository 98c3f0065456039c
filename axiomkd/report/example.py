"""Counterexamples as a reader sees them: fractions, paths, and the numbers that contradict the statement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from axiomkd.kernel.evidence import Paths, Witness
from axiomkd.kernel.terms import Equal, Formula
from axiomkd.kernel.witness import Margin
from axiomkd.report.values import Input, inputs
from axiomkd.statement import Scope
from axiomkd.verdict import Finding


@dataclass(frozen=True)
class Example:
    """A counterexample: the input, the conclusion that fails there, the numbers that contradict it."""

    sizes: str
    inputs: tuple[Input, ...]
    chosen: tuple[tuple[str, str], ...]
    conclusion: Formula
    left: str
    relation: str
    right: str
    margin: str

    @property
    def numbers(self) -> str:
        """The two numbers that contradict the statement, or words where there are none."""
        strict = ", not strictly less" if self.relation == "=" else ""
        return f"{self.left} {self.relation} {self.right}".strip() + strict

    @property
    def failure(self) -> str:
        """How the conclusion fails, and by how much."""
        return (
            self.numbers if self.margin in ("", "0") else f"{self.numbers}, by at least {short(self.margin)}"
        )


LETTERS = {"teacher": "K", "outcome": "V"}
NOUNS = {
    "block": ("teacher in the block", "teachers in the block"),
    "rest": ("other teacher", "other teachers"),
}
"""What the indices of a sort are, one and more of them, where the sort's name does not say it."""
_WITHOUT_NUMBERS = {"undefined": "undefined there", "divergent": "one limit is finite, the other is not"}


def scope_words(scope: Scope, least: tuple[tuple[str, int], ...] = ()) -> str:
    """The sizes of a scope, of an operator that is meant from some sizes on.

    >>> scope_words(Scope(outcomes=2)), scope_words(Scope(), (("teacher", 2),))
    ('any K, V=2', 'any K ≥ 2, any V')
    """
    sizes = {"teacher": scope.teachers, "outcome": scope.outcomes}
    bounds = {sort: f" ≥ {number}" for sort, number in least}
    return ", ".join(
        any_size_words(sort) + bounds.get(sort, "") if size is None else size_words(sort, size)
        for sort, size in sizes.items()
    )


def size_words(sort: str, size: int) -> str:
    """
    >>> size_words("teacher", 2), size_words("scenario", 4), size_words("block", 1)
    ('K=2', '4 scenarios', '1 teacher in the block')
    """
    if sort in LETTERS:
        return f"{LETTERS[sort]}={size}"
    return f"{size} {nouns(sort)[size != 1]}"


def any_size_words(sort: str) -> str:
    """
    >>> any_size_words("teacher"), any_size_words("rest")
    ('any K', 'any number of other teachers')
    """
    return f"any {LETTERS[sort]}" if sort in LETTERS else f"any number of {nouns(sort)[1]}"


def nouns(sort: str) -> tuple[str, str]:
    """What one index of a sort is called, and more of them."""
    return NOUNS.get(sort, (sort, f"{sort}s"))


def short(decimal: str, digits: int = 4) -> str:
    """
    >>> short("0.123456789012")
    '0.1235'
    """
    return f"{Decimal(decimal):.{digits}g}"


def example(finding: Finding) -> Example | None:
    """The counterexample of what is refuted."""
    evidence = finding.evidence
    if not isinstance(evidence, Witness | Paths) or finding.checked is None or finding.checked.margin is None:
        return None
    margin = finding.checked.margin
    return Example(
        sizes=", ".join(size_words(sort, size) for sort, size in evidence.sizes if sort != "merged"),
        inputs=inputs(finding.goal, evidence),
        chosen=tuple(_chosen(evidence)),
        conclusion=finding.goal.conclusions[evidence.conclusion],
        left=margin.left,
        relation=relation(margin, finding.goal.conclusions[evidence.conclusion]),
        right=margin.right,
        margin=margin.lower,
    )


def relation(margin: Margin, conclusion: Formula) -> str:
    """How the two numbers of a counterexample stand to each other; those of an equation just differ."""
    if margin.kind in _WITHOUT_NUMBERS:
        return _WITHOUT_NUMBERS[margin.kind]
    if isinstance(conclusion, Equal):
        return "against"
    left, right = Decimal(margin.left), Decimal(margin.right)
    return "=" if margin.kind == "equal" else ">" if left > right else "<" if left < right else "!="


def _chosen(evidence: Witness | Paths) -> Iterator[tuple[str, str]]:
    """The indices and permutations of a counterexample."""
    for name, number in evidence.indices:
        yield name, str(number)
    for name, images in evidence.permutations:
        yield name, "(" + " ".join(map(str, images)) + ")"
