"""Polynomials over opaque atoms, and the texts of equations in a row."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    Add,
    Free,
    If,
    Multiply,
    Node,
    Number,
    Same,
    Term,
    add,
    big,
    multiply,
)

Monomial = tuple[tuple[Term, int], ...]
Poly = dict[Monomial, Fraction]


def constant(value: Fraction | int) -> Poly:
    return {(): Fraction(value)} if value else {}


def plus(*polys: Poly) -> Poly:
    total: Poly = {}
    for poly in polys:
        for monomial, coefficient in poly.items():
            total[monomial] = total.get(monomial, Fraction(0)) + coefficient
    return {monomial: coefficient for monomial, coefficient in total.items() if coefficient}


def collect(factors: Iterable[tuple[Term, int]]) -> Monomial:
    powers: dict[Term, int] = {}
    for atom, exponent in factors:
        powers[atom] = powers.get(atom, 0) + exponent
    return tuple(
        sorted(((a, e) for a, e in powers.items() if e), key=lambda factor: (factor[0].key, factor[1]))
    )


def monomial_term(monomial: Monomial, coefficient: Fraction = Fraction(1)) -> Term:
    factors = [atom for atom, exponent in monomial for _ in range(exponent)]
    if coefficient == 1 and factors:
        return multiply(*factors)
    return multiply(coefficient, *factors)


def to_term(poly: Poly) -> Term:
    """The polynomial as a term: a sum of products without powers."""
    ordered = sorted(poly.items(), key=lambda item: [(atom.key, e) for atom, e in item[0]])
    return add(*(monomial_term(*item) for item in ordered))


def is_delta(node: Node) -> bool:
    return (
        isinstance(node, If)
        and isinstance(node.condition, Same)
        and (node.then, node.otherwise) == (ONE, ZERO)
    )


def whole_text(node: Node) -> bool:
    """Whether ring can read every number outside of atoms."""
    match node:
        case Number(value):
            return value.denominator == 1
        case Add() | Multiply():
            return all(whole_text(part) for part in node.parts)
    return True


def rank(item: tuple[Monomial, Fraction]) -> list[tuple[str, int]]:
    return [(atom.key, exponent) for atom, exponent in item[0]]


def atomic(node: Term) -> Poly:
    return {((node, 1),): Fraction(1)}


def add_right(parts: list[Term]) -> Term:
    """a + (b + (c + ..))."""
    return parts[0] if len(parts) == 1 else add(parts[0], add_right(parts[1:]))


def nested(binders: tuple[Free, ...], body: Term) -> Term:
    for binder in reversed(binders):
        body = big("sum", binder, body)
    return body
