"""Domains in a statement's own words: the conditions of a rule, taken out of those of the kernel's term."""

from __future__ import annotations

from typing import cast

from axiomkd.export.context import Context, Unexported, always_defined, conjoined
from axiomkd.export.prover import split
from axiomkd.kernel.terms import Big, Free, If, Log, Number, Power, Term, Variable, fresh, variable

RULE = "@rule"
"""In a shape: a value of the rule, whose domain is one condition."""


def rule_at(*indices: Free) -> Term:
    return variable(RULE, *indices)


def is_rule(shape: Term) -> bool:
    return isinstance(shape, Variable) and shape.name == RULE


def count(shape: Term) -> int:
    """How many conditions stand side by side in the domain of a shape."""
    match shape:
        case Variable():
            return int(is_rule(shape))
        case Power(base, exponent):
            return count(base) + count(exponent) + (not always_defined(exponent))
        case Log(argument):
            return count(argument) + 1
        case Big(_, sort):
            return int(count(shape.at(fresh(sort))) > 0)
        case If(condition, then, otherwise):
            inner = sum(count(part) for part in condition.parts if isinstance(part, Term))
            return inner + (count(then) > 0) + (count(otherwise) > 0)
    return sum(count(part) for part in shape.parts if isinstance(part, Term))


class Domains:
    """Proofs about the domain of a rule from proofs about the domains of terms of its shape."""

    def __init__(self, ctx: Context, value: Term) -> None:
        self.ctx = ctx
        self.value = value

    def holds(self, shape: Term, node: Term, proof: str) -> str:
        """The conditions of a shape from those of a term that has terms in the place of its variables."""
        given = split(proof, width) if (width := len(self.ctx.conditions(node))) else []
        parts = self._parts(shape, node, given)
        return conjoined(parts) if parts else "I"

    def _parts(self, shape: Term, node: Term, given: list[str]) -> list[str]:
        if is_rule(shape):
            inner = self._parts(self.value, node, given)
            return [conjoined(inner) if inner else "I"]
        if isinstance(shape, Variable) or not count(shape):
            return []
        if type(shape) is not type(node):
            raise Unexported(f"{node} in the shape of {shape}")
        match shape, node:
            case (Big(_, sort), Big(_, over)):
                return [self._under(shape, sort, node, over, given)]
            case (If(), If()):
                return self._choice(shape, node, given)
        return self._own(shape, node, *self._inside(shape, node, given))

    def _inside(self, shape: Term, node: Term, given: list[str]) -> tuple[list[str], list[str]]:
        """The conditions of the parts, and what is left of those given."""
        found: list[str] = []
        for one, other in zip(shape.parts, node.parts, strict=True):
            if isinstance(one, Term) and isinstance(other, Term):
                width = len(self.ctx.conditions(other))
                found += self._parts(one, other, given[:width])
                given = given[width:]
        return found, given

    def _own(self, shape: Term, node: Term, found: list[str], left: list[str]) -> list[str]:
        if isinstance(shape, Log):
            return [*found, left[-1]]
        if isinstance(shape, Power) and not always_defined(shape.exponent):
            exponent = cast(Power, node).exponent
            if always_defined(exponent):
                return [*found, f"(pow_defined_natural _ {cast(Number, exponent).value})"]
            return [*found, left[-1]]
        return found

    def _under(self, shape: Big, sort: str, node: Big, over: str, given: list[str]) -> str:
        index = fresh(over)
        inner, names = self.ctx.bind(index)
        opened = shape.at(fresh(sort))
        at = node.at(index)
        width = len(inner.conditions(at))
        proof = f"({given[0]} {names})" if given else ""
        parts = Domains(inner, self.value)._parts(opened, at, split(proof, width) if width else [])
        return f"(fun {names} => {conjoined(parts)})"

    def _choice(self, shape: If, node: If, given: list[str]) -> list[str]:
        found: list[str] = []
        for one, other in zip(shape.condition.parts, node.condition.parts, strict=True):
            if isinstance(one, Term) and isinstance(other, Term):
                width = len(self.ctx.conditions(other))
                found += self._parts(one, other, given[:width])
                given = given[width:]
        for one, other in ((shape.then, node.then), (shape.otherwise, node.otherwise)):
            width = len(self.ctx.conditions(other))
            if count(one):
                proof = f"({given[0]} E)" if width else ""
                found.append(
                    f"(fun E => {conjoined(self._parts(one, other, split(proof, width) if width else []))})"
                )
            given = given[1:] if width else given
        return found


__all__ = ["Domains", "count", "rule_at"]
