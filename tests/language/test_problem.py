"""Problems: what a text or a file states becomes a goal, and what is wrong with it is said in one line."""

import pytest

from axiomkd.errors import AxiomkdError, DeclarationError
from axiomkd.kernel.check import check
from axiomkd.kernel.evidence import Derivation, Step
from axiomkd.kernel.terms import ONE, ZERO, AtMost, Defined, Equal, Less, Literal, variable
from axiomkd.kernel.wire import goal_from_json, goal_to_json
from axiomkd.language.problem import Problem, load_problem

x, y = variable("x"), variable("y")
FILE = """
[problem]
variables = { a = "positive", b = "nonnegative", x = "real" }
assume = ["a + b - x > 0", "a*b == 1"]
prove = "a**2 + b**2 >= 2*a*b"
"""
SIMPLEX = (("p", "simplex 3"),)
TWO = (("p", "simplex 3"), ("q", "simplex 2"))


@pytest.mark.parametrize(
    ("text", "conclusion"),
    [
        ("x >= y", AtMost(y, x)),
        ("x > y", Less(y, x)),
        ("x <= y", AtMost(x, y)),
        ("x < y", Less(x, y)),
        ("x == y", Equal(x, y)),
    ],
)
def test_a_bare_text_is_a_relation_of_real_numbers(text, conclusion):
    goal = Problem(text).goal
    assert goal.conclusions == (conclusion,)
    assert dict(goal.variables) == {"x": (), "y": ()}
    assert (goal.facts, goal.sizes) == ((), ())


def test_a_file_declares_its_variables_and_assumptions(tmp_path):
    (tmp_path / "problem.toml").write_text(FILE)
    problem = load_problem(tmp_path / "problem.toml")
    a, b = variable("a"), variable("b")
    facts = [fact.conclusion for fact in problem.goal.facts]
    assert facts[:2] == [Less(ZERO, a), AtMost(ZERO, b)]
    assert facts[3] == Equal(a * b, ONE)
    assert Problem.from_tables({"problem": problem.to_table()}) == problem


def test_vectors_of_different_sizes_have_sorts_of_their_own():
    goal = Problem("p[3] + q[2] <= 2", TWO).goal
    assert dict(goal.sizes) == {"index3": 3, "index2": 2}
    p3, q2 = variable("p", Literal(3, "index3")), variable("q", Literal(2, "index2"))
    assert goal.conclusions[0].left.parts == (p3, q2)


def test_sums_over_the_entries_of_vectors_of_one_size():
    goal = Problem("Sum(p[i]*q[i], i) <= 1", (("p", "simplex 3"), ("q", "simplex 3"))).goal
    assert dict(goal.sizes) == {"index3": 3}


@pytest.mark.parametrize("problem", [Problem("x**2 >= 0"), Problem("p[3] + log(q[2]) <= 2", TWO)], ids=str)
def test_the_goal_survives_the_wire(problem):
    assert goal_from_json(goal_to_json(problem.goal)) == problem.goal


@pytest.mark.parametrize(
    ("text", "count"),
    [("x**2 <= y", 0), ("1/x <= y", 1), ("sqrt(x) <= log(y)", 2), ("x**y == x**y", 1), ("exp(x) > 0", 0)],
)
def test_what_may_fail_must_be_defined(text, count):
    conclusions = Problem(text).goal.conclusions
    assert [type(formula) for formula in conclusions[:-1]] == [Defined] * count


def test_the_entries_of_a_simplex_vector_sum_to_one():
    goal = Problem("Sum(p[i], i) == 1", SIMPLEX).goal
    assert check(goal, Derivation((Step("fact", goal.conclusions[0], (), (1,)),), (0,))).proves


BAD = [
    (("x + 1",), "column 6: expected one of >= > <= < ==, got the end"),
    (("x != 1",), "column 3: expected one of >= > <= < =="),
    (("x > 1 > 0",), "column 7: expected an operation or the end"),
    (("",), "column 1: expected a number, a name"),
    (("p[1] > 0",), "expected one of"),
    (("p[4] > 0", SIMPLEX), "expected an index from 1 to 3, got 4"),
    (("p > 0", SIMPLEX), "expected p"),
    (("p[i] > 0", SIMPLEX), "the index i is bound by no Sum"),
    (("Sum(p[i], i) > 0", TWO), "expected"),
    (("y > 0", (("x", "real"),)), "expected a name of the grammar, got 'y'"),
    (("x > 0", (("x", "real"), ("i", "real"), ("p", "simplex 3"))), "a name that is no index, got i"),
    (("x > 0", (("x", "complex"),)), "expected real, positive, nonnegative, or simplex and a size"),
    (("x > 0", (("x", "simplex 1001"),)), "expected real"),
    (("x > 0", (("exp", "real"),)), "expected a name of its own, got 'exp'"),
    (("_x > 0",), "expected a name of its own, got '_x'"),
    (("premise0 > 0",), "expected a name of its own"),
    (("x**10**10**10 > 0",), "expected exponents"),
    (("x > 0", None, ("x + 1",)), "assume, entry 1, column 6"),
    (("(" * 50 + "x" + ")" * 50 + " > 0",), "nested"),
]


@pytest.mark.parametrize(("given", "complaint"), BAD, ids=[given[0][:20] for given, _ in BAD])
def test_what_is_no_problem_is_refused_in_one_line(given, complaint):
    with pytest.raises(AxiomkdError) as caught:
        Problem(*given)
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("tables", "complaint"),
    [
        ({}, r"expected the table \[problem\]"),
        ({"problem": {}}, "expected the key prove"),
        ({"problem": {"prove": "x > 0", "assumes": []}}, "did you mean assume"),
        ({"problem": {"prove": "x > 0", "assume": "x > 1"}}, "expected a list"),
        ({"problem": {"prove": 3}}, "expected a text"),
        ({"problem": {"prove": "x > 0", "variables": ["x"]}}, "expected the table"),
        ({"problem": {"prove": "x > 0"}, "operator": {}}, "expected one of problem"),
    ],
)
def test_tables_that_are_no_problem_are_refused(tables, complaint):
    with pytest.raises(DeclarationError, match=complaint):
        Problem.from_tables(tables)


def test_an_assumption_may_say_that_numbers_differ():
    assert len(Problem("x**2 > 0", None, ("x != 0",)).goal.facts) == 1
