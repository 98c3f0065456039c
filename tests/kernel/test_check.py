"""What the kernel has accepted cannot be made, copied or changed by anybody else."""

import copy
import pickle
from dataclasses import replace
from fractions import Fraction

import pytest

from axiomkd.kernel.check import Checked, check
from axiomkd.kernel.evidence import Derivation, Step, Witness
from axiomkd.kernel.judgement import Fact, Goal, Refused
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Bound,
    Continuous,
    Defined,
    Equal,
    Free,
    If,
    InHull,
    Less,
    Literal,
    Number,
    Permuted,
    Same,
    Size,
    Tends,
    big_sum,
    variable,
)

x, y = variable("x"), variable("y")
k = Free("k", "teacher")
w = variable("w", k)
GOAL = Goal(
    sizes=(("teacher", None), ("outcome", 2)),
    variables=(("w", ("teacher",)), ("x", ()), ("y", ())),
    facts=(Fact((), Less(ZERO, x)), Fact((k,), Less(ZERO, w))),
    conclusions=(Less(ZERO, x + 1),),
)
PROOF = Derivation(
    (Step("fact", Less(ZERO, x), (), (0,)), Step("sign_of_parts", Less(ZERO, x + 1), (0,))), (1,)
)


def goal(conclusion, **more):
    return replace(GOAL, conclusions=(conclusion,), **more)


def proof(*steps):
    return Derivation(steps, (len(steps) - 1,))


def test_accepts():
    checked = check(GOAL, PROOF)
    assert (checked.goal, checked.evidence, checked.proves, checked.margin) == (GOAL, PROOF, True, None)


def test_a_checked_verdict_cannot_be_copied():
    checked = check(GOAL, PROOF)
    for forged in (copy.copy(checked), copy.deepcopy(checked), pickle.loads(pickle.dumps(checked))):
        with pytest.raises(Refused):
            forged.goal  # noqa: B018


def test_a_checked_verdict_cannot_be_made():
    with pytest.raises(Refused):
        Checked(GOAL, PROOF, None)
    with pytest.raises(Refused):
        object.__new__(Checked).proves  # noqa: B018
    with pytest.raises(TypeError):
        type("Forged", (Checked,), {})


def test_a_checked_verdict_cannot_be_changed():
    checked = check(GOAL, PROOF)
    for name in ("goal", "evidence", "proves", "margin", "more"):
        with pytest.raises(AttributeError):
            object.__setattr__(checked, name, None)


def test_what_can_change_afterwards_is_refused():
    conclusions = [Less(ZERO, x + 1)]
    with pytest.raises(Refused, match="cannot be changed"):
        check(replace(GOAL, conclusions=conclusions), PROOF)
    with pytest.raises(Refused, match="cannot be changed"):
        check(GOAL, replace(PROOF, steps=list(PROOF.steps)))


@pytest.mark.parametrize("kind", [Goal, Derivation, Step, Fact])
def test_derived_classes_are_refused(kind):
    derived = type("Derived", (kind,), {})

    def disguised(value):
        return derived(**vars(value)) if type(value) is kind else value

    steps = tuple(map(disguised, PROOF.steps))
    facts = tuple(map(disguised, GOAL.facts))
    with pytest.raises(Refused, match=f"expected a {kind.__name__}"):
        check(disguised(replace(GOAL, facts=facts)), disguised(replace(PROOF, steps=steps)))


FALSE = Less(ONE, ZERO)
GOALS = {
    "no conclusion": replace(GOAL, conclusions=()),
    "a size of zero": replace(GOAL, sizes=(("teacher", 0), ("outcome", 2))),
    "a size below the least": replace(GOAL, sizes=(("teacher", None), ("outcome", 1))),
    "an absurd size": replace(GOAL, sizes=(("teacher", 10**9), ("outcome", 2))),
    "a sort given twice": replace(GOAL, sizes=(*GOAL.sizes, ("teacher", 3))),
    "a variable given twice": replace(GOAL, variables=(*GOAL.variables, ("x", ("teacher",)))),
    "a variable that is named like a hole": replace(GOAL, variables=(*GOAL.variables, ("premise0", ()))),
    "a limit variable with indices": replace(GOAL, limit=("w", "infinity")),
    "a limit variable that is not declared": replace(GOAL, limit=("z", "infinity")),
    "a limit in no direction": replace(GOAL, limit=("x", "one")),
    "a fact with a free index": replace(GOAL, facts=(*GOAL.facts, Fact((), Less(ZERO, w)))),
    "a fact of an undeclared variable": replace(
        GOAL, facts=(*GOAL.facts, Fact((), Less(ZERO, variable("z"))))
    ),
    "an index of an undeclared sort": replace(GOAL, indices=(Free("s", "scenario"),)),
}


