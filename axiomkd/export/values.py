"""Values of closed terms at an exact input, as expressions that Rocq computes with."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from typing import cast

import flint

from axiomkd.export.context import Context, Unexported
from axiomkd.export.expressions import (
    ONE,
    ZERO,
    Bounds,
    Expression,
    at_most,
    bound_text,
    compared,
    constant,
    count,
    equal,
    greatest,
    inside,
    integer,
    known,
    least,
    less,
    plus,
    raised,
    times,
)
from axiomkd.kernel import terms
from axiomkd.kernel.enclosure import Enclosure, ball, exact_root
from axiomkd.kernel.evaluation import Point, Undefined
from axiomkd.kernel.terms import (
    Add,
    AtMost,
    Big,
    Different,
    Distinct,
    Equal,
    Exp,
    Extreme,
    Formula,
    If,
    Index,
    Less,
    Literal,
    Log,
    Multiply,
    Number,
    Power,
    Same,
    Size,
    Term,
    Variable,
    add,
    multiply,
)
from axiomkd.kernel.witness import dyadic

PRECISION = 200
BITS = 56
"""How finely the bounds of a power, an exponential or a logarithm are told."""
LARGEST = 12
"""The size from which on an expression has a lemma of its own."""
OPPOSITE: dict[str, Callable[..., object]] = {
    "Less": lambda a, b: AtMost(b, a),
    "AtMost": lambda a, b: Less(b, a),
    "Equal": Different,
    "Different": Equal,
}


FUNCTIONS: dict[str, Callable[..., flint.arb]] = {
    "rpow": lambda x, a: (a * x.log()).exp(),
    "exp": lambda x: x.exp(),
    "ln": lambda x: x.log(),
}


class Values:
    """Values of terms at one input, with a lemma for each that is large or not rational."""

    def __init__(self, ctx: Context, point: Point) -> None:
        flint.ctx.prec = PRECISION
        self.ctx = ctx
        self.at = Enclosure(point)
        self.known: dict[Term, Expression] = {}
        self.ranges: dict[tuple[str, tuple[Bounds, ...]], tuple[Bounds, str]] = {}
        self.lines: list[str] = []
        self.named = 0

    def drained(self) -> list[str]:
        """The lemmas that have come up since the last call."""
        lines, self.lines = self.lines, []
        return lines

    def value(self, node: Term) -> Expression:
        if node not in self.known:
            found = self._value(node)
            large = found.size > LARGEST
            text = self.ctx.term(node)
            self.known[node] = self._as_lemma(text, found.bounds, inside(found)) if large else found
        return self.known[node]

    def sign(self, node: Term) -> int:
        return self.at.sign(self.at.value(node))

    def written_out(self, node: Big) -> Term:
        """A sum, product, maximum or minimum without its index."""
        parts = [node.at(cast(Index, Literal(n, node.sort))) for n in range(1, self.at.size(node.sort) + 1)]
        if node.kind == "sum":
            return add(terms.ZERO, *parts)
        if node.kind == "product":
            return multiply(terms.ONE, *parts)
        return parts[0] if len(parts) == 1 else cast(Term, Extreme(node.kind, *parts))

    def _as_lemma(self, text: str, bounds: Bounds, proof: str) -> Expression:
        name = str(self.named)
        self.named += 1
        self.lines += [
            f"Definition term_{name} : R := {text}.",
            f"Definition bound_{name} := bound {bound_text(bounds)}.",
            f"Lemma value_{name} : inside bound_{name} term_{name}.",
            f"Proof. exact {proof}. Qed.",
        ]
        return known(name, bounds)

    def _equal_lemma(self, text: str, equation: str, to: Expression) -> Expression:
        """The value of a term that has been shown to equal another number."""
        return self._as_lemma(text, to.bounds, f"(inside_equal _ _ _ {equation} {inside(to)})")

    def _value(self, node: Term) -> Expression:
        match node:
            case Number() | Variable():
                return constant(self._rational(node))
            case Size(sort):
                return count(self.at.size(sort))
            case Add():
                return reduce(plus, map(self.value, node.parts))
            case Multiply():
                return reduce(times, map(self.value, node.parts))
            case Big():
                return self.value(self.written_out(node))
            case Extreme():
                combine = greatest if node.kind == "maximum" else least
                return reduce(combine, map(self.value, node.arguments))
            case Power(base, exponent):
                return self._power(node, base, exponent)
            case Exp(argument):
                return self._exponential(node, argument)
            case Log(argument):
                return self._logarithm(node, argument)
            case If(condition, then, otherwise):
                return self._choice(node, condition, then, otherwise)
        raise Unexported(f"the value of {node}")

    def _rational(self, node: Term) -> Fraction:
        value = self.at.value(node)
        if not isinstance(value, Fraction):
            raise Unexported(f"a rational value of {node}")
        return value

    def _choice(self, node: Term, condition: Formula, then: Term, otherwise: Term) -> Expression:
        holds = self.at.holds(condition)
        chosen = self.value(then if holds else otherwise)
        if isinstance(condition, Same | Distinct):
            return chosen
        kind = type(condition).__name__
        fact = condition if holds else cast(Formula, OPPOSITE[kind](*condition.parts))
        branch = f"(Rules.branch_{kind}_{'then' if holds else 'otherwise'} _ _ _ _ {self.holds(fact)})"
        return self._equal_lemma(self.ctx.term(node), branch, chosen)

    # -- powers, exponentials, logarithms -------------------------------------------------

    def _power(self, node: Term, base: Term, exponent: Term) -> Expression:
        above, below = self.value(exponent), self.value(base)
        if above.exact is not None and above.exact < 0 and self.sign(base) == 0:
            raise Undefined("a negative power of zero")
        literal = isinstance(exponent, Number | Variable)
        return self.power(self.ctx.term(node), self.ctx.term(base), below, above, literal)

    def power(self, text: str, base: str, below: Expression, above: Expression, literal: bool) -> Expression:
        """The value of the power with that text, of that base; whether its exponent is a plain number."""
        if above.exact is not None and above.exact.denominator == 1:
            whole = raised(below, above.exact.numerator)
            same = f"(f_equal (rpow {base}) {equal_to(above)})"
            return whole if literal else self._equal_lemma(text, same, whole)
        if below.exact == 1:
            return self._equal_lemma(text, f"(rpow_one _ _ {equal(below, ONE)})", ONE)
        if below.exact == 0:
            return self._equal_lemma(text, f"(rpow_zero _ _ {equal(below, ZERO)} {less(ZERO, above)})", ZERO)
        root = self._root(below.exact, above.exact)
        if root is not None:
            return self._equal_lemma(text, self._root_proof(below, above, root), constant(root))
        bounds, range_ = self._range("rpow", below.bounds, above.bounds)
        proof = f"(rpow_inside _ _ {range_} {inside(below)} {inside(above)} eq_refl)"
        return self._as_lemma(text, bounds, proof)

    def _root(self, below: Fraction | None, above: Fraction | None) -> Fraction | None:
        if below is None or above is None or below < 0 or above.denominator == 1:
            return None
        root = exact_root(below, above.denominator)
        return None if root is None else root**above.numerator

    def _root_proof(self, below: Expression, above: Expression, root: Fraction) -> str:
        base, exponent = cast(Fraction, below.exact), cast(Fraction, above.exact)
        n, d = exponent.numerator, exponent.denominator
        texts = [shown(value) for value in (base, root)]
        claim = f"(ltac:(simpl; field) : powerRZ {texts[1]} {d} = powerRZ {texts[0]} ({n}))"
        signs = " ".join(f"(ltac:(lra) : 0 < {text})" for text in texts)
        sides = f"{equal_to(below)} {equal_to(above)}"
        return f"(rpow_root _ _ {texts[0]} {texts[1]} ({n}) {d} {sides} {signs} {claim})"

    def _exponential(self, node: Term, argument: Term) -> Expression:
        inner = self.value(argument)
        if inner.exact == 0:
            return self._equal_lemma(self.ctx.term(node), f"(exp_zero _ {equal(inner, ZERO)})", ONE)
        return self.function(self.ctx.term(node), "exp", inner)

    def _logarithm(self, node: Term, argument: Term) -> Expression:
        inner = self.value(argument)
        if inner.exact == 1:
            return self._equal_lemma(self.ctx.term(node), f"(ln_one _ {equal(inner, ONE)})", ZERO)
        return self.function(self.ctx.term(node), "ln", inner)

    def function(self, text: str, function: str, inner: Expression) -> Expression:
        """The value of an exponential or a logarithm, with the text of it."""
        bounds, range_ = self._range(function, inner.bounds)
        return self._as_lemma(text, bounds, f"({function}_inside _ {range_} {inside(inner)})")

    def _range(self, function: str, *arguments: Bounds) -> tuple[Bounds, str]:
        """Bounds of a function on intervals, with a lemma that many values may use."""
        key = (function, arguments)
        if key not in self.ranges:
            balls = [ball_of(bounds) for bounds in arguments]
            bounds = short(FUNCTIONS[function](*balls))
            name = f"range_{len(self.ranges)}"
            ends = " ".join(map(bound_text, (*arguments, bounds)))
            self.lines.append(f"Lemma {name} : {function}_range {ends}. Proof. by_interval. Qed.")
            self.ranges[key] = bounds, f"{ends} {name}"
        return self.ranges[key]

    # -- what numbers show ----------------------------------------------------------------

    def holds(self, formula: Formula) -> str:
        """A proof of an order or an equation between closed terms."""
        match formula:
            case Less(left, right):
                return less(self.value(left), self.value(right))
            case AtMost(left, right):
                return at_most(self.value(left), self.value(right))
            case Equal(left, right):
                return equal(self.value(left), self.value(right))
            case Different(left, right):
                return apart(self.value(left), self.value(right))
        raise Unexported(f"the truth of {formula}")


def apart(left: Expression, right: Expression) -> str:
    """A proof that two numbers differ."""
    if left.bounds[1] < right.bounds[0]:
        return f"(Rlt_not_eq _ _ {less(left, right)})"
    return f"(Rgt_not_eq _ _ {less(right, left)})"


def equal_to(expression: Expression) -> str:
    """A proof that an exact expression is the number it comes to."""
    to = constant(cast(Fraction, expression.exact))
    return "eq_refl" if expression == to else compared("equal_by", expression, to)


def shown(value: Fraction) -> str:
    top = integer(value.numerator)
    return f"({top} / {value.denominator})" if value.denominator > 1 else top


def short(value: flint.arb) -> Bounds:
    """Short fractions around a ball."""
    if not value.is_finite():
        raise Unexported("a number that has no bounds")
    low, high = dyadic(value.lower()), dyadic(value.upper())
    size = max(abs(low), abs(high))
    unit = Fraction(2) ** (size.numerator.bit_length() - size.denominator.bit_length() - BITS)
    return (low // unit - 1) * unit, (high // unit + 2) * unit


def ball_of(bounds: Bounds) -> flint.arb:
    """The smallest ball around an interval."""
    low, high = (ball(end) for end in bounds)
    return low if bounds[0] == bounds[1] else low.union(high)


__all__ = ["Values", "apart"]
