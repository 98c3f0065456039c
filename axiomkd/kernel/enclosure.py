"""Values of terms at rational points: exact fractions where they are rational, Arb balls elsewhere.

This is the only floating point that the kernel believes. A comparison that the balls cannot
tell is repeated at higher precision and then given up, never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar, cast

import flint

from axiomkd.kernel.closed_forms import is_tie
from axiomkd.kernel.digamma import inverse_digamma
from axiomkd.kernel.evaluation import Between, Evaluator, Point, Undecided, Undefined, Values
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import Formula, Term

PRECISIONS = (128, 512, 2048)
"""Bits at which an undecided comparison is tried before it is given up."""
LARGEST_EXACT_POWER = 1 << 16
"""Bits of an integer power up to which it is computed exactly."""
Value = Fraction | flint.arb
R = TypeVar("R")


class Enclosure(Evaluator[Value]):
    """Exact fractions and Arb balls at the current precision."""

    def constant(self, number: Fraction) -> Value:
        return number

    def variable(self, name: str, indices: tuple[int, ...]) -> Value:
        found = entry(self.point.values, name, indices)
        return found if isinstance(found, Fraction) else ball(found.low).union(ball(found.high))

    def add(self, values: Sequence[Value]) -> Value:
        exact = sum((value for value in values if isinstance(value, Fraction)), Fraction(0))
        balls = [value for value in values if not isinstance(value, Fraction)]
        return finite(sum(balls, ball(exact))) if balls else exact

    def multiply(self, values: Sequence[Value]) -> Value:
        exact, total = Fraction(1), flint.arb(1)
        balls = [value for value in values if not isinstance(value, Fraction)]
        for value in values:
            if isinstance(value, Fraction):
                exact *= value
        for value in balls:
            total *= value
        return finite(total * ball(exact)) if balls and exact else exact

    def power(self, base: Value, exponent: Value) -> Value:
        if isinstance(exponent, Fraction):
            if exponent == 0:
                return Fraction(1)
            if exponent == 1:
                return base
            if isinstance(base, Fraction):
                found = exact_power(base, exponent)
                if found is not None:
                    return found
            if exponent.denominator == 1:
                return self._whole_power(ball(base), exponent.numerator)
        if base == 1:
            return Fraction(1)
        if base == 0:
            return self._power_of_zero(exponent)
        if self.sign(base) < 0:
            if isinstance(exponent, Fraction):
                raise Undefined("a broken power of a negative number")
            raise Undecided("expected a positive base, got a negative one under an unknown exponent")
        return finite((ball(exponent) * ball(base).log()).exp())

    def _power_of_zero(self, exponent: Value) -> Value:
        sign = self.sign(exponent)
        if sign < 0:
            raise Undefined("a negative power of zero")
        return Fraction(0 if sign else 1)

    def _whole_power(self, base: flint.arb, exponent: int) -> flint.arb:
        """By squaring: Arb's own power of a ball around zero is not a number."""
        if exponent < 0:
            self.sign(base)
            return finite(1 / self._whole_power(base, -exponent))
        if exponent == 0:
            return flint.arb(1)
        half = self._whole_power(base, exponent // 2)
        return finite(half * half * base if exponent % 2 else half * half)

    def exp(self, value: Value) -> Value:
        return Fraction(1) if value == 0 else finite(ball(value).exp())

    def log(self, value: Value) -> Value:
        if self.sign(value) <= 0:
            raise Undefined("the logarithm of a number that is not positive")
        return Fraction(0) if value == 1 else finite(ball(value).log())

    def inverse_digamma(self, value: Value) -> Value:
        return finite(inverse_digamma(ball(value)))

    def maximum(self, values: Sequence[Value]) -> Value:
        top = [value for value in values if not any(surely_less(value, other) for other in values)]
        largest = top[0]
        for value in top[1:]:
            if isinstance(value, Fraction) and isinstance(largest, Fraction):
                largest = max(value, largest)
            else:
                largest = finite(ball(largest).max(ball(value)))
        return largest

    def order(self, left: Term, right: Term) -> int:
        """The sign of left - right: what no enclosure tells apart may have one closed form."""
        try:
            return super().order(left, right)
        except Undecided:
            if is_tie(left, right, self.point):
                return 0
            raise

    def sign(self, value: Value) -> int:
        if value == 0:
            return 0
        if value > 0:
            return 1
        if value < 0:
            return -1
        raise Undecided(f"expected a number apart from zero, got {flint.ctx.prec} bits that cannot tell")


def ball(value: Value) -> flint.arb:
    """An enclosure of the value at the current precision."""
    if isinstance(value, Fraction):
        return flint.arb(flint.fmpq(value.numerator, value.denominator))
    return value


def finite(value: flint.arb) -> flint.arb:
    """The ball itself, unless it says nothing."""
    if not value.is_finite():
        raise Undecided("expected a finite enclosure, got an infinite one")
    return value


def surely_less(left: Value, right: Value) -> bool:
    return bool(ball(left) < ball(right))


def exact_power(base: Fraction, exponent: Fraction) -> Fraction | None:
    """The power where it is rational and not too long to write, else nothing."""
    if base == 0:
        if exponent < 0:
            raise Undefined("a negative power of zero")
        return Fraction(0)
    if base < 0 and exponent.denominator != 1:
        raise Undefined("a broken power of a negative number")
    length = max(base.numerator.bit_length(), base.denominator.bit_length())
    if length * abs(exponent.numerator) > LARGEST_EXACT_POWER:
        return None
    root = exact_root(base, exponent.denominator)
    return None if root is None else Fraction(root**exponent.numerator)


def exact_root(base: Fraction, degree: int) -> Fraction | None:
    """The root where it is rational, else nothing."""
    if degree == 1:
        return base
    if degree > LARGEST_EXACT_POWER:
        return None
    above, below = (int(flint.fmpz(part).root(degree)) for part in (base.numerator, base.denominator))
    root = Fraction(above, below)
    return root if root**degree == base else None


def entry(values: Mapping[str, Values], name: str, indices: tuple[int, ...]) -> Fraction | Between:
    """One entry of a variable's nested tuples."""
    if name not in values:
        raise Refused(f"expected values of {name}, got none")
    array = values[name]
    for number in indices:
        if not isinstance(array, tuple):
            raise Refused(f"expected values of {name} with {len(indices)} indices, got fewer")
        array = array[number - 1]
    if isinstance(array, Fraction | Between):
        return array
    what = "more indices" if isinstance(array, tuple) else "an entry that is not known yet"
    raise Refused(f"expected values of {name} with {len(indices)} indices, got {what}")


def decided(question: Callable[[], R]) -> R:
    """The answer to a question, at the lowest precision that decides it."""
    for bits in PRECISIONS[:-1]:
        try:
            with flint.ctx.workprec(bits):
                return question()
        except Undecided:
            continue
    with flint.ctx.workprec(PRECISIONS[-1]):
        return question()


def decide(point: Point, question: Callable[[Enclosure], R]) -> R:
    """The answer to a question about a point."""
    return decided(lambda: question(Enclosure(point)))


def evaluate(term: Term, point: Point) -> Value:
    """The value of a term: a fraction where it is rational, else an enclosure.

    >>> from axiomkd.kernel.terms import variable
    >>> evaluate(variable("x") ** Fraction(1, 2), Point({}, {"x": Fraction(4, 9)}))
    Fraction(2, 3)
    """
    return decide(point, lambda at: at.value(cast(Term, at.instantiate(term))))


def holds(formula: Formula, point: Point) -> bool:
    """Whether a comparison holds at a point: exact, never by guess.

    >>> from axiomkd.kernel.terms import Less, ONE, variable
    >>> holds(Less(variable("x"), ONE), Point({}, {"x": Fraction(2, 3)}))
    True
    """
    return decide(point, lambda at: at.holds(cast(Formula, at.instantiate(formula))))
