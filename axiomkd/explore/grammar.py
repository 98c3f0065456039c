r"""A grammar of pooling rules, enumerated by size: every candidate is an operator made of a text.

A rule is a tree. Its leaves are means of the teachers, its inner nodes change the weights, the teachers
or the pool, or put two pools together; ``u`` is the uniform distribution, N normalises over outcomes.

====================  ==========================================================================
mean of order r       :math:`N[(\sum_k w_k p_k^r)^{1/r}]`: ``linear`` (1), ``geometric`` (0),
                      ``root`` (1/2), ``square`` (2), ``harmonic`` (-1); ``maximum``, ``minimum``
``uniform``           :math:`u`
``unnormalised.A``    a mean without its N
weights               ``equal`` :math:`1/K`, ``squared`` :math:`N[w^2]`, ``shrunk``
                      :math:`\frac{9}{10} w + \frac{1}{10K}`
``cooled``, ``warmed``  the pool at temperature 1/2 and 2: :math:`N[A^2], N[A^{1/2}]`
``cooled-first`` ..   the same of every teacher before it is pooled
``smoothed.A``        :math:`\frac{9}{10} A + \frac{1}{10} u`
``hedged.A``          :math:`(m A + x u)/(m+x), m = \sum_j \min_k p_k(j), x = \sum_j \prod_k p_k(j)`
``raw-when-hot.A``    teachers :math:`p_k + (1 - \sum_j p_k(j)^2)(\tilde p_k - p_k)`, :math:`\tilde p_k`
                      unsoftened
``raw-when-cold.A``   teachers :math:`p_k + \sum_j (p_k(j) - 1/V)^2 (\tilde p_k - p_k)`
``ceded.A``           :math:`A(i) - \min_k p_k(i) + \delta_{i1} \sum_j \min_k p_k(j)`
``mix.A.B``           :math:`\frac12 A + \frac12 B`
``blend.A.B``         :math:`N[\sqrt{A B}]`
``after.A.B``         A of the teachers :math:`\frac12 p_k + \frac12 B`
====================  ==========================================================================
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import cast

from axiomkd.explore.meanings import (
    BINARY,
    CEDED,
    CONSTANTS,
    DRAWN,
    MASSES,
    SYMMETRIC,
    UNARY,
    WEIGHTED,
    WEIGHTS,
    Inputs,
    Tree,
    meaning,
)
from axiomkd.kernel.terms import Free, Index, show
from axiomkd.language.ranges import Range
from axiomkd.operator import Operator

PREFIX = "enum/"
PARAMETER = "b"
"""The name that stands for the constant of a family."""


def node(kind: str, *parts: Tree) -> Tree:
    return Tree(kind, parts, CONSTANTS.get(kind))


def _weight_trees(size: int) -> Iterator[Tree]:
    if size == 1:
        yield node("equal")
    for kind in WEIGHTS[1:]:
        if size == 1:
            yield node(kind)
        else:
            yield from (node(kind, inner) for inner in _weight_trees(size - 1))


def _means(size: int) -> Iterator[Tree]:
    if size == 1:
        yield from map(node, MASSES)
        return
    for kind in WEIGHTED:
        yield from (node(kind, weights) for weights in _weight_trees(size - 1))


def trees(size: int) -> Iterator[Tree]:
    """Every rule with so many nodes, in an order that never changes; nothing is kept in memory.

    >>> [tree.name for tree in trees(1)][:3]
    ['linear', 'geometric', 'root']
    """
    yield from _pools(size)
    for kind in (*DRAWN, *CEDED):
        yield from (node(kind, pool) for pool in _pools(size - 1))


def _pools(size: int) -> Iterator[Tree]:
    """The rules that speak of softened teachers only."""
    if size < 2:
        yield from () if size < 1 else (*_means(1), node("uniform"))
        return
    yield from _means(size)
    yield from (node("unnormalised", mean) for mean in _means(size - 1) if mean.kind != "linear")
    for kind in UNARY:
        yield from (node(kind, part) for part in _pools(size - 1))
    for kind in BINARY:
        yield from _pairs(kind, size - 1)


def _pairs(kind: str, size: int) -> Iterator[Tree]:
    """Two pools with so many nodes together; of two orders that mean the same, one."""
    for first in range(1, size):
        second = size - first
        if kind in SYMMETRIC and first > second:
            return
        for number, left in enumerate(_pools(first)):
            for other, right in enumerate(_pools(second)):
                if kind not in SYMMETRIC or first < second or number < other:
                    yield node(kind, left, right)


def up_to(size: int) -> Iterator[Tree]:
    """Every rule with at most so many nodes, the small ones first.

    >>> [sum(1 for _ in up_to(size)) for size in (1, 2, 3)]
    [8, 101, 884]
    """
    for number in range(1, size + 1):
        yield from trees(number)


# -- operators ------------------------------------------------------------------------------


def operator(tree: Tree, values: Range | None = None) -> Operator:
    """The rule as an operator; ``values`` is the range of the parameter b, where it has one.

    >>> operator(node("smoothed", node("linear"))).text
    '((9/10)*Sum(w[k]*p[k,i], k) + (1/10)*V**(-1))'
    """
    named = values is not None
    return Operator.declare(
        f"{PREFIX}{'family/' if named else ''}{tree.name}",
        expr=_text(tree),
        base=_text(tree.parts[0]) if tree.kind in DRAWN else None,
        parameters={PARAMETER: values} if values is not None else None,
        title=str(tree),
    )


def _text(tree: Tree) -> str:
    return show(meaning(tree, Inputs())(cast(Index, Free("i", "outcome"))))


def families(tree: Tree) -> Iterator[Tree]:
    """The rule with one of its constants let free.

    >>> [str(family) for family in families(node("smoothed", node("linear")))]
    ['smoothed(linear, b)']
    """
    if isinstance(tree.constant, Fraction):
        yield Tree(tree.kind, tree.parts, PARAMETER)
    for place, part in enumerate(tree.parts):
        for family in families(part):
            yield Tree(tree.kind, (*tree.parts[:place], family, *tree.parts[place + 1 :]), tree.constant)
