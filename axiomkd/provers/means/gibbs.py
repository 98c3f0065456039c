r"""The log-sum inequality for terms that are written out, and Gibbs' where their sum is a number.

For positive u and x: :math:`\sum_j u_j \log x_j \le U \log(\sum_j u_j x_j / U)` with :math:`U = \sum_j u_j`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from axiomkd.kernel import algebra
from axiomkd.kernel.combination import hole
from axiomkd.kernel.logarithm import expand_logarithms
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Equal,
    Formula,
    Less,
    Log,
    Multiply,
    Number,
    Term,
    add,
    big_sum,
    multiply,
    power,
)
from axiomkd.provers.means.apart import MOST, quotient
from axiomkd.provers.means.indexed import indexed, total_is_one
from axiomkd.provers.means.proof import Proof

Coefficients = Mapping[Term, Term]


@dataclass(frozen=True)
class Pair:
    """A summand u log(below/above) of a divergence; u is ``factor`` times ``below``."""

    weight: Term
    above: Term
    below: Term
    factor: Term

    @property
    def ratio(self) -> Term:
        return self.above * power(self.below, -1)

    @property
    def product(self) -> Term:
        return self.factor * self.above

    @property
    def logarithm(self) -> Term:
        """That of the ratio, expanded."""
        return _plain(_log(self.above)) - _log(self.below)


@dataclass(frozen=True)
class LogSum:
    """The inequality for these pairs; ``weight`` is the sum of u, ``centre`` the sum of u above/below."""

    pairs: tuple[Pair, ...]
    weight: Term
    centre: Term


def log_sums(coefficients: Coefficients, sizes: algebra.Sizes) -> list[LogSum] | None:
    """Log-sum inequalities whose gaps add up to the coefficients, each logarithm in one of them."""
    for mean, coefficient in coefficients.items():
        ratio = quotient(coefficient, mean, sizes)
        if isinstance(ratio, Number) and ratio.value < 0:
            for found, used in _with_sum(_times(-ratio.value, mean), mean, coefficients, sizes):
                rest = {atom: c for atom, c in coefficients.items() if atom not in used}
                others = log_sums(rest, sizes) if rest else []
                if others is not None:
                    return [found, *others]
            return None
    return _with_number(coefficients, sizes)


def _with_sum(
    weight: Term, mean: Term, coefficients: Coefficients, sizes: algebra.Sizes
) -> Iterator[tuple[LogSum, set[Term]]]:
    """The inequalities in which U is the weight, and the logarithms in them."""
    centres = [atom for atom, c in coefficients.items() if algebra.equal(c, weight, sizes)]
    pairs = list(_pairs(coefficients, sizes))
    for count in range(2, MOST + 1):
        for chosen in itertools.combinations(pairs, count):
            atoms = [atom for pair in chosen for atom in (pair.above, pair.below)]
            if len(set(atoms)) < len(atoms) or not algebra.equal(
                add(*(p.weight for p in chosen)), weight, sizes
            ):
                continue
            centre = add(*(pair.product for pair in chosen))
            for atom in centres:
                factor = quotient(centre, atom, sizes)
                if isinstance(factor, Number) and factor.value > 0 and atom not in atoms:
                    yield LogSum(chosen, weight, _times(factor.value, atom)), {mean, atom, *atoms}


def _with_number(coefficients: Coefficients, sizes: algebra.Sizes) -> list[LogSum] | None:
    """Gibbs' inequality, all logarithms in it: u log u with a positive sign, u log y with a negative one."""
    pairs: list[Pair] = []
    left = dict(coefficients)
    for below, weight in coefficients.items():
        alone = quotient(weight, below, sizes)
        if isinstance(alone, Number) and alone.value > 0:
            mine = [pair for pair in _pairs(left, sizes) if pair.below is below]
            pairs.append(mine[0] if mine else Pair(weight, ONE, below, alone))
            left.pop(below)
            left.pop(pairs[-1].above, None)
    if left or not 2 <= len(pairs) <= MOST:
        return None
    weight, centre = (add(*parts) for parts in ([p.weight for p in pairs], [p.product for p in pairs]))
    return [LogSum(tuple(pairs), weight, centre)]


def _pairs(coefficients: Coefficients, sizes: algebra.Sizes) -> Iterator[Pair]:
    """The pairs of logarithms with opposite coefficients."""
    for (below, weight), (above, other) in itertools.permutations(coefficients.items(), 2):
        if algebra.equal(other, -weight, sizes):
            factor = quotient(weight, below, sizes)
            if factor is not None:
                yield Pair(weight, above, below, factor)


