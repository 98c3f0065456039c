"""Conclusions that rest on comparisons of parts: definedness, and membership in a hull."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast

from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Big,
    Comparison,
    Defined,
    Equal,
    Formula,
    InHull,
    Less,
    Literal,
    Log,
    Node,
    Number,
    Power,
    Term,
    big,
    big_sum,
    open_binder,
    substitute,
    variable,
)
from axiomkd.provers.algebraic.book import Book, NoProof
from axiomkd.provers.algebraic.facts import general_facts

Prove = Callable[[Comparison], int]
"""A comparison, for all numbers of its indices."""


def prove_defined(book: Book, formula: Defined, prove: Prove) -> int:
    """Every base and every argument of a logarithm for which it matters is positive."""
    offered = [*general_facts(book)]
    for value in _partial(book, formula.term):
        positive = cast(Comparison, Less(ZERO, value))
        try:
            offered.append(book.add_leaning("sign_of_parts", positive, tuple(offered)))
        except Refused:
            offered.append(prove(positive))
    return book.add_leaning("defined", formula, tuple(offered))


def _partial(book: Book, value: Node) -> Iterator[Term]:
    """What must be positive for the operations inside of a term to be defined, the innermost first."""
    if isinstance(value, Big):
        yield from _partial(book, value.at(book.index(value.sort)))
        return
    for part in value.parts:
        if isinstance(part, Node):
            yield from _partial(book, part)
    if isinstance(value, Log):
        yield value.argument
    elif isinstance(value, Power) and not _is_natural(value.exponent):
        yield value.base


def _is_natural(exponent: Term) -> bool:
    return isinstance(exponent, Number) and exponent.value.denominator == 1 and exponent.value >= 0


def prove_hull(book: Book, formula: InHull, prove: Prove) -> int:
    """With two outcomes by the order of the first; else with given weights as coefficients."""
    k, i = book.index(formula.vertex_sort), book.index(formula.coordinate_sort)
    point = cast(Term, open_binder(formula.point, i))
    vertex = cast(Term, open_binder(open_binder(formula.vertices, k, 1), i))
    if book.goal.size(i.sort) == 2:
        first = {i: Literal(1, i.sort)}
        one, ends = cast(Term, substitute(point, first)), cast(Term, substitute(vertex, first))
        bounds = AtMost(big("minimum", k, ends), one), AtMost(one, big("maximum", k, ends))
        totals = Equal(big_sum(i, point), ONE), Equal(big_sum(i, vertex), ONE)
        return book.add("hull_of_two_outcomes", formula, tuple(map(prove, (*totals, *bounds))))
    for name, sorts in book.goal.variables:
        if sorts == (k.sort,):
            weight = variable(name, k)
            sums = Equal(point, big_sum(k, weight * vertex)), Equal(big_sum(k, weight), ONE)
            steps = tuple(map(prove, (*sums, AtMost(ZERO, weight))))
            return book.add("hull", cast(Formula, formula), steps, k, weight)
    raise NoProof("no coefficients")
