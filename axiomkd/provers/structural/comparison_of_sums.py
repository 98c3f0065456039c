"""Terms of two sums that are equal: where no term of the one is above that of the other, they agree.

So solutions of an equation such as sum_i f(i,c) = 1 are compared, f being monotone in c: of two values of
c one is the greater, and in either case the terms are ordered.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import cast

from axiomkd.kernel.combination import hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Comparison,
    Distinct,
    Equal,
    Formula,
    Free,
    Node,
    Same,
    Term,
    Variable,
    big_sum,
    delta,
    substitute,
    subterms,
)
from axiomkd.provers.structural.book import Book, NoProof, general_names
from axiomkd.provers.structural.entries import Entry, entries_like, entries_of, means
from axiomkd.provers.structural.own_sums import added, own_entries
from axiomkd.provers.structural.parallel import distances
from axiomkd.provers.structural.readings import is_bound
from axiomkd.provers.structural.shifted import Case, at_most, like, ordered, ordered_without, prove_settled
from axiomkd.provers.structural.sums import equation, reduce_equal


@dataclass(frozen=True)
class Comparable:
    """Terms at ``index`` of two sums with one value, and the order of two numbers on which theirs hangs."""

    index: Free
    one: Entry
    other: Entry
    unknown: Term
    value: Term


def prove_by_sums(book: Book, formula: Formula) -> int:
    """An equation or inequality of which a side is a term of a known sum; a quarter of the effort is left."""
    left = book.reserve + (book.effort - book.reserve) // 4
    for position, comparable in _readings(book, cast(Comparison, formula)):
        with suppress(Refused), book.sparing(left):
            return _in_both_cases(book, cast(Comparison, formula), position, comparable)
    raise NoProof("no known sum has a term of", formula)


def _readings(book: Book, formula: Comparison) -> Iterator[tuple[int, Comparable]]:
    """Which side is a term of a known sum, and the terms of other sums that it may be compared with."""
    left, right = (list(entries_of(book, side)) for side in formula.parts)
    if left and right:
        found = ((0, at, one, other) for at, one in left for other in entries_like(book, one, at, right))
    else:
        found = (
            (position, at, one, other)
            for position, entries in enumerate((left, right))
            for at, one in entries
            for other in means(book, one, at, formula.parts[1 - position])
        )
    for position, at, one, other in found:
        for unknown, value in _unknowns(one, other):
            yield position, Comparable(at, one, other, unknown, value)
        for distance, value in distances(book, one.value, other.value, one.marker):
            yield position, Comparable(at, one, other, distance, value)
    for at, one, other in own_entries(book, *formula.parts) if isinstance(formula, AtMost) else ():
        for unknown, value in added(one.value, other.value, one.marker):
            yield 0, Comparable(at, one, other, unknown, value)


def _unknowns(one: Entry, other: Entry) -> list[tuple[Term, Term]]:
    """Pairs of numbers on whose order that of the terms may hang: they stand in the same place, or one is
    a number and the other on one side alone."""
    mine, others = _constants(one), _constants(other)
    facing = [(x, y) for x, y in _facing(one.value, other.value) if x in mine and y in others]
    own = [part for part in mine if part not in others]
    return list(dict.fromkeys(facing)) or list(itertools.product(own, (ZERO, ONE)))


def _facing(one: Node, other: Node) -> Iterator[tuple[Term, Term]]:
    """Different variables at the same place of two terms."""
    if isinstance(one, Variable) and isinstance(other, Variable):
        if one is not other:
            yield one, other
    elif type(one) is type(other):
        for part, there in zip(one.parts, other.parts, strict=False):
            if isinstance(part, Node) and isinstance(there, Node):
                yield from _facing(part, there)


def _constants(entry: Entry) -> list[Variable]:
    parts = dict.fromkeys(part for part in subterms(entry.value) if isinstance(part, Variable))
    return [part for part in parts if entry.marker not in part.free and not is_bound(part)]


def _in_both_cases(book: Book, formula: Comparison, position: int, terms: Comparable) -> int:
    found = []
    pair = (terms.unknown, terms.value)
    for case in (pair, pair[::-1]):
        with book.assuming(at_most(*case)):
            found.append(_in_case(book, formula, position, terms, case))
    return book.add("cases_order", formula, tuple(found), *pair)


def _in_case(book: Book, formula: Comparison, position: int, terms: Comparable, case: Case) -> int:
    """As the numbers are ordered so, or as the terms are then those of the other sum."""
    if not isinstance(formula, Equal):
        with suppress(Refused):
            return ordered(book, formula, case)
        near = _dominated(book, *_low_and_high(terms, position), terms.index, case)
    else:
        with suppress(Refused):
            return prove_settled(book, formula)
        near = _same(book, terms, position, case)
    middle = terms.other.at(terms.index)
    ends = (middle, formula.right) if position == 0 else (formula.left, middle)
    if ends[0] is ends[1]:
        return near
    far = prove_settled(book, like(formula, *ends))
    return book.add("chain", formula, (near, far), middle)


def _low_and_high(terms: Comparable, position: int) -> tuple[Entry, Entry]:
    return (terms.other, terms.one) if position == 0 else (terms.one, terms.other)


def _same(book: Book, terms: Comparable, position: int, case: Case) -> int:
    """The terms of the two sums are equal, as those of one are at most those of the other."""
    first, second = _low_and_high(terms, 1 - position)
    ends = first.at(terms.index), second.at(terms.index)
    for low, high in ((first, second), (second, first)):
        with suppress(Refused):
            below = ordered(book, at_most(low.value, high.value), case)
            above = _converse(book, low, high, terms.index, _gap_at(book, low, high, below, terms.index))
            return book.add("antisymmetry", equation(*ends), (below, above))
    raise NoProof("the terms are not known to be ordered")


def _dominated(book: Book, low: Entry, high: Entry, index: Free, case: Case) -> int:
    """A term of one sum is at most that of the other, as the others are at least those of the other."""
    if index in low.value.free | high.value.free:
        gap = _gap_at_exception(book, low, high, index, case)
    else:
        below = ordered(book, at_most(low.value, high.value), case)
        gap = _gap_at(book, low, high, below, index)
    return _converse(book, low, high, index, gap)


def _converse(book: Book, low: Entry, high: Entry, index: Free, gap: int) -> int:
    """The sums are equal: one gap is at most the sum of all, which is zero."""
    premises = (gap, high.total, low.total)
    rest, great, small = (hole(n, *general_names(book, step)) for n, step in enumerate(premises))
    return book.add("combination", at_most(high.at(index), low.at(index)), premises, rest + great - small)


def _gap_at(book: Book, low: Entry, high: Entry, below: int, index: Free) -> int:
    """The gap at an index is at most the sum of all, none of which is negative."""
    gap = Entry(low.marker, high.value - low.value, below)
    shown = book.add("combination", at_most(ZERO, gap.value), (below,), hole(0, *general_names(book, below)))
    return book.add("term_of_sum", at_most(gap.at(index), big_sum(gap.marker, gap.value)), (shown,), index)


def _gap_at_exception(book: Book, low: Entry, high: Entry, index: Free, case: Case) -> int:
    """The gap at an index is at most the sum of all, none of which is negative at any other index."""
    marker, gap = low.marker, high.value - low.value
    here = delta(marker, index)
    formula = at_most(ZERO, (1 - here) * gap)
    with book.assuming(cast(Formula, Same(marker, index))) as same:
        nothing = cast(Comparison, substitute(formula, {marker: index}))
        agreed = book.add("chain", nothing, (reduce_equal(book, *nothing.parts),))
        first = book.add("same_index", formula, (same, agreed), marker, index)
    with book.assuming(cast(Formula, Distinct(marker, index))) as distinct:
        vanishing = book.add("branch", equation(here, ZERO), (distinct,))
        premises = (ordered_without(book, at_most(low.value, high.value), vanishing, case), vanishing)
        rest, zero = (hole(n, *general_names(book, step)) for n, step in enumerate(premises))
        second = book.add("combination", formula, premises, rest + gap * zero)
    shown = book.add("cases_index", formula, (first, second), marker, index)
    template = big_sum(marker, hole(0, *general_names(book, shown)))
    at_index = cast(Term, substitute(gap, {marker: index}))
    return book.add("combination", at_most(at_index, big_sum(marker, gap)), (shown,), template)
