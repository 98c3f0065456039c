"""What terms and formulas may be built of, and which of them a goal allows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

from axiomkd.kernel.judgement import LEAST, Goal, Refused
from axiomkd.kernel.terms import (
    KINDS,
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
    Formula,
    Free,
    If,
    Index,
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
)

SHAPES: Mapping[str, tuple[type[Node], tuple[str, ...], str]] = MappingProxyType(
    {
        "Free": (Free, ("name", "sort"), ""),
        "Bound": (Bound, ("depth", "sort"), ""),
        "Literal": (Literal, ("position", "sort"), ""),
        "Permuted": (Permuted, ("index", "sort", "name"), ""),
        "Number": (Number, ("number",), ""),
        "Variable": (Variable, ("name",), "index"),
        "Size": (Size, ("sort",), ""),
        "Add": (Add, ("term",), "term"),
        "Multiply": (Multiply, ("term",), "term"),
        "Power": (Power, ("term", "term"), ""),
        "Exp": (Exp, ("term",), ""),
        "Log": (Log, ("term",), ""),
        "InverseDigamma": (InverseDigamma, ("term",), ""),
        "Big": (Big, ("big", "sort", "term"), ""),
        "Extreme": (Extreme, ("extreme", "term"), "term"),
        "If": (If, ("condition", "term", "term"), ""),
        "Equal": (Equal, ("term", "term"), ""),
        "AtMost": (AtMost, ("term", "term"), ""),
        "Less": (Less, ("term", "term"), ""),
        "Different": (Different, ("term", "term"), ""),
        "Same": (Same, ("index", "index"), ""),
        "Distinct": (Distinct, ("index", "index"), ""),
        "Defined": (Defined, ("term",), ""),
        "Continuous": (Continuous, ("term",), ""),
        "Tends": (Tends, ("term", "term"), ""),
        "InHull": (InHull, ("sort", "sort", "term", "term"), ""),
    }
)
"""For each head its class, the kinds of its parts, and the kind of any further parts."""

NODES: Mapping[str, tuple[type[Node], ...]] = MappingProxyType(
    {"index": (Index,), "term": (Term,), "formula": (Formula,), "condition": (Comparison, Same, Distinct)}
)
"""The kinds of parts that are nodes. A condition is true or false at a point: no limit, no definedness."""

WORDS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "name": re.compile(r"[A-Za-z][A-Za-z0-9_']{0,63}"),
        "sort": re.compile(r"[A-Za-z][A-Za-z0-9_']{0,63}"),
        "big": re.compile("|".join(KINDS)),
        "extreme": re.compile("maximum|minimum"),
    }
)
"""The kinds of parts that are words. The kernel's own names for new indices begin otherwise."""

HOLE = re.compile(r"premise(0|[1-9][0-9]{0,4})")
"""The variables of templates: the difference of the sides of a premise."""

LARGEST_SIZE = 1000
"""The size of a sort up to which goals and inputs are looked at."""

_SHAPE_OF = {shape[0]: shape[1:] for shape in SHAPES.values()}
_LEAST_NUMBER = {"depth": 0, "position": 1}
Loose = frozenset[tuple[int, str]]
Sizes = tuple[tuple[str, int | None], ...]
Variables = tuple[tuple[str, tuple[str, ...]], ...]
Names = tuple[tuple[str, str], ...]


