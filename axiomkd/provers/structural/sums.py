"""Known sums, such as that of a distribution, put into canonical polynomials."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from axiomkd.kernel import algebra
from axiomkd.kernel.algebra import Factors, Monomial, Polynomial, expand, to_term
from axiomkd.kernel.application import match
from axiomkd.kernel.combination import hole
from axiomkd.kernel.terms import (
    Equal,
    Formula,
    Free,
    Index,
    Number,
    Term,
    Variable,
    add,
    big_sum,
    multiply,
    power,
    substitute,
)
from axiomkd.provers.structural.book import Book, NoProof

Simplified = tuple[Term, int | None]
"""A simpler term, and the step that says the old one equals it; none when nothing changed."""


def reduce_by_sums(book: Book, polynomial: Polynomial) -> tuple[Polynomial, Term, list[int]]:
    """Replace sums that premises know (a simplex sums to 1) in a canonical polynomial.

    The rest, and the template that shows polynomial - rest as a combination of those premises.
    """
    parts: list[Term] = []
    premises: list[int] = []
    for _ in range(200):
        found = next(_reductions(book, polynomial), None)
        if found is None:
            break
        number, monomial, rest_factors, binders, indices, right = found
        coefficient = polynomial[monomial]
        if number not in premises:
            premises.append(number)
        multiplier = multiply(*(power(a, e) if e > 1 else a for a, e in rest_factors))
        # right - left of the premise, so that monomial - (monomial with the sum replaced) is minus that
        inner = multiply(-coefficient, multiplier, hole(premises.index(number), *indices))
        replaced = multiply(coefficient, multiplier, right)
        for binder in reversed(binders):
            inner, replaced = big_sum(binder, inner), big_sum(binder, replaced)
        parts.append(inner)
        remaining = {key: value for key, value in polynomial.items() if key != monomial}
        polynomial = algebra.plus(remaining, expand(replaced, book.goal.sizes))
    return polynomial, add(*parts), premises


Reduction = tuple[int, Monomial, Factors, list[Free], list[Index], Term]


def _reductions(book: Book, polynomial: Polynomial) -> Iterator[Reduction]:
    for monomial in polynomial:
        for number, left, right, names in _known_sums(book):
            found = _reduce_monomial(number, monomial, left, right, names)
            if found is not None:
                yield found


def _known_sums(book: Book) -> list[tuple[int, Monomial, Term, list[Free]]]:
    """Premises "a sum of a product = a number", as monomial, value and general indices."""
    key = ("sums", tuple(book.known))
    if key not in book.memory:
        found = []
        for number in book.known:
            formula = book.formula(number)
            if not (isinstance(formula, Equal) and isinstance(formula.right, Number)):
                continue
            polynomial = expand(formula.left, book.goal.sizes)
            monomial = max(polynomial, key=lambda m: [atom.key for atom, _ in m[1]], default=((), ()))
            if polynomial.get(monomial) == 1 and len(monomial[0]) <= 1 and len(monomial[1]) == 1:
                others = {key: value for key, value in polynomial.items() if key != monomial}
                if others and (monomial[0] or not all(_is_entry(key) for key in polynomial)):
                    continue
                fixed = set(book.goal.indices).union(*(a.free for a in book.judgements[number].assumptions))
                names = sorted(formula.free - fixed, key=lambda index: index.name)
                value = formula.right - to_term(others) if others else formula.right
                found.append((number, monomial, value, names))
        book.memory[key] = found
    return cast("list[tuple[int, Monomial, Term, list[Free]]]", book.memory[key])


def _is_entry(monomial: Monomial) -> bool:
    """A single variable: p_k(1) + p_k(2) = 1 gives p_k(2) = 1 - p_k(1)."""
    return not monomial[0] and len(monomial[1]) == 1 and isinstance(monomial[1][0][0], Variable)


def _reduce_monomial(
    number: int, monomial: Monomial, left: Monomial, right: Term, names: list[Free]
) -> Reduction | None:
    binders, factors = monomial
    summed_over, ((pattern, exponent),) = left
    if not summed_over:
        return _reduce_factor(number, monomial, pattern, exponent, right, names)
    (summed,) = summed_over
    for binder in binders:
        inside = [(atom, e) for atom, e in factors if binder in atom.free]
        if len(inside) != 1 or inside[0][1] != exponent or binder.sort != summed.sort:
            continue
        found: dict[Free, Index] = {}
        if (
            not match(pattern, inside[0][0], frozenset((*names, summed)), found)
            or found.get(summed) is not binder
        ):
            continue
        if any(binder in found.get(name, name).free for name in names):
            continue
        rest = tuple(factor for factor in factors if factor[0] is not inside[0][0])
        others = [other for other in binders if other is not binder]
        return number, monomial, rest, others, [found.get(name, name) for name in names], right
    return None


def _reduce_factor(
    number: int, monomial: Monomial, pattern: Term, exponent: int, right: Term, names: list[Free]
) -> Reduction | None:
    """A factor whose value a premise gives."""
    binders, factors = monomial
    for atom, e in factors:
        found: dict[Free, Index] = {}
        if e == exponent and match(pattern, atom, frozenset(names), found):
            rest = tuple(factor for factor in factors if factor[0] is not atom)
            value = cast(Term, substitute(right, found))
            return number, monomial, rest, list(binders), [found.get(name, name) for name in names], value
    return None


def reduce_equal(book: Book, left: Term, right: Term) -> int:
    """Equality by algebra and the known sums."""
    gap = expand(left - right, book.goal.sizes)
    rest, template, premises = reduce_by_sums(book, gap)
    if rest:
        raise NoProof(left, "and", right, "differ by", to_term(rest))
    return book.add("algebraic", equation(left, right), tuple(premises), *([template] if premises else []))


def equation(left: Term, right: Term) -> Formula:
    return cast(Formula, Equal(left, right))
