"""Proving inequalities by their structure."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import cast

from axiomkd.kernel.application import match
from axiomkd.kernel.combination import hole
from axiomkd.kernel.logarithm import logarithm
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    Add,
    AtMost,
    Big,
    Exp,
    Extreme,
    Free,
    Index,
    Less,
    Log,
    Multiply,
    Node,
    Number,
    Power,
    Term,
    Variable,
    add,
    big_sum,
    close_binder,
    fresh,
    multiply,
    rebuild,
    subterms,
)
from axiomkd.provers.structural.book import Book, NoProof, indices_in_scope
from axiomkd.provers.structural.gaps import Kind, comparison, general_names, prove_by_gap
from axiomkd.provers.structural.rewriting import equation, prove_equal, simplify
from axiomkd.provers.structural.signs import (
    is_positive,
    learn_nonnegative,
    learn_positive,
    prove_nonnegative,
    prove_positive,
)

DEPTH = 9


def prove_order(book: Book, kind: Kind, left: Term, right: Term, depth: int = 0) -> int:
    """Write a step left <= right, or left < right; raises :class:`NoProof`."""
    formula = comparison(kind, left, right)
    found = book.find(formula)
    if found is not None:
        return found
    key = ("no order", formula, tuple(book.known))
    if depth > DEPTH or key in book.memory:
        raise NoProof("no order of", left, "and", right)
    for attempt in ATTEMPTS:
        try:
            return attempt(book, kind, left, right, depth + 1)
        except NoProof:
            continue
    book.memory[key] = True
    raise NoProof("no order of", left, "and", right)


def _known(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    return book.add_from_known("instance", comparison(kind, left, right))


def _zero(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    if left is not ZERO:
        raise NoProof("not a comparison with zero")
    return prove_positive(book, right) if kind is Less else prove_nonnegative(book, right)


def _equal(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    if kind is Less:
        raise NoProof("a strict inequality")
    return book.add("chain", comparison(kind, left, right), (prove_equal(book, left, right),))


def _extremum(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """A maximum on the left, a minimum on the right: bound every term."""
    formula = comparison(kind, left, right)
    if isinstance(left, Big | Extreme) and left.kind == "maximum":
        inner = [prove_order(book, kind, element, right, depth) for element in _elements(book, left)]
    elif isinstance(right, Big | Extreme) and right.kind == "minimum":
        inner = [prove_order(book, kind, left, element, depth) for element in _elements(book, right)]
    else:
        raise NoProof("no extremum to bound")
    return book.add("extremum_is_least_bound", formula, tuple(inner))


def _elements(book: Book, extremum: Big | Extreme) -> list[Term]:
    if isinstance(extremum, Extreme):
        return list(extremum.arguments)
    return [extremum.at(book.index_for(extremum))]


def _below_extremum(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """Below one term of a maximum, above one term of a minimum."""
    formula = comparison(kind, left, right)
    if isinstance(right, Big | Extreme) and right.kind == "maximum":
        for element, bound in _bounds(book, right, left):
            try:
                inner = prove_order(book, kind, left, element, depth)
                return book.add("chain", formula, (inner, bound), element)
            except NoProof:
                continue
    if isinstance(left, Big | Extreme) and left.kind == "minimum":
        for element, bound in _bounds(book, left, right):
            try:
                inner = prove_order(book, kind, element, right, depth)
                return book.add("chain", formula, (bound, inner), element)
            except NoProof:
                continue
    raise NoProof("no extremum to go through")


def _bounds(book: Book, extremum: Big | Extreme, other: Term) -> list[tuple[Term, int]]:
    """Terms of an extremum with the step that says on which side of it they are."""

    def ordered(element: Term) -> AtMost:
        ends = (element, extremum) if extremum.kind == "maximum" else (extremum, element)
        return cast(AtMost, AtMost(*ends))

    if isinstance(extremum, Extreme):
        return [(x, book.add("extremum_bounds", ordered(x))) for x in extremum.arguments]
    indices = [index for index in indices_in_scope(book, other, extremum.sort) if not _unrelated(index, other)]
    return [(extremum.at(n), book.add("extremum_bounds", ordered(extremum.at(n)), (), n)) for n in indices]


def _unrelated(index: Index, other: Term) -> bool:
    return isinstance(index, Free) and index not in other.free


def _structure(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """The same operation on both sides, monotone in its parts."""
    formula = comparison(kind, left, right)
    match left, right:
        case (Power(base, exponent), Power(other, same)) if exponent is same:
            return _powers(book, kind, base, other, exponent, depth)
        case (Big(one, sort), Big(two, other_sort)) if (one, sort) == (two, other_sort):
            return _big(book, kind, left, right, depth)
        case (Exp(one), Exp(two)):
            return book.add("exponential_increases", formula, (prove_order(book, kind, one, two, depth),))
        case (Log(one), Log(two)):
            inner = prove_order(book, kind, one, two, depth)
            return book.add_from_known(
                "logarithm_increases", formula, also=(inner, prove_positive(book, one))
            )
        case (Multiply(), Multiply()) | (Add(), Add()) if len(left.parts) == len(right.parts):
            return _part_by_part(book, kind, left, right, depth)
    raise NoProof(left, "and", right, "are built differently")


def _powers(book: Book, kind: Kind, base: Term, other: Term, exponent: Term, depth: int) -> int:
    formula = comparison(kind, cast(Term, Power(base, exponent)), cast(Term, Power(other, exponent)))
    falls = isinstance(exponent, Number) and exponent.value < 0
    inner = prove_order(book, kind, other, base, depth) if falls else prove_order(book, kind, base, other, depth)
    signs = [prove_positive(book, other) if falls else prove_nonnegative(book, base)]
    if not falls:
        signs.append(prove_positive(book, exponent) if kind is Less else prove_nonnegative(book, exponent))
    return book.add_from_known("power_of_base", formula, also=(inner, *signs))


def _big(book: Book, kind: Kind, left: Big, right: Big, depth: int) -> int:
    formula = comparison(kind, left, right)
    index = book.index_for(left, right)
    if left.kind == "sum":
        inner = prove_order(book, kind, left.at(index), right.at(index), depth)
        template = big_sum(index, hole(0, *general_names(book, inner)))
        return book.add_from_known("combination", formula, template, also=(inner,))
    if left.kind == "product" and kind is AtMost:
        inner = prove_order(book, kind, left.at(index), right.at(index), depth)
        sign = prove_nonnegative(book, left.at(index))
        return book.add_from_known("product_increases", formula, also=(inner, sign))
    raise NoProof("no monotone operation over an index")


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


def _substitution(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """Put the minimum (maximum) in the place of its terms, in a monotone expression that then collapses to it."""
    formula = comparison(kind, left, right)
    if isinstance(left, Big) and left.kind == "minimum":
        lower = _terms_replaced(left, right)
        if lower is right:
            raise NoProof("nothing to replace")
        _learn_bound(book, left)
        links = (prove_collapse(book, left, lower), prove_order(book, kind, lower, right, depth))
        return book.add("chain", formula, links, lower)
    if isinstance(right, Big) and right.kind == "maximum":
        upper = _terms_replaced(right, left)
        if upper is left:
            raise NoProof("nothing to replace")
        _learn_bound(book, right)
        links = (prove_order(book, kind, left, upper, depth), prove_collapse(book, right, upper))
        return book.add("chain", formula, links, upper)
    raise NoProof("no extremum to put in")


def prove_collapse(book: Book, bound: Term, value: Term) -> int:
    """A mean of equal terms is that term."""
    is_positive(book, bound)
    return prove_equal(book, value, bound)


def _terms_replaced(extremum: Big, value: Term) -> Term:
    """A term in which the extremum stands in the place of its terms."""
    index = fresh(extremum.sort)
    return terms_replaced(value, extremum.at(index), index, extremum)


def terms_replaced(value: Term, pattern: Term, index: Free, new: Term) -> Term:
    """Replace every instance of a pattern with a general index, but not inside what replaces it."""

    def replaced(node: Node) -> Node:
        if match(pattern, node, frozenset((index,)), {}):
            return new
        if node is new:
            return node
        if isinstance(node, Big):
            inner = fresh(node.sort)
            body = replaced(node.at(inner))
            return rebuild(node, (node.kind, node.sort, close_binder(body, inner)))
        return rebuild(node, tuple(replaced(part) if isinstance(part, Node) else part for part in node.parts))

    return cast(Term, replaced(value))


def _learn_bound(book: Book, extremum: Big) -> None:
    """Every term of an extremum is on its side of it."""
    n = book.index_for(extremum)
    ends = (extremum.at(n), extremum) if extremum.kind == "maximum" else (extremum, extremum.at(n))
    book.know(book.add("extremum_bounds", cast(AtMost, AtMost(*ends)), (), n))


def _gap(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    if isinstance(left, Power | Exp | Log) and type(left) is type(right):
        raise NoProof("a matter of monotone functions")
    for side in (left, right):
        for part in side.parts if isinstance(side, Add | Multiply) else (side,):
            if isinstance(part, Big) and part.kind in ("maximum", "minimum"):
                _learn_bound(book, part)
    _learn_powers(book, right - left)
    return prove_by_gap(book, kind, left, right)


def _learn_powers(book: Book, gap: Term) -> None:
    """The order of two variables is, for each power of them in the gap, that of their powers or its reverse."""
    exponents = {part.exponent for part in subterms(gap) if isinstance(part, Power)}
    for number in list(book.known):
        formula = book.formula(number)
        if isinstance(formula, AtMost | Less) and all(isinstance(side, Variable) for side in formula.parts):
            for exponent in sorted(exponents, key=lambda x: x.key):
                if isinstance(exponent, Number) and exponent.value not in (0, 1):
                    _learn_power(book, number, exponent)


def _learn_power(book: Book, number: int, exponent: Number) -> None:
    formula = book.formula(number)
    ends = [cast(Term, Power(side, exponent)) for side in formula.parts]
    powers = comparison(type(cast(AtMost, formula)), *(ends if exponent.value > 0 else ends[::-1]))
    try:
        book.know(book.add_from_known("power_of_base", powers, also=(number,)))
    except NoProof:
        pass


def _mixture(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """A mixture with constant coefficients is above (below) what all its parts are above (below)."""
    for value, above in ((right, True), (left, False)):
        mixed = mixture_parts(value)
        if len(mixed) < 2 or sum(scale for scale, _ in mixed) != 1:
            continue
        steps = tuple(
            prove_order(book, kind, *((left, part) if above else (part, right)), depth) for _, part in mixed
        )
        holes = [hole(n, *general_names(book, step)) for n, step in enumerate(steps)]
        template = add(*(multiply(scale, one) for (scale, _), one in zip(mixed, holes, strict=True)))
        return book.add_from_known("combination", comparison(kind, left, right), template, also=steps)
    raise NoProof("no mixture")


def mixture_parts(value: Term) -> list[tuple[Fraction, Term]]:
    """A term as a sum of multiples: 1/2 (x + y) is 1/2 x + 1/2 y."""
    if isinstance(value, Add):
        return [pair for part in value.parts for pair in mixture_parts(part)]
    if isinstance(value, Multiply) and isinstance(value.parts[0], Number):
        scale = value.parts[0].value
        return [(scale * inner, part) for inner, part in mixture_parts(multiply(*value.parts[1:]))]
    return [(Fraction(1), value)]


def _simplified(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """The same after both sides are simplified."""
    first, one = simplify(book, left)
    second, two = simplify(book, right)
    if one is None and two is None:
        raise NoProof("nothing to simplify")
    inner = prove_order(book, kind, first, second, DEPTH - 2 if depth < DEPTH - 2 else depth)
    links = tuple(step for step in (one, inner, two) if step is not None)
    return book.add("chain", comparison(kind, left, right), links, first, second)


def _logarithms(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
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


def quotients(value: Term) -> Iterator[tuple[Term, Term]]:
    """Numerator and denominator of a product, for each of its denominators, the last one first."""
    parts = value.parts if isinstance(value, Multiply) else (value,)
    for n in reversed(range(len(parts))):
        part = parts[n]
        if isinstance(part, Power) and part.exponent.parts == (-1,):
            yield multiply(*parts[:n], *parts[n + 1 :]), cast(Term, part.base)


def _quotient(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """A normalised term above or below something: bound numerator and normaliser apart."""
    if kind is Less:
        raise NoProof("a strict inequality")
    for value, proof in ((right, _below_quotient), (left, _above_quotient)):
        for above, below in quotients(value):
            try:
                sides, template, links = proof(book, left, right, above, below, depth)
            except NoProof:
                continue
            cleared = comparison(kind, sides[0] * sides[3], sides[2] * sides[1])
            inner = book.add_from_known("combination", cleared, template, also=links)
            return book.add_from_known("quotient", comparison(kind, left, right), *sides, also=(inner,))
    raise NoProof("no quotient to bound")


Cleared = tuple[tuple[Term, Term, Term, Term], Term, tuple[int, int]]
"""a, b, c, d of a/b <= c/d, the template for a d <= c b, and its premises."""


def _below_quotient(book: Book, left: Term, right: Term, above: Term, below: Term, depth: int) -> Cleared:
    """m <= x and Z <= 1 give m <= x/Z."""
    learn_positive(book, below)
    learn_nonnegative(book, left)
    links = prove_order(book, AtMost, left, above, depth), prove_normaliser(book, below, ONE)
    template = _hole(book, 0, links) + left * _hole(book, 1, links)
    return (left, ONE, above, below), template, links


def _above_quotient(book: Book, left: Term, right: Term, above: Term, below: Term, depth: int) -> Cleared:
    """x <= M and 1 <= Z give x/Z <= M."""
    learn_positive(book, below)
    learn_nonnegative(book, right)
    links = prove_order(book, AtMost, above, right, depth), prove_normaliser(book, ONE, below)
    template = _hole(book, 0, links) + right * _hole(book, 1, links)
    return (above, below, right, ONE), template, links


def _hole(book: Book, number: int, links: tuple[int, int]) -> Term:
    return hole(number, *general_names(book, links[number]))


def prove_normaliser(book: Book, left: Term, right: Term) -> int:
    """A normaliser is at most, or at least, 1: each mass is bounded by a weighted mean of the teachers."""
    from axiomkd.provers.structural.averages import average_bound

    total, upper = (left, True) if right is ONE else (right, False)
    if not (isinstance(total, Big) and total.kind == "sum"):
        raise NoProof("no normaliser")
    index = book.index_for(total)
    average, bound = average_bound(book, total.at(index), upper)
    summed = big_sum(index, average)
    ends = (total, summed) if upper else (summed, total)
    template = big_sum(index, hole(0, *general_names(book, bound)))
    larger = book.add_from_known("combination", comparison(AtMost, *ends), template, also=(bound,))
    one = prove_equal(book, summed, ONE)
    return book.add("chain", comparison(AtMost, left, right), (larger, one), summed)


ATTEMPTS = (
    _known,
    _zero,
    _equal,
    _extremum,
    _gap,
    _mixture,
    _logarithms,
    _structure,
    _below_extremum,
    _substitution,
    _quotient,
    _simplified,
)
