r"""Ranges of terms, and of their partial derivatives, while variables run through intervals.

This is interval arithmetic whose end points Arb encloses: a range :math:`[a, b]` is kept as a ball
that contains a and a ball that contains b. A zero end stays exactly zero, which a single ball around
the middle would lose. Partial derivatives come by forward differentiation. An operation that leaves
its domain anywhere on the box raises :class:`~axiomkd.kernel.evaluation.Undecided`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import cast

import flint

from axiomkd.kernel.digamma import inverse_digamma, slope_at
from axiomkd.kernel.enclosure import ball, exact_power, finite
from axiomkd.kernel.evaluation import Evaluator, Point, Undecided
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import Exp, Log, Multiply, Node, Power, Term, Variable

Ends = tuple[flint.arb, flint.arb]
"""Balls that contain the lower and the upper end of an interval."""


@dataclass(frozen=True, slots=True)
class Range:
    """The values of a term, and for each coordinate on which it depends those of its derivative."""

    ends: Ends
    slopes: Mapping[int, Ends]


Value = Fraction | Range
NOTHING: Mapping[int, Ends] = {}
LARGEST_WHOLE_POWER = 1 << 16


def point(number: Fraction) -> Ends:
    exact = ball(number)
    return exact, exact


def plus(one: Ends, other: Ends) -> Ends:
    return one[0] + other[0], one[1] + other[1]


def times(one: Ends, other: Ends) -> Ends:
    (a, b), (c, d) = one, other
    if a >= 0 and c >= 0:
        return a * c, b * d
    corners = a * c, a * d, b * c, b * d
    return reduce(lambda x, y: x.min(y), corners), reduce(lambda x, y: x.max(y), corners)


def hull(one: Ends, other: Ends) -> Ends:
    return one[0].min(other[0]), one[1].max(other[1])


def inverse(ends: Ends) -> Ends:
    low, high = ends
    if not (low > 0 or high < 0):
        raise Undecided("expected a denominator apart from zero on the box, got", low, "to", high)
    return finite(1 / high), finite(1 / low)


def exponential(ends: Ends) -> Ends:
    return finite(ends[0].exp()), finite(ends[1].exp())


def logarithm(ends: Ends) -> Ends:
    low, high = ends
    if not low > 0:
        raise Undecided("expected a logarithm of positive numbers on the box, got", low, "to", high)
    return finite(low.log()), finite(high.log())


def rising_inverse_digamma(ends: Ends) -> Ends:
    return finite(inverse_digamma(ends[0])), finite(inverse_digamma(ends[1]))


def raised(ends: Ends, exponent: Fraction) -> Ends:
    """The powers with a constant exponent other than zero; :math:`0^a = 0` for a > 0."""
    if exponent < 0:
        return inverse(raised(ends, -exponent))
    low, high = ends
    if exponent.denominator == 1:
        return _whole(ends, exponent.numerator)
    if not low >= 0:
        raise Undecided("expected a broken power of nonnegative numbers on the box, got", low, "to", high)
    return _root(low, exponent), _root(high, exponent)


def _root(base: flint.arb, exponent: Fraction) -> flint.arb:
    """The power is increasing in its base, and zero at zero."""
    return base if base == 0 else finite((ball(exponent) * base.log()).exp())


def _whole(ends: Ends, exponent: int) -> Ends:
    """An even power is not monotone: it falls to zero, then rises."""
    if exponent > LARGEST_WHOLE_POWER:
        raise Undecided(f"expected an exponent up to {LARGEST_WHOLE_POWER}, got {exponent}")
    low, high = (_multiplied(end, exponent) for end in ends)
    if exponent % 2 or ends[0] >= 0:
        return low, high
    return (high, low) if ends[1] <= 0 else (flint.arb(0), low.max(high))


def _multiplied(base: flint.arb, exponent: int) -> flint.arb:
    """By squaring: Arb's own power of a ball around zero is not a number."""
    if exponent == 1:
        return base
    half = _multiplied(base, exponent // 2)
    return half * half * base if exponent % 2 else half * half


def times_own_logarithm(ends: Ends) -> Ends:
    r""":math:`x \log x` for :math:`x \ge 0`, where :math:`0 \log 0 = 0`.

    It is convex, so its greatest value is at an end. Its derivative :math:`1 + \log x` is negative
    below 1/e and positive above, so its least value is at the upper end if that is below 1/e, at the
    lower end if that is above 1/e, and else -1/e. At x = 0 the logarithm is some number, and its
    product with zero is zero, which is also the limit.
    """
    if not ends[0] >= 0:
        raise Undecided("expected a logarithm of nonnegative numbers on the box, got", ends[0], "to", ends[1])
    low, high = (end if end == 0 else finite(end * end.log()) for end in ends)
    turn = (-flint.arb(1)).exp()
    least = high if ends[1] < turn else low if ends[0] > turn else -turn
    return least, low.max(high)


class Ranges(Evaluator[Value]):
    """The range of a term; ``known`` gives those of the variables, each derived by its coordinates.

    With ``limits`` the product of x and log x may reach x = 0, where it is zero although the
    logarithm alone is undefined.
    """

    def __init__(self, known: Mapping[Node, Value], limits: bool = True) -> None:
        super().__init__(Point({}, {}))
        self._values.update(known)
        self.limits = limits

    def learn(self, variable: Node, value: Value) -> None:
        self._values[variable] = value

    def _compute(self, term: Term) -> Value:
        match term:
            case Variable():
                raise Refused("expected bounds of", term, "- got none")
            case Multiply():
                own = next((part for part in term.parts if _is_own_logarithm(part, term)), None)
                if own is not None and self.limits:
                    return self._product_with_logarithm(term, own)
            case Power(base, exponent) if not isinstance(self.value(exponent), Fraction):
                return self.value(cast(Term, Exp(exponent * cast(Term, Log(base)))))
        return super()._compute(term)

    def _product_with_logarithm(self, term: Multiply, logarithm: Log) -> Value:
        rest = list(term.parts)
        rest.remove(logarithm)
        rest.remove(logarithm.argument)
        return self.multiply([self._entropy(logarithm.argument), *(self.value(part) for part in rest)])

    def _entropy(self, argument: Term) -> Value:
        value = self._range(self.value(argument))
        ends = times_own_logarithm(value.ends)
        return Range(ends, _scaled(value, lambda x: plus(point(Fraction(1)), logarithm(x))))

    @staticmethod
    def _range(value: Value) -> Range:
        return value if isinstance(value, Range) else Range(point(value), NOTHING)

    def constant(self, number: Fraction) -> Value:
        return number

    def variable(self, name: str, indices: tuple[int, ...]) -> Value:
        raise Refused(f"expected bounds of {name}, got none")

    def add(self, values: Sequence[Value]) -> Value:
        exact = sum((value for value in values if isinstance(value, Fraction)), Fraction(0))
        ranges = [value for value in values if isinstance(value, Range)]
        if not ranges:
            return exact
        ends = reduce(plus, (value.ends for value in ranges))
        slopes: dict[int, Ends] = {}
        for value in ranges:
            for place, slope in value.slopes.items():
                slopes[place] = plus(slopes[place], slope) if place in slopes else slope
        return Range(plus(ends, point(exact)) if exact else ends, slopes)

    def multiply(self, values: Sequence[Value]) -> Value:
        exact = Fraction(1)
        for value in values:
            if isinstance(value, Fraction):
                exact *= value
        ranges = [value for value in values if isinstance(value, Range)]
        if not ranges or exact == 0:
            return exact
        product = reduce(_product, ranges)
        return product if exact == 1 else _scaled_by(product, exact)

    def power(self, base: Value, exponent: Value) -> Value:
        """Only constant exponents come here."""
        exponent = cast(Fraction, exponent)
        if exponent in (0, 1):
            return base if exponent else Fraction(1)
        if isinstance(base, Fraction) and (base > 0 or _is_natural(exponent)):
            found = exact_power(base, exponent)
            if found is not None:
                return found
        value = self._range(base)

        def derivative(ends: Ends) -> Ends:
            return times(point(exponent), raised(ends, exponent - 1))

        return Range(raised(value.ends, exponent), _scaled(value, derivative))

    def exp(self, value: Value) -> Value:
        if value == 0:
            return Fraction(1)
        inner = self._range(value)
        return Range(exponential(inner.ends), _scaled(inner, exponential))

    def log(self, value: Value) -> Value:
        if value == 1:
            return Fraction(0)
        inner = self._range(value)
        return Range(logarithm(inner.ends), _scaled(inner, inverse))

    def inverse_digamma(self, value: Value) -> Value:
        inner = self._range(value)
        ends = rising_inverse_digamma(inner.ends)
        return Range(ends, _scaled(inner, lambda _: (finite(slope_at(ends[0])), finite(slope_at(ends[1])))))

    def maximum(self, values: Sequence[Value]) -> Value:
        """Where more than one argument may be the greatest, the derivative is that of one of them."""
        if all(isinstance(value, Fraction) for value in values):
            return max(cast("Sequence[Fraction]", values))
        ranges = [self._range(value) for value in values]
        low = reduce(lambda x, y: x.max(y), (value.ends[0] for value in ranges))
        top = [value for value in ranges if not value.ends[1] < low]
        high = reduce(lambda x, y: x.max(y), (value.ends[1] for value in top))
        places = {place for value in top for place in value.slopes}
        zero = point(Fraction(0))
        slopes = {place: reduce(hull, (value.slopes.get(place, zero) for value in top)) for place in places}
        return Range((low, high), slopes)

    def sign(self, value: Value) -> int:
        if isinstance(value, Fraction):
            return (value > 0) - (value < 0)
        low, high = value.ends
        if low > 0 or high < 0:
            return 1 if low > 0 else -1
        if low == 0 and high == 0:
            return 0
        raise Undecided("expected a number of one sign on the box, got", low, "to", high)


def _is_natural(exponent: Fraction) -> bool:
    return exponent.denominator == 1 and exponent >= 0


def _is_own_logarithm(part: object, product: Multiply) -> bool:
    return isinstance(part, Log) and part.argument in product.parts


def _product(one: Range, other: Range) -> Range:
    slopes = {place: times(slope, other.ends) for place, slope in one.slopes.items()}
    for place, slope in other.slopes.items():
        own = times(slope, one.ends)
        slopes[place] = plus(slopes[place], own) if place in slopes else own
    return Range(times(one.ends, other.ends), slopes)


def _scaled_by(value: Range, number: Fraction) -> Range:
    factor, rises = ball(number), number > 0

    def scaled(ends: Ends) -> Ends:
        low, high = ends[0] * factor, ends[1] * factor
        return (low, high) if rises else (high, low)

    return Range(scaled(value.ends), {place: scaled(slope) for place, slope in value.slopes.items()})


def _scaled(value: Range, derivative: Callable[[Ends], Ends]) -> Mapping[int, Ends]:
    """The chain rule; the derivative need exist only where something depends on it."""
    if not value.slopes:
        return NOTHING
    factor = derivative(value.ends)
    return {place: times(slope, factor) for place, slope in value.slopes.items()}
