"""A formula with simpler parts: sums and extrema are simplified, and what stands around them stays."""

from __future__ import annotations

from typing import cast

from axiomkd.kernel.terms import (
    Add,
    Big,
    Comparison,
    If,
    Log,
    Multiply,
    Number,
    Power,
    Term,
    big,
    multiply,
    power,
    rebuild,
    subterms,
    term,
)
from axiomkd.provers.structural.book import Book, NoProof
from axiomkd.provers.structural.rewriting import simplify
from axiomkd.provers.structural.sums import Simplified, equation


def tidied(book: Book, formula: Comparison) -> tuple[Comparison, tuple[int, ...]]:
    """The formula with both sides tidied, and the equations that say so; raises ``NoProof`` if it is tidy."""
    (left, one), (right, other) = tidy(book, formula.left), tidy(book, formula.right)
    if one is None and other is None:
        raise NoProof("nothing to tidy in", formula)
    links = tuple(step for step in (one, other) if step is not None)
    return cast(Comparison, type(formula)(left, right)), links


def tidy(book: Book, value: Term) -> Simplified:
    """The term with simpler sums and extrema inside, and the equation that says so."""
    if not isinstance(value, Add | Multiply | Power) and not _is_opaque(value):
        after, step = simplify(book, value)
        return (after, step) if step is not None and _length(after) < _length(value) else (value, None)
    current, step = _parts_tidied(book, value)
    after = _merged(current)
    if after is current:
        return current, step
    merged = book.add("algebraic", equation(current, after))
    if step is None:
        return after, merged
    return after, book.add("chain", equation(value, after), (step, merged), current)


def _parts_tidied(book: Book, value: Term) -> Simplified:
    if isinstance(value, Big):
        index = book.index_for(value)
        inner, step = tidy(book, value.at(index))
        after, steps = big(value.kind, index, inner), [step]
    else:
        pairs = [tidy(book, part) if isinstance(part, Term) else (part, None) for part in value.parts]
        after = cast(Term, rebuild(value, tuple(part for part, _ in pairs)))
        steps = [step for _, step in pairs]
    if after is value:
        return value, None
    return after, book.add("congruence", equation(value, after), tuple(s for s in steps if s is not None))


def _merged(value: Term) -> Term:
    """A product with equal factors as powers, and without factors 1."""
    if isinstance(value, Power) and isinstance(value.base, Number) and value.exponent.parts == (-1,):
        return term(1 / value.base.value)
    if not isinstance(value, Multiply):
        return value
    counts = {part: value.parts.count(part) for part in value.parts}
    return multiply(*(part if count == 1 else power(part, count) for part, count in counts.items()))


def _is_opaque(value: Term) -> bool:
    """Whether logarithms or case distinctions stand inside, around which a term is left as it is."""
    return any(isinstance(part, Log | If) for part in subterms(value))


def _length(value: Term) -> int:
    return len(list(subterms(value)))
