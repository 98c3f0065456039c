"""How long the main job takes, in medians of several runs, beside what it is meant to take.

    python benchmarks/certify.py [RUNS]

Every command starts cold, in a process of its own. Peak memory adds up the processes of a command.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np
from rich.console import Console
from rich.table import Table
from scalar import scalar_candidates

from axiomkd.catalogue import find_statement
from axiomkd.operators import CATALOGUE
from axiomkd.provers.counterexample.sample import Sampler
from axiomkd.provers.counterexample.search import INPUTS
from axiomkd.provers.counterexample.violation import failure
from axiomkd.registry import find_operator
from axiomkd.statement import Scope

SIZES = {"teacher": 3, "outcome": 3}
MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Run:
    """Seconds and the most bytes that a command's processes held together."""

    seconds: float
    memory: int


def command(*arguments: str) -> Run:
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "axiomkd", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    memory = 0
    while process.poll() is None:
        memory = max(memory, held(process.pid))
        time.sleep(0.02)
    if process.returncode:
        raise SystemExit(f"expected status 0 of {' '.join(arguments)}, got {process.returncode}")
    return Run(time.perf_counter() - begun, memory)


def held(session: int) -> int:
    """The resident bytes of every process of a session, as Linux counts them."""
    return sum(resident(path) for path in Path("/proc").glob("[0-9]*") if in_session(path, session))


def in_session(path: Path, session: int) -> bool:
    try:
        return os.getsid(int(path.name)) == session
    except ProcessLookupError:
        return False


def resident(path: Path) -> int:
    try:
        return int((path / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (FileNotFoundError, ProcessLookupError):
        return 0


def sampled_candidates() -> float:
    """Inputs per second that the sampling stage draws into the domain and tries."""
    goal = exchange()
    sampler = Sampler(goal, SIZES, np.random.default_rng(0))
    begun = time.perf_counter()
    for simple in (True, False):
        batch = sampler.draw(INPUTS, simple)
        for conclusion in goal.conclusions:
            failure(conclusion, batch)
    return 2 * INPUTS / (time.perf_counter() - begun)


def exchange():
    statement = find_statement("weight_monotonicity.exchange")
    return statement.goal(find_operator("geometric"), Scope())


def ratio() -> tuple[float, float]:
    """Candidates per second in NumPy, and how many times those of the same loop in scalar mpmath."""
    many = sampled_candidates()
    return many, many / scalar_candidates(*SIZES.values())


def measure(runs: int, folder: Path) -> list[tuple[str, str, str]]:
    names = [declared.id for declared in CATALOGUE]
    files = {name: str(folder / f"{name.replace('/', '_')}.json") for name in names}
    single = {
        name: [command("certify", name, "--format", "json", "-o", files[name]) for _ in range(runs)]
        for name in names
    }
    whole = [command("matrix", "--format", "json", "-o", str(folder / "matrix")) for _ in range(runs)]
    checks = [command("check", *files.values()) for _ in range(runs)]
    claims = [command("claims", "2601.09165", "-o", str(folder / "claims")) for _ in range(runs)]
    implied = [command("implies", "convexity.between", "--then", "convexity.hull") for _ in range(runs)]
    ratios = [ratio() for _ in range(runs)]
    middle = {name: median(run.seconds for run in some) for name, some in single.items()}
    slowest = max(middle, key=lambda name: middle[name])
    memory = max(run.memory for run in (*whole, *checks, *(run for some in single.values() for run in some)))
    return [
        ("certify one operator, the median one", f"{median(middle.values()):.1f} s", "10 s"),
        (f"certify one operator, the slowest ({slowest})", f"{middle[slowest]:.1f} s", "10 s"),
        ("the whole matrix", f"{median(run.seconds for run in whole):.1f} s", "150 s"),
        ("check of its certificates", f"{median(run.seconds for run in checks):.1f} s", "3 s"),
        ("the claims of 2601.09165", f"{median(run.seconds for run in claims):.1f} s", "60 s"),
        ("an implication that no operator refutes", f"{median(run.seconds for run in implied):.1f} s", ""),
        ("peak memory, all processes together", f"{memory / MEGABYTE:.0f} MB", "1024 MB"),
        ("sampling, candidates per second", f"{median(many for many, _ in ratios):,.0f}", ""),
        ("the same, times scalar mpmath", f"{median(times for _, times in ratios):.0f}", "at least 50"),
    ]


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    table = Table("what", "measured", "target", title=f"Medians of {runs} runs, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        for row in measure(runs, Path(folder)):
            table.add_row(*row)
    Console().print(table)


if __name__ == "__main__":
    main()
