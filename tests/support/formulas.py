"""What the declared operators mean: NumPy functions of many inputs, written apart from the declarations.

p has the axes inputs, teachers, outcomes; w and T have inputs, teachers. An operation outside its
domain gives NaN.
"""

import numpy as np
from scipy.special import digamma, polygamma


def powers(x, exponent):
    """0^a = 0 for a > 0, 0^0 = 1, undefined for a < 0."""
    return np.where((x == 0) & (np.asarray(exponent) < 0), np.nan, x**exponent)


def log(x):
    return np.where(x > 0, np.log(x), np.nan)


def inverse(x):
    return powers(x, -1.0)


def n(mass):
    return mass * inverse(mass.sum(axis=-1, keepdims=True))


def mean(x, w):
    """The mean over teachers; a teacher of weight zero does not hide what is undefined."""
    return (w[..., None] * x).sum(axis=-2)


def geometric_mass(p, w):
    return powers(p, w[..., None]).prod(axis=-2)


def geometric(p, w):
    return n(geometric_mass(p, w))


def power_mean(p, w, r):
    return n(powers(mean(powers(p, r), w), 1 / r))


def additive(p, w):
    """Mean roots and what makes their squares sum to 1, found by Newton's method from above."""
    a, c = mean(np.sqrt(p), w), 1.0
    for _ in range(60):
        excess = ((a + c) ** 2).sum(axis=-1, keepdims=True) - 1
        c = c - excess / (2 * (a + c)).sum(axis=-1, keepdims=True)
    return a + c


def entropy(p):
    return -(p * log(p)).sum(axis=-1)


def entropy_with_zeros(p):
    return -np.where(p > 0, p * np.log(np.where(p > 0, p, 1)), 0).sum(axis=-1)


def largest(x):
    """Which entries are the largest; what rounding alone sets apart is a tie."""
    return x >= x.max(axis=-1, keepdims=True) - 1e-14


def root(excess, low, high, halvings=100):
    """Where an increasing function of one number for each input is zero."""
    for _ in range(halvings):
        middle = (low + high) / 2
        below = excess(middle) < 0
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return low


def tsallis_two(p, w):
    squares = mean(p**2, w)

    def q(c):
        return np.sqrt(np.maximum(0, squares + c[..., None]))

    one = np.ones(p.shape[:-2])
    return q(root(lambda c: q(c).sum(axis=-1) - 1, -one, one))


def itakura_saito(p, w):
    inverses = mean(inverse(p), w)

    def q(c):
        return inverse(inverses - c[..., None])

    least = inverses.min(axis=-1)
    return q(root(lambda c: q(c).sum(axis=-1) - 1, least - p.shape[-1], least - 1))


def inverse_digamma(y):
    """By Newton's method from Minka's start, whose error is below 1e-14 after five steps (Minka 2000)."""
    x = np.where(y > -2.22, np.exp(np.maximum(y, -3)) + 0.5, 1 / (digamma(1) - np.minimum(y, -1)))
    for _ in range(5):
        x = x - (digamma(x) - y) / polygamma(1, x)
    return x


def dirichlet_mean(p, w):
    logarithms, pool = mean(log(p), w), mean(p, w)
    agree = np.ptp(np.where(w[..., None] > 0, p, pool[..., None, :]), axis=-2).max(axis=-1) < 1e-7
    solvable = ~(agree | np.isnan(logarithms).any(axis=-1))
    known = logarithms[solvable]

    def q(t):
        return inverse_digamma(known + t[..., None]) / inverse_digamma(t)[..., None]

    forty = np.full(len(known), 40.0)
    found = np.full(logarithms.shape, np.nan)
    found[solvable] = q(root(lambda t: 1 - q(t).sum(axis=-1), -forty, forty, 52))
    return np.where(agree[..., None], pool, found)


def larger_ones(x):
    """How many outcomes are larger; what rounding alone sets apart is a tie."""
    return (x[..., None, :] > x[..., :, None] + 1e-14).sum(axis=-1)


