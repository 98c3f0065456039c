"""The methods of the portfolio: each is one attempt at one goal, made inside a worker.

A proof by structure is bounded by a count of questions to the kernel and the search by counts of
inputs, so that they find the same everywhere; the other methods are bounded by seconds of the
processor that are many times what they take where they succeed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from axiomkd.kernel.evidence import Derivation, Evidence, Step
from axiomkd.kernel.judgement import Goal

GLANCE = 200
"""Questions to the kernel for a proof by structure that is found at once or not at all."""
NARROWER = 5_000
"""The same for a proof at narrower scopes: fewer than elsewhere, as it is an extra."""
SEEDS = range(6)
"""Where all sizes are fixed, a long search begins so often anew."""
Find = Callable[[Goal, float], Evidence | None]
Prove = Callable[[Goal, float], Derivation | None]


@dataclass(frozen=True)
class Method:
    """One way to find evidence: its name in a certificate, how many seconds it is given.

    With ``fixed`` it is for goals alone in which every size is a number.
    """

    name: str
    seconds: float
    find: Find
    fixed: bool = False


@dataclass(frozen=True)
class Task:
    """A goal and the method to be tried, by its key in ``METHODS``; ``seconds`` is all it may take."""

    goal: Goal
    method: str
    seconds: float


@dataclass(frozen=True)
class Answer:
    """Evidence for or against a goal, or none; what was tried, and the seconds of the processor it took."""

    evidence: Evidence | None = None
    tried: tuple[str, ...] = ()
    seconds: float = 0.0


def settle(task: Task) -> Answer:
    """One attempt at one goal; runs inside a worker. Its evidence is yet to be checked."""
    method, begun = METHODS[task.method], time.process_time()
    evidence = method.find(task.goal, min(method.seconds, task.seconds))
    tried = () if evidence is not None else (f"{method.name}: found none",)
    return Answer(evidence, tried, time.process_time() - begun)


def applicable(goal: Goal, methods: Iterable[str]) -> list[str]:
    """Those of the methods that are for a goal of these sizes."""
    fixed = is_fixed(goal)
    return [method for method in methods if fixed or not METHODS[method].fixed]


def is_fixed(goal: Goal) -> bool:
    """Whether every size in the goal is a number."""
    return all(size is not None for _, size in goal.sizes)


def _search(goal: Goal, seconds: float) -> Evidence | None:
    from axiomkd.provers import counterexample

    found = counterexample.refute(goal, seconds=seconds)
    return found.evidence if found else None


def _searches(goal: Goal, seconds: float) -> Evidence | None:
    """Where one search goes through all sizes in the time, some more that begin elsewhere."""
    from axiomkd.provers import counterexample

    deadline = time.process_time() + seconds
    for seed in SEEDS if is_fixed(goal) else SEEDS[:1]:
        found = counterexample.refute(goal, seed, deadline - time.process_time())
        if found is not None:
            return found.evidence
    return None


def _largest_ratio(goal: Goal, _: float) -> Evidence | None:
    """A witness at which the left side is as many times the right side as possible."""
    from axiomkd.provers import counterexample

    found = counterexample.largest_ratio(goal)
    return found.evidence if found else None


def _structural(goal: Goal, _: float) -> Derivation | None:
    from axiomkd.provers import structural

    return structural.prove(goal)


def _structural_within(effort: int) -> Prove:
    def find(goal: Goal, _: float) -> Derivation | None:
        from axiomkd.provers import structural

        return structural.prove(goal, effort)

    return find


def _algebraic(goal: Goal, seconds: float) -> Derivation | None:
    from axiomkd.provers import algebraic

    return _conclusion_by_conclusion(goal, seconds, algebraic.prove)


def _interval(goal: Goal, seconds: float) -> Derivation | None:
    from axiomkd.provers import interval

    return _conclusion_by_conclusion(goal, seconds, interval.prove)


def _oracle(goal: Goal, seconds: float) -> Evidence | None:
    """A sample point of z3 or cvc5, where they are installed; the kernel has accepted it."""
    from axiomkd.provers import smt

    return smt.refute(goal, seconds)


def _by_means(goal: Goal, seconds: float) -> Derivation | None:
    return _conclusion_by_conclusion(goal, seconds, _means)


def _means(goal: Goal, seconds: float) -> Derivation | None:
    """By the inequalities of means; the signs that they ask for by algebra."""
    from axiomkd.provers import algebraic, means

    deadline = time.process_time() + seconds
    return means.prove(goal, lambda lemma: algebraic.prove(lemma, deadline - time.process_time()))


def _conclusion_by_conclusion(goal: Goal, seconds: float, prove: Prove) -> Derivation | None:
    """By the method; of several conclusions each may be proved by structure or by means instead."""
    if len(goal.conclusions) == 1:
        return prove(goal, seconds)
    deadline = time.process_time() + seconds
    parts: list[Derivation] = []
    for conclusion in goal.conclusions:
        part = replace(goal, conclusions=(conclusion,))
        ways = dict.fromkeys((_structural_within(GLANCE), _means, prove))
        tries = (way(part, deadline - time.process_time()) for way in ways)
        found = next((derivation for derivation in tries if derivation is not None), None)
        if found is None:
            return None
        parts.append(found)
    return joined(parts)


def joined(derivations: Iterable[Derivation]) -> Derivation:
    """One derivation of all conclusions, from one for each of them."""
    steps: list[Step] = []
    establishes: list[int] = []
    for derivation in derivations:
        first = len(steps)
        establishes += [first + number for number in derivation.establishes]
        for step in derivation.steps:
            steps.append(replace(step, premises=tuple(first + number for number in step.premises)))
    return Derivation(tuple(steps), tuple(establishes))


UNBOUNDED = float("inf")
"""For methods that counts bound, not seconds."""
METHODS: Mapping[str, Method] = MappingProxyType(
    {
        "search": Method("short search for a counterexample", 0.3, _search),
        "glance": Method("short structural proof", UNBOUNDED, _structural_within(GLANCE)),
        "structural": Method("structural proof", UNBOUNDED, _structural),
        "narrower": Method("structural proof", UNBOUNDED, _structural_within(NARROWER)),
        "means": Method("proof by means", 20, _by_means, fixed=True),
        "algebraic": Method("algebraic proof", 20, _algebraic, fixed=True),
        "interval": Method("interval proof", 20, _interval, fixed=True),
        "oracle": Method("sample points of solvers", 5, _oracle, fixed=True),
        "means at sizes": Method("proof by means", 5, _by_means, fixed=True),
        "algebraic at sizes": Method("algebraic proof", 5, _algebraic, fixed=True),
        "interval at sizes": Method("interval proof", 5, _interval, fixed=True),
        "long search": Method("search for a counterexample", 12, _searches),
        "largest ratio": Method("search for the largest ratio", UNBOUNDED, _largest_ratio),
    }
)
CELL = ("search", "structural", "means", "algebraic", "interval", "oracle", "long search")
"""The order for a statement about an operator: the proof by structure is the one to be read."""
PROBLEM = ("search", "glance", "means", "algebraic", "interval", "oracle", "structural", "long search")
"""The order for a free inequality, which seldom has the structure that the statements have."""
AT_SIZES = ("narrower", "means at sizes", "algebraic at sizes", "interval at sizes")
"""What is tried at narrower scopes."""
