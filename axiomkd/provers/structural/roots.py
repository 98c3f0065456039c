"""A power of a root is what it was taken of, also where that is zero."""

from __future__ import annotations

from typing import cast

from axiomkd.kernel.application import positive
from axiomkd.kernel.terms import ZERO, Add, Big, Equal, Formula, Number, Power, Term, big, rebuild
from axiomkd.provers.structural.book import Book, NoProof
from axiomkd.provers.structural.signs import is_positive, prove_nonnegative
from axiomkd.provers.structural.sums import Simplified, equation, reduce_equal


def prove_root_of_power(book: Book, value: Term, root: Term) -> int:
    """(x^a)^b = x, where ab = 1 and x is not negative."""
    match value:
        case Power(Power(base, _)) if base is root:
            formula = equation(value, root)
        case _:
            raise NoProof("no power of a power of", root)
    if is_positive(book, root):
        return book.add_from_known("powers", formula)
    sign = prove_nonnegative(book, root)
    with book.assuming(cast(Formula, Equal(root, ZERO))) as zero:
        first = _both_zero(book, value, root, zero)
    with book.assuming(positive(root)) as some:
        second = book.add_from_known("powers", formula, also=(some,))
    return book.add("cases_zero", formula, (sign, first, second), root)


def prove_without_roots(book: Book, left: Term, right: Term) -> int:
    """An equation that is algebra once every root of a power inside is what the power was taken of."""
    (first, one), (second, two) = without_roots(book, left), without_roots(book, right)
    if one is None and two is None:
        raise NoProof("no roots of powers")
    links = tuple(step for step in (one, reduce_equal(book, first, second), two) if step is not None)
    return book.add("chain", equation(left, right), links, first, second)


def without_roots(book: Book, value: Term) -> Simplified:
    """Each root of a power of a positive sum replaced by the sum, and the equation that says so."""
    match value:
        case Power(Power(Add() as root, Number(power)), Number(inverse)) if power * inverse == 1:
            if is_positive(book, root):
                return root, prove_root_of_power(book, value, root)
    if isinstance(value, Big):
        index = book.index_for(value)
        inner, step = without_roots(book, value.at(index))
        after, steps = big(value.kind, index, inner), [step]
    else:
        pairs = [
            without_roots(book, part) if isinstance(part, Term) else (part, None) for part in value.parts
        ]
        after = cast(Term, rebuild(value, tuple(part for part, _ in pairs)))
        steps = [step for _, step in pairs]
    if after is value:
        return value, None
    return after, book.add("congruence", equation(value, after), tuple(s for s in steps if s is not None))


def _both_zero(book: Book, value: Power, root: Term, zero: int) -> int:
    inner = cast(Power, value.base)
    powers = [cast(Term, Power(ZERO, power.exponent)) for power in (inner, value)]
    vanishing = [book.add_from_known("power_of_zero", equation(power, ZERO)) for power in powers]
    middle = cast(Term, Power(powers[0], value.exponent))
    links = (
        book.add("congruence", equation(value, middle), (zero,)),
        book.add("congruence", equation(middle, powers[1]), (vanishing[0],)),
        vanishing[1],
        zero,
    )
    return book.add("chain", equation(value, root), links, middle, powers[1], ZERO)
