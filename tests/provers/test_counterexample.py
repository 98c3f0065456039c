"""The search finds what is false, in small fractions, and nothing against what is true."""

import tomllib
from dataclasses import replace
from fractions import Fraction as F
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from axiomkd.catalogue import find_statement
from axiomkd.kernel.enclosure import evaluate
from axiomkd.kernel.evaluation import Point, Undecided, Undefined
from axiomkd.kernel.evidence import Paths
from axiomkd.kernel.judgement import Fact, Goal
from axiomkd.kernel.paths import check_paths
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Exp,
    Extreme,
    Free,
    If,
    InverseDigamma,
    Less,
    Literal,
    Log,
    Permuted,
    big,
    big_product,
    big_sum,
    delta,
    power,
    variable,
)
from axiomkd.kernel.witness import check_witness
from axiomkd.operator import Operator
from axiomkd.provers.counterexample import refute
from axiomkd.provers.counterexample.climb import ascended, shifted
from axiomkd.provers.counterexample.domain import all_sizes, kinds
from axiomkd.provers.counterexample.numeric import Batch, Numeric
from axiomkd.provers.counterexample.sample import Sampler, on_grid
from axiomkd.provers.counterexample.shrink import simplest, simplified
from axiomkd.provers.counterexample.simple import fraction
from axiomkd.provers.counterexample.spread import spread
from axiomkd.provers.counterexample.violation import contradiction, failure
from axiomkd.provers.counterexample.witnesses import witness
from axiomkd.registry import find_operator
from axiomkd.statement import Scope

SECONDS = 60
"""Enough that counts, never the clock, end the search."""
MORE = "Sum(Piecewise((1, Sum(w[k]*p[k,j], k) > Sum(w[k]*p[k,i], k)), (0, True)), j)"
TOP_TWO = f"Sum(w[k]*p[k,i], k)*Piecewise((1, {MORE} < 2), (0, True))"
"""The linear pool restricted to outcomes with fewer than two strictly larger ones."""


FACTS_FILE = Path(__file__).parents[1] / "data" / "facts.toml"
FACTS = [fact for fact in tomllib.loads(FACTS_FILE.read_text())["fact"] if not fact["holds"] and "p" in fact]
"""What is known to fail, with the teachers that show it."""


def goal_of(operator, statement, scope=None):
    found = find_operator(operator) if isinstance(operator, str) else operator
    return find_statement(statement).goal(found, scope or Scope())


def declared(mass=None, **more):
    return Operator.declare("a-rule", mass=mass, **more)


