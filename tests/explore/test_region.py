"""Regions of parameters: intervals, the search along a line and over a plane, and what is read back."""

import io
import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from axiomkd.catalogue import find_statement
from axiomkd.cli.tables import region_table
from axiomkd.errors import DeclarationError, UnknownName
from axiomkd.explore import plane as over
from axiomkd.explore import region as along
from axiomkd.explore.intervals import Ends, merged, without
from axiomkd.explore.region import Question
from axiomkd.explore.wire import check_region, plane_to_json, region_to_json
from axiomkd.kernel.judgement import Refused
from axiomkd.operator import Operator
from axiomkd.operators.families import FAMILIES, family_of, find_family
from axiomkd.report.region import lines, plane_lines, write_region


def question(family, statement):
    return Question(find_family(family), find_statement(statement))


def between(low, high, *out):
    return Ends(Fraction(low), Fraction(high), *out)


# -- intervals --------------------------------------------------------------------------------

numbers = st.integers(0, 6).map(Fraction)
intervals = st.tuples(numbers, numbers, st.booleans(), st.booleans()).map(
    lambda t: Ends(min(t[:2]), max(t[:2]), *(t[2:] if t[0] != t[1] else ()))
)
PLACES = [Fraction(n, 4) for n in range(-1, 26)]


@given(st.lists(intervals, max_size=5))
def test_merged_intervals_hold_the_same_numbers(some):
    found = merged(some)
    for x in PLACES:
        assert any(x in ends for ends in some) == any(x in ends for ends in found)
    assert len(merged(found)) == len(found)


@given(st.lists(intervals, max_size=4), st.lists(intervals, max_size=4))
def test_what_is_taken_away_is_gone_and_nothing_else(some, removed):
    left = without(some, removed)
    for x in PLACES:
        expected = any(x in ends for ends in some) and not any(x in ends for ends in removed)
        assert any(x in ends for ends in left) == expected


@pytest.fixture(autouse=True, scope="module")
def one_worker():
    """Two would only start twice as much."""
    with pytest.MonkeyPatch.context() as patched:
        for module in (along, over):
            patched.setattr(module, "WORKERS", 1)
        yield


# -- along a line -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def log_loss():
    return along.region(question("power", "log_loss.pointwise"), "r", between(-1, 2), Fraction(1, 2))


def test_the_log_loss_of_power_pools_is_proved_exactly_where_it_is_known_to_hold(log_loss):
    proved = [piece for piece in log_loss.pieces if piece.kind == "proved"]
    assert [piece.ends for piece in proved] == [between(0, 1, True)]
    assert proved[0].values == ()


def test_refuted_values_are_single_exact_and_outside_of_what_is_known_to_hold(log_loss):
    values = [x for piece in log_loss.pieces if piece.kind == "refuted" for x in piece.values]
    assert {Fraction(-1), Fraction(2)} <= set(values)
    assert all(x < 0 or x > 1 for x in values)


def test_the_gaps_are_as_narrow_as_asked_for_and_open(log_loss):
    gaps = [piece.ends for piece in log_loss.pieces if piece.kind == "open"]
    assert [ends.width <= Fraction(1, 2) for ends in gaps] == [True, True]
    assert (gaps[0].high, gaps[1].low) == (0, 1)


def test_the_pieces_and_excluded_values_cover_the_range_once(log_loss):
    for n in range(-8, 17):
        x = Fraction(n, 8)
        inside = sum(x in piece.ends for piece in log_loss.pieces)
        assert inside == (0 if x in log_loss.excluded else 1)
    assert log_loss.excluded == (0,)


def test_the_proof_is_about_every_value_of_the_interval(log_loss):
    ((ends, cell),) = log_loss.spans
    assert cell.verdict == "proved"
    assert Ends.of(cell.operator.ranges["r"]) == ends


def test_a_single_value_may_hold_alone():
    found = along.region(question("escort", "linear_pool"), "a", between(0, 2), Fraction(1))
    proved = [piece for piece in found.pieces if piece.kind == "proved"]
    assert [(piece.ends, piece.values) for piece in proved] == [(between(1, 1), (1,))]


def test_the_lines_name_what_is_excluded_and_claim_nothing_between_values(log_loss):
    kinds = [line.kind for line in lines(log_loss)]
    assert kinds == ["refuted", "open", "excluded", "proved", "open", "refuted"]
    assert "nothing is claimed between them" in write_region(log_loss, "markdown")


