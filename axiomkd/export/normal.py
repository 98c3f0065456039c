"""Canonical forms with proofs: what the kernel's algebra computes, written down equation by equation."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import cast

from axiomkd.export.congruence import congruent, extensional, opened, symmetric, trans
from axiomkd.export.context import Context, Unexported, quantified
from axiomkd.export.polynomials import (
    Poly,
    atomic,
    constant,
    plus,
    to_term,
)
from axiomkd.export.products import Products
from axiomkd.export.sharing import Shared
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    Add,
    Big,
    Comparison,
    Distinct,
    Exp,
    Extreme,
    Free,
    If,
    Index,
    Literal,
    Log,
    Multiply,
    Node,
    Number,
    Power,
    Same,
    Size,
    Term,
    Variable,
    add,
    big,
    delta,
    multiply,
    power,
    term,
)

LONG = 300
"""The length of a proof of an equation from which on it is written down only once."""


def is_bound(index: Free) -> bool:
    """Whether an index is that of a sum or the like, opened; the others have one name throughout a proof."""
    return index.name.startswith(("#", "@"))


class Normal(Products):
    """The canonical polynomial of a term, with a proof that they are equal."""

    def __init__(self) -> None:
        self.known: dict[tuple[object, ...], tuple[Poly, str | None]] = {}
        self.shared = Shared()

    def equal(self, ctx: Context, left: Term, right: Term) -> str:
        """A proof of left = right by one canonical form."""
        if left is right:
            return "eq_refl"
        a, first = self.norm(ctx, left)
        b, second = self.norm(ctx, right)
        if a != b:
            gap, proof = self.norm(ctx, left - right)
            if gap:
                raise Unexported(f"{left} to be, once expanded, {right}")
            return f"(difference_zero _ _ {proof or 'eq_refl'})"
        return trans(first, symmetric(second)) or "eq_refl"

    def norm(self, ctx: Context, node: Term) -> tuple[Poly, str | None]:
        match node:
            case Add() | Multiply() | Number():
                return self._remembered(self._arithmetic, ctx, node)
        return self._leaf(ctx, node)

    # sums and products of leaves

    def _arithmetic(self, ctx: Context, node: Term) -> tuple[Poly, str | None]:
        rules: list[str] = []
        poly = self.value(ctx, node, rules)
        skeleton = self._skeleton(ctx, node)
        proof = congruent(ctx, node, skeleton, self._leaf_proof)
        return poly, trans(proof, self.by_ring(ctx, skeleton, to_term(poly), rules))

    def value(self, ctx: Context, node: Term, rules: list[str]) -> Poly:
        match node:
            case Number(value):
                return constant(value)
            case Add():
                return plus(*(self.value(ctx, part, rules) for part in node.parts))
            case Multiply():
                total = constant(1)
                for part in node.parts:
                    total = self.times(ctx, total, self.value(ctx, part, rules), rules)
                return total
        return self._leaf(ctx, node)[0]

    def _skeleton(self, ctx: Context, node: Term) -> Term:
        match node:
            case Number():
                return node
            case Add() | Multiply():
                return cast(Term, type(node)(*(self._skeleton(ctx, part) for part in node.parts)))
        return to_term(self._leaf(ctx, node)[0])

    def _leaf_proof(self, ctx: Context, left: Node, right: Node) -> str | None:
        if isinstance(left, Add | Multiply | Number) or not isinstance(left, Term):
            return None
        return self._leaf(ctx, left)[1]

    # leaves: terms that are not sums or products of others

    def _leaf(self, ctx: Context, node: Term) -> tuple[Poly, str | None]:
        if isinstance(node, Variable):
            return atomic(node), None
        return self._remembered(self._new_leaf, ctx, node)

    def _remembered(
        self, made: Callable[[Context, Term], tuple[Poly, str | None]], ctx: Context, node: Term
    ) -> tuple[Poly, str | None]:
        """Made once for a term and its indices' names: names of binders inside never clash with those."""
        named = tuple(ctx.index(index) for index in sorted(node.free, key=lambda index: index.key))
        key = (node, ctx.depth, ctx.prefix, named)
        if key not in self.known:
            at_moment = bool(ctx.variables)
            self.known[key] = made(ctx, node) if at_moment else self._shared(made, ctx, node)
        return self.known[key]

    def _shared(
        self, made: Callable[[Context, Term], tuple[Poly, str | None]], ctx: Context, node: Term
    ) -> tuple[Poly, str | None]:
        """The same, written once for all names that the term's indices may have."""
        key = (node, ctx.depth, ctx.prefix)
        indices = sorted((index for index in node.free if is_bound(index)), key=lambda index: index.key)
        names = [name for index in indices for name in ctx.names[index]]
        known = self.shared.found(key, names)
        if known is not None:
            return known
        poly, proof = made(ctx, node)
        if proof is None or len(proof) < LONG:
            return poly, proof
        ranges = "".join(quantified(ctx, index) for index in indices)
        claim = f"{ranges}{ctx.term(node)} = {ctx.term(to_term(poly))}"
        return poly, self.shared.add(key, poly, claim, names, proof)

    def _new_leaf(self, ctx: Context, node: Term) -> tuple[Poly, str | None]:
        match node:
            case Number() | Add() | Multiply():
                return self.norm(ctx, node)
            case Variable():
                return atomic(node), None
            case Size(sort):
                fixed = ctx.goal.size(sort)
                claim = f"(ltac:(simpl; lra) : {ctx.term(node)} = {fixed})"
                return (atomic(node), None) if fixed is None else (constant(fixed), claim)
            case Power(base, exponent):
                return self._power(ctx, base, exponent)
            case Exp(argument):
                return self._function(ctx, Exp, "exp", argument, ZERO, ONE, "exp_0")
            case Log(argument):
                return self._function(ctx, Log, "ln", argument, ONE, ZERO, "ln_1")
            case Extreme():
                return self._extreme(ctx, node)
            case Big(_, sort) if ctx.goal.size(sort) is not None:
                return self._written_out(ctx, node)
            case Big("sum"):
                return self._sum(ctx, node)
            case Big():
                return self._big(ctx, node)
            case If(condition, then, otherwise) if isinstance(condition, Same | Distinct):
                return self._choice(ctx, node, condition, then, otherwise)
            case If(condition) if isinstance(condition, Comparison):
                return self._compared(ctx, node, condition)
        raise Unexported(f"the term {node}")

    def _function(
        self,
        ctx: Context,
        kind: type[Term],
        head: str,
        argument: Term,
        special: Term,
        value: Term,
        lemma: str,
    ) -> tuple[Poly, str | None]:
        inner, proof = self.term(ctx, argument)
        lifted = None if proof is None else f"(f_equal {head} {proof})"
        if inner is special:
            return self.norm(ctx, value)[0], trans(lifted, lemma)
        return atomic(cast(Term, kind(inner))), lifted

    def _power(self, ctx: Context, base: Term, exponent: Term) -> tuple[Poly, str | None]:
        below, p = self.norm(ctx, base)
        inner, q = self.term(ctx, exponent)
        lifted = None if p is None and q is None else f"(f_equal2 rpow {p or 'eq_refl'} {q or 'eq_refl'})"
        middle = to_term(below)
        if isinstance(inner, Number) and inner.value.denominator == 1:
            poly, proof = self._whole_power(ctx, below, middle, int(inner.value))
            return poly, trans(lifted, proof)
        if middle is ONE:
            return constant(1), trans(lifted, f"(rpow_1_l {ctx.term(inner)})")
        return atomic(power(middle, inner)), lifted

    def _whole_power(self, ctx: Context, poly: Poly, base: Term, exponent: int) -> tuple[Poly, str | None]:
        fixed = poly.get((), Fraction(0)) if set(poly) <= {()} else None
        if exponent < 0 and not fixed:
            inverse = power(base, -1)
            if exponent == -1:
                return atomic(inverse), None
            proof = f"(rpow_minus {ctx.term(base)} {-exponent - 1} : rpow {ctx.term(base)} ({exponent}) = "
            product = multiply(*[inverse] * -exponent)
            return {((inverse, -exponent),): Fraction(1)}, proof + f"{ctx.term(product)})"
        if fixed is not None:
            value = fixed**exponent
            claim = f"rpow {ctx.term(base)} ({exponent}) = {ctx.term(term(value))}"
            return constant(value), f"(ltac:(number_power {abs(exponent)}%nat) : {claim})"
        if exponent == 0:
            return constant(1), f"(rpow_0_r {ctx.term(base)})"
        if exponent == 1:
            return poly, f"(rpow_1_r {ctx.term(base)})"
        if exponent > 8:
            return atomic(power(base, exponent)), None
        rules: list[str] = []
        total = constant(1)
        for _ in range(exponent):
            total = self.times(ctx, total, poly, rules)
        product = multiply(*[base] * exponent)
        claim = f"rpow {ctx.term(base)} {exponent} = {ctx.term(product)}"
        first = f"(rpow_whole {ctx.term(base)} {exponent - 1} : {claim})"
        return total, trans(first, self.by_ring(ctx, product, to_term(total), rules))

    def _extreme(self, ctx: Context, node: Extreme) -> tuple[Poly, str | None]:
        parts = [self.term(ctx, part) for part in node.arguments]
        middle = cast(Term, Extreme(node.kind, *(part for part, _ in parts)))
        proofs = dict(zip(node.arguments, (proof for _, proof in parts), strict=True))
        lifted = congruent(ctx, node, middle, lambda c, a, b: proofs.get(cast(Term, a)))
        ordered = sorted({part for part, _ in parts}, key=lambda part: part.key)
        final = ordered[0] if len(ordered) == 1 else cast(Term, Extreme(node.kind, *ordered))
        if final is middle:
            return atomic(final), lifted
        claim = f"{ctx.term(middle)} = {ctx.term(final)}"
        poly = self.norm(ctx, final)[0] if len(ordered) == 1 else atomic(final)
        return poly, trans(lifted, f"(ltac:(same_extremum) : {claim})")

    def _big(self, ctx: Context, node: Big) -> tuple[Poly, str | None]:
        index, inner, _ = opened(ctx, node.sort)
        body, _ = self.term(inner, node.at(index))
        after = cast(Big, big(node.kind, index, body))
        proof = extensional(ctx, node, after, lambda c, a, b: self.norm(c, cast(Term, a))[1])
        if node.kind == "product" and body is ONE:
            return constant(1), trans(proof, f"(rprod_one {ctx.size(node.sort)})")
        return atomic(after), proof

    def _written_out(self, ctx: Context, node: Big) -> tuple[Poly, str | None]:
        size = cast(int, ctx.goal.size(node.sort))
        parts = [node.at(cast(Index, Literal(n, node.sort))) for n in range(1, size + 1)]
        whole = {"sum": lambda: add(ZERO, *parts), "product": lambda: multiply(ONE, *parts)}.get(
            node.kind, lambda: cast(Term, Extreme(node.kind, *parts)) if size > 1 else parts[0]
        )()
        poly, proof = self.norm(ctx, whole)
        return poly, trans(f"(eq_refl : {ctx.term(node)} = {ctx.term(whole)})", proof)

    def _compared(self, ctx: Context, node: If, condition: Comparison) -> tuple[Poly, str | None]:
        """A case distinction on numbers, each of which is brought to its canonical form."""

        def leaf(at: Context, one: Node, other: Node) -> str | None:
            return self.term(at, one)[1] if isinstance(one, Term) and one is not node else None

        sides = (self.term(ctx, cast(Term, side))[0] for side in condition.parts)
        then, otherwise = self.term(ctx, node.then)[0], self.term(ctx, node.otherwise)[0]
        after = cast(Term, If(type(condition)(*sides), then, otherwise))
        if after is node:
            return atomic(node), None
        return atomic(after), congruent(ctx, node, after, leaf)

    def _choice(
        self, ctx: Context, node: If, condition: Same | Distinct, then: Term, otherwise: Term
    ) -> tuple[Poly, str | None]:
        if isinstance(condition, Distinct):
            turned = cast(Term, If(Same(*condition.parts), otherwise, then))
            poly, proof = self._leaf(ctx, turned)
            return poly, trans(f"(rif_negb _ {ctx.term(then)} {ctx.term(otherwise)})", proof)
        left, right = condition.left, condition.right
        if left is right:
            poly, proof = self.norm(ctx, then)
            return poly, trans(f"(rif_same {ctx.index(left)} {ctx.term(then)} {ctx.term(otherwise)})", proof)
        if isinstance(left, Literal) and isinstance(right, Literal):
            poly, proof = self.norm(ctx, otherwise)
            return poly, trans(f"(eq_refl : {ctx.term(node)} = {ctx.term(otherwise)})", proof)
        first, second = sorted((left, right), key=lambda index: index.key)
        turn = None
        if first is not left:
            turn = f"(rif_sym {ctx.index(left)} {ctx.index(right)} {ctx.term(then)} {ctx.term(otherwise)})"
        if (then, otherwise) == (ONE, ZERO):
            return atomic(delta(first, second)), turn
        indicator = delta(first, second)
        spread = add(multiply(indicator, then), multiply(add(ONE, multiply(-1, indicator)), otherwise))
        poly, proof = self.norm(ctx, spread)
        decision = ctx.decision(cast(If, indicator).condition)
        split = f"(rif_split {decision} {ctx.term(then)} {ctx.term(otherwise)})"
        return poly, trans(turn, split, proof)
