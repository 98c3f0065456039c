"""Derivations of what is said of an unknown rule: the structural prover's, and two more ways.

Where some teacher has weight, what holds for any such teacher holds. Of two distributions of which one is
nowhere above the other, both are the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import cast

from axiomkd.implications.logarithms import by_expanded_facts
from axiomkd.implications.values import prove_by_values
from axiomkd.kernel.application import match, positive
from axiomkd.kernel.combination import hole
from axiomkd.kernel.evidence import Derivation
from axiomkd.kernel.judgement import Fact, Goal, Refused
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Big,
    Equal,
    Formula,
    Free,
    Index,
    Term,
    add,
    big_sum,
    substitute,
)
from axiomkd.provers import structural
from axiomkd.provers.structural.book import Book, Exhausted, NoProof, general_names
from axiomkd.provers.structural.sums import reduce_equal
from axiomkd.provers.structural.weights import learn_from_facts, learn_simplified_bounds


def prove(goal: Goal) -> Derivation | None:
    """A derivation of every conclusion, or ``None``."""
    for attempt in (prove_by_values, structural.prove, _prove_otherwise):
        derivation = attempt(goal)
        if derivation is not None:
            return derivation
    return None


def _prove_otherwise(goal: Goal) -> Derivation | None:
    book = Book(goal, structural.ORDER_ATTEMPTS)
    try:
        learn_from_facts(book)
        learn_simplified_bounds(book)
        return book.derivation(tuple(_prove_formula(book, formula) for formula in goal.conclusions))
    except (Refused, Exhausted, RecursionError):
        return None


def _prove_formula(book: Book, formula: Formula) -> int:
    for attempt in ATTEMPTS:
        with suppress(Refused):
            return attempt(book, formula)
    raise NoProof("no way to prove", formula)


def _known(book: Book, formula: Formula) -> int:
    return book.add_from_known("instance", formula)


# -- some teacher has weight ------------------------------------------------------------------


def _for_some_weighted(book: Book, formula: Formula) -> int:
    """By a fact that holds where an entry of a distribution is positive: some entry is."""
    for number, fact in enumerate(book.goal.facts):
        found = dict[Free, Index]()
        if fact.hypotheses and match(fact.conclusion, formula, frozenset(fact.indices), found):
            for total, entry in _positive_entries(book, fact):
                if entry not in found:
                    with suppress(Refused):
                        return _at_positive_entry(book, formula, number, found, total, entry)
    raise NoProof("no fact about a weighted index gives", formula)


def _positive_entries(book: Book, fact: Fact) -> Iterator[tuple[int, Free]]:
    """Known sums, and the index of a fact for which one of its hypotheses says that the entry is positive."""
    for number in list(book.known):
        known = book.formula(number)
        if isinstance(known, Equal) and known.right is ONE and isinstance(known.left, Big):
            for index in fact.indices:
                if index.sort == known.left.sort and positive(known.left.at(index)) in fact.hypotheses:
                    yield number, index


def _at_positive_entry(
    book: Book, formula: Formula, number: int, found: dict[Free, Index], total: int, entry: Free
) -> int:
    fact, index = book.goal.facts[number], book.index(entry.sort)
    chosen = {**found, entry: index}
    summed = cast(Big, cast(Equal, book.formula(total)).left)
    with book.assuming(positive(summed.at(index))):
        indices = [chosen.get(own, own) for own in fact.indices]
        inner = book.add_from_known("fact", formula, number, *indices)
    return book.add("positive_entry", formula, (inner, total), summed, index)


# -- distributions ----------------------------------------------------------------------------


def _same_distribution(book: Book, formula: Formula) -> int:
    """Two terms whose sums over an index are the same, and of which one is nowhere above the other."""
    if not isinstance(formula, Equal):
        raise NoProof("no equation:", formula)
    for index in sorted(formula.free, key=lambda x: x.name):
        for low, high in (formula.parts, formula.parts[::-1]):
            with suppress(Refused):
                return _where_dominated(book, formula, index, low, high)
    raise NoProof("neither side is nowhere above the other:", formula)


def _where_dominated(book: Book, formula: Equal, index: Free, low: Term, high: Term) -> int:
    """high - low >= 0 everywhere, and its sum is zero: so each term of it is at most zero."""
    general = book.index(index.sort)
    gap = cast(Term, substitute(high - low, {index: general}))
    total, here = big_sum(general, gap), high - low
    book.know(structural.prove_formula(book, cast(Formula, AtMost(ZERO, gap))))
    vanishes = reduce_equal(book, total, ZERO)
    above = book.add_from_known("instance", cast(Formula, AtMost(ZERO, here)))
    below = book.add_from_known("term_of_sum", cast(Formula, AtMost(here, total)), index)
    at_zero = book.add("chain", cast(Formula, AtMost(here, ZERO)), (below, vanishes), total)
    orders = (_from(book, low, high, above), _from(book, high, low, at_zero))
    return book.add("antisymmetry", formula, orders)


def _from(book: Book, left: Term, right: Term, *differences: int) -> int:
    """left <= right, as right - left is the sum of the differences of these steps."""
    holes = [hole(place, *general_names(book, number)) for place, number in enumerate(differences)]
    return book.add("combination", cast(Formula, AtMost(left, right)), differences, add(*holes))


# -- bounds by a maximum ----------------------------------------------------------------------


def _through_maximum(book: Book, formula: Formula) -> int:
    """a <= b by a known x <= max y, where max y <= x + (b - a)."""
    if not isinstance(formula, AtMost):
        raise NoProof("no inequality:", formula)
    for number in list(book.known):
        known = _about(book, number, formula)
        if isinstance(known, AtMost) and isinstance(known.right, Big) and known.right.kind == "maximum":
            with suppress(Refused):
                above = known.left + formula.right - formula.left
                bound = structural.prove_formula(book, cast(Formula, AtMost(known.right, above)))
                there = book.add("instance", known, (number,))
                return _from(book, formula.left, formula.right, there, bound)
    raise NoProof("no maximum is known that bounds", formula)


def _about(book: Book, number: int, formula: Formula) -> Formula:
    """A known step at the indices of a formula."""
    general = general_names(book, number)
    own = {index.sort: index for index in sorted(formula.free, key=lambda x: x.name)}
    return cast(Formula, substitute(book.formula(number), {x: own.get(x.sort, x) for x in general}))


ATTEMPTS = (
    _known,
    _for_some_weighted,
    _same_distribution,
    by_expanded_facts,
    _through_maximum,
    structural.prove_formula,
)
