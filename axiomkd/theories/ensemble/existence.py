"""What is to be shown of the unknown of an implicit operator: that it exists, and what it does to q.

With the equation :math:`f(x, c) = g(x, c)` at the input x, its declared ends :math:`a(x), b(x)` and the
aggregate :math:`G(x, c)`, each statement here is one hypothesis of the theorems in
:mod:`axiomkd.theories.ensemble.arguments`. The teachers are taken as they are, at temperature 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import cast

from axiomkd.kernel.judgement import Fact, Goal
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Big,
    Comparison,
    Continuous,
    Defined,
    Distinct,
    Equal,
    Formula,
    If,
    Less,
    Number,
    Same,
    Size,
    Tends,
    Term,
    big_sum,
    delta,
    fresh,
    replace_variables,
    variable,
    variables,
)
from axiomkd.language.implicit import Implicit
from axiomkd.operator import Operator
from axiomkd.statement import Scope, Statement, Template
from axiomkd.theories.ensemble.setting import (
    CLOSED,
    INTERIOR,
    OUTCOME,
    TEMPERATURES,
    WEIGHTS,
    Setting,
    Teachers,
    a,
    i,
    j,
    k,
    m,
    p,
    positive,
    softened,
    taken_names,
    tau,
    temperature,
)
from axiomkd.theories.ensemble.solutions import numbered

DOMAINS: Mapping[str, tuple[Fact, ...]] = {"interior": INTERIOR, "closed": CLOSED}


def _unknown(operator: Operator) -> Implicit:
    return cast(Implicit, operator.implicit)


def _at(operator: Operator, formula: Term | Formula, value: Term) -> Formula:
    """A term or condition of the declaration with a number in the place of the unknown."""
    given: dict[str, Callable[..., Term]] = {_unknown(operator).name: lambda *_: value}
    return cast(Formula, replace_variables(formula, given))


def _names(operator: Operator) -> Iterator[Term]:
    """Variables for values of the unknown."""
    return map(variable, numbered(_unknown(operator).name, taken_names(operator)))


def _equation(operator: Operator) -> tuple[Term, Term]:
    equation = _unknown(operator).conditions[0]
    return equation.left, equation.right


def _solves(operator: Operator, value: Term) -> tuple[Fact, ...]:
    """The facts that a number is a solution; a condition has no other index than that of the outcome."""
    conditions = _unknown(operator).conditions
    return tuple(Fact(tuple(c.free), _at(operator, c, value)) for c in conditions)


def _between(operator: Operator, value: Term) -> tuple[Fact, ...]:
    low, high = _unknown(operator).between
    return Fact((), cast(Formula, AtMost(low, value))), Fact((), cast(Formula, AtMost(value, high)))


def _defined(*values: object) -> tuple[Formula, ...]:
    return tuple(cast(Formula, Defined(value)) for value in values)


def _continuous(*values: object) -> tuple[Formula, ...]:
    return tuple(cast(Formula, Continuous(value)) for value in values)


# -- hypotheses -----------------------------------------------------------------------------


def _ends(domain: str, operator: Operator, scope: Scope) -> Goal:
    low, high = _unknown(operator).between
    ordered = [(low, high)]
    for end, turn in ((low, 1), (high, -1)):
        ordered.append(tuple(_at(operator, side, end) for side in _equation(operator))[::turn])
    signs = (cast(Formula, AtMost(*pair)) for pair in ordered)
    setting = Setting(DOMAINS[domain] + WEIGHTS)
    return setting.plain_goal(operator, scope, *signs, *_defined(low, high))


def _sides(domain: str, operator: Operator, scope: Scope) -> Goal:
    value = next(_names(operator))
    sides = [_at(operator, side, value) for side in _equation(operator)]
    where = [_at(operator, condition, value) for condition in _unknown(operator).conditions[1:]]
    setting = Setting((*DOMAINS[domain], *WEIGHTS, *_between(operator, value)))
    return setting.plain_goal(operator, scope, *_defined(*sides), *_continuous(*sides), *where)


def _unique(domain: str, operator: Operator, scope: Scope) -> Goal:
    names = _names(operator)
    one, other = next(names), next(names)
    values = [_at(operator, operator.value, name) for name in (one, other)]
    setting = Setting((*DOMAINS[domain], *WEIGHTS, *_solves(operator, one), *_solves(operator, other)))
    return setting.plain_goal(operator, scope, cast(Formula, Equal(*values)), *_defined(values[0]))


def _value(domain: str, operator: Operator, scope: Scope) -> Goal:
    value = next(_names(operator))
    aggregate = _at(operator, operator.value, value)
    setting = Setting((*DOMAINS[domain], *WEIGHTS, *_between(operator, value)))
    return setting.plain_goal(operator, scope, *_defined(aggregate), *_continuous(aggregate))


def _bounds(domain: str, operator: Operator, scope: Scope) -> Goal:
    """Nothing is given of the unknown here: where the ends jump, no value of it need be near."""
    setting = Setting(DOMAINS[domain] + WEIGHTS)
    return setting.plain_goal(operator, scope, *_continuous(*_unknown(operator).between))


def _softened(domain: str, operator: Operator, scope: Scope) -> Goal:
    teacher = softened(p, temperature)
    least = Less if domain == "interior" else AtMost
    setting = Setting(DOMAINS[domain] + TEMPERATURES)
    within = cast(Formula, least(ZERO, teacher(k, i))), cast(Formula, Equal(big_sum(i, teacher(k, i)), ONE))
    here = teacher(k, i)
    return setting.plain_goal(operator, scope, *_defined(here), *_continuous(here), *within)


def _hot(operator: Operator, scope: Scope) -> Goal:
    limit = 1 / cast(Term, Size(OUTCOME))
    return _running(operator, scope, Setting((*INTERIOR, positive(tau)), (a,), limit="infinity"), limit)


def _cold(operator: Operator, scope: Scope) -> Goal:
    best = Fact((j,), cast(Formula, Less(p(a, j), p(a, m))), (cast(Formula, Distinct(j, m)),))
    return _running(
        operator, scope, Setting((*INTERIOR, positive(tau), best), (a, m), limit="zero"), delta(i, m)
    )


def _running(operator: Operator, scope: Scope, setting: Setting, limit: Term) -> Goal:
    running = softened(p, lambda _: tau)(a, i)
    return setting.plain_goal(operator, scope, cast(Formula, Tends(running, limit)), *_defined(running))


def _hypothesis(name: str, title: str, meaning: str, domain: str, goal: Template) -> Statement:
    return Statement(f"solution.{name}", "ensemble", title, meaning, domain, goal)


def _on(domain: str, template: Callable[[str, Operator, Scope], Goal]) -> Template:
    return lambda operator, scope: template(domain, operator, scope)


ENDS, SIDES, UNIQUE, BOUNDS, VALUE, SOFTENED = (
    {
        domain: _hypothesis(f"{name}.{domain}", title, meaning, domain, _on(domain, template))
        for domain in DOMAINS
    }
    for name, title, meaning, template in (
        (
            "ends",
            "The sides of the equation change places between the ends",
            "At the one end the left side of the equation is at most the right side, at the other at least.",
            _ends,
        ),
        (
            "sides",
            "The sides of the equation are continuous between the ends",
            "Between the ends both sides are continuous in the unknown and the input, and what else is asked "
            "of the unknown holds.",
            _sides,
        ),
        (
            "unique",
            "All solutions give one aggregate",
            "Any two solutions give the same $q$, which is defined.",
            _unique,
        ),
        (
            "bounds",
            "The ends are continuous",
            "The two ends are continuous in the input.",
            _bounds,
        ),
        (
            "value",
            "The aggregate is continuous in the unknown and the input",
            "Between the ends $q$ is defined and continuous in the unknown and the input.",
            _value,
        ),
        (
            "softened",
            "Softened teachers are continuous",
            "A softened teacher is a distribution of the same kind, jointly continuous in $p$ and $T > 0$.",
            _softened,
        ),
    )
)
HOT = _hypothesis("hot", "A hot teacher", "As $T$ grows, a teacher becomes uniform.", "interior", _hot)
COLD = _hypothesis(
    "cold",
    "A cold teacher",
    "As $T$ falls to 0, a teacher with one best outcome becomes certain of it.",
    "interior",
    _cold,
)


# -- what a witness refutes -----------------------------------------------------------------


def inputs_defined(operator: Operator, scope: Scope, setting: Setting, teachers: Teachers = p) -> Goal:
    """That what the equation and the aggregate say without the unknown is defined at the teachers.

    Where it is not there is no solution, and no aggregate.
    """
    given: dict[str, Callable[..., Term]] = {"p": teachers, "raw": teachers, "T": lambda _: ONE}
    implicit = _unknown(operator)
    sides = (operator.value, *(side for c in implicit.conditions for side in cast(Comparison, c).parts))
    parts = dict.fromkeys(part for side in sides for part in _without(implicit.name, side))
    found = [replace_variables(part, given) for part in parts or (ONE,)]
    return setting.plain_goal(operator, scope, *_defined(*found))


def _without(name: str, node: Term) -> Iterator[Term]:
    """The greatest parts of a term that are free of a variable and count whatever it is."""
    if name not in variables(node):
        yield from () if isinstance(node, Number) else (node,)
        return
    match node:
        case Big(_, i.sort) if i not in node.free:
            yield from _without(name, node.at(i))
        case Big(_, sort):
            index = fresh(sort)
            yield from (big_sum(index, part) for part in _without(name, node.at(index)))
        case If(condition, then, otherwise):
            if name not in variables(condition):
                yield from (cast(Term, If(condition, part, ZERO)) for part in _without(name, then))
                yield from (cast(Term, If(condition, ZERO, part)) for part in _without(name, otherwise))
        case _:
            for part in node.parts:
                if isinstance(part, Term):
                    yield from _without(name, part)


def with_one(end: Callable[..., Term]) -> Teachers:
    """The teachers, teacher a replaced by a distribution that is given as a function of the outcome."""
    return lambda teacher, outcome: cast(Term, If(Same(teacher, a), end(outcome), p(teacher, outcome)))