def test_the_table_shows_the_formula_as_it_is_written(log_loss, rank):
    console = Console(width=140, file=io.StringIO())
    console.print(region_table(log_loss), region_table(rank))
    shown = console.file.getvalue()
    assert "mass = Sum(w[k]*p[k,i]**r, k)**(1/r)" in shown and "0 < r <= 1" in shown
    assert "nothing is claimed of the rest of it" in shown


def test_a_range_outside_of_the_family_is_an_error():
    with pytest.raises(DeclarationError, match="within 0 <= b <= 1"):
        along.region(question("smoothed", "unanimity"), "b", between(0, 2))
    with pytest.raises(DeclarationError, match="one of its parameters b, got r"):
        along.region(question("smoothed", "unanimity"), "r", between(0, 1))


def test_families_are_found_by_id_and_by_declaration():
    assert len({family.operator.id for family in FAMILIES}) == len(FAMILIES)
    with pytest.raises(UnknownName, match="did you mean power"):
        find_family("powr")
    with pytest.raises(DeclarationError, match="a parameter with a range"):
        family_of(Operator.declare("fixed", expr="p[1,i]"))


# -- over a plane -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rank():
    ends = between(-1, 1), between(0, 1)
    return over.plane(question("tempered-power", "rank.unanimity"), ("r", "a"), ends, Fraction(1))


def test_boxes_cover_the_plane_and_the_proved_ones_are_those_known_to_hold(rank):
    area = sum(box.sides[0].width * box.sides[1].width for box in rank.boxes)
    assert area == 2
    proved = [box for box in rank.boxes if box.cell.verdict == "proved"]
    assert proved and all(box.sides[0].low >= 0 for box in proved)


def test_a_refuted_box_holds_the_value_at_which_it_is_refuted(rank):
    refuted = [box for box in rank.boxes if box.cell.verdict == "refuted"]
    assert refuted
    for box in refuted:
        assert all(x in ends for x, ends in zip(box.value, box.sides, strict=True))
    assert [line.kind for line in plane_lines(rank)].count("refuted") == 1


# -- and back ---------------------------------------------------------------------------------


def test_what_is_written_is_decided_anew(log_loss, rank):
    found = check_region(region_to_json(log_loss))
    told = [[(p.kind, p.ends, p.values) for p in region.pieces] for region in (found, log_loss)]
    assert told[0] == told[1]
    assert [box.sides for box in check_region(plane_to_json(rank)).boxes] == [box.sides for box in rank.boxes]


def test_a_wider_interval_than_the_proof_is_about_is_refused(log_loss):
    data = json.loads(region_to_json(log_loss))
    span = next(entry for entry in data["decided"] if entry["cell"]["verdict"] == "proved")
    assert span["at"]["r"] == "(0, 1]"
    span["at"]["r"] = "(0, 2]"
    with pytest.raises(Refused, match="another goal"):
        check_region(json.dumps(data))


def test_pieces_that_do_not_follow_are_refused(log_loss):
    data = json.loads(region_to_json(log_loss))
    next(piece for piece in data["pieces"] if piece["verdict"] == "open")["verdict"] = "proved"
    with pytest.raises(Refused, match="pieces that follow"):
        check_region(json.dumps(data))


@pytest.mark.usefixtures("home")
def test_the_command_takes_a_file_draws_and_writes_what_check_accepts(run, home):
    text = '[operator]\nid = "mine"\nmass = "Sum(w[k]*p[k,i]**r, k)"\n[parameters]\nr = { range = [1, 2] }\n'
    (home / "mine.toml").write_text(text)
    asked = ("region", "mine.toml", "--range", "1..2", "--statement", "neutrality")
    assert run(*asked, "--plot", "mine.svg", "--format", "json", "-o", "mine.json")[0] == 0
    assert "neutrality" in (home / "mine.svg").read_text()
    assert run("check", "mine.json")[0] == 0
    assert run("plot", "mine.json", "-o", "again.png")[0] == 0
    assert (home / "again.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--range", "1"), "LOW..HIGH"),
        (("--range", "2..1"), "LOW less than HIGH"),
        ((), "each with a range"),
        (("--range", "1..2", "--plot", "x.gif"), "a file ending in .svg"),
    ],
)
def test_options_that_make_no_region_are_errors(run, options, expected):
    status, _, error = run("region", "power", "--statement", "neutrality", *options)
    assert status == 2
    assert expected in error
