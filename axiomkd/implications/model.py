r"""Every rule that satisfies these statements satisfies that one: what is claimed, and when it is proved.

The rule is an unknown function G. A statement about it is a goal in which G is applied to inputs; each
input gets a variable for the aggregate there. A premise may be used at any input: an *instance* says at
which, and becomes facts of the goal once the kernel has accepted that the input is in the premise's
domain. So a proof is a list of instances, each with its derivation, and a derivation of the conclusion.
Every rule meant here gives a distribution for every interior input; that is a premise of its own
(``STANDING``), used like the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import cast

from axiomkd.catalogue import find_statement
from axiomkd.errors import DeclarationError
from axiomkd.kernel.application import match
from axiomkd.kernel.check import Checked, check
from axiomkd.kernel.evidence import Derivation
from axiomkd.kernel.judgement import Fact, Goal, Refused
from axiomkd.kernel.terms import (
    Big,
    Comparison,
    Continuous,
    Defined,
    Formula,
    Free,
    Index,
    InHull,
    Node,
    Tends,
    Term,
    Variable,
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
from axiomkd.statement import Scope, Statement
from axiomkd.theories.ensemble.setting import OUTCOME
from axiomkd.theories.ensemble.unknown import UNKNOWN, Aggregate

STANDING = "convexity.simplex"
"""What every rule meant here satisfies: its aggregate is a distribution."""


@dataclass(frozen=True)
class Implication:
    """Every rule that satisfies the premises satisfies the conclusion, at the sizes of the scope."""

    premises: tuple[Statement, ...]
    conclusion: Statement
    scope: Scope = field(default_factory=Scope)

    @cached_property
    def usable(self) -> tuple[str, ...]:
        """The ids of the statements that an instance may be of."""
        return tuple(dict.fromkeys((STANDING, *(statement.id for statement in self.premises))))


@dataclass(frozen=True)
class Instance:
    """A premise at an input.

    ``definitions`` gives for variables of the premise the term in their place, with the indices on
    which it depends; a variable that is not named stands for the goal's own of this name. ``indices``
    does the same for the indices that the premise speaks of; an index that is not named stands for
    the goal's own if there is one, and for any index if there is none.
    """

    premise: str
    definitions: tuple[tuple[str, tuple[Free, ...], Term], ...] = ()
    indices: tuple[tuple[Free, Index], ...] = ()


@dataclass(frozen=True)
class Argument:
    """A proof: instances, each with the derivation that its input is in the domain, then the conclusion."""

    instances: tuple[tuple[Instance, Derivation | None], ...]
    derivation: Derivation


@dataclass
class Situation:
    """The goal as far as instances have been added, and which variable stands for which aggregate."""

    implication: Implication
    aggregates: dict[Node, str] = field(default_factory=dict)
    goal: Goal = field(init=False)

    def __post_init__(self) -> None:
        asked = self.implication.conclusion.goal(UNKNOWN, self.implication.scope)
        if asked is None or not is_about_values(asked):
            wanted = "a conclusion about the values of a rule, not its limits or its domain"
            raise DeclarationError(f"expected {wanted}, got {self.implication.conclusion.id}")
        self.goal = replace(asked, facts=(), conclusions=())
        facts = tuple(self._fact(fact) for fact in asked.facts)
        conclusions = tuple(self.named(formula) for formula in asked.conclusions)
        self.goal = replace(self.goal, facts=facts, conclusions=conclusions)

    def _fact(self, fact: Fact) -> Fact:
        hypotheses = tuple(self.named(formula) for formula in fact.hypotheses)
        return Fact(fact.indices, self.named(fact.conclusion), hypotheses)

    # -- aggregates as variables ----------------------------------------------------------------

    def named(self, formula: Formula) -> Formula:
        """The formula with a variable for each aggregate; new ones are declared in the goal."""
        return cast(Formula, self._named(formula))

    def _named(self, node: Node) -> Node:
        if isinstance(node, Aggregate):
            return self._variable(node)
        if not any(isinstance(part, Aggregate) for part in subterms(node)):
            return node
        if isinstance(node, Big):
            index = fresh(node.sort)
            return big(node.kind, index, cast(Term, self._named(node.at(index))))
        if isinstance(node, InHull):
            return self._named_hull(node)
        return rebuild(
            node, tuple(self._named(part) if isinstance(part, Node) else part for part in node.parts)
        )

    def _named_hull(self, hull: InHull) -> Node:
        k, i = fresh(hull.vertex_sort), fresh(hull.coordinate_sort)
        point, vertices = open_binder(hull.point, i), open_binder(open_binder(hull.vertices, k, 1), i)
        return in_hull(k, i, cast(Term, self._named(point)), cast(Term, self._named(vertices)))

    def _variable(self, aggregate: Aggregate) -> Term:
        """The variable has an index for each index that the input depends on, then the outcome."""
        arguments = free_indices(aggregate.weights, aggregate.teachers)
        formal = {index: Free(f"#{n}", index.sort) for n, index in enumerate(arguments)}
        key = substitute(Aggregate(Free("#", OUTCOME), aggregate.weights, aggregate.teachers), formal)
        if key not in self.aggregates:
            name = f"q{len(self.aggregates)}" if self.aggregates else "q"
            self.aggregates[key] = name
            sorts = (*(index.sort for index in arguments), aggregate.outcome.sort)
            self.goal = replace(self.goal, variables=(*self.goal.variables, (name, sorts)))
        return variable(self.aggregates[key], *arguments, aggregate.outcome)

    # -- instances ------------------------------------------------------------------------------

    def obligations(self, instance: Instance) -> Goal | None:
        """That the input of an instance is in the premise's domain; ``None`` where that is given.

        :raises Refused: when the premise cannot be used in this way.
        """
        premise, moved = self._moved(instance)
        facts = map(moved.fact, premise.facts)
        needed = [fact.conclusion for fact in facts if not self._is_given(fact)]
        return replace(self.goal, conclusions=tuple(map(self.named, needed))) if needed else None

    def add(self, instance: Instance) -> None:
        """The facts that an instance gives; its obligations are met elsewhere.

        That a term is defined says something only where the premise is used as it stands: what stands
        for its variables is some number everywhere, and need not be defined.
        """
        premise, moved = self._moved(instance)
        kinds = Comparison | InHull if instance.definitions else Comparison | InHull | Defined
        for conclusion in premise.conclusions:
            formula = self.named(moved(conclusion))
            if isinstance(formula, kinds) and not self._is_known(formula):
                general = (index for index in free_indices(formula) if index not in self.goal.indices)
                fact = Fact(tuple(general), formula)
                self.goal = replace(self.goal, facts=(*self.goal.facts, fact))

    def _is_known(self, formula: Formula) -> bool:
        trivial = isinstance(formula, Defined) and isinstance(formula.term, Variable)
        return trivial or any(instance_of(fact, (), formula) is not None for fact in self.goal.facts)

    def _moved(self, instance: Instance) -> tuple[Goal, Substitution]:
        if instance.premise not in self.implication.usable:
            raise Refused(f"expected one of {', '.join(self.implication.usable)}, got {instance.premise}")
        premise = premise_goal(instance.premise, self.implication.scope)
        self._check_sorts(premise, instance)
        return premise, Substitution(instance, premise, self.goal)

    def _check_sorts(self, premise: Goal, instance: Instance) -> None:
        declared = dict(premise.variables)
        defined = {name for name, _, _ in instance.definitions}
        known = set(self.goal.variables)
        for name, formal, value in instance.definitions:
            if declared.get(name) != tuple(index.sort for index in formal):
                raise Refused(f"expected a variable of {instance.premise} with its indices, got {name}")
            if not variables(value) <= dict(known).keys():
                raise Refused(f"expected a value of {name} in the goal's variables, got {value}")
        for name, sorts in premise.variables:
            if name not in defined and (name, sorts) not in known:
                raise Refused(f"expected the variable {name} of {instance.premise} to be defined")
        if dict(premise.sizes).keys() - dict(self.goal.sizes).keys():
            raise Refused(f"expected sizes that the goal speaks of, got those of {instance.premise}")

    def _is_given(self, fact: Fact) -> bool:
        """Whether the fact of a premise is one of the goal's own; one with hypotheses must be."""
        conclusion = self.named(fact.conclusion)
        hypotheses = tuple(map(self.named, fact.hypotheses))
        if any(instance_of(own, hypotheses, conclusion) is not None for own in self.goal.facts):
            return True
        if hypotheses:
            raise Refused(f"expected the fact {conclusion} of the goal, got none")
        return False


