"""For which values of a parameter a statement holds: proved intervals, refuted values, gaps between them.

An interval is proved with the parameter as a variable. Only single values are refuted, each by a
counterexample of its own: between two of them nothing is claimed.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, cast

from axiomkd.errors import DeclarationError
from axiomkd.explore.intervals import Ends, merged, without
from axiomkd.kernel.evidence import Paths, Polynomial, Witness
from axiomkd.language.ranges import Range
from axiomkd.operators.families import Family
from axiomkd.portfolio import WORKERS, Pool
from axiomkd.statement import Scope, Statement
from axiomkd.verdict import Cell, Verdict

SPECIAL = tuple(map(Fraction, ("0", "1", "-1", "1/2", "2", "-1/2", "-2")))
"""Values at which rules change their nature; they are looked at first."""
COARSE = 8
"""Between two values with one verdict the spacing is at most this part of the range."""
FINE = 256
"""Between two values with different verdicts it is at most this part, when no tolerance is asked for."""

Watch = Callable[[Cell, float], None]
Kind = Literal["proved", "refuted", "open"]


@dataclass(frozen=True)
class Question:
    """A family and a statement about it at a scope."""

    family: Family
    statement: Statement
    scope: Scope = field(default_factory=Scope)

    def at(self, **values: Fraction | Range) -> Cell:
        """The undecided cell for these numbers or ranges.

        :raises DeclarationError: when the statement is not asked of the family.
        """
        operator = self.family.at(values)
        if self.statement.goal(operator, self.scope) is None:
            raise DeclarationError(
                f"{operator.id}: expected a statement asked of it, got {self.statement.id}"
            )
        return Cell(operator, self.statement, self.scope)


@dataclass(frozen=True)
class Piece:
    """A part of the range: an interval, or values one by one, with the cells that decide it."""

    kind: Kind
    ends: Ends
    values: tuple[Fraction, ...] = ()
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class Region:
    """What is known of a statement along one parameter of a family.

    ``spans`` are proved intervals, ``points`` single values with their cells.
    """

    question: Question
    parameter: str
    ends: Ends
    excluded: tuple[Fraction, ...]
    spans: tuple[tuple[Ends, Cell], ...]
    points: tuple[tuple[Fraction, Cell], ...]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The range from left to right: what is proved, what is refuted, what is open."""
        spans = [ends for ends, _ in self.spans]
        proved = [Ends(x, x) for x, cell in self.points if cell.verdict == "proved"]
        touching = [x for x in proved if any(len(merged([x, ends])) == 1 for ends in spans)]
        intervals = merged([*spans, *touching])
        left = without([self.ends], [*intervals, *(Ends(x, x) for x in self.excluded)])
        found = [self._proved(ends) for ends in intervals]
        found += [piece for ends in left for piece in self._sampled(ends)]
        return tuple(sorted(found, key=lambda piece: piece.ends.first))

    def _proved(self, interval: Ends) -> Piece:
        """An interval; the cells are those of its parts, and of values that no part contains."""
        spans = [(ends, cell) for ends, cell in self.spans if interval.covers(ends)]
        alone = [cell for x, cell in self.points if x in interval and not any(x in ends for ends, _ in spans)]
        return Piece("proved", interval, (), (*(cell for _, cell in spans), *alone))

    def _sampled(self, gap: Ends) -> Iterator[Piece]:
        """Values with one verdict next to each other are one piece; all around them is open."""
        inside = [(x, cell) for x, cell in self.points if x in gap]
        found = []
        for verdict, run in itertools.groupby(inside, key=lambda point: point[1].verdict):
            values, cells = zip(*run, strict=True)
            if verdict != "undecided":
                found.append(Piece(verdict, Ends(values[0], values[-1]), values, cells))
        yield from found
        yield from (Piece("open", ends) for ends in without([gap], [piece.ends for piece in found]))


def region(
    question: Question,
    parameter: str,
    ends: Ends,
    tolerance: Fraction | None = None,
    watch: Watch | None = None,
) -> Region:
    """Decide a statement along a parameter, ever finer where the verdict changes.

    :raises DeclarationError: when the family has no such parameter, or is not meant for all of the range.
    """
    check_range(question.family, parameter, ends)
    excluded = question.family.excluded.get(parameter, ())
    inside = tuple(x for x in excluded if x in ends)
    with Pool(WORKERS) as pool:
        search = _Search(question, parameter, ends, inside, tolerance or ends.width / FINE, pool, watch)
        search.run()
    points = tuple(sorted(search.points.items()))
    return Region(question, parameter, ends, inside, tuple(search.spans), points)


def fitted(family: Family, parameter: str, ends: Ends) -> Ends:
    """The interval without an end at which the family's own range is open.

    >>> from axiomkd.operators.families import find_family
    >>> fitted(find_family("tempered"), "t", Ends(Fraction(0), Fraction(2)))
    (0, 2]
    """
    if parameter not in family.operator.ranges:
        return ends
    meant = Ends.of(family.operator.ranges[parameter])
    without_low = ends.without_low or (ends.low == meant.low and meant.without_low)
    return Ends(ends.low, ends.high, without_low, ends.high == meant.high and meant.without_high)


