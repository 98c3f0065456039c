"""Terms of known sums: which sum a term is one of, and other sums of the same value."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import cast

from axiomkd.kernel.application import match
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ONE,
    Big,
    Equal,
    Formula,
    Free,
    Index,
    Permuted,
    Term,
    Variable,
    big_sum,
    multiply,
    substitute,
)
from axiomkd.provers.structural.book import Book, general_names
from axiomkd.provers.structural.sums import equation, reduce_equal


@dataclass(frozen=True)
class Entry:
    """The term ``value`` at ``marker`` of a sum over it, of which step ``total`` says what it is."""

    marker: Free
    value: Term
    total: int

    def at(self, index: Index) -> Term:
        return cast(Term, substitute(self.value, {self.marker: index}))


def entries_like(book: Book, entry: Entry, index: Free, entries: list[tuple[Free, Entry]]) -> Iterator[Entry]:
    """Those of other sums with the same value, at the same index."""
    for there, other in entries:
        if there is index and value_of(book, other) is value_of(book, entry):
            yield Entry(entry.marker, other.at(entry.marker), other.total)


def value_of(book: Book, entry: Entry) -> Term:
    return cast(Equal, book.formula(entry.total)).right


def know_total(book: Book, number: int) -> None:
    """A sum whose value is known, as a fact gives it, said in another way."""
    book.memory["total", book.know(number)] = True


def entries_of(book: Book, side: Term) -> Iterator[tuple[Free, Entry]]:
    """The sums of compound terms, given by facts or said anew, of which the side is one, at which index."""
    for number in list(book.known):
        match book.formula(number):
            case Equal(Big("sum") as total) if not isinstance(total.body, Variable):
                if book.steps[number].rule == "fact" or ("total", number) in book.memory:
                    yield from _entry(book, number, total, side)


def _entry(book: Book, number: int, total: Big, side: Term) -> Iterator[tuple[Free, Entry]]:
    """The sum of which the side is a term, in an order in which it is that of a free index."""
    marker = book.index_for(total)
    found: dict[Free, Index] = {}
    if not match(total.at(marker), side, frozenset((*general_names(book, number), marker)), found):
        return
    index = found.pop(marker, None)
    known = cast(Equal, substitute(book.formula(number), found))
    step = book.add("instance", cast(Formula, known), (number,))
    entry = Entry(marker, cast(Big, known.left).at(marker), step)
    match index:
        case Free():
            yield index, entry
        case Permuted(Free() as inner, _, permutation):
            yield inner, _permuted(book, entry, permutation)


def _permuted(book: Book, entry: Entry, permutation: str) -> Entry:
    left, right = cast(Equal, book.formula(entry.total)).parts
    value = entry.at(cast(Index, Permuted(entry.marker, entry.marker.sort, permutation)))
    after = big_sum(entry.marker, value)
    same = book.add("reindexing", equation(after, left), (), permutation)
    total = book.add("chain", equation(after, right), (same, entry.total), left)
    return Entry(entry.marker, value, total)


def means(book: Book, entry: Entry, index: Free, side: Term) -> Iterator[Entry]:
    """The other side, or a mean of known terms, where its sum is the same."""
    candidates = [cast(Term, substitute(side, {index: entry.marker}))] if index in side.free else []
    for value in (*candidates, *_distributions(book, entry)):
        with suppress(Refused):
            total = reduce_equal(book, big_sum(entry.marker, value), value_of(book, entry))
            yield Entry(entry.marker, value, total)


def _distributions(book: Book, entry: Entry) -> Iterator[Term]:
    """Variables with the same sum, and their means over an index that they have besides."""
    whole = value_of(book, entry)
    for number in list(book.known):
        match book.formula(number):
            case Equal(Big("sum", entry.marker.sort, Variable()) as total, right) if right is whole:
                value = total.at(entry.marker)
                yield from (
                    big_sum(index, multiply(weight, value))
                    for index in general_names(book, number)
                    for weight in _weights(book, index)
                )
                if not total.free:
                    yield value


def _weights(book: Book, index: Free) -> Iterator[Term]:
    for number in list(book.known):
        match book.formula(number):
            case Equal(Big("sum", index.sort) as total, right) if right is ONE and not total.free:
                yield total.at(index)
