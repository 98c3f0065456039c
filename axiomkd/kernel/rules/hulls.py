"""Convex hulls: who is inside, and what that bounds."""

from __future__ import annotations

from typing import cast

from axiomkd.kernel.application import Application
from axiomkd.kernel.sign import NONNEGATIVE, demand_sign
from axiomkd.kernel.terms import (
    ONE,
    AtMost,
    Equal,
    Formula,
    Free,
    Index,
    InHull,
    Literal,
    Term,
    big,
    big_sum,
    fresh,
    open_binder,
    substitute,
)


def opened(hull: InHull) -> tuple[Free, Free, Term, Term]:
    """An index of the vertices, one of the coordinates, the point and the vertex at them."""
    k, i = fresh(hull.vertex_sort), fresh(hull.coordinate_sort)
    point = cast(Term, open_binder(hull.point, i))
    return k, i, point, cast(Term, open_binder(open_binder(hull.vertices, k, 1), i))


def hull(step: Application) -> None:
    """A point is in the convex hull because nonnegative coefficients that sum to 1 give it."""
    conclusion = step.conclusion_as(InHull)
    given, coefficient = step.parameter(0, Free), step.parameter(1, Term)
    k, _, point, vertex = opened(conclusion)
    step.require(given.sort == k.sort, "an index of the vertices", given)
    weight = cast(Term, substitute(coefficient, {given: k}))
    demand_sign(step, weight, NONNEGATIVE)
    total = big_sum(k, weight)
    if not step.has(cast(Formula, Equal(total, ONE))):
        step.need_equal(total, ONE)
    combined = big_sum(k, weight * vertex)
    if not step.has(cast(Formula, Equal(point, combined))):
        step.need_equal(point, combined)


def hull_of_two_outcomes(step: Application) -> None:
    r"""With two outcomes, a distribution x is in the hull of distributions y(k) if it lies between them.

    That is, if :math:`\min_k y(k,1) \le x(1) \le \max_k y(k,1)`.
    """
    conclusion = step.conclusion_as(InHull)
    k, i, point, vertex = opened(conclusion)
    step.require(step.goal.size(i.sort) == 2, f"two {i.sort}s", step.goal.size(i.sort))
    for row in (point, vertex):
        step.need(cast(Formula, Equal(big_sum(i, row), ONE)))
    first = {i: Literal(1, i.sort)}
    one, ends = cast(Term, substitute(point, first)), cast(Term, substitute(vertex, first))
    step.need(cast(Formula, AtMost(big("minimum", k, ends), one)))
    step.need(cast(Formula, AtMost(one, big("maximum", k, ends))))


def hull_coordinate(step: Application) -> None:
    r"""Each coordinate of a point in a hull: :math:`\min_k y(k,n) \le x(n) \le \max_k y(k,n)`."""
    n, hull = step.parameter(0, Index), step.parameter(1, InHull)
    k, i, point, vertex = opened(hull)
    step.require(n.sort == i.sort, "an index of the coordinates", n)
    value, at_vertex = (cast(Term, substitute(row, {i: n})) for row in (point, vertex))
    _bounded(step, hull, value, at_vertex, k)


def hull_bound(step: Application) -> None:
    r"""A linear form has its extremes over a hull at vertices.

    :math:`\min_k \sum_i c_i y(k,i) \le \sum_i c_i x(i) \le \max_k \sum_i c_i y(k,i)` for x in the
    hull of the y(k).
    """
    given, coefficient, hull = step.parameter(0, Free), step.parameter(1, Term), step.parameter(2, InHull)
    k, i, point, vertex = opened(hull)
    step.require(given.sort == i.sort, "an index of the coordinates", given)
    scale = cast(Term, substitute(coefficient, {given: i}))
    _bounded(step, hull, big_sum(i, scale * point), big_sum(i, scale * vertex), k)


def _bounded(step: Application, hull: InHull, value: Term, at_vertex: Term, k: Free) -> None:
    """The conclusion bounds the value by its least or greatest among the vertices."""
    conclusion = step.conclusion_as(AtMost)
    step.need(hull)
    lower, upper = big("minimum", k, at_vertex), big("maximum", k, at_vertex)
    pairs = ((lower, value), (value, upper))
    bounds = any(
        step.equal(conclusion.left, low) and step.equal(conclusion.right, high) for low, high in pairs
    )
    step.require(bounds, f"a bound of {value}", conclusion)
