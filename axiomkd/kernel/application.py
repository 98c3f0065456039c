"""One application of a rule: what a rule may ask about its premises, its parameters and the goal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeVar, cast

from axiomkd.kernel import algebra
from axiomkd.kernel.evidence import Parameter
from axiomkd.kernel.judgement import LEAST, Goal, Judgement, Refused
from axiomkd.kernel.terms import (
    ZERO,
    AtMost,
    Bound,
    Comparison,
    Different,
    Distinct,
    Equal,
    Formula,
    Free,
    Index,
    Less,
    Node,
    Number,
    Permuted,
    Same,
    Size,
    Term,
    substitute,
)

N = TypeVar("N", bound=Node)


def positive(value: Term) -> Formula:
    return cast(Formula, Less(ZERO, value))


def nonnegative(value: Term) -> Formula:
    return cast(Formula, AtMost(ZERO, value))


def match(pattern: Node, node: Node, general: frozenset[Free], found: dict[Free, Index]) -> bool:
    """Whether the node is the pattern with its general indices replaced, consistently."""
    if isinstance(pattern, Free) and pattern in general:
        if not isinstance(node, Index) or node.sort != pattern.sort or _has_bound(node):
            return False
        return found.setdefault(pattern, node) is node
    if pattern.free.isdisjoint(general):
        return pattern is node
    if type(pattern) is not type(node) or len(pattern.parts) != len(node.parts):
        return False
    for part, other in zip(pattern.parts, node.parts, strict=True):
        if isinstance(part, Node) and isinstance(other, Node):
            if not match(part, other, general, found):
                return False
        elif part != other:
            return False
    return True


def _has_bound(index: Index) -> bool:
    return isinstance(index, Bound) or (isinstance(index, Permuted) and _has_bound(index.index))


@dataclass
class Application:
    """A rule applied to premises; ``used`` numbers the premises that the rule has leaned on so far."""

    goal: Goal
    conclusion: Formula
    premises: tuple[Judgement, ...]
    parameters: tuple[Parameter, ...]
    assumptions: set[Formula] = field(default_factory=set)
    used: set[int] = field(default_factory=set)
    _general: dict[int, frozenset[Free]] = field(default_factory=dict)

    @property
    def sizes(self) -> algebra.Sizes:
        return self.goal.sizes

    def refuse(self, expected: object, got: object) -> Refused:
        return Refused("expected", expected, "- got", got)

    def require(self, truth: bool, expected: object, got: object = "something else") -> None:
        if not truth:
            raise self.refuse(expected, got)

    def conclusion_as(self, kind: type[N]) -> N:
        if not isinstance(self.conclusion, kind):
            raise self.refuse(f"a conclusion of the form {kind.__name__}", self.conclusion)
        return self.conclusion

    def parameter(self, position: int, kind: type[N]) -> N:
        if position >= len(self.parameters) or not isinstance(self.parameters[position], kind):
            raise self.refuse(f"parameter {position} to be a {kind.__name__}", self.parameters)
        return cast(N, self.parameters[position])

    def general(self, judgement: Judgement) -> frozenset[Free]:
        """The free indices for which a judgement holds whatever they are."""
        key = id(judgement)
        if key not in self._general:
            fixed = set(self.goal.indices).union(*(formula.free for formula in judgement.assumptions))
            self._general[key] = judgement.formula.free - fixed
        return self._general[key]

    def has(self, formula: Formula, without: Formula | None = None) -> bool:
        """Whether a premise, or plain arithmetic, gives the formula.

        A premise counts if it is the formula with some of its general indices replaced.
        ``without`` is an assumption that the rule discharges from that premise. A strict
        inequality gives the weak one, and an equation gives the weak inequality.
        """
        if _evident(formula, self.goal):
            return True
        numbers = list(range(len(self.premises)))
        if without is not None:
            numbers.sort(key=lambda number: without not in self.premises[number].assumptions)
        sufficient = tuple(_stronger(formula))
        for number in numbers:
            if any(self._is_instance(number, stronger) for stronger in sufficient):
                self.lean_on(number, without)
                return True
        return False

    def _is_instance(self, number: int, formula: Formula) -> bool:
        judgement = self.premises[number]
        if type(judgement.formula) is not type(formula):
            return False
        return match(judgement.formula, formula, self.general(judgement), {})

    def need(self, formula: Formula, without: Formula | None = None) -> None:
        if not self.has(formula, without):
            raise Refused("expected the premise", formula, "- got", self.premises)

    def equal(self, left: Term, right: Term) -> bool:
        """Whether two terms have one canonical form."""
        return algebra.equal(left, right, self.sizes)

    def need_equal(self, left: Term, right: Term) -> None:
        """Demand that two terms have one canonical form."""
        if not self.equal(left, right):
            raise Refused("expected", left, "to be, once expanded, the same as", right)

    def lean_on(self, number: int, without: Formula | None = None) -> None:
        """Take over the assumptions of a premise, but for one that the rule discharges."""
        self.assumptions.update(self.premises[number].assumptions - {without})
        self.used.add(number)

    def instance(self, number: int, renaming: dict[Free, Index]) -> Formula:
        """A premise with its general indices replaced."""
        judgement = self.premises[number]
        self.require(renaming.keys() <= self.general(judgement), "general indices", renaming)
        self.require(all(i.sort == j.sort for i, j in renaming.items()), "indices of one sort", renaming)
        self.lean_on(number)
        return cast(Formula, substitute(judgement.formula, renaming))


def _stronger(formula: Formula) -> Iterator[Formula]:
    yield formula
    if isinstance(formula, AtMost):
        yield cast(Formula, Less(formula.left, formula.right))
        yield cast(Formula, Equal(formula.left, formula.right))
        yield cast(Formula, Equal(formula.right, formula.left))
    elif isinstance(formula, Equal):
        yield cast(Formula, Equal(formula.right, formula.left))
    elif isinstance(formula, Different):
        yield cast(Formula, Different(formula.right, formula.left))
        yield cast(Formula, Less(formula.left, formula.right))
        yield cast(Formula, Less(formula.right, formula.left))
    elif isinstance(formula, Same | Distinct):
        yield cast(Formula, type(formula)(formula.right, formula.left))


def least_value(value: Term, goal: Goal) -> Fraction | None:
    """The least value of a number or a size; None for any other term."""
    if isinstance(value, Number):
        return value.value
    if isinstance(value, Size):
        return Fraction(goal.size(value.sort) or LEAST.get(value.sort, 1))
    return None


def _evident(formula: Formula, goal: Goal) -> bool:
    """Comparisons of numbers, and of a number with a size above it."""
    if not isinstance(formula, Comparison):
        return False
    left, right = formula.left, formula.right
    if left is right:
        return isinstance(formula, Equal | AtMost)
    if not isinstance(left, Number):
        return False
    bound = least_value(right, goal)
    if bound is None:
        return False
    if isinstance(formula, AtMost):
        return left.value <= bound
    if isinstance(formula, Less):
        return left.value < bound
    return (isinstance(formula, Different) and left.value < bound) or (
        isinstance(formula, Different) and isinstance(right, Number) and left.value != bound
    )
