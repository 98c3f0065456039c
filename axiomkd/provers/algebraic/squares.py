"""Sums of squares with multipliers, by semidefinite programs whose answers are rounded to exact fractions."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from axiomkd.provers.algebraic.gram import interior_point
from axiomkd.provers.algebraic.problem import Piece, Problem, Sum, monomials_within
from axiomkd.provers.algebraic.ring import Exponents, Polynomial, fmpq_of, terms_of
from axiomkd.provers.algebraic.rounding import complement, exact_solution, kernel, squares_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MONOMIALS = 400
ENTRIES = 2_500
"""Monomials, and entries of Gram matrices, up to which a semidefinite program is tried."""
ROUNDS = 4
"""How often the matrices are cut down to where they are not singular."""


@dataclass(frozen=True)
class Gram:
    """A multiplier, and the polynomials of which it multiplies a nonnegative quadratic form."""

    monomial: Exponents
    inequalities: tuple[int, ...]
    multiplier: Polynomial
    basis: tuple[Polynomial, ...]

    @property
    def pairs(self) -> Iterator[tuple[int, int]]:
        """The entries on and above the diagonal, column by column."""
        return ((row, column) for column in range(len(self.basis)) for row in range(column + 1))

    def products(self) -> list[dict[Exponents, Fraction]]:
        """What each entry contributes, those above the diagonal twice."""
        return [
            terms_of(self.multiplier * self.basis[row] * self.basis[column] * (1 if row == column else 2))
            for row, column in self.pairs
        ]


def by_semidefinite_program(problem: Problem) -> Sum | None:
    """The target as a sum of squares of polynomials times monomials or inequalities.

    A target that is to be positive is one after half of one of its positive monomials is taken away.
    """
    if not problem.strict:
        return _weak(problem)
    for powers, c in terms_of(problem.target).items():
        if c > 0 and problem.is_positive(powers):
            rest = problem.target - problem.ring.from_terms({powers: c / 2})
            found = _weak(replace(problem, target=rest))
            if found is not None:
                return replace(found, pieces=(*found.pieces, Piece(c / 2, powers)))
    return None


def _weak(problem: Problem) -> Sum | None:
    support = monomials_within(problem, MONOMIALS)
    if not support:
        return None
    grams = _pruned(list(_grams(problem, support)), terms_of(problem.target))
    for _ in range(ROUNDS):
        if not grams or sum(len(gram.basis) ** 2 for gram in grams) > ENTRIES:
            return None
        products = [product for gram in grams for product in gram.products()]
        found = interior_point([len(gram.basis) for gram in grams], products, terms_of(problem.target))
        if found is None:
            return None
        exact = exact_solution(products, terms_of(problem.target), found)
        pieces = None if exact is None else _pieces(grams, exact)
        if pieces is not None:
            return Sum(tuple(pieces))
        smaller = _cut_down(problem, grams, found)
        if smaller == grams:
            return None
        grams = smaller
    return None


def _grams(problem: Problem, support: set[Exponents]) -> Iterator[Gram]:
    """A quadratic form for every product of different nonnegative generators, and for every inequality."""
    used = {n for powers in support for n, e in enumerate(powers) if e}
    signs = sorted(used & problem.nonnegative)
    width = len(next(iter(support)))
    largest = max(map(sum, support))
    for size in range(min(len(signs), largest) + 1):
        for chosen in itertools.combinations(signs, size):
            powers = tuple(int(n in chosen) for n in range(width))
            yield from _gram(problem, support, powers, ())
    for number in range(len(problem.inequalities)):
        yield from _gram(problem, support, (0,) * width, (number,))


def _gram(
    problem: Problem, support: set[Exponents], powers: Exponents, numbers: tuple[int, ...]
) -> Iterator[Gram]:
    multiplier = problem.ring.from_terms({powers: 1})
    for number in numbers:
        multiplier *= problem.inequalities[number].polynomial
    terms = list(terms_of(multiplier))
    basis = []
    for one in support:
        rest = [a - b for a, b in zip(one, terms[0], strict=True)]
        if min(rest) < 0 or any(e % 2 for e in rest):
            continue
        if all(tuple(map(operator.add, rest, powers)) in support for powers in terms):
            basis.append(tuple(e // 2 for e in rest))
    if basis:
        polynomials = tuple(problem.ring.from_terms({powers: 1}) for powers in sorted(basis))
        yield Gram(powers, numbers, multiplier, polynomials)


def _pruned(grams: list[Gram], wanted: dict[Exponents, Fraction]) -> list[Gram]:
    """Without the polynomials whose squares nothing can cancel and nobody wants."""
    while True:
        counts: dict[Exponents, int] = {}
        for gram in grams:
            for product in gram.products():
                for powers in product:
                    counts[powers] = counts.get(powers, 0) + 1
        smaller = [_without(gram, counts, wanted) for gram in grams]
        smaller = [gram for gram in smaller if gram.basis]
        if smaller == grams:
            return grams
        grams = smaller


def _without(gram: Gram, counts: dict[Exponents, int], wanted: dict[Exponents, Fraction]) -> Gram:
    def needed(one: Polynomial) -> bool:
        return any(counts[p] > 1 or p in wanted for p in terms_of(gram.multiplier * one * one))

    kept = tuple(one for one in gram.basis if needed(one))
    return Gram(gram.monomial, gram.inequalities, gram.multiplier, kept)


def _pieces(grams: list[Gram], entries: list[Fraction]) -> list[Piece] | None:
    """The quadratic forms as sums of squares; ``None`` if one is not nonnegative."""
    pieces = []
    values = iter(entries)
    for gram in grams:
        matrix = {pair: next(values) for pair in gram.pairs}
        squares = squares_of(matrix, len(gram.basis))
        if squares is None:
            return None
        for coefficient, row in squares:
            root = sum(
                (one * value for one, value in zip(gram.basis, map(fmpq_of, row), strict=True)),
                gram.basis[0] * 0,
            )
            pieces.append(Piece(coefficient, gram.monomial, gram.inequalities, root))
    return pieces


def _cut_down(problem: Problem, grams: list[Gram], entries: NDArray[np.float64]) -> list[Gram]:
    """The same with bases that leave out what the quadratic forms vanish on."""
    found, start = [], 0
    for gram in grams:
        size = len(gram.basis)
        count = size * (size + 1) // 2
        rows = complement(kernel(entries[start : start + count], size), size)
        start += count
        basis = [
            sum(
                (one * value for one, value in zip(gram.basis, map(fmpq_of, row), strict=True)),
                gram.basis[0] * 0,
            )
            for row in rows
        ]
        if basis:
            same = len(basis) == size
            found.append(
                gram if same else Gram(gram.monomial, gram.inequalities, gram.multiplier, tuple(basis))
            )
    return found
