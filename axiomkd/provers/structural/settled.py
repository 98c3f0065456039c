"""Maxima and minima of finitely many terms of which one is known to be the extremum."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import cast

from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import AtMost, Extreme, Term, substitute, subterms
from axiomkd.provers.structural.book import Book
from axiomkd.provers.structural.gaps import comparison
from axiomkd.provers.structural.order import prove_order
from axiomkd.provers.structural.readings import is_bound
from axiomkd.provers.structural.rewriting import simplify
from axiomkd.provers.structural.sums import Simplified, equation


def settled(book: Book, value: Term) -> Simplified:
    """The term simplified, with the greatest of terms in the place of their maximum."""
    current, step = simplify(book, value)
    for extremum in list(_extrema(current)):
        for argument in extremum.arguments:
            with suppress(Refused):
                same = _is_extremum(book, extremum, argument)
                chosen = cast(Term, substitute(current, {extremum: argument}))
                after, more = simplify(book, chosen)
                links = (step, book.add("congruence", equation(current, chosen), (same,)), more)
                given = tuple(link for link in links if link is not None)
                return after, book.add("chain", equation(value, after), given, current, chosen)
    return current, step


def _extrema(value: Term) -> Iterator[Extreme]:
    for part in dict.fromkeys(subterms(value)):
        if isinstance(part, Extreme) and not is_bound(part):
            yield part


def _is_extremum(book: Book, extremum: Extreme, argument: Term) -> int:
    """The argument is above all the others, or below all of them."""

    def ordered(one: Term, two: Term) -> tuple[Term, Term]:
        return (one, two) if extremum.kind == "maximum" else (two, one)

    others = [prove_order(book, AtMost, *ordered(part, argument)) for part in extremum.arguments]
    bound = book.add(
        "extremum_is_least_bound", comparison(AtMost, *ordered(extremum, argument)), tuple(others)
    )
    attained = book.add("extremum_bounds", comparison(AtMost, *ordered(argument, extremum)))
    return book.add("antisymmetry", equation(extremum, argument), (bound, attained))
