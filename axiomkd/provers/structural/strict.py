"""Strict inequalities of weighted means, and squares of means."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import cast

from axiomkd.kernel.application import positive
from axiomkd.kernel.combination import hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ZERO,
    Add,
    AtMost,
    Big,
    Free,
    Less,
    Multiply,
    Node,
    Number,
    Power,
    Term,
    big_sum,
    substitute,
)
from axiomkd.provers.structural.book import Book, NoProof, general_names, indices_in_scope
from axiomkd.provers.structural.gaps import Kind, comparison, prove_by_gap
from axiomkd.provers.structural.order import prove_order
from axiomkd.provers.structural.readings import WeightedMean, sums_inside, weighted_means


def strict_mean(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """A weighted mean of terms at most M is below M if a term with positive weight is; so from below."""
    if kind is not Less:
        raise NoProof("not strict")
    for mean, bound in ((left, right), (right, left)):
        for reading in weighted_means(book, mean):
            with suppress(Refused):
                return _strict(book, (left, right), reading, bound, mean is left, depth)
    raise NoProof("no mean")


def _strict(
    book: Book, ends: tuple[Term, Term], reading: WeightedMean, bound: Term, below: bool, depth: int
) -> int:
    distance = bound - reading.value if below else reading.value - bound
    _learn_distance(book, AtMost, distance, bound, reading.value, below, depth)
    gap = cast(Big, big_sum(reading.index, reading.weight * distance))
    for index in indices_in_scope(book, gap, gap.sort):
        with suppress(Refused):
            there = {reading.index: index}
            value, moved = (cast(Term, substitute(x, there)) for x in (reading.value, distance))
            _learn_distance(book, Less, moved, bound, value, below, depth)
            found = book.add_from_known("sum_with_positive_term", positive(gap), index)
            sign = bound if below else -bound
            template = hole(0, *general_names(book, found)) + sign * hole(1)
            return book.add_from_known(
                "combination", comparison(Less, *ends), template, also=(found, reading.total)
            )
    raise NoProof("no term that is strictly on one side")


def _learn_distance(
    book: Book, kind: Kind, distance: Term, bound: Term, value: Term, below: bool, depth: int
) -> None:
    """The distance of a value to the bound is nonnegative, or positive."""
    order = prove_order(book, kind, *((value, bound) if below else (bound, value)), depth)
    template = hole(0, *general_names(book, order))
    book.know(book.add_from_known("combination", comparison(kind, ZERO, distance), template, also=(order,)))


def squares(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """The gap of two quadratic expressions, with what Jensen says of the squares of means."""
    if kind is Less or not _is_quadratic(left):
        raise NoProof("no squares")
    for total in dict.fromkeys((*sums_inside(book, left), *sums_inside(book, right))):
        for reading in weighted_means(book, total):
            inner = list(_squared(book, reading.value, reading.index))
            for value in inner or [reading.value]:
                with suppress(Refused):
                    _learn_square(book, reading, value)
    return prove_by_gap(book, kind, left, right)


def _learn_square(book: Book, reading: WeightedMean, value: Term) -> None:
    mean = big_sum(reading.index, reading.weight * value)
    square = big_sum(reading.index, reading.weight * value * value)
    formula = comparison(AtMost, mean * mean, square)
    parameters = (reading.index, reading.weight, value)
    book.know(book.add_from_known("jensen_square", formula, *parameters, also=(reading.total,)))


def _squared(book: Book, node: Node, index: Free) -> Iterator[Term]:
    """The bases of squares inside that depend on an index, the binders around them opened."""
    if isinstance(node, Power) and node.exponent.parts == (2,) and index in node.base.free:
        yield node.base
        if isinstance(node.base, Add):  # squares of means do not change when all is shifted
            yield from (part for part in node.base.parts if index in part.free)
    elif isinstance(node, Big):
        yield from _squared(book, node.at(book.index_for(node)), index)
    else:
        for part in node.parts:
            if isinstance(part, Term):
                yield from _squared(book, part, index)


def _is_quadratic(node: Node) -> bool:
    """Whether a square, or a product of a term with itself, stands inside."""
    match node:
        case Power(_, Number(exponent)) if exponent == 2:
            return True
        case Multiply() if len(set(node.parts)) < len(node.parts):
            return True
    return any(_is_quadratic(part) for part in node.parts if isinstance(part, Node))
