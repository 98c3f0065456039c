"""Quotients of values of the inverse digamma function g at arguments a fixed shift apart, g(d+t)/g(t)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import cast

from axiomkd.kernel.algebra import expand, to_term
from axiomkd.kernel.application import match
from axiomkd.kernel.combination import hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Big,
    Exp,
    Free,
    If,
    Index,
    InverseDigamma,
    Log,
    Multiply,
    Node,
    Power,
    Term,
    add,
    multiply,
    subterms,
    term,
)
from axiomkd.provers.structural.book import Book, NoProof, general_names
from axiomkd.provers.structural.gaps import Kind, comparison, learn_entries
from axiomkd.provers.structural.order import prove_order
from axiomkd.provers.structural.readings import is_bound
from axiomkd.provers.structural.signs import learn_positive
from axiomkd.provers.structural.sums import equation
from axiomkd.provers.structural.whole_conditions import Prove, by_conditions


@dataclass(frozen=True)
class Quotient:
    """The term g(shift + at)/g(at)."""

    value: Term
    shift: Term
    at: Term

    @property
    def bound(self) -> Term:
        """What it is at least, where the shift is not positive."""
        return cast(Term, Exp(self.shift))


def quotient(book: Book, value: Term) -> Quotient:
    """A term read as a quotient of two values."""
    match value:
        case (
            Multiply(parts=(InverseDigamma(upper), Power(InverseDigamma(lower), exponent)))
            | Multiply(parts=(Power(InverseDigamma(lower), exponent), InverseDigamma(upper)))
        ) if exponent is term(-1):
            return Quotient(value, to_term(expand(upper - lower, book.goal.sizes)), lower)
    raise NoProof("no quotient of inverse digammas:", value)


def falls_with_argument(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """Two quotients with one shift that is not positive: the one at the greater argument is the smaller."""
    low, high = quotient(book, left), quotient(book, right)
    if kind is not AtMost or low.shift is not high.shift:
        raise NoProof("no two quotients with one shift:", left, right)
    premises = (
        prove_order(book, AtMost, low.shift, ZERO, depth),
        prove_order(book, AtMost, high.at, low.at, depth),
    )
    return book.add(
        "inverse_digamma_ratio", comparison(AtMost, left, right), premises, low.shift, low.at, high.at
    )


def above_exponential(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """What is at most the exponential of the shift is at most the quotient."""
    high = quotient(book, right)
    bound = _lower_bound(book, high)
    rest = prove_order(book, kind, left, high.bound, depth)
    return book.add("chain", comparison(kind, left, right), (rest, bound), high.bound)


def _lower_bound(book: Book, found: Quotient) -> int:
    below = prove_order(book, AtMost, found.shift, ZERO)
    pair = comparison(AtMost, found.bound, found.value)
    return book.add("inverse_digamma_ratio", pair, (below,), found.shift, found.at)


def learn_quotients(book: Book, node: Node) -> None:
    """Of each quotient, the sign of its shift; and that its logarithm is at least the shift."""
    for value in list(_quotients(book, node)):
        with suppress(Refused):
            found = quotient(book, value)
            _learn_logarithms(book, found.shift)
            book.know(prove_order(book, AtMost, found.shift, ZERO))
            book.know(_logarithm_above(book, found))


def learn_logarithms_of_choices(book: Book, node: Node, prove: Prove) -> None:
    """Where a quotient is one of two branches, that its shift is at most the logarithm of the choice."""
    if not any(isinstance(part, InverseDigamma) for part in subterms(node)):
        return
    if isinstance(node, If):
        with suppress(Refused):
            shift = quotient(book, node.then).shift
            book.know(by_conditions(book, comparison(AtMost, shift, cast(Term, Log(node))), prove))
    elif isinstance(node, Big):
        learn_logarithms_of_choices(book, node.at(book.index_for(node)), prove)
    else:
        for part in node.parts:
            if isinstance(part, Node):
                learn_logarithms_of_choices(book, part, prove)


def _learn_logarithms(book: Book, node: Node) -> None:
    """Logarithms of what is at most 1 are not positive: log x <= x - 1."""
    if isinstance(node, Log):
        learn_entries(book)
        below = _at_most_one(book, node.argument)
        tangent = book.add_from_known("logarithm_tangent", comparison(AtMost, node, node.argument - 1))
        pair = comparison(AtMost, node, ZERO)
        holes = (hole(n, *general_names(book, step)) for n, step in enumerate((below, tangent)))
        book.know(book.add("combination", pair, (below, tangent), add(*holes)))
    elif isinstance(node, Big):
        _learn_logarithms(book, node.at(book.index_for(node)))
    else:
        for part in node.parts:
            if isinstance(part, Node):
                _learn_logarithms(book, part)


def _at_most_one(book: Book, value: Term) -> int:
    """As it is known, or as a share of a sum of nonnegative terms."""
    with suppress(Refused):
        return prove_order(book, AtMost, value, ONE)
    for denominator in _factors(value):
        match denominator:
            case Power(Big("sum") as total, exponent) if exponent is term(-1):
                part = multiply(*(factor for factor in _factors(value) if factor is not denominator))
                return _share(book, value, part, total)
    raise NoProof("no share of a sum:", value)


def _share(book: Book, value: Term, part: Term, total: Big) -> int:
    learn_positive(book, total)
    marker, found = book.index_for(total), dict[Free, Index]()
    if not match(total.at(marker), part, frozenset((marker,)), found):
        raise NoProof("no term of", total, ":", part)
    below = book.add_from_known("term_of_sum", comparison(AtMost, part, total), found.get(marker, marker))
    scaled = book.add(
        "combination", comparison(AtMost, part * 1, 1 * total), (below,), hole(0, *general_names(book, below))
    )
    return book.add_from_known(
        "quotient", comparison(AtMost, value, ONE), part, total, ONE, ONE, also=(scaled,)
    )


def _factors(value: Term) -> tuple[Term, ...]:
    return value.parts if isinstance(value, Multiply) else (value,)


def _quotients(book: Book, node: Node) -> Iterator[Term]:
    """The products inside, the binders around them opened."""
    if not any(isinstance(part, InverseDigamma) for part in subterms(node)):
        return
    if isinstance(node, Big):
        yield from _quotients(book, node.at(book.index_for(node)))
        return
    if isinstance(node, Multiply) and not is_bound(node):
        yield node
    for part in node.parts:
        if isinstance(part, Node):
            yield from _quotients(book, part)


def _logarithm_above(book: Book, found: Quotient) -> int:
    r""":math:`d \le \log(g(d+t)/g(t))`."""
    logs = [cast(Term, Log(side)) for side in (found.bound, found.value)]
    learn_positive(book, found.bound)
    learn_positive(book, found.value)
    links = (
        book.add_from_known("logarithms", equation(found.shift, logs[0])),
        book.add_from_known(
            "logarithm_increases", comparison(AtMost, *logs), also=(_lower_bound(book, found),)
        ),
    )
    return book.add("chain", comparison(AtMost, found.shift, logs[1]), links, logs[0])
