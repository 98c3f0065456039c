"""Random inputs for the guarantees, and what they are as inputs of the goals."""

import itertools
from fractions import Fraction

import numpy as np
from support.goals import batch_of, compiled_conclusion, exact_case, picked
from support.inputs import chosen, distributions, fractions, shares, wanted, weights
from support.witnesses import as_array

from axiomkd.provers.counterexample.domain import in_domain

ROWS = 2
"""Rows that a random teacher draws from; scenarios are all the ways in which K teachers draw."""
POSITIVE = [Fraction(n, 4) for n in (1, 2, 3, 4, 8, 20)]


def digits(teachers):
    """Which row each teacher has drawn in each scenario."""
    return np.arange(ROWS**teachers)[:, None] // ROWS ** np.arange(teachers) % ROWS


def far_apart(rng, shape):
    """Distributions that are equal or differ visibly: no difference of variances is mere rounding."""
    return fractions(rng.choice([1, 5, 12], shape))


def drawn_alike(rng, P, pi):
    """A third of the inputs have independent teachers with one mean, a third has equal ones."""
    count, scenarios, teachers, _ = P.shape
    lot = rng.integers(0, 3, count)
    for number in np.flatnonzero(lot < 2):
        which = digits(teachers) if lot[number] == 0 else digits(teachers)[:, :1].repeat(teachers, axis=1)
        P[number] = P[number, :ROWS, 0][which]
        pi[number] = Fraction(1, scenarios)
    return P, pi


def rolled_but_for_one(rng, p):
    """Other distributions that agree in one outcome: what else a teacher says is turned, by its number."""
    y = p.copy()
    for number, kept in enumerate(rng.integers(0, p.shape[2], len(p))):
        others = [i for i in range(p.shape[2]) if i != kept]
        for k in range(p.shape[1]):
            y[number, k, others] = np.roll(p[number, k, others], k)
    return y


def draw_guarantee(statement, teachers, outcomes, count, seed):
    """Inputs by the names of the statement's predicate."""
    rng = np.random.default_rng([seed, teachers, outcomes])
    closed, scenarios = statement.domain == "closed", ROWS**teachers
    found = {
        "p": distributions(rng, (count, teachers, outcomes), closed),
        "w": weights(rng, (count, teachers)),
        "x": distributions(rng, (count, outcomes), False),
        "g": chosen(rng, POSITIVE, (count, teachers, outcomes)),
        "h": chosen(rng, POSITIVE, (count, teachers)),
        "P": far_apart(rng, (count, scenarios, teachers, outcomes)),
        "pi": weights(rng, (count, scenarios)),
        "eta": distributions(rng, (count, scenarios, outcomes), False),
        "R": far_apart(rng, (count, ROWS, outcomes)),
        "rho": distributions(rng, (count, ROWS), False),
    }
    found["y"] = rolled_but_for_one(rng, found["p"])
    found["d"] = shares(rng, found["w"])
    if statement.id.startswith("variance"):
        found["P"], found["pi"] = drawn_alike(rng, found["P"], found["pi"])
    return {name: found[name] for name in wanted(statement)}


def witnessed(statement, evidence):
    """A witness as an input of the statement's predicate."""
    values = {name: as_array(value) for name, value in evidence.values}
    if "beta" in values:
        block, rest = (values["beta"] * values["u"], (1 - values["beta"]) * values["v"])
        values["p"] = np.concatenate([values["A"], values["B"]], axis=1)
        values["w"] = np.concatenate([block, rest], axis=1)
    return {name: values[name] for name in wanted(statement)}


def cases(goal, inputs):
    """Every case in which a goal speaks of the inputs: sizes, values, indices (from 0)."""
    for sizes, values in valuations(goal, inputs):
        sizes = {sort: sizes[sort] for sort, _ in goal.sizes}
        for numbers in itertools.product(*(range(sizes[index.sort]) for index in goal.indices)):
            yield sizes, values, dict(zip(goal.indices, numbers, strict=True))


def valuations(goal, inputs):
    names = dict(goal.variables)
    count, teachers = inputs["w"].shape
    outcomes = next(inputs[name].shape[-1] for name in ("p", "g", "P", "R") if name in inputs)
    sizes = {"teacher": teachers, "outcome": outcomes, "row": ROWS, "scenario": ROWS**teachers}
    if "beta" in names:
        for values in divided(inputs):
            block, rest = values["u"].shape[1], values["v"].shape[1]
            yield {**sizes, "block": block, "rest": rest}, values
    elif "e" in names:
        for event in itertools.product((0, 1), repeat=outcomes):
            yield sizes, {**inputs, "e": np.tile(np.array(event, dtype=object), (count, 1))}
    elif "f" in names:
        yield sizes, {**inputs, **drawing(inputs["rho"], teachers)}
    else:
        numbers = {"variance": Fraction(3), "correlation": Fraction(1, 5)}
        yield sizes, {**inputs, **{name: np.full(count, number) for name, number in numbers.items()}}


def divided(inputs):
    """Every block of positive weight with its renormalised weights, and the rest with its own."""
    p, w = inputs["p"], inputs["w"]
    for size in range(1, p.shape[1]):
        for block in map(list, itertools.combinations(range(p.shape[1]), size)):
            rest = [k for k in range(p.shape[1]) if k not in block]
            beta = w[:, block].sum(axis=1)
            yield {
                "A": p[:, block],
                "B": p[:, rest],
                "u": renormalised(w[:, block]),
                "v": renormalised(w[:, rest]),
                "beta": beta,
            }


def renormalised(w):
    """Weights that sum to one: the first teacher has all where they were zero."""
    total = w.sum(axis=1)
    first = np.array([Fraction(int(k == 0)) for k in range(w.shape[1])], dtype=object)
    return np.where((total == 0)[:, None], first, w / np.where(total == 0, 1, total)[:, None])


def drawing(rho, teachers):
    """The map that each scenario stands for, and its chance."""
    which = digits(teachers)
    table = np.vectorize(Fraction, otypes=[object])((which[:, :, None] == np.arange(ROWS)).astype(int))
    return {"f": np.broadcast_to(table, (len(rho), *table.shape)), "pi": rho[:, which].prod(axis=2)}


def compiled_guarantee(goal, inputs):
    """For each input whether the goal, compiled to NumPy, holds there."""
    count = len(inputs["w"])
    true = np.ones(count, dtype=bool)
    for sizes, values, indices in cases(goal, inputs):
        batch = batch_of(goal, sizes, count, values, indices, {})
        asked = in_domain(goal, batch)
        for conclusion in goal.conclusions:
            true &= ~asked | compiled_conclusion(goal, conclusion, batch, None)
    return true


def exact_guarantee(goal, inputs, number):
    """Whether the kernel itself finds that the goal holds at one of the inputs."""
    one = {name: picked(array, number) for name, array in inputs.items()}
    return all(exact_case(goal, sizes, values, indices, {}) for sizes, values, indices in cases(goal, one))
