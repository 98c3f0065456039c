"""Which method when: a look for counterexamples, proofs, a longer look; each attempt in a worker.

What an attempt finds depends on counts, of questions to the kernel and of inputs, or on processor
time that is generous beside what it needs (:mod:`axiomkd.attempts`); the budget of a cell is there for
attempts that hang or grow. So the same input gives the same certificate on every machine.
"""

from __future__ import annotations

import importlib.metadata
import platform
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from queue import SimpleQueue

from axiomkd.attempts import AT_SIZES, CELL, METHODS, PROBLEM, Answer, Task, applicable
from axiomkd.catalogue import choose
from axiomkd.certificate import Certificate
from axiomkd.errors import DeclarationError
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.table import Json
from axiomkd.language.problem import Problem
from axiomkd.operator import Operator
from axiomkd.problem import Solution, stated
from axiomkd.registry import find_operator
from axiomkd.statement import Argument, Scope, Statement
from axiomkd.theories.ensemble.setting import fixed_size, is_meant_at
from axiomkd.verdict import Cell, F, Sizes, decide
from axiomkd.version import VERSION
from axiomkd.worker import Lost, Worker

WORKERS = 2
PROGRAM = "from axiomkd.attempts import settle; from axiomkd.worker import serve; serve(settle)"
PACKAGES = ("python-flint", "numpy", "sympy")
SHARE = 2
"""Each attempt but the last has half of the time that is left: one that hangs leaves some for the others."""
LEAST_SECONDS = 0.1
"""What is left for an attempt when a budget is used up: it may still be lucky."""
OF_PARTS = ("structural", "means", "algebraic", "interval")
"""What is tried of the parts of an argument: a proof is all that helps."""
SMALL_SIZES = ((2, 2), (2, 3), (3, 2))
"""Teachers and outcomes at which a statement is tried that is undecided for any number of them."""


@dataclass(frozen=True)
class Budget:
    """What may be spent on one cell: seconds of the processor and megabytes of memory.

    :raises DeclarationError: unless both are positive.
    """

    seconds: float = 120.0
    megabytes: int = 4096

    def __post_init__(self) -> None:
        if not self.seconds > 0 or not self.megabytes > 0:
            got = f"{self.seconds:g} and {self.megabytes}"
            raise DeclarationError(f"expected a budget of seconds and megabytes above 0, got {got}")


@dataclass
class Bench:
    """A worker, and the seconds that are left of a cell's budget as attempts are made."""

    worker: Worker
    left: float

    def decided(self, finding: F, methods: Sequence[str]) -> F:
        """The finding with the first evidence that the kernel accepts here; else with what was tried.

        Only what it accepts in this process becomes a verdict.
        """
        asked = applicable(finding.goal, methods)
        tried: list[str] = []
        for place, method in enumerate(asked, start=1):
            allowed = self.left / (1 if place == len(asked) else SHARE)
            answer = self.ask(Task(finding.goal, method, allowed))
            tried += answer.tried
            if answer.evidence is not None:
                try:
                    return decide(finding, answer.evidence)
                except Refused as error:
                    tried.append(f"{METHODS[method].name}: refused by the kernel: {error}")
        return replace(finding, tried=tuple(tried))

    def ask(self, task: Task) -> Answer:
        """What comes of an attempt; its time counts, all that it was allowed if it is lost."""
        try:
            answer = self.worker.ask(task, task.seconds)
        except Lost as error:
            answer = Answer(tried=(f"{METHODS[task.method].name}: {error}",), seconds=task.seconds)
        assert isinstance(answer, Answer)
        self.left = max(self.left - answer.seconds, LEAST_SECONDS)
        return answer


# -- certificates ---------------------------------------------------------------------------

Watch = Callable[[Cell, float], None]
"""Called with every cell that is ready and the seconds it took, in the order of the certificate."""


