"""Inputs at which numbers tie that a limit compares: along the way there they may be in either order.

Where a rule chooses by comparing numbers, as votes and top outcomes do, its limit is to be looked for where
two of them are equal. Such inputs are hit by chance only where few fractions occur; here they are made:
on the segment between two inputs that differ in one variable, at the place where a difference vanishes,
which is a fraction if the difference is affine there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice, product
from typing import cast

import numpy as np

from axiomkd.kernel.terms import Big, Comparison, If, Index, Literal, Node, Term
from axiomkd.provers.counterexample.numeric import Batch, Floats, Numeric, joined, loose
from axiomkd.provers.counterexample.sample import Sampler

Sizes = Mapping[str, int]
INSTANCES = 2
"""So many numbers of an index are tried: ties between the first two outcomes are like all others."""
PAIRS = 8
STARTS = 400
AFFINE = 1e-12


def chooses(node: Node) -> bool:
    """Whether something inside is chosen by comparing numbers."""
    return next(_choices(node), None) is not None


def _choices(node: Node) -> Iterator[If]:
    if isinstance(node, If) and isinstance(node.condition, Comparison):
        yield node
    for part in node.parts:
        if isinstance(part, Node):
            yield from _choices(part)


def tied(sampler: Sampler, batch: Batch, limit: Term) -> Batch | None:
    """Inputs of the domain at which two numbers are equal that are compared in the limit."""
    starts = batch.chosen(np.arange(min(batch.count, STARTS)))
    if not starts.count:
        return None
    others = starts.chosen(sampler.rng.permutation(starts.count))
    found = [
        _on_segment(starts, others, name, gap)
        for gap in islice(_gaps(limit, sampler.sizes), PAIRS)
        for name in sampler.moving
    ]
    ties = [ties for ties in found if ties is not None]
    return sampler.kept(joined(ties)) if ties else None


def _gaps(node: Node, sizes: Sizes) -> Iterator[Term]:
    """The differences of numbers that are compared, for the first numbers of the indices."""
    seen: set[Term] = set()
    for choice in _opened(node, sizes):
        sides = ([*_instances(side, sizes)] for side in cast(Comparison, choice.condition).parts)
        for one, other in product(*sides):
            if one is not other and one - other not in seen:
                seen |= {one - other, other - one}
                yield one - other


def _opened(node: Node, sizes: Sizes) -> Iterator[If]:
    """The choices inside, with numbers in the place of bound indices."""
    if isinstance(node, If) and isinstance(node.condition, Comparison) and not loose(node.condition):
        yield node
    if isinstance(node, Big):
        for number in _numbers(node.sort, sizes):
            yield from _opened(node.at(number), sizes)
        return
    for part in node.parts:
        if isinstance(part, Node):
            yield from _opened(part, sizes)


def _instances(side: Term, sizes: Sizes) -> Iterator[Term]:
    """The numbers of which an extremum is made; else the side itself."""
    if isinstance(side, Big) and side.kind in ("maximum", "minimum"):
        for number in _numbers(side.sort, sizes):
            yield side.at(number)
    else:
        yield side


def _numbers(sort: str, sizes: Sizes) -> Iterator[Index]:
    return (cast(Index, Literal(n, sort)) for n in range(1, min(INSTANCES, sizes[sort]) + 1))


def _on_segment(starts: Batch, others: Batch, name: str, gap: Term) -> Batch | None:
    """Where the gap vanishes between two inputs that differ in one variable."""

    def at(share: Floats | float) -> Batch:
        start, end = starts.values[name], others.values[name]
        return replace(starts, values={**starts.values, name: (1 - share) * start + share * end})

    low, middle, high = (Numeric(at(share)).at_inputs(gap) for share in (0.0, 0.5, 1.0))
    with np.errstate(all="ignore"):
        affine = np.abs(low + high - 2 * middle) < AFFINE
        share = low / (low - high)
        which = affine & (low * high < 0)
    if not which.any():
        return None
    return at(np.where(which, share, 0.0)).chosen(which)
