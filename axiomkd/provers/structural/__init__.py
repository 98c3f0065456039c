"""The structural prover: derivations for any number of teachers and outcomes, from the shape of the goal."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
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
    substitute,
)
from axiomkd.provers.structural import (
    branches,
    chosen_shares,
    cleared,
    differences,
    extrema,
    gaps,
    gibbs,
    hoelder,
    inverse_digammas,
    inverses,
    linear_factors,
    logs,
    monotone,
    multiples,
    order,
    polynomials,
    quotients,
    shares,
    strict,
    weighted,
)
from axiomkd.provers.structural.along_path import prove_along_path
from axiomkd.provers.structural.attained import learn_chosen_sums
from axiomkd.provers.structural.between import prove_between
from axiomkd.provers.structural.book import EFFORT, Book, Exhausted, NoProof
from axiomkd.provers.structural.bounded_sums import learn_beyond_extrema, prove_bounded_sum, prove_rearranged
from axiomkd.provers.structural.choices import chooses
from axiomkd.provers.structural.comparison_of_sums import prove_by_sums
from axiomkd.provers.structural.complements import learn_complements
from axiomkd.provers.structural.conditions import plain
from axiomkd.provers.structural.deviation import prove_by_deviation
from axiomkd.provers.structural.divergences import prove_divergence, prove_entropy
from axiomkd.provers.structural.domains import prove_defined
from axiomkd.provers.structural.entropies import learn_entropies
from axiomkd.provers.structural.escorts import prove_escort
from axiomkd.provers.structural.excepted import learn_excepted_sums
from axiomkd.provers.structural.factors import without_factor
from axiomkd.provers.structural.flattened import prove_flattened
from axiomkd.provers.structural.hulls import learn_from_hulls, prove_hull
from axiomkd.provers.structural.leaders import prove_led
from axiomkd.provers.structural.limits import prove_continuous, prove_limit
from axiomkd.provers.structural.permutations import for_each_permutation
from axiomkd.provers.structural.proportions import learn_proportions
from axiomkd.provers.structural.rewriting import prove_equal, simplify
from axiomkd.provers.structural.roots import prove_without_roots
from axiomkd.provers.structural.sizes import learn_sizes
from axiomkd.provers.structural.softmaxes import prove_distance, prove_spread
from axiomkd.provers.structural.tidy import tidied
from axiomkd.provers.structural.two_outcomes import prove_for_two_outcomes
from axiomkd.provers.structural.weights import (
    learn_from_conditional_facts,
    learn_from_facts,
    learn_simplified_bounds,
    learn_weights,
)
from axiomkd.provers.structural.whole_conditions import by_conditions, has_whole_condition
from axiomkd.provers.structural.written_out import for_each_literal, gathered

__all__ = ["prove"]


ORDER_ATTEMPTS = (
    order.known,
    order.compared_with_zero,
    shares.share_rises,
    chosen_shares.chosen_share_rises,
    weighted.value_by_value,
    order.equal_sides,
    branches.by_branches,
    multiples.multiple,
    cleared.cleared,
    inverses.harmonic,
    inverse_digammas.falls_with_argument,
    inverse_digammas.above_exponential,
    extrema.bound_extremum,
    gaps.by_gap,
    linear_factors.factored_gap,
    logs.logarithmic_gap,
    strict.strict_mean,
    gibbs.by_gibbs,
    quotients.mixture,
    polynomials.increasing_polynomial,
    monotone.by_logarithms,
    monotone.same_operation,
    monotone.below_root,
    monotone.without_summand,
    extrema.through_extremum,
    extrema.put_extremum_in,
    quotients.normalised,
    quotients.below_average,
    hoelder.hoelder,
    strict.squares,
    multiples.scaled,
    gaps.bounded_gap,
    weighted.mean_of_values,
    branches.by_index,
    order.simplified,
)


GLANCE = 300
"""Questions for a look at a formula before it is taken apart."""
RESERVE = 0.3
"""Which part of the questions is kept back for a second attempt, after simplification."""


def prove(goal: Goal, effort: int = EFFORT) -> Derivation | None:
    """A derivation of every conclusion, or ``None``.

    The result is evidence that the kernel has yet to check. The attempt is bounded by ``effort``, a count
    of questions to the kernel, so that its outcome does not depend on the machine.
    """
    book = Book(goal, ORDER_ATTEMPTS, effort)
    if differences.occur(goal):
        book.sign_of_difference = differences.sign_of_difference
    try:
        learn_from_facts(book)
        learn_from_conditional_facts(book)
        learn_beyond_extrema(book)
        learn_from_hulls(book, goal.conclusions)
        for formula in goal.conclusions:
            learn_weights(book, formula)
            learn_chosen_sums(book, formula)
            learn_proportions(book, formula)
            if isinstance(formula, Defined):
                learn_sizes(book, formula)
                learn_entropies(book, formula)
                learn_excepted_sums(book, formula)
                learn_complements(book, formula)
        if book.sign_of_difference is not None:
            differences.learn_roots(book, goal.conclusions)
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
            return _first(book, formula, cast("tuple[Attempt, ...]", (prove_limit, prove_led)))
        case InHull():
            return prove_hull(book, formula)
        case Comparison():
            return _prove_comparison(book, formula)
    raise NoProof("no way to prove", formula)


def _prove_comparison(book: Book, formula: Comparison) -> int:
    """As it stands, or once it is simplified, or written without the numbers of teachers."""
    try:
        with book.sparing(int(RESERVE * book.allowed)):
            return _in_cases_or_whole(book, formula)
    except Refused:
        order.forget_failures(book)
    for attempt in (_tidied, _with_plain_conditions):
        with suppress(Refused):
            return attempt(book, formula)
    for split in (gathered, for_each_literal):
        with suppress(Refused):
            return split(book, formula, _as_it_stands)
    with suppress(Refused):
        return for_each_permutation(book, formula, _as_it_stands)
    return _first(book, formula, cast("tuple[Attempt, ...]", (prove_bounded_sum, prove_rearranged)))


def _tidied(book: Book, formula: Comparison) -> int:
    tidy, links = tidied(book, formula)
    inner = _as_it_stands(book, tidy)
    return book.add("chain", formula, (*links, inner), *tidy.parts)


def _with_plain_conditions(book: Book, formula: Comparison) -> int:
    """The same with simpler conditions in its case distinctions."""
    if not chooses(formula):
        raise NoProof("no case distinction in", formula)
    sides = [plain(book, side) for side in formula.parts]
    if all(step is None for _, step in sides):
        raise NoProof("no simpler condition in", formula)
    simpler = cast(Comparison, type(formula)(*(side for side, _ in sides)))
    inner = _as_it_stands(book, simpler)
    links = tuple(step for step in (sides[0][1], inner, sides[1][1]) if step is not None)
    return book.add("chain", formula, links, *simpler.parts)


def _in_cases_or_whole(book: Book, formula: Comparison) -> int:
    """Where a condition on the whole input may be taken apart, that comes second, after a short look."""
    if has_whole_condition(book, formula):
        memory = dict(book.memory)
        with suppress(Refused), book.sparing(max(book.reserve, book.effort // 2)):
            return _chosen_shares(book, formula)
        with suppress(Refused), book.sparing(max(book.reserve, book.effort - GLANCE)):
            return _as_it_stands(book, formula)
        book.memory = memory  # what the look has left unfinished is no failure
        with suppress(Refused):
            return by_conditions(book, formula, _as_it_stands)
    inverse_digammas.learn_logarithms_of_choices(book, formula, _as_it_stands)
    return _as_it_stands(book, formula)


def _chosen_shares(book: Book, formula: Comparison) -> int:
    """Shares among what is greatest are compared without regard to which outcome that is."""
    kind = cast("type[AtMost]", type(formula))
    return chosen_shares.chosen_share_rises(book, kind, *formula.parts, 1)


def _as_it_stands(book: Book, formula: Comparison) -> int:
    inverse_digammas.learn_quotients(book, formula)
    match formula:
        case Equal():
            ways = (
                _contradiction,
                prove_by_sums,
                _equal_roots,
                _equal,
                _equal_logarithms,
                _equal_units,
                without_factor,
                weighted.sum_of_means,
                _between_bounds,
                _undefined,
            )
            return _first(book, formula, cast("tuple[Attempt, ...]", ways))
        case AtMost():
            attempts = (
                _contradiction,
                prove_along_path,
                prove_by_sums,
                prove_between,
                prove_divergence,
                prove_entropy,
                prove_flattened,
                prove_escort,
                prove_for_two_outcomes,
                prove_by_deviation,
                prove_spread,
                prove_distance,
                _order,
                _simplified_order,
            )
            return _first(book, formula, cast("tuple[Attempt, ...]", attempts))
        case Less():
            return _first(book, formula, (_contradiction, prove_by_sums, prove_for_two_outcomes, _order))
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


def _equal_roots(book: Book, formula: Formula) -> int:
    return prove_without_roots(book, *formula.parts)


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


def _undefined(book: Book, formula: Formula) -> int:
    """Something is zero that must not be, as something is defined: the statement is vacuous."""
    for number in list(book.known):
        known = book.formula(number)
        if isinstance(known, Different) and known.right is ZERO:
            for index in sorted(known.free - set(book.goal.indices), key=lambda x: x.name):
                for other in book.goal.indices:
                    if other.sort == index.sort:
                        known = cast(Different, substitute(known, {index: other}))
            end, step = simplify(book, known.left)
            if end is ZERO and step is not None:
                zero = book.formula(step)
                other_step = book.add("instance", known, (number,))
                return book.add("contradiction", formula, (step, other_step), zero)
    raise NoProof("nothing undefined")
