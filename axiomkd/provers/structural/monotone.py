"""Inequalities between terms built alike, and of products through their logarithms."""

from __future__ import annotations

from contextlib import suppress
from typing import cast

from axiomkd.kernel.combination import hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.logarithm import logarithm
from axiomkd.kernel.terms import (
    ZERO,
    Add,
    AtMost,
    Big,
    Exp,
    Free,
    InverseDigamma,
    Less,
    Log,
    Multiply,
    Number,
    Power,
    Term,
    big_sum,
    multiply,
    rebuild,
    term,
)
from axiomkd.provers.structural.book import Book, NoProof, general_names
from axiomkd.provers.structural.gaps import Kind, comparison, prove_by_gap
from axiomkd.provers.structural.order import prove_order
from axiomkd.provers.structural.signs import (
    is_positive,
    learn_nonnegative,
    learn_positive,
    prove_nonnegative,
    prove_positive,
)
from axiomkd.provers.structural.sums import equation


def same_operation(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """The same operation on both sides, monotone in its parts."""
    formula = comparison(kind, left, right)
    match left, right:
        case (Power(base, exponent), Power(other, same)) if exponent is same:
            return _powers(book, kind, base, other, exponent, depth)
        case (Big(one, sort), Big(two, other_sort)) if (one, sort) == (two, other_sort):
            return _big(book, kind, left, right, depth)
        case (Exp(one), Exp(two)):
            return book.add("exponential_increases", formula, (prove_order(book, kind, one, two, depth),))
        case (InverseDigamma(one), InverseDigamma(two)):
            inner = prove_order(book, kind, one, two, depth)
            return book.add("inverse_digamma_increases", formula, (inner,))
        case (Log(one), Log(two)):
            inner = prove_order(book, kind, one, two, depth)
            return book.add_from_known(
                "logarithm_increases", formula, also=(inner, prove_positive(book, one))
            )
        case (Multiply(), Multiply()) if set(_factors(left)) & set(_factors(right)):
            return _common_factor(book, kind, left, right, depth)
        case (Multiply(), _) | (_, Multiply()) if left in _factors(right) or right in _factors(left):
            return _common_factor(book, kind, left, right, depth)
        case (Multiply() | Big(), Multiply() | Big()) if (
            _one_sum(left) and _one_sum(right) and left is not right
        ):
            return _factors_inside(book, kind, left, right, depth)
        case (Multiply(), Multiply()) | (Add(), Add()) if len(left.parts) == len(right.parts):
            return _part_by_part(book, kind, left, right, depth)
    raise NoProof(left, "and", right, "are built differently")


def _common_factor(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """A factor of both sides is left out; a negative number turns the sides round."""
    factors = [_factors(side) for side in (left, right)]
    common = next(part for part in factors[0] if part in factors[1])
    for parts in factors:
        parts.remove(common)
    rests = [multiply(*parts) for parts in factors]
    if isinstance(common, Number) and common.value < 0:
        common, rests = term(-common.value), rests[::-1]
    (learn_positive if kind is Less else learn_nonnegative)(book, common)
    inner = prove_order(book, kind, rests[0], rests[1], depth)
    template = multiply(common, hole(0, *general_names(book, inner)))
    return book.add_from_known("combination", comparison(kind, left, right), template, also=(inner,))


def _factors(value: Term) -> list[Term]:
    """The factors of a product, nested products laid flat."""
    if isinstance(value, Multiply):
        return [factor for part in value.parts for factor in _factors(part)]
    return [value]


def _one_sum(value: Term) -> bool:
    """Whether a term is a sum over an index, perhaps with factors outside."""
    return sum(isinstance(part, Big) and part.kind == "sum" for part in _factors(value)) == 1


def _factors_inside(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """Factors are taken inside both sums, which are then compared term by term."""
    if not (isinstance(left, Multiply) or isinstance(right, Multiply)):
        raise NoProof("no factors to take inside")
    ends = [_inside(book, side) for side in (left, right)]
    links = [
        book.add("algebraic", equation(side, end))
        for side, end in zip((left, right), ends, strict=True)
        if side is not end
    ]
    inner = prove_order(book, kind, ends[0], ends[1], depth)
    return book.add("chain", comparison(kind, left, right), (*links, inner), *ends)


def _inside(book: Book, value: Term) -> Term:
    parts = _factors(value)
    total = next(part for part in parts if isinstance(part, Big) and part.kind == "sum")
    index = book.index_for(total)
    return big_sum(index, multiply(*(part for part in parts if part is not total), total.at(index)))


def _powers(book: Book, kind: Kind, base: Term, other: Term, exponent: Term, depth: int) -> int:
    formula = comparison(kind, cast(Term, Power(base, exponent)), cast(Term, Power(other, exponent)))
    falls = isinstance(exponent, Number) and exponent.value < 0
    inner = (
        prove_order(book, kind, other, base, depth) if falls else prove_order(book, kind, base, other, depth)
    )
    signs = [prove_positive(book, other) if falls else prove_nonnegative(book, base)]
    if not falls:
        signs.append(prove_positive(book, exponent) if kind is Less else prove_nonnegative(book, exponent))
    return book.add_from_known("power_of_base", formula, also=(inner, *signs))


def _big(book: Book, kind: Kind, left: Big, right: Big, depth: int) -> int:
    formula = comparison(kind, left, right)
    index = book.index_for(left, right)
    if left.kind == "sum":
        try:
            inner = prove_order(book, kind, left.at(index), right.at(index), depth)
        except Refused:
            return _strict_somewhere(book, left, right, index, kind, depth)
        template = big_sum(index, hole(0, *general_names(book, inner)))
        return book.add_from_known("combination", formula, template, also=(inner,))
    if left.kind == "product" and kind is AtMost:
        inner = prove_order(book, kind, left.at(index), right.at(index), depth)
        sign = prove_nonnegative(book, left.at(index))
        return book.add_from_known("product_increases", formula, also=(inner, sign))
    raise NoProof("no monotone operation over an index")


def _strict_somewhere(book: Book, left: Big, right: Big, index: Free, kind: Kind, depth: int) -> int:
    """Sums with common weights of which one is positive, where each weighted term is less than the other."""
    if kind is not Less:
        raise NoProof("not strict")
    ours, theirs = _factors(left.at(index)), _factors(right.at(index))
    weights = [factor for factor in ours if factor in theirs]
    for factor in weights:
        ours.remove(factor)
        theirs.remove(factor)
    small, great = multiply(*ours), multiply(*theirs)
    inner = prove_order(book, Less, small, great, depth)
    distance = comparison(Less, ZERO, great - small)
    book.know(book.add("combination", distance, (inner,), hole(0, *general_names(book, inner))))
    positive = prove_positive(book, big_sum(index, multiply(*weights, great - small)))
    return book.add("combination", comparison(Less, left, right), (positive,), hole(0))


def _part_by_part(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """Exchange the parts one after the other, each exchange an inequality."""
    links: list[int] = []
    middle = left
    stations: list[Term] = []
    changed = [n for n, (x, y) in enumerate(zip(left.parts, right.parts, strict=True)) if x is not y]
    for n in changed:
        after = cast(Term, rebuild(middle, (*middle.parts[:n], right.parts[n], *middle.parts[n + 1 :])))
        links.append(_exchange_part(book, kind, middle, after, n, depth))
        stations.append(after)
        middle = after
    return book.add("chain", comparison(kind, left, right), tuple(links), *stations[:-1])


def _exchange_part(book: Book, kind: Kind, before: Term, after: Term, position: int, depth: int) -> int:
    inner = prove_order(book, kind, before.parts[position], after.parts[position], depth)
    here = hole(0, *general_names(book, inner))
    template = here
    if isinstance(before, Multiply):
        others = [part for n, part in enumerate(before.parts) if n != position]
        for part in others:
            learn_positive(book, part) if kind is Less else prove_nonnegative(book, part)
        template = multiply(*others, here)
    return book.add_from_known("combination", comparison(kind, before, after), template, also=(inner,))


def below_root(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """x <= y^r, for 0 < r < 1 and positive x, where x^(1/r) <= y."""
    match right:
        case Power(base, Number(exponent)) if 0 < exponent < 1 and not isinstance(left, Power):
            learn_positive(book, left)
        case _:
            raise NoProof("no root on the right")
    raised = cast(Term, Power(left, term(1 / exponent)))
    inner = prove_order(book, kind, raised, base, depth)
    root = cast(Term, Power(raised, right.exponent))
    same = book.add_from_known("powers", equation(left, root))
    bound = book.add_from_known("power_of_base", comparison(kind, root, right), also=(inner,))
    return book.add("chain", comparison(kind, left, right), (same, bound), root)


def without_summand(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """x <= (y + z)^r, for positive r, where x <= y^r and z is not negative."""
    match right:
        case Power(Add() as total, exponent) if kind is AtMost and not isinstance(left, Power):
            learn_positive(book, exponent)
        case _:
            raise NoProof("no power of a sum on the right")
    for part in total.parts:
        with suppress(Refused):
            learn_positive(book, part)
            smaller = cast(Term, Power(part, exponent))
            inner = prove_order(book, kind, left, smaller, depth)
            grown = same_operation(book, kind, smaller, right, depth)
            return book.add("chain", comparison(kind, left, right), (inner, grown), smaller)
    raise NoProof("no summand that is large enough")


def by_logarithms(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """Products of powers, by the gap of their logarithms."""
    if not any(_is_product(side) for side in (left, right)):
        raise NoProof("no products")
    if not (is_positive(book, left) and is_positive(book, right)):
        raise NoProof("sides of unknown sign")
    _learn_logarithms(book)
    ends: list[Term] = []
    links: list[int] = []
    for side in (left, right):
        factors: list[Term] = []
        expanded = logarithm(side, factors)
        if not all(is_positive(book, factor) for factor in factors):
            raise NoProof("factors of unknown sign")
        ends.append(expanded)
        links.append(book.add_from_known("logarithms", equation(cast(Term, Log(side)), expanded)))
    inner = prove_by_gap(book, kind, *ends)
    whole = book.add(
        "chain",
        comparison(kind, cast(Term, Log(left)), cast(Term, Log(right))),
        (links[0], inner, links[1]),
        *ends,
    )
    return book.add_from_known("logarithm_decides", comparison(kind, left, right), also=(whole,))


def _is_product(value: Term) -> bool:
    if isinstance(value, Multiply):
        return any(_is_product(part) for part in value.parts)
    return isinstance(value, Exp) or (isinstance(value, Big) and value.kind == "product")


def _learn_logarithms(book: Book) -> None:
    """The order of two known positive terms is that of their logarithms."""
    for number in list(book.known):
        formula = book.formula(number)
        if not isinstance(formula, AtMost | Less) or isinstance(formula.left, Log | Number):
            continue
        if is_positive(book, formula.left) and is_positive(book, formula.right):
            ends = (cast(Term, Log(formula.left)), cast(Term, Log(formula.right)))
            logs = comparison(type(formula), *ends)
            book.know(book.add_from_known("logarithm_increases", logs, also=(number,)))
