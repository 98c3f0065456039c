"""Formulas for a fixed number of teachers that name each of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from axiomkd.kernel.terms import (
    Add,
    Big,
    Comparison,
    Formula,
    Free,
    Index,
    Literal,
    Multiply,
    Node,
    Same,
    Term,
    add,
    big,
    fresh,
    multiply,
    rebuild,
    substitute,
    subterms,
)
from axiomkd.provers.structural.book import Book, NoProof
from axiomkd.provers.structural.sums import equation

Proof = Callable[[Book, Comparison], int]


def gathered(book: Book, formula: Comparison, proof: Proof) -> int:
    """x(1) x(2) is the product of x(k) over k, where there are two; sums likewise."""
    sides = [_gathered(book, side) for side in formula.parts]
    links = tuple(
        book.add("algebraic", equation(side, after))
        for side, after in zip(formula.parts, sides, strict=True)
        if side is not after
    )
    if not links:
        raise NoProof("nothing written out in", formula)
    inner = proof(book, cast(Comparison, type(formula)(*sides)))
    return book.add("chain", formula, (*links, inner), *sides)


def _gathered(book: Book, node: Node) -> Term:
    if isinstance(node, Big):
        index = book.index_for(node)
        return big(node.kind, index, _gathered(book, node.at(index)))
    parts = tuple(_gathered(book, part) if isinstance(part, Node) else part for part in node.parts)
    after = cast(Term, rebuild(node, parts))
    for sort, size in book.goal.sizes:
        if size is not None and size > 1 and isinstance(after, Add | Multiply):
            after = _over_index(after, sort, size)
    return after


def _over_index(value: Term, sort: str, size: int) -> Term:
    """The first group of parts that say the same of each index, as one operation over the index."""
    first, index = cast(Index, Literal(1, sort)), fresh(sort)
    for part in value.parts:
        body = cast(Term, substitute(part, {first: index}))
        numbered = [cast(Term, substitute(body, {index: Literal(n, sort)})) for n in range(1, size + 1)]
        if index in body.free and all(value.parts.count(one) == 1 for one in numbered):
            others = [one for one in value.parts if one not in numbered]
            kind, operation = ("sum", add) if isinstance(value, Add) else ("product", multiply)
            return operation(big(kind, index, body), *others)
    return value


def for_each_literal(book: Book, formula: Comparison, proof: Proof) -> int:
    """In turn for each value of an index of the goal whose values the goal writes out."""
    for index in book.goal.indices:
        size = book.goal.size(index.sort)
        if size is not None and _is_written_out(book, index) and not _is_settled(book, index):
            return _cases(book, formula, proof, index, size)
    raise NoProof("no index of which the values are written out")


def _is_written_out(book: Book, index: Free) -> bool:
    parts = (part for conclusion in book.goal.conclusions for part in subterms(conclusion))
    return any(isinstance(part, Literal) and part.sort == index.sort for part in parts)


def _is_settled(book: Book, index: Free) -> bool:
    return any(isinstance(known, Same) and index in known.parts for known in book.in_force)


def _cases(book: Book, formula: Comparison, proof: Proof, index: Free, size: int) -> int:
    steps: list[int] = []
    for n in range(1, size + 1):
        literal = cast(Index, Literal(n, index.sort))
        with book.assuming(cast(Formula, Same(index, literal))) as same:
            for number in list(book.known):
                known = book.formula(number)
                if index in known.free and number != same:
                    moved = cast(Formula, substitute(known, {index: literal}))
                    book.know(book.add("same_index", moved, (same, number), index, literal))
            inner = proof(book, cast(Comparison, substitute(formula, {index: literal})))
            steps.append(book.add("same_index", formula, (same, inner), index, literal))
    return book.add("cases_literal", formula, tuple(steps), index)
