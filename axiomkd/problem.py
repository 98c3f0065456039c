"""Solutions: a free inequality with what is known of it, and how that is written and read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from axiomkd.certificate import layout, margin_to_json
from axiomkd.kernel.check import check
from axiomkd.kernel.judgement import Goal, Refused
from axiomkd.kernel.table import Json, array, record, refuse
from axiomkd.kernel.wire import PROBLEM, cell_from_json, evidence_to_json, goal_to_json, parse
from axiomkd.language.problem import Problem, load_problem
from axiomkd.verdict import Finding

SOLUTION = (
    "format",
    "problem",
    "verdict",
    "goal",
    "evidence",
    "margin",
    "tried",
    "vacuous",
    "seconds",
    "run",
)


@dataclass(frozen=True)
class Solution(Finding):
    """A problem with what the kernel has accepted about it.

    ``run`` holds the seconds it took, times, versions and dates; everything else is the same for the
    same input.
    """

    problem: Problem
    run: Mapping[str, Json] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.check_accepted(self.problem.prove)

    @property
    def goal(self) -> Goal:
        return self.problem.goal

    def to_json(self) -> str:
        """The solution in the format of ``proofs/FORMAT.md``."""
        run = dict(self.run)
        seconds = run.pop("seconds", None)
        return layout(
            {
                "format": PROBLEM,
                "problem": self.problem.to_table(),
                "verdict": self.verdict,
                "goal": goal_to_json(self.goal),
                "evidence": evidence_to_json(self.goal, self.evidence) if self.evidence else None,
                "margin": margin_to_json(self),
                "tried": list(self.tried),
                "vacuous": self.vacuous,
                "seconds": seconds,
                "run": run,
            }
        )


def stated(source: str) -> Problem:
    """The problem in a TOML file, or the one that a bare text states.

    :raises AxiomkdError: when it is neither.
    """
    return load_problem(Path(source)) if source.endswith(".toml") else Problem(source)


def check_solution(text: str) -> Solution:
    """The solution that a text claims, its goal built and its evidence checked anew.

    :raises axiomkd.errors.AxiomkdError: when the text is no solution of this format.
    :raises axiomkd.kernel.judgement.Refused: when anything that it claims is not so.
    """
    data = parse(text)
    if not isinstance(data, dict) or data.get("format") != PROBLEM:
        refuse("problem", f"the format {PROBLEM}", data.get("format") if isinstance(data, dict) else data)
    entries = record(data, SOLUTION, "problem")
    problem = Problem.from_tables({"problem": entries["problem"]})
    rebuilt = goal_to_json(problem.goal)
    if entries["goal"] != rebuilt:
        raise Refused("expected the goal of this problem, got another goal")
    found = Solution(problem, tried=tuple(str(line) for line in array(entries["tried"], "tried")))
    if entries["evidence"] is not None:
        evidence = cell_from_json(rebuilt, entries["evidence"])[1]
        found = replace(found, checked=check(problem.goal, evidence))
    claims = {"verdict": found.verdict, "margin": margin_to_json(found), "vacuous": found.vacuous}
    for name, is_so in claims.items():
        if entries[name] != is_so:
            raise Refused(f"expected the {name} {is_so}, got {entries[name]}")
    return replace(found, run={"seconds": entries["seconds"], **_run(entries["run"])})


def _run(data: Json) -> dict[str, Json]:
    return data if isinstance(data, dict) else refuse("run", "an object", data)
