"""What a proof learns before it begins: consequences of facts, and weights that are again weights."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import cast

from axiomkd.kernel.application import nonnegative, positive
from axiomkd.kernel.combination import hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    Add,
    AtMost,
    Big,
    Comparison,
    Defined,
    Different,
    Distinct,
    Equal,
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
    multiply,
    substitute,
    subterms,
)
from axiomkd.provers.structural.book import Book, NoProof, general_names
from axiomkd.provers.structural.gaps import prove_by_gap
from axiomkd.provers.structural.rewriting import simplify
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
            _learn_negative_below(book, number)


def learn_from_conditional_facts(book: Book) -> None:
    """A fact for distinct indices k, l as one for all: l(k) <= r(k) + delta(k,l) (l(l) - r(l))."""
    for number, fact in enumerate(book.goal.facts):
        match fact.hypotheses, fact.conclusion:
            case ((Distinct(one, other),), Comparison()) if isinstance(one, Free) and one in fact.indices:
                with suppress(Refused):
                    book.know(_for_all_indices(book, number, one, other))


def _for_all_indices(book: Book, number: int, one: Free, other: Index) -> int:
    fact = book.goal.facts[number]
    renamed = {index: book.index(index.sort) for index in fact.indices}
    conclusion = cast(Comparison, substitute(fact.conclusion, renamed))
    k, j = renamed[one], renamed.get(cast(Free, other), other)
    excess = cast(Term, substitute(conclusion.left - conclusion.right, {k: j}))
    formula = cast(Comparison, type(conclusion)(conclusion.left, conclusion.right + delta(k, j) * excess))
    kind = AtMost if isinstance(conclusion, Less) else type(conclusion)
    formula = cast(Comparison, kind(*formula.parts))
    with book.assuming(cast(Formula, Same(k, j))) as same:
        agreed = cast(Comparison, substitute(formula, {k: j}))
        equal = reduce_equal(book, *agreed.parts)
        there = equal if kind is Equal else book.add("chain", agreed, (equal,))
        first = book.add("same_index", formula, (same, there), k, j)
    with book.assuming(cast(Formula, Distinct(k, j))) as distinct:
        known = book.add("fact", conclusion, (distinct,), number, *(renamed[index] for index in fact.indices))
        vanishing = book.add("branch", equation(delta(k, j), ZERO), (distinct,))
        second = _with_vanishing_delta(book, formula, (known, vanishing), excess)
    return book.add("cases_index", formula, (first, second), k, j)


def _with_vanishing_delta(book: Book, formula: Comparison, links: tuple[int, int], excess: Term) -> int:
    """Where delta = 0 the formula is the fact."""
    known, vanishing = links
    holes = [hole(n, *general_names(book, number)) for n, number in enumerate(links)]
    if isinstance(formula, Equal):
        template = multiply(-1, holes[0]) + excess * holes[1]
        return book.add("algebraic", formula, (known, vanishing), template)
    template = holes[0] + multiply(-1, excess, holes[1])
    return book.add("combination", formula, (known, vanishing), template)


def learn_simplified_bounds(book: Book) -> None:
    """Known bounds by extrema that are simpler than they look: the maximum of one number is that number."""
    for number in list(book.known):
        bound = book.formula(number)
        if isinstance(bound, AtMost) and any(isinstance(side, Big) for side in bound.parts):
            (left, one), (right, two) = (simplify(book, side) for side in bound.parts)
            links = tuple(step for step in (one, number, two) if step is not None)
            if len(links) > 1:
                formula = cast(Formula, AtMost(left, right))
                book.know(book.add("chain", formula, links, *bound.parts))


def _learn_positive_above(book: Book, number: int) -> None:
    """What is above something positive is positive."""
    formula = cast(AtMost, book.formula(number))
    evident = isinstance(formula.left, Number) and formula.left.value > 0
    below = book.add("instance", positive(formula.left)) if evident else book.find(positive(formula.left))
    if below is not None:
        book.know(book.add("chain", positive(formula.right), (below, number), formula.left))


def _learn_negative_below(book: Book, number: int) -> None:
    """What is below a negative number is negative."""
    formula = cast(AtMost, book.formula(number))
    if isinstance(formula.right, Number) and formula.right.value < 0:
        below = book.add("instance", cast(Formula, Less(formula.right, ZERO)))
        negative = cast(Formula, Less(formula.left, ZERO))
        book.know(book.add("chain", negative, (number, below), formula.right))


def _learn_defined(book: Book, number: int, value: Term) -> None:
    for required in _requirements(book, value):
        book.know(book.add("defined_part", required, (number,)))
        if isinstance(required, Different):
            with suppress(Refused):
                book.know(book.add_from_known("positive_unless_zero", positive(required.left)))


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
        except Refused:
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
    if isinstance(node, Add) and _is_step(node):
        yield node, opened
    if isinstance(node, Big):
        index = book.index(node.sort)
        yield from _opened(book, node.at(index), (*opened, index))
        return
    for part in node.parts:
        if isinstance(part, Node) and not isinstance(part, Index):
            yield from _opened(book, part, opened)


def _is_step(node: Add) -> bool:
    """Whether cases are told apart outside of any sum over an index, and no logarithms are taken of them."""
    return _chooses(node) and not any(isinstance(part, Log) for part in subterms(node))


def _chooses(node: Node) -> bool:
    parts = () if isinstance(node, Big) else node.parts
    return isinstance(node, If) or any(isinstance(part, Node) and _chooses(part) for part in parts)


def _prove_weight(book: Book, weight: Term) -> int:
    try:
        return prove_nonnegative(book, weight)
    except Refused:
        pass
    try:
        return prove_by_gap(book, AtMost, ZERO, weight)
    except Refused:
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
        except Refused:
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
