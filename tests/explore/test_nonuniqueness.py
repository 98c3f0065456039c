"""Non-uniqueness: nothing counts but proofs of each rule and inputs that separate each two."""

import json
from dataclasses import replace
from fractions import Fraction as F

import pytest
from support.enumerated import EASY, HALF, LINEAR, SHRUNK, SMOOTHED, stored

from axiomkd.errors import AxiomkdError, EvidenceError
from axiomkd.explore.families import Point, distinct_goal, families
from axiomkd.explore.grammar import Tree, operator
from axiomkd.explore.nonuniqueness import certificate_of, check_text, to_json
from axiomkd.kernel.judgement import Refused
from axiomkd.language.ranges import Range
from axiomkd.operator import Operator
from axiomkd.provers.counterexample import refute
from axiomkd.provers.structural import prove
from axiomkd.report.exploration import write_nonuniqueness
from axiomkd.report.plots import nonuniqueness_figure


@pytest.fixture(scope="module")
def found():
    with stored([LINEAR, SHRUNK, SMOOTHED, HALF]) as store:
        return certificate_of(store, [LINEAR, SHRUNK, SMOOTHED, HALF])


def test_every_two_rules_are_separated(found):
    assert [member.operator.title for member in found.members] == [
        "linear",
        "linear(shrunk)",
        "smoothed(linear)",
    ]
    assert [(one, other) for one, other, _ in found.separations] == [(0, 1), (0, 2), (1, 2)]
    for _, _, cell in found.separations:
        assert F(cell.checked.margin.lower) > 0


def test_families_are_proved_and_their_rules_differ(found):
    names = [family.certificate.operator.title for family in found.families]
    assert names == ["linear(shrunk(b))", "smoothed(linear, b)"]
    for family in found.families:
        assert [family.certificate[name].verdict for name in EASY] == ["proved", "proved"]
        assert family.certificate.operator.ranges == {"b": Range(0, 1, "right")}


def test_what_is_missing_is_noticed(found):
    with pytest.raises(EvidenceError, match="a separation for each two"):
        replace(found, separations=found.separations[1:])
    with pytest.raises(EvidenceError, match="separates"):
        one, other, _ = found.separations[0]
        replace(found, separations=((one, other, found.separations[1][2]), *found.separations[1:]))
    with pytest.raises(AxiomkdError, match="unanimity"):
        replace(found, required=(*EASY, "unanimity"))


# -- families -------------------------------------------------------------------------------


def test_a_family_whose_rules_are_all_the_same_is_none():
    same = Tree("mix", (LINEAR, LINEAR), F(1, 2))
    assert not list(families([same], EASY))


def test_the_range_of_a_family_is_as_wide_as_the_proofs_allow():
    for required, values in (("convexity.simplex", Range(0, 1)), ("positivity.all", Range(0, 1, "right"))):
        (found,) = families([SMOOTHED], (required,))
        assert found.certificate.operator.ranges == {"b": values}


def test_a_family_with_a_maximum_is_told_apart_by_algebra():
    mixed = Tree("mix", (LINEAR, Tree("maximum")), F(1, 2))
    (family,) = families([mixed], ("convexity.simplex",))
    assert family.certificate.operator.title == "mix(linear, maximum, b)"


POINT = Point(((F(1, 3), F(2, 3)), (F(1, 2), F(1, 2))), (F(1, 4), F(3, 4)), 1)
FAMILY = operator(Tree("smoothed", (LINEAR,), "b"), Range(0, 1))


def test_the_goal_says_which_way_the_value_goes():
    assert prove(distinct_goal(FAMILY, POINT, rises=True)) is not None
    falling = distinct_goal(FAMILY, POINT, rises=False)
    assert prove(falling) is None
    assert refute(falling) is not None


def test_at_an_input_where_the_rules_agree_nothing_is_proved():
    even = Point(((F(1, 2), F(1, 2)),), (F(1),), 1)
    assert all(prove(distinct_goal(FAMILY, even, rises)) is None for rises in (True, False))


def test_the_goal_is_about_families_with_one_parameter():
    with pytest.raises(EvidenceError, match="parameter b alone"):
        distinct_goal(operator(LINEAR), POINT, rises=True)


