"""Closed formulas that fail at an exact input, and operations outside of their domain."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import cast

from axiomkd.export.context import SEPARATOR, Context, Unexported, conjoined
from axiomkd.export.expressions import ZERO, at_most, equal, less
from axiomkd.export.numbers import Numbers
from axiomkd.export.prover import split
from axiomkd.export.shapes import count, is_rule
from axiomkd.export.values import apart
from axiomkd.kernel.terms import (
    AtMost,
    Big,
    Comparison,
    Defined,
    Distinct,
    Equal,
    Formula,
    If,
    Index,
    InHull,
    Less,
    Literal,
    Log,
    Power,
    Same,
    Term,
    big_sum,
    fresh,
    open_binder,
    variable,
)

Moved = Callable[[str, Callable[[Context], str]], str]
"""From a proof, and what a context writes of its claim, a proof of that."""


class Failures:
    """What fails at one input, with proofs; ``moved`` brings what is said of a domain into its terms."""

    def __init__(self, numbers: Numbers, moved: Moved = lambda proof, _: proof) -> None:
        self.numbers = numbers
        self.moved = moved
        self.at = numbers.at

    def fails(self, formula: Formula, separator: tuple[Fraction, ...] = ()) -> str:
        """A proof that a closed formula is false."""
        match formula:
            case Defined(inside):
                return f"(fun H => {self.undefined(inside, inside, 'H')})"
            case InHull():
                return self._separated(formula, separator)
            case Comparison():
                return self._comparison_fails(formula)
        raise Unexported(f"the failure of {formula}")

    def _comparison_fails(self, formula: Comparison) -> str:
        left, right = self.numbers.value(formula.left), self.numbers.value(formula.right)
        match formula:
            case Less():
                return f"(Rle_not_lt _ _ {at_most(right, left)})"
            case AtMost():
                return f"(Rlt_not_le _ _ {less(right, left)})"
            case Equal():
                return apart(left, right)
        return f"(fun H => H {equal(left, right)})"

    def _separated(self, formula: InHull, separator: tuple[Fraction, ...]) -> str:
        """The values of the functional, which the file defines as ``separator``, are apart."""
        if len(separator) != self.at.size(formula.coordinate_sort):
            raise Unexported("a separator with a number for each coordinate")
        point = self.numbers.value(functional(formula.coordinate_sort, formula.point))

        def corner(index: Literal) -> str:
            vertex = cast(Term, open_binder(formula.vertices, cast(Index, index), 1))
            return less(self.numbers.value(functional(formula.coordinate_sort, vertex)), point)

        each = self.numbers.each(formula.vertex_sort, corner)
        least = f"(ltac:(lia) : (1 <= {self.at.size(formula.vertex_sort)})%nat)"
        return f"(not_in_hull {self.numbers.ctx.hull(*formula.parts)} separator {least} {each})"

    # -- operations outside of their domain -----------------------------------------------

    def undefined(self, shape: Term, node: Term, proof: str, value: Term | None = None) -> str:
        """A proof of False from a proof of the domain of a shape, of which the term is an instance.

        ``value`` is the rule's own term, of which the shape may have instances.
        """
        found = self._undefined(shape, node, proof, value)
        if found is None:
            raise Unexported(f"an operation outside its domain in {node}")
        return found

    def _undefined(self, shape: Term, node: Term, proof: str, value: Term | None) -> str | None:
        if is_rule(shape):
            assert value is not None
            return self._undefined(value, node, proof, None)
        if not count(shape):
            return None
        parts = split(proof, count(shape))
        match shape, node:
            case (Big(_, inner), Big(_, sort)):
                return self._undefined_under(shape, inner, node, sort, parts[0], value)
            case (If(), If(condition, then, otherwise)) if isinstance(condition, Same | Distinct):
                holds = self.at.holds(condition)
                place, below = (0, shape.then) if holds else (-1, shape.otherwise)
                chosen = then if holds else otherwise
                return self._undefined(below, chosen, f"({parts[place]} eq_refl)", value)
        return self._undefined_inside(shape, node, parts, value)

    def _undefined_under(
        self, shape: Big, inner: str, node: Big, sort: str, proof: str, value: Term | None
    ) -> str | None:
        for n in range(1, self.at.size(sort) + 1):
            index = cast(Index, Literal(n, sort))
            at = f"({proof} {n - 1}%nat {self.numbers.ctx.within(index)})"
            found = self._undefined(shape.at(cast(Index, Literal(n, inner))), node.at(index), at, value)
            if found is not None:
                return found
        return None

    def _undefined_inside(self, shape: Term, node: Term, parts: list[str], value: Term | None) -> str | None:
        place = 0
        for one, other in zip(shape.parts, node.parts, strict=True):
            if isinstance(one, Term) and isinstance(other, Term) and (width := count(one)):
                found = self._undefined(one, other, conjoined(parts[place : place + width]), value)
                if found is not None:
                    return found
                place += width
        return self._outside(node, parts[-1])

    def _outside(self, node: Term, proof: str) -> str | None:
        numbers = self.numbers
        if isinstance(node, Log) and numbers.sign(node.argument) <= 0:
            proof = self.moved(proof, lambda ctx: f"(0 < {ctx.term(node.argument)})")
            return f"(Rle_not_lt _ _ {at_most(numbers.value(node.argument), ZERO)} {proof})"
        if isinstance(node, Power) and numbers.sign(node.base) == 0 and numbers.sign(node.exponent) < 0:
            zero = equal(numbers.value(node.base), ZERO)
            proof = self.moved(
                proof, lambda ctx: f"(pow_defined {ctx.term(node.base)} {ctx.term(node.exponent)})"
            )
            return f"(pow_outside _ _ {zero} {less(numbers.value(node.exponent), ZERO)} {proof})"
        return None


def functional(sort: str, point: Term) -> Term:
    """The value of the separating functional at a point whose coordinate is bound."""
    i = fresh(sort)
    return big_sum(i, variable(SEPARATOR, i) * cast(Term, open_binder(point, i)))
