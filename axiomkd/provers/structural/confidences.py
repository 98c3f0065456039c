r"""The limit of :math:`\prod_j x_j^{x_j} = e^{-H(x)}` where the distribution x tends to a vertex: it is 1.

By the weighted AM-GM inequality :math:`\prod_j x_j^{x_j} \le \sum_j x_j^2`, and for :math:`x_j^{-1/2}` in
the place of :math:`x_j`, :math:`(\sum_j x_j^{1/2})^{-2} \le \prod_j x_j^{x_j}`; both ends tend to 1.
"""

from __future__ import annotations

from fractions import Fraction

from axiomkd.kernel.terms import AtMost, Big, Free, Number, Power, Term, big_product, big_sum, power
from axiomkd.provers.structural.book import Book, NoProof
from axiomkd.provers.structural.gaps import comparison
from axiomkd.provers.structural.quotients import sums_to_one
from axiomkd.provers.structural.signs import learn_positive
from axiomkd.provers.structural.sums import equation

HALF = Number(Fraction(1, 2))


def bounds_of_confidence(book: Book, value: Term) -> list[tuple[Term, int]]:
    """The ends below and above, and the steps that say so."""
    match value:
        case Big("product"):
            j = book.index_for(value)
            body = value.at(j)
        case _:
            raise NoProof("no product")
    if not (isinstance(body, Power) and body.base is body.exponent):
        raise NoProof("no product of powers of themselves")
    share = body.base
    learn_positive(book, share)
    ones = sums_to_one(book, big_sum(j, share))
    return [_below(book, value, j, share, ones), _above(book, value, j, share, ones)]


def _above(book: Book, value: Term, j: Free, share: Term, ones: int) -> tuple[Term, int]:
    mean = big_sum(j, share * share)
    formula = comparison(AtMost, value, mean)
    return mean, book.add_from_known("weighted_am_gm", formula, j, share, share, also=(ones,))


def _below(book: Book, value: Term, j: Free, share: Term, ones: int) -> tuple[Term, int]:
    """From (prod x^x)^(-1/2) <= sum x^(1/2) to the inverse squares."""
    root = power(share, -HALF.value)
    product, mean = big_product(j, power(root, share)), big_sum(j, share * root)
    jensen = book.add_from_known(
        "weighted_am_gm", comparison(AtMost, product, mean), j, share, root, also=(ones,)
    )
    roots = big_sum(j, power(share, HALF))
    cancelled = book.add_from_known("powers", equation(share * root, power(share, HALF)))
    same = book.add("congruence", equation(mean, roots), (cancelled,))
    bounded = book.add("chain", comparison(AtMost, product, roots), (jensen, same), mean)
    for positive in (product, roots):
        learn_positive(book, positive)
    least, whole = power(roots, -2), power(product, -2)
    raised = book.add_from_known("power_of_base", comparison(AtMost, least, whole), also=(bounded,))
    links = raised, book.add_from_known("powers", equation(whole, value))
    return least, book.add("chain", comparison(AtMost, least, value), links, whole)
