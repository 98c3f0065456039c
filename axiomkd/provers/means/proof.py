"""The proof as it is written: every step is checked by its rule when it is added."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from axiomkd.kernel.check import apply_rule
from axiomkd.kernel.evidence import Derivation, Parameter, Step
from axiomkd.kernel.judgement import Goal, Judgement, Refused
from axiomkd.kernel.terms import (
    ZERO,
    Formula,
    Term,
)

Lemma = Callable[[Goal], Derivation | None]
"""Proves that a term is positive, or nonnegative, where its parts do not show it."""


@dataclass
class Proof:
    """The steps so far, each checked by its rule when it is added."""

    goal: Goal
    lemma: Lemma
    steps: list[Step] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)
    facts: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        plain = [(n, fact) for n, fact in enumerate(self.goal.facts) if not fact.hypotheses]
        self.facts = tuple(self.add("fact", fact.conclusion, (), n, *fact.indices) for n, fact in plain)

    def add(self, rule: str, formula: Formula, premises: Sequence[int] = (), *parameters: Parameter) -> int:
        step = Step(rule, formula, tuple(premises), parameters)
        self.judgements.append(apply_rule(self.goal, self.judgements, step))
        self.steps.append(step)
        return len(self.steps) - 1

    def sign(self, kind: type[Formula], value: Term) -> int:
        """That 0 < value or 0 <= value, by the signs of its parts or by a lemma."""
        formula = cast(Formula, kind(ZERO, value))
        try:
            return self.add("sign_of_parts", formula, self.facts)
        except Refused:
            found = self.lemma(replace(self.goal, conclusions=(formula,)))
        if found is None:
            raise Refused("expected the sign of", value)
        return self.adopt(found)

    def adopt(self, derivation: Derivation) -> int:
        first = len(self.steps)
        for step in derivation.steps:
            moved = tuple(first + number for number in step.premises)
            self.add(step.rule, step.conclusion, moved, *step.parameters)
        return first + derivation.establishes[0]

    def derivation(self, last: int) -> Derivation:
        """The steps that the last one needs, numbered anew."""
        needed, waiting = set[int](), [last]
        while waiting:
            number = waiting.pop()
            if number not in needed:
                needed.add(number)
                waiting.extend(self.steps[number].premises)
        place = {old: new for new, old in enumerate(sorted(needed))}
        steps = [
            replace(self.steps[n], premises=tuple(place[m] for m in self.steps[n].premises)) for n in place
        ]
        return Derivation(tuple(steps), (place[last],))
