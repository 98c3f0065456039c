"""The proofs of steps about convex hulls."""

from __future__ import annotations

from typing import cast

from axiomkd.export.context import Unexported
from axiomkd.export.rules.writer import Writer, between
from axiomkd.kernel.rules.hulls import opened
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
    substitute,
)


def hull(w: Writer) -> str:
    assert isinstance(w.conclusion, InHull)
    given = w.step.parameter(0, Free)
    k, i, point, vertex = opened(w.conclusion)
    weight = cast(Term, substitute(w.step.parameter(1, Term), {given: k}))
    inner, names = w.ctx.bind(k)
    outcome, more = w.ctx.bind(i)
    total = big_sum(k, weight)
    one = w.prover.has(w.ctx, cast(Formula, Equal(total, ONE))) or w.equal(total, ONE)
    combined = big_sum(k, weight * vertex)
    is_point = w.prover.has(outcome, cast(Formula, Equal(point, combined))) or w.equal(
        point, combined, outcome
    )
    sign = f"(fun {names} => {w.nonnegative(weight, inner)})"
    return f"(Rules.hull _ _ _ _ {w.function(k, weight)} {sign} {one} (fun {more} => {is_point}))"


def hull_of_two_outcomes(w: Writer) -> str:
    assert isinstance(w.conclusion, InHull)
    k, i, point, vertex = opened(w.conclusion)
    inner, names = w.ctx.bind(k)
    first = {i: Literal(1, i.sort)}
    one, ends = cast(Term, substitute(point, first)), cast(Term, substitute(vertex, first))
    total = w.need(cast(Formula, Equal(big_sum(i, point), ONE)))
    totals = w.need(cast(Formula, Equal(big_sum(i, vertex), ONE)), ctx=inner)
    bounds = [
        w.need(cast(Formula, AtMost(*pair)))
        for pair in ((big("minimum", k, ends), one), (one, big("maximum", k, ends)))
    ]
    least = w.ctx.least(k.sort)
    return f"(Rules.hull_of_two_outcomes _ _ _ {least} {total} (fun {names} => {totals}) {' '.join(bounds)})"


def hull_coordinate(w: Writer) -> str:
    n, hull = w.step.parameter(0, Index), w.step.parameter(1, InHull)
    k, i, point, vertex = opened(hull)
    value, ends = (cast(Term, substitute(row, {i: n})) for row in (point, vertex))
    at = f"{w.ctx.index(n)} {w.ctx.least(k.sort)} {w.ctx.within(n)}"
    return _bound(w, value, big("minimum", k, ends), f"hull_coordinate_{{}} _ _ _ _ {at} {w.need(hull)}")


def hull_bound(w: Writer) -> str:
    given, hull = w.step.parameter(0, Free), w.step.parameter(2, InHull)
    k, i, point, vertex = opened(hull)
    scale = cast(Term, substitute(w.step.parameter(1, Term), {given: i}))
    value, least = big_sum(i, scale * point), big("minimum", k, big_sum(i, scale * vertex))
    proof = f"hull_bound_{{}} _ _ _ _ {w.function(i, scale)} {w.ctx.least(k.sort)} {w.need(hull)}"
    return _bound(w, value, least, proof)


def _bound(w: Writer, value: Term, least: Term, proof: str) -> str:
    """The least of the vertices below the value, or the value below the greatest of them."""
    left, right = w.sides()
    greatest = cast(Term, type(least)("maximum", *least.parts[1:]))
    for kind, pair in (("minimum", (least, value)), ("maximum", (value, greatest))):
        if w.step.equal(left, pair[0]) and w.step.equal(right, pair[1]):
            return between(w, *pair, f"(Rules.{proof.format(kind)})")
    raise Unexported("a bound over a hull")
