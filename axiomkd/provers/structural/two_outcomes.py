"""Two outcomes: what one gains the other loses, so bounds of both masses bound a normalised term."""

from __future__ import annotations

from contextlib import suppress
from typing import cast

from axiomkd.kernel.application import match
from axiomkd.kernel.combination import hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Big,
    Equal,
    Formula,
    Free,
    Index,
    Less,
    Literal,
    Node,
    Same,
    Term,
    add,
    multiply,
    substitute,
    subterms,
)
from axiomkd.provers.structural.book import Book, NoProof, general_names
from axiomkd.provers.structural.extrema import prove_collapse, terms_replaced
from axiomkd.provers.structural.gaps import Kind, comparison, prove_by_gap
from axiomkd.provers.structural.order import prove_order
from axiomkd.provers.structural.quotients import mixture_parts, quotients
from axiomkd.provers.structural.signs import is_positive, learn_nonnegative, learn_positive

Cleared = tuple[Term, tuple[int, int], tuple[Term, Term, Term, Term]]
"""The template for a d <= c b, its premises, and a, b, c, d."""


def prove_for_two_outcomes(book: Book, formula: Formula) -> int:
    """An inequality at two outcomes, for each value of the outcome that it speaks of."""
    indices = [
        index for index in sorted(formula.free, key=lambda x: x.name) if book.goal.size(index.sort) == 2
    ]
    if not isinstance(formula, AtMost | Less) or len(indices) != 1:
        raise NoProof("not about one of two outcomes")
    index = indices[0]
    steps: list[int] = []
    for number in (1, 2):
        here, other = (cast(Index, Literal(n, index.sort)) for n in (number, 3 - number))
        with book.assuming(cast(Formula, Same(index, here))) as same:
            _learn_facts_at(book, index, here, other, same)
            there = cast(Formula, substitute(formula, {index: here}))
            proof = _prove_at(book, there, here, other)
            steps.append(book.add("same_index", formula, (same, proof), index, here))
    return book.add("cases_literal", formula, tuple(steps), index)


def _prove_at(book: Book, formula: Formula, here: Index, other: Index) -> int:
    kind, (left, right) = type(cast(AtMost, formula)), cast("tuple[Term, Term]", formula.parts)
    for attempt in (_two_quotients, _below_bound, _above_bound):
        try:
            return _clear(book, formula, attempt(book, kind, left, right, here, other))
        except Refused:
            continue
    return _mixture_at(book, formula, here, other)


def _clear(book: Book, formula: Formula, cleared: Cleared) -> int:
    template, links, (a, b, c, d) = cleared
    for positive in (b, d):
        learn_positive(book, positive)
    product = comparison(type(cast(AtMost, formula)), a * d, c * b)
    inner = book.add_from_known("combination", product, template, also=links)
    return book.add_from_known("quotient", formula, a, b, c, d, also=(inner,))


def _mixture_at(book: Book, formula: Formula, here: Index, other: Index) -> int:
    """Mixtures with the same constant coefficients, part by part; a bound is a mixture of itself."""
    mixtures = [mixture_parts(cast(Term, side)) for side in formula.parts]
    longest = max(mixtures, key=len)
    if len(longest) < 2:
        raise NoProof("no bound from both outcomes")
    kind = type(cast(AtMost, formula))
    ends = [
        [part for _, part in mixed] if len(mixed) > 1 else [mixed[0][1]] * len(longest) for mixed in mixtures
    ]
    steps = tuple(
        _part_at(book, comparison(kind, left, right), here, other) for left, right in zip(*ends, strict=True)
    )
    template = add(*(scale * hole(n, *general_names(book, steps[n])) for n, (scale, _) in enumerate(longest)))
    return book.add_from_known("combination", formula, template, also=steps)


def _part_at(book: Book, formula: Formula, here: Index, other: Index) -> int:
    try:
        return _prove_at(book, formula, here, other)
    except Refused:
        return prove_order(book, type(cast(AtMost, formula)), *formula.parts)


def _learn_facts_at(book: Book, index: Free, here: Index, other: Index, same: int) -> None:
    """Facts about the outcome, and their counterparts about the other one."""
    for number in list(book.known):
        formula = book.formula(number)
        if index in formula.free and number != same:
            moved = cast(Formula, substitute(formula, {index: here}))
            book.know(book.add("same_index", moved, (same, number), index, here))
    _learn_complements(book, here.sort)
    for number, total in _distributions(book, here.sort):
        _learn_counterparts(book, number, total, here, other)


def _distributions(book: Book, sort: str) -> list[tuple[int, Big]]:
    """Known sums over the outcomes that are 1."""
    formulas = ((number, book.formula(number)) for number in book.known)
    return [
        (number, formula.left)
        for number, formula in formulas
        if isinstance(formula, Equal)
        and formula.right is ONE
        and isinstance(formula.left, Big)
        and formula.left.sort == sort
    ]


