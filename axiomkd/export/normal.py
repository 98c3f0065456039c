"""Canonical forms with proofs: what the kernel's algebra computes, written down equation by equation."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import cast

from axiomkd.export.context import Context, Unexported
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    Add,
    Big,
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
    substitute,
    term,
)

Monomial = tuple[tuple[Term, int], ...]
Poly = dict[Monomial, Fraction]
Leaf = Callable[[Context, Node, Node], str | None]


# -- polynomials ----------------------------------------------------------------------------


def constant(value: Fraction | int) -> Poly:
    return {(): Fraction(value)} if value else {}


def plus(*polys: Poly) -> Poly:
    total: Poly = {}
    for poly in polys:
        for monomial, coefficient in poly.items():
            total[monomial] = total.get(monomial, Fraction(0)) + coefficient
    return {monomial: coefficient for monomial, coefficient in total.items() if coefficient}


def collect(factors: Iterable[tuple[Term, int]]) -> Monomial:
    powers: dict[Term, int] = {}
    for atom, exponent in factors:
        powers[atom] = powers.get(atom, 0) + exponent
    return tuple(
        sorted(((a, e) for a, e in powers.items() if e), key=lambda factor: (factor[0].key, factor[1]))
    )


def monomial_term(monomial: Monomial, coefficient: Fraction = Fraction(1)) -> Term:
    factors = [atom for atom, exponent in monomial for _ in range(exponent)]
    if coefficient == 1 and factors:
        return multiply(*factors)
    return multiply(coefficient, *factors)


def to_term(poly: Poly) -> Term:
    """The polynomial as a term: a sum of products without powers."""
    ordered = sorted(poly.items(), key=lambda item: [(atom.key, e) for atom, e in item[0]])
    return add(*(monomial_term(*item) for item in ordered))


def is_delta(node: Node) -> bool:
    return (
        isinstance(node, If)
        and isinstance(node.condition, Same)
        and (node.then, node.otherwise) == (ONE, ZERO)
    )


def is_whole(poly: Poly) -> bool:
    return all(coefficient.denominator == 1 for coefficient in poly.values())


def whole_text(node: Node) -> bool:
    """Whether ring can read every number outside of atoms."""
    match node:
        case Number(value):
            return value.denominator == 1
        case Add() | Multiply():
            return all(whole_text(part) for part in node.parts)
    return True


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


# -- congruence -----------------------------------------------------------------------------


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
    return f"({EXTENSIONAL[left.kind]} _ {ctx.function(left)} {ctx.function(right)}{least} (fun {names} => {proof}))"


# -- normal forms ---------------------------------------------------------------------------


class Normal:
    """The canonical polynomial of a term, with a proof that they are equal."""

    def __init__(self) -> None:
        self.known: dict[tuple[object, ...], tuple[Poly, str | None]] = {}

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

    def term(self, ctx: Context, node: Term) -> tuple[Term, str | None]:
        poly, proof = self.norm(ctx, node)
        return to_term(poly), proof

    # sums and products of leaves

    def _arithmetic(self, ctx: Context, node: Term) -> tuple[Poly, str | None]:
        rules: list[str] = []
        poly = self._value(ctx, node, rules)
        skeleton = self._skeleton(ctx, node)
        proof = congruent(ctx, node, skeleton, self._leaf_proof)
        return poly, trans(proof, self._by_ring(ctx, skeleton, to_term(poly), rules))

    def _value(self, ctx: Context, node: Term, rules: list[str]) -> Poly:
        match node:
            case Number(value):
                return constant(value)
            case Add():
                return plus(*(self._value(ctx, part, rules) for part in node.parts))
            case Multiply():
                total = constant(1)
                for part in node.parts:
                    total = self.times(ctx, total, self._value(ctx, part, rules), rules)
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

    def _by_ring(self, ctx: Context, left: Term, right: Term, rules: Iterable[str] = ()) -> str | None:
        if left is right:
            return None
        unique = list(dict.fromkeys(rules))
        tactic = "ring" if whole_text(left) and whole_text(right) else "field"
        using = f" [{' '.join(unique)}]" if unique else ""
        return f"(ltac:({tactic}{using}) : {ctx.term(left)} = {ctx.term(right)})"

    def times(self, ctx: Context, left: Poly, right: Poly, rules: list[str]) -> Poly:
        if len(left) * len(right) > 4000:
            raise Unexported("a product of that many monomials")
        return plus(
            *(
                self._reduced(ctx, collect((*a, *b)), ca * cb, rules)
                for a, ca in left.items()
                for b, cb in right.items()
            )
        )

    def _reduced(self, ctx: Context, monomial: Monomial, coefficient: Fraction, rules: list[str]) -> Poly:
        """A size times its inverse is 1; a delta is its own square and identifies its indices."""
        powers = dict(monomial)
        for atom in list(powers):
            inverse = power(atom, -1)
            if isinstance(atom, Size) and inverse in powers:
                common = min(powers[atom], powers[inverse])
                powers[atom] -= common
                powers[inverse] -= common
                rules.append(f"(size_inverse _ {ctx.least(atom.sort)})")
        for atom in list(powers):
            if is_delta(atom):
                if powers[atom] > 1:
                    rules.append(f"(rif_square {ctx.decision(cast(If, atom).condition)})")
                    powers[atom] = 1
                moved = self._identified(ctx, atom, powers, rules)
                if moved is not None:
                    rest = {(): coefficient}
                    for factor in moved:
                        rest = self.times(ctx, rest, factor, rules)
                    return rest
        return {collect(powers.items()): coefficient}

    def _identified(
        self, ctx: Context, atom: Term, powers: dict[Term, int], rules: list[str]
    ) -> list[Poly] | None:
        assert isinstance(atom, If) and isinstance(atom.condition, Same)
        first, second = sorted((atom.condition.left, atom.condition.right), key=lambda index: index.key)
        old, new = (second, first) if isinstance(second, Free) else (first, second)
        others = [(a, e) for a, e in powers.items() if a is not atom]
        if not isinstance(old, Free) or old in new.free or not any(old in a.free for a, _ in others):
            return None
        factors = [{((atom, 1),): Fraction(1)}]
        for a, e in others:
            moved, proof = self.norm(ctx, cast(Term, substitute(a, {old: new})))
            if old in a.free:
                rules.append(self._swap_rule(ctx, atom, a, old, new, to_term(moved), proof))
            factors += [moved] * e
        return factors

    def _swap_rule(
        self, ctx: Context, atom: If, a: Term, old: Free, new: Index, moved: Term, proof: str | None
    ) -> str:
        """delta * a(old) = delta * a(new), as a hypothesis for ring."""
        hole, inner, names = opened(ctx, old.sort)
        function = f"(fun {names.split()[0]} => {inner.term(substitute(a, {old: hole}))})"
        left, right = atom.condition.parts
        lemma = "rif_subst" if left is old else "rif_subst_r"
        ends = f"{ctx.index(left)} {ctx.index(right)}"
        claim = f"{ctx.term(atom)} * {ctx.term(a)} = {ctx.term(atom)} * {ctx.term(moved)}"
        return f"(eq_trans ({lemma} {ends} {function}) (f_equal (Rmult _) {proof or 'eq_refl'}) : {claim})"

    # leaves: terms that are not sums or products of others

    def _leaf(self, ctx: Context, node: Term) -> tuple[Poly, str | None]:
        if isinstance(node, Variable):
            return atomic(node), None
        return self._remembered(self._new_leaf, ctx, node)

    def _remembered(
        self, made: Callable[[Context, Term], tuple[Poly, str | None]], ctx: Context, node: Term
    ) -> tuple[Poly, str | None]:
        """Made once for a term and the names of its indices: names of binders inside never clash with those."""
        named = tuple(ctx.index(index) for index in sorted(node.free, key=lambda index: index.key))
        key = (node, ctx.depth, ctx.prefix, named)
        if key not in self.known:
            self.known[key] = made(ctx, node)
        return self.known[key]

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
            case Big(kind, sort) if ctx.goal.size(sort) is not None:
                return self._written_out(ctx, node)
            case Big("sum"):
                return self._sum(ctx, node)
            case Big():
                return self._big(ctx, node)
            case If(condition, then, otherwise) if isinstance(condition, Same | Distinct):
                return self._choice(ctx, node, condition, then, otherwise)
            case If():
                return atomic(node), None
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
        return total, trans(first, self._by_ring(ctx, product, to_term(total), rules))

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
        split = f"(rif_split {ctx.decision(cast(If, indicator).condition)} {ctx.term(then)} {ctx.term(otherwise)})"
        return poly, trans(turn, split, proof)

    # sums over an index

    def _sum(self, ctx: Context, node: Big) -> tuple[Poly, str | None]:
        index, inner, names = opened(ctx, node.sort)
        body, proof = self.norm(inner, node.at(index))
        if not body:
            zero = cast(Big, big("sum", index, ZERO))
            lifted = extensional(ctx, node, zero, lambda c, a, b: proof)
            return {}, trans(lifted, f"(rsum_zero {ctx.size(node.sort)})")
        parts = [self._summand(ctx, inner, index, m, c) for m, c in sorted(body.items(), key=_rank)]
        spread = add_right([multiply(outer, dependent) for outer, dependent, _, _ in parts])
        ordered = self._by_ring(inner, to_term(body), spread)
        before, after = to_term(body), cast(Big, big("sum", index, spread))
        lifted = extensional(ctx, node, after, lambda c, a, b: trans(proof, ordered))
        summed, chain = self._linear(ctx, index, parts)
        rules: list[str] = []
        poly = plus(
            *(self.times(ctx, self._value(ctx, outer, rules), value, rules) for outer, _, value, _ in parts)
        )
        del before, names
        return poly, trans(lifted, chain, self._by_ring(ctx, summed, to_term(poly), rules))

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
        whole, proof = self._component(ctx, inner, index, inside)
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

    def _component(
        self, ctx: Context, inner: Context, index: Free, inside: Monomial
    ) -> tuple[Term, str | None]:
        """The sum of a product over the index, every sum inside it pulled out and ordered."""
        factors = [atom for atom, exponent in inside for _ in range(exponent)]
        binders, flat, proof = self._flattened(inner, factors)
        before = cast(Big, big("sum", index, monomial_term(inside)))
        after = cast(Big, _nested((index, *binders), multiply(*flat)))
        lifted = extensional(ctx, before, after, lambda c, a, b: proof)
        best, ordering = self._ordered(ctx, (index, *binders), flat)
        return best, trans(lifted, ordering)

    def _flattened(
        self, ctx: Context, factors: list[Term]
    ) -> tuple[tuple[Free, ...], list[Term], str | None]:
        """A product of atoms and sums as one nested sum of a product of atoms."""
        place = next((n for n, f in enumerate(factors) if isinstance(f, Big) and f.kind == "sum"), None)
        if place is None:
            return (), factors, None
        total = cast(Big, factors[place])
        rest = factors[:place] + factors[place + 1 :]
        index, inner, names = opened(ctx, total.sort)
        body = total.at(index)
        loose = list(body.parts) if isinstance(body, Multiply) else [body]
        moved = [*rest, *loose]
        product = multiply(*factors)
        if rest:
            front = multiply(multiply(*rest), total)
            reorder = self._by_ring(ctx, product, front)
            scal = f"(rsum_scal {ctx.size(total.sort)} {ctx.term(multiply(*rest))} {ctx.function(total)})"
            pulled = cast(Big, big("sum", index, multiply(multiply(*rest), body)))
        else:
            reorder, scal, pulled = None, None, total
        binders, flat, proof = self._flattened(inner, moved)
        inside = self._by_ring(inner, pulled.at(index), multiply(*moved))
        after = cast(Big, _nested((index, *binders), multiply(*flat)))
        lifted = extensional(ctx, pulled, after, lambda c, a, b: trans(inside, proof))
        del names
        return (index, *binders), flat, trans(reorder, scal, lifted)

    def _ordered(self, ctx: Context, binders: tuple[Free, ...], flat: list[Term]) -> tuple[Term, str | None]:
        """The nested sum with its binders and factors in canonical order."""
        if len(binders) > 5:
            raise Unexported("that many nested sums")
        best: tuple[str, tuple[int, ...], Term] | None = None
        for order in itertools.permutations(range(len(binders))):
            chosen = [binders[n] for n in order]
            if [b.sort for b in chosen] != sorted(b.sort for b in chosen):
                continue
            names = [cast(Free, Free(f"#{ctx.depth + n}", b.sort)) for n, b in enumerate(chosen)]
            inner = ctx
            for name in names:
                inner, _ = inner.bind(name)
            renamed = self._renamed(flat, dict(zip(chosen, names, strict=True)))
            atoms = [self.term(inner, atom)[0] for atom in renamed]
            body = monomial_term(collect((atom, 1) for atom in atoms))
            candidate = _nested(tuple(names), body)
            if best is None or candidate.key < best[0]:
                best = candidate.key, order, candidate
        assert best is not None
        return best[2], self._ordering(ctx, binders, flat, best[1], best[2])

    def _renamed(self, flat: list[Term], names: dict[Free, Free]) -> list[Term]:
        return [cast(Term, substitute(atom, names)) for atom in flat]

    def _ordering(
        self, ctx: Context, binders: tuple[Free, ...], flat: list[Term], order: tuple[int, ...], best: Term
    ) -> str | None:
        current, proofs = list(range(len(binders))), []
        product = multiply(*flat)
        for place, wanted in enumerate(order):
            at = current.index(wanted)
            while at > place:
                proofs.append(self._swap(ctx, [binders[n] for n in current], product, at - 1))
                current[at - 1], current[at] = current[at], current[at - 1]
                at -= 1
        chosen = [binders[n] for n in order]
        before = _nested(tuple(chosen), product)
        proofs.append(self._inside(ctx, before, best, len(binders)))
        return trans(*proofs)

    def _inside(self, ctx: Context, left: Term, right: Term, levels: int) -> str | None:
        if left is right:
            return None
        if levels == 0:
            a, p = self.norm(ctx, left)
            b, q = self.norm(ctx, right)
            if a != b:
                raise Unexported(f"{left} in the order of {right}")
            return trans(p, symmetric(q))
        return extensional(
            ctx, cast(Big, left), cast(Big, right),
            lambda c, a, b: self._inside(c, cast(Term, a), cast(Term, b), levels - 1),
        )  # fmt: skip

    def _swap(self, ctx: Context, binders: list[Free], product: Term, at: int) -> str | None:
        """The nested sum with binders number at and at + 1 exchanged."""
        if at > 0:
            exchanged = [*binders[:at], binders[at + 1], binders[at], *binders[at + 2 :]]
            left = cast(Big, _nested(tuple(binders), product))
            right = cast(Big, _nested(tuple(exchanged), product))
            inner, names = ctx.bind(cast(Free, Free(f"#{ctx.depth}", left.sort)))
            index = cast(Free, Free(f"#{ctx.depth}", left.sort))
            body = substitute(product, {binders[0]: index}) if binders[0] is not index else product
            del left, right
            proof = self._swap(inner, binders[1:], cast(Term, body), at - 1)
            one = cast(Big, _nested((index, *binders[1:]), cast(Term, body)))
            two = cast(Big, _nested((index, *exchanged[1:]), cast(Term, body)))
            return f"(rsum_ext _ {ctx.function(one)} {ctx.function(two)} (fun {names} => {proof}))"
        first, second = binders[0], binders[1]
        c1, n1 = ctx.bind(first)
        c2, n2 = c1.bind(second)
        function = f"(fun {n1.split()[0]} {n2.split()[0]} => {c2.term(_nested(tuple(binders[2:]), product))})"
        return f"(rsum_swap {ctx.size(first.sort)} {ctx.size(second.sort)} {function})"


def _rank(item: tuple[Monomial, Fraction]) -> list[tuple[str, int]]:
    return [(atom.key, exponent) for atom, exponent in item[0]]


def atomic(node: Term) -> Poly:
    return {((node, 1),): Fraction(1)}


def add_right(parts: list[Term]) -> Term:
    """a + (b + (c + ..))."""
    return parts[0] if len(parts) == 1 else add(parts[0], add_right(parts[1:]))


def _nested(binders: tuple[Free, ...], body: Term) -> Term:
    for binder in reversed(binders):
        body = big("sum", binder, body)
    return body
