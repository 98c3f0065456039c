"""Random rational inputs for statements: exact fractions, in arrays whose first axis counts the inputs."""

import inspect
from fractions import Fraction

import numpy as np
from support.random_teachers import ROWS, drawn_alike

TEMPERATURES = np.array(
    [Fraction(1, 2), Fraction(2, 3), Fraction(1), Fraction(3, 2), Fraction(2), Fraction(3)]
)
COLD = ("temperature.argmax", "temperature.pool_argmax")
"""Statements that speak of teachers with one best outcome."""
POSITIVE = [Fraction(n, 4) for n in (1, 2, 3, 4, 8, 20)]


def fractions(counts):
    """The rows of counts as rows of fractions that sum to one."""
    totals = counts.sum(axis=-1)
    flat = zip(counts.reshape(-1, counts.shape[-1]).tolist(), totals.reshape(-1).tolist(), strict=True)
    rows = [[Fraction(count, total) for count in row] for row, total in flat]
    return np.array(rows, dtype=object).reshape(counts.shape)


def some_zeros(rng, counts, chance):
    """The counts with some of them zero, never a whole row."""
    zero = rng.random(counts.shape) < chance
    zero &= np.arange(counts.shape[-1]) != rng.integers(0, counts.shape[-1], counts.shape[:-1])[..., None]
    return np.where(zero, 0, counts)


def distributions(rng, shape, closed):
    counts = rng.integers(1, 11, shape)
    return fractions(some_zeros(rng, counts, 0.35) if closed else counts)


def with_a_clear_best(rng, shape):
    """Distributions whose best outcome is at least twice as probable as any other; half of them share it."""
    counts = rng.integers(1, 5, shape)
    best = rng.integers(0, shape[-1], shape[:-1])
    best = np.where(rng.random(shape[0])[:, None] < 0.5, best[:, :1], best)
    return fractions(np.where(np.arange(shape[-1]) == best[..., None], rng.integers(8, 11, shape), counts))


def weights(rng, shape):
    return fractions(some_zeros(rng, rng.integers(2, 9, shape), 0.2))


def chosen(rng, numbers, shape):
    return np.array(numbers, dtype=object)[rng.integers(0, len(numbers), shape)]


def in_order(rng, numbers, count):
    """Two different numbers of a list for each input, the smaller one first."""
    pairs = np.sort(np.argsort(rng.random((count, len(numbers))))[:, :2], axis=1)
    return np.array(numbers, dtype=object)[pairs].T


def shares(rng, w):
    """A positive part of some teacher's weight; 1/7 where that is zero."""
    held = w[np.arange(len(w)), rng.integers(0, w.shape[1], len(w))]
    part = chosen(rng, [Fraction(1), Fraction(1, 2), Fraction(1, 3), Fraction(1, 10)], len(w))
    return np.where(held == 0, Fraction(1, 7), held * part)


def far_apart(rng, shape):
    """Distributions that are equal or differ visibly: no difference of variances is mere rounding."""
    return fractions(rng.choice([1, 5, 12], shape))


def rolled_but_for_one(rng, p):
    """Other distributions that agree in one outcome: what else a teacher says is turned, by its number."""
    y = p.copy()
    for number, kept in enumerate(rng.integers(0, p.shape[2], len(p))):
        others = [i for i in range(p.shape[2]) if i != kept]
        for k in range(p.shape[1]):
            y[number, k, others] = np.roll(p[number, k, others], k)
    return y


def wanted(statement):
    """The names of the inputs that a statement's predicate takes."""
    return [
        name
        for name in inspect.signature(statement.predicate).parameters
        if name not in ("aggregate", "base")
    ]


def draw(statement, teachers, outcomes, count, seed):
    """Inputs by the names of the statement's predicate; pairs are in order."""
    rng = np.random.default_rng([seed, teachers, outcomes])
    shape = (count, teachers, outcomes)
    cold, closed = statement.id in COLD, statement.domain == "closed"

    def teachers_():
        return with_a_clear_best(rng, shape) if cold else distributions(rng, shape, closed)

    def temperatures():
        return chosen(rng, TEMPERATURES, shape[:2])

    p, w = teachers_(), weights(rng, shape[:2])
    makers = {
        "p": lambda: p,
        "w": lambda: w,
        "T": temperatures,
        "x": lambda: distributions(rng, (count, outcomes), False),
        "y": lambda: rolled_but_for_one(rng, p),
        "L": lambda: chosen(rng, POSITIVE, (count, outcomes)),
        "g": lambda: chosen(rng, POSITIVE, shape),
        "h": lambda: chosen(rng, POSITIVE, shape[:2]),
        "d": lambda: shares(rng, w),
        "towards": lambda: (teachers_(), weights(rng, shape[:2]), temperatures()),
    }
    s, t = in_order(rng, [Fraction(n, 8) for n in range(9)], count)
    tau, theta = in_order(rng, TEMPERATURES, count)
    found = {"s": s, "t": t, "tau": tau, "theta": theta, **random_teachers(statement, rng, shape)}
    return {name: found[name] if name in found else makers[name]() for name in wanted(statement)}


def random_teachers(statement, rng, shape):
    """Scenarios and tables of rows, for the statements about random teachers."""
    count, teachers, outcomes = shape
    scenarios = ROWS**teachers
    if not {"P", "R"} & set(wanted(statement)):
        return {}
    P = far_apart(rng, (count, scenarios, teachers, outcomes))
    pi = weights(rng, (count, scenarios))
    if statement.id.startswith("variance"):
        P, pi = drawn_alike(rng, P, pi)
    return {
        "P": P,
        "pi": pi,
        "eta": distributions(rng, (count, scenarios, outcomes), False),
        "R": far_apart(rng, (count, ROWS, outcomes)),
        "rho": distributions(rng, (count, ROWS), False),
    }


def floats(array):
    if isinstance(array, tuple):
        return tuple(map(floats, array))
    return array.astype(float)


def boundary_heavy(rng, shape, closed=False):
    """Distributions of whole numbers over their sum, down to a few ten-thousandths."""
    concentration = rng.choice([0.1, 0.3, 1.0, 3.0], shape[0]).reshape(-1, *[1] * (len(shape) - 1))
    counts = np.floor(1000 * rng.standard_gamma(concentration, shape)) + 1
    counts = some_zeros(rng, counts, 0.35) if closed else counts
    return counts / counts.sum(axis=-1, keepdims=True)


def densely(statement, teachers, outcomes, count, seed):
    """Many inputs in floating point, also near the boundary; where a limit is judged, the rational ones."""
    found = {name: floats(array) for name, array in draw(statement, teachers, outcomes, count, seed).items()}
    if statement.predicate.__module__.endswith("limits") and "tau" not in found:
        return found
    rng = np.random.default_rng([seed, teachers, outcomes, count])
    rows = {"p": (count, teachers, outcomes), "w": (count, teachers), "x": (count, outcomes)}
    rows |= {"R": (count, ROWS, outcomes), "rho": (count, ROWS)}
    for name in rows.keys() & found.keys():
        closed = name == "w" or (name == "p" and statement.domain == "closed")
        found[name] = boundary_heavy(rng, rows[name], closed)
    if "y" in found:
        found["y"] = rolled_but_for_one(rng, found["p"])
    if "d" in found:
        held = found["w"][np.arange(count), rng.integers(0, teachers, count)]
        found["d"] = np.where(held == 0, 0.1, held * rng.choice([1, 0.5, 0.1], count))
    return found
