"""Inequalities between a term and a multiple of it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from axiomkd.kernel.algebra import Monomial, Polynomial, expand, to_term
from axiomkd.kernel.combination import hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import ONE, AtMost, Big, Term, add, big_sum, multiply, term
from axiomkd.provers.structural.book import Book, NoProof, general_names
from axiomkd.provers.structural.gaps import Kind, comparison
from axiomkd.provers.structural.occurrences import occurrences
from axiomkd.provers.structural.order import prove_order
from axiomkd.provers.structural.rewriting import simplify
from axiomkd.provers.structural.signs import prove_nonnegative
from axiomkd.provers.structural.sums import reduce_by_sums, reduce_equal


def multiple(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """c x is at most x, where c is at most 1 and x nonnegative, once known sums are put in."""
    if kind is not AtMost or depth > 1 or not isinstance(right, Big):
        raise NoProof("no multiple of a sum")
    (small, one), (great, other) = simplify(book, left), simplify(book, right)
    sign = prove_nonnegative(book, great)
    for factor in _factors(_reduced(book, small), _reduced(book, great)):
        try:
            same = reduce_equal(book, small, factor * great)
            below = prove_order(book, AtMost, factor, ONE, depth)
        except Refused:
            continue
        shrunk = book.add_from_known(
            "combination", comparison(AtMost, factor * great, great), great * hole(0), also=(below, sign)
        )
        links = tuple(step for step in (one, same, shrunk, other) if step is not None)
        return book.add("chain", comparison(AtMost, left, right), links, small, factor * great, great)
    raise NoProof("no factor at most one")


def scaled(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """c x is at most y, where x is and c is a number at most 1, for nonnegative y."""
    polynomial = expand(left, book.goal.sizes)
    scale = next(iter({abs(coefficient) for coefficient in polynomial.values()}), Fraction(1))
    if kind is not AtMost or not all(abs(c) == scale < 1 for c in polynomial.values()):
        raise NoProof("no multiple by a number below 1")
    whole = to_term({monomial: c / scale for monomial, c in polynomial.items()})
    links = prove_nonnegative(book, right), prove_order(book, AtMost, whole, right, depth)
    holes = [hole(n, *general_names(book, step)) for n, step in enumerate(links)]
    template = term(1 - scale) * holes[0] + term(scale) * holes[1]
    return book.add_from_known("combination", comparison(kind, left, right), template, also=links)


def _reduced(book: Book, value: Term) -> Polynomial:
    return reduce_by_sums(book, expand(value, book.goal.sizes))[0]


def _factors(small: Polynomial, great: Polynomial) -> Iterator[Term]:
    """What the first monomial of the greater is multiplied with in the smaller: once, or in all."""
    found = list(_multipliers(small, *next(iter(great.items())))) if great else []
    yield from found
    if len(found) > 1:
        yield add(*found)


def _multipliers(small: Polynomial, pattern: Monomial, scale: Fraction) -> Iterator[Term]:
    for monomial, coefficient in small.items():
        for occurrence in occurrences(pattern, frozenset(), monomial):
            factor = multiply(coefficient / scale, occurrence.multiplier)
            for binder in reversed(occurrence.binders):
                factor = big_sum(binder, factor)
            yield factor
