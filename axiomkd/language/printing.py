"""What every way of printing a term shares: signs, fractions, roots and the fewest parentheses."""

from __future__ import annotations

import itertools
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any, cast

from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    Add,
    AtMost,
    Big,
    Bound,
    Comparison,
    Continuous,
    Defined,
    Different,
    Distinct,
    Equal,
    Exp,
    Extreme,
    Free,
    If,
    InHull,
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
    Tends,
    Term,
    Variable,
    multiply,
    open_binder,
    power,
    term,
)

SUM, PRODUCT, POWER, ATOM = 1, 2, 3, 4
"""How tightly a printed text holds together, from loose to tight."""

Text = tuple[str, int]
"""A printed text and how tightly it holds together."""

LETTERS = {
    **{"teacher": "klmn", "outcome": "ijhg", "merged": "gh", "block": "nm", "rest": "rq"},
    **{"scenario": "stuv", "row": "nmr"},
}
"""The letters of each sort's indices, in the order in which they are taken."""

HALF = Fraction(1, 2)
GREEK = frozenset(
    (
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "eta",
        "theta",
        "mu",
        "nu",
        "pi",
        "rho",
        "sigma",
        "tau",
        "phi",
    )
)


class Printer(ABC):
    """Prints terms and formulas; a subclass says how each sign looks.

    ``taken`` are indices whose names no bound index gets: those that stand free in the whole.
    """

    def __init__(self, taken: frozenset[Free]) -> None:
        self.taken = taken

    def show(self, node: Node, level: int = 0) -> str:
        """A term or formula, in parentheses when it holds together less tightly than asked."""
        text, holds = self.text(node)
        return text if holds >= level else self.group(text)

    def text(self, node: Node) -> Text:
        return _PRINT[type(node)](self, node)

    # How signs look

    @abstractmethod
    def group(self, text: str) -> str: ...
    @abstractmethod
    def fraction(self, above: Term, below: Term) -> Text: ...
    @abstractmethod
    def root(self, base: Term) -> Text: ...
    @abstractmethod
    def raised(self, base: Term, exponent: Term) -> Text: ...
    @abstractmethod
    def times(self, factors: Sequence[str]) -> str: ...
    @abstractmethod
    def variable(self, node: Variable) -> Text: ...
    @abstractmethod
    def symbol(self, name: str) -> str: ...
    @abstractmethod
    def permuted(self, permutation: str, index: str) -> str: ...
    @abstractmethod
    def over(self, kind: str, index: str, size: str) -> str: ...
    @abstractmethod
    def function(self, name: str, arguments: Sequence[Term]) -> Text: ...
    @abstractmethod
    def delta(self, left: str, right: str) -> Text: ...
    @abstractmethod
    def cases(self, branches: Sequence[tuple[str, str]], otherwise: str) -> Text: ...
    @abstractmethod
    def relation(self, kind: type[Node]) -> str: ...
    @abstractmethod
    def words(self, text: str) -> str: ...
    @abstractmethod
    def hull(self, point: str, vertex: str, coordinate: str, index: str, size: tuple[str, str]) -> str: ...

    # Arithmetic

    def number(self, node: Number) -> Text:
        value = node.value
        if value < 0:
            return f"-{self.show(term(-value), PRODUCT)}", SUM
        if value.denominator == 1:
            return str(value), ATOM
        return self.fraction(term(value.numerator), term(value.denominator))

    def sum(self, node: Add) -> Text:
        pieces = [signed(part) for part in node.parts]
        first, rest = pieces[0], pieces[1:]
        text = ("-" if first[0] else "") + self.show(first[1], PRODUCT)
        text += "".join(f" {'-' if minus else '+'} {self.show(part, PRODUCT)}" for minus, part in rest)
        return text, SUM

    def product(self, node: Multiply) -> Text:
        minus, positive = signed(node)
        if minus:
            return f"-{self.show(positive, PRODUCT)}", SUM
        below = [denominator(part) for part in node.parts]
        if not any(below):
            return self.times(self.factors(node.parts)), PRODUCT
        above = [part for part, under in zip(node.parts, below, strict=True) if under is None]
        return self.quotient(above, [under for under in below if under is not None])

    def quotient(self, above: list[Term], below: list[Term]) -> Text:
        """A fraction; a rational factor stands in front of it, or in it when nothing else does."""
        if not above or not isinstance(above[0], Number) or above[0].value.denominator == 1:
            return self.fraction(multiply(*above), multiply(*below))
        value = above[0].value
        if len(above) == 1:
            return self.fraction(term(value.numerator), multiply(value.denominator, *below))
        rest, _ = self.fraction(multiply(*above[1:]), multiply(*below))
        return self.times([self.show(above[0], POWER), rest]), PRODUCT

    def factors(self, parts: Sequence[Term]) -> list[str]:
        """Sums and the like reach to the end of a product, so only the last may go bare."""
        return [*(self.show(part, POWER) for part in parts[:-1]), self.show(parts[-1], PRODUCT)]

    def power(self, node: Power) -> Text:
        if below := denominator(node):
            return self.fraction(ONE, below)
        if isinstance(node.exponent, Number) and node.exponent.value == HALF:
            return self.root(node.base)
        return self.raised(node.base, node.exponent)

    def exp(self, node: Exp) -> Text:
        return self.function("exp", [node.argument])

    def log(self, node: Log) -> Text:
        return self.function("log", [node.argument])

    def inverse_digamma(self, node: InverseDigamma) -> Text:
        return self.function("invdigamma", [node.argument])

    def extreme(self, node: Extreme) -> Text:
        return self.function(node.kind[:3], node.arguments)

    # Names and indices

    def named(self, node: Variable) -> Text:
        return self.variable(node)

    def free(self, node: Free) -> Text:
        return self.symbol(node.name), ATOM

    def bound(self, node: Bound) -> Text:
        return f"#{node.depth}", ATOM

    def literal(self, node: Literal) -> Text:
        return str(node.number), ATOM

    def permuted_index(self, node: Permuted) -> Text:
        return self.permuted(node.permutation, self.show(node.index)), ATOM

    def size(self, node: Size) -> Text:
        return self.sized(node.sort), ATOM

    def sized(self, sort: str) -> str:
        return self.symbol({"teacher": "K", "outcome": "V"}.get(sort, f"n_{sort}"))

    def big(self, node: Big) -> Text:
        index = self.index(node, node.sort)
        sign = self.over(node.kind, self.symbol(index.name), self.sized(node.sort))
        inside = type(self)(self.taken | {index})
        return f"{sign} {inside.show(node.at(index), PRODUCT)}", PRODUCT

    def condition(self, node: If) -> Text:
        if node.then is ONE and node.otherwise is ZERO and isinstance(node.condition, Same):
            return self.delta(self.show(node.condition.left), self.show(node.condition.right))
        branches, last = [], cast(Term, node)
        while isinstance(last, If):
            branches.append((self.show(last.then), self.show(last.condition)))
            last = last.otherwise
        return self.cases(branches, self.show(last))

    def index(self, node: Node, sort: str) -> Free:
        """A readable index for a node to bind."""
        taken = {index.name for index in node.free | self.taken}
        return cast(Free, Free(next(name for name in letters(sort) if name not in taken), sort))

    # Formulas

    def comparison(self, node: Comparison | Same | Distinct) -> Text:
        return f"{self.show(node.left, SUM)} {self.relation(type(node))} {self.show(node.right, SUM)}", 0

    def tends(self, node: Tends) -> Text:
        return f"{self.show(node.term, SUM)} {self.relation(Tends)} {self.show(node.limit, SUM)}", 0

    def defined(self, node: Defined) -> Text:
        return f"{self.show(node.term, SUM)}{self.words('is defined')}", 0

    def continuous(self, node: Continuous) -> Text:
        return f"{self.show(node.term, SUM)}{self.words('is continuous')}", 0

    def in_hull(self, node: InHull) -> Text:
        k, i = self.index(node, node.vertex_sort), self.index(node, node.coordinate_sort)
        point = self.show(open_binder(node.point, i))
        vertex = self.show(open_binder(open_binder(node.vertices, k, 1), i))
        sizes = self.sized(node.vertex_sort), self.sized(node.coordinate_sort)
        return self.hull(point, vertex, self.symbol(i.name), self.symbol(k.name), sizes), 0