Part = tuple[Term, int]
"""A multiplier, and the step whose difference it multiplies in the combination that gives the claim."""


def prove_log_sum(proof: Proof, found: LogSum) -> tuple[list[Part], list[int]]:
    """The parts of the combination that are the inequality times U, and what shows the sign of U."""
    whole, centre = found.weight, _simple(found.centre, proof)
    signs = [proof.sign(Less, part) for p in found.pairs for part in (p.above, p.below)]
    signs += [proof.sign(AtMost, pair.weight) for pair in found.pairs]
    signs += [proof.sign(Less, part) for total in (whole, centre) for part in _factors(total)]
    known = (*proof.facts, *signs)
    inverse = power(whole, -1)
    unit = proof.add("powers", _equal(whole * inverse, ONE), known)
    plain = _jensen(proof, found, centre, unit, known)
    parts = [(whole, plain), (-1 * add(*(p.weight * p.logarithm for p in found.pairs)), unit)]
    for factor, total in ((whole, centre), (-1 * whole, whole)):
        parts += [(factor, step) for step in _known_logarithm(proof, total)]
    one = total_is_one(proof, whole)
    if one is not None and isinstance(centre, Number):
        parts.append((_plain(_log(centre)), one))
    return parts, signs


def _times(factor: Fraction, value: Term) -> Term:
    return value if factor == 1 else multiply(factor, value)


def _factors(value: Term) -> tuple[Term, ...]:
    return value.parts if isinstance(value, Multiply) else (value,)


def _jensen(proof: Proof, found: LogSum, centre: Term, unit: int, known: tuple[int, ...]) -> int:
    """Jensen's inequality with the weights u/U, its logarithms expanded."""
    inverse = power(found.weight, -1)
    weights = tuple(pair.weight * inverse for pair in found.pairs)
    ratios = tuple(pair.ratio for pair in found.pairs)
    index, weight, value = indexed(proof.goal, weights, ratios)
    one = proof.add("algebraic", _equal(big_sum(index, weight), ONE), (unit,), multiply(-1, hole(0)))
    left = add(*(w * _log(x) for w, x in zip(weights, ratios, strict=True)))
    mean = add(*(w * x for w, x in zip(weights, ratios, strict=True)))
    jensen = proof.add("jensen_logarithm", _at_most(left, _log(mean)), (*known, one), index, weight, value)
    cancelled = [proof.add("powers", _equal(p.below * p.ratio, p.above), known) for p in found.pairs]
    holes = [multiply(-1, pair.factor, inverse, hole(n)) for n, pair in enumerate(found.pairs)]
    quotient = centre * inverse
    same = proof.add("algebraic", _equal(mean, quotient), cancelled, add(*holes))
    links = [
        jensen,
        proof.add("logarithms", _equal(left, _plain(left)), known),
        proof.add("congruence", _equal(_log(mean), _log(quotient)), (same,)),
        proof.add("logarithms", _equal(_log(quotient), _plain(_log(quotient))), known),
    ]
    claim = _at_most(_plain(left), _plain(_log(quotient)))
    return proof.add("chain", claim, links, left, _log(mean), _log(quotient))


def _simple(value: Term, proof: Proof) -> Term:
    """The number that a term is by arithmetic, or the term."""
    canonical = algebra.canonical(value, proof.goal.sizes)
    return canonical if isinstance(canonical, Number) else value


def _known_logarithm(proof: Proof, value: Term) -> Iterator[int]:
    """That the logarithm of a term is zero, where arithmetic or a fact makes it one."""
    one = total_is_one(proof, value)
    if one is not None and not isinstance(value, Number):
        same = proof.add("congruence", _equal(_log(value), _log(ONE)), (one,))
        zero = proof.add("logarithms", _equal(_log(ONE), ZERO))
        yield proof.add("chain", _equal(_log(value), ZERO), (same, zero), _log(ONE))


def _log(value: Term) -> Term:
    return cast(Term, Log(value))


def _plain(value: Term) -> Term:
    return expand_logarithms(value, [])


def _equal(left: Term, right: Term) -> Formula:
    return cast(Formula, Equal(left, right))


def _at_most(left: Term, right: Term) -> Formula:
    return cast(Formula, AtMost(left, right))
