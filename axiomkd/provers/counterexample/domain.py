"""What a goal's facts say about each variable, read off their shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import cast

import numpy as np

from axiomkd.kernel.judgement import LEAST, Fact, Goal
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Big,
    Bound,
    Equal,
    Formula,
    Free,
    If,
    Less,
    Literal,
    Number,
    Term,
    Variable,
    big,
    subterms,
    term,
    variables,
)
from axiomkd.provers.counterexample.numeric import Batch, Floats, Numeric, Truths

SIZES = (
    (1, 2, 2),
    (2, 2, 2),
    (2, 3, 2),
    (3, 2, 2),
    (3, 3, 2),
    (2, 5, 2),
    (4, 4, 2),
    (2, 3, 3),
    (3, 4, 3),
    (1, 3, 2),
    (2, 30, 2),
)
"""Teachers, outcomes, and rows that a random teacher draws from; the smallest first.

Two outcomes hide most counterexamples, ten hide a few, and so do two rows. What fails for one teacher
fails for two, but for some ties.
"""
USUAL_ROWS = 2
MOST_DRAWING = 5
"""Teachers up to which there is a scenario for whatever they draw."""

ROUNDING = Fraction(1, 10**10)
"""How far from a fact an input may be before its values are made rational."""


@dataclass(frozen=True)
class Kind:
    """How the values of one variable are drawn.

    ``simplex``: sums to one over the last index. ``positive``: all entries are; ``bounded``: at
    least zero. ``indicator``: each entry is 0 or 1. ``upper``: a term that it does not exceed. All
    this is said of the distance from ``origin``, upwards or, with ``direction`` -1, downwards.
    """

    name: str
    sorts: tuple[str, ...]
    simplex: bool = False
    positive: bool = False
    bounded: bool = False
    indicator: bool = False
    upper: Term | None = None
    origin: float = 0.0
    direction: int = 1

    def distance(self, values: Floats) -> Floats:
        return self.direction * (values - self.origin)

    def at_distance(self, distances: Floats) -> Floats:
        return self.origin + self.direction * distances


def kinds(goal: Goal) -> tuple[Kind, ...]:
    """The kind of every variable, each after those that its upper bound speaks of."""
    found = [_kind(goal, name, sorts) for name, sorts in goal.variables]
    return tuple(sorted(found, key=lambda kind: _depth(kind, found)))


def _depth(kind: Kind, others: list[Kind]) -> int:
    names = variables(kind.upper) if kind.upper else frozenset()
    return 1 + max((_depth(other, others) for other in others if other.name in names), default=0)


def _kind(goal: Goal, name: str, sorts: tuple[str, ...]) -> Kind:
    plain = [fact for fact in goal.facts if not fact.hypotheses and name in variables(fact.conclusion)]
    simplex = any(_sums_to_one(fact.conclusion, name) for fact in plain)
    lower, upper = _bounds(plain, name)
    if not sorts and not lower and (ends := _ends(plain, name)) != (None, None):
        return _parameter(name, *ends)
    return Kind(
        name,
        sorts,
        simplex,
        Less in lower,
        bool(lower),
        any(_is_indicator(fact, name, sorts) for fact in plain),
        None if simplex or not upper else min(upper, key=lambda bound: bound is ONE),
    )


End = tuple[Fraction, bool]
"""A number that bounds a parameter, and whether the parameter may not be equal to it."""


def _ends(facts: list[Fact], name: str) -> tuple[End | None, End | None]:
    """The numbers that bound a variable without indices from below and from above."""
    low: list[End] = []
    high: list[End] = []
    for fact in facts:
        match fact.conclusion:
            case Less(left, right) | AtMost(left, right):
                strict = isinstance(fact.conclusion, Less)
                if isinstance(left, Number) and _is_entry(right, name):
                    low.append((left.value, strict))
                elif isinstance(right, Number) and _is_entry(left, name):
                    high.append((right.value, strict))
                else:
                    return None, None
    return (low[0] if low else None), (high[0] if high else None)


def _parameter(name: str, low: End | None, high: End | None) -> Kind:
    """A parameter measured from its lower end, or from its upper end where it has no lower one."""
    nearest = low or high
    assert nearest is not None
    origin, strict = nearest
    upper = term(high[0] - low[0]) if low and high else None
    direction = 1 if low else -1
    return Kind(name, (), False, strict, True, upper=upper, origin=float(origin), direction=direction)


def _bounds(facts: list[Fact], name: str) -> tuple[list[type[Formula]], list[Term]]:
    """The relations to zero, and the upper bounds, that hold for every entry of a variable."""
    lower: list[type[Formula]] = []
    upper: list[Term] = []
    for fact in facts:
        match fact.conclusion:
            case Less(left, right) | AtMost(left, right):
                if left is ZERO and _is_entry(right, name) and right.free <= set(fact.indices):
                    lower.append(type(fact.conclusion))
                if _is_entry(left, name) and name not in variables(right) and left.free <= set(fact.indices):
                    upper.extend(_least(right, fact.indices) if not left.free else _free(right, fact.indices))
    return lower, upper


def _least(bound: Term, indices: tuple[Free, ...]) -> list[Term]:
    """The least of the bounds that a fact gives for each of its indices."""
    for index in indices:
        bound = big("minimum", index, bound) if index in bound.free else bound
    return [bound]


def _free(bound: Term, indices: tuple[Free, ...]) -> list[Term]:
    """A bound that is the same for each of a fact's indices, or none."""
    return [] if bound.free & set(indices) else [bound]