def premise_goal(name: str, scope: Scope) -> Goal:
    """What a premise says of the unknown rule.

    :raises Refused: when it says nothing of its values at inputs.
    """
    goal = find_statement(name).goal(UNKNOWN, scope)
    if goal is None or goal.limit or goal.permutations:
        raise Refused(f"expected a statement about the values at inputs, got {name}")
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
        own = {index: _apart(index, taken | set(fact.indices)) for index in fact.indices if index in taken}
        conclusion, *hypotheses = (
            self(cast(Formula, substitute(formula, own))) for formula in (fact.conclusion, *fact.hypotheses)
        )
        return Fact(tuple(own.get(index, index) for index in fact.indices), conclusion, tuple(hypotheses))

    def __call__(self, formula: Formula) -> Formula:
        indices = {x: self.index(x) for x in free_indices(formula)}
        definitions = {name: _function(formal, value) for name, formal, value in self.instance.definitions}
        return cast(Formula, _replaced(substitute(formula, indices), definitions))


def _apart(index: Free, taken: set[Free]) -> Free:
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


def check_argument(implication: Implication, argument: Argument) -> tuple[Checked, ...]:
    """What the kernel accepts of a proof: the obligations of each instance, then the conclusion.

    :raises axiomkd.kernel.judgement.Refused: when it does not.
    """
    situation, accepted = Situation(implication), list[Checked]()
    for instance, derivation in argument.instances:
        asked = situation.obligations(instance)
        if asked is not None:
            if derivation is None:
                raise Refused(f"expected a derivation that the input of {instance.premise} is in its domain")
            accepted.append(check(asked, derivation))
        situation.add(instance)
    return (*accepted, check(situation.goal, argument.derivation))
