"""The value of a term from the values of its parts, whatever a value is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Generic, TypeVar, cast

from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    Add,
    AtMost,
    Big,
    Defined,
    Different,
    Distinct,
    Equal,
    Exp,
    Extreme,
    Formula,
    Free,
    If,
    Index,
    InverseDigamma,
    Less,
    Literal,
    Log,
    Multiply,
    Node,
    Number,
    Permuted,
    Power,
    Same,
    Size,
    Term,
    Variable,
    substitute,
)

V = TypeVar("V")


class Undefined(Exception):
    """An operation outside its domain: division by zero, the logarithm of zero, .."""


class Undecided(Refused):
    """Enclosures that cannot tell at the highest precision."""


@dataclass(frozen=True)
class Between:
    """A number of which only an interval is known."""

    low: Fraction
    high: Fraction


Values = tuple["Values", ...] | Fraction | Between | None
"""Values of a variable: nested tuples, one level an index; nothing where an entry is not known yet."""


@dataclass(frozen=True)
class Point:
    """An input: sizes by sort, values of variables, numbers (from 1) for free indices, permutations.

    >>> half = Fraction(1, 2)
    >>> Point({"teacher": 2}, {"w": (half, half)}).values["w"]
    (Fraction(1, 2), Fraction(1, 2))
    """

    sizes: Mapping[str, int]
    values: Mapping[str, Values]
    indices: Mapping[Free, int] = field(default_factory=dict)
    permutations: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


class Evaluator(ABC, Generic[V]):
    """The value of a term from the values of its parts, in one of the kernel's arithmetics."""

    def __init__(self, point: Point) -> None:
        self.point = point
        self._values: dict[Node, V] = {}

    @abstractmethod
    def constant(self, number: Fraction) -> V: ...

    @abstractmethod
    def variable(self, name: str, indices: tuple[int, ...]) -> V: ...

    @abstractmethod
    def add(self, values: Sequence[V]) -> V: ...

    @abstractmethod
    def multiply(self, values: Sequence[V]) -> V: ...

    @abstractmethod
    def power(self, base: V, exponent: V) -> V: ...

    @abstractmethod
    def exp(self, value: V) -> V: ...

    @abstractmethod
    def log(self, value: V) -> V: ...

    @abstractmethod
    def inverse_digamma(self, value: V) -> V: ...

    @abstractmethod
    def maximum(self, values: Sequence[V]) -> V: ...

    @abstractmethod
    def sign(self, value: V) -> int:
        """-1, 0 or 1, or :class:`Undecided` is raised."""

    def negate(self, value: V) -> V:
        return self.multiply([self.constant(Fraction(-1)), value])

    def instantiate(self, node: Node) -> Node:
        """The node with its free indices replaced by the numbers that the point gives them."""
        return instantiate(node, self.point.indices)

    def value(self, term: Term) -> V:
        """The value of a term without free indices."""
        found = self._values.get(term)
        if found is None:
            found = self._values[term] = self._compute(term)
        return found

    def _compute(self, term: Term) -> V:
        match term:
            case Number(value):
                return self.constant(value)
            case Size(sort):
                return self.constant(Fraction(self.size(sort)))
            case Variable():
                return self.variable(term.name, tuple(map(self.index, term.indices)))
            case Add():
                return self.add([self.value(part) for part in term.parts])
            case Multiply():
                return self.multiply([self.value(part) for part in term.parts])
            case Power(base, exponent):
                return self.power(self.value(base), self.value(exponent))
            case Exp(argument):
                return self.exp(self.value(argument))
            case Log(argument):
                return self.log(self.value(argument))
            case InverseDigamma(argument):
                return self.inverse_digamma(self.value(argument))
            case Extreme():
                return self._combine(term.kind, [self.value(part) for part in term.arguments])
            case Big(kind, sort):
                return self._combine(kind, [self.value(instance) for instance in self._instances(term, sort)])
            case If(condition, then, otherwise):
                return self.value(then if self.holds(condition) else otherwise)
        raise Refused(f"expected a term with a value, got {type(term).__name__}")

    def _instances(self, term: Big, sort: str) -> list[Term]:
        return [term.at(cast(Index, Literal(number, sort))) for number in range(1, self.size(sort) + 1)]

    def _combine(self, kind: str, values: Sequence[V]) -> V:
        match kind:
            case "sum":
                return self.add(values)
            case "product":
                return self.multiply(values)
            case "maximum":
                return self.maximum(values)
            case "minimum":
                return self.negate(self.maximum([self.negate(value) for value in values]))
        raise Refused(f"expected sum, product, maximum or minimum, got {kind}")

    def size(self, sort: str) -> int:
        if sort not in self.point.sizes:
            raise Refused(f"expected a size for the sort {sort}, got none")
        return self.point.sizes[sort]

    def index(self, index: Index) -> int:
        """The number of an index without bound or free parts."""
        match index:
            case Literal(number, sort):
                if not 1 <= number <= self.size(sort):
                    raise Refused(f"expected an index from 1 to {self.size(sort)}, got {number}")
                return number
            case Permuted(inner, _, permutation):
                return self.point.permutations[permutation][self.index(inner) - 1]
        raise Refused(f"expected an index with a number, got {type(index).__name__}")

    def order(self, left: Term, right: Term) -> int:
        """The sign of left - right; the very same term on both sides is equal to itself."""
        a, b = self.value(left), self.value(right)
        return 0 if left is right else self.sign(self.add([a, self.negate(b)]))

    def holds(self, formula: Formula) -> bool:
        """Whether a formula without free indices holds."""
        match formula:
            case Same(left, right):
                return self.index(left) == self.index(right)
            case Distinct(left, right):
                return self.index(left) != self.index(right)
            case Equal(left, right):
                return self.order(left, right) == 0
            case Different(left, right):
                return self.order(left, right) != 0
            case AtMost(left, right):
                return self.order(left, right) <= 0
            case Less(left, right):
                return self.order(left, right) < 0
            case Defined(inside):
                return self._is_defined(inside)
        raise Refused(f"expected a comparison, got {type(formula).__name__}")

    def _is_defined(self, term: Term) -> bool:
        try:
            self.value(term)
        except Undefined:
            return False
        return True


def instantiate(node: Node, numbers: Mapping[Free, int]) -> Node:
    """The node with free indices replaced by their numbers."""
    return substitute(node, {index: Literal(number, index.sort) for index, number in numbers.items()})
