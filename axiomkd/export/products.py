"""Products of canonical polynomials: sizes cancel, and a delta identifies its indices."""

from __future__ import annotations

from fractions import Fraction
from typing import cast

from axiomkd.export.congruence import opened
from axiomkd.export.context import Context, Unexported
from axiomkd.export.nested import NestedSums
from axiomkd.export.polynomials import Monomial, Poly, atomic, collect, is_delta, plus, to_term
from axiomkd.kernel.terms import Free, If, Index, Same, Size, Term, power, substitute


class Products(NestedSums):
    """The product of two polynomials; ``rules`` collects the equations that it uses."""

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
                    rest: Poly = {(): coefficient}
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
        factors = [atomic(atom)]
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
