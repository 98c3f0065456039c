"""The structural prover: derivations for any number of teachers and outcomes, from the shape of the goal."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from axiomkd.kernel.evidence import Derivation
from axiomkd.kernel.judgement import Goal, Refused
from axiomkd.kernel.terms import (
    ZERO,
    AtMost,
    Comparison,
    Continuous,
    Defined,
    Different,
    Equal,
    Formula,
    InHull,
    Less,
    Tends,
)
from axiomkd.provers.structural import (
    extrema,
    gaps,
    gibbs,
    hoelder,
    inverses,
    linear_factors,
    logs,
    monotone,
    multiples,
    order,
    quotients,
    shares,
    strict,
)
from axiomkd.provers.structural.between import prove_between
from axiomkd.provers.structural.book import EFFORT, Book, Exhausted, NoProof
from axiomkd.provers.structural.deviation import prove_by_deviation
from axiomkd.provers.structural.divergences import prove_divergence, prove_entropy
from axiomkd.provers.structural.factors import without_factor
from axiomkd.provers.structural.hulls import learn_from_hulls, prove_hull
from axiomkd.provers.structural.limits import prove_continuous, prove_limit
from axiomkd.provers.structural.rewriting import prove_equal, simplify
from axiomkd.provers.structural.signs import prove_defined
from axiomkd.provers.structural.tidy import tidied
from axiomkd.provers.structural.two_outcomes import prove_for_two_outcomes
from axiomkd.provers.structural.weights import (
    learn_from_conditional_facts,
    learn_from_facts,
    learn_simplified_bounds,
    learn_weights,
)

__all__ = ["prove"]


ORDER_ATTEMPTS = (
    order.known,
    order.compared_with_zero,
    order.equal_sides,
    multiples.multiple,
    inverses.harmonic,
    extrema.bound_extremum,
    gaps.by_gap,
    linear_factors.factored_gap,
    logs.logarithmic_gap,
    gibbs.by_gibbs,
    quotients.mixture,
    shares.share_rises,
    monotone.by_logarithms,
    monotone.same_operation,
    extrema.through_extremum,
    extrema.put_extremum_in,
    quotients.normalised,
    quotients.below_average,
    hoelder.hoelder,
    strict.strict_mean,
    strict.squares,
    multiples.scaled,
    gaps.bounded_gap,
    order.simplified,
)


RESERVE = 0.3
"""Which part of the questions is kept back for a second attempt, after simplification."""


def prove(goal: Goal, effort: int = EFFORT) -> Derivation | None:
    """A derivation of every conclusion, or ``None``.

    The result is evidence that the kernel has yet to check. The attempt is bounded by ``effort``, a count
    of questions to the kernel, so that its outcome does not depend on the machine.
    """
    book = Book(goal, ORDER_ATTEMPTS, effort)
    try:
        learn_from_facts(book)
        learn_from_conditional_facts(book)
        learn_from_hulls(book, goal.conclusions)
        for formula in goal.conclusions:
            learn_weights(book, formula)
        return book.derivation(tuple(prove_formula(book, formula) for formula in goal.conclusions))
    except (Refused, Exhausted, RecursionError):
        return None


def prove_formula(book: Book, formula: Formula) -> int:
    match formula:
        case Defined():
            return prove_defined(book, formula)
        case Continuous():
            return prove_continuous(book, formula)
        case Tends():
            return prove_limit(book, formula)
        case InHull():
            return prove_hull(book, formula)
        case Comparison():
            return _prove_comparison(book, formula)
    raise NoProof("no way to prove", formula)


def _prove_comparison(book: Book, formula: Comparison) -> int:
    """As it stands, or with what can be simplified simplified first."""
    try:
        with book.sparing(int(RESERVE * book.allowed)):
            return _as_it_stands(book, formula)
    except Refused:
        order.forget_failures(book)
        tidy, links = tidied(book, formula)
        inner = _as_it_stands(book, tidy)
        return book.add("chain", formula, (*links, inner), *tidy.parts)


def _as_it_stands(book: Book, formula: Comparison) -> int:
    match formula:
        case Equal():
            ways = (_contradiction, _equal, _equal_logarithms, _equal_units, without_factor, _between_bounds)
            return _first(book, formula, cast("tuple[Attempt, ...]", ways))
        case AtMost():
            attempts = (
                _contradiction,
                prove_between,
                prove_divergence,
                prove_entropy,
                prove_for_two_outcomes,
                prove_by_deviation,
                _order,
                _simplified_order,
            )
            return _first(book, formula, cast("tuple[Attempt, ...]", attempts))
        case Less():
            return _first(book, formula, (_contradiction, prove_for_two_outcomes, _order))
    raise NoProof("no way to prove", formula)


Attempt = Callable[[Book, Formula], int]


def _first(book: Book, formula: Formula, attempts: tuple[Attempt, ...]) -> int:
    for attempt in attempts:
        try:
            return attempt(book, formula)
        except Refused:
            continue
    raise NoProof("no way to prove", formula)


def _equal(book: Book, formula: Formula) -> int:
    return prove_equal(book, *formula.parts)


def _equal_logarithms(book: Book, formula: Formula) -> int:
    return logs.prove_by_logarithms(book, *formula.parts)


def _equal_units(book: Book, formula: Formula) -> int:
    return inverses.prove_with_units(book, *formula.parts)


def _between_bounds(book: Book, formula: Formula) -> int:
    """Each side is at most the other."""
    left, right = formula.parts
    learn_simplified_bounds(book)
    orders = [order.prove_order(book, AtMost, *pair, order.DEPTH) for pair in ((left, right), (right, left))]
    return book.add("antisymmetry", formula, tuple(orders))


def _order(book: Book, formula: Formula) -> int:
    return order.prove_order(book, type(cast(AtMost, formula)), *formula.parts)


def _simplified_order(book: Book, formula: Formula) -> int:
    """Once more from the start, after both sides are simplified."""
    kind, (left, right) = type(cast(AtMost, formula)), formula.parts
    (first, one), (second, two) = simplify(book, left), simplify(book, right)
    if one is None and two is None:
        raise NoProof("nothing to simplify")
    order.forget_failures(book)
    inner = order.prove_order(book, kind, first, second)
    links = tuple(step for step in (one, inner, two) if step is not None)
    return book.add("chain", formula, links, first, second)


def _contradiction(book: Book, formula: Formula) -> int:
    """Facts that exclude each other: the statement is vacuous."""
    for number in list(book.known):
        known = book.formula(number)
        if isinstance(known, Equal) and known.right is ZERO:
            opposite = cast(Formula, Different(known.left, ZERO))
            try:
                other = book.add_from_known("instance", opposite)
            except Refused:
                continue
            return book.add("contradiction", formula, (number, other), known)
    raise NoProof("no contradiction")
