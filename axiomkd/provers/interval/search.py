"""Branch and bound: which boxes are cut, and where, until the kernel's enclosures decide on all of them."""

from __future__ import annotations

import time
from fractions import Fraction

import flint

from axiomkd.kernel.boxes import (
    BY_SLOPES,
    MOST_LEAVES,
    OUTSIDE,
    PLAIN,
    PRECISION,
    Box,
    Domain,
    closes,
    gap_slopes,
    holds_by_slopes,
)
from axiomkd.kernel.evaluation import Undecided
from axiomkd.kernel.evidence import Parameter
from axiomkd.kernel.ranges import Ends
from axiomkd.kernel.terms import Comparison, Formula

NARROWEST = Fraction(1, 1 << 12)
"""A box that is this narrow in every coordinate, measured by the whole, will not be decided."""


def subdivide(formula: Formula, domain: Domain, deadline: float) -> tuple[Parameter, ...] | None:
    """The tree of cuts that shows the formula, or ``None``; ``deadline`` is in processor seconds."""
    tree: list[Parameter] = []
    waiting, leaves = [domain.box], 0
    with flint.ctx.workprec(PRECISION):
        while waiting:
            if leaves + len(waiting) > MOST_LEAVES or time.process_time() > deadline:
                return None
            box = waiting.pop()
            found = _decided(formula, domain, box)
            if isinstance(found, int):
                leaves += 1
                tree.append(found)
                continue
            place = _widest(domain, box, found)
            if place is None:
                return None
            low, high = box[place]
            cut = (low + high) / 2
            tree += [place, cut]
            waiting += [
                (*box[:place], (cut, high), *box[place + 1 :]),
                (*box[:place], (low, cut), *box[place + 1 :]),
            ]
    return tuple(tree)


def _decided(formula: Formula, domain: Domain, box: Box) -> int | tuple[Ends, ...] | None:
    """How the box can be closed, else the slopes on it, as far as they exist."""
    if closes(formula, domain, box, PLAIN):
        return PLAIN
    for number in domain.premises:
        if closes(formula, domain, box, OUTSIDE - number):
            return OUTSIDE - number
    if not isinstance(formula, Comparison):
        return None
    try:
        slopes = gap_slopes(formula, domain, box)
        return BY_SLOPES if holds_by_slopes(formula, domain, box, slopes) else slopes
    except Undecided:
        return None


def _widest(domain: Domain, box: Box, slopes: tuple[Ends, ...] | None) -> int | None:
    """The coordinate along which the gap changes most; ``None`` when all are narrow already."""
    widths = [
        (high - low) / (end - start) if end > start else Fraction(0)
        for (low, high), (start, end) in zip(box, domain.box, strict=True)
    ]
    if all(width <= NARROWEST for width in widths):
        return None
    weights = widths if slopes is None else [_change(*pair) for pair in zip(slopes, box, strict=True)]
    return max(range(len(box)), key=lambda place: (weights[place], widths[place]))


def _change(slope: Ends, ends: tuple[Fraction, Fraction]) -> float:
    return float(abs(slope[0]).max(abs(slope[1]))) * float(ends[1] - ends[0])