FALSE = [
    ("linear", "external_bayesianity", (2, 2)),
    ("min-entropy-teacher", "associativity", (3, 2)),
    ("min-entropy-teacher", "continuity.interior", (2, 2)),
    ("min-entropy-teacher", "variance.trace", (2, 2)),
    ("linear", "temperature.commutes", (2, 2)),
    ("linear", "temperature.entropy", (2, 2)),
    ("geometric", "well_defined.closed", (2, 2)),
    ("geometric", "continuity.closed", (2, 2)),
    ("geometric", "convexity.between", (2, 3)),
    ("geometric", "convexity.hull", (2, 3)),
    ("geometric", "weight_monotonicity.exchange", (2, 3)),
    ("geometric", "weight_monotonicity.favourite", (2, 3)),
    ("geometric", "marginalisation", (2, 3)),
    ("geometric", "positivity.some", (2, 2)),
    ("product", "unanimity", (2, 2)),
    ("maximum", "marginalisation", (2, 3)),
    ("uniform-smoothed", "temperature.pool_argmax", (1, 2)),
    ("uniform-smoothed", "positivity.zero", (1, 2)),
    ("first-teacher", "anonymity", (2, 2)),
    ("weighted-uniform", "weight_monotonicity.exchange_strict", (2, 2)),
    ("linear-geometric", "weight_monotonicity.log_odds", (2, 3)),
    ("linear-geometric", "weight_monotonicity.divergence_to", (3, 2)),
    ("linear-geometric", "weight_monotonicity.divergence_from", (3, 2)),
    ("harmonic", "temperature.argmax", (1, 2)),
    ("power-2", "floor.atom", (2, 3)),
    ("power-1/2", "attenuation.ceiling", (2, 3)),
    ("pool-then-temper-2", "unanimity", (1, 2)),
    ("first-teacher", "assumption_l", (2, 2)),
]
LOGARITHMS = "Sum(p[{0},j]*log(p[{0},j]), j)"
SUREST = f"Piecewise((1, {LOGARITHMS.format('k')} >= Max({LOGARITHMS.format('l')}, l)), (0, True))"
LEAST_ROOTS = "Piecewise((1, Sum(sqrt(p[k,j]), j) <= Min(Sum(sqrt(p[l,j]), j), l)), (0, True))"
MEAN_OF = "Sum(p[k,i]*{0}, k)/Sum({0}, k)"
LINEAR, GEOMETRIC = "Sum(w[k]*p[k,i], k)", "Prod(p[k,i]**w[k], k)"
HARDLY_GEOMETRIC = f"9/10*{LINEAR} + 1/10*{GEOMETRIC}/Sum(Prod(p[k,j]**w[k], k), j)"
HARDLY_SMOOTHED = f"999/1000*{LINEAR} + 1/1000/V"
CONTROLS = [
    ("a gap of teachers", declared(expr="1/(Max(p[k,i], k) - Min(p[k,i], k))"), "well_defined.interior"),
    ("no normaliser", declared(expr="Prod(p[k,i]**w[k], k)"), "convexity.simplex"),
    ("a clipped mean", declared(expr="Max(0, 2*Sum(w[k]*p[k,i], k) - 1/V)"), "positivity.all"),
    ("an inverse mean", declared("1/Sum(w[k]*p[k,i], k)"), "rank.unanimity"),
    ("unsoftened teachers", declared(expr="Sum(w[k]*raw[k,i], k)"), "temperature.uniform"),
    ("unsoftened teachers at zero", declared(expr="Sum(w[k]*raw[k,i], k)"), "temperature.argmax"),
    ("unsoftened teachers together", declared(expr="Sum(w[k]*raw[k,i], k)"), "temperature.pool_uniform"),
    ("a favoured outcome", declared("Sum(w[k]*p[k,i], k)*(1 + Delta(i,1))"), "neutrality"),
    ("the two largest outcomes", declared(TOP_TWO), "continuity.interior"),
    ("a weight as exponent", declared("p[1,i]**w[1]"), "continuity.closed"),
    ("two teachers only", declared("p[1,i]/p[2,i]**(1/2)", sizes={"K": 2}), "rank.unanimity"),
    ("a violation of few millionths", declared(expr=HARDLY_GEOMETRIC), "weight_monotonicity.divergence_to"),
    ("a student far off", declared(expr=HARDLY_GEOMETRIC), "jensen.student_kl"),
    ("teachers nearly alike", declared(expr=HARDLY_SMOOTHED), "attenuation.strict"),
    ("a limit missed by little", declared(expr=HARDLY_SMOOTHED), "temperature.pool_argmax"),
    ("the surest teachers, two of them tied", declared(expr=MEAN_OF.format(SUREST)), "clone_invariance"),
    ("the surest teachers as ties break", declared(expr=MEAN_OF.format(SUREST)), "continuity.interior"),
    ("the least sums of roots, tied", declared(expr=MEAN_OF.format(LEAST_ROOTS)), "entropy.convex"),
    (
        "the least sums of roots as ties break",
        declared(expr=MEAN_OF.format(LEAST_ROOTS)),
        "continuity.closed",
    ),
    ("unequal variances", declared("Sum(w[k]**2*p[k,i], k)"), "variance.optimal"),
]


def accepted(goal, evidence):
    return check_paths(goal, evidence) if isinstance(evidence, Paths) else check_witness(goal, evidence)


@pytest.mark.parametrize("operator, statement, smallest", FALSE, ids=[" ".join(case[:2]) for case in FALSE])
def test_refutes(operator, statement, smallest):
    goal = goal_of(operator, statement)
    found = refute(goal, seconds=SECONDS)
    assert found is not None and found.smallest == smallest
    assert accepted(goal, found.evidence) == found.margin


@pytest.mark.parametrize("operator, statement", [c[1:] for c in CONTROLS], ids=[c[0] for c in CONTROLS])
def test_refutes_the_controls(operator, statement):
    goal = goal_of(operator, statement)
    found = refute(goal, seconds=SECONDS)
    assert found is not None and accepted(goal, found.evidence) == found.margin


