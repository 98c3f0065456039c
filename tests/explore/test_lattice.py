"""Implications in a matrix: what contradicts, what undecided cells must not do, and what becomes of them."""

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from axiomkd.errors import DeclarationError
from axiomkd.explore import conjectures as module
from axiomkd.explore.conjectures import conjectures
from axiomkd.explore.lattice import Context
from axiomkd.explore.matrix import Entry, Matrix, of_certificates, read_matrix
from axiomkd.report.lattice import counts, groups, write_conjectures

NAMES = ("convexity.between", "floor.atom", "attenuation.ceiling", "unanimity")
SIGNS = {"+": "proved", "-": "refuted", "?": "undecided"}


def matrix(*rows, names=NAMES):
    """A matrix from one word a rule, one sign a statement."""
    entries = {
        (f"rule-{number}", name): Entry(SIGNS[sign])
        for number, row in enumerate(rows)
        for name, sign in zip(names, row, strict=True)
        if sign in SIGNS
    }
    return Matrix(tuple(f"rule-{number}" for number in range(len(rows))), tuple(names), entries)


def context(*rows, names=NAMES):
    return Context.of(matrix(*rows, names=names))


def test_an_undecided_cell_neither_contradicts_nor_supports():
    found = context("+?--", "++--")
    assert not found.is_contradicted(frozenset(NAMES[:1]), NAMES[1])
    assert found.support(NAMES[:2]) == 1
    assert not context("?---").is_contradicted(frozenset(NAMES[:1]), NAMES[1])
    assert context("+---").is_contradicted(frozenset(NAMES[:1]), NAMES[1])


def test_a_rule_that_gives_no_distribution_says_nothing():
    names = ("convexity.simplex", *NAMES[:2])
    assert not context("-+-", names=names).is_contradicted(frozenset(NAMES[:1]), NAMES[1])
    assert context("++-", names=names).is_contradicted(frozenset(NAMES[:1]), NAMES[1])


def test_statements_that_no_rule_tells_apart_are_together_and_the_others_in_order():
    found = context("++++", "-++-", "----")
    assert found.classes == (("convexity.between", "unanimity"), ("floor.atom", "attenuation.ceiling"))
    assert list(found.order().edges) == [("convexity.between", "floor.atom")]


def test_statements_that_none_fails_or_none_has_are_told_apart_from_the_others():
    found = context("+-+-", "+---")
    assert found.unfailed == ("convexity.between",)
    assert found.telling == ("attenuation.ceiling",)


@given(st.lists(st.text("+-", min_size=4, max_size=4), min_size=1, max_size=6))
def test_the_stem_base_has_every_implication_of_a_decided_matrix_and_no_other(rows):
    found = context(*rows)
    base = [(premises, premises | more) for premises, more in found.stem_base()]
    for size in range(len(found.telling) + 1):
        for premises in map(frozenset, itertools.combinations(found.telling, size)):
            if found.support(premises):
                derived = premises
                while True:
                    more = derived.union(*(c for p, c in base if p <= derived))
                    if more == derived:
                        break
                    derived = more
                assert derived == found.closure(premises)


@given(st.lists(st.text("+-?", min_size=4, max_size=4), min_size=1, max_size=6))
def test_no_implication_that_is_told_is_contradicted(rows):
    found = context(*rows)
    for premises, conclusion in (*found.single(), *found.several()):
        assert not found.is_contradicted(premises, conclusion)


@pytest.fixture(scope="module")
def settled():
    """A true implication, one that an enumerated rule refutes, and one of which nothing is known."""
    names = ("convexity.between", "floor.atom", "convexity.hull", "temperature.uniform")
    patched = pytest.MonkeyPatch()
    patched.setattr(module, "SIZE", 1)
    rows = ("+++-", "-+-+", "----")
    yield conjectures(Context.of(matrix(*rows, names=names)))
    patched.undo()


def verdict_of(found, premise, conclusion):
    for conjecture in found.single:
        implication = conjecture.settled.implication
        if (implication.premises[0].id, implication.conclusion.id) == (premise, conclusion):
            return conjecture.settled.verdict
    return None


def test_a_true_implication_is_proved(settled):
    assert verdict_of(settled, "convexity.between", "floor.atom") == "proved"


def test_a_false_implication_is_refuted_by_a_rule_that_the_matrix_does_not_have(settled):
    assert verdict_of(settled, "temperature.uniform", "floor.atom") == "refuted"


def test_an_implication_of_which_nothing_is_known_is_open(settled):
    assert verdict_of(settled, "convexity.between", "convexity.hull") == "undecided"
    assert counts(settled) == "2 proved, 1 refuted, 1 open"


def test_the_reports_name_what_is_together_and_every_implication(settled):
    assert next(iter(groups(settled))) == "together: convexity.between, convexity.hull"
    written = write_conjectures(settled, "markdown")
    assert "| convexity.between => floor.atom | 1 | ✓ proved |" in written
    data = json.loads(write_conjectures(settled, "json"))
    assert sorted(entry["verdict"] for entry in data["implications"]) == [
        "proved", "proved", "refuted", "undecided",
    ]  # fmt: skip


def test_a_matrix_is_read_as_it_is_written(linear, geometric):
    from axiomkd.report import write_matrix

    written = write_matrix([linear, geometric], "json")
    assert read_matrix(written) == of_certificates([linear, geometric])
    assert read_matrix(written).verdict("geometric", "convexity.between") == "refuted"


@pytest.mark.parametrize("text", ["{}", "[]", "nothing", '[{"operator": "linear"}]', "[1]"])
def test_other_texts_are_no_matrix(text):
    with pytest.raises(DeclarationError):
        read_matrix(text)


@pytest.mark.usefixtures("home")
def test_the_command_reads_a_matrix_settles_and_draws(run, home, monkeypatch):
    monkeypatch.setattr(module, "SIZE", 1)
    monkeypatch.setattr(module, "WORKERS", 1)
    names = ("convexity.simplex", "convexity.between", "floor.atom", "unanimity")
    cells = [
        {"operator": f"rule-{number}", "statement": name, "verdict": SIGNS[sign]}
        for number, row in enumerate(("+++-", "+-+-", "+---"))
        for name, sign in zip(names, row, strict=True)
    ]
    (home / "matrix.json").write_text(json.dumps(cells))
    asked = ("--matrix", "matrix.json", "--statements", "convexity,floor", "--plot", "order.svg")
    status, out, _ = run("implications", *asked)
    assert status == 0
    assert "convexity.between => floor.atom" in out and "1 proved, 0 refuted, 0 open" in out
    assert "unanimity" not in out
    assert "floor.atom" in (home / "order.svg").read_text()
