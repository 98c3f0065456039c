"""Terms near the end of a path: sums written out, and every case and extremum that is decided there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import cast

from axiomkd.export.context import Unexported
from axiomkd.export.curves import Path, constant_text
from axiomkd.export.expressions import constant, equal, raised
from axiomkd.export.sequences import MOMENT
from axiomkd.export.values import equal_to
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
    Less,
    Log,
    Multiply,
    Node,
    Number,
    Power,
    Same,
    Size,
    Term,
    Variable,
    multiply,
    term,
)

LARGEST_POWER = 8
"""The exponent up to which a power of a polynomial is written as a product."""
HEADS = {Add: "Rplus", Multiply: "Rmult", Power: "rpow", Exp: "exp", Log: "ln"}


class Settled:
    """A term that a term comes to be near the end of a path, with a proof."""

    def __init__(self, path: Path, below: Callable[[Term, Term], str | None]) -> None:
        self.path = path
        self.below = below
        """A proof that one term is eventually below another, if that is so."""

    def of(self, node: Term) -> tuple[Term, str | None]:
        """The term, with a proof that it is eventually equal; nothing where the two are convertible."""
        match node:
            case Big():
                return self.of(self.path.numbers.written_out(node))
            case If(condition, then, otherwise) if isinstance(condition, Same | Distinct):
                return self.of(then if self.path.numbers.at.holds(condition) else otherwise)
            case If():
                return self._choice(node)
            case Extreme():
                return self._extreme(node)
            case Number() | Size() | Variable():
                return node, None
            case Power():
                return self._power(*self._rebuilt(node), node)
        return self._rebuilt(node)

    def _power(self, after: Term, proof: str | None, node: Term) -> tuple[Term, str | None]:
        """A whole power of a polynomial as a product, or as a number."""
        assert isinstance(after, Power)
        coefficients, whole = self.path.polynomial(after.base), self.path.whole(after.exponent)
        if coefficients is None or whole is None:
            return after, proof
        if len(coefficients) == 1 and whole:
            end: Term = term(coefficients[0] ** whole)
            step = self._number(after, coefficients[0], whole)
        elif 0 < whole <= LARGEST_POWER:
            end = multiply(*[after.base] * whole)
            step = self._product(after, whole)
        else:
            return after, proof
        return self._chained(node, after, proof or constantly(), step, end)

    def _exponent(self, after: Power, whole: int) -> str:
        """The power with a plain number as its exponent."""
        same = equal_to(self.path.numbers.value(after.exponent))
        return f"(f_equal (rpow {self.path.at.term(after.base)}) {same})"

    def _product(self, after: Power, whole: int) -> str:
        base = self.path.at.term(after.base)
        lemma = f"(rpow_1_r {base})" if whole == 1 else f"(rpow_whole {base} {whole - 1})"
        return f"(eventually_always _ (fun {MOMENT} => eq_trans {self._exponent(after, whole)} {lemma}))"

    def _number(self, after: Power, value: Fraction, whole: int) -> str:
        same = self.path.identity_now(after.base, constant_text(value))
        lifted = f"(f_equal2 rpow {same} {equal_to(self.path.numbers.value(after.exponent))})"
        result = equal(raised(constant(value), whole), constant(value**whole))
        return f"(eventually_always _ (fun {MOMENT} => eq_trans {lifted} {result}))"

    def _rebuilt(self, node: Term) -> tuple[Term, str | None]:
        parts = [self.of(cast(Term, part)) for part in node.parts]
        kind = cast(Callable[..., Term], type(node))
        after = kind(*(part for part, _ in parts))
        proofs = [proof for _, proof in parts]
        if not any(proofs):
            return after, None
        head, total = HEADS[type(node)], proofs[0] or constantly()
        if len(parts) == 1:
            inner = self.path.along(cast(Term, node.parts[0])), self.path.along(parts[0][0])
            return after, f"(eventually_one {head} {' '.join(inner)} {total})"
        for place in range(1, len(parts)):
            left, mine = made(kind, node.parts[:place]), made(kind, [part for part, _ in parts[:place]])
            texts = (left, cast(Term, node.parts[place]), mine, parts[place][0])
            functions = " ".join(map(self.path.along, texts))
            total = f"(eventually_two {head} {functions} {total} {proofs[place] or constantly()})"
        return after, total

    def _chained(self, node: Term, middle: Term, proof: str, last: str | None, end: Term) -> tuple[Term, str]:
        if last is None:
            return end, proof
        functions = " ".join(map(self.path.along, (node, middle, end)))
        return end, f"(eventually_trans {functions} {proof} {last})"

    def _choice(self, node: If) -> tuple[Term, str | None]:
        """The branch that is taken near the end."""
        holds, proof = self._decided(node.condition)
        kind = type(node.condition).__name__
        rule = f"Rules.branch_{kind}_{'then' if holds else 'otherwise'}"
        branch = node.then if holds else node.otherwise
        taken = f"(eventually_so _ _ (fun {MOMENT} H => {rule} _ _ _ _ H) {proof})"
        end, last = self.of(branch)
        return self._chained(node, branch, taken, last, end)

    def _decided(self, condition: Formula) -> tuple[bool, str]:
        left, right = cast(tuple[Term, Term], condition.parts)
        up, down, same = self._order(left, right)
        weak = f"(eventually_so _ _ (fun {MOMENT} H => Rlt_le _ _ H) {up or down})"
        even = f"(eventually_so _ _ (fun {MOMENT} H => Req_le _ _ {{}}) {same})"
        apart = f"(eventually_so _ _ (fun {MOMENT} H => {{}} _ _ H) {up or down})"
        match condition:
            case Less():
                back = weak if down else even.format("(eq_sym H)")
                return (True, up) if up else (False, back)
            case AtMost():
                return (False, down) if down else (True, weak if up else even.format("H"))
            case Equal() | Different():
                different = apart.format("Rlt_not_eq" if up else "Rgt_not_eq")
                equal = isinstance(condition, Equal)
                return (equal, str(same)) if same else (not equal, different)
        raise Unexported(f"the condition {condition} along a path")

    def _order(self, left: Term, right: Term) -> tuple[str | None, str | None, str | None]:
        """Proofs that the left side is eventually below, above, or equal to the right: one of the three."""
        (a, first), (b, second) = self.of(left), self.of(right)
        coefficients = self.path.polynomial(b - a)
        if coefficients == ():
            zero = self.path.identity_now(b - a, "(cst 0 1)")
            same = f"(eventually_always _ (fun {MOMENT} => same_of_difference _ _ {zero}))"
            return None, None, self._carried("=", left, right, first, second, same)
        up = self.below(a, b)
        down = None if up else self.below(b, a)
        if up is not None:
            return self._carried("<", left, right, first, second, up), None, None
        if down is not None:
            return None, self._carried("<", right, left, second, first, down), None
        raise Unexported("an order that is not decided along a path")

    def _carried(
        self, sign: str, left: Term, right: Term, first: str | None, second: str | None, proof: str
    ) -> str:
        """The relation between the terms themselves, from that between what they come to be."""
        if first is None and second is None:
            return proof
        lemma = "eventually_less" if sign == "<" else "eventually_equal"
        functions = " ".join(map(self.path.along, (left, right)))
        return f"({lemma} {functions} _ _ {first or constantly()} {second or constantly()} {proof})"

    def _extreme(self, node: Extreme) -> tuple[Term, str | None]:
        best, proof = self.of(node.arguments[0])
        for place in range(1, len(node.arguments)):
            best, proof = self._greater(node.kind, node.arguments[:place], best, proof, node.arguments[place])
        return best, proof

    def _greater(
        self, kind: str, before: tuple[Term, ...], best: Term, proof: str | None, part: Term
    ) -> tuple[Term, str | None]:
        """The extremum of some arguments, which comes to be ``best``, and one more."""
        head = "Rmax" if kind == "maximum" else "Rmin"
        so_far = before[0] if len(before) == 1 else cast(Term, Extreme(kind, *before))
        other, second = self.of(part)
        texts = " ".join(map(self.path.along, (so_far, part, best, other)))
        lifted = f"(eventually_two {head} {texts} {proof or constantly()} {second or constantly()})"
        up, down, same = self._order(best, other)
        first = bool(same or (down if kind == "maximum" else up))
        order = "Rlt_le _ _ H" if not same else f"Req_le _ _ {'(eq_sym H)' if kind == 'maximum' else 'H'}"
        chosen = best if first else other
        taken = f"(fun {MOMENT} H => {head}_{'left' if first else 'right'} _ _ ({order}))"
        decided = f"(eventually_so _ _ {taken} {up or down or same})"
        middle = cast(Term, Extreme(kind, best, other))
        functions = " ".join(map(self.path.along, (cast(Term, Extreme(kind, *before, part)), middle, chosen)))
        return chosen, f"(eventually_trans {functions} {lifted} {decided})"


def made(kind: Callable[..., Term], items: Sequence[Node]) -> Term:
    return cast(Term, items[0]) if len(items) == 1 else kind(*items)


def constantly() -> str:
    return f"(eventually_always _ (fun {MOMENT} => eq_refl))"
