"""Definedness, continuity, limits, and convex hulls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from axiomkd.kernel.application import Application, match
from axiomkd.kernel.sign import (
    POSITIVE,
    demand_continuous,
    demand_defined,
    demand_limit,
    demand_sign,
)
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Big,
    Continuous,
    Defined,
    Different,
    Distinct,
    Equal,
    Formula,
    Free,
    If,
    Index,
    Less,
    Log,
    Number,
    Power,
    Tends,
    Term,
    big_sum,
    delta,
    fresh,
    substitute,
    variable,
    variables,
)


def defined(step: Application) -> None:
    """Every denominator is nonzero, every logarithm of a positive number, every power within its domain."""
    demand_defined(step, step.conclusion_as(Defined).term)


def defined_part(step: Application) -> None:
    """Where a term is defined, its denominators are not zero and its logarithms are of positive numbers."""
    for number, judgement in enumerate(step.premises):
        if not isinstance(judgement.formula, Defined):
            continue
        general = step.general(judgement)
        for required, opened in _requirements(judgement.formula.term, frozenset()):
            if match(required, step.conclusion, general | opened, {}):
                step.lean_on(number)
                return
    raise step.refuse("a requirement of a defined term", step.conclusion)


def _requirements(node: Term, opened: frozenset[Free]) -> Iterator[tuple[Formula, frozenset[Free]]]:
    """What definedness of a term demands of its parts, with the indices bound around them.

    The branches of a case distinction are left out: only one of them counts.
    """
    if isinstance(node, Power) and isinstance(node.exponent, Number) and node.exponent.value < 0:
        whole = node.exponent.value.denominator == 1
        yield (Different(node.base, ZERO) if whole else Less(ZERO, node.base)), opened
    if isinstance(node, Log):
        yield cast(Formula, Less(ZERO, node.argument)), opened
    if isinstance(node, If):
        return
    if isinstance(node, Big):
        index = fresh(node.sort)
        yield from _requirements(node.at(index), opened | {index})
        return
    for part in node.parts:
        if isinstance(part, Term):
            yield from _requirements(part, opened)


def continuous(step: Application) -> None:
    r"""A term is continuous because its parts are and stay within the domains of its operations.

    Jointly: :math:`x^a` is continuous at x > 0, and at x = 0 where a > 0; :math:`x^x` is at x = 0 too. The
    premises hold on the whole domain, so none of them may rest on an assumption.
    """
    demand_continuous(step, step.conclusion_as(Continuous).term)
    step.require(not step.assumptions, "premises without assumptions", step.assumptions)


def limit(step: Application) -> None:
    """A term tends to the limit because its parts tend to the parts of the limit.

    :math:`x^y` tends to :math:`X^Y` where X > 0, where x and X are nonnegative and Y > 0, y is fixed
    or y is x.
    """
    conclusion = step.conclusion_as(Tends)
    demand_limit(step, conclusion.term, conclusion.limit)
    _no_assumption_on_limit_variable(step)


def _no_assumption_on_limit_variable(step: Application) -> None:
    name = _limit(step)[0]
    free = all(name not in variables(formula) for formula in step.assumptions)
    step.require(free, f"no assumption on {name}", step.assumptions)


def _limit(step: Application) -> tuple[str, str]:
    if step.goal.limit is None:
        raise step.refuse("a goal with a limit variable", "none")
    return step.goal.limit


def limit_of_equal(step: Application) -> None:
    """What equals a term with a limit has it too; the limit may be replaced by an equal one."""
    conclusion = step.conclusion_as(Tends)
    inner, end = step.parameter(0, Term), step.parameter(1, Term)
    step.require(_limit(step)[0] not in variables(conclusion.limit), "a limit free of the limit variable")
    step.need(cast(Formula, Tends(inner, end)))
    for one, other in ((conclusion.term, inner), (conclusion.limit, end)):
        if one is not other:
            step.need(cast(Formula, Equal(one, other)))
    _no_assumption_on_limit_variable(step)


def limit_of_eventually_equal(step: Application) -> None:
    r"""If :math:`a \to A`, :math:`b \to B` and A < B, then a < b in the end: what equals a term with a limit
    wherever a < b has that limit."""
    conclusion = step.conclusion_as(Tends)
    inner = step.parameter(0, Term)
    small, small_limit, great, great_limit = (step.parameter(n, Term) for n in range(1, 5))
    name = _limit(step)[0]
    for end in (conclusion.limit, small_limit, great_limit):
        step.require(name not in variables(end), f"a limit free of {name}", end)
    for part, end in ((inner, conclusion.limit), (small, small_limit), (great, great_limit)):
        step.need(cast(Formula, Tends(part, end)))
    step.need(cast(Formula, Less(small_limit, great_limit)))
    equation = cast(Formula, Equal(conclusion.term, inner))
    step.need(equation, without=cast(Formula, Less(small, great)))
    _no_assumption_on_limit_variable(step)


def root_tends_to_one(step: Application) -> None:
    r"""For fixed x > 0, :math:`x^{1/T} \to 1` as :math:`T \to \infty`."""
    conclusion = step.conclusion_as(Tends)
    name, direction = _limit(step)
    step.require(direction == "infinity", "a limit variable that goes to infinity", direction)
    base = step.parameter(0, Term)
    step.require(name not in variables(base), f"a base free of {name}", base)
    demand_sign(step, base, POSITIVE)
    temperature = step.parameter(1, Term)
    step.require(temperature is variable(name), f"the limit variable {name}", temperature)
    step.need_equal(conclusion.term, cast(Term, Power(base, 1 / temperature)))
    step.require(conclusion.limit is ONE, "the limit 1", conclusion.limit)
    _no_assumption_on_limit_variable(step)


def softmax_tends_to_argmax(step: Application) -> None:
    r"""For positive x with :math:`x(j) < x(m)` for all :math:`j \ne m`,
    :math:`x(i)^{1/T} / \sum_j x(j)^{1/T} \to \delta_{im}` as :math:`T \to 0` from above."""
    conclusion = step.conclusion_as(Tends)
    name, direction = _limit(step)
    step.require(direction == "zero", "a limit variable that goes to zero", direction)
    given, value = step.parameter(0, Free), step.parameter(1, Term)
    best, here = step.parameter(2, Index), step.parameter(3, Index)
    temperature = step.parameter(4, Term)
    step.require(temperature is variable(name), f"the limit variable {name}", temperature)
    step.require(name not in variables(value), f"a base free of {name}", value)
    j = fresh(given.sort)

    def at(index: Index) -> Term:
        return cast(Term, substitute(value, {given: index}))

    demand_sign(step, at(j), POSITIVE)
    _need_unless_same(step, at(j), at(best), j, best)
    raised = [cast(Term, Power(at(index), 1 / temperature)) for index in (here, j)]
    step.need_equal(conclusion.term, raised[0] / big_sum(j, raised[1]))
    step.need_equal(conclusion.limit, delta(here, best))
    _no_assumption_on_limit_variable(step)


def _need_unless_same(step: Application, small: Term, great: Term, j: Free, best: Index) -> None:
    """Demand small < great for every index j other than the best."""
    wanted = cast(Formula, Less(small, great))
    for number, judgement in enumerate(step.premises):
        for assumption in judgement.assumptions:
            if not isinstance(assumption, Distinct) or not isinstance(assumption.left, Free):
                continue
            others = frozenset(f for a in judgement.assumptions - {assumption} for f in a.free)
            index = assumption.left
            if index in others | best.free or index in step.goal.indices or assumption.right is not best:
                continue
            if match(judgement.formula, wanted, frozenset((index,)), {}):
                step.lean_on(number, assumption)
                return
    raise step.refuse(f"a premise {wanted} for distinct indices", step.premises)


def squeeze(step: Application) -> None:
    """What lies between two terms with one limit has that limit."""
    conclusion = step.conclusion_as(Tends)
    step.require(_limit(step)[0] not in variables(conclusion.limit), "a limit free of the limit variable")
    for n, below in ((0, True), (1, False)):
        bound = step.parameter(n, Term)
        step.need(cast(Formula, Tends(bound, conclusion.limit)))
        pair = (bound, conclusion.term) if below else (conclusion.term, bound)
        step.need(cast(Formula, AtMost(*pair)))
    _no_assumption_on_limit_variable(step)
