"""A witness as Rocq: the input, the facts there, and the conclusion that fails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import cast

from axiomkd.export.context import SEPARATOR, Context, Unexported, number, quantified, spelled
from axiomkd.export.derivation import safe
from axiomkd.export.failures import Failures
from axiomkd.export.numbers import DISCRIMINATE, Numbers
from axiomkd.kernel.evaluation import Point, Undefined, instantiate
from axiomkd.kernel.evidence import Array, Witness
from axiomkd.kernel.judgement import Fact, Goal, Refused
from axiomkd.kernel.terms import Continuous, Defined, Distinct, Formula, Free, Same


@dataclass
class Refuted:
    """The lines of one witness."""

    goal: Goal
    witness: Witness
    lines: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def write(self, fails: bool = True) -> str:
        goal = replace(self.goal, sizes=self.witness.sizes)
        self.sized = goal
        self.context = Context(goal, {})
        self._declare()
        values = {**dict(self.witness.values), SEPARATOR: self.witness.separator}
        point = Point(dict(self.witness.sizes), values, {}, dict(self.witness.permutations))
        self.numbers = Numbers(self.context, point)
        self.failures = Failures(self.numbers)
        for number_, fact in enumerate(goal.facts):
            self._fact(number_, fact)
        if fails:
            self._failure()
        return "\n".join(self.lines) + "\n"

    def indices(self) -> list[tuple[Free, int]]:
        conclusion = self.goal.conclusions[self.witness.conclusion]
        others = sorted(conclusion.free - set(self.goal.indices), key=lambda index: index.key)
        found = (*self.goal.indices, *others)
        return [(index, n) for index, (_, n) in zip(found, self.witness.indices, strict=True)]

    def _declare(self) -> None:
        kinds = dict(self.goal.variables)
        for name, array in self.witness.values:
            indices = [f"n{place}" for place in range(len(kinds[name]))]
            head = f" ({' '.join(indices)} : nat)" if indices else ""
            self.lines.append(f"Definition {spelled(name)}{head} : R := {table(array, indices)}.")
        if self.witness.separator:
            self.lines.append(
                f"Definition separator (n0 : nat) : R := {table(self.witness.separator, ['n0'])}."
            )
        for name, images in self.witness.permutations:
            cases = " ".join(f"| {n} => {image - 1}%nat" for n, image in enumerate(images))
            self.lines.append(f"Definition {name} (n : nat) : nat := match n with {cases} | _ => n end.")
            claim = f"permutation {len(images)} {name}"
            self.lines.append(f"Lemma H{name} : {claim}. Proof. permutation_by_cases. Qed.")

    # -- facts ----------------------------------------------------------------------------

    def claim(self, fact: Fact, context: Context | None = None) -> str:
        """The fact at the goal's indices; its own indices go before those."""
        named = {index: n for index, n in self.indices() if index not in fact.indices}
        names = {i: (safe(i), f"H{safe(i)}") for i in fact.indices}
        inner = replace(context or self.context, names=names)
        parts = [quantified(inner, i) for i in fact.indices]
        parts += [f"{inner.formula(cast(Formula, instantiate(h, named)))} -> " for h in fact.hypotheses]
        return "".join(parts) + inner.formula(cast(Formula, instantiate(fact.conclusion, named)))

    def _fact(self, place: int, fact: Fact) -> None:
        try:
            proof = self._proved(fact, fact.indices, {})
        except (Unexported, Undefined, Refused) as reason:
            self.missing.append(f"fact {place}: {type(reason).__name__} {reason}")
            proof = "I"
        self._lemma(f"F{place} : {self.claim(fact)}", proof)

    def _lemma(self, claim: str, proof: str) -> None:
        self.lines += [*self.numbers.drained(), f"Lemma {claim}.", f"Proof. exact {proof}. Qed."]

    def _proved(self, fact: Fact, indices: tuple[Free, ...], found: Mapping[Free, int]) -> str:
        if indices:
            first, *rest = indices
            return self.numbers.each(
                first.sort, lambda index: self._proved(fact, tuple(rest), {**found, first: index.number})
            )
        given = {**{i: n for i, n in self.indices() if i not in fact.indices}, **found}
        hypotheses = [cast(Formula, instantiate(h, given)) for h in fact.hypotheses]
        conclusion = cast(Formula, instantiate(fact.conclusion, given))
        names = [f"G{n}" for n in range(len(hypotheses))]
        if all(self.numbers.at.holds(h) for h in hypotheses):
            proof = self.numbers.holds(conclusion)
        else:
            false = next(n for n, h in enumerate(hypotheses) if not self.numbers.at.holds(h))
            proof = f"(False_ind _ ({self._contradicted(hypotheses[false])} G{false}))"
        return f"(fun {' '.join(names)} => {proof})" if names else proof

    def _contradicted(self, formula: Formula) -> str:
        if isinstance(formula, Distinct):
            return "(fun H => H eq_refl)"
        if isinstance(formula, Same):
            return DISCRIMINATE
        return self.failures.fails(formula)

    # -- the failure ----------------------------------------------------------------------

    def _failure(self) -> None:
        conclusion = self.sized.conclusions[self.witness.conclusion]
        given = dict(self.indices())
        formula = cast(Formula, instantiate(conclusion, given))
        if isinstance(formula, Continuous):
            formula = cast(Formula, Defined(formula.term))
        try:
            proof = self.failures.fails(formula, self.witness.separator)
        except (Unexported, Undefined, Refused) as reason:
            self.missing.append(f"failure: {type(reason).__name__} {reason}")
            proof = "I"
        self._lemma(f"fails : ~ {self.context.formula(formula)}", proof)


def table(array: Array, indices: list[str]) -> str:
    """The values of a variable as a match on its indices."""
    if isinstance(array, Fraction):
        return number(array)
    first, *rest = indices
    cases = " ".join(f"| {n} => {table(part, rest)}" for n, part in enumerate(array))
    return f"match {first} with {cases} | _ => 0 end"
