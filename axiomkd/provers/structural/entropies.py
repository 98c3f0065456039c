r"""Entropies :math:`-\sum_i x_i \log x_i` inside formulas are positive where x is a positive distribution."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import cast

from axiomkd.kernel.application import positive
from axiomkd.kernel.combination import hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Big,
    Distinct,
    Formula,
    Free,
    If,
    Index,
    Less,
    Literal,
    Log,
    Multiply,
    Node,
    Number,
    Power,
    Same,
    Term,
    big_sum,
)
from axiomkd.provers.structural.book import Book, general_names
from axiomkd.provers.structural.gaps import Kind, comparison
from axiomkd.provers.structural.quotients import sums_to_one
from axiomkd.provers.structural.signs import learn_nonnegative, prove_positive
from axiomkd.provers.structural.sums import equation


def learn_entropies(book: Book, formula: Formula) -> None:
    """Write down the signs of the entropies inside a formula, and of their terms."""
    for total in dict.fromkeys(_sums(book, formula)):
        index = book.index_for(total)
        match total.at(index):
            case Multiply(parts=(Number(scale), Log(Power(base, exponent)))):
                with suppress(Refused):
                    if base is exponent and scale < 0:
                        _learn(book, total, index, base)


def _sums(book: Book, node: Node) -> Iterator[Big]:
    """The sums inside, the binders around them opened."""
    if isinstance(node, Big):
        yield from _sums(book, node.at(book.index_for(node)))
        if node.kind == "sum":
            yield node
        return
    for part in node.parts:
        if isinstance(part, Node) and not isinstance(part, Index):
            yield from _sums(book, part)


def _learn(book: Book, total: Big, index: Free, entry: Term) -> None:
    """First that no term is negative, then that the first one, and so the sum, is positive."""
    mass = cast(Big, big_sum(index, entry))
    one = sums_to_one(book, mass)
    learn_nonnegative(book, entry)
    below = book.add_from_known("term_of_sum", comparison(AtMost, entry, mass), index)
    bound = book.add("chain", comparison(AtMost, entry, ONE), (below, one), mass)
    book.know(_term_sign(book, AtMost, total, index, bound))
    first = cast(Index, Literal(1, index.sort))
    bound = first_below_one(book, mass, index, first, one)
    sign = _term_sign(book, Less, total, first, bound)
    book.know(book.add_from_known("sum_with_positive_term", positive(total), first, also=(sign,)))


def first_below_one(book: Book, mass: Big, index: Free, first: Index, one: int) -> int:
    """The first entry is below the total, as the second is positive."""
    rest = cast(Big, big_sum(index, cast(Term, If(Same(index, first), ZERO, mass.at(index)))))
    second = cast(Index, Literal(2, index.sort))
    apart = book.add("distinct_literals", cast(Formula, Distinct(second, first)))
    there, value = rest.at(second), mass.at(second)
    links = prove_positive(book, value), _branch(book, there, value, apart)
    some = book.add("chain", positive(there), links, value)
    found = book.add_from_known("sum_with_positive_term", positive(rest), second, also=(some,))
    template = hole(0, *general_names(book, found)) + hole(1, *general_names(book, one))
    return book.add("combination", comparison(Less, mass.at(first), ONE), (found, one), template)


def _branch(book: Book, choice: Term, value: Term, apart: int) -> int:
    return book.add("branch", equation(choice, value), (apart,))


def _term_sign(book: Book, kind: Kind, total: Big, index: Index, bound: int) -> int:
    r"""From :math:`x \le 1`: :math:`x^x \le 1^x = 1`, :math:`\log x^x \le 0`; or strictly."""
    entry = total.at(index)
    log = cast(Log, entry.parts[1])
    power = cast(Power, log.argument)
    base = cast(Term, Power(ONE, power.exponent))
    prove_positive(book, power)
    raised = book.add_from_known("power_of_base", comparison(kind, power, base), also=(bound,))
    unit = book.add("algebraic", equation(base, ONE))
    below = book.add("chain", comparison(kind, power, ONE), (raised, unit), base)
    none = cast(Term, Log(ONE))
    sign = prove_positive(book, power)
    smaller = book.add_from_known("logarithm_increases", comparison(kind, log, none), also=(below, sign))
    zero = book.add("logarithms", equation(none, ZERO))
    negative = book.add("chain", comparison(kind, log, ZERO), (smaller, zero), none)
    scale = Number(-cast(Number, entry.parts[0]).value)
    template = scale * hole(0, *general_names(book, negative))
    return book.add("combination", comparison(kind, ZERO, entry), (negative,), template)
