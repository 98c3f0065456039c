r"""The limit of :math:`\prod_j x_j^{x_j} = e^{-H(x)}` where the distribution x tends to a vertex: it is 1.

By the weighted AM-GM inequality :math:`\prod_j x_j^{x_j} \le \sum_j x_j^2`, and for :math:`x_j^{-1/2}` in
the place of :math:`x_j`, :math:`(\sum_j x_j^{1/2})^{-2} \le \prod_j x_j^{x_j}`; both ends tend to 1.
"""

from __future__ import annotations

from fractions import Fraction
from typing import cast

from axiomkd.kernel.application import positive
from axiomkd.kernel.combination import hole
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Big,
    Comparison,
    Distinct,
    Formula,
    Free,
    If,
    Index,
    Less,
    Literal,
    Number,
    Power,
    Same,
    Term,
    add,
    big_product,
    big_sum,
    delta,
    power,
    substitute,
)
from axiomkd.provers.structural.book import Book, NoProof, general_names
from axiomkd.provers.structural.entropies import first_below_one
from axiomkd.provers.structural.gaps import comparison
from axiomkd.provers.structural.quotients import sums_to_one
from axiomkd.provers.structural.signs import learn_positive, prove_positive
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


def confidence_below_one(book: Book, value: Term) -> int:
    r""":math:`\prod_j x_j^{x_j} \le \sum_j x_j^2 < \sum_j x_j = 1`, as no entry is 1."""
    _, (mean, step) = bounds_of_confidence(book, value)
    index = book.index_for(cast(Big, mean))
    share = cast(Power, cast(Big, value).at(index)).base
    mass = cast(Big, big_sum(index, share))
    ones = sums_to_one(book, mass)
    first = cast(Index, Literal(1, index.sort))
    below = book.add_from_known("term_of_sum", comparison(AtMost, share, mass), index)
    book.know(_room(book, share, book.add("chain", comparison(AtMost, share, ONE), (below, ones), mass)))
    at_first = cast(Term, substitute(share, {index: first}))
    book.know(_room(book, at_first, first_below_one(book, mass, index, first, ones)))
    left = big_sum(index, share * (1 - share))
    some = prove_positive(book, at_first * (1 - at_first))
    positive_left = book.add_from_known("sum_with_positive_term", positive(left), first, also=(some,))
    found = (positive_left, ones)
    template = add(*(hole(n, *general_names(book, number)) for n, number in enumerate(found)))
    squares = book.add("combination", comparison(Less, mean, ONE), found, template)
    return book.add("chain", comparison(Less, value, ONE), (step, squares), mean)


def confidence_of_vertex(book: Book, value: Term) -> int:
    r""":math:`\prod_j \delta_{jm}^{\delta_{jm}} = 1`, with :math:`0^0 = 1`."""
    index = book.index_for(value)
    body = cast(Big, value).at(index)
    match body:
        case Power(If(Same(one, other)) as entry, exponent) if entry is exponent is delta(one, other):
            formula = equation(body, ONE)
        case _:
            raise NoProof("no distribution that is a vertex in", value)
    steps = []
    for case, number in ((Same(one, other), ONE), (Distinct(one, other), ZERO)):
        with book.assuming(cast(Formula, case)) as assumed:
            known = book.add("branch", equation(entry, number), (assumed,))
            middle = power(number, number)
            links = (
                book.add("congruence", equation(body, middle), (known,)),
                book.add("algebraic", equation(middle, ONE)),
            )
            steps.append(book.add("chain", formula, links, middle))
    each = book.add("cases_index", formula, tuple(steps), one, other)
    ones = big_product(index, ONE)
    links = book.add("congruence", equation(value, ones), (each,)), book.add("algebraic", equation(ones, ONE))
    return book.add("chain", equation(value, ONE), links, ones)


def _room(book: Book, share: Term, bound: int) -> int:
    """The sign of 1 - x, from a bound of x."""
    kind = type(cast(Comparison, book.formula(bound)))
    template = hole(0, *general_names(book, bound))
    return book.add("combination", comparison(kind, ZERO, 1 - share), (bound,), template)


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
    for mean_of_roots in (product, roots):
        learn_positive(book, mean_of_roots)
    least, whole = power(roots, -2), power(product, -2)
    raised = book.add_from_known("power_of_base", comparison(AtMost, least, whole), also=(bounded,))
    links = raised, book.add_from_known("powers", equation(whole, value))
    return least, book.add("chain", comparison(AtMost, least, value), links, whole)
