"""Membership in a convex hull: read the coefficients off the expanded point."""

from __future__ import annotations

from typing import cast

from axiomkd.kernel.algebra import Monomial, expand
from axiomkd.kernel.application import match
from axiomkd.kernel.terms import (
    ONE,
    Free,
    Index,
    InHull,
    Term,
    add,
    big_sum,
    delta,
    multiply,
    open_binder,
    power,
    substitute,
)
from axiomkd.provers.structural.book import Book, NoProof
from axiomkd.provers.structural.rewriting import prove_equal, simplify
from axiomkd.provers.structural.signs import learn_nonnegative


def prove_hull(book: Book, formula: InHull) -> int:
    k, i = book.index(formula.vertex_sort), book.index(formula.coordinate_sort)
    point = cast(Term, open_binder(formula.point, i))
    vertex = cast(Term, open_binder(open_binder(formula.vertices, k, 1), i))
    coefficient = read_coefficients(book, simplify(book, point)[0], vertex, k)
    learn_nonnegative(book, coefficient)
    premises = (
        prove_equal(book, big_sum(k, coefficient), ONE),
        prove_equal(book, point, big_sum(k, coefficient * vertex)),
    )
    return book.add_from_known("hull", formula, k, coefficient, also=premises)


def read_coefficients(book: Book, point: Term, vertex: Term, k: Free) -> Term:
    """The coefficient of vertex k in a point that is linear in the vertices."""
    parts = [
        multiply(scale, _coefficient(monomial, vertex, k))
        for monomial, scale in expand(point, book.goal.sizes).items()
    ]
    return add(*(part.parts[1] if part.parts[0] is ONE else part for part in parts)) if parts else ONE


def _coefficient(monomial: Monomial, vertex: Term, k: Free) -> Term:
    binders, factors = monomial
    for atom, exponent in factors:
        found: dict[Free, Index] = {}
        if exponent == 1 and match(vertex, atom, frozenset((k,)), found):
            rest = multiply(*(power(a, e) if e > 1 else a for a, e in factors if a is not atom))
            return _summed(binders, found[k], rest, k)
    raise NoProof("a point that is not linear in the vertices")


def _summed(binders: tuple[Free, ...], index: Index, rest: Term, k: Free) -> Term:
    others = [binder for binder in binders if binder is not index]
    if index in binders:
        inner = cast(Term, substitute(rest, {index: k}))
    else:
        inner = multiply(rest, delta(k, index)) if rest is not ONE else delta(k, index)
    for binder in reversed(others):
        inner = big_sum(binder, inner)
    return inner
