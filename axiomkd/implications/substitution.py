"""A premise at an input: which terms stand for its variables, and what its formulas become there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from axiomkd.catalogue import find_statement
from axiomkd.kernel.application import match
from axiomkd.kernel.judgement import Fact, Goal, Refused
from axiomkd.kernel.terms import (
    Continuous,
    Defined,
    Formula,
    Free,
    Index,
    InHull,
    Log,
    Node,
    Power,
    Tends,
    Term,
    fresh,
    in_hull,
    open_binder,
    replace_variables,
    substitute,
    subterms,
)
from axiomkd.statement import Scope
from axiomkd.theories.ensemble.setting import OUTCOME, TEACHER, transported
from axiomkd.theories.ensemble.unknown import UNKNOWN


@dataclass(frozen=True)
class Instance:
    """A premise at an input.

    ``definitions`` gives for variables of the premise the term in their place, with the indices on
    which it depends; a variable that is not named stands for the goal's own of this name. ``indices``
    does the same for the indices that the premise speaks of; an index that is not named stands for
    the goal's own if there is one, and for any index if there is none. ``sorts`` gives for sorts of
    which the premise takes any number, such as scenarios, the goal's sort in their place. With
    ``conditional`` what the premise's domain asks of single indices is not shown: the facts that it
    gives have it as hypotheses.
    """

    premise: str
    definitions: tuple[tuple[str, tuple[Free, ...], Term], ...] = ()
    indices: tuple[tuple[Free, Index], ...] = ()
    sorts: tuple[tuple[str, str], ...] = ()
    conditional: bool = False

    @property
    def is_total(self) -> bool:
        """Whether what stands for the premise's variables is defined whatever the goal's variables are."""
        values = (part for _, _, value in self.definitions for part in subterms(value))
        return not any(isinstance(part, Power | Log) for part in values)


def premise_goal(name: str, scope: Scope) -> Goal:
    """What a premise says of the unknown rule.

    :raises Refused: when it says nothing of its values at inputs.
    """
    goal = find_statement(name).goal(UNKNOWN, scope)
    if goal is None or goal.limit or goal.permutations:
        raise Refused(f"expected a statement about the values at inputs, got {name}")
    return goal


def in_other_sorts(goal: Goal, sorts: tuple[tuple[str, str], ...]) -> Goal:
    """A premise with one sort in the place of another, of which it takes any number.

    :raises Refused: for teachers and outcomes, on which the rule itself depends, and for fixed numbers.
    """
    for old, new in sorts:
        if old in (TEACHER, OUTCOME) or (old, None) not in goal.sizes:
            raise Refused(f"expected a sort of which the premise takes any number, got {old}")
        facts = tuple(
            Fact(
                tuple(cast(Free, transported(x, old, new)) for x in fact.indices),
                cast(Formula, transported(fact.conclusion, old, new)),
                tuple(cast(Formula, transported(x, old, new)) for x in fact.hypotheses),
            )
            for fact in goal.facts
        )
        goal = replace(
            goal,
            sizes=tuple(size for size in goal.sizes if size[0] != old),
            variables=tuple((n, tuple(new if x == old else x for x in xs)) for n, xs in goal.variables),
            facts=facts,
            conclusions=tuple(cast(Formula, transported(x, old, new)) for x in goal.conclusions),
            indices=tuple(cast(Free, transported(x, old, new)) for x in goal.indices),
        )
    return goal


def is_about_values(goal: Goal) -> bool:
    """Whether the goal compares aggregates at inputs.

    A variable stands for an aggregate at one input; of its limits and continuity it says nothing.
    """
    kinds = {type(formula) for formula in goal.conclusions}
    return goal.limit is None and not kinds & {Continuous, Tends} and kinds != {Defined}


def instance_of(fact: Fact, hypotheses: tuple[Formula, ...], conclusion: Formula) -> dict[Free, Index] | None:
    """The indices at which a fact is that the hypotheses imply the conclusion, if there are such."""
    general, found = frozenset(fact.indices), dict[Free, Index]()
    pairs = zip((fact.conclusion, *fact.hypotheses), (conclusion, *hypotheses), strict=False)
    same = len(fact.hypotheses) == len(hypotheses) and all(match(a, b, general, found) for a, b in pairs)
    return found if same else None


@dataclass
class Substitution:
    """A premise's formulas at the input of an instance; its general indices get names of their own."""

    instance: Instance
    premise: Goal
    goal: Goal
    names: dict[Node, Node] = field(default_factory=dict)

    def __post_init__(self) -> None:
        own = set(self.goal.indices)
        given = dict(self.instance.indices)
        for index in self.premise.indices:
            if index in given and given[index].sort != index.sort:
                raise Refused(f"expected an index of the sort {index.sort}, got {given[index]}")
            self.names[index] = given.get(index) or (index if index in own else self._general(index))

    def _general(self, index: Free) -> Free:
        taken = index in self.goal.indices
        return cast(Free, Free(f"{index.name}_", index.sort)) if taken else index

    def index(self, index: Free) -> Index:
        """What stands for an index of the premise."""
        return cast(Index, self.names.get(index)) or self._general(index)

    def fact(self, fact: Fact) -> Fact:
        """A fact of the premise; it is asked for all of its own indices, whatever else has their names."""
        taken = {*self.goal.indices, *self.premise.indices}
        taken.update(*(value.free for _, _, value in self.instance.definitions))
        taken.update(*(index.free for index in self.names.values()))
        own = {index: apart(index, taken | set(fact.indices)) for index in fact.indices if index in taken}
        conclusion, *hypotheses = (
            self(cast(Formula, substitute(formula, own))) for formula in (fact.conclusion, *fact.hypotheses)
        )
        return Fact(tuple(own.get(index, index) for index in fact.indices), conclusion, tuple(hypotheses))

    def __call__(self, formula: Formula) -> Formula:
        indices = {x: self.index(x) for x in free_indices(formula)}
        definitions = {name: _function(formal, value) for name, formal, value in self.instance.definitions}
        return cast(Formula, _replaced(substitute(formula, indices), definitions))


def apart(index: Free, taken: set[Free]) -> Free:
    """An index of this sort that has none of these names."""
    while index in taken:
        index = cast(Free, Free(f"{index.name}_", index.sort))
    return index


def _function(formal: tuple[Free, ...], value: Term) -> Callable[..., Term]:
    return lambda *indices: cast(Term, substitute(value, dict(zip(formal, indices, strict=True))))


def _replaced(node: Node, definitions: Mapping[str, Callable[..., Term]]) -> Node:
    if isinstance(node, InHull):
        k, i = fresh(node.vertex_sort), fresh(node.coordinate_sort)
        point, vertices = open_binder(node.point, i), open_binder(open_binder(node.vertices, k, 1), i)
        parts = (cast(Term, replace_variables(part, definitions)) for part in (point, vertices))
        return in_hull(k, i, *parts)
    return replace_variables(node, definitions)


def free_indices(*nodes: Node) -> tuple[Free, ...]:
    """The free indices of terms, in the order in which they occur."""
    return tuple(dict.fromkeys(part for node in nodes for part in subterms(node) if isinstance(part, Free)))
