"""Every declared operator means its formula: the kernel's term agrees with NumPy, written apart."""

import math
from pathlib import Path

import numpy as np
import pytest
from support.formulas import FORMULAS, aggregate, base, softened

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


def point(teachers, outcomes, seed, temperature=True):
    random = np.random.default_rng(seed)
    raw, weights = random.dirichlet(np.ones(outcomes), teachers), random.dirichlet(np.ones(teachers))
    temperatures = random.uniform(0.5, 3, teachers) if temperature else np.ones(teachers)
    return {
        **{"raw": raw, "T": temperatures, "w": weights, "p": softened(raw, temperatures)},
        **{"teacher": teachers, "outcome": outcomes},
    }


DECLARED = [
    *operators(),
    *(load_toml(path) for folder in FOLDERS.values() for path in sorted(folder.glob("*.toml"))),
    find_operator(f"{FOLDERS['example'] / 'sqrt_pool.py'}:sqrt_pool"),
]


def agrees(term, name, at, meant=aggregate, **parameters):
    """Whether a term means the formula that is known under a name."""
    at = at | {name: np.array(number) for name, number in parameters.items()}
    found = [
        evaluate(substitute(term, {ENSEMBLE.free: Literal(i, "outcome")}), at)
        for i in range(1, at["outcome"] + 1)
    ]
    expected = meant(name, **parameters)(at["raw"][None], at["w"][None], at["T"][None])[0]
    return np.allclose(found, expected, rtol=1e-9, atol=1e-12)


EXPLICIT = [declared for declared in DECLARED if declared.implicit is None]


@pytest.mark.parametrize("declared", EXPLICIT, ids=lambda declared: declared.id)
def test_an_operator_means_its_formula(declared):
    fixed = dict(declared.sizes).get("teacher")
    for seed, (teachers, outcomes) in enumerate([(2, 2), (3, 4), (4, 3), (2, 5)]):
        at = point(fixed or teachers, outcomes, seed)
        parameters = {name: float(values.high) * 0.3 for name, values in declared.ranges.items()}
        assert agrees(declared.value, declared.id, at, **parameters)


BASED = [declared for declared in DECLARED if declared.base is not None]


@pytest.mark.parametrize("declared", BASED, ids=lambda declared: declared.id)
def test_a_base_is_the_operator_at_temperature_one_but_for_the_control(declared):
    at = point(3, 4, 7, temperature=False)
    assert agrees(declared.base, declared.id, at, meant=base)
    assert agrees(declared.base, declared.id, at) == (declared.id != "temperature-plus-one")


def test_the_additive_pool_solves_its_defining_equation():
    """The roots of the aggregate are the mean roots and one constant, not below zero; they sum to one."""
    for seed, (teachers, outcomes) in enumerate([(2, 2), (3, 4), (4, 3), (2, 5)]):
        at = point(teachers, outcomes, seed, temperature=False)
        value = find_operator("tsallis-1/2").value
        q = [
            evaluate(substitute(value, {ENSEMBLE.free: Literal(i + 1, "outcome")}), at)
            for i in range(outcomes)
        ]
        added = np.sqrt(q) - at["w"] @ np.sqrt(at["p"])
        assert np.isclose(sum(q), 1)
        assert np.allclose(added, added[0])
        assert added[0] >= 0


def test_a_wrong_formula_is_noticed():
    assert not agrees(find_operator("linear").value, "geometric", point(3, 4, 0))


def test_every_formula_is_declared_once():
    assert sorted(declared.id for declared in DECLARED) == sorted(FORMULAS)
