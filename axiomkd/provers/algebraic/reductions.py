r"""Equations that take an atom out of a polynomial.

Each brings P to a polynomial P' without the atom, such that :math:`P = U P' + Q e`, where e is the difference
of the equation's sides and U a product of positive terms; and :math:`P' = V P + R e`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from axiomkd.provers.algebraic.book import NoProof
from axiomkd.provers.algebraic.ring import Exponents, Polynomial, Ring, terms_of

LONGEST = 1_000
"""Monomials up to which a polynomial is worked with."""


@dataclass(frozen=True)
class Hole:
    """A step whose difference stands in a template, at the given indices."""

    step: int
    indices: tuple[object, ...] = ()


@dataclass(frozen=True)
class Reduction:
    """An equation by its difference; ``unit`` is the place of an inverse, ``base`` its positive base."""

    equation: Hole
    difference: Polynomial
    apply: Callable[[Polynomial], Polynomial]
    unit: int | None = None
    base: Polynomial | None = None
    positive: Hole | None = None


@dataclass(frozen=True)
class Reduced:
    """What a reduction makes of P: P', the power e of the unit in U, and Q."""

    reduction: Reduction
    result: Polynomial
    power: int
    multiplier: Polynomial


def reduce(ring: Ring, polynomial: Polynomial, reduction: Reduction) -> Reduced:
    result = reduction.apply(polynomial)
    if len(result) > LONGEST:
        raise NoProof("a polynomial with too many monomials")
    power = 0 if reduction.unit is None else degree(polynomial, reduction.unit)
    unit = ring.one if reduction.unit is None else ring.generators[reduction.unit] ** power
    return Reduced(reduction, result, power, (polynomial - unit * result) / reduction.difference)


def degree(polynomial: Polynomial, place: int) -> int:
    return int(polynomial.degrees()[place]) if not polynomial.is_zero() else 0


def _by_power(polynomial: Polynomial, place: int, ring: Ring) -> dict[int, Polynomial]:
    """The coefficients of the powers of one generator."""
    found: dict[int, dict[Exponents, Fraction]] = {}
    for powers, coefficient in terms_of(polynomial).items():
        rest = (*powers[:place], 0, *powers[place + 1 :])
        found.setdefault(powers[place], {})[rest] = coefficient
    return {power: ring.from_terms(part) for power, part in found.items()}


def substitution(ring: Ring, place: int, value: Polynomial, order: int = 1) -> Callable[..., Polynomial]:
    """Puts a polynomial in the place of a power of a generator."""

    def apply(polynomial: Polynomial) -> Polynomial:
        if degree(polynomial, place) < order:
            return polynomial
        total = ring.constant(0)
        for power, part in _by_power(polynomial, place, ring).items():
            total += part * value ** (power // order) * ring.generators[place] ** (power % order)
        return total

    return apply


def clearing(ring: Ring, place: int, base: Polynomial) -> Callable[..., Polynomial]:
    """Multiplies with the base of an inverse until the inverse is gone."""

    def apply(polynomial: Polynomial) -> Polynomial:
        parts = _by_power(polynomial, place, ring)
        greatest = max(parts, default=0)
        total = ring.constant(0)
        for power, part in parts.items():
            total += part * base ** (greatest - power)
        return total

    return apply


def homogenising(ring: Ring, places: tuple[int, ...], total: Polynomial) -> Callable[..., Polynomial]:
    """Multiplies monomials of lower degree in some generators with a sum of them that is 1."""

    def apply(polynomial: Polynomial) -> Polynomial:
        parts: dict[int, dict[Exponents, Fraction]] = {}
        for powers, coefficient in terms_of(polynomial).items():
            parts.setdefault(sum(powers[n] for n in places), {})[powers] = coefficient
        greatest = max(parts, default=0)
        result = ring.constant(0)
        for power, part in parts.items():
            result += ring.from_terms(part) * total ** (greatest - power)
        return result

    return apply


def positive_block(polynomial: Polynomial, nonnegative: frozenset[int]) -> tuple[int, ...] | None:
    """The generators of a linear form with positive coefficients that is a positive constant."""
    terms = terms_of(polynomial)
    constants = [c for powers, c in terms.items() if not any(powers)]
    if len(constants) != 1 or constants[0] == 0:
        return None
    places = []
    for powers, coefficient in terms.items():
        if not any(powers):
            continue
        if sum(powers) != 1 or (coefficient > 0) == (constants[0] > 0):
            return None
        places.append(powers.index(1))
    return tuple(places) if nonnegative.issuperset(places) else None


def linear_place(polynomial: Polynomial) -> tuple[int, Fraction] | None:
    """A generator that occurs once, alone with a number, and its coefficient."""
    terms = terms_of(polynomial)
    counts = [sum(1 for powers in terms if powers[n]) for n in range(len(next(iter(terms), ())))]
    for powers, coefficient in terms.items():
        if sum(powers) == 1 and counts[powers.index(1)] == 1:
            return powers.index(1), coefficient
    return None
