"""Enumerating rules and deciding what is required of them, on this machine or on a cluster."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from joblib import Parallel, delayed, parallel_config

from axiomkd.catalogue import find_statement
from axiomkd.errors import DeclarationError, EvidenceError, ParseError
from axiomkd.explore import grammar
from axiomkd.explore.deciding import Alike, Found, Result, Work, work_on
from axiomkd.explore.fingerprint import fingerprint
from axiomkd.explore.meanings import Tree
from axiomkd.explore.store import Decided, Store, evidence_of
from axiomkd.kernel.check import check
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.table import Json
from axiomkd.operator import Operator
from axiomkd.statement import Scope
from axiomkd.theories.ensemble.equality import same_rule
from axiomkd.verdict import Cell, decide

CHUNK = 64
"""How many candidates are handed out at a time; between two chunks all wait for the last of the first."""

Watch = Callable[[Decided], None]


@dataclass(frozen=True)
class Local:
    """Processes on this machine."""

    jobs: int = 2

    @contextmanager
    def parallel(self) -> Iterator[Parallel]:
        with Parallel(n_jobs=self.jobs, return_as="generator_unordered") as parallel:
            yield parallel


@dataclass(frozen=True)
class Dask:
    """The workers of a Dask scheduler, by its address; one thread a worker.

    :raises DeclarationError: when nothing answers there.
    """

    scheduler: str
    seconds: int = 30

    @contextmanager
    def parallel(self) -> Iterator[Parallel]:
        try:
            from distributed import Client
        except ImportError:
            raise DeclarationError("--backend dask: expected the extra axiomkd[cluster], got none") from None
        try:
            client = Client(self.scheduler, timeout=self.seconds)
        except (OSError, ValueError) as error:
            message = f"--scheduler {self.scheduler}: expected a Dask scheduler that answers"
            raise DeclarationError(f"{message}: {error}") from None
        config = parallel_config(backend="dask")
        with client, config, Parallel(return_as="generator_unordered") as parallel:
            yield parallel


def enumerate_rules(
    store: Store, trees: Iterable[Tree], parallel: Parallel, watch: Watch = lambda _: None
) -> int:
    """Decide the rules that the store does not yet hold; their places in ``trees`` are their numbers.

    Each is stored as soon as it is ready, so that nothing is lost when the run is interrupted. How many
    rules were left out, as their formulas are longer than a declaration may be, is given back.
    """
    queue = Queue(store)
    for chunk in _chunks(queue.work(trees)):
        for result in parallel(delayed(work_on)(work) for work in chunk):
            decided = queue.accepted(result)
            store.add(decided)
            watch(decided)
    return queue.too_long


def _chunks(works: Iterable[Work]) -> Iterator[list[Work]]:
    """Built in this thread before they are handed out: joblib would ask for them from others."""
    iterator = iter(works)
    while chunk := list(itertools.islice(iterator, CHUNK)):
        yield chunk


@dataclass(frozen=True)
class Candidate:
    number: int
    tree: Tree
    operator: Operator
    fingerprint: str
    twin: tuple[int, Operator] | None


class Queue:
    """The candidates that are to be decided, and what the kernel accepts of what comes back."""

    def __init__(self, store: Store) -> None:
        self.required = store.required
        self.stored = store.fingerprints()
        self.first: dict[str, tuple[int, Tree]] = {}
        self.waiting: dict[int, Candidate] = {}
        self.too_long = 0

    def work(self, trees: Iterable[Tree]) -> Iterator[Work]:
        for number, tree in enumerate(trees):
            candidate = self._candidate(number, tree)
            if candidate is not None:
                self.waiting[number] = candidate
                twin = candidate.twin[1].to_tables() if candidate.twin else None
                yield Work(number, candidate.operator.to_tables(), self.required, twin)

    def _candidate(self, number: int, tree: Tree) -> Candidate | None:
        """The candidate, unless it is stored; either way it is remembered by its fingerprint.

        A rule whose formula is longer than a declaration may be is none.
        """
        stored = self.stored.get(number)
        if stored is not None:
            self.first.setdefault(stored, (number, tree))
            return None
        try:
            operator = grammar.operator(tree)
        except ParseError:
            self.too_long += 1
            return None
        own = fingerprint(operator)
        first = self.first.setdefault(own, (number, tree))
        twin = None if first[0] == number else (first[0], grammar.operator(first[1]))
        return Candidate(number, tree, operator, own, twin)

    def accepted(self, result: Result) -> Decided:
        """The candidate with the verdicts that the kernel gives to the evidence, in this process."""
        candidate = self.waiting.pop(result.number)
        twin, alike = self._twin(candidate, result)
        cells = () if alike == "equal" else tuple(_cell(candidate.operator, found) for found in result.found)
        return Decided(
            result.number,
            candidate.tree.size,
            candidate.operator,
            candidate.fingerprint,
            "merged" if alike == "equal" else _outcome([cell for cell, _ in cells], self.required),
            result.seconds,
            cells,
            twin,
        )

    def _twin(
        self, candidate: Candidate, result: Result
    ) -> tuple[tuple[int, str, Json] | None, Alike | None]:
        if candidate.twin is None:
            return None, None
        number, other = candidate.twin
        alike = how_alike(candidate.operator, other, result.comparison)
        return (number, alike, result.comparison if alike != "unresolved" else None), alike


def how_alike(one: Operator, other: Operator, evidence: Json) -> Alike:
    """What the kernel says of two rules: one and the same, separated by an input, or neither."""
    if evidence is None:
        return "unresolved"
    goal = same_rule(other).goal(one, Scope())
    assert goal is not None
    try:
        return "equal" if check(goal, evidence_of(goal, evidence)).proves else "separated"
    except (Refused, EvidenceError):
        return "unresolved"


def _cell(operator: Operator, found: Found) -> tuple[Cell, Json]:
    cell = Cell(operator, find_statement(found.statement), Scope(), tried=found.tried)
    if found.evidence is None:
        return cell, None
    try:
        return decide(cell, evidence_of(cell.goal, found.evidence)), found.evidence
    except (Refused, EvidenceError) as error:
        return replace(cell, tried=(*found.tried, f"refused by the kernel: {error}")), None


def _outcome(cells: list[Cell], required: tuple[str, ...]) -> str:
    if any(cell.verdict == "refuted" for cell in cells):
        return "refuted"
    proved = {cell.statement.id for cell in cells if cell.verdict == "proved"}
    return "satisfies" if proved == set(required) else "undecided"
