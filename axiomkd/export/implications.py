"""An implication in Rocq: whatever the rule, what the premises' definitions say gives the conclusion's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from axiomkd.export.cells import Exported
from axiomkd.export.context import SIZES, Context, Lemma, Unexported, conjoined, spelled
from axiomkd.export.derivation import Derived, safe
from axiomkd.export.naming import coq_name
from axiomkd.export.prover import split
from axiomkd.export.theorem import Proved, Rule, at_sizes, free_sizes, quantifiers
from axiomkd.export.wording import WORDINGS, Part, Wording
from axiomkd.implications.model import (
    Implication,
    Instance,
    Situation,
    Substitution,
    instance_of,
    premise_goal,
)
from axiomkd.implications.verdict import Settled
from axiomkd.kernel.judgement import Fact, Goal
from axiomkd.kernel.terms import Big, Defined, Free, Index, Term, Variable
from axiomkd.statement import Scope
from axiomkd.theories.ensemble.unknown import UNKNOWN, Aggregate

HEADER = """From Axiomkd Require Import Core Rules Means Limits Identities Leading Witness Statements.
Set Default Proof Using "All".

(* The unknown rule is defined everywhere. *)
Definition everywhere : domain := fun _ _ _ _ _ _ _ => True.
"""
ONES = "(fun _ => 1)"


def exported_implication(settled: Settled) -> Exported:
    """A proved implication in Rocq, to stand behind ``HEADER``."""
    implication = settled.implication
    name = "_and_".join(coq_name(s.id) for s in implication.premises)
    name = f"{name}_implies_{coq_name(implication.conclusion.id)}{_suffix(implication.scope)}"
    try:
        return Exported(implication.conclusion.id, name, _text(settled, name))
    except Unexported as reason:
        return Exported(implication.conclusion.id, name, "", (str(reason),))


def _suffix(scope: Scope) -> str:
    sizes = (("K", scope.teachers), ("V", scope.outcomes))
    return "".join(f"_{letter}{size}" for letter, size in sizes if size is not None)


def _text(settled: Settled, name: str) -> str:
    """The steps of every use and of the conclusion in a module, then the theorem."""
    implication, argument = settled.implication, settled.argument
    if argument is None:
        raise Unexported("an implication without a proof")
    if argument.lemmas:
        raise Unexported(f"a proof by way of {argument.lemmas[0][0].id}")
    for instance, _ in argument.instances:
        if instance.premise not in implication.usable or instance.sorts or instance.conditional:
            raise Unexported(f"such a use of {instance.premise}")
    situation, steps, facts = Situation(implication), f"{name}_steps", list[str]()
    own, aggregates = len(situation.goal.facts), _aggregates(situation)
    text = f"\nModule {steps}.\n"
    for number, (instance, derivation) in enumerate(argument.instances):
        asked = situation.obligations(instance)
        derived = Derived(asked, derivation) if asked and derivation else None
        if derived:
            text += f"Module use{number}.\n{_complete(derived)}End use{number}.\n"
        module = f"{steps}.use{number}.claim"
        use = _Use(situation, instance, derived, module, aggregates, own, tuple(facts))
        facts += use.facts(implication.usable.index(instance.premise))
        situation.add(instance)
    derived = Derived(situation.goal, argument.derivation)
    text += f"Module proof.\n{_complete(derived)}End proof.\nEnd {steps}.\n"
    wording = wording_of(implication.conclusion.id)
    theorem = _Theorem(derived, wording, f"{steps}.proof.claim", aggregates, own, facts)
    given = " ".join(f"S{n}" for n in range(len(implication.usable)))
    claim = _claim(implication, situation.goal)
    return f"{text}Theorem {name} :\n{claim}.\nProof. intros G {given}. {theorem.proof()} Qed.\n"


def _claim(implication: Implication, goal: Goal) -> str:
    """Whatever the rule, if it satisfies the premises it satisfies the conclusion."""
    said = [
        f"{quantifiers(goal)}{coq_name(name)} {at_sizes(goal)} G everywhere"
        for name in (*implication.usable, implication.conclusion.id)
    ]
    return "  forall G : rule,\n" + "".join(f"  ({words}) ->\n" for words in said[:-1]) + f"  {said[-1]}"


def wording_of(statement: str) -> Wording:
    """How the definition of a statement quantifies."""
    if statement not in WORDINGS:
        raise Unexported(f"Statements.v has no definition of {statement}")
    return WORDINGS[statement]


def _complete(derived: Derived) -> str:
    text = derived.write("claim")
    if derived.missing:
        raise Unexported(derived.missing[0])
    return text


def _context(goal: Goal, *indices: Free) -> Context:
    return Context(goal, {x: (safe(x), f"H{safe(x)}") for x in (*goal.indices, *indices)})


def _function(ctx: Context, indices: Sequence[Free], value: Term) -> str:
    """A term as a function of indices."""
    names = []
    for index in indices:
        ctx, binder = ctx.bind(index)
        names.append(binder.split()[0])
    return f"(fun {' '.join(names)} => {ctx.term(value)})" if names else ctx.term(value)


def _aggregates(situation: Situation) -> dict[str, str]:
    """The aggregates of the goal in Rocq: the rule at their inputs."""
    return {
        name: _at_input(situation.goal, cast(Aggregate, key)) for key, name in situation.aggregates.items()
    }


def _at_input(goal: Goal, key: Aggregate) -> str:
    formal = sorted((x for x in key.free if x.name != "#"), key=lambda index: index.name)
    ctx, names = _context(goal), list[str]()
    for index in formal:
        ctx, binder = ctx.bind(index)
        names.append(binder.split()[0])
    weights, teachers = cast(Big, key.weights), cast(Big, key.teachers)
    sort, outcome = weights.parts[1], key.outcome.sort
    w = _function(ctx, (Free("k", sort),), weights.at(Free("k", sort)))
    rows = cast(Big, teachers.at(Free("k", sort)))
    p = _function(ctx, (Free("k", sort), Free("i", outcome)), rows.at(Free("i", outcome)))
    taken = {name for name, _ in ctx.names.values()}
    last = next(name for name in ("i", "o", "o0") if name not in taken)
    sizes = f"{ctx.size(sort)} {ctx.size(outcome)}"
    return f"(fun {' '.join([*names, last])} => G {sizes} {p} {ONES} {p} {w} {last})"


@dataclass(frozen=True)
class _Use:
    """A premise at an input: what it gives, as terms of Rocq in the goal's own names."""

    situation: Situation
    instance: Instance
    derived: Derived | None
    module: str
    aggregates: dict[str, str]
    own: int
    known: tuple[str, ...]

    def facts(self, number: int) -> list[str]:
        """A proof of every fact that the use adds to the goal; ``number`` is the premise's."""
        before = self.situation.goal
        after = Situation.__new__(Situation)
        vars(after).update(vars(self.situation), aggregates=dict(self.situation.aggregates))
        after.add(self.instance)
        added = after.goal.facts[len(before.facts) :]
        premise = premise_goal(self.instance.premise, self.situation.implication.scope)
        moved = Substitution(self.instance, premise, before)
        found = []
        for fact in added:
            place = next(
                n for n, c in enumerate(premise.conclusions) if after.named(moved(c)) is fact.conclusion
            )
            found.append(self._fact(number, premise, moved, fact, place))
        return found

    def _fact(self, number: int, premise: Goal, moved: Substitution, fact: Fact, place: int) -> str:
        wording = wording_of(self.instance.premise)
        ctx = _context(self.situation.goal, *fact.indices)
        arguments = [self._argument(word, premise, moved, ctx) for word in wording.binders.split()]
        free = free_sizes(premise)
        sizes = [*free, *(f"H{name}" for name in free)]
        whole = f"({' '.join([f'S{number}', *sizes, *arguments])})"
        proof = split(whole, len(wording.parts))[place]
        part = wording.parts[place]
        at = " ".join(
            self._index(moved.index(Free(name, _sort(premise, name))), ctx) for name in part.indices
        )
        proof = f"({proof} {at})" if at else proof
        if isinstance(fact.conclusion, Defined):
            proof = f"(ltac:(generalize {proof}; unfold odds_defined, everywhere; simpl; tauto))"
        names = " ".join(f"{safe(x)} H{safe(x)}" for x in fact.indices)
        return f"(fun {names} => {proof})" if names else proof

    def _index(self, index: Index, ctx: Context) -> str:
        return f"{ctx.index(index)} {ctx.within(index)}"

    def _argument(self, word: str, premise: Goal, moved: Substitution, ctx: Context) -> str:
        if word[0] == "@":
            return self._index(moved.index(Free(word[1:], _sort(premise, word[1:]))), ctx)
        if word[0] in "%#=":
            raise Unexported(f"a premise about {word}")
        if word[0].isdigit():
            return conjoined([self._obligation(premise, moved, int(n), ctx) for n in word.split("+")])
        for name, formal, value in self.instance.definitions:
            if name == word:
                return _function(replace(ctx, variables=self.aggregates), formal, value)
        return spelled(word)

    def _obligation(self, premise: Goal, moved: Substitution, number: int, ctx: Context) -> str:
        """The proof that the input satisfies a fact of the premise's domain."""
        fact, goal = moved.fact(premise.facts[number]), self.situation.goal
        conclusion = self.situation.named(fact.conclusion)
        hypotheses = tuple(map(self.situation.named, fact.hypotheses))
        stands_for = fact.indices
        names = " ".join(f"{safe(x)} H{safe(x)}" for x in stands_for)
        for n, own in enumerate(goal.facts):
            found = instance_of(own, hypotheses, conclusion)
            if found is not None:
                known = f"F{n}" if n < self.own else self.known[n - self.own]
                inner = replace(ctx, names={**ctx.names, **_context(goal, *stands_for).names})
                at = " ".join(self._index(found[x], inner) for x in own.indices)
                return f"(fun {names} => {known} {at})" if names else f"({known} {at})" if at else known
        if self.derived is None:
            raise Unexported(f"the fact {conclusion}")
        place = self.derived.goal.conclusions.index(conclusion)
        lemma = self.derived.lemmas[self.derived.derivation.establishes[place]]
        proof = _applied(self.derived, self.module, place, lemma, self.aggregates, self.own, self.known)
        return f"(fun {names} => {proof})" if names else proof


