"""A derivation as Rocq: a lemma for every step, then the theorem."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from axiomkd.export.context import SIZES, Context, Lemma, Unexported, quantified, spelled
from axiomkd.export.rules import PROOFS
from axiomkd.export.rules.writer import Writer
from axiomkd.export.sequences import MOMENT, SEQUENTIAL, Sequence
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
        """The variables that run along a sequence; parameters, which have no indices, stand still."""
        if any(isinstance(c, Continuous) for c in self.goal.conclusions):
            return frozenset(name for name, sorts in self.goal.variables if sorts)
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
        self._conclude(name, lambda conclusion: not sequential(conclusion))
        if any(sequential(step.conclusion) for step in self.derivation.steps):
            self._write_sequences(name)
        self.lines.append(f"End {name}.")
        return "\n".join(self.lines) + "\n"

    def _write_sequences(self, name: str) -> None:
        self.lines.append("Section sequences.")
        self._declare_sequences()
        for number, step in enumerate(self.derivation.steps):
            if sequential(step.conclusion):
                self._step(number, step)
        self._conclude(name, sequential)
        self.lines.append("End sequences.")

    def _declare_sequences(self) -> None:
        at = self.member()
        if self.jointly:
            self._declare_running()
        for name, sorts in self.goal.variables:
            if name in self.running:
                self.lines.append(f"Variable {name}_ : nat -> {'nat -> ' * len(sorts)}R.")
        for number, fact in enumerate(self.goal.facts):
            if self.runs(fact):
                self.lines.append(f"Hypothesis F{number}_ : forall {MOMENT} : nat, {self.fact(fact, at)}.")
        for name, sorts in self.goal.variables:
            if name in self.running:
                self.lines.append(f"Hypothesis {name}_runs : {self._runs_to(name, sorts)}.")

    def _runs_to(self, name: str, sorts: tuple[str, ...]) -> str:
        if not self.jointly:
            assert self.goal.limit is not None
            return f"to_{self.goal.limit[1]} {name}_"
        context = self.base()
        indices = [f"k{n}" for n in range(len(sorts))]
        ranges = "".join(
            f"forall {i} : nat, ({i} < {context.size(sort)})%nat -> "
            for i, sort in zip(indices, sorts, strict=True)
        )
        at = " ".join([f"{name}_ {MOMENT}", *indices])
        return f"{ranges}Un_cv (fun {MOMENT} => {at}) ({' '.join([name, *indices])})"

    @property
    def jointly(self) -> bool:
        return any(isinstance(c, Continuous) for c in self.goal.conclusions)

    def _arguments(self, variable: str, fact: str) -> str:
        """What a step takes first when it is used outside of its section."""
        names = [variable.format(name) for name, _ in self.goal.variables if name in self.running]
        facts = [fact.format(n) for n, known in enumerate(self.goal.facts) if self.runs(known)]
        return " ".join([*names, *facts])

    def member(self) -> Context:
        """The context of one member of the sequence."""
        heads = {name: f"({name}_ {MOMENT})" for name in self.running}
        prefix = self._arguments(f"({{}}_ {MOMENT})", f"(F{{}}_ {MOMENT})")
        return replace(self.base(), variables=heads, prefix=prefix)

    def end(self) -> Context:
        """The context of the end of the sequence."""
        if self.jointly:
            return replace(self.base(), prefix=self._arguments("{}", "F{}"))
        return replace(self.base(), prefix=self._arguments("({}_ 0%nat)", "(F{}_ 0%nat)"))

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
        self._facts(lambda fact: not self.runs(fact))

    def _declare_running(self) -> None:
        self._variables(lambda name: name in self.running)
        self._facts(self.runs)

    def runs(self, fact: Fact) -> bool:
        formulas = (fact.conclusion, *fact.hypotheses)
        return any(not self.running.isdisjoint(variables(formula)) for formula in formulas)

    def _variables(self, wanted: Callable[..., bool]) -> None:
        for name, sorts in self.goal.variables:
            if wanted(name):
                self.lines.append(f"Variable {spelled(name)} : {'nat -> ' * len(sorts)}R.")

    def _facts(self, wanted: Callable[..., bool]) -> None:
        for number, fact in enumerate(self.goal.facts):
            if wanted(fact):
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
        context = self.end() if lemma.running else self.base()
        names = {**context.names, **{i: (safe(i), f"H{safe(i)}") for i in lemma.indices}}
        context = replace(context, names=names)
        binders = [quantified(context, i) for i in lemma.indices]
        known = {}
        for place, assumption in enumerate(lemma.assumptions):
            known[assumption] = f"B{place}"
            binders.append(f"{context.formula(assumption)} -> ")
        context = replace(context, hypotheses=known)
        self.lines.append(f"Lemma step_{number} : {''.join(binders)}{self.claim(context, step.conclusion)}.")
        intros = " ".join([n for i in lemma.indices for n in context.names[i]] + list(known.values()))
        self.lines.append("Proof.")
        if intros:
            self.lines.append(f"intros {intros}.")
        self.lines.append(self._proof(step, context))
        self.lines.append("Qed.")

    def claim(self, context: Context, formula: Formula) -> str:
        if not isinstance(formula, Tends | Continuous):
            return context.formula(formula)
        at = replace(context, variables=self.member().variables)
        end = formula.limit if isinstance(formula, Tends) else formula.term
        return f"Un_cv (fun {MOMENT} => {at.term(formula.term)}) {context.term(end)}"

    def _proof(self, step: Step, context: Context) -> str:
        premises = [self.lemmas[p] for p in step.premises]
        judgements = tuple(lemma.judgement for lemma in premises)
        application = Application(self.goal, step.conclusion, judgements, step.parameters)
        try:
            return self._written(step, application, premises, context)
        except (Unexported, Refused, KeyError) as reason:
            self.missing.append(f"{step.rule}: {type(reason).__name__} {reason}"[:200])
            return f"(* no proof of this step by {step.rule} is known to the exporter *) exact I."

    def _written(self, step: Step, application: Application, premises: list[Lemma], context: Context) -> str:
        if not sequential(step.conclusion):
            writer = Writer(application, premises, context)
            proof = PROOFS[step.rule](writer)
            return writer.normal.shared.text(proof)
        member = self.member()
        at = replace(context, variables=member.variables, prefix=member.prefix)
        sequence = Sequence(application, premises, at, context, self.running)
        proof = SEQUENTIAL[step.rule](sequence)
        return sequence.normal.shared.text(proof)

    # -- the theorem ----------------------------------------------------------------------

    def _conclude(self, name: str, wanted: Callable[[Formula], bool]) -> None:
        pairs = zip(self.goal.conclusions, self.derivation.establishes, strict=True)
        for place, (conclusion, step) in enumerate(pairs):
            if not wanted(conclusion):
                continue
            lemma = self.lemmas[step]
            context = self.end() if lemma.running else self.base()
            names = {**context.names, **{i: (safe(i), f"H{safe(i)}") for i in lemma.indices}}
            inner = replace(context, names=names)
            claim = "".join(quantified(inner, i) for i in lemma.indices) + self.claim(inner, conclusion)
            if self.running and not lemma.running:
                claim = self._over_running() + claim
            self.lines.append(f"Theorem {name}_{place} : {claim}.")
            self.lines.append(f"Proof. exact step_{step}. Qed.")

    def _over_running(self) -> str:
        parts = [
            f"forall {name} : {'nat -> ' * len(sorts)}R, "
            for name, sorts in self.goal.variables
            if name in self.running
        ]
        facts = [f"({self.fact(fact)}) -> " for fact in self.goal.facts if self.runs(fact)]
        return "".join([*parts, *facts])


def safe(index: Free) -> str:
    """A name that Rocq accepts."""
    return "".join(c if c.isalnum() else "_" for c in index.name)
