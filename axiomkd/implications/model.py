r"""Every rule that satisfies these statements satisfies that one: what is claimed, and when it is proved.

The rule is an unknown function G. A statement about it is a goal in which G is applied to inputs; each
input gets a variable for the aggregate there. A premise may be used at any input: an *instance* says at
which, and becomes facts of the goal once the kernel has accepted that the input is in the premise's
domain. So a proof is a list of instances, each with its derivation, and a derivation of the conclusion.
Every rule meant here gives a distribution for every interior input; that is a premise of its own
(``STANDING``), used like the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import cast

from axiomkd.errors import DeclarationError
from axiomkd.implications.substitution import (
    Instance,
    Substitution,
    apart,
    free_indices,
    in_other_sorts,
    instance_of,
    is_about_values,
    premise_goal,
)
from axiomkd.kernel.check import Checked, check
from axiomkd.kernel.evidence import Derivation
from axiomkd.kernel.judgement import Fact, Goal, Refused
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Big,
    Comparison,
    Defined,
    Equal,
    Formula,
    Free,
    Index,
    InHull,
    Less,
    Node,
    Term,
    Variable,
    big,
    big_sum,
    fresh,
    in_hull,
    open_binder,
    rebuild,
    substitute,
    subterms,
    variable,
    variables,
)
from axiomkd.statement import Scope, Statement
from axiomkd.theories.ensemble.setting import OUTCOME, TEACHER
from axiomkd.theories.ensemble.unknown import UNKNOWN, Aggregate

STANDING = "convexity.simplex"
"""What every rule meant here satisfies: its aggregate is a distribution."""
SAME = "same_input"
"""Used like a premise: the aggregates of a rule at two inputs are the same where the inputs are."""


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
class Argument:
    """A proof: instances, each with the derivation that its input is in the domain, then the conclusion.

    ``lemmas`` are statements that follow from the premises, each with its proof: those after it, and the
    conclusion, may use it like a premise.
    """

    instances: tuple[tuple[Instance, Derivation | None], ...]
    derivation: Derivation
    lemmas: tuple[tuple[Statement, Argument], ...] = ()

    def premises_of(self, implication: Implication) -> Implication:
        """The implication with the lemmas among its premises."""
        shown = (statement for statement, _ in self.lemmas)
        return replace(implication, premises=(*implication.premises, *shown))


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
        if instance.premise == SAME:
            needed = list(agreements(*self._two_inputs(instance), set(self.goal.indices)))
            return replace(self.goal, conclusions=tuple(needed))
        premise, moved = self._moved(instance)
        needed = [
            formula
            for fact in premise.facts
            if not self._is_given(moved.fact(fact)) and not _is_left_open(instance, fact)
            for formula in self._as_shown(moved.fact(fact).conclusion)
        ]
        return replace(self.goal, conclusions=tuple(needed)) if needed else None

    def _as_shown(self, conclusion: Formula) -> Iterator[Formula]:
        """A fact of a domain as it is to be shown; a rule is defined where teachers are positive."""
        if not isinstance(conclusion, Defined):
            yield self.named(conclusion)
        elif isinstance(conclusion.term, Aggregate):
            yield from interior(conclusion.term, set(self.goal.indices))
        else:
            raise Refused(f"expected the fact {conclusion} of the goal, got none")

    def add(self, instance: Instance) -> None:
        """The facts that an instance gives; its obligations are met elsewhere.

        Those about inputs of which the goal does not speak are left out. That a term is defined says
        something only where all that stands for the premise's variables is defined: else it is some
        number, and need not be defined.
        """
        if instance.premise == SAME:
            ((name, formal, value),) = instance.definitions
            self._give(cast(Formula, Equal(variable(name, *formal), value)), ())
            return
        premise, moved = self._moved(instance)
        hypotheses = tuple(
            self.named(moved.fact(fact).conclusion)
            for fact in premise.facts
            if _is_left_open(instance, fact) and not self._is_given(moved.fact(fact))
        )
        kinds = Comparison | InHull | Defined if instance.is_total else Comparison | InHull
        for conclusion in premise.conclusions:
            formula = self._about_known_inputs(moved(conclusion))
            if isinstance(formula, kinds) and not self._is_known(formula, hypotheses):
                self._give(formula, hypotheses)

    def _give(self, formula: Formula, hypotheses: tuple[Formula, ...]) -> None:
        spoken = free_indices(formula, *hypotheses)
        general = tuple(index for index in spoken if index not in self.goal.indices)
        self.goal = replace(self.goal, facts=(*self.goal.facts, Fact(general, formula, hypotheses)))

    def _about_known_inputs(self, formula: Formula) -> Formula | None:
        goal, aggregates = self.goal, dict(self.aggregates)
        named = self.named(formula)
        if self.aggregates == aggregates:
            return named
        self.goal, self.aggregates = goal, aggregates
        return None

    def _is_known(self, formula: Formula, hypotheses: tuple[Formula, ...]) -> bool:
        trivial = isinstance(formula, Defined) and isinstance(formula.term, Variable)
        given = (
            instance_of(fact, fact_hypotheses, formula)
            for fact in self.goal.facts
            for fact_hypotheses in {(), hypotheses}
        )
        return trivial or any(found is not None for found in given)

    def _two_inputs(self, instance: Instance) -> tuple[Aggregate, Aggregate]:
        """The inputs of two aggregates of which an instance says that they are the same.

        :raises Refused: when it says something else.
        """
        match instance.definitions:
            case ((name, formal, Variable() as value),) if formal and value.indices[-1:] == formal[-1:]:
                return self._input(name, formal), self._input(value.name, value.indices)
        raise Refused(f"expected two aggregates at one outcome, got {instance.definitions}")

    def _input(self, name: str, indices: Sequence[Index]) -> Aggregate:
        for key, known in self.aggregates.items():
            if known == name:
                *arguments, outcome = indices
                formal = {Free(f"#{n}", index.sort): index for n, index in enumerate(arguments)}
                found = cast(Aggregate, substitute(key, {**formal, Free("#", OUTCOME): outcome}))
                if not any(index.name.startswith("#") for index in found.free):
                    return found
        raise Refused(f"expected an aggregate of the goal at its indices, got {name}")

    def _moved(self, instance: Instance) -> tuple[Goal, Substitution]:
        if instance.premise not in self.implication.usable:
            raise Refused(f"expected one of {', '.join(self.implication.usable)}, got {instance.premise}")
        premise = in_other_sorts(premise_goal(instance.premise, self.implication.scope), instance.sorts)
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


def _is_left_open(instance: Instance, fact: Fact) -> bool:
    """Whether a fact of a premise's domain becomes a hypothesis: it speaks of single indices."""
    return instance.conditional and not fact.indices and not fact.hypotheses


