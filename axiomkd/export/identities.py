"""Identities between sums and products, as ``Identities.v`` computes them."""

from __future__ import annotations

from axiomkd.export.context import Context
from axiomkd.kernel.terms import Add, Multiply, Node, Number


def identity(ctx: Context, left: Node, right: Node) -> str:
    """A proof of left = right where both are the same polynomial of what is no sum, product or number."""
    atoms: dict[str, int] = {}
    sides = f"{_expression(ctx, left, atoms)} {_expression(ctx, right, atoms)}"
    known = "nil"
    for atom in reversed(atoms):
        known = f"(cons {atom} {known})"
    return f"(identity {known} {sides} computed)"


def _expression(ctx: Context, node: Node, atoms: dict[str, int]) -> str:
    match node:
        case Number(value):
            top = str(value.numerator) if value >= 0 else f"({value.numerator})"
            return f"(cst {top} {value.denominator})"
        case Add() | Multiply():
            sign = " [+] " if isinstance(node, Add) else " [*] "
            return f"({sign.join(_expression(ctx, part, atoms) for part in node.parts)})"
    return f"(atm {atoms.setdefault(ctx.term(node), len(atoms) + 1)})"
