"""Inputs of a batch as exact evidence."""

from __future__ import annotations

from axiomkd.kernel.evidence import Witness
from axiomkd.kernel.judgement import Goal
from axiomkd.kernel.terms import Formula, InHull
from axiomkd.kernel.witness import free_indices
from axiomkd.provers.counterexample.numeric import Batch
from axiomkd.provers.counterexample.simple import fraction, values_at
from axiomkd.provers.counterexample.violation import best_separator


def witness(goal: Goal, number: int, batch: Batch, position: int = 0) -> Witness:
    """One input as a witness against one conclusion."""
    conclusion = goal.conclusions[number]
    separator = best_separator(conclusion, batch, position) if isinstance(conclusion, InHull) else ()
    return Witness(
        sized(goal, batch),
        values_at(goal, batch, position),
        numbered(goal, conclusion, batch, position),
        permuted(goal, batch, position),
        number,
        tuple(map(fraction, separator)),
    )


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
