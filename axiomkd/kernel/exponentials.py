r"""Quotients of sums :math:`\sum_b c_b(\varepsilon)\,b^{1/\varepsilon}` along a path, kept exact.

The bases b are different positive rationals and the coefficients polynomials. As
:math:`\varepsilon \to 0+` the term of the greatest base outweighs all others, and in its coefficient the
lowest power: so such a sum is zero only if each coefficient is, and its sign is that of one number.
Tempered rational distributions, their mixtures and what is chosen among them stay within these quotients,
so that their order is known where leading terms cancel.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import cast

from flint import fmpq_poly

from axiomkd.kernel.enclosure import exact_power
from axiomkd.kernel.evaluation import Evaluator, Point, Undecided, Undefined
from axiomkd.kernel.evidence import Polynomial
from axiomkd.kernel.growth import Ratio, lowest, polynomial

Sum = Mapping[Fraction, fmpq_poly]
"""The coefficient of each base; none is zero."""

MOST_TERMS = 400
LARGEST_EXPONENT = 64
LARGEST_BASE = 1 << 512


@dataclass(frozen=True)
class Quotient:
    """A sum of exponentials above another that is not zero."""

    above: Sum
    below: Sum

    def constant(self) -> Fraction | None:
        """The number that it is, if both sums are visibly constant."""
        numbers = [_number(part) for part in (self.above, self.below)]
        return None if None in numbers else cast(Fraction, numbers[0]) / cast(Fraction, numbers[1])


def _number(total: Sum) -> Fraction | None:
    if not total:
        return Fraction(0)
    coefficient = total.get(Fraction(1))
    if coefficient is None or len(total) > 1 or coefficient.degree() > 0:
        return None
    return Fraction(int(coefficient[0].p), int(coefficient[0].q))


ONE: Sum = {Fraction(1): polynomial([Fraction(1)])}


def _plus(left: Sum, right: Sum) -> Sum:
    total = dict(left)
    for base, coefficient in right.items():
        total[base] = total[base] + coefficient if base in total else coefficient
    return _within_bounds(
        {base: coefficient for base, coefficient in total.items() if not coefficient.is_zero()}
    )


def _times(left: Sum, right: Sum) -> Sum:
    products = ({a * b: x * y} for a, x in left.items() for b, y in right.items())
    return reduce(_plus, products, {})


def _within_bounds(total: Sum) -> Sum:
    if len(total) > MOST_TERMS or any(max(b.numerator, b.denominator) > LARGEST_BASE for b in total):
        raise Undecided(f"expected at most {MOST_TERMS} exponentials of numbers of moderate size, got more")
    return total


def _sign(total: Sum) -> int:
    if not total:
        return 0
    leading = total[max(total)]
    return 1 if leading[lowest(leading)] > 0 else -1


def as_quotient(ratio: Ratio) -> Quotient:
    """A quotient of polynomials."""
    above: Sum = {} if ratio.is_zero() else {Fraction(1): ratio.above}
    return Quotient(above, {Fraction(1): ratio.below})


class Exponentials(Evaluator[Quotient]):
    """The exact behaviour of terms along a path; :class:`Undecided` where they are no such quotients."""

    def __init__(self, point: Point, path: Mapping[str, object], running: Mapping[str, Ratio]) -> None:
        super().__init__(point)
        self.path = path
        self.running = running

    def constant(self, number: Fraction) -> Quotient:
        return Quotient({Fraction(1): polynomial([number])} if number else {}, ONE)

    def variable(self, name: str, indices: tuple[int, ...]) -> Quotient:
        if name in self.running:
            return as_quotient(self.running[name])
        found = self.path[name]
        for number in indices:
            found = cast("tuple[object, ...]", found)[number - 1]
        value = polynomial(cast(Polynomial, found))
        return Quotient({} if value.is_zero() else {Fraction(1): value}, ONE)

    def add(self, values: Sequence[Quotient]) -> Quotient:
        return reduce(_sum_of_two, values, Quotient({}, ONE))

    def multiply(self, values: Sequence[Quotient]) -> Quotient:
        above = reduce(_times, (value.above for value in values), ONE)
        return Quotient(above, reduce(_times, (value.below for value in values), ONE))

    def power(self, base: Quotient, exponent: Quotient) -> Quotient:
        number, fixed = base.constant(), exponent.constant()
        if fixed is not None and fixed.denominator == 1:
            return self._whole_power(base, int(fixed))
        if number is not None and fixed is not None and number > 0:
            found = exact_power(number, fixed)
            if found is not None:
                return self.constant(found)
        if number is not None and number > 0:
            return _exponential(number, exponent)
        raise Undecided("expected a power that is a sum of exponentials, got another")

    def _whole_power(self, base: Quotient, exponent: int) -> Quotient:
        if abs(exponent) > LARGEST_EXPONENT:
            raise Undecided(f"expected an exponent up to {LARGEST_EXPONENT}, got {exponent}")
        if exponent < 0:
            if not base.above:
                raise Undefined("a negative power of zero")
            base = Quotient(base.below, base.above)
        return self.multiply([base] * abs(exponent))

    def exp(self, value: Quotient) -> Quotient:
        raise Undecided("expected sums of exponentials alone, got an exponential of one")

    def log(self, value: Quotient) -> Quotient:
        raise Undecided("expected sums of exponentials alone, got a logarithm")

    def inverse_digamma(self, value: Quotient) -> Quotient:
        raise Undecided("expected sums of exponentials alone, got an inverse digamma function")

    def maximum(self, values: Sequence[Quotient]) -> Quotient:
        return reduce(self._larger, values)

    def _larger(self, left: Quotient, right: Quotient) -> Quotient:
        return left if self.sign(self.add([left, self.negate(right)])) >= 0 else right

    def sign(self, value: Quotient) -> int:
        return _sign(value.above) * _sign(value.below)


def _sum_of_two(left: Quotient, right: Quotient) -> Quotient:
    if left.below == right.below:
        return Quotient(_plus(left.above, right.above), left.below)
    crossed = _plus(_times(left.above, right.below), _times(right.above, left.below))
    return Quotient(crossed, _times(left.below, right.below))


def _exponential(base: Fraction, exponent: Quotient) -> Quotient:
    """A positive number to the power c/e, where its power to c is rational."""
    steep = _coefficient_of_pole(exponent)
    found = exact_power(base, steep) if abs(steep) <= LARGEST_EXPONENT else None
    if found is None:
        raise Undecided("expected a rational base of an exponential, got another")
    return Quotient(_within_bounds({found: polynomial([Fraction(1)])}), ONE)


def _coefficient_of_pole(exponent: Quotient) -> Fraction:
    """The number c of an exponent that is c/e."""
    match list(exponent.above.items()), list(exponent.below.items()):
        case [(base, above)], [(other, below)] if base == other:
            quotient, rest = divmod(above * polynomial([Fraction(0), Fraction(1)]), below)
            if rest.is_zero() and quotient.degree() == 0:
                return Fraction(int(quotient[0].p), int(quotient[0].q))
    raise Undecided("expected an exponent that is a multiple of 1/e, got another")
