"""The decision: does this evidence establish this goal?"""

from __future__ import annotations

from axiomkd.kernel.application import Application, well_formed
from axiomkd.kernel.evidence import Derivation, Evidence, Paths, Step, Witness
from axiomkd.kernel.germs import check_paths
from axiomkd.kernel.judgement import Fact, Goal, Judgement, Refused
from axiomkd.kernel.rules import RULES
from axiomkd.kernel.terms import Node, Variable, subterms
from axiomkd.kernel.witness import Margin, check_witness

_SEAL = object()


class Checked:
    """What the kernel has accepted: a goal, its evidence, and whether that proves or refutes it.

    Only :func:`check` makes one; there is no other way to get past the constructor.
    """

    __slots__ = ("evidence", "goal", "margin", "proves")

    goal: Goal
    evidence: Evidence
    proves: bool
    margin: Margin | None

    def __init__(
        self, goal: Goal, evidence: Evidence, proves: bool, margin: Margin | None, *, seal: object
    ) -> None:
        if seal is not _SEAL:
            raise Refused("expected a verdict made by the kernel's check, got a home-made one")
        for name, value in (("goal", goal), ("evidence", evidence), ("proves", proves), ("margin", margin)):
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a checked verdict is immutable: cannot set {name}")


def check(goal: Goal, evidence: Evidence) -> Checked:
    """Accept the evidence, or raise :class:`~axiomkd.kernel.judgement.Refused` with the reason."""
    _check_goal(goal)
    if isinstance(evidence, Derivation):
        check_derivation(goal, evidence)
        return Checked(goal, evidence, True, None, seal=_SEAL)
    if isinstance(evidence, Witness):
        return Checked(goal, evidence, False, check_witness(goal, evidence), seal=_SEAL)
    if isinstance(evidence, Paths):
        return Checked(goal, evidence, False, check_paths(goal, evidence), seal=_SEAL)
    raise Refused(f"expected a derivation, a witness or paths, got {type(evidence).__name__}")


def _check_goal(goal: Goal) -> None:
    if not goal.conclusions:
        raise Refused("expected a goal with a conclusion, got none")
    for formula in goal.conclusions:
        well_formed(formula, goal)
    for fact in goal.facts:
        _check_fact(fact, goal)


def _check_fact(fact: Fact, goal: Goal) -> None:
    for formula in (fact.conclusion, *fact.hypotheses):
        well_formed(formula, goal)
        loose = formula.free - set(fact.indices) - set(goal.indices)
        if loose:
            raise Refused(f"expected a closed fact, got the free indices {sorted(map(str, loose))}")


def check_derivation(goal: Goal, derivation: Derivation) -> None:
    """Check every step in turn, and that the steps named establish the conclusions."""
    done: list[Judgement] = []
    for number, step in enumerate(derivation.steps):
        try:
            done.append(apply_rule(goal, done, step))
        except Refused as reason:
            raise Refused(f"step {number} ({step.rule}): {reason}") from None
    if len(derivation.establishes) != len(goal.conclusions):
        raise Refused(f"expected {len(goal.conclusions)} conclusions, got {len(derivation.establishes)}")
    for conclusion, number in zip(goal.conclusions, derivation.establishes, strict=True):
        if not 0 <= number < len(done):
            raise Refused(f"expected the number of a step, got {number}")
        if done[number].formula is not conclusion or done[number].assumptions:
            raise Refused(f"expected step {number} to establish {conclusion}, got {done[number].formula}")


def apply_rule(goal: Goal, done: list[Judgement], step: Step) -> Judgement:
    """The judgement that one step adds to those already established."""
    rule = RULES.get(step.rule)
    if rule is None:
        raise Refused(f"expected a rule of the table, got {step.rule}")
    if not all(0 <= number < len(done) for number in step.premises):
        raise Refused(f"expected earlier steps as premises, got {step.premises}")
    for node in (step.conclusion, *step.parameters):
        if isinstance(node, Node):
            _well_formed_in_step(node, goal, step)
    premises = tuple(done[number] for number in step.premises)
    application = Application(goal, step.conclusion, premises, step.parameters)
    rule.check(application)
    return Judgement(step.conclusion, frozenset(application.assumptions))


def _well_formed_in_step(node: Node, goal: Goal, step: Step) -> None:
    """As for the goal; templates may use a hole for each premise."""
    holes = {part.name: part for part in subterms(node) if isinstance(part, Variable)}
    extra = {
        name: tuple(index.sort for index in part.indices)
        for name, part in holes.items()
        if name in {f"premise{n}" for n in range(len(step.premises))}
    }
    if not extra or node is step.conclusion:
        well_formed(node, goal)
        return
    declared = (*goal.variables, *extra.items())
    well_formed(
        node, Goal(goal.sizes, declared, goal.facts, goal.conclusions, goal.indices, goal.permutations)
    )
