"""Paths whose entries are polynomials of the step, and terms that are polynomials along them."""

from __future__ import annotations

from fractions import Fraction
from typing import cast

from axiomkd.export.context import Context, Unexported, number
from axiomkd.export.expressions import integer
from axiomkd.export.numbers import Numbers
from axiomkd.export.sequences import MOMENT
from axiomkd.kernel.terms import Add, Big, Multiply, Number, Size, Term, Variable, subterms

Coefficients = tuple[Fraction, ...]


class Path:
    """One path into an input: its polynomials, and how a member of it is written."""

    def __init__(self, numbers: Numbers, at: Context, step: str, entries: dict[str, object]) -> None:
        self.numbers = numbers
        self.at = at
        self.step = step
        self.entries = entries

    def along(self, node: Term) -> str:
        return f"(fun {MOMENT} => {self.at.term(node)})"

    def entry(self, node: Variable) -> Coefficients:
        """The polynomial of an entry, without zeros at its end."""
        found = self.entries[node.name]
        for index in node.indices:
            found = cast("tuple[object, ...]", found)[self.numbers.at.index(index) - 1]
        return trimmed(cast(Coefficients, found))

    def polynomial(self, node: Term) -> Coefficients | None:
        """The coefficients of a term that is a polynomial along the path."""
        match node:
            case Number(value):
                return trimmed((value,))
            case Size(sort):
                return (Fraction(self.numbers.at.size(sort)),)
            case Variable():
                return self.entry(node)
            case Big("sum" | "product"):
                return self.polynomial(self.numbers.written_out(node))
            case Add() | Multiply():
                parts = [self.polynomial(part) for part in node.parts]
                known = [part for part in parts if part is not None]
                if len(known) < len(parts):
                    return None
                combine = added if isinstance(node, Add) else multiplied
                total = known[0]
                for part in known[1:]:
                    total = combine(total, part)
                return total
        return None

    def stands(self, node: Term) -> bool:
        """Whether nothing in a term moves along the path."""
        return all(len(self.entry(part)) < 2 for part in subterms(node) if isinstance(part, Variable))

    def whole(self, node: Term) -> int | None:
        """The whole number that a term is all along the path, if it is one."""
        if not self.stands(node):
            return None
        value = self.numbers.value(node).exact
        return None if value is None or value.denominator > 1 else value.numerator

    # -- texts ----------------------------------------------------------------------------

    def expression(self, node: Term) -> str:
        """A polynomial term as ``Identities.v`` reads it, in the one atom that is the step."""
        match node:
            case Number(value):
                return constant_text(value)
            case Size(sort):
                return f"({' [+] '.join(['cst 1 1'] * self.numbers.at.size(sort))})"
            case Variable():
                coefficients = self.entry(node)
                if len(coefficients) < 2:
                    return constant_text(coefficients[0] if coefficients else Fraction(0))
                return horner_expression(coefficients)
            case Big():
                return self.expression(self.numbers.written_out(node))
            case Add() | Multiply():
                sign = " [+] " if isinstance(node, Add) else " [*] "
                return f"({sign.join(map(self.expression, node.parts))})"
        raise Unexported(f"{node} as a polynomial")

    def identity(self, node: Term, to: str) -> str:
        """For every moment a proof that a polynomial term is another expression in the step."""
        return f"(fun {MOMENT} => {self.identity_now(node, to)})"

    def identity_now(self, node: Term, to: str) -> str:
        """The same, with the moment in scope."""
        return f"(identity (cons ({self.step} {MOMENT}) nil) {self.expression(node)} {to} computed)"


def trimmed(coefficients: Coefficients) -> Coefficients:
    while coefficients and not coefficients[-1]:
        coefficients = coefficients[:-1]
    return coefficients


def added(left: Coefficients, right: Coefficients) -> Coefficients:
    width = max(len(left), len(right))
    padded = [(*part, *[Fraction(0)] * (width - len(part))) for part in (left, right)]
    return trimmed(tuple(a + b for a, b in zip(*padded, strict=True)))


def multiplied(left: Coefficients, right: Coefficients) -> Coefficients:
    total = [Fraction(0)] * max(len(left) + len(right) - 1, 0)
    for n, a in enumerate(left):
        for m, b in enumerate(right):
            total[n + m] += a * b
    return trimmed(tuple(total))


def valuation(coefficients: Coefficients) -> int:
    """The order of the first coefficient that is not zero."""
    return next(n for n, value in enumerate(coefficients) if value)


def listed(coefficients: Coefficients) -> str:
    """Coefficients as a list in Rocq."""
    text = "nil"
    for value in reversed(coefficients):
        text = f"(cons {number(value)} {text})"
    return text


def constant_text(value: Fraction) -> str:
    return f"(cst {integer(value.numerator)} {value.denominator})"


def horner_expression(coefficients: Coefficients) -> str:
    text = "cst 0 1"
    for value in reversed(coefficients):
        text = f"({constant_text(value)} [+] atm 1 [*] {text})"
    return text


def power_expression(order: int) -> str:
    text = "cst 1 1"
    for _ in range(order):
        text = f"(atm 1 [*] {text})"
    return text
