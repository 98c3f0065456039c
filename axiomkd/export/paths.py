"""One path as Rocq: the limit along it, and that it is not the limit required."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import cast

from axiomkd.export.context import Context, Unexported
from axiomkd.export.expressions import ONE, ZERO, Expression, constant, less, plus, times
from axiomkd.export.numbers import Numbers
from axiomkd.export.sequences import MOMENT
from axiomkd.kernel.check import check
from axiomkd.kernel.evidence import Array, Paths, Witness
from axiomkd.kernel.judgement import Goal, Refused
from axiomkd.kernel.terms import (
    Add,
    Big,
    Defined,
    Distinct,
    Exp,
    If,
    Index,
    Literal,
    Multiply,
    Number,
    Power,
    Same,
    Tends,
    Term,
    Variable,
    power,
    variable,
    variables,
)

SEQUENCE = {"zero": "falling", "infinity": "rising"}


def at_parameter(paths: Paths, place: int, at: Fraction = Fraction(0)) -> Witness:
    """A member of a path as a witness; at zero its end."""
    values = tuple((name, _member(part, at)) for name, part in paths.paths[place])
    return Witness(paths.sizes, values, paths.indices, paths.permutations, paths.conclusion)


def _member(part: object, at: Fraction) -> Array:
    entries = cast("tuple[object, ...]", part)
    if isinstance(entries[0], Fraction):
        powers = enumerate(cast("tuple[Fraction, ...]", entries))
        return sum((value * at**n for n, value in powers), Fraction(0))
    return tuple(_member(entry, at) for entry in entries)


def standing(goal: Goal, paths: Paths, running: Fraction = Fraction(1)) -> Witness:
    """The input of a single path that stands still, with a value for the limit variable."""
    if goal.limit is None or len(paths.paths) != 1:
        raise Unexported("paths that move")
    end = at_parameter(paths, 0)
    known = dict(end.values)
    return replace(end, values=tuple((name, known.get(name, running)) for name, _ in goal.variables))


def undefined(goal: Goal, paths: Paths) -> Witness:
    """A witness that some term of the goal has no value at the end of a path, or on its way."""
    inputs = [standing(goal, paths)] if goal.limit else _members(paths)
    for witness in inputs:
        for place, conclusion in enumerate(goal.conclusions):
            if isinstance(conclusion, Defined):
                names = {index.name for index in (*goal.indices, *conclusion.free)}
                kept = tuple((name, n) for name, n in witness.indices if name in names)
                attempt = replace(witness, conclusion=place, indices=kept)
                if _accepted(goal, attempt):
                    return attempt
    raise Unexported("paths along which every value is defined")


def lacks_a_value(goal: Goal, paths: Paths) -> bool:
    """Whether the kernel accepts the paths because the term has no value on them, or at their end."""
    try:
        margin = check(goal, paths).margin
    except Refused:
        return False
    return margin is not None and margin.kind == "undefined"


def _members(paths: Paths) -> list[Witness]:
    steps = [Fraction(0), *(Fraction(1, 10**n) for n in range(1, 7))]
    return [at_parameter(paths, place, step) for place in range(len(paths.paths)) for step in steps]


def _accepted(goal: Goal, witness: Witness) -> bool:
    try:
        check(goal, witness)
    except Refused:
        return False
    return True


@dataclass(frozen=True)
class Limit:
    """A limit in Rocq, and its value."""

    text: str
    value: Expression


@dataclass
class Limits:
    """Limits of terms as the limit variable runs, everything else being a number."""

    numbers: Numbers
    at: Context
    name: str
    direction: str

    def of(self, node: Term) -> tuple[Limit, str]:
        """The limit of a term with a proof of convergence."""
        if self.name not in variables(node):
            text = self.at.term(node)
            return Limit(text, self.numbers.value(node)), f"(cv_const {text})"
        soft = self._softmax(node)
        if soft is not None:
            return soft
        match node:
            case Add():
                return self._folded(node, "+", plus, "CV_plus")
            case Multiply():
                return self._folded(node, "*", times, "CV_mult")
            case Big():
                return self.of(self.numbers.written_out(node))
            case If(Same() | Distinct() as condition, then, otherwise):
                return self.of(then if self.numbers.at.holds(condition) else otherwise)
            case Power(base, exponent):
                return self._power(base, exponent)
            case Exp(argument):
                return self._exponential(argument)
        raise Unexported(f"the limit of {node}")

    def along(self, node: Term) -> str:
        return f"(fun {MOMENT} => {self.at.term(node)})"

    def _folded(
        self, node: Term, sign: str, combined: Callable[[Expression, Expression], Expression], lemma: str
    ) -> tuple[Limit, str]:
        total, proof = self.of(node.parts[0])
        made: Callable[..., Term] = type(node)
        for place in range(1, len(node.parts)):
            part, other = self.of(node.parts[place])
            left = node.parts[0] if place == 1 else made(*node.parts[:place])
            functions = f"{self.along(left)} {self.along(node.parts[place])}"
            proof = f"({lemma} {functions} {total.text} {part.text} {proof} {other})"
            total = Limit(f"({total.text} {sign} {part.text})", combined(total.value, part.value))
        return total, proof

    def _power(self, base: Term, exponent: Term) -> tuple[Limit, str]:
        if self.name not in variables(base) and self._is_inverse(exponent) and self.direction == "infinity":
            positive = less(ZERO, self.numbers.value(base))
            proof = f"(cv_root {self.at.term(base)} rising {positive} rising_to_infinity)"
            return Limit("1", ONE), proof
        if self.name in variables(exponent):
            raise Unexported(f"the limit of {base}^{exponent}")
        (below, first), (above, second) = self.of(base), self.of(exponent)
        text = f"(rpow {below.text} {above.text})"
        value = self.numbers.power(text, below.text, below.value, above.value, isinstance(exponent, Number))
        functions = f"{self.along(base)} {below.text} {self.along(exponent)} {above.text}"
        proof = f"(cv_rpow_positive {functions} {first} {second} {less(ZERO, below.value)})"
        return Limit(text, value), proof

    def _exponential(self, argument: Term) -> tuple[Limit, str]:
        inner, proof = self.of(argument)
        text = f"(exp {inner.text})"
        value = self.numbers.function(text, "exp", inner.value)
        return Limit(text, value), f"(cv_exp {self.along(argument)} {inner.text} {proof})"

    def _is_inverse(self, exponent: Term) -> bool:
        return exponent is power(variable(self.name), -1)

    def _softmax(self, node: Term) -> tuple[Limit, str] | None:
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
    ) -> tuple[Limit, str]:
        known = [self.numbers.value(entry) for entry in entries]
        best = max(range(len(known)), key=lambda n: known[n].bounds)
        function = self.at.function(Big("sum", sort, total.body.parts[0]))

        def positive(index: Literal) -> str:
            return less(ZERO, known[index.number - 1])

        def smaller(index: Literal) -> str:
            if index.number - 1 == best:
                return "(fun D => False_ind _ (D eq_refl))"
            return f"(fun _ => {less(known[index.number - 1], known[best])})"

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
        value = constant(Fraction(int(here == best)))
        head = f"Rules.softmax_tends_to_argmax {size} {function} {' '.join(at)} falling"
        proof = f"({head} {' '.join(ranges)} {' '.join(cases)} falling_to_zero)"
        return Limit(str(int(here == best)), value), proof


def differ(numbers: Numbers, conclusion: Tends, name: str, direction: str, claim: str) -> str:
    """A proof of False from a proof that the term tends to the limit required."""
    heads = {name: f"({SEQUENCE[direction]} {MOMENT})"}
    at = replace(numbers.ctx, variables=heads)
    reached, proof = Limits(numbers, at, name, direction).of(conclusion.term)
    wanted = Limit(numbers.ctx.term(conclusion.limit), numbers.value(conclusion.limit))
    function = f"(fun {MOMENT} => {at.term(conclusion.term)})"
    return apart_limits(function, (wanted, claim), (reached, proof))


def apart_limits(function: str, one: tuple[Limit, str], other: tuple[Limit, str]) -> str:
    """A proof of False from proofs that a sequence tends to two limits."""
    (here, claim), (there, proof) = one, other
    if here.value.bounds[1] < there.value.bounds[0]:
        head, order = f"{function} {here.text} {there.text} {claim} {proof}", less(here.value, there.value)
    else:
        head, order = f"{function} {there.text} {here.text} {proof} {claim}", less(there.value, here.value)
    return f"(limits_apart {head} {order})"
