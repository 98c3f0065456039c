"""Rules that are given by an equation, in Rocq: theorems about every function that solves it.

Such a rule takes a function first that gives the unknown of every input. A proved cell is a theorem about
the functions that solve the equation at every input of the domain; a refuted one says that there are an
input and a solution there such that no rule that gives this solution has what the statement says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from axiomkd.export.context import SIZES, Context, Unexported, conjoined, conjunction, quantified, spelled
from axiomkd.export.derivation import safe
from axiomkd.export.naming import rule_name
from axiomkd.export.prover import split
from axiomkd.export.ranges import names_of
from axiomkd.export.wording import Input
from axiomkd.kernel.judgement import LEAST, Goal
from axiomkd.kernel.terms import Free
from axiomkd.language.implicit import Implicit
from axiomkd.operator import Operator
from axiomkd.theories.ensemble.signature import ENSEMBLE

SOLVED = """Definition {name}_solves {parameters}(K V : nat) {inputs} {unknown} : Prop :=
  {conditions}.
Definition {name}_solved {parameters}{solution} : Prop :=
  forall K V : nat, {sizes}forall {names}, {interior}
  {name}_solves {applied}K V {names} (solution K V {names}).
Definition {name}_solved_closed {parameters}{solution} : Prop :=
  forall K V : nat, {sizes}forall {names}, {closed}
  (forall i, (i < V)%nat -> {name}_defined {applied}solution K V p {T} {raw} w i) ->
  {name}_solves {applied}K V {names} (solution K V {names}).