def spread(p):
    return p.max(axis=-2) - p.min(axis=-2)


def first(x):
    return np.arange(x.shape[-1]) == 0


FORMULAS = {
    "linear": lambda p, w: mean(p, w),
    "geometric": geometric,
    "harmonic": lambda p, w: power_mean(p, w, -1.0),
    "power-1/2": lambda p, w: power_mean(p, w, 0.5),
    "power-2": lambda p, w: power_mean(p, w, 2.0),
    "maximum": lambda p, w: n(p.max(axis=-2)),
    "minimum": lambda p, w: n(p.min(axis=-2)),
    "product": lambda p, w: n(p.prod(axis=-2)),
    "tsallis-2": tsallis_two,
    "bregman-left-itakura-saito": itakura_saito,
    "dirichlet-mean": dirichlet_mean,
    "median": lambda p, w: n(np.median(p, axis=-2)),
    "majority-vote": lambda p, w: n(largest(mean(largest(p), w)) * 1.0),
    "top-k-1": lambda p, w: n(np.where(larger_ones(mean(p, w)) < 1, mean(p, w), 0)),
    "top-k-2": lambda p, w: n(np.where(larger_ones(mean(p, w)) < 2, mean(p, w), 0)),
    "min-entropy-teacher": lambda p, w: mean(p, n(largest(-entropy_with_zeros(p)) * 1.0)),
    "uniform-smoothed": lambda p, w: 0.9 * mean(p, w) + 0.1 / p.shape[-1],
    "linear-geometric": lambda p, w: (mean(p, w) + geometric(p, w)) / 2,
    "pool-then-temper-2": lambda p, w: n(np.sqrt(mean(p, w))),
    "power-3": lambda p, w: power_mean(p, w, 3.0),
    "power--1/2": lambda p, w: power_mean(p, w, -0.5),
    "escort-1/2": lambda p, w: n(mean(np.sqrt(p), w)),
    "escort-2": lambda p, w: n(mean(p**2, w)),
    "tsallis-1/2": lambda p, w: additive(p, w) ** 2,
    "softmax-of-linear": lambda p, w: n(np.exp(mean(p, w))),
    "beta-linear-2-2": lambda p, w: n(3 * mean(p, w) ** 2 - 2 * mean(p, w) ** 3),
    "squared-weights": lambda p, w: mean(p, n(w**2)),
    "weight-smoothed": lambda p, w: mean(p, 0.9 * w + 0.1 / w.shape[-1]),
    "entropy-weighted": lambda p, w: mean(p, n(w * np.exp(-entropy_with_zeros(p)))),
    "ebkd": lambda p, w: mean(p, n(entropy_with_zeros(p).sum(-1, keepdims=True) - entropy_with_zeros(p))),
    "generalised-product": lambda p, w: n(geometric_mass(p, 2 * w)),
    "extremised-2": lambda p, w: n(geometric(p, w) ** 2),
    "contrastive-1/2": lambda p, w: n(p[..., 0, :] * powers(p[..., 1, :], -0.5)),
    "taid-1/2": lambda p, w: geometric(p[..., :2, :], np.full_like(w[..., :2], 0.5)),
    "bregman-left-kl": geometric,
    "bregman-left-squared": lambda p, w: mean(p, w),
    "first-teacher": lambda p, w: p[..., 0, :],
    "weighted-uniform": lambda p, w: np.full_like(p[..., 0, :], 1 / p.shape[-1]),
    # examples
    "mean-of-logits": lambda p, w: n(np.exp(log(p).mean(axis=-2))),
    "mean-of-probabilities": lambda p, w: p.mean(axis=-2),
    "softmax-of-weighted-mean": lambda p, w: n(np.exp((p * w[..., None]).mean(axis=-2))),
    "softmax-of-mean": lambda p, w: n(np.exp(p.mean(axis=-2))),
    "entropy-weighting-as-coded": lambda p, w, raw: (
        mean(p, 1 - entropy(raw) * inverse(entropy(raw).sum(axis=-1, keepdims=True))) / p.shape[-2]
    ),
    "contrastive-decoding": lambda p, w: n(np.exp(log(p[..., 0, :]) - log(p[..., 1, :]) / 2)),
    "taid": lambda p, w: n(np.exp(0.6 * log(p[..., 0, :]) + 0.4 * log(p[..., 1, :]))),
    "sqrt-pool": lambda p, w: n(mean(np.sqrt(p), w)),
    "power-r": power_mean,
    # operators in no catalogue
    "linear-times-geometric": lambda p, w: n(mean(p, w) * geometric_mass(p, w)),
    "two-thirds-linear": lambda p, w: (2 * mean(p, w) + geometric(p, w)) / 3,
    "power-third": lambda p, w: power_mean(p, w, 1 / 3),
    "maximum-plus-minimum": lambda p, w: n(p.max(axis=-2) + p.min(axis=-2)),
    "cubed-weights": lambda p, w: mean(p, n(w**3)),
    "exponential-of-logs": lambda p, w: n(np.exp(mean(log(p), w))),
    "reciprocal-of-reciprocals": lambda p, w: n(inverse(mean(inverse(p), w))),
    "escort-mean": lambda p, w: n(mean(p**2, w)),
    "root-of-linear-times-maximum": lambda p, w: n(np.sqrt(mean(p, w) * p.max(axis=-2))),
    "half-linear-half-maximum": lambda p, w: (mean(p, w) + n(p.max(axis=-2))) / 2,
    "log-linear-mixture": lambda p, w: n(mean(p, w) ** 0.25 * geometric_mass(p, w) ** 0.75),
    "weights-then-uniform": lambda p, w: mean(p, 0.75 * w + 0.25 / w.shape[-1]),
    # controls
    "reciprocal-of-range": lambda p, w: n(inverse(spread(p))),
    "unnormalised-geometric": geometric_mass,
    "thresholded-linear": lambda p, w: n(np.maximum(0, 2 * mean(p, w) - 1 / p.shape[-1])),
    "reciprocal-of-linear": lambda p, w: n(inverse(mean(p, w))),
    "unsoftened-linear": lambda p, w, raw: mean(raw, w),
    "top-two": lambda p, w: n(np.where(larger_ones(mean(p, w)) < 2, mean(p, w), 0)),
    "first-outcome-doubled": lambda p, w: n(mean(p, w) * np.where(first(p), 2, 1)),
    "temperature-plus-one": lambda p, w, raw, T: n(mean(raw ** (1 / (1 + T))[..., None], w)),
}
"""By id; those that write the unsoftened teachers or temperatures themselves take ``raw`` and ``T``, those
with a parameter that has a range take it by name."""

BASES = {
    "unsoftened-linear": FORMULAS["linear"],
    "temperature-plus-one": FORMULAS["linear"],
    "entropy-weighting-as-coded": lambda p, w: FORMULAS["entropy-weighting-as-coded"](p, w, p),
}
"""What an operator that writes temperatures is required to be at temperature one."""


def softened(p, T):
    """p^(1/T), normalised; the largest entry is made 1 first, so that no sum underflows."""
    return n(powers(p / p.max(axis=-1, keepdims=True), 1 / T[..., None]))


def aggregate(name, formulas=FORMULAS, **parameters):
    """The operator, at its parameters, as a function of teachers, weights and temperatures (1 if absent)."""
    formula = formulas[name]
    wanted = formula.__code__.co_varnames[: formula.__code__.co_argcount]

    def values(p, w, T=None):
        at_one = np.ones(p.shape[:-1]) if T is None else T
        with np.errstate(all="ignore"):
            soft = p if T is None else softened(p, T)
            given = {"p": soft, "w": w, "raw": p, "T": at_one, **parameters}
            return formula(**{letter: given[letter] for letter in wanted})

    return values


def base(name):
    return aggregate(name, {**FORMULAS, **BASES})
