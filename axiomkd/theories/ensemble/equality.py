"""Two operators that are one rule."""

from __future__ import annotations

from axiomkd.errors import DeclarationError
from axiomkd.kernel.judgement import Goal
from axiomkd.kernel.terms import Term
from axiomkd.operator import Operator
from axiomkd.statement import Scope, Statement
from axiomkd.theories.ensemble.convexity import SETTING, equal
from axiomkd.theories.ensemble.setting import (
    INTERIOR,
    OUTCOME,
    TEACHER,
    TEMPERATURES,
    WEIGHTS,
    Setting,
    aggregate,
    fixed_size,
    large_enough,
    p,
    softened,
    temperature,
    uses_temperature,
    within_ranges,
)
from axiomkd.theories.ensemble.well_definedness import is_defined


def same_rule(other: Operator) -> Statement:
    r"""The statement that an operator is the same rule as another: :math:`G(p,w) = G'(p,w)`.

    Where one of the two writes temperatures or unsoftened teachers itself, the rules are compared at
    all temperatures, the teachers of both being softened. A parameter with a range is one number in both.

    >>> from axiomkd.registry import find_operator
    >>> same_rule(find_operator("linear")).goal(find_operator("first-teacher"), Scope()).conclusions[0]
    p[1,i] = Sum(w[k]*p[k,i], k)
    """

    def goal(operator: Operator, scope: Scope) -> Goal:
        _check_ranges(operator, other)
        scope = common_scope(other, common_scope(operator, scope))
        setting, (one, another) = _compared(operator, other)
        further = (*within_ranges(other), *large_enough(other, scope))
        further = tuple(fact for fact in further if fact not in within_ranges(operator))
        setting = Setting((*setting.facts, *further))
        formulas = equal(one, another), is_defined(one), is_defined(another)
        return setting.goal(operator, scope, *formulas)

    title = f"The same rule as {other.title or other.id}"
    meaning = f"The aggregate is that of {other.id} at every input."
    return Statement(f"same-rule.{other.id}", "ensemble", title, meaning, "interior", goal)


def common_scope(operator: Operator, scope: Scope) -> Scope:
    """The scope with the sizes that an operator fixes; raises ``DeclarationError`` if they do not agree."""
    return Scope(fixed_size(operator, scope, TEACHER), fixed_size(operator, scope, OUTCOME))


def _compared(*operators: Operator) -> tuple[Setting, list[Term]]:
    if not any(map(uses_temperature, operators)):
        return SETTING, [aggregate(operator) for operator in operators]
    teachers = softened(p, temperature)
    values = [aggregate(o, teachers=teachers, temperatures=temperature, raw=p) for o in operators]
    return Setting(INTERIOR + WEIGHTS + TEMPERATURES), values


def _check_ranges(one: Operator, other: Operator) -> None:
    for name in one.ranges.keys() & other.ranges.keys():
        ranges = one.ranges[name], other.ranges[name]
        if ranges[0] != ranges[1]:
            expected = f"one range of {name} in {one.id} and {other.id}"
            raise DeclarationError(f"expected {expected}, got {' and '.join(map(str, ranges))}")
