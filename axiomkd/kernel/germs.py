"""Terms along a path into an input: how they behave for all small e > 0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import reduce
from typing import cast

from flint import arb

from axiomkd.kernel.digamma import inverse_digamma
from axiomkd.kernel.enclosure import Value, ball, exact_power, finite
from axiomkd.kernel.evaluation import Evaluator, Point, Undecided, Undefined
from axiomkd.kernel.evidence import Polynomial
from axiomkd.kernel.exponentials import Exponentials
from axiomkd.kernel.growth import (
    Expansion,
    Germ,
    Leading,
    Ratio,
    apart,
    as_expansion,
    as_leading,
    exact,
    limit_of,
    logarithm,
    polynomial,
    ratio,
    sign_of,
)
from axiomkd.kernel.series import Expansions
from axiomkd.kernel.terms import Big, Extreme, If, Multiply, Power, Term, multiply


class Germs(Evaluator[Germ]):
    """Behaviour of terms along one path."""

    def __init__(self, point: Point, path: Mapping[str, object], running: Mapping[str, Ratio]) -> None:
        super().__init__(point)
        self.path = path
        self.running = running
        self._exponentials = Exponentials(point, path, running)
        self._expansions = Expansions(point, self.variable)

    def constant(self, number: Fraction) -> Germ:
        return exact(number)

    def variable(self, name: str, indices: tuple[int, ...]) -> Germ:
        if name in self.running:
            return self.running[name]
        found = self.path[name]
        for number in indices:
            found = cast("tuple[object, ...]", found)[number - 1]
        return Ratio(polynomial(cast(Polynomial, found)), polynomial([Fraction(1)]))

    def add(self, values: Sequence[Germ]) -> Germ:
        exact_part = reduce(_add_ratios, (v for v in values if isinstance(v, Ratio)), exact(Fraction(0)))
        others = [value for value in values if not isinstance(value, Ratio)]
        return reduce(_add, others if exact_part.is_zero() and others else [exact_part, *others])

    def multiply(self, values: Sequence[Germ]) -> Germ:
        exact_part = reduce(_multiply_ratios, (v for v in values if isinstance(v, Ratio)), exact(Fraction(1)))
        others = [value for value in values if not isinstance(value, Ratio)]
        return exact_part if exact_part.is_zero() else reduce(_multiply, [*others, exact_part])

    def power(self, base: Germ, exponent: Germ) -> Germ:
        if isinstance(exponent, Ratio) and exponent.is_constant():
            return _constant_power(base, exponent.leading())
        if isinstance(base, Ratio) and base.is_zero():
            sign = self.sign(exponent)
            if sign < 0:
                raise Undefined("a negative power of zero")
            return exact(Fraction(0 if sign else 1))
        if self.sign(base) < 0:
            raise Undecided("expected a positive base, got a negative one")
        return _running_power(base, exponent)

    def exp(self, value: Germ) -> Germ:
        if isinstance(value, Ratio) and value.is_zero():
            return exact(Fraction(1))
        inside = as_expansion(value)
        return Leading(finite(inside.limit.exp()), inside.logarithmic, inside.steep * Fraction(-1))

    def log(self, value: Germ) -> Germ:
        if self.sign(value) <= 0:
            raise Undefined("the logarithm of a number that is not positive")
        inside = as_leading(value)
        return Expansion(finite(inside.coefficient.log()), inside.decay * Fraction(-1), inside.order)

    def inverse_digamma(self, value: Germ) -> Germ:
        """It is continuous and positive."""
        inside = as_expansion(value)
        if not inside.is_bounded():
            raise Undecided("expected an argument of the inverse digamma function with a limit, got none")
        return Leading(finite(inverse_digamma(inside.limit)))

    def maximum(self, values: Sequence[Germ]) -> Germ:
        return reduce(self._larger, values)

    def _larger(self, left: Germ, right: Germ) -> Germ:
        try:
            return left if self.sign(self.add([left, self.negate(right)])) >= 0 else right
        except Undecided:
            limits = [limit_of(left), limit_of(right)]
            if None in limits:
                raise
            return Expansion(ball(cast(Value, limits[0])).max(ball(cast(Value, limits[1]))))

    def order(self, left: Term, right: Term) -> int:
        """The sign of left - right; where leading terms cancel, that of what makes the two sides differ."""
        try:
            return super().order(left, right)
        except Undecided:
            found = self._order_of_parts(left, right)
            return self._order_in_full(left, right) if found is None else found

    def _order_in_full(self, left: Term, right: Term) -> int:
        """By all exponentials where both sides are made of such alone, else by further terms."""
        try:
            return self._exponentials.order(left, right)
        except Undecided:
            return self._expansions.order(left, right)

    def _order_of_parts(self, left: Term, right: Term) -> int | None:
        r"""With s the sign: :math:`s(ca - cb) = s(c)\,s(a - b)`; for positive a and b :math:`s(a^x - b^x)
        = s(x)\,s(a - b)`; and a maximum exceeds what one of its terms exceeds.
        """
        left, right = self._simpler(left), self._simpler(right)
        if left is right:
            return 0
        match left, right:
            case ((Big("maximum" | "minimum") | Extreme()), _):
                found = [self.order(part, right) for part in self._compared(left)]
                return max(found) if left.kind == "maximum" else min(found)
            case _, (Big("maximum" | "minimum") | Extreme()):
                return -self.order(right, left)
            case Power(base, exponent), Power(other, same) if same is exponent:
                if self.sign(self.value(base)) > 0 and self.sign(self.value(other)) > 0:
                    return self.sign(self.value(exponent)) * self.order(base, other)
                return None
        return self._order_of_products(self._factors(left), self._factors(right))

    def _order_of_products(self, left: list[Term], right: list[Term]) -> int | None:
        common = [factor for factor in left if factor in right]
        if not common:
            return None
        factor = common[0]
        left.remove(factor)
        right.remove(factor)
        return self.sign(self.value(factor)) * self.order(multiply(*left), multiply(*right))

    def _factors(self, term: Term) -> list[Term]:
        return list(term.parts) if isinstance(term, Multiply) else [term]

    def _compared(self, extremum: Big | Extreme) -> Sequence[Term]:
        if isinstance(extremum, Extreme):
            return extremum.arguments
        return self._instances(extremum, extremum.sort)

    def _simpler(self, term: Term) -> Term:
        """The branch of a case distinction that holds; of a sum over one index its only term."""
        match term:
            case Big("sum", sort) if self.size(sort) == 1:
                return self._simpler(self._instances(term, sort)[0])
            case If(condition, then, otherwise):
                return self._simpler(then if self.holds(condition) else otherwise)
        return term

    def sign(self, value: Germ) -> int:
        if isinstance(value, Ratio):
            return (value.leading() > 0) - (value.leading() < 0)
        if isinstance(value, Leading):
            return sign_of(value.coefficient)
        if value.steep.parts:
            return value.steep.sign()
        if value.logarithmic:
            return -1 if value.logarithmic > 0 else 1
        return sign_of(value.limit)


def _add_ratios(left: Ratio, right: Ratio) -> Ratio:
    return ratio(left.above * right.below + right.above * left.below, left.below * right.below)


def _multiply_ratios(left: Ratio, right: Ratio) -> Ratio:
    return ratio(left.above * right.above, left.below * right.below)


def _add(left: Germ, right: Germ) -> Germ:
    if isinstance(left, Expansion) or isinstance(right, Expansion):
        x, y = as_expansion(left), as_expansion(right)
        return Expansion(x.limit + y.limit, x.steep + y.steep, x.logarithmic + y.logarithmic)
    return _add_leading(as_leading(left), as_leading(right))


def _add_leading(left: Leading, right: Leading) -> Germ:
    """The term that decays more slowly; of two alike the sum, unless it may cancel."""
    faster = (left.decay + right.decay * Fraction(-1)).sign() or left.order - right.order
    if faster:
        return right if faster > 0 else left
    total = left.coefficient + right.coefficient
    if apart(total):
        return Leading(total, left.order, left.decay)
    vanishing = left.vanishing()
    if vanishing < 0:
        raise Undecided("expected leading terms that do not cancel, got two that may")
    return Expansion(arb(0) if vanishing else total)


def _multiply(left: Germ, right: Germ) -> Germ:
    for factor, other in ((left, right), (right, left)):
        if isinstance(factor, Expansion) and isinstance(other, Ratio) and other.is_constant():
            scale = other.leading()
            return Expansion(factor.limit * ball(scale), factor.steep * scale, factor.logarithmic * scale)
        if isinstance(factor, Expansion) and not isinstance(other, Expansion) and _outweighs(other, factor):
            return Expansion(arb(0))
    limits = [limit_of(left), limit_of(right)]
    if (isinstance(left, Expansion) or isinstance(right, Expansion)) and None not in limits:
        return Expansion(ball(cast(Value, limits[0])) * ball(cast(Value, limits[1])))
    x, y = as_leading(left), as_leading(right)
    return Leading(x.coefficient * y.coefficient, x.order + y.order, x.decay + y.decay)


def _outweighs(factor: Ratio | Leading, growing: Expansion) -> bool:
    """Whether the factor tends to zero faster than the expansion can grow."""
    term = as_leading(factor)
    decay = term.decay.sign()
    return decay > 0 or (decay == 0 and term.order > (1 if growing.steep.parts else 0))


def _constant_power(base: Germ, exponent: Fraction) -> Germ:
    if exponent == 0:
        return exact(Fraction(1))
    if exponent == 1:
        return base
    if isinstance(base, Ratio):
        if base.is_constant() and (found := exact_power(base.leading(), exponent)) is not None:
            return exact(found)
        if exponent.denominator == 1:
            return _whole_power(base, exponent.numerator)
    term = as_leading(base)
    sign = sign_of(term.coefficient)
    if sign < 0 and exponent.denominator != 1:
        raise Undefined("a broken power of a negative number")
    size = finite((ball(exponent) * abs(term.coefficient).log()).exp())
    negative = sign < 0 and exponent.numerator % 2
    return Leading(-size if negative else size, term.order * exponent, term.decay * exponent)


def _whole_power(base: Ratio, exponent: int) -> Ratio:
    if abs(exponent) > 64:
        raise Undecided(f"expected an exponent up to 64, got {exponent}")
    if exponent > 0:
        return Ratio(base.above**exponent, base.below**exponent)
    if base.is_zero():
        raise Undefined("a negative power of zero")
    return Ratio(base.below**-exponent, base.above**-exponent)


def _running_power(base: Germ, exponent: Germ) -> Germ:
    """A positive base under an exponent x/e + y + o(1) that is not constant."""
    towards = as_expansion(exponent)
    if isinstance(base, Ratio) and base.is_constant():
        number = base.leading()
        if number == 1:
            return exact(Fraction(1))
        if isinstance(exponent, Ratio):
            steep = logarithm(number) * exponent.coefficient(-1)
            return Leading(finite((towards.limit * ball(number).log()).exp()), decay=steep * Fraction(-1))
    term = as_leading(base)
    if not towards.is_bounded() or term.decay.parts:
        raise Undecided("expected a constant base under an exponent that grows, got another")
    if term.order and not isinstance(exponent, Ratio):
        raise Undecided("expected an exact exponent over a base that tends to zero, got another")
    order = term.order * cast(Ratio, exponent).coefficient(0) if term.order else Fraction(0)
    return Leading(finite((towards.limit * term.coefficient.log()).exp()), order)
