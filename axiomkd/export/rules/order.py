"""Inequalities: signs, chains, monotone functions, maxima and minima."""

from __future__ import annotations

from itertools import pairwise
from typing import cast

from axiomkd.export.context import Context, Unexported
from axiomkd.export.prover import NONNEGATIVE, POSITIVE, weakened
from axiomkd.export.rules.writer import Writer
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Big,
    Different,
    Equal,
    Exp,
    Extreme,
    Formula,
    Index,
    Less,
    Log,
    Power,
    Term,
    add,
    fresh,
    term,
)


def sign_of_parts(w: Writer) -> str:
    _, right = w.sides()
    least = POSITIVE if isinstance(w.conclusion, Less) else NONNEGATIVE
    return f"(Rules.sign_of_parts _ {w.prover.demand(w.ctx, right, least)})"


def sum_with_positive_term(w: Writer) -> str:
    total = cast(Big, w.sides()[1])
    at = w.step.parameter(0, Index)
    index = fresh(total.sort)
    inner, names = w.ctx.bind(index)
    others = f"(fun {names} => {w.nonnegative(total.at(index), inner)})"
    head = f"Rules.sum_with_positive_term _ {w.ctx.function(total)} {w.ctx.index(at)} {w.ctx.within(at)}"
    return f"({head} {w.positive(total.at(at))} {others})"


def term_of_sum(w: Writer) -> str:
    left, right = w.sides()
    total, at = cast(Big, right), w.step.parameter(0, Index)
    index = fresh(total.sort)
    inner, names = w.ctx.bind(index)
    terms = f"(fun {names} => {w.nonnegative(total.at(index), inner)})"
    head = f"{w.ctx.size(total.sort)} {w.ctx.function(total)} {w.ctx.index(at)} _ {w.ctx.within(at)}"
    return f"(Rules.term_of_sum {head} {terms} {w.equal(left, total.at(at))})"


def maximum_with_positive_term(w: Writer) -> str:
    total = cast(Big, w.sides()[1])
    at = w.step.parameter(0, Index)
    head = f"Rules.maximum_with_positive_term _ {w.ctx.function(total)} {w.ctx.index(at)} {w.ctx.within(at)}"
    return f"({head} {w.positive(total.at(at))})"


def chain(w: Writer) -> str:
    left, right = w.sides()
    links = [left, *(w.step.parameter(n, Term) for n in range(len(w.step.parameters))), right]
    found = [_link(w, one, other) for one, other in pairwise(links)]
    kind, total = found[-1]
    for earlier, proof in reversed(found[:-1]):
        name = f"Rules.chain_{earlier}_{kind}"
        total = f"({name} _ _ _ {proof} {total})"
        kind = "lt" if "lt" in (earlier, kind) else "le" if "le" in (earlier, kind) else "eq"
    if isinstance(w.conclusion, AtMost):
        total = {"lt": f"(Rlt_le _ _ {total})", "eq": f"(Req_le _ _ {total})"}.get(kind, total)
    return f"(Rules.chain _ {total})"


def _link(w: Writer, left: Term, right: Term) -> tuple[str, str]:
    for kind, relation in (("eq", Equal), ("lt", Less), ("le", AtMost)):
        found = w.prover.has(w.ctx, cast(Formula, relation(left, right)))
        if found is not None:
            return kind, found
    raise Unexported(f"a link from {left} to {right}")


def power_of_base(w: Writer) -> str:
    left, right = (cast(Power, side) for side in w.sides())
    exponent = left.exponent
    least = POSITIVE if isinstance(w.conclusion, Less) else NONNEGATIVE
    level, proof = w.prover.sign(w.ctx, exponent)
    if level >= least:
        order = w.relation(left.base, right.base)
        base = w.nonnegative(left.base)
        return f"(Rules.power_of_base{w.strict} _ _ _ {weakened(level, proof, least)} {base} {order})"
    negative = w.need(cast(Formula, type(w.conclusion)(exponent, ZERO)))
    order = w.relation(right.base, left.base)
    return f"(Rules.power_of_base_negative{w.strict} _ _ _ {negative} {w.positive(right.base)} {order})"


def power_of_exponent(w: Writer) -> str:
    left, right = (cast(Power, side) for side in w.sides())
    base = w.positive(left.base)
    rising = w.prover.has(w.ctx, cast(Formula, AtMost(left.exponent, right.exponent)))
    if rising is not None:
        return f"(Rules.power_of_exponent _ _ _ {base} {rising} {w.need(AtMost(ONE, left.base))})"
    falling = w.need(cast(Formula, AtMost(right.exponent, left.exponent)))
    return f"(Rules.power_of_exponent_falling _ _ _ {base} {falling} {w.need(AtMost(left.base, ONE))})"


