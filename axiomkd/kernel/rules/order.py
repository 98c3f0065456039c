"""Inequalities: signs, chains, combinations, monotone functions, maxima and minima."""

from __future__ import annotations

import itertools
from typing import cast

from axiomkd.kernel.application import Application, nonnegative
from axiomkd.kernel.combination import difference, hole_number, read_combination
from axiomkd.kernel.judgement import Judgement
from axiomkd.kernel.sign import NONNEGATIVE, POSITIVE, UNKNOWN, demand_sign, sign
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    Add,
    AtMost,
    Big,
    Comparison,
    Different,
    Equal,
    Exp,
    Extreme,
    Formula,
    Index,
    Less,
    Log,
    Multiply,
    Power,
    Term,
    Variable,
    fresh,
    variables,
)


def sign_of_parts(step: Application) -> None:
    """A term is positive, or nonnegative, because its parts are."""
    conclusion = step.conclusion_as(Comparison)
    step.require(conclusion.left is ZERO, "a comparison with zero on the left", conclusion)
    if isinstance(conclusion, Less):
        demand_sign(step, conclusion.right, POSITIVE)
    elif isinstance(conclusion, AtMost):
        demand_sign(step, conclusion.right, NONNEGATIVE)
    else:
        raise step.refuse("0 < x or 0 <= x", conclusion)


def sum_with_positive_term(step: Application) -> None:
    """A sum of nonnegative terms of which one is positive is positive."""
    conclusion = step.conclusion_as(Less)
    total = conclusion.right
    if not (conclusion.left is ZERO and isinstance(total, Big) and total.kind == "sum"):
        raise step.refuse("0 < sum", conclusion)
    demand_sign(step, total.at(step.parameter(0, Index)), POSITIVE)
    demand_sign(step, total.at(fresh(total.sort)), NONNEGATIVE)


def term_of_sum(step: Application) -> None:
    """A sum of nonnegative terms is at least each of them."""
    conclusion = step.conclusion_as(AtMost)
    total = conclusion.right
    if not (isinstance(total, Big) and total.kind == "sum"):
        raise step.refuse("a term below a sum", conclusion)
    demand_sign(step, total.at(fresh(total.sort)), NONNEGATIVE)
    index = step.parameter(0, Index)
    step.require(index.sort == total.sort, "an index of the sum", index)
    step.need_equal(conclusion.left, total.at(index))


def maximum_with_positive_term(step: Application) -> None:
    """A maximum of which one term is positive is positive."""
    conclusion = step.conclusion_as(Less)
    greatest = conclusion.right
    if not (conclusion.left is ZERO and isinstance(greatest, Big) and greatest.kind == "maximum"):
        raise step.refuse("0 < maximum", conclusion)
    demand_sign(step, greatest.at(step.parameter(0, Index)), POSITIVE)


def chain(step: Application) -> None:
    """A chain of equations and inequalities through the terms given as parameters."""
    conclusion = step.conclusion_as(Comparison)
    between = (step.parameter(n, Term) for n in range(len(step.parameters)))
    strict = False
    for left, right in itertools.pairwise((conclusion.left, *between, conclusion.right)):
        if step.has(cast(Formula, Equal(left, right))):
            continue
        step.require(not isinstance(conclusion, Equal), "an equation of the two", (left, right))
        if step.has(cast(Formula, Less(left, right))):
            strict = True
        else:
            step.need(cast(Formula, AtMost(left, right)))
    if isinstance(conclusion, Less):
        step.require(strict, "a strict link", "none")
    else:
        step.require(isinstance(conclusion, AtMost | Equal), "an equation or an inequality", conclusion)


def combination(step: Application) -> None:
    """Right minus left is a combination of the premises' differences with nonnegative multipliers."""
    conclusion = step.conclusion_as(Comparison)
    template = step.parameter(0, Term)
    gap = read_combination(step, template, difference)
    step.need_equal(conclusion.right - conclusion.left, gap)
    found = _sign_of_template(step, template)
    if isinstance(conclusion, Less):
        step.require(found == POSITIVE, "a positive combination", template)
    else:
        step.require(isinstance(conclusion, AtMost), "an inequality", conclusion)
        step.require(found != UNKNOWN, "a nonnegative combination", template)


