"""What the facts say of numbered inputs: linear facts, equations solved for a variable, bounds."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from axiomkd.kernel import algebra
from axiomkd.kernel.combination import hole
from axiomkd.kernel.judgement import Fact, Refused
from axiomkd.kernel.terms import (
    AtMost,
    Comparison,
    Distinct,
    Equal,
    Formula,
    Free,
    Less,
    Literal,
    Term,
    Variable,
    add,
    multiply,
    substitute,
    subterms,
    term,
)
from axiomkd.provers.interval.steps import Case, Steps

MOST_INSTANCES = 400
ROUNDS = 4
"""How often bounds are drawn from bounds."""
Linear = dict[Variable, Fraction]


@dataclass(frozen=True)
class Known:
    """A step whose formula has no free indices, and its linear form, if it is linear."""

    step: int
    formula: Comparison
    constant: Fraction
    linear: Linear | None

    @property
    def is_equation(self) -> bool:
        return isinstance(self.formula, Equal)


@dataclass(frozen=True)
class Bound:
    number: Fraction
    step: int


Bounds = dict[tuple[Variable, int], Bound]
"""The bounds of a variable: from below (1), from above (-1)."""


def closed_facts(steps: Steps, case: Case) -> list[Known]:
    """The comparisons among the facts at all numbered indices."""
    found = [known for fact in enumerate(steps.goal.facts) for known in _instances(steps, *fact, case)]
    return list({known.formula: known for known in found}.values())


def _instances(steps: Steps, place: int, fact: Fact, case: Case) -> Iterator[Known]:
    if not isinstance(fact.conclusion, Comparison):
        return
    for numbers in itertools.islice(_numbers(steps, fact.indices), MOST_INSTANCES):
        given = dict(zip(fact.indices, numbers, strict=True))
        try:
            hypotheses = tuple(_hypothesis(steps, h, given, case) for h in fact.hypotheses)
            formula = cast(Formula, substitute(fact.conclusion, given))
            number = steps.at(steps.add("fact", formula, hypotheses, place, *numbers), case)
            yield known(steps, number)
        except Refused:
            continue


def _numbers(steps: Steps, indices: tuple[Free, ...]) -> Iterator[tuple[Literal, ...]]:
    choices = []
    for index in indices:
        size = steps.goal.size(index.sort) or 0
        choices.append([cast(Literal, Literal(n, index.sort)) for n in range(1, size + 1)])
    return itertools.product(*choices)


def _hypothesis(steps: Steps, hypothesis: Formula, given: Case, case: Case) -> int:
    """That two indices are distinct: in this case they are two numbers."""
    formula = cast(Formula, substitute(hypothesis, given))
    if not isinstance(formula, Distinct):
        raise Refused("expected a hypothesis on indices, got", formula)
    at = cast(Formula, substitute(formula, case))
    number = steps.add("distinct_literals", at)
    for index in sorted(formula.free & case.keys(), key=lambda index: index.key):
        others = {i: n for i, n in case.items() if i is not index and at.free.isdisjoint({i})}
        at = cast(Formula, substitute(formula, others))
        number = steps.add("same_index", at, (steps.same(index, case[index]), number), index, case[index])
    return number


def known(steps: Steps, number: int) -> Known:
    formula = steps.formula(number)
    if not isinstance(formula, Comparison) or formula.free:
        raise Refused("expected a comparison without free indices, got", formula)
    constant, linear = linear_form(formula.right - formula.left, steps)
    return Known(number, formula, constant, linear)


def linear_form(value: Term, steps: Steps) -> tuple[Fraction, Linear | None]:
    """The constant, and the coefficient of each variable, of a linear term."""
    constant, linear = Fraction(0), Linear()
    for (binders, factors), coefficient in algebra.expand(value, steps.goal.sizes).items():
        match factors:
            case ():
                constant = coefficient
            case ((Variable() as name, 1),) if not binders and not name.free:
                linear[name] = coefficient
            case _:
                return constant, None
    return constant, linear


# -- equations ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Solved:
    """A variable, the term that it equals, and the step that says so."""

    variable: Variable
    value: Term
    constant: Fraction
    linear: Linear
    step: int


def solve(steps: Steps, facts: list[Known]) -> list[Solved]:
    """Each linear equation solved for its last variable that no other gives; later ones use no earlier."""
    solved: list[Solved] = []
    for fact in facts:
        if fact.is_equation and fact.linear:
            found = _solve(steps, fact, solved)
            if found is not None:
                solved.append(found)
    return solved


def _solve(steps: Steps, fact: Known, solved: list[Solved]) -> Solved | None:
    constant, linear = fact.constant, dict(fact.linear or {})
    template, premises = hole(0), [fact.step]
    for earlier in solved:
        factor = linear.pop(earlier.variable, Fraction(0))
        if factor:
            constant += factor * earlier.constant
            for name, coefficient in earlier.linear.items():
                linear[name] = linear.get(name, Fraction(0)) + factor * coefficient
            template = template + multiply(factor, hole(len(premises)))
            premises.append(earlier.step)
    linear = {name: coefficient for name, coefficient in linear.items() if coefficient}
    if not linear:
        return None
    variable = max(linear, key=lambda name: name.key)
    divisor = linear.pop(variable)
    constant = -constant / divisor
    linear = {name: -coefficient / divisor for name, coefficient in linear.items()}
    value = add(constant, *(multiply(c, name) for name, c in linear.items()))
    equation = cast(Formula, Equal(variable, value))
    step = steps.add("algebraic", equation, tuple(premises), multiply(1 / divisor, template))
    return Solved(variable, value, constant, linear, step)


# -- bounds ---------------------------------------------------------------------------------


def bounds(steps: Steps, facts: list[Known]) -> Bounds:
    """Bounds of variables from the linear facts, and from those with the bounds of the others."""
    found: Bounds = {}
    for _ in range(ROUNDS):
        before = dict(found)
        for fact in facts:
            if fact.linear and isinstance(fact.formula, Less | AtMost | Equal):
                for sign in (1, -1) if fact.is_equation else (1,):
                    _bound_each(steps, fact, sign, found)
        if found == before:
            break
    return found


def _bound_each(steps: Steps, fact: Known, sign: int, found: Bounds) -> None:
    """From sign times right minus left being nonnegative."""
    linear = {name: sign * coefficient for name, coefficient in (fact.linear or {}).items()}
    for name, coefficient in linear.items():
        side = 1 if coefficient > 0 else -1
        others = [(n, c, found.get((n, -1 if c > 0 else 1))) for n, c in linear.items() if n is not name]
        if any(bound is None for _, _, bound in others):
            continue
        given = [(c, bound) for _, c, bound in others if bound is not None]
        reach = sign * fact.constant + sum((c * bound.number for c, bound in given), Fraction(0))
        number = -reach / coefficient
        old = found.get((name, side))
        if old is None or side * (number - old.number) > 0:
            step = _bound(steps, name, side, number, (sign / abs(coefficient), fact.step), given)
            found[name, side] = Bound(number, step)


def _bound(
    steps: Steps,
    name: Variable,
    side: int,
    number: Fraction,
    main: tuple[Fraction, int],
    given: list[tuple[Fraction, Bound]],
) -> int:
    ends = (term(number), name) if side > 0 else (name, term(number))
    if steps.formula(main[1]) in (AtMost(*ends), Less(*ends)):
        return main[1]
    scale = abs(main[0])
    parts = [multiply(main[0], hole(0))]
    parts += [multiply(scale * abs(c), hole(n)) for n, (c, _) in enumerate(given, start=1)]
    premises = (main[1], *(bound.step for _, bound in given))
    return steps.add("combination", cast(Formula, AtMost(*ends)), premises, add(*parts))


def entries(value: Formula | Term) -> frozenset[Variable]:
    """The variables, with their indices, in a formula without sums over indices."""
    return frozenset(part for part in subterms(value) if isinstance(part, Variable))