"""
DOMAINS = {
    "p": "{closed} K V p -> ",
    "raw": "{closed} K V raw -> ",
    "w": "weights K w -> ",
    "T": "positive K T -> ",
}

Claim = Callable[[Context], str]
"""A claim as a context writes it."""


def real(sorts: tuple[str, ...]) -> str:
    """The type of a variable with such indices."""
    return "nat -> " * len(sorts) + "R"


def solution_type(implicit: Implicit) -> str:
    """A function that gives the unknown of every input."""
    inputs = "".join(f"({real(sorts)}) -> " for sorts in implicit.inputs.values())
    return f"(solution : nat -> nat -> {inputs}{real(implicit.sorts)})"


def solved_at(implicit: Implicit) -> str:
    """The unknown at the input of a rule."""
    return f"(solution K V {' '.join(implicit.inputs)})"


def conditions(operator: Operator, ctx: Context) -> str:
    """What a solution satisfies, in the words of the declaration."""
    assert operator.implicit is not None
    found = []
    for condition in operator.implicit.conditions:
        indices = sorted(condition.free, key=lambda index: index.key)
        inner = replace(ctx, names={index: (safe(index), f"H{safe(index)}") for index in indices})
        found.append("".join(quantified(inner, index) for index in indices) + inner.formula(condition))
    return found[0] if len(found) == 1 else conjunction([f"({part})" for part in found])


def solution_header(operator: Operator, ctx: Context) -> str:
    """What it means that a number, or a function, is a solution."""
    implicit = cast(Implicit, operator.implicit)
    names = list(implicit.inputs)
    parameters = names_of(operator)

    def domains(word: str) -> str:
        return "".join(DOMAINS[name].format(closed=word) for name in names)

    return SOLVED.format(
        name=rule_name(operator.id),
        parameters=f"({parameters} : R) " if parameters else "",
        applied=f"{parameters} " if parameters else "",
        inputs=" ".join(f"({name} : {real(sorts)})" for name, sorts in implicit.inputs.items()),
        unknown=f"({spelled(implicit.name)} : {real(implicit.sorts)})",
        solution=solution_type(implicit),
        conditions=conditions(operator, ctx),
        sizes="".join(_size(operator, sort) for sort in ("teacher", "outcome")),
        names=" ".join(names),
        interior=domains("interior").strip(),
        closed=domains("closed").strip(),
        T="T" if "T" in names else "(fun _ => 1)",
        raw="raw" if "raw" in names else "p",
    )


def _size(operator: Operator, sort: str) -> str:
    """The sizes for which an operator is meant."""
    letter, fixed = SIZES[sort], dict(operator.sizes).get(sort)
    least = dict(operator.least).get(sort, LEAST.get(sort, 1))
    return f"({letter} = {fixed})%nat -> " if fixed else f"({least} <= {letter})%nat -> "


@dataclass(frozen=True)
class Unknowns:
    """The variables of a goal that stand for unknowns, their inputs, and the facts about them."""

    operator: Operator
    goal: Goal
    inputs: tuple[Input, ...]

    @property
    def implicit(self) -> Implicit:
        return cast(Implicit, self.operator.implicit)

    @property
    def names(self) -> list[str]:
        """The variables in the order in which the goal names them.

        :raises Unexported: where the wording of the statement has other inputs than the goal.
        """
        stem = re.compile(rf"{self.implicit.name}(\d+)")
        taken = {*ENSEMBLE.variables, *ENSEMBLE.taken, *self.operator.ranges}
        numbers = [
            int(m[1]) for name, _ in self.goal.variables if (m := stem.fullmatch(name)) and name not in taken
        ]
        if len(numbers) != len(self.inputs):
            raise Unexported(f"{len(numbers)} inputs at which a rule with an unknown is asked")
        return [f"{self.implicit.name}{number}" for number in sorted(numbers)]

    def facts(self, place: int) -> range:
        """The numbers of the facts about one of them; they are the last of a goal."""
        each = len(self.implicit.conditions)
        first = len(self.goal.facts) - each * (len(self.inputs) - place)
        return range(first, first + each)

    # -- their inputs, in words -----------------------------------------------------------

    def at(self, place: int, words: Mapping[str, str]) -> str:
        """Sizes and input of one of them, as arguments; ``words`` stand for sizes and indices."""
        given = self.inputs[place]
        values = {
            "p": given.teachers,
            "w": given.weights,
            "T": given.temperatures,
            "raw": given.raw or given.teachers,
        }
        text = " ".join(["K", given.outcomes, *(values[name] for name in self.implicit.inputs)])
        return re.sub(r"[A-Za-z_][\w']*", lambda found: words.get(found[0], found[0]), text)

    def words(self, indices: Sequence[tuple[Free, int]] = ()) -> dict[str, str]:
        """What stands for sizes that are fixed and for indices of the goal that are given."""
        fixed = {SIZES[sort]: f"{size}%nat" for sort, size in self.goal.sizes if size is not None}
        given = {index.name: f"{n - 1}%nat" for index, n in indices if index in self.goal.indices}
        return {**fixed, **given}

    def solves(self, place: int, words: Mapping[str, str], value: str) -> str:
        parameters = " ".join(
            filter(None, [f"{rule_name(self.operator.id)}_solves", names_of(self.operator)])
        )
        return f"{parameters} {self.at(place, words)} {value}"

    def scenarios(self, words: Mapping[str, str]) -> str:
        return f"forall s : nat, (s < {words.get('N', 'N')})%nat -> "

    # -- proved ---------------------------------------------------------------------------

    @property
    def solved(self) -> str:
        """What a theorem supposes of the function that solves."""
        closed = "_closed" if any(given.closed for given in self.inputs) else ""
        parameters = f"{names_of(self.operator)} " if self.operator.ranges else ""
        return f"{rule_name(self.operator.id)}_solved{closed} {parameters}solution"

    def posed(self) -> str:
        """The unknowns and the facts about them, for the rest of a proof."""
        return "".join(self._posed(place, name) for place, name in enumerate(self.names))

    def _posed(self, place: int, name: str) -> str:
        words, value = self.words(), spelled(name)
        if not self.inputs[place].scenario:
            text = f"pose ({value} := solution {self.at(place, words)}). "
            text += f"assert ({self.solves(place, words, value)}) as S{place} by (apply solved; in_domain). "
            return text + self._facts(place, f"S{place}", "{}")
        text = f"pose ({value} := fun s : nat => solution {self.at(place, words)}). "
        claim = f"{self.scenarios(words)}{self.solves(place, words, f'({value} s)')}"
        text += f"assert ({claim}) as S{place} by (intros s Hs; apply solved; in_domain). "
        return text + self._facts(place, f"(S{place} s Hs)", "fun s Hs => {}")

    def _facts(self, place: int, proof: str, under: str) -> str:
        parts = split(proof, len(self.facts(place)))
        return "".join(
            f"pose proof ({under.format(part)}) as F{n}. "
            for n, part in zip(self.facts(place), parts, strict=True)
        )

    # -- refuted --------------------------------------------------------------------------

    def refutation(self, claim: str, words: Mapping[str, str]) -> str:
        """That there are an input and its solutions with which no rule has what is claimed."""
        names = self.names
        solves = [
            self._each(place, words, self.solves(place, words, self._value(place, name)))
            for place, name in enumerate(names)
        ]
        given = [f"{part} -> " for part in self._given(words)]
        body = " /\\ ".join([*solves, f"forall solution, {''.join(given)}~ {claim}"])
        bound = "".join(f" ({spelled(name)} : {real(sorts)})" for name, sorts in self._bound(words))
        permuted = "".join(f" ({name} : nat -> nat)" for name, _ in self._permuted(words))
        return f"exists{bound}{permuted}, {body}"

    def _spoken(self, words: Mapping[str, str]) -> set[str]:
        text = " ".join(self.at(place, words) for place in range(len(self.inputs)))
        return {*re.findall(r"[A-Za-z_][\w']*", text), *map(spelled, self.names)}

    def _bound(self, words: Mapping[str, str]) -> list[tuple[str, tuple[str, ...]]]:
        spoken = self._spoken(words)
        return [
            (name, sorts)
            for name, sorts in self.goal.variables
            if spelled(name) in spoken and name not in self.operator.ranges
        ]

    def _permuted(self, words: Mapping[str, str]) -> list[tuple[str, str]]:
        return [(name, sort) for name, sort in self.goal.permutations if name in self._spoken(words)]

    def _each(self, place: int, words: Mapping[str, str], claim: str) -> str:
        return f"({self.scenarios(words)}{claim})" if self.inputs[place].scenario else claim

    def _value(self, place: int, name: str) -> str:
        return f"({spelled(name)} s)" if self.inputs[place].scenario else spelled(name)

    def _given(self, words: Mapping[str, str]) -> list[str]:
        """That a function gives the solutions."""
        pairs = enumerate(self.names)
        return [
            self._each(n, words, f"solution {self.at(n, words)} = {self._value(n, name)}")
            for n, name in pairs
        ]

    def refuted(self, words: Mapping[str, str]) -> str:
        """How the proof of a refutation begins."""
        names = [spelled(name) for name, _ in self._bound(words)] + [
            name for name, _ in self._permuted(words)
        ]
        text = "".join(f"exists {name}. " for name in names)
        for place in range(len(self.inputs)):
            text += f"split; [exact {self._solved(place)}|]. "
        return f"{text}intros solution {' '.join(f'E{n}' for n in range(len(self.inputs)))}. "

    def _solved(self, place: int) -> str:
        facts = [f"F{n}" for n in self.facts(place)]
        if not self.inputs[place].scenario:
            return conjoined(facts)
        return f"(fun s Hs => {conjoined([f'({fact} s Hs)' for fact in facts])})"

    def moved(
        self,
        proof: str,
        claim: Callable[[Context], str],
        ctx: Context,
        words: Mapping[str, str],
        back: bool = False,
    ) -> str:
        """A proof of a claim about the solutions from one about what a function gives; or ``back``."""
        values = {name: self._values(place, words, back) for place, name in enumerate(self.names)}
        for place, name in enumerate(self.names):
            others = self._values(place, words, not back)
            for number, (old, new) in enumerate(zip(values[name], others, strict=True)):
                values[name][number] = "u"
                motive = f"(fun u : {real(self.implicit.sorts)} => {claim(self._speaking(ctx, values))})"
                values[name][number] = new
                rule = "eq_ind_r" if back else "eq_ind"
                proof = f"(@{rule} _ {old} {motive} {proof} {new} {self._equation(place, number)})"
        return proof

    def _values(self, place: int, words: Mapping[str, str], solved: bool) -> list[str]:
        """The unknowns of an input, one for each scenario, as solutions or as what the function gives."""
        name = spelled(self.names[place])
        if not self.inputs[place].scenario:
            return [name if solved else f"(solution {self.at(place, words)})"]
        numbers = [f"{n}%nat" for n in range(dict(self.goal.sizes)["scenario"] or 0)]
        if solved:
            return [f"({name} {number})" for number in numbers]
        return [f"(solution {self.at(place, {**words, 's': number})})" for number in numbers]

    def _equation(self, place: int, number: int) -> str:
        return f"(E{place} {number}%nat ltac:(lia))" if self.inputs[place].scenario else f"E{place}"

    def _speaking(self, ctx: Context, values: Mapping[str, list[str]]) -> Context:
        """Where the unknowns are written so."""
        heads = {name: self._head(place, values[name]) for place, name in enumerate(self.names)}
        return replace(ctx, variables={**ctx.variables, **heads})

    def _head(self, place: int, values: list[str]) -> str:
        if not self.inputs[place].scenario:
            return values[0]
        *first, last = values
        cases = "".join(f"| {n}%nat => {value} " for n, value in enumerate(first))
        return f"(fun s : nat => match s with {cases}| _ => {last} end)"
