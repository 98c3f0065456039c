r"""Weights that fall with a share: :math:`1 - x_k / \sum_l x_l`, positive from two positive x on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import cast

from axiomkd.kernel.application import positive
from axiomkd.kernel.combination import hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    Add,
    AtMost,
    Big,
    Formula,
    Free,
    If,
    Index,
    Less,
    Multiply,
    Node,
    Power,
    Same,
    Term,
    big_sum,
    multiply,
)
from axiomkd.provers.structural.book import Book, NoProof, general_names
from axiomkd.provers.structural.gaps import comparison, prove_by_gap
from axiomkd.provers.structural.sums import equation


def learn_complements(book: Book, formula: Formula) -> None:
    """Write down the signs of such weights inside a formula, and that they sum to 1 where they do."""
    for weight, index in dict.fromkeys(_weights(book, formula)):
        for factor in factors(weight):
            for total in _wholes(factor, index):
                with suppress(Refused):
                    book.know(_complement_sign(book, factor, total, index))
                    book.know(_sum_is_one(book, weight, factor, total, index))


def _weights(book: Book, node: Node) -> Iterator[tuple[Term, Free]]:
    """The products under sums without the factors that speak of a further index."""
    if isinstance(node, Big):
        index = book.index_for(node)
        body = node.at(index)
        yield apart(factors(body), index)[0], index
        yield from _weights(book, body)
        return
    for part in node.parts:
        if isinstance(part, Node) and not isinstance(part, Index):
            yield from _weights(book, part)


def _wholes(value: Term, index: Free) -> Iterator[Big]:
    r"""The sum in each :math:`x_k / \sum_l x_l` that is taken off a term."""
    for part in value.parts if isinstance(value, Add) else ():
        found = factors(part)
        for total in map(_inverted, found):
            if isinstance(total, Big) and total.sort == index.sort and total.at(index) in found:
                yield total


def _complement_sign(book: Book, factor: Term, total: Big, index: Free) -> int:
    """A share is below 1, or at most 1 where that is all one can tell."""
    value = total.at(index)
    try:
        kind, bound = Less, _below_sum(book, value, total, index)
    except Refused:
        kind, bound = AtMost, book.add_from_known("term_of_sum", comparison(AtMost, value, total), index)
    cleared = comparison(kind, value * ONE, ONE * total)
    bound = book.add("combination", cleared, (bound,), hole(0, *general_names(book, bound)))
    share = comparison(kind, value * total**-1, ONE)
    below = book.add_from_known("quotient", share, value, total, ONE, ONE, also=(bound,))
    template = hole(0, *general_names(book, below))
    return book.add("combination", comparison(kind, ZERO, factor), (below,), template)


def _below_sum(book: Book, value: Term, total: Big, index: Free) -> int:
    """There is another index than this one, and its term is positive."""
    place, other = book.index(total.sort), book.index(total.sort)
    others = cast(Big, big_sum(place, cast(Term, If(Same(place, index), ZERO, ONE))))
    rest = cast(Big, big_sum(place, cast(Term, If(Same(place, index), ZERO, total.at(place)))))
    some = prove_by_gap(book, Less, ZERO, others)
    with book.assuming(positive(others.at(other))):
        product = others.at(other) * total.at(other)
        sign = book.add_from_known("sign_of_parts", positive(product))
        same = book.add("algebraic", equation(product, rest.at(other)))
        term = book.add("chain", positive(rest.at(other)), (sign, same), product)
        found = book.add_from_known("sum_with_positive_term", positive(rest), other, also=(term,))
    found = book.add("positive_entry", positive(rest), (some, found), others, other)
    template = hole(0, *general_names(book, found))
    return book.add("combination", comparison(Less, value, total), (found,), template)


def _sum_is_one(book: Book, weight: Term, factor: Term, total: Big, index: Free) -> int:
    r""":math:`\sum_k (1 - x_k / X) / n = 1` where X is the sum of all x and n their number less one."""
    rest = multiply(*(other for other in factors(weight) if other is not factor))
    number = _inverted(rest)
    if number is None:
        raise NoProof("no denominator in", rest)
    share = book.add_from_known("powers", equation(total * total**-1, ONE))
    unit = book.add_from_known("powers", equation(number * rest, ONE))
    template = rest * hole(0, *general_names(book, share)) - hole(1)
    return book.add("algebraic", equation(big_sum(index, weight), ONE), (share, unit), template)


def _inverted(value: Term) -> Term | None:
    """The term of which this is the inverse."""
    return value.base if isinstance(value, Power) and value.exponent.parts == (-1,) else None


def apart(parts: list[Term], index: Free) -> tuple[Term, Term]:
    """The product of the factors that speak of no further index, and of the others."""
    own = [part for part in parts if part.free <= {index}]
    return multiply(*own), multiply(*(part for part in parts if part not in own))


def factors(value: Term) -> list[Term]:
    """The factors of a product of products."""
    return [f for part in value.parts for f in factors(part)] if isinstance(value, Multiply) else [value]
