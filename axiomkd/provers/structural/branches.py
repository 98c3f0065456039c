"""Inequalities between case distinctions: branch by branch."""

from __future__ import annotations

from typing import cast

from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    AtMost,
    Comparison,
    Distinct,
    Formula,
    Free,
    If,
    Index,
    Less,
    Same,
    Term,
    substitute,
)
from axiomkd.provers.structural.book import Book, NoProof
from axiomkd.provers.structural.choices import opposite
from axiomkd.provers.structural.gaps import Kind, comparison
from axiomkd.provers.structural.order import prove_order
from axiomkd.provers.structural.sums import equation


def by_branches(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """The branch that applies on one side, or each of them in its case."""
    choice = left if _is_choice(left) else right
    if not _is_choice(choice):
        raise NoProof("no case distinction on", left, "or", right)
    try:
        return _where_decided(book, kind, (left, right), cast(If, choice), depth)
    except Refused:
        return _in_both_cases(book, kind, (left, right), cast(If, choice), depth)


def _is_choice(value: Term) -> bool:
    return isinstance(value, If) and isinstance(value.condition, AtMost | Less)


def _cases(choice: If) -> tuple[tuple[Comparison, Term], tuple[Comparison, Term]]:
    condition = cast(Comparison, choice.condition)
    return (condition, choice.then), (cast(Comparison, opposite(condition)), choice.otherwise)


def _where_decided(book: Book, kind: Kind, sides: tuple[Term, Term], choice: If, depth: int) -> int:
    for case, branch in _cases(choice):
        try:
            known = _follows(book, case, depth)
        except Refused:
            continue
        return _with_branch(book, kind, sides, choice, branch, known, depth)
    raise NoProof("neither case is known of", choice)


def _with_branch(
    book: Book, kind: Kind, sides: tuple[Term, Term], choice: If, branch: Term, case: int, depth: int
) -> int:
    chosen = book.add("branch", equation(choice, branch), (case,))
    left, right = (branch if side is choice else side for side in sides)
    inner = prove_order(book, kind, left, right, depth)
    return book.add("chain", comparison(kind, *sides), (chosen, inner), branch)


def _in_both_cases(book: Book, kind: Kind, sides: tuple[Term, Term], choice: If, depth: int) -> int:
    found = []
    for case, branch in _cases(choice):
        with book.assuming(case) as assumed:
            found.append(_with_branch(book, kind, sides, choice, branch, assumed, depth))
    strict = next(case for case, _ in _cases(choice) if isinstance(case, Less))
    return book.add("cases_strict", comparison(kind, *sides), tuple(found), *strict.parts)


def _follows(book: Book, case: Comparison, depth: int) -> int:
    """A comparison that is known, or lies outside a known one: a <= x < y <= b."""
    try:
        return book.add_from_known("instance", case)
    except Refused:
        for number in reversed(book.known):
            known = book.formula(number)
            if known in book.in_force and isinstance(known, AtMost | Less):
                try:
                    return _outside(book, case, known, number, depth)
                except Refused:
                    continue
    raise NoProof("nothing known implies", case)


def _outside(book: Book, case: Comparison, known: Comparison, number: int, depth: int) -> int:
    if isinstance(case, Less) and not isinstance(known, Less):
        raise NoProof("no strict order in", known)
    links = [number]
    for low, high in ((case.left, known.left), (known.right, case.right)):
        if low is not high:
            links.append(prove_order(book, AtMost, low, high, depth))
    return book.add("chain", cast(Formula, case), tuple(links), known.left, known.right)


def by_index(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """Whether an index is the one for which a side is made differently, or not: each time from the start."""
    for choice in (left, right):
        match choice:
            case If(Same(one, other)) if one is other:
                return _at_index(book, kind, (left, right), choice)
            case If(Same(Free() as index, other)) if index not in book.goal.indices:
                return _for_index(book, kind, (left, right), choice, index, other)
    raise NoProof("no case distinction by an index")


def _at_index(book: Book, kind: Kind, sides: tuple[Term, Term], choice: If) -> int:
    chosen = book.add("branch", equation(choice, choice.then))
    left, right = (choice.then if side is choice else side for side in sides)
    inner = prove_order(book, kind, left, right)
    return book.add("chain", comparison(kind, *sides), (chosen, inner), left, right)


def _for_index(
    book: Book, kind: Kind, sides: tuple[Term, Term], choice: If, index: Free, other: Index
) -> int:
    formula = comparison(kind, *sides)
    with book.assuming(choice.condition) as same:
        left, right = (cast(Term, substitute(side, {index: other})) for side in sides)
        first = book.add("same_index", formula, (same, prove_order(book, kind, left, right)), index, other)
    with book.assuming(cast(Formula, Distinct(index, other))) as distinct:
        second = _with_branch(book, kind, sides, choice, choice.otherwise, distinct, 0)
    return book.add("cases_index", formula, (first, second), index, other)
