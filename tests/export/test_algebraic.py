"""Algebraic certificates in Rocq: accepted as they are, refused with another coefficient."""

from dataclasses import replace

from axiomkd.catalogue import find_statement
from axiomkd.export.cells import exported
from axiomkd.export.files import header
from axiomkd.export.rocq import check_cells
from axiomkd.kernel.evidence import Derivation
from axiomkd.kernel.terms import multiply
from axiomkd.provers import algebraic
from axiomkd.registry import find_operator
from axiomkd.statement import Scope


def evidence(operator, statement):
    goal = find_statement(statement).goal(find_operator(operator), Scope(2, 2))
    found = algebraic.prove(goal)
    assert found is not None
    return goal, found


def in_rocq(operator, *cells):
    found = find_operator(operator)
    written = [exported(found, statement, goal, derivation) for statement, goal, derivation in cells]
    return [(verdict.accepted, verdict.reason) for verdict in check_cells(header(found), written)]


def test_rocq_accepts_squares_and_products_of_facts():
    cells = [
        (statement, *evidence("linear", statement)) for statement in ("brier.mean", "attenuation.strict")
    ]
    assert in_rocq("linear", *cells) == [(True, "")] * 2


def test_rocq_accepts_roots_and_multipliers():
    cell = ("rank.unanimity", *evidence("power-1/2", "rank.unanimity"))
    assert in_rocq("power-1/2", cell) == [(True, "")]


def test_rocq_refuses_another_coefficient():
    goal, found = evidence("linear", "brier.mean")
    number = max(n for n, step in enumerate(found.steps) if step.rule == "combination")
    step = found.steps[number]
    doubled = replace(step, parameters=(multiply(2, *step.parameters),))
    steps = (*found.steps[:number], doubled, *found.steps[number + 1 :])
    ((accepted, reason),) = in_rocq("linear", ("brier.mean", goal, Derivation(steps, found.establishes)))
    assert not accepted
    assert reason
