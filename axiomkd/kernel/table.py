"""The table of terms in JSON: every term is a row that speaks of earlier rows only.

Nothing is evaluated. Whatever the format (``proofs/FORMAT.md``) does not allow is refused with
:class:`~axiomkd.errors.EvidenceError`, naming the row.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NoReturn, cast

from axiomkd.errors import EvidenceError
from axiomkd.kernel.grammar import HOLE, NODES, SHAPES, WORDS
from axiomkd.kernel.terms import (
    Big,
    Bound,
    Distinct,
    Formula,
    Free,
    InHull,
    Node,
    Permuted,
    Same,
    Variable,
)

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None

MOST_TERMS = 100_000
MOST_NODES = 50_000
"""Nodes of one term, written out as a tree."""
MOST_DEPTH = 150
MOST_DIGITS = 4_000
MOST_NESTING = 8

_HEADS: dict[type[Node], str] = {shape[0]: head for head, shape in SHAPES.items()}
_WORDS = {**WORDS, "rule": re.compile(r"[a-z][a-z0-9_.]{0,79}")}
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(/[1-9][0-9]*)?")


def refuse(where: str, expected: str, got: object) -> NoReturn:
    """Raise the one error of this module."""
    shown = got if isinstance(got, str) else json.dumps(got, default=str)
    shown = shown if len(shown) <= 60 else shown[:57] + "..."
    raise EvidenceError(f"{where}: expected {expected}, got {shown}")


# -- plain values ---------------------------------------------------------------------------


def number(value: Json, where: str) -> Fraction:
    """A fraction in lowest terms, written ``"-3"`` or ``"1/2"``."""
    if not isinstance(value, str) or len(value) > MOST_DIGITS or not _NUMBER.fullmatch(value):
        refuse(where, 'a fraction such as "1/2"', value)
    fraction = Fraction(value)
    if str(fraction) != value:
        refuse(where, f'the fraction in lowest terms "{fraction}"', value)
    return fraction


def integer(value: Json, where: str, least: int = 0, most: int = 10**9) -> int:
    if type(value) is not int or not least <= value <= most:
        refuse(where, f"an integer from {least} to {most}", value)
    return value


def word(value: Json, kind: str, where: str) -> str:
    if not isinstance(value, str) or not _WORDS[kind].fullmatch(value):
        refuse(where, f"a {kind}", value)
    return value


def array(value: Json, where: str) -> list[Json]:
    return value if isinstance(value, list) else refuse(where, "an array", value)


def record(value: Json, keys: Iterable[str], where: str) -> dict[str, Json]:
    """An object with exactly these keys."""
    if not isinstance(value, dict):
        refuse(where, "an object", value)
    if set(value) != set(keys):
        refuse(where, f"the keys {', '.join(keys)}", ", ".join(value))
    return value


def mapping(value: Json, where: str) -> list[tuple[str, Json]]:
    """The entries of an object whose keys are names, in their order."""
    if not isinstance(value, dict):
        refuse(where, "an object", value)
    return [(word(name, "name", where), entry) for name, entry in value.items()]


def nested(value: Json, where: str, depth: int = 0) -> tuple[object, ...] | Fraction:
    """Nested arrays of fractions as nested tuples."""
    if depth > MOST_NESTING:
        refuse(where, f"arrays nested at most {MOST_NESTING} deep", value)
    if isinstance(value, list):
        return tuple(nested(entry, where, depth + 1) for entry in value)
    return number(value, where)


def unnested(value: object) -> Json:
    return [unnested(entry) for entry in value] if isinstance(value, tuple) else str(value)


# -- terms ----------------------------------------------------------------------------------


class Writer:
    """The table of terms while it is written: every node once, parts before wholes."""

    def __init__(self) -> None:
        self.numbers: dict[Node, int] = {}
        self.rows: list[Json] = []

    def number(self, node: Node) -> int:
        """The place of a node in the table; it is added when it is new."""
        if node not in self.numbers:
            parts = [self._part(part) for part in node.parts]
            self.numbers[node] = len(self.rows)
            self.rows.append([_HEADS[type(node)], *parts])
        return self.numbers[node]

    def all(self, nodes: Iterable[Node]) -> list[Json]:
        return [self.number(node) for node in nodes]

    def _part(self, part: object) -> Json:
        if isinstance(part, Node):
            return self.number(part)
        return str(part) if isinstance(part, Fraction) else cast("str | int", part)


class Reader:
    """The table of terms while it is read.

    For each entry: its node, how many nodes and levels it has written out as a tree, and the
    bound indices, as (depth, sort), whose binder is still to come. ``holes`` says whether the
    rows may speak of the premises of a step (``premise0``, ..), as templates in parameters do.
    """

    def __init__(
        self,
        sizes: Mapping[str, int | None],
        variables: Mapping[str, tuple[str, ...]],
        permutations: Mapping[str, str],
    ) -> None:
        self.sorts = tuple(sizes)
        self.variables = variables
        self.permutations = permutations
        self.holes = False
        self.nodes: list[Node] = []
        self.weights: list[tuple[int, int]] = []
        self.loose: list[frozenset[tuple[int, str]]] = []

    def extend(self, rows: Json) -> None:
        """Read further rows of the table."""
        for row in array(rows, "terms"):
            if len(self.nodes) >= MOST_TERMS:
                refuse("terms", f"at most {MOST_TERMS} terms", "more")
            self._row(row, f"term {len(self.nodes)}")

    def _row(self, row: Json, where: str) -> None:
        entries = array(row, where)
        head = entries[0] if entries else None
        if not isinstance(head, str) or head not in SHAPES:
            refuse(where, "a head of the format", head)
        made, kinds, more = SHAPES[head]
        if len(entries) <= len(kinds) or (len(entries) > len(kinds) + 1 and not more):
            refuse(where, f"{len(kinds)}{' or more' if more else ''} parts of {head}", len(entries) - 1)
        kinds += (more,) * (len(entries) - 1 - len(kinds))
        below: list[int] = []
        parts = [self._part(e, kind, below, where) for e, kind in zip(entries[1:], kinds, strict=True)]
        node = cast(Node, made(*parts))
        self._weigh(below, where)
        self._check_sorts(node, where)
        self.loose.append(self._still_loose(node, below, where))
        self.nodes.append(node)

    def _part(self, entry: Json, kind: str, below: list[int], where: str) -> object:
        if kind in NODES:
            position = integer(entry, where)
            below.append(position)
            return self._earlier(position, NODES[kind], kind, where)
        if kind == "number":
            return number(entry, where)
        if kind == "sort":
            return entry if entry in self.sorts else refuse(where, "a sort of the goal", entry)
        if kind in _WORDS:
            return word(entry, kind, where)
        return integer(entry, where, least=0 if kind == "depth" else 1)

    def _earlier(self, position: int, wanted: tuple[type[Node], ...], kind: str, where: str) -> Node:
        if position >= len(self.nodes):
            refuse(where, "an earlier term", position)
        node = self.nodes[position]
        if not isinstance(node, wanted):
            refuse(where, f"an earlier {kind}", f"term {position}, a {type(node).__name__}")
        return node

    def _weigh(self, below: list[int], where: str) -> None:
        nodes = 1 + sum(self.weights[position][0] for position in below)
        depth = 1 + max((self.weights[position][1] for position in below), default=0)
        if nodes > MOST_NODES or depth > MOST_DEPTH:
            refuse(where, f"at most {MOST_NODES} nodes and {MOST_DEPTH} levels", f"{nodes} and {depth}")
        self.weights.append((nodes, depth))

    def _check_sorts(self, node: Node, where: str) -> None:
        if isinstance(node, Variable):
            sorts = tuple(index.sort for index in node.indices)
            hole = self.holes and HOLE.fullmatch(node.name) and node.name not in self.variables
            if not hole and self.variables.get(node.name) != sorts:
                refuse(where, "a variable of the goal with its indices", f"{node.name}[{', '.join(sorts)}]")
        elif isinstance(node, Permuted):
            if not node.sort == node.index.sort == self.permutations.get(node.permutation):
                refuse(where, "a permutation of the goal and an index of its sort", node.permutation)
        elif isinstance(node, Same | Distinct) and node.left.sort != node.right.sort:
            refuse(where, "two indices of one sort", f"{node.left.sort} and {node.right.sort}")

    def _still_loose(self, node: Node, below: list[int], where: str) -> frozenset[tuple[int, str]]:
        if isinstance(node, Bound):
            return frozenset(((node.depth, node.sort),))
        if isinstance(node, Big):
            return _bind(self.loose[below[0]], (node.sort,), where)
        if isinstance(node, InHull):
            inner, outer = node.coordinate_sort, node.vertex_sort
            point = _bind(self.loose[below[0]], (inner,), where)
            return point | _bind(self.loose[below[1]], (inner, outer), where)
        return frozenset().union(*(self.loose[position] for position in below))

    def node(self, value: Json, where: str) -> Node:
        """An entry of the table in which no bound index lacks its binder."""
        position = integer(value, where)
        node = self._earlier(position, (Node,), "term", where)
        if self.loose[position]:
            refuse(where, "a term without loose bound indices", f"term {position}")
        return node

    def formula(self, value: Json, where: str) -> Formula:
        node = self.node(value, where)
        return node if isinstance(node, Formula) else refuse(where, "a formula", f"a {type(node).__name__}")

    def formulas(self, value: Json, where: str) -> tuple[Formula, ...]:
        return tuple(self.formula(entry, where) for entry in array(value, where))

    def free(self, value: Json, where: str) -> Free:
        node = self.node(value, where)
        return node if isinstance(node, Free) else refuse(where, "a free index", f"a {type(node).__name__}")

    def indices(self, value: Json, where: str) -> tuple[Free, ...]:
        return tuple(self.free(entry, where) for entry in array(value, where))


def _bind(
    loose: frozenset[tuple[int, str]], sorts: tuple[str, ...], where: str
) -> frozenset[tuple[int, str]]:
    """What is still loose outside binders of these sorts, the innermost first."""
    for depth, sort in loose:
        if depth < len(sorts) and sorts[depth] != sort:
            refuse(where, f"a bound {sorts[depth]}", f"a bound {sort}")
    return frozenset((depth - len(sorts), sort) for depth, sort in loose if depth >= len(sorts))
