"""Statements about implicit operators that a theorem proves from several goals."""

import json
from dataclasses import replace
from fractions import Fraction
from functools import cache

import numpy as np
import pytest

from axiomkd.catalogue import find_statement
from axiomkd.certificate import Certificate
from axiomkd.errors import DeclarationError, EvidenceError
from axiomkd.kernel.evidence import Witness
from axiomkd.kernel.terms import AtMost, Continuous, variables
from axiomkd.operator import Operator
from axiomkd.portfolio import Bench, concluded
from axiomkd.provers.structural import prove
from axiomkd.recheck import check_certificate
from axiomkd.registry import find_operator
from axiomkd.report import write_certificate
from axiomkd.statement import Scope
from axiomkd.theories.ensemble.arguments import ARGUMENTS
from axiomkd.verdict import Cell, decide

SQUARES = "Sum(w[k]*p[k,i]**2, k)"
INVERSES = "Sum(w[k]/p[k,i], k)"


class Proving(Bench):
    """A bench without a worker, at which the prover is called at once."""

    def __init__(self):
        super().__init__(worker=None, left=0)

    def decided(self, finding, methods):
        return decided(finding)


@cache
def proof(goal):
    return prove(goal)


def decided(cell):
    found = proof(cell.goal)
    return cell if found is None else decide(cell, found)


@cache
def settled(operator, statement):
    found = find_operator(operator) if isinstance(operator, str) else operator
    return concluded(decided(Cell(found, find_statement(statement), Scope())), Proving())


def squares(id="squares", **changed):
    """The pool of squares, its declaration changed."""
    given = {
        "expr": f"sqrt(Max(0, {SQUARES} + c))",
        "unknown": "c",
        "equation": f"Sum(sqrt(Max(0, {SQUARES} + c)), i) == 1",
        "between": ["-1", "1"],
    }
    return Operator.declare(id, **{key: value for key, value in {**given, **changed}.items() if value})


@pytest.mark.parametrize("statement", ARGUMENTS)
def test_the_pool_of_squares_satisfies_all_that_need_a_solution(statement):
    assert settled("tsallis-2", statement).verdict == "proved"


@pytest.mark.parametrize("statement", ARGUMENTS)
def test_itakura_saito_satisfies_those_without_zeros(statement):
    found = settled("bregman-left-itakura-saito", statement)
    at_zeros = statement.endswith(".closed") or statement == "temperature.argmax"
    assert found.verdict == ("undecided" if at_zeros else "proved")


def test_an_input_at_which_the_equation_is_undefined_refutes():
    cell = Cell(find_operator("bregman-left-itakura-saito"), find_statement("well_defined.closed"), Scope())
    one, zero = Fraction(1), Fraction(0)
    values = (("p", ((one, zero),)), ("w", (one,)))
    witness = Witness((("teacher", 1), ("outcome", 2)), values, (("i", 2),))
    assert decide(cell, witness).verdict == "refuted"


def test_the_squeeze_is_by_the_bound_that_holds():
    names = [
        settled(operator, "temperature.pool_argmax").argument
        for operator in ("tsallis-2", "bregman-left-itakura-saito")
    ]
    assert names == ["squeeze-by-ceiling", "squeeze-by-floor"]


# -- where the theorem does not apply -------------------------------------------------------


def unproved(operator, statement="continuity.interior"):
    """The parts of the first argument that are not proved, by name."""
    assert settled(operator, statement).verdict == "undecided"
    parts = find_statement(statement).arguments_for(operator)[0].parts
    cells = (decided(Cell(operator, part, Scope())) for part in parts)
    return [cell.statement.id.split(".")[1] for cell in cells if cell.verdict != "proved"]


def test_without_ends_nothing_is_proved():
    found = settled(squares(between=None), "well_defined.interior")
    assert (found.verdict, found.checked) == ("undecided", None)
    assert found.tried == ("expected two numbers between which the unknown lies, got none",)


def test_with_a_temperature_in_the_equation_nothing_is_proved():
    found = squares(equation=f"Sum(sqrt(Max(0, {SQUARES} + c)), i) == T[1]**0")
    assert find_statement("continuity.interior").arguments_for(found) == ()


@pytest.mark.parametrize("ends", [["-1", "-1/2"], ["1", "-1"], ["1/2", "1"]])
def test_the_sides_must_change_places(ends):
    assert unproved(squares(between=ends)) == ["ends"]


def test_ends_that_jump_are_refused():
    """A solution may run away where its bounds do."""
    low = "Piecewise((-1, p[1,1] == 1/2), (-2, True))"
    assert "bounds" in unproved(squares(between=[low, "1"]))


def test_a_side_that_jumps_is_refused():
    stepped = squares(equation="Sum(Piecewise((1, c > 0), (0, True)), i) == 1")
    assert "sides" in unproved(stepped)


def test_a_condition_that_may_fail_between_the_ends_is_refused():
    assert unproved(squares(where=["c < 1/2"])) == ["sides"]


def test_two_aggregates_are_refused():
    twofold = squares(expr="p[1,i] + 0*c + c*(p[1,i] - 1/V)/V", equation="c**3 == c", between=["-2", "2"])
    assert unproved(twofold) == ["unique"]


def test_a_value_that_jumps_is_refused():
    jumping = squares(expr="Piecewise((p[1,i], p[1,i] > 1/2), (1 - p[1,i], True)) + 0*c")
    assert unproved(jumping) == ["value"]