def exponential_increases(w: Writer) -> str:
    left, right = (cast(Exp, side) for side in w.sides())
    return f"(Rules.exponential_increases{w.strict} _ _ {w.relation(left.argument, right.argument)})"


def logarithm_increases(w: Writer) -> str:
    left, right = (cast(Log, side) for side in w.sides())
    order = w.relation(left.argument, right.argument)
    return f"(Rules.logarithm_increases{w.strict} _ _ {w.positive(left.argument)} {order})"


def logarithm_decides(w: Writer) -> str:
    left, right = w.sides()
    order = w.relation(cast(Term, Log(left)), cast(Term, Log(right)))
    return f"(Rules.logarithm_decides{w.strict} _ _ {w.positive(left)} {w.positive(right)} {order})"


def exponential_tangent(w: Writer) -> str:
    left, right = w.sides()
    exponent = cast(Exp, right).argument
    return f"(Rules.exponential_tangent _ _ {w.equal(1 + exponent, left)})"


def logarithm_tangent(w: Writer) -> str:
    left, right = w.sides()
    if isinstance(left, Log):
        argument = left.argument
        return (
            f"(Rules.logarithm_tangent _ _ {w.positive(argument)} {w.equal(add(argument, term(-1)), right)})"
        )
    argument = cast(Log, right).argument
    same = w.equal(1 - argument**-1, left)
    return f"(Rules.logarithm_tangent_of_inverse _ _ {w.positive(argument)} {same})"


def product_increases(w: Writer) -> str:
    left, right = (cast(Big, side) for side in w.sides())
    index = fresh(left.sort)
    inner, names = w.ctx.bind(index)
    sign = f"(fun {names} => {w.nonnegative(left.at(index), inner)})"
    order = f"(fun {names} => {w.need(AtMost(left.at(index), right.at(index)), ctx=inner)})"
    return f"(Rules.product_increases _ {w.ctx.function(left)} {w.ctx.function(right)} {sign} {order})"


def extremum_bounds(w: Writer) -> str:
    small, great = w.sides()
    given = w.step.parameters[0] if w.step.parameters else None
    for extremum, element, kind in ((great, small, "maximum"), (small, great, "minimum")):
        if isinstance(extremum, Big) and extremum.kind == kind and _is_term(extremum, given, element):
            index = cast(Index, given)
            at = f"{w.ctx.index(index)} {w.ctx.within(index)}"
            return f"(Rules.extremum_bounds_{kind} _ {w.ctx.function(extremum)} {at})"
        if isinstance(extremum, Extreme) and extremum.kind == kind and element in extremum.arguments:
            return "(ltac:(extremum_bounds))"
    raise Unexported("an extremum and one of its terms")


def _is_term(extremum: Big, given: object, element: Term) -> bool:
    return isinstance(given, Index) and given.sort == extremum.sort and extremum.at(given) is element


def extremum_is_least_bound(w: Writer) -> str:
    small, great = w.sides()
    for extremum, kind in ((small, "maximum"), (great, "minimum")):
        if isinstance(extremum, Extreme) and extremum.kind == kind:
            bounds = [_bound(w, w.ctx, extremum, element, small, great) for element in extremum.arguments]
            total = bounds[0]
            for part in bounds[1:]:
                total = f"(Rules.extremum_is_least_bound_two_{kind}{w.strict} _ _ _ {total} {part})"
            return total
        if isinstance(extremum, Big) and extremum.kind == kind:
            index = fresh(extremum.sort)
            inner, names = w.ctx.bind(index)
            bound = f"(fun {names} => {_bound(w, inner, extremum, extremum.at(index), small, great)})"
            head = f"Rules.extremum_is_least_bound_{kind}{w.strict} _ {w.ctx.function(extremum)} _"
            return f"({head} {w.ctx.least(extremum.sort)} {bound})"
    raise Unexported("a bound of an extremum")


def _bound(w: Writer, ctx: Context, extremum: Term, element: Term, small: Term, great: Term) -> str:
    pair = (element, great) if extremum is small else (small, element)
    return w.need(cast(Formula, type(w.conclusion)(*pair)), ctx=ctx)


def quotient(w: Writer) -> str:
    a, b, c, d = (w.step.parameter(n, Term) for n in range(4))
    left, right = w.sides()
    sides = f"{w.equal(left, a * b**-1)} {w.equal(right, c * d**-1)}"
    order = w.relation(a * d, c * b)
    names = " ".join(map(w.text, (a, b, c, d)))
    return f"(Rules.quotient{w.strict} {names} _ _ {sides} {w.positive(b)} {w.positive(d)} {order})"


def positive_unless_zero(w: Writer) -> str:
    _, right = w.sides()
    return f"(Rules.positive_unless_zero _ {w.need(AtMost(ZERO, right))} {w.need(Different(right, ZERO))})"
