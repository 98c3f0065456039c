"""Sums of pieces as combinations of premises, which the kernel checks by expanding."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, cast

from axiomkd.kernel.algebra import MONOMIALS
from axiomkd.kernel.combination import difference
from axiomkd.kernel.combination import hole as hole_term
from axiomkd.kernel.terms import (
    ZERO,
    AtMost,
    Comparison,
    Equal,
    Formula,
    Index,
    Less,
    Number,
    Power,
    Term,
    add,
    multiply,
    substitute,
    term,
)
from axiomkd.provers.algebraic.book import NoProof
from axiomkd.provers.algebraic.problem import Extra, Piece, Problem, Sum
from axiomkd.provers.algebraic.reductions import LONGEST, Hole, Reduced
from axiomkd.provers.algebraic.ring import Exponents, Polynomial, terms_of

if TYPE_CHECKING:
    from axiomkd.provers.algebraic.scene import Given, Scene


@dataclass(frozen=True)
class Factors:
    """A product of a positive number, of terms that steps compare with zero, and of squares."""

    coefficient: Fraction
    steps: tuple[int, ...]
    roots: tuple[Polynomial, ...]


class Writing:
    """A combination in the making: its premises so far."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.ring, self.book = scene, scene.ring, scene.book
        self.premises: list[int] = []

    # -- steps ------------------------------------------------------------------------------

    def carried_over(self, formula: Comparison, hole: Hole, start: Polynomial, trail: list[Reduced]) -> int:
        """A known comparison of which the reductions make ``0 <= P``, ``0 < P`` or ``0 = P``."""
        factors: list[Hole] = []
        multiples: list[tuple[Hole, Polynomial]] = []
        before, scale = start, self.ring.one
        for one in trail:
            base = self.ring.one if one.reduction.base is None else one.reduction.base**one.power
            multiples = [(equation, multiplier * base) for equation, multiplier in multiples]
            rest = (one.result - base * before) / one.reduction.difference
            multiples.append((one.reduction.equation, rest))
            if one.reduction.positive is not None:
                factors += [one.reduction.positive] * one.power
            before, scale = one.result, scale * base
        if isinstance(formula, Equal):
            parts = [*self.vanishing(hole, -scale), *self._all_vanishing(multiples, -1)]
            return self.book.add("algebraic", formula, tuple(self.premises), add(*parts))
        first = multiply(*(self.hole(one) for one in (*factors, hole)))
        return self._combine(formula, [first, *self._all_vanishing(multiples)])

    def quotient(self, given: Given, rest: Term, inverse: Term, unit: int, positive: int) -> int:
        """An inequality divided by a positive term, whose inverse times itself is 1 by a step."""
        relation = Less if given.strict else AtMost
        self.lean_on(positive)
        parts = [multiply(self.hole(given.hole), inverse), multiply(self.hole(Hole(unit)), rest)]
        return self._combine(cast(Formula, relation(ZERO, rest)), parts)

    def core(self, problem: Problem, found: Sum, relation: type[Comparison]) -> int:
        """The target is nonnegative, or positive, as it is such a sum (without its extras)."""
        rest = problem.target
        degrees = problem.multidegree(next(iter(terms_of(rest)))) if not rest.is_zero() else ()
        for extra in found.extras:
            rest -= problem.completed(extra.monomial, degrees) * self.ring.constant(extra.coefficient)
        formula = cast(Comparison, relation(ZERO, self.ring.term(rest)))
        return self._combine(formula, self._pieces(found))

    def product(self, formula: Comparison, trail: list[Reduced], factors: Factors) -> int:
        """The comparison itself, from those of the factors of what the reductions have left of it."""
        multiples, unit = self._multiples(trail)
        holes = [self.hole(Hole(step)) for step in factors.steps]
        squares = [_squared(self.ring.term(root)) for root in factors.roots]
        inner = self._product(factors.coefficient, unit, *holes, *squares)
        return self._combine(formula, [inner, *self._all_vanishing(multiples)])

    def conclusion(self, formula: Comparison, trail: list[Reduced], found: Sum, problem: Problem) -> int:
        """The comparison itself, from the sum for what the reductions have left of it."""
        multiples, unit = self._multiples(trail)
        for extra in found.extras:
            multiples += self._completing(extra, problem, unit)
        inner = self._inner(found, problem, bool(multiples))
        factor = self._monomial(unit)
        parts = [multiply(*factor, part) for part in inner]
        return self._combine(formula, [*parts, *self._all_vanishing(multiples)])

    def _completing(self, extra: Extra, problem: Problem, unit: Exponents) -> list[tuple[Hole, Polynomial]]:
        """What makes an extra homogeneous, as multiples of equations."""
        degrees = problem.multidegree(next(iter(terms_of(problem.target))))
        has = problem.multidegree(extra.monomial)
        product = self.ring.from_terms({tuple(map(operator.add, unit, extra.monomial)): extra.coefficient})
        multiples = []
        for place, (_, total) in enumerate(problem.blocks):
            reduction = self.scene.homogenisings[place]
            larger = product * total ** (degrees[place] - has[place])
            multiples.append((reduction.equation, (larger - product) / reduction.difference))
            product = larger
        return multiples

    def equation(self, formula: Comparison, trail: list[Reduced]) -> int:
        """An equation of which the reductions leave nothing."""
        parts = self._all_vanishing(self._multiples(trail)[0], -1)
        return self.book.add("algebraic", formula, tuple(self.premises), *([add(*parts)] if parts else []))

    def _multiples(self, trail: list[Reduced]) -> tuple[list[tuple[Hole, Polynomial]], Exponents]:
        """The equations with their multipliers, and the product of inverses before what is left."""
        unit = [0] * len(self.ring.atoms)
        multiples: list[tuple[Hole, Polynomial]] = []
        for one in trail:
            scale = self.ring.from_terms({tuple(unit): 1})
            multiples.append((one.reduction.equation, one.multiplier * scale))
            if one.reduction.unit is not None:
                unit[one.reduction.unit] += one.power
        return multiples, tuple(unit)

    def _inner(self, found: Sum, problem: Problem, apart: bool) -> list[Term]:
        """The sum itself, or its result as a step of its own."""
        extras = [self._product(extra.coefficient, extra.monomial) for extra in found.extras]
        if not apart or (not found.pieces and not found.multiples):
            return [*self._pieces(found), *extras]
        strict = any(piece.is_strict(problem) for piece in found.pieces)
        step = Writing(self.scene).core(problem, found, Less if strict else AtMost)
        return [self.hole(Hole(step)), *extras]

    def _combine(self, formula: Formula, parts: Sequence[Term]) -> int:
        template = add(*parts) if parts else ZERO
        return self.book.add("combination", formula, tuple(self.premises), template)

    # -- parts ------------------------------------------------------------------------------

    def lean_on(self, step: int) -> int:
        if step not in self.premises:
            self.premises.append(step)
        return self.premises.index(step)

    def hole(self, hole: Hole) -> Term:
        return hole_term(self.lean_on(hole.step), *cast("tuple[Index, ...]", hole.indices))

    def _pieces(self, found: Sum) -> list[Term]:
        parts = [self._piece(piece) for piece in found.pieces]
        for multiple in found.multiples:
            parts += self.vanishing(self.scene.equations[multiple.equation].hole, multiple.multiplier)
        return parts

    def _piece(self, piece: Piece) -> Term:
        holes = [self.hole(self.scene.inequalities[number].hole) for number in piece.inequalities]
        squares = [] if piece.square is None else [_squared(self.ring.term(piece.square))]
        return self._product(piece.coefficient, piece.monomial, *holes, *squares)

    def _product(self, coefficient: Fraction, powers: Exponents, *factors: Term) -> Term:
        parts = [*self._monomial(powers), *factors]
        return multiply(*([term(coefficient)] if coefficient != 1 or not parts else []), *parts)

    def _monomial(self, powers: Exponents) -> list[Term]:
        """The factors of a monomial, with the premises that show their signs."""
        for place, power in enumerate(powers):
            if power and place in self.scene.nonnegative:
                self.lean_on(self.scene.nonnegative[place])
        return [
            self.ring.atoms[n] if e == 1 else cast(Term, Power(self.ring.atoms[n], Number(Fraction(e))))
            for n, e in enumerate(powers)
            if e
        ]

    def _all_vanishing(self, multiples: list[tuple[Hole, Polynomial]], sign: int = 1) -> list[Term]:
        return [part for hole, multiplier in multiples for part in self.vanishing(hole, multiplier * sign)]

    def vanishing(self, hole: Hole, multiplier: Polynomial) -> list[Term]:
        """A multiple of an equation, in parts that the kernel's limit on products allows."""
        if multiplier.is_zero():
            return []
        if len(multiplier) > LONGEST:
            raise NoProof("a multiplier with too many monomials")
        formula = cast(Comparison, self.book.judgements[hole.step].formula)
        names = dict(zip(self.book.general(hole.step), hole.indices, strict=True))
        size = len(self.ring.polynomial(cast(Term, substitute(difference(formula), names))))
        parts = []
        items, length = list(terms_of(multiplier).items()), max(1, MONOMIALS // (size + 1))
        for start in range(0, len(items), length):
            written = self.ring.term(self.ring.from_terms(dict(items[start : start + length])))
            parts.append(multiply(self.hole(hole), written))
        return parts


def _squared(value: Term) -> Term:
    return cast(Term, Power(value, Number(Fraction(2))))
