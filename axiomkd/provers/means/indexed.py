"""Numbers that are written out as values at an index, which is how the rules speak of means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from axiomkd.kernel import algebra
from axiomkd.kernel.combination import hole
from axiomkd.kernel.judgement import Goal, Refused
from axiomkd.kernel.terms import (
    ONE,
    Equal,
    Formula,
    Free,
    If,
    Literal,
    Number,
    Same,
    Term,
    Variable,
    big_sum,
    multiply,
    substitute,
)
from axiomkd.provers.means.apart import quotient
from axiomkd.provers.means.proof import Proof


def indexed(goal: Goal, weights: tuple[Term, ...], values: tuple[Term, ...]) -> tuple[Free, Term, Term]:
    """An index that runs over as many numbers, and the weight and the value at it."""
    sorts = [sort for sort, size in goal.sizes if size == len(weights)]
    first = weights[0]
    if isinstance(first, Variable) and first.indices:
        sorts.insert(0, first.indices[0].sort)
    if not sorts:
        raise Refused(f"expected an index that runs over {len(weights)} numbers, got none")
    index = cast(Free, Free("k", sorts[0]))
    entry = cast(Term, substitute(first, {Literal(1, index.sort): index}))
    named = tuple(substitute(entry, {index: Literal(n, index.sort)}) for n in range(1, len(weights) + 1))
    return index, entry if named == weights else _choice(index, weights), _choice(index, values)


def _choice(index: Free, terms: tuple[Term, ...]) -> Term:
    found = terms[-1]
    for number in range(len(terms) - 1, 0, -1):
        found = cast(Term, If(Same(index, Literal(number, index.sort)), terms[number - 1], found))
    return found


def demand_total(proof: Proof, index: Free, weight: Term) -> tuple[int, ...]:
    """What shows that weights sum to one, if anything does."""
    found = total_is_one(proof, big_sum(index, weight))
    return () if found is None else (found,)


def _equations(proof: Proof, gap: Term) -> Iterator[tuple[int, Number]]:
    """Facts of which a gap is a multiple, and how often it is right minus left of the fact."""
    for number in proof.facts:
        formula = proof.steps[number].conclusion
        if isinstance(formula, Equal) and not formula.free:
            factor = quotient(gap, formula.right - formula.left, proof.goal.sizes)
            if isinstance(factor, Number):
                yield number, factor


def total_is_one(proof: Proof, value: Term) -> int | None:
    """The step that says that a sum is one, by arithmetic or by a fact; ``None`` if neither shows it."""
    equal = cast(Formula, Equal(value, ONE))
    if algebra.equal(value, ONE, proof.goal.sizes):
        return proof.add("algebraic", equal)
    for number, factor in _equations(proof, value - ONE):
        return proof.add("algebraic", equal, (number,), multiply(factor, hole(0)))
    return None
