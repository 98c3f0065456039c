"""The terms that a declaration's arithmetic stands for; text and SymPy share them.

Nothing is cancelled: every division, logarithm and root that was written stays. Only numbers
are folded: ``1/2`` is a number, ``x/2`` is x times a number, ``-2*x`` has the factor -2.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import chain
from typing import cast

from axiomkd.errors import DeclarationError
from axiomkd.kernel.terms import (
    ONE,
    Add,
    Exp,
    Extreme,
    Free,
    Log,
    Multiply,
    Node,
    Number,
    Power,
    Term,
    add,
    big_sum,
    multiply,
    power,
    substitute,
    term,
)

MAX_EXPONENT = 1_000
"""The greatest exponent; exponents inside exponents' bases are multiplied."""


def total(terms: Sequence[Term]) -> Term:
    """The sum; of numbers alone, a number."""
    numbers = [part.value for part in terms if isinstance(part, Number)]
    return term(sum(numbers, Fraction(0))) if len(numbers) == len(terms) else add(*terms)


def product(factors: Sequence[Term]) -> Term:
    """The product with nested products laid flat and two leading numbers made one."""
    parts = (factor.parts if isinstance(factor, Multiply) else (factor,) for factor in factors)
    flat = list(chain.from_iterable(parts))
    if len(flat) > 1 and isinstance(flat[0], Number) and isinstance(flat[1], Number):
        flat[:2] = [term(flat[0].value * flat[1].value)]
    return multiply(*flat)


def reciprocal(divisor: Term) -> Term:
    """:math:`1/x`, a number when x is one.

    :raises DeclarationError: when it is the number 0.
    """
    if not isinstance(divisor, Number):
        return power(divisor, -1)
    if divisor.value == 0:
        raise DeclarationError("expected a divisor that is not the number 0")
    return term(1 / divisor.value)


def quotient(dividend: Term, divisor: Term) -> Term:
    """:math:`x/y`; two numbers make a number, and a dividend 1 leaves the reciprocal."""
    below = reciprocal(divisor)
    if isinstance(dividend, Number) and isinstance(below, Number):
        return term(dividend.value * below.value)
    return below if dividend is ONE else product((dividend, below))


def negative(value: Term) -> Term:
    """:math:`-x`, the sign carried by the leading number when there is one."""
    return product((term(-1), value))


def normalised(mass: Term, index: Free, bound: Free) -> Term:
    r""":math:`m(i) \big/ \sum_j m(j)`, exactly as written."""
    total = big_sum(bound, cast(Term, substitute(mass, {index: bound})))
    return product((mass, power(total, -1)))


def check_exponents(value: Term) -> None:
    """Refuse powers that nothing could evaluate exactly, such as ``10**10**10``.

    :raises DeclarationError: when the exponents along some branch multiply beyond the limit.
    """
    if not degree(value) <= MAX_EXPONENT:
        limit = f"expected exponents that multiply to at most {MAX_EXPONENT}"
        raise DeclarationError(f"{limit}, got a tower of powers")


def degree(value: Node) -> float:
    """The greatest product of the exponents along a branch of a term."""
    inner = [degree(part) for part in value.parts if isinstance(part, Node)]
    if isinstance(value, Power):
        return max(inner[0] * max(1.0, abs(estimate(value.exponent))), inner[1])
    return max(inner, default=1.0)


def estimate(value: Term) -> float:
    """About how large a term of numbers is; 1 when it contains anything else."""
    try:
        return _estimate(value)
    except (OverflowError, ZeroDivisionError):
        return math.inf
    except ValueError:
        return 1.0


def _estimate(value: Term) -> float:
    match value:
        case Number(number):
            return float(number)
        case Add():
            return sum(map(_estimate, value.parts))
        case Multiply():
            return math.prod(map(_estimate, value.parts))
        case Power(base, exponent):
            return math.pow(abs(_estimate(base)), _estimate(exponent))
        case Exp(argument):
            return math.exp(_estimate(argument))
        case Log(argument):
            return math.log(abs(_estimate(argument)))
        case Extreme():
            return max(abs(_estimate(argument)) for argument in value.arguments)
    raise ValueError(f"expected a term of numbers, got {type(value).__name__}")
