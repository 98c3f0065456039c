"""Parameters with a range, in Rocq: a rule takes them first; theorems are about all values, or about one."""

from __future__ import annotations

from axiomkd.export.context import Context, conjoined, spelled
from axiomkd.kernel.judgement import Goal
from axiomkd.kernel.terms import Formula, variable
from axiomkd.operator import Operator


def applied(operator: Operator, name: str) -> str:
    """A rule, or a domain, at the parameters, and of the function that solves its equation if it has one."""
    words = [*map(spelled, operator.ranges), *(["solution"] if operator.implicit else [])]
    return f"({name} {' '.join(words)})" if words else name


def binder(operator: Operator) -> str:
    """The parameters that a definition takes first."""
    return f" ({names_of(operator)} : R)" if operator.ranges else ""


def for_all(operator: Operator, goal: Goal) -> tuple[str, str]:
    """What a theorem about all values begins with, and how its proof begins."""
    if not operator.ranges:
        return "", ""
    facts = "".join(f"{fact} -> " for fact in _facts(operator))
    names = " ".join([names_of(operator), *(f"F{n}" for n in _numbers(operator, goal))])
    return f"forall {names_of(operator)} : R, {facts}", f"intros {names}. "


def for_one(operator: Operator, goal: Goal, claim: str, module: str) -> tuple[str, str]:
    """That there are values at which a claim holds, and the proof from what a module defines and shows."""
    if not operator.ranges:
        return claim, f"exact {module}.claim."
    whole = " /\\ ".join([*_facts(operator), f"({claim})"])
    values = "".join(f"exists {module}.{spelled(name)}. " for name in operator.ranges)
    proofs = [*(f"{module}.F{n}" for n in _numbers(operator, goal)), f"{module}.claim"]
    return f"exists {names_of(operator)} : R, {whole}", f"{values}exact {conjoined(proofs)}."


def names_of(operator: Operator) -> str:
    """The parameters."""
    return " ".join(map(spelled, operator.ranges))


def _formulas(operator: Operator) -> list[Formula]:
    return [formula for name, values in operator.ranges.items() for formula in values.facts(variable(name))]


def _facts(operator: Operator) -> list[str]:
    context = Context(Goal((), (), (), ()), {})
    return [context.formula(formula) for formula in _formulas(operator)]


def _numbers(operator: Operator, goal: Goal) -> range:
    """The places of the facts about ranges: last in a goal, before those about unknowns."""
    formulas = _formulas(operator)
    found = [fact.conclusion for fact in goal.facts]
    first = next(n for n in reversed(range(len(found))) if found[n : n + len(formulas)] == formulas)
    return range(first, first + len(formulas))
