"""What is known of inverses of sums: x/x = 1, and the inverse of a sum of inverses as a lower bound."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import cast

from axiomkd.kernel.algebra import expand, to_term
from axiomkd.kernel.combination import hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import ONE, AtMost, Big, Free, Node, Number, Power, Term, big_sum, term
from axiomkd.provers.structural.averages import known_weights
from axiomkd.provers.structural.book import Book, NoProof
from axiomkd.provers.structural.gaps import Kind, comparison
from axiomkd.provers.structural.signs import learn_nonnegative, learn_positive
from axiomkd.provers.structural.sums import equation, reduce_by_sums, reduce_equal


def prove_with_units(book: Book, left: Term, right: Term) -> int:
    """An equation that holds once x/x = 1 is put in, for the denominators inside."""
    learn_units(book, left - right)
    return reduce_equal(book, left, right)


def learn_units(book: Book, node: Node) -> None:
    """x/x = 1 for the sums x in denominators inside, with known sums put in x; they must be positive."""
    for inverse in dict.fromkeys(_inverses(book, node)):
        end = _reduced(book, inverse.base)
        if isinstance(end, Number):
            book.know(_inverse_of_number(book, inverse, end))
            continue
        learn_positive(book, inverse.base)
        book.know(book.add_from_known("powers", equation(inverse.base * inverse, ONE)))
        book.know(reduce_equal(book, end * inverse, ONE))


def _inverse_of_number(book: Book, inverse: Power, number: Number) -> int:
    """1/x, where x is known to be a number."""
    known, end = 1 / cast(Term, number), term(1 / number.value)
    links = (
        book.add("congruence", equation(inverse, known), (reduce_equal(book, inverse.base, number),)),
        book.add("algebraic", equation(known, end)),
    )
    return book.add("chain", equation(inverse, end), links, known)


def _inverses(book: Book, node: Node) -> Iterator[Power]:
    """The inverses of sums inside, the binders around them opened, the innermost first."""
    for part in (node.at(book.index_for(node)),) if isinstance(node, Big) else node.parts:
        if isinstance(part, Term):
            yield from _inverses(book, part)
    if isinstance(node, Power) and isinstance(node.base, Big) and node.exponent.parts == (-1,):
        yield node


def _reduced(book: Book, value: Term) -> Term:
    return to_term(reduce_by_sums(book, expand(value, book.goal.sizes))[0])


def harmonic(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    r""":math:`1/\sum_k a_k \le \sum_k w_k^2/a_k` for weights w: Jensen for squares, with weights like a."""
    match left:
        case Power(Big("sum") as total, Number(exponent)) if kind is AtMost and exponent == -1:
            learn_units(book, left)
        case _:
            raise NoProof("no inverse of a sum")
    end = _reduced(book, right)
    same = reduce_equal(book, right, end)
    for k, weight in known_weights(book, total.sort):
        with suppress(Refused):
            inner = _by_jensen(book, left, end, k, total, weight)
            return book.add("chain", comparison(AtMost, left, right), (inner, same), end)
    raise NoProof("no weights")


def _by_jensen(book: Book, left: Term, right: Term, k: Free, total: Big, weight: Term) -> int:
    r"""With :math:`A = \sum_k a_k`, the weights :math:`a_k/A` and the values :math:`x_k = w_k/a_k`."""
    share = total.at(k) * left
    value = weight * _inverted(book, total.at(k))
    mean, square = big_sum(k, share * value), big_sum(k, share * value * value)
    learn_nonnegative(book, share)
    one = reduce_equal(book, big_sum(k, share), ONE)
    jensen = book.add_from_known(
        "jensen_square", comparison(AtMost, mean * mean, square), k, share, value, also=(one,)
    )
    links = (
        book.add("congruence", equation(left * left, mean * mean), (reduce_equal(book, left, mean),)),
        jensen,
        reduce_equal(book, square, left * right),
    )
    multiple = book.add("chain", comparison(AtMost, left * left, left * right), links, mean * mean, square)
    unit = book.add_from_known("powers", equation(total * left, ONE))
    template = total * hole(0) + (right - left) * hole(1)
    return book.add_from_known(
        "combination", comparison(AtMost, left, right), template, also=(multiple, unit)
    )


def _inverted(book: Book, value: Term) -> Term:
    """1/a for a = 1/v is v, with known sums put in."""
    if isinstance(value, Power) and value.exponent.parts == (-1,):
        return _reduced(book, value.base)
    return 1 / value
