"""What every statement about ensembles is built from: domains, softened teachers, the aggregate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from axiomkd.errors import DeclarationError
from axiomkd.kernel.judgement import Fact, Goal
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Equal,
    Formula,
    Free,
    Index,
    Less,
    Node,
    Size,
    Term,
    big_sum,
    delta,
    fresh,
    rebuild,
    replace_variables,
    substitute,
    subterms,
    term,
    variable,
    variables,
)
from axiomkd.language.implicit import Implicit, Solution
from axiomkd.operator import Operator
from axiomkd.statement import NotAsked, Scope
from axiomkd.theories.ensemble.solutions import Solutions, asks_of_solutions, bound, spoken_names

TEACHER, OUTCOME, MERGED = "teacher", "outcome", "merged"
SCENARIO, ROW = "scenario", "row"
BLOCK, REST = "block", "rest"

Teachers = Callable[[Index, Index], Term]
Weights = Callable[[Index], Term]

k, l, a, b = (cast(Free, Free(name, TEACHER)) for name in "klab")  # noqa: E741
i, j, m = (cast(Free, Free(name, OUTCOME)) for name in "ijm")
s, d, tau, theta = (variable(name) for name in ("s", "d", "tau", "theta"))

VARIABLES = {
    "p": (TEACHER, OUTCOME),
    "w": (TEACHER,),
    "T": (TEACHER,),
    "x": (OUTCOME,),
    "L": (OUTCOME,),
    "c": (OUTCOME, MERGED),
    "y": (TEACHER, OUTCOME),
    "e": (OUTCOME,),
    "g": (TEACHER, OUTCOME),
    "h": (TEACHER,),
    "P": (SCENARIO, TEACHER, OUTCOME),
    "pi": (SCENARIO,),
    "eta": (SCENARIO, OUTCOME),
    "R": (ROW, OUTCOME),
    "rho": (ROW,),
    "f": (SCENARIO, TEACHER, ROW),
    "A": (BLOCK, OUTCOME),
    "u": (BLOCK,),
    "B": (REST, OUTCOME),
    "v": (REST,),
}


def p(teacher: Index, outcome: Index) -> Term:
    return variable("p", teacher, outcome)


def w(teacher: Index) -> Term:
    return variable("w", teacher)


def temperature(teacher: Index) -> Term:
    return variable("T", teacher)


def aggregate(
    operator: Operator,
    outcome: Index = i,
    teachers: Teachers = p,
    weights: Weights = w,
    temperatures: Callable[[Index], Term] = lambda _: ONE,
    raw: Teachers | None = None,
) -> Term:
    r""":math:`q(i) = G(p, T, w)(i)` with terms in the place of softened teachers, weights, temperatures."""
    definitions: dict[str, Callable[..., Term]] = {
        "p": teachers,
        "w": weights,
        "T": temperatures,
        "raw": raw or teachers,
    }
    if operator.implicit is not None:
        definitions[operator.implicit.name] = _solution(operator.implicit, dict(definitions))
    return cast(Term, replace_variables(substitute(operator.value, {i: outcome}), definitions))


def _solution(implicit: Implicit, given: Mapping[str, Callable[..., Term]]) -> Callable[..., Term]:
    """The unknown of an implicit operator at an input."""
    inputs = [bound(given[name], sorts) for name, sorts in implicit.inputs.items()]
    return lambda *indices: cast(Term, Solution(implicit, *indices, *inputs))


def softened(teachers: Teachers, temperatures: Callable[[Index], Term]) -> Teachers:
    r""":math:`\operatorname{soft}_{T_k}(p_k)(i) = p_k(i)^{1/T_k} / \sum_j p_k(j)^{1/T_k}`."""

    def teacher(index: Index, outcome: Index) -> Term:
        temperature = temperatures(index)
        exponent = ONE if temperature is ONE else 1 / temperature
        other = fresh(outcome.sort)
        return teachers(index, outcome) ** exponent / big_sum(other, teachers(index, other) ** exponent)

    return teacher


def uses_temperature(operator: Operator) -> bool:
    """Whether the formula itself, or the equation of its unknown, writes T or the unsoftened teachers."""
    spoken = (operator.value, *(operator.implicit.conditions if operator.implicit else ()))
    return not frozenset().union(*map(variables, spoken)).isdisjoint({"T", "raw"})


def on_path(teacher: Free) -> Weights:
    r"""The weights :math:`(1-s) w + s e_k`: teacher k gains, the others shrink in proportion."""
    return lambda index: (1 - s) * w(index) + s * delta(index, teacher)


def simplex(name: str, indices: tuple[Free, ...], least: type[Formula] = AtMost) -> tuple[Fact, ...]:
    """The variable is, in its last index, a point of the simplex; of its interior with ``Less``."""
    entry = variable(name, *indices)
    total = cast(Formula, Equal(big_sum(indices[-1], entry), ONE))
    return Fact(indices, cast(Formula, least(ZERO, entry))), Fact(indices[:-1], total)


INTERIOR = simplex("p", (k, i), Less)
CLOSED = simplex("p", (k, i))
WEIGHTS = simplex("w", (k,))
TEMPERATURES = (Fact((k,), cast(Formula, Less(ZERO, temperature(k)))),)
PATH = (Fact((), cast(Formula, AtMost(ZERO, s))), Fact((), cast(Formula, AtMost(s, ONE))))


def positive(value: Term) -> Fact:
    return Fact((), cast(Formula, Less(ZERO, value)))


def within_ranges(operator: Operator) -> tuple[Fact, ...]:
    """That every parameter with a range is in it."""
    ranges = operator.ranges.items()
    return tuple(Fact((), formula) for name, values in ranges for formula in values.facts(variable(name)))


def at_least(number: int, sort: str) -> Fact:
    return Fact((), cast(Formula, AtMost(term(number), cast(Term, Size(sort)))))


def large_enough(operator: Operator, scope: Scope) -> tuple[Fact, ...]:
    """That the sizes which are not fixed are some for which the operator is meant."""
    open_sizes = [(sort, n) for sort, n in operator.least if fixed_size(operator, scope, sort) is None]
    return tuple(at_least(number, sort) for sort, number in open_sizes)


def formulas_of(facts: Iterable[Fact]) -> list[Formula]:
    return [formula for fact in facts for formula in (fact.conclusion, *fact.hypotheses)]


def taken_names(operator: Operator, *formulas: Formula) -> frozenset[str]:
    """The names that a variable for an unknown must not have."""
    return frozenset((*VARIABLES, *operator.ranges)).union(*map(spoken_names, formulas))


@dataclass(frozen=True)
class Setting:
    """The facts of a statement's domain, and what it speaks of."""

    facts: tuple[Fact, ...]
    indices: tuple[Free, ...] = ()
    permutations: tuple[tuple[str, str], ...] = ()
    limit: str | None = None

    def goal(self, operator: Operator, scope: Scope, *conclusions: Formula) -> Goal:
        """The goal for every value of the operator's parameters within their ranges.

        Of an implicit operator it speaks of every solution.

        :raises NotAsked: where that cannot be asked of an implicit operator.
        """
        if not asks_of_solutions(operator, conclusions, self.limit):
            raise NotAsked(f"expected a statement about every solution of {operator.id}, got another")
        return self.plain_goal(operator, scope, *conclusions)

    def plain_goal(self, operator: Operator, scope: Scope, *conclusions: Formula) -> Goal:
        """The goal whatever it asks of an implicit operator's solutions."""
        enough = (fact for fact in large_enough(operator, scope) if fact not in self.facts)
        facts = (*self.facts, *enough, *within_ranges(operator))
        unknowns = Solutions(self.indices, taken_names(operator, *conclusions, *formulas_of(facts)))
        conclusions = tuple(map(unknowns.named, conclusions))
        facts = (*map(unknowns.fact, facts), *unknowns.facts)
        formulas = formulas_of(facts)
        names = frozenset().union(*map(variables, (*formulas, *conclusions)))
        if self.limit:
            names |= {"tau"}
        sorts = {**VARIABLES, **unknowns.sorts}
        declared = tuple((name, sorts.get(name, ())) for name in sorted(names))
        sizes = self._sizes(operator, scope, (*formulas, *conclusions))
        limit = ("tau", self.limit) if self.limit else None
        return Goal(sizes, declared, facts, conclusions, self.indices, self.permutations, limit)

    def _sizes(
        self, operator: Operator, scope: Scope, formulas: tuple[Formula, ...]
    ) -> tuple[tuple[str, int | None], ...]:
        sizes = (
            (TEACHER, fixed_size(operator, scope, TEACHER)),
            (OUTCOME, fixed_size(operator, scope, OUTCOME)),
        )
        found = {sort for f in formulas for sort in _sorts(f)} - {TEACHER, OUTCOME}
        outcomes = sizes[1][1]
        fixed = {MERGED: None if outcomes is None else outcomes - 1}
        return (*sizes, *((sort, fixed.get(sort)) for sort in sorted(found)))


