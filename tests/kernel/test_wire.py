"""Goals and evidence survive the way to JSON and back; what the format forbids is refused by name."""

import copy
import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from axiomkd.errors import EvidenceError
from axiomkd.kernel.evidence import Derivation, Paths, Step, Witness
from axiomkd.kernel.judgement import Fact, Goal
from axiomkd.kernel.terms import (
    AtMost,
    Bound,
    Continuous,
    Defined,
    Distinct,
    Equal,
    Exp,
    Extreme,
    Free,
    If,
    InHull,
    InverseDigamma,
    Less,
    Literal,
    Log,
    Number,
    Permuted,
    Power,
    Same,
    Size,
    Tends,
    big_product,
    big_sum,
    variable,
)
from axiomkd.kernel.wire import cell_from_json, evidence_to_json, goal_from_json, goal_to_json, parse

k, m = Free("k", "teacher"), Free("m", "teacher")
i, j = Free("i", "outcome"), Free("j", "outcome")
SIZES = (("teacher", None), ("outcome", 3))
VARIABLES = (("p", ("teacher", "outcome")), ("w", ("teacher",)), ("s", ()))
p, w = variable("p", k, i), variable("w", k)
linear = big_sum(k, w * p)
SIMPLEX = Goal(
    sizes=SIZES,
    variables=VARIABLES,
    facts=(Fact((k,), AtMost(Number(Fraction(0)), w)), Fact((k, i), Less(Number(Fraction(0)), p))),
    conclusions=(AtMost(Number(Fraction(0)), linear), Equal(big_sum(i, linear), Number(Fraction(1)))),
    indices=(i, j),
    permutations=(("sigma", "outcome"),),
    limit=("s", "infinity"),
)
STEPS = (
    Step("fact", AtMost(Number(Fraction(0)), w), (), (1, "name", Fraction(1), p, k)),
    Step("sum.nonnegative", SIMPLEX.conclusions[0], (0,)),
    Step("ring", SIMPLEX.conclusions[1], (0, 1)),
)
DERIVATION = Derivation(STEPS, (1, 2))
WITNESS = Witness(
    sizes=(("teacher", 2), ("outcome", 2)),
    values=(
        ("p", ((Fraction(1, 3), Fraction(2, 3)), (Fraction(1), Fraction(0)))),
        ("w", (Fraction(1, 2), Fraction(1, 2))),
        ("s", Fraction(3)),
    ),
    indices=(("i", 1), ("j", 2)),
    permutations=(("sigma", (2, 1)),),
    conclusion=1,
    separator=(Fraction(-1), Fraction(1, 2)),
)
PATHS = Paths(
    sizes=WITNESS.sizes,
    paths=((("w", ((Fraction(1, 2), Fraction(1)), (Fraction(1, 2), Fraction(-1)))), ("s", (Fraction(1),))),),
    indices=(("i", 1),),
)
EVIDENCE = (DERIVATION, WITNESS, PATHS)


def cell(evidence):
    return {"goal": goal_to_json(SIMPLEX), "evidence": evidence_to_json(SIMPLEX, evidence)}


def read(data):
    return cell_from_json(data["goal"], data["evidence"])


# -- terms ----------------------------------------------------------------------------------

indices = st.sampled_from(
    [k, m, i, j, Literal(1, "teacher"), Literal(2, "outcome"), Permuted(i, "outcome", "sigma")]
)
teachers, outcomes = (
    indices.filter(lambda x: x.sort == "teacher"),
    indices.filter(lambda x: x.sort == "outcome"),
)
leaves = st.one_of(
    st.fractions(max_denominator=9).map(Number),
    st.builds(lambda a, b: variable("p", a, b), teachers, outcomes),
    st.builds(lambda a: variable("w", a), teachers),
    st.sampled_from([variable("s"), Size("teacher"), Size("outcome")]),
)


def wider(terms):
    comparisons = st.one_of(
        st.builds(AtMost, terms, terms),
        st.builds(Same, teachers, teachers),
        st.builds(Distinct, outcomes, outcomes),
    )
    return st.one_of(
        st.builds(lambda a, b: a + b, terms, terms),
        st.builds(lambda a, b: a * b, terms, terms),
        st.builds(Power, terms, terms),
        st.builds(Exp, terms),
        st.builds(Log, terms),
        st.builds(InverseDigamma, terms),
        st.builds(big_sum, st.sampled_from([k, i]), terms),
        st.builds(big_product, st.sampled_from([m, j]), terms),
        st.builds(lambda a, b: Extreme("maximum", a, b), terms, terms),
        st.builds(If, comparisons, terms, terms),
    )


