"""By which theorems statements about an implicit operator follow from what is shown of its unknown.

Most statements are meant for every solution of the equation, and a goal says that. Those here also say that
there is a solution, or speak of limits of aggregates: no single goal says that, but goals together do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import cast

from axiomkd.kernel.judgement import Fact, Goal
from axiomkd.kernel.terms import Distinct, Formula, Less, Size, Term, delta
from axiomkd.operator import Operator
from axiomkd.statement import Argument, Scope, Statement, Template
from axiomkd.theories.ensemble import convexity, ordering
from axiomkd.theories.ensemble.existence import (
    BOUNDS,
    COLD,
    ENDS,
    HOT,
    SIDES,
    SOFTENED,
    UNIQUE,
    VALUE,
    inputs_defined,
    with_one,
)
from axiomkd.theories.ensemble.setting import (
    CLOSED,
    INTERIOR,
    OUTCOME,
    WEIGHTS,
    Setting,
    a,
    j,
    m,
    p,
    uses_temperature,
)

RUDIN = "Rudin, Principles of Mathematical Analysis, Theorem 4.23"
MUNKRES = "Munkres, Topology, section 26, exercise 8"

_SOLVABLE = (
    "Between the two declared ends the difference of the sides of the equation is continuous in the unknown "
    "and changes its sign, so by the intermediate value theorem there is a solution; all solutions give one "
    "aggregate."
)
_CLOSED_GRAPH = (
    "Along inputs that converge, solutions between the ends are bounded, as the ends are continuous; the "
    "limit of a convergent subsequence solves the equation at the limit, so its aggregate is the one there. "
    "So the aggregates converge: a locally bounded function with a closed graph is continuous."
)
_SIMPLEX = {statement.id: statement for statement in convexity.STATEMENTS}["convexity.simplex"]
_ORDER = {statement.id: statement for statement in ordering.STATEMENTS}
_BY_CEILING = (
    "Each $q(i)$ is at most the greatest teacher's probability, whose limit is that of all teachers, and the "
    "limits sum to 1 as the aggregates do: by the squeeze theorem each $q(i)$ has that limit."
)
_BY_FLOOR = (
    "Each $q(i)$ is at least the least teacher's probability, whose limit is that of all teachers, and the "
    "limits sum to 1 as the aggregates do: by the squeeze theorem each $q(i)$ has that limit."
)


def _solvable(domain: str) -> tuple[Statement, ...]:
    return ENDS[domain], SIDES[domain], UNIQUE[domain]


def _exists(domain: str) -> tuple[Argument, ...]:
    return (Argument("intermediate-value", _SOLVABLE, RUDIN, _solvable(domain)),)


def _continuous(domain: str) -> tuple[Statement, ...]:
    return *_solvable(domain), BOUNDS[domain], VALUE[domain]


def _is_continuous(domain: str) -> tuple[Argument, ...]:
    parts = (*_continuous(domain), SOFTENED[domain])
    sentence = f"{_SOLVABLE} {_CLOSED_GRAPH} The teachers are softened continuously."
    return (Argument("closed-graph", sentence, MUNKRES, parts),)


def _at_limit(domain: str, limit: Statement) -> tuple[Argument, ...]:
    """The limit of one teacher's temperature is the aggregate at the limit of the teacher."""
    parts = (*_continuous(domain), limit)
    sentence = f"{_SOLVABLE} {_CLOSED_GRAPH} So the limit may be taken of the teacher instead."
    return (Argument("continuity-at-limit", sentence, MUNKRES, parts),)


def _squeezed(limit: Statement) -> tuple[Argument, ...]:
    found = (("ceiling", "attenuation.ceiling", _BY_CEILING), ("floor", "floor.atom", _BY_FLOOR))
    return tuple(
        Argument(
            f"squeeze-by-{name}",
            f"{_SOLVABLE} {sentence}",
            "Rudin, Principles of Mathematical Analysis, Theorems 3.19 and 4.23",
            (*_solvable("interior"), _SIMPLEX, _ORDER[bound], limit),
        )
        for name, bound, sentence in found
    )


ARGUMENTS: Mapping[str, tuple[Argument, ...]] = MappingProxyType(
    {
        "well_defined.interior": _exists("interior"),
        "well_defined.closed": _exists("closed"),
        "continuity.interior": _is_continuous("interior"),
        "continuity.closed": _is_continuous("closed"),
        "temperature.uniform": _at_limit("interior", HOT),
        "temperature.argmax": _at_limit("closed", COLD),
        "temperature.pool_uniform": _squeezed(HOT),
        "temperature.pool_argmax": _squeezed(COLD),
    }
)


def _on(facts: tuple[Fact, ...]) -> Template:
    return lambda operator, scope: inputs_defined(operator, scope, Setting(facts + WEIGHTS))


def _at_uniform(operator: Operator, scope: Scope) -> Goal:
    teachers = with_one(lambda _: 1 / cast(Term, Size(OUTCOME)))
    return inputs_defined(operator, scope, Setting(INTERIOR + WEIGHTS, (a,)), teachers)


def _at_one_hot(operator: Operator, scope: Scope) -> Goal:
    best = Fact((j,), cast(Formula, Less(p(a, j), p(a, m))), (cast(Formula, Distinct(j, m)),))
    setting = Setting((*INTERIOR, *WEIGHTS, best), (a, m))
    return inputs_defined(operator, scope, setting, with_one(lambda outcome: delta(outcome, m)))


_INPUTS: Mapping[str, Template] = MappingProxyType(
    {
        "temperature.uniform": _at_uniform,
        "temperature.argmax": _at_one_hot,
        **dict.fromkeys(("well_defined.closed", "continuity.closed"), _on(CLOSED)),
        **dict.fromkeys(("well_defined.interior", "continuity.interior"), _on(INTERIOR)),
        **dict.fromkeys(("temperature.pool_uniform", "temperature.pool_argmax"), _on(INTERIOR)),
    }
)
"""Of each statement the inputs at which the aggregate must be defined."""


def template(statement: Statement) -> Template:
    """The statement's goal; of an implicit operator the part that a witness may refute."""
    inputs = _INPUTS.get(statement.id)

    def goal(operator: Operator, scope: Scope) -> Goal | None:
        given = statement.goal if inputs is None or operator.implicit is None else inputs
        return given(operator, scope)

    return goal


def arguments(statement: Statement) -> Callable[[Operator], tuple[Argument, ...] | None] | None:
    """The theorems that may prove the statement of an operator, where it has an unknown.

    There is none where no ends are declared, or where temperatures do more than soften the teachers.
    """
    found = ARGUMENTS.get(statement.id)
    if found is None:
        return None

    def given(operator: Operator) -> tuple[Argument, ...] | None:
        if operator.implicit is None:
            return None
        return found if operator.implicit.between and not uses_temperature(operator) else ()

    return given
