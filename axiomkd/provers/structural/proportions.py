"""Weights that are made to sum to one by a division: N[w^2], N[w exp(-H)]."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import cast

from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ONE,
    Big,
    Defined,
    Formula,
    Multiply,
    Node,
    Number,
    Power,
    Term,
    big_sum,
    multiply,
    subterms,
)
from axiomkd.provers.structural.book import Book
from axiomkd.provers.structural.inverses import learn_units
from axiomkd.provers.structural.readings import is_bound
from axiomkd.provers.structural.sums import reduce_equal


def learn_proportions(book: Book, formula: Formula) -> None:
    r"""Where :math:`\sum_k c_k x_k / \sum_k c_k` stands, the :math:`c_k / \sum_l c_l` sum to 1."""
    if isinstance(formula, Defined):
        for inverse in dict.fromkeys(_normalisers(book, formula)):
            with suppress(Refused):
                _learn_shares(book, cast(Power, inverse))


def _learn_shares(book: Book, inverse: Power) -> None:
    learn_units(book, multiply(inverse, ONE))
    total = cast(Big, inverse.base)
    index = book.index_for(total)
    book.know(reduce_equal(book, big_sum(index, total.at(index) * inverse), ONE))


def _normalisers(book: Book, formula: Node) -> Iterator[Term]:
    """The inverses of sums of which a factor of the body of another sum over the same sort is the body."""
    parts = list(subterms(formula))
    sums = [part for part in parts if isinstance(part, Big) and part.kind == "sum"]
    for part in parts:
        match part:
            case Power(Big() as weights, Number(exponent)) if exponent == -1 and not is_bound(part):
                if any(_averages(book, one, weights) for one in sums):
                    yield part


def _averages(book: Book, total: Big, weights: Big) -> bool:
    """Whether the factors of the one body are among those of the other, which has more."""
    if total is weights or total.parts[:2] != weights.parts[:2]:
        return False
    index = book.index_for(total)
    return _factors(weights.at(index)) < _factors(total.at(index))


def _factors(value: Term) -> set[Term]:
    return set(value.parts) if isinstance(value, Multiply) else {value}
