"""What a proof learns before it begins: consequences of facts, and weights that are again weights."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from axiomkd.kernel.application import nonnegative, positive
from axiomkd.kernel.combination import hole
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    Add,
    AtMost,
    Big,
    Defined,
    Different,
    Distinct,
    Formula,
    Free,
    If,
    Index,
    Less,
    Log,
    Node,
    Number,
    Power,
    Same,
    Term,
    big_sum,
    delta,
    substitute,
    subterms,
)
from axiomkd.provers.structural.book import Book, NoProof
from axiomkd.provers.structural.gaps import general_names, prove_by_gap
from axiomkd.provers.structural.signs import prove_nonnegative
from axiomkd.provers.structural.sums import equation, reduce_equal


def learn_from_facts(book: Book) -> None:
    """Differences of known inequalities are nonnegative; parts of defined terms are within their domains."""
    for number in list(book.known):
        formula = book.formula(number)
        if isinstance(formula, Defined):
            _learn_defined(book, number, formula.term)
        if isinstance(formula, AtMost | Less) and formula.left is not ZERO:
            gap = type(formula)(ZERO, formula.right - formula.left)
            template = hole(0, *general_names(book, number))
            book.know(book.add("combination", cast(Formula, gap), (number,), template))
            _learn_positive_above(book, number)


def _learn_positive_above(book: Book, number: int) -> None:
    """What is above something positive is positive."""
    formula = cast(AtMost, book.formula(number))
    below = book.find(positive(formula.left))
    if below is not None:
        book.know(book.add("chain", positive(formula.right), (below, number), formula.left))


def _learn_defined(book: Book, number: int, value: Term) -> None:
    for required in _requirements(book, value):
        book.know(book.add("defined_part", required, (number,)))


def _requirements(book: Book, node: Node) -> Iterator[Formula]:
    if isinstance(node, Power) and isinstance(node.exponent, Number) and node.exponent.value < 0:
        whole = node.exponent.value.denominator == 1
        yield cast(Formula, Different(node.base, ZERO) if whole else Less(ZERO, node.base))
    if isinstance(node, Log):
        yield cast(Formula, Less(ZERO, node.argument))
    if isinstance(node, Big):
        yield from _requirements(book, node.at(book.index(node.sort)))
    elif not isinstance(node, If):
        for part in node.parts:
            if isinstance(part, Term):
                yield from _requirements(book, part)


def learn_weights(book: Book, formula: Formula) -> None:
    """Sums of weights and steps, such as (1-s) w(k) + s delta(k,a), that are again nonnegative with sum 1."""
    for total, weight in _candidates(book, formula):
        try:
            book.know(_prove_weight(book, weight))
            book.know(reduce_equal(book, total, ONE))
        except NoProof:
            continue


def _candidates(book: Book, formula: Formula) -> list[tuple[Term, Term]]:
    found: dict[Term, tuple[Term, Term]] = {}
    for weight, opened in _opened(book, formula, ()):
        for index in opened:
            if index in weight.free:
                total = big_sum(index, weight)
                found.setdefault(total, (total, weight))
    return list(found.values())


def _opened(book: Book, node: Node, opened: tuple[Free, ...]) -> Iterator[tuple[Term, tuple[Free, ...]]]:
    if isinstance(node, Add) and any(isinstance(part, If) for part in subterms(node)):
        yield node, opened
    if isinstance(node, Big):
        index = book.index(node.sort)
        yield from _opened(book, node.at(index), (*opened, index))
        return
    for part in node.parts:
        if isinstance(part, Node) and not isinstance(part, Index):
            yield from _opened(book, part, opened)


def _prove_weight(book: Book, weight: Term) -> int:
    try:
        return prove_nonnegative(book, weight)
    except NoProof:
        pass
    try:
        return prove_by_gap(book, AtMost, ZERO, weight)
    except NoProof:
        return _by_index_cases(book, weight)


def _by_index_cases(book: Book, weight: Term) -> int:
    """Whether the index is the one of a delta or not."""
    pairs = {
        part.condition
        for part in subterms(weight)
        if isinstance(part, If) and isinstance(part.condition, Same)
    }
    for pair in sorted(pairs, key=lambda pair: pair.key, reverse=True):
        left, right = cast(Free, pair.left), pair.right
        try:
            return _cases(book, weight, left, right)
        except NoProof:
            continue
    raise NoProof("no sign for", weight)


def _cases(book: Book, weight: Term, left: Free, right: Index) -> int:
    formula = nonnegative(weight)
    with book.assuming(cast(Formula, Same(left, right))) as same:
        there = prove_by_gap(book, AtMost, ZERO, cast(Term, substitute(weight, {left: right})))
        first = book.add("same_index", formula, (same, there), left, right)
    with book.assuming(cast(Formula, Distinct(left, right))) as distinct:
        book.know(book.add("branch", equation(delta(left, right), ZERO), (distinct,)))
        second = prove_by_gap(book, AtMost, ZERO, weight)
    return book.add("cases_index", formula, (first, second), left, right)