def _sign_of_template(step: Application, node: Term) -> int:
    """The sign of a template whose holes are differences of the premises."""
    if isinstance(node, Variable) and (number := hole_number(node.name)) is not None:
        return _sign_of_difference(step.premises[number])
    if not any(hole_number(name) is not None for name in variables(node)):
        return sign(step, node)
    match node:
        case Add():
            signs = [_sign_of_template(step, part) for part in node.parts]
            return UNKNOWN if UNKNOWN in signs else max(signs)
        case Multiply():
            if any(_vanishes(step, part) for part in node.parts):
                return NONNEGATIVE
            return min(_sign_of_template(step, part) for part in node.parts)
        case Big("sum", sort):
            return _sign_of_template(step, node.at(fresh(sort)))
    return UNKNOWN


def _vanishes(step: Application, node: Term) -> bool:
    number = hole_number(node.name) if isinstance(node, Variable) else None
    return number is not None and isinstance(step.premises[number].formula, Equal)


def _sign_of_difference(judgement: Judgement) -> int:
    if isinstance(judgement.formula, Less):
        return POSITIVE
    return NONNEGATIVE if isinstance(judgement.formula, AtMost | Equal) else UNKNOWN


def _relation(step: Application, formula: Comparison, left: Term, right: Term) -> None:
    """Demand the same relation, strict or weak, between two other terms."""
    step.require(isinstance(formula, Less | AtMost), "an inequality", formula)
    step.need(cast(Formula, type(formula)(left, right)))


def power_of_base(step: Application) -> None:
    """For nonnegative bases a power increases with the base if the exponent is positive; it decreases
    for positive bases if the exponent is negative."""
    conclusion = step.conclusion_as(Comparison)
    left, right = conclusion.left, conclusion.right
    if not (isinstance(left, Power) and isinstance(right, Power) and left.exponent is right.exponent):
        raise step.refuse("two powers with one exponent", conclusion)
    exponent = left.exponent
    least = POSITIVE if isinstance(conclusion, Less) else NONNEGATIVE
    if sign(step, exponent) >= least:
        _relation(step, conclusion, left.base, right.base)
        demand_sign(step, left.base, NONNEGATIVE)
        return
    step.need(cast(Formula, type(conclusion)(exponent, ZERO)))
    _relation(step, conclusion, right.base, left.base)
    demand_sign(step, right.base, POSITIVE)


def power_of_exponent(step: Application) -> None:
    """A power of a base in (0,1] decreases with the exponent, of a base from 1 on it increases."""
    conclusion = step.conclusion_as(AtMost)
    left, right = conclusion.left, conclusion.right
    if not (isinstance(left, Power) and isinstance(right, Power) and left.base is right.base):
        raise step.refuse("two powers of one base", conclusion)
    demand_sign(step, left.base, POSITIVE)
    if step.has(cast(Formula, AtMost(left.exponent, right.exponent))):
        step.need(cast(Formula, AtMost(ONE, left.base)))
        return
    step.need(cast(Formula, AtMost(right.exponent, left.exponent)))
    step.need(cast(Formula, AtMost(left.base, ONE)))


def exponential_increases(step: Application) -> None:
    r"""If :math:`a \le b`, then :math:`e^a \le e^b`; strictly too."""
    conclusion = step.conclusion_as(Comparison)
    left, right = conclusion.left, conclusion.right
    if not (isinstance(left, Exp) and isinstance(right, Exp)):
        raise step.refuse("two exponentials", conclusion)
    _relation(step, conclusion, left.argument, right.argument)


def logarithm_increases(step: Application) -> None:
    r"""If :math:`0 < a \le b`, then :math:`\log a \le \log b`; strictly too."""
    conclusion = step.conclusion_as(Comparison)
    left, right = conclusion.left, conclusion.right
    if not (isinstance(left, Log) and isinstance(right, Log)):
        raise step.refuse("two logarithms", conclusion)
    demand_sign(step, left.argument, POSITIVE)
    _relation(step, conclusion, left.argument, right.argument)


