"""Mixtures and normalised terms: bound the parts, or numerator and normaliser apart."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from math import prod
from typing import cast

from axiomkd.kernel.application import positive
from axiomkd.kernel.combination import hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    Add,
    AtMost,
    Big,
    Less,
    Multiply,
    Number,
    Power,
    Term,
    add,
    big_sum,
    multiply,
)
from axiomkd.provers.structural.averages import average_bound
from axiomkd.provers.structural.book import Book, NoProof, general_names, indices_in_scope
from axiomkd.provers.structural.gaps import Kind, comparison
from axiomkd.provers.structural.inverses import prove_with_units
from axiomkd.provers.structural.order import prove_order
from axiomkd.provers.structural.rewriting import prove_equal
from axiomkd.provers.structural.signs import (
    learn_nonnegative,
    learn_positive,
    simplex_totals,
)
from axiomkd.provers.structural.sums import equation

Cleared = tuple[tuple[Term, Term, Term, Term], Term, tuple[int, int]]
"""a, b, c, d of a/b <= c/d, the template for a d <= c b, and its premises."""


def mixture(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """A mixture with constant coefficients is above (below) what all its parts are above (below)."""
    for value, above in ((right, True), (left, False)):
        mixed = mixture_parts(value)
        if len(mixed) < 2 or sum(scale for scale, _ in mixed) != 1:
            continue
        steps = tuple(
            prove_order(book, kind, *((left, part) if above else (part, right)), depth) for _, part in mixed
        )
        holes = [hole(n, *general_names(book, step)) for n, step in enumerate(steps)]
        template = add(*(multiply(scale, one) for (scale, _), one in zip(mixed, holes, strict=True)))
        return book.add_from_known("combination", comparison(kind, left, right), template, also=steps)
    raise NoProof("no mixture")


def mixture_parts(value: Term) -> list[tuple[Fraction, Term]]:
    """A term as a sum of multiples: 1/2 (x + y) is 1/2 x + 1/2 y."""
    if isinstance(value, Add):
        return [pair for part in value.parts for pair in mixture_parts(part)]
    numbers = (
        [part for part in value.parts if isinstance(part, Number)] if isinstance(value, Multiply) else []
    )
    if numbers:
        scale = prod(number.value for number in numbers)
        rest = multiply(*(part for part in value.parts if part not in numbers))
        return [(scale * inner, part) for inner, part in mixture_parts(rest)]
    return [(Fraction(1), value)]


def quotients(value: Term) -> Iterator[tuple[Term, Term]]:
    """Numerator and denominator of a product, for each of its denominators, the last one first."""
    parts = value.parts if isinstance(value, Multiply) else (value,)
    for n in reversed(range(len(parts))):
        part = parts[n]
        if isinstance(part, Power) and part.exponent.parts == (-1,):
            yield multiply(*parts[:n], *parts[n + 1 :]), part.base


def normalised(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """A normalised term above or below something: bound numerator and normaliser apart.

    Strictly, when one of the two bounds is strict.
    """
    kinds = [(AtMost, AtMost)] if kind is AtMost else [(Less, AtMost), (AtMost, Less)]
    for value, proof in ((right, _below_quotient), (left, _above_quotient)):
        for above, below in quotients(value):
            for pair in kinds:
                with suppress(Refused):
                    sides, template, links = proof(book, (left, right), (above, below), pair, depth)
                    cleared = comparison(kind, sides[0] * sides[3], sides[2] * sides[1])
                    inner = book.add_from_known("combination", cleared, template, also=links)
                    return book.add_from_known(
                        "quotient", comparison(kind, left, right), *sides, also=(inner,)
                    )
    raise NoProof("no quotient to bound")


Ends = tuple[Term, Term]


def _below_quotient(book: Book, ends: Ends, quotient: Ends, kinds: tuple[Kind, Kind], depth: int) -> Cleared:
    """m <= x and Z <= 1 give m <= x/Z."""
    left, (above, below) = ends[0], quotient
    learn_positive(book, below)
    (learn_positive if kinds[1] is Less else learn_nonnegative)(book, left)
    links = prove_order(book, kinds[0], left, above, depth), prove_normaliser(book, kinds[1], below, ONE)
    template = _hole(book, 0, links) + left * _hole(book, 1, links)
    return (left, ONE, above, below), template, links


def _above_quotient(book: Book, ends: Ends, quotient: Ends, kinds: tuple[Kind, Kind], depth: int) -> Cleared:
    """x <= M and 1 <= Z give x/Z <= M."""
    right, (above, below) = ends[1], quotient
    learn_positive(book, below)
    (learn_positive if kinds[1] is Less else learn_nonnegative)(book, right)
    links = prove_order(book, kinds[0], above, right, depth), prove_normaliser(book, kinds[1], ONE, below)
    template = _hole(book, 0, links) + right * _hole(book, 1, links)
    return (above, below, right, ONE), template, links


def _hole(book: Book, number: int, links: tuple[int, int]) -> Term:
    return hole(number, *general_names(book, links[number]))


def below_average(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """A weighted geometric mean is at most the arithmetic mean."""
    if not (kind is AtMost and isinstance(left, Big) and left.kind == "product" and isinstance(right, Big)):
        raise NoProof("no product below a mean")
    average, bound = average_bound(book, left, True)
    links = (bound, prove_equal(book, average, right))
    return book.add("chain", comparison(AtMost, left, right), links, average)


def prove_normaliser(book: Book, kind: Kind, left: Term, right: Term) -> int:
    """A normaliser is at most, or at least, 1: each mass is bounded by a weighted mean of the teachers."""
    if kind is Less:
        return _prove_strict_normaliser(book, left, right)
    total, upper = (left, True) if right is ONE else (right, False)
    if not (isinstance(total, Big) and total.kind == "sum"):
        raise NoProof("no normaliser")
    index = book.index_for(total)
    average, bound = average_bound(book, total.at(index), upper)
    summed = big_sum(index, average)
    ends = (total, summed) if upper else (summed, total)
    template = big_sum(index, hole(0, *general_names(book, bound)))
    larger = book.add_from_known("combination", comparison(AtMost, *ends), template, also=(bound,))
    one = sums_to_one(book, summed)
    return book.add("chain", comparison(AtMost, left, right), (larger, one), summed)


def sums_to_one(book: Book, total: Term) -> int:
    """A sum that is 1, perhaps once x/x = 1 is put in for its denominators."""
    try:
        return prove_equal(book, total, ONE)
    except Refused:
        return prove_with_units(book, total, ONE)


def _prove_strict_normaliser(book: Book, left: Term, right: Term) -> int:
    """1 < Z: every mass is at least a teacher's, and one of them is larger."""
    if not (left is ONE and isinstance(right, Big) and right.kind == "sum"):
        raise NoProof("no normaliser that is at least 1")
    for number, total in simplex_totals(book, right):
        with suppress(Refused):
            links = (book.add("chain", equation(ONE, total), (number,)), _larger_sum(book, total, right))
            return book.add("chain", comparison(Less, ONE, right), links, total)
    raise NoProof("no distribution below", right)


def _larger_sum(book: Book, left: Big, right: Big) -> int:
    """One sum exceeds another when no term is smaller and one is larger."""
    index = book.index_for(left, right)
    gap = cast(Big, big_sum(index, right.at(index) - left.at(index)))
    book.know(_positive_gap(book, AtMost, left.at(index), right.at(index)))
    for chosen in indices_in_scope(book, gap, gap.sort):
        with suppress(Refused):
            book.know(_positive_gap(book, Less, left.at(chosen), right.at(chosen)))
            positive_gap = book.add_from_known("sum_with_positive_term", positive(gap), chosen)
            return book.add("combination", comparison(Less, left, right), (positive_gap,), hole(0))
    raise NoProof("no term that is larger")


def _positive_gap(book: Book, kind: Kind, left: Term, right: Term) -> int:
    order = prove_order(book, kind, left, right)
    template = hole(0, *general_names(book, order))
    return book.add_from_known("combination", comparison(kind, ZERO, right - left), template, also=(order,))
