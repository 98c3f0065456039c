"""Signs, limits, continuity and definedness read off the parts of a term."""

from __future__ import annotations

from typing import cast

from axiomkd.kernel.application import Application, nonnegative, positive
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ZERO,
    Add,
    Big,
    Comparison,
    Continuous,
    Defined,
    Different,
    Distinct,
    Exp,
    Extreme,
    Formula,
    If,
    InverseDigamma,
    Log,
    Multiply,
    Number,
    Power,
    Same,
    Size,
    Tends,
    Term,
    Variable,
    opened,
    variables,
)

UNKNOWN, NONNEGATIVE, POSITIVE = 0, 1, 2


def sign(step: Application, node: Term) -> int:
    """POSITIVE, NONNEGATIVE or UNKNOWN: what the premises and the parts of the term show."""
    if step.has(positive(node)):
        return POSITIVE
    inner = _sign_of_parts(step, node)
    if inner == UNKNOWN and step.has(nonnegative(node)):
        return NONNEGATIVE
    return inner


def _sign_of_parts(step: Application, node: Term) -> int:
    match node:
        case Number(value):
            return POSITIVE if value > 0 else NONNEGATIVE if value == 0 else UNKNOWN
        case Size():
            return POSITIVE
        case Exp() | InverseDigamma():
            return POSITIVE
        case Add():
            return _sum_of_signs([sign(step, part) for part in node.parts])
        case Multiply():
            return min(sign(step, part) for part in node.parts)
        case Power(base, exponent):
            return _sign_of_power(step, base, exponent)
        case Big():
            return sign(step, opened(node)[1])
        case Extreme():
            signs = [sign(step, part) for part in node.arguments]
            return max(signs) if node.kind == "maximum" else min(signs)
        case If(Same(left, right), then, _) if left is right:
            return sign(step, then)
        case If(_, then, otherwise):
            return min(sign(step, then), sign(step, otherwise))
    return UNKNOWN


def _sum_of_signs(signs: list[int]) -> int:
    return UNKNOWN if UNKNOWN in signs else max(signs)


def _sign_of_power(step: Application, base: Term, exponent: Term) -> int:
    inner = sign(step, base)
    if inner == POSITIVE:
        return POSITIVE
    if isinstance(exponent, Number) and exponent.value >= 0 and exponent.value % 2 == 0:
        return NONNEGATIVE
    return NONNEGATIVE if inner == NONNEGATIVE and sign(step, exponent) else UNKNOWN


def demand_sign(step: Application, node: Term, least: int) -> None:
    if sign(step, node) < least:
        word = "positive" if least == POSITIVE else "nonnegative"
        raise Refused(f"expected a {word} term, got", node, "whose sign its parts do not show")


def demand_defined(step: Application, node: Term) -> None:
    """Refuse unless every partial operation inside the term is within its domain."""
    if step.has(cast(Formula, Defined(node))):
        return
    match node:
        case Power(base, exponent):
            demand_defined(step, base)
            demand_defined(step, exponent)
            _demand_power_defined(step, base, exponent)
        case Log(argument):
            demand_defined(step, argument)
            demand_sign(step, argument, POSITIVE)
        case Big():
            demand_defined(step, opened(node)[1])
        case If(condition, then, otherwise):
            for part in condition.parts:
                if isinstance(part, Term):
                    demand_defined(step, part)
            demand_defined(step, then)
            demand_defined(step, otherwise)
        case _:
            for part in node.parts:
                if isinstance(part, Term):
                    demand_defined(step, part)


def _demand_power_defined(step: Application, base: Term, exponent: Term) -> None:
    if isinstance(exponent, Number) and exponent.value.denominator == 1:
        if exponent.value < 0 and not step.has(cast(Formula, Different(base, ZERO))):
            demand_sign(step, base, POSITIVE)
        return
    if sign(step, base) == POSITIVE:
        return
    demand_sign(step, base, NONNEGATIVE)
    demand_sign(step, exponent, NONNEGATIVE)