def _learn_counterparts(book: Book, equation: int, total: Big, here: Index, other: Index) -> None:
    """x <= y at one outcome is y' <= x' at the other, where x + x' = 1 = y + y'."""
    names = general_names(book, equation)
    for number in list(book.known):
        formula = book.formula(number)
        if not isinstance(formula, AtMost | Less):
            continue
        found: list[dict[Free, Index]] = [{}, {}]
        sides = zip(formula.parts, found, strict=True)
        if all(match(total.at(here), side, frozenset(names), renaming) for side, renaming in sides):
            small, great = (cast(Term, substitute(total.at(other), renaming)) for renaming in found)
            one, two = (hole(1, *(renaming.get(n, n) for n in names)) for renaming in found)
            template = hole(0, *general_names(book, number)) + two + multiply(-1, one)
            swapped = comparison(type(formula), great, small)
            book.know(book.add("combination", swapped, (number, equation), template))


def _try_to_learn(book: Book, kind: Kind, left: Term, right: Term) -> None:
    with suppress(Refused):
        book.know(prove_by_gap(book, kind, left, right))


def _learn_complements(book: Book, sort: str) -> None:
    """Each entry of a distribution on two positive outcomes is below 1."""
    for number, total in _distributions(book, sort):
        for n in (1, 2):
            entry, rest = (total.at(cast(Index, Literal(m, sort))) for m in (n, 3 - n))
            if is_positive(book, rest):
                template = rest + hole(0, *general_names(book, number))
                for ends in ((ZERO, 1 - entry), (entry, ONE)):
                    below = comparison(Less, *ends)
                    book.know(book.add_from_known("combination", below, template, also=(number,)))


def _masses(value: Term, here: Index, other: Index) -> tuple[Term, Term, Term]:
    """Numerator at this outcome and at the other, and the normaliser of a normalised term."""
    for above, below in quotients(value):
        if isinstance(below, Big) and below.kind == "sum" and below.at(here) is above:
            return above, below.at(other), below
    raise NoProof("not normalised")


def _two_quotients(book: Book, kind: Kind, left: Term, right: Term, here: Index, other: Index) -> Cleared:
    """x1/(x1+x2) <= y1/(y1+y2) where x1 <= y1 and y2 <= x2."""
    x, x_other, x_total = _masses(left, here, other)
    y, y_other, y_total = _masses(right, here, other)
    (learn_positive if kind is Less else learn_nonnegative)(book, x_other)
    learn_nonnegative(book, x)
    links = prove_order(book, kind, x, y), prove_order(book, AtMost, y_other, x_other)
    template = x_other * _hole(book, 0, links) + x * _hole(book, 1, links)
    return template, links, (x, x_total, y, y_total)


def _below_bound(book: Book, kind: Kind, left: Term, right: Term, here: Index, other: Index) -> Cleared:
    """x1/(x1+x2) <= M where x1 <= M and 1 - M <= x2."""
    x, x_other, total = _masses(left, here, other)
    rest = _complement(book, right)
    links = prove_order(book, kind, x, right), _mean_bound(book, rest, x_other, right, here, other)
    template = right * _hole(book, 1, links) + rest * _hole(book, 0, links)
    return template, links, (x, total, right, ONE)


def _above_bound(book: Book, kind: Kind, left: Term, right: Term, here: Index, other: Index) -> Cleared:
    """m <= x1/(x1+x2) where m <= x1 and x2 <= 1 - m."""
    x, x_other, total = _masses(right, here, other)
    rest = _complement(book, left)
    links = prove_order(book, kind, left, x), _mean_bound(book, rest, x_other, left, here, other)
    template = rest * _hole(book, 0, links) + left * _hole(book, 1, links)
    return template, links, (left, ONE, x, total)


def _hole(book: Book, number: int, links: tuple[int, int]) -> Term:
    return hole(number, *general_names(book, links[number]))


def _complement(book: Book, extremum: Term) -> Term:
    """1 - M for an extremum M of entries below 1, known to be positive."""
    if not (isinstance(extremum, Big) and extremum.kind in ("maximum", "minimum")):
        raise NoProof("no extremum of the teachers")
    learn_positive(book, extremum)
    below = prove_order(book, Less, extremum, ONE)
    rest = 1 - extremum
    book.know(book.add("combination", comparison(Less, ZERO, rest), (below,), hole(0)))
    return rest


def _mean_bound(book: Book, rest: Term, value: Term, extremum: Term, here: Index, other: Index) -> int:
    """Bound the other outcome's mass by what it becomes when every entry is 1 - M."""
    assert isinstance(extremum, Big)
    n = book.index_for(extremum)
    entry = cast(Term, substitute(extremum.at(n), {here: other}))
    replaced = terms_replaced(value, entry, n, rest)
    if replaced is value or _mentions(value, extremum):
        raise NoProof("nothing to replace")
    ends = (extremum.at(n), extremum) if extremum.kind == "maximum" else (extremum, extremum.at(n))
    book.know(book.add("extremum_bounds", comparison(AtMost, *ends), (), n))
    _try_to_learn(book, AtMost, *((rest, entry) if extremum.kind == "maximum" else (entry, rest)))
    collapse = prove_collapse(book, rest, replaced)
    if extremum.kind == "maximum":
        inner = prove_order(book, AtMost, replaced, value)
        return book.add("chain", comparison(AtMost, rest, value), (collapse, inner), replaced)
    inner = prove_order(book, AtMost, value, replaced)
    return book.add("chain", comparison(AtMost, value, rest), (inner, collapse), replaced)


def _mentions(node: Node, part: Node) -> bool:
    return any(inner is part for inner in subterms(node))
