"""Terms and formulas over indexed variables, finite sums, products, maxima and minima.

Every node is immutable and interned: two nodes are equal exactly when they are the same
object. Bound indices are nameless (de Bruijn), free indices carry a name and a sort, so
renaming a bound index never matters. Powers of real numbers follow the conventions
:math:`0^a = 0` for :math:`a > 0` and :math:`0^0 = 1`; an operation outside its domain
(division by zero, the logarithm of zero) has some unknown value, about which no rule
concludes anything.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from threading import RLock
from typing import Any, ClassVar, cast
from weakref import WeakValueDictionary

_MAKING = RLock()


def _part(position: int) -> property:
    def part(node: Node) -> object:
        return node.parts[position]

    return property(part)


class Node:
    """An immutable, interned node: a class and its parts."""

    __slots__ = ("__weakref__", "_free", "_key", "_variables", "parts")
    __match_args__: ClassVar[tuple[str, ...]] = ()
    binds: ClassVar[int] = 0
    _table: ClassVar[WeakValueDictionary[tuple[object, ...], Node]] = WeakValueDictionary()
    parts: tuple[Any, ...]
    _key: str | None
    _free: frozenset[Free] | None
    _variables: frozenset[str] | None

    def __new__(cls, *parts: Any) -> Any:
        identity = (cls, *parts)
        node = Node._table.get(identity)
        return Node._made(identity, parts) if node is None else node

    @staticmethod
    def _made(identity: tuple[object, ...], parts: tuple[Any, ...]) -> Node:
        """A new node, one only: another thread may be about to make the same."""
        with _MAKING:
            node = Node._table.get(identity)
            if node is None:
                node = object.__new__(cast("type[Node]", identity[0]))
                object.__setattr__(node, "parts", parts)
                object.__setattr__(node, "_key", None)
                object.__setattr__(node, "_free", None)
                object.__setattr__(node, "_variables", None)
                Node._table[identity] = node
            return node

    def __init_subclass__(cls) -> None:
        for position, name in enumerate(cls.__match_args__):
            setattr(cls, name, _part(position))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"terms are immutable: cannot set {name}")

    def __reduce__(self) -> tuple[type[Node], tuple[Any, ...]]:
        return type(self), self.parts

    @property
    def key(self) -> str:
        """A text that determines the node; terms are ordered by it."""
        if self._key is None:
            inner = " ".join(part.key if isinstance(part, Node) else str(part) for part in self.parts)
            object.__setattr__(self, "_key", f"({type(self).__name__} {inner})")
        return cast(str, self._key)

    @property
    def free(self) -> frozenset[Free]:
        """The free indices that occur in the node."""
        if self._free is None:
            found: frozenset[Free] = frozenset().union(
                *(part.free for part in self.parts if isinstance(part, Node))
            )
            object.__setattr__(self, "_free", found)
        return cast("frozenset[Free]", self._free)

    def __repr__(self) -> str:
        return show(self)


class Index(Node):
    """An index of some sort: a teacher, an outcome, a scenario."""

    __slots__ = ()

    @property
    def sort(self) -> str:
        return cast(str, self.parts[1])


class Free(Index):
    """A free index: name and sort."""

    __slots__ = ()
    __match_args__ = ("name", "sort")
    name: str

    @property
    def free(self) -> frozenset[Free]:
        return frozenset((self,))


class Bound(Index):
    """The index bound by the n-th enclosing binder, counted from inside."""

    __slots__ = ()
    __match_args__ = ("depth", "sort")
    depth: int


class Literal(Index):
    """A numbered index, counted from 1."""

    __slots__ = ()
    __match_args__ = ("number", "sort")
    number: int


class Permuted(Index):
    """The image of an index under a named permutation of its sort."""

    __slots__ = ()
    __match_args__ = ("index", "sort", "permutation")
    index: Index
    permutation: str


class Term(Node):
    """A real number."""

    __slots__ = ()

    def __add__(self, other: Term | int | Fraction) -> Term:
        return add(self, other)

    def __radd__(self, other: int | Fraction) -> Term:
        return add(other, self)

    def __sub__(self, other: Term | int | Fraction) -> Term:
        return add(self, multiply(-1, other))

    def __rsub__(self, other: int | Fraction) -> Term:
        return add(other, multiply(-1, self))

    def __neg__(self) -> Term:
        return multiply(-1, self)

    def __mul__(self, other: Term | int | Fraction) -> Term:
        return multiply(self, other)

    def __rmul__(self, other: int | Fraction) -> Term:
        return multiply(other, self)

    def __truediv__(self, other: Term | int | Fraction) -> Term:
        return multiply(self, power(other, -1))

    def __rtruediv__(self, other: int | Fraction) -> Term:
        inverse = power(self, -1)
        return inverse if other == 1 else multiply(other, inverse)

    def __pow__(self, other: Term | int | Fraction) -> Term:
        return power(self, other)


class Number(Term):
    __slots__ = ()
    __match_args__ = ("value",)
    value: Fraction


class Variable(Term):
    """A real variable with as many indices as its declaration says."""

    __slots__ = ()

    @property
    def name(self) -> str:
        return cast(str, self.parts[0])

    @property
    def indices(self) -> tuple[Index, ...]:
        return cast("tuple[Index, ...]", self.parts[1:])


class Size(Term):
    """How many indices a sort has: K for teachers, V for outcomes."""

    __slots__ = ()
    __match_args__ = ("sort",)
    sort: str


class Add(Term):
    __slots__ = ()


class Multiply(Term):
    __slots__ = ()


class Power(Term):
    __slots__ = ()
    __match_args__ = ("base", "exponent")
    base: Term
    exponent: Term


class Exp(Term):
    __slots__ = ()
    __match_args__ = ("argument",)
    argument: Term


class Log(Term):
    __slots__ = ()
    __match_args__ = ("argument",)
    argument: Term


class InverseDigamma(Term):
    r"""The x > 0 with :math:`\psi(x) = y`, where :math:`\psi = (\log\Gamma)'`; there is one for every y."""

    __slots__ = ()
    __match_args__ = ("argument",)
    argument: Term


class Big(Term):
    """Sum, product, maximum or minimum of the body over every index of a sort."""

    __slots__ = ()
    __match_args__ = ("kind", "sort", "body")
    binds = 1
    kind: str  # "sum", "product", "maximum" or "minimum"
    sort: str
    body: Term

    def at(self, index: Index) -> Term:
        """The body with the bound index replaced."""
        return cast(Term, open_binder(self.body, index))


class Extreme(Term):
    """Maximum or minimum of finitely many terms; the first part is the kind."""

    __slots__ = ()

    @property
    def kind(self) -> str:
        return cast(str, self.parts[0])

    @property
    def arguments(self) -> tuple[Term, ...]:
        return cast("tuple[Term, ...]", self.parts[1:])


class If(Term):
    __slots__ = ()
    __match_args__ = ("condition", "then", "otherwise")
    condition: Formula
    then: Term
    otherwise: Term


class Formula(Node):
    __slots__ = ()


class Comparison(Formula):
    """A relation between two real numbers."""

    __slots__ = ()
    __match_args__ = ("left", "right")
    left: Term
    right: Term


class Equal(Comparison):
    __slots__ = ()


class AtMost(Comparison):
    __slots__ = ()


class Less(Comparison):
    __slots__ = ()


class Different(Comparison):
    __slots__ = ()


class Same(Formula):
    """Two indices of one sort are the same."""

    __slots__ = ()
    __match_args__ = ("left", "right")
    left: Index
    right: Index


class Distinct(Formula):
    """Two indices of one sort are not the same."""

    __slots__ = ()
    __match_args__ = ("left", "right")
    left: Index
    right: Index


class Defined(Formula):
    """Every division, logarithm and power inside the term is within its domain."""

    __slots__ = ()
    __match_args__ = ("term",)
    term: Term


class Continuous(Formula):
    """The term is jointly continuous in all variables on the domain of the goal."""

    __slots__ = ()
    __match_args__ = ("term",)
    term: Term


class Tends(Formula):
    """The term tends to the limit along the goal's limit variable."""

    __slots__ = ()
    __match_args__ = ("term", "limit")
    term: Term
    limit: Term


