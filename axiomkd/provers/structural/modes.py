"""Case distinctions that are settled where one outcome is known to be above all others."""

from __future__ import annotations

from collections.abc import Iterator
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
    Equal,
    Formula,
    Free,
    If,
    Index,
    Less,
    Same,
    Term,
    delta,
    multiply,
    substitute,
)
from axiomkd.provers.structural.book import Book, NoProof
from axiomkd.provers.structural.choices import opposite
from axiomkd.provers.structural.gaps import Kind, comparison
from axiomkd.provers.structural.order import prove_order
from axiomkd.provers.structural.rewriting import simplify
from axiomkd.provers.structural.sums import Simplified, equation


def settled_by_mode(book: Book, value: Term) -> Simplified:
    """Where one outcome is known to be above all others: the one branch there, the other one elsewhere."""
    choice = cast(If, value)
    if choice.otherwise is not ZERO:
        return value, None
    for mode in modes(book):
        for index in sorted(choice.free - {mode}, key=lambda free: free.name):
            if index.sort == mode.sort and index not in book.goal.indices:
                with suppress(Refused):
                    return _settled_at(book, choice, index, mode)
    return value, None


def modes(book: Book) -> list[Free]:
    """The indices that the goal's facts set apart from all others."""
    found = [
        hypothesis.right
        for fact in book.goal.facts
        for hypothesis in fact.hypotheses
        if isinstance(hypothesis, Distinct) and hypothesis.left in fact.indices
    ]
    return [index for index in dict.fromkeys(found) if index in book.goal.indices]


def _settled_at(book: Book, choice: If, index: Free, mode: Free) -> Simplified:
    there = cast(If, substitute(choice, {index: mode}))
    indicator = delta(index, mode)
    after = multiply(indicator, there.then) if there.then is not ONE else indicator
    formula = equation(choice, after)
    learn_greatest(book, mode)
    with book.assuming(cast(Formula, Same(index, mode))) as same:
        moved = cast(Equal, substitute(formula, {index: mode}))
        known = prove_at_mode(book, cast(Comparison, there.condition), mode)
        links = (
            book.add("branch", equation(there, there.then), (known,)),
            _indicated(book, moved.right, delta(mode, mode), ONE, there.then, ()),
        )
        at_mode = book.add("chain", moved, links, there.then)
        first = book.add("same_index", formula, (same, at_mode), index, mode)
    with book.assuming(cast(Formula, Distinct(index, mode))) as distinct:
        for conclusion, number, indices in _facts_of(book, mode, index):
            book.know(book.add("fact", conclusion, (distinct,), number, *indices))
        known = prove_at_mode(book, cast(Comparison, opposite(cast(Comparison, choice.condition))), mode)
        links = (
            book.add("branch", equation(choice, ZERO), (known,)),
            _indicated(book, after, indicator, ZERO, ZERO, (distinct,)),
        )
        second = book.add("chain", formula, links, ZERO)
    return after, book.add("cases_index", formula, (first, second), index, mode)


def _facts_of(book: Book, mode: Free, index: Free) -> Iterator[tuple[Formula, int, list[Index]]]:
    """The facts for an index other than the mode, at this one."""
    for number, fact in enumerate(book.goal.facts):
        match fact.hypotheses:
            case (Distinct(Free() as other, right),) if right is mode and other in fact.indices:
                indices: list[Index] = [
                    index if one is other else book.index(one.sort) for one in fact.indices
                ]
                renamed = dict(zip(fact.indices, indices, strict=True))
                yield cast(Formula, substitute(fact.conclusion, renamed)), number, indices


def learn_greatest(book: Book, mode: Free) -> None:
    """What is above all others is at least each, itself included."""
    if ("greatest", mode) in book.memory:
        return
    book.memory["greatest", mode] = True
    index = book.index(mode.sort)
    for conclusion, number, indices in list(_facts_of(book, mode, index)):
        weak = cast(Formula, AtMost(*conclusion.parts))
        with book.assuming(cast(Formula, Same(index, mode))) as same, suppress(Refused):
            itself = book.add("instance", cast(Formula, substitute(weak, {index: mode})))
            first = book.add("same_index", weak, (same, itself), index, mode)
            with book.assuming(cast(Formula, Distinct(index, mode))) as distinct:
                known = book.add("fact", conclusion, (distinct,), number, *indices)
                second = book.add("instance", weak, (known,))
        book.know(book.add("cases_index", weak, (first, second), index, mode))


def _indicated(
    book: Book, value: Term, indicator: Term, number: Term, end: Term, premises: tuple[int, ...]
) -> int:
    """A multiple of an indicator whose value is known."""
    known = book.add("branch", equation(indicator, number), premises)
    if value is indicator:
        return known
    middle = cast(Term, substitute(value, {indicator: number}))
    put = book.add("congruence", equation(value, middle), (known,))
    return book.add(
        "chain", equation(value, end), (put, book.add("algebraic", equation(middle, end))), middle
    )


def prove_at_mode(book: Book, condition: Comparison, mode: Free) -> int:
    """A condition on the mode, or on an index known to be another, by the order of their values."""
    for attempt in (_through_extremum, _count_of_greater):
        with suppress(Refused):
            return attempt(book, condition, mode)
    return prove_order(book, cast(Kind, type(condition)), *condition.parts)


def _count_of_greater(book: Book, condition: Comparison, mode: Free) -> int:
    """A count of what is greater, of which no term counts."""
    for side in condition.parts:
        if isinstance(side, Big):
            match side.at(book.index_for(side)):
                case If(AtMost() | Less() as inner):
                    order = cast(Comparison, opposite(inner))
                    book.know(prove_order(book, cast(Kind, type(order)), *order.parts))
    (left, one), (right, two) = (simplify(book, side) for side in condition.parts)
    if one is None and two is None:
        raise NoProof("nothing counted in", condition)
    inner = prove_order(book, cast(Kind, type(condition)), left, right)
    links = tuple(step for step in (one, inner, two) if step is not None)
    return book.add("chain", cast(Formula, condition), links, left, right)


def _through_extremum(book: Book, condition: Comparison, mode: Free) -> int:
    """Below the maximum, as below its term at the mode; the maximum is below what all its terms are below."""
    kind = cast(Kind, type(condition))
    left, right = condition.parts
    for extremum, above in ((right, True), (left, False)):
        if isinstance(extremum, Big) and extremum.kind == ("maximum" if above else "minimum"):
            element = extremum.at(mode)
            ends = (element, extremum) if above else (extremum, element)
            bound = book.add("extremum_bounds", comparison(AtMost, *ends), (), mode)
            pair = (left, element) if above else (element, right)
            inner = prove_order(book, kind, *pair)
            links = (inner, bound) if above else (bound, inner)
            return book.add("chain", cast(Formula, condition), links, element)
    raise NoProof("no extremum in", condition)
