"""Closed formulas at an exact input: that they hold, and that every operation is within its domain."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from axiomkd.export.context import Unexported, always_defined, conjoined
from axiomkd.export.expressions import ZERO, at_most, less
from axiomkd.export.ties import tie
from axiomkd.export.values import Values, apart
from axiomkd.kernel.terms import (
    Big,
    Defined,
    Distinct,
    Formula,
    If,
    Index,
    Literal,
    Log,
    Number,
    Power,
    Same,
    Term,
)

DISCRIMINATE = "(ltac:(let H := fresh in intro H; discriminate H))"


class Numbers(Values):
    """What holds at one input, with proofs."""

    def holds(self, formula: Formula) -> str:
        """A proof of a closed formula."""
        match formula:
            case Same():
                return "eq_refl"
            case Distinct():
                return DISCRIMINATE
            case Defined(inside):
                return self.domain(inside)
        try:
            return super().holds(formula)
        except Unexported:
            return tie(self, formula)

    def each(self, sort: str, proof: Callable[[Literal], str]) -> str:
        """A proof for every index of a sort, one by one."""
        total = "(none_below _)"
        for place in range(self.at.size(sort)):
            case = proof(cast(Literal, Literal(place + 1, sort)))
            total = f"(each_below _ {place} {total} {case})"
        return total

    # -- domains --------------------------------------------------------------------------

    def domain(self, node: Term) -> str:
        """A proof that every operation of a closed term is within its domain."""
        proofs = self._conditions(node)
        return conjoined(proofs) if proofs else "I"

    def _conditions(self, node: Term) -> list[str]:
        if not self.ctx.conditions(node):
            return []
        match node:
            case Power(base, exponent):
                own = [] if always_defined(exponent) else [self._power_defined(base, exponent)]
                return [*self._conditions(base), *self._conditions(exponent), *own]
            case Log(argument):
                return [*self._conditions(argument), less(ZERO, self.value(argument))]
            case Big(_, sort):
                claim = self.ctx.conditions(node)[0][0]
                return [f"({self.each(sort, lambda index: self._at(node, index))} : {claim})"]
            case If(condition, then, otherwise):
                return self._branches(condition, then, otherwise)
        return [p for part in node.parts if isinstance(part, Term) for p in self._conditions(part)]

    def _at(self, node: Big, index: Literal) -> str:
        return self.domain(node.at(cast(Index, index)))

    def _branches(self, condition: Formula, then: Term, otherwise: Term) -> list[str]:
        found = [p for part in condition.parts if isinstance(part, Term) for p in self._conditions(part)]
        by_index = isinstance(condition, Same | Distinct)
        holds = self.at.holds(condition)
        for part, chosen in ((then, holds), (otherwise, not holds)):
            if self.ctx.domain(part) is not None:
                found.append(DISCRIMINATE if by_index and not chosen else f"(fun _ => {self.domain(part)})")
        return found

    def _power_defined(self, base: Term, exponent: Term) -> str:
        sign = self.sign(base)
        if sign > 0:
            return f"(pow_defined_gt_0 _ _ {less(ZERO, self.value(base))})"
        if isinstance(exponent, Number) and exponent.value.denominator == 1 and sign:
            different = apart(self.value(base), ZERO)
            return f"(pow_defined_whole _ ({exponent.value}) {different})"
        if sign == 0:
            orders = f"{at_most(ZERO, self.value(base))} {at_most(ZERO, self.value(exponent))}"
            return f"(pow_defined_ge_0 _ _ {orders})"
        raise Unexported(f"the domain of a power of {base}")
