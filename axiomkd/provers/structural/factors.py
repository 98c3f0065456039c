"""Equations that hold once a positive factor is taken out: from f (A - B) = 0 to A = B."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import cast

from axiomkd.kernel.algebra import expand
from axiomkd.kernel.combination import hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import ONE, ZERO, Equal, Term, Variable, multiply, power, substitute, subterms
from axiomkd.provers.structural.book import Book, NoProof, general_names
from axiomkd.provers.structural.readings import is_bound
from axiomkd.provers.structural.signs import learn_positive
from axiomkd.provers.structural.sums import equation, reduce_by_sums, reduce_equal


def without_factor(book: Book, formula: Equal) -> int:
    """A known equation is the one asked, times a positive variable and a number."""
    left, right = formula.parts
    for number in list(book.known):
        known = book.formula(number)
        if isinstance(known, Equal):
            for factor in _factors(known):
                try:
                    return _divided(book, formula, number, factor)
                except Refused:
                    continue
    raise NoProof("no multiple of", left, "=", right, "is known")


def _factors(known: Equal) -> Iterator[Term]:
    """The variables of an equation that have all of its indices, and no bound ones."""
    found = dict.fromkeys(part for part in subterms(known) if isinstance(part, Variable))
    return (part for part in found if part.free == known.free and not is_bound(part))


def _divided(book: Book, formula: Equal, number: int, factor: Term) -> int:
    """From L = R with R - L = c f (A - B), and f/f = 1."""
    general, given = general_names(book, number), sorted(formula.free, key=lambda index: index.name)
    if [index.sort for index in general] != [index.sort for index in given]:
        raise NoProof("indices of other sorts in", book.formula(number))
    renamed = dict(zip(general, given, strict=True))
    known = book.add("instance", cast(Equal, substitute(book.formula(number), renamed)), (number,))
    value = cast(Term, substitute(factor, renamed))
    learn_positive(book, value)
    gap = formula.left - formula.right
    scale = _scale(book, cast(Equal, book.formula(known)), value * gap)
    left, right = book.formula(known).parts
    multiple = multiply(scale, value, gap)
    none = book.add("algebraic", equation(right - left, ZERO), (known,), hole(0, *given))
    links = reduce_equal(book, multiple, right - left), none
    vanishes = book.add("chain", equation(multiple, ZERO), links, right - left)
    unit = book.add_from_known("powers", equation(value * power(value, -1), ONE))
    inverted = multiply(1 / scale, power(value, -1), hole(0, *given))
    template = gap * hole(1, *general_names(book, unit)) - inverted
    return book.add("algebraic", formula, (vanishes, unit), template)


def _scale(book: Book, known: Equal, multiple: Term) -> Fraction:
    """The number c with R - L = c M, once known sums are put in."""
    rest, _, _ = reduce_by_sums(book, expand(known.right - known.left, book.goal.sizes))
    wanted = expand(multiple, book.goal.sizes)
    ratios = {rest.get(monomial, Fraction(0)) / number for monomial, number in wanted.items()}
    if len(ratios) != 1 or len(rest) != len(wanted) or not all(ratios):
        raise NoProof("no multiple of", multiple)
    return ratios.pop()
