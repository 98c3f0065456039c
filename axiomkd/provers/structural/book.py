"""The book in which a proof is written: every step is checked by its rule when it is added."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import cast

from axiomkd.kernel.application import Application
from axiomkd.kernel.check import apply_rule
from axiomkd.kernel.evidence import Derivation, Parameter, Step
from axiomkd.kernel.judgement import Goal, Judgement, Refused
from axiomkd.kernel.rules import RULES
from axiomkd.kernel.terms import Formula, Free, Index, Literal, Node, Term, substitute


class NoProof(Refused):
    """This way does not lead to a proof; another may."""


class Exhausted(Exception):
    """The search has asked as many questions as it may; counting them makes it the same on every machine."""


EFFORT = 10_000
"""Questions to the kernel for one goal; the longest proof of the catalogue takes about 4,500."""


class Book:
    """Steps written so far, and which of them may be leaned on.

    ``order_attempts`` are the ways to prove an inequality, in the order in which they are tried;
    ``sign_of_difference`` is there for goals in which such signs are asked for.
    """

    def __init__(
        self, goal: Goal, order_attempts: tuple[Callable[..., int], ...], effort: int = EFFORT
    ) -> None:
        self.goal = goal
        self.steps: list[Step] = []
        self.judgements: list[Judgement] = []
        self.known: list[int] = []
        self.memory: dict[object, object] = {}
        self.in_force: frozenset[Formula] = frozenset()
        self.order_attempts = order_attempts
        self.effort = self.allowed = effort
        self.reserve = 0
        self.sign_of_difference: Callable[..., int] | None = None
        self._by_formula: dict[Formula, list[int]] = {}
        self._names = (f"{letter}{n}" for n in itertools.count(1) for letter in "n")
        self._write_facts()

    def _write_facts(self) -> None:
        for number, fact in enumerate(self.goal.facts):
            if fact.hypotheses:
                continue
            indices = [self.index(index.sort) for index in fact.indices]
            renamed = dict(zip(fact.indices, indices, strict=True))
            formula = cast(Formula, substitute(fact.conclusion, renamed))
            self.know(self.add("fact", formula, (), number, *indices))

    def index(self, sort: str) -> Free:
        """A new index of which nothing is assumed."""
        return cast(Free, Free(next(self._names), sort))

    def index_for(self, *nodes: Term) -> Free:
        """An index to open binders with: new when first asked for, then always the same for these nodes."""
        key = ("index", *nodes)
        if key not in self.memory:
            self.memory[key] = self.index(cast(str, nodes[0].parts[1]))
        return cast(Free, self.memory[key])

    def formula(self, number: int) -> Formula:
        return self.judgements[number].formula

    def find(self, formula: Formula) -> int | None:
        """A step that holds without assumptions beyond those in force."""
        for number in self._by_formula.get(formula, ()):
            if self.judgements[number].assumptions <= self.in_force:
                return number
        return None

    def add(self, rule: str, formula: Formula, premises: tuple[int, ...] = (), *parameters: Parameter) -> int:
        """Write a step; raises :class:`NoProof` if the rule refuses it."""
        self.spend()
        step = Step(rule, formula, premises, parameters)
        try:
            judgement = apply_rule(self.goal, self.judgements, step)
        except Refused as reason:
            raise NoProof(rule, ":", reason) from None
        if not judgement.assumptions <= self.in_force | ({formula} if rule == "assumption" else set()):
            raise NoProof(rule, "rests on assumptions that are no longer made")
        for number in self._by_formula.get(formula, ()):
            if self.judgements[number].assumptions <= judgement.assumptions:
                return number
        self.steps.append(step)
        self.judgements.append(judgement)
        self._by_formula.setdefault(formula, []).append(len(self.steps) - 1)
        return len(self.steps) - 1

    def add_from_known(
        self, rule: str, formula: Formula, *parameters: Parameter, also: tuple[int, ...] = ()
    ) -> int:
        """Write a step whose premises are those among the known ones that the rule leans on."""
        self.spend()
        offered = (*also, *(n for n in reversed(self.known) if n not in also))
        application = Application(self.goal, formula, tuple(self.judgements[n] for n in offered), parameters)
        try:
            RULES[rule].check(application)
        except Refused as reason:
            raise NoProof(rule, ":", reason) from None
        used = tuple(n for position, n in enumerate(offered) if position in application.used)
        return self.add(rule, formula, used, *parameters)

    def spend(self) -> None:
        """Count a question to the kernel; raises :class:`Exhausted` when there have been too many."""
        self.effort -= 1
        if self.effort < self.reserve:
            raise Exhausted("the questions to the kernel are used up")

    @contextmanager
    def sparing(self, reserve: int) -> Iterator[None]:
        """Inside, so many questions are left for later; :class:`NoProof` when the others are used up."""
        before, self.reserve = self.reserve, reserve
        try:
            yield
        except Exhausted as reason:
            raise NoProof(reason) from None
        finally:
            self.reserve = before

    def know(self, number: int) -> int:
        """From now on the step counts as known."""
        if number not in self.known:
            self.known.append(number)
        return number

    @contextmanager
    def assuming(self, formula: Formula) -> Iterator[int]:
        """Inside, the formula and what is learnt from it count as known."""
        before, in_force = list(self.known), self.in_force
        self.in_force |= {formula}
        memory, self.memory = self.memory, dict(self.memory)
        number = self.add("assumption", formula)
        self.know(number)
        try:
            yield number
        finally:
            self.known, self.in_force = before, in_force
            self.memory = memory

    def derivation(self, establishes: tuple[int, ...]) -> Derivation:
        """The steps that the conclusions need, numbered anew."""
        needed: set[int] = set()
        waiting = list(establishes)
        while waiting:
            number = waiting.pop()
            if number not in needed:
                needed.add(number)
                waiting.extend(self.steps[number].premises)
        order = sorted(needed)
        place = {old: new for new, old in enumerate(order)}
        steps = tuple(
            Step(
                self.steps[n].rule,
                self.steps[n].conclusion,
                tuple(place[m] for m in self.steps[n].premises),
                self.steps[n].parameters,
            )
            for n in order
        )
        return Derivation(steps, tuple(place[n] for n in establishes))


def general_names(book: Book, number: int) -> list[Free]:
    """The indices of a step that stand for any, in the order in which a template names them."""
    judgement = book.judgements[number]
    fixed = set(book.goal.indices).union(*(a.free for a in judgement.assumptions))
    return sorted(judgement.formula.free - fixed, key=lambda index: index.name)


def indices_in_scope(book: Book, node: Node, sort: str) -> list[Index]:
    """Indices of a sort that a step about the node may speak of."""
    found = [
        index
        for index in (*book.goal.indices, *sorted(node.free, key=lambda x: x.name))
        if index.sort == sort
    ]
    assumed = [
        index
        for number in book.known
        for assumption in book.judgements[number].assumptions
        for index in sorted(assumption.free, key=lambda x: x.name)
        if index.sort == sort
    ]
    first = cast(Index, Literal(1, sort))
    return list(dict.fromkeys([*reversed(assumed), *found, first]))
