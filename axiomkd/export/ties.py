"""Equal numbers that no bounds show to be equal: products of the same powers, sums of the same logarithms."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import cast

from axiomkd.export.context import Unexported
from axiomkd.export.values import Values, equal_to, shown
from axiomkd.kernel.terms import Add, AtMost, Big, Equal, Exp, Extreme, Formula, Log, Multiply, Power, Term

Named = tuple[str, str]
"""The text of a term in which all that is rational stands as a number, and a proof that the two are equal."""


def tie(values: Values, formula: Formula) -> str:
    """A proof of an equation, or of an order by one, between terms that differ by the laws of a ring."""
    found = _extremum(values, formula)
    if found is not None:
        return found
    if not isinstance(formula, AtMost | Equal):
        raise Unexported(f"the truth of {formula}")
    (one, left), (other, right) = (_named(values, cast(Term, side)) for side in formula.parts)
    same = f"(ltac:(ring) : {one} = {other})"
    equation = f"(eq_trans {left} (eq_trans {same} (eq_sym {right})))"
    return equation if isinstance(formula, Equal) else f"(Req_le _ _ {equation})"


def _extremum(values: Values, formula: Formula) -> str | None:
    """A proof of an order by the terms of a maximum on the left, or of a minimum on the right."""
    match formula:
        case AtMost(Big("maximum") as extremum, bound):
            return _one_by_one(values, extremum, lambda part: AtMost(part, bound), "Rmax_lub")
        case AtMost(bound, Big("minimum") as extremum):
            return _one_by_one(values, extremum, lambda part: AtMost(bound, part), "Rmin_glb")
    return None


def _one_by_one(values: Values, extremum: Big, order: Callable[[Term], object], lemma: str) -> str:
    parts = values.written_out(extremum)
    terms = parts.arguments if isinstance(parts, Extreme) else (parts,)
    proofs = [values.holds(cast(Formula, order(part))) for part in terms]
    return reduce(lambda one, other: f"({lemma} _ _ _ {one} {other})", proofs)


def _named(values: Values, node: Term) -> Named:
    value = values.value(node)
    if value.exact is not None:
        return shown(value.exact), equal_to(value)
    match node:
        case Big("sum" | "product"):
            return _named(values, values.written_out(node))
        case Multiply():
            return reduce(_product, [_named(values, part) for part in node.parts])
        case Add():
            return reduce(_sum, [_named(values, part) for part in node.parts])
        case Power(base, exponent):
            (below, one), (above, two) = _named(values, base), _named(values, exponent)
            return f"(rpow {below} {above})", f"(f_equal2 rpow {one} {two})"
        case Log(argument) | Exp(argument):
            function = "ln" if isinstance(node, Log) else "exp"
            text, proof = _named(values, argument)
            return f"({function} {text})", f"(f_equal {function} {proof})"
    raise Unexported(f"two numbers that are shown to be equal, got {node}")


def _product(left: Named, right: Named) -> Named:
    return f"({left[0]} * {right[0]})", f"(f_equal2 Rmult {left[1]} {right[1]})"


def _sum(left: Named, right: Named) -> Named:
    return f"({left[0]} + {right[0]})", f"(f_equal2 Rplus {left[1]} {right[1]})"
