"""Extrema and powers of what is chosen: max x^a = (max x)^a, powers of 0 and 1."""

from __future__ import annotations

from contextlib import suppress
from typing import cast

from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Big,
    Comparison,
    Distinct,
    Formula,
    Free,
    If,
    Less,
    Multiply,
    Power,
    Same,
    Term,
    big,
    multiply,
    power,
    substitute,
)
from axiomkd.provers.structural.book import Book
from axiomkd.provers.structural.choices import opposite
from axiomkd.provers.structural.complements import factors
from axiomkd.provers.structural.gaps import comparison
from axiomkd.provers.structural.order import prove_order
from axiomkd.provers.structural.signs import learn_nonnegative, learn_positive
from axiomkd.provers.structural.sums import Simplified, equation


def extremum_of_powers(book: Book, value: Term) -> Simplified:
    """max x^a = (max x)^a for positive a, also beside factors."""
    if isinstance(value, Multiply):
        pairs = [extremum_of_powers(book, part) for part in value.parts]
        after = multiply(*(part for part, _ in pairs))
        steps = tuple(step for _, step in pairs if step is not None)
        return (after, book.add("congruence", equation(value, after), steps)) if steps else (value, None)
    match value:
        case Big("maximum" | "minimum"):
            index = book.index_for(value)
            body = value.at(index)
            if isinstance(body, Power) and index not in body.exponent.free:
                with suppress(Refused):
                    return _power_of_extremum(book, value, index, body)
    return value, None


def _power_of_extremum(book: Book, value: Big, index: Free, body: Power) -> Simplified:
    learn_positive(book, body.exponent)
    learn_nonnegative(book, body.base)
    inner = cast(Big, big(value.kind, index, body.base))
    after = power(inner, body.exponent)
    _learn_order_of_elements(book, inner, index)
    bound = prove_order(book, AtMost, *_upwards(value, (value, after)))
    attained = book.index(value.sort)
    at_extremum = inner.at(attained)
    with book.assuming(equation(at_extremum, inner)) as same:
        element = value.at(attained)
        powers = book.add("congruence", equation(element, after), (same,))
        below = book.add(
            "extremum_bounds", comparison(AtMost, *_upwards(value, (element, value))), (), attained
        )
        link = book.add(
            "chain", comparison(AtMost, *_upwards(value, (after, value))), (powers, below), element
        )
    reached = book.add("extremum_attained", book.formula(link), (link,), inner, attained)
    return after, book.add("antisymmetry", equation(value, after), (bound, reached))


def _upwards(extremum: Big, pair: tuple[Term, Term]) -> tuple[Term, Term]:
    return pair if extremum.kind == "maximum" else (pair[1], pair[0])


def _learn_order_of_elements(book: Book, extremum: Big, index: Free) -> None:
    ends = _upwards(extremum, (extremum.at(index), extremum))
    book.know(book.add("extremum_bounds", comparison(AtMost, *ends), (), index))


def greatest_indicator(book: Book, value: Term) -> Simplified:
    """The maximum of what is x at one index and y, at most x, at all others."""
    greatest = cast(Big, value)
    index = book.index_for(greatest)
    match greatest.at(index):
        case If(Same(left, right), then, otherwise) as body if index in (left, right):
            other = right if left is index else left
        case _:
            return value, None
    if index in then.free | otherwise.free | other.free:
        return value, None
    links = prove_order(book, AtMost, then, then), prove_order(book, AtMost, otherwise, then)
    with book.assuming(body.condition) as same:
        chosen = book.add("branch", equation(body, then), (same,))
        first = book.add("chain", comparison(AtMost, body, then), (chosen, links[0]), then)
    with book.assuming(cast(Formula, Distinct(left, right))) as distinct:
        chosen = book.add("branch", equation(body, otherwise), (distinct,))
        second = book.add("chain", comparison(AtMost, body, then), (chosen, links[1]), otherwise)
    each = book.add("cases_index", comparison(AtMost, body, then), (first, second), left, right)
    bound = book.add("extremum_is_least_bound", comparison(AtMost, greatest, then), (each,))
    there = greatest.at(other)
    below = (
        book.add("branch", equation(there, then)),
        book.add("extremum_bounds", comparison(AtMost, there, greatest), (), other),
    )
    reached = book.add("chain", comparison(AtMost, then, greatest), below, there)
    return then, book.add("antisymmetry", equation(greatest, then), (bound, reached))


def power_of_choice(book: Book, value: Term) -> Simplified:
    """(c x)^a = c x^a for positive a, where c is 1 or 0 by a case distinction."""
    base, exponent = value.parts
    parts = factors(base)
    choice = next((part for part in parts if _is_comparison(part) and part.parts[1:] == (ONE, ZERO)), None)
    if choice is None:
        return value, None
    learn_positive(book, exponent)
    parts.remove(choice)
    rest = power(multiply(*parts), exponent) if parts else ONE
    after = multiply(choice, rest) if parts else choice
    condition = cast(Comparison, choice.condition)
    steps = []
    for case, number in ((condition, ONE), (cast(Comparison, opposite(condition)), ZERO)):
        with book.assuming(case) as assumed:
            known = book.add("branch", equation(choice, number), (assumed,))
            steps.append(_power_of_number(book, (value, after), choice, number, known, rest))
    strict = condition if isinstance(condition, Less) else cast(Comparison, opposite(condition))
    return after, book.add("cases_strict", equation(value, after), tuple(steps), *strict.parts)


def _power_of_number(
    book: Book, ends: tuple[Term, Term], choice: Term, number: Term, known: int, rest: Term
) -> int:
    """Both ends where the choice is 1, or 0."""
    left, right = (cast(Term, substitute(end, {choice: number})) for end in ends)
    links = [
        book.add("congruence", equation(end, moved), (known,))
        for end, moved in zip(ends, (left, right), strict=True)
    ]
    if number is ZERO:
        bare = power(ZERO, left.parts[1])
        first = book.add("algebraic", equation(left, bare))
        second = book.add_from_known("power_of_zero", equation(bare, ZERO))
        third = book.add("algebraic", equation(right, ZERO))
        return book.add(
            "chain", equation(*ends), (links[0], first, second, third, links[1]), left, bare, ZERO, right
        )
    middle = book.add("algebraic", equation(left, right))
    return book.add("chain", equation(*ends), (links[0], middle, links[1]), left, right)


def _is_comparison(value: Term) -> bool:
    return isinstance(value, If) and isinstance(value.condition, AtMost | Less)
