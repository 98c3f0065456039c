"""The decision: does this evidence establish this goal?"""

from __future__ import annotations

from weakref import WeakKeyDictionary

from axiomkd.kernel.application import Application
from axiomkd.kernel.evidence import Derivation, Evidence, Paths, Root, Step, Witness
from axiomkd.kernel.grammar import grammar
from axiomkd.kernel.judgement import Fact, Goal, Judgement, Refused
from axiomkd.kernel.paths import check_paths
from axiomkd.kernel.rules import RULES
from axiomkd.kernel.terms import Node
from axiomkd.kernel.witness import Margin, check_witness


class Checked:
    """What the kernel has accepted: a goal, its evidence, and whether that proves or refutes it.

    Only :func:`check` makes one. What was accepted is kept apart from the object, so a copy, an
    empty instance or a changed attribute vouches for nothing.
    """

    __slots__ = ("__weakref__",)

    def __init__(self, *_: object) -> None:
        raise Refused("expected a verdict made by the kernel's check, got a home-made one")

    def __init_subclass__(cls) -> None:
        raise TypeError("expected no class derived from Checked")

    def _accepted(self) -> tuple[Goal, Evidence, Margin | None]:
        if self not in _ACCEPTED:
            raise Refused("expected a verdict made by the kernel's check, got a home-made one")
        return _ACCEPTED[self]

    @property
    def goal(self) -> Goal:
        return self._accepted()[0]

    @property
    def evidence(self) -> Evidence:
        return self._accepted()[1]

    @property
    def margin(self) -> Margin | None:
        """By how much a refuted conclusion fails."""
        return self._accepted()[2]

    @property
    def proves(self) -> bool:
        return isinstance(self.evidence, Derivation)


_ACCEPTED: WeakKeyDictionary[Checked, tuple[Goal, Evidence, Margin | None]] = WeakKeyDictionary()


def check(goal: Goal, evidence: Evidence) -> Checked:
    """Accept the evidence, or raise :class:`~axiomkd.kernel.judgement.Refused` with the reason."""
    _demand_unchangeable(goal, evidence)
    _check_goal(goal)
    margin = None
    if isinstance(evidence, Derivation):
        check_derivation(goal, evidence)
    else:
        margin = (
            check_witness(goal, evidence) if isinstance(evidence, Witness) else check_paths(goal, evidence)
        )
    checked = object.__new__(Checked)
    _ACCEPTED[checked] = goal, evidence, margin
    return checked


def _demand_unchangeable(goal: Goal, evidence: Evidence) -> None:
    """What could change once it is checked has not been checked: no lists, no derived classes."""
    steps = evidence.steps if isinstance(evidence, Derivation) else ()
    roots = evidence.roots if isinstance(evidence, Witness) else ()
    for part, kinds in (
        (goal, (Goal,)),
        (evidence, (Derivation, Witness, Paths)),
        *((fact, (Fact,)) for fact in goal.facts),
        *((step, (Step,)) for step in steps),
        *((root, (Root,)) for root in roots),
    ):
        if type(part) not in kinds:
            raise Refused(f"expected a {kinds[0].__name__}, got a {type(part).__name__}")
    try:
        hash((goal, evidence))
    except TypeError as error:
        raise Refused(f"expected goal and evidence that cannot be changed, got {error}") from None


def _check_goal(goal: Goal) -> None:
    if not goal.conclusions:
        raise Refused("expected a goal with a conclusion, got none")
    for node in (*goal.conclusions, *goal.indices):
        grammar(goal).check(node)
    for fact in goal.facts:
        _check_fact(fact, goal)


def _check_fact(fact: Fact, goal: Goal) -> None:
    for index in fact.indices:
        grammar(goal).check(index)
    for formula in (fact.conclusion, *fact.hypotheses):
        grammar(goal).check(formula)
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
    grammar(goal).check(step.conclusion)
    for parameter in step.parameters:
        if isinstance(parameter, Node):
            grammar(goal).check(parameter, holes=len(step.premises))
    premises = tuple(done[number] for number in step.premises)
    application = Application(goal, step.conclusion, premises, step.parameters)
    rule.check(application)
    return Judgement(step.conclusion, frozenset(application.assumptions))
