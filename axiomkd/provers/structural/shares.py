"""Shares: one entry against the sum of all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
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
    power,
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
        for way in (_by_cross_products, _by_inverses):
            with suppress(Refused):
                return way(book, comparison(kind, left, right), (index, scale, x, y), depth)
    raise NoProof("no shares of one index")


Shares = tuple[Index, Term, Big, Big]
"""The index, a positive number, and the two sums: x(i) / (c sum x) is compared with y(i) / (c sum y)."""


def _by_cross_products(book: Book, formula: Formula, shares: Shares, depth: int) -> int:
    """From x(i) sum y <= y(i) sum x."""
    index, scale, x, y = shares
    inner = _cross_multiplied(book, index, x, y, depth)
    here, there = x.at(index), y.at(index)
    crossed = comparison(AtMost, here * (scale * y), there * (scale * x))
    multiple = book.add_from_known("combination", crossed, scale * hole(0), also=(inner,))
    return book.add_from_known("quotient", formula, here, scale * x, there, scale * y, also=(multiple,))


def _by_inverses(book: Book, formula: Formula, shares: Shares, depth: int) -> int:
    """From sum y / y(i) <= sum x / x(i), where the terms are too long to be multiplied with each other."""
    index, scale, x, y = shares
    each = _each_by_inverses(book, index, x, y, depth)
    j = book.index_for(x, y)
    great, small = (multiply(scale, total, power(total.at(index), -1)) for total in (x, y))
    template = scale * big_sum(j, hole(0, *general_names(book, each)))
    below = book.add_from_known("combination", comparison(AtMost, small, great), template, also=(each,))
    ends = power(great, -1), power(small, -1)
    links = (
        book.add_from_known("powers", equation(formula.parts[0], ends[0])),
        book.add_from_known("power_of_base", comparison(AtMost, *ends), also=(below,)),
        book.add_from_known("powers", equation(ends[1], formula.parts[1])),
    )
    return book.add("chain", formula, links, *ends)


def _each_by_inverses(book: Book, index: Index, x: Big, y: Big, depth: int) -> int:
    """y(j) / y(i) <= x(j) / x(i), for every j."""
    j = book.index_for(x, y)
    here, there = x.at(index), y.at(index)
    learn_entries(book)
    for value in (x.at(j), y.at(j), here, there, x, y):
        learn_positive(book, value)
    rises = prove_order(book, AtMost, here, there, depth)
    over_here, over_there = power(here, -1), power(there, -1)
    smaller = book.add_from_known("power_of_base", comparison(AtMost, over_there, over_here), also=(rises,))
    ends = y.at(j) * over_there, x.at(j) * over_here

    def elsewhere(falls: int) -> int:
        holes = [hole(n, *general_names(book, step)) for n, step in enumerate((falls, smaller))]
        template = multiply(over_here, holes[0]) + multiply(y.at(j), holes[1])
        return book.add_from_known("combination", comparison(AtMost, *ends), template, also=(falls, smaller))

    return _in_both_cases(book, (index, j), ends, (y.at(j), x.at(j)), elsewhere, depth)


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
    j = book.index_for(x, y)
    here, there = x.at(index), y.at(index)
    learn_entries(book)
    for value in (x.at(j), y.at(j), here, there, x, y):
        learn_positive(book, value)
    rises = prove_order(book, AtMost, here, there, depth)
    ends = here * y.at(j), there * x.at(j)

    def elsewhere(falls: int) -> int:
        holes = [hole(n, *general_names(book, step)) for n, step in enumerate((rises, falls))]
        template = multiply(y.at(j), holes[0]) + multiply(there, holes[1])
        return book.add_from_known("combination", comparison(AtMost, *ends), template, also=(rises, falls))

    each = _in_both_cases(book, (index, j), ends, (y.at(j), x.at(j)), elsewhere, depth)
    template = big_sum(j, hole(0, *general_names(book, each)))
    return book.add_from_known("combination", comparison(AtMost, here * y, there * x), template, also=(each,))


def _in_both_cases(
    book: Book,
    places: tuple[Index, Free],
    ends: tuple[Term, Term],
    falling: tuple[Term, Term],
    elsewhere: Callable[[int], int],
    depth: int,
) -> int:
    """One end is at most the other: at the index itself they agree, elsewhere as y(j) <= x(j)."""
    index, j = places
    formula = comparison(AtMost, *ends)
    with book.assuming(cast(Formula, Same(j, index))) as same:
        agreed = [cast(Term, substitute(end, {j: index})) for end in ends]
        weak = book.add("chain", comparison(AtMost, *agreed), (_agreed(book, *agreed),))
        first = book.add("same_index", formula, (same, weak), j, index)
    with book.assuming(cast(Formula, Distinct(j, index))) as distinct:
        for choice in dict.fromkeys(_indicators(falling[0], {index, j})):
            book.know(book.add("branch", equation(choice, choice.otherwise), (distinct,)))
        second = elsewhere(prove_order(book, AtMost, *falling, depth))
    return book.add("cases_index", formula, (first, second), j, index)


def _agreed(book: Book, left: Term, right: Term) -> int:
    try:
        return book.add("algebraic", equation(left, right))
    except NoProof:
        return book.add_from_known("powers", equation(left, right))


def _indicators(value: Term, pair: set[Index]) -> list[If]:
    """Case distinctions on the two indices, which are known to be distinct."""
    return [
        part
        for part in subterms(value)
        if isinstance(part, If) and isinstance(part.condition, Same) and set(part.condition.parts) == pair
    ]