def logarithm_decides(step: Application) -> None:
    r"""If a and b are positive and :math:`\log a \le \log b`, then :math:`a \le b`; strictly too."""
    conclusion = step.conclusion_as(Comparison)
    left, right = conclusion.left, conclusion.right
    demand_sign(step, left, POSITIVE)
    demand_sign(step, right, POSITIVE)
    _relation(step, conclusion, cast(Term, Log(left)), cast(Term, Log(right)))


def exponential_tangent(step: Application) -> None:
    r"""The exponential lies above its tangent at zero: :math:`1 + t \le e^t`."""
    conclusion = step.conclusion_as(AtMost)
    if not isinstance(conclusion.right, Exp):
        raise step.refuse("an exponential above", conclusion)
    step.need_equal(conclusion.left, 1 + conclusion.right.argument)


def logarithm_tangent(step: Application) -> None:
    r"""If a is positive, then :math:`1 - 1/a \le \log a \le a - 1`."""
    conclusion = step.conclusion_as(AtMost)
    left, right = conclusion.left, conclusion.right
    if isinstance(left, Log):
        demand_sign(step, left.argument, POSITIVE)
        step.need_equal(right, left.argument - 1)
    elif isinstance(right, Log):
        demand_sign(step, right.argument, POSITIVE)
        step.need_equal(left, 1 - right.argument**-1)
    else:
        raise step.refuse("a logarithm on one side", conclusion)


def product_increases(step: Application) -> None:
    """A product over an index of nonnegative factors increases with each factor."""
    conclusion = step.conclusion_as(AtMost)
    left, right = conclusion.left, conclusion.right
    if not (isinstance(left, Big) and isinstance(right, Big) and left.kind == right.kind == "product"):
        raise step.refuse("two products", conclusion)
    step.require(left.sort == right.sort, "products over one sort", conclusion)
    index = fresh(left.sort)
    demand_sign(step, left.at(index), NONNEGATIVE)
    step.need(cast(Formula, AtMost(left.at(index), right.at(index))))


def extremum_bounds(step: Application) -> None:
    """A maximum is at least, a minimum at most, each of its terms."""
    conclusion = step.conclusion_as(AtMost)
    small, great = conclusion.left, conclusion.right
    given = step.parameters[0] if step.parameters else None
    for extremum, element, kind in ((great, small, "maximum"), (small, great, "minimum")):
        if isinstance(extremum, Big) and extremum.kind == kind and isinstance(given, Index):
            found = given.sort == extremum.sort and extremum.at(given) is element
        else:
            found = isinstance(extremum, Extreme) and extremum.kind == kind and element in extremum.arguments
        if found:
            return
    raise step.refuse("a maximum above, or a minimum below, one of its terms", conclusion)


def extremum_is_least_bound(step: Application) -> None:
    """What is above every term is above the maximum, what is below every term below the minimum."""
    conclusion = step.conclusion_as(Comparison)
    small, great = conclusion.left, conclusion.right
    if isinstance(small, Big | Extreme) and small.kind == "maximum":
        for element in _elements(small):
            _relation(step, conclusion, element, great)
    elif isinstance(great, Big | Extreme) and great.kind == "minimum":
        for element in _elements(great):
            _relation(step, conclusion, small, element)
    else:
        raise step.refuse("a maximum below or a minimum above something", conclusion)


def _elements(extremum: Big | Extreme) -> tuple[Term, ...]:
    if isinstance(extremum, Extreme):
        return extremum.arguments
    return (extremum.at(fresh(extremum.sort)),)


def quotient(step: Application) -> None:
    r"""If :math:`a\,d \le c\,b` and b, d are positive, then :math:`a/b \le c/d`; strictly too."""
    conclusion = step.conclusion_as(Comparison)
    a, b, c, d = (step.parameter(n, Term) for n in range(4))
    step.need_equal(conclusion.left, a * b**-1)
    step.need_equal(conclusion.right, c * d**-1)
    demand_sign(step, b, POSITIVE)
    demand_sign(step, d, POSITIVE)
    _relation(step, conclusion, a * d, c * b)


def positive_unless_zero(step: Application) -> None:
    """A nonnegative number that is not zero is positive."""
    conclusion = step.conclusion_as(Less)
    step.require(conclusion.left is ZERO, "0 < x", conclusion)
    step.need(nonnegative(conclusion.right))
    step.need(cast(Formula, Different(conclusion.right, ZERO)))
