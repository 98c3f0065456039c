"""Reading a sum as a weighted mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import ONE, Big, Bound, Free, Multiply, Node, Term, big_sum, multiply
from axiomkd.provers.structural.book import Book
from axiomkd.provers.structural.signs import learn_nonnegative
from axiomkd.provers.structural.sums import equation, reduce_equal


@dataclass(frozen=True)
class WeightedMean:
    """The sum over ``index`` of ``weight`` times ``value``; step ``total`` says that the weights sum to 1."""

    index: Free
    weight: Term
    value: Term
    total: int

    @property
    def mean(self) -> Term:
        return big_sum(self.index, self.weight * self.value)


def weighted_means(book: Book, total: Term) -> Iterator[WeightedMean]:
    """Ways to read a sum over an index as a weighted mean with nonnegative weights."""
    outside, inside = _factors_of_sum(total)
    if inside is None:
        return
    k = book.index_for(inside)
    body = inside.at(k)
    parts = (*outside, *(body.parts if isinstance(body, Multiply) else (body,)))
    for n, value in enumerate(parts):
        weight = multiply(*parts[:n], *parts[n + 1 :])
        try:
            known = book.find(equation(big_sum(k, weight), ONE))
            known = reduce_equal(book, big_sum(k, weight), ONE) if known is None else known
            learn_nonnegative(book, weight)
        except Refused:
            continue
        yield WeightedMean(k, weight, value, known)


def _factors_of_sum(value: Term) -> tuple[list[Term], Big | None]:
    """The factors outside, and the sum over an index, of a product with one such sum."""
    parts = list(value.parts) if isinstance(value, Multiply) else [value]
    sums = [part for part in parts if isinstance(part, Big) and part.kind == "sum"]
    if len(sums) != 1:
        return parts, None
    parts.remove(sums[0])
    return parts, sums[0]


def sums_inside(book: Book, node: Node) -> Iterator[Big]:
    """The sums over an index inside a term, the binders around them opened."""
    if isinstance(node, Big):
        if node.kind == "sum":
            yield node
        yield from sums_inside(book, node.at(book.index_for(node)))
        return
    for part in node.parts:
        if isinstance(part, Term):
            yield from sums_inside(book, part)


def is_bound(node: Node) -> bool:
    """Whether an index of the node is bound outside of it."""
    return any(True for _ in _loose(node, 0))


def _loose(node: Node, depth: int) -> Iterator[Bound]:
    if isinstance(node, Bound) and node.depth >= depth:
        yield node
    for part in node.parts:
        if isinstance(part, Node):
            yield from _loose(part, depth + node.binds)
