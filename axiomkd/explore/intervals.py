"""Intervals of exact numbers, with or without their ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from axiomkd.language.ranges import Range
from axiomkd.language.sizes import MAX_SIZE as FAR

Place = tuple[Fraction, int]
"""A number, and whether just below it, at it or just above it is meant: -1, 0 or 1."""


@dataclass(frozen=True)
class Ends:
    """The numbers from ``low`` to ``high``; an end is left out where it is said so.

    >>> Ends(Fraction(0), Fraction(1), without_low=True)
    (0, 1]
    >>> Fraction(0) in Ends(Fraction(0), Fraction(1), without_low=True)
    False
    """

    low: Fraction
    high: Fraction
    without_low: bool = False
    without_high: bool = False

    @staticmethod
    def of(values: Range) -> Ends:
        """The interval that a declaration gives; a side without an end reaches as far as any number may."""
        low = Fraction(-FAR if values.low is None else values.low)
        high = Fraction(FAR if values.high is None else values.high)
        return Ends(low, high, values.open in ("left", "both"), values.open in ("right", "both"))

    @property
    def first(self) -> Place:
        return self.low, 1 if self.without_low else 0

    @property
    def last(self) -> Place:
        return self.high, -1 if self.without_high else 0

    @property
    def width(self) -> Fraction:
        return self.high - self.low

    @property
    def range(self) -> Range:
        """The interval as the range of a parameter."""
        word = {(1, 0): "left", (0, 1): "right", (1, 1): "both"}.get(
            (self.without_low, self.without_high), ""
        )
        return Range(self.low, self.high, word)

    def __contains__(self, number: object) -> bool:
        return isinstance(number, Fraction) and self.first <= (number, 0) <= self.last

    def covers(self, other: Ends) -> bool:
        """Whether every number of another interval is in this one."""
        return self.first <= other.first and other.last <= self.last

    def __repr__(self) -> str:
        left, right = "(" if self.without_low else "[", ")" if self.without_high else "]"
        return f"{left}{self.low}, {self.high}{right}"

    def words(self, name: str) -> str:
        """
        >>> Ends(Fraction(0), Fraction(1), without_low=True).words("r")
        '0 < r <= 1'
        """
        if self.low == self.high:
            return f"{name} = {self.low}"
        relations = ("<" if out else "<=" for out in (self.without_low, self.without_high))
        left, right = relations
        return f"{self.low} {left} {name} {right} {self.high}"


def merged(intervals: Iterable[Ends]) -> list[Ends]:
    """The same numbers in as few intervals as possible, from left to right.

    >>> half = Fraction(1, 2)
    >>> merged([Ends(half, Fraction(1)), Ends(Fraction(0), half, without_high=True)])
    [[0, 1]]
    """
    found: list[Ends] = []
    for ends in sorted(intervals, key=lambda ends: (ends.first, ends.last)):
        if found and ends.first <= _after(found[-1].last):
            last = max(found[-1].last, ends.last)
            found[-1] = replace(found[-1], high=last[0], without_high=last[1] < 0)
        else:
            found.append(ends)
    return found


def _after(place: Place) -> Place:
    """The place next to it, on its right."""
    return place[0], place[1] + 1


def without(intervals: Sequence[Ends], removed: Iterable[Ends]) -> list[Ends]:
    """What is left of intervals when others are taken away.

    >>> without([Ends(Fraction(0), Fraction(1))], [Ends(Fraction(0), Fraction(0))])
    [(0, 1]]
    """
    left = list(intervals)
    for hole in removed:
        left = [part for ends in left for part in _without_one(ends, hole)]
    return left


def _without_one(ends: Ends, hole: Ends) -> list[Ends]:
    if hole.last < ends.first or ends.last < hole.first:
        return [ends]
    parts = []
    if ends.first < hole.first:
        parts.append(Ends(ends.low, hole.low, ends.without_low, hole.first[1] == 0))
    if hole.last < ends.last:
        parts.append(Ends(hole.high, ends.high, hole.last[1] == 0, ends.without_high))
    return parts
