"""At which inputs a premise may help: guesses, from the inputs that the goal speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import cast

from axiomkd.catalogue import find_statement
from axiomkd.implications.model import SAME, Instance, Situation
from axiomkd.kernel.judgement import Goal
from axiomkd.kernel.terms import ONE, ZERO, Big, Free, Index, Node, Term, delta, substitute, variable
from axiomkd.theories.ensemble.setting import OUTCOME, SCENARIO, TEACHER, i, k
from axiomkd.theories.ensemble.unknown import UNKNOWN, Aggregate

Definitions = tuple[tuple[str, tuple[Free, ...], Term], ...]
Input = tuple[Definitions, Term | None]
"""What stands for teachers and weights, and the aggregate at them where it is one of the goal's."""
ANY_OUTCOME = cast(Free, Free("n", OUTCOME))


def candidates(situation: Situation, premise: str) -> Iterator[Instance]:
    """Instances of a premise: at the goal's own variables, and at each input of an aggregate."""
    asked = find_statement(premise).goal(UNKNOWN, situation.implication.scope)
    if asked is None:
        return
    for indices in _index_choices(asked, situation.goal):
        yield Instance(premise, (), indices)
        for given in tuple(_inputs(situation, asked)):
            yield from (Instance(premise, found, indices) for found in _at_input(given, asked))


def further_candidates(situation: Situation, premise: str) -> Iterator[Instance]:
    """Instances with constants and single outcomes for variables, and with hypotheses left open."""
    asked = find_statement(premise).goal(UNKNOWN, situation.implication.scope)
    if asked is None:
        return
    for indices in _index_choices(asked, situation.goal):
        for given in (((), None), *_inputs(situation, asked)):
            for found in _with_constants(given[0], asked, situation.goal):
                yield Instance(premise, found, indices)
                yield Instance(premise, found, indices, conditional=True)
    if (SCENARIO, None) in asked.sizes:
        yield from _one_scenario_each(asked, premise)


def same_inputs(situation: Situation) -> Iterator[Instance]:
    """That two of the goal's inputs are the same, for every two."""
    opened = [(name, _opened(key, situation.goal)[1]) for key, name in tuple(situation.aggregates.items())]
    for (name, arguments), (other, others) in combinations(opened, 2):
        formal = cast("tuple[Free, ...]", (*others, ANY_OUTCOME))
        yield Instance(SAME, ((other, formal, variable(name, *arguments, ANY_OUTCOME)),))


def _index_choices(premise: Goal, goal: Goal) -> Iterator[tuple[tuple[Free, Index], ...]]:
    """Each index of the premise is another of the goal's of its sort, or what it is by default."""
    choices = [
        [None, *((index, own) for own in goal.indices if own.sort == index.sort and own is not index)]
        for index in premise.indices
    ]
    for chosen in product(*choices):
        yield tuple(pair for pair in chosen if pair is not None)


def _inputs(situation: Situation, premise: Goal) -> Iterator[Input]:
    """The inputs of the goal's aggregates."""
    for key, name in situation.aggregates.items():
        aggregate, arguments = _opened(key, situation.goal)
        if aggregate.outcome.sort == OUTCOME and aggregate.weights.parts[1] == TEACHER:
            yield _input(aggregate, premise), variable(name, *arguments, i)


def _opened(key: Node, goal: Goal) -> tuple[Aggregate, tuple[Index, ...]]:
    """An input, with the indices on which it depends: those of the goal if it has some, else any."""
    formal = sorted({x for x in key.free if x.name != "#"}, key=lambda index: index.name)
    own = {index.sort: index for index in reversed(goal.indices)}
    names = {x: own.get(x.sort) or Free(f"n{x.name[1:]}", x.sort) for x in formal}
    return cast(Aggregate, substitute(key, names)), tuple(names.values())


def _input(aggregate: Aggregate, premise: Goal) -> Definitions:
    """The weights and teachers of an input, as far as the premise speaks of them."""
    rows = cast(Big, cast(Big, aggregate.teachers).at(k))
    found = ("w", (k,), cast(Big, aggregate.weights).at(k)), ("p", (k, i), rows.at(i))
    return tuple(entry for entry in found if entry[0] in dict(premise.variables))


def _at_input(given: Input, premise: Goal) -> Iterator[Definitions]:
    """The premise's teachers and weights are those of an input of the goal; other variables may vary."""
    found, itself = given
    others = [
        [None, (other, (i,), itself)] if sorts == (OUTCOME,) and itself is not None else [None]
        for other, sorts in premise.variables
        if other not in ("p", "w")
    ]
    for chosen in product(*others):
        yield (*found, *(entry for entry in chosen if entry is not None))


def _with_constants(found: Definitions, premise: Goal, goal: Goal) -> Iterator[Definitions]:
    """For other variables numbers and single outcomes; those that the goal has may stay."""
    at_one = delta(i, ANY_OUTCOME)
    values: dict[tuple[str, ...], list[tuple[tuple[Free, ...], Term]]] = {
        (): [((), ZERO), ((), ONE)],
        (OUTCOME,): [((i,), at_one), ((i,), 1 - at_one)],
    }
    others = [
        [*([None] if (name, sorts) in goal.variables else []), *((name, *v) for v in values.get(sorts, []))]
        for name, sorts in premise.variables
        if name not in ("p", "w")
    ]
    for chosen in product(*others):
        yield (*found, *(entry for entry in chosen if entry is not None))


def _one_scenario_each(premise: Goal, name: str) -> Iterator[Instance]:
    """As many scenarios as teachers, of the teachers' weights, and the same teachers in each."""
    s = cast(Free, Free("s", TEACHER))
    fixed: dict[str, tuple[tuple[Free, ...], Term]] = {
        "P": ((s, k, i), variable("p", k, i)),
        "pi": ((s,), variable("w", s)),
        "eta": ((s, i), variable("x", i)),
    }
    if {variable for variable, _ in premise.variables} <= {*fixed, "w"}:
        chosen = tuple((v, *fixed[v]) for v, _ in premise.variables if v in fixed)
        yield Instance(name, chosen, sorts=((SCENARIO, TEACHER),))
