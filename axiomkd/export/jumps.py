"""Paths on which every variable may move: that they lie in the domain, and the limits along them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import cast

from axiomkd.export.context import Unexported, number, quantified
from axiomkd.export.curves import (
    Coefficients,
    Path,
    horner_expression,
    listed,
    power_expression,
    trimmed,
    valuation,
)
from axiomkd.export.derivation import safe
from axiomkd.export.expressions import ZERO, Expression, constant, least, less, plus, times
from axiomkd.export.leading import Leading
from axiomkd.export.paths import Limit, apart_limits
from axiomkd.export.sequences import MOMENT
from axiomkd.export.witness import Refuted
from axiomkd.kernel.evaluation import instantiate
from axiomkd.kernel.judgement import Fact
from axiomkd.kernel.terms import ZERO as NOTHING
from axiomkd.kernel.terms import (
    AtMost,
    Equal,
    Formula,
    Free,
    Index,
    Less,
    Literal,
    Term,
    Variable,
    variable,
)


class Moving:
    """The lines of one path."""

    def __init__(self, refuted: Refuted, entries: Mapping[str, object], number_: int) -> None:
        self.refuted = refuted
        self.goal = refuted.sized
        self.numbers = refuted.numbers
        self.entries = dict(entries)
        self.suffix = f"_{number_}"
        self.step = f"step{self.suffix}"
        heads = {name: f"({name}{self.suffix} {MOMENT})" for name in entries}
        at = replace(refuted.context, variables=heads)
        self.path = Path(self.numbers, at, self.step, self.entries)
        self.largest = self._largest()
        self.lines: list[str] = []

    # -- how far from its end the path lies in the domain -------------------------------------

    def _largest(self) -> Fraction:
        size = Fraction(1)
        rests = [c[valuation(c) :] for c in self._all(tuple(self.entries.values())) if c]
        while any(_low(size, rest) <= 0 < rest[0] for rest in rests):
            size /= 2
        return size

    def _all(self, part: object) -> list[Coefficients]:
        entries = cast("tuple[object, ...]", part)
        if entries and isinstance(entries[0], Fraction):
            return [trimmed(cast(Coefficients, entries))]
        return [found for entry in entries for found in self._all(entry)]

    # -- declarations -------------------------------------------------------------------------

    def write(self) -> list[str]:
        size = number(self.largest)
        falling = f"(falling_steps {size} {less(ZERO, constant(self.largest))})"
        self.lines = [
            f"Definition {self.step} (n : nat) : R := {size} * / INR (S n).",
            f"Lemma small{self.suffix} : to_zero {self.step}. Proof. exact (proj1 {falling}). Qed.",
            f"Lemma near{self.suffix} : forall n, {self.step} n <= {size}.",
            f"Proof. exact (proj2 {falling}). Qed.",
        ]
        kinds = dict(self.goal.variables)
        for name, part in self.entries.items():
            indices = [f"n{place}" for place in range(len(kinds[name]))]
            head = f" ({' '.join(indices)} : nat)" if indices else ""
            self.lines.append(
                f"Definition {name}{self.suffix} ({MOMENT} : nat){head} : R := {self._table(part, indices)}."
            )
        for place, fact in enumerate(self.goal.facts):
            claim = f"forall {MOMENT} : nat, {self._claim(fact)}"
            proof = f"(fun {MOMENT} => {self._proved(fact, fact.indices, {})})"
            self._lemma(f"F{place}{self.suffix} : {claim}", proof)
        for name, sorts in self.goal.variables:
            self._lemma(*self._runs(name, sorts))
        return self.lines

    def _lemma(self, claim: str, proof: str) -> None:
        self.lines += [*self.numbers.drained(), f"Lemma {claim}.", f"Proof. exact {proof}. Qed."]

    def _table(self, part: object, indices: list[str]) -> str:
        if not indices:
            return self._entry(trimmed(cast(Coefficients, part)))
        first, *rest = indices
        entries = enumerate(cast("tuple[object, ...]", part))
        cases = " ".join(f"| {n} => {self._table(entry, rest)}" for n, entry in entries)
        return f"match {first} with {cases} | _ => 0 end"

    def _entry(self, coefficients: Coefficients) -> str:
        if len(coefficients) < 2:
            return number(coefficients[0] if coefficients else Fraction(0))
        return f"horner {listed(coefficients)} ({self.step} {MOMENT})"

    # -- facts --------------------------------------------------------------------------------

    def _claim(self, fact: Fact) -> str:
        names = {i: (safe(i), f"H{safe(i)}") for i in fact.indices}
        inner = replace(self.path.at, names=names)
        parts = [quantified(inner, i) for i in fact.indices]
        return "".join(parts) + inner.formula(fact.conclusion)

    def _proved(self, fact: Fact, indices: tuple[Free, ...], found: Mapping[Free, int]) -> str:
        if indices:
            first, *rest = indices

            def case(index: Literal) -> str:
                return self._proved(fact, tuple(rest), {**found, first: index.number})

            return self.numbers.each(first.sort, case)
        return self._holds(cast(Formula, instantiate(fact.conclusion, found)))

    def _holds(self, formula: Formula) -> str:
        """A proof of a fact at every moment, the moment being in scope."""
        match formula:
            case Equal(left, right):
                return self.path.identity_now(left, self.path.expression(right))
            case Less(left, right) | AtMost(left, right) if left is NOTHING:
                coefficients = self.path.polynomial(right)
                if coefficients == () and isinstance(formula, AtMost):
                    return f"(Req_le _ _ (eq_sym {self.path.identity_now(right, '(cst 0 1)')}))"
                if coefficients:
                    proof = self._positive(right, coefficients)
                    return proof if isinstance(formula, Less) else f"(Rlt_le _ _ {proof})"
        raise Unexported(f"the truth of {formula} along a path")

    def _positive(self, term: Term, coefficients: Coefficients) -> str:
        order = valuation(coefficients)
        rest = coefficients[order:]
        same = self.path.identity_now(term, f"({power_expression(order)} [*] {horner_expression(rest)})")
        ends = f"({self.step} {MOMENT}) {number(self.largest)}"
        given = f"{self.path.at.term(term)} {ends} {order} {listed(rest)}"
        inside = f"(proj1 small{self.suffix} {MOMENT}) (near{self.suffix} {MOMENT})"
        return f"(polynomial_gt_0 {given} {same} {inside} {less(ZERO, _lowest(self.largest, rest))})"

    # -- convergence --------------------------------------------------------------------------

    def _runs(self, name: str, sorts: tuple[str, ...]) -> tuple[str, str]:
        names = [f"n{place}" for place in range(len(sorts))]
        size = self.path.at.size
        ranges = "".join(
            f"forall {n} : nat, ({n} < {size(sort)})%nat -> " for n, sort in zip(names, sorts, strict=True)
        )
        entry, end = " ".join([f"{name}{self.suffix} {MOMENT}", *names]), " ".join([name, *names])
        tends = f"Un_cv (fun {MOMENT} => {entry}) ({end})"
        return f"runs{self.suffix}_{name} : {ranges}{tends}", self._run(name, sorts, ())

    def _run(self, name: str, sorts: tuple[str, ...], found: tuple[Index, ...]) -> str:
        if len(found) < len(sorts):
            sort = sorts[len(found)]
            return self.numbers.each(sort, lambda index: self._run(name, sorts, (*found, cast(Index, index))))
        node = cast(Variable, variable(name, *found))
        coefficients = self.path.entry(node)
        if len(coefficients) < 2:
            return f"(cv_const {number(coefficients[0] if coefficients else Fraction(0))})"
        given = f"{self.step} small{self.suffix} {self.path.along(node)} {listed(coefficients)}"
        return f"(cv_polynomial {given} (fun {MOMENT} => eq_refl))"

    # -- the limit ----------------------------------------------------------------------------

    def limit(self, node: Term) -> tuple[Limit, str]:
        """The limit of a term along the path, with a proof."""
        return Leading(self.path, f"small{self.suffix}").limit(node)

    def arguments(self) -> str:
        """What a statement about continuity takes of the path."""
        n = self.suffix
        members = [
            f"(fun {MOMENT} => conj (F{a}{n} {MOMENT}) (F{b}{n} {MOMENT}))" for a, b in ((0, 1), (2, 3))
        ]
        ends = "(conj F0 F1) (conj F2 F3) F4"
        runs = " ".join(f"runs{n}_{name}" for name in "pwT")
        return f"p{n} w{n} T{n} p w T {' '.join(members)} F4{n} {ends} {runs}"


def _low(size: Fraction, coefficients: Coefficients) -> Fraction:
    """A bound from below of a polynomial on [0, size]."""
    return _lowest(size, coefficients).bounds[0]


def _lowest(size: Fraction, coefficients: Coefficients) -> Expression:
    total = ZERO
    for value in reversed(coefficients):
        total = plus(constant(value), least(ZERO, times(constant(size), total)))
    return total


def contradicted(moving: Sequence[Moving], node: Term, claim: str, index: str) -> str:
    """A proof of False from a proof of continuity at the end of one path or of two."""
    limits = [path.limit(node) for path in moving]
    claims = [f"({claim} {path.arguments()} {index})" for path in moving]
    if len(moving) == 1:
        numbers = moving[0].numbers
        wanted = Limit(numbers.ctx.term(node), numbers.value(node))
        return apart_limits(moving[0].path.along(node), (wanted, claims[0]), limits[0])
    below = limits[0][0].value.bounds[1] < limits[1][0].value.bounds[0]
    first, second = (0, 1) if below else (1, 0)
    (one, low), (other, high) = limits[first], limits[second]
    functions = " ".join(moving[n].path.along(node) for n in (first, second))
    given = f"_ {one.text} {other.text} {claims[first]} {claims[second]} {low} {high}"
    return f"(two_limits {functions} {given} {less(one.value, other.value)})"
