"""Equations: algebra, powers and logarithms, replacing equals by equals, reindexing."""

from __future__ import annotations

from typing import cast

from axiomkd.kernel import algebra
from axiomkd.kernel.application import Application
from axiomkd.kernel.combination import difference, read_combination
from axiomkd.kernel.logarithm import expand_logarithms, logarithm
from axiomkd.kernel.sign import NONNEGATIVE, POSITIVE, demand_sign, sign
from axiomkd.kernel.terms import (
    ZERO,
    AtMost,
    Big,
    Distinct,
    Equal,
    Formula,
    Free,
    If,
    Index,
    Less,
    Node,
    Permuted,
    Power,
    Same,
    Term,
    big,
    binders,
    fresh,
    open_binder,
    substitute,
)

OPPOSITE = {"maximum": "minimum", "minimum": "maximum"}


def algebraic(step: Application) -> None:
    """The two sides differ by a combination of equations."""
    conclusion = step.conclusion_as(Equal)
    step.need_equal(conclusion.left - conclusion.right, _vanishing(step))


def _vanishing(step: Application) -> Term:
    """The combination given as parameter: zero, because it is zero where equations hold."""
    if not step.parameters:
        return ZERO
    template = step.parameter(0, Term)

    def zero(formula: Formula) -> Term:
        step.require(isinstance(formula, Equal), "an equation", formula)
        return ZERO

    step.need_equal(read_combination(step, template, zero), ZERO)
    return read_combination(step, template, difference)


def powers(step: Application) -> None:
    """Two positive products of powers are equal because their logarithms are.

    The logarithm is taken through products, powers and exponentials; every other factor must
    be positive. The logarithms may differ by a combination of equations.
    """
    conclusion = step.conclusion_as(Equal)
    factors: list[Term] = []
    gap = logarithm(conclusion.left, factors) - logarithm(conclusion.right, factors)
    _demand_positive(step, factors)
    step.need_equal(gap, _vanishing(step))


def logarithms(step: Application) -> None:
    """Logarithms of products, powers and exponentials expand, where every factor is positive."""
    conclusion = step.conclusion_as(Equal)
    factors: list[Term] = []
    gap = expand_logarithms(conclusion.left - conclusion.right, factors)
    _demand_positive(step, factors)
    step.need_equal(gap, _vanishing(step))


def _demand_positive(step: Application, factors: list[Term]) -> None:
    for factor in factors:
        demand_sign(step, factor, POSITIVE)


def congruence(step: Application) -> None:
    """Equals may be put in the place of equals, also under sums, products, maxima and minima."""
    conclusion = step.conclusion_as(Equal)
    if not _congruent(step, conclusion.left, conclusion.right):
        raise step.refuse("sides that differ only by the premises", conclusion)


def _congruent(step: Application, left: Node, right: Node) -> bool:
    if left is right:
        return True
    if isinstance(left, Term) and isinstance(right, Term) and step.has(cast(Formula, Equal(left, right))):
        return True
    if type(left) is not type(right) or len(left.parts) != len(right.parts) or isinstance(left, Index):
        return False
    index = fresh(left.sort) if isinstance(left, Big) else None
    for one, other, under in zip(left.parts, right.parts, binders(left), strict=False):
        if not isinstance(one, Node) or not isinstance(other, Node):
            if one != other:
                return False
            continue
        if under and index is not None:
            one, other = open_binder(one, index), open_binder(other, index)
        if not _congruent(step, one, other):
            return False
    return True


def reindexing(step: Application) -> None:
    """A permutation only changes the order of a sum, product, maximum or minimum."""
    conclusion = step.conclusion_as(Equal)
    left, right = conclusion.left, conclusion.right
    name = step.parameters[0] if step.parameters else None
    sort = dict(step.goal.permutations).get(str(name))
    if isinstance(left, Big) and isinstance(right, Big) and left.parts[:2] == right.parts[:2]:
        index = fresh(left.sort)
        permuted = cast(Index, Permuted(index, left.sort, name))
        pairs = (left.at(index), right.at(permuted)), (left.at(permuted), right.at(index))
        if sort == left.sort and any(one is other for one, other in pairs):
            return
    raise step.refuse("one side to be the other with its index permuted", conclusion)


