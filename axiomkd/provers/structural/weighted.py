"""Weighted means whose weights are known to sum to 1 without being sums of known simplexes themselves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import cast

from axiomkd.kernel.combination import hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ONE,
    Add,
    AtMost,
    Big,
    Formula,
    Log,
    Number,
    Term,
    big_sum,
    multiply,
    subterms,
)
from axiomkd.provers.structural.book import Book, NoProof, general_names
from axiomkd.provers.structural.complements import apart, factors
from axiomkd.provers.structural.gaps import Kind, comparison
from axiomkd.provers.structural.order import prove_order
from axiomkd.provers.structural.readings import WeightedMean
from axiomkd.provers.structural.rewriting import prove_equal
from axiomkd.provers.structural.signs import learn_nonnegative
from axiomkd.provers.structural.sums import equation


def mean_of_values(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """A mean is at most, or at least, what each of its values is."""
    if kind is not AtMost:
        raise NoProof("not strict")
    for mean, bound in ((left, right), (right, left)):
        for reading in readings(book, mean):
            ends = (reading.value, bound) if mean is left else (bound, reading.value)
            with suppress(Refused):
                each = prove_order(book, kind, *ends, depth)
                sign = bound if mean is left else multiply(-1, bound)
                template = _template(book, reading, each, sign)
                formula = comparison(kind, left, right)
                return book.add_from_known("combination", formula, template, also=(each, reading.total))
    raise NoProof("no mean")


def value_by_value(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """Sums of logarithms with the same weights are compared value by value."""
    sums = [side for side in (left, right) if isinstance(side, Big) and side.kind == "sum"]
    if kind is not AtMost or len(sums) < 2 or sums[0].sort != sums[1].sort:
        raise NoProof("no two sums over one sort")
    index = book.index_for(*sums)
    values = [factors(one.at(index)) for one in sums]
    weights = [part for part in values[0] if part in values[1] and not isinstance(part, Number)]
    if not weights or not any(isinstance(part, Log) for side in sums for part in subterms(side)):
        raise NoProof("no logarithms with common weights")
    for weight in weights:
        for parts in values:
            parts.remove(weight)
        learn_nonnegative(book, weight)
    inner = prove_order(book, kind, *(multiply(*parts) for parts in values), depth)
    template = big_sum(index, multiply(*weights, hole(0, *general_names(book, inner))))
    return book.add_from_known("combination", comparison(kind, left, right), template, also=(inner,))


def sum_of_means(book: Book, formula: Formula) -> int:
    """Means of values that are all equal to one number are equal to it."""
    left, right = formula.parts
    for mean, value in ((left, right), (right, left)):
        for reading in readings(book, cast(Term, mean)):
            with suppress(Refused):
                each = prove_equal(book, reading.value, cast(Term, value))
                template = _template(book, reading, each, cast(Term, value))
                template = multiply(-1, template) if mean is left else template
                return book.add("algebraic", formula, (each, reading.total), template)
    raise NoProof("no mean")


def _template(book: Book, reading: WeightedMean, each: int, value: Term) -> Term:
    """The first premise with the weights, and a multiple of what their sum is."""
    holes = hole(0, *general_names(book, each)), hole(1, *general_names(book, reading.total))
    return big_sum(reading.index, reading.weight * holes[0]) + value * holes[1]


def readings(book: Book, value: Term) -> Iterator[WeightedMean]:
    r"""Ways to read :math:`\sum_k w_k x_k`, or :math:`\sum_i c_i \sum_k w_k x_k(i)`."""
    if not (isinstance(value, Big) and value.kind == "sum"):
        return
    index = book.index_for(value)
    parts = factors(value.at(index))
    weight, rest = apart(parts, index)
    total = book.find(equation(big_sum(index, weight), ONE)) if _is_composed(weight) else None
    if total is not None:
        learn_nonnegative(book, weight)
        yield WeightedMean(index, weight, rest, total)
    for n, part in enumerate(parts):
        for inner in readings(book, part):
            term = multiply(*parts[:n], inner.value, *parts[n + 1 :])
            if index not in inner.weight.free:
                yield WeightedMean(inner.index, inner.weight, big_sum(index, term), inner.total)


def _is_composed(weight: Term) -> bool:
    """Whether a weight is more than one monomial; the others are left to the ways by gaps."""
    return any(isinstance(part, Add) for part in factors(weight))
