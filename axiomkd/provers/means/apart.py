"""An inequality with logarithms taken apart into gaps of Jensen's inequality."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

import flint

from axiomkd.kernel import algebra
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ZERO,
    AtMost,
    Formula,
    Log,
    Number,
    Power,
    Term,
    add,
    multiply,
    term,
)

MOST = 4
"""Of how many numbers a mean may be."""


@dataclass(frozen=True)
class Mean:
    """A mean with its weights and values, and how often the gap of its inequality is taken."""

    rule: str
    times: Fraction
    mean: Term
    weights: tuple[Term, ...]
    values: tuple[Term, ...]

    @property
    def formula(self) -> Formula:
        """Jensen's inequality for these numbers."""
        pairs = list(zip(self.weights, self.values, strict=True))
        if self.rule == "jensen_entropy":
            right = add(*(w * x * _log(x) for w, x in pairs))
            return cast(Formula, AtMost(self.mean * _log(self.mean), right))
        return cast(Formula, AtMost(add(*(w * _log(x) for w, x in pairs)), _log(self.mean)))


def _log(value: Term) -> Term:
    return cast(Term, Log(value))


def by_logarithm(gap: Term, sizes: algebra.Sizes) -> tuple[dict[Term, Term], Term]:
    """The coefficient of every logarithm, by what it is taken of, and what is free of logarithms.

    The logarithms of numbers are left out: they come from means such as (p + q)/2, and cancel.
    """
    parts: dict[Term, algebra.Polynomial] = {}
    for (binders, factors), number in algebra.expand(gap, sizes).items():
        logs = [(atom.argument, exponent) for atom, exponent in factors if isinstance(atom, Log)]
        if binders or len(logs) > 1 or any(exponent != 1 for _, exponent in logs):
            raise Refused("expected a sum of polynomials times logarithms, got", gap)
        others = tuple(factor for factor in factors if not isinstance(factor[0], Log))
        parts.setdefault(logs[0][0] if logs else ZERO, {})[(), others] = number
    rest = algebra.to_term(parts.pop(ZERO, {}))
    kept = {argument: part for argument, part in parts.items() if not isinstance(argument, Number)}
    return {argument: algebra.to_term(part) for argument, part in kept.items()}, rest


def taken_apart(coefficients: Mapping[Term, Term], sizes: algebra.Sizes) -> list[Mean] | None:
    """Means whose inequalities add up to the coefficients, each logarithm in one of them."""
    if not coefficients:
        return []
    for mean in coefficients:
        for found in _means(mean, coefficients, sizes):
            used = {mean, *found.values}
            others = taken_apart({a: c for a, c in coefficients.items() if a not in used}, sizes)
            if others is not None:
                return [found, *others]
    return None


def _means(mean: Term, coefficients: Mapping[Term, Term], sizes: algebra.Sizes) -> Iterator[Mean]:
    """The ways in which one logarithm is that of a mean of the others."""
    own = coefficients[mean]
    entropy = quotient(own, mean, sizes)
    if isinstance(entropy, Number) and entropy.value < 0:
        rule, times = "jensen_entropy", -entropy.value
        parts = {a: quotient(c, a, sizes) for a, c in coefficients.items() if a is not mean}
    elif isinstance(own, Number) and own.value > 0:
        rule, times = "jensen_logarithm", own.value
        parts = {a: quotient(c, term(-1), sizes) for a, c in coefficients.items() if a is not mean}
    else:
        return
    known = {a: part for a, part in parts.items() if part is not None}
    for count in range(2, MOST + 1):
        for values in itertools.combinations(known, count):
            found = _mean(rule, times, mean, [known[value] for value in values], values, sizes)
            if found is not None:
                yield found


def _mean(
    rule: str, times: Fraction, mean: Term, parts: list[Term], values: tuple[Term, ...], sizes: algebra.Sizes
) -> Mean | None:
    """The mean of the values, their weights being the parts but for a factor, if it is a multiple of this."""
    total = algebra.canonical(add(*parts), sizes)
    if rule == "jensen_entropy" and isinstance(total, Number):
        times = total.value
    if times <= 0:
        return None
    weights = tuple(algebra.canonical(multiply(1 / times, part), sizes) for part in parts)
    centre = add(*(w * x for w, x in zip(weights, values, strict=True)))
    factor = quotient(centre, mean, sizes)
    if not isinstance(factor, Number) or factor.value <= 0:
        return None
    scaled = mean if factor.value == 1 else multiply(factor, mean)
    return Mean(rule, times, scaled, weights, values)


def quotient(dividend: Term, divisor: Term, sizes: algebra.Sizes) -> Term | None:
    """The polynomial by which the divisor is multiplied to give the dividend, if there is one."""
    pair = [algebra.expand(side, sizes) for side in (dividend, divisor)]
    atoms = sorted({atom for p in pair for _, factors in p for atom, _ in factors}, key=lambda atom: atom.key)
    ring = flint.fmpq_mpoly_ctx.get(tuple(f"x{n}" for n in range(max(len(atoms), 1))), flint.Ordering.lex)
    above, below = (
        ring.from_dict(
            {
                tuple(dict(factors).get(atom, 0) for atom in atoms) or (0,): flint.fmpq(
                    c.numerator, c.denominator
                )
                for (_, factors), c in polynomial.items()
            }
        )
        for polynomial in pair
    )
    found, remainder = divmod(above, below)
    if remainder:
        return None
    return algebra.canonical(
        add(
            *(
                multiply(
                    Fraction(int(c.p), int(c.q)),
                    *(cast(Term, Power(atom, term(int(e)))) for atom, e in zip(atoms, es, strict=False) if e),
                )
                for es, c in found.to_dict().items()
            )
        ),
        sizes,
    )