terms = st.recursive(leaves, wider, max_leaves=12)
formulas = st.one_of(
    st.builds(Equal, terms, terms),
    st.builds(Less, terms, terms),
    st.builds(Defined, terms),
    st.builds(Continuous, terms),
    st.builds(Tends, terms, terms),
    st.builds(Distinct, teachers, teachers),
)


def goal_of(facts, conclusions):
    return Goal(SIZES, VARIABLES, facts, conclusions, (k, i), (("sigma", "outcome"),))


@given(st.lists(formulas, max_size=3), st.lists(formulas, min_size=1, max_size=2))
def test_a_goal_comes_back_as_it_was(hypotheses, conclusions):
    facts = tuple(Fact((k,), formula, tuple(hypotheses)) for formula in hypotheses)
    goal = goal_of(facts, tuple(conclusions))
    assert goal_from_json(parse(json.dumps(goal_to_json(goal)))) == goal


@given(st.lists(formulas, min_size=1, max_size=4), terms)
def test_a_derivation_comes_back_as_it_was(conclusions, parameter):
    goal = goal_of((), (conclusions[0],))
    steps = tuple(
        Step("ring", formula, tuple(range(place)), (parameter, place, "name", Fraction(place), k))
        for place, formula in enumerate(conclusions)
    )
    derivation = Derivation(steps, (0,))
    data = parse(json.dumps(evidence_to_json(goal, derivation)))
    _, back = cell_from_json(goal_to_json(goal), data)
    assert back == derivation
    assert [type(part) for part in back.steps[0].parameters] == [type(part) for part in steps[0].parameters]


@pytest.mark.parametrize("evidence", EVIDENCE, ids=["derivation", "witness", "paths"])
def test_evidence_comes_back_as_it_was(evidence):
    assert read(parse(json.dumps(cell(evidence)))) == (SIMPLEX, evidence)


def test_writing_twice_gives_the_same_bytes():
    assert json.dumps(cell(DERIVATION)) == json.dumps(cell(copy.deepcopy(DERIVATION)))


def test_each_node_is_one_row_and_speaks_of_earlier_rows():
    rows = goal_to_json(SIMPLEX)["terms"]
    assert len({json.dumps(row) for row in rows}) == len(rows)
    assert next(row for row in rows if row[0] == "Big") == ["Big", "sum", "teacher", 10]


def test_a_hull_comes_back_as_it_was():
    point = Bound(0, "outcome")
    vertices = variable("p", Bound(1, "teacher"), Bound(0, "outcome"))
    hull = InHull("teacher", "outcome", variable("p", Literal(1, "teacher"), point), vertices)
    assert goal_from_json(goal_to_json(goal_of((), (hull,)))).conclusions == (hull,)


# -- what is refused ------------------------------------------------------------------------


def goal_with_last_row(row):
    """A goal whose conclusion is ``linear <= linear`` after a table that ends with the row."""
    data = goal_to_json(goal_of((), (AtMost(linear, linear),)))
    data["terms"].append(row)
    return data


