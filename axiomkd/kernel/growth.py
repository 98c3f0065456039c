r"""Paths into an input: how terms behave as :math:`\varepsilon \to 0+`.

A germ is the behaviour of a function for all sufficiently small :math:`\varepsilon > 0`. Three kinds are
followed: exact quotients of polynomials; leading terms
:math:`c\,\varepsilon^a e^{-\lambda/\varepsilon}(1+o(1))` with an enclosed c apart from zero, a rational and
:math:`\lambda` an exact combination of logarithms of primes; and expansions
:math:`A/\varepsilon + B\log\varepsilon + C + o(1)` with A such a combination, B rational and C enclosed. The
logarithms of the primes and 1 are independent over the rationals, so a combination is zero only
if each coefficient is. Where a leading term cancels and the next is not known, nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import flint
from flint import arb, fmpq_poly

from axiomkd.kernel.closed_forms import factored
from axiomkd.kernel.enclosure import Value, ball
from axiomkd.kernel.evaluation import Undecided


@dataclass(frozen=True)
class Combination:
    """A rational combination of logarithms of primes and of 1 (standing under the key 1)."""

    parts: tuple[tuple[int, Fraction], ...] = ()

    def __add__(self, other: Combination) -> Combination:
        total = dict(self.parts)
        for key, coefficient in other.parts:
            total[key] = total.get(key, Fraction(0)) + coefficient
        return Combination(tuple(sorted((key, value) for key, value in total.items() if value)))

    def __mul__(self, factor: Fraction) -> Combination:
        return Combination(tuple((key, value * factor) for key, value in self.parts if factor))

    def enclosure(self) -> arb:
        logarithms = {key: arb(key).log() if key > 1 else arb(1) for key, _ in self.parts}
        return sum((ball(value) * logarithms[key] for key, value in self.parts), arb(0))

    def sign(self) -> int:
        return sign_of(self.enclosure()) if self.parts else 0


def logarithm(number: Fraction) -> Combination:
    """The logarithm of a positive rational."""
    parts = ((prime, Fraction(times)) for prime, times in factored(number))
    return Combination(tuple(sorted(parts)))


@dataclass(frozen=True)
class Ratio:
    """An exact quotient of polynomials in e."""

    above: fmpq_poly
    below: fmpq_poly

    def is_zero(self) -> bool:
        return self.above.is_zero()

    def is_constant(self) -> bool:
        return self.above.degree() <= 0 and self.below.degree() <= 0

    def order(self) -> int:
        """The exponent of the leading power of e; the ratio must not be zero."""
        return lowest(self.above) - lowest(self.below)

    def leading(self) -> Fraction:
        """The coefficient of the leading power of e, zero for zero."""
        if self.is_zero():
            return Fraction(0)
        quotient = self.above[lowest(self.above)] / self.below[lowest(self.below)]
        return Fraction(int(quotient.p), int(quotient.q))

    def coefficient(self, order: int) -> Fraction:
        """The coefficient of e to the order, where no lower power occurs."""
        return self.leading() if not self.is_zero() and self.order() == order else Fraction(0)


@dataclass(frozen=True)
class Leading:
    """c e^order exp(-decay/e) (1 + o(1)), c enclosed apart from zero."""

    coefficient: arb
    order: Fraction = Fraction(0)
    decay: Combination = Combination()

    def __post_init__(self) -> None:
        sign_of(self.coefficient)

    def vanishing(self) -> int:
        """1 if it tends to zero, -1 if it grows beyond bounds, 0 if it tends to c."""
        order = (self.order > 0) - (self.order < 0)
        return self.decay.sign() or order


@dataclass(frozen=True)
class Expansion:
    """steep/e + logarithmic log(e) + limit + o(1)."""

    limit: arb
    steep: Combination = Combination()
    logarithmic: Fraction = Fraction(0)

    def is_bounded(self) -> bool:
        return not self.steep.parts and self.logarithmic == 0


Germ = Ratio | Leading | Expansion


def lowest(polynomial: fmpq_poly) -> int:
    """The lowest power that occurs in a polynomial other than zero."""
    return next(n for n, coefficient in enumerate(polynomial.coeffs()) if coefficient != 0)


def sign_of(value: arb) -> int:
    if value > 0:
        return 1
    if value < 0:
        return -1
    raise Undecided("expected a leading coefficient apart from zero, got one that may cancel")


def apart(value: arb) -> bool:
    return bool(value > 0) or bool(value < 0)


def polynomial(coefficients: Sequence[Fraction]) -> fmpq_poly:
    return fmpq_poly([flint.fmpq(value.numerator, value.denominator) for value in coefficients])


def ratio(above: fmpq_poly, below: fmpq_poly) -> Ratio:
    common = above.gcd(below)
    return Ratio(above // common, below // common)


def exact(number: Fraction) -> Ratio:
    return Ratio(polynomial([number]), polynomial([Fraction(1)]))


EPSILON = Ratio(polynomial([Fraction(0), Fraction(1)]), polynomial([Fraction(1)]))
INVERSE = Ratio(EPSILON.below, EPSILON.above)


def as_leading(germ: Germ) -> Leading:
    """The leading term of a germ that is not zero."""
    if isinstance(germ, Leading):
        return germ
    if isinstance(germ, Ratio):
        if germ.is_zero():
            raise Undecided("expected a germ apart from zero, got zero")
        return Leading(ball(germ.leading()), Fraction(germ.order()))
    if germ.steep.parts:
        germ.steep.sign()
        return Leading(germ.steep.enclosure(), Fraction(-1))
    if germ.logarithmic == 0 and apart(germ.limit):
        return Leading(germ.limit)
    raise Undecided("expected a leading power of e, got a logarithm or a limit near zero")


def as_expansion(germ: Germ) -> Expansion:
    """The expansion of a germ that grows no faster than 1/e."""
    if isinstance(germ, Expansion):
        return germ
    if isinstance(germ, Ratio):
        if germ.is_zero() or germ.order() > 0:
            return Expansion(arb(0))
        steep = germ.coefficient(-1)
        if germ.order() < -1:
            raise Undecided("expected a pole of order at most one, got a higher one")
        rest = subtract_pole(germ, steep)
        return Expansion(ball(rest.coefficient(0)), Combination(((1, steep),) if steep else ()))
    vanishing = germ.vanishing()
    if vanishing < 0:
        raise Undecided("expected a germ that is bounded or exact, got a leading term that grows")
    return Expansion(arb(0) if vanishing else germ.coefficient)


def subtract_pole(germ: Ratio, steep: Fraction) -> Ratio:
    """germ - steep/e."""
    return ratio(germ.above * EPSILON.above - polynomial([steep]) * germ.below, germ.below * EPSILON.above)


def limit_of(germ: Germ) -> Value | None:
    """The limit as e goes to zero, or nothing where there is no finite one."""
    if isinstance(germ, Ratio):
        if not germ.is_zero() and germ.order() < 0:
            return None
        return germ.coefficient(0)
    if isinstance(germ, Leading):
        vanishing = germ.vanishing()
        return None if vanishing < 0 else Fraction(0) if vanishing else germ.coefficient
    return germ.limit if germ.is_bounded() else None
