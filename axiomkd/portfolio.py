"""Which method when: a look for counterexamples, a proof, a longer look; each goal in a worker."""

from __future__ import annotations

import importlib.metadata
import platform
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from queue import SimpleQueue

from axiomkd.catalogue import choose
from axiomkd.certificate import Certificate
from axiomkd.kernel.check import check
from axiomkd.kernel.evidence import Evidence
from axiomkd.kernel.judgement import Goal, Refused
from axiomkd.kernel.table import Json
from axiomkd.operator import Operator
from axiomkd.registry import find_operator
from axiomkd.statement import Scope, Statement
from axiomkd.theories.ensemble.setting import fixed_size
from axiomkd.verdict import Cell, Sizes, decide
from axiomkd.version import VERSION
from axiomkd.worker import Lost, Worker

WORKERS = 2
NARROWER_EFFORT = 5_000
"""Questions to the kernel for a proof at narrower scopes: fewer than elsewhere, as it is an extra."""
QUICK_SECONDS = 0.3
LONG_SECONDS = 4.0
GOAL_SECONDS = 120.0
"""After which a worker is given up; many times what any goal takes on a machine that is not busy."""
PROGRAM = "from axiomkd.portfolio import settle; from axiomkd.worker import serve; serve(settle)"
PACKAGES = ("python-flint", "numpy", "sympy")


@dataclass(frozen=True)
class Task:
    """A goal to decide; with ``prove_only`` nothing is searched for a counterexample.

    With ``largest_ratio`` it is not to be decided: a witness is asked for at which the left side of the
    first conclusion is as many times the right side as possible.
    """

    goal: Goal
    prove_only: bool = False
    largest_ratio: bool = False


@dataclass(frozen=True)
class Answer:
    """Evidence for or against a goal, or none; what was tried."""

    evidence: Evidence | None = None
    tried: tuple[str, ...] = ()


def settle(task: Task) -> Answer:
    """Decide one goal, as well as the provers can; runs inside a worker."""
    if task.prove_only:
        return _prove(task.goal, NARROWER_EFFORT)
    if task.largest_ratio:
        return _largest_ratio(task.goal)
    quick = _refute(task.goal, QUICK_SECONDS)
    if quick.evidence is not None:
        return quick
    proof = _prove(task.goal)
    if proof.evidence is not None:
        return proof
    long = _refute(task.goal, LONG_SECONDS)
    return long if long.evidence is not None else replace(long, tried=(*proof.tried, *long.tried))


def _prove(goal: Goal, effort: int | None = None) -> Answer:
    from axiomkd.provers import structural

    derivation = structural.prove(goal) if effort is None else structural.prove(goal, effort)
    if derivation is None:
        return Answer(tried=("structural proof: found none",))
    try:
        check(goal, derivation)
    except Refused as error:
        return Answer(tried=(f"structural proof: refused by the kernel: {error}",))
    return Answer(derivation)


def _refute(goal: Goal, seconds: float) -> Answer:
    from axiomkd.provers import counterexample

    found = counterexample.refute(goal, seconds=seconds)
    if found is None:
        return Answer(tried=(f"counterexample search for {seconds:g} s: found none",))
    return Answer(found.evidence)


def _largest_ratio(goal: Goal) -> Answer:
    from axiomkd.provers import counterexample

    found = counterexample.largest_ratio(goal)
    return Answer() if found is None else Answer(found.evidence)


# -- certificates ---------------------------------------------------------------------------

Watch = Callable[[Cell, float], None]
"""Called with every cell that is ready and the seconds it took, in the order of the certificate."""


def certify(
    operator: str | Operator,
    statements: str | Iterable[str] = (),
    scope: Scope | None = None,
    watch: Watch | None = None,
) -> Certificate:
    """Decide statements about an operator; all of its theory when none is named.

    ``operator`` is an id, a file or a declaration; ``statements`` are ids or families.

    :raises axiomkd.errors.AxiomkdError: when operator, statements or scope are not what they should be.
    """
    found = find_operator(operator) if isinstance(operator, str) else operator
    names = [statements] if isinstance(statements, str) else statements
    (certificate,) = certify_all([found], choose(names, found.theory), scope, watch)
    return certificate


def certify_all(
    operators: Sequence[Operator],
    statements: Sequence[Statement],
    scope: Scope | None = None,
    watch: Watch | None = None,
) -> Iterator[Certificate]:
    """A certificate for each operator, as they become ready."""
    scopes = [_scope_of(operator, scope or Scope()) for operator in operators]
    with Pool(WORKERS) as pool:
        started = [
            (operator, [pool.submit(cell) for cell in _asked(operator, statements, at)])
            for operator, at in zip(operators, scopes, strict=True)
        ]
        for operator, cells in started:
            begun = time.perf_counter()
            results = [_ready(future, watch) for future in cells]
            decided = tuple(cell for cell, _ in results)
            seconds: dict[str, Json] = {cell.statement.id: round(taken, 3) for cell, taken in results}
            yield Certificate(operator, decided, _run(seconds, time.perf_counter() - begun))


