"""Convex hulls: who is inside, by coefficients or between two outcomes, and what being inside bounds."""

from __future__ import annotations

from contextlib import suppress
from typing import cast

from axiomkd.kernel.algebra import Monomial, expand
from axiomkd.kernel.application import match
from axiomkd.kernel.evidence import Parameter
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Big,
    Formula,
    Free,
    Index,
    InHull,
    Multiply,
    Term,
    add,
    big,
    big_sum,
    delta,
    multiply,
    open_binder,
    power,
    substitute,
    subterms,
)
from axiomkd.provers.structural.between import prove_between
from axiomkd.provers.structural.book import Book, NoProof
from axiomkd.provers.structural.order import prove_order
from axiomkd.provers.structural.rewriting import prove_equal, simplify
from axiomkd.provers.structural.signs import learn_nonnegative
from axiomkd.provers.structural.two_outcomes import prove_for_two_outcomes
from axiomkd.provers.structural.weighted import readings


def prove_hull(book: Book, formula: InHull) -> int:
    if book.find(formula) is not None:
        return cast(int, book.find(formula))
    for attempt in (_by_weights, _by_coefficients):
        with suppress(Refused):
            return attempt(book, formula)
    return _between_two_outcomes(book, formula)


def _by_weights(book: Book, formula: InHull) -> int:
    """The point is written as a mean of the vertices."""
    k, _, point, vertex = _opened(book, formula)
    for reading in readings(book, point):
        if reading.value is substitute(vertex, {k: reading.index}):
            same = prove_equal(book, point, reading.mean)
            parameters = reading.index, reading.weight
            return book.add_from_known("hull", formula, *parameters, also=(reading.total, same))
    raise NoProof("no mean of the vertices")


def _opened(book: Book, hull: InHull) -> tuple[Free, Free, Term, Term]:
    """Indices of the vertices and the coordinates, the point and the vertex at them."""
    k, i = book.index(hull.vertex_sort), book.index(hull.coordinate_sort)
    point = cast(Term, open_binder(hull.point, i))
    return k, i, point, cast(Term, open_binder(open_binder(hull.vertices, k, 1), i))


def _by_coefficients(book: Book, formula: InHull) -> int:
    """The coefficients are read off the expanded point."""
    k, _, point, vertex = _opened(book, formula)
    coefficient = read_coefficients(book, simplify(book, point)[0], vertex, k)
    _learn_coefficient(book, coefficient)
    premises = (
        prove_equal(book, big_sum(k, coefficient), ONE),
        prove_equal(book, point, big_sum(k, coefficient * vertex)),
    )
    return book.add_from_known("hull", formula, k, coefficient, also=premises)


def _learn_coefficient(book: Book, coefficient: Term) -> None:
    """A coefficient is not negative by the signs of its parts, or as a combination: w - b w + b/K."""
    try:
        learn_nonnegative(book, coefficient)
    except Refused:
        book.know(prove_order(book, AtMost, ZERO, coefficient))


def _between_two_outcomes(book: Book, formula: InHull) -> int:
    k, i, point, vertex = _opened(book, formula)
    if book.goal.size(i.sort) != 2:
        raise NoProof("not two outcomes")
    premises = (
        prove_equal(book, big_sum(i, point), ONE),
        prove_equal(book, big_sum(i, vertex), ONE),
        _prove_bound(book, big("minimum", k, vertex), point),
        _prove_bound(book, point, big("maximum", k, vertex)),
    )
    return book.add("hull_of_two_outcomes", formula, premises)


def _prove_bound(book: Book, low: Term, high: Term) -> int:
    """A bound as a statement of its own would be proved."""
    formula = cast(AtMost, AtMost(low, high))
    for attempt in (prove_between, prove_for_two_outcomes):
        with suppress(Refused):
            return attempt(book, formula)
    return prove_order(book, AtMost, low, high)


def learn_from_hulls(book: Book, conclusions: tuple[Formula, ...]) -> None:
    """A point that is known to lie in a hull: bounds of its coordinates, and of the sums that are asked."""
    hulls = [formula for number in book.known if isinstance(formula := book.formula(number), InHull)]
    for hull in hulls:
        k, i, point, vertex = _opened(book, hull)
        n = book.index(i.sort)
        value, ends = (cast(Term, substitute(row, {i: n})) for row in (point, vertex))
        _learn_bounds(book, "hull_coordinate", value, k, ends, n, hull)
        for total in _sums(conclusions, i.sort):
            with suppress(Refused):
                scale = _linear_coefficient(total.at(i), point)
                _learn_bounds(book, "hull_bound", total, k, big_sum(i, scale * vertex), i, scale, hull)


def _sums(conclusions: tuple[Formula, ...], sort: str) -> list[Big]:
    parts = (part for formula in conclusions for part in subterms(formula))
    return [part for part in parts if isinstance(part, Big) and part.parts[:2] == ("sum", sort)]


def _linear_coefficient(body: Term, point: Term) -> Term:
    """What multiplies the coordinate of the point, once, in the body of a sum."""
    factors = list(body.parts) if isinstance(body, Multiply) else [body]
    if factors.count(point) != 1:
        raise NoProof("a sum that is not linear in the point")
    factors.remove(point)
    return multiply(*factors)


def _learn_bounds(
    book: Book, rule: str, value: Term, k: Free, at_vertex: Term, *parameters: Parameter
) -> None:
    lower = AtMost(big("minimum", k, at_vertex), value)
    for bound in (lower, AtMost(value, big("maximum", k, at_vertex))):
        book.know(book.add_from_known(rule, cast(Formula, bound), *parameters))


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
