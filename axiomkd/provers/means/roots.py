r"""Products of roots below sums: :math:`\sqrt{xy} \le (x + y)/2`, also where x or y is zero."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from axiomkd.kernel import algebra
from axiomkd.kernel.combination import hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ZERO,
    AtMost,
    Equal,
    Formula,
    Less,
    Multiply,
    Number,
    Power,
    Term,
    add,
    multiply,
    power,
)
from axiomkd.provers.means.apart import MOST
from axiomkd.provers.means.indexed import indexed
from axiomkd.provers.means.proof import Proof

Factors = tuple[tuple[Term, int], ...]


@dataclass(frozen=True)
class Roots:
    """A product of roots whose exponents sum to one; ``factors`` are its atoms with their powers."""

    factors: Factors
    exponents: Mapping[Term, Fraction]

    @property
    def term(self) -> Term:
        return algebra.to_term({((), self.factors): Fraction(1)})

    @property
    def bound(self) -> Term:
        """The weighted mean above it."""
        return add(*(multiply(exponent, value) for value, exponent in self.exponents.items()))


def by_roots(proof: Proof, claim: AtMost) -> int | None:
    """The claim, every product of roots in its gap replaced by the mean above it; ``None`` without roots."""
    gap = algebra.expand(claim.right - claim.left, proof.goal.sizes)
    parts: list[tuple[Fraction, Roots]] = []
    for (binders, factors), number in gap.items():
        if not binders and any(_is_root(atom) for atom, _ in factors):
            parts.append((-number, _roots(factors)))
    if not parts or any(number < 0 for number, _ in parts):
        return None
    means = add(*(multiply(number, roots.bound - roots.term) for number, roots in parts))
    rest = algebra.canonical(claim.right - claim.left - means, proof.goal.sizes)
    premises = [_below_mean(proof, roots) for _, roots in parts]
    template = [multiply(number, hole(n)) for n, (number, _) in enumerate(parts)]
    if rest is not ZERO:
        premises.append(proof.sign(AtMost, rest))
        template.append(hole(len(parts)))
    return proof.add("combination", cast(Formula, claim), premises, add(*template))


def _base(atom: Term) -> tuple[Term, Fraction]:
    """What a root is taken of, and its exponent; anything else with the exponent 1."""
    match atom:
        case Power(base, Number(exponent)) if exponent.denominator > 1:
            return base, exponent
    return atom, Fraction(1)


def _is_root(atom: Term) -> bool:
    return _base(atom)[0] is not atom


def _roots(factors: Factors) -> Roots:
    exponents: dict[Term, Fraction] = {}
    for atom, times in factors:
        base, root = _base(atom)
        for value in base.parts if isinstance(base, Multiply) else (base,):
            exponents[value] = exponents.get(value, Fraction(0)) + times * root
    if sum(exponents.values()) != 1 or min(exponents.values()) <= 0 or not 2 <= len(exponents) <= MOST:
        raise Refused(
            "expected roots whose exponents sum to one, got", algebra.to_term({((), factors): Fraction(1)})
        )
    return Roots(factors, exponents)


def _below_mean(proof: Proof, roots: Roots) -> int:
    """That the product is at most the mean: zero if a value is, else by the inequality of the means."""
    signs = [proof.sign(AtMost, value) for value in roots.exponents]
    return _split(proof, roots, list(zip(roots.exponents, signs, strict=True)), ())


def _split(proof: Proof, roots: Roots, left: list[tuple[Term, int]], positive: tuple[int, ...]) -> int:
    claim = cast(Formula, AtMost(roots.term, roots.bound))
    if not left:
        return _all_positive(proof, roots, claim, positive)
    (value, sign), *others = left
    zero = proof.add("assumption", cast(Formula, Equal(value, ZERO)))
    none = _product_is_zero(proof, roots, value, zero)
    low = proof.add("chain", claim, (none, proof.sign(AtMost, roots.bound)), ZERO)
    assumed = proof.add("assumption", cast(Formula, Less(ZERO, value)))
    high = _split(proof, roots, others, (*positive, assumed))
    return proof.add("cases_zero", claim, (sign, low, high), value)


def _all_positive(proof: Proof, roots: Roots, claim: Formula, positive: tuple[int, ...]) -> int:
    values = tuple(roots.exponents)
    weights = tuple(cast(Term, Number(exponent)) for exponent in roots.exponents.values())
    index, weight, value = indexed(proof.goal, weights, values)
    apart = multiply(*(power(x, w) for x, w in zip(values, weights, strict=True)))
    below = cast(Formula, AtMost(apart, roots.bound))
    mean = proof.add("weighted_am_gm", below, positive, index, weight, value)
    same = proof.add("powers", cast(Formula, Equal(roots.term, apart)), positive)
    return proof.add("chain", claim, (same, mean), apart)


def _product_is_zero(proof: Proof, roots: Roots, value: Term, zero: int) -> int:
    """That the product is zero, since one of its values is."""
    for atom, times in roots.factors:
        base, _ = _base(atom)
        parts = base.parts if isinstance(base, Multiply) else (base,)
        if value in parts:
            if _is_root(atom):
                others = [part for part in parts if part is not value]
                inner = zero if base is value else _vanishing(proof, base, others, zero)
                zero = proof.add("power_of_zero", cast(Formula, Equal(atom, ZERO)), (inner,))
            rest = [power(a, n) for a, n in roots.factors if a is not atom] + [atom] * (times - 1)
            return _vanishing(proof, roots.term, rest, zero)
    raise Refused("expected a factor of the product, got", value)


def _vanishing(proof: Proof, product: Term, others: list[Term], zero: int) -> int:
    """That a product is zero: the others times what a step says is zero."""
    equal = cast(Formula, Equal(product, ZERO))
    return proof.add("algebraic", equal, (zero,), multiply(-1, *others, hole(0)))