@pytest.mark.parametrize("case", GOALS.values(), ids=GOALS)
def test_refuses_goals_that_are_none(case):
    with pytest.raises(Refused):
        check(case, PROOF)


class Disguised(Less):
    __slots__ = ()


CONDITIONS = (Defined(x), Continuous(x), Tends(x, y), InHull("teacher", "outcome", x, x))
NODES = {
    "a derived class": Disguised(ONE, ZERO),
    "floating point": Equal(Number(0.1), x),
    "a formula in the place of a term": Equal(FALSE, x),
    "a term in the place of a formula": Equal(If(x, x, x), x),
    "a part too many": Less(ONE, ZERO, ONE),
    "no part at all": Equal(type(x + y)(), x),
    "an index without a binder": Equal(variable("w", Bound(0, "teacher")), x),
    "an index with a binder of another sort": Equal(
        type(big_sum(k, w))("sum", "outcome", big_sum(k, w).body), x
    ),
    "a sum of another kind": Equal(type(big_sum(k, w))("median", "teacher", big_sum(k, w).body), x),
    "an undeclared variable": Equal(variable("z"), x),
    "a variable without its index": Equal(variable("w"), x),
    "an index of another sort": Equal(variable("w", Free("i", "outcome")), x),
    "the size of an undeclared sort": Equal(Size("scenario"), x),
    "a number beyond the least size": Equal(variable("w", Literal(2, "teacher")), x),
    "the number zero": Equal(variable("w", Literal(0, "teacher")), x),
    "an undeclared permutation": Equal(variable("w", Permuted(k, "teacher", "pi")), x),
    "indices of two sorts": Same(k, Free("i", "outcome")),
    "a name of the kernel's own": Same(k, Free("@000000001", "teacher")),
    "a name of canonical forms": Same(k, Free("#0", "teacher")),
    "a hole": Equal(variable("premise0"), x),
    **{f"a condition by {type(c).__name__}": Equal(If(c, x, x), x) for c in CONDITIONS},
}


@pytest.mark.parametrize("node", NODES.values(), ids=NODES)
def test_refuses_nodes_that_are_none(node):
    with pytest.raises(Refused):
        check(goal(node), proof(Step("assumption", node)))


DERIVATIONS = {
    "a rule that there is not": proof(Step("magic", FALSE)),
    "a premise that comes later": proof(Step("instance", FALSE, (1,)), Step("instance", FALSE, (0,))),
    "a step that is its own premise": proof(Step("instance", FALSE, (0,))),
    "a premise counted from the end": proof(Step("assumption", FALSE), Step("instance", FALSE, (-1,))),
    "an assumption that is never discharged": proof(Step("assumption", FALSE)),
    "no steps": Derivation((), ()),
    "no step for the conclusion": Derivation(PROOF.steps, ()),
    "a step that does not exist": Derivation(PROOF.steps, (2,)),
    "a step counted from the end": Derivation(PROOF.steps, (-1,)),
    "another conclusion": PROOF,
}


@pytest.mark.parametrize("evidence", DERIVATIONS.values(), ids=DERIVATIONS)
def test_refuses_derivations_that_establish_nothing(evidence):
    with pytest.raises(Refused):
        check(goal(FALSE), evidence)


def test_a_witness_refutes():
    values = (("w", (Fraction(1),)), ("x", Fraction(2)), ("y", Fraction(0)))
    checked = check(goal(AtMost(x, ONE)), Witness((("teacher", 1), ("outcome", 2)), values))
    assert not checked.proves
    assert checked.margin.lower == "1"


def test_premises_for_every_index_prove_a_sum():
    step = Step("sign_of_parts", Less(ZERO, big_sum(k, w)), (0,))
    assert check(goal(step.conclusion), proof(Step("fact", Less(ZERO, w), (), (1, k)), step)).proves
