"""Enclosures in Rocq: the same cuts, shown again by Interval; what it cannot show is told."""

from dataclasses import replace
from fractions import Fraction

import pytest

from axiomkd.export.cells import Exported
from axiomkd.export.derivation import Derived
from axiomkd.export.implications import HEADER
from axiomkd.export.rocq import check_cells
from axiomkd.export.rules import boxes
from axiomkd.kernel.evidence import Derivation
from axiomkd.kernel.judgement import Fact, Goal
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Defined,
    Equal,
    Exp,
    Extreme,
    Free,
    If,
    Less,
    Literal,
    Log,
    Size,
    big_product,
    big_sum,
    delta,
    term,
    variable,
)
from axiomkd.provers import interval

half = Fraction(1, 2)
k = Free("k", "teacher")
x, y = variable("x"), variable("y")


def w(teacher):
    return variable("w", teacher)


def between(low, value, high):
    return Fact((), AtMost(term(low), value)), Fact((), AtMost(value, term(high)))


def goal(conclusion, *facts):
    return Goal((("teacher", 2),), (("x", ()), ("y", ()), ("w", ("teacher",))), facts, (conclusion,))


SQUARE = (*between(0, x, 1), *between(0, y, 1))
WEIGHTS = (Fact((k,), AtMost(ZERO, w(k))), Fact((), Equal(big_sum(k, w(k)), ONE)))
POSITIVE = between(Fraction(1, 4), x, 2)

ACCEPTED = {
    "by_slope": goal(Less(x, Exp(x)), *between(0, x, 1)),
    "by_factors": goal(AtMost(2 * x * y * Exp(x), (x * x + y * y) * Exp(x)), *SQUARE),
    "without_corner": goal(
        Less(x * y, term(Fraction(3, 10))), *SQUARE, Fact((), Less(x + y, term(Fraction(9, 10))))
    ),
    "on_a_line": goal(
        AtMost(x * y, term(Fraction(7, 10))),
        *SQUARE,
        Fact((), Equal(x * y, x * y * x)),
        Fact((), Equal(x + y, ONE)),
    ),
    "tangent": goal(AtMost(Log(x), x - 1), *POSITIVE),
    "gibbs": goal(
        AtMost(ZERO, x * (Log(x) - Log(y)) + (1 - x) * (Log(1 - x) - Log(1 - y))),
        *between(Fraction(1, 10), x, Fraction(9, 10)),
        *between(Fraction(1, 10), y, Fraction(9, 10)),
    ),
    "on_two_weights": goal(
        AtMost(-1 * big_sum(k, w(k) * Log(w(k))), -1 * Log(term(half))),
        *WEIGHTS,
        Fact((k,), AtMost(term(Fraction(1, 5)), w(k))),
    ),
    "logarithm": goal(Less(Log(x), x - Fraction(9, 10)), *POSITIVE),
    "powers": goal(Less(x**half + x**-1, x**2 + x**y + 5), *POSITIVE, *between(0, y, 1)),
    "weights": goal(AtMost(big_sum(k, w(k) * delta(k, Literal(1, "teacher"))), Size("teacher")), *WEIGHTS),
    "product": goal(AtMost(big_product(k, w(k)), term(Fraction(3, 5))), *WEIGHTS),
}
UNWRITTEN = {
    "definedness": (goal(Defined(1 / x), *POSITIVE), "something else than an inequality"),
    "a maximum": (goal(AtMost(Extreme("maximum", x, x * y), term(3)), *POSITIVE, *between(0, y, 1)), "Max"),
    "a choice": (
        goal(AtMost(If(Less(x, term(3)), x, y), term(3)), *POSITIVE, *between(0, y, 1)),
        "Piecewise",
    ),
}


def written(name, goal):
    derived = Derived(goal, interval.prove(goal, 5))
    text = f"Module cell_{name}.\n{derived.write(name)}End cell_{name}.\n"
    return Exported(name, name, text, tuple(derived.missing))


def test_rocq_accepts_enclosures():
    verdicts = check_cells(HEADER, [written(name, goal) for name, goal in ACCEPTED.items()])
    assert {verdict.name: verdict.reason for verdict in verdicts} == dict.fromkeys(ACCEPTED, "")


def test_rocq_refuses_a_subdivision_that_shows_something_else():
    stated = ACCEPTED["by_slope"]
    found = interval.prove(stated, 5)
    other = Less(Exp(x), x)
    steps = [replace(step, conclusion=other) if step.rule == "enclosure" else step for step in found.steps]
    text = Derived(replace(stated, conclusions=(other,)), Derivation(tuple(steps), found.establishes)).write(
        "no"
    )
    (verdict,) = check_cells(HEADER, [Exported("no", "no", text, ())])
    assert not verdict.accepted
    assert "Rocq refuses it" in verdict.reason


@pytest.mark.parametrize("goal, reason", UNWRITTEN.values(), ids=UNWRITTEN)
def test_what_interval_does_not_know_is_not_written(goal, reason):
    assert reason in written("t", goal).missing[0]


def test_large_subdivisions_are_not_written(monkeypatch):
    monkeypatch.setattr(boxes, "MOST_LEAVES", 3)
    assert "more than 3 boxes" in written("t", ACCEPTED["without_corner"]).missing[0]
