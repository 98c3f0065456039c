"""How long Rocq takes for every cell of the catalogue, and for the whole matrix, in medians of several runs.

    python benchmarks/rocq.py [RUNS]

The cells are decided first, which is not counted. The files go through Rocq two at
a time.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from bisect import bisect_right
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median

from rich.console import Console
from rich.table import Table

from axiomkd.catalogue import choose
from axiomkd.export.cells import Exported
from axiomkd.export.files import certificate_cells, file_of, header
from axiomkd.export.rocq import NAMESPACE, compiled_library
from axiomkd.kernel.table import Json
from axiomkd.kernel.wire import parse
from axiomkd.operators import CATALOGUE
from axiomkd.portfolio import certify_all
from axiomkd.registry import find_operator

WORKERS = 2
LARGEST = 2_500_000
"""Characters of one file, which is what memory goes by."""
TARGET = 300
"""Seconds that the whole matrix may take on two idle cores."""
SENTENCE = re.compile(r"^Chars (\d+) - (\d+) .*? ([\d.]+) secs", re.MULTILINE)


@dataclass(frozen=True)
class Part:
    """One operator's file: its text in bytes, and where in it every cell begins."""

    operator: str
    text: bytes
    places: tuple[int, ...]
    cells: tuple[str, ...]


def parts() -> list[Part]:
    """The whole catalogue, decided, in files that a process with little memory can read."""
    operators = [find_operator(declared().id) for declared in CATALOGUE]
    made = certify_all(operators, choose((), "ensemble"))
    return [one for certificate in made for one in files(parse(certificate.to_json()))]


def files(data: dict[str, Json]) -> Iterator[Part]:
    operator, cells = certificate_cells(data)
    start, held, size = header(operator), list[Exported](), 0
    for cell in cells:
        if cell.missing:
            print(f"kernel only: {cell.name}: {cell.missing[0]}")
            continue
        if held and size + len(cell.text) > LARGEST:
            yield part(operator.id, start, held)
            held, size = [], 0
        held.append(cell)
        size += len(cell.text)
    yield part(operator.id, start, held)


def part(operator: str, start: str, cells: list[Exported]) -> Part:
    ends = accumulate(len(text.encode()) for text in (start, *(cell.text for cell in cells)))
    names = tuple(cell.name for cell in cells)
    return Part(operator, file_of(start, cells).encode(), tuple(ends)[:-1], names)


def timed(one: Part, folder: Path) -> dict[str, float]:
    """Seconds of every cell of a file, beside those of its head."""
    file = folder / f"{one.cells[0]}.v"
    file.write_bytes(one.text)
    command = ["coqc", "-q", "-time", "-R", str(compiled_library()), NAMESPACE, file.name]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=True)
    seconds = dict.fromkeys(("", *one.cells), 0.0)
    names = ("", *one.cells)
    for begin, _, spent in SENTENCE.findall(done.stdout):
        seconds[names[bisect_right(one.places, int(begin))]] += float(spent)
    return seconds


def run(matrix: list[Part]) -> tuple[float, list[dict[str, float]]]:
    """Seconds for the whole matrix, and of every cell of every file."""
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(WORKERS) as pool:
        begun = time.perf_counter()
        largest_first = sorted(matrix, key=lambda one: -len(one.text))
        seconds = pool.map(lambda one: timed(one, Path(name)), largest_first)
        found = dict(zip(largest_first, seconds, strict=True))
        return time.perf_counter() - begun, [found[one] for one in matrix]


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    compiled_library()
    matrix = parts()
    totals, details = zip(*(run(matrix) for _ in range(runs)), strict=True)
    table = Table("operator", "cell", "seconds")
    for place, one in enumerate(matrix):
        for cell in ("", *one.cells):
            table.add_row(one.operator, cell or "(start)", f"{median(d[place][cell] for d in details):.2f}")
    console = Console()
    console.print(table)
    cells = sum(len(one.cells) for one in matrix)
    operators = len({one.operator for one in matrix})
    memory = getrusage(RUSAGE_CHILDREN).ru_maxrss // 1024
    console.print(
        f"{cells} cells of {operators} operators in {median(totals):.0f} s, the median of {runs};"
        f" meant to take {TARGET} s on two idle cores; at most {memory} MB a process"
    )


if __name__ == "__main__":
    main()
