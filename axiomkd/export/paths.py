"""One path as Rocq: the limit along it, and that it is not the limit required."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import cast

from axiomkd.export.context import Context, Unexported
from axiomkd.export.numbers import ZERO_KNOWN, Known, Numbers
from axiomkd.export.sequences import MOMENT
from axiomkd.kernel.check import check
from axiomkd.kernel.evidence import Array, Paths, Witness
from axiomkd.kernel.judgement import Goal, Refused
from axiomkd.kernel.terms import (
    Add,
    Big,
    Defined,
    If,
    Index,
    Literal,
    Multiply,
    Power,
    Tends,
    Term,
    Variable,
    power,
    variable,
    variables,
)

SEQUENCE = {"zero": "falling", "infinity": "rising"}


def still(part: object) -> Array:
    """The value of a path that stands still."""
    entries = cast("tuple[object, ...]", part)
    if isinstance(entries[0], Fraction):
        return entries[0]
    return tuple(still(entry) for entry in entries)


def standing(goal: Goal, paths: Paths, running: Fraction = Fraction(1)) -> Witness:
    """The input of a single path that stands still, with a value for the limit variable."""
    if goal.limit is None or len(paths.paths) != 1:
        raise Unexported("paths that move")
    known = {name: still(part) for name, part in paths.paths[0]}
    values = tuple((name, known.get(name, running)) for name, _ in goal.variables)
    return Witness(paths.sizes, values, paths.indices, paths.permutations, paths.conclusion)


def undefined(goal: Goal, paths: Paths) -> Witness | None:
    """A witness that some term of the goal has no value at the input of the path, if that is so."""
    witness = standing(goal, paths)
    for place, conclusion in enumerate(goal.conclusions):
        if isinstance(conclusion, Defined):
            names = {index.name for index in (*goal.indices, *conclusion.free)}
            kept = tuple((name, n) for name, n in witness.indices if name in names)
            attempt = replace(witness, conclusion=place, indices=kept)
            try:
                check(goal, attempt)
            except Refused:
                continue
            return attempt
    return None


@dataclass
class Limits:
    """Limits of terms as the limit variable runs, everything else being a number."""

    numbers: Numbers
    at: Context
    name: str
    direction: str

    def of(self, node: Term) -> tuple[Known, str]:
        """The limit of a term with a proof of convergence."""
        if self.name not in variables(node):
            known = self.numbers.value(node)
            text = self.at.term(node)
            return known, f"(cv_to {self.along(node)} {text} {known.text} (cv_const {text}) {known.proof})"
        soft = self._softmax(node)
        if soft is not None:
            return soft
        match node:
            case Add():
                return self._folded(node, "+", "Rplus", "CV_plus")
            case Multiply():
                return self._folded(node, "*", "Rmult", "CV_mult")
            case Big(kind, sort):
                return self.of(self.numbers._written_out(node, kind, sort))
            case If(condition, then, otherwise):
                return self.of(then if self.numbers.at.holds(condition) else otherwise)
            case Power(base, exponent):
                return self._power(base, exponent)
        raise Unexported(f"the limit of {node}")

    def along(self, node: Term) -> str:
        return f"(fun {MOMENT} => {self.at.term(node)})"

    def _folded(self, node: Term, sign: str, head: str, lemma: str) -> tuple[Known, str]:
        total, proof = self.of(node.parts[0])
        made: Callable[..., Term] = type(node)
        for place in range(1, len(node.parts)):
            part, other = self.of(node.parts[place])
            left = node.parts[0] if place == 1 else made(*node.parts[:place])
            functions = f"{self.along(left)} {self.along(node.parts[place])}"
            both = f"({lemma} {functions} {total.text} {part.text} {proof} {other})"
            text = f"({total.text} {sign} {part.text})"
            plain = replace(total, proof="eq_refl"), replace(part, proof="eq_refl")
            total = self.numbers._two(*plain, sign, head)
            whole = self.along(made(*node.parts[: place + 1]))
            proof = f"(cv_to {whole} {text} {total.text} {both} {total.proof})"
        return total, proof

    def _power(self, base: Term, exponent: Term) -> tuple[Known, str]:
        if self.name not in variables(base) and self._is_inverse(exponent) and self.direction == "infinity":
            known = self.numbers.value(base)
            positive = self._positive(known)
            proof = f"(cv_root {self.at.term(base)} rising {positive} rising_to_infinity)"
            return Known(Fraction(1), "1", "eq_refl"), proof
        raise Unexported(f"the limit of {base}^{exponent}")

    def _positive(self, known: Known) -> str:
        order = self.numbers.strictly(ZERO_KNOWN, known)
        return f"(less_holds _ _ 0 {known.text} eq_refl {known.proof} {order})"

    def _is_inverse(self, exponent: Term) -> bool:
        return exponent is power(variable(self.name), -1)

    def _softmax(self, node: Term) -> tuple[Known, str] | None:
        """The share of one entry among tempered ones, as the temperature falls to zero."""
        match node:
            case Multiply() if len(node.parts) == 2:
                above, below = node.parts
            case _:
                return None
        match above, below:
            case (Power(here, exponent), Power(Big("sum", sort) as total, minus)) if self.direction == "zero":
                if not self._is_inverse(exponent) or minus is not power(here, -1).parts[1]:
                    return None
            case _:
                return None
        count = self.numbers.at.size(sort)
        indices = [cast(Index, Literal(n, sort)) for n in range(1, count + 1)]
        bodies = [total.at(index) for index in indices]
        if not all(isinstance(body, Power) and body.exponent is exponent for body in bodies):
            return None
        entries = [cast(Power, body).base for body in bodies]
        if here not in entries or not all(isinstance(entry, Variable) for entry in entries):
            return None
        return self._share(total, sort, indices, entries, entries.index(here))

    def _share(
        self, total: Big, sort: str, indices: list[Index], entries: list[Term], here: int
    ) -> tuple[Known, str]:
        known = [self.numbers.value(entry) for entry in entries]
        best = max(range(len(known)), key=lambda n: cast(Fraction, known[n].exact))
        function = self.at.function(Big("sum", sort, total.body.parts[0]))

        def positive(index: Index) -> str:
            return self._positive(known[cast(Literal, index).number - 1])

        def smaller(index: Index) -> str:
            n = cast(Literal, index).number - 1
            if n == best:
                return "(fun D => False_ind _ (D eq_refl))"
            pair = f"{known[n].text} {known[best].text} {known[n].proof} {known[best].proof}"
            return f"(fun _ => less_holds _ _ {pair} {self.numbers.strictly(known[n], known[best])})"

        at = [f"{self.at.index(indices[n])}" for n in (best, here)]
        ranges = [self.at.within(indices[n]) for n in (best, here)]
        size = self.at.size(sort)
        claims = (
            f"forall j, (j < {size})%nat -> 0 < {function} j",
            f"forall j, (j < {size})%nat -> j <> {at[0]} -> {function} j < {function} {at[0]}",
        )
        cases = [
            f"({self.numbers.each(sort, proof)} : {claim})"
            for proof, claim in zip((positive, smaller), claims, strict=True)
        ]
        value = Fraction(int(here == best))
        head = f"Rules.softmax_tends_to_argmax {size} {function} {' '.join(at)} falling"
        proof = f"({head} {' '.join(ranges)} {' '.join(cases)} falling_to_zero)"
        return Known(value, str(value), "eq_refl"), proof


def differ(numbers: Numbers, conclusion: Tends, name: str, direction: str, claim: str) -> str:
    """A proof of False from a proof that the term tends to the limit required."""
    heads = {name: f"({SEQUENCE[direction]} {MOMENT})"}
    at = replace(numbers.ctx, variables=heads)
    reached, proof = Limits(numbers, at, name, direction).of(conclusion.term)
    wanted = numbers.value(conclusion.limit)
    function = f"(fun {MOMENT} => {at.term(conclusion.term)})"
    ends = f"{numbers.ctx.term(conclusion.limit)} {reached.text} {wanted.text}"
    head = f"{function} {ends} {claim} {proof} {wanted.proof}"
    above = cast(Fraction, wanted.exact) < cast(Fraction, reached.exact)
    if above:
        return f"(limits_above {head} {numbers.strictly(wanted, reached)})"
    return f"(limits_below {head} {numbers.strictly(reached, wanted)})"