def _scope_of(operator: Operator, scope: Scope) -> Scope:
    """The scope with the sizes that the operator itself fixes."""
    teachers = fixed_size(operator, scope, "teacher")
    return Scope(teachers, fixed_size(operator, scope, "outcome"))


def _asked(operator: Operator, statements: Iterable[Statement], scope: Scope) -> list[Cell]:
    cells = [Cell(operator, statement, scope) for statement in statements]
    return [cell for cell in cells if cell.statement.goal(operator, scope) is not None]


def _ready(future: Future[tuple[Cell, float]], watch: Watch | None) -> tuple[Cell, float]:
    cell, seconds = future.result()
    if watch is not None:
        watch(cell, seconds)
    return cell, seconds


def _run(seconds: dict[str, Json], total: float) -> dict[str, Json]:
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(total, 3),
        "seconds_by_statement": seconds,
        "python": platform.python_version(),
        "versions": {"axiomkd": VERSION, **{name: importlib.metadata.version(name) for name in PACKAGES}},
    }


class Pool:
    """Threads that each hold a worker while they wait for its answer."""

    def __init__(self, count: int) -> None:
        self.threads = ThreadPoolExecutor(count)
        self.workers = [Worker(PROGRAM) for _ in range(count)]
        self.idle: SimpleQueue[Worker] = SimpleQueue()
        for worker in self.workers:
            self.idle.put(worker)

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.threads.shutdown(wait=False, cancel_futures=True)
        for worker in self.workers:
            worker.stop()

    def submit(self, cell: Cell) -> Future[tuple[Cell, float]]:
        """The cell, decided, and the seconds it took."""
        return self.threads.submit(self._with_worker, lambda worker: decide_cell(cell, worker))

    def largest_ratio(self, cell: Cell) -> Future[tuple[Cell, float]]:
        """The cell, refuted by the witness with the largest ratio of the two sides, if there is one."""
        task = Task(cell.goal, largest_ratio=True)
        return self.threads.submit(self._with_worker, lambda worker: _accept(cell, _ask(worker, task)))

    def _with_worker(self, work: Callable[[Worker], Cell]) -> tuple[Cell, float]:
        begun = time.perf_counter()
        worker = self.idle.get()
        try:
            return work(worker), time.perf_counter() - begun
        finally:
            self.idle.put(worker)


def decide_cell(cell: Cell, worker: Worker) -> Cell:
    """The cell with the verdict that the evidence earns; for a refuted one, the scopes where it is proved."""
    answer = _ask(worker, Task(cell.goal))
    decided = _accept(cell, answer)
    if decided.verdict != "refuted" or decided.smallest is None:
        return decided
    proved = [
        part for scopes in _below(cell.scope, decided.smallest) for part in _proved(cell, scopes, worker)
    ]
    return replace(decided, proved_at=tuple(proved))


def _proved(cell: Cell, scopes: list[Scope], worker: Worker) -> Iterator[Cell]:
    """The cell at those scopes, from the smallest on, up to the first at which it is not proved."""
    for scope in scopes:
        for part in _asked(cell.operator, [cell.statement], scope):
            found = _accept(part, _ask(worker, Task(part.goal, prove_only=True)))
            if found.verdict != "proved":
                return
            yield found


def _ask(worker: Worker, task: Task) -> Answer:
    try:
        answer = worker.ask(task, GOAL_SECONDS)
    except Lost as error:
        return Answer(tried=(str(error),))
    assert isinstance(answer, Answer)
    return answer


def _accept(cell: Cell, answer: Answer) -> Cell:
    """Only what the kernel accepts here, in this process, becomes a verdict."""
    if answer.evidence is None:
        return replace(cell, tried=answer.tried)
    try:
        return decide(cell, answer.evidence)
    except Refused as error:
        return replace(cell, tried=(*answer.tried, f"refused by the kernel: {error}"))


def _below(scope: Scope, smallest: Sizes) -> tuple[list[Scope], list[Scope]]:
    """Scopes below the sizes that fail: every smaller V at any K, every smaller K at any V."""
    teachers, outcomes = smallest
    fewer_outcomes = [replace(scope, outcomes=v) for v in range(2, outcomes) if scope.outcomes is None]
    fewer_teachers = [replace(scope, teachers=k) for k in range(1, teachers) if scope.teachers is None]
    return fewer_outcomes, fewer_teachers
