"""For which values of two parameters a statement holds: boxes, proved, or refuted at a value inside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product

from axiomkd.explore.intervals import Ends
from axiomkd.explore.region import SPECIAL, Question, Watch, check_range, value_at
from axiomkd.portfolio import WORKERS, Pool
from axiomkd.verdict import Cell

SIDES = 8
"""Each range is cut until a box is at most this part of it wide, when no tolerance is asked for."""


@dataclass(frozen=True)
class Box:
    """The values of two parameters in a rectangle, and the cell for all of them at once.

    A proved cell is proved for the whole box; a refuted one is refuted at ``value``, and nothing is
    claimed of the rest of the box.
    """

    sides: tuple[Ends, Ends]
    cell: Cell
    value: tuple[Fraction, Fraction] | None


@dataclass(frozen=True)
class Plane:
    """What is known of a statement over the values of two parameters of a family."""

    question: Question
    parameters: tuple[str, str]
    sides: tuple[Ends, Ends]
    boxes: tuple[Box, ...]


def plane(
    question: Question,
    parameters: tuple[str, str],
    sides: tuple[Ends, Ends],
    tolerance: Fraction | None = None,
    watch: Watch | None = None,
) -> Plane:
    """Decide a statement over a rectangle, in boxes ever smaller until they are proved or small enough.

    A box in which neither a proof nor a counterexample is found is cut once more, and then left open.

    :raises DeclarationError: when the family has no such parameters, or is not meant for all of the ranges.
    """
    for parameter, ends in zip(parameters, sides, strict=True):
        check_range(question.family, parameter, ends)
    found: list[Box] = []
    waiting = [(box, False) for box in _cut(question, parameters, sides)]
    with Pool(WORKERS) as pool:
        while waiting:
            asked = [(*entry, pool.alone(_cell(question, parameters, entry[0]))) for entry in waiting]
            waiting = []
            for box, hopeless, future in asked:
                cell, seconds = future.result()
                if watch is not None:
                    watch(cell, seconds)
                undecided = cell.verdict == "undecided"
                is_last = cell.verdict == "proved" or (hopeless and undecided)
                parts = [] if is_last else list(_smaller(box, sides, tolerance))
                waiting += [(part, undecided) for part in parts]
                found += [] if parts else [Box(box, cell, _value(cell, parameters))]
    return Plane(question, parameters, sides, tuple(found))


def _cell(question: Question, parameters: tuple[str, str], box: tuple[Ends, Ends]) -> Cell:
    return question.at(**{name: ends.range for name, ends in zip(parameters, box, strict=True)})


def _value(cell: Cell, parameters: tuple[str, str]) -> tuple[Fraction, Fraction] | None:
    if cell.verdict != "refuted":
        return None
    one, other = (value_at(cell, parameter) for parameter in parameters)
    return one, other


def _cut(
    question: Question, parameters: tuple[str, str], sides: tuple[Ends, Ends]
) -> Iterator[tuple[Ends, Ends]]:
    """The rectangle, cut at the values for which the family is not meant."""
    parts = []
    for parameter, ends in zip(parameters, sides, strict=True):
        out = [x for x in question.family.excluded.get(parameter, ()) if x in ends]
        marks = sorted({ends.low, ends.high, *out})
        parts.append([Ends(low, high, low in out, high in out) for low, high in pairwise(marks)])
    yield from product(*parts)


def _smaller(
    box: tuple[Ends, Ends], sides: tuple[Ends, Ends], tolerance: Fraction | None
) -> Iterator[tuple[Ends, Ends]]:
    """The halves or quarters of a box; none when it is small enough."""
    parts = [_halves(ends, tolerance or whole.width / SIDES) for ends, whole in zip(box, sides, strict=True)]
    if any(len(part) > 1 for part in parts):
        yield from ((one, other) for one, other in product(*parts))


def _halves(ends: Ends, tolerance: Fraction) -> list[Ends]:
    """Two halves, cut at a special value if one is near the middle; the interval itself if it is narrow."""
    if ends.width <= tolerance:
        return [ends]
    centre = (ends.low + ends.high) / 2
    near = [x for x in SPECIAL if abs(x - centre) <= ends.width / 4]
    x = min(near, key=lambda x: abs(x - centre), default=centre)
    return [Ends(ends.low, x, ends.without_low), Ends(x, ends.high, False, ends.without_high)]