def _sorts(formula: Formula) -> set[str]:
    """The sorts of the indices that a formula's variables have, and of its sizes."""
    sorts = {sort for name in variables(formula) for sort in VARIABLES.get(name, ())}
    return sorts | {part.sort for part in subterms(formula) if isinstance(part, Size)}


def fixed_size(operator: Operator, scope: Scope, sort: str) -> int | None:
    """The size of a sort that declaration and scope agree on; raises ``DeclarationError`` if they do not."""
    declared, least = (dict(given).get(sort) for given in (operator.sizes, operator.least))
    asked = scope.teachers if sort == TEACHER else scope.outcomes
    letter = "K" if sort == TEACHER else "V"
    if None not in (declared, asked) and declared != asked:
        raise DeclarationError(
            f"{operator.id}: expected {letter} = {declared} as declared, got {letter} = {asked}"
        )
    if asked is not None and least is not None and asked < least:
        raise DeclarationError(
            f"{operator.id}: expected {letter} >= {least} as declared, got {letter} = {asked}"
        )
    return declared if asked is None else asked


def is_meant_at(operator: Operator, scope: Scope) -> bool:
    """Whether no size of a scope is below those from which on the operator is meant."""
    asked = {TEACHER: scope.teachers, OUTCOME: scope.outcomes}
    return all((asked[sort] or least) >= least for sort, least in operator.least)


def transported(node: Node, old: str, new: str) -> Node:
    """A term about another sort: every index and operation over the old sort is over the new one."""
    parts = tuple(
        transported(part, old, new) if isinstance(part, Node) else new if part == old else part
        for part in node.parts
    )
    return rebuild(node, parts)
