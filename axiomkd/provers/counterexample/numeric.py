"""Terms as NumPy functions of many inputs at once: for the search, never believed.

The inputs of a batch lie along the last axis; before it stands one axis for every binder above a
node, outermost first. An operation outside its domain gives NaN. Every node is computed once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from axiomkd.kernel.terms import (
    Add,
    AtMost,
    Big,
    Bound,
    Comparison,
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
    binders,
    variables,
)
from axiomkd.provers.counterexample.digamma import inverse_digamma

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Truths = NDArray[np.bool_]
Reduction = Callable[..., Floats]

BIG: Mapping[str, Reduction] = {
    "sum": np.add.reduce,
    "product": np.multiply.reduce,
    "maximum": np.maximum.reduce,
    "minimum": np.minimum.reduce,
}

TIE = 1e-14
"""What two numbers of a case distinction may differ by and still be a tie."""


@dataclass(frozen=True)
class Batch:
    """Many inputs of one size: values (index axes, then inputs), indices and permutations from 0."""

    sizes: Mapping[str, int]
    count: int
    values: Mapping[str, Floats]
    indices: Mapping[Free, Integers]
    permutations: Mapping[str, Integers]

    def chosen(self, which: NDArray[np.int64] | Truths) -> Batch:
        """Some of the inputs."""
        number = int(np.arange(self.count)[which].size)
        return Batch(
            self.sizes,
            number,
            {name: array[..., which] for name, array in self.values.items()},
            {index: array[which] for index, array in self.indices.items()},
            {name: array[..., which] for name, array in self.permutations.items()},
        )


def joined(batches: list[Batch]) -> Batch:
    """Batches of one size after each other."""
    first = batches[0]
    return Batch(
        first.sizes,
        sum(batch.count for batch in batches),
        {name: np.concatenate([b.values[name] for b in batches], axis=-1) for name in first.values},
        {index: np.concatenate([b.indices[index] for b in batches]) for index in first.indices},
        {n: np.concatenate([b.permutations[n] for b in batches], axis=-1) for n in first.permutations},
    )


@lru_cache(maxsize=1 << 16)
def loose(node: Node) -> int:
    """How many binders around a node its bound indices reach."""
    if isinstance(node, Bound):
        return node.depth + 1
    inside = (
        loose(part) - under
        for part, under in zip(node.parts, binders(node), strict=False)
        if isinstance(part, Node)
    )
    return max(0, max(inside, default=0))


class Numeric:
    """The values of terms and formulas at a batch of inputs."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self._values: dict[Node, Floats] = {}
        self._inputs = np.arange(batch.count)

    def forget(self, name: str) -> None:
        """Drop the values of whatever speaks of a variable."""
        self._values = {term: value for term, value in self._values.items() if name not in variables(term)}

    def elsewhere(self, batch: Batch) -> Numeric:
        """The same at a batch that differs only where values have been forgotten."""
        found = Numeric(batch)
        found._values = dict(self._values)
        return found

    def at_inputs(self, term: Term) -> Floats:
        """One number for each input; the term has no loose bound indices."""
        with np.errstate(all="ignore"):
            return np.broadcast_to(self.value(term), (self.batch.count,))

    def value(self, term: Term) -> Floats:
        found = self._values.get(term)
        if found is None:
            found = self._values[term] = _lifted(self._compute(term), loose(term))
        return found

    def _compute(self, term: Term) -> Floats:
        match term:
            case Number(value):
                return np.array([float(value)])
            case Size(sort):
                return np.array([float(self.batch.sizes[sort])])
            case Variable():
                return self._read(term)
            case Add():
                return self._fold(np.add, term.parts)
            case Multiply():
                return self._fold(np.multiply, term.parts)
            case Power(base, exponent):
                return _power(self.value(base), self.value(exponent), exponent)
            case Exp(argument):
                return np.exp(self.value(argument))
            case Log(argument):
                inside = self.value(argument)
                return np.where(inside > 0, np.log(inside), np.nan)
            case InverseDigamma(argument):
                return inverse_digamma(self.value(argument))
            case Extreme():
                operation = np.maximum if term.kind == "maximum" else np.minimum
                return self._fold(operation, term.arguments)
            case Big(kind, sort, body):
                inside = _lifted(self.value(body), 1)
                shape = (*inside.shape[:-2], self.batch.sizes[sort], inside.shape[-1])
                return BIG[kind](np.broadcast_to(inside, shape), axis=-2)
            case If(condition, then, otherwise):
                arrays = _aligned(self._choice(condition), self.value(then), self.value(otherwise))
                return self._where_known(condition, np.where(*arrays))
        raise TypeError(f"expected a term, got {type(term).__name__}")

    def _choice(self, condition: Formula) -> Truths:
        """Whether a condition holds; in an order what rounding alone sets apart is a tie."""
        if not isinstance(condition, AtMost | Less):
            return self.truth(condition)
        a, b = _aligned(self.value(condition.left), self.value(condition.right))
        return cast(Truths, a <= b + TIE if isinstance(condition, AtMost) else a < b - TIE)

    def _where_known(self, condition: Formula, chosen: Floats) -> Floats:
        """The chosen branch, without a value where the condition compares what has none."""
        if not isinstance(condition, Comparison):
            return chosen
        sides = _aligned(self.value(condition.left), self.value(condition.right), chosen)
        return np.where(np.isnan(sides[0]) | np.isnan(sides[1]), np.nan, sides[2])

    def _fold(self, operation: np.ufunc, parts: tuple[Term, ...]) -> Floats:
        total = self.value(parts[0])
        for part in parts[1:]:
            total = operation(*_aligned(total, self.value(part)))
        return total

    def _read(self, variable: Variable) -> Floats:
        array = self.batch.values[variable.name]
        if not variable.indices:
            return array
        depths = [index.depth for index in variable.indices if isinstance(index, Bound)]
        if len(set(depths)) == len(variable.indices):
            return _transposed(array, depths)
        return cast(Floats, array[(*_aligned(*map(self.index, variable.indices)), self._inputs)])

    def index(self, index: Index) -> Integers:
        """The numbers, from 0, that an index takes."""
        match index:
            case Bound(depth, sort):
                return np.arange(self.batch.sizes[sort]).reshape(-1, *([1] * (depth + 1)))
            case Literal(number):
                return np.array([number - 1])
            case Permuted(inner, _, permutation):
                return self.batch.permutations[permutation][self.index(inner), self._inputs]
            case Free():
                return self.batch.indices[index]
        raise TypeError(f"expected an index, got {type(index).__name__}")

    def truth(self, formula: Formula) -> Truths:
        """Whether a formula holds, but for rounding inside the terms."""
        if isinstance(formula, Same | Distinct):
            left, right = _aligned(self.index(formula.left), self.index(formula.right))
            return cast(Truths, (left == right) == isinstance(formula, Same))
        if isinstance(formula, Defined):
            return ~np.isnan(self.value(formula.term))
        if not isinstance(formula, Comparison):
            raise TypeError(f"expected a comparison, got {type(formula).__name__}")
        a, b = _aligned(self.value(formula.left), self.value(formula.right))
        match formula:
            case Equal():
                return cast(Truths, a == b)
            case Different():
                return cast(Truths, a != b)
            case AtMost():
                return cast(Truths, a <= b)
        return cast(Truths, a < b)