REFUSED_ROWS = {
    "a reference to itself": (["Exp", 8], "an earlier term, got 8"),
    "a reference forward": (["Add", 99], "an earlier term, got 99"),
    "a reference below zero": (["Exp", -1], "an integer from 0"),
    "a head that does not exist": (["Sin", 5], "a head of the format, got Sin"),
    "no head": ([], "a head of the format"),
    "a head that is a number": ([1, 0], "a head of the format"),
    "a row that is no array": ("Exp", "an array"),
    "too few parts": (["Power", 5], "2 parts of Power, got 1"),
    "too many parts": (["Exp", 5, 5], "1 parts of Exp, got 2"),
    "an empty sum": (["Add"], "1 or more parts of Add, got 0"),
    "a truth value in the place of an integer": (["Exp", True], "an integer from 0"),
    "a floating-point number": (["Number", 0.5], "a fraction"),
    "a fraction that is not in lowest terms": (["Number", "2/4"], 'lowest terms "1/2"'),
    "a denominator of zero": (["Number", "1/0"], "a fraction"),
    "a number in an expression": (["Number", "__import__('os')"], "a fraction"),
    "a number of absurd length": (["Number", "1" * 5000], "a fraction"),
    "a sort that the goal does not have": (["Size", "planet"], "a sort of the goal, got planet"),
    "a sort that is a number": (["Free", "k", 1], "a sort of the goal, got 1"),
    "a sort that is an array": (["Free", "k", ["teacher"]], "a sort of the goal"),
    "a literal of zero": (["Literal", 0, "teacher"], "an integer from 1"),
    "a kind of sum that does not exist": (["Big", "median", "teacher", 5], "a big, got median"),
    "a term in the place of an index": (["Variable", "w", 5], "an earlier index"),
    "a formula in the place of a term": (["Exp", 6], "an earlier term"),
    "an index in the place of a term": (["Exp", 2], "an earlier term"),
    "a term in the place of a formula": (["If", 5, 5, 5], "an earlier condition"),
    "a variable that the goal does not have": (["Variable", "x", 2], "a variable of the goal"),
    "a variable with the wrong indices": (["Variable", "p", 2, 2], "a variable of the goal"),
    "a permutation that the goal does not have": (
        ["Permuted", 2, "outcome", "tau"],
        "a permutation of the goal",
    ),
    "a permutation of another sort": (["Permuted", 7, "teacher", "sigma"], "a permutation of the goal"),
    "indices of two sorts": (["Same", 7, 2], "two indices of one sort"),
    "a name that clashes with the kernel's own": (["Free", "@000000001", "teacher"], "a name"),
    "a teacher bound by a sum over outcomes": (
        ["Big", "sum", "outcome", 4],
        "a bound outcome, got a bound teacher",
    ),
}


@pytest.mark.parametrize(("row", "message"), REFUSED_ROWS.values(), ids=REFUSED_ROWS)
def test_a_bad_row_is_refused(row, message):
    data = goal_with_last_row(row)
    heads = ["Bound", "Variable", "Free", "Variable", "Multiply", "Big", "AtMost", "Free"]
    assert [entry[0] for entry in data["terms"][:-1]] == heads
    with pytest.raises(EvidenceError) as caught:
        goal_from_json(data)
    assert str(caught.value).startswith("term 8: expected ")
    assert message in str(caught.value)


def test_a_row_that_is_allowed_is_not_refused():
    assert goal_from_json(goal_with_last_row(["Exp", 5])) == goal_of((), (AtMost(linear, linear),))


def test_a_bound_index_without_its_binder_is_refused():
    data = goal_with_last_row(["AtMost", 4, 4])
    data["conclusions"] = [8]
    with pytest.raises(EvidenceError, match="without loose bound indices"):
        goal_from_json(data)


def test_terms_that_double_at_every_row_are_refused():
    data = goal_with_last_row(["Exp", 5])
    data["terms"] += [["Add", 8 + n, 8 + n] for n in range(60)]
    with pytest.raises(EvidenceError, match="at most 50000 nodes"):
        goal_from_json(data)


def test_terms_that_are_too_deep_are_refused():
    data = goal_with_last_row(["Exp", 5])
    data["terms"] += [["Exp", 8 + n] for n in range(200)]
    with pytest.raises(EvidenceError, match="150 levels"):
        goal_from_json(data)


def changed(evidence, path, value):
    """A cell with one entry of its JSON replaced."""
    data = parse(json.dumps(cell(evidence)))
    place = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return data


