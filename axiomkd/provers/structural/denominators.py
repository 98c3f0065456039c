"""Equations by algebra and known sums, also when a denominator must be cleared for it."""

from __future__ import annotations

from contextlib import suppress

from axiomkd.kernel.combination import hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import ONE, Multiply, Power, Term, multiply
from axiomkd.provers.structural.book import Book, NoProof
from axiomkd.provers.structural.signs import is_positive
from axiomkd.provers.structural.sums import equation, reduce_equal


def reduced_or_cleared(book: Book, left: Term, right: Term) -> int:
    for attempt in (reduce_equal, _cleared):
        with suppress(Refused):
            return attempt(book, left, right)
    return book.add("chain", equation(left, right), (_cleared(book, right, left),))


def _cleared(book: Book, left: Term, right: Term) -> int:
    """N / D = c, because N = c D."""
    parts = left.parts if isinstance(left, Multiply) else (left,)
    for n, part in enumerate(parts):
        if isinstance(part, Power) and part.exponent.parts == (-1,) and is_positive(book, part.base):
            numerator = multiply(*parts[:n], *parts[n + 1 :])
            product = multiply(right, part.base)
            try:
                multiple = reduce_equal(book, numerator, product)
            except Refused:
                continue
            unit = book.add_from_known("powers", equation(part.base * part, ONE))
            return _by_unit(book, (left, right), multiple, unit, part)
    raise NoProof("no denominator to clear in", left)


def _by_unit(book: Book, ends: tuple[Term, Term], multiple: int, unit: int, inverse: Term) -> int:
    """From N = c D and D / D = 1 to N / D = c."""
    template = multiply(-1, inverse, hole(0)) + multiply(-1, ends[1], hole(1))
    return book.add("algebraic", equation(*ends), (multiple, unit), template)
