"""Sums of products of the facts, and of such products with the square of a difference, by linear programs."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from flint import fmpq_mat

from axiomkd.provers.algebraic.problem import Extra, Multiple, Piece, Problem, Sum, extras, monomials_within
from axiomkd.provers.algebraic.ring import Exponents, fmpq_of, fraction_of, terms_of

MONOMIALS = 1_200
SQUARED = 260
"""Monomials up to which all, and up to which all pairs, are looked at."""
COLUMNS = 12_000
LENGTH = 60_000
"""Columns, and their coefficients together, up to which a linear program is made."""
SHIFTS = 20_000
"""Shifts of an equation that are looked at."""
TINY = 1e-9

Part = Piece | Multiple | Extra
Column = tuple[Part, dict[Exponents, Fraction]]
"""A part of a sum, and its polynomial."""


LEVELS = (0, 1, 2)
"""With the monomials of the target; of multiples of equations, too; all of the target's degrees."""


def by_linear_program(problem: Problem, level: int) -> Sum | None:
    """A sum of products of facts and of monomials with the square of a difference, at one of the levels."""
    wanted = terms_of(problem.target)
    support = set(wanted)
    if not wanted:
        return None if problem.strict else Sum(())
    if level == 2:
        support |= monomials_within(problem, MONOMIALS) or set()
    columns = _shortened(_columns(problem, support, level))
    chosen = _solve(problem, wanted, columns)
    return None if chosen is None else _sum(problem, chosen)


def _shortened(columns: Iterator[Column]) -> list[Column]:
    """The first columns, as many as the limits allow."""
    found, length = [], 0
    for column in itertools.islice(columns, COLUMNS):
        length += len(column[1])
        if length > LENGTH:
            break
        found.append(column)
    return found


def _columns(problem: Problem, support: set[Exponents], level: int) -> Iterator[Column]:
    for number, equation in enumerate(problem.equations if level else ()):
        for monomial, shifted in _multiples(terms_of(equation), support, everywhere=True):
            for sign in (1, -1):
                multiple = problem.ring.from_terms({monomial: sign})
                yield Multiple(number, multiple), {powers: sign * c for powers, c in shifted.items()}
                support |= shifted.keys()
    if problem.strict:
        degrees = problem.multidegree(next(iter(terms_of(problem.target))))
        for powers in extras(problem):
            yield Extra(Fraction(1), powers), terms_of(problem.completed(powers, degrees))
    for powers in support:
        if problem.is_nonnegative(powers):
            yield Piece(Fraction(1), powers), {powers: Fraction(1)}
    yield from _products(problem, support)
    if len(support) <= SQUARED:
        yield from _squares(problem, sorted(support))


def _products(problem: Problem, support: set[Exponents]) -> Iterator[Column]:
    """Products of one or two inequalities with a monomial."""
    numbers = range(len(problem.inequalities))
    pairs = itertools.combinations_with_replacement(numbers, 2)
    for chosen in (*((number,) for number in numbers), *pairs):
        product = problem.ring.one
        for number in chosen:
            product *= problem.inequalities[number].polynomial
        for monomial, shifted in _multiples(terms_of(product), support):
            if problem.is_nonnegative(monomial):
                yield Piece(Fraction(1), monomial, chosen), shifted


def _multiples(
    polynomial: dict[Exponents, Fraction], support: set[Exponents], everywhere: bool = False
) -> Iterator[tuple[Exponents, dict[Exponents, Fraction]]]:
    """The multiples by a monomial that stay within the support, or with ``everywhere`` touch it."""
    seen: set[Exponents] = set()
    leads = list(polynomial) if everywhere else [next(iter(polynomial))]
    if len(leads) * len(support) > SHIFTS:
        return
    for lead in leads:
        for powers in list(support):
            monomial = tuple(a - b for a, b in zip(powers, lead, strict=True))
            if min(monomial) < 0 or monomial in seen:
                continue
            seen.add(monomial)
            shifted = {tuple(map(operator.add, monomial, p)): c for p, c in polynomial.items()}
            if everywhere or shifted.keys() <= support:
                yield monomial, shifted