class Grammar:
    """Decides which nodes speak only of what a goal declares; each node is looked at once.

    For each node it keeps the bound indices, as (depth, sort), whose binder stands outside of it,
    and the names of the holes in it.
    """

    def __init__(
        self,
        sizes: Mapping[str, int | None],
        variables: Mapping[str, tuple[str, ...]],
        permutations: Mapping[str, str],
    ) -> None:
        self.sizes, self.variables, self.permutations = sizes, variables, permutations
        self._seen: dict[Node, tuple[Loose, frozenset[str]]] = {}

    def check(self, node: Node, holes: int = 0) -> None:
        """Refuse a node that is built wrongly or speaks of what the goal does not declare.

        ``holes`` is how many premises it may have holes for.
        """
        loose, names = self._look(node)
        if loose:
            raise Refused("expected every bound index below its binder, got", node)
        if names and not names <= {f"premise{n}" for n in range(holes)}:
            raise Refused("expected holes for the premises alone, got", node)

    def _look(self, node: Node) -> tuple[Loose, frozenset[str]]:
        found = self._seen.get(node)
        if found is None:
            self._check_shape(node)
            below = [self._look(part) for part in node.parts if isinstance(part, Node)]
            self._check_declared(node)
            names = frozenset().union(*(part[1] for part in below))
            if isinstance(node, Variable) and HOLE.fullmatch(node.name):
                names |= {node.name}
            found = self._seen[node] = self._loose(node, [part[0] for part in below]), names
        return found

    def _check_shape(self, node: Node) -> None:
        if type(node) not in _SHAPE_OF:
            raise Refused(f"expected a term, a formula or an index, got a {type(node).__name__}")
        kinds, more = _SHAPE_OF[type(node)]
        further = len(node.parts) - len(kinds)
        if further < 0 or (further and not more):
            raise Refused(f"expected {len(kinds)} parts of {type(node).__name__}, got {len(node.parts)}")
        for part, kind in zip(node.parts, (*kinds, *(more,) * further), strict=True):
            if not self._fits(part, kind):
                raise Refused(f"expected a {kind} inside {type(node).__name__}, got {type(part).__name__}")

    def _fits(self, part: object, kind: str) -> bool:
        if kind in NODES:
            return isinstance(part, NODES[kind])
        if kind in WORDS:
            known = kind != "sort" or part in self.sizes
            return type(part) is str and known and WORDS[kind].fullmatch(part) is not None
        if kind == "number":
            return type(part) is Fraction
        return type(part) is int and part >= _LEAST_NUMBER[kind]

    def _check_declared(self, node: Node) -> None:
        match node:
            case Variable():
                sorts = tuple(index.sort for index in node.indices)
                if not HOLE.fullmatch(node.name) and self.variables.get(node.name) != sorts:
                    raise Refused("expected a declared variable with indices of its sorts, got", node)
            case Permuted(index, sort, name):
                if not self.permutations.get(name) == sort == index.sort:
                    raise Refused("expected a declared permutation of its sort, got", node)
            case Same(left, right) | Distinct(left, right):
                if left.sort != right.sort:
                    raise Refused("expected two indices of one sort, got", node)
            case Literal(number, sort):
                size = self.sizes[sort] or LEAST.get(sort, 1)
                if number > size:
                    raise Refused(f"expected an index from 1 to {size}, got {number}")

    def _loose(self, node: Node, below: list[Loose]) -> Loose:
        match node:
            case Bound(depth, sort):
                return frozenset(((depth, sort),))
            case Big(_, sort):
                return _bind(below[0], (sort,))
            case InHull(outer, inner):
                return _bind(below[0], (inner,)) | _bind(below[1], (inner, outer))
        return frozenset().union(*below)


def _bind(loose: Loose, sorts: tuple[str, ...]) -> Loose:
    """What is still loose outside binders of these sorts, the innermost first."""
    if any(depth < len(sorts) and sorts[depth] != sort for depth, sort in loose):
        raise Refused(f"expected bound indices of the sorts {', '.join(sorts)}, got another")
    return frozenset((depth - len(sorts), sort) for depth, sort in loose if depth >= len(sorts))


def grammar(goal: Goal) -> Grammar:
    """The grammar of a goal; raises ``Refused`` where the goal's declarations are none."""
    return _grammar(goal.sizes, goal.variables, goal.permutations, goal.limit)


@lru_cache(maxsize=64)
def _grammar(
    sizes: Sizes, variables: Variables, permutations: Names, limit: tuple[str, str] | None
) -> Grammar:
    for entries in (sizes, variables, permutations):
        names = [entry[0] for entry in entries]
        if len(set(names)) != len(names) or not all(map(WORDS["name"].fullmatch, names)):
            raise Refused(f"expected names, each declared once, got {names}")
    for sort, size in sizes:
        if size is not None and not (type(size) is int and LEAST.get(sort, 1) <= size <= LARGEST_SIZE):
            raise Refused(f"expected a size from {LEAST.get(sort, 1)} to {LARGEST_SIZE}, got {size}")
    if any(HOLE.fullmatch(name) for name, _ in variables):
        raise Refused("expected variables whose names are not those of holes")
    if limit is not None and (dict(variables).get(limit[0]) != () or limit[1] not in ("infinity", "zero")):
        raise Refused(f"expected a number that runs to infinity or to zero, got {', '.join(limit)}")
    return Grammar(dict(sizes), dict(variables), dict(permutations))