def _is_entry(term: Term, name: str) -> bool:
    return isinstance(term, Variable) and term.name == name


def _sums_to_one(formula: Formula, name: str) -> bool:
    match formula:
        case Equal(Big("sum", _, body), right) if right is ONE:
            last = body.indices[-1] if isinstance(body, Variable) and body.indices else None
            return _is_entry(body, name) and isinstance(last, Bound)
        case Equal(left, Big()) if left is ONE:
            return _sums_to_one(Equal(formula.right, left), name)
    return False


def _is_indicator(fact: Fact, name: str, sorts: tuple[str, ...]) -> bool:
    """Whether the fact allows 0 and 1 and forbids 1/2."""
    formula = fact.conclusion
    if not isinstance(formula, Equal) or variables(formula) != {name} or formula.free - set(fact.indices):
        return False
    if any(isinstance(node, Big) for node in subterms(formula)):
        return False
    values = np.broadcast_to(np.array([0.0, 1.0, 0.5]), (*(1 for _ in sorts), 3))
    batch = Batch({sort: 1 for sort in sorts}, 3, {name: values}, {}, {})
    return list(fact_holds(fact, Numeric(batch))) == [True, True, False]


def fact_holds(fact: Fact, numeric: Numeric) -> Truths:
    """For each input whether every instance of a fact holds, up to rounding."""
    check = _whole(fact)
    if check is None:
        return cast(Truths, numeric.at_inputs(_truth_value(fact)) == 1)
    name, holds = check
    true = holds(numeric.batch.values[name])
    return cast(Truths, true.all(axis=tuple(range(true.ndim - 1))))


@lru_cache(maxsize=1024)
def _whole(fact: Fact) -> tuple[str, Callable[[Floats], Truths]] | None:
    """For what is said of every entry or row of a variable: its name and a check without a term."""
    match fact.conclusion:
        case Less(left, Variable() as entry) if left is ZERO and _is_everywhere(fact, entry.indices):
            return entry.name, lambda values: values > 0
        case AtMost(left, Variable() as entry) if left is ZERO and _is_everywhere(fact, entry.indices):
            return entry.name, lambda values: values >= -float(ROUNDING)
        case Equal(Big("sum", _, Variable() as row), right) if right is ONE:
            *outer, last = row.indices or (None,)
            if isinstance(last, Bound) and _is_everywhere(fact, tuple(outer)):
                return row.name, lambda values: np.abs(values.sum(axis=-2) - 1) <= float(ROUNDING)
    return None


def _is_everywhere(fact: Fact, indices: tuple[object, ...]) -> bool:
    """Whether the indices are the fact's own, each once, so that they run through everything."""
    return not fact.hypotheses and len(set(indices)) == len(indices) and set(indices) == set(fact.indices)


@lru_cache(maxsize=1024)
def _truth_value(fact: Fact) -> Term:
    """The fact as a term: the least of 1 (true) and 0 (false) over its instances."""
    value = cast(Term, If(_up_to_rounding(fact.conclusion), ONE, ZERO))
    for hypothesis in fact.hypotheses:
        value = cast(Term, If(hypothesis, value, ONE))
    for index in fact.indices:
        value = big("minimum", index, value)
    return value


def _up_to_rounding(formula: Formula) -> Formula:
    match formula:
        case Equal(left, right):
            return cast(Formula, AtMost((left - right) * (left - right), term(ROUNDING**2)))
        case AtMost(left, right):
            return cast(Formula, AtMost(left, right + ROUNDING))
    return formula


def in_domain(goal: Goal, batch: Batch) -> Truths:
    """For each input whether every fact of the goal holds, up to rounding."""
    return all_hold(goal.facts, batch)


def all_hold(facts: Iterable[Fact], batch: Batch) -> Truths:
    """For each input whether every one of the facts holds, up to rounding."""
    numeric, true = Numeric(batch), np.ones(batch.count, dtype=bool)
    for fact in facts:
        true = true & fact_holds(fact, numeric)
    return true


def all_sizes(goal: Goal) -> list[dict[str, int]]:
    """The sizes to search, smallest first, as far as the goal allows them."""
    needed, given = _needed(goal), dict(goal.sizes)
    found: list[dict[str, int]] = []
    for teachers, outcomes, rows in SIZES:
        if rows != USUAL_ROWS and "scenario" not in given:
            continue
        usual = _usual(given.get("teacher") or teachers, given.get("outcome") or outcomes, rows)
        sizes = {sort: fixed or usual.get(sort, 1) for sort, fixed in goal.sizes}
        if sizes not in found and all(sizes[sort] >= least for sort, least in needed.items()):
            found.append(sizes)
    return found


def _usual(teachers: int, outcomes: int, rows: int) -> dict[str, int]:
    """The sizes that go together: every teacher draws one of the rows, and all but one are a block."""
    return {
        "teacher": teachers,
        "outcome": outcomes,
        "merged": outcomes - 1,
        "block": teachers - 1,
        "rest": 1,
        "row": rows,
        "scenario": rows ** min(teachers, MOST_DRAWING),
    }


def _needed(goal: Goal) -> dict[str, int]:
    """The least size of each sort: by convention and by the numbered indices that occur."""
    formulas = [f for fact in goal.facts for f in (fact.conclusion, *fact.hypotheses)]
    needed = {sort: LEAST.get(sort, 1) for sort, _ in goal.sizes}
    for formula in (*formulas, *goal.conclusions):
        for node in subterms(formula):
            if isinstance(node, Literal):
                needed[node.sort] = max(needed[node.sort], node.number)
    return needed
