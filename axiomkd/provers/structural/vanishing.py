"""What is zero because a part of it is, and extrema that have one argument twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast

from axiomkd.kernel.algebra import expand, to_term
from axiomkd.kernel.application import match, positive
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Big,
    Equal,
    Extreme,
    Formula,
    Free,
    Index,
    Literal,
    Power,
    Term,
    big_sum,
)
from axiomkd.provers.structural.book import Book, indices_in_scope
from axiomkd.provers.structural.signs import is_positive, prove_nonnegative
from axiomkd.provers.structural.sums import Simplified, equation, reduce_by_sums, reduce_equal

Simplify = Callable[[Book, Term], Simplified]


def vanishing(book: Book, value: Term, simplify: Simplify) -> Simplified:
    """0^a = 0 for positive a; a product with a factor zero; a minimum of nonnegative terms, one zero."""
    if isinstance(value, Power) and value.base is ZERO and is_positive(book, value.exponent):
        return ZERO, book.add_from_known("power_of_zero", equation(value, ZERO))
    if isinstance(value, Big) and value.kind == "product":
        body = value.at(book.index_for(value))
        if body is ZERO or (isinstance(body, Power) and body.base is ZERO):
            return _product_of_zeros(book, value)
    if isinstance(value, Big) and value.kind in ("product", "minimum"):
        for index, zero in _zeros(book, value, simplify):
            return ZERO, _because_zero(book, value, index, zero)
    return value, None


def _product_of_zeros(book: Book, value: Big) -> Simplified:
    """A product with a factor 0^w(k) is zero, since some w(k) is positive; or with a factor zero."""
    index = book.index(value.sort)
    body = value.at(index)
    if body is ZERO:
        first = cast(Index, Literal(1, value.sort))
        zero = book.add("instance", equation(ZERO, ZERO))
        return ZERO, book.add("product_with_zero", equation(value, ZERO), (zero,), first)
    assert isinstance(body, Power)
    total = big_sum(index, body.exponent)
    known = _positive_total(book, total)
    with book.assuming(positive(body.exponent)):
        factor = book.add_from_known("power_of_zero", equation(body, ZERO))
        zero = book.add("product_with_zero", equation(value, ZERO), (factor,), index)
    return ZERO, book.add("positive_entry", equation(value, ZERO), (known, zero), total, index)


def _positive_total(book: Book, total: Term) -> int:
    """That the exponents sum to a positive number, such as 1 or 2."""
    known = book.find(equation(total, ONE))
    if known is not None:
        return known
    end = to_term(reduce_by_sums(book, expand(total, book.goal.sizes))[0])
    return reduce_equal(book, total, end)


def _zeros(book: Book, value: Big, simplify: Simplify) -> Iterator[tuple[Index, int]]:
    """Indices at which the body is zero, as a premise has it that something is zero."""
    known = (book.formula(number) for number in book.known)
    if any(isinstance(formula, Equal) and formula.right is ZERO for formula in known):
        for index in indices_in_scope(book, value, value.sort):
            end, step = simplify(book, value.at(index))
            if end is ZERO and step is not None:
                yield index, step


def _because_zero(book: Book, value: Big, index: Index, zero: int) -> int:
    if value.kind == "product":
        return book.add("product_with_zero", equation(value, ZERO), (zero,), index)
    there = value.at(index)
    below = book.add("extremum_bounds", cast(Formula, AtMost(value, there)), (), index)
    links = (below, zero)
    at_most = book.add("chain", cast(Formula, AtMost(value, ZERO)), links, there)
    return book.add("antisymmetry", equation(value, ZERO), (at_most, prove_nonnegative(book, value)))


def absorbed(book: Book, value: Term) -> Simplified:
    """An argument of an extremum that is among the terms of another one, over an index, is left out."""
    if not (isinstance(value, Extreme) and len(value.arguments) == 2):
        return value, None
    for whole, part in (value.arguments, value.arguments[::-1]):
        if isinstance(whole, Big) and whole.kind == value.kind:
            index = _place(book, whole, part)
            if index is not None:
                return whole, _equal_to(book, value, whole, part, index)
    return value, None


def _place(book: Book, whole: Big, part: Term) -> Index | None:
    found: dict[Free, Index] = {}
    index = book.index_for(whole)
    matches = match(whole.at(index), part, frozenset((index,)), found)
    return found.get(index) if matches else None


def _equal_to(book: Book, value: Extreme, whole: Big, part: Term, index: Index) -> int:
    """The extremum of an extremum and one of its terms is that extremum: each is at most the other."""
    same = book.add("instance", equation(whole, whole))
    itself = book.add("chain", cast(Formula, AtMost(whole, whole)), (same,))

    def ordered(one: Term, other: Term) -> Formula:
        return cast(Formula, AtMost(*((one, other) if value.kind == "maximum" else (other, one))))

    below = book.add("extremum_bounds", ordered(part, whole), (), index)
    bounded = book.add("extremum_is_least_bound", ordered(value, whole), (itself, below))
    bound = book.add("extremum_bounds", ordered(whole, value))
    return book.add("antisymmetry", equation(value, whole), (bounded, bound))
