"""What a process does with one candidate: compare it with one that looks alike, or decide its statements."""

from __future__ import annotations

import multiprocessing
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from axiomkd.attempts import CELL, METHODS, Task, settle
from axiomkd.catalogue import find_statement
from axiomkd.explore.fingerprint import cost, looks_false
from axiomkd.kernel.check import check
from axiomkd.kernel.evidence import Evidence, Paths, Witness
from axiomkd.kernel.judgement import Goal, Refused
from axiomkd.kernel.table import Json
from axiomkd.kernel.wire import evidence_to_json
from axiomkd.operator import Operator
from axiomkd.provers import structural
from axiomkd.provers.counterexample import refute
from axiomkd.statement import Scope, Statement
from axiomkd.theories.ensemble.equality import same_rule

ATTACK_SECONDS = 1.0
"""Of the processor, for a counterexample where one was seen in floating point."""
DECIDING = ("structural", *(method for method in CELL if method != "structural"))
"""The proof comes first: what could be refuted at a glance has been attacked before."""
SEPARATION_SECONDS = 0.3
"""The same for an input that tells two rules apart which have one fingerprint."""
EQUALITY_EFFORT = 4_000
"""Questions to the kernel for a proof that two rules are one."""
Alike = Literal["equal", "separated", "unresolved"]
Declaration = dict[str, dict[str, Json]]
"""An operator as :meth:`~axiomkd.operator.Operator.to_tables` gives it."""


@dataclass(frozen=True)
class Work:
    """A candidate, the statements required of it, and the one that has the same fingerprint, if any.

    Work and its result are plain data: terms are made in one thread of a process only.
    """

    number: int
    candidate: Declaration
    required: tuple[str, ...]
    twin: Declaration | None = None


@dataclass(frozen=True)
class Found:
    """Evidence about a statement as plain data, for the kernel to decide about; what was tried."""

    statement: str
    evidence: Json = None
    tried: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """What was found about a candidate.

    ``alike`` says how it stands to its twin, with the evidence in ``comparison``. Of the statements the last
    one is refuted, or all were asked.
    """

    number: int
    alike: Alike | None
    comparison: Json
    found: tuple[Found, ...]
    seconds: float


def work_on(work: Work) -> Result:
    """The result for one candidate; an interrupt is for the process that waits for it."""
    _leave_interrupts_to_the_parent()
    begun = time.process_time()
    candidate = Operator.from_tables(work.candidate)
    alike, comparison = compare(candidate, Operator.from_tables(work.twin)) if work.twin else (None, None)
    statements = [find_statement(name) for name in work.required]
    found = () if alike == "equal" else tuple(_found(candidate, statements))
    return Result(work.number, alike, comparison, found, time.process_time() - begun)


def _leave_interrupts_to_the_parent() -> None:
    """Where a process has a main thread to receive them; in other threads none arrives."""
    if threading.current_thread() is threading.main_thread() and multiprocessing.parent_process():
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def compare(one: Operator, other: Operator) -> tuple[Alike, Json]:
    """A proof that two rules are one, or an input that tells them apart, or neither."""
    goal = goal_of(same_rule(other), one)
    proof = structural.prove(goal, EQUALITY_EFFORT)
    if proof is not None and is_accepted(goal, proof):
        return "equal", evidence_to_json(goal, proof)
    refutation = refute(goal, seconds=SEPARATION_SECONDS)
    if refutation is None:
        return "unresolved", None
    return "separated", evidence_to_json(goal, refutation.evidence)


def goal_of(statement: Statement, operator: Operator, scope: Scope = Scope()) -> Goal:  # noqa: B008
    """The goal of a statement that is asked of the operator."""
    goal = statement.goal(operator, scope)
    assert goal is not None, f"{statement.id} is not asked of {operator.id}"
    return goal


def is_accepted(goal: Goal, evidence: Evidence) -> bool:
    """Whether the kernel accepts the evidence."""
    try:
        check(goal, evidence)
    except Refused:
        return False
    return True


def _found(operator: Operator, statements: Sequence[Statement]) -> Iterator[Found]:
    """First the cheapest statement that looks false is attacked; if none falls, all are decided."""
    ordered = sorted(statements, key=lambda statement: cost(statement.id))
    for statement in ordered:
        refutation = attack(operator, statement)
        if refutation is not None:
            yield Found(statement.id, evidence_to_json(goal_of(statement, operator), refutation))
            return
    for statement in ordered:
        goal = statement.goal(operator, Scope())
        if goal is None:
            continue
        evidence, tried = settled(goal, DECIDING)
        yield Found(statement.id, evidence_to_json(goal, evidence) if evidence else None, tried)
        if isinstance(evidence, Witness | Paths):
            return


def settled(goal: Goal, methods: Sequence[str]) -> tuple[Evidence | None, tuple[str, ...]]:
    """Evidence that the kernel accepts, and what was tried before."""
    tried: list[str] = []
    for method in methods:
        answer = settle(Task(goal, method, METHODS[method].seconds))
        tried += answer.tried
        if answer.evidence is not None and is_accepted(goal, answer.evidence):
            return answer.evidence, tuple(tried)
    return None, tuple(tried)


def attack(operator: Operator, statement: Statement) -> Evidence | None:
    """A counterexample at the sizes where one was seen in floating point.

    A goal at fixed sizes has the same formulas, so its counterexample is one for any sizes.
    """
    sizes = looks_false(operator, statement)
    goal = None if sizes is None else statement.goal(operator, Scope(*sizes))
    found = None if goal is None else refute(goal, seconds=ATTACK_SECONDS)
    return found.evidence if found else None