def letters(sort: str) -> Iterator[str]:
    """Names for the indices of a sort, without end: its letters, then the first of them with numbers.

    >>> [name for name, _ in zip(letters("rest"), range(4))]
    ['r', 'q', 'r1', 'r2']
    """
    own = LETTERS.get(sort, sort[0])
    return itertools.chain(own, (f"{own[0]}{number}" for number in itertools.count(1)))


def signed(node: Term) -> tuple[bool, Term]:
    """Whether a term begins with a minus, and the term without it."""
    first = node.parts[0] if isinstance(node, Multiply) else node
    if not isinstance(first, Number) or first.value >= 0:
        return False, node
    rest = node.parts[1:] if isinstance(node, Multiply) else ()
    return True, multiply(*rest) if rest and first.value == -1 else multiply(-first.value, *rest)


def denominator(node: Term) -> Term | None:
    """What stands below the line when a term is a negative power, else ``None``."""
    if not isinstance(node, Power):
        return None
    minus, exponent = signed(node.exponent)
    if not minus:
        return None
    return node.base if exponent is ONE else power(node.base, exponent)


def stem_and_number(name: str) -> tuple[str, str]:
    """The letters of a name and the digits at its end: ``k12`` is k with the number 12."""
    match = re.fullmatch(r"(.*?)(\d*)", name, re.DOTALL)
    return (match[1], match[2]) if match else (name, "")


_PRINT: dict[type[Node], Callable[[Printer, Any], Text]] = {
    Number: Printer.number,
    Variable: Printer.named,
    Size: Printer.size,
    Add: Printer.sum,
    Multiply: Printer.product,
    Power: Printer.power,
    Exp: Printer.exp,
    Log: Printer.log,
    InverseDigamma: Printer.inverse_digamma,
    Big: Printer.big,
    Extreme: Printer.extreme,
    If: Printer.condition,
    Free: Printer.free,
    Bound: Printer.bound,
    Literal: Printer.literal,
    Permuted: Printer.permuted_index,
    Equal: Printer.comparison,
    Less: Printer.comparison,
    AtMost: Printer.comparison,
    Different: Printer.comparison,
    Same: Printer.comparison,
    Distinct: Printer.comparison,
    Tends: Printer.tends,
    Defined: Printer.defined,
    Continuous: Printer.continuous,
    InHull: Printer.in_hull,
}