def certify(
    operator: str | Operator,
    statements: str | Iterable[str] = (),
    scope: Scope | None = None,
    watch: Watch | None = None,
    budget: Budget | None = None,
) -> Certificate:
    """Decide statements about an operator; all of its theory when none is named.

    ``operator`` is an id, a file or a declaration; ``statements`` are ids or families; ``budget`` is
    for each of them.

    :raises axiomkd.errors.AxiomkdError: when operator, statements or scope are not what they should be.
    """
    found = find_operator(operator) if isinstance(operator, str) else operator
    names = [statements] if isinstance(statements, str) else statements
    (certificate,) = certify_all([found], choose(names, found.theory), scope, watch, budget)
    return certificate


def certify_all(
    operators: Sequence[Operator],
    statements: Sequence[Statement],
    scope: Scope | None = None,
    watch: Watch | None = None,
    budget: Budget | None = None,
) -> Iterator[Certificate]:
    """A certificate for each operator, as they become ready."""
    scopes = [_scope_of(operator, scope or Scope()) for operator in operators]
    with Pool(WORKERS, budget) as pool:
        started = [
            (operator, [pool.submit(cell, small_sizes=True) for cell in _asked(operator, statements, at)])
            for operator, at in zip(operators, scopes, strict=True)
        ]
        for operator, cells in started:
            begun = time.perf_counter()
            results = [_ready(future, watch) for future in cells]
            seconds: dict[str, Json] = {cell.statement.id: round(taken, 3) for cell, taken in results}
            run = _run(time.perf_counter() - begun)
            decided = tuple(cell for cell, _ in results)
            yield Certificate(operator, decided, {**run, "seconds_by_statement": seconds})


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


def _run(seconds: float) -> dict[str, Json]:
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(seconds, 3),
        "python": platform.python_version(),
        "versions": {"axiomkd": VERSION, **{name: importlib.metadata.version(name) for name in PACKAGES}},
    }


class Pool:
    """Threads that each hold a worker while they wait for its answer."""

    def __init__(self, count: int, budget: Budget | None = None) -> None:
        self.budget = budget or Budget()
        self.threads = ThreadPoolExecutor(count)
        self.workers = [Worker(PROGRAM, self.budget.megabytes) for _ in range(count)]
        self.idle: SimpleQueue[Worker] = SimpleQueue()
        for worker in self.workers:
            self.idle.put(worker)

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.threads.shutdown(wait=False, cancel_futures=True)
        for worker in self.workers:
            worker.stop()

    def submit(self, cell: Cell, small_sizes: bool = False) -> Future[tuple[Cell, float]]:
        """The cell, decided, and the seconds it took; if wanted, undecided cells are tried at small sizes."""
        return self.threads.submit(self._at_bench, lambda bench: decide_cell(cell, bench, small_sizes))

    def alone(self, cell: Cell) -> Future[tuple[Cell, float]]:
        """The cell, decided at its own scope, without a look at narrower ones."""
        return self.threads.submit(self._at_bench, lambda bench: concluded(bench.decided(cell, CELL), bench))

    def largest_ratio(self, cell: Cell) -> Future[tuple[Cell, float]]:
        """The cell, refuted by the witness with the largest ratio of the two sides, if there is one."""
        return self.threads.submit(self._at_bench, lambda bench: bench.decided(cell, ["largest ratio"]))

    def solve(self, problem: Problem) -> Future[tuple[Solution, float]]:
        """The problem, decided, and the seconds it took."""
        return self.threads.submit(self._at_bench, lambda bench: bench.decided(Solution(problem), PROBLEM))

    def _at_bench(self, work: Callable[[Bench], F]) -> tuple[F, float]:
        begun = time.perf_counter()
        worker = self.idle.get()
        try:
            return work(Bench(worker, self.budget.seconds)), time.perf_counter() - begun
        finally:
            self.idle.put(worker)


def prove(problem: str | Problem, budget: Budget | None = None) -> Solution:
    """Decide a free inequality: a text, a TOML file or a problem.

    >>> prove("x**2 + y**2 > x*y").verdict
    'refuted'

    :raises axiomkd.errors.AxiomkdError: when the problem is not what it should be.
    """
    found = stated(problem) if isinstance(problem, str) else problem
    with Pool(1, budget) as pool:
        solution, seconds = pool.solve(found).result()
    return replace(solution, run=_run(seconds))


