"""The steps of a derivation while it is written; every step is checked by its rule when it is added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from axiomkd.kernel.check import apply_rule
from axiomkd.kernel.evidence import Derivation, Parameter, Step
from axiomkd.kernel.judgement import Goal, Judgement
from axiomkd.kernel.terms import Formula, Free, Literal, Same, substitute

Case = Mapping[Free, Literal]
"""The number of each index that a formula speaks of."""


@dataclass
class Steps:
    goal: Goal
    steps: list[Step] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)

    def add(self, rule: str, formula: Formula, premises: tuple[int, ...] = (), *parameters: Parameter) -> int:
        """Write a step; raises ``Refused`` if the rule refuses it."""
        step = Step(rule, formula, premises, parameters)
        if step in self.steps:
            return self.steps.index(step)
        self.judgements.append(apply_rule(self.goal, self.judgements, step))
        self.steps.append(step)
        return len(self.steps) - 1

    def formula(self, number: int) -> Formula:
        return self.judgements[number].formula

    def same(self, index: Free, literal: Literal) -> int:
        return self.add("assumption", cast(Formula, Same(index, literal)))

    def at(self, number: int, case: Case) -> int:
        """A step with its indices replaced by their numbers in this case."""
        for index in sorted(self.formula(number).free & case.keys(), key=lambda index: index.key):
            literal = case[index]
            formula = cast(Formula, substitute(self.formula(number), {index: literal}))
            number = self.add("same_index", formula, (self.same(index, literal), number), index, literal)
        return number

    def derivation(self, establishes: tuple[int, ...]) -> Derivation:
        """The steps that the conclusions need, numbered anew."""
        needed: set[int] = set()
        waiting = list(establishes)
        while waiting:
            number = waiting.pop()
            if number not in needed:
                needed.add(number)
                waiting.extend(self.steps[number].premises)
        place = {old: new for new, old in enumerate(sorted(needed))}
        kept = (self.steps[number] for number in sorted(needed))
        steps = tuple(
            Step(step.rule, step.conclusion, tuple(place[n] for n in step.premises), step.parameters)
            for step in kept
        )
        return Derivation(steps, tuple(place[n] for n in establishes))
