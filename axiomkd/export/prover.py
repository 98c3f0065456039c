"""Proofs of signs, domains and premises, written down as the kernel reads them off the parts of a term."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import cast

from axiomkd.export.context import Context, Lemma, Unexported, always_defined, conjoined
from axiomkd.kernel.application import Application, least_value, match, nonnegative, positive
from axiomkd.kernel.judgement import LEAST
from axiomkd.kernel.terms import (
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
    Free,
    If,
    Index,
    Less,
    Log,
    Multiply,
    Number,
    Power,
    Same,
    Size,
    Term,
    fresh,
)

UNKNOWN, NONNEGATIVE, POSITIVE = 0, 1, 2
Signed = tuple[int, str]


def stronger(formula: Formula) -> Iterator[tuple[Formula, str]]:
    """Formulas that give the one wanted, with the proof that they do."""
    yield formula, "{}"
    match formula:
        case AtMost(left, right):
            yield cast(Formula, Less(left, right)), "(Rlt_le _ _ {})"
            yield cast(Formula, Equal(left, right)), "(Req_le _ _ {})"
            yield cast(Formula, Equal(right, left)), "(Req_le _ _ (eq_sym {}))"
        case Equal(left, right):
            yield cast(Formula, Equal(right, left)), "(eq_sym {})"
        case Different(left, right):
            yield cast(Formula, Different(right, left)), "(not_eq_sym {})"
            yield cast(Formula, Less(left, right)), "(Rlt_not_eq _ _ {})"
            yield cast(Formula, Less(right, left)), "(not_eq_sym (Rlt_not_eq _ _ {}))"
        case Same(left, right):
            yield cast(Formula, Same(right, left)), "(eq_sym {})"
        case Distinct(left, right):
            yield cast(Formula, Distinct(right, left)), "(not_eq_sym {})"


class Prover:
    """What the premises of one step show."""

    def __init__(self, step: Application, lemmas: list[Lemma]) -> None:
        self.step = step
        self.lemmas = lemmas

    # -- premises -------------------------------------------------------------------------

    def has(self, ctx: Context, formula: Formula, without: Formula | None = None) -> str | None:
        """A proof of the formula from a premise or by plain arithmetic, or nothing."""
        evident = self.evident(ctx, formula)
        if evident is not None:
            return evident
        order = list(range(len(self.lemmas)))
        if without is not None:
            order.sort(key=lambda number: without not in self.lemmas[number].judgement.assumptions)
        for number in order:
            judgement = self.lemmas[number].judgement
            general = self.step.general(judgement)
            for candidate, wrapper in stronger(formula):
                found: dict[Free, Index] = {}
                if match(judgement.formula, candidate, general, found):
                    if without is not None and without.free & general:
                        continue
                    return wrapper.format(self.applied(ctx, number, found))
        return None

    def applied(self, ctx: Context, number: int, mapping: dict[Free, Index]) -> str:
        """A premise at given indices."""
        lemma = self.lemmas[number]
        indices = [mapping.get(index, index) for index in lemma.indices]
        given = [f"{ctx.index(i)} {self.range(ctx, i)}" for i in indices]
        for assumption in lemma.assumptions:
            if assumption not in ctx.hypotheses:
                raise Unexported(f"the assumption {assumption}")
            given.append(ctx.hypotheses[assumption])
        prefix = "" if lemma.running else ctx.prefix
        return f"({lemma.name} {prefix} {' '.join(given)})" if given or prefix else lemma.name

    def range(self, ctx: Context, index: Index) -> str:
        """A proof that an index is in range; one that nothing depends on is the first."""
        if isinstance(index, Free) and index not in ctx.names:
            return ctx.least(index.sort)
        return ctx.within(index)

    def need(self, ctx: Context, formula: Formula, without: Formula | None = None) -> str:
        found = self.has(ctx, formula, without)
        if found is None:
            raise Unexported(f"a premise {formula}")
        return found

    def evident(self, ctx: Context, formula: Formula) -> str | None:
        if not isinstance(formula, Comparison):
            return None
        left, right = formula.left, formula.right
        if left is right:
            return {AtMost: "(Rle_refl _)", Equal: "eq_refl"}.get(type(formula))
        bound = least_value(right, self.step.goal)
        if not isinstance(left, Number) or bound is None:
            return None
        if isinstance(right, Size):
            return self._evident_size(ctx, formula, left.value, bound, right.sort)
        true = {AtMost: left.value <= bound, Less: left.value < bound, Different: left.value != bound}
        return f"(ltac:(lra) : {ctx.formula(formula)})" if true.get(type(formula)) else None

    def _evident_size(
        self, ctx: Context, formula: Comparison, left: Fraction, bound: Fraction, sort: str
    ) -> str | None:
        true = {AtMost: left <= bound, Less: left < bound, Different: left < bound}
        if not true.get(type(formula)):
            return None
        name = {AtMost: "le", Less: "lt", Different: "ne"}[type(formula)]
        fixed = self.step.goal.size(sort)
        least = LEAST.get(sort, 1) if fixed is None else fixed
        known = f"H{ctx.size(sort)}" if fixed is None else f"(le_n {fixed})"
        sign = "<" if name != "le" else "<="
        number = f"(ltac:(simpl; lra) : {ctx.term(formula.left)} {sign} INR {least})"
        return f"(size_{name} _ {least} _ {known} {number})"

    # -- signs ----------------------------------------------------------------------------

    def sign(self, ctx: Context, node: Term) -> Signed:
        """The sign of a term with the proof of 0 < x or of 0 <= x."""
        found = self.has(ctx, positive(node))
        if found is not None:
            return POSITIVE, found
        inner = self._sign_of_parts(ctx, node)
        if inner[0] == UNKNOWN:
            weak = self.has(ctx, nonnegative(node))
            if weak is not None:
                return NONNEGATIVE, weak
        return inner

    def demand(self, ctx: Context, node: Term, least: int) -> str:
        found, proof = self.sign(ctx, node)
        if found < least:
            raise Unexported(f"the sign of {node}")
        return weakened(found, proof, least)

    def _sign_of_parts(self, ctx: Context, node: Term) -> Signed:
        match node:
            case Number(value):
                level = POSITIVE if value > 0 else NONNEGATIVE if value == 0 else UNKNOWN
                return level, "(Rle_refl 0)" if value == 0 else f"(ltac:(lra) : 0 < {ctx.term(node)})"
            case Size(sort):
                return POSITIVE, f"(size_gt_0 _ {ctx.least(sort)})"
            case Exp(argument):
                return POSITIVE, f"(exp_pos {ctx.term(argument)})"
            case Add():
                return fold_signs([self.sign(ctx, part) for part in node.parts], plus_sign)
            case Multiply():
                return fold_signs([self.sign(ctx, part) for part in node.parts], times_sign)
            case Power(base, exponent):
                return self._sign_of_power(ctx, base, exponent)
            case Big():
                return self._sign_of_big(ctx, node)
            case Extreme():
                combine = _greatest if node.kind == "maximum" else _least
                return fold_signs([self.sign(ctx, part) for part in node.arguments], combine)
            case If(condition, then, otherwise):
                return self._sign_of_if(ctx, condition, then, otherwise)
        return UNKNOWN, ""

    def _sign_of_power(self, ctx: Context, base: Term, exponent: Term) -> Signed:
        level, proof = self.sign(ctx, base)
        if level == POSITIVE:
            return POSITIVE, f"(rpow_gt_0 _ _ {proof})"
        if isinstance(exponent, Number) and exponent.value >= 0 and exponent.value % 2 == 0:
            return NONNEGATIVE, f"(rpow_even _ {exponent.value / 2}%nat)"
        if level == NONNEGATIVE:
            other, raised = self.sign(ctx, exponent)
            if other:
                return NONNEGATIVE, f"(rpow_ge_0 _ _ {proof} {weakened(other, raised, NONNEGATIVE)})"
        return UNKNOWN, ""

    def _sign_of_big(self, ctx: Context, node: Big) -> Signed:
        index = fresh(node.sort)
        inner, names = ctx.bind(index)
        level, proof = self.sign(inner, node.at(index))
        if level == UNKNOWN:
            return UNKNOWN, ""
        suffix = "gt_0" if level == POSITIVE else "ge_0"
        size = ctx.least(node.sort)
        head = {"sum": "rsum", "product": "rprod", "maximum": "rmax", "minimum": "rmin"}[node.kind]
        needs = size if node.kind in ("maximum", "minimum") or (node.kind, level) == ("sum", POSITIVE) else ""
        return level, f"({head}_{suffix} _ _ {needs} (fun {names} => {proof}))"

    def _sign_of_if(self, ctx: Context, condition: Formula, then: Term, otherwise: Term) -> Signed:
        if isinstance(condition, Same) and condition.left is condition.right:
            level, proof = self.sign(ctx, then)
            return level, f"(rif_same_{'gt' if level == POSITIVE else 'ge'}_0 _ _ _ {proof})"
        signs = [self.sign(ctx, then), self.sign(ctx, otherwise)]
        level = min(signs)[0]
        suffix = "gt_0" if level == POSITIVE else "ge_0"
        if level == UNKNOWN:
            return UNKNOWN, ""
        parts = " ".join(weakened(found, proof, level) for found, proof in signs)
        return level, f"(rif_{suffix} _ _ _ {parts})"

    # -- domains --------------------------------------------------------------------------

    def domain(self, ctx: Context, node: Term) -> str:
        """A proof of the conditions of a term, in the order in which the context writes them."""
        return conjoined(proofs) if (proofs := self.conditions(ctx, node)) else "I"

    def conditions(self, ctx: Context, node: Term) -> list[str]:
        if not ctx.conditions(node):
            return []
        known = self.has(ctx, cast(Formula, Defined(node)))
        if known is not None:
            return split(known, len(ctx.conditions(node)))
        match node:
            case Power(base, exponent):
                own = [] if always_defined(exponent) else [self._power_defined(ctx, base, exponent)]
                return [*self.conditions(ctx, base), *self.conditions(ctx, exponent), *own]
            case Log(argument):
                return [*self.conditions(ctx, argument), self.demand(ctx, argument, POSITIVE)]
            case Big(_, sort):
                index = fresh(sort)
                inner, names = ctx.bind(index)
                return [f"(fun {names} => {self.domain(inner, node.at(index))})"]
            case If(condition, then, otherwise):
                parts = [
                    p
                    for part in condition.parts
                    if isinstance(part, Term)
                    for p in self.conditions(ctx, part)
                ]
                branches = [part for part in (then, otherwise) if ctx.domain(part) is not None]
                return [*parts, *(f"(fun _ => {self.domain(ctx, part)})" for part in branches)]
        return [p for part in node.parts if isinstance(part, Term) for p in self.conditions(ctx, part)]

    def _power_defined(self, ctx: Context, base: Term, exponent: Term) -> str:
        if isinstance(exponent, Number) and exponent.value.denominator == 1:
            apart = self.has(ctx, cast(Formula, Different(base, ZERO)))
            if apart is not None:
                return f"(pow_defined_whole _ ({exponent.value}) {apart})"
        level, proof = self.sign(ctx, base)
        if level == POSITIVE:
            return f"(pow_defined_gt_0 _ _ {proof})"
        raised = self.demand(ctx, exponent, NONNEGATIVE)
        return f"(pow_defined_ge_0 _ _ {self.demand(ctx, base, NONNEGATIVE)} {raised})"


def fold_signs(signs: list[Signed], combine: Callable[[Signed, Signed], Signed]) -> Signed:
    """The sign of a sum, product or extremum from the signs of its parts, from the left."""
    total = signs[0]
    for part in signs[1:]:
        total = combine(total, part)
    return total


def split(proof: str, count: int) -> list[str]:
    """The parts of a proof of a conjunction."""
    if count == 1:
        return [proof]
    return [f"(proj1 {proof})", *split(f"(proj2 {proof})", count - 1)]


def weakened(found: int, proof: str, least: int) -> str:
    return f"(Rlt_le _ _ {proof})" if found > least else proof


def plus_sign(left: Signed, right: Signed) -> Signed:
    level = 0 if UNKNOWN in (left[0], right[0]) else max(left[0], right[0])
    names = {(1, 1): "Rplus_le_le_0_compat", (2, 1): "Rplus_lt_le_0_compat", (1, 2): "Rplus_le_lt_0_compat"}
    name = names.get((left[0], right[0]), "Rplus_lt_0_compat")
    return level, f"({name} _ _ {left[1]} {right[1]})"


def times_sign(left: Signed, right: Signed) -> Signed:
    level = min(left[0], right[0])
    if level == UNKNOWN:
        return UNKNOWN, ""
    name = "Rmult_lt_0_compat" if level == POSITIVE else "Rmult_le_pos"
    return level, f"({name} _ _ {weakened(left[0], left[1], level)} {weakened(right[0], right[1], level)})"


def _greatest(left: Signed, right: Signed) -> Signed:
    level = max(left[0], right[0])
    suffix = "gt_0" if level == POSITIVE else "ge_0"
    side = ("l", left) if left[0] == level else ("r", right)
    return level, f"(Rmax_{suffix}_{side[0]} _ _ {side[1][1]})"


def _least(left: Signed, right: Signed) -> Signed:
    level = min(left[0], right[0])
    if level == UNKNOWN:
        return UNKNOWN, ""
    suffix = "gt_0" if level == POSITIVE else "ge_0"
    return (
        level,
        f"(Rmin_{suffix} _ _ {weakened(left[0], left[1], level)} {weakened(right[0], right[1], level)})",
    )
