"""Inequalities with maxima and minima."""

from __future__ import annotations

from typing import cast

from axiomkd.kernel.application import match
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    AtMost,
    Big,
    Extreme,
    Free,
    Index,
    Node,
    Term,
    close_binder,
    fresh,
    rebuild,
)
from axiomkd.provers.structural.book import Book, NoProof, indices_in_scope
from axiomkd.provers.structural.gaps import Kind, comparison, learn_bound
from axiomkd.provers.structural.order import prove_order
from axiomkd.provers.structural.rewriting import prove_equal
from axiomkd.provers.structural.signs import (
    is_positive,
)


def bound_extremum(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """A maximum on the left, a minimum on the right: bound every term."""
    formula = comparison(kind, left, right)
    if isinstance(left, Big | Extreme) and left.kind == "maximum":
        inner = [prove_order(book, kind, element, right, depth) for element in _elements(book, left)]
    elif isinstance(right, Big | Extreme) and right.kind == "minimum":
        inner = [prove_order(book, kind, left, element, depth) for element in _elements(book, right)]
    else:
        raise NoProof("no extremum to bound")
    return book.add("extremum_is_least_bound", formula, tuple(inner))


def _elements(book: Book, extremum: Big | Extreme) -> list[Term]:
    if isinstance(extremum, Extreme):
        return list(extremum.arguments)
    return [extremum.at(book.index_for(extremum))]


def through_extremum(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """Below one term of a maximum, above one term of a minimum."""
    formula = comparison(kind, left, right)
    if isinstance(right, Big | Extreme) and right.kind == "maximum":
        for element, bound in _bounds(book, right, left):
            try:
                inner = prove_order(book, kind, left, element, depth)
                return book.add("chain", formula, (inner, bound), element)
            except Refused:
                continue
    if isinstance(left, Big | Extreme) and left.kind == "minimum":
        for element, bound in _bounds(book, left, right):
            try:
                inner = prove_order(book, kind, element, right, depth)
                return book.add("chain", formula, (bound, inner), element)
            except Refused:
                continue
    raise NoProof("no extremum to go through")


def _bounds(book: Book, extremum: Big | Extreme, other: Term) -> list[tuple[Term, int]]:
    """Terms of an extremum with the step that says on which side of it they are."""

    def ordered(element: Term) -> AtMost:
        ends = (element, extremum) if extremum.kind == "maximum" else (extremum, element)
        return cast(AtMost, AtMost(*ends))

    if isinstance(extremum, Extreme):
        return [(x, book.add("extremum_bounds", ordered(x))) for x in extremum.arguments]
    indices = [
        index for index in indices_in_scope(book, other, extremum.sort) if not _unrelated(index, other)
    ]
    return [(extremum.at(n), book.add("extremum_bounds", ordered(extremum.at(n)), (), n)) for n in indices]


def _unrelated(index: Index, other: Term) -> bool:
    return isinstance(index, Free) and index not in other.free


def put_extremum_in(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """Put the extremum in the place of its terms, in a monotone expression that then collapses to it."""
    formula = comparison(kind, left, right)
    if isinstance(left, Big) and left.kind == "minimum":
        lower = _terms_replaced(left, right)
        if lower is right:
            raise NoProof("nothing to replace")
        learn_bound(book, left)
        links = (prove_collapse(book, left, lower), prove_order(book, kind, lower, right, depth))
        return book.add("chain", formula, links, lower)
    if isinstance(right, Big) and right.kind == "maximum":
        upper = _terms_replaced(right, left)
        if upper is left:
            raise NoProof("nothing to replace")
        learn_bound(book, right)
        links = (prove_order(book, kind, left, upper, depth), prove_collapse(book, right, upper))
        return book.add("chain", formula, links, upper)
    raise NoProof("no extremum to put in")


def prove_collapse(book: Book, bound: Term, value: Term) -> int:
    """A mean of equal terms is that term."""
    is_positive(book, bound)
    return prove_equal(book, value, bound)


def _terms_replaced(extremum: Big, value: Term) -> Term:
    """A term in which the extremum stands in the place of its terms."""
    index = fresh(extremum.sort)
    return terms_replaced(value, extremum.at(index), index, extremum)


def terms_replaced(value: Term, pattern: Term, index: Free, new: Term) -> Term:
    """Replace every instance of a pattern with a general index, but not inside what replaces it."""

    def replaced(node: Node) -> Node:
        if match(pattern, node, frozenset((index,)), {}):
            return new
        if node is new:
            return node
        if isinstance(node, Big):
            inner = fresh(node.sort)
            body = replaced(node.at(inner))
            return rebuild(node, (node.kind, node.sort, close_binder(body, inner)))
        return rebuild(node, tuple(replaced(part) if isinstance(part, Node) else part for part in node.parts))

    return cast(Term, replaced(value))
