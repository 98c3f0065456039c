"""The book in which a proof is written: every step is checked by its rule when it is added."""

from __future__ import annotations

import itertools
import time
from typing import cast

from axiomkd.kernel.application import Application
from axiomkd.kernel.check import apply_rule
from axiomkd.kernel.evidence import Derivation, Parameter, Step
from axiomkd.kernel.judgement import Goal, Judgement
from axiomkd.kernel.rules import RULES
from axiomkd.kernel.terms import Formula, Free


class NoProof(Exception):
    """This way does not lead to a proof; another may."""


class Book:
    """The steps written so far, and until when the search may go on, in processor seconds."""

    def __init__(self, goal: Goal, seconds: float) -> None:
        self.goal = goal
        self.steps: list[Step] = []
        self.judgements: list[Judgement] = []
        self.until = time.process_time() + seconds
        self._found: dict[Formula, list[int]] = {}
        self._names = (f"n{number}" for number in itertools.count(1))

    def spend(self) -> None:
        """Raise :class:`NoProof` when the time is over."""
        if time.process_time() > self.until:
            raise NoProof("the time is over")

    def index(self, sort: str) -> Free:
        """A new index, of which nothing is assumed."""
        return cast(Free, Free(next(self._names), sort))

    def add(self, rule: str, formula: Formula, premises: tuple[int, ...] = (), *parameters: Parameter) -> int:
        """Write a step, or find it; raises ``Refused`` if the rule does not give it."""
        self.spend()
        step = Step(rule, formula, premises, parameters)
        judgement = apply_rule(self.goal, self.judgements, step)
        for number in self._found.get(formula, ()):
            if self.judgements[number].assumptions <= judgement.assumptions:
                return number
        self.steps.append(step)
        self.judgements.append(judgement)
        self._found.setdefault(formula, []).append(len(self.steps) - 1)
        return len(self.steps) - 1

    def add_leaning(
        self, rule: str, formula: Formula, offered: tuple[int, ...], *parameters: Parameter
    ) -> int:
        """Write a step whose premises are those offered on which the rule leans."""
        premises = tuple(self.judgements[number] for number in offered)
        application = Application(self.goal, formula, premises, parameters)
        RULES[rule].check(application)
        used = tuple(number for place, number in enumerate(offered) if place in application.used)
        return self.add(rule, formula, used, *parameters)

    def cases(
        self,
        rule: str,
        formula: Formula,
        branches: dict[Formula, int],
        *parameters: Parameter,
        also: int = -1,
    ) -> int:
        """The formula from a step for each case; a step that does not use its case is enough by itself."""
        for case, step in branches.items():
            if case not in self.judgements[step].assumptions:
                return step
        first = () if also < 0 else (also,)
        return self.add(rule, formula, (*first, *branches.values()), *parameters)

    def find(self, formula: Formula, assumed: frozenset[Formula]) -> int | None:
        """A step that gives the formula under no more than these assumptions."""
        for number in self._found.get(formula, ()):
            if self.judgements[number].assumptions <= assumed:
                return number
        return None

    def general(self, number: int) -> list[Free]:
        """The indices for which a step holds whatever they are, in the order in which a template has them."""
        judgement = self.judgements[number]
        fixed = set(self.goal.indices).union(*(a.free for a in judgement.assumptions))
        return sorted(judgement.formula.free - fixed, key=lambda index: (index.name, index.sort))

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
        steps = tuple(_renumbered(self.steps[number], place) for number in sorted(needed))
        return Derivation(steps, tuple(place[number] for number in establishes))


def _renumbered(step: Step, place: dict[int, int]) -> Step:
    premises = tuple(place[number] for number in step.premises)
    return Step(step.rule, step.conclusion, premises, step.parameters)
