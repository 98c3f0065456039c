"""Case distinctions by comparisons, as in votes: the condition said more simply."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import cast

from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    AtMost,
    Big,
    Comparison,
    Distinct,
    Equal,
    Formula,
    Free,
    If,
    Index,
    Less,
    Power,
    Same,
    Term,
    big,
    multiply,
    rebuild,
    substitute,
)
from axiomkd.provers.structural.book import Book
from axiomkd.provers.structural.choices import decided, opposite
from axiomkd.provers.structural.chosen_extrema import extremum_of_powers, greatest_indicator, power_of_choice
from axiomkd.provers.structural.complements import factors
from axiomkd.provers.structural.index_cases import by_index_cases
from axiomkd.provers.structural.modes import settled_by_mode
from axiomkd.provers.structural.order import prove_order
from axiomkd.provers.structural.rewriting import simplify
from axiomkd.provers.structural.signs import is_positive, learn_nonnegative
from axiomkd.provers.structural.sums import Simplified, equation

Rewriting = Callable[[Book, Term], Simplified]
ROUNDS = 4
"""How often a term that has changed is looked at again."""


def plain(book: Book, value: Term) -> Simplified:
    """The term with every comparison in it said more simply, inside first."""
    current, step = _parts(book, value)
    for _ in range(ROUNDS):
        after, more = _rewritten(book, current)
        if more is None:
            break
        end, last = _parts(book, after)
        step = joined(book, value, [(value, step), (current, more), (after, last)], end)
        current = end
    return current, step


def joined(book: Book, value: Term, links: list[tuple[Term, int | None]], end: Term) -> int | None:
    """One equation from several: each link starts at a term, and some say nothing."""
    steps = [(start, step) for start, step in links if step is not None]
    if end is value or not steps:
        return None
    if len(steps) == 1:
        return steps[0][1]
    stations = [start for start, _ in steps[1:]]
    return book.add("chain", equation(value, end), tuple(step for _, step in steps), *stations)


def _parts(book: Book, value: Term) -> Simplified:
    if isinstance(value, Big):
        index = book.index_for(value)
        inner, step = plain(book, value.at(index))
        after, steps = big(value.kind, index, inner), [step]
    else:
        pairs = [_part(book, part) for part in value.parts]
        after = cast(Term, rebuild(value, tuple(part for part, _ in pairs)))
        steps = [step for _, found in pairs for step in found]
    if after is value:
        return value, None
    return after, book.add("congruence", equation(value, after), tuple(s for s in steps if s is not None))


def _part(book: Book, part: object) -> tuple[object, list[int | None]]:
    """A part of a term; of a condition the two sides, simplified besides."""
    if isinstance(part, Term):
        after, step = plain(book, part)
        return after, [step]
    if isinstance(part, AtMost | Less):
        pairs = [_side(book, side) for side in part.parts]
        return rebuild(part, tuple(side for side, _ in pairs)), [step for _, step in pairs]
    return part, []


def _side(book: Book, value: Term) -> Simplified:
    first, one = plain(book, value)
    second, two = simplify(book, first)
    after, three = extremum_of_powers(book, second)
    return after, joined(book, value, [(value, one), (first, two), (second, three)], after)


def _rewritten(book: Book, value: Term) -> Simplified:
    rewritings: tuple[Rewriting, ...] = ()
    match value:
        case If(AtMost() | Less()):
            rewritings = (decided, by_index_cases, _without_common, settled_by_mode)
        case If(Same()):
            rewritings = (_merged,)
        case Power():
            rewritings = (power_of_choice,)
        case Big("maximum"):
            rewritings = (greatest_indicator,)
    for rewriting in rewritings:
        with suppress(Refused):
            after, step = rewriting(book, value)
            if step is not None and after is not value:
                return after, step
    return value, None


def _without_common(book: Book, value: Term) -> Simplified:
    """A condition without the factors and exponents that both its sides have."""
    choice = cast(If, value)
    condition = cast(Comparison, choice.condition)
    sides = _stripped(book, *condition.parts)
    if sides == condition.parts:
        return value, None
    simpler = cast(Comparison, type(condition)(*sides))
    return _with_condition(book, choice, simpler)


def _stripped(book: Book, left: Term, right: Term) -> tuple[Term, Term]:
    sides = [factors(left), factors(right)]
    for factor in list(sides[0]):
        if factor in sides[1] and is_positive(book, factor):
            for parts in sides:
                parts.remove(factor)
    match [multiply(*parts) for parts in sides]:
        case [Power(base, exponent), Power(other, same)] if (
            exponent is same and is_positive(book, exponent) and _are_nonnegative(book, base, other)
        ):
            return _stripped(book, base, other)
        case [one, two]:
            return one, two
    return left, right


def _are_nonnegative(book: Book, *values: Term) -> bool:
    try:
        for value in values:
            learn_nonnegative(book, value)
    except Refused:
        return False
    return True


def _with_condition(book: Book, choice: If, condition: Comparison) -> Simplified:
    """The case distinction by an equivalent condition."""
    after = cast(Term, If(condition, choice.then, choice.otherwise))
    steps = []
    for case, branch in ((condition, choice.then), (cast(Comparison, opposite(condition)), choice.otherwise)):
        with book.assuming(case) as assumed:
            wanted = choice.condition if case is condition else opposite(choice.condition)
            known = prove_order(book, type(cast(Comparison, wanted)), *wanted.parts)
            links = (
                book.add("branch", equation(choice, branch), (known,)),
                book.add("branch", equation(after, branch), (assumed,)),
            )
            steps.append(book.add("chain", equation(choice, after), links, branch))
    strict = condition if isinstance(condition, Less) else cast(Comparison, opposite(condition))
    return after, book.add("cases_strict", equation(choice, after), tuple(steps), *strict.parts)


def _merged(book: Book, value: Term) -> Simplified:
    """A case distinction by an index whose one branch is what the other one is there."""
    choice = cast(If, value)
    for index, other in (choice.condition.parts, choice.condition.parts[::-1]):
        if isinstance(index, Free) and index not in book.goal.indices and index not in other.free:
            there = cast(Term, substitute(choice.otherwise, {index: other}))
            end, step = plain(book, there)
            if end is choice.then:
                return choice.otherwise, _merged_at(book, choice, index, other, step)
    return value, None


def _merged_at(book: Book, choice: If, index: Free, other: Index, step: int | None) -> int:
    formula = equation(choice, choice.otherwise)
    moved = cast(Equal, substitute(formula, {index: other}))
    with book.assuming(choice.condition) as same:
        agreed = book.add("branch", equation(moved.left, choice.then))
        if step is not None:
            agreed = book.add("chain", moved, (agreed, step), choice.then)
        first = book.add("same_index", formula, (same, agreed), index, other)
    with book.assuming(cast(Formula, Distinct(*choice.condition.parts))) as distinct:
        second = book.add("branch", formula, (distinct,))
    return book.add("cases_index", formula, (first, second), *choice.condition.parts)