def test_an_unknown_of_an_implicit_rule_is_not_taken_for_a_number():
    implicit = Operator.declare(
        "a", mass="Sum(w[k]*p[k,i], k) + b*c", parameters={"b": Range(0, 1)}, unknown="c", equation="c == 1"
    )
    with pytest.raises(EvidenceError, match="teachers, weights and b alone"):
        distinct_goal(implicit, POINT, rises=True)


@pytest.mark.parametrize(
    ("teachers", "weights", "outcome"),
    [
        (((F(1, 3), F(1, 3)),), (F(1),), 1),
        (((F(0), F(1)),), (F(1),), 1),
        (((F(1, 2), F(1, 2)),), (F(1, 2), F(1, 2)), 1),
        (((F(1, 2), F(1, 2)),), (F(1),), 3),
        (((F(1, 2), F(1, 2)), (F(1),)), (F(1), F(0)), 1),
        (((F(1),),), (F(1),), 1),
        ((), (), 1),
    ],
)
def test_an_input_is_one_of_the_domain(teachers, weights, outcome):
    with pytest.raises(EvidenceError):
        Point(teachers, weights, outcome)


# -- as text --------------------------------------------------------------------------------


def test_it_is_made_again_from_its_text(found):
    again = check_text(to_json(found))
    assert to_json(again) == to_json(found)


def without_a_separation(data):
    del data["separations"][0]


def another_requirement(data):
    data["required"].append("unanimity")


def another_rule(data):
    data["members"][0]["operator"]["expr"] = "1/V"


def another_range(data):
    data["families"][0]["operator"]["parameters"]["b"]["range"] = ["0", "2"]


def another_input(data):
    data["families"][0]["distinct"]["w"] = data["families"][0]["distinct"]["w"][::-1]


def another_way(data):
    data["families"][0]["distinct"]["rises"] = not data["families"][0]["distinct"]["rises"]


def ends_swapped(data):
    first = data["separations"][0]
    first["one"], first["other"] = first["other"], first["one"]


def one_size(data):
    data["members"][0]["operator"]["K"] = 2


CHANGES = (
    one_size,
    *(without_a_separation, another_requirement, another_rule, another_range),
    *(another_input, another_way, ends_swapped),
)


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_not_so_is_refused(found, change):
    data = json.loads(to_json(found))
    change(data)
    with pytest.raises((Refused, AxiomkdError)):
        check_text(json.dumps(data))


def test_the_report_names_rules_families_and_inputs(found):
    text = write_nonuniqueness(found, "markdown")
    assert (
        "3 rules satisfy all that is required, no two of them the same; infinitely many in 2 families" in text
    )
    assert "| 1 | linear | Σ_k w_k·p_k(i) |" in text
    assert "smoothed(linear, b), 0 ≤ b < 1" in text
    assert "| 1 | 3 | p = (" in text


@pytest.mark.parametrize("format", ["latex", "html"])
def test_the_report_is_written_in_other_formats_too(found, format):
    text = write_nonuniqueness(found, format)
    marks = {
        "latex": ("\\documentclass", "$0 \\le b < 1$", "\\end{document}"),
        "html": ("<!DOCTYPE html>", "</html>"),
    }
    assert all(mark in text for mark in (*marks[format], "smoothed(linear, b)"))
    with pytest.raises(ValueError, match="expected json"):
        write_nonuniqueness(found, "text")


def test_the_picture_has_a_number_for_each_rule_and_a_curve_for_each_family(found):
    (axes,) = nonuniqueness_figure(found).axes
    assert [words.get_text() for words in axes.texts if words.get_text().isdigit()] == ["1", "2", "3"]
    curves = [
        line.get_xydata()
        for line in axes.lines
        if line.get_label().endswith("b)") or "(b)" in line.get_label()
    ]
    assert len(curves) == 2
    (x, y), (low, high), (least, most) = curves[0][0], axes.get_xlim(), axes.get_ylim()
    assert low < x < high and least < y < most


@pytest.mark.usefixtures("home")
def test_check_says_what_stands(run, home, found):
    (home / "found.json").write_text(to_json(found))
    status, out, _ = run("check", "found.json")
    assert (status, "infinitely many in 2 families, 0 refused" in out) == (0, True)
    (home / "found.json").write_text(to_json(found).replace('"rises": true', '"rises": false', 1))
    status, out, _ = run("check", "found.json")
    assert (status, "refused: " in out) == (1, True)
