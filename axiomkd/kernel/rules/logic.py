"""Facts, assumptions, cases, instances."""

from __future__ import annotations

from typing import cast

from axiomkd.kernel.application import Application, nonnegative, positive
from axiomkd.kernel.terms import (
    ZERO,
    AtMost,
    Big,
    Comparison,
    Different,
    Distinct,
    Equal,
    Formula,
    Free,
    Index,
    Less,
    Literal,
    Number,
    Same,
    Term,
    substitute,
)


def fact(step: Application) -> None:
    """A fact of the domain, its indices replaced; its hypotheses are premises."""
    number = step.parameters[0] if step.parameters else None
    if not isinstance(number, int) or not 0 <= number < len(step.goal.facts):
        raise step.refuse("the number of a fact", number)
    known = step.goal.facts[number]
    step.require(len(step.parameters) == 1 + len(known.indices), "an index for each index of the fact")
    given = [step.parameter(1 + n, Index) for n in range(len(known.indices))]
    replaced = dict(zip(known.indices, given, strict=True))
    for hypothesis in known.hypotheses:
        step.need(cast(Formula, substitute(hypothesis, replaced)))
    step.require(step.conclusion is substitute(known.conclusion, replaced), "the fact", step.conclusion)


def assumption(step: Application) -> None:
    """Anything holds under the assumption that it does."""
    step.assumptions.add(step.conclusion)


def instance(step: Application) -> None:
    """What holds for every index holds for the given ones; a strict inequality is also a weak one."""
    step.need(step.conclusion)


def cases_order(step: Application) -> None:
    r"""Of two numbers, :math:`a \le b` or :math:`b \le a`: what holds in both cases holds."""
    left, right = step.parameter(0, Term), step.parameter(1, Term)
    for case in (AtMost(left, right), AtMost(right, left)):
        step.need(step.conclusion, without=cast(Formula, case))


def cases_strict(step: Application) -> None:
    r"""Of two numbers, :math:`a < b` or :math:`b \le a`: what holds in both cases holds."""
    left, right = step.parameter(0, Term), step.parameter(1, Term)
    for case in (Less(left, right), AtMost(right, left)):
        step.need(step.conclusion, without=cast(Formula, case))


def cases_zero(step: Application) -> None:
    r"""If :math:`x \ge 0`, then :math:`x = 0` or :math:`x > 0`: what holds in both cases holds."""
    value = step.parameter(0, Term)
    step.need(nonnegative(value))
    step.need(step.conclusion, without=cast(Formula, Equal(value, ZERO)))
    step.need(step.conclusion, without=positive(value))


def cases_index(step: Application) -> None:
    """Two indices are the same or distinct: what holds in both cases holds."""
    left, right = step.parameter(0, Index), step.parameter(1, Index)
    step.need(step.conclusion, without=cast(Formula, Same(left, right)))
    step.need(step.conclusion, without=cast(Formula, Distinct(left, right)))


def cases_literal(step: Application) -> None:
    """At a fixed size an index is one of 1, 2, .., n: what holds for each of them holds."""
    index = step.parameter(0, Index)
    size = step.goal.size(index.sort)
    if size is None:
        raise step.refuse(f"a fixed number of {index.sort}s", "any number")
    for n in range(1, size + 1):
        step.need(step.conclusion, without=cast(Formula, Same(index, Literal(n, index.sort))))


def same_index(step: Application) -> None:
    """If two indices are the same, one may stand for the other."""
    old, new = step.parameter(0, Index), step.parameter(1, Index)
    step.need(cast(Formula, Same(old, new)))
    wanted = substitute(step.conclusion, {old: new})
    for number, judgement in enumerate(step.premises):
        if substitute(judgement.formula, {old: new}) is wanted:
            step.lean_on(number)
            return
    raise step.refuse(f"a premise that is {wanted} once {old} is {new}", step.conclusion)


def distinct_literals(step: Application) -> None:
    """Two different numbers are distinct indices."""
    conclusion = step.conclusion_as(Distinct)
    left, right = conclusion.left, conclusion.right
    numbered = isinstance(left, Literal) and isinstance(right, Literal)
    step.require(numbered and left is not right, "two distinct numbers", conclusion)


def contradiction(step: Application) -> None:
    """From two premises that exclude each other anything follows."""
    formula = step.parameter(0, Comparison)
    step.need(formula)
    match formula:
        case Less(left, right):
            step.need(cast(Formula, AtMost(right, left)))
        case Equal(left, right):
            step.need(cast(Formula, Different(left, right)))
        case _:
            raise step.refuse("a strict inequality or an equation", formula)


def positive_entry(step: Application) -> None:
    r"""If :math:`\sum_k x_k > 0`, some :math:`x_k` is positive: what follows from that for any k follows."""
    total, index = step.parameter(0, Big), step.parameter(1, Free)
    step.require(total.kind == "sum" and total.sort == index.sort, "a sum over the sort of the index", total)
    step.require(index not in step.conclusion.free | total.free, "an index that occurs nowhere else", index)
    step.require(index not in step.goal.indices, "an index that the goal does not speak of", index)
    if not any(step.has(cast(Formula, Equal(total, number))) for number in _positive_numbers(step, total)):
        step.need(positive(total))
    step.need(step.conclusion, without=positive(total.at(index)))
    others = [assumption.free for assumption in step.assumptions]
    step.require(all(index not in free for free in others), "no other assumption on the index", index)


def _positive_numbers(step: Application, total: Term) -> list[Term]:
    sides = [
        side
        for judgement in step.premises
        if isinstance(judgement.formula, Equal)
        for side in (judgement.formula.left, judgement.formula.right)
    ]
    return [side for side in sides if isinstance(side, Number) and side.value > 0]


def extremum_attained(step: Application) -> None:
    r"""Some :math:`x_m` is the maximum, or minimum: what follows from that for any m follows."""
    extremum, index = step.parameter(0, Big), step.parameter(1, Free)
    step.require(extremum.kind in ("maximum", "minimum"), "a maximum or minimum", extremum)
    step.require(extremum.sort == index.sort, "an index of the extremum", index)
    outside = step.conclusion.free | extremum.free
    step.require(index not in outside, "an index that occurs nowhere else", index)
    step.require(index not in step.goal.indices, "an index that the goal does not speak of", index)
    step.need(step.conclusion, without=cast(Formula, Equal(extremum.at(index), extremum)))
    others = [assumption.free for assumption in step.assumptions]
    step.require(all(index not in free for free in others), "no other assumption on the index", index)
