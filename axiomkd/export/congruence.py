"""Equations in a row, equals put for equals, and equal bodies under binders."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from axiomkd.export.context import Context, Unexported, decision
from axiomkd.kernel.terms import (
    Add,
    Big,
    Comparison,
    Exp,
    Extreme,
    Free,
    If,
    Log,
    Multiply,
    Node,
    Power,
)

Leaf = Callable[[Context, Node, Node], str | None]


def trans(*proofs: str | None) -> str | None:
    """Proofs of a = b, b = c, .. in a row; nothing stands for reflexivity."""
    given = [proof for proof in proofs if proof is not None]
    if not given:
        return None
    total = given[-1]
    for proof in reversed(given[:-1]):
        total = f"(eq_trans {proof} {total})"
    return total


def symmetric(proof: str | None) -> str | None:
    return None if proof is None else f"(eq_sym {proof})"


def congruent(ctx: Context, left: Node, right: Node, leaf: Leaf) -> str | None:
    """A proof of left = right for terms of one shape that differ only where ``leaf`` has proofs."""
    if left is right:
        return None
    found = leaf(ctx, left, right)
    if found is not None:
        return found
    if type(left) is not type(right) or len(left.parts) != len(right.parts):
        raise Unexported(f"{left} in the place of {right}")
    match left, right:
        case (Add(), Add()):
            return _folded(ctx, left.parts, right.parts, leaf, "Rplus")
        case (Multiply(), Multiply()):
            return _folded(ctx, left.parts, right.parts, leaf, "Rmult")
        case (Extreme(), Extreme()) if left.kind == right.kind:
            name = "Rmax" if left.kind == "maximum" else "Rmin"
            return _folded(ctx, left.arguments, right.arguments, leaf, name)
        case (Power(), Power()):
            return _folded(ctx, left.parts, right.parts, leaf, "rpow")
        case (Exp(a), Exp(b)):
            return f"(f_equal exp {congruent(ctx, a, b, leaf)})"
        case (Log(a), Log(b)):
            return f"(f_equal ln {congruent(ctx, a, b, leaf)})"
        case (Big(kind, sort), Big(other, other_sort)) if (kind, sort) == (other, other_sort):
            return extensional(ctx, left, right, lambda c, a, b: congruent(c, a, b, leaf))
        case (If(c, a, b), If(d, a2, b2)) if c is d:
            one, two = congruent(ctx, a, a2, leaf), congruent(ctx, b, b2, leaf)
            return f"(rif_ext {ctx.decision(c)} _ _ _ _ {one or 'eq_refl'} {two or 'eq_refl'})"
        case (If(c, a, b), If(d, a2, b2)) if isinstance(c, Comparison) and type(c) is type(d):
            chosen = f"(fun one other => rif {decision(c, 'one', 'other')} {ctx.term(a)} {ctx.term(b)})"
            sides = [congruent(ctx, *pair, leaf) or "eq_refl" for pair in zip(c.parts, d.parts, strict=True)]
            branches = [congruent(ctx, *pair, leaf) or "eq_refl" for pair in ((a, a2), (b, b2))]
            then = f"(rif_ext {ctx.decision(d)} _ _ _ _ {' '.join(branches)})"
            return f"(eq_trans (f_equal2 {chosen} {' '.join(sides)}) {then})"
    raise Unexported(f"{left} in the place of {right}")


def _folded(ctx: Context, left: tuple[Node, ...], right: tuple[Node, ...], leaf: Leaf, head: str) -> str:
    total = congruent(ctx, left[0], right[0], leaf)
    for one, other in zip(left[1:], right[1:], strict=True):
        part = congruent(ctx, one, other, leaf)
        total = (
            None
            if total is None and part is None
            else f"(f_equal2 {head} {total or 'eq_refl'} {part or 'eq_refl'})"
        )
    return total or "eq_refl"


EXTENSIONAL = {"sum": "rsum_ext", "product": "rprod_ext", "maximum": "rmax_ext", "minimum": "rmin_ext"}


def opened(ctx: Context, sort: str) -> tuple[Free, Context, str]:
    """A new index named by its depth, so that equal terms stay equal."""
    index = cast(Free, Free(f"#{ctx.depth}", sort))
    inner, names = ctx.bind(index)
    return index, inner, names


def extensional(ctx: Context, left: Big, right: Big, inside: Leaf) -> str | None:
    index, inner, names = opened(ctx, left.sort)
    proof = inside(inner, left.at(index), right.at(index))
    if proof is None:
        return None
    least = f" {ctx.least(left.sort)}" if left.kind in ("maximum", "minimum") else ""
    functions = f"{ctx.function(left)} {ctx.function(right)}"
    return f"({EXTENSIONAL[left.kind]} _ {functions}{least} (fun {names} => {proof}))"
