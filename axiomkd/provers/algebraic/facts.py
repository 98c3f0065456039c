"""The facts of a goal at one choice of its indices, and what is assumed there."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from axiomkd.kernel import algebra
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ZERO,
    AtMost,
    Big,
    Comparison,
    Defined,
    Different,
    Equal,
    Formula,
    Free,
    Index,
    Less,
    Literal,
    Node,
    Number,
    Power,
    Same,
    Term,
    Variable,
    substitute,
)
from axiomkd.provers.algebraic.book import Book, NoProof
from axiomkd.provers.algebraic.reductions import Hole
from axiomkd.provers.algebraic.ring import parts_of

INSTANCES = 200
"""Instances up to which a fact is written out."""


@dataclass(frozen=True)
class Case:
    """The steps that say which number each index is, and the comparisons assumed or derived in this case."""

    values: tuple[tuple[Free, Literal, int], ...] = ()
    comparisons: tuple[int, ...] = ()
    assumed: frozenset[Formula] = field(default=frozenset())

    def with_value(self, index: Free, value: Literal, step: int) -> Case:
        same = cast(Formula, Same(index, value))
        return Case((*self.values, (index, value, step)), self.comparisons, self.assumed | {same})

    def with_comparison(self, book: Book, *steps: int) -> Case:
        assumed = self.assumed.union(*(book.judgements[step].assumptions for step in steps))
        return Case(self.values, (*self.comparisons, *steps), assumed)

    @property
    def mapping(self) -> dict[Free, Index]:
        return {index: value for index, value, _ in self.values}


@dataclass(frozen=True)
class Known:
    """A comparison without free indices, and the step of which it is an instance."""

    formula: Comparison
    hole: Hole


def known_at(book: Book, case: Case) -> Iterator[Known]:
    """What the facts and the case say of numbered indices alone."""
    for number, fact in enumerate(book.goal.facts):
        if not fact.hypotheses and isinstance(fact.conclusion, Equal | AtMost | Less):
            yield from _instances(book, case, number)
        elif not fact.hypotheses and isinstance(fact.conclusion, Defined):
            yield from _denominators(book, number)
    for step in case.comparisons:
        yield Known(cast(Comparison, book.judgements[step].formula), Hole(step))


def general_facts(book: Book) -> Iterator[int]:
    """The facts without hypotheses, as they are."""
    for number, fact in enumerate(book.goal.facts):
        if not fact.hypotheses:
            yield _general_fact(book, number)


def _general_fact(book: Book, number: int) -> int:
    fact = book.goal.facts[number]
    general = [Free(f"n{place}", index.sort) for place, index in enumerate(fact.indices, 1)]
    formula = cast(Formula, substitute(fact.conclusion, dict(zip(fact.indices, general, strict=True))))
    return book.add("fact", formula, (), number, *general)


def _instances(book: Book, case: Case, number: int) -> Iterator[Known]:
    fact = book.goal.facts[number]
    sizes = [book.goal.size(index.sort) for index in fact.indices]
    count = 1
    for size in sizes:
        count *= size or INSTANCES + 1
    if count > INSTANCES or not fact.conclusion.free <= {*fact.indices, *case.mapping}:
        return
    step = _general_fact(book, number)
    formula = book.judgements[step].formula
    for index, value, same in case.values:
        if index in formula.free:
            formula = cast(Formula, substitute(formula, {index: value}))
            step = book.add("same_index", formula, (same, step), index, value)
    names = book.general(step)
    for chosen in itertools.product(*(literals(book, index.sort) for index in names)):
        one = substitute(formula, dict(zip(names, chosen, strict=True)))
        yield Known(cast(Comparison, one), Hole(step, chosen))


def _denominators(book: Book, number: int) -> Iterator[Known]:
    """What is divided by inside of a term that is defined is positive, if no part is negative."""
    fact = book.goal.facts[number]
    offered = tuple(
        one for one in general_facts(book) if not isinstance(book.judgements[one].formula, Defined)
    )
    for chosen in itertools.product(*(literals(book, index.sort) for index in fact.indices)):
        formula = cast(Defined, substitute(fact.conclusion, dict(zip(fact.indices, chosen, strict=True))))
        step = book.add("fact", formula, (), number, *chosen)
        for base in itertools.islice(_divisors(book, formula.term), INSTANCES):
            try:
                apart = book.add("defined_part", cast(Formula, Different(base, ZERO)), (step,))
                weak = book.add_leaning("sign_of_parts", cast(Formula, AtMost(ZERO, base)), offered)
            except Refused:
                continue
            positive = cast(Comparison, Less(ZERO, base))
            yield Known(positive, Hole(book.add("positive_unless_zero", positive, (weak, apart))))


def literals(book: Book, sort: str) -> list[Literal]:
    """The numbers of a sort; none where it has any size."""
    return [cast(Literal, Literal(n, sort)) for n in range(1, (book.goal.size(sort) or 0) + 1)]


def _divisors(book: Book, node: Node) -> Iterator[Term]:
    """The bases of negative whole powers inside of a term, at every number of the indices bound there."""
    if isinstance(node, Big):
        for index in literals(book, node.sort):
            yield from _divisors(book, node.at(index))
        return
    for part in node.parts:
        if isinstance(part, Node):
            yield from _divisors(book, part)
    if isinstance(node, Power) and isinstance(node.exponent, Number) and node.exponent.value < 0:
        yield node.base


def leaves(node: Node, sizes: algebra.Sizes) -> frozenset[Term]:
    """The variables, with their indices, of a comparison or a term once everything is written out."""
    if isinstance(node, Comparison):
        return leaves(node.left, sizes) | leaves(node.right, sizes)
    found: set[Term] = set()
    for binders, factors in algebra.expand(cast(Term, node), sizes):
        if binders:
            raise NoProof("a sum over a sort of any size")
        for atom, _ in factors:
            found |= {atom} if isinstance(atom, Variable) else _inside(atom, sizes)
    return frozenset(found)


def _inside(atom: Term, sizes: algebra.Sizes) -> frozenset[Term]:
    return frozenset().union(*(leaves(part, sizes) for part in parts_of(atom)))


def related(known: list[Known], start: frozenset[Term], sizes: algebra.Sizes) -> list[Known]:
    """The comparisons that share variables with the start, or with each other."""
    waiting = []
    for one in known:
        try:
            waiting.append((leaves(one.formula, sizes), one))
        except NoProof:
            continue
    found: list[Known] = []
    reached = set(start)
    while True:
        near = [pair for pair in waiting if not reached.isdisjoint(pair[0])]
        if not near:
            return found
        waiting = [pair for pair in waiting if pair not in near]
        found += [one for _, one in near]
        reached = reached.union(*(inside for inside, _ in near))