def _squares(problem: Problem, support: list[Exponents]) -> Iterator[Column]:
    """Monomials times the square of the difference, or sum, of two others."""
    known = set(support)
    for one, other in itertools.combinations(support, 2):
        double = tuple(map(operator.add, one, other))
        if any(e % 2 for e in double):
            continue
        middle = tuple(e // 2 for e in double)
        common = tuple(map(min, one, other))
        if middle not in known or not problem.is_nonnegative(common):
            continue
        first, second = (
            tuple((e - c) // 2 for e, c in zip(powers, common, strict=True)) for powers in (one, other)
        )
        signs = (-1,) if problem.is_nonnegative(middle) else (-1, 1)
        for sign in signs:
            square = problem.ring.from_terms({first: 1, second: sign})
            expanded = {one: Fraction(1), other: Fraction(1), middle: Fraction(2 * sign)}
            yield Piece(Fraction(1), common, (), square), expanded


def _solve(
    problem: Problem, wanted: dict[Exponents, Fraction], columns: list[Column]
) -> list[tuple[Column, Fraction]] | None:
    """Nonnegative coefficients with which the columns give what is wanted, exactly."""
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import csc_array

    rows: dict[Exponents, int] = {}
    for powers in (*wanted, *(powers for _, column in columns for powers in column)):
        rows.setdefault(powers, len(rows))
    data = [(rows[p], n, float(c)) for n, (_, column) in enumerate(columns) for p, c in column.items()]
    if not data:
        return None
    row, place, value = zip(*data, strict=True)
    matrix = csc_array((value, (row, place)), shape=(len(rows), len(columns)))
    right = np.zeros(len(rows))
    for powers, c in wanted.items():
        right[rows[powers]] = float(c)
    costs = [-1.0 if problem.strict and _is_strict(problem, part) else 1e-3 for part, _ in columns]
    found = linprog(costs, A_eq=matrix, b_eq=right, bounds=(0, None), method="highs")
    if found.x is None:
        return None
    chosen = [column for column, value in zip(columns, found.x, strict=True) if value > TINY]
    exact = solved([column for _, column in chosen], wanted)
    if exact is None or min(exact, default=0) < 0:
        return None
    return [(column, value) for column, value in zip(chosen, exact, strict=True) if value]


def _is_strict(problem: Problem, part: Part) -> bool:
    return isinstance(part, Extra) or (isinstance(part, Piece) and part.is_strict(problem))


def solved(
    columns: list[dict[Exponents, Fraction]], wanted: dict[Exponents, Fraction]
) -> list[Fraction] | None:
    """A solution of the linear equations, zero where it may be anything."""
    rows: dict[Exponents, list[Fraction]] = {}
    width = len(columns) + 1
    for place, column in enumerate((*columns, wanted)):
        for powers, c in column.items():
            rows.setdefault(powers, [Fraction(0)] * width)[place] = c
    matrix = fmpq_mat(len(rows), width, [fmpq_of(c) for row in rows.values() for c in row])
    reduced, rank = matrix.rref()
    values = [Fraction(0)] * len(columns)
    for row in range(rank):
        pivot = next(place for place in range(width) if reduced[row, place] != 0)
        if pivot == len(columns):
            return None
        values[pivot] = fraction_of(reduced[row, width - 1])
    return values


def _sum(problem: Problem, chosen: list[tuple[Column, Fraction]]) -> Sum | None:
    parts = [_scaled(part, value) for (part, _), value in chosen]
    found = Sum(
        tuple(part for part in parts if isinstance(part, Piece)),
        tuple(part for part in parts if isinstance(part, Multiple)),
        tuple(part for part in parts if isinstance(part, Extra)),
    )
    return found if found.is_strict(problem) or not problem.strict else None


def _scaled(part: Part, value: Fraction) -> Part:
    if isinstance(part, Multiple):
        return Multiple(part.equation, part.multiplier * fmpq_of(value))
    return replace(part, coefficient=value)
