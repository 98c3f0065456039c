"""Powers of bases that differ by a number: the sign of that number orders them everywhere alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import cast

from axiomkd.kernel.algebra import expand, to_term
from axiomkd.kernel.combination import hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import ZERO, AtMost, Comparison, Formula, Free, Number, Power, Term
from axiomkd.provers.structural.book import Book, NoProof
from axiomkd.provers.structural.rewriting import simplify

Case = tuple[Term, Term]
"""Two numbers, of which the first is at most the second."""


def distances(book: Book, one: Term, other: Term, index: Free) -> Iterator[tuple[Term, Term]]:
    """The distance of the bases of two powers from each other, once simplified, and zero."""
    with suppress(Refused):
        distance = to_term(expand(_apart(book, one, other), book.goal.sizes))
        if index not in distance.free and not isinstance(distance, Number):
            yield distance, ZERO


def _apart(book: Book, one: Term, other: Term) -> Term:
    if not (isinstance(one, Power) and isinstance(other, Power) and one.exponent is other.exponent):
        raise NoProof("no two powers with one exponent")
    return simplify(book, one.base)[0] - simplify(book, other.base)[0]


def ordered_powers(book: Book, formula: Comparison, case: Case) -> int:
    """The order of two powers whose bases are as far apart as the two numbers of the case are."""
    low, high = formula.parts
    if not (isinstance(low, Power) and isinstance(high, Power) and isinstance(low.exponent, Number)):
        raise NoProof("no powers in", formula)
    known = book.find(cast(Formula, AtMost(*case)))
    if known is None:
        raise NoProof("not the case in force", case)
    ends = (low.base, high.base) if low.exponent.value > 0 else (high.base, low.base)
    (small, one), (great, two) = (simplify(book, end) for end in ends)
    inner = book.add("combination", cast(Formula, AtMost(small, great)), (known,), hole(0))
    links = tuple(step for step in (one, inner, two) if step is not None)
    below = book.add("chain", cast(Formula, AtMost(*ends)), links, small, great)
    return book.add_from_known("power_of_base", formula, also=(below,))
