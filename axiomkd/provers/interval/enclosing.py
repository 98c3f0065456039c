"""One formula by a box: its coordinates and their bounds, then the search, then the step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import cast

import flint

from axiomkd.kernel.boxes import OUTSIDE, PRECISION, Definition, Domain, gap, interval, written_out
from axiomkd.kernel.evaluation import Undecided
from axiomkd.kernel.evidence import Parameter
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.ranges import NOTHING, Range, point
from axiomkd.kernel.terms import ZERO, Equal, Formula, Less, Term, Variable
from axiomkd.provers.interval.facts import Bound, Known, Solved, bounds, closed_facts, entries, solve
from axiomkd.provers.interval.search import subdivide
from axiomkd.provers.interval.steps import Case, Steps


@dataclass(frozen=True)
class Inputs:
    """What the facts say of the inputs in one case of the indices."""

    steps: Steps
    case: Case
    deadline: float

    @cached_property
    def facts(self) -> list[Known]:
        return closed_facts(self.steps, self.case)

    @cached_property
    def solved(self) -> list[Solved]:
        return solve(self.steps, self.facts)

    @cached_property
    def bounds(self) -> dict[tuple[Variable, int], Bound]:
        return bounds(self.steps, self.facts)

    def written(self, formula: Formula) -> Formula:
        return cast(Formula, written_out(formula, dict(self.steps.goal.sizes)))

    def enclose(self, formula: Formula) -> int:
        """The step that encloses the formula; raises ``Refused`` when none is found in time."""
        box = Boxed.around(self, self.written(formula))
        tree = subdivide(self.written(formula), box.domain, self.deadline)
        if tree is None:
            raise Refused("expected a subdivision on which enclosures decide, got none in time")
        premises, parameters = box.applied(tree)
        return self.steps.add("enclosure", formula, premises, *parameters)

    def sign(self, value: Term) -> int:
        """The sign of a term in the middle of its box."""
        formula = self.written(cast(Formula, Less(ZERO, value)))
        domain = Boxed.around(self, formula).domain
        middle = tuple(Range(point((low + high) / 2), NOTHING) for low, high in domain.box)
        with flint.ctx.workprec(PRECISION):
            low, high = gap(formula, domain.ranges(middle, clip=False))
            return 1 if low > 0 else -1 if high < 0 else 0


@dataclass(frozen=True)
class Boxed:
    """The domain for one formula, and the steps that its parts rest on."""

    domain: Domain
    limits: tuple[tuple[Bound, Bound], ...]
    solved: tuple[Solved, ...]
    signs: tuple[int, ...]
    outer: tuple[Known, ...]

    @staticmethod
    def around(inputs: Inputs, written: Formula) -> Boxed:
        names = entries(written)
        solved = _needed(names, inputs.solved)
        given = {s.variable for s in solved}
        coordinates = tuple(sorted(names.union(*(s.linear for s in solved)) - given, key=lambda n: n.key))
        limits = tuple(_limits(name, inputs.bounds) for name in coordinates)
        box = tuple((low.number, high.number) for low, high in limits)
        signs = {s.variable: inputs.bounds.get((s.variable, 1)) for s in solved}
        zero = {name: bound.step for name, bound in signs.items() if bound and bound.number == 0}
        definitions = tuple(Definition(s.variable, s.value, s.variable in zero) for s in solved)
        whole = Domain(coordinates, box, definitions, {})
        outer = tuple(f for f in inputs.facts if _may_fail(inputs, f, whole, given))
        premises = {n: inputs.written(fact.formula) for n, fact in enumerate(outer)}
        domain = replace(whole, premises=premises)
        return Boxed(domain, limits, solved, tuple(zero.values()), outer)

    def applied(self, tree: tuple[Parameter, ...]) -> tuple[tuple[int, ...], tuple[Parameter, ...]]:
        """Premises and parameters of the step; premises that no leaf names are left out."""
        used = sorted({OUTSIDE - token for token in tree if type(token) is int and token <= OUTSIDE})
        place = {OUTSIDE - old: OUTSIDE - new for new, old in enumerate(used)}
        renamed = (place.get(token, token) if type(token) is int else token for token in tree)
        bound = [bound.step for pair in self.limits for bound in pair]
        numbers = [self.outer[n].step for n in used] + bound + [s.step for s in self.solved]
        named: list[Parameter] = []
        for name, ends in zip(self.domain.coordinates, self.domain.box, strict=True):
            named += [name, *ends]
        for solved in self.solved:
            named += [solved.variable, solved.value]
        return tuple(dict.fromkeys([*numbers, *self.signs])), (*named, *renamed)


def _needed(names: frozenset[Variable], solved: list[Solved]) -> tuple[Solved, ...]:
    """The solved variables that are spoken of, each after those in its value."""
    found: list[Solved] = []
    waiting = set(names)
    for one in solved:
        if one.variable in waiting:
            found.append(one)
            waiting |= one.linear.keys()
    return tuple(reversed(found))


def _limits(name: Variable, found: dict[tuple[Variable, int], Bound]) -> tuple[Bound, Bound]:
    low, high = found.get((name, 1)), found.get((name, -1))
    if low is None or high is None:
        raise Refused("expected facts that bound", name)
    return low, high


def _may_fail(inputs: Inputs, fact: Known, domain: Domain, given: set[Variable]) -> bool:
    """Whether a fact about these variables fails on a part of the box, as far as its range can tell."""
    formula = inputs.written(fact.formula)
    names = entries(formula)
    is_bound = fact.linear is not None and len(fact.linear) == 1 and given.isdisjoint(fact.linear)
    if is_bound or not names or not names <= {*domain.coordinates, *given}:
        return False
    try:
        with flint.ctx.workprec(PRECISION):
            ranges = tuple(Range(interval(ends), NOTHING) for ends in domain.box)
            low, high = gap(formula, domain.ranges(ranges, clip=False))
    except Undecided:
        return True
    return bool(low < 0) or (isinstance(formula, Equal) and bool(high > 0))
