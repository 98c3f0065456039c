"""Counterexamples as a reader sees them: fractions, paths, and the numbers that contradict the statement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import cast

from axiomkd.kernel.evidence import Paths, Witness
from axiomkd.kernel.terms import Equal, Formula
from axiomkd.kernel.witness import Margin
from axiomkd.statement import Scope
from axiomkd.verdict import Cell


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


_WITHOUT_NUMBERS = {"undefined": "undefined there", "divergent": "one limit is finite, the other is not"}


def scope_words(scope: Scope) -> str:
    """
    >>> scope_words(Scope(outcomes=2))
    'any K, V=2'
    """
    sizes = (("K", scope.teachers), ("V", scope.outcomes))
    return ", ".join(f"any {name}" if size is None else f"{name}={size}" for name, size in sizes)


def short(decimal: str, digits: int = 4) -> str:
    """
    >>> short("0.123456789012")
    '0.1235'
    """
    return f"{Decimal(decimal):.{digits}g}"


def example(cell: Cell) -> Example | None:
    """The counterexample of a refuted cell."""
    evidence = cell.evidence
    if not isinstance(evidence, Witness | Paths) or cell.checked is None or cell.checked.margin is None:
        return None
    margin = cell.checked.margin
    path = isinstance(evidence, Paths)
    inputs = (evidence.values,) if isinstance(evidence, Witness) else evidence.paths
    sizes = dict(evidence.sizes)
    return Example(
        sizes=scope_words(Scope(sizes["teacher"], sizes["outcome"])),
        values=tuple(tuple(_values(name, value, path) for name, value in values) for values in inputs),
        chosen=tuple(_chosen(evidence)),
        conclusion=cell.goal.conclusions[evidence.conclusion],
        left=margin.left,
        relation=relation(margin, cell.goal.conclusions[evidence.conclusion]),
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


def _values(name: str, value: object, path: bool) -> Values:
    written = _written(value, path)
    if isinstance(written, str):
        return Values(name, ((written,),))
    rows = written if any(isinstance(row, tuple) for row in written) else (written,)
    return Values(name, cast("tuple[tuple[str, ...], ...]", rows))


def _written(value: object, path: bool) -> str | tuple[object, ...]:
    """Nested tuples with text in the place of fractions, or of polynomials."""
    if not isinstance(value, tuple):
        return str(value)
    if path and all(isinstance(part, Fraction) for part in value):
        return polynomial(value)
    return tuple(_written(part, path) for part in value)


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