def _lifted(array: Any, axes: int) -> Any:
    """The array with at least so many axes before the inputs."""
    missing = axes + 1 - array.ndim
    return array.reshape((1,) * missing + array.shape) if missing > 0 else array


def _aligned(*arrays: Any) -> tuple[Any, ...]:
    """Arrays whose inner binders lie on the same axes."""
    axes = max(array.ndim for array in arrays) - 1
    return tuple(_lifted(array, axes) for array in arrays)


def _transposed(array: Floats, depths: list[int]) -> Floats:
    """A variable's array with each index on the axis of its binder."""
    order = sorted(range(len(depths)), key=lambda axis: -depths[axis])
    turned = array.transpose(*order, len(depths))
    numbers = dict(zip(sorted(depths, reverse=True), turned.shape, strict=False))
    return turned.reshape([numbers.get(depth, 1) for depth in range(max(depths), -1, -1)] + [array.shape[-1]])


def _power(base: Floats, exponent: Floats, written: Term) -> Floats:
    if not isinstance(written, Number):
        base, exponent = _aligned(base, exponent)
        return np.where((base == 0) & (exponent < 0), np.nan, np.power(base, exponent))
    number = float(written.value)
    if number == -1:
        return np.where(base == 0, np.nan, 1 / base)
    if number == 2:
        return base * base
    if number < 0:
        return np.where(base == 0, np.nan, np.power(base, number))
    return np.sqrt(base) if number == 0.5 else np.power(base, number)
