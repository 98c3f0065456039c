"""Shares: one entry against the sum of all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from axiomkd.kernel.combination import hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ONE,
    AtMost,
    Big,
    Distinct,
    Formula,
    Free,
    If,
    Index,
    Multiply,
    Number,
    Same,
    Term,
    big_sum,
    multiply,
    substitute,
    subterms,
)
from axiomkd.provers.structural.book import Book, NoProof, general_names, indices_in_scope
from axiomkd.provers.structural.gaps import Kind, comparison, learn_entries
from axiomkd.provers.structural.order import prove_order
from axiomkd.provers.structural.quotients import quotients
from axiomkd.provers.structural.signs import learn_positive
from axiomkd.provers.structural.sums import equation


def share_rises(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """x(i) / sum x is at most y(i) / sum y, when x(i) <= y(i) and y(j) <= x(j) for every other j."""
    if kind is not AtMost:
        raise NoProof("a strict inequality")
    for index, scale, x, y in _shares(book, left, right):
        try:
            inner = _cross_multiplied(book, index, x, y, depth)
            here, there = x.at(index), y.at(index)
            crossed = comparison(AtMost, here * (scale * y), there * (scale * x))
            multiple = book.add_from_known("combination", crossed, scale * hole(0), also=(inner,))
        except Refused:
            continue
        sides = here, scale * x, there, scale * y
        return book.add_from_known("quotient", comparison(kind, left, right), *sides, also=(multiple,))
    raise NoProof("no shares of one index")


def _shares(book: Book, left: Term, right: Term) -> Iterator[tuple[Index, Term, Big, Big]]:
    """Both sides as one entry against one multiple of a sum over one sort, at the same index."""
    for one, total in quotients(left):
        for other, another in quotients(right):
            (scale, x), (same, y) = _multiple_of_sum(total), _multiple_of_sum(another)
            if x is None or y is None or scale is not same or x.sort != y.sort or one is other:
                continue
            for index in indices_in_scope(book, left, x.sort):
                if x.at(index) is one and y.at(index) is other:
                    yield index, scale, x, y


def _multiple_of_sum(value: Term) -> tuple[Term, Big | None]:
    """A term as a positive number times a sum over an index."""
    match value:
        case Big("sum"):
            return ONE, value
        case Multiply() if isinstance(value.parts[0], Number) and value.parts[0].value > 0:
            return value.parts[0], _multiple_of_sum(multiply(*value.parts[1:]))[1]
    return ONE, None


def _cross_multiplied(book: Book, index: Index, x: Big, y: Big, depth: int) -> int:
    """x(i) sum y <= y(i) sum x, term by term."""
    learn_entries(book)
    j = book.index_for(x, y)
    here, there = x.at(index), y.at(index)
    for value in (here, there, x.at(j), y.at(j), x, y):
        learn_positive(book, value)
    rises = prove_order(book, AtMost, here, there, depth)
    ends = here * y.at(j), there * x.at(j)
    formula = comparison(AtMost, *ends)
    with book.assuming(cast(Formula, Same(j, index))) as same:
        agreed = [cast(Term, substitute(end, {j: index})) for end in ends]
        equal = book.add("algebraic", equation(*agreed))
        weak = book.add("chain", comparison(AtMost, *agreed), (equal,))
        first = book.add("same_index", formula, (same, weak), j, index)
    with book.assuming(cast(Formula, Distinct(j, index))) as distinct:
        second = _elsewhere(book, (index, j, distinct), (here, there), (x.at(j), y.at(j)), rises, depth)
    each = book.add("cases_index", formula, (first, second), j, index)
    template = big_sum(j, hole(0, *general_names(book, each)))
    return book.add_from_known("combination", comparison(AtMost, here * y, there * x), template, also=(each,))


def _elsewhere(
    book: Book,
    places: tuple[Index, Free, int],
    here: tuple[Term, Term],
    there: tuple[Term, Term],
    rises: int,
    depth: int,
) -> int:
    """At another index, where y(j) <= x(j)."""
    index, j, distinct = places
    for choice in dict.fromkeys(_indicators(there[1], {index, j})):
        book.know(book.add("branch", equation(choice, choice.otherwise), (distinct,)))
    falls = prove_order(book, AtMost, there[1], there[0], depth)
    links = rises, falls
    holes = [hole(n, *general_names(book, step)) for n, step in enumerate(links)]
    template = multiply(there[0], holes[0]) + multiply(here[0], holes[1])
    formula = comparison(AtMost, here[0] * there[1], here[1] * there[0])
    return book.add_from_known("combination", formula, template, also=links)


def _indicators(value: Term, pair: set[Index]) -> list[If]:
    """Case distinctions on the two indices, which are known to be distinct."""
    return [
        part
        for part in subterms(value)
        if isinstance(part, If) and isinstance(part.condition, Same) and set(part.condition.parts) == pair
    ]
