"""The goals of goals.toml, given to this program and to others that decide inequalities.

benchmarks/compare_peers.py [GOAL ..]   those whose id contains one of the texts; all when none is named

Every run is a process of its own, forked after all programs are imported and have decided a first goal, so
that start-up does not count and nothing is remembered from one run to the next. Seconds are the
processor's, the median of five. z3 and cvc5 come with the extra [smt], triples with `pip install triples`
(GPL, for this comparison alone). What they answer is theirs; only axiomkd's evidence is checked here, and
the check is part of its time.
"""

from __future__ import annotations

import os

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))

import multiprocessing
import resource
import statistics
import sys
import time
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from peers import PEERS

from axiomkd.language.problem import Problem

GOALS = Path(__file__).with_name("goals.toml")
RUNS = 5
LONG = 2
LIMIT = 10
"""Seconds of the processor after which a run is given up."""
PATIENCE = 6
"""How many times that by the clock: the machine may be busy."""
ENOUGH, FACTOR, MOST = 0.2, 2.0, 1.0
"""The target: within one second, and within 0.2 s or twice the fastest peer that decides the goal."""
WARM_UP = Problem("x**2 + y**2 + z**2 >= x*y + y*z + z*x")
OURS = "axiomkd"
FORK = multiprocessing.get_context("fork")


@dataclass(frozen=True)
class Goal:
    id: str
    holds: bool
    problem: Problem


@dataclass(frozen=True)
class Result:
    """What a peer says of a goal, ``proved``, ``refuted`` or nothing, and how long it takes."""

    answer: str
    seconds: float

    def is_right(self, goal: Goal) -> bool:
        return self.answer == ("proved" if goal.holds else "refuted")


def goals(names: Sequence[str]) -> list[Goal]:
    entries = tomllib.loads(GOALS.read_text())["goal"]
    found = [Goal(e["id"], e["holds"], Problem.from_tables({"problem": e["problem"]})) for e in entries]
    return [goal for goal in found if not names or any(name in goal.id for name in names)]


def measured(decide: Callable[[Problem], str], problem: Problem) -> Result:
    """The median of some runs; one alone where the first takes long."""
    results = [run(decide, problem)]
    while len(results) < RUNS and results[0].seconds < LONG:
        results.append(run(decide, problem))
    return Result(results[0].answer, statistics.median(result.seconds for result in results))


def run(decide: Callable[[Problem], str], problem: Problem) -> Result:
    receiving, sending = FORK.Pipe(duplex=False)
    process = FORK.Process(target=report, args=(decide, problem, sending))
    process.start()
    sending.close()
    try:
        found = receiving.recv() if receiving.poll(PATIENCE * LIMIT) else Result("", LIMIT)
    except EOFError:  # ended by the system, its time used up
        found = Result("", LIMIT)
    process.kill()
    process.join()
    return found


def report(
    decide: Callable[[Problem], str], problem: Problem, sending: multiprocessing.connection.Connection
):
    resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
    begun = time.process_time()
    answer = decide(problem)
    sending.send(Result(answer, time.process_time() - begun))


def target(results: dict[str, Result], goal: Goal) -> str:
    """Where this program misses the target, in words; empty where it meets it."""
    ours = results[OURS]
    if not ours.is_right(goal):
        return "undecided" if not ours.answer else "WRONG"
    peers = [r.seconds for name, r in results.items() if name != OURS and r.is_right(goal)]
    allowed = min(MOST, max(ENOUGH, FACTOR * min(peers, default=MOST)))
    return "" if ours.seconds <= allowed else f"slower than {allowed:.2f} s"


def cell(result: Result, goal: Goal) -> str:
    if not result.answer:
        return "given up" if result.seconds >= LIMIT else f"{result.seconds:.3f}  -"
    wrong = "" if result.is_right(goal) else " WRONG"
    return f"{result.seconds:.3f}  {result.answer}{wrong}"


def main(names: Sequence[str]) -> None:
    for decide in PEERS.values():
        decide(WARM_UP)
    chosen = goals(names)
    print(line("goal", *PEERS, "target"), flush=True)
    missed = 0
    for goal in chosen:
        results = {name: measured(decide, goal.problem) for name, decide in PEERS.items()}
        where = target(results, goal)
        missed += bool(where)
        print(line(goal.id, *(cell(result, goal) for result in results.values()), where or "met"), flush=True)
    print(f"\n{len(chosen) - missed} of {len(chosen)} goals within the target")


def line(goal: str, *entries: str) -> str:
    return f"{goal:46}" + "".join(f"{entry:22}" for entry in entries).rstrip()


if __name__ == "__main__":
    main(sys.argv[1:])
