"""Whether a kernel goal holds at an input: exactly, and compiled to NumPy for many inputs."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
from scipy.optimize import nnls
from support.translations import translations

from axiomkd.kernel.enclosure import decide, evaluate
from axiomkd.kernel.evaluation import Point, Undecided, Undefined
from axiomkd.kernel.evidence import Paths, Witness
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.paths import check_paths
from axiomkd.kernel.terms import AtMost, Continuous, Equal, InHull, Less, Literal, Tends, open_binder
from axiomkd.kernel.witness import check_facts, check_witness, free_indices, instances
from axiomkd.provers.counterexample.domain import in_domain
from axiomkd.provers.counterexample.limits import limit_test
from axiomkd.provers.counterexample.numeric import Batch, Numeric
from axiomkd.provers.counterexample.violation import failure
from axiomkd.theories.ensemble.predicates.limits import STEPS, approaches
from axiomkd.theories.ensemble.predicates.numbers import TRACE

OUTSIDE = 1e-9


# -- exactly, by the kernel -------------------------------------------------------------------


def exact_truth(goal, inputs, number):
    """Whether the goal holds at one of the inputs, in all the cases that it speaks of there."""
    one = {name: picked(array, number) for name, array in inputs.items()}
    return all(exact_case(goal, *case) for case in translations(goal, one))


def picked(array, number):
    if isinstance(array, tuple):
        return tuple(picked(part, number) for part in array)
    return array[number : number + 1]


def nested(array):
    return tuple(map(nested, array)) if isinstance(array, np.ndarray) and array.ndim else Fraction(array)


def exact_case(goal, sizes, values, indices, permutations):
    running = goal.limit[0] if goal.limit else None
    exact = {name: nested(values[name][0]) for name, _ in goal.variables if name != running}
    numbers = {index: number + 1 for index, number in indices.items()}
    images = {name: tuple(image + 1 for image in order) for name, order in permutations.items()}
    point = Point(sizes, {**exact, **({running: Fraction(1)} if running else {})}, numbers, images)
    if not in_the_domain(goal, point):
        return True
    return all(
        exact_conclusion(goal, position, point, values.get("towards"))
        for position in range(len(goal.conclusions))
    )


def in_the_domain(goal, point):
    try:
        decide(point, lambda at: check_facts(goal, at))
    except Undecided:
        raise
    except Refused:
        return False
    return True


def exact_conclusion(goal, position, point, towards):
    conclusion = goal.conclusions[position]
    others = [index for index in free_indices(goal, conclusion) if index not in point.indices]
    return all(
        holds(goal, position, replace(point, indices={**point.indices, **numbers}), towards)
        for numbers in instances(tuple(others), point.sizes)
    )


def holds(goal, position, point, towards):
    """Numbers that 2048 bits cannot tell apart are taken for equal."""
    conclusion = goal.conclusions[position]
    match conclusion:
        case Continuous():
            return not contradicted_along(goal, position, point, towards)
        case Tends():
            return not contradicted_along(goal, position, point, None)
        case InHull():
            return not separated(goal, position, point)
    try:
        return decide(point, lambda at: at.holds(at.instantiate(conclusion)))
    except Undefined:
        return False
    except Undecided:
        return isinstance(conclusion, Equal | AtMost)


def evidence_parts(goal, point):
    return (
        tuple((sort, point.sizes[sort]) for sort, _ in goal.sizes),
        tuple((index.name, number) for index, number in point.indices.items()),
        tuple(point.permutations.items()),
    )


def accepted(checker, goal, evidence):
    """Whether the kernel accepts evidence against a goal."""
    try:
        checker(goal, evidence)
    except Refused:
        return False
    return True


def contradicted_along(goal, position, point, towards):
    """Whether the kernel accepts the straight path (or, for a limit, the standing one) against the goal."""
    running = goal.limit[0] if goal.limit else None
    names = [name for name, _ in goal.variables if name != running]
    ends = dict(zip(("p", "w", "T"), (nested(part[0]) for part in towards), strict=True)) if towards else {}
    path = tuple((name, polynomials(point.values[name], ends.get(name))) for name in names)
    sizes, indices, permutations = evidence_parts(goal, point)
    return accepted(check_paths, goal, Paths(sizes, (path,), indices, permutations, position))


def polynomials(start, end):
    if isinstance(start, tuple):
        ends = end if isinstance(end, tuple) else [None] * len(start)
        return tuple(polynomials(x, y) for x, y in zip(start, ends, strict=True))
    return (start,) if end is None or end == start else (start, end - start)


def separated(goal, position, point):
    """Whether the kernel accepts the direction from the nearest point of the hull as a separator."""
    hull = goal.conclusions[position]
    outcomes = range(1, point.sizes[hull.coordinate_sort] + 1)
    try:
        x = [float_of(open_binder(hull.point, Literal(i, hull.coordinate_sort)), point) for i in outcomes]
    except Undefined:
        return True
    direction = away(np.array(x), np.array(point.values["p"], dtype=float))
    if direction is None:
        return False
    separator = tuple(Fraction(float(c)).limit_denominator(10**6) for c in direction / abs(direction).max())
    sizes, indices, permutations = evidence_parts(goal, point)
    values = tuple((name, point.values[name]) for name, _ in goal.variables)
    assert accepted(check_witness, goal, Witness(sizes, values, indices, permutations, position, separator))
    return True


def float_of(term, point):
    value = evaluate(term, point)
    return float(value) if isinstance(value, Fraction) else float(value.mid())


def away(x, vertices):
    """From the nearest point of the hull to x, or nothing when x is inside."""
    rows = np.vstack([vertices.T, np.ones(len(vertices))])
    nearest = nnls(rows, np.append(x, 1.0))[0]
    direction = x - vertices.T @ (nearest / nearest.sum())
    return direction if abs(direction).max() > OUTSIDE else None


# -- compiled to NumPy ------------------------------------------------------------------------


def compiled_truth(goal, inputs):
    """For each input whether the goal, compiled to NumPy, holds there."""
    count = len(inputs["w"])
    true = np.ones(count, dtype=bool)
    for sizes, values, indices, permutations in translations(goal, inputs):
        batch = batch_of(goal, sizes, count, values, indices, permutations)
        asked = in_domain(goal, batch)
        for conclusion in goal.conclusions:
            true &= ~asked | compiled_conclusion(goal, conclusion, batch, values.get("towards"))
    return true


def last(array):
    """The axis of the inputs put last, as floats."""
    return np.moveaxis(array.astype(float), 0, -1)


def batch_of(goal, sizes, count, values, indices, permutations):
    running = goal.limit[0] if goal.limit else None
    arrays = {name: np.ones(count) if name == running else last(values[name]) for name, _ in goal.variables}
    orders = {
        name: np.repeat(np.array(order)[:, None], count, axis=1) for name, order in permutations.items()
    }
    return Batch(sizes, count, arrays, {i: np.full(count, n) for i, n in indices.items()}, orders)


def compiled_conclusion(goal, conclusion, batch, towards):
    others = [index for index in free_indices(goal, conclusion) if index not in batch.indices]
    cases = [with_numbers(batch, numbers) for numbers in instances(tuple(others), batch.sizes)]
    if isinstance(conclusion, Continuous):
        return tends_along(conclusion.term, cases, towards)
    return np.all([compiled_case(goal, conclusion, at) for at in cases], axis=0)


def with_numbers(batch, numbers):
    more = {index: np.full(batch.count, number - 1) for index, number in numbers.items()}
    return replace(batch, indices={**batch.indices, **more})


def compiled_case(goal, conclusion, batch):
    match conclusion:
        case Tends():
            return ~limit_test(goal, conclusion)(batch).fails
        case InHull():
            numeric, count = Numeric(batch), batch.count
            outcomes, teachers = batch.sizes["outcome"], batch.sizes["teacher"]
            x = np.broadcast_to(numeric.value(conclusion.point), (outcomes, count))
            vertices = np.broadcast_to(numeric.value(conclusion.vertices), (teachers, outcomes, count))
            return np.array([away(x[:, n], vertices[:, :, n]) is None for n in range(count)])
    found = failure(conclusion, batch)
    return found.gap < -TRACE if isinstance(conclusion, Less) else ~found.fails


def tends_along(term, cases, towards):
    """Whether the term comes near its values, for every outcome, on the straight way from another input."""
    ends = {name: last(array) for name, array in zip("pwT", towards, strict=True)}

    def distance(step):
        return np.max([np.abs(moved(batch, step) - moved(batch, 0)) for batch in cases], axis=0)

    def moved(batch, step):
        values = {name: x + step * (ends[name] - x) for name, x in batch.values.items()}
        return Numeric(replace(batch, values=values)).at_inputs(term)

    with np.errstate(all="ignore"):
        return approaches([distance(step) for step in STEPS])
