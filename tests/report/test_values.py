"""The input of a counterexample is shown so that a person can do it again by hand."""

import re
from fractions import Fraction

import pytest

from axiomkd.catalogue import find_statement
from axiomkd.kernel.evidence import Paths, Root, Witness
from axiomkd.kernel.judgement import Fact, Goal
from axiomkd.kernel.terms import Equal, Free, variable
from axiomkd.language.to_text import text
from axiomkd.registry import find_operator
from axiomkd.report import write_certificate
from axiomkd.report.example import any_size_words, size_words
from axiomkd.report.latex import inline, matrix
from axiomkd.report.rows import row
from axiomkd.report.values import derived, inputs
from axiomkd.statement import Scope

HALVES = (Fraction(1, 2), Fraction(1, 2))
LEFT, RIGHT = (Fraction(3, 4), Fraction(1, 4)), (Fraction(1, 4), Fraction(3, 4))


def goal(statement):
    return find_statement(statement).goal(find_operator("geometric"), Scope())


def given(statement, **values):
    """The one input of a witness as it is shown."""
    (found,) = inputs(goal(statement), Witness((), tuple(values.items())))
    return found


def shown(values):
    return [f"{text(value.name)} = {value.inline}" for value in values]


def test_one_row_a_teacher():
    found = given("convexity.between", p=(LEFT, RIGHT), w=HALVES)
    assert shown(found.values) == ["p = (3/4, 1/4), (1/4, 3/4)", "w = (1/2, 1/2)"]
    assert found.scenarios == ()


def test_a_number_stands_alone():
    assert shown(given("weight_monotonicity.exchange", d=Fraction(1, 3)).values) == ["d = 1/3"]


def test_random_teachers_stand_scenario_by_scenario_with_their_chances():
    found = given("variance.uncorrelated", P=((LEFT, RIGHT), (RIGHT, RIGHT)), pi=HALVES, w=HALVES)
    assert shown(found.values) == ["w = (1/2, 1/2)"]
    assert [shown(scenario) for scenario in found.scenarios] == [
        ["π_1 = 1/2", "P_1 = (3/4, 1/4), (1/4, 3/4)"],
        ["π_2 = 1/2", "P_2 = (1/4, 3/4), (1/4, 3/4)"],
    ]


def test_of_teachers_alike_the_rows_that_each_draws_are_named():
    one, two = (Fraction(1), Fraction(0)), (Fraction(0), Fraction(1))
    found = given("variance.coordinate", R=(LEFT, RIGHT), f=((one, two), (two, two)), rho=HALVES)
    assert shown(found.values) == ["R = (3/4, 1/4), (1/4, 3/4)", "\N{GREEK SMALL LETTER RHO} = (1/2, 1/2)"]
    assert [shown(scenario) for scenario in found.scenarios] == [
        ["f_1 = (row 1, row 2)"],
        ["f_2 = (row 2, row 2)"],
    ]
    assert found.values[0].caption == "the rows that every teacher draws from"


def test_what_the_rows_determine_is_known_to_be_derived():
    assert derived(goal("variance.coordinate")) == {"P", "pi"}
    assert derived(goal("variance.uncorrelated")) == set()
    assert derived(goal("eventwise_independence")) == set()


def test_what_speaks_of_itself_or_of_one_place_only_is_not_derived():
    i, x, y = Free("i", "outcome"), variable("x", Free("i", "outcome")), variable("y", Free("i", "outcome"))
    declared = (("x", ("outcome",)), ("y", ("outcome",)))

    def by(*facts):
        return derived(Goal((("outcome", None),), declared, facts, (), (i,)))

    assert by(Fact((i,), Equal(x, y * y))) == {"x"}
    assert by(Fact((i,), Equal(x, x * y))) == set()
    assert by(Fact((), Equal(x, y * y))) == set()
    assert by(Fact((i,), Equal(x, y * y), (Equal(y, y),))) == set()


def test_a_block_and_the_rest_are_named():
    found = given(
        "associativity", A=(LEFT, RIGHT), B=(LEFT,), beta=Fraction(1, 2), u=HALVES, v=(Fraction(1),)
    )
    assert [value.caption for value in found.values] == [
        "the teachers of the block",
        "the other teachers",
        "the weight of the block",
        "the weights within the block",
        "the weights among the others",
    ]


