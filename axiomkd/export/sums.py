"""Sums over an index: linear in the body, deltas summed away, constants taken out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from fractions import Fraction
from typing import cast

from axiomkd.export.congruence import extensional, opened, trans
from axiomkd.export.context import Context
from axiomkd.export.identities import identity
from axiomkd.export.polynomials import (
    Monomial,
    Poly,
    add_right,
    atomic,
    is_delta,
    monomial_term,
    plus,
    rank,
    to_term,
    whole_text,
)
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    Big,
    Free,
    If,
    Size,
    Term,
    add,
    big,
    multiply,
    substitute,
)


class Sums(ABC):
    """What the sum over an index of a canonical polynomial is, with the proof."""

    @abstractmethod
    def norm(self, ctx: Context, node: Term) -> tuple[Poly, str | None]:
        """The canonical polynomial of a term, with a proof that they are equal; no proof is reflexivity."""

    @abstractmethod
    def value(self, ctx: Context, node: Term, rules: list[str]) -> Poly:
        """The polynomial of a sum of products of leaves; ``rules`` collects the equations that it uses."""

    @abstractmethod
    def times(self, ctx: Context, left: Poly, right: Poly, rules: list[str]) -> Poly:
        """The product of two polynomials."""

    def term(self, ctx: Context, node: Term) -> tuple[Term, str | None]:
        poly, proof = self.norm(ctx, node)
        return to_term(poly), proof

    def by_ring(self, ctx: Context, left: Term, right: Term, rules: Iterable[str] = ()) -> str | None:
        if left is right:
            return None
        claim = f"{ctx.term(left)} = {ctx.term(right)}"
        unique = list(dict.fromkeys(rules))
        if not unique:
            return f"({identity(ctx, left, right)} : {claim})"
        tactic = "ring" if whole_text(left) and whole_text(right) else "field"
        return f"(ltac:({tactic} [{' '.join(unique)}]) : {claim})"

    def _sum(self, ctx: Context, node: Big) -> tuple[Poly, str | None]:
        index, inner, names = opened(ctx, node.sort)
        body, proof = self.norm(inner, node.at(index))
        if not body:
            zero = cast(Big, big("sum", index, ZERO))
            lifted = extensional(ctx, node, zero, lambda c, a, b: proof)
            return {}, trans(lifted, f"(rsum_zero {ctx.size(node.sort)})")
        parts = [self._summand(ctx, inner, index, m, c) for m, c in sorted(body.items(), key=rank)]
        spread = add_right([multiply(outer, dependent) for outer, dependent, _, _ in parts])
        ordered = self.by_ring(inner, to_term(body), spread)
        before, after = to_term(body), cast(Big, big("sum", index, spread))
        lifted = extensional(ctx, node, after, lambda c, a, b: trans(proof, ordered))
        summed, chain = self._linear(ctx, index, parts)
        rules: list[str] = []
        poly = plus(
            *(self.times(ctx, self.value(ctx, outer, rules), value, rules) for outer, _, value, _ in parts)
        )
        del before, names
        return poly, trans(lifted, chain, self.by_ring(ctx, summed, to_term(poly), rules))

    def _linear(
        self, ctx: Context, index: Free, parts: list[tuple[Term, Term, Poly, str | None]]
    ) -> tuple[Term, str]:
        """rsum (c1 g1 + (c2 g2 + ..)) = c1 s1 + (c2 s2 + ..), where s is what each sum comes to."""
        outer, dependent, value, proof = parts[0]
        size = ctx.size(index.sort)
        function = ctx.function(cast(Big, big("sum", index, dependent)))
        here = multiply(outer, to_term(value))
        one = f"(f_equal (Rmult {ctx.term(outer)}) {proof or 'eq_refl'})"
        if len(parts) == 1:
            return here, f"(eq_trans (eq_sym (rsum_scal {size} {ctx.term(outer)} {function})) {one})"
        rest = add_right([multiply(o, d) for o, d, _, _ in parts[1:]])
        others, chain = self._linear(ctx, index, parts[1:])
        remaining = ctx.function(cast(Big, big("sum", index, rest)))
        first = f"(rsum_linear {size} {ctx.term(outer)} {function} {remaining})"
        return add(here, others), f"(eq_trans {first} (f_equal2 Rplus {one} {chain}))"

    def _summand(
        self, ctx: Context, inner: Context, index: Free, monomial: Monomial, coefficient: Fraction
    ) -> tuple[Term, Term, Poly, str | None]:
        """A monomial as outer * dependent(index); what the sum of the dependent part is, and why."""
        outside = tuple((a, e) for a, e in monomial if index not in a.free)
        inside = tuple((a, e) for a, e in monomial if index in a.free)
        outer = monomial_term(outside, coefficient)
        size = cast(Term, Size(index.sort))
        if not inside:
            return outer, ONE, atomic(size), self._constant_sum(ctx, index)
        resolved = self._delta_sum(ctx, index, inside)
        if resolved is not None:
            return (outer, *resolved)
        dependent = monomial_term(inside)
        whole, proof = self.component(ctx, inner, index, inside)
        return outer, dependent, atomic(whole), proof

    def _constant_sum(self, ctx: Context, index: Free) -> str:
        size = ctx.size(index.sort)
        return f"(eq_trans (rsum_const {size} 1) (Rmult_1_l (INR {size})))"

    def _delta_sum(self, ctx: Context, index: Free, inside: Monomial) -> tuple[Term, Poly, str | None] | None:
        for atom, _ in inside:
            if not is_delta(atom):
                continue
            ends = cast(If, atom).condition.parts
            for position, (here, there) in enumerate((ends, ends[::-1])):
                if here is index and index not in there.free:
                    rest = monomial_term(tuple(f for f in inside if f[0] is not atom))
                    value, proof = self.norm(ctx, cast(Term, substitute(rest, {index: there})))
                    function = ctx.function(cast(Big, big("sum", index, rest)))
                    lemma = "rsum_delta" if position == 0 else "rsum_delta_r"
                    arguments = f"{ctx.size(index.sort)} {ctx.index(there)} {function} {ctx.within(there)}"
                    return multiply(atom, rest), value, trans(f"({lemma} {arguments})", proof)
        return None

    @abstractmethod
    def component(
        self, ctx: Context, inner: Context, index: Free, inside: Monomial
    ) -> tuple[Term, str | None]:
        """The sum of a product over the index in canonical order."""
