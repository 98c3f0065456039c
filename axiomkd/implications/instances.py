"""At which inputs a premise may help: guesses, from the inputs that the goal speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import cast

from axiomkd.catalogue import find_statement
from axiomkd.implications.model import Instance, Situation
from axiomkd.kernel.judgement import Goal
from axiomkd.kernel.terms import Big, Free, Index, Node, Term, substitute, variable
from axiomkd.theories.ensemble.setting import OUTCOME, TEACHER, i, k
from axiomkd.theories.ensemble.unknown import UNKNOWN, Aggregate

Definitions = tuple[tuple[str, tuple[Free, ...], Term], ...]


def candidates(situation: Situation, premise: str) -> Iterator[Instance]:
    """Instances of a premise: at the goal's own variables, and at each input of an aggregate."""
    asked = find_statement(premise).goal(UNKNOWN, situation.implication.scope)
    if asked is None:
        return
    for indices in _index_choices(asked, situation.goal):
        yield Instance(premise, (), indices)
        for key, name in tuple(situation.aggregates.items()):
            for definitions in _at_input(_opened(key, situation.goal), name, asked):
                yield Instance(premise, definitions, indices)


def _index_choices(premise: Goal, goal: Goal) -> Iterator[tuple[tuple[Free, Index], ...]]:
    """Each index of the premise is another of the goal's of its sort, or what it is by default."""
    choices = [
        [None, *((index, own) for own in goal.indices if own.sort == index.sort and own is not index)]
        for index in premise.indices
    ]
    for chosen in product(*choices):
        yield tuple(pair for pair in chosen if pair is not None)


def _opened(key: Node, goal: Goal) -> tuple[Aggregate, tuple[Index, ...]]:
    """An input, with the indices on which it depends: those of the goal if it has some, else any."""
    formal = sorted({x for x in key.free if x.name != "#"}, key=lambda index: index.name)
    own = {index.sort: index for index in reversed(goal.indices)}
    names = {x: own.get(x.sort) or Free(f"n{x.name[1:]}", x.sort) for x in formal}
    return cast(Aggregate, substitute(key, names)), tuple(names.values())


def _at_input(given: tuple[Aggregate, tuple[Index, ...]], name: str, premise: Goal) -> Iterator[Definitions]:
    """The premise's teachers and weights are those of an input of the goal; other variables may vary."""
    aggregate, arguments = given
    if aggregate.outcome.sort != OUTCOME or aggregate.weights.parts[1] != TEACHER:
        return
    itself = variable(name, *arguments, i)
    others = [
        [None, (other, (i,), itself)] if sorts == (OUTCOME,) else [None]
        for other, sorts in premise.variables
        if other not in ("p", "w")
    ]
    for chosen in product(*others):
        yield (*_input(aggregate), *(entry for entry in chosen if entry is not None))


def _input(aggregate: Aggregate) -> Definitions:
    rows = cast(Big, cast(Big, aggregate.teachers).at(k))
    return ("w", (k,), cast(Big, aggregate.weights).at(k)), ("p", (k, i), rows.at(i))
