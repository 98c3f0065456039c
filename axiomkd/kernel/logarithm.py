"""The formal logarithm of a product of powers."""

from __future__ import annotations

from fractions import Fraction
from typing import cast

from axiomkd.kernel.terms import (
    ZERO,
    Add,
    Big,
    Exp,
    If,
    Log,
    Multiply,
    Number,
    Power,
    Same,
    Size,
    Term,
    add,
    big_sum,
    multiply,
    opened,
    rebuild,
)


def logarithm(node: Term, factors: list[Term]) -> Term:
    """The logarithm of a term, taken through products, powers and exponentials.

    The factors at which it stops are appended to ``factors``: where all of them are positive,
    the term is the exponential of the result. Sizes and positive numbers need no premise.
    """
    match node:
        case Multiply():
            return add(*(logarithm(part, factors) for part in node.parts))
        case Power(base, exponent):
            return multiply(exponent, logarithm(base, factors))
        case Exp(argument):
            return expand_logarithms(argument, factors)
        case Number(value) if value > 0:
            return _of_number(value)
        case Big("product"):
            index, body = opened(node)
            return big_sum(index, logarithm(body, factors))
        case If(condition, then, otherwise) if isinstance(condition, Same):
            return cast(Term, If(condition, logarithm(then, factors), logarithm(otherwise, factors)))
        case Size():
            return cast(Term, Log(node))
    factors.append(node)
    return cast(Term, Log(node))


def _of_number(value: Fraction) -> Term:
    """The logarithm of a positive fraction through its prime factors."""
    parts = [multiply(e, cast(Term, Log(Number(Fraction(q))))) for q, e in _primes(value.numerator)]
    parts += [multiply(-e, cast(Term, Log(Number(Fraction(q))))) for q, e in _primes(value.denominator)]
    return add(*parts) if parts else ZERO


def _primes(number: int) -> list[tuple[int, int]]:
    """Prime factors with exponents; what is left after trial division stands as one factor."""
    found, divisor = [], 2
    while divisor * divisor <= number and divisor < 10_000:
        exponent = 0
        while number % divisor == 0:
            number, exponent = number // divisor, exponent + 1
        if exponent:
            found.append((divisor, exponent))
        divisor += 1
    return [*found, (number, 1)] if number > 1 else found


def expand_logarithms(node: Term, factors: list[Term]) -> Term:
    """Expand every logarithm that stands outside of other operations than sums and products."""
    match node:
        case Log(argument):
            inner: list[Term] = []
            expanded = logarithm(argument, inner)
            if expanded is not node:  # a logarithm that stays as it is asks for no sign
                factors.extend(inner)
            return expanded
        case Add() | Multiply():
            return cast(Term, rebuild(node, tuple(expand_logarithms(part, factors) for part in node.parts)))
        case Big("sum"):
            index, body = opened(node)
            return big_sum(index, expand_logarithms(body, factors))
    return node