class InHull(Formula):
    """The point :math:`(x(i))_i` is a convex combination of the points :math:`(y(k,i))_i`.

    Inside the point one index is bound (i); inside the vertices two are: k outside (level 1),
    i inside (level 0).
    """

    __slots__ = ()
    __match_args__ = ("vertex_sort", "coordinate_sort", "point", "vertices")
    vertex_sort: str
    coordinate_sort: str
    point: Term
    vertices: Term


Real = Term | int | Fraction
KINDS = ("sum", "product", "maximum", "minimum")
ZERO: Number = Number(Fraction(0))
ONE: Number = Number(Fraction(1))


def term(value: Real) -> Term:
    """A number as a term; terms pass through."""
    return value if isinstance(value, Term) else cast(Term, Number(Fraction(value)))


def add(*parts: Real) -> Term:
    terms = [term(part) for part in parts]
    return terms[0] if len(terms) == 1 else cast(Term, Add(*terms)) if terms else ZERO


def multiply(*parts: Real) -> Term:
    terms = [term(part) for part in parts]
    return terms[0] if len(terms) == 1 else cast(Term, Multiply(*terms)) if terms else ONE


def power(base: Real, exponent: Real) -> Term:
    return cast(Term, Power(term(base), term(exponent)))


def variable(name: str, *indices: Index) -> Term:
    return cast(Term, Variable(name, *indices))


