"""Operators as NumPy functions: which ones look alike, and which statements look false. Never believed."""

from __future__ import annotations

import hashlib
import inspect
from functools import lru_cache
from typing import cast

import numpy as np

from axiomkd.catalogue import find_statement
from axiomkd.kernel.terms import Continuous, Free, Tends, Term, close_binder, variables
from axiomkd.operator import Operator
from axiomkd.operators import CATALOGUE
from axiomkd.provers.counterexample.numeric import Batch, Floats, Numeric
from axiomkd.statement import Scope, Statement
from axiomkd.theories.ensemble.predicates.numbers import Aggregate, softened
from axiomkd.theories.ensemble.setting import is_meant_at
from axiomkd.theories.ensemble.signature import ENSEMBLE

Sizes = tuple[int, int]
LOOKED_AT: tuple[Sizes, ...] = ((2, 3), (3, 4))
"""Numbers of teachers and outcomes at which operators are compared."""
COMPARED = 4
DIGITS = 9
SCREENED: tuple[Sizes, ...] = ((1, 2), (2, 2), (2, 3), (3, 3))
"""Numbers of teachers and outcomes at which statements are tried."""
TRIED = 150
CONCENTRATIONS = (0.3, 1.0, 3.0)
TEMPERATURES = (0.5, 2 / 3, 1.0, 1.5, 2.0, 3.0)
CLEAR = 3.0
"""How many times as probable as before a best outcome is made where temperatures go to zero."""


def rule_of(operator: Operator) -> Aggregate:
    """The operator as a function of teachers (inputs, K, V), weights and temperatures (inputs, K).

    >>> from axiomkd.registry import find_operator
    >>> p, w = np.array([[[0.5, 0.5], [0.1, 0.9]]]), np.array([[0.5, 0.5]])
    >>> rule_of(find_operator("linear"))(p, w)
    array([[0.3, 0.7]])
    """
    return _aggregate(operator.value)


def base_of(operator: Operator) -> Aggregate:
    """What is required of the operator at temperature 1."""
    return _aggregate(operator.value if operator.base is None else operator.base)


def is_explicit(operator: Operator) -> bool:
    """Whether the aggregate is a formula in teachers, weights and temperatures alone."""
    return variables(operator.value) <= set(ENSEMBLE.variables)


def _aggregate(value: Term) -> Aggregate:
    body = cast(Term, close_binder(value, cast(Free, Free("i", "outcome"))))

    def aggregate(p: Floats, w: Floats, T: Floats | None = None) -> Floats:
        count, teachers, outcomes = p.shape
        values = {
            "p": np.moveaxis(p if T is None else softened(p, T), 0, -1),
            "raw": np.moveaxis(p, 0, -1),
            "w": w.T,
            "T": np.ones((teachers, count)) if T is None else T.T,
        }
        batch = Batch({"teacher": teachers, "outcome": outcomes}, count, values, {}, {})
        with np.errstate(all="ignore"):
            found = Numeric(batch).value(body)
        return np.broadcast_to(found, (outcomes, count)).T

    return aggregate


def fingerprint(operator: Operator) -> str:
    """A text that equal operators share, but for rounding; different ones hardly ever do."""
    rule, found = rule_of(operator), []
    for sizes in LOOKED_AT:
        inputs = _inputs(sizes, COMPARED)
        found.append(rule(inputs["p"], inputs["w"], inputs["T"]))
    numbers = " ".join(f"{x:.{DIGITS}e}" for array in found for x in array.ravel())
    return hashlib.sha256(numbers.encode()).hexdigest()[:32]


def looks_false(operator: Operator, statement: Statement) -> Sizes | None:
    """The smallest sizes at which the statement's predicate fails at some input that is tried."""
    if statement.predicate is None or not is_screened(statement) or not is_explicit(operator):
        return None
    fixed = dict(operator.sizes)
    wanted = _wanted(statement)
    given = {"base": base_of(operator)} if "base" in wanted else {}
    for teachers, outcomes in SCREENED:
        if not is_meant_at(operator, Scope(teachers, outcomes)):
            continue
        sizes = fixed.get("teacher", teachers), fixed.get("outcome", outcomes)
        inputs = _inputs(sizes, TRIED, statement.id.endswith("argmax"), statement.domain == "closed")
        chosen = {name: inputs[name] for name in wanted if name != "base"}
        if not statement.predicate(rule_of(operator), **chosen, **given).all():
            return sizes
    return None


def is_screened(statement: Statement) -> bool:
    """Whether a statement can be tried at random inputs of teachers, weights, temperatures and numbers."""
    return set(_wanted(statement)) <= {*_inputs(SCREENED[0], TRIED), "base"}


def _wanted(statement: Statement) -> list[str]:
    """What a statement's predicate takes beside the rule; something that no input has where it has none."""
    if statement.predicate is None:
        return [""]
    return list(inspect.signature(statement.predicate).parameters)[1:]


@lru_cache(maxsize=64)
def _inputs(sizes: Sizes, count: int, clear: bool = False, closed: bool = False) -> dict[str, Floats]:
    """Random inputs by the names that predicates use; always the same."""
    teachers, outcomes = sizes
    rng = np.random.default_rng([teachers, outcomes, count])

    def distributions(shape: tuple[int, ...], zeros: float) -> Floats:
        concentration = rng.choice(CONCENTRATIONS, count).reshape(-1, *[1] * (len(shape) - 1))
        rows = rng.standard_gamma(concentration, shape) + 1e-3
        kept = rng.integers(0, shape[-1], shape[:-1])[..., None]
        gone = (rng.random(shape) < zeros) & (np.arange(shape[-1]) != kept)
        rows = np.where(gone, 0.0, rows)
        return cast(Floats, rows / rows.sum(axis=-1, keepdims=True))

    def points() -> Floats:
        p = distributions((count, teachers, outcomes), 0.3 if closed else 0.0)
        if clear:
            p = np.where(p == p.max(axis=-1, keepdims=True), CLEAR * p, p)
            p /= p.sum(axis=-1, keepdims=True)
        return p

    def temperatures() -> Floats:
        return rng.choice(TEMPERATURES, (count, teachers))

    w = distributions((count, teachers), 0.1)
    held = w[np.arange(count), rng.integers(0, teachers, count)]
    s, t = np.sort(rng.random((2, count)), axis=0)
    tau, theta = np.sort(rng.choice(TEMPERATURES, (2, count)), axis=0)
    towards = (points(), distributions((count, teachers), 0.1), temperatures())
    found = {"p": points(), "w": w, "T": temperatures(), "towards": towards}
    found |= {"d": np.where(held == 0, 0.1, held * rng.choice([1, 0.5], count)), "s": s, "t": t}
    found |= {"tau": tau, "theta": theta, "x": distributions((count, outcomes), 0.0)}
    return cast("dict[str, Floats]", found | {"L": rng.choice([0.25, 1.0, 4.0], (count, outcomes))})


@lru_cache(maxsize=256)
def cost(name: str) -> tuple[bool, int]:
    """How dear it is to refute a statement: those about limits come last, few variables before many.

    >>> cost("convexity.simplex") < cost("weight_monotonicity.exchange") < cost("continuity.interior")
    True
    """
    goal = find_statement(name).goal(CATALOGUE[0](), Scope())
    if goal is None:
        return True, 0
    near = any(isinstance(conclusion, Continuous | Tends) for conclusion in goal.conclusions)
    return near, len(goal.variables)
