"""Leading terms along a path: c e^m of a term as e -> 0, with the proof in Rocq."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from axiomkd.export.context import Unexported, number
from axiomkd.export.curves import Coefficients, Path, horner_expression, listed, power_expression, valuation
from axiomkd.export.expressions import ONE, ZERO, Expression, constant, equal, less, plus, times
from axiomkd.export.paths import Limit
from axiomkd.export.sequences import MOMENT
from axiomkd.export.settling import Settled
from axiomkd.export.values import apart
from axiomkd.kernel.terms import Add, Exp, Log, Multiply, Number, Power, Term, Variable


@dataclass(frozen=True)
class Germ:
    """The leading term: its order and coefficient; with no coefficient the term is zero near the end."""

    order: Fraction
    coefficient: Limit | None
    proof: str


class Leading:
    """Leading terms of terms along one path."""

    def __init__(self, path: Path, small: str) -> None:
        self.path = path
        self.numbers = path.numbers
        self.small = small
        self.settled = Settled(path, self.below)

    def limit(self, node: Term) -> tuple[Limit, str]:
        """The limit of a term with a proof of convergence."""
        term, same = self.settled.of(node)
        found, proof = self._limit(term, self.germ(term))
        if same is None:
            return found, proof
        functions = f"{self.path.along(node)} {self.path.along(term)}"
        return found, f"(tends_like {functions} {found.text} {same} {proof})"

    def below(self, small: Term, great: Term) -> str | None:
        """A proof that one term is eventually below another, if their difference says so."""
        germ = self.germ(great - small)
        if germ.coefficient is None or not germ.coefficient.value.bounds[0] > 0:
            return None
        functions = f"{self.path.along(small)} {self.path.along(great)}"
        given = f"{functions} {number(germ.order)} {germ.coefficient.text}"
        return f"({self._head('below')} {given} {less(ZERO, germ.coefficient.value)} {germ.proof})"

    def _head(self, lemma: str) -> str:
        return f"leading_{lemma} {self.path.step} {self.small}"

    def _limit(self, node: Term, germ: Germ) -> tuple[Limit, str]:
        function = self.path.along(node)
        if germ.coefficient is None:
            return Limit("0", ZERO), f"(nothing_tends {function} {germ.proof})"
        if germ.order == 0:
            text = germ.coefficient.text
            return germ.coefficient, f"({self._plain('tends')} {function} {text} {germ.proof})"
        if germ.order < 0:
            raise Unexported(f"a term without a limit: {node}")
        given = f"{function} {number(germ.order)} {germ.coefficient.text}"
        positive = less(ZERO, constant(germ.order))
        return Limit("0", ZERO), f"({self._head('vanishes')} {given} {positive} {germ.proof})"

    def _plain(self, lemma: str) -> str:
        return f"leading_{lemma} {self.path.step}"

    # -- leading terms --------------------------------------------------------------------

    def germ(self, node: Term) -> Germ:
        coefficients = self.path.polynomial(node)
        if coefficients is not None:
            return self._polynomial(node, coefficients)
        if self.path.stands(node):
            return self._standing(node)
        match node:
            case Add():
                return self._folded(node, self._sum)
            case Multiply():
                return self._folded(node, self._product)
            case Power(base, exponent):
                return self._power(node, base, exponent)
            case Exp(argument) | Log(argument):
                return self._function(node, argument)
        raise Unexported(f"the leading term of {node}")

    def _standing(self, node: Term) -> Germ:
        text, value = self.numbers.ctx.term(node), self.numbers.value(node)
        if value.exact == 0:
            zero = f"(eventually_always _ (fun {MOMENT} => {equal(value, ZERO)}))"
            return Germ(Fraction(0), None, zero)
        return self._from_limit(node, Limit(text, value), f"(cv_const {text})")

    def _polynomial(self, node: Term, coefficients: Coefficients) -> Germ:
        if not coefficients:
            proof = f"(eventually_always _ {self.path.identity(node, '(cst 0 1)')})"
            return Germ(Fraction(0), None, proof)
        order = valuation(coefficients)
        rest = coefficients[order:]
        same = self.path.identity(node, f"({power_expression(order)} [*] {horner_expression(rest)})")
        proof = f"({self._head('polynomial')} {self.path.along(node)} {order} {listed(rest)} {same})"
        return Germ(Fraction(order), Limit(number(rest[0]), constant(rest[0])), proof)

    def _from_limit(self, node: Term, limit: Limit, proof: str) -> Germ:
        function = self.path.along(node)
        return Germ(Fraction(0), limit, f"({self._plain('limit')} {function} {limit.text} {proof})")

    def _folded(self, node: Term, combine: Callable[[Term, Germ, Term, Germ], Germ]) -> Germ:
        kind = type(node)
        so_far = cast(Term, node.parts[0])
        total = self.germ(so_far)
        for place in range(1, len(node.parts)):
            part = cast(Term, node.parts[place])
            whole = kind(*node.parts[: place + 1])
            if self.path.polynomial(cast(Term, whole)) is not None:
                total = self.germ(cast(Term, whole))
            else:
                total = combine(so_far, total, part, self.germ(part))
            so_far = cast(Term, whole)
        return total

    def _sum(self, left: Term, one: Germ, right: Term, other: Germ) -> Germ:
        functions = f"{self.path.along(left)} {self.path.along(right)}"
        if one.coefficient is None and other.coefficient is None:
            return Germ(Fraction(0), None, f"(nothing_plus_nothing {functions} {one.proof} {other.proof})")
        if one.coefficient is None or other.coefficient is None:
            lemma = "nothing_plus" if one.coefficient is None else "plus_nothing"
            kept = other if one.coefficient is None else one
            given = f"{functions} {number(kept.order)} {cast(Limit, kept.coefficient).text}"
            proofs = (one, other) if one.coefficient is None else (other, one)
            proof = f"({self._plain(lemma)} {given} {proofs[0].proof} {proofs[1].proof})"
            return Germ(kept.order, kept.coefficient, proof)
        return self._sum_of_two(functions, one, one.coefficient, other, other.coefficient)

    def _sum_of_two(self, functions: str, one: Germ, c: Limit, other: Germ, d: Limit) -> Germ:
        if one.order == other.order:
            given = f"{functions} {number(one.order)} {c.text} {d.text}"
            value = plus(c.value, d.value)
            if value.bounds[0] <= 0 <= value.bounds[1]:
                raise Unexported("leading terms that cancel")
            proof = f"({self._plain('plus')} {given} {one.proof} {other.proof})"
            return Germ(one.order, Limit(f"({c.text} + {d.text})", value), proof)
        first = one.order < other.order
        orders = sorted((one.order, other.order))
        given = f"{functions} {number(one.order)} {number(other.order)} {c.text} {d.text}"
        order = less(*map(constant, orders))
        proof = f"({self._head('first' if first else 'second')} {given} {order} {one.proof} {other.proof})"
        return Germ(orders[0], c if first else d, proof)

    def _product(self, left: Term, one: Germ, right: Term, other: Germ) -> Germ:
        functions = f"{self.path.along(left)} {self.path.along(right)}"
        if one.coefficient is None:
            return Germ(Fraction(0), None, f"(nothing_times {functions} {one.proof})")
        if other.coefficient is None:
            return Germ(Fraction(0), None, f"(times_nothing {functions} {other.proof})")
        c, d = one.coefficient, other.coefficient
        orders = f"{number(one.order)} {number(other.order)}"
        proof = f"({self._head('times')} {functions} {orders} {c.text} {d.text} {one.proof} {other.proof})"
        limit = Limit(f"({c.text} * {d.text})", times(c.value, d.value))
        total = plus(constant(one.order), constant(other.order))
        text = f"({number(one.order)} + {number(other.order)})"
        return self._ordered(self.path.along(left * right), text, total, limit, proof)

    def _ordered(self, function: str, text: str, order: Expression, limit: Limit, proof: str) -> Germ:
        """A leading term whose order has been brought to a plain number."""
        value = cast(Fraction, order.exact)
        same = equal(order, constant(value))
        given = f"{function} {text} {number(value)} {limit.text} {same}"
        return Germ(value, limit, f"({self._plain('order')} {given} {proof})")

    # -- powers, exponentials, logarithms -------------------------------------------------

    def _power(self, node: Term, base: Term, exponent: Term) -> Germ:
        if not self.path.stands(exponent):
            return self._moving_power(node, base, exponent)
        above = self.numbers.value(exponent)
        if above.exact is None:
            raise Unexported(f"a leading term under the exponent {exponent}")
        if above.exact == 0:
            return Germ(Fraction(0), Limit("1", ONE), f"({self._plain('rpow_0')} {self.path.along(base)})")
        germ = self.germ(base)
        if germ.coefficient is None:
            return self._power_of_nothing(base, exponent, germ)
        return self._power_of(node, base, exponent, above, germ, germ.coefficient)

    def _power_of(
        self, node: Term, base: Term, exponent: Term, above: Expression, germ: Germ, c: Limit
    ) -> Germ:
        raised_to = self.numbers.ctx.term(exponent)
        text = f"(rpow {c.text} {raised_to})"
        function, order = self.path.along(base), number(germ.order)
        value = self.numbers.power(text, c.text, c.value, above, isinstance(exponent, Number | Variable))
        if isinstance(exponent, Number) and above.exact == -1:
            different = apart(c.value, ZERO)
            proof = f"({self._head('inverse')} {function} {order} {c.text} {different} {germ.proof})"
        else:
            positive = less(ZERO, c.value)
            proof = f"({self._head('rpow')} {function} {order} {c.text} {raised_to} {positive} {germ.proof})"
        total = times(constant(germ.order), above)
        limit = Limit(text, value)
        return self._ordered(self.path.along(node), f"({order} * {raised_to})", total, limit, proof)

    def _power_of_nothing(self, base: Term, exponent: Term, germ: Germ) -> Germ:
        above = self.germ(exponent)
        if above.coefficient is None:
            raise Unexported("a power of nothing under nothing")
        functions = f"{self.path.along(base)} {self.path.along(exponent)}"
        given = f"{self.path.along(exponent)} {number(above.order)} {above.coefficient.text}"
        positive = f"({self._head('above')} {given} {less(ZERO, above.coefficient.value)} {above.proof})"
        return Germ(Fraction(0), None, f"(power_of_nothing {functions} {germ.proof} {positive})")

    def _moving_power(self, node: Term, base: Term, exponent: Term) -> Germ:
        germ = self.germ(base)
        if germ.coefficient is None:
            return self._power_of_nothing(base, exponent, germ)
        if germ.order:
            raise Unexported(f"a leading term of {base} under an exponent that moves")
        (below, first), (above, second) = self._limit(base, germ), self._limit(exponent, self.germ(exponent))
        text = f"(rpow {below.text} {above.text})"
        functions = f"{self.path.along(base)} {below.text} {self.path.along(exponent)} {above.text}"
        proof = f"(cv_rpow_positive {functions} {first} {second} {less(ZERO, below.value)})"
        value = self.numbers.power(text, below.text, below.value, above.value, False)
        return self._from_limit(node, Limit(text, value), proof)

    def _function(self, node: Term, argument: Term) -> Germ:
        inner, proof = self._limit(argument, self.germ(argument))
        head = "exp" if isinstance(node, Exp) else "ln"
        text = f"({head} {inner.text})"
        given = f"{self.path.along(argument)} {inner.text} {proof}"
        if head == "ln":
            given += f" {less(ZERO, inner.value)}"
        if inner.value.exact == (0 if head == "exp" else 1):
            raise Unexported(f"a leading term of {node}")
        value = self.numbers.function(text, head, inner.value)
        return self._from_limit(node, Limit(text, value), f"(cv_{head} {given})")
