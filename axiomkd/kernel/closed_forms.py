r"""Numbers in closed form, for ties that no enclosure can tell from small differences.

A closed form is a polynomial with rational coefficients in symbols that stand for positive powers
and for logarithms: :math:`p^a` and :math:`\log p` for primes p, :math:`e^a`, and the same of closed forms in
the place of p. Every operation here follows an identity between numbers (the laws of powers
and logarithms of positive numbers, and that a fraction is the product of powers of its primes), so
two terms with one closed form have one value. Nothing is concluded from different forms: only
an enclosure apart from zero tells two numbers apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

import flint
from flint import arb

from axiomkd.kernel.evaluation import Evaluator, Point, Undecided, Undefined
from axiomkd.kernel.terms import Term

LARGEST_FACTORED = 1 << 64
"""Numbers up to which a rational is taken apart into primes."""
LARGEST_POWER = 1 << 12
"""Bits of a power of a prime up to which it is written out."""
MONOMIALS = 200
EXPANDED_POWER = 8
"""Powers up to which a sum is multiplied out."""

Monomial = frozenset[tuple["Power | Logarithm", Fraction]]
"""Symbols with their exponents, none of them zero; those of logarithms are whole."""


@dataclass(frozen=True)
class Power:
    """A positive number, a prime, e (written 1) or a closed form, to the power of a monomial."""

    base: int | ClosedForm
    exponent: Monomial


@dataclass(frozen=True)
class Logarithm:
    """The logarithm of a prime or of a positive closed form."""

    of: int | ClosedForm


@dataclass(frozen=True)
class ClosedForm:
    """A sum of monomials with their coefficients, none of them zero.

    >>> half, third = rational(Fraction(1, 2)), rational(Fraction(1, 3))
    >>> (power(half, third) * power(half, third) * power(half, third)) == half
    True
    """

    parts: frozenset[tuple[Monomial, Fraction]]

    def __add__(self, other: ClosedForm) -> ClosedForm:
        return collected((*self.parts, *other.parts))

    def __mul__(self, other: ClosedForm) -> ClosedForm:
        if len(self.parts) * len(other.parts) > MONOMIALS:
            raise Undecided(f"expected a closed form of at most {MONOMIALS} monomials, got more")
        return collected(_product(*one, *two) for one in self.parts for two in other.parts)

    def __neg__(self) -> ClosedForm:
        return self * rational(Fraction(-1))

    def is_zero(self) -> bool:
        return not self.parts

    def number(self) -> Fraction | None:
        """The value where the form is a fraction, else nothing."""
        if not self.parts:
            return Fraction(0)
        single = self.monomial()
        return single[1] if single is not None and not single[0] else None

    def monomial(self) -> tuple[Monomial, Fraction] | None:
        """The only monomial of a form that is one."""
        return next(iter(self.parts)) if len(self.parts) == 1 else None

    def enclosure(self) -> arb:
        return sum((_ball(c) * _enclosure(monomial) for monomial, c in self.parts), arb(0))

    def sign(self) -> int:
        """-1, 0 or 1, or :class:`Undecided` is raised."""
        if self.is_zero():
            return 0
        value = self.enclosure()
        if value > 0 or value < 0:
            return 1 if value > 0 else -1
        raise Undecided("expected a closed form that is zero or enclosed apart from it, got another")


UNIT: Monomial = frozenset()


def rational(number: Fraction) -> ClosedForm:
    return ClosedForm(frozenset({(UNIT, number)} if number else ()))


ZERO, ONE = rational(Fraction(0)), rational(Fraction(1))


def collected(parts: Iterable[tuple[Monomial, Fraction]]) -> ClosedForm:
    """The sum of monomials, equal ones put together."""
    total: dict[Monomial, Fraction] = {}
    for monomial, coefficient in parts:
        total[monomial] = total.get(monomial, Fraction(0)) + coefficient
    return ClosedForm(frozenset((m, c) for m, c in total.items() if c))


def _product(
    left: Monomial, coefficient: Fraction, right: Monomial, other: Fraction
) -> tuple[Monomial, Fraction]:
    """The product of two monomials; whole powers of primes go into the coefficient."""
    exponents = dict(left)
    for symbol, exponent in right:
        exponents[symbol] = exponents.get(symbol, Fraction(0)) + exponent
    factor = coefficient * other
    for symbol, exponent in list(exponents.items()):
        if isinstance(symbol, Power) and _is_prime_root(symbol):
            whole = exponent.numerator // exponent.denominator
            factor *= _written_out(symbol.base, whole)
            exponents[symbol] = exponent - whole
    return frozenset((symbol, exponent) for symbol, exponent in exponents.items() if exponent), factor


def _is_prime_root(symbol: Power) -> bool:
    return isinstance(symbol.base, int) and symbol.base > 1 and not symbol.exponent


def _written_out(prime: object, exponent: int) -> Fraction:
    assert isinstance(prime, int)
    if prime.bit_length() * abs(exponent) > LARGEST_POWER:
        raise Undecided(f"expected a power of at most {LARGEST_POWER} bits, got {prime}^{exponent}")
    return Fraction(prime) ** exponent


def factored(number: Fraction) -> Iterator[tuple[int, int]]:
    """The primes of a positive fraction with their exponents.

    >>> list(factored(Fraction(12, 5)))
    [(2, 2), (3, 1), (5, -1)]
    """
    for part, direction in ((number.numerator, 1), (number.denominator, -1)):
        if part > LARGEST_FACTORED:
            raise Undecided(f"expected a number of at most 64 bits to factor, got {part.bit_length()}")
        for prime, times in flint.fmpz(part).factor():
            yield int(prime), direction * int(times)


def log(form: ClosedForm) -> ClosedForm:
    """The logarithm of a positive number, of a single product taken apart."""
    if form.sign() <= 0:
        raise Undefined("the logarithm of a number that is not positive")
    single = form.monomial()
    if single is None or any(isinstance(symbol, Logarithm) for symbol, _ in single[0]):
        return _symbol(Logarithm(form))
    primes = (_scaled(_symbol(Logarithm(p)), Fraction(times)) for p, times in factored(single[1]))
    powers = (_log_of_power(symbol, exponent) for symbol, exponent in single[0])
    return reduce(ClosedForm.__add__, (*primes, *powers), ZERO)


def _log_of_power(symbol: Power | Logarithm, exponent: Fraction) -> ClosedForm:
    """The logarithm of b^(c m) is c m log b, with log e = 1."""
    assert isinstance(symbol, Power)
    rest = ClosedForm(frozenset({(symbol.exponent, exponent)}))
    return rest if symbol.base == 1 else rest * _symbol(Logarithm(symbol.base))


def exp(form: ClosedForm) -> ClosedForm:
    """The product of e^(c m) over the monomials, with e^(c m log b) = b^(c m)."""
    return reduce(ClosedForm.__mul__, (_exp(*part) for part in form.parts), ONE)


def _exp(monomial: Monomial, coefficient: Fraction) -> ClosedForm:
    logs = [(symbol, exponent) for symbol, exponent in monomial if isinstance(symbol, Logarithm)]
    base: int | ClosedForm = 1
    if len(logs) == 1 and logs[0][1] == 1:
        base, monomial = logs[0][0].of, monomial - {logs[0]}
    if isinstance(base, ClosedForm) and not monomial and coefficient == 1:
        return base
    # the product writes out whole powers of primes
    return ONE * ClosedForm(frozenset({(frozenset({(Power(base, monomial), coefficient)}), Fraction(1))}))


def power(base: ClosedForm, exponent: ClosedForm) -> ClosedForm:
    """The power, with 0^0 = 1."""
    number = exponent.number()
    if number is not None and number.denominator == 1 and 0 <= number <= EXPANDED_POWER:
        return reduce(ClosedForm.__mul__, [base] * int(number), ONE)
    sign = base.sign()
    if sign == 0:
        towards = exponent.sign()
        if towards < 0:
            raise Undefined("a negative power of zero")
        return ZERO if towards else ONE
    single = base.monomial()
    if number is not None and number.denominator == 1 and single is not None:
        return _whole_power(*single, number)
    if sign < 0:
        return _power_of_negative(base, number)
    return exp(exponent * log(base))


def _whole_power(monomial: Monomial, coefficient: Fraction, number: Fraction) -> ClosedForm:
    """The whole power of a product that is not zero, so that x/x = 1 also for logarithms."""
    raised = frozenset((symbol, exponent * number) for symbol, exponent in monomial)
    # the product writes out whole powers of primes
    return ONE * ClosedForm(frozenset({(raised, _fraction_power(coefficient, int(number)))}))


def _fraction_power(base: Fraction, exponent: int) -> Fraction:
    length = max(base.numerator.bit_length(), base.denominator.bit_length())
    if length * abs(exponent) > LARGEST_POWER:
        raise Undecided(f"expected a power of at most {LARGEST_POWER} bits, got {base}^{exponent}")
    return base**exponent


def _power_of_negative(base: ClosedForm, number: Fraction | None) -> ClosedForm:
    if number is None:
        raise Undecided("expected a positive base, got a negative one under an unknown exponent")
    if number.denominator != 1:
        raise Undefined("a broken power of a negative number")
    size = power(-base, rational(number))
    return -size if number.numerator % 2 else size


def _symbol(symbol: Power | Logarithm) -> ClosedForm:
    return ClosedForm(frozenset({(frozenset({(symbol, Fraction(1))}), Fraction(1))}))


def _scaled(form: ClosedForm, factor: Fraction) -> ClosedForm:
    return ClosedForm(frozenset((monomial, factor * c) for monomial, c in form.parts if factor))


def _ball(number: Fraction) -> arb:
    return arb(flint.fmpq(number.numerator, number.denominator))


def _enclosure(monomial: Monomial) -> arb:
    total = arb(1)
    for symbol, exponent in monomial:
        if isinstance(symbol, Logarithm):
            total *= _natural(_log_of(symbol.of), int(exponent))
        else:
            total *= (_ball(exponent) * _enclosure(symbol.exponent) * _log_of(symbol.base)).exp()
    return total


def _natural(value: arb, exponent: int) -> arb:
    power = reduce(arb.__mul__, [value] * abs(exponent), arb(1))
    return power if exponent >= 0 else 1 / power


def _log_of(base: int | ClosedForm) -> arb:
    if isinstance(base, ClosedForm):
        return base.enclosure().log()
    return arb(base).log() if base > 1 else arb(1)


class ClosedForms(Evaluator[ClosedForm]):
    """The closed forms of terms at a rational point."""

    def constant(self, number: Fraction) -> ClosedForm:
        return rational(number)

    def variable(self, name: str, indices: tuple[int, ...]) -> ClosedForm:
        found = self.point.values[name]
        for number in indices:
            assert isinstance(found, tuple)
            found = found[number - 1]
        if not isinstance(found, Fraction):
            raise Undecided(f"expected fractions inside {name}, got {type(found).__name__}")
        return rational(found)

    def add(self, values: Sequence[ClosedForm]) -> ClosedForm:
        return reduce(ClosedForm.__add__, values, ZERO)

    def multiply(self, values: Sequence[ClosedForm]) -> ClosedForm:
        return reduce(ClosedForm.__mul__, values, ONE)

    def power(self, base: ClosedForm, exponent: ClosedForm) -> ClosedForm:
        return power(base, exponent)

    def exp(self, value: ClosedForm) -> ClosedForm:
        return exp(value)

    def log(self, value: ClosedForm) -> ClosedForm:
        return log(value)

    def inverse_digamma(self, value: ClosedForm) -> ClosedForm:
        raise Undecided("expected powers and logarithms in a closed form, got an inverse digamma function")

    def maximum(self, values: Sequence[ClosedForm]) -> ClosedForm:
        return reduce(lambda one, two: one if (one + -two).sign() >= 0 else two, values)

    def sign(self, value: ClosedForm) -> int:
        return value.sign()


def is_tie(left: Term, right: Term, point: Point) -> bool:
    """Whether two terms without free indices have one closed form at a point.

    >>> from axiomkd.kernel.terms import term, variable
    >>> x, y = variable("x"), variable("y")
    >>> point = Point({}, {"x": Fraction(1, 3), "y": Fraction(2, 3)})
    >>> is_tie(x**x * y**y, term(2) ** y / 3, point), is_tie(x**x, y**y, point)
    (True, False)
    """
    try:
        return ClosedForms(point).order(left, right) == 0
    except (Undecided, Undefined):
        return False
