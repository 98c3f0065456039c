"""Inequalities between quotients, by the gap that is left when the denominators are cleared."""

from __future__ import annotations

from contextlib import suppress

from axiomkd.kernel.combination import hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import ZERO, AtMost, Term, add, multiply
from axiomkd.provers.structural.between import bernstein_parts, unit_variables
from axiomkd.provers.structural.book import Book, NoProof, general_names
from axiomkd.provers.structural.gaps import Kind, comparison
from axiomkd.provers.structural.order import prove_order
from axiomkd.provers.structural.quotients import quotients
from axiomkd.provers.structural.signs import learn_positive


def cleared(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """a/b <= c/d, as no coefficient of c b - a d in Bernstein's basis of a unit variable is negative."""
    if kind is not AtMost or depth > 1:
        raise NoProof("not the whole inequality")
    for above, below in quotients(left):
        for over, under in quotients(right):
            with suppress(Refused):
                for positive in (below, under):
                    learn_positive(book, positive)
                inner = _by_coefficients(book, above * under, over * below)
                sides = above, below, over, under
                return book.add_from_known("quotient", comparison(kind, left, right), *sides, also=(inner,))
    raise NoProof("no quotients to clear in", left, "and", right)


def _by_coefficients(book: Book, left: Term, right: Term) -> int:
    for s in unit_variables(book):
        parts = bernstein_parts(right - left, s, book.goal.sizes)
        if parts is not None:
            with suppress(Refused):
                return _combined(book, left, right, parts)
    raise NoProof("no unit variable")


def _combined(book: Book, left: Term, right: Term, parts: list[tuple[Term, list[Term]]]) -> int:
    steps = tuple(prove_order(book, AtMost, ZERO, coefficient) for coefficient, _ in parts)
    holes = [hole(n, *general_names(book, step)) for n, step in enumerate(steps)]
    template = add(*(multiply(*basis, one) for (_, basis), one in zip(parts, holes, strict=True)))
    return book.add_from_known("combination", comparison(AtMost, left, right), template, also=steps)
