"""Proving inequalities by their structure."""

from __future__ import annotations

from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ZERO,
    Less,
    Term,
)
from axiomkd.provers.structural.book import Book, NoProof
from axiomkd.provers.structural.gaps import Kind, comparison
from axiomkd.provers.structural.rewriting import prove_equal, simplify
from axiomkd.provers.structural.signs import (
    prove_nonnegative,
    prove_positive,
)

DEPTH = 9


def prove_order(book: Book, kind: Kind, left: Term, right: Term, depth: int = 0) -> int:
    """Write a step left <= right, or left < right; raises :class:`NoProof`."""
    formula = comparison(kind, left, right)
    found = book.find(formula)
    if found is not None:
        return found
    key = ("no order", formula, tuple(book.known))
    if depth > DEPTH or key in book.memory:
        raise NoProof("no order of", left, "and", right)
    for attempt in book.order_attempts:
        try:
            return attempt(book, kind, left, right, depth + 1)
        except Refused:
            continue
    book.memory[key] = True
    raise NoProof("no order of", left, "and", right)


def forget_failures(book: Book) -> None:
    """What failed deep inside another proof may succeed from the start."""
    for key in [key for key in book.memory if isinstance(key, tuple) and key[0] == "no order"]:
        del book.memory[key]


def known(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    return book.add_from_known("instance", comparison(kind, left, right))


def compared_with_zero(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    if left is not ZERO:
        raise NoProof("not a comparison with zero")
    return prove_positive(book, right) if kind is Less else prove_nonnegative(book, right)


def equal_sides(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    if kind is Less:
        raise NoProof("a strict inequality")
    return book.add("chain", comparison(kind, left, right), (prove_equal(book, left, right),))


def simplified(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """The same after both sides are simplified."""
    first, one = simplify(book, left)
    second, two = simplify(book, right)
    if one is None and two is None:
        raise NoProof("nothing to simplify")
    inner = prove_order(book, kind, first, second, DEPTH - 2 if depth < DEPTH - 2 else depth)
    links = tuple(step for step in (one, inner, two) if step is not None)
    return book.add("chain", comparison(kind, left, right), links, first, second)
