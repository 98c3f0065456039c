"""Reports on free inequalities: what is asked, what became of it and why."""

from __future__ import annotations

from dataclasses import dataclass, replace

from axiomkd.kernel.evidence import Derivation
from axiomkd.language.to_text import text as plain
from axiomkd.problem import Solution
from axiomkd.report.environment import LATEX_DELIMITERS, Filter, environment
from axiomkd.report.example import Example, example, short
from axiomkd.report.latex import FILTERS
from axiomkd.report.markdown import goal_lines
from axiomkd.report.model import GoalView, Proof, goal_view, proof_of
from axiomkd.report.rows import how
from axiomkd.verdict import Verdict


@dataclass(frozen=True)
class SolutionView:
    """A problem as it is to be read, with the kernel's own goal and what became of it."""

    text: str
    goal: GoalView
    verdict: Verdict
    how: str
    margin: str
    checkers: str
    seconds: float
    vacuous: bool
    tried: tuple[str, ...]
    proof: Proof | None
    example: Example | None


def write_solution(solution: Solution, format: str) -> str:
    """The report as ``"markdown"``, ``"latex"`` or ``"json"``.

    :raises ValueError: for any other format.
    """
    if format == "json":
        return solution.to_json()
    if format == "markdown":
        filters: dict[str, Filter] = {"formula": plain, "goal": goal_lines}
        return environment(filters).get_template("problem.md").render(report=solution_view(solution))
    if format == "latex":
        template = environment(FILTERS, LATEX_DELIMITERS).get_template("problem.tex")
        return template.render(report=solution_view(solution))
    raise ValueError(f"expected markdown, latex or json, got {format}")


def solution_view(solution: Solution) -> SolutionView:
    """What a report says of a problem."""
    evidence = solution.evidence
    margin = solution.checked.margin if solution.checked else None
    seconds = solution.run.get("seconds")
    return SolutionView(
        text=" ".join(solution.problem.prove.split()),
        goal=replace(goal_view(solution.goal), quantified=_quantified(solution)),
        verdict=solution.verdict,
        how=how(solution),
        margin=short(margin.lower) if margin and margin.lower else "",
        checkers="kernel" if solution.checked else "",
        seconds=seconds if isinstance(seconds, float) else 0.0,
        vacuous=solution.vacuous,
        tried=solution.tried,
        proof=proof_of(solution.goal, evidence, "all values") if isinstance(evidence, Derivation) else None,
        example=_example(solution),
    )


def _quantified(solution: Solution) -> str:
    """The variables in words: ``all real numbers x, y, p_1, .., p_3``."""
    names = [
        f"{name}_1, .., {name}_{dict(solution.goal.sizes)[sorts[0]]}" if sorts else name
        for name, sorts in solution.goal.variables
    ]
    return f"all real numbers {', '.join(names)}" if names else "numbers alone"


def _example(solution: Solution) -> Example | None:
    """The counterexample; what letters stand for in statements about operators, they do not here."""
    found = example(solution)
    if found is None:
        return None
    inputs = tuple(
        replace(given, values=tuple(replace(value, caption="") for value in given.values))
        for given in found.inputs
    )
    return replace(found, inputs=inputs)
