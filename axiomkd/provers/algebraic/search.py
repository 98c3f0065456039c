"""Which way when: each conclusion at each choice of its indices, in each case of its maxima."""

from __future__ import annotations

import contextlib
import itertools
from dataclasses import replace
from fractions import Fraction
from typing import cast

from axiomkd.kernel.check import check
from axiomkd.kernel.combination import hole
from axiomkd.kernel.evidence import Derivation
from axiomkd.kernel.judgement import Goal, Refused
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Comparison,
    Defined,
    Equal,
    Formula,
    Free,
    InHull,
    Less,
    Literal,
    Number,
    Power,
    Same,
    Term,
    add,
    multiply,
    substitute,
)
from axiomkd.provers.algebraic import cases
from axiomkd.provers.algebraic.atoms import by_powers
from axiomkd.provers.algebraic.book import Book, NoProof
from axiomkd.provers.algebraic.facts import Case
from axiomkd.provers.algebraic.linear import LEVELS, by_linear_program
from axiomkd.provers.algebraic.parts import prove_defined, prove_hull
from axiomkd.provers.algebraic.problem import Problem, by_signs
from axiomkd.provers.algebraic.reductions import Reduced, degree
from axiomkd.provers.algebraic.ring import fraction_of, terms_of
from axiomkd.provers.algebraic.sampling import signs
from axiomkd.provers.algebraic.scene import Absurd, Scene
from axiomkd.provers.algebraic.squares import by_semidefinite_program
from axiomkd.provers.algebraic.writing import Factors, Writing

FEW = 4
"""Generators up to which a target is multiplied with a sum of them."""
SECONDS = 10.0
"""Processor seconds for one goal, unless told otherwise."""


def prove(goal: Goal, seconds: float | None = None) -> Derivation | None:
    r"""A derivation of every conclusion, or ``None``; the kernel has accepted it.

    Conclusions are comparisons of rational functions and roots over finitely many numbers, maxima and case
    distinctions inside; definedness; membership in a hull. Sums over a sort of any size, exponentials,
    logarithms and limits are answered with ``None`` at once. An inequality is proved by an identity

    .. math:: G = \sum_n c_n\, x^{\alpha_n} \prod_{j \in J_n} f_j \, q_n^2 + \sum_m h_m e_m, \qquad c_n > 0,

    with the facts :math:`x, f_j \ge 0` and :math:`e_m = 0`, found by linear and semidefinite
    programs in floating point and rounded to fractions; Putinar 1993, Peyrl & Parrilo 2008. ``seconds``
    bounds the processor time, about.

    >>> from axiomkd.kernel.judgement import Goal
    >>> from axiomkd.kernel.terms import AtMost, variable
    >>> x, y = variable("x"), variable("y")
    >>> goal = Goal((), (("x", ()), ("y", ())), (), (AtMost(2 * x * y, x * x + y * y),))
    >>> prove(goal).steps[-1].rule
    'combination'
    """
    if not all(isinstance(one, Equal | AtMost | Less | Defined | InHull) for one in goal.conclusions):
        return None
    search = Search(goal, SECONDS if seconds is None else seconds)
    try:
        steps = tuple(search.conclude(formula) for formula in goal.conclusions)
        derivation = search.book.derivation(steps)
        check(goal, derivation)
    except (NoProof, Refused, RecursionError):
        return None
    return derivation


class NotTrue(NoProof):
    """It fails at a point of the problem."""


