"""Aggregates that are made to sum to one by what is added to each term, such as (a(i) + c)^2.

Of two of them, that with the greater constant c has the greater terms where the rest is no smaller. The
term at an index is told from the sums in which it stands: a(i) is the body of the sum of a at i.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import cast

from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ONE,
    Add,
    AtMost,
    Big,
    Free,
    Node,
    Number,
    Term,
    big_sum,
    substitute,
    subterms,
)
from axiomkd.provers.structural.book import Book
from axiomkd.provers.structural.complements import factors
from axiomkd.provers.structural.entries import Entry
from axiomkd.provers.structural.gaps import learn_entries
from axiomkd.provers.structural.readings import is_bound
from axiomkd.provers.structural.shifted import by_monotone_operations
from axiomkd.provers.structural.sums import reduce_equal


def added(one: Node, other: Node, marker: Free) -> Iterator[tuple[Term, Term]]:
    """Different summands at the same place of two terms that do not speak of the index."""
    if one is other or type(one) is not type(other) or len(one.parts) != len(other.parts):
        return
    for part, there in zip(one.parts, other.parts, strict=True):
        if not isinstance(part, Node) or not isinstance(there, Node) or part is there:
            continue
        if isinstance(one, Add) and all(_is_constant(side, marker) for side in (part, there)):
            yield cast(Term, part), cast(Term, there)
        else:
            yield from added(part, there, marker)


def _is_constant(node: Node, marker: Free) -> bool:
    return marker not in node.free and not isinstance(node, Number) and not is_bound(node)


def own_entries(book: Book, left: Term, right: Term) -> Iterator[tuple[Free, Entry, Entry]]:
    """Both sides as terms of sums that are one, where something is added to each term."""
    for index in sorted(left.free & right.free, key=lambda index: index.name):
        marker = book.index(index.sort)
        for one in _at_marker(left, index, marker):
            for other in _at_marker(right, index, marker):
                constants = list(added(one, other, marker))
                if constants:
                    learn_entries(book)
                    learn_signs(book, constants)
                    with suppress(Refused):
                        totals = [reduce_equal(book, big_sum(marker, value), ONE) for value in (one, other)]
                        first, second = (
                            Entry(marker, v, t) for v, t in zip((one, other), totals, strict=True)
                        )
                        yield index, first, second


def learn_signs(book: Book, pairs: list[tuple[Term, Term]]) -> None:
    """That what is added is not negative, as its factors are not: differences such as R - A."""
    for part in (part for pair in pairs for constant in pair for part in factors(constant)):
        if isinstance(part, Add) and book.sign_of_difference is not None:
            with suppress(Refused), by_monotone_operations(book):
                book.know(book.sign_of_difference(book, AtMost, part))


def _at_marker(side: Term, index: Free, marker: Free) -> Iterator[Term]:
    """The side with another index in the place of one, where it stands in the terms of a sum over it."""
    inside = dict.fromkeys(subterms(side))
    for total in [part for part in inside if isinstance(part, Big) and part.sort == index.sort]:
        if not is_bound(total) and total.at(index) in inside:
            yield cast(Term, substitute(side, {total.at(index): total.at(marker)}))