def big(kind: str, index: Free, body: Real) -> Term:
    """The sum, product, maximum or minimum of the body over a free index, which becomes bound."""
    return cast(Term, Big(kind, index.sort, close_binder(term(body), index)))


def big_sum(index: Free, body: Real) -> Term:
    return big("sum", index, body)


def big_product(index: Free, body: Real) -> Term:
    return big("product", index, body)


def delta(left: Index, right: Index) -> Term:
    """Kronecker's delta."""
    return cast(Term, If(Same(left, right), ONE, ZERO))


def in_hull(k: Free, i: Free, point: Term, vertices: Term) -> Formula:
    inner = close_binder(close_binder(vertices, i), k, 1)
    return cast(Formula, InHull(k.sort, i.sort, close_binder(point, i), inner))


def binders(node: Node) -> Iterator[int]:
    """For each part of a node, how many binders it stands under."""
    if isinstance(node, InHull):
        return iter((0, 0, 1, 2))
    return itertools.repeat(node.binds)


def rebuild(node: Node, parts: tuple[Any, ...]) -> Node:
    return node if parts == node.parts else cast(Node, type(node)(*parts))


def _replace(node: Node, old: Callable[[Node, int], Node | None], depth: int) -> Node:
    new = old(node, depth)
    if new is not None:
        return new
    parts = [
        _replace(part, old, depth + under) if isinstance(part, Node) else part
        for part, under in zip(node.parts, binders(node), strict=False)
    ]
    return rebuild(node, tuple(parts))


def open_binder(body: Node, index: Index, level: int = 0) -> Node:
    """Replace an index that is bound outside the body; the new one must not contain bound indices."""

    def replacement(node: Node, depth: int) -> Node | None:
        return index if isinstance(node, Bound) and node.depth == depth else None

    return _replace(body, replacement, level)


def close_binder(body: Node, index: Free, level: int = 0) -> Node:
    """Bind a free index: the inverse of :func:`open_binder`."""

    def replacement(node: Node, depth: int) -> Node | None:
        if node is index:
            return cast(Node, Bound(depth, index.sort))
        return node if index not in node.free else None

    return _replace(body, replacement, level)


def substitute(node: Node, mapping: Mapping[Any, Any]) -> Node:
    """Replace whole sub-nodes, at once; neither the old nor the new ones contain bound indices."""
    indices = frozenset(mapping) if all(isinstance(old, Free) for old in mapping) else None

    def replacement(part: Node, _: int) -> Node | None:
        return part if indices is not None and indices.isdisjoint(part.free) else mapping.get(part)

    return _replace(node, replacement, 0)


_counter = itertools.count(1)


def fresh(sort: str) -> Free:
    """A free index that occurs nowhere else; such names never reach evidence or reports."""
    return cast(Free, Free(f"@{next(_counter):09d}", sort))


def replace_variables(node: Node, definitions: Mapping[str, Callable[..., Term]]) -> Node:
    """Put terms in the place of variables: name -> function of the indices."""
    if isinstance(node, Variable) and node.name in definitions:
        return definitions[node.name](*node.indices)
    if isinstance(node, Big):
        index = fresh(node.sort)
        return big(node.kind, index, cast(Term, replace_variables(node.at(index), definitions)))
    if isinstance(node, InHull):
        raise ValueError("expected a term or a formula without binders of its own, got a hull")
    parts = tuple(
        replace_variables(part, definitions) if isinstance(part, Node) else part for part in node.parts
    )
    return rebuild(node, parts)