TRUE = [
    ("linear", "convexity.hull"),
    ("linear", "weight_monotonicity.exchange_strict"),
    ("linear", "continuity.closed"),
    ("geometric", "weight_monotonicity.log_odds"),
    ("geometric", "temperature.argmax"),
    ("geometric", "external_bayesianity"),
    ("power-2", "continuity.closed"),
    ("first-teacher", "convexity.between"),
]


@pytest.mark.parametrize("operator, statement", TRUE, ids=[" ".join(case) for case in TRUE])
def test_finds_nothing_against_what_is_true(operator, statement):
    assert refute(goal_of(operator, statement), seconds=SECONDS) is None


def test_the_counterexample_can_be_redone_by_hand():
    found = refute(goal_of("geometric", "convexity.between"), seconds=SECONDS)
    numbers = [number for row in dict(found.evidence.values)["p"] for number in row]
    assert max(number.denominator for number in numbers) <= 6
    assert float(found.margin.lower) > 0.005


def test_the_same_goal_and_seed_give_the_same_counterexample():
    goal = goal_of("power-2", "weight_monotonicity.exchange")
    assert refute(goal, seconds=SECONDS) == refute(goal, seconds=SECONDS)


def test_gives_up_when_the_time_is_over():
    assert refute(goal_of("geometric", "convexity.between"), seconds=-1) is None


def test_fixed_sizes_are_kept():
    found = refute(goal_of("geometric", "convexity.between", Scope(3, 4)), seconds=SECONDS)
    assert found.smallest == (3, 4)
    assert refute(goal_of("geometric", "convexity.between", Scope(outcomes=2)), seconds=SECONDS) is None


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact['operator']}-{fact['statement']}")
def test_finds_a_known_failure_at_the_sizes_where_it_is_known(fact):
    sizes = len(fact["p"]), len(fact["p"][0])
    found = refute(goal_of(fact["operator"], fact["statement"], Scope(*sizes)), seconds=SECONDS)
    assert found is not None and found.smallest == sizes


def test_finds_what_only_many_outcomes_show():
    found = refute(goal_of("power-2", "entropy.concave", Scope(2, 15)), seconds=SECONDS)
    assert found.smallest == (2, 15)


def test_large_sizes_are_searched_with_fewer_inputs():
    found = refute(goal_of("geometric", "convexity.hull", Scope(12, 40)), seconds=SECONDS)
    assert found.smallest == (12, 40)


def test_sizes_leave_room_for_numbered_indices():
    second = AtMost(variable("w", Literal(2, "teacher")), ONE)
    goal = Goal((("teacher", None), ("outcome", 3)), (("w", ("teacher",)),), (), (second,))
    assert all_sizes(goal) == [{"teacher": number, "outcome": 3} for number in (2, 3, 4)]


# -- the parts ----------------------------------------------------------------------------------

k, i, j, a = Free("k", "teacher"), Free("i", "outcome"), Free("j", "outcome"), Free("a", "teacher")


def p(teacher, outcome):
    return variable("p", teacher, outcome)


def w(teacher):
    return variable("w", teacher)


def test_reads_the_domain_off_the_facts():
    found = {kind.name: kind for kind in kinds(goal_of("linear", "weight_monotonicity.exchange"))}
    assert found["p"].simplex and found["p"].positive
    assert found["w"].simplex and not found["w"].positive
    assert found["d"].positive and found["d"].upper == w(Free("b", "teacher"))
    merged = {kind.name: kind for kind in kinds(goal_of("linear", "marginalisation"))}
    assert merged["c"].indicator and merged["c"].simplex


def test_a_bound_on_one_entry_is_no_bound_on_all():
    found = {kind.name: kind for kind in kinds(goal_of("linear", "positivity.some"))}
    assert not found["p"].positive and not found["w"].positive


def test_a_variable_is_drawn_after_its_bound():
    s, t = variable("s"), variable("t")
    facts = (Fact((), Less(ZERO, s)), Fact((), Less(s, t)), Fact((), Less(ZERO, t)))
    assert [kind.name for kind in kinds(Goal((), (("s", ()), ("t", ())), facts, (AtMost(s, t),)))] == [
        "t",
        "s",
    ]


