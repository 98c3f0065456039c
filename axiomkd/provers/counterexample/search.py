"""The search for a counterexample: smallest sizes first, simple fractions before all others."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice

import numpy as np

from axiomkd.kernel.evidence import Paths, Witness
from axiomkd.kernel.judgement import Goal, Refused
from axiomkd.kernel.paths import check_paths
from axiomkd.kernel.terms import Comparison, Continuous, InHull, Tends
from axiomkd.kernel.witness import Margin, check_witness
from axiomkd.provers.counterexample.climb import Test, highest, rounded
from axiomkd.provers.counterexample.domain import all_sizes
from axiomkd.provers.counterexample.limits import jumps, limit_test, standing
from axiomkd.provers.counterexample.numeric import Batch, joined
from axiomkd.provers.counterexample.sample import Sampler
from axiomkd.provers.counterexample.shrink import simplest, simplified
from axiomkd.provers.counterexample.spread import climbed
from axiomkd.provers.counterexample.ties import chooses, tied
from axiomkd.provers.counterexample.violation import contradiction
from axiomkd.provers.counterexample.witnesses import witness

INPUTS = 3000
"""How many simple inputs, and how many near the boundary, are tried at each size."""
ATTEMPTS = 8
"""How many candidates are handed to the kernel before a stage is given up."""
ABSOLUTE = (24, np.geomspace(0.5, 0.05, 4))
"""Starts and random steps of the second ascent."""
ROUNDED = 8
"""How many of the largest violations are rounded to fractions."""
Evidence = Witness | Paths
Found = tuple[Evidence, Margin]


@dataclass(frozen=True)
class Refutation:
    """A counterexample that the kernel accepts, its margin, and its numbers of teachers and outcomes."""

    evidence: Evidence
    margin: Margin
    smallest: tuple[int, int]
    tried: tuple[str, ...]


def refute(goal: Goal, seed: int = 0, seconds: float = 4.0) -> Refutation | None:
    """A counterexample to a goal, or nothing when none was found.

    The search is bounded by counts, so that the same goal and seed give the same counterexample;
    ``seconds`` of the processor only stop it between stages.

    >>> from axiomkd.kernel.judgement import Fact
    >>> from axiomkd.kernel.terms import ZERO, AtMost, Less, variable
    >>> x = variable("x")
    >>> goal = Goal((), (("x", ()),), (Fact((), Less(ZERO, x)),), (AtMost(x * x, x),))
    >>> found = refute(goal)
    >>> found.evidence.values, found.margin.lower
    ((('x', Fraction(2, 1)),), '2')
    """
    deadline = time.process_time() + seconds
    tried: list[str] = []
    for sizes in all_sizes(goal):
        search = Search(goal, Sampler(goal, sizes, np.random.default_rng([seed, *sizes.values()])))
        for stage in search.stages:
            if time.process_time() > deadline:
                return None
            found = stage()
            tried.append(search.said)
            if found is not None:
                smallest = (sizes.get("teacher", 1), sizes.get("outcome", 2))
                return Refutation(*found, smallest, tuple(tried))
    return None


def accepted(goal: Goal, evidence: Evidence) -> Found | None:
    """A candidate with what the kernel says of it, unless it refuses it."""
    try:
        if isinstance(evidence, Paths):
            return evidence, check_paths(goal, evidence)
        return evidence, check_witness(goal, evidence)
    except Refused:
        return None


class Search:
    """The stages of the search at one size."""

    def __init__(self, goal: Goal, sampler: Sampler) -> None:
        self.goal, self.sampler = goal, sampler
        self.simple = sampler.draw(INPUTS, simple=True)
        self.said = ""
        kinds = [type(conclusion) for conclusion in goal.conclusions]
        paths = [self.among_paths] if Continuous in kinds else []
        ascent = [self.near_boundary] if any(issubclass(kind, Comparison | InHull) for kind in kinds) else []
        self.tied = {
            n: c for n, c in enumerate(goal.conclusions) if isinstance(c, Tends) and chooses(c.limit)
        }
        ties = [self.among_ties] if self.tied else []
        self.stages = [self.among_simple, *ties, *paths, *ascent]

    def among_simple(self) -> Found | None:
        """Inputs with small denominators."""
        self._say(f"{self.simple.count} inputs with small denominators")
        return self._first_of(dict.fromkeys(range(len(self.goal.conclusions)), self.simple))

    def among_ties(self) -> Found | None:
        """Inputs at which numbers tie that a limit compares."""
        self._say("ties in a limit")
        batches = {n: tied(self.sampler, self.simple, tends.limit) for n, tends in self.tied.items()}
        return self._first_of({number: batch for number, batch in batches.items() if batch is not None})

    def among_paths(self) -> Found | None:
        """Straight paths into simple inputs."""
        self._say("straight paths")
        for number, conclusion in enumerate(self.goal.conclusions):
            if isinstance(conclusion, Continuous):
                paths = jumps(self.goal, conclusion.term, number, self.sampler)
                tries = (accepted(self.goal, candidate) for candidate in islice(paths, ATTEMPTS))
                found = next(filter(None, tries), None)
                if found is not None:
                    return found
        return None

    def near_boundary(self) -> Found | None:
        """Inputs near the boundary, ascent from the best of them, rounding to fractions."""
        boundary = self.sampler.draw(INPUTS, simple=False)
        self._say(f"{boundary.count} inputs near the boundary and ascent")
        starts = joined([self.simple, boundary])
        numbers = [n for n, c in enumerate(self.goal.conclusions) if isinstance(c, Comparison | InHull)]
        batches = {
            number: self._climbed(starts, number) for number in numbers if starts.count and starts.values
        }
        return self._first_of(batches)

    def _climbed(self, starts: Batch, number: int) -> Batch:
        """The largest violations that are found, on grids."""
        test = self._test(number)
        ends = climbed(self.sampler, starts, test, ABSOLUTE)
        return rounded(self.sampler, highest(ends, test, ROUNDED))

    def _first_of(self, batches: Mapping[int, Batch]) -> Found | None:
        """The simplest failing input, made simpler still: the first that the kernel accepts."""
        for _, number, candidate in sorted(self._candidates(batches), key=lambda found: found[:2])[:ATTEMPTS]:
            simpler = simplified(self.sampler, candidate, self._test(number))
            for best in (simpler, candidate):
                found = accepted(self.goal, self._evidence(number, best))
                if found is not None:
                    return found
        return None

    def _candidates(self, batches: Mapping[int, Batch]) -> Iterator[tuple[float, int, Batch]]:
        for number, batch in batches.items():
            found, costs = simplest(self.sampler, batch, self._test(number), ATTEMPTS)
            for position, cost in enumerate(costs):
                yield float(cost), number, found.chosen(np.array([position]))

    def _test(self, number: int) -> Test:
        conclusion = self.goal.conclusions[number]
        return (
            limit_test(self.goal, conclusion)
            if isinstance(conclusion, Tends)
            else partial(contradiction, conclusion)
        )

    def _evidence(self, number: int, candidate: Batch) -> Evidence:
        """The first input of a batch as evidence against a conclusion."""
        if isinstance(self.goal.conclusions[number], Tends):
            return standing(self.goal, number, candidate)
        return witness(self.goal, number, candidate)

    def _say(self, what: str) -> None:
        sizes = ", ".join(f"{sort}s: {number}" for sort, number in self.sampler.sizes.items())
        self.said = f"{what} ({sizes})" if sizes else what