@lru_cache(maxsize=100_000)
def opened(node: Big) -> tuple[Free, Term]:
    """An index that occurs nowhere else, always the same for a node, and the body at it."""
    index = fresh(node.sort)
    return index, node.at(index)


def subterms(node: Node) -> Iterator[Node]:
    """Every node inside a node, itself first; bound indices stay bound."""
    yield node
    for part in node.parts:
        if isinstance(part, Node):
            yield from subterms(part)


def variables(node: Node) -> frozenset[str]:
    """The names of the real variables that occur in a node."""
    if node._variables is None:
        inside = (variables(part) for part in node.parts if isinstance(part, Node))
        own = (node.name,) if isinstance(node, Variable) else ()
        object.__setattr__(node, "_variables", frozenset(own).union(*inside))
    return cast("frozenset[str]", node._variables)


_NAMES = {"teacher": "klmn", "outcome": "ijhg"}
_INFIX = {Equal: "=", AtMost: "<=", Less: "<", Different: "!=", Same: "=", Distinct: "!="}
_WORDS = {"sum": "Sum", "product": "Prod", "maximum": "Max", "minimum": "Min"}


def bound_name(sort: str, taken: frozenset[Free]) -> str:
    """A readable name for a bound index that clashes with no free one."""
    names = {index.name for index in taken}
    letters = _NAMES.get(sort, sort[0])
    candidates = itertools.chain(letters, (f"{letters[0]}{n}" for n in itertools.count(1)))
    return next(name for name in candidates if name not in names)


def show(node: Node) -> str:
    """The node as text in the grammar of declarations."""
    match node:
        case Free(name):
            return name
        case Bound(depth):
            return f"#{depth}"
        case Literal(number):
            return str(number)
        case Permuted(index, _, permutation):
            return f"{permutation}({show(index)})"
        case Number(value):
            return str(value) if value >= 0 and value.denominator == 1 else f"({value})"
        case Variable():
            return node.name + (f"[{','.join(map(show, node.indices))}]" if node.indices else "")
        case Size(sort):
            return {"teacher": "K", "outcome": "V"}.get(sort, f"size({sort})")
        case Add():
            return "(" + " + ".join(map(show, node.parts)) + ")"
        case Multiply():
            return "*".join(map(show, node.parts))
        case Power(base, exponent):
            shown = show(base)
            if isinstance(base, Multiply | Power):
                shown = f"({shown})"
            raised = show(exponent)
            return f"{shown}**({raised})" if isinstance(exponent, Multiply | Power) else f"{shown}**{raised}"
        case Exp(argument):
            return f"exp({show(argument)})"
        case Log(argument):
            return f"log({show(argument)})"
        case InverseDigamma(argument):
            return f"invdigamma({show(argument)})"
        case Big(kind, sort):
            index = Free(bound_name(sort, node.free), sort)
            return f"{_WORDS[kind]}({show(node.at(index))}, {index.name})"
        case Extreme():
            return f"{_WORDS[node.kind]}({', '.join(map(show, node.arguments))})"
        case If(condition, then, otherwise):
            if then is ONE and otherwise is ZERO and isinstance(condition, Same):
                return f"Delta({show(condition.left)},{show(condition.right)})"
            return f"Piecewise(({show(then)}, {show(condition)}), ({show(otherwise)}, True))"
        case Comparison(left, right) | Same(left, right) | Distinct(left, right):
            return f"{show(left)} {_INFIX[type(node)]} {show(right)}"
        case InHull(vertex_sort, coordinate_sort, point, vertices):
            k = Free(bound_name(vertex_sort, node.free), vertex_sort)
            i = Free(bound_name(coordinate_sort, node.free), coordinate_sort)
            inside = open_binder(open_binder(vertices, k, 1), i)
            return f"({show(open_binder(point, i))})_{i.name} in hull of ({show(inside)})_{i.name}, {k.name}"
        case Tends(inner, limit):
            return f"{show(inner)} -> {show(limit)}"
        case Defined(inner) | Continuous(inner):
            return f"{type(node).__name__.lower()}({show(inner)})"
    raise TypeError(f"expected a term or formula, got {type(node).__name__}")
