"""``axiomkd margin``: the largest violation found, its exact input, and bad input in one line."""

import json

import pytest

from axiomkd.recheck import check_certificate

pytestmark = pytest.mark.usefixtures("home")


def test_the_table_shows_the_number_the_input_and_that_it_may_not_be_the_worst(run):
    status, out, _ = run("margin", "geometric", "--statement", "safety.event", "--K", "2", "--V", "3")
    assert status == 0
    assert "largest difference found: between 0.9" in out
    assert "p = (" in out and "w = (" in out and "K=2, V=3" in out
    assert "violates Sum(e[i]" in out
    assert "not the largest there is" in out


def test_the_factor_by_which_a_pool_makes_an_unsafe_event_larger(run):
    status, out, _ = run(
        "margin", "geometric", "--statement", "safety.event", "--ratio", "--K", "2", "--V", "3"
    )
    assert status == 0
    assert "largest ratio found: between 4" in out


def test_the_json_encloses_the_number_and_holds_a_certificate_that_is_checked_again(run):
    status, out, _ = run(
        "margin", "product", "--statement", "unanimity", "--V", "2", "--K", "2", "--format", "json"
    )
    found = json.loads(out)
    assert status == 0
    assert found["measure"] == "difference"
    low, high = (float(found["largest_found"][end]) for end in ("lower", "upper"))
    assert 0.1 < low <= high < 1
    (cell,) = found["certificate"]["cells"]
    assert cell["margin"]["lower"] == found["largest_found"]["lower"]
    assert check_certificate(json.dumps(found["certificate"])).refused == ()


def test_a_ratio_to_zero_is_infinite(run):
    _, out, _ = run(
        "margin", "geometric", "--statement", "variance.coordinate", "--ratio", "--K", "2", "--V", "3"
    )
    assert "largest ratio found: infinity" in out


@pytest.mark.parametrize("format", ["table", "json"])
def test_where_nothing_fails_nothing_is_found(run, format):
    status, out, _ = run(
        "margin", "linear", "--statement", "convexity.between", "--V", "2", "--format", format
    )
    assert status == 0
    assert ('"largest_found": null' if format == "json" else "nothing found") in out


@pytest.mark.parametrize(
    "words, complaint",
    [
        (("linear", "--statement", "continuity.closed"), "expected a statement that compares numbers"),
        (("linear", "--statement", "unanimity", "--ratio"), "expected a statement with an inequality"),
        (("linear", "--statement", "no.such"), "no.such"),
        (("no-such", "--statement", "unanimity"), "no-such"),
        (("linear", "--statement", "unanimity", "--V", "1"), "--V"),
    ],
)
def test_bad_input_is_one_line(run, words, complaint):
    status, _, error = run("margin", *words)
    assert status == 2
    assert complaint in error and error.count("\n") == 1


def test_the_table_goes_to_a_file(run, tmp_path):
    file = tmp_path / "margin.txt"
    status, out, _ = run(
        "margin", "product", "--statement", "unanimity", "--K", "2", "--V", "2", "-o", str(file)
    )
    assert status == 0 and out == ""
    assert "largest difference found" in file.read_text()
