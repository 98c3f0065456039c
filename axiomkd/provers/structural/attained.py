"""Sums that are positive because some term of theirs attains an extremum: votes, top outcomes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import cast

from axiomkd.kernel.application import positive
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ONE,
    AtMost,
    Big,
    Equal,
    Formula,
    Free,
    If,
    Less,
    Node,
    Number,
    Term,
    big,
    big_sum,
    fresh,
    substitute,
)
from axiomkd.provers.structural.book import Book, NoProof
from axiomkd.provers.structural.choices import chooses
from axiomkd.provers.structural.rewriting import simplify
from axiomkd.provers.structural.signs import prove_positive


def learn_chosen_sums(book: Book, formula: Formula) -> None:
    """Where choices are made by comparisons, write down that sums over them and maxima are positive."""
    if chooses(formula):
        _learn_inside(book, formula)


def _learn_inside(book: Book, node: Node) -> None:
    inner = (node.at(book.index_for(node)),) if isinstance(node, Big) else node.parts
    for part in inner:
        if isinstance(part, Node):
            _learn_inside(book, part)
    if isinstance(node, Big) and (node.kind == "maximum" or (node.kind == "sum" and chooses(node))):
        with suppress(Refused):
            _learn_positive(book, node)


def _learn_positive(book: Book, value: Big) -> None:
    """The value is positive, and so it is once simplified."""
    if book.find(positive(value)) is not None:
        return
    if value.kind == "sum":
        found = book.know(positive_at_extremum(book, value))
    else:
        found = book.know(_positive_maximum(book, value, value))
    after, step = simplify(book, value)
    if step is not None:
        book.know(book.add("chain", positive(after), (found, step), value))


def positive_at_extremum(book: Book, value: Big) -> int:
    """A sum of nonnegative terms is positive as the term where something is greatest is."""
    marker = book.index(value.sort)
    for choice in _choices(book, value.at(marker)):
        extremum = extremum_of_choice(choice, marker)
        if extremum is not None and marker not in extremum.free:
            with suppress(Refused):
                return _at_positive_entries(book, value, extremum, choice, marker)
    raise NoProof("no term is known to be positive in", value)


def _at_positive_entries(book: Book, value: Big, extremum: Big, choice: If, marker: Free) -> int:
    """The extremum may be that of one teacher: one of positive weight."""
    inner = sorted(extremum.free - value.free - set(book.goal.indices), key=lambda index: index.name)
    if not inner:
        return _at_extremum(book, value, extremum, choice, marker)
    for number, total in _simplex_totals(book, inner[0].sort):
        entry = book.index(total.sort)
        here = {inner[0]: entry}
        with suppress(Refused), book.assuming(positive(total.at(entry))):
            there = (cast(Big, substitute(extremum, here)), cast(If, substitute(choice, here)))
            found = _at_extremum(book, value, *there, marker)
            return book.add("positive_entry", positive(value), (number, found), total, entry)
    raise NoProof("no entry is known to be positive over", inner[0])


def _simplex_totals(book: Book, sort: str) -> Iterator[tuple[int, Big]]:
    for number in list(book.known):
        match book.formula(number):
            case Equal(Big("sum") as total, right) if right is ONE and total.sort == sort and not total.free:
                yield number, total


def _at_extremum(book: Book, value: Big, extremum: Big, choice: If, marker: Free) -> int:
    index, formula = book.index(value.sort), positive(value)
    with book.assuming(cast(Formula, Equal(extremum.at(index), extremum))) as attained:
        _learn_bounds(book, extremum, index, attained)
        with suppress(Refused):
            book.know(_positive_once_simplified(book, cast(If, substitute(choice, {marker: index}))))
        inner = _positive_term(book, value.at(index), extremum, index)
        found = book.add_from_known("sum_with_positive_term", formula, index, also=(inner,))
    return book.add("extremum_attained", formula, (found,), extremum, index)


def _learn_bounds(book: Book, extremum: Big, index: Free, attained: int) -> None:
    """Every term is at most the one that is the maximum."""
    other = book.index(extremum.sort)
    there, here = extremum.at(other), extremum.at(index)

    def ordered(one: Term, two: Term) -> Formula:
        return cast(Formula, AtMost(*((one, two) if extremum.kind == "maximum" else (two, one))))

    bound = book.know(book.add("extremum_bounds", ordered(there, extremum), (), other))
    book.know(book.add("chain", ordered(there, here), (bound, attained), extremum))


def _positive_term(book: Book, term: Term, extremum: Big, index: Free) -> int:
    try:
        return _positive_once_simplified(book, term)
    except Refused:
        book.know(_positive_maximum(book, extremum, extremum.at(index)))
        return _positive_once_simplified(book, term)


def _positive_once_simplified(book: Book, term: Term) -> int:
    try:
        return prove_positive(book, term)
    except Refused:
        after, step = simplify(book, term)
        if step is None:
            raise
        return book.add("chain", positive(term), (prove_positive(book, after), step), after)


def _positive_maximum(book: Book, extremum: Big, value: Term) -> int:
    """A maximum, or the term that attains it, is positive when the sum is."""
    entry = book.index(extremum.sort)
    total = cast(Big, big_sum(entry, extremum.at(entry)))
    whole = positive_at_extremum(book, total) if chooses(total) else prove_positive(book, total)
    with book.assuming(positive(total.at(entry))):
        if value is extremum:
            found = book.add_from_known("maximum_with_positive_term", positive(value), entry)
        else:
            found = book.add_from_known("chain", positive(value), total.at(entry))
    return book.add("positive_entry", positive(value), (whole, found), total, entry)


def _choices(book: Book, node: Node) -> Iterator[If]:
    if isinstance(node, If) and isinstance(node.condition, AtMost | Less):
        yield node
    inner = node.at(book.index_for(node)) if isinstance(node, Big) else None
    for part in node.parts if inner is None else (inner,):
        if isinstance(part, Node):
            yield from _choices(book, part)


def extremum_of_choice(choice: If, marker: Free) -> Big | None:
    """For "x is at least max x", and for "fewer than n are greater than x", the maximum of x."""
    match choice.condition:
        case AtMost(Big("maximum", marker.sort) as extremum, value) | AtMost(
            value, Big("minimum", marker.sort) as extremum
        ):
            return extremum if extremum.at(marker) is value else None
        case Less(Big("sum", marker.sort) as count, Number()):
            return _most(count, marker)
    return None


def _most(count: Big, marker: Free) -> Big | None:
    """The maximum of x, from the number of those greater than x."""
    other = fresh(marker.sort)
    match count.at(other):
        case If(Less(value, greater)):
            extremum = cast(Big, big("maximum", other, greater))
            return extremum if extremum.at(marker) is value else None
    return None
