"""A comparison at numbered indices as a problem about polynomials: equations take the other atoms out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import cast

from axiomkd.kernel.combination import difference, hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Comparison,
    Equal,
    Extreme,
    Formula,
    If,
    Index,
    Less,
    Number,
    Power,
    Term,
    multiply,
    variables,
)
from axiomkd.provers.algebraic.atoms import by_powers, take_out_atoms
from axiomkd.provers.algebraic.book import Book
from axiomkd.provers.algebraic.facts import Case, Known, known_at, leaves, related
from axiomkd.provers.algebraic.problem import Inequality, Problem
from axiomkd.provers.algebraic.reductions import (
    Hole,
    Reduced,
    Reduction,
    homogenising,
    linear_place,
    positive_block,
    reduce,
    substitution,
)
from axiomkd.provers.algebraic.ring import (
    Polynomial,
    Ring,
    fmpq_of,
    fraction_of,
    terms_of,
)
from axiomkd.provers.algebraic.writing import Writing

Positive = Callable[[Case, Term], int]
"""A step that shows a term to be positive."""


@dataclass(frozen=True)
class Given:
    """A comparison of polynomials that are free of the atoms taken out, and its hole."""

    polynomial: Polynomial
    strict: bool
    hole: Hole


class Absurd(Exception):
    """A step that cannot hold, as it contradicts a comparison of two numbers."""

    def __init__(self, step: int, formula: Formula) -> None:
        self.step, self.formula = step, formula


class Scene:
    """The ring of a comparison, the equations that simplify it, and the inequalities that are left.

    The sums of the variables in ``kept`` are not used to make polynomials homogeneous.
    """

    def __init__(
        self, book: Book, case: Case, goal: Comparison, positive: Positive, kept: frozenset[str] | None = None
    ) -> None:
        self.book, self.case, self.goal, self.positive, self.kept = book, case, goal, positive, kept
        sizes = book.goal.sizes
        known = related(list(known_at(book, case)), leaves(goal, sizes), sizes)
        gaps = [difference(one.formula) for one in known]
        self.ring = Ring([goal.right - goal.left, *gaps], sizes)
        self.reductions: list[Reduction] = []
        self.nonnegative: dict[int, int] = {}
        self.positives: set[int] = set()
        self.blocks: list[tuple[tuple[int, ...], Polynomial]] = []
        self.homogenisings: list[Reduction] = []
        self.powers: list[tuple[Known, int]] = []
        for one in known:
            self.note_sign(one.formula, one.hole.step)
        self.known = [*known, *self._bounds_of_extremes(), *self._between_zero_and_one(known)]
        take_out_atoms(self)
        self._use_equations()
        self.inequalities = [one for one in map(self._given, self.known) if one is not None]

    # -- signs ------------------------------------------------------------------------------

    def note_sign(self, formula: Comparison, step: int) -> None:
        """A generator that is known to be nonnegative, or positive, as it stands."""
        place = self.ring.place.get(formula.right)
        if formula.left is ZERO and place is not None and isinstance(formula, Less | AtMost):
            if isinstance(formula, Less):
                self.positives.add(place)
                self.nonnegative[place] = step
            self.nonnegative.setdefault(place, step)

    def _bounds_of_extremes(self) -> list[Known]:
        """A maximum is at least each of its terms, a minimum at most."""
        found = []
        for atom in self.ring.atoms:
            if isinstance(atom, Extreme):
                for part in atom.arguments:
                    sides = (part, atom) if atom.kind == "maximum" else (atom, part)
                    formula = cast(Comparison, AtMost(*sides))
                    found.append(Known(formula, Hole(self.book.add("extremum_bounds", formula))))
                self._try_sign(atom)
        return found

    def _between_zero_and_one(self, known: list[Known]) -> list[Known]:
        r"""What :math:`x^2 = x` says of x."""
        found = []
        for one in known:
            left, right = one.formula.parts
            square = self.ring.polynomial(left)
            place = self.ring.place.get(right)
            if (
                isinstance(one.formula, Equal)
                and place is not None
                and square == self.ring.generators[place] ** 2
            ):
                gap = hole(0, *cast("tuple[Index, ...]", one.hole.indices))
                for formula, root in ((AtMost(ZERO, right), right), (AtMost(right, ONE), 1 - right)):
                    step = self.book.add("combination", formula, (one.hole.step,), root**2 + gap)
                    found.append(Known(formula, Hole(step)))
                    self.note_sign(formula, step)
        return found

    def _try_sign(self, atom: Term) -> None:
        for kind in (Less, AtMost):
            formula = cast(Comparison, kind(ZERO, atom))
            try:
                step = self.book.add("sign_of_parts", formula, tuple(set(self.nonnegative.values())))
            except Refused:
                continue
            self.note_sign(formula, step)
            return

    def decided(self) -> dict[Term, int]:
        """The extremes and branches of which the case says what they are, and the steps that say so."""
        formulas = ((self.book.judgements[step].formula, step) for step in self.case.comparisons)
        return {
            formula.left: step
            for formula, step in formulas
            if isinstance(formula, Equal) and isinstance(formula.left, Extreme | If)
        }

    def undecided(self) -> list[Term]:
        """The extremes and branches of which the case says nothing."""
        decided = self.decided()
        return [atom for atom in self.ring.atoms if isinstance(atom, Extreme | If) and atom not in decided]

    # -- equations and inequalities -----------------------------------------------------------

    def _use_equations(self) -> None:
        """Sums of nonnegative numbers that are 1 are kept as blocks, other linear equations used up."""
        waiting = [one for one in self.known if isinstance(one.formula, Equal)]
        waiting.sort(key=lambda one: len(self.ring.polynomial(difference(one.formula))))
        self.equations: list[Given] = []
        for one in waiting:
            if one.hole in {reduction.equation for reduction in self.reductions}:
                continue
            given = self._given(one, equations=True)
            if given is not None:
                self._use(given)
        for one, own in self.powers:
            given = self._given(one, equations=True, without=own)
            if given is not None:
                self.equations.append(given)

    def _use(self, given: Given) -> None:
        signs = frozenset(self.nonnegative)
        taken = {place for places, _ in self.blocks for place in places}
        block = positive_block(given.polynomial, signs)
        lone = linear_place(given.polynomial)
        if block and len(block) > 1 and taken.isdisjoint(block) and not self._keeps(block):
            number = -fraction_of(given.polynomial[(0,) * len(self.ring.atoms)])
            total = (given.polynomial + fmpq_of(number)) / fmpq_of(number)
            self.blocks.append((block, total))
            how = homogenising(self.ring, block, total)
        elif lone is not None and lone[0] not in taken and not (block and len(block) > 1):
            place, coefficient = lone
            value = self.ring.generators[place] - given.polynomial / fmpq_of(coefficient)
            how = substitution(self.ring, place, value)
        else:
            self.equations.append(given)
            return
        self.reductions.append(Reduction(given.hole, given.polynomial, how))
        if block and self.blocks and self.blocks[-1][0] == block:
            self.homogenisings.append(self.reductions[-1])

    def _keeps(self, block: tuple[int, ...]) -> bool:
        return self.kept is not None and not self.kept.isdisjoint(self.names(block))

    def names(self, places: Iterable[int]) -> set[str]:
        """The names of the variables in some atoms."""
        return set().union(*(variables(self.ring.atoms[place]) for place in places))

    def _given(self, one: Known, equations: bool = False, without: int = -1) -> Given | None:
        """A known comparison with its atoms taken out, as a step of its own where that changes it."""
        if isinstance(one.formula, Equal) != equations:
            return None
        start = self.ring.polynomial(difference(one.formula))
        trail = self.trail(start, without)
        end = trail[-1].result if trail else start
        self._check_consistent(one, start, end, trail)
        if end.is_zero() or not (equations or self._says_something(end)):
            return None
        given = Given(end, isinstance(one.formula, Less), one.hole)
        if end != start:
            formula = cast(Comparison, type(one.formula)(ZERO, self.ring.term(end)))
            step = Writing(self).carried_over(formula, one.hole, start, trail)
            self.note_sign(formula, step)
            given = replace(given, hole=Hole(step))
        return given if equations else self._divided(given)

    def _divided(self, given: Given) -> Given:
        """An inequality without the factors that are positive by their parts."""
        divisor, rest = self.ring.one, given.polynomial
        for factor, power in given.polynomial.factor()[1]:
            if not factor.is_constant() and self._is_positive(factor):
                divisor *= factor ** int(power)
        if divisor.is_constant() or (rest / divisor).is_constant():
            return given
        rest /= divisor
        value = self.ring.term(divisor)
        signs = tuple(set(self.nonnegative.values()))
        shown = self.book.add_leaning("sign_of_parts", cast(Formula, Less(ZERO, value)), signs)
        inverse = cast(Term, Power(value, Number(Fraction(-1))))
        unit = by_powers(self, multiply(value, inverse), ONE)
        step = Writing(self).quotient(given, self.ring.term(rest), inverse, unit, shown)
        return Given(rest, given.strict, Hole(step))

    def _is_positive(self, polynomial: Polynomial) -> bool:
        terms = terms_of(polynomial)
        places = {n for powers in terms for n, e in enumerate(powers) if e}
        positive = any(all(n in self.positives for n, e in enumerate(powers) if e) for powers in terms)
        return positive and all(c > 0 for c in terms.values()) and places <= self.nonnegative.keys()

    def _check_consistent(self, one: Known, start: Polynomial, end: Polynomial, trail: list[Reduced]) -> None:
        """Raise :class:`Absurd` for a comparison of two numbers that does not hold."""
        if not end.is_constant():
            return
        value = fraction_of(end.leading_coefficient()) if not end.is_zero() else Fraction(0)
        number, relation = Number(value), type(one.formula)
        if (value == 0 and relation is not Less) or (value > 0 and relation is not Equal):
            return
        step = Writing(self).carried_over(relation(ZERO, number), one.hole, start, trail)
        raise Absurd(step, Less(number, ZERO) if relation is AtMost else relation(ZERO, number))

    def _says_something(self, polynomial: Polynomial) -> bool:
        """Whether an inequality is more than the signs of generators."""
        terms = terms_of(polynomial)
        places = {n for powers in terms for n, e in enumerate(powers) if e}
        return not (all(c > 0 for c in terms.values()) and places <= self.nonnegative.keys())

    def trail(self, polynomial: Polynomial, without: int = -1) -> list[Reduced]:
        """The reductions of a polynomial, one after the other."""
        found: list[Reduced] = []
        for number, reduction in enumerate(self.reductions):
            if number == without:
                continue
            one = reduce(self.ring, polynomial, reduction)
            if one.result != polynomial or one.power:
                found.append(one)
            polynomial = one.result
        return found

    def problem(self, target: Polynomial, strict: bool) -> Problem:
        return Problem(
            self.ring,
            target,
            strict,
            frozenset(self.nonnegative),
            frozenset(self.positives),
            tuple(Inequality(one.polynomial, one.strict) for one in self.inequalities),
            tuple(one.polynomial for one in self.equations),
            tuple(self.blocks),
        )