def decide_cell(cell: Cell, bench: Bench, small_sizes: bool = False) -> Cell:
    """The cell with the verdict that the evidence earns, and narrower scopes at which it is proved.

    They are looked for below the sizes at which a statement fails, and where it is undecided at small sizes.
    """
    decided = concluded(bench.decided(cell, CELL), bench)
    if decided.verdict == "refuted" and decided.smallest is not None:
        below = _below(cell.scope, decided.smallest)
        runs = [[scope for scope in run if is_meant_at(cell.operator, scope)] for run in below]
        return replace(decided, proved_at=tuple(part for run in runs for part in _proved(cell, run, bench)))
    if decided.verdict == "undecided" and small_sizes:
        return replace(decided, proved_at=tuple(_proved_at_small_sizes(cell, bench)))
    return decided


def concluded(cell: Cell, bench: Bench) -> Cell:
    """The cell with the theorem that proves it, where its goal is proved but only a part of what it says."""
    arguments = cell.statement.arguments_for(cell.operator)
    if arguments is None or cell.checked is None or not cell.checked.proves:
        return cell
    tried: list[str] = [] if arguments else ["expected two numbers between which the unknown lies, got none"]
    for argument in arguments:
        parts = tuple(_proved_parts(cell, argument, bench))
        if len(parts) == len(argument.parts):
            return replace(cell, argument=argument.id, parts=parts)
        tried.append(f"{argument.id}: no proof of {argument.parts[len(parts)].id}")
    return replace(cell, checked=None, tried=tuple(tried))


def _proved_parts(cell: Cell, argument: Argument, bench: Bench) -> Iterator[Cell]:
    """The parts of an argument up to the first that is not proved."""
    for statement in argument.parts:
        found = bench.decided(Cell(cell.operator, statement, cell.scope), OF_PARTS)
        if found.verdict != "proved":
            return
        yield found


def _proved(cell: Cell, scopes: list[Scope], bench: Bench) -> Iterator[Cell]:
    """The cell at those scopes, from the smallest on, up to the first at which it is not proved."""
    for scope in scopes:
        for part in _asked(cell.operator, [cell.statement], scope):
            found = bench.decided(part, ["narrower"])
            if found.verdict != "proved":
                return
            yield found


def _proved_at_small_sizes(cell: Cell, bench: Bench) -> Iterator[Cell]:
    """The cell at those of the small sizes at which it is proved; none above one at which it is not."""
    failed: list[Sizes] = []
    for teachers, outcomes in SMALL_SIZES:
        scope = _narrowed(cell, teachers, outcomes)
        beyond = any(teachers >= k and outcomes >= v for k, v in failed)
        for part in [] if scope is None or beyond else _asked(cell.operator, [cell.statement], scope):
            found = bench.decided(part, AT_SIZES)
            if found.verdict == "proved":
                yield found
            else:
                failed.append((teachers, outcomes))


def _narrowed(cell: Cell, teachers: int, outcomes: int) -> Scope | None:
    """The sizes as a scope within the cell's, and narrower, if its operator is meant for them."""
    scope, found = cell.scope, Scope(teachers, outcomes)
    within = scope.teachers in (None, teachers) and scope.outcomes in (None, outcomes)
    return found if within and found != scope and is_meant_at(cell.operator, found) else None


def _below(scope: Scope, smallest: Sizes) -> tuple[list[Scope], list[Scope]]:
    """Scopes below the sizes that fail: every smaller V at any K, every smaller K at any V."""
    teachers, outcomes = smallest
    fewer_outcomes = [replace(scope, outcomes=v) for v in range(2, outcomes) if scope.outcomes is None]
    fewer_teachers = [replace(scope, teachers=k) for k in range(1, teachers) if scope.teachers is None]
    return fewer_outcomes, fewer_teachers
