"""Values of closed terms at an exact input, with proofs: a rational, or an expression for ``interval``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import cast

import flint

from axiomkd.export.context import Context, Unexported, always_defined, conjoined, number
from axiomkd.export.prover import split
from axiomkd.export.shapes import count, is_rule
from axiomkd.kernel.enclosure import Enclosure, ball, exact_root
from axiomkd.kernel.evaluation import Point, Undefined
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    Add,
    AtMost,
    Big,
    Comparison,
    Defined,
    Different,
    Distinct,
    Equal,
    Exp,
    Extreme,
    Formula,
    If,
    Index,
    InHull,
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
    big_sum,
    fresh,
    multiply,
    open_binder,
    variable,
)

PRECISION = 200
SEPARATOR = "separator"


@dataclass(frozen=True)
class Known:
    """What a term comes to: the rational, if it is one, the text, and the proof that they are equal."""

    exact: Fraction | None
    text: str
    proof: str


class Numbers:
    """Values with proofs at one input."""

    def __init__(self, ctx: Context, point: Point) -> None:
        flint.ctx.prec = PRECISION
        self.ctx = ctx
        self.at = Enclosure(point)
        self.known: dict[Term, Known] = {}
        self.lines: list[str] = []
        self.named = 0

    # -- terms ----------------------------------------------------------------------------

    def value(self, node: Term) -> Known:
        if node not in self.known:
            found = self._value(node)
            self.known[node] = (
                self._as_lemma(node, found) if isinstance(node, Power | Big | Extreme) else found
            )
        return self.known[node]

    def _as_lemma(self, node: Term, found: Known) -> Known:
        """The value as a lemma of its own, since many places use it."""
        name = f"value_{self.named}"
        self.named += 1
        self.lines.append(
            f"Lemma {name} : {self.ctx.term(node)} = {found.text}. Proof. exact {found.proof}. Qed."
        )
        return replace(found, proof=name)

    def drained(self) -> list[str]:
        """The lemmas that have come up since the last call."""
        lines, self.lines = self.lines, []
        return lines

    def enclosure(self, node: Term) -> Fraction | flint.arb:
        return self.at.value(node)

    def sign(self, node: Term) -> int:
        return self.at.sign(self.enclosure(node))

    def _value(self, node: Term) -> Known:
        match node:
            case Number():
                return self._exact(node, "eq_refl")
            case Size():
                return self._exact(node, f"(ltac:(simpl; lra) : {self.ctx.term(node)} = {self._shown(node)})")
            case Variable():
                return self._exact(node, f"(eq_refl : {self.ctx.term(node)} = {self._shown(node)})")
            case Add() | Multiply():
                return self._arithmetic(node)
            case Big(kind, sort):
                return self._unfolded(node, self._written_out(node, kind, sort))
            case Extreme():
                return self._extreme(node)
            case Power(base, exponent):
                return self._power(node, base, exponent)
            case Exp(argument):
                inner = self.value(argument)
                if inner.exact == 0:
                    return Known(Fraction(1), "1", f"(eq_trans (f_equal exp {inner.proof}) exp_0)")
                return Known(None, f"(exp {inner.text})", f"(f_equal exp {inner.proof})")
            case Log(argument):
                inner = self.value(argument)
                if inner.exact == 1:
                    return Known(Fraction(0), "0", f"(eq_trans (f_equal ln {inner.proof}) ln_1)")
                return Known(None, f"(ln {inner.text})", f"(f_equal ln {inner.proof})")
            case If(condition, then, otherwise):
                return self._choice(node, condition, then, otherwise)
        raise Unexported(f"the value of {node}")

    def _shown(self, node: Term) -> str:
        value = self.enclosure(node)
        if not isinstance(value, Fraction):
            raise Unexported(f"a rational value of {node}")
        return number(value)

    def _exact(self, node: Term, proof: str) -> Known:
        return Known(cast(Fraction, self.enclosure(node)), self._shown(node), proof)

    def _arithmetic(self, node: Term) -> Known:
        sign = "+" if isinstance(node, Add) else "*"
        head = "Rplus" if isinstance(node, Add) else "Rmult"
        total = self.value(node.parts[0])
        for part in node.parts[1:]:
            total = self._two(total, self.value(part), sign, head)
        return total

    def _two(self, left: Known, right: Known, sign: str, head: str) -> Known:
        proof = f"(f_equal2 {head} {left.proof} {right.proof})"
        text = f"({left.text} {sign} {right.text})"
        if left.exact is None or right.exact is None:
            if sign == "*" and 0 in (left.exact, right.exact):
                lemma = "Rmult_0_l" if left.exact == 0 else "Rmult_0_r"
                return Known(Fraction(0), "0", f"(eq_trans {proof} ({lemma} _))")
            return Known(None, text, proof)
        value = left.exact + right.exact if sign == "+" else left.exact * right.exact
        shown = number(value)
        if shown == text:
            return Known(value, shown, proof)
        return Known(value, shown, f"(eq_trans {proof} (ltac:(field) : {text} = {shown}))")

    def _written_out(self, node: Big, kind: str, sort: str) -> Term:
        count = self.at.size(sort)
        parts = [node.at(cast(Index, Literal(n, sort))) for n in range(1, count + 1)]
        if kind == "sum":
            return add(ZERO, *parts)
        if kind == "product":
            return multiply(ONE, *parts)
        return parts[0] if count == 1 else cast(Term, Extreme(kind, *parts))

    def _unfolded(self, node: Term, into: Term) -> Known:
        inner = self.value(into)
        claim = f"(eq_refl : {self.ctx.term(node)} = {self.ctx.term(into)})"
        return Known(inner.exact, inner.text, f"(eq_trans {claim} {inner.proof})")

    def _extreme(self, node: Extreme) -> Known:
        total, kind = node.arguments[0], node.kind
        name = "Rmax" if kind == "maximum" else "Rmin"
        known = self.value(total)
        for part in node.arguments[1:]:
            other = self.value(part)
            gap = ball(self.at.value(total)) - ball(self.at.value(part))
            first = bool(gap >= 0) if kind == "maximum" else bool(gap <= 0)
            second = bool(gap <= 0) if kind == "maximum" else bool(gap >= 0)
            if not (first or second) and known.text != other.text:
                raise Unexported(f"the larger of {total} and {part}")
            first = first or known.text == other.text
            chosen = known if first else other
            small, great = (known, other) if (kind == "minimum") == first else (other, known)
            order = self.weakly(small, great)
            lemma = f"{name}_{'left' if first else 'right'} {known.text} {other.text} {order}"
            proof = f"(eq_trans (f_equal2 {name} {known.proof} {other.proof}) ({lemma}))"
            known = Known(chosen.exact, chosen.text, proof)
            total = total if first else part
        return known

    def _power(self, node: Term, base: Term, exponent: Term) -> Known:
        raised = self.value(exponent)
        if raised.exact is not None and raised.exact.denominator == 1:
            return self._whole_power(node, base, raised, int(raised.exact))
        below = self.value(base)
        pair = f"{below.proof} {raised.proof}"
        if below.exact == 1:
            return Known(Fraction(1), "1", f"(rpow_of_one _ _ {below.proof})")
        if below.exact == 0:
            return Known(Fraction(0), "0", f"(rpow_of_zero _ _ _ {pair} {self.strictly(ZERO_KNOWN, raised)})")
        if below.exact is not None and raised.exact is not None and below.exact > 0:
            root = exact_root(below.exact, raised.exact.denominator)
            if root is not None:
                return self._root(below, raised, root)
        positive = self.strictly(ZERO_KNOWN, below)
        text = f"(exp ({raised.text} * ln {below.text}))"
        return Known(None, text, f"(rpow_as_exp _ _ _ _ {pair} {positive})")

    def _root(self, below: Known, raised: Known, root: Fraction) -> Known:
        assert raised.exact is not None and below.exact is not None
        n, d = raised.exact.numerator, raised.exact.denominator
        value = root**n
        shown = number(value)
        claim = f"(ltac:(simpl; field) : powerRZ {shown} {d} = powerRZ {below.text} ({n}))"
        signs = " ".join(f"(ltac:(lra) : 0 < {text})" for text in (below.text, shown))
        arguments = f"{below.text} {shown} ({n}) {d}"
        return Known(
            value, shown, f"(rpow_root _ _ {arguments} {below.proof} {raised.proof} {signs} {claim})"
        )

    def _whole_power(self, node: Term, base: Term, raised: Known, exponent: int) -> Known:
        below = self.value(base)
        lifted = f"(f_equal2 rpow {below.proof} {raised.proof})"
        literal = f"(rpow {below.text} {number(Fraction(exponent))})"
        if below.exact is not None:
            if exponent < 0 and not below.exact:
                raise Undefined("a negative power of zero")
            value = below.exact**exponent
            claim = f"(ltac:(number_power {abs(exponent)}%nat) : {literal} = {number(value)})"
            return Known(value, number(value), f"(eq_trans {lifted} {claim})")
        if exponent == 1:
            return Known(None, below.text, f"(eq_trans {lifted} (rpow_1_r _))")
        lemma = "rpow_as_pow" if exponent >= 0 else "rpow_as_inverse"
        text = f"({below.text} ^ {exponent})" if exponent >= 0 else f"(/ ({below.text} ^ {-exponent}))"
        claim = f"({lemma} {below.text} _ {abs(exponent)} eq_refl : {literal} = {text})"
        return Known(None, text, f"(eq_trans {lifted} {claim})")

    def _choice(self, node: If, condition: Formula, then: Term, otherwise: Term) -> Known:
        holds = self.at.holds(condition)
        chosen = then if holds else otherwise
        if isinstance(condition, Same | Distinct):
            return self._unfolded(node, chosen)
        kind = type(condition).__name__
        opposite = {
            "Less": lambda a, b: AtMost(b, a),
            "AtMost": lambda a, b: Less(b, a),
            "Equal": lambda a, b: Different(a, b),
            "Different": lambda a, b: Equal(a, b),
        }[kind]
        fact = condition if holds else cast(Formula, opposite(*condition.parts))
        inner = self.value(chosen)
        lemma = f"(Rules.branch_{kind}_{'then' if holds else 'otherwise'} _ _ _ _ {self.holds(fact)})"
        return Known(inner.exact, inner.text, f"(eq_trans {lemma} {inner.proof})")

    # -- comparisons of values ------------------------------------------------------------

    def strictly(self, small: Known, great: Known) -> str:
        claim = f"{small.text} < {great.text}"
        if small.exact is not None and great.exact is not None:
            return f"(ltac:(lra) : {claim})"
        return f"(below_by _ _ (ltac:(numeric) : 0 < {great.text} - {small.text}))"

    def weakly(self, small: Known, great: Known) -> str:
        if small.text == great.text:
            return f"(Rle_refl {small.text})"
        if small.exact is not None and great.exact is not None:
            return f"(ltac:(lra) : {small.text} <= {great.text})"
        return f"(Rlt_le _ _ {self.strictly(small, great)})"

    # -- formulas -------------------------------------------------------------------------

    def holds(self, formula: Formula) -> str:
        """A proof of a closed formula."""
        match formula:
            case Same():
                return "eq_refl"
            case Distinct():
                return "(ltac:(let H := fresh in intro H; discriminate H))"
            case Defined(inside):
                return self.domain(inside)
            case Comparison(left, right):
                return self._compared(formula, self.value(left), self.value(right))
        raise Unexported(f"the truth of {formula}")

    def _compared(self, formula: Comparison, left: Known, right: Known) -> str:
        pair = f"{left.text} {right.text} {left.proof} {right.proof}"
        match formula:
            case Less():
                return f"(less_holds _ _ {pair} {self.strictly(left, right)})"
            case AtMost():
                return f"(at_most_holds _ _ {pair} {self.weakly(left, right)})"
            case Equal():
                same = "eq_refl" if left.text == right.text else f"(ltac:(lra) : {left.text} = {right.text})"
                return f"(equal_holds _ _ {pair} {same})"
        up = self.at.order(formula.left, formula.right) < 0
        order = (
            f"(or_introl {self.strictly(left, right)})" if up else f"(or_intror {self.strictly(right, left)})"
        )
        return f"(different_holds _ _ {pair} {order})"

    def domain(self, node: Term) -> str:
        """A proof that every operation of a closed term is within its domain."""
        proofs = self._conditions(node)
        total = proofs[-1] if proofs else "I"
        for proof in reversed(proofs[:-1]):
            total = f"(conj {proof} {total})"
        return total

    def _conditions(self, node: Term) -> list[str]:
        if not self.ctx.conditions(node):
            return []
        match node:
            case Power(base, exponent):
                own = [] if always_defined(exponent) else [self._power_defined(base, exponent)]
                return [*self._conditions(base), *self._conditions(exponent), *own]
            case Log(argument):
                inner = self.value(argument)
                order = self.strictly(ZERO_KNOWN, inner)
                return [
                    *self._conditions(argument),
                    f"(less_holds _ _ 0 {inner.text} eq_refl {inner.proof} {order})",
                ]
            case Big(_, sort):
                claim = self.ctx.conditions(node)[0][0]
                return [f"({self.each(sort, lambda index: self.domain(node.at(index)))} : {claim})"]
            case If(condition, then, otherwise):
                return self._branches(condition, then, otherwise)
        return [p for part in node.parts if isinstance(part, Term) for p in self._conditions(part)]

    def _branches(self, condition: Formula, then: Term, otherwise: Term) -> list[str]:
        found = [p for part in condition.parts if isinstance(part, Term) for p in self._conditions(part)]
        if not isinstance(condition, Same | Distinct):
            raise Unexported(f"the domain of a case distinction on {condition}")
        holds = self.at.holds(condition)
        for part, chosen in ((then, holds), (otherwise, not holds)):
            if self.ctx.domain(part) is not None:
                found.append(
                    f"(fun _ => {self.domain(part)})"
                    if chosen
                    else "(ltac:(let H := fresh in intro H; discriminate H))"
                )
        return found

    def each(self, sort: str, proof: object) -> str:
        """A proof for every index of a sort, one by one."""
        count = self.at.size(sort)
        cases = [proof(cast(Index, Literal(n, sort))) for n in range(1, count + 1)]  # type: ignore[operator]
        total = "(none_below _)"
        for place, case in enumerate(cases):
            total = f"(each_below _ {place} {total} {case})"
        return total

    def _power_defined(self, base: Term, exponent: Term) -> str:
        below, raised = self.value(base), self.value(exponent)
        sign = self.sign(base)
        if sign > 0:
            return f"(pow_defined_by _ _ _ {below.proof} {self.strictly(ZERO_KNOWN, below)})"
        if sign == 0:
            return (
                f"(pow_defined_at_zero _ _ _ {below.proof} {raised.proof} {self.weakly(ZERO_KNOWN, raised)})"
            )
        if isinstance(exponent, Number) and exponent.value.denominator == 1:
            apart = f"(Rlt_not_eq _ _ {self.strictly(below, ZERO_KNOWN)})"
            return f"(pow_defined_below _ _ ({exponent.value}) {below.proof} {apart})"
        raise Unexported(f"the domain of a power of {base}")

    # -- failures -------------------------------------------------------------------------

    def fails(self, formula: Formula, separator: tuple[Fraction, ...] = ()) -> str:
        """A proof that a closed formula is false."""
        match formula:
            case Defined(inside):
                return f"(fun H => {self.undefined(inside, inside, 'H')})"
            case InHull():
                return self._separated(formula, separator)
            case Comparison(left, right):
                return self._comparison_fails(formula, self.value(left), self.value(right))
        raise Unexported(f"the failure of {formula}")

    def _comparison_fails(self, formula: Comparison, left: Known, right: Known) -> str:
        pair = f"{left.text} {right.text} {left.proof} {right.proof}"
        match formula:
            case Less():
                return f"(less_fails _ _ {pair} {self.weakly(right, left)})"
            case AtMost():
                return f"(at_most_fails _ _ {pair} {self.strictly(right, left)})"
            case Equal():
                above = self.at.order(formula.left, formula.right) > 0
                order = self.strictly(right, left) if above else self.strictly(left, right)
                return f"(equal_fails_{'above' if above else 'below'} _ _ {pair} {order})"
        return f"(different_fails _ _ {left.text} {left.proof} {right.proof})"

    def _separated(self, formula: InHull, separator: tuple[Fraction, ...]) -> str:
        """The values of the functional, which the file defines as ``separator``, are apart."""
        if len(separator) != self.at.size(formula.coordinate_sort):
            raise Unexported("a separator with a number for each coordinate")
        point = self.value(functional(formula.coordinate_sort, formula.point))

        def corner(index: Index) -> str:
            vertex = cast(Term, open_binder(formula.vertices, index, 1))
            other = self.value(functional(formula.coordinate_sort, vertex))
            pair = f"{other.text} {point.text} {other.proof} {point.proof}"
            return f"(less_holds _ _ {pair} {self.strictly(other, point)})"

        each = self.each(formula.vertex_sort, corner)
        least = f"(ltac:(lia) : (1 <= {self.at.size(formula.vertex_sort)})%nat)"
        return f"(not_in_hull _ _ _ _ {SEPARATOR} {least} {each})"

    def undefined(self, shape: Term, node: Term, proof: str, value: Term | None = None) -> str:
        """A proof of False from a proof of the domain of a shape, of which the term is an instance.

        ``value`` is the rule's own term, of which the shape may have instances.
        """
        found = self._undefined(shape, node, proof, value)
        if found is None:
            raise Unexported(f"an operation outside its domain in {node}")
        return found

    def _undefined(self, shape: Term, node: Term, proof: str, value: Term | None) -> str | None:
        if is_rule(shape):
            assert value is not None
            return self._undefined(value, node, proof, None)
        if not count(shape):
            return None
        parts = split(proof, count(shape))
        match shape, node:
            case (Big(_, inner), Big(_, sort)):
                return self._undefined_under(shape, inner, node, sort, parts[0], value)
            case (If(), If(condition, then, otherwise)) if isinstance(condition, Same | Distinct):
                holds = self.at.holds(condition)
                place, below = (0, shape.then) if holds else (-1, shape.otherwise)
                chosen = then if holds else otherwise
                return self._undefined(below, chosen, f"({parts[place]} eq_refl)", value)
        return self._undefined_inside(shape, node, parts, value)

    def _undefined_under(
        self, shape: Big, inner: str, node: Big, sort: str, proof: str, value: Term | None
    ) -> str | None:
        for n in range(1, self.at.size(sort) + 1):
            index = cast(Index, Literal(n, sort))
            at = f"({proof} {n - 1}%nat {self.ctx.within(index)})"
            found = self._undefined(shape.at(cast(Index, Literal(n, inner))), node.at(index), at, value)
            if found is not None:
                return found
        return None

    def _undefined_inside(self, shape: Term, node: Term, parts: list[str], value: Term | None) -> str | None:
        place = 0
        for one, other in zip(shape.parts, node.parts, strict=True):
            if isinstance(one, Term) and isinstance(other, Term) and (width := count(one)):
                found = self._undefined(one, other, conjoined(parts[place : place + width]), value)
                if found is not None:
                    return found
                place += width
        return self._outside(node, parts[-1])

    def _outside(self, node: Term, proof: str) -> str | None:
        if isinstance(node, Log) and self.sign(node.argument) <= 0:
            inner = self.value(node.argument)
            return f"(log_undefined _ {inner.text} {inner.proof} {self.weakly(inner, ZERO_KNOWN)} {proof})"
        if isinstance(node, Power) and self.sign(node.base) == 0 and self.sign(node.exponent) < 0:
            below, raised = self.value(node.base), self.value(node.exponent)
            order = self.strictly(raised, ZERO_KNOWN)
            return f"(pow_undefined _ _ {raised.text} {below.proof} {raised.proof} {order} {proof})"
        return None


def functional(sort: str, point: Term) -> Term:
    """The value of the separating functional at a point whose coordinate is bound."""
    i = fresh(sort)
    return big_sum(i, variable(SEPARATOR, i) * cast(Term, open_binder(point, i)))


ZERO_KNOWN = Known(Fraction(0), "0", "eq_refl")
