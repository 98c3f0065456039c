"""Nested sums: every sum inside a product pulled out, the binders in canonical order."""

from __future__ import annotations

import itertools
from typing import cast

from axiomkd.export.congruence import extensional, opened, symmetric, trans
from axiomkd.export.context import Context, Unexported
from axiomkd.export.polynomials import (
    Monomial,
    collect,
    monomial_term,
    nested,
)
from axiomkd.export.sums import Sums
from axiomkd.kernel.terms import (
    Big,
    Free,
    Multiply,
    Term,
    big,
    fresh,
    multiply,
    substitute,
)


class NestedSums(Sums):
    """The sum of a product of atoms and sums, with the proof."""

    def component(
        self, ctx: Context, inner: Context, index: Free, inside: Monomial
    ) -> tuple[Term, str | None]:
        """The sum of a product over the index, every sum inside it pulled out and ordered."""
        factors = [atom for atom, exponent in inside for _ in range(exponent)]
        binders, flat, proof = self._flattened(inner, factors)
        before = cast(Big, big("sum", index, monomial_term(inside)))
        after = cast(Big, nested((index, *binders), multiply(*flat)))
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
            reorder = self.by_ring(ctx, product, front)
            scal = f"(rsum_scal {ctx.size(total.sort)} {ctx.term(multiply(*rest))} {ctx.function(total)})"
            pulled = cast(Big, big("sum", index, multiply(multiply(*rest), body)))
        else:
            reorder, scal, pulled = None, None, total
        binders, flat, proof = self._flattened(inner, moved)
        inside = self.by_ring(inner, pulled.at(index), multiply(*moved))
        after = cast(Big, nested((index, *binders), multiply(*flat)))
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
            candidate = nested(tuple(names), body)
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
        before = nested(tuple(chosen), product)
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
            index = fresh(binders[0].sort)  # a name by depth might be that of another binder by now
            inner, names = ctx.bind(index)
            body = substitute(product, {binders[0]: index})
            proof = self._swap(inner, binders[1:], cast(Term, body), at - 1)
            one = cast(Big, nested((index, *binders[1:]), cast(Term, body)))
            two = cast(Big, nested((index, *exchanged[1:]), cast(Term, body)))
            return f"(rsum_ext _ {ctx.function(one)} {ctx.function(two)} (fun {names} => {proof}))"
        first, second = binders[0], binders[1]
        c1, n1 = ctx.bind(first)
        c2, n2 = c1.bind(second)
        function = f"(fun {n1.split()[0]} {n2.split()[0]} => {c2.term(nested(tuple(binders[2:]), product))})"
        return f"(rsum_swap {ctx.size(first.sort)} {ctx.size(second.sort)} {function})"