def power_of_zero(step: Application) -> None:
    """A positive power of zero is zero."""
    conclusion = step.conclusion_as(Equal)
    left = conclusion.left
    step.require(isinstance(left, Power) and conclusion.right is ZERO, "0^a = 0", conclusion)
    assert isinstance(left, Power)
    step.require(left.base is ZERO or step.has(cast(Formula, Equal(left.base, ZERO))), "base zero", left.base)
    demand_sign(step, left.exponent, POSITIVE)


def product_with_zero(step: Application) -> None:
    """A product with a factor zero is zero."""
    conclusion = step.conclusion_as(Equal)
    product = conclusion.left
    step.require(isinstance(product, Big) and product.kind == "product", "a product", product)
    assert isinstance(product, Big)
    step.require(conclusion.right is ZERO, "zero on the right", conclusion.right)
    step.need(cast(Formula, Equal(product.at(step.parameter(0, Index)), ZERO)))


def extremum_of_constant(step: Application) -> None:
    """The maximum or minimum of a constant over an index is the constant."""
    conclusion = step.conclusion_as(Equal)
    left = conclusion.left
    step.require(isinstance(left, Big) and left.kind in ("maximum", "minimum"), "a maximum or minimum", left)
    assert isinstance(left, Big)
    step.require(left.at(fresh(left.sort)) is conclusion.right, "a body free of the index", left)


def extremum_of_multiple(step: Application) -> None:
    r"""A factor free of the index may be taken out of an extremum; a negative one turns it round.

    :math:`\max_k c x_k = c \max_k x_k` for c nonnegative, :math:`c \min_k x_k` for c not positive.
    """
    conclusion = step.conclusion_as(Equal)
    index, scale, value = step.parameter(0, Free), step.parameter(1, Term), step.parameter(2, Term)
    left = conclusion.left
    if not (isinstance(left, Big) and left.kind in OPPOSITE and left.sort == index.sort):
        raise step.refuse("an extremum over the sort of the index", left)
    new = fresh(index.sort)
    inner = cast(Term, substitute(value, {index: new}))
    step.need_equal(left.at(new), scale * inner)
    falls = sign(step, scale) < NONNEGATIVE
    if falls:
        demand_sign(step, algebra.canonical(-1 * scale, step.sizes), NONNEGATIVE)
    step.need_equal(conclusion.right, scale * big(OPPOSITE[left.kind] if falls else left.kind, new, inner))


def branch(step: Application) -> None:
    """A case distinction has the value of the branch whose condition holds, or of both if they are one."""
    conclusion = step.conclusion_as(Equal)
    choice = conclusion.left
    if not isinstance(choice, If):
        raise step.refuse("a case distinction", choice)
    if conclusion.right is choice.then and choice.then is choice.otherwise:
        return
    if conclusion.right is choice.then:
        if not (isinstance(choice.condition, Same) and choice.condition.left is choice.condition.right):
            step.need(choice.condition)
        return
    step.require(conclusion.right is choice.otherwise, "one of the branches", conclusion.right)
    step.need(_opposite(step, choice.condition))


def _opposite(step: Application, condition: Formula) -> Formula:
    match condition:
        case Same(left, right):
            return cast(Formula, Distinct(left, right))
        case Distinct(left, right):
            return cast(Formula, Same(left, right))
        case Less(left, right):
            return cast(Formula, AtMost(right, left))
        case AtMost(left, right):
            return cast(Formula, Less(right, left))
    raise step.refuse("a condition that can be negated", condition)


def antisymmetry(step: Application) -> None:
    r"""If :math:`a \le b` and :math:`b \le a`, then :math:`a = b`."""
    conclusion = step.conclusion_as(Equal)
    step.need(cast(Formula, AtMost(conclusion.left, conclusion.right)))
    step.need(cast(Formula, AtMost(conclusion.right, conclusion.left)))
