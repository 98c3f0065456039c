r"""Second terms: expansions along a path, for orders whose leading terms cancel.

A series is a finite sum of terms :math:`c\,\varepsilon^a (\log\varepsilon)^n` as
:math:`\varepsilon \to 0+`, with rational a, whole n and c in closed form
(:mod:`~axiomkd.kernel.closed_forms`), plus a remainder: nothing, or a function that is
:math:`O(\varepsilon^b |\log\varepsilon|^m)` for some m, where every term has a < b. Products, powers,
exponentials and logarithms are expanded by the binomial, exponential and logarithmic series,
which converge where the argument tends to zero. The sign of a series for all small
:math:`\varepsilon` is that of the term with the least a, among those of the greatest n.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from axiomkd.kernel import closed_forms
from axiomkd.kernel.closed_forms import ClosedForm, rational
from axiomkd.kernel.evaluation import Evaluator, Point, Undecided, Undefined
from axiomkd.kernel.growth import Germ, Ratio

REACH = Fraction(4)
"""How far beyond its leading power a function is expanded."""
TERMS = 200
POWERS = 32
EXPANDED_POWER = 8
"""Powers up to which a series is multiplied out."""
Place = tuple[Fraction, int]
"""The exponents of e and of its logarithm."""
LIMIT: Place = (Fraction(0), 0)
LOGARITHM: Place = (Fraction(0), 1)


@dataclass(frozen=True)
class Series:
    """Terms by place, none of them zero, and the power of e that bounds the remainder, if there is one."""

    terms: tuple[tuple[Place, ClosedForm], ...]
    end: Fraction | None = None

    def lowest(self) -> Fraction | None:
        """A power of e that nothing here exceeds but for logarithms; nothing where all is zero."""
        return min((place[0] for place, _ in self.terms), default=self.end)

    def is_zero(self) -> bool:
        return not self.terms and self.end is None

    def __add__(self, other: Series) -> Series:
        return collected((*self.terms, *other.terms), _least(self.end, other.end))

    def __mul__(self, other: Series) -> Series:
        if len(self.terms) * len(other.terms) > TERMS:
            raise Undecided(f"expected an expansion of at most {TERMS} terms, got more")
        end = _least(_beyond(self.end, other.lowest()), _beyond(other.end, self.lowest()))
        products = (((a + b, m + n), one * two) for (a, m), one in self.terms for (b, n), two in other.terms)
        return collected(products, end)

    def leading(self) -> tuple[Place, ClosedForm]:
        """The term that outweighs all others; :class:`Undecided` where it is hidden by the remainder."""
        if not self.terms:
            raise Undecided("expected a series with a leading term, got what may cancel to all orders")
        return min(self.terms, key=lambda term: (term[0][0], -term[0][1]))

    def sign(self) -> int:
        if self.is_zero():
            return 0
        (_, logarithms), coefficient = self.leading()
        return -coefficient.sign() if logarithms % 2 else coefficient.sign()


def _least(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return min((end for end in (one, other) if end is not None), default=None)


def _beyond(end: Fraction | None, order: Fraction | None) -> Fraction | None:
    """The remainder of a factor, times what is of some order; nothing times anything is nothing."""
    return None if end is None or order is None else end + order


def collected(terms: Iterable[tuple[Place, ClosedForm]], end: Fraction | None) -> Series:
    """The sum of terms below the end, those at one place put together."""
    total: dict[Place, ClosedForm] = {}
    for place, coefficient in terms:
        if end is None or place[0] < end:
            total[place] = total.get(place, closed_forms.ZERO) + coefficient
    return Series(tuple(sorted_terms(total)), end)


def sorted_terms(total: dict[Place, ClosedForm]) -> list[tuple[Place, ClosedForm]]:
    return sorted(((p, c) for p, c in total.items() if not c.is_zero()), key=lambda term: term[0])


def single(coefficient: ClosedForm, order: Fraction = Fraction(0), logarithms: int = 0) -> Series:
    return Series(() if coefficient.is_zero() else (((order, logarithms), coefficient),))


def constant(number: Fraction) -> Series:
    return single(rational(number))


ZERO, ONE = constant(Fraction(0)), constant(Fraction(1))


def of_ratio(ratio: Ratio) -> Series:
    """The expansion of a quotient of polynomials, which is exact where the divisor is a power of e."""
    above, below = (_of_coefficients(p.coeffs()) for p in (ratio.above, ratio.below))
    return above * power(below, constant(Fraction(-1)))


def _of_coefficients(coefficients: Sequence[object]) -> Series:
    fractions = [Fraction(str(coefficient)) for coefficient in coefficients]
    return reduce(Series.__add__, (single(rational(c), Fraction(n)) for n, c in enumerate(fractions)), ZERO)


def _split(series: Series) -> tuple[ClosedForm, Fraction, Series]:
    r"""The positive leading term :math:`c\,e^a` of a series and s such that it is :math:`c\,e^a (1 + s)`."""
    (order, logarithms), coefficient = series.leading()
    if logarithms or coefficient.sign() <= 0:
        raise Undecided("expected a positive leading term without logarithms, got another")
    inverse = single(closed_forms.power(coefficient, rational(Fraction(-1))), -order)
    rest = Series(tuple(term for term in series.terms if term[0] != (order, logarithms)), series.end)
    return coefficient, order, rest * inverse


def _composed(small: Series, coefficients: Callable[[int], Fraction]) -> Series:
    """The sum of c(n) s^n, for a series s that tends to zero and a power series that converges near zero."""
    lowest = small.lowest()
    if lowest is None:
        return constant(coefficients(0))
    if lowest <= 0:
        raise Undecided("expected what tends to zero, got another")
    last = -(-REACH // lowest)
    if last > POWERS:
        raise Undecided(f"expected an expansion in at most {POWERS} powers, got {last}")
    current, total = ONE, ZERO
    for n in range(last + 1):
        total = total + constant(coefficients(n)) * current
        current = _within_reach(current * small)
    return _within_reach(total)


def _within_reach(series: Series) -> Series:
    return collected(series.terms, _least(series.end, REACH))


def log(series: Series) -> Series:
    r""":math:`\log c + a \log e + \log(1 + s)`."""
    coefficient, order, small = _split(series)
    logarithms = _composed(small, lambda n: Fraction((-1) ** (n + 1), n) if n else Fraction(0))
    return single(closed_forms.log(coefficient)) + single(rational(order), logarithms=1) + logarithms


def exp(series: Series) -> Series:
    r""":math:`e^{c + a \log e + s} = e^c e^a (1 + s + s^2/2 + \dots)` with rational a."""
    limit, order = closed_forms.ZERO, Fraction(0)
    small: list[tuple[Place, ClosedForm]] = []
    for place, coefficient in series.terms:
        number = coefficient.number()
        if place == LIMIT:
            limit = coefficient
        elif place == LOGARITHM and number is not None:
            order = number
        else:
            small.append((place, coefficient))
    factorials = _composed(Series(tuple(small), series.end), lambda n: Fraction(1, _factorial(n)))
    return single(closed_forms.exp(limit), order) * factorials


def _factorial(n: int) -> int:
    return reduce(int.__mul__, range(1, n + 1), 1)


def power(base: Series, exponent: Series) -> Series:
    """The power of what is positive or zero, or a small natural power of anything."""
    number = _number(exponent)
    if number is not None and number.denominator == 1 and 0 <= number <= EXPANDED_POWER:
        return reduce(Series.__mul__, [base] * int(number), ONE)
    if base.is_zero():
        sign = exponent.sign()
        if sign < 0:
            raise Undefined("a negative power of zero")
        return ZERO if sign else ONE
    if number is None:
        return exp(exponent * log(base))
    coefficient, order, small = _split(base)
    leading = single(closed_forms.power(coefficient, rational(number)), order * number)
    return leading * _composed(small, lambda n: _binomial(number, n))


def _number(series: Series) -> Fraction | None:
    """The number that a series is, if it is one."""
    if series.end is not None or any(place != LIMIT for place, _ in series.terms):
        return None
    return series.terms[0][1].number() if series.terms else Fraction(0)


def _binomial(exponent: Fraction, n: int) -> Fraction:
    return reduce(lambda found, m: found * (exponent - m) / (m + 1), range(n), Fraction(1))


class Expansions(Evaluator[Series]):
    """The expansions of terms along a path, of which the values of variables are known."""

    def __init__(self, point: Point, variable: Callable[[str, tuple[int, ...]], Germ]) -> None:
        super().__init__(point)
        self._variable = variable

    def constant(self, number: Fraction) -> Series:
        return constant(number)

    def variable(self, name: str, indices: tuple[int, ...]) -> Series:
        found = self._variable(name, indices)
        assert isinstance(found, Ratio)
        return of_ratio(found)

    def add(self, values: Sequence[Series]) -> Series:
        return reduce(Series.__add__, values, ZERO)

    def multiply(self, values: Sequence[Series]) -> Series:
        return reduce(Series.__mul__, values, ONE)

    def power(self, base: Series, exponent: Series) -> Series:
        return power(base, exponent)

    def exp(self, value: Series) -> Series:
        return exp(value)

    def log(self, value: Series) -> Series:
        if value.sign() <= 0:
            raise Undefined("the logarithm of a number that is not positive")
        return log(value)

    def inverse_digamma(self, value: Series) -> Series:
        raise Undecided("expected powers and logarithms in an expansion, got an inverse digamma function")

    def maximum(self, values: Sequence[Series]) -> Series:
        return reduce(
            lambda one, two: one if (one + two * constant(Fraction(-1))).sign() >= 0 else two, values
        )

    def sign(self, value: Series) -> int:
        return value.sign()
