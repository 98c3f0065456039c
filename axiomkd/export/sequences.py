"""Limits and continuity: what a term tends to along every sequence of the domain."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import cast

from axiomkd.export.context import TWO, Context, Lemma, Unexported, always_defined
from axiomkd.export.prover import NONNEGATIVE, POSITIVE, weakened
from axiomkd.export.rules.writer import Writer
from axiomkd.kernel.application import Application, match
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    Add,
    AtMost,
    Big,
    Continuous,
    Different,
    Distinct,
    Equal,
    Exp,
    Extreme,
    Formula,
    Free,
    If,
    Index,
    Less,
    Log,
    Multiply,
    Number,
    Power,
    Tends,
    Term,
    Variable,
    big_sum,
    delta,
    fresh,
    power,
    substitute,
    variables,
)

MOMENT = "t_"
"""The name of a member of a sequence."""
Pair = tuple[Context, Context]


class Sequence(Writer):
    """The proof of a step about limits: ``at`` speaks of a member of the sequence, ``ctx`` of its end."""

    def __init__(
        self, step: Application, lemmas: list[Lemma], at: Context, end: Context, moving: frozenset[str]
    ) -> None:
        super().__init__(step, lemmas, end)
        self.at = at
        self.moving = moving

    @property
    def jointly(self) -> bool:
        """Whether every variable runs, as for continuity."""
        return self.step.goal.limit is None or isinstance(self.conclusion, Continuous)

    def along(self, node: Term, at: Context | None = None) -> str:
        return f"(fun {MOMENT} => {(at or self.at).term(node)})"

    def tends(self, pair: Pair, node: Term, limit: Term) -> str:
        """A proof that the term tends to the limit."""
        end = pair[1]
        wanted = cast(Formula, Continuous(node) if self.jointly else Tends(node, limit))
        known = self.prover.has(end, wanted)
        if known is not None:
            return known
        if node is limit and self.moving.isdisjoint(variables(node)):
            return f"(cv_const {end.term(limit)})"
        if isinstance(node, Variable):
            indices = [f"{end.index(i)} {end.within(i)}" for i in node.indices]
            return f"({node.name}_runs {' '.join(indices)})"
        if type(node) is not type(limit):
            raise Unexported(f"a limit of {node} built like it")
        return self._part_by_part(pair, node, limit)

    def _part_by_part(self, pair: Pair, node: Term, limit: Term) -> str:
        at, end = pair
        match node, limit:
            case (Power(base, exponent), Power(below, above)):
                return self._power(pair, base, below, exponent, above)
            case (Log(argument), Log(end_argument)):
                proof = self.tends(pair, argument, end_argument)
                return f"(cv_ln {self.along(argument, at)} _ {proof} {self.positive(end_argument, end)})"
            case (Exp(argument), Exp(end_argument)):
                return f"(cv_exp {self.along(argument, at)} _ {self.tends(pair, argument, end_argument)})"
            case (Big(), Big()):
                return self._big(pair, node, limit)
            case (If(condition, then, otherwise), If(_, then_limit, otherwise_limit)):
                functions = f"{self.along(then, at)} {self.along(otherwise, at)}"
                proofs = (
                    f"{self.tends(pair, then, then_limit)} {self.tends(pair, otherwise, otherwise_limit)}"
                )
                return f"(cv_rif {end.decision(condition)} {functions} _ _ {proofs})"
            case (Add(), Add()):
                return self._folded(pair, "CV_plus", node.parts, limit.parts, Add)
            case (Multiply(), Multiply()):
                return self._folded(pair, "CV_mult", node.parts, limit.parts, Multiply)
            case (Extreme(), Extreme()):
                name = f"cv_{TWO[node.kind]}"
                return self._folded(
                    pair, name, node.arguments, limit.arguments, lambda *parts: Extreme(node.kind, *parts)
                )
        raise Unexported(f"a limit of {node}")

    def _folded(
        self,
        pair: Pair,
        lemma: str,
        parts: tuple[Term, ...],
        limits: tuple[Term, ...],
        made: Callable[..., Term],
    ) -> str:
        at, end = pair
        total = self.tends(pair, parts[0], limits[0])
        for place in range(1, len(parts)):
            before, before_limit = parts[:place], limits[:place]
            left = before[0] if place == 1 else made(*before)
            left_limit = before_limit[0] if place == 1 else made(*before_limit)
            functions = f"{self.along(left, at)} {self.along(parts[place], at)}"
            ends = f"{end.term(left_limit)} {end.term(limits[place])}"
            total = f"({lemma} {functions} {ends} {total} {self.tends(pair, parts[place], limits[place])})"
        return total

    def _big(self, pair: Pair, node: Big, limit: Big) -> str:
        at, end = pair
        index = fresh(node.sort)
        inner_at, names = at.bind(index)
        inner_end, _ = end.bind(index)
        name = names.split()[0]
        proof = self.tends((inner_at, inner_end), node.at(index), limit.at(index))
        head = {"sum": "cv_rsum", "product": "cv_rprod", "maximum": "cv_rmax", "minimum": "cv_rmin"}[
            node.kind
        ]
        function = f"(fun {MOMENT} {name} => {inner_at.term(node.at(index))})"
        least = f" {end.least(node.sort)}" if node.kind in ("maximum", "minimum") else ""
        return (
            f"({head} {end.size(node.sort)} {function} {end.function(limit)}{least} (fun {names} => {proof}))"
        )

    def _power(self, pair: Pair, base: Term, below: Term, exponent: Term, above: Term) -> str:
        at, end = pair
        first = self.tends(pair, base, below)
        x = self.along(base, at)
        if always_defined(exponent) and exponent is above:
            return f"(cv_rpow_whole {x} _ {cast(Number, exponent).value} {first})"
        if exponent is above and isinstance(exponent, Number) and exponent.value == -1:
            apart = self.prover.has(end, cast(Formula, Different(below, ZERO)))
            if apart is not None:
                return f"(cv_inverse {x} _ {first} {apart})"
        second = self.tends(pair, exponent, above)
        both = f"{x} {end.term(below)} {self.along(exponent, at)} {end.term(above)} {first} {second}"
        level, sign = self.prover.sign(end, below)
        if level == POSITIVE:
            return f"(cv_rpow_positive {both} {sign})"
        weak = weakened(level, sign, NONNEGATIVE)
        inside = f"(fun {MOMENT} => {self.nonnegative(base, at)})"
        if exponent is base and above is below:
            return f"(cv_rpow_self {x} _ {first} {inside} {weak})"
        raised, proof = self.prover.sign(end, above)
        if raised == POSITIVE:
            return f"(cv_rpow_nonnegative {both} {inside} {weak} {proof})"
        if exponent is above and self.moving.isdisjoint(variables(exponent)) and raised:
            return f"(cv_rpow_fixed {x} _ {end.term(exponent)} {first} {inside} {weak} {proof})"
        raise Unexported(f"a limit of the power {base}^{exponent}")


def limit(w: Sequence) -> str:
    assert isinstance(w.conclusion, Tends)
    return f"(Rules.limit _ {w.tends((w.at, w.ctx), w.conclusion.term, w.conclusion.limit)})"


def continuous(w: Sequence) -> str:
    assert isinstance(w.conclusion, Continuous)
    return f"(Rules.continuous _ {w.tends((w.at, w.ctx), w.conclusion.term, w.conclusion.term)})"


def limit_of_equal(w: Sequence) -> str:
    assert isinstance(w.conclusion, Tends)
    inner, end = w.step.parameter(0, Term), w.step.parameter(1, Term)
    premise = w.need(cast(Formula, Tends(inner, end)))
    same = "eq_refl"
    if w.conclusion.term is not inner:
        same = w.need(cast(Formula, Equal(w.conclusion.term, inner)), ctx=w.at)
    last = "eq_refl"
    if w.conclusion.limit is not end:
        last = w.need(cast(Formula, Equal(w.conclusion.limit, end)))
    functions = f"{w.along(w.conclusion.term)} {w.along(inner)} {w.text(end)} {w.text(w.conclusion.limit)}"
    return f"(Rules.limit_of_equal {functions} (fun {MOMENT} => {same}) {last} {premise})"


def limit_of_eventually_equal(w: Sequence) -> str:
    assert isinstance(w.conclusion, Tends)
    inner, small, small_limit, great, great_limit = (w.step.parameter(n, Term) for n in range(5))
    end, order = w.conclusion.limit, cast(Formula, Less(small, great))
    pairs = ((inner, end), (small, small_limit), (great, great_limit))
    limits = " ".join(w.need(cast(Formula, Tends(*pair))) for pair in pairs)
    below = w.need(cast(Formula, Less(small_limit, great_limit)))
    assumed, name = w.at.assume(order)
    same = w.need(cast(Formula, Equal(w.conclusion.term, inner)), ctx=assumed, without=order)
    functions = " ".join(w.along(part) for part in (w.conclusion.term, inner, small, great))
    ends = " ".join(w.text(part) for part in (small_limit, great_limit, end))
    proof = f"(fun {MOMENT} {name} => {same})"
    return f"(Rules.limit_of_eventually_equal {functions} {ends} {limits} {below} {proof})"


def _like(w: Sequence, term: Term, limit: Term, proof: str) -> str:
    """The conclusion from a limit of terms with the same canonical forms."""
    assert isinstance(w.conclusion, Tends)
    functions = f"{w.along(w.conclusion.term)} {w.along(term)} {w.text(limit)} {w.text(w.conclusion.limit)}"
    same = f"(fun {MOMENT} => {w.equal(w.conclusion.term, term, w.at)})"
    return f"(Rules.limit_of_equal {functions} {same} {w.equal(w.conclusion.limit, limit)} {proof})"


def root_tends_to_one(w: Sequence) -> str:
    base, temperature = w.step.parameter(0, Term), w.step.parameter(1, Term)
    name = cast(Variable, temperature).name
    proof = f"(Rules.root_tends_to_one {w.text(base)} {name}_ {w.positive(base)} {name}_runs)"
    return _like(w, power(base, 1 / temperature), ONE, proof)


def softmax_tends_to_argmax(w: Sequence) -> str:
    given, value = w.step.parameter(0, Free), w.step.parameter(1, Term)
    best, here = w.step.parameter(2, Index), w.step.parameter(3, Index)
    temperature = w.step.parameter(4, Term)
    name = cast(Variable, temperature).name
    j, (at_j,), inner, names = w.at_new(given, value)
    at_best = cast(Term, substitute(value, {given: best}))
    at_here = cast(Term, substitute(value, {given: here}))
    sign = f"(fun {names} => {w.positive(at_j, inner)})"
    below = f"(fun {names} D => {_unless_same(w, inner, at_j, at_best, j, best)})"
    ranges = f"{w.ctx.within(best)} {w.ctx.within(here)}"
    head = f"{w.ctx.size(j.sort)} {w.function(j, at_j)} {w.ctx.index(best)} {w.ctx.index(here)} {name}_"
    proof = f"(Rules.softmax_tends_to_argmax {head} {ranges} {sign} {below} {name}_runs)"
    raised = [power(term, 1 / temperature) for term in (at_here, at_j)]
    return _like(w, raised[0] / big_sum(j, raised[1]), delta(here, best), proof)


def _unless_same(w: Sequence, ctx: Context, small: Term, great: Term, j: Free, best: Index) -> str:
    wanted = cast(Formula, Less(small, great))
    for number, lemma in enumerate(w.lemmas):
        for assumption in lemma.assumptions:
            if not isinstance(assumption, Distinct) or not isinstance(assumption.left, Free):
                continue
            index = assumption.left
            if assumption.right is best and match(lemma.judgement.formula, wanted, frozenset((index,)), {}):
                from dataclasses import replace

                inner = replace(ctx, hypotheses={**ctx.hypotheses, assumption: "D"})
                return w.prover.applied(inner, number, {index: j})
    raise Unexported("a premise for distinct indices")


def squeeze(w: Sequence) -> str:
    assert isinstance(w.conclusion, Tends)
    lower, upper = w.step.parameter(0, Term), w.step.parameter(1, Term)
    term, end = w.conclusion.term, w.conclusion.limit
    orders = [w.need(cast(Formula, AtMost(*pair)), ctx=w.at) for pair in ((lower, term), (term, upper))]
    limits = [w.need(cast(Formula, Tends(bound, end))) for bound in (lower, upper)]
    functions = " ".join(w.along(part) for part in (lower, term, upper))
    steps = " ".join(f"(fun {MOMENT} => {order})" for order in orders)
    return f"(Rules.squeeze {functions} {w.text(end)} {steps} {' '.join(limits)})"


SEQUENTIAL: Mapping[str, Callable[[Sequence], str]] = MappingProxyType(
    {
        rule.__name__: rule
        for rule in (
            limit,
            continuous,
            limit_of_equal,
            limit_of_eventually_equal,
            root_tends_to_one,
            softmax_tends_to_argmax,
            squeeze,
        )
    }
)
