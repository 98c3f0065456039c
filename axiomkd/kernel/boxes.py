r"""Inequalities by subdivision: a box is cut into boxes, and on each of them ranges decide.

The box is a product of intervals, one for each coordinate; other variables are given as terms in the
coordinates. Every input lies in one of the boxes at the leaves of the tree of cuts, so what holds on
each of them, or on each that holds an input at all, holds for every input.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

import flint

from axiomkd.kernel.evaluation import Undecided
from axiomkd.kernel.evidence import Parameter
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.ranges import NOTHING, Ends, Range, Ranges, Value, point, times
from axiomkd.kernel.terms import (
    ZERO,
    AtMost,
    Big,
    Comparison,
    Defined,
    Different,
    Distinct,
    Equal,
    Extreme,
    Formula,
    Free,
    If,
    Index,
    Less,
    Literal,
    Node,
    Permuted,
    Same,
    Size,
    Term,
    Variable,
    add,
    multiply,
    rebuild,
    term,
)

Box = tuple[tuple[Fraction, Fraction], ...]
"""For each coordinate the ends of its interval."""
PLAIN, BY_SLOPES, OUTSIDE = -1, -2, -3
"""How a leaf is closed: by the range, by the mean value theorem, by premise n as ``OUTSIDE - n``."""
PRECISION = 64
MOST_LEAVES = 20_000
MOST_NODES = 50_000
"""Nodes of a term with its sums and products written out."""


@dataclass(frozen=True)
class Definition:
    """A variable that is a term in the coordinates, and whether it is known not to be negative."""

    variable: Variable
    value: Term
    nonnegative: bool


@dataclass(frozen=True)
class Domain:
    """The coordinates with their intervals, the other variables, and what else is known of an input."""

    coordinates: tuple[Variable, ...]
    box: Box
    definitions: tuple[Definition, ...]
    premises: Mapping[int, Formula]

    def ranges(self, values: tuple[Value, ...], clip: bool, limits: bool = True) -> Ranges:
        """The ranges of all variables; with ``clip`` of inputs alone, else also where a premise fails."""
        ranges = Ranges(dict(zip(self.coordinates, values, strict=True)), limits)
        for definition in self.definitions:
            value = ranges.value(definition.value)
            if clip and definition.nonnegative and isinstance(value, Range):
                low, high = value.ends
                value = Range((low.max(flint.arb(0)), high), NOTHING)
            ranges.learn(definition.variable, value)
        return ranges

    def plain(self, box: Box, limits: bool = True) -> Ranges:
        return self.ranges(tuple(Range(interval(ends), NOTHING) for ends in box), True, limits)


def interval(ends: tuple[Fraction, Fraction]) -> Ends:
    return point(ends[0])[0], point(ends[1])[1]


def leaves(box: Box, tree: tuple[Parameter, ...]) -> Iterator[tuple[Box, int]]:
    """The boxes at the leaves, each with how it is closed.

    The tree is written parts first to last: a cut is the number of its coordinate and where it is cut,
    then the lower part, then the upper; a leaf is a negative number.
    """
    tokens = iter(tree)
    waiting, count = [box], 0
    while waiting:
        here, token = waiting.pop(), next(tokens, None)
        if type(token) is not int:
            raise Refused("expected a cut or a leaf for every box, got", token)
        if token < 0:
            count += 1
            if count > MOST_LEAVES:
                raise Refused(f"expected at most {MOST_LEAVES} boxes, got more")
            yield here, token
        else:
            waiting.extend(_parts(here, token, next(tokens, None)))
    if next(tokens, None) is not None:
        raise Refused("expected the tree to end with its last leaf, got more")


def _parts(box: Box, place: int, cut: Parameter | None) -> tuple[Box, Box]:
    """The upper part, then the lower."""
    if place >= len(box):
        raise Refused(f"expected a coordinate below {len(box)}, got {place}")
    low, high = box[place]
    if type(cut) is not Fraction or not low < cut < high:
        raise Refused(f"expected a cut between {low} and {high}, got {cut}")
    return (
        (*box[:place], (cut, high), *box[place + 1 :]),
        (*box[:place], (low, cut), *box[place + 1 :]),
    )


def check_boxes(formula: Formula, domain: Domain, tree: tuple[Parameter, ...]) -> None:
    """Refuse unless the formula holds for every input in the box; it has no free indices, fixed sizes."""
    with flint.ctx.workprec(PRECISION):
        for box, leaf in leaves(domain.box, tree):
            if not closes(formula, domain, box, leaf):
                raise Refused(f"expected an enclosure that decides on {_shown(domain, box)}, got none")


def _shown(domain: Domain, box: Box) -> str:
    pairs = zip(domain.coordinates, box, strict=True)
    return ", ".join(f"{low} <= {coordinate} <= {high}" for coordinate, (low, high) in pairs)


def closes(formula: Formula, domain: Domain, box: Box, leaf: int) -> bool:
    """Whether the leaf is closed as it says, at the current precision."""
    try:
        if leaf == PLAIN:
            return _holds(formula, domain, box)
        if leaf == BY_SLOPES:
            return holds_by_slopes(formula, domain, box, gap_slopes(formula, domain, box))
        return _fails(domain.premises[OUTSIDE - leaf], domain, box)
    except Undecided:
        return False


def _holds(formula: Formula, domain: Domain, box: Box) -> bool:
    if isinstance(formula, Defined):
        domain.plain(box, limits=False).value(formula.term)
        return True
    low, high = gap(formula, domain.plain(box))
    if isinstance(formula, Different):
        return bool(low > 0 or high < 0)
    return _is_above(formula, low)


def _is_above(formula: Formula, low: flint.arb) -> bool:
    """Whether right minus left from this number on is as the inequality says."""
    if isinstance(formula, Less):
        return bool(low > 0)
    return isinstance(formula, AtMost) and bool(low >= 0)


def gap(formula: Formula, ranges: Ranges) -> Ends:
    """The range of right minus left."""
    value = _gap(formula, ranges)
    return value.ends if isinstance(value, Range) else point(value)


def _gap(formula: Formula, ranges: Ranges) -> Value:
    if not isinstance(formula, Comparison):
        raise Refused("expected a comparison, got", formula)
    return ranges.value(formula.right if formula.left is ZERO else formula.right - formula.left)


def _fails(premise: Formula, domain: Domain, box: Box) -> bool:
    """Whether the premise is false on the whole box, so that no input lies in it."""
    low, high = gap(premise, domain.plain(box))
    match premise:
        case Less():
            return bool(high <= 0)
        case AtMost():
            return bool(high < 0)
        case Equal():
            return bool(high < 0 or low > 0)
    return False


def holds_by_slopes(formula: Formula, domain: Domain, box: Box, slopes: tuple[Ends, ...]) -> bool:
    r"""By :math:`f(x) = f(m) + \int_0^1 \nabla f(m + t (x - m)) \cdot (x - m)\,dt`, m in the box.

    In a coordinate in which f rises on the whole box m is the lower end, in one in which it falls the
    upper, so that the coordinate adds nothing below zero; in the others it is the middle. The
    segment stays in the box, where the ranges of the derivatives hold, though perhaps not among the
    inputs, so nothing but the intervals counts here. Maxima have a derivative almost everywhere on it.
    """
    centre = tuple(map(_centre, slopes, box))
    free = [n for n, (low, high) in enumerate(slopes) if not (low >= 0 or high <= 0)]
    change = flint.arb(0)
    for n in free:
        low, high = box[n]
        change += times(slopes[n], interval((low - centre[n], high - centre[n])))[0]
    values = centre if not free else tuple(Range(point(number), NOTHING) for number in centre)
    return _is_above(formula, gap(formula, domain.ranges(values, clip=False))[0] + change)


def gap_slopes(formula: Formula, domain: Domain, box: Box) -> tuple[Ends, ...]:
    """The ranges of the partial derivatives of right minus left on the box."""
    unit, zero = point(Fraction(1)), point(Fraction(0))
    values = tuple(Range(interval(ends), {place: unit}) for place, ends in enumerate(box))
    value = _gap(formula, domain.ranges(values, clip=False))
    found = value.slopes if isinstance(value, Range) else NOTHING
    return tuple(found.get(place, zero) for place in range(len(box)))


def _centre(slope: Ends, ends: tuple[Fraction, Fraction]) -> Fraction:
    if slope[0] >= 0:
        return ends[0]
    return ends[1] if slope[1] <= 0 else (ends[0] + ends[1]) / 2


# -- terms without sums over indices --------------------------------------------------------


def written_out(node: Node, sizes: Mapping[str, int | None]) -> Node:
    """Sums, products, maxima and minima over an index as operations on their terms, at fixed sizes."""
    return _Writing(sizes).written(node)


class _Writing:
    def __init__(self, sizes: Mapping[str, int | None]) -> None:
        self.sizes, self.count = sizes, 0

    def written(self, node: Node) -> Node:
        self.count += 1
        if self.count > MOST_NODES:
            raise Refused(f"expected at most {MOST_NODES} nodes with all sums written out, got more")
        match node:
            case If(Same(left, right) | Distinct(left, right) as condition, then, otherwise):
                self.written(condition)
                return self.written(then if (left is right) == isinstance(condition, Same) else otherwise)
            case Free() | Permuted():
                raise Refused("expected numbered indices alone, got", node)
            case Size(sort):
                return term(self._size(sort))
            case Big(kind, sort):
                terms = [cast(Term, self.written(node.at(index))) for index in self._indices(sort)]
                if kind in ("maximum", "minimum"):
                    return cast(Node, Extreme(kind, *terms))
                return add(*terms) if kind == "sum" else multiply(*terms)
        return rebuild(
            node, tuple(self.written(part) if isinstance(part, Node) else part for part in node.parts)
        )

    def _indices(self, sort: str) -> list[Index]:
        return [cast(Index, Literal(number, sort)) for number in range(1, self._size(sort) + 1)]

    def _size(self, sort: str) -> int:
        size = self.sizes.get(sort)
        if size is None:
            raise Refused(f"expected a fixed number of {sort}s, got any number")
        return size
