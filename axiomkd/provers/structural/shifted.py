"""Inequalities that hang on the order of two numbers: one of them in the place of the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import cast

from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    Add,
    AtMost,
    Comparison,
    Equal,
    Multiply,
    Number,
    Term,
    add,
    multiply,
    rebuild,
    substitute,
)
from axiomkd.provers.structural import branches, extrema, gaps, inverse_digammas, monotone, order
from axiomkd.provers.structural.averages import average_bound
from axiomkd.provers.structural.book import Book, NoProof
from axiomkd.provers.structural.gaps import Kind
from axiomkd.provers.structural.order import prove_order
from axiomkd.provers.structural.parallel import ordered_powers
from axiomkd.provers.structural.rewriting import prove_equal
from axiomkd.provers.structural.settled import settled
from axiomkd.provers.structural.sums import equation

Case = tuple[Term, Term]
"""Two numbers, of which the first is at most the second."""


def ordered_without(book: Book, formula: Comparison, vanishing: int, case: Case) -> int:
    """An inequality once what vanishes is put as zero."""
    zero = cast(Equal, book.formula(vanishing)).left
    ends = [cast(Term, substitute(side, {zero: ZERO})) for side in formula.parts]
    links = [
        book.add("congruence", equation(side, end), (vanishing,))
        for side, end in zip(formula.parts, ends, strict=True)
        if side is not end
    ]
    return book.add("chain", formula, (*links, ordered(book, like(formula, *ends), case)), *ends)


def ordered(book: Book, formula: Comparison, case: Case) -> int:
    """An inequality by way of a term in which one of the two numbers is in the place of the other."""
    rises = False
    for position, middle in _shifted(formula, case):
        with suppress(Refused):
            before = position == 0
            moved = _monotone(book, *((formula.left, middle) if before else (middle, formula.right)))
            rises = True
            ends = (middle, formula.right) if before else (formula.left, middle)
            rest = prove_settled(book, like(formula, *ends))
            return book.add("chain", formula, (moved, rest), middle)
    if rises and not any(isinstance(number, Number) for number in case):
        return prove_order(book, cast(Kind, type(formula)), *formula.parts)
    return ordered_powers(book, formula, case)


def _shifted(formula: Comparison, case: Case) -> Iterator[tuple[int, Term]]:
    """A side of the formula with a number in the place of the unknown one, and which side it is."""
    for old, new in (case, case[::-1]):
        for position, side in enumerate(formula.parts):
            middle = _without_zeros(cast(Term, substitute(side, {old: new})))
            if not isinstance(old, Number) and middle is not side:
                yield position, middle


MONOTONE = (
    order.known,
    extrema.bound_extremum,
    monotone.same_operation,
    monotone.below_root,
    extrema.through_extremum,
    inverse_digammas.falls_with_argument,
    gaps.without_summands,
    gaps.by_gap,
    branches.by_index,
)
"""Ways to prove an inequality that do no more than go through monotone operations."""


def _monotone(book: Book, left: Term, right: Term) -> int:
    """An inequality between terms that differ in one number."""
    with by_monotone_operations(book):
        return prove_order(book, AtMost, left, right)


@contextmanager
def by_monotone_operations(book: Book) -> Iterator[None]:
    """Inside, inequalities are proved by no more than monotone operations."""
    attempts, memory = book.order_attempts, book.memory
    book.order_attempts, book.memory = MONOTONE, dict(memory)
    try:
        yield
    finally:
        book.order_attempts, book.memory = attempts, memory


def prove_settled(book: Book, formula: Comparison) -> int:
    """As it stands, or once both sides are simplified and their maxima settled."""
    if isinstance(formula, AtMost):
        with suppress(Refused):
            return _monotone(book, *formula.parts)
    (left, one), (right, two) = settled(book, formula.left), settled(book, formula.right)
    if left is not right and not isinstance(formula, Equal):
        with suppress(Refused):
            return _compared(book, formula)
        inner = _compared(book, like(formula, left, right))
    else:
        inner = prove_equal(book, left, right)
    links = tuple(step for step in (one, inner, two) if step is not None)
    return book.add("chain", formula, links, left, right)


def _compared(book: Book, formula: Comparison) -> int:
    with suppress(Refused):
        return prove_order(book, cast(Kind, type(formula)), *formula.parts)
    for position, side in enumerate(formula.parts):
        with suppress(Refused):
            mean, bound = average_bound(book, side, position == 0)
            ends = (mean, formula.right) if position == 0 else (formula.left, mean)
            rest = prove_order(book, cast(Kind, type(formula)), *ends)
            return book.add("chain", formula, (bound, rest), mean)
    raise NoProof("no order", formula)


def at_most(left: Term, right: Term) -> Comparison:
    return cast(Comparison, AtMost(left, right))


def like(formula: Comparison, left: Term, right: Term) -> Comparison:
    return cast(Comparison, type(formula)(left, right))


def _without_zeros(value: Term) -> Term:
    """Without the summands that are products with zero, and factors one."""
    parts = [_without_zeros(part) if isinstance(part, Term) else part for part in value.parts]
    match value:
        case Add():
            return add(*(part for part in parts if part is not ZERO))
        case Multiply():
            return ZERO if ZERO in parts else multiply(*(part for part in parts if part is not ONE))
    return cast(Term, rebuild(value, tuple(parts)))
