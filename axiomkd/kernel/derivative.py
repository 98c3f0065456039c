r"""Derivatives of terms without sums over indices, by the rules of calculus.

Where a term is within its domains, and the derivative is within its own, it is the derivative. Maxima,
minima and case distinctions have none if they depend on the variable.
"""

from __future__ import annotations

from typing import cast

from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    Add,
    Exp,
    Log,
    Multiply,
    Number,
    Power,
    Term,
    Variable,
    add,
    multiply,
    subterms,
    term,
)


def derivative(node: Term, by: Variable) -> Term:
    r"""The partial derivative of a term.

    The product of u and log u is one function, with derivative :math:`(1 + \log u)\,u'`; a sum with
    the summand log u is multiplied out for it.

    >>> from axiomkd.kernel.terms import variable
    >>> x, y = variable("x"), variable("y")
    >>> derivative(y * Exp(x) + y, x)
    exp(x)*y
    >>> derivative(x * Log(x), x)
    (1 + log(x))
    """
    if all(part is not by for part in subterms(node)):
        return ZERO
    match node:
        case Variable():
            return ONE
        case Add():
            return add(*_nonzero([derivative(part, by) for part in node.parts]))
        case Multiply():
            return _of_product(list(node.parts), by)
        case Power(base, exponent):
            return _of_power(node, base, exponent, by)
        case Exp(argument):
            return _times(derivative(argument, by), node)
        case Log(argument):
            return _times(derivative(argument, by), argument**-1)
    raise Refused("expected a differentiable operation, got", node)


def _of_power(node: Term, base: Term, exponent: Term, by: Variable) -> Term:
    if derivative(exponent, by) is ZERO:
        less = term(exponent.value - 1) if isinstance(exponent, Number) else exponent - 1
        return _times(derivative(base, by), exponent, base**less)
    return _times(derivative(exponent * cast(Term, Log(base)), by), node)


def _of_product(parts: list[Term], by: Variable) -> Term:
    own = next((part for part in parts if isinstance(part, Log) and part.argument in parts), None)
    total = next((part for part in parts if isinstance(part, Add) and _has_logarithm_of(part, parts)), None)
    if own is None and total is not None:
        rest = list(parts)
        rest.remove(total)
        return derivative(add(*(multiply(*rest, summand) for summand in total.parts)), by)
    if own is None:
        first, *rest = parts
        slope = derivative(first, by)
    else:
        rest = list(parts)
        rest.remove(own)
        rest.remove(own.argument)
        first, slope = own.argument * own, _times(derivative(own.argument, by), 1 + own)
    if not rest:
        return slope
    others = derivative(multiply(*rest), by)
    return add(*_nonzero([_times(slope, *rest), _times(others, first)]))


def _has_logarithm_of(total: Add, parts: list[Term]) -> bool:
    return any(isinstance(summand, Log) and summand.argument in parts for summand in total.parts)


def _times(slope: Term, *factors: Term) -> Term:
    """A product whose first factor may be zero or one."""
    if slope is ZERO:
        return ZERO
    return multiply(*factors) if slope is ONE else multiply(slope, *factors)


def _nonzero(parts: list[Term]) -> list[Term]:
    return [part for part in parts if part is not ZERO]
