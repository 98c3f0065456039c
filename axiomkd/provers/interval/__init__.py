"""The interval prover: inequalities at fixed sizes by subdividing the box in which the inputs lie."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import cast

from axiomkd.kernel.evidence import Derivation
from axiomkd.kernel.judgement import Goal, Refused
from axiomkd.kernel.terms import Comparison, Defined, Formula, Free, Literal, substitute
from axiomkd.provers.interval.enclosing import Inputs
from axiomkd.provers.interval.factors import by_factors
from axiomkd.provers.interval.steps import Case, Steps
from axiomkd.provers.interval.tangents import by_second_derivative

__all__ = ["prove"]


def prove(goal: Goal, seconds: float) -> Derivation | None:
    """A derivation of every conclusion, or ``None``; bounded in seconds of the processor.

    All sizes are fixed and the facts bound every variable of the conclusions, or none is proved. The
    result is evidence that the kernel has yet to check.

    >>> from axiomkd.kernel.judgement import Fact
    >>> from axiomkd.kernel.terms import ONE, ZERO, AtMost, Exp, Less, variable
    >>> x = variable("x")
    >>> within = (Fact((), AtMost(ZERO, x)), Fact((), AtMost(x, ONE)))
    >>> found = prove(Goal((), (("x", ()),), within, (Less(x, Exp(x)),)), seconds=1)
    >>> [step.rule for step in found.steps]
    ['fact', 'fact', 'enclosure']
    """
    if any(size is None for _, size in goal.sizes):
        return None
    steps, deadline = Steps(goal), time.process_time() + seconds
    try:
        found = [_in_all_cases(steps, c, _indices(goal, c), {}, deadline) for c in goal.conclusions]
    except (Refused, RecursionError):
        return None
    return steps.derivation(tuple(found))


def _indices(goal: Goal, conclusion: Formula) -> list[Free]:
    """The free indices of the conclusion, and those of the goal that facts speak of."""
    formulas = (formula for fact in goal.facts for formula in (fact.conclusion, *fact.hypotheses))
    spoken = frozenset().union(*(formula.free for formula in formulas)) & {*goal.indices}
    return sorted(conclusion.free | spoken, key=lambda index: index.key)


def _in_all_cases(
    steps: Steps, formula: Formula, indices: Sequence[Free], case: Case, deadline: float
) -> int:
    """The formula, for each value of the indices."""
    if not indices:
        return _prove(steps, formula, case, deadline)
    index, *rest = indices
    found: list[int] = []
    for literal in _literals(steps, index):
        there = cast(Formula, substitute(formula, {index: literal}))
        proof = _in_all_cases(steps, there, rest, {**case, index: literal}, deadline)
        same = steps.same(index, literal)
        found.append(steps.add("same_index", formula, (same, proof), index, literal))
    return steps.add("cases_literal", formula, tuple(found), index)


def _literals(steps: Steps, index: Free) -> list[Literal]:
    size = steps.goal.size(index.sort) or 0
    return [cast(Literal, Literal(number, index.sort)) for number in range(1, size + 1)]


def _prove(steps: Steps, formula: Formula, case: Case, deadline: float) -> int:
    """A formula without free indices: at once if one rule shows it, by factors, convexity, a box."""
    if not isinstance(formula, Comparison | Defined):
        raise Refused("expected a comparison or that a term is defined, got", formula)
    rules = ["defined"] if isinstance(formula, Defined) else ["instance", "algebraic"]
    for rule in rules:
        try:
            return steps.add(rule, formula)
        except Refused:
            continue
    inputs = Inputs(steps, case, deadline)
    for attempt in (by_factors, by_second_derivative):
        try:
            return attempt(inputs, formula)
        except Refused:
            continue
    return inputs.enclose(formula)
