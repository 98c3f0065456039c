"""Bounds of a mean by the weighted arithmetic mean of what it averages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from typing import cast

from axiomkd.kernel.algebra import expand
from axiomkd.kernel.combination import hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    Add,
    AtMost,
    Big,
    Equal,
    Formula,
    Free,
    Multiply,
    Node,
    Number,
    Power,
    Term,
    add,
    big_sum,
    multiply,
    power,
    substitute,
)
from axiomkd.provers.structural.book import Book, NoProof, general_names
from axiomkd.provers.structural.gaps import comparison, prove_by_gap
from axiomkd.provers.structural.order import prove_order
from axiomkd.provers.structural.rewriting import prove_equal
from axiomkd.provers.structural.roots import prove_root_of_power
from axiomkd.provers.structural.signs import is_positive, learn_nonnegative
from axiomkd.provers.structural.sums import equation, reduce_by_sums, reduce_equal

HALF = Number(Fraction(1, 2))
Bound = tuple[Term, int]
"""A weighted arithmetic mean, and the step that bounds the value by it."""


def average_bound(book: Book, value: Term, upper: bool) -> Bound:
    """A weighted mean above (or below) a value, with the step that says so."""
    try:
        return _direct(book, value, upper)
    except Refused:
        return _composite(book, value, upper)


def _composite(book: Book, value: Term, upper: bool) -> Bound:
    """A monotone expression of means that collapses when all of them are the weighted mean."""
    found: dict[Term, Term] = {}
    for part in value.parts if not isinstance(value, Big) else ():
        for inner in _means(part) if isinstance(part, Node) else ():
            with suppress(Refused):
                mean, step = _direct(book, inner, upper)
                found[inner] = mean
                book.know(step)
    if not found:
        raise NoProof("no means in", value)
    mean = next(iter(found.values()))
    for other in found.values():
        if other is not mean:
            book.know(prove_equal(book, other, mean))
    replaced = cast(Term, substitute(value, {inner: mean for inner in found}))
    is_positive(book, mean)
    same = prove_equal(book, replaced, mean)
    step = prove_order(book, AtMost, *((value, replaced) if upper else (replaced, value)))
    return mean, book.add("chain", _ordered(value, mean, upper), (step, same), replaced)


def _means(node: Node) -> Iterator[Term]:
    """The outermost sums, products and extrema over an index inside a term."""
    if isinstance(node, Big):
        yield node
        return
    for part in node.parts:
        if isinstance(part, Node):
            yield from _means(part)


def _direct(book: Book, value: Term, upper: bool) -> Bound:
    match value:
        case Big("product", _) if upper:
            return _of_product(book, value)
        case Big("minimum", _) if upper:
            return _of_extremum(book, value, upper)
        case Big("maximum", _) if not upper:
            return _of_extremum(book, value, upper)
        case Power(base, exponent):
            return _of_power(book, base, exponent, upper)
        case Add():
            return _of_sum(book, value, upper)
        case Multiply():
            return _of_multiple(book, value, upper)
        case Big("sum", _):
            return value, book.add("instance", comparison(AtMost, value, value))
    raise NoProof(value, "is no mean that is known to lie on one side of the arithmetic one")


def _ordered(value: Term, average: Term, upper: bool) -> Formula:
    return comparison(AtMost, value, average) if upper else comparison(AtMost, average, value)


def _of_product(book: Book, value: Big) -> Bound:
    k = book.index_for(value)
    body = value.at(k)
    if not isinstance(body, Power):
        raise NoProof("no weighted product")
    weight, mean = body.exponent, big_sum(k, body.exponent * body.base)
    total = _sums_to_one(book, k, weight)
    learn_nonnegative(book, weight)
    learn_nonnegative(book, body.base)
    formula = _ordered(value, mean, True)
    return mean, book.add_from_known("weighted_am_gm", formula, k, weight, body.base, also=(total,))


def _sums_to_one(book: Book, index: Free, weight: Term) -> int:
    total = big_sum(index, weight)
    found = book.find(cast(Equal, Equal(total, ONE)))
    return reduce_equal(book, total, ONE) if found is None else found


def _of_extremum(book: Book, value: Big, upper: bool) -> Bound:
    for k, weight in known_weights(book, value.sort):
        mean = big_sum(k, weight * value.at(k))
        n = book.index_for(value)
        ends = (value, value.at(n)) if upper else (value.at(n), value)
        book.know(book.add("extremum_bounds", cast(AtMost, AtMost(*ends)), (), n))
        return mean, prove_by_gap(book, AtMost, *((value, mean) if upper else (mean, value)))
    raise NoProof("no weights to average with")


def known_weights(book: Book, sort: str) -> Iterator[tuple[Free, Term]]:
    for number in list(book.known):
        formula = book.formula(number)
        if isinstance(formula, Equal) and formula.right is ONE and isinstance(formula.left, Big):
            total = formula.left
            if total.kind == "sum" and total.sort == sort and not total.free:
                k = book.index(sort)
                yield k, total.at(k)


def _of_power(book: Book, base: Term, exponent: Term, upper: bool) -> Bound:
    """(sum w x^r)^(1/r) against sum w x, by Jensen and the monotone outer power."""
    if isinstance(base, Add) and exponent.parts == (2,) and upper:
        return square_of_roots(book, base)
    if not (isinstance(base, Big) and base.kind == "sum"):
        raise NoProof("no power mean")
    k = book.index_for(base)
    for weight, inner, r in _weighted_powers(base.at(k)):
        try:
            prove_equal(book, r * exponent, ONE)
            return _power_mean(book, (k, weight, inner), r, cast(Power, power(base, exponent)), upper)
        except Refused:
            continue
    raise NoProof("no power mean on that side")


def square_of_roots(book: Book, base: Add) -> Bound:
    r""":math:`(\sum c\,x^{1/2} + \sum d\,y^{1/2})^2 \le \sum c\,x + \sum d\,y` where all c and d sum to 1.

    The gap is the sum over all pairs of half the product of their weights times the squared difference.
    """
    terms = [_weighted_root(book, part) for part in base.parts]
    mean = add(*(big_sum(k, weight * inner) for k, weight, inner in terms))
    formula = comparison(AtMost, power(base, 2), mean)
    pairs = add(*(_squared_gap(book, one, other) for one in terms for other in terms))
    polynomial = expand(mean - power(base, 2) - pairs, book.goal.sizes)
    rest, template, premises = reduce_by_sums(book, polynomial)
    if rest:
        raise NoProof("weights that do not sum to 1")
    return mean, book.add_from_known("combination", formula, add(pairs, template), also=tuple(premises))


Weighted = tuple[Free, Term, Term]
"""An index, the weight and what it weighs."""


def _weighted_root(book: Book, part: Term) -> Weighted:
    if isinstance(part, Big) and part.kind == "sum":
        k = book.index_for(part)
        for weight, inner, exponent in _weighted_powers(part.at(k)):
            if exponent is HALF:
                root = power(inner, HALF)
                learn_nonnegative(book, weight)
                same = prove_root_of_power(book, power(root, 2), inner)
                apart = book.add("algebraic", equation(root * root, power(root, 2)))
                book.know(book.add("chain", equation(root * root, inner), (apart, same), power(root, 2)))
                return k, weight, inner
    raise NoProof("no mean of roots")


def _squared_gap(book: Book, one: Weighted, other: Weighted) -> Term:
    (k, first, x), (l, second, y) = one, other  # noqa: E741
    if l is k:
        l = book.index(k.sort)  # noqa: E741
        second, y = (cast(Term, substitute(value, {k: l})) for value in (second, y))
    gap = power(power(x, HALF) - power(y, HALF), 2)
    return big_sum(k, big_sum(l, multiply(HALF, first, second, gap)))


def _weighted_powers(body: Term) -> Iterator[tuple[Term, Term, Term]]:
    """A term as weight times x^r."""
    parts = body.parts if isinstance(body, Multiply) else (body,)
    for n, part in enumerate(parts):
        if isinstance(part, Power):
            yield multiply(*parts[:n], *parts[n + 1 :]), part.base, part.exponent


def _power_mean(book: Book, weighted: tuple[Free, Term, Term], r: Term, value: Power, upper: bool) -> Bound:
    k, weight, inner = weighted
    total = _sums_to_one(book, k, weight)
    if not is_positive(book, inner):
        learn_nonnegative(book, inner)
    learn_nonnegative(book, weight)
    mean = big_sum(k, weight * inner)
    powers, power_of_mean = big_sum(k, weight * power(inner, r)), power(mean, r)
    ends = (powers, power_of_mean) if _is_concave(book, r) else (power_of_mean, powers)
    jensen = book.add_from_known(
        "jensen_power", comparison(AtMost, *ends), k, weight, inner, r, also=(total,)
    )
    book.know(jensen)
    raised = power(power_of_mean, value.exponent)
    is_positive(book, mean)
    collapsed = _collapsed(book, raised, mean)
    links = [prove_order(book, AtMost, *((value, raised) if upper else (raised, value)))]
    links.append(collapsed)
    return mean, book.add("chain", _ordered(value, mean, upper), tuple(links), raised)


def _collapsed(book: Book, raised: Term, mean: Term) -> int:
    try:
        return prove_equal(book, raised, mean)
    except Refused:
        return prove_root_of_power(book, raised, mean)


def _is_concave(book: Book, exponent: Term) -> bool:
    """Whether the power is concave; if not, the kernel is shown where the exponent lies instead."""
    if is_positive(book, exponent) and _learn_order(book, exponent, ONE):
        return True
    if not _learn_order(book, ONE, exponent):
        _learn_order(book, exponent, ZERO)
    return False


def _learn_order(book: Book, left: Term, right: Term) -> bool:
    try:
        book.know(prove_order(book, AtMost, left, right))
    except Refused:
        return False
    return True


def _of_sum(book: Book, value: Term, upper: bool) -> Bound:
    bounds = [average_bound(book, part, upper) for part in value.parts]
    mean = add(*(average for average, _ in bounds))
    template = add(*(hole(n, *general_names(book, step)) for n, (_, step) in enumerate(bounds)))
    steps = tuple(step for _, step in bounds)
    return mean, book.add_from_known("combination", _ordered(value, mean, upper), template, also=steps)


def _of_multiple(book: Book, value: Term, upper: bool) -> Bound:
    numbers = [part for part in value.parts if isinstance(part, Number) and part.value > 0]
    others = [part for part in value.parts if part not in numbers]
    if not numbers or not others:
        raise NoProof("no multiple of a mean")
    average, step = average_bound(book, multiply(*others), upper)
    mean = multiply(*numbers, average)
    template = multiply(*numbers, hole(0, *general_names(book, step)))
    return mean, book.add_from_known("combination", _ordered(value, mean, upper), template, also=(step,))