DOMAINS = [
    "weight_monotonicity.exchange",
    "weight_monotonicity.favourite",
    "positivity.zero",
    "rank.unanimity",
    "marginalisation",
    "anonymity",
    "temperature.entropy",
]


@pytest.mark.parametrize("statement", DOMAINS)
def test_simple_inputs_lie_in_the_domain_exactly(statement):
    """A hundred inputs are witnesses against what is false everywhere."""
    goal = goal_of("linear", statement)
    sizes = {sort: {"teacher": 3, "outcome": 3}.get(sort, 2) for sort, _ in goal.sizes}
    sampler = Sampler(goal, sizes, np.random.default_rng(1))
    drawn = sampler.draw(600, simple=True)
    assert drawn.count >= 100
    false = replace(goal, conclusions=(Less(ONE, ZERO),), indices=sampler.indices)
    for position in range(100):
        assert check_witness(false, witness(false, 0, drawn, position)).kind == "apart"


rows = st.lists(st.floats(1e-6, 1), min_size=3, max_size=3)


@given(rows, st.sampled_from([3, 5, 8, 10, 1000]), st.sampled_from([0, 1]))
def test_rounded_rows_sum_to_one_and_keep_their_least_entry(row, denominator, least):
    array = np.array(row)[:, None] / sum(row)
    found = [fraction(float(entry)) for entry in on_grid(array, np.array([denominator]), least)[:, 0]]
    assert sum(found) == 1
    assert all(entry * denominator >= least and (entry * denominator).denominator == 1 for entry in found)


@given(st.fractions(-5, 5, max_denominator=5000))
def test_a_float_gives_back_its_fraction(number):
    assert fraction(float(number)) == number


x, y = variable("x"), variable("y")
SMALL = st.fractions(0, 3, max_denominator=8)
LEAVES = st.sampled_from(
    [x, y, p(k, i), p(a, i), w(a), p(Literal(2, "teacher"), i), p(a, Permuted(i, "outcome", "pi")), ONE / 3]
)


def larger(terms):
    return st.one_of(
        st.builds(lambda s, t: s + t, terms, terms),
        st.builds(lambda s, t: s * t, terms, terms),
        st.builds(lambda s, t: s - t, terms, terms),
        st.builds(lambda s, t: s / t, terms, terms),
        st.builds(power, terms, st.sampled_from([F(2), F(-1), F(1, 2), F(-3, 2)])),
        st.builds(lambda s: Exp(-s), terms),
        st.builds(Log, terms),
        st.builds(InverseDigamma, terms),
        st.builds(lambda s, t: Extreme("maximum", s, t), terms, terms),
        st.builds(lambda s, t: If(Less(s, t), s, t), terms, terms),
        st.builds(lambda s: big_sum(k, s * w(k)), terms),
        st.builds(lambda s: big_sum(i, s), terms),
        st.builds(lambda s: big_product(k, s * delta(k, a) + w(k)), terms),
        st.builds(lambda s: big("minimum", k, s), terms),
    )


def close(value, number):
    """Whether float and exact value agree, as far as rounding allows."""
    return abs(number - float(value)) <= 1e-6 * (1 + abs(float(value)))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(st.recursive(LEAVES, larger, max_leaves=8), st.lists(SMALL, min_size=8, max_size=8))
def test_numpy_and_the_kernel_agree(value, numbers):
    value = big_sum(k, big_sum(i, value))
    u, v, first, second, *others = numbers
    matrix = ((first, 1 - first), (second, 1 - second))
    weights = (others[0] / 3, 1 - others[0] / 3)
    point = Point(
        {"teacher": 2, "outcome": 2}, {"x": u, "y": v, "p": matrix, "w": weights}, {a: 2}, {"pi": (2, 1)}
    )
    arrays = {name: np.array(array, dtype=float)[..., None] for name, array in point.values.items()}
    batch = Batch(point.sizes, 1, arrays, {a: np.array([1])}, {"pi": np.array([[1], [0]])})
    found = float(Numeric(batch).at_inputs(value)[0])
    try:
        expected = evaluate(value, point)
    except (Undefined, Undecided):
        reject()
    assert close(expected.mid() if hasattr(expected, "mid") else expected, found)


