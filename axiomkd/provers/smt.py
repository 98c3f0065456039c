"""Sample points from solvers of polynomial arithmetic, where installed: guesses for the kernel to decide on.

A solver is asked for an input at which the facts hold and one conclusion fails. What it answers is made
rational and handed to the kernel as a witness; its word alone, for or against, counts for nothing.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from types import ModuleType
from typing import Any, cast

from axiomkd.kernel.boxes import written_out
from axiomkd.kernel.check import check
from axiomkd.kernel.evaluation import instantiate
from axiomkd.kernel.evidence import Array, Witness
from axiomkd.kernel.judgement import Fact, Goal, Refused
from axiomkd.kernel.terms import (
    Add,
    AtMost,
    Comparison,
    Different,
    Equal,
    Extreme,
    Formula,
    If,
    Less,
    Literal,
    Multiply,
    Node,
    Number,
    Power,
    Term,
    Variable,
)
from axiomkd.kernel.witness import free_indices, instances

SOLVERS = ("z3", "cvc5.pythonic")
"""Modules of one interface; the extra ``axiomkd[smt]`` installs them."""
DIGITS = 20
"""To how many digits an irrational root in a sample point is made rational."""


def refute(goal: Goal, seconds: float) -> Witness | None:
    """A witness that the kernel accepts, from a solver's sample point, or ``None``.

    The goal has fixed sizes and no permutations or limits, and is polynomial or rational, perhaps with
    maxima, minima and case distinctions; of any other, and where no solver is installed, nothing is found.

    >>> from axiomkd.kernel.terms import ONE, variable
    >>> x = variable("x")
    >>> refute(Goal((), (("x", ()),), (), (cast(Formula, AtMost(ONE, x * x)),)), 5) is None
    False
    """
    if goal.permutations or goal.limit or any(size is None for _, size in goal.sizes):
        return None
    for solver in filter(None, map(_installed, SOLVERS)):
        for number, numbers, formula in _claims(goal):
            witness = _sampled(goal, solver, number, numbers, formula, seconds)
            if witness is not None:
                return witness
    return None


def _installed(name: str) -> ModuleType | None:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def _claims(goal: Goal) -> Iterator[tuple[int, tuple[tuple[str, int], ...], Comparison]]:
    """Every conclusion that is a comparison, at each value of its free indices."""
    sizes = cast("dict[str, int]", dict(goal.sizes))
    for number, conclusion in enumerate(goal.conclusions):
        if isinstance(conclusion, Comparison):
            for numbers in instances(free_indices(goal, conclusion), sizes):
                named = tuple((index.name, value) for index, value in numbers.items())
                yield number, named, cast(Comparison, instantiate(conclusion, numbers))


def _sampled(
    goal: Goal,
    solver: ModuleType,
    number: int,
    numbers: tuple[tuple[str, int], ...],
    claim: Comparison,
    seconds: float,
) -> Witness | None:
    """The solver's sample point against one conclusion, if the kernel accepts it."""
    problem = _Problem(goal, solver)
    values = problem.sample(claim, dict(numbers), seconds)
    if values is None:
        return None
    sizes = cast("tuple[tuple[str, int], ...]", goal.sizes)
    witness = Witness(sizes, tuple(values.items()), numbers, conclusion=number)
    try:
        check(goal, witness)
    except Refused:
        return None
    return witness


