"""Roots of equations for the kernel: from floating point to a short interval that holds one."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from typing import cast

from axiomkd.kernel.enclosure import entry, holds
from axiomkd.kernel.evaluation import Point, Undefined, instantiate
from axiomkd.kernel.evidence import Root
from axiomkd.kernel.judgement import Goal, Refused
from axiomkd.kernel.roots import enclosed, sign, with_entry
from axiomkd.kernel.terms import Formula
from axiomkd.provers.counterexample.domain import kinds
from axiomkd.provers.counterexample.solved import unknowns

DIGITS = 20
"""Digits after the point that are given of a root."""
AROUND = (10, 8, 6)
"""Digits of a float that may be right: the root is looked for so near to it."""


def rooted(goal: Goal, point: Point) -> tuple[Point, tuple[Root, ...]]:
    """The point with each unknown near a root of its equation, and the roots that are no fractions.

    Where no root can be shown the kernel is left to refuse the point.
    """
    roots: list[Root] = []
    for root in _wanted(goal, point):
        if not _is_exact(goal, point, root):
            with suppress(Refused):
                value, radius = _refined(goal, point, (*roots, root))
                roots.append(replace(root, radius=radius))
                point = with_entry(point, root.name, root.entry, value)
    return point, tuple(roots)


def _wanted(goal: Goal, point: Point) -> Iterator[Root]:
    """Every entry of an unknown, with the equation that defines it."""
    for fact, unknown, _ in unknowns(goal, kinds(goal)):
        for numbers in itertools.product(*(range(1, point.sizes[i.sort] + 1) for i in fact.indices)):
            yield Root(unknown.name, numbers, Fraction(1), goal.facts.index(fact), numbers)


def _is_exact(goal: Goal, point: Point, root: Root) -> bool:
    fact = goal.facts[root.fact]
    equation = instantiate(fact.conclusion, dict(zip(fact.indices, root.instance, strict=True)))
    try:
        return holds(cast(Formula, equation), point)
    except (Undefined, Refused):
        return False


def _refined(goal: Goal, point: Point, roots: tuple[Root, ...]) -> tuple[Fraction, Fraction]:
    """The last root to so many digits, and how far it may be off; refused where none can be shown."""
    *earlier, root = roots
    there = enclosed(goal, point, tuple(earlier))
    low, high = _bracket(goal, there, root, cast(Fraction, entry(point.values, root.name, root.entry)))
    rising = sign(goal, there, root, high)
    radius = Fraction(1, 10**DIGITS)
    while high - low > radius:
        middle = (low + high) / 2
        try:
            found = sign(goal, there, root, middle)
        except Refused:
            break
        low, high = (low, middle) if found == rising else (middle, high)
    ends = Fraction(round(low / radius) - 1) * radius, Fraction(round(high / radius) + 1) * radius
    return sum(ends) / 2, (ends[1] - ends[0]) / 2


def _bracket(goal: Goal, point: Point, root: Root, value: Fraction) -> tuple[Fraction, Fraction]:
    """Numbers around a float at which the equation's sides differ in different directions."""
    for digits in AROUND:
        distance = max(Fraction(1), abs(value)) / 10**digits
        low, high = value - distance, value + distance
        if sign(goal, point, root, low) * sign(goal, point, root, high) < 0:
            return low, high
    raise Refused(f"expected a root of {root.name} near {float(value)}, got none")
