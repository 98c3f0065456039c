"""The families of teachers that statements about clones and blocks speak of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import cast

from axiomkd.export.context import Context
from axiomkd.export.grouping import Family, Followed
from axiomkd.kernel.terms import Free, Term

Families = tuple[Family, Family]


def _alone(teachers: str, weights: str, conditions: int = 0) -> Family:
    return Family("1%nat", "(le_n 1)", f"(fun _ => {teachers})", f"(fun _ => {weights})", conditions, True)


def _cloned(ctx: Context, rule: str, value: Term) -> Families:
    a = ctx.index(cast(Free, Free("a", "teacher")))
    less = f"(fun k => w k + (-1) * (d * rif (Nat.eqb k {a}) 1 0))"
    return Family(ctx.size("teacher"), ctx.least("teacher"), "p", less), _alone(f"p {a}", "d")


def _rest(ctx: Context) -> Family:
    return Family(ctx.size("rest"), ctx.least("rest"), "B", "(fun r => (1 + (-1) * beta) * v r)")


def _in_turn(ctx: Context, rule: str, value: Term) -> Families:
    block = f"{rule} {ctx.size('block')} {ctx.size('outcome')} A (fun _ => 1) A u"
    return _alone(block, "beta", len(ctx.conditions(value))), _rest(ctx)


def _at_once(ctx: Context, rule: str, value: Term) -> Families:
    block = Family(ctx.size("block"), ctx.least("block"), "A", "(fun n => beta * u n)")
    return block, _rest(ctx)


POOLS: Mapping[str, Callable[[Context, str, Term], Families]] = MappingProxyType(
    {"cloned": _cloned, "in_turn": _in_turn, "at_once": _at_once}
)


def pooled(name: str, ctx: Context, rule: str, value: Term) -> Followed:
    """One of those pools of two families, for a rule."""
    return Followed(ctx, POOLS[name](ctx, rule, value))
