"""Bringing inputs into a domain: swaps for order, mass moved for zeros and agreement, values by equations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from axiomkd.kernel.judgement import Fact, Goal
from axiomkd.kernel.terms import (
    ZERO,
    AtMost,
    Big,
    Equal,
    Free,
    Index,
    Less,
    Multiply,
    Term,
    Variable,
    variables,
)
from axiomkd.provers.counterexample.domain import Kind
from axiomkd.provers.counterexample.numeric import Batch, Floats, Integers, Numeric, Truths
from axiomkd.provers.counterexample.solved import solved


def repaired(goal: Goal, kinds: Sequence[Kind], batch: Batch) -> Batch:
    """The batch with those facts mended that are recognised; the others are left to the filter."""
    rows = {kind.name for kind in kinds if kind.simplex and not kind.indicator and len(kind.sorts) <= 2}
    values = {name: array.copy() if name in rows else array for name, array in batch.values.items()}
    mended = Batch(batch.sizes, batch.count, values, batch.indices, batch.permutations)
    for fact in goal.facts:
        match fact.conclusion:
            case Less(Variable() as low, Variable() as high) | AtMost(Variable() as low, Variable() as high):
                if low.name == high.name and low.name in rows:
                    _mend_order(fact, low, high, mended)
            case Equal(Variable() as entry, right) if right is ZERO and entry.name in rows:
                _mend_zero(fact, entry, mended)
            case Equal(Variable() as entry, Variable() as other) if {entry.name, other.name} <= rows:
                _mend_agreement(fact, entry, other, mended)
            case Equal(Variable() as entry, right) if is_determined(fact, entry, right):
                values[entry.name] = _determined(fact, right, mended)
            case Equal(Big("sum") as left, Big("sum") as right) if variables(left) == variables(right):
                _mend_means(fact, left, mended, values)
    return solved(goal, kinds, mended)


def determined(goal: Goal) -> frozenset[str]:
    """The names of the variables that facts give by others."""
    found = set()
    for fact in goal.facts:
        match fact.conclusion:
            case Equal(Variable() as entry, right) if is_determined(fact, entry, right):
                found.add(entry.name)
    return frozenset(found)


def is_determined(fact: Fact, entry: Variable, right: Term) -> bool:
    """Whether a fact gives every entry of a variable by others."""
    return entry.indices == fact.indices and entry.name not in variables(right)


def _determined(fact: Fact, right: Term, batch: Batch) -> Floats:
    shape = tuple(batch.sizes[index.sort] for index in fact.indices)
    found = np.empty((*shape, batch.count))
    for numbers in np.ndindex(shape):
        chosen = zip(fact.indices, numbers, strict=True)
        indices = {index: np.full(batch.count, number) for index, number in chosen}
        found[numbers] = Numeric(replace(batch, indices={**batch.indices, **indices})).at_inputs(right)
    return found


def _mend_means(fact: Fact, left: Big, batch: Batch, values: dict[str, Floats]) -> None:
    """Random teachers with one mean: each draws one of few rows with even chances, independently.

    A teacher's rows are its own, moved to the first teacher's mean, or the first teacher's where that
    leads out of the simplex.
    """
    parts = left.body.parts if isinstance(left.body, Multiply) else ()
    if [len(part.indices) for part in parts if isinstance(part, Variable)] != [1, 3]:
        return
    chance, teacher = parts
    scenarios, teachers = values[teacher.name].shape[:2]
    rows = round(scenarios ** (1 / teachers))
    if teacher.indices[1] not in fact.indices or scenarios != rows**teachers:
        return
    own = np.arange(rows)[:, None] * rows ** np.arange(teachers)
    first = values[teacher.name][:rows, :1]
    moved = values[teacher.name][own, np.arange(teachers)]
    moved = moved + first.mean(axis=0) - moved.mean(axis=0)
    moved = np.where((moved > 0).all(axis=(0, 2), keepdims=True), moved, first)
    drawn = np.arange(scenarios)[:, None] // rows ** np.arange(teachers) % rows
    values[teacher.name] = moved[drawn, np.arange(teachers)]
    values[chance.name] = np.full((scenarios, batch.count), 1 / scenarios)


def _mend_agreement(fact: Fact, entry: Variable, other: Variable, batch: Batch) -> None:
    """Let two variables agree in one entry of some rows, by moving mass to the next entry."""
    column = entry.indices[-1]
    if column is not other.indices[-1] or column in fact.indices:
        return
    rows, model = _rows(batch, entry.name), _rows(batch, other.name)
    where = np.broadcast_to(_numbers(column, batch), (rows.shape[0], batch.count))
    beside = (where + 1) % rows.shape[1]
    chosen = _chosen_rows(fact, entry, batch, rows)
    missing = np.where(chosen, _picked(model, where) - _picked(rows, where), 0)
    _put(rows, where, _picked(rows, where) + missing)
    _put(rows, beside, _picked(rows, beside) - missing)


def _rows(batch: Batch, name: str) -> Floats:
    """A view with the axes rows, entries, inputs."""
    array = batch.values[name]
    return array if array.ndim == 3 else array[None]


def _mend_order(fact: Fact, low: Variable, high: Variable, batch: Batch) -> None:
    """Swap entries of a row, or whole rows, so that the one is no larger than the other."""
    pairs = enumerate(zip(low.indices, high.indices, strict=True))
    differing = [axis for axis, (x, y) in pairs if x is not y]
    rows = _rows(batch, low.name)
    if differing == [len(low.indices) - 1]:
        chosen = _chosen_rows(fact, low, batch, rows)
        values = rows
    elif differing == [0] and low.indices[1] not in fact.indices:
        column = _numbers(low.indices[1], batch)
        values = rows[:, column, np.arange(batch.count)][None]
        chosen = np.ones((1, batch.count), dtype=bool)
    else:
        return
    source, target = low.indices[differing[0]], high.indices[differing[0]]
    pair = _pair(fact, source, target, values, batch)
    if pair is None:
        return
    wrong = chosen & (_picked(values, pair[0]) > _picked(values, pair[1]))
    if values is rows:
        _swap(rows, wrong, *pair)
    else:
        _swap(rows.transpose(1, 0, 2), np.broadcast_to(wrong, (rows.shape[1], batch.count)), *pair)


def _pair(
    fact: Fact, source: Index, target: Index, values: Floats, batch: Batch
) -> tuple[Integers, Integers] | None:
    """Which two entries must stand in order: an index of the fact itself stands for all entries."""
    shape = (values.shape[0], batch.count)
    if source in fact.indices and target in fact.indices:
        return None
    if source in fact.indices:
        return values.argmax(axis=1), np.broadcast_to(_numbers(target, batch), shape)
    if target in fact.indices:
        return np.broadcast_to(_numbers(source, batch), shape), values.argmin(axis=1)
    return np.broadcast_to(_numbers(source, batch), shape), np.broadcast_to(_numbers(target, batch), shape)


def _numbers(index: Index, batch: Batch) -> Integers:
    return batch.indices[index] if isinstance(index, Free) else np.full(batch.count, index.parts[0] - 1)


def _chosen_rows(fact: Fact, entry: Variable, batch: Batch, rows: Floats) -> Truths:
    """The rows that a fact speaks of."""
    shape = (rows.shape[0], batch.count)
    if len(entry.indices) == 1 or entry.indices[0] in fact.indices:
        return np.ones(shape, dtype=bool)
    return np.arange(rows.shape[0])[:, None] == _numbers(entry.indices[0], batch)


def _picked(values: Floats, where: Integers) -> Floats:
    return np.take_along_axis(values, where[:, None, :], axis=1)[:, 0, :]


def _swap(values: Floats, which: Truths, one: Integers, other: Integers) -> None:
    first = np.broadcast_to(one, which.shape)
    second = np.broadcast_to(other, which.shape)
    left, right = _picked(values, first), _picked(values, second)
    _put(values, first, np.where(which, right, left))
    _put(values, second, np.where(which, left, _picked(values, second)))


def _put(values: Floats, where: Integers, new: Floats) -> None:
    rows, inputs = np.indices(where.shape)
    values[rows, where, inputs] = new


def _mend_zero(fact: Fact, entry: Variable, batch: Batch) -> None:
    """Move the mass of an entry to the next one."""
    if entry.indices[-1] in fact.indices:
        return
    rows = _rows(batch, entry.name)
    chosen = _chosen_rows(fact, entry, batch, rows)
    where = np.broadcast_to(_numbers(entry.indices[-1], batch), chosen.shape)
    beside = (where + 1) % rows.shape[1]
    mass = np.where(chosen, _picked(rows, where), 0)
    _put(rows, where, _picked(rows, where) - mass)
    _put(rows, beside, _picked(rows, beside) + mass)
