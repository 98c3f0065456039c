"""Theorems in a statement's own words, from what has been derived of the kernel's goal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import cast

from axiomkd.export.congruence import symmetric, trans
from axiomkd.export.context import SIZES, Context, Lemma, Unexported, conjoined, spelled
from axiomkd.export.derivation import Derived, safe
from axiomkd.export.failures import Failures
from axiomkd.export.grouping import Followed
from axiomkd.export.jumps import Moving, contradicted
from axiomkd.export.paths import SEQUENCE, differ
from axiomkd.export.pooling import pooled
from axiomkd.export.prover import split
from axiomkd.export.sequences import MOMENT
from axiomkd.export.shapes import Domains
from axiomkd.export.solutions import Unknowns
from axiomkd.export.witness import Refuted
from axiomkd.export.wording import Part, Wording
from axiomkd.kernel.evaluation import instantiate
from axiomkd.kernel.judgement import LEAST, Goal
from axiomkd.kernel.terms import Continuous, Defined, Formula, Free, Index, Literal, Tends, Term, variables

RULE_SORTS = ("teacher", "outcome")
"""The sorts of which every statement names the size."""


def free_sizes(goal: Goal) -> list[str]:
    return [SIZES[sort] for sort, size in goal.sizes if size is None and sort in RULE_SORTS]


def quantifiers(goal: Goal) -> str:
    """The sizes over which a theorem is universal."""
    least = {SIZES[sort]: LEAST.get(sort, 1) for sort, _ in goal.sizes}
    free = free_sizes(goal)
    bounds = "".join(f"({least[name]} <= {name})%nat -> " for name in free)
    return f"forall {' '.join(free)} : nat, {bounds}" if free else ""


def at_sizes(goal: Goal) -> str:
    sizes = dict(goal.sizes)
    return " ".join(SIZES[sort] if sizes[sort] is None else f"{sizes[sort]}" for sort in RULE_SORTS)


def sort_of(goal: Goal, letter: str) -> str:
    """The sort, other than teachers and outcomes, that has a size of that letter in a goal."""
    return next(sort for sort, _ in goal.sizes if SIZES[sort] == letter and sort not in RULE_SORTS)


@dataclass(frozen=True)
class Rule:
    """The rule that a statement is about: its name in Rocq, and its value."""

    name: str
    value: Term

    def pooled(self, pool: str, ctx: Context) -> Followed:
        return pooled(pool, ctx, self.name, self.value)

    def sides(self, part: Part, ctx: Context) -> list[str | None]:
        """For each side of an equation that it is what the kernel writes for it, where that differs."""
        return [self.pooled(pool, ctx).equal(self.value) if pool else None for pool in part.pools]


class Proved:
    """The theorem of a proved cell."""

    def __init__(
        self,
        derived: Derived,
        wording: Wording,
        rule: Rule,
        module: str,
        bounds: Sequence[int] = (),
        unknowns: Unknowns | None = None,
    ) -> None:
        self.derived = derived
        self.goal = derived.goal
        self.bounds = bounds
        self.wording = wording
        self.rule = rule
        self.module = module
        self.unknowns = unknowns

    def proof(self) -> str:
        """The proof of the statement at the sizes of the goal."""
        free = free_sizes(self.goal)
        sizes = [*free, *(f"H{name}" for name in free), *(f"F{n}" for n in self.bounds)]
        binders = [self._bound(word) for word in self.wording.binders.split()]
        parts = [self._part(place, part) for place, part in enumerate(self.wording.parts)]
        intros = " ".join([*sizes, *binders])
        head = f"intros {intros}. " if intros else ""
        unknown = self.unknowns.posed() if self.unknowns else ""
        return f"{head}{self._sizes_fit()}{unknown}exact {conjoined(parts)}."

    def _sizes_fit(self) -> str:
        """The kernel's facts about sizes, from what the statement says of them."""
        whole = [word[1:] for word in self.wording.binders.split() if word[0] == "="]
        facts = [f"pose proof (eq_trans (f_equal INR E{n}) (plus_INR M N)) as F{n}. " for n in whole]
        fixed = [(SIZES[sort], size) for sort, size in self.goal.sizes if sort not in RULE_SORTS and size]
        return "".join([*facts, *(f"size_is {letter} {size}%nat. " for letter, size in fixed)])

    def _bound(self, word: str) -> str:
        if word[0] in "@%#":
            return f"{word[1:]} H{word[1:]}"
        if word[0] == "=":
            return f"E{word[1:]}"
        if word[0].isdigit():
            facts = [f"F{n}" for n in word.split("+")]
            return facts[0] if len(facts) == 1 else f"[{self._pattern(facts)}]"
        return word

    def _pattern(self, facts: list[str]) -> str:
        return " ".join(facts) if len(facts) == 2 else f"{facts[0]} [{self._pattern(facts[1:])}]"

    # -- what the derivation has shown ----------------------------------------------------

    def fixed(self) -> list[str]:
        """The arguments that every step of the section takes."""
        goal, running = self.goal, self.derived.running
        found = [f"{SIZES[sort]} H{SIZES[sort]}" for sort, size in goal.sizes if size is None]
        found += [f"{name} H{name}" for name, _ in goal.permutations]
        found += [f"{index.name} H{index.name}" for index in goal.indices]
        found += [spelled(name) for name, _ in goal.variables if name not in running]
        return found + [f"F{n}" for n, fact in enumerate(goal.facts) if not self.derived.runs(fact)]

    def _part(self, place: int, part: Part) -> str:
        step = self.derived.derivation.establishes[place]
        lemma = self.derived.lemmas[step]
        names = [word for name in part.indices for word in (name, f"H{name}")]
        binders, arguments = self._running(part)
        indices = [word for index in lemma.indices for word in (index.name, f"H{index.name}")]
        proof = f"({self.module}_{place} {' '.join([*self.fixed(), *arguments, *indices])})"
        if part.pools:
            proof = self._pooled(part, proof)
        elif part.shape is not None:
            proof = self._domain(place, part, lemma, proof)
        binders = [*binders, *names]
        return f"(fun {' '.join(binders)} => {proof})" if binders else proof

    def _pooled(self, part: Part, proof: str) -> str:
        """The same of the pools of two families that the kernel's term stands for."""
        indices = (*self.goal.indices, cast(Free, Free("i", "outcome")))
        ctx = Context(self.goal, {index: (index.name, f"H{index.name}") for index in indices})
        if part.shape is not None:
            inside = self.rule.pooled(part.pools[0], ctx).defined(self.rule.value, "H")
            return f"((fun H => {inside}) {proof})"
        before, after = self.rule.sides(part, ctx)
        return str(trans(before, proof, symmetric(after)))

    def _running(self, part: Part) -> tuple[list[str], list[str]]:
        """What the part is universal in besides indices, and what its theorem takes."""
        derived = self.derived
        if part.kind == "plain":
            return [], []
        if derived.jointly:
            return self._joint(part)
        (name,) = derived.running
        facts = [f"F{n}" for n, fact in enumerate(self.goal.facts) if derived.runs(fact)]
        if part.kind == "running":
            return [name, *facts], [name, *facts]
        words = [f"{name}_", *(f"{fact}_" for fact in facts), f"{name}_runs"]
        return words, words

    def _joint(self, part: Part) -> tuple[list[str], list[str]]:
        ends = ["(proj1 Hp)", "(proj2 Hp)", "(proj1 Hw)", "(proj2 Hw)", "HT"]
        end = ["T", "p", "w", *ends]
        if part.kind == "running":
            return ["p", "w", "T", "Hp", "Hw", "HT"], end
        members = [f"(fun {MOMENT} => {side} (G{n} {MOMENT}))" for n in "pw" for side in ("proj1", "proj2")]
        binders = [
            "p_",
            "w_",
            "T_",
            "p",
            "w",
            "T",
            "Gp",
            "Gw",
            "GT",
            "Hp",
            "Hw",
            "HT",
            "p_runs",
            "w_runs",
            "T_runs",
        ]
        return binders, [*end, "T_", "p_", "w_", *members, "GT", "T_runs", "p_runs", "w_runs"]

    def _domain(self, place: int, part: Part, lemma: Lemma, proof: str) -> str:
        conclusion = self.goal.conclusions[place]
        if not isinstance(conclusion, Defined) or part.shape is None:
            raise Unexported(f"a domain as conclusion {place}")
        indices = {*self.goal.indices, *lemma.indices, *(named(conclusion, n) for n in part.indices)}
        ctx = Context(self.goal, {index: (safe(index), f"H{safe(index)}") for index in indices})
        inside = Domains(ctx, self.rule.value).holds(part.shape, conclusion.term, "H")
        return f"((fun H => {inside}) {proof})" if lemma else inside


