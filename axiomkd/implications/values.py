"""Proofs where facts say what the aggregates are: as for the rule that has these values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from axiomkd.kernel.evidence import Derivation, Step
from axiomkd.kernel.judgement import Fact, Goal
from axiomkd.kernel.terms import (
    Comparison,
    Defined,
    Equal,
    Formula,
    Free,
    Index,
    Term,
    Variable,
    replace_variables,
    substitute,
    variables,
)
from axiomkd.provers import structural

Values = dict[str, tuple[int, Callable[..., Term]]]


def prove_by_values(goal: Goal) -> Derivation | None:
    """Every conclusion with the values in the place of aggregates, then with the aggregates again."""
    values = _values(goal)
    if not values or not all(isinstance(c, Comparison | Defined) for c in goal.conclusions):
        return None
    functions = {name: function for name, (_, function) in values.items()}
    steps, establishes = list(_value_steps(goal, values)), list[int]()
    given = tuple(range(len(steps)))
    for conclusion in goal.conclusions:
        meant = conclusion
        if isinstance(conclusion, Comparison):
            meant = cast(Formula, replace_variables(conclusion, functions))
        found = structural.prove(_before(goal, values, meant))
        if found is None:
            return None
        inner = _append(steps, found)
        establishes.append(
            inner if meant is conclusion else _transferred(steps, conclusion, meant, inner, given)
        )
    return Derivation(tuple(steps), tuple(establishes))


def _values(goal: Goal) -> Values:
    """The aggregates of which a fact gives the value at all indices, in numbers of the domain."""
    found: Values = {}
    for number, fact in enumerate(goal.facts):
        match fact:
            case Fact(indices, Equal(Variable() as left, value), ()):
                formal = left.indices
                is_general = set(formal) <= set(indices) and len(set(formal)) == len(formal)
                if is_general and left.name not in found and not variables(value) & {*found, left.name}:
                    found[left.name] = number, _function(formal, value)
    domain = frozenset().union(*(variables(f.conclusion) for f in goal.facts[: _first(found)]))
    return {
        name: entry for name, entry in found.items() if variables(entry[1](*_formal(goal, name))) <= domain
    }


def _first(values: Values) -> int | None:
    return min((number for number, _ in values.values()), default=None)


def _formal(goal: Goal, name: str) -> tuple[Free, ...]:
    """General indices of an aggregate, with names that no goal has."""
    sorts = dict(goal.variables)[name]
    return tuple(cast(Free, Free(f"v{place}", sort)) for place, sort in enumerate(sorts))


def _function(formal: tuple[Index, ...], value: Term) -> Callable[..., Term]:
    return lambda *indices: cast(Term, substitute(value, dict(zip(formal, indices, strict=True))))


def _before(goal: Goal, values: Values, conclusion: Formula) -> Goal:
    """The goal of the rule with these values: the facts before those about aggregates."""
    about = next(n for n, fact in enumerate(goal.facts) if variables(fact.conclusion) & values.keys())
    return replace(goal, facts=goal.facts[:about], conclusions=(conclusion,))


def _value_steps(goal: Goal, values: Values) -> list[Step]:
    steps = []
    for name, (number, function) in values.items():
        formal, fact = _formal(goal, name), goal.facts[number]
        left = cast(Variable, cast(Equal, fact.conclusion).left)
        renamed = dict(zip(left.indices, formal, strict=True))
        formula = cast(Formula, Equal(cast(Term, Variable(name, *formal)), function(*formal)))
        indices = tuple(renamed.get(index, index) for index in fact.indices)
        steps.append(Step("fact", formula, (), (number, *indices)))
    return steps


def _append(steps: list[Step], found: Derivation) -> int:
    """The steps of a derivation of one conclusion behind the others; the number of the last one."""
    offset = len(steps)
    steps += (
        Step(step.rule, step.conclusion, tuple(offset + n for n in step.premises), step.parameters)
        for step in found.steps
    )
    return offset + found.establishes[0]


def _transferred(
    steps: list[Step], conclusion: Formula, meant: Formula, inner: int, given: tuple[int, ...]
) -> int:
    """The conclusion from the one with values: each side is the same."""
    links = []
    for side, value in zip(conclusion.parts, meant.parts, strict=True):
        if side is not value:
            steps.append(Step("congruence", cast(Formula, Equal(side, value)), given, ()))
            links.append(len(steps) - 1)
    steps.append(Step("chain", conclusion, (*links, inner), tuple(meant.parts)))
    return len(steps) - 1