REFUSED_EVIDENCE = {
    "a premise that is the step itself": (
        DERIVATION,
        ["steps", 1, 2],
        [1],
        "step 1: expected an earlier step",
    ),
    "a premise further on": (DERIVATION, ["steps", 0, 2], [2], "step 0: expected an earlier step, got 2"),
    "an establishing step that is missing": (DERIVATION, ["establishes"], [3], "an earlier step, got 3"),
    "a conclusion that is a term": (DERIVATION, ["steps", 0, 1], 2, "step 0: expected a formula"),
    "a conclusion further on": (DERIVATION, ["steps", 0, 1], 99, "step 0: expected an earlier term, got 99"),
    "a rule that is no name": (DERIVATION, ["steps", 0, 0], "os.system('x')", "step 0: expected a rule"),
    "a step of three parts": (
        DERIVATION,
        ["steps", 0],
        ["ring", 3, []],
        "step 0: expected a rule, a conclusion",
    ),
    "a parameter that is a truth value": (DERIVATION, ["steps", 0, 3], [True], "step 0: expected an integer"),
    "a parameter that is a float": (DERIVATION, ["steps", 0, 3], [1.5], "step 0: expected an integer"),
    "a kind that does not exist": (DERIVATION, ["kind"], "oracle", "the kind derivation, witness or paths"),
    "another kind's keys": (DERIVATION, ["kind"], "witness", "witness: expected the keys"),
    "a probability as a float": (WITNESS, ["values", "w", 0], 0.5, "values of w: expected a fraction"),
    "a size of zero": (WITNESS, ["sizes", "teacher"], 0, "sizes: expected an integer from 1"),
    "a size of absurd magnitude": (WITNESS, ["sizes", "teacher"], 10**6, "sizes: expected an integer from 1"),
    "an index of zero": (WITNESS, ["indices", "i"], 0, "indices: expected an integer from 1"),
    "an image of zero": (WITNESS, ["permutations", "sigma", 0], 0, "permutation sigma: expected an integer"),
    "a path that is no object": (PATHS, ["paths", 0], [], "path: expected an object"),
}


@pytest.mark.parametrize(
    ("evidence", "path", "value", "message"), REFUSED_EVIDENCE.values(), ids=REFUSED_EVIDENCE
)
def test_bad_evidence_is_refused(evidence, path, value, message):
    with pytest.raises(EvidenceError) as caught:
        read(changed(evidence, ["evidence", *path], value))
    assert message in str(caught.value)


REFUSED_GOALS = {
    "a size of zero": (["sizes", "teacher"], 0, "an integer from 1"),
    "a key too many": (["extra"], 1, "goal: expected the keys"),
    "no conclusion": (["conclusions"], [], "at least one, got none"),
    "a fact about nothing": (["facts", 0, "conclusion"], 0, "fact 0: expected a formula"),
    "an index that is a term": (["indices"], [2], "goal indices: expected a free index"),
    "a limit of a variable that is not there": (["limit"], ["T", "zero"], "goal limit: expected"),
    "a limit at a number": (["limit"], ["s", "1"], "goal limit: expected"),
}


@pytest.mark.parametrize(("path", "value", "message"), REFUSED_GOALS.values(), ids=REFUSED_GOALS)
def test_a_bad_goal_is_refused(path, value, message):
    with pytest.raises(EvidenceError) as caught:
        read(changed(DERIVATION, ["goal", *path], value))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"a": 1, "a": 2}', "every key once, got a"),
        ('{"a": NaN}', "a finite number, got NaN"),
        ('{"a": ', "line 1, column 7"),
        ("[" * 100_000, "nested less deep"),
        ("1" * 5000, "a shorter integer"),
    ],
)
def test_text_that_is_not_plain_json_is_refused(text, message):
    with pytest.raises(EvidenceError, match=message):
        parse(text)


# -- every change is seen -------------------------------------------------------------------


def places(data, path=()):
    """The paths to every entry inside plain data."""
    yield path
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, entry in entries:
        yield from places(entry, (*path, key))


def entry_at(data, path):
    for key in path:
        data = data[key]
    return data


NEW_VALUES = st.one_of(
    st.integers(-2, 30),
    st.sampled_from(
        ["1/2", "-3", "p", "teacher", "Add", "Exp", "sum", "ring", "sigma", "", True, None, 0.5, [], {}]
    ),
)


@pytest.mark.parametrize("evidence", EVIDENCE, ids=["derivation", "witness", "paths"])
@given(data=st.data())
def test_a_change_anywhere_is_refused_or_read_as_something_else(evidence, data):
    whole = cell(evidence)
    path = data.draw(st.sampled_from([path for path in places(whole) if path]))
    value = data.draw(NEW_VALUES)
    old = entry_at(whole, path)
    if type(value) is type(old) and value == old:
        return
    changed_cell = changed(evidence, list(path), value)
    try:
        goal, read_evidence = read(changed_cell)
    except EvidenceError:
        return
    assert {"goal": goal_to_json(goal), "evidence": evidence_to_json(goal, read_evidence)} != whole