def test_no_part_about_existence_may_assume_a_solution():
    """What says that the sides change places has no unknown in it, or it would say nothing."""
    for name in ("tsallis-2", "bregman-left-itakura-saito"):
        operator = find_operator(name)
        by_name = {part.id: part for argument in ARGUMENTS["continuity.interior"] for part in argument.parts}
        for part in ("solution.ends.interior", "solution.bounds.interior"):
            goal = by_name[part].goal(operator, Scope())
            assert {name for name, _ in goal.variables} <= {"p", "w"}
        sides = by_name["solution.sides.interior"].goal(operator, Scope())
        kinds = [type(fact.conclusion) for fact in sides.facts if "c1" in variables(fact.conclusion)]
        assert kinds == [AtMost, AtMost]
        assert {Continuous} < set(map(type, sides.conclusions))


# -- cells and certificates -----------------------------------------------------------------


def test_a_proof_of_the_goal_alone_proves_nothing():
    whole = settled("tsallis-2", "continuity.closed")
    assert whole.checked.proves
    assert replace(whole, argument="", parts=()).verdict == "undecided"


def test_a_cell_refuses_parts_that_are_not_those_of_its_theorem():
    whole = settled("tsallis-2", "well_defined.interior")
    first, *others = whole.parts
    open_part = replace(first, checked=None)
    elsewhere = decided(Cell(squares(), first.statement, Scope()))
    at_sizes = decided(Cell(first.operator, first.statement, Scope(2, 2)))
    for parts in (
        [],
        others,
        [*others, first],
        [open_part, *others],
        [elsewhere, *others],
        [at_sizes, *others],
    ):
        with pytest.raises(EvidenceError):
            replace(whole, parts=tuple(parts))
    with pytest.raises(EvidenceError):
        replace(whole, argument="closed-graph")
    with pytest.raises(EvidenceError):
        replace(whole, checked=None)


def written(*names):
    cells = tuple(settled("tsallis-2", name) for name in names)
    return json.loads(Certificate(find_operator("tsallis-2"), cells).to_json())


def test_a_certificate_is_accepted_again():
    found = check_certificate(json.dumps(written("well_defined.interior", "continuity.closed")))
    assert found.refused == ()
    assert [verdict for _, verdict in found.accepted] == ["proved", "proved"]


def without_evidence(parts):
    parts[0]["evidence"] = None


def with_another_goal(parts):
    parts[0]["goal"], parts[0]["evidence"] = parts[1]["goal"], parts[1]["evidence"]


def with_a_smaller_scope(parts):
    parts[0]["scope"]["K"] = 2


@pytest.mark.parametrize(
    "spoiled", [list.pop, list.reverse, without_evidence, with_another_goal, with_a_smaller_scope]
)
def test_a_certificate_with_another_part_is_refused(spoiled):
    data = written("well_defined.interior")
    spoiled(data["cells"][0]["argument"]["parts"])
    assert len(check_certificate(json.dumps(data)).refused) == 1


def test_a_certificate_without_its_argument_or_with_another_is_refused():
    data = written("well_defined.interior", "continuity.interior")
    data["cells"][0]["argument"], data["cells"][1]["argument"] = (
        data["cells"][1]["argument"],
        {**data["cells"][1]["argument"], "theorem": "intermediate-value"},
    )
    assert len(check_certificate(json.dumps(data)).refused) == 2
    data = written("well_defined.interior")
    del data["cells"][0]["argument"]
    assert len(check_certificate(json.dumps(data)).refused) == 1


@pytest.mark.parametrize("format", ["markdown", "latex", "html"])
def test_a_report_shows_every_part_and_the_theorem(format):
    cell = settled("tsallis-2", "continuity.interior")
    text = write_certificate(Certificate(cell.operator, (cell,)), format)
    assert "Munkres" in text and "intermediate value theorem" in text
    for part in cell.parts:
        assert part.statement.title in text


# -- the declaration ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("between", "message"),
    [
        (["-1"], "expected two texts, got 1"),
        ("-1", "expected a list of texts"),
        (["-1", "p[1,i]"], "expected numbers for the whole input"),
    ],
)
def test_ends_are_two_numbers(between, message):
    with pytest.raises(DeclarationError, match=message):
        squares(between=between)


def test_an_unknown_with_an_index_has_no_ends():
    with pytest.raises(DeclarationError, match="expected one number and one equation"):
        squares(unknown="c[i]", expr="c[i]", equation="c[i] == p[1,i]*c[1]")


def test_ends_are_read_again_from_tables():
    operator = find_operator("bregman-left-itakura-saito")
    assert operator.to_tables()["operator"]["between"] == [
        f"Min({INVERSES}, i) - V",
        f"Min({INVERSES}, i) - 1",
    ]
    assert Operator.from_tables(operator.to_tables()) == operator


def test_solutions_lie_between_the_ends():
    """In floating point, by another way: the sum less one changes its sign between them."""
    random = np.random.default_rng(0)
    for _ in range(50):
        k, v = random.integers(1, 5), random.integers(2, 6)
        p, w = random.dirichlet(np.full(v, 0.5), k) + 1e-9, random.dirichlet(np.ones(k))
        squared, inverse = w @ p**2, w @ (1 / p)
        low, high = (np.sqrt(np.maximum(0, squared + c)).sum() for c in (-1, 1))
        assert low <= 1 <= high
        low, high = ((1 / (inverse - inverse.min() + c)).sum() for c in (v, 1))
        assert low <= 1 + 1e-9 and high >= 1