class Disproved:
    """The refutation of a statement at the sizes of a witness."""

    def __init__(
        self, refuted: Refuted, wording: Wording, rule: Rule, unknowns: Unknowns | None = None
    ) -> None:
        self.refuted = refuted
        self.unknowns = unknowns
        self.goal = refuted.sized
        self.wording = wording
        self.rule = rule
        self.numbers = {index.name: n for index, n in refuted.indices()}

    def proof(self) -> str:
        place = self.refuted.witness.conclusion
        conclusion = self.goal.conclusions[place]
        if isinstance(conclusion, Continuous):
            place = 1
        part = self.wording.parts[place]
        words = [self._given(word) for word in self.wording.binders.split()]
        whole = " ".join(["H", *words])
        inner = split(f"({whole})", len(self.wording.parts))[place]
        given = " ".join([*self._running(part), *(self._index(name) for name in part.indices)])
        claim = f"({inner} {given})" if given else inner
        if self.unknowns is not None:
            return self.unknowns.refuted(self._words()) + self._contradicted(place, claim)
        return self._contradicted(place, claim)

    def _contradicted(self, place: int, claim: str) -> str:
        part = self.wording.parts[place]
        if part.pools:
            return f"intros H. exact (fails {self._pooled(part, claim)})."
        formula = cast(Formula, instantiate(self.goal.conclusions[place], dict(self.refuted.indices())))
        if part.shape is None:
            return f"intros H. exact (fails {self._transported(claim, formula)})."
        assert isinstance(formula, Defined)
        shape = cast(Term, instantiate(part.shape, dict(self.refuted.indices())))
        failures = self.refuted.failures
        if self.unknowns is not None:
            failures = Failures(failures.numbers, self._moved)
        false = failures.undefined(shape, formula.term, claim, self._value(shape))
        return f"intros H. exact {false}."

    def _words(self) -> dict[str, str]:
        return cast(Unknowns, self.unknowns).words(self.refuted.indices())

    def _transported(self, claim: str, formula: Formula) -> str:
        """What is said of a function that solves, said of the solutions."""
        return claim if self.unknowns is None else self._moved(claim, lambda ctx: ctx.formula(formula))

    def _moved(self, proof: str, claim: Callable[[Context], str], back: bool = False) -> str:
        unknowns = cast(Unknowns, self.unknowns)
        return unknowns.moved(proof, claim, self.refuted.context, self._words(), back)

    def _pooled(self, part: Part, claim: str) -> str:
        """What the kernel's terms are said to be, from what the pools of two families are."""
        if part.shape is not None:
            raise Unexported("where the pool of two families is undefined")
        names = {index: tuple(self._index(index.name).split(" ", 1)) for index, _ in self.refuted.indices()}
        ctx = replace(self.refuted.context, names=cast("dict[Free, tuple[str, str]]", names))
        before, after = self.rule.sides(part, ctx)
        return str(trans(symmetric(before), claim, after))

    def _value(self, shape: Term) -> Term:
        return cast(Term, instantiate(self.rule.value, {Free("i", "outcome"): 1}))

    def _given(self, word: str) -> str:
        if word[0] == "@":
            return self._index(word[1:])
        if word[0] == "%":
            return f"{word[1:]} H{word[1:]}"
        if word[0] == "#":
            sort = sort_of(self.goal, word[1:])
            size, least = self.goal.size(sort), LEAST.get(sort, 1)
            return f"{size}%nat (ltac:(lia) : ({least} <= {size})%nat)"
        if word[0] == "=":
            return "eq_refl"
        if word[0].isdigit():
            return conjoined([self._fact(int(n)) for n in word.split("+")])
        return word

    def _fact(self, number: int) -> str:
        """A fact about the witness, in the words of the statement."""
        fact = self.goal.facts[number]
        if self.unknowns is None or variables(fact.conclusion).isdisjoint(self.unknowns.names):
            return f"F{number}"
        return self._moved(f"F{number}", lambda ctx: self.refuted.claim(fact, ctx), back=True)

    def _index(self, name: str) -> str:
        index = next(index for index, _ in self.refuted.indices() if index.name == name)
        literal = cast(Index, Literal(self.numbers[name], index.sort))
        return f"{self.refuted.context.index(literal)} {self.refuted.context.within(literal)}"

    def _running(self, part: Part) -> list[str]:
        if part.kind == "plain":
            return []
        if self.goal.limit is None:
            return ["p w T (conj F0 F1) (conj F2 F3) F4"]
        name = self.goal.limit[0]
        facts = [f"F{n}" for n, fact in enumerate(self.goal.facts) if name in variables(fact.conclusion)]
        return [name, *facts]


