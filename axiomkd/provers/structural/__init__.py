"""The structural prover: derivations for any number of teachers and outcomes, from the shape of the goal."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from axiomkd.kernel.evidence import Derivation
from axiomkd.kernel.judgement import Goal, Refused
from axiomkd.kernel.terms import (
    ZERO,
    AtMost,
    Continuous,
    Defined,
    Different,
    Equal,
    Formula,
    InHull,
    Less,
    Tends,
)
from axiomkd.provers.structural import extrema, gaps, logs, monotone, order, quotients, strict
from axiomkd.provers.structural.between import prove_between
from axiomkd.provers.structural.book import Book, Exhausted, NoProof
from axiomkd.provers.structural.divergences import prove_divergence, prove_entropy
from axiomkd.provers.structural.hulls import prove_hull
from axiomkd.provers.structural.limits import prove_continuous, prove_limit
from axiomkd.provers.structural.rewriting import prove_equal, simplify
from axiomkd.provers.structural.signs import prove_defined
from axiomkd.provers.structural.two_outcomes import prove_for_two_outcomes
from axiomkd.provers.structural.weights import (
    learn_from_conditional_facts,
    learn_from_facts,
    learn_weights,
)

__all__ = ["prove"]


ORDER_ATTEMPTS = (
    order.known,
    order.compared_with_zero,
    order.equal_sides,
    extrema.bound_extremum,
    gaps.by_gap,
    logs.logarithmic_gap,
    quotients.mixture,
    monotone.by_logarithms,
    monotone.same_operation,
    extrema.through_extremum,
    extrema.put_extremum_in,
    quotients.normalised,
    strict.strict_mean,
    strict.squares,
    gaps.bounded_gap,
    order.simplified,
)


def prove(goal: Goal) -> Derivation | None:
    """A derivation of every conclusion, or ``None``.

    The result is evidence that the kernel has yet to check. The attempt is bounded by a count of
    questions to the kernel, so that its outcome does not depend on the machine.
    """
    book = Book(goal, ORDER_ATTEMPTS)
    try:
        learn_from_facts(book)
        learn_from_conditional_facts(book)
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
        case Equal():
            return _first(book, formula, (_contradiction, _equal, _equal_logarithms))
        case AtMost():
            attempts = (
                _contradiction,
                prove_between,
                prove_divergence,
                prove_entropy,
                prove_for_two_outcomes,
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
