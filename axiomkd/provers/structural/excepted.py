"""Sums over all teachers but one that are positive: the entropies of those that are not one-hot."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import cast

from axiomkd.kernel.application import positive
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    Big,
    Defined,
    Distinct,
    Formula,
    Free,
    If,
    Index,
    Less,
    Log,
    Node,
    Same,
    Term,
    big_sum,
    substitute,
    subterms,
)
from axiomkd.provers.structural.book import Book
from axiomkd.provers.structural.entropies import learn_entropies
from axiomkd.provers.structural.gaps import prove_by_gap
from axiomkd.provers.structural.index_cases import in_case, known_branches
from axiomkd.provers.structural.signs import learn_nonnegative, prove_positive
from axiomkd.provers.structural.sums import equation

QUESTIONS = 400
"""How many questions to the kernel may be asked about one sum."""


def learn_excepted_sums(book: Book, formula: Formula) -> None:
    """Write down that sums of entropies are positive, as they are but for an index where they may vanish."""
    for total in dict.fromkeys(_sums(book, formula)):
        if not any(isinstance(part, Log) for part in subterms(total)):
            continue
        index = book.index_for(total)
        for chooser in dict.fromkeys(_exceptions(total.at(index), index)):
            with suppress(Refused), book.sparing(max(book.reserve, book.effort - QUESTIONS)):
                book.know(_positive(book, total, index, chooser))


def _sums(book: Book, node: Node) -> Iterator[Big]:
    if isinstance(node, Big):
        yield from _sums(book, node.at(book.index_for(node)))
        if node.kind == "sum":
            yield node
        return
    for part in node.parts:
        if isinstance(part, Node) and not isinstance(part, Index):
            yield from _sums(book, part)


def _exceptions(node: Node, index: Free) -> Iterator[Same]:
    """The conditions that the index is a certain other one."""
    for part in subterms(node):
        if isinstance(part, If) and isinstance(part.condition, Same):
            pair = part.condition.parts
            if index in pair and all(isinstance(side, Free) for side in pair) and pair[0] is not pair[1]:
                yield part.condition


def _positive(book: Book, total: Big, index: Free, chooser: Same) -> int:
    """There is another index than the exception, and its term is positive."""
    learn_nonnegative(book, total.at(index))
    other = book.index(total.sort)
    condition = cast(Same, substitute(chooser, {index: other}))
    others = cast(Big, big_sum(other, cast(Term, If(condition, ZERO, ONE))))
    some = prove_by_gap(book, Less, ZERO, others)
    indicator = cast(If, others.at(other))
    with book.assuming(positive(indicator)) as assumed:
        term = _positive_elsewhere(book, total, other, indicator, assumed)
        found = book.add_from_known("sum_with_positive_term", positive(total), other, also=(term,))
    return book.add("positive_entry", positive(total), (some, found), others, other)


def _positive_elsewhere(book: Book, total: Big, other: Free, indicator: If, assumed: int) -> int:
    """The term at an index that is not the exception, as its indicator is positive."""
    value, same = total.at(other), cast(Same, indicator.condition)
    formula = positive(value)
    with book.assuming(same) as excepted:
        nothing = book.add("branch", equation(indicator, ZERO), (excepted,))
        first = book.add("contradiction", formula, (assumed, nothing), positive(indicator))
    with book.assuming(cast(Formula, Distinct(*same.parts))) as distinct:
        plainly = in_case(value, same, False)
        learn_entropies(book, cast(Formula, Defined(plainly)))
        agreed = book.add("congruence", equation(plainly, value), known_branches(book, value, same, distinct))
        second = book.add("chain", formula, (prove_positive(book, plainly), agreed), plainly)
    return book.add("cases_index", formula, (first, second), *same.parts)
