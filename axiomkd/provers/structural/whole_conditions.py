"""Case distinctions by a condition on the input as a whole: both cases, in all that is known and claimed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import cast

from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import AtMost, Big, Comparison, Equal, Formula, Less, Term, big_sum
from axiomkd.provers.structural.book import Book, NoProof
from axiomkd.provers.structural.choices import conditions, opposite
from axiomkd.provers.structural.entries import know_total
from axiomkd.provers.structural.readings import is_bound
from axiomkd.provers.structural.rewriting import simplify
from axiomkd.provers.structural.sums import equation

Prove = Callable[[Book, Formula], int]
MOST_CONDITIONS = 2
"""How many conditions are taken apart, one inside the cases of the other."""


def by_conditions(book: Book, formula: Comparison, prove: Prove, most: int = MOST_CONDITIONS) -> int:
    """A comparison in both cases of a condition in it."""
    sides = [simplify(book, side)[0] for side in formula.parts]
    condition = next((c for side in sides for c in _conditions(side)), None)
    if condition is None:
        raise NoProof("a condition that is settled already in", formula)
    found = []
    for case in (condition, cast(Comparison, opposite(condition))):
        with book.assuming(case) as assumed:
            _learn_same(book, formula, case, assumed)
            _settle_totals(book)
            found.append(_in_case(book, formula, prove, most))
    strict = condition if isinstance(condition, Less) else cast(Comparison, opposite(condition))
    return book.add("cases_strict", formula, tuple(found), *strict.parts)


def has_whole_condition(book: Book, formula: Comparison) -> bool:
    """Whether a condition speaks of no index but those of the goal."""
    fixed = set(book.goal.indices)
    return any(condition.free <= fixed for side in formula.parts for condition in _conditions(side))


def _conditions(value: Term) -> Iterator[Comparison]:
    """Inequalities whose indices are not bound outside of them."""
    for condition in (choice.condition for choice in conditions(value)):
        if isinstance(condition, AtMost | Less) and not is_bound(condition):
            yield condition


def _learn_same(book: Book, formula: Comparison, case: Comparison, assumed: int) -> None:
    """The case with its sides said otherwise, as they are in other conditions."""
    known = [book.formula(number) for number in book.known]
    sums = [total.left for total in known if isinstance(total, Equal)]
    for side in (*formula.parts, *sums):
        for condition in list(_conditions(side)):
            for other in (condition, cast(Comparison, opposite(condition))):
                if type(other) is type(case) and other is not case:
                    with suppress(Refused):
                        book.know(_said_otherwise(book, case, assumed, other))


def _said_otherwise(book: Book, case: Comparison, assumed: int, other: Comparison) -> int:
    pairs = zip(other.parts, case.parts, strict=True)
    links = [book.add("algebraic", equation(*pair)) for pair in pairs if pair[0] is not pair[1]]
    return book.add("chain", cast(Formula, other), (*links, assumed), *case.parts)


def _settle_totals(book: Book) -> None:
    """Known sums of case distinctions, with the branch that applies in their place."""
    for number in list(book.known):
        match book.formula(number):
            case Equal(Big("sum") as total, value) if next(conditions(total), None) is not None:
                with suppress(Refused):
                    know_total(book, _settled(book, total, value, number))


def _settled(book: Book, total: Big, value: Term, number: int) -> int:
    """Only the terms are simplified, so that it stays their sum."""
    index = book.index_for(total)
    inner, step = simplify(book, total.at(index))
    if step is None:
        raise NoProof("nothing is settled in", total)
    after = big_sum(index, inner)
    same = book.add("congruence", equation(after, total), (step,))
    return book.add("chain", equation(after, value), (same, number), total)


def _in_case(book: Book, formula: Comparison, prove: Prove, most: int) -> int:
    (left, one), (right, two) = (simplify(book, side) for side in formula.parts)
    inner = cast(Comparison, type(formula)(left, right))
    again = most > 1 and has_whole_condition(book, inner)
    found = by_conditions(book, inner, prove, most - 1) if again else prove(book, inner)
    links = tuple(step for step in (one, found, two) if step is not None)
    return book.add("chain", cast(Formula, formula), links, left, right)
