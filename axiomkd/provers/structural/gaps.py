"""Inequalities by their gap: right minus left as a nonnegative combination of what is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from fractions import Fraction
from typing import cast

from axiomkd.kernel import algebra
from axiomkd.kernel.algebra import Monomial, Polynomial, expand, to_term
from axiomkd.kernel.combination import difference, hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    Add,
    AtMost,
    Big,
    Equal,
    Exp,
    Extreme,
    Formula,
    Free,
    If,
    Index,
    Less,
    Log,
    Multiply,
    Number,
    Power,
    Same,
    Size,
    Term,
    Variable,
    add,
    big_sum,
    delta,
    multiply,
    replace_variables,
    substitute,
    subterms,
)
from axiomkd.provers.structural.book import Book, NoProof, general_names
from axiomkd.provers.structural.occurrences import occurrences
from axiomkd.provers.structural.readings import is_bound
from axiomkd.provers.structural.signs import is_positive, learn_nonnegative, prove_nonnegative
from axiomkd.provers.structural.sums import reduce_by_sums

Kind = type[AtMost] | type[Less]


def comparison(kind: Kind, left: Term, right: Term) -> Formula:
    return cast(Formula, kind(left, right))


SEARCH = 12
"""How many partial combinations are looked at before giving up."""


def prove_by_gap(book: Book, kind: Kind, left: Term, right: Term) -> int:
    """Write left <= right (or <) as a combination; raises :class:`NoProof`."""
    polynomial = expand(right - left, book.goal.sizes)
    rest, template, premises = reduce_by_sums(book, polynomial)
    for upwards in (False, True):
        for parts, used, remaining in _eliminations(book, rest, premises, upwards):
            try:
                return _write(book, kind, left, right, [template, *parts], used, remaining)
            except Refused:
                continue
    raise NoProof("no combination for", left, "<=", right)


def _write(
    book: Book, kind: Kind, left: Term, right: Term, parts: list[Term], premises: list[int], rest: Polynomial
) -> int:
    for monomial, coefficient in rest.items():
        if coefficient < 0:
            raise NoProof("a negative rest", to_term(rest))
        remaining = to_term({monomial: coefficient})
        if not (kind is Less and is_positive(book, remaining)):
            learn_nonnegative(book, remaining)
        parts.append(remaining)
    whole = add(*(part for part in parts if part.parts not in ((Fraction(0),),)))
    return book.add_from_known("combination", comparison(kind, left, right), whole, also=tuple(premises))


Partial = tuple[list[Term], list[int], Polynomial]
"""Parts of a template, the premises that its holes number, and what is left of the gap."""


def _eliminations(
    book: Book, polynomial: Polynomial, premises: list[int], upwards: bool
) -> Iterator[Partial]:
    """Combinations that leave no negative monomial, the shortest rests first."""
    waiting: list[Partial] = [([], list(premises), polynomial)]
    seen: set[frozenset[tuple[Monomial, Fraction]]] = set()
    for _ in range(SEARCH):
        if not waiting:
            return
        parts, used, rest = waiting.pop(0)
        if all(coefficient > 0 for coefficient in rest.values()):
            yield parts, used, rest
            continue
        for after in _next(book, (parts, used, rest), upwards):
            mark = frozenset(after[2].items())
            if mark not in seen:
                seen.add(mark)
                waiting.append(after)
        waiting.sort(key=lambda partial: (len(partial[2]), len(partial[0])))


def _next(book: Book, partial: Partial, upwards: bool) -> Iterator[Partial]:
    parts, premises, polynomial = partial
    for part, value, used in _uses(book, polynomial, premises, upwards):
        negative = algebra.times(algebra.constant(-1), value, book.goal.sizes)
        rest, template, more = reduce_by_sums(book, algebra.plus(polynomial, negative))
        if more:
            template, used = _renumbered(template, more, used)
        yield [*parts, part, template], used, rest


def _renumbered(template: Term, numbers: list[int], premises: list[int]) -> tuple[Term, list[int]]:
    """A template over its own premises as one over a common list, extended where necessary."""
    common = premises + [number for number in numbers if number not in premises]

    def moved(position: int) -> Callable[..., Term]:
        return lambda *indices: hole(common.index(numbers[position]), *indices)

    definitions = {f"premise{n}": moved(n) for n in range(len(numbers))}
    return cast(Term, replace_variables(template, definitions)), common


Use = tuple[Term, Polynomial, list[int]]


def _uses(book: Book, polynomial: Polynomial, premises: list[int], upwards: bool) -> Iterator[Use]:
    """Multiples m*(r - l) of known inequalities l <= r that cancel a monomial of the polynomial."""
    for monomial, coefficient in polynomial.items():
        if (coefficient > 0) != upwards:
            continue
        for number in list(book.known):
            formula = book.formula(number)
            if not isinstance(formula, AtMost | Less):
                continue
            side = formula.right if upwards else formula.left
            for multiplier, binders, indices in _quotients(book, number, monomial, side):
                if _is_nonnegative(book, multiplier):
                    used = premises if number in premises else [*premises, number]
                    part = multiply(abs(coefficient), multiplier, hole(used.index(number), *indices))
                    value = multiply(abs(coefficient), multiplier, _difference(book, number, indices))
                    for binder in reversed(binders):
                        part, value = big_sum(binder, part), big_sum(binder, value)
                    yield part, expand(value, book.goal.sizes), used


def _is_nonnegative(book: Book, multiplier: Term) -> bool:
    """Learns the signs of the factors, which the combination will ask for one by one."""
    try:
        for factor in multiplier.parts if isinstance(multiplier, Multiply) else (multiplier,):
            learn_nonnegative(book, factor)
    except Refused:
        return False
    return True


def _difference(book: Book, number: int, indices: list[Index]) -> Term:
    renaming = dict(zip(general_names(book, number), indices, strict=True))
    return difference(cast(Formula, substitute(book.formula(number), renaming)))


def _quotients(
    book: Book, number: int, monomial: Monomial, side: Term
) -> Iterator[tuple[Term, tuple[Free, ...], list[Index]]]:
    """Ways to see a monomial as a multiple of one side of an inequality."""
    try:
        pattern = expand(side, book.goal.sizes)
    except Refused:  # too large to be of use
        return
    if len(pattern) != 1:
        return
    reading, scale = next(iter(pattern.items()))
    if not reading[1] or scale <= 0:
        return
    names = general_names(book, number)
    for occurrence in occurrences(reading, frozenset(names), monomial):
        multiplier = multiply(1 / scale, occurrence.multiplier) if scale != 1 else occurrence.multiplier
        yield multiplier, occurrence.binders, [occurrence.found.get(name, name) for name in names]


def without_summands(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """x <= x + y, for what is not negative."""
    if kind is not AtMost or not isinstance(right, Add) or left not in right.parts:
        raise NoProof("no summand of the other side")
    others = list(right.parts)
    others.remove(left)
    for part in others:
        learn_nonnegative(book, part)
    return book.add_from_known("combination", comparison(kind, left, right), add(*others))


def by_gap(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    if isinstance(left, Power | Exp | Log) and type(left) is type(right):
        raise NoProof("a matter of monotone functions")
    for part in dict.fromkeys(subterms(right - left)):
        if isinstance(part, Big | Extreme) and part.kind in ("maximum", "minimum") and not is_bound(part):
            learn_bound(book, part)
    _learn_powers(book, right - left)
    return prove_by_gap(book, kind, left, right)


def _learn_powers(book: Book, gap: Term) -> None:
    """The order of two variables decides that of their powers, for each power in the gap."""
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
    with suppress(Refused):
        book.know(book.add_from_known("power_of_base", powers, also=(number,)))


def learn_bound(book: Book, extremum: Big | Extreme) -> None:
    """Every term of an extremum is on its side of it."""
    if isinstance(extremum, Extreme):
        for element in extremum.arguments:
            book.know(book.add("extremum_bounds", _bound(extremum, element)))
        return
    n = book.index_for(extremum)
    element = extremum.at(n)
    number = book.know(book.add("extremum_bounds", _bound(extremum, element), (), n))
    if isinstance(element, If) and isinstance(element.condition, Same) and extremum.kind == "maximum":
        _learn_bound_of_others(book, number, extremum, n, element)


def _bound(extremum: Term, element: Term) -> Formula:
    greatest = isinstance(extremum, Big | Extreme) and extremum.kind == "maximum"
    return comparison(AtMost, *((element, extremum) if greatest else (extremum, element)))


def _learn_bound_of_others(book: Book, number: int, extremum: Big, n: Free, element: If) -> None:
    """From a maximum over all but one index: x(n) <= M + delta(n,a) (x(a) - M)."""
    left, right = element.condition.parts
    excepted = right if left is n else left
    value, there = element.otherwise, cast(Term, substitute(element.otherwise, {n: excepted}))
    bound = comparison(AtMost, value, extremum + delta(n, excepted) * (there - extremum))
    template = cast(Term, If(Same(n, excepted), ZERO, ONE)) * hole(0, *general_names(book, number))
    book.know(book.add_from_known("combination", bound, template, also=(number,)))


def bounded_gap(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """The gap, with the fact that no entry of a distribution exceeds 1, nor the inverse of a size."""
    if depth > 2 or not (learn_entries(book) | _learn_inverse_sizes(book, right - left)):
        raise NoProof("nothing more is known of the entries")
    if left is ZERO and kind is AtMost:
        return prove_nonnegative(book, right)
    return prove_by_gap(book, kind, left, right)


def _learn_inverse_sizes(book: Book, gap: Term) -> bool:
    """The inverses of sizes in a gap are at most 1; whether that was news."""
    before = len(book.known)
    for part in dict.fromkeys(subterms(gap)):
        if isinstance(part, Power) and isinstance(part.base, Size) and part.exponent.parts == (-1,):
            one = cast(Term, Power(ONE, part.exponent))
            below = book.add_from_known("power_of_base", comparison(AtMost, part, one))
            links = below, book.add("algebraic", cast(Formula, Equal(one, ONE)))
            book.know(book.add("chain", comparison(AtMost, part, ONE), links, one))
    return len(book.known) > before


def learn_entries(book: Book) -> bool:
    """Entries of distributions are at most 1; whether that was news."""
    before = len(book.known)
    for number in list(book.known):
        formula = book.formula(number)
        if isinstance(formula, Equal) and isinstance(formula.left, Big) and formula.right is ONE:
            total = formula.left
            n = book.index_for(total)
            with suppress(Refused):
                below = book.add_from_known("term_of_sum", comparison(AtMost, total.at(n), total), n)
                entry = book.add("chain", comparison(AtMost, total.at(n), ONE), (below, number), total)
                room = comparison(AtMost, ZERO, 1 - total.at(n))
                book.know(entry)
                template = hole(0, *general_names(book, entry))
                book.know(book.add("combination", room, (entry,), template))
    return len(book.known) > before
