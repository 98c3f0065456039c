"""Inequalities between case distinctions: branch by branch."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import cast

from axiomkd.kernel.combination import hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ZERO,
    Add,
    AtMost,
    Big,
    Comparison,
    Distinct,
    Formula,
    Free,
    If,
    Index,
    Less,
    Multiply,
    Same,
    Term,
    add,
    multiply,
    substitute,
)
from axiomkd.provers.structural.book import Book, NoProof, general_names
from axiomkd.provers.structural.choices import opposite
from axiomkd.provers.structural.gaps import Kind, comparison
from axiomkd.provers.structural.order import prove_order
from axiomkd.provers.structural.signs import learn_nonnegative, learn_positive
from axiomkd.provers.structural.sums import equation

Decision = Callable[[Book, Comparison, int], int]
"""How a condition may be known: a step that says it."""


def by_branches(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """The branch that applies on one side, or each of them in its case."""
    choice = left if _is_choice(left) else right
    if not _is_choice(choice):
        raise NoProof("no case distinction on", left, "or", right)
    if any(isinstance(side, If) and isinstance(side.condition, Same) for side in (left, right)):
        return by_index(book, kind, left, right, depth)
    further = [_in_both_cases, partial(_where_decided, _proved)]
    for attempt in (partial(_where_decided, _follows), *(further if choice is left else reversed(further))):
        with suppress(Refused):
            return attempt(book, kind, (left, right), cast(If, choice), depth)
    raise NoProof("no case is known of", choice)


def _is_choice(value: Term) -> bool:
    return isinstance(value, If) and isinstance(value.condition, AtMost | Less)


def _cases(choice: If) -> tuple[tuple[Comparison, Term], tuple[Comparison, Term]]:
    condition = cast(Comparison, choice.condition)
    return (condition, choice.then), (cast(Comparison, opposite(condition)), choice.otherwise)


def _where_decided(
    decision: Decision, book: Book, kind: Kind, sides: tuple[Term, Term], choice: If, depth: int
) -> int:
    for case, branch in _cases(choice):
        try:
            known = decision(book, case, depth)
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
            learn_from_case(book, assumed)
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


def _proved(book: Book, case: Comparison, depth: int) -> int:
    """A comparison that follows from what is assumed in another way."""
    if not any(isinstance(known, AtMost | Less) for known in book.in_force):
        raise NoProof("nothing is assumed of an order")
    return prove_order(book, cast(Kind, type(case)), *case.parts, depth)


def _outside(book: Book, case: Comparison, known: Comparison, number: int, depth: int) -> int:
    if isinstance(case, Less) and not isinstance(known, Less):
        raise NoProof("no strict order in", known)
    links = [number]
    for low, high in ((case.left, known.left), (known.right, case.right)):
        if low is not high:
            links.append(prove_order(book, AtMost, low, high, depth))
    return book.add("chain", cast(Formula, case), tuple(links), known.left, known.right)


def learn_from_case(book: Book, number: int) -> None:
    """Where a maximum is at most a term, so is each of its elements, also without a common factor."""
    match book.formula(number):
        case AtMost(Big("maximum") as greatest, bound):
            index = book.index_for(greatest)
            element = greatest.at(index)
            below = book.add("extremum_bounds", comparison(AtMost, element, greatest), (), index)
            each = book.add("chain", comparison(AtMost, element, bound), (below, number), greatest)
            book.know(each)
            with suppress(Refused):
                book.know(_cancelled(book, each))


def _cancelled(book: Book, number: int) -> int:
    """From c a + x <= c b, where c is positive and x is not negative: a <= b."""
    left, right = book.formula(number).parts
    parts, others = ([*side.parts] if isinstance(side, Add) else [side] for side in (left, right))
    others = [part for part in others if part is not ZERO]
    if len(others) != 1:
        raise NoProof("no single term on the right of", book.formula(number))
    for part in parts:
        common, small, great = _common_factor(part, others[0])
        if common is not None:
            rest = [other for other in parts if other is not part]
            template = add(hole(0, *general_names(book, number)), *rest)
            pair = comparison(AtMost, part, others[0])
            for other in rest:
                learn_nonnegative(book, other)
            scaled = book.add_from_known("combination", pair, template, also=(number,))
            return _without_factor(book, scaled, common, small, great)
    raise NoProof("no common factor in", book.formula(number))


def _common_factor(left: Term, right: Term) -> tuple[Term | None, Term, Term]:
    ours, theirs = ([*side.parts] if isinstance(side, Multiply) else [side] for side in (left, right))
    for factor in ours:
        if factor in theirs and len(ours) > 1:
            ours.remove(factor)
            theirs.remove(factor)
            return factor, multiply(*ours), multiply(*theirs)
    return None, left, right


def _without_factor(book: Book, scaled: int, common: Term, small: Term, great: Term) -> int:
    """Else c b < c a."""
    learn_positive(book, common)
    formula = comparison(AtMost, small, great)
    with book.assuming(comparison(Less, great, small)) as assumed:
        opposed = comparison(Less, *book.formula(scaled).parts[::-1])
        against = book.add_from_known("combination", opposed, common * hole(0), also=(assumed,))
        first = book.add("contradiction", formula, (against, scaled), opposed)
    with book.assuming(formula) as second:
        return book.add("cases_strict", formula, (first, second), great, small)


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