NOWHERE_DEFINED = [
    ("division by zero", ONE / x),
    ("a negative root of zero", power(x, F(-1, 2))),
    ("zero to a negative power", power(x, -y)),
    ("the logarithm of zero", Log(x)),
    ("the root of a negative number", power(x - y, F(1, 2))),
    ("a condition on what has no value", If(Less(Log(x), ONE), ONE, ZERO)),
]


@pytest.mark.parametrize("value", [c[1] for c in NOWHERE_DEFINED], ids=[c[0] for c in NOWHERE_DEFINED])
def test_numpy_knows_no_value_where_the_kernel_knows_none(value):
    batch = Batch({}, 1, {"x": np.array([0.0]), "y": np.array([1.0])}, {}, {})
    assert np.isnan(Numeric(batch).at_inputs(value)[0])
    with pytest.raises(Undefined):
        evaluate(value, Point({}, {"x": F(0), "y": F(1)}))


def sampled(goal, teachers=2, outcomes=3):
    sizes = {sort: {"teacher": teachers, "outcome": outcomes}.get(sort, 2) for sort, _ in goal.sizes}
    return Sampler(goal, sizes, np.random.default_rng(1))


def test_a_comparison_without_a_value_is_not_contradicted():
    batch = Batch({}, 2, {"x": np.array([0.0, 0.5])}, {}, {})
    conclusion = AtMost(ONE / x, ONE)
    assert failure(conclusion, batch).fails.tolist() == [True, True]
    assert contradiction(conclusion, batch).fails.tolist() == [False, True]


def test_an_ascent_finds_the_top():
    """The top of x - x^2 is 1/4."""
    goal = Goal((), (("x", ()),), (Fact((), Less(ZERO, x)), Fact((), AtMost(x, ONE))), (AtMost(x, x * x),))
    sampler = sampled(goal)
    test = partial(contradiction, goal.conclusions[0])
    top = ascended(sampler, sampler.draw(50, simple=False), test, 4, np.geomspace(1, 0.05, 8))
    assert test(top).gap.max() == pytest.approx(0.25, abs=1e-7)


def test_steps_stay_in_the_simplex_and_below_the_bound():
    goal = goal_of("linear", "weight_monotonicity.exchange")
    sampler = sampled(goal)
    batch = sampler.draw(100, simple=False)
    steps = {name: sampler.rng.normal(0, 3, array.shape) for name, array in batch.values.items()}
    moved, inside = sampler.mended(shifted(sampler, batch, steps))
    assert inside.mean() > 0.9
    assert np.allclose(moved.values["p"].sum(axis=1), 1)


def test_a_simpler_counterexample_still_is_one():
    goal = goal_of("geometric", "convexity.between")
    sampler = sampled(goal)
    test = partial(contradiction, goal.conclusions[1])
    drawn = sampler.draw(500, simple=False)
    failing = drawn.chosen(np.flatnonzero(test(drawn).fails)[:1])
    best = simplified(sampler, failing, test)
    assert test(best).fails.all()
    assert simplest(sampler, best, test, 1)[1] < simplest(sampler, failing, test, 1)[1] / 3


def test_agreement_is_told_from_difference():
    goal = goal_of("linear", "weight_monotonicity.exchange")
    alike, apart = [[0.2, 0.8]] * 2, [[0.2, 0.8], [0.8, 0.2]]
    arrays = {
        "p": np.moveaxis(np.array([alike, apart, apart]), 0, -1),
        "w": np.array([[0.5, 0.5], [0.5, 0.5], [1.0, 0.0]]).T,
        "d": np.array([0.5, 0.5, 0.5]),
    }
    batch = Batch({"teacher": 2, "outcome": 2}, 3, arrays, {}, {})
    assert (spread(kinds(goal), batch) > 1e-12).tolist() == [False, True, False]


def test_random_teachers_draw_from_more_rows_than_two():
    rows = {sizes["row"] for sizes in all_sizes(goal_of("linear", "variance.trace"))}
    assert rows == {2, 3}


def test_random_teachers_of_one_mean_may_vary_unequally():
    goal = goal_of("linear", "variance.optimal")
    sizes = {"teacher": 2, "outcome": 2, "scenario": 4}
    drawn = Sampler(goal, sizes, np.random.default_rng(1)).draw(200, simple=True)
    variances = drawn.values["P"].var(axis=0)[:, 0]
    assert drawn.count > 50 and (np.abs(variances[0] - variances[1]) > 1e-6).mean() > 0.2
