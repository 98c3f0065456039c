"""Case distinctions by comparisons: which branch applies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import ZERO, AtMost, Comparison, Formula, If, Less, Node, Term
from axiomkd.provers.structural.book import Book, NoProof
from axiomkd.provers.structural.signs import is_positive
from axiomkd.provers.structural.sums import Simplified, equation


def decided(book: Book, value: Term) -> Simplified:
    """The branch of a case distinction whose condition, or its negation, is known."""
    if not (isinstance(value, If) and isinstance(value.condition, Comparison)):
        return value, None
    if value.then is value.otherwise:
        return value.then, book.add("branch", equation(value, value.then))
    _learn_sign(book, value.condition)
    for branch in (value.then, value.otherwise):
        try:
            return branch, book.add_from_known("branch", equation(value, branch))
        except Refused:
            continue
    return value, None


def _learn_sign(book: Book, condition: Comparison) -> None:
    """In a comparison with zero the sign of the other side decides."""
    left, right = condition.left, condition.right
    if left is ZERO or right is ZERO:
        is_positive(book, right if left is ZERO else left)


def opposite(condition: Comparison) -> Formula:
    """The negation of an inequality."""
    left, right = condition.left, condition.right
    match condition:
        case Less():
            return cast(Formula, AtMost(right, left))
        case AtMost():
            return cast(Formula, Less(right, left))
    raise NoProof("no inequality:", condition)


def conditions(node: Node) -> Iterator[If]:
    """The case distinctions by comparisons inside, outermost first; they may have loose indices."""
    if isinstance(node, If) and isinstance(node.condition, Comparison):
        yield node
    for part in node.parts:
        if isinstance(part, Node):
            yield from conditions(part)


def chooses(node: Node) -> bool:
    """Whether a case distinction by a comparison is inside."""
    return next(conditions(node), None) is not None