def check_range(family: Family, parameter: str, ends: Ends) -> None:
    """Refuse a parameter that the family does not have, or values for which it is not meant."""
    ranges = family.operator.ranges
    if parameter not in ranges:
        expected = f"{family.operator.id}: expected one of its parameters {', '.join(ranges)}"
        raise DeclarationError(f"{expected}, got {parameter}")
    if not Ends.of(ranges[parameter]).covers(ends):
        meant = Ends.of(ranges[parameter]).words(parameter)
        raise DeclarationError(f"{family.operator.id}: expected a range within {meant}, got {ends}")


@dataclass
class _Search:
    """Values and intervals already decided, and the gaps still to look into, wave by wave."""

    question: Question
    parameter: str
    ends: Ends
    excluded: tuple[Fraction, ...]
    tolerance: Fraction
    pool: Pool
    watch: Watch | None
    points: dict[Fraction, Cell] = field(default_factory=dict)
    spans: list[tuple[Ends, Cell]] = field(default_factory=list)

    def run(self) -> None:
        wanted = {self.ends.low, self.ends.high, *SPECIAL}
        self.decide(x for x in sorted(wanted) if x in self.ends and x not in self.excluded)
        gaps = list(self.first_gaps())
        while gaps:
            left = self.prove(gaps)
            middles = {gap: self.middle(gap) for gap in left if self.is_wide(gap)}
            self.decide(x for x in middles.values() if x not in self.points)
            gaps = [part for gap, x in middles.items() for part in (Ends(gap.low, x), Ends(x, gap.high))]

    def decide(self, values: Iterable[Fraction]) -> None:
        """Decide single values."""
        asked = [(x, self.ask(self.question.at(**{self.parameter: x}))) for x in values]
        self.points |= {x: self.answer(future) for x, future in asked}

    def first_gaps(self) -> Iterator[Ends]:
        """The longest intervals without a refuted value inside, and those between neighbours."""
        first, *others = sorted({self.ends.low, self.ends.high, *self.points, *self.excluded})
        for x in others:
            if self.verdict(x) in ("refuted", None) or x == others[-1]:
                yield Ends(first, x)
                first = x

    def prove(self, gaps: Sequence[Ends]) -> list[Ends]:
        """Ask for intervals with the parameter as a variable; those that are not proved are returned."""
        asked = [(gap, self.ask_range(gap)) for gap in gaps]
        left = []
        for gap, future in asked:
            cell = None if future is None else self.answer(future)
            if cell is not None and cell.verdict == "proved":
                self.spans.append((self.within(gap), cell))
                continue
            left.append(gap)
            if cell is not None and cell.verdict == "refuted" and not self.is_wide(gap):
                self.points.setdefault(value_at(cell, self.parameter), cell)
        return left

    def ask_range(self, gap: Ends) -> Future[tuple[Cell, float]] | None:
        """Nothing is asked between two refuted values: there only more of them are looked for."""
        if self.verdict(gap.low) == self.verdict(gap.high) == "refuted":
            return None
        return self.ask(self.question.at(**{self.parameter: self.within(gap).range}))

    def within(self, gap: Ends) -> Ends:
        """The interval without ends that are refuted or excluded."""
        out = [self.verdict(x) in ("refuted", None) for x in (gap.low, gap.high)]
        return Ends(gap.low, gap.high, *out)

    def verdict(self, x: Fraction) -> Verdict | None:
        return self.points[x].verdict if x in self.points else None

    def is_wide(self, gap: Ends) -> bool:
        """Whether to look further: more closely where the verdict changes between the ends."""
        same = self.verdict(gap.low) == self.verdict(gap.high)
        return gap.width > (self.ends.width / COARSE if same else self.tolerance)

    def middle(self, gap: Ends) -> Fraction:
        """The special value nearest to the middle, if there is one inside; else the middle."""
        centre = (gap.low + gap.high) / 2
        known = [x for x in SPECIAL if gap.low < x < gap.high and x in self.points]
        return min(known, key=lambda x: abs(x - centre), default=centre)

    def ask(self, cell: Cell) -> Future[tuple[Cell, float]]:
        return self.pool.alone(cell)

    def answer(self, future: Future[tuple[Cell, float]]) -> Cell:
        cell, seconds = future.result()
        if self.watch is not None:
            self.watch(cell, seconds)
        return cell


def value_at(cell: Cell, parameter: str) -> Fraction:
    """The number that a parameter has in a counterexample."""
    evidence = cell.evidence
    assert isinstance(evidence, Witness | Paths)
    if isinstance(evidence, Witness):
        value = dict(evidence.values)[parameter]
        assert isinstance(value, Fraction)
        return value
    coefficients = cast(Polynomial, dict(evidence.paths[0])[parameter])
    return coefficients[0]  # a path that moves a parameter is refused