class _Problem:
    """A goal in a solver's words."""

    def __init__(self, goal: Goal, solver: ModuleType) -> None:
        self.goal, self.solver = goal, solver
        self.sizes = cast("dict[str, int]", dict(goal.sizes))
        self.names: dict[tuple[str, tuple[int, ...]], Any] = {}

    def sample(
        self, claim: Comparison, numbers: Mapping[str, int], seconds: float
    ) -> dict[str, Array] | None:
        """An input at which the facts hold and the claim does not, as the solver says."""
        solver = self.solver.Solver()
        try:
            solver.set(**{"timeout" if self.solver.__name__ == "z3" else "tlimit-per": int(1000 * seconds)})
            for formula in self._facts(numbers):
                solver.add(formula)
            solver.add(self.solver.Not(self._formula(claim)))
        except Refused:
            return None
        if solver.check() != self.solver.sat:
            return None
        return {name: self._value(solver.model(), name, sorts) for name, sorts in self.goal.variables}

    def _facts(self, numbers: Mapping[str, int]) -> Iterator[Any]:
        given = {index: numbers[index.name] for index in self.goal.indices}
        for fact in self.goal.facts:
            for inner in instances(fact.indices, self.sizes):
                yield self._fact(fact, {**given, **inner})

    def _fact(self, fact: Fact, numbers: Mapping[Any, int]) -> Any:
        parts = (*fact.hypotheses, fact.conclusion)
        *hypotheses, conclusion = (
            self._formula(cast(Formula, instantiate(part, dict(numbers)))) for part in parts
        )
        return self.solver.Implies(self.solver.And(*hypotheses), conclusion) if hypotheses else conclusion

    def _formula(self, formula: Formula) -> Any:
        if not isinstance(formula, Comparison):
            raise Refused("expected a comparison, got", formula)
        left, right = (
            self._term(cast(Term, written_out(side, self.sizes))) for side in (formula.left, formula.right)
        )
        return RELATIONS[type(formula)](left, right)

    def _term(self, term: Node) -> Any:
        match term:
            case Number(value):
                return self.solver.Q(value.numerator, value.denominator)
            case Variable():
                return self._entry(term.name, tuple(cast(Literal, index).number for index in term.indices))
            case Add():
                return sum(map(self._term, term.parts[1:]), self._term(term.parts[0]))
            case Multiply():
                return self._product([self._term(part) for part in term.parts])
            case Power(base, Number(exponent)) if exponent.denominator == 1 and abs(exponent) <= 16:
                power = self._product([self._term(base)] * abs(exponent.numerator))
                return power if exponent >= 0 else self.solver.Q(1, 1) / power
            case Extreme():
                return self._extreme(term.kind, [self._term(part) for part in term.arguments])
            case If(condition, then, otherwise):
                return self.solver.If(self._formula(condition), self._term(then), self._term(otherwise))
        raise Refused("expected a rational operation, got", term)

    def _product(self, factors: list[Any]) -> Any:
        product = self.solver.Q(1, 1)
        for factor in factors:
            product = product * factor
        return product

    def _extreme(self, kind: str, values: list[Any]) -> Any:
        chosen = values[0]
        for value in values[1:]:
            above = value > chosen if kind == "maximum" else value < chosen
            chosen = self.solver.If(above, value, chosen)
        return chosen

    def _entry(self, name: str, indices: tuple[int, ...]) -> Any:
        key = name, indices
        if key not in self.names:
            self.names[key] = self.solver.Real("_".join([name, *map(str, indices)]))
        return self.names[key]

    def _value(self, model: Any, name: str, sorts: tuple[str, ...]) -> Array:
        def entries(before: tuple[int, ...], rest: tuple[str, ...]) -> Array:
            if not rest:
                return _rational(model, self._entry(name, before))
            numbers = range(1, self.sizes[rest[0]] + 1)
            return tuple(entries((*before, number), rest[1:]) for number in numbers)

        return entries((), sorts)


def _rational(model: Any, entry: Any) -> Fraction:
    value = model.eval(entry, model_completion=True)
    exact = value if hasattr(value, "as_fraction") else value.approx(DIGITS)
    return Fraction(exact.as_fraction())


RELATIONS: Mapping[type[Formula], Callable[[Any, Any], Any]] = {
    AtMost: lambda left, right: left <= right,
    Less: lambda left, right: left < right,
    Equal: lambda left, right: left == right,
    Different: lambda left, right: left != right,
}
