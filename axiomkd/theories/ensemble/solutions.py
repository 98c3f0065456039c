"""Unknowns of implicit operators in goals: a variable for each input, and the facts that define it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterator
from typing import cast

from axiomkd.kernel.judgement import Fact
from axiomkd.kernel.terms import (
    Big,
    Continuous,
    Defined,
    Formula,
    Free,
    Index,
    InHull,
    Node,
    Tends,
    Term,
    big,
    fresh,
    in_hull,
    open_binder,
    rebuild,
    replace_variables,
    substitute,
    subterms,
    variable,
    variables,
)
from axiomkd.language.implicit import Placed, Solution
from axiomkd.operator import Operator


class Solutions:
    """The variables that stand for unknowns in a goal: for every solution the goal is meant.

    A variable has an index for each index that its input depends on, but for those of the goal; what is
    claimed at such an input is claimed where there are solutions for every value of the index.
    """

    def __init__(self, goal_indices: tuple[Free, ...], taken: frozenset[str]) -> None:
        self.goal_indices, self.taken = goal_indices, taken
        self.names: dict[Node, str] = {}
        self.sorts: dict[str, tuple[str, ...]] = {}
        self.facts: list[Fact] = []

    def named(self, formula: Formula) -> Formula:
        """The formula with a variable for each unknown."""
        return cast(Formula, self._named(formula))

    def fact(self, fact: Fact) -> Fact:
        hypotheses = tuple(map(self.named, fact.hypotheses))
        return Fact(fact.indices, self.named(fact.conclusion), hypotheses)

    def _named(self, node: Node) -> Node:
        if not any(isinstance(part, Solution) for part in subterms(node)):
            return node
        match node:
            case Solution():
                return self._variable(node)
            case Big(kind, sort):
                index = fresh(sort)
                return big(kind, index, cast(Term, self._named(node.at(index))))
            case InHull():
                return self._named_hull(node)
        parts = (self._named(part) if isinstance(part, Node) else part for part in node.parts)
        return rebuild(node, tuple(parts))

    def _named_hull(self, hull: InHull) -> Node:
        k, i = fresh(hull.vertex_sort), fresh(hull.coordinate_sort)
        point, vertices = open_binder(hull.point, i), open_binder(open_binder(hull.vertices, k, 1), i)
        return in_hull(k, i, cast(Term, self._named(point)), cast(Term, self._named(vertices)))

    def _variable(self, solution: Solution) -> Term:
        free = frozenset().union(*(part.free for part in solution.inputs)) - set(self.goal_indices)
        arguments = sorted(free, key=lambda index: index.key)
        formal = {index: Free(f"{index.sort}{n}", index.sort) for n, index in enumerate(arguments, 1)}
        inputs = tuple(cast(Term, substitute(part, formal)) for part in solution.inputs)
        key = cast(Node, Solution(solution.implicit, *inputs))
        if key not in self.names:
            self._declare(key, solution, tuple(formal.values()), inputs)
        return variable(self.names[key], *arguments, *solution.indices)

    def _declare(
        self, key: Node, solution: Solution, formal: tuple[Free, ...], inputs: tuple[Term, ...]
    ) -> None:
        implicit = solution.implicit
        name = next(numbered(implicit.name, self.taken.union(self.sorts)))
        self.names[key] = name
        self.sorts[name] = (*(index.sort for index in formal), *implicit.sorts)
        given: dict[str, Callable[..., Term]] = {
            spoken: _function(value) for spoken, value in zip(implicit.inputs, inputs, strict=True)
        }
        placed = isinstance(implicit, Placed)
        given[Placed.HOLE if placed else implicit.name] = lambda *indices: variable(name, *formal, *indices)
        outer = self.goal_indices if placed else ()
        for condition in implicit.conditions:
            own = {
                index: Free(f"{index.sort}{len(formal) + 1}", index.sort)
                for index in sorted(condition.free, key=lambda index: index.key)
                if index not in outer
            }
            formula = cast(Formula, replace_variables(substitute(condition, own), given))
            self.facts.append(Fact((*formal, *own.values()), self.named(formula)))


def numbered(name: str, taken: Collection[str]) -> Iterator[str]:
    """The name with the numbers 1, 2, .. behind it, without those that are taken."""
    return (found for n in itertools.count(1) if (found := f"{name}{n}") not in taken)


def spoken_names(formula: Node) -> frozenset[str]:
    """The variables in a formula, and in the conditions of the unknowns in it."""
    conditions = (
        c for part in subterms(formula) if isinstance(part, Solution) for c in part.implicit.conditions
    )
    return variables(formula).union(*map(variables, conditions))


def asks_of_solutions(operator: Operator, conclusions: tuple[Formula, ...], limit: str | None) -> bool:
    """Whether a goal can be about every solution of an implicit operator.

    It cannot where there being a solution is the question, or where limits of solutions matter.
    """
    if operator.implicit is None:
        return True
    kinds = {type(formula) for formula in conclusions}
    return not (limit or kinds & {Continuous, Tends} or kinds == {Defined})


def _function(value: Term) -> Callable[..., Term]:
    """The input under the sums that bind its indices."""

    def at(*indices: Index) -> Term:
        inside = value
        for index in indices:
            inside = cast(Big, inside).at(index)
        return inside

    return at


def bound(function: Callable[..., Term], sorts: tuple[str, ...]) -> Term:
    """A function of indices as a sum over them, which only binds them."""
    indices = [fresh(sort) for sort in sorts]
    inside = function(*indices)
    for index in reversed(indices):
        inside = big("sum", index, inside)
    return inside
