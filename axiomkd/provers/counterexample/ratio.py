"""How badly a statement can fail: the largest difference, or ratio, of its two sides that is found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR
from fractions import Fraction
from functools import partial
from itertools import islice
from typing import cast

import numpy as np

from axiomkd.kernel.enclosure import Enclosure, decide
from axiomkd.kernel.evaluation import Point
from axiomkd.kernel.evidence import Witness
from axiomkd.kernel.judgement import Goal, Refused
from axiomkd.kernel.terms import AtMost, Comparison, Equal, InHull, Less
from axiomkd.kernel.witness import (
    Margin,
    bounds,
    check_witness,
    checked_indices,
    checked_permutations,
    checked_sizes,
    checked_values,
    decimal,
)
from axiomkd.provers.counterexample.climb import Test, highest, rounded
from axiomkd.provers.counterexample.domain import all_sizes
from axiomkd.provers.counterexample.numeric import Batch, Numeric, joined
from axiomkd.provers.counterexample.sample import Sampler
from axiomkd.provers.counterexample.shrink import simplified
from axiomkd.provers.counterexample.spread import climbed
from axiomkd.provers.counterexample.violation import NOISE, Failure, contradiction, nowhere
from axiomkd.provers.counterexample.witnesses import witness

INPUTS = 1000
CLIMB = (24, np.geomspace(1.0, 0.05, 7))
"""Starts of the ascent, and the random step of each round."""
ROUNDED = 12
ALIKE = 1e-9
"""Violations that differ by less, relative to the larger, are as good as each other: the simpler is shown."""
LARGEST_LOGARITHM = 30.0
"""What stands for the logarithm of a ratio whose right side is zero."""
STAGES = 3
"""How many sizes are looked at for a ratio, smallest first."""


@dataclass(frozen=True)
class Ratio:
    """An input at which the left side is so many times the right side; the margin holds both."""

    evidence: Witness
    margin: Margin

    @property
    def value(self) -> float:
        """The ratio; infinite where the right side is zero."""
        right = float(self.margin.right)
        return float(self.margin.left) / right if right > 0 else float("inf")


@dataclass(frozen=True)
class Difference:
    """An input at which the sides of a conclusion differ by so much, the wrong way."""

    evidence: Witness
    margin: Margin

    @property
    def value(self) -> float:
        """The difference; zero where both sides are equal and must not be."""
        return float(self.margin.lower)


def largest_difference(goal: Goal, seed: int = 0) -> Difference | None:
    """The largest violation of any conclusion that is found and that the kernel accepts, at all sizes tried.

    Nothing is found where no conclusion compares numbers, or none fails.

    >>> from axiomkd.kernel.judgement import Fact
    >>> from axiomkd.kernel.terms import ONE, ZERO, AtMost, Less, variable
    >>> x = variable("x")
    >>> facts = (Fact((), Less(ZERO, x)), Fact((), AtMost(x, ONE)))
    >>> largest_difference(Goal((), (("x", ()),), facts, (AtMost(x, x * x),))).value
    0.25
    """
    tests = {
        number: partial(contradiction, conclusion)
        for number, conclusion in enumerate(goal.conclusions)
        if isinstance(conclusion, Equal | AtMost | Less | InHull)
    }
    found = (Difference(*pair) for pair in _at_sizes(goal, tests, seed) if pair)
    return max(found, key=lambda difference: difference.value, default=None)


def largest_ratio(goal: Goal, seed: int = 0, stages: int | None = STAGES) -> Ratio | None:
    """The largest ratio of the sides of a conclusion that is found and that the kernel accepts.

    Nothing is found where no conclusion is an inequality of nonnegative sides, or none fails.
    ``stages`` is how many sizes are looked at, all when it is ``None``.

    >>> from axiomkd.kernel.judgement import Fact
    >>> from axiomkd.kernel.terms import ONE, ZERO, AtMost, Less, variable
    >>> x = variable("x")
    >>> facts = (Fact((), Less(ZERO, x)), Fact((), AtMost(x, ONE)))
    >>> found = largest_ratio(Goal((), (("x", ()),), facts, (AtMost(2 * x, x + x * x),)))
    >>> found.value > 1.9
    True
    """
    tests = {
        number: partial(_logarithm_of_ratio, conclusion)
        for number, conclusion in enumerate(goal.conclusions)
        if isinstance(conclusion, AtMost | Less)
    }
    best: Ratio | None = None
    for pair in islice(_at_sizes(goal, tests, seed), stages):
        found = Ratio(*pair) if pair else None
        if found and (best is None or found.value > best.value):
            best = found
        if best and best.value == float("inf"):
            break
    return best


def enclosed_ratio(goal: Goal, evidence: Witness) -> tuple[str, str] | None:
    """Decimals that enclose the ratio of the sides at a witness; ``None`` where the right side is zero."""
    conclusion = cast(Comparison, goal.conclusions[evidence.conclusion])
    sizes = checked_sizes(goal, evidence.sizes)
    point = Point(
        sizes,
        checked_values(goal, sizes, evidence.values),
        checked_indices(goal, conclusion, sizes, evidence.indices),
        checked_permutations(goal, sizes, evidence.permutations),
    )
    return decide(point, lambda at: _quotient(cast(Comparison, at.instantiate(conclusion)), at))


def _quotient(conclusion: Comparison, at: Enclosure) -> tuple[str, str] | None:
    right = at.value(conclusion.right)
    if right == 0:
        return None
    low, high = bounds(at.multiply([at.value(conclusion.left), at.power(right, Fraction(-1))]))
    return decimal(low, ROUND_FLOOR), decimal(high, ROUND_CEILING)


Pair = tuple[Witness, Margin]


def _at_sizes(goal: Goal, tests: Mapping[int, Test], seed: int) -> Iterator[Pair | None]:
    """The best pair at each size; one teacher alone is looked at only where the goal says so."""
    for sizes in all_sizes(goal):
        if tests and (sizes.get("teacher") != 1 or goal.size("teacher") == 1):
            yield _best(goal, Sampler(goal, sizes, np.random.default_rng([seed, *sizes.values()])), tests)


def _best(goal: Goal, sampler: Sampler, tests: Mapping[int, Test]) -> Pair | None:
    """The largest violation at one size, of those that the kernel accepts."""
    drawn = joined([sampler.draw(INPUTS, simple=True), sampler.draw(INPUTS, simple=False)])
    found = [top for number, test in tests.items() for top in _tops(sampler, drawn, number, test)]
    for gap, number, candidate in sorted(found, key=lambda top: -top[0])[:ROUNDED]:
        simpler = simplified(sampler, candidate, _as_large(tests[number], gap))
        for batch in (simpler, candidate):
            try:
                evidence = witness(goal, number, batch)
                return evidence, check_witness(goal, evidence)
            except Refused:
                continue
    return None


def _tops(sampler: Sampler, drawn: Batch, number: int, test: Test) -> Iterator[tuple[float, int, Batch]]:
    """The largest violations of one conclusion on grids, each with its size."""
    if not drawn.count:
        return
    ends = climbed(sampler, drawn, test, CLIMB)
    on_grids = highest(rounded(sampler, highest(ends, test, ROUNDED)), test, ROUNDED)
    found = test(on_grids)
    for place in np.flatnonzero(found.fails):
        yield float(found.gap[place]), number, on_grids.chosen(np.array([place]))


def _as_large(test: Test, gap: float) -> Test:
    """The test that only violations of such a size fail."""

    def restricted(batch: Batch) -> Failure:
        found = test(batch)
        return replace(found, fails=found.fails & (found.gap >= gap - ALIKE * abs(gap)))

    return restricted


def _logarithm_of_ratio(conclusion: Comparison, batch: Batch) -> Failure:
    numeric = Numeric(batch)
    left, right = (numeric.at_inputs(side) for side in conclusion.parts)
    with np.errstate(all="ignore"):
        unbounded = np.where(left > 1e3 * NOISE, LARGEST_LOGARITHM, -1.0)
        ratio = np.where(right > NOISE, np.log(left / right), unbounded)
    gap = np.where(np.isfinite(ratio), ratio, -1.0)
    return Failure(gap, gap > NOISE, *nowhere(batch))
