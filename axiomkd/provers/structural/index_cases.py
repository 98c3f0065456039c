"""Comparisons that depend on whether two indices are the same: one for each of the two cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from axiomkd.kernel.terms import (
    Big,
    Comparison,
    Distinct,
    Extreme,
    Formula,
    If,
    Multiply,
    Node,
    Power,
    Same,
    Term,
    rebuild,
)
from axiomkd.provers.structural.book import Book
from axiomkd.provers.structural.readings import is_bound
from axiomkd.provers.structural.sums import Simplified, equation


def by_index_cases(book: Book, value: Term) -> Simplified:
    """A condition that depends on whether two indices are the same: a condition for each of the two cases."""
    choice = cast(If, value)
    chooser = next(_choices_of_index(choice.condition), None)
    if chooser is None:
        return value, None
    same, distinct = chooser.parts, cast(Formula, Distinct(*chooser.parts))
    cases = ((chooser, True), (distinct, False))
    branches = [in_case(choice, chooser, then) for _, then in cases]
    after = cast(Term, If(chooser, *branches))
    steps = []
    for (case, _), branch in zip(cases, branches, strict=True):
        with book.assuming(case) as assumed:
            inner = known_branches(book, choice, chooser, assumed)
            agreed = book.add("congruence", equation(choice, branch), inner)
            chosen = book.add("branch", equation(after, branch), (assumed,))
            steps.append(book.add("chain", equation(choice, after), (agreed, chosen), branch))
    return after, book.add("cases_index", equation(choice, after), tuple(steps), *same)


def _choices_of_index(node: Node) -> Iterator[Same]:
    """The pairs of indices by which the sides of a condition are made differently, but inside sums."""
    if isinstance(node, If) and isinstance(node.condition, Same) and not is_bound(node.condition):
        yield node.condition
    if isinstance(node, Comparison | Multiply | Extreme | Power | If) or (
        isinstance(node, Big) and node.kind in ("maximum", "minimum")
    ):
        for part in node.parts:
            if isinstance(part, Term):
                yield from _choices_of_index(part)


def in_case(value: Term, chooser: Same, then: bool) -> Term:
    """The term with the branches of those case distinctions in their place."""

    def chosen(node: object) -> object:
        if isinstance(node, If) and node.condition is chooser:
            return chosen(node.then if then else node.otherwise)
        if isinstance(node, Term | Comparison):
            return rebuild(node, tuple(chosen(part) for part in node.parts))
        return node

    return cast(Term, chosen(value))


def known_branches(book: Book, value: Term, chooser: Same, assumed: int) -> tuple[int, ...]:
    """The equation of each such case distinction with its branch; bound indices in them are opened."""
    found: list[int] = []

    def visit(node: object) -> None:
        if isinstance(node, If) and node.condition is chooser:
            branch = node.then if book.formula(assumed) is chooser else node.otherwise
            found.append(book.add("branch", equation(node, branch), (assumed,)))
        elif isinstance(node, Big):
            visit(node.at(book.index_for(node)))
        elif isinstance(node, Term | Comparison):
            for part in node.parts:
                visit(part)

    visit(value)
    return tuple(dict.fromkeys(found))
