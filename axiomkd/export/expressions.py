"""Closed numbers as ``Enclosures.v`` computes with them: expressions with exact bounds of their values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from axiomkd.export.context import Unexported

FINE = 1 << 200
"""Bounds with larger denominators are rounded outwards, here and in Rocq."""
COMPUTED = "computed"
Bounds = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class Expression:
    """An expression and bounds of its value; ``head`` and ``parts`` are the constructor in Rocq."""

    head: str
    parts: tuple[Expression | str, ...]
    bounds: Bounds

    @property
    def exact(self) -> Fraction | None:
        """The value, if the bounds tell it."""
        low, high = self.bounds
        return low if low == high else None

    @property
    def size(self) -> int:
        return 1 + sum(part.size for part in self.parts if isinstance(part, Expression))

    def names(self) -> tuple[str, ...]:
        """The numbers of the known values that occur, each once."""
        if self.head == "Known":
            return (str(self.parts[0]),)
        inner = (name for part in self.parts if isinstance(part, Expression) for name in part.names())
        return tuple(dict.fromkeys(inner))

    def text(self, places: Sequence[str]) -> str:
        """The expression in Rocq, known values by their places."""
        if self.head == "Known":
            return f"(Known {places.index(str(self.parts[0]))})"
        parts = [part.text(places) if isinstance(part, Expression) else part for part in self.parts]
        return f"({self.head} {' '.join(parts)})"


def down(value: Fraction) -> Fraction:
    return value if value.denominator <= FINE else Fraction(value.numerator * FINE // value.denominator, FINE)


def up(value: Fraction) -> Fraction:
    return -down(-value)


def constant(value: Fraction) -> Expression:
    if value.denominator == 1:
        return Expression("Whole", (integer(value.numerator),), (value, value))
    return Expression("Ratio", (integer(value.numerator), str(value.denominator)), (value, value))


def count(number: int) -> Expression:
    return Expression("Count", (str(number),), (Fraction(number), Fraction(number)))


def known(name: str, bounds: Bounds) -> Expression:
    """A value that has a lemma of its own."""
    return Expression("Known", (name,), bounds)


def plus(left: Expression, right: Expression) -> Expression:
    (a, b), (c, d) = left.bounds, right.bounds
    return Expression("Plus", (left, right), (down(a + c), up(b + d)))


def times(left: Expression, right: Expression) -> Expression:
    return Expression("Times", (left, right), _product(left.bounds, right.bounds))


def _product(left: Bounds, right: Bounds) -> Bounds:
    corners = [x * y for x in left for y in right]
    return down(min(corners)), up(max(corners))


def raised(base: Expression, exponent: int) -> Expression:
    """A whole power."""
    bounds = (Fraction(1), Fraction(1))
    for _ in range(abs(exponent)):
        bounds = _product(base.bounds, bounds)
    if exponent < 0:
        if bounds[0] <= 0 <= bounds[1]:
            raise Unexported("the inverse of a number that may be zero")
        bounds = down(1 / bounds[1]), up(1 / bounds[0])
    return Expression("Raised", (base, integer(exponent)), bounds)


def greatest(left: Expression, right: Expression) -> Expression:
    return _extreme("Greatest", max, left, right)


def least(left: Expression, right: Expression) -> Expression:
    return _extreme("Least", min, left, right)


def _extreme(head: str, choose: Callable[..., Fraction], left: Expression, right: Expression) -> Expression:
    low, high = (choose(*ends) for ends in zip(left.bounds, right.bounds, strict=True))
    return Expression(head, (left, right), (low, high))


def integer(value: int) -> str:
    return str(value) if value >= 0 else f"({value})"


def bound_text(bounds: Bounds) -> str:
    """Bounds as the arguments of ``bound``."""
    return " ".join(f"{integer(value.numerator)} {value.denominator}" for value in bounds)


# -- proofs ------------------------------------------------------------------------------------


def given(*expressions: Expression) -> tuple[tuple[str, ...], str]:
    """The known values in some expressions, and for a lemma: their terms, bounds and proofs."""
    names = tuple(dict.fromkeys(name for expression in expressions for name in expression.names()))
    terms = bounds = "nil"
    proofs = "none_known"
    for name in reversed(names):
        terms = f"(cons term_{name} {terms})"
        bounds = f"(cons bound_{name} {bounds})"
        proofs = f"(also_known _ _ _ _ value_{name} {proofs})"
    return names, f"{terms} {bounds} {proofs}"


def compared(lemma: str, left: Expression, right: Expression) -> str:
    """A proof by computation that two numbers stand in the relation of a lemma."""
    names, known_values = given(left, right)
    return f"({lemma} {known_values} {left.text(names)} {right.text(names)} {COMPUTED})"


def inside(expression: Expression) -> str:
    """A proof by computation that a number lies within its bounds."""
    names, known_values = given(expression)
    claim = f"(bound {bound_text(expression.bounds)})"
    return f"(inside_by {known_values} {claim} {expression.text(names)} {COMPUTED})"


def less(left: Expression, right: Expression) -> str:
    if not left.bounds[1] < right.bounds[0]:
        raise Unexported("two numbers that the bounds do not tell apart")
    return compared("less_by", left, right)


def at_most(left: Expression, right: Expression) -> str:
    if left == right:
        return "(Rle_refl _)"
    if not left.bounds[1] <= right.bounds[0]:
        raise Unexported("two numbers that the bounds do not tell apart")
    return compared("at_most_by", left, right)


def equal(left: Expression, right: Expression) -> str:
    if left == right:
        return "eq_refl"
    if left.exact is None or left.exact != right.exact:
        raise Unexported("two numbers that the bounds do not show to be equal")
    return compared("equal_by", left, right)


ZERO = constant(Fraction(0))
ONE = constant(Fraction(1))
