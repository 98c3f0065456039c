"""Inputs of a batch as exact evidence."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from typing import cast

from axiomkd.kernel.enclosure import evaluate
from axiomkd.kernel.evaluation import Point, Undefined, instantiate
from axiomkd.kernel.evidence import Array, Witness
from axiomkd.kernel.judgement import Goal, Refused
from axiomkd.kernel.roots import with_entry
from axiomkd.kernel.terms import Equal, Formula, InHull, Term, Variable
from axiomkd.kernel.witness import free_indices, instances
from axiomkd.provers.counterexample.numeric import Batch
from axiomkd.provers.counterexample.repair import is_determined
from axiomkd.provers.counterexample.roots import rooted
from axiomkd.provers.counterexample.simple import fraction, values_at
from axiomkd.provers.counterexample.violation import best_separator


def witness(goal: Goal, number: int, batch: Batch, position: int = 0) -> Witness:
    """One input as a witness against one conclusion."""
    conclusion = goal.conclusions[number]
    separator = best_separator(conclusion, batch, position) if isinstance(conclusion, InHull) else ()
    sizes, values = sized(goal, batch), values_at(goal, batch, position)
    numbers, permutations = numbered(goal, conclusion, batch, position), permuted(goal, batch, position)
    indices = {index: dict(numbers)[index.name] for index in free_indices(goal, conclusion)}
    given = Point(dict(sizes), dict(values), indices, dict(permutations))
    point, roots = rooted(goal, _with_determined(goal, given))
    return Witness(
        sizes,
        tuple((name, cast(Array, point.values[name])) for name, _ in values),
        numbers,
        permutations,
        number,
        tuple(map(fraction, separator)),
        roots,
    )


def _with_determined(goal: Goal, point: Point) -> Point:
    """The point with exact values of the variables that facts give by others, where they are fractions."""
    for fact in goal.facts:
        match fact.conclusion:
            case Equal(Variable() as entry, right) if is_determined(fact, entry, right):
                for numbers in instances(fact.indices, point.sizes):
                    with suppress(Refused, Undefined):
                        value = evaluate(cast(Term, instantiate(right, numbers)), point)
                        if isinstance(value, Fraction):
                            point = with_entry(point, entry.name, tuple(numbers.values()), value)
    return point


def sized(goal: Goal, batch: Batch) -> tuple[tuple[str, int], ...]:
    return tuple((sort, batch.sizes[sort]) for sort, _ in goal.sizes)


def numbered(goal: Goal, conclusion: Formula, batch: Batch, position: int) -> tuple[tuple[str, int], ...]:
    """The numbers, from 1, of the indices that the conclusion needs."""
    return tuple(
        (index.name, int(batch.indices[index][position]) + 1) for index in free_indices(goal, conclusion)
    )


def permuted(goal: Goal, batch: Batch, position: int) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The permutations by their images, from 1."""
    return tuple(
        (name, tuple(int(image) + 1 for image in batch.permutations[name][:, position]))
        for name, _ in goal.permutations
    )