def test_where_outcomes_go_that_are_merged():
    one, two = (Fraction(1), Fraction(0)), (Fraction(0), Fraction(1))
    assert shown(given("marginalisation", c=(one, two, two)).values) == [
        "c = (outcome 1, outcome 2, outcome 2)"
    ]


def test_a_teacher_that_is_sure_is_no_choice():
    sure = (Fraction(1), Fraction(0))
    assert shown(given("well_defined.closed", p=(sure, sure)).values) == ["p = (1, 0), (1, 0)"]


def test_paths_of_random_teachers_are_polynomials():
    path = ((((Fraction(1), Fraction(-1)), (Fraction(0), Fraction(1))),),)
    evidence = Paths((), (((("P", path)),),))
    (found,) = inputs(goal("variance.uncorrelated"), evidence)
    assert [shown(scenario) for scenario in found.scenarios] == [["P_1 = (1 - e, e)"]]


def test_sizes_in_words():
    assert size_words("rest", 2) == "2 other teachers"
    assert size_words("scenario", 1) == "1 scenario"
    assert any_size_words("block") == "any number of teachers in the block"


def test_in_latex_words_are_text_and_e_is_epsilon():
    assert matrix((("row 1", "row 2"),)) == r"\begin{pmatrix} \text{row 1} & \text{row 2} \end{pmatrix}"
    assert inline((("1 - e", "e"),)) == r"(1 - \varepsilon, \varepsilon)"


# -- what the program finds ------------------------------------------------------------------

SCENARIO = r"scenario 1: π_1 = \d+/\d+; P_1 = \(.*\), \(.*\)"


@pytest.mark.parametrize("statement", ["variance.uncorrelated", "variance.optimal"])
def test_a_counterexample_with_random_teachers_is_shown_in_full(certified, statement):
    cell = certified("geometric")[statement]
    scenarios = dict(cell.evidence.sizes)["scenario"]
    line = row(cell, {})
    assert f"; π_{scenarios} = " in line.how
    written = section(write_certificate(certified("geometric"), "markdown"), statement)
    assert re.search(f"^- {SCENARIO}$", written, re.MULTILINE)
    assert len(re.findall(r"^- scenario \d+: ", written, re.MULTILINE)) == scenarios


def test_a_counterexample_with_teachers_alike_names_the_rows_drawn(certified):
    written = section(write_certificate(certified("geometric"), "markdown"), "variance.coordinate")
    assert "(the chances of the rows)" in written
    assert re.search(rf"^- {SCENARIO}; f_1 = \(row \d, row \d\)$", written, re.MULTILINE)
    how = row(certified("geometric")["variance.coordinate"], {}).how
    assert "f_1 = (row " in how
    assert "P_1" not in how


def section(markdown, statement):
    """The part of a report about a statement."""
    return markdown.split(f"\n## {statement}: ")[1].split("\n## ")[0]


def test_a_root_is_a_decimal_in_its_own_scenario_with_the_reason_why_there_is_one():
    values = {"P": ((LEFT,), (RIGHT,)), "c1": (Fraction(-1, 3), Fraction(0)), "pi": HALVES}
    variables = (("P", ("scenario", "teacher", "outcome")), ("c1", ("scenario",)), ("pi", ("scenario",)))
    about = Goal(
        (),
        variables,
        (),
        (Equal(variable("c1", Free("s", "scenario")), variable("c1", Free("s", "scenario"))),),
    )
    root = Root("c1", (1,), Fraction(1, 10**20), fact=0)
    (found,) = inputs(about, Witness((), tuple(values.items()), roots=(root,)))
    first, second = ({text(v.name): v for v in scenario} for scenario in found.scenarios)
    assert first["c1_1"].inline == "-0.33333333333333333333"
    assert first["c1_1"].caption.startswith("its equation has a solution within 1e-20 of this")
    assert (second["c1_2"].inline, second["c1_2"].caption) == ("0", "")
