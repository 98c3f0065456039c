"""A derivation as Rocq: a lemma for every step, then the theorem."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import cast

from axiomkd.export.context import SIZES, Context, Lemma, Unexported
from axiomkd.export.rules import PROOFS, Writer
from axiomkd.kernel.application import Application
from axiomkd.kernel.check import apply_rule
from axiomkd.kernel.evidence import Derivation, Step
from axiomkd.kernel.judgement import LEAST, Fact, Goal, Judgement, Refused
from axiomkd.kernel.terms import Continuous, Formula, Free, Tends, variables


def sequential(formula: Formula) -> bool:
    return isinstance(formula, Tends | Continuous)


@dataclass
class Derived:
    """The lines of one derivation."""

    goal: Goal
    derivation: Derivation
    lines: list[str] = field(default_factory=list)
    lemmas: list[Lemma] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def base(self) -> Context:
        names = {index: (index.name, f"H{index.name}") for index in self.goal.indices}
        return Context(self.goal, names)

    @property
    def running(self) -> frozenset[str]:
        """The variables that run along a sequence."""
        if any(isinstance(c, Continuous) for c in self.goal.conclusions):
            return frozenset(name for name, _ in self.goal.variables)
        return frozenset((self.goal.limit[0],)) if self.goal.limit else frozenset()

    def write(self, name: str) -> str:
        self.lines = [f"Section {name}."]
        self._declare_fixed()
        self.lines.append("Section steps.")
        self._declare_running()
        done: list[Judgement] = []
        for number, step in enumerate(self.derivation.steps):
            try:
                judgement = apply_rule(self.goal, done, step)
            except Refused:
                inherited = frozenset().union(*(done[p].assumptions for p in step.premises))
                judgement = Judgement(step.conclusion, inherited)
            done.append(judgement)
            self.lemmas.append(self._lemma(number, judgement))
        for number, step in enumerate(self.derivation.steps):
            if not sequential(step.conclusion):
                self._step(number, step)
        self.lines.append("End steps.")
        self._conclude(name)
        self.lines.append(f"End {name}.")
        return "\n".join(self.lines) + "\n"

    # -- what a step rests on -------------------------------------------------------------

    def _declare_fixed(self) -> None:
        for sort, size in self.goal.sizes:
            if size is None:
                letter = SIZES.get(sort, f"size_{sort}")
                self.lines.append(f"Variable {letter} : nat.")
                self.lines.append(f"Hypothesis H{letter} : ({LEAST.get(sort, 1)} <= {letter})%nat.")
        context = self.base()
        for name, sort in self.goal.permutations:
            self.lines.append(f"Variable {name} : nat -> nat.")
            self.lines.append(f"Hypothesis H{name} : permutation {context.size(sort)} {name}.")
        for index in self.goal.indices:
            self.lines.append(f"Variable {index.name} : nat.")
            self.lines.append(f"Hypothesis H{index.name} : ({index.name} < {context.size(index.sort)})%nat.")
        self._variables(lambda name: name not in self.running)
        self._facts(lambda fact: not self._runs(fact))

    def _declare_running(self) -> None:
        self._variables(lambda name: name in self.running)
        self._facts(self._runs)

    def _runs(self, fact: Fact) -> bool:
        formulas = (fact.conclusion, *fact.hypotheses)
        return any(not self.running.isdisjoint(variables(formula)) for formula in formulas)

    def _variables(self, wanted: object) -> None:
        for name, sorts in self.goal.variables:
            if wanted(name):  # type: ignore
                self.lines.append(f"Variable {name} : {'nat -> ' * len(sorts)}R.")

    def _facts(self, wanted: object) -> None:
        for number, fact in enumerate(self.goal.facts):
            if wanted(fact):  # type: ignore
                self.lines.append(f"Hypothesis F{number} : {self.fact(fact)}.")

    def fact(self, fact: Fact, context: Context | None = None) -> str:
        context = context or self.base()
        names = {**context.names, **{i: (i.name, f"H{i.name}") for i in fact.indices}}
        inner = replace(context, names=names)
        parts = [quantified(inner, i) for i in fact.indices]
        parts += [f"{inner.formula(hypothesis)} -> " for hypothesis in fact.hypotheses]
        return "".join(parts) + inner.formula(fact.conclusion)

    def _lemma(self, number: int, judgement: Judgement) -> Lemma:
        free = judgement.formula.free.union(*(a.free for a in judgement.assumptions))
        indices = sorted(free - set(self.goal.indices), key=lambda index: index.key)
        assumptions = sorted(judgement.assumptions, key=lambda formula: formula.key)
        running = sequential(judgement.formula)
        return Lemma(f"step_{number}", judgement, tuple(indices), tuple(assumptions), running)

    def _step(self, number: int, step: Step) -> None:
        lemma = self.lemmas[number]
        context = self.base()
        names = {**context.names, **{i: (safe(i), f"H{safe(i)}") for i in lemma.indices}}
        context = replace(context, names=names)
        binders = [quantified(context, i) for i in lemma.indices]
        known = {}
        for place, assumption in enumerate(lemma.assumptions):
            known[assumption] = f"B{place}"
            binders.append(f"{context.formula(assumption)} -> ")
        context = replace(context, hypotheses=known)
        claim = context.formula(step.conclusion)
        self.lines.append(f"Lemma step_{number} : {''.join(binders)}{claim}.")
        intros = " ".join([n for i in lemma.indices for n in context.names[i]] + list(known.values()))
        self.lines.append("Proof.")
        if intros:
            self.lines.append(f"intros {intros}.")
        self.lines.append(self._proof(step, context))
        self.lines.append("Qed.")

    def _proof(self, step: Step, context: Context) -> str:
        premises = [self.lemmas[p] for p in step.premises]
        judgements = tuple(lemma.judgement for lemma in premises)
        application = Application(self.goal, step.conclusion, judgements, step.parameters)
        try:
            return f"exact {PROOFS[step.rule](Writer(application, premises, context))}."
        except (Unexported, Refused, KeyError) as reason:
            self.missing.append(f"{step.rule}: {type(reason).__name__} {reason}"[:200])
            return f"(* no proof of this step by {step.rule} is known to the exporter *) exact I."

    # -- the theorem ----------------------------------------------------------------------

    def _conclude(self, name: str) -> None:
        for place, (conclusion, step) in enumerate(
            zip(self.goal.conclusions, self.derivation.establishes, strict=True)
        ):
            if sequential(conclusion):
                continue
            context = self.base()
            lemma = self.lemmas[step]
            inner = replace(context, names={**context.names, **{i: (safe(i), f"H{safe(i)}") for i in lemma.indices}})
            claim = "".join(quantified(inner, i) for i in lemma.indices) + inner.formula(conclusion)
            if not self.running:
                self.lines.append(f"Theorem {name}_{place} : {claim}.")
                self.lines.append(f"Proof. exact step_{step}. Qed.")


def quantified(context: Context, index: Free) -> str:
    name = context.names[index][0]
    return f"forall {name} : nat, ({name} < {context.size(index.sort)})%nat -> "


def safe(index: Free) -> str:
    """A name that Rocq accepts."""
    return "".join(c if c.isalnum() else "_" for c in index.name)


__all__ = ["Derived", "cast"]
