r"""Polynomials that increase on [0, 1], at two means there.

With z between x and y, :math:`f(y) - f(x) = (y - x) \int_0^1 f'((1-t) x + t y)\,dt`. Where the coefficients
of f' in Bernstein's basis are not negative, the integral is a combination of products of x, y, 1 - x and
1 - y with positive coefficients.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import comb, factorial
from typing import cast

from axiomkd.kernel.algebra import expand
from axiomkd.kernel.combination import hole
from axiomkd.kernel.terms import (
    AtMost,
    Big,
    Free,
    Term,
    add,
    multiply,
    substitute,
    subterms,
    term,
    variable,
    variables,
)
from axiomkd.provers.structural.book import Book, NoProof, general_names
from axiomkd.provers.structural.differences import below_one
from axiomkd.provers.structural.gaps import Kind, comparison
from axiomkd.provers.structural.order import prove_order
from axiomkd.provers.structural.readings import is_bound
from axiomkd.provers.structural.signs import learn_nonnegative

ARGUMENT = variable("x of f(x)")
"""Stands for the mean in the polynomial of which it is the argument."""
DEGREE = 6


def increasing_polynomial(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """f(x) <= f(y) for x <= y in [0, 1], where f' shows in Bernstein's basis that it is not negative."""
    if kind is not AtMost or book.sign_of_difference is None:
        raise NoProof("no polynomials of means")
    for x, f in _readings(left):
        for y, same in _readings(right):
            if expand(f - same, book.goal.sizes):
                continue
            parts = _integral(_derivative(book, f), x, y)
            for mean in (x, y):
                learn_nonnegative(book, mean)
                book.know(below_one(book, mean))
            rises = prove_order(book, AtMost, x, y, depth)
            template = hole(0, *general_names(book, rises)) * add(*parts)
            ends = comparison(AtMost, left, right)
            return book.add_from_known("combination", ends, template, also=(rises,))
    raise NoProof("no polynomial of means")


def _readings(value: Term) -> Iterator[tuple[Term, Term]]:
    """Ways to see a term as a polynomial, of a sum over an index, that is not the sum itself."""
    for part in dict.fromkeys(subterms(value)):
        if isinstance(part, Big) and part is not value and not is_bound(part):
            whole = cast(Term, substitute(value, {part: ARGUMENT}))
            if variables(whole) == {"x of f(x)"} and not _sizes_or_indices(whole):
                yield part, whole


def _sizes_or_indices(value: Term) -> bool:
    return any(isinstance(part, Free | Big) for part in subterms(value))


def _derivative(book: Book, polynomial: Term) -> list[Fraction]:
    """The coefficients of f' in Bernstein's basis."""
    slopes: dict[int, Fraction] = {}
    for (_, factors), coefficient in expand(polynomial, book.goal.sizes).items():
        degree = dict(factors).get(ARGUMENT, 0)
        if len(factors) != (degree > 0) or degree > DEGREE:
            raise NoProof("no polynomial of low degree")
        if degree:
            slopes[degree - 1] = coefficient * degree
    n = max(slopes, default=0)
    found = [
        sum((c * Fraction(comb(r, e), comb(n, e)) for e, c in slopes.items()), Fraction(0))
        for r in range(n + 1)
    ]
    if min(found) < 0:
        raise NoProof("a polynomial that may fall")
    return found


def _integral(coefficients: list[Fraction], x: Term, y: Term) -> Iterator[Term]:
    """The integral of f' from x to y, over y - x."""
    n = len(coefficients) - 1
    for r, coefficient in enumerate(coefficients):
        for b in range(r + 1):
            for d in range(n - r + 1):
                later = factorial(n - b - d) * factorial(b + d)
                number = comb(n, r) * comb(r, b) * comb(n - r, d) * Fraction(later, factorial(n + 1))
                if coefficient:
                    parts = [*[x] * (r - b), *[y] * b, *[1 - x] * (n - r - d), *[1 - y] * d]
                    yield (
                        multiply(term(number * coefficient), *parts) if parts else term(number * coefficient)
                    )