def demand_continuous(step: Application, node: Term) -> None:
    """Refuse unless the term is continuous because its parts are, and stay where that matters."""
    if step.has(cast(Formula, Continuous(node))):
        return
    match node:
        case Variable() | Number() | Size():
            return
        case Power(base, exponent):
            demand_continuous(step, base)
            demand_continuous(step, exponent)
            if not _is_natural(exponent) and sign(step, base) != POSITIVE:
                demand_sign(step, base, NONNEGATIVE)
                if exponent is not base:  # x^x is continuous where x >= 0, as x log x is
                    demand_sign(step, exponent, POSITIVE)
        case Log(argument):
            demand_continuous(step, argument)
            demand_sign(step, argument, POSITIVE)
        case Big():
            demand_continuous(step, opened(node)[1])
        case If(condition, then, otherwise):
            _demand_index_condition(condition)
            demand_continuous(step, then)
            demand_continuous(step, otherwise)
        case Add() | Multiply() | Exp() | InverseDigamma() | Extreme():
            for part in node.parts:
                if isinstance(part, Term):
                    demand_continuous(step, part)
        case _:
            raise Refused("expected a continuous operation, got ", node)


def _is_natural(exponent: Term) -> bool:
    return isinstance(exponent, Number) and exponent.value.denominator == 1 and exponent.value >= 0


def _demand_index_condition(condition: Formula) -> None:
    if not isinstance(condition, Same | Distinct) or isinstance(condition, Comparison):
        raise Refused("expected a condition on indices alone, got ", condition)


def demand_limit(step: Application, node: Term, limit: Term) -> None:
    """Refuse unless the term tends to the limit because its parts tend to the parts of the limit."""
    if step.goal.limit is None:
        raise Refused("expected a goal with a limit variable, got none")
    if step.goal.limit[0] in variables(limit):
        raise Refused(f"expected a limit free of {step.goal.limit[0]}, got {limit}")
    if node is limit or step.has(cast(Formula, Tends(node, limit))):
        return  # what is free of the limit variable, as the limit is, stands still
    if type(node) is not type(limit) or len(node.parts) != len(limit.parts):
        raise Refused("expected a limit built like", node, "- got", limit)
    match node, limit:
        case (Power(base, exponent), Power(base_limit, exponent_limit)):
            demand_limit(step, base, base_limit)
            demand_limit(step, exponent, exponent_limit)
            _demand_power_limit(step, base, base_limit, exponent, exponent_limit)
        case (Log(argument), Log(argument_limit)):
            demand_limit(step, argument, argument_limit)
            demand_sign(step, argument_limit, POSITIVE)
        case (Big(kind, sort), Big(other, other_sort)) if (kind, sort) == (other, other_sort):
            index, body = opened(node)
            demand_limit(step, body, limit.at(index))
        case (If(condition, then, otherwise), If(same, then_limit, otherwise_limit)) if condition is same:
            _demand_index_condition(condition)
            demand_limit(step, then, then_limit)
            demand_limit(step, otherwise, otherwise_limit)
        case (Add() | Multiply() | Exp() | InverseDigamma(), _):
            _demand_limits(step, node.parts, limit.parts)
        case (Extreme(), Extreme()) if node.kind == limit.kind:
            _demand_limits(step, node.arguments, limit.arguments)
        case _:
            raise Refused("expected", node, "to tend part by part to", limit)


def _demand_limits(step: Application, parts: tuple[Term, ...], limits: tuple[Term, ...]) -> None:
    for part, limit in zip(parts, limits, strict=True):
        demand_limit(step, part, limit)


def _demand_power_limit(
    step: Application, base: Term, base_limit: Term, exponent: Term, exponent_limit: Term
) -> None:
    """Where x -> X and y -> Y give x^y -> X^Y: whole exponents, X > 0, or x, X >= 0 with Y > 0.

    At x, X >= 0 it is enough that y is fixed and not negative, or that y is x.
    """
    fixed = exponent is exponent_limit
    whole = isinstance(exponent, Number) and exponent.value.denominator == 1
    if fixed and whole and (_is_natural(exponent) or step.has(cast(Formula, Different(base_limit, ZERO)))):
        return
    if sign(step, base_limit) == POSITIVE:
        return
    demand_sign(step, base, NONNEGATIVE)
    demand_sign(step, base_limit, NONNEGATIVE)
    if exponent is base and exponent_limit is base_limit:
        return
    demand_sign(step, exponent_limit, NONNEGATIVE if fixed else POSITIVE)
