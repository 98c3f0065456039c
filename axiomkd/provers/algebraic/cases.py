"""Cases: which term a maximum or minimum is, which branch applies, whether a number is zero."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from axiomkd.kernel.combination import hole
from axiomkd.kernel.terms import (
    ZERO,
    AtMost,
    Comparison,
    Equal,
    Extreme,
    Formula,
    If,
    Less,
    Term,
)
from axiomkd.provers.algebraic.book import Book, NoProof
from axiomkd.provers.algebraic.facts import Case
from axiomkd.provers.algebraic.scene import Scene

Prove = Callable[[Comparison, Case], int]


def split(book: Book, scene: Scene, formula: Comparison, prove: Prove) -> int:
    """The formula, for each term that an extremum may be, or each branch that may apply."""
    for atom in sorted(scene.undecided(), key=lambda atom: len(atom.key)):
        if isinstance(atom, Extreme):
            return _Tournament(book, formula, prove, atom).played(scene.case)
        if isinstance(atom, If) and isinstance(atom.condition, Less | AtMost):
            return _Branches(book, formula, prove, atom, scene.case).taken()
    raise NoProof("no case to split")


class _Tournament:
    """The terms of an extremum compared one after the other, until one has won."""

    def __init__(self, book: Book, formula: Comparison, prove: Prove, extreme: Extreme) -> None:
        self.book, self.formula, self.prove, self.extreme = book, formula, prove, extreme

    def played(self, case: Case) -> int:
        first, *others = self.extreme.arguments
        return self._next(case, first, others, {})

    def order(self, loser: Term, winner: Term) -> Formula:
        sides = (loser, winner) if self.extreme.kind == "maximum" else (winner, loser)
        return cast(Formula, AtMost(*sides))

    def _next(self, case: Case, best: Term, others: list[Term], beaten: dict[Term, int]) -> int:
        """``beaten`` has for each term that lost the step that compares it with the best."""
        if not others:
            return self.prove(self.formula, case.with_comparison(self.book, self._equation(best, beaten)))
        other, *rest = others
        outcomes = ((best, other), (other, best))
        orders = [self.order(*outcome) for outcome in outcomes]
        for order, outcome in zip(orders, outcomes, strict=True):
            if order in case.assumed:
                return self._after(case, *outcome, rest, beaten)
        shown = [self._after(case, *outcome, rest, beaten) for outcome in outcomes]
        branches = dict(zip(orders, shown, strict=True))
        return self.book.cases("cases_order", self.formula, branches, best, other)

    def _after(self, case: Case, loser: Term, winner: Term, rest: list[Term], beaten: dict[Term, int]) -> int:
        """The rest of the tournament, assuming how these two compare."""
        step = self.book.add("assumption", self.order(loser, winner))
        found = {
            term: old if self._compares_with(old, winner) else self._chained(term, loser, winner, (old, step))
            for term, old in beaten.items()
        }
        return self._next(case.with_comparison(self.book, step), winner, rest, {**found, loser: step})

    def _compares_with(self, step: int, winner: Term) -> bool:
        formula = cast(Comparison, self.book.judgements[step].formula)
        return winner is (formula.right if self.extreme.kind == "maximum" else formula.left)

    def _chained(self, term: Term, between: Term, winner: Term, steps: tuple[int, int]) -> int:
        return self.book.add("chain", self.order(term, winner), steps, between)

    def _equation(self, best: Term, beaten: dict[Term, int]) -> int:
        sides = (self.extreme, best) if self.extreme.kind == "maximum" else (best, self.extreme)
        least = cast(Formula, AtMost(*sides))
        one = self.book.add("extremum_is_least_bound", least, tuple(beaten.values()))
        other = self.book.add("extremum_bounds", cast(Formula, AtMost(*sides[::-1])))
        return self.book.add("antisymmetry", cast(Formula, Equal(self.extreme, best)), (one, other))


class _Branches:
    """In each order of the two sides of a condition: the left less, both equal, the right less."""

    def __init__(self, book: Book, formula: Comparison, prove: Prove, choice: If, case: Case) -> None:
        self.book, self.formula, self.prove, self.choice, self.case = book, formula, prove, choice, case

    def taken(self) -> int:
        left, right = self.choice.condition.parts
        then, otherwise = self.choice.then, self.choice.otherwise
        if isinstance(self.choice.condition, Less):
            ways = self._apart(left, right, then, otherwise), self._weak(right, left, otherwise)
        else:
            ways = self._weak(left, right, then), self._apart(right, left, otherwise, then)
        orders = (cast(Formula, AtMost(left, right)), cast(Formula, AtMost(right, left)))
        branches = dict(zip(orders, ways, strict=True))
        return self.book.cases("cases_order", self.formula, branches, left, right)

    def _weak(self, smaller: Term, greater: Term, value: Term) -> int:
        order = self.book.add("assumption", cast(Formula, AtMost(smaller, greater)))
        return self._chosen(value, order, order)

    def _chosen(self, value: Term, shown: int, more: int) -> int:
        step = self.book.add("branch", cast(Formula, Equal(self.choice, value)), (shown,))
        return self.prove(self.formula, self.case.with_comparison(self.book, more, step))

    def _apart(self, smaller: Term, greater: Term, less: Term, equal: Term) -> int:
        """Assuming that one side is at most the other: whether it is less, or they are equal."""
        add, gap = self.book.add, greater - smaller
        order = add("assumption", cast(Formula, AtMost(smaller, greater)))
        nonnegative = add("combination", cast(Formula, AtMost(ZERO, gap)), (order,), hole(0))
        zero, positive = cast(Formula, Equal(gap, ZERO)), cast(Formula, Less(ZERO, gap))
        same, apart = add("assumption", zero), add("assumption", positive)
        weak = add("combination", cast(Formula, AtMost(greater, smaller)), (same,), hole(0))
        strict = add("combination", cast(Formula, Less(smaller, greater)), (apart,), hole(0))
        branches = {zero: self._chosen(equal, weak, same), positive: self._chosen(less, strict, apart)}
        return self.book.cases("cases_zero", self.formula, branches, gap, also=nonnegative)
