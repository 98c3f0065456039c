"""What the tables of cases for the kernel's rules are written in."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from axiomkd.kernel.check import apply_rule
from axiomkd.kernel.evidence import Step
from axiomkd.kernel.judgement import Fact, Goal, Judgement
from axiomkd.kernel.terms import ONE, ZERO, AtMost, Distinct, Equal, Formula, Free, Less, big_sum, variable

k, b, a = (Free(name, "teacher") for name in "kba")
i, j, m = (Free(name, "outcome") for name in "ijm")
x, y, z, t = (variable(name) for name in "xyzt")


def w(index):
    return variable("w", index)


def v(index):
    return variable("v", index)


def r(outcome):
    return variable("r", outcome)


def p(teacher, outcome):
    return variable("p", teacher, outcome)


WEIGHTS = big_sum(k, w(k))
FACTS = (
    Fact((), Less(ZERO, x)),
    Fact((k,), AtMost(ZERO, w(k))),
    Fact((), Equal(WEIGHTS, ONE)),
    Fact((k, i), Less(ZERO, p(k, i)), (Less(ZERO, w(k)),)),
    Fact((j,), Less(r(j), r(m)), (Distinct(j, m),)),
)
GOAL = Goal(
    sizes=(("teacher", None), ("outcome", None)),
    variables=(
        *((name, ()) for name in "xyzt"),
        ("w", ("teacher",)),
        ("v", ("teacher",)),
        ("r", ("outcome",)),
        ("p", ("teacher", "outcome")),
    ),
    facts=FACTS,
    conclusions=(Less(ZERO, x),),
    indices=(a, m),
    permutations=(("pi", "teacher"),),
)
"""The teacher ``a`` and the outcome ``m`` are the goal's own; every other index is general."""


@dataclass(frozen=True)
class Case:
    """An application of a rule that the kernel must accept, and changes that it must refuse.

    ``but`` gives each change, named in prose, as the one field that differs. ``rests_on`` are
    the assumptions that the conclusion keeps.
    """

    name: str
    conclusion: Formula
    premises: tuple[Formula | Judgement, ...] = ()
    parameters: tuple[object, ...] = ()
    goal: Goal = GOAL
    rests_on: tuple[Formula, ...] = ()
    but: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


def under(formula, *assumptions):
    """A premise that holds under assumptions."""
    return Judgement(formula, frozenset(assumptions))


def other_sides(conclusion):
    """The conclusion with one of its sides, and then the other, replaced."""
    left, right = conclusion.left, conclusion.right
    return {
        "another left side": {"conclusion": type(conclusion)(left + x, right)},
        "another right side": {"conclusion": type(conclusion)(left, right + x)},
    }


def apply(rule, case):
    """The judgement that the kernel makes of a case."""
    premises = [p if isinstance(p, Judgement) else Judgement(p) for p in case.premises]
    step = Step(rule, case.conclusion, tuple(range(len(premises))), case.parameters)
    return apply_rule(case.goal, premises, step)