class Search:
    """The search for one goal."""

    def __init__(self, goal: Goal, seconds: float) -> None:
        self.goal = goal
        self.book = Book(goal, seconds)
        self.multiplying = False

    def conclude(self, formula: Formula) -> int:
        if isinstance(formula, Defined):
            return prove_defined(self.book, formula, self.split_all)
        if isinstance(formula, InHull):
            return prove_hull(self.book, formula, self.split_all)
        return self.split_all(cast(Comparison, formula), self.goal.indices)

    def split_all(self, formula: Comparison, further: tuple[Free, ...] = ()) -> int:
        """A comparison, for all numbers of all of its indices, and of the further ones."""
        indices = sorted(
            formula.free.union(further), key=lambda index: (index not in self.goal.indices, index.name)
        )
        return self.split(formula, indices, Case())

    def split(self, formula: Comparison, indices: list[Free], case: Case) -> int:
        """The formula for each number that its indices may stand for."""
        if not indices:
            return self.compare(formula, case)
        index, *others = indices
        size = self.goal.size(index.sort)
        if size is None:
            raise NoProof("an index of a sort of any size")
        branches = []
        for number in range(1, size + 1):
            value = cast(Literal, Literal(number, index.sort))
            same = self.book.add("assumption", cast(Formula, Same(index, value)))
            one = cast(Comparison, substitute(formula, {index: value}))
            inner = self.split(one, others, case.with_value(index, value, same))
            branches.append(self.book.add("same_index", formula, (same, inner), index, value))
        return self.book.add("cases_literal", formula, tuple(branches), index)

    def compare(self, formula: Comparison, case: Case) -> int:
        """A comparison without free indices."""
        known = self.book.find(formula, case.assumed)
        if known is not None:
            return known
        self.book.spend()
        try:
            return self.within(formula, case)
        except Absurd as absurd:
            return self.book.add("contradiction", formula, (absurd.step,), absurd.formula)

    def within(self, formula: Comparison, case: Case) -> int:
        """A comparison that no step gives yet, also by cases of its maxima and minima."""
        scene = Scene(self.book, case, formula, self.positive)
        try:
            return (
                self.equation(scene, formula)
                if isinstance(formula, Equal)
                else self.inequality(scene, formula)
            )
        except NoProof:
            self.book.spend()
            return cases.split(self.book, scene, formula, self.compare)

    def equation(self, scene: Scene, formula: Comparison) -> int:
        """An equation that follows from others, or else as each side is at most the other."""
        problem, trail = posed(scene, formula)
        if problem.target.is_zero():
            return Writing(scene).equation(formula, trail)
        if scene.undecided():
            raise NoProof("a maximum that may be any of its terms")
        orders = [cast(Comparison, AtMost(*sides)) for sides in (formula.parts, formula.parts[::-1])]
        steps = tuple(self.compare(order, scene.case) for order in orders)
        return self.book.add("antisymmetry", formula, steps)

    def inequality(self, scene: Scene, formula: Comparison) -> int:
        others = (self.multiplied, self.otherwise) if scene.powers else (self.otherwise, self.multiplied)
        for way in (self.at_once, *others):
            try:
                return way(scene, formula)
            except NotTrue:
                raise
            except NoProof:
                self.book.spend()
        raise NoProof("no way to prove", formula)

    def at_once(self, scene: Scene, formula: Comparison) -> int:
        problem, trail = posed(scene, formula)
        return self.order(scene, formula, problem, trail)

    def multiplied(self, scene: Scene, formula: Comparison) -> int:
        """An inequality, as it holds after multiplication with a positive term."""
        problem, _ = posed(scene, formula)
        multiplier = multiplier_of(scene, problem)
        if multiplier is None or self.multiplying:
            raise NoProof("no multiplier")
        gap, inverse = formula.right - formula.left, cast(Term, Power(multiplier, Number(Fraction(-1))))
        self.multiplying = True
        try:
            inner = type(formula)(ZERO, multiply(multiplier, gap))
            step = self.compare(inner, scene.case)
        finally:
            self.multiplying = False
        shown = self.positive(scene.case, multiplier)
        unit = by_powers(scene, multiply(multiplier, inverse), ONE)
        template = hole(0) * inverse + hole(1) * gap
        return self.book.add("combination", formula, (step, unit, shown), template)

    def otherwise(self, scene: Scene, formula: Comparison) -> int:
        """By larger sums, also with the sums that are 1 used as equations."""
        names = sorted({name for places, _ in scene.blocks for name in scene.names(places)})
        kept = [frozenset((name,)) for name in names] if len(names) > 1 else []
        others = [
            Scene(self.book, scene.case, formula, self.positive, one) for one in (*kept, frozenset(names))
        ]
        scenes = [scene, *(others if names else [])]
        for level, one in itertools.product(LEVELS, scenes):
            self.book.spend()
            with contextlib.suppress(NoProof):
                return self.by_program(one, formula, level)
        raise NoProof("no sum", formula)

    def by_program(self, scene: Scene, formula: Comparison, level: int) -> int:
        """By a linear program of a level, or at the first level by a semidefinite one."""
        problem, trail = posed(scene, formula)
        found = by_signs(problem) or by_linear_program(problem, level)
        if found is None and level == LEVELS[0]:
            found = by_semidefinite_program(problem)
        if found is None:
            raise NoProof("no sum", formula)
        return Writing(scene).conclusion(formula, trail, found, problem)

    def order(self, scene: Scene, formula: Comparison, problem: Problem, trail: list[Reduced]) -> int:
        """An inequality, as a sum, factor by factor, or according to which numbers are zero."""
        found = by_signs(problem)
        if found is not None:
            return Writing(scene).conclusion(formula, trail, found, problem)
        if not problem.equations and -1 in signs(problem, [problem.target])[0]:
            raise NotTrue(formula)
        factors = self.factors(scene, problem)
        if factors is not None:
            return Writing(scene).product(formula, trail, factors)
        found = by_linear_program(problem, 0)
        if found is not None:
            return Writing(scene).conclusion(formula, trail, found, problem)
        if problem.strict:
            return self.split_zero(scene, formula, problem)
        raise NoProof("no sum", formula)

    def factors(self, scene: Scene, problem: Problem) -> Factors | None:
        """The factors of the target, each compared with zero, if there are several."""
        coefficient, found = problem.target.factor()
        total = sum(int(power) for _, power in found)
        if problem.target.is_zero() or total < 2:
            return None
        value, steps, roots = fraction_of(coefficient), [], []
        for (factor, power), taken in zip(found, signs(problem, [f for f, _ in found]), strict=True):
            if power % 2 == 0 and not problem.strict:
                roots.append(factor ** (int(power) // 2))
                continue
            if len(taken) != 1:
                return None
            (sign,) = taken
            try:
                steps += [self.compared(scene, replace(problem, target=factor * sign))] * int(power)
            except NoProof:
                return None
            value *= sign ** int(power)
        return Factors(value, tuple(steps), tuple(roots)) if value > 0 else None

    def compared(self, scene: Scene, problem: Problem) -> int:
        """The step that says that a factor is nonnegative, or positive."""
        relation = Less if problem.strict else AtMost
        formula = cast(Comparison, relation(ZERO, scene.ring.term(problem.target)))
        known = self.book.find(formula, scene.case.assumed)
        return self.order(scene, formula, problem, []) if known is None else known

    def split_zero(self, scene: Scene, formula: Comparison, problem: Problem) -> int:
        """Whether a nonnegative generator is zero or positive."""
        unsure = [n for n in problem.nonnegative - problem.positive if degree(problem.target, n)]
        if not unsure:
            raise NoProof("no sum", formula)
        place = min(unsure)
        value, branches = scene.ring.atoms[place], {}
        for assumed in (cast(Formula, Equal(value, ZERO)), cast(Formula, Less(ZERO, value))):
            step = self.book.add("assumption", assumed)
            branches[assumed] = self.compare(formula, scene.case.with_comparison(self.book, step))
        return self.book.cases("cases_zero", formula, branches, value, also=scene.nonnegative[place])

    def positive(self, case: Case, value: Term) -> int:
        return self.compare(cast(Comparison, Less(ZERO, value)), case)


def multiplier_of(scene: Scene, problem: Problem) -> Term | None:
    """A positive term: for roots, the conjugate of the target; else a sum of generators, or of squares."""
    ring, terms = scene.ring, terms_of(problem.target)
    if scene.powers:
        return ring.term(ring.from_terms({powers: abs(c) for powers, c in terms.items()}))
    used = [n for n in range(len(ring.atoms)) if degree(problem.target, n)]
    if problem.blocks or len(used) > FEW:
        return None
    if problem.positive.issuperset(used):
        return add(*(ring.atoms[n] for n in used))
    return add(ONE, *(cast(Term, Power(ring.atoms[n], Number(Fraction(2)))) for n in used))


def posed(scene: Scene, formula: Comparison) -> tuple[Problem, list[Reduced]]:
    """The comparison as a problem about polynomials, and how it became one."""
    target = scene.ring.polynomial(formula.right - formula.left)
    trail = scene.trail(target)
    return scene.problem(trail[-1].result if trail else target, isinstance(formula, Less)), trail
