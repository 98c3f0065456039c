"""How the cost of enumerating rules grows with their size and with workers, and how memory stays.

    python benchmarks/enumerate.py [SIZE] [CANDIDATES]

First, for every size up to SIZE (3): how many rules there are, and how many seconds a sample of them takes
with one and with two processes; beside it what a rule costs that is refuted by its first failing axiom.
Then CANDIDATES (100000) rules are declared, told apart by their fingerprints and stored, in one process,
whose memory is printed on the way.
"""

from __future__ import annotations

import itertools
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from joblib import delayed
from rich.console import Console
from rich.table import Table

from axiomkd.explore import grammar
from axiomkd.explore.enumeration import Local, Queue, enumerate_rules
from axiomkd.explore.grammar import Tree
from axiomkd.explore.store import Decided, Store

REQUIRED = (
    *("convexity.simplex", "positivity.all", "weight_monotonicity.exchange_strict", "continuity.interior"),
    *("temperature.identity", "temperature.uniform", "temperature.argmax"),
)
SAMPLE = 150
LARGEST = 6
"""Rules with so many nodes are as many as the memory is measured for."""
TOLD = 10


def main(size: int, candidates: int) -> None:
    console = Console()
    table = Table("nodes", "rules", "processes", "sample", "seconds", "of one processor, a refuted one")
    for nodes in range(1, size + 1):
        every = list(grammar.trees(nodes))
        sample = every[:: max(1, len(every) // SAMPLE)]
        for jobs in (1, 2):
            seconds, each = timed(sample, jobs)
            table.add_row(
                *map(str, (nodes, len(every), jobs, len(sample))), f"{seconds:.1f}", f"{each:.3f} s"
            )
    console.print(table)
    console.print(f"memory, {candidates} candidates:")
    for number, megabytes in memory(candidates):
        console.print(f"{number:>8} {megabytes:>6.0f} MB")


def timed(sample: list[Tree], jobs: int) -> tuple[float, float]:
    """Seconds for a sample, processes already running, and those of the processor for a refuted rule."""
    found: list[Decided] = []
    with Store(None) as store:
        store.begin(REQUIRED, resume=False)
        with Local(jobs).parallel() as parallel:
            list(parallel(delayed(abs)(number) for number in range(-jobs, 0)))
            begun = time.perf_counter()
            enumerate_rules(store, sample, parallel, found.append)
            seconds = time.perf_counter() - begun
    refuted = [decided.seconds for decided in found if decided.outcome == "refuted"]
    return seconds, sum(refuted) / len(refuted)


def memory(candidates: int) -> Iterator[tuple[int, float]]:
    """The most memory that the process held when so many candidates were stored."""
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "store.sqlite") as store:
        store.begin(REQUIRED, resume=False)
        queue = Queue(store)
        trees = itertools.islice(grammar.up_to(LARGEST), candidates)
        for work in queue.work(trees):
            waiting = queue.waiting.pop(work.number)
            twin = None if waiting.twin is None else (waiting.twin[0], "unresolved", None)
            of_tree = waiting.tree.size, waiting.operator, waiting.fingerprint
            store.add(Decided(work.number, *of_tree, "undecided", 0.0, (), twin))
            if (work.number + 1) % (candidates // TOLD) == 0:
                yield work.number + 1, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    main(*given, *(3, 100_000)[len(given) :])
