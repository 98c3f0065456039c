"""The limit of a weighted mean, whatever the weights do: that of the values, where they all have one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import product
from typing import cast

from axiomkd.kernel.application import match as match_term
from axiomkd.kernel.combination import hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ONE,
    AtMost,
    Big,
    Number,
    Power,
    Tends,
    Term,
    big,
    big_sum,
    multiply,
    substitute,
)
from axiomkd.provers.structural.book import Book, NoProof, general_names
from axiomkd.provers.structural.complements import factors, learn_complements
from axiomkd.provers.structural.domains import learn_domains
from axiomkd.provers.structural.gaps import comparison
from axiomkd.provers.structural.readings import WeightedMean, weighted_means
from axiomkd.provers.structural.rewriting import prove_equal
from axiomkd.provers.structural.signs import learn_nonnegative
from axiomkd.provers.structural.sums import equation, reduce_equal

Limit = Callable[[Book, Term], Term]


def squeezed_mean(book: Book, formula: Tends, limit_of: Limit) -> int:
    """The mean lies between the least and the greatest of its values."""
    for reading in (*weighted_means(book, formula.term), *_means_of_distributions(book, formula.term)):
        with suppress(Refused):
            limit = limit_of(book, reading.value)
            if reading.index not in limit.free:
                return _between_extremes(book, formula, reading, limit)
    raise NoProof("no mean of values with one limit:", formula.term)


def _means_of_distributions(book: Book, total: Term) -> Iterator[WeightedMean]:
    """Readings in which the value is a normalised power, and the weights are all the rest."""
    if not (isinstance(total, Big) and total.kind == "sum"):
        return
    index = book.index_for(total)
    parts = factors(total.at(index))
    for above, below in product(parts, parts):
        if _is_normalised(book, above, below):
            weight = multiply(*(part for part in parts if part not in (above, below)))
            whole = equation(big_sum(index, weight), ONE)
            with suppress(Refused):
                learn_complements(book, whole)
                known = book.find(whole)
                one = reduce_equal(book, big_sum(index, weight), ONE) if known is None else known
                learn_nonnegative(book, weight)
                yield WeightedMean(index, weight, above * below, one)


def _is_normalised(book: Book, above: Term, below: Term) -> bool:
    """Whether the one is a term of the sum of which the other is the inverse."""
    match below:
        case Power(Big("sum") as total, Number(exponent)) if exponent == -1:
            outcome = book.index_for(total)
            return match_term(total.at(outcome), above, frozenset((outcome,)), {})
    return False


def _between_extremes(book: Book, formula: Tends, reading: WeightedMean, limit: Term) -> int:
    ends = tuple(cast(Big, big(kind, reading.index, reading.value)) for kind in ("minimum", "maximum"))
    tending = tuple(_limit_of_end(book, end, limit, formula.limit) for end in ends)
    orders = tuple(_bound(book, reading, end, formula.term) for end in ends)
    return book.add("squeeze", cast(Tends, formula), (*tending, *orders), *ends)


def _limit_of_end(book: Book, end: Big, limit: Term, wanted: Term) -> int:
    """The extreme tends to the extreme of what is the same for every index."""
    after = big(end.kind, book.index(end.sort), limit)
    learn_domains(book, after)
    inner = book.add_from_known("limit", cast(Tends, Tends(end, after)))
    same = prove_equal(book, wanted, after)
    return book.add("limit_of_equal", cast(Tends, Tends(end, wanted)), (inner, same), end, after)


def _bound(book: Book, reading: WeightedMean, end: Big, mean: Term) -> int:
    """The weighted mean of the distances of the values from the extreme is not negative."""
    above = end.kind == "maximum"
    index = book.index(end.sort)
    element = cast(Term, substitute(reading.value, {reading.index: index}))
    weight = cast(Term, substitute(reading.weight, {reading.index: index}))
    each = book.add(
        "extremum_bounds", comparison(AtMost, *((element, end) if above else (end, element))), (), index
    )
    distances = big_sum(index, weight * hole(0, *general_names(book, each)))
    excess = (end if above else -end) * hole(1)
    formula = comparison(AtMost, *((mean, end) if above else (end, mean)))
    return book.add_from_known("combination", formula, distances + excess, also=(each, reading.total))
