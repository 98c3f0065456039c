"""Numbers of teachers and outcomes less a constant, such as K - 1 where K is at least 2."""

from __future__ import annotations

from contextlib import suppress

from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import ZERO, Add, Formula, Less, Number, Size, subterms
from axiomkd.provers.structural.book import Book
from axiomkd.provers.structural.gaps import prove_by_gap


def learn_sizes(book: Book, formula: Formula) -> None:
    """Write down that such differences inside a formula are positive, where they are."""
    for part in dict.fromkeys(subterms(formula)):
        if isinstance(part, Add) and _of_sizes(part):
            with suppress(Refused):
                book.know(prove_by_gap(book, Less, ZERO, part))


def _of_sizes(value: Add) -> bool:
    sizes = [isinstance(part, Size) for part in value.parts]
    numbers = [isinstance(part, Number) and part.value < 0 for part in value.parts]
    return any(sizes) and any(numbers) and sum(sizes) + sum(numbers) == len(value.parts)
