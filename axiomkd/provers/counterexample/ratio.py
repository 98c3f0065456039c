"""How badly an inequality can fail: the largest ratio of its two sides that is found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

import numpy as np

from axiomkd.kernel.evidence import Witness
from axiomkd.kernel.judgement import Goal, Refused
from axiomkd.kernel.terms import AtMost
from axiomkd.kernel.witness import Margin, check_witness
from axiomkd.provers.counterexample.climb import ascended, highest, rounded
from axiomkd.provers.counterexample.domain import all_sizes
from axiomkd.provers.counterexample.numeric import Batch, Numeric, joined
from axiomkd.provers.counterexample.sample import Sampler
from axiomkd.provers.counterexample.violation import NOISE, Failure
from axiomkd.provers.counterexample.witnesses import witness

INPUTS = 1000
ROUNDED = 12
LARGEST_LOGARITHM = 30.0
"""What stands for the logarithm of a ratio whose right side is zero."""
STAGES = 3
"""How many sizes are looked at, smallest first."""


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


def largest_ratio(goal: Goal, number: int = 0, seed: int = 0) -> Ratio | None:
    """The largest ratio of the sides of a conclusion that is found and that the kernel accepts.

    Nothing is found where the conclusion is no inequality of nonnegative sides, or never fails.

    >>> from axiomkd.kernel.judgement import Fact
    >>> from axiomkd.kernel.terms import ONE, ZERO, AtMost, Less, variable
    >>> x = variable("x")
    >>> facts = (Fact((), Less(ZERO, x)), Fact((), AtMost(x, ONE)))
    >>> found = largest_ratio(Goal((), (("x", ()),), facts, (AtMost(2 * x, x + x * x),)))
    >>> found.value > 1.9
    True
    """
    conclusion = goal.conclusions[number]
    if not isinstance(conclusion, AtMost):
        return None
    best: Ratio | None = None
    for found in islice(_at_sizes(goal, conclusion, number, seed), STAGES):
        if found and (best is None or found.value > best.value):
            best = found
        if best and best.value == float("inf"):
            break
    return best


def _at_sizes(goal: Goal, conclusion: AtMost, number: int, seed: int) -> Iterator[Ratio | None]:
    test = partial(_logarithm_of_ratio, conclusion)
    for sizes in all_sizes(goal):
        if sizes.get("teacher", 2) == 1:
            continue
        sampler = Sampler(goal, sizes, np.random.default_rng([seed, *sizes.values()]))
        drawn = joined([sampler.draw(INPUTS, simple=True), sampler.draw(INPUTS, simple=False)])
        best = rounded(sampler, highest(ascended(sampler, drawn, test), test, ROUNDED))
        yield _accepted(goal, number, highest(best, test, ROUNDED))


def _logarithm_of_ratio(conclusion: AtMost, batch: Batch) -> Failure:
    numeric = Numeric(batch)
    left, right = (numeric.at_inputs(side) for side in conclusion.parts)
    with np.errstate(all="ignore"):
        unbounded = np.where(left > 1e3 * NOISE, LARGEST_LOGARITHM, -1.0)
        ratio = np.where(right > NOISE, np.log(left / right), unbounded)
    gap = np.where(np.isfinite(ratio), ratio, -1.0)
    return Failure(gap, gap > NOISE, np.zeros(batch.count, dtype=bool))


def _accepted(goal: Goal, number: int, batch: Batch) -> Ratio | None:
    """The first input of a batch, best first, that the kernel accepts."""
    for position in range(batch.count):
        candidate = witness(goal, number, batch, position)
        try:
            return Ratio(candidate, check_witness(goal, candidate))
        except Refused:
            continue
    return None