class Diverging(Disproved):
    """The refutation of a statement about a limit by another limit."""

    def proof(self) -> str:
        conclusion = cast(Tends, self.goal.conclusions[self.refuted.witness.conclusion])
        part = self.wording.parts[self.refuted.witness.conclusion]
        words = " ".join(["H", *(self._given(word) for word in self.wording.binders.split())])
        inner = split(f"({words})", len(self.wording.parts))[self.refuted.witness.conclusion]
        assert self.goal.limit is not None
        name, direction = self.goal.limit
        sequence = SEQUENCE[direction]
        given = [sequence, f"{sequence}_gt_0", f"{sequence}_to_{direction}", *map(self._index, part.indices)]
        formula = cast(Tends, instantiate(conclusion, dict(self.refuted.indices())))
        false = differ(self.refuted.numbers, formula, name, direction, f"({inner} {' '.join(given)})")
        return f"intros H. exact {false}."


class Jumping(Disproved):
    """The refutation of continuity by the limits along paths."""

    def __init__(self, refuted: Refuted, wording: Wording, rule: Rule, moving: Sequence[Moving]) -> None:
        super().__init__(refuted, wording, rule)
        self.moving = moving

    def proof(self) -> str:
        conclusion = cast(Continuous, self.goal.conclusions[self.refuted.witness.conclusion])
        term = cast(Term, instantiate(conclusion.term, dict(self.refuted.indices())))
        (name,) = self.wording.parts[0].indices
        return f"intros H. exact {contradicted(self.moving, term, '(proj1 H)', self._index(name))}."


def named(formula: Formula, name: str) -> Free:
    """The free index of that name in a formula, or one of the outcomes."""
    return next((index for index in formula.free if index.name == name), cast(Free, Free(name, "outcome")))


__all__ = [
    "Disproved",
    "Diverging",
    "Jumping",
    "Proved",
    "Rule",
    "at_sizes",
    "quantifiers",
]