def _sort(premise: Goal, name: str) -> str:
    """The sort of an index that a premise speaks of."""
    known = {index.name: index.sort for index in premise.indices}
    for formula in premise.conclusions:
        known |= {index.name: index.sort for index in formula.free}
    return known.get(name, "outcome")


def _applied(
    derived: Derived,
    module: str,
    place: int,
    lemma: Lemma,
    aggregates: dict[str, str],
    own: int,
    known: Sequence[str],
) -> str:
    """A conclusion of a derivation, at the rule's aggregates and the facts that the uses have given."""
    goal = derived.goal
    words = [f"{SIZES[sort]} H{SIZES[sort]}" for sort, size in goal.sizes if size is None]
    words += [f"{name} H{name}" for name, _ in goal.permutations]
    words += [f"{index.name} H{index.name}" for index in goal.indices]
    words += [aggregates.get(name, spelled(name)) for name, _ in goal.variables]
    words += [f"F{n}" if n < own else known[n - own] for n in range(len(goal.facts))]
    words += [f"{safe(index)} H{safe(index)}" for index in lemma.indices]
    return f"({module}_{place} {' '.join(words)})"


class _Theorem(Proved):
    """The conclusion's definition, from the derivation at the facts that the uses have given."""

    def __init__(
        self,
        derived: Derived,
        wording: Wording,
        module: str,
        aggregates: dict[str, str],
        own: int,
        facts: Sequence[str],
    ) -> None:
        super().__init__(derived, wording, Rule("G", UNKNOWN.value), module)
        self.aggregates, self.own, self.facts = aggregates, own, facts

    def _part(self, place: int, part: Part) -> str:
        names = " ".join(f"{name} H{name}" for name in part.indices)
        if part.pools or part.kind != "plain":
            raise Unexported("a conclusion about several rules or limits")
        if isinstance(self.goal.conclusions[place], Defined):
            if not isinstance(cast(Defined, self.goal.conclusions[place]).term, Variable):
                raise Unexported("a conclusion about a domain")
            return f"(fun {names} => I)" if names else "I"
        lemma = self.derived.lemmas[self.derived.derivation.establishes[place]]
        proof = _applied(self.derived, self.module, place, lemma, self.aggregates, self.own, self.facts)
        return f"(fun {names} => {proof})" if names else proof
