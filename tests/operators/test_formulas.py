"""Every declared operator means its formula: the kernel's term agrees with NumPy, written apart."""

import math
from pathlib import Path

import numpy as np
import pytest

from axiomkd.kernel.terms import (
    Add,
    AtMost,
    Big,
    Distinct,
    Equal,
    Exp,
    Extreme,
    If,
    Less,
    Literal,
    Log,
    Multiply,
    Number,
    Power,
    Same,
    Size,
    Variable,
    substitute,
)
from axiomkd.operator import load_toml
from axiomkd.registry import find_operator, operators
from axiomkd.theories.ensemble.signature import ENSEMBLE

ROOT = Path(__file__).parents[2]
FOLDERS = {
    "example": ROOT / "examples",
    "operator": ROOT / "tests/data/operators",
    "control": ROOT / "tests/data/controls",
}
BIG = {"sum": sum, "product": math.prod, "maximum": max, "minimum": min}


def evaluate(node, at):
    """A term or a formula at a point: ``at`` gives arrays by variable and numbers by sort."""
    match node:
        case Number(value):
            return float(value)
        case Size(sort):
            return at[sort]
        case Variable():
            return at[node.name][tuple(index.number - 1 for index in node.indices)]
        case Add():
            return sum(evaluate(part, at) for part in node.parts)
        case Multiply():
            return math.prod(evaluate(part, at) for part in node.parts)
        case Power(base, exponent):
            return evaluate(base, at) ** evaluate(exponent, at)
        case Exp(argument):
            return math.exp(evaluate(argument, at))
        case Log(argument):
            return math.log(evaluate(argument, at))
        case Big(kind, sort):
            return BIG[kind](evaluate(node.at(Literal(n, sort)), at) for n in range(1, at[sort] + 1))
        case Extreme():
            return BIG[node.kind](evaluate(part, at) for part in node.arguments)
        case If(condition, then, otherwise):
            return evaluate(then if evaluate(condition, at) else otherwise, at)
        case Less(left, right):
            return evaluate(left, at) < evaluate(right, at)
        case AtMost(left, right):
            return evaluate(left, at) <= evaluate(right, at)
        case Equal(left, right):
            return evaluate(left, at) == evaluate(right, at)
        case Same(left, right):
            return left.number == right.number
        case Distinct(left, right):
            return left.number != right.number
    raise TypeError(type(node).__name__)


def softened(p, temperatures):
    powers = p ** (1 / temperatures)[:, None]
    return powers / powers.sum(axis=1, keepdims=True)


def point(teachers, outcomes, seed, temperature=True):
    random = np.random.default_rng(seed)
    raw, weights = random.dirichlet(np.ones(outcomes), teachers), random.dirichlet(np.ones(teachers))
    temperatures = random.uniform(0.5, 3, teachers) if temperature else np.ones(teachers)
    return {
        **{"raw": raw, "T": temperatures, "w": weights, "p": softened(raw, temperatures)},
        **{"teacher": teachers, "outcome": outcomes},
    }


def n(mass):
    return mass / mass.sum()


def linear(p, w):
    return w @ p


def geometric(p, w):
    return n(np.exp(w @ np.log(p)))


def power_mean(p, w, r):
    return n((w @ p**r) ** (1 / r))


def entropy(p):
    return -(p * np.log(p)).sum(axis=1)


def second_largest(x):
    return np.sort(x)[-2]