def interior(aggregate: Aggregate, taken: set[Free]) -> Iterator[Formula]:
    """That an input is one at which every rule meant here is defined.

    :raises Refused: where its teachers or outcomes are others than those of the goal.
    """
    k, j, weight, entry = opened_input(aggregate, taken)
    if (k.sort, j.sort) != (TEACHER, OUTCOME):
        raise Refused(f"expected an input with the goal's teachers and outcomes, got {k.sort}, {j.sort}")
    yield cast(Formula, AtMost(ZERO, weight))
    yield cast(Formula, Equal(big_sum(k, weight), ONE))
    yield cast(Formula, Less(ZERO, entry))
    yield cast(Formula, Equal(big_sum(j, entry), ONE))


def agreements(one: Aggregate, other: Aggregate, taken: set[Free]) -> Iterator[Formula]:
    """That two inputs are the same: as many weights and teachers, each with the same numbers.

    :raises Refused: where they have other sorts.
    """
    taken = taken | other.free
    (k, j, *values), (own_k, own_j, *own) = opened_input(one, taken), opened_input(other, taken | one.free)
    if (k.sort, j.sort) != (own_k.sort, own_j.sort):
        raise Refused(
            f"expected inputs of the same sorts, got {k.sort}, {j.sort}, {own_k.sort}, {own_j.sort}"
        )
    for value, own_value in zip(values, own, strict=True):
        yield cast(Formula, Equal(value, substitute(own_value, {own_k: k, own_j: j})))


def opened_input(aggregate: Aggregate, taken: set[Free]) -> tuple[Free, Free, Term, Term]:
    """A teacher k and an outcome j that occur nowhere else, the weight of k and its entry at j.

    :raises Refused: where the teachers are of several sorts, as those of a block and the others.
    """
    weights, teachers = aggregate.weights, aggregate.teachers
    if not isinstance(weights, Big) or not isinstance(teachers, Big):
        raise Refused("expected teachers of one sort, got several")
    taken = taken | aggregate.free
    k = apart(cast(Free, Free("k", weights.sort)), taken)
    rows = cast(Big, teachers.at(k))
    j = apart(cast(Free, Free("j", rows.sort)), taken)
    return k, j, cast(Term, weights.at(k)), cast(Term, rows.at(j))


def check_argument(implication: Implication, argument: Argument) -> tuple[Checked, ...]:
    """What the kernel accepts of a proof: the obligations of each instance, then the conclusion.

    :raises axiomkd.kernel.judgement.Refused: when it does not.
    """
    accepted = list[Checked]()
    for statement, proof in argument.lemmas:
        accepted += check_argument(replace(implication, conclusion=statement), proof)
        implication = replace(implication, premises=(*implication.premises, statement))
    situation = Situation(implication)
    for instance, derivation in argument.instances:
        asked = situation.obligations(instance)
        if asked is not None:
            if derivation is None:
                raise Refused(f"expected a derivation that the input of {instance.premise} is in its domain")
            accepted.append(check(asked, derivation))
        situation.add(instance)
    return (*accepted, check(situation.goal, argument.derivation))
