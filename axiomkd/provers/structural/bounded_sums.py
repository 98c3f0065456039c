"""Sums beside a number: bounded term by term, or by the one term at which an extremum is attained."""

from __future__ import annotations

from contextlib import suppress
from typing import cast

from axiomkd.kernel.algebra import expand, to_term
from axiomkd.kernel.application import nonnegative, positive
from axiomkd.kernel.combination import difference, hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    Add,
    AtMost,
    Big,
    Comparison,
    Equal,
    Formula,
    Free,
    Less,
    Number,
    Power,
    Size,
    Term,
    add,
    big_sum,
    substitute,
    subterms,
)
from axiomkd.provers.structural.book import Book, NoProof, general_names
from axiomkd.provers.structural.gaps import Kind
from axiomkd.provers.structural.order import prove_order
from axiomkd.provers.structural.rewriting import prove_equal
from axiomkd.provers.structural.signs import prove_nonnegative
from axiomkd.provers.structural.sums import equation


def learn_beyond_extrema(book: Book) -> None:
    """What is below a minimum is below each of its terms, what is above a maximum above each."""
    for number in list(book.known):
        formula = book.formula(number)
        if isinstance(formula, AtMost):
            for side, kind in ((formula.right, "minimum"), (formula.left, "maximum")):
                for extremum in (part for part in _summands(side) if isinstance(part, Big)):
                    if extremum.kind == kind:
                        _learn_beyond(book, number, extremum)


def _summands(side: Term) -> tuple[Term, ...]:
    return side.parts if isinstance(side, Add) else (side,)


def _learn_beyond(book: Book, number: int, extremum: Big) -> None:
    index = book.index(extremum.sort)
    element = extremum.at(index)
    bound = _extremum_bound(book, extremum, index)
    formula = cast(Comparison, substitute(book.formula(number), {extremum: element}))
    template = hole(0, *general_names(book, number)) + hole(1, *general_names(book, bound))
    for gap in (formula, nonnegative(formula.right - formula.left)):
        book.know(book.add("combination", cast(Formula, gap), (number, bound), template))
    slack = [part for part in _summands(formula.right) if isinstance(part, Number) and part.value < 0]
    if slack:
        rest = add(*(part for part in _summands(formula.right) if part not in slack))
        gap = positive(rest - formula.left)
        book.know(
            book.add("combination", gap, (number, bound), add(template, *(-part.value for part in slack)))
        )


def _extremum_bound(book: Book, extremum: Big, index: Free) -> int:
    element = extremum.at(index)
    ends = (extremum, element) if extremum.kind == "minimum" else (element, extremum)
    return book.know(book.add("extremum_bounds", _at_most(*ends), (), index))


def _at_most(left: Term, right: Term) -> Formula:
    return cast(Formula, AtMost(left, right))


def prove_bounded_sum(book: Book, formula: Comparison) -> int:
    """A sum at most a number, or a number at most a sum."""
    if not isinstance(formula, AtMost):
        raise NoProof("no weak inequality:", formula)
    learn_beyond_extrema(book)
    for position, side in enumerate(formula.parts):
        if isinstance(side, Big) and side.kind == "sum":
            for bound in (ZERO, ONE, 1 / cast(Term, Size(side.sort))):
                with suppress(Refused):
                    return _term_by_term(book, formula, position, side, bound)
            if position == 1:
                return _at_attained(book, formula, side)
    raise NoProof("no bounded sum in", formula)


def _term_by_term(book: Book, formula: AtMost, position: int, side: Big, bound: Term) -> int:
    """By a bound of every term."""
    index = book.index_for(side)
    term = side.at(index)
    first = _bounded(book, *((term, bound) if position == 0 else (bound, term)))
    total = big_sum(index, bound)
    template = big_sum(index, hole(0, *(index for _ in general_names(book, first))))
    ends = (side, total) if position == 0 else (total, side)
    whole = book.add("combination", _at_most(*ends), (first,), template)
    rest = (total, formula.right) if position == 0 else (formula.left, total)
    return book.add("chain", formula, (whole, prove_order(book, AtMost, *rest)), total)


def _bounded(book: Book, left: Term, right: Term) -> int:
    """The order of a term and its bound; a power is at most zero where its base is."""
    if right is ZERO and isinstance(left, Power):
        inner = prove_order(book, AtMost, left.base, ZERO)
        above = prove_nonnegative(book, left.base)
        vanishing = cast(Formula, Equal(left.base, ZERO))
        zero = book.add("antisymmetry", vanishing, (inner, above))
        power = cast(Term, Power(ZERO, left.exponent))
        same = book.add("congruence", equation(left, power), (zero,))
        return book.add("chain", _at_most(left, ZERO), (same, prove_equal(book, power, ZERO)), power)
    return prove_order(book, AtMost, left, right)


def _at_attained(book: Book, formula: AtMost, side: Big) -> int:
    """By the term at which an extremum inside the terms is attained, as no other is negative."""
    for extremum in dict.fromkeys(part for part in subterms(side) if isinstance(part, Big)):
        if extremum.kind in ("minimum", "maximum") and not extremum.free and extremum.sort == side.sort:
            with suppress(Refused):
                return _at_extremum(book, formula, side, extremum)
    raise NoProof("no term attains an extremum in", formula)


def _at_extremum(book: Book, formula: AtMost, side: Big, extremum: Big) -> int:
    _learn_bases(book, side, extremum)
    index = book.index(side.sort)
    with book.assuming(cast(Formula, Equal(extremum.at(index), extremum))) as attained:
        term = side.at(index)
        there = cast(Term, substitute(term, {extremum.at(index): extremum}))
        same = book.add("congruence", equation(term, there), (attained,))
        enough = prove_order(book, AtMost, formula.left, there)
        prove_nonnegative(book, side.at(book.index_for(side)))
        whole = book.add_from_known("term_of_sum", _at_most(term, side), index)
        found = book.add("chain", formula, (enough, same, whole), there, term)
    return book.add("extremum_attained", formula, (found,), extremum, index)


def _learn_bases(book: Book, side: Big, extremum: Big) -> None:
    """Bases inside the terms that are the distance from the extremum and a number more are positive."""
    index = book.index_for(side)
    bound = _extremum_bound(book, extremum, index)
    distance = difference(book.formula(bound))
    for base in [part.base for part in subterms(side.at(index)) if isinstance(part, Power)]:
        with suppress(Refused):
            more = expand(base - distance, book.goal.sizes)
            template = hole(0, *general_names(book, bound)) + to_term(more)
            book.know(book.add("combination", positive(base), (bound,), template))


def prove_rearranged(book: Book, formula: Comparison) -> int:
    """An inequality once all stands on one side, or every summand on the side where it is positive."""
    if not isinstance(formula, AtMost | Less):
        raise NoProof("no inequality:", formula)
    gap = expand(formula.right - formula.left, book.goal.sizes)
    sides = [to_term({m: c * sign for m, c in gap.items() if c * sign > 0}) for sign in (-1, 1)]
    for ends in ((ZERO, formula.right - formula.left), tuple(sides)):
        if ends != formula.parts:
            with suppress(Refused):
                inner = prove_order(book, cast(Kind, type(formula)), *ends)
                return book.add("combination", formula, (inner,), hole(0, *general_names(book, inner)))
    raise NoProof("no order once rearranged of", formula)
