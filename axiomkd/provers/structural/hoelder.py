r"""Hoelder's inequality: :math:`\sum_i c_i \prod_k x_k(i)^{w_k} \le \prod_k (\sum_i c_i x_k(i))^{w_k}`.

Where every sum :math:`P_k` on the right is positive it is the weighted AM-GM inequality for
:math:`x_k(i)/P_k`, times :math:`c_i`, summed over i. Where all :math:`c_i` are zero both sides vanish.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import cast

from axiomkd.kernel.application import nonnegative, positive
from axiomkd.kernel.combination import hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Big,
    Equal,
    Formula,
    Free,
    Multiply,
    Power,
    Term,
    big_product,
    big_sum,
    multiply,
    power,
)
from axiomkd.provers.structural.book import Book, NoProof, general_names
from axiomkd.provers.structural.gaps import Kind, comparison
from axiomkd.provers.structural.inverses import learn_units
from axiomkd.provers.structural.rewriting import prove_equal
from axiomkd.provers.structural.signs import (
    is_positive,
    learn_nonnegative,
    learn_positive,
    prove_nonnegative,
)
from axiomkd.provers.structural.sums import equation, reduce_equal


@dataclass(frozen=True)
class Sides:
    """``bound`` is the product over k of the sums ``total``, over i, of ``scale`` times ``value``, to the
    ``weight``; ``ones`` says that the weights sum to 1."""

    bound: Big
    total: Big
    k: Free
    i: Free
    weight: Term
    scale: Term
    value: Term
    ones: int

    @property
    def mean(self) -> Term:
        r""":math:`\prod_k x_k(i)^{w_k}`."""
        return big_product(self.k, power(self.value, self.weight))

    @property
    def summed(self) -> Term:
        return big_sum(self.i, self.scale * self.mean)


def hoelder(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """A sum of products below the product of the sums."""
    if kind is not AtMost or not (isinstance(right, Big) and right.kind == "product"):
        raise NoProof("no product of sums")
    sides = _read(book, right)
    with suppress(Refused):
        learn_units(book, left)
    same = prove_equal(book, left, sides.summed)
    bounded = _positive_sums(book, sides) if is_positive(book, sides.total) else _in_both_cases(book, sides)
    return book.add("chain", comparison(kind, left, right), (same, bounded), sides.summed)


def _read(book: Book, bound: Big) -> Sides:
    k = book.index_for(bound)
    body = bound.at(k)
    if not (isinstance(body, Power) and isinstance(body.base, Big) and body.base.kind == "sum"):
        raise NoProof("no powers of sums in", bound)
    total, weight = body.base, body.exponent
    i = book.index_for(total)
    inner = total.at(i)
    parts = inner.parts if isinstance(inner, Multiply) else (inner,)
    scale = multiply(*(part for part in parts if k not in part.free))
    value = multiply(*(part for part in parts if k in part.free))
    ones = reduce_equal(book, big_sum(k, weight), ONE)
    learn_nonnegative(book, weight)
    learn_positive(book, value)
    _learn_scale(book, scale)
    return Sides(bound, total, k, i, weight, scale, value, ones)


def _learn_scale(book: Book, scale: Term) -> None:
    """The sign of c, perhaps because c = c^2."""
    try:
        learn_nonnegative(book, scale)
    except Refused:
        square = power(scale, 2)
        links = (
            book.add("sign_of_parts", nonnegative(square)),
            book.add("algebraic", equation(square, scale * scale)),
            book.add_from_known("instance", equation(scale * scale, scale)),
        )
        book.know(book.add("chain", nonnegative(scale), links, square, scale * scale))


def _in_both_cases(book: Book, sides: Sides) -> int:
    """Whether the c sum to zero or not."""
    scales = cast(Big, big_sum(sides.i, sides.scale))
    formula = comparison(AtMost, sides.summed, sides.bound)
    sign = prove_nonnegative(book, scales)
    with book.assuming(cast(Formula, Equal(scales, ZERO))) as none:
        first = _no_scale(book, sides, scales, none)
    with book.assuming(positive(scales)) as some:
        book.know(_positive_total(book, sides, scales, some))
        second = _positive_sums(book, sides)
    return book.add("cases_zero", formula, (sign, first, second), scales)


def _no_scale(book: Book, sides: Sides, scales: Big, none: int) -> int:
    """Each c is zero, as none of them is negative: the left side vanishes."""
    below = book.add_from_known("term_of_sum", comparison(AtMost, sides.scale, scales), sides.i)
    links = (below, none)
    at_most = book.add("chain", comparison(AtMost, sides.scale, ZERO), links, scales)
    sign = prove_nonnegative(book, sides.scale)
    zero = book.add("antisymmetry", equation(sides.scale, ZERO), (at_most, sign))
    template = big_sum(sides.i, multiply(-1, sides.mean, hole(0, *general_names(book, zero))))
    vanishing = book.add("algebraic", equation(sides.summed, ZERO), (zero,), template)
    ends = comparison(AtMost, sides.summed, sides.bound)
    return book.add("chain", ends, (vanishing, prove_nonnegative(book, sides.bound)), ZERO)


def _positive_total(book: Book, sides: Sides, scales: Big, some: int) -> int:
    """Where a c is positive, so is every sum on the right."""
    n = book.index(scales.sort)
    formula = positive(sides.total)
    with book.assuming(positive(scales.at(n))):
        found = book.add_from_known("sum_with_positive_term", formula, n)
    return book.add("positive_entry", formula, (some, found), scales, n)


def _positive_sums(book: Book, sides: Sides) -> int:
    """From the weighted AM-GM inequality for x/P."""
    share = sides.value / sides.total
    means = big_product(sides.k, power(share, sides.weight)), big_sum(sides.k, sides.weight * share)
    parameters = sides.k, sides.weight, share
    below = book.add_from_known("weighted_am_gm", comparison(AtMost, *means), *parameters, also=(sides.ones,))
    sums = [big_sum(sides.i, sides.scale * mean) for mean in means]
    template = big_sum(sides.i, sides.scale * hole(0, *general_names(book, below)))
    summed = book.add_from_known("combination", comparison(AtMost, *sums), template, also=(below,))
    book.know(book.add_from_known("powers", equation(sides.total / sides.total, ONE)))
    inverse = power(sides.bound, -1)
    links = _taken_out(book, sides, (means[0], sums[0]), inverse), summed, reduce_equal(book, sums[1], ONE)
    shrunk = book.add("chain", comparison(AtMost, inverse * sides.summed, ONE), links, *sums)
    learn_positive(book, sides.bound)
    unit = book.add_from_known("powers", equation(sides.bound * inverse, ONE))
    template = sides.bound * hole(0) + multiply(-1, sides.summed, hole(1))
    ends = comparison(AtMost, sides.summed, sides.bound)
    return book.add_from_known("combination", ends, template, also=(shrunk, unit))


def _taken_out(book: Book, sides: Sides, terms: tuple[Term, Term], inverse: Term) -> int:
    """The sum over i of c times the product of the x/P is the left side over the right one."""
    mean, total = terms
    split = book.add_from_known("powers", equation(mean, sides.mean * inverse))
    apart = big_sum(sides.i, sides.scale * (sides.mean * inverse))
    links = (
        book.add("algebraic", equation(inverse * sides.summed, apart)),
        book.add("congruence", equation(apart, total), (split,)),
    )
    return book.add("chain", equation(inverse * sides.summed, total), links, apart)
