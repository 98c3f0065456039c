"""A polynomial to be shown nonnegative or positive, from what, and how it was."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpz_mat

from axiomkd.provers.algebraic.ring import Exponents, Polynomial, Ring, terms_of


@dataclass(frozen=True)
class Inequality:
    """A polynomial that is nonnegative, or positive."""

    polynomial: Polynomial
    strict: bool


@dataclass(frozen=True)
class Problem:
    """What is to be shown: ``target`` is nonnegative, or positive if ``strict``.

    ``nonnegative`` and ``positive`` are generators by their place; each of the ``blocks`` is those of
    a sum that is 1, in which every polynomial here is homogeneous.
    """

    ring: Ring
    target: Polynomial
    strict: bool
    nonnegative: frozenset[int]
    positive: frozenset[int]
    inequalities: tuple[Inequality, ...]
    equations: tuple[Polynomial, ...]
    blocks: tuple[tuple[tuple[int, ...], Polynomial], ...]

    def is_nonnegative(self, powers: Exponents) -> bool:
        """Whether a monomial is nonnegative: its odd powers are of generators that are."""
        return all(not e % 2 or n in self.nonnegative for n, e in enumerate(powers))

    def is_positive(self, powers: Exponents) -> bool:
        return all(not e or n in self.positive for n, e in enumerate(powers))

    def multidegree(self, powers: Exponents) -> Exponents:
        return tuple(sum(powers[n] for n in places) for places, _ in self.blocks)

    def completed(self, powers: Exponents, degrees: Exponents) -> Polynomial:
        """A monomial, made homogeneous of the given degrees by sums that are 1."""
        result = self.ring.from_terms({powers: 1})
        for (_, total), has, wanted in zip(self.blocks, self.multidegree(powers), degrees, strict=True):
            result *= total ** (wanted - has)
        return result


@dataclass(frozen=True)
class Piece:
    """A nonnegative number times a monomial, some of the inequalities, and the square of a polynomial."""

    coefficient: Fraction
    monomial: Exponents
    inequalities: tuple[int, ...] = ()
    square: Polynomial | None = None

    def polynomial(self, problem: Problem) -> Polynomial:
        result = problem.ring.from_terms({self.monomial: 1})
        for number in self.inequalities:
            result *= problem.inequalities[number].polynomial
        return result if self.square is None else result * self.square * self.square

    def is_strict(self, problem: Problem) -> bool:
        strict = all(problem.inequalities[number].strict for number in self.inequalities)
        return strict and self.square is None and problem.is_positive(self.monomial)


@dataclass(frozen=True)
class Multiple:
    """A multiple of one of the equations, which is zero."""

    equation: int
    multiplier: Polynomial


@dataclass(frozen=True)
class Extra:
    """A positive number times a monomial of positive generators, made homogeneous by the sums that are 1."""

    coefficient: Fraction
    monomial: Exponents


@dataclass(frozen=True)
class Sum:
    """The target as a sum of pieces, of multiples of equations and of extras."""

    pieces: tuple[Piece, ...]
    multiples: tuple[Multiple, ...] = ()
    extras: tuple[Extra, ...] = ()

    def is_strict(self, problem: Problem) -> bool:
        return bool(self.extras) or any(piece.is_strict(problem) for piece in self.pieces)


def by_signs(problem: Problem) -> Sum | None:
    """The target as it is, if no monomial is negative."""
    terms = terms_of(problem.target)
    if not all(c > 0 and problem.is_nonnegative(powers) for powers, c in terms.items()):
        return None
    whole = Sum(tuple(Piece(c, powers) for powers, c in terms.items()))
    if not problem.strict or any(problem.is_positive(powers) for powers in terms):
        return whole
    for powers in extras(problem):
        completed = terms_of(problem.completed(powers, problem.multidegree(next(iter(terms)))))
        if completed.keys() <= terms.keys():
            share = min(terms[one] / c for one, c in completed.items())
            rest = {one: c - share * completed.get(one, 0) for one, c in terms.items()}
            pieces = tuple(Piece(c, one) for one, c in rest.items() if c)
            return Sum(pieces, (), (Extra(share, powers),))
    return None


def extras(problem: Problem) -> Iterator[Exponents]:
    """Positive monomials below one of the target's, the constant first."""
    monomials = list(terms_of(problem.target))
    found = {tuple(e if n in problem.positive else 0 for n, e in enumerate(powers)) for powers in monomials}
    if found:
        both = tuple(map(max, *found)) if len(found) > 1 else next(iter(found))
        degrees = problem.multidegree(monomials[0])
        candidates = {tuple(0 for _ in both), both, *found}
        for powers in sorted(candidates, key=sum):
            if all(has <= most for has, most in zip(problem.multidegree(powers), degrees, strict=True)):
                yield powers


def monomials_within(problem: Problem, most: int) -> set[Exponents] | None:
    """Every monomial of the target's degrees, no power above the target's; ``None`` if they are too many.

    Powers of inequalities and equations count as well, but for the generators of the blocks.
    """
    terms = list(terms_of(problem.target))
    given = [list(terms_of(one.polynomial)) for one in problem.inequalities]
    given += [list(terms_of(one)) for one in problem.equations]
    everything = [*terms, *itertools.chain(*given)]
    tops = [max(powers[n] for powers in everything) for n in range(len(terms[0]))]
    parts: list[list[dict[int, int]]] = []
    blocked = {n for places, _ in problem.blocks for n in places}
    count = 1
    for (places, _), wanted in zip(problem.blocks, problem.multidegree(terms[0]), strict=True):
        parts.append([_counted(choice) for choice in itertools.combinations_with_replacement(places, wanted)])
        count *= len(parts[-1])
    free = [n for n, top in enumerate(tops) if top and n not in blocked]
    for n in free:
        count *= tops[n] + 1
    if count > 4 * most:
        return None
    parts += [[{n: e} for e in range(tops[n] + 1)] for n in free]
    width = len(tops)
    found = _in_affine_hull({_joined(choice, width) for choice in itertools.product(*parts)}, [terms, *given])
    return found if len(found) <= most else None


def _counted(choice: tuple[int, ...]) -> dict[int, int]:
    return {n: choice.count(n) for n in choice}


def _joined(parts: tuple[dict[int, int], ...], width: int) -> Exponents:
    powers = [0] * width
    for part in parts:
        for n, e in part.items():
            powers[n] += e
    return tuple(powers)


def _in_affine_hull(candidates: set[Exponents], families: list[list[Exponents]]) -> set[Exponents]:
    """Those of the first family's degree, in every grading in which each family is homogeneous."""
    start = families[0][0]
    rows = [
        [a - b for a, b in zip(powers, family[0], strict=True)]
        for family in families
        for powers in family[1:]
    ]
    kernel, rank = fmpz_mat(len(rows), len(start), [e for row in rows for e in row]).nullspace()
    for column in range(rank):
        normal = [int(kernel[n, column]) for n in range(len(start))]
        level = sum(map(operator.mul, normal, start))
        candidates = {powers for powers in candidates if sum(map(operator.mul, normal, powers)) == level}
    return candidates