FORMULAS = {
    "linear": linear,
    "geometric": geometric,
    "harmonic": lambda p, w: power_mean(p, w, -1),
    "power-1/2": lambda p, w: power_mean(p, w, 1 / 2),
    "power-2": lambda p, w: power_mean(p, w, 2),
    "maximum": lambda p, w: n(p.max(axis=0)),
    "minimum": lambda p, w: n(p.min(axis=0)),
    "product": lambda p, w: n(p.prod(axis=0)),
    "uniform-smoothed": lambda p, w: 0.9 * linear(p, w) + 0.1 / p.shape[1],
    "linear-geometric": lambda p, w: (linear(p, w) + geometric(p, w)) / 2,
    "pool-then-temper-2": lambda p, w: n(np.sqrt(linear(p, w))),
    "first-teacher": lambda p, w: p[0],
    "weighted-uniform": lambda p, w: np.full(p.shape[1], 1 / p.shape[1]),
    # examples
    "mean-of-logits": lambda p, w: n(np.exp(np.log(p).mean(axis=0))),
    "mean-of-probabilities": lambda p, w: p.mean(axis=0),
    "softmax-of-weighted-mean": lambda p, w: n(np.exp((p * w[:, None]).mean(axis=0))),
    "softmax-of-mean": lambda p, w: n(np.exp(p.mean(axis=0))),
    "entropy-weighting-as-coded": lambda p, w, raw: (1 - entropy(raw) / entropy(raw).sum()) @ p / len(p),
    "contrastive-decoding": lambda p, w: n(np.exp(np.log(p[0]) - np.log(p[1]) / 2)),
    "taid": lambda p, w: n(np.exp(0.6 * np.log(p[0]) + 0.4 * np.log(p[1]))),
    "sqrt-pool": lambda p, w: n(w @ np.sqrt(p)),
    # operators in no catalogue
    "linear-times-geometric": lambda p, w: n(linear(p, w) * geometric(p, w)),
    "two-thirds-linear": lambda p, w: (2 * linear(p, w) + geometric(p, w)) / 3,
    "power-third": lambda p, w: power_mean(p, w, 1 / 3),
    "maximum-plus-minimum": lambda p, w: n(p.max(axis=0) + p.min(axis=0)),
    "cubed-weights": lambda p, w: linear(p, n(w**3)),
    "exponential-of-logs": geometric,
    "reciprocal-of-reciprocals": lambda p, w: power_mean(p, w, -1),
    "escort-mean": lambda p, w: n(w @ p**2),
    "root-of-linear-times-maximum": lambda p, w: n(np.sqrt(linear(p, w) * p.max(axis=0))),
    "half-linear-half-maximum": lambda p, w: (linear(p, w) + n(p.max(axis=0))) / 2,
    "log-linear-mixture": lambda p, w: n(linear(p, w) ** 0.25 * geometric(p, w) ** 0.75),
    "weights-then-uniform": lambda p, w: linear(p, 0.75 * w + 0.25 / len(w)),
    # controls
    "reciprocal-of-range": lambda p, w: n(1 / np.ptp(p, axis=0)),
    "unnormalised-geometric": lambda p, w: np.exp(w @ np.log(p)),
    "thresholded-linear": lambda p, w: n(np.maximum(0, 2 * linear(p, w) - 1 / p.shape[1])),
    "reciprocal-of-linear": lambda p, w: n(1 / linear(p, w)),
    "unsoftened-linear": lambda p, w, raw: linear(raw, w),
    "top-two": lambda p, w: n(np.where(linear(p, w) >= second_largest(linear(p, w)), linear(p, w), 0)),
    "first-outcome-doubled": lambda p, w: n(linear(p, w) * np.r_[2, np.ones(p.shape[1] - 1)]),
    "temperature-plus-one": lambda p, w, raw, T: n(w @ raw ** (1 / (1 + T))[:, None]),
}

DECLARED = [
    *operators(),
    *(load_toml(path) for folder in FOLDERS.values() for path in sorted(folder.glob("*.toml"))),
    find_operator(f"{FOLDERS['example'] / 'sqrt_pool.py'}:sqrt_pool"),
]


def value(formula, at):
    names = formula.__code__.co_varnames[: formula.__code__.co_argcount]
    return formula(**{name: at[name] for name in names})


def agrees(term, formula, at):
    found = [
        evaluate(substitute(term, {ENSEMBLE.free: Literal(i, "outcome")}), at)
        for i in range(1, at["outcome"] + 1)
    ]
    return np.allclose(found, value(formula, at), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("declared", DECLARED, ids=lambda declared: declared.id)
def test_an_operator_means_its_formula(declared):
    fixed = dict(declared.sizes).get("teacher")
    for seed, (teachers, outcomes) in enumerate([(2, 2), (3, 4), (4, 3), (2, 5)]):
        at = point(fixed or teachers, outcomes, seed)
        assert agrees(declared.value, FORMULAS[declared.id], at)


BASED = [declared for declared in DECLARED if declared.base is not None]


@pytest.mark.parametrize("declared", BASED, ids=lambda declared: declared.id)
def test_a_base_is_the_operator_at_temperature_one_but_for_the_control(declared):
    at = point(3, 4, 7, temperature=False)
    assert agrees(declared.base, FORMULAS[declared.id], at) == (declared.id != "temperature-plus-one")


def test_a_wrong_formula_is_noticed():
    assert not agrees(find_operator("linear").value, FORMULAS["geometric"], point(3, 4, 0))


def test_every_formula_is_declared_once():
    assert sorted(declared.id for declared in DECLARED) == sorted(FORMULAS)
