"""Names for long terms that come back, so that a proof can be read."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar, cast

from axiomkd.kernel.terms import (
    Big,
    Bound,
    Free,
    Index,
    InHull,
    Node,
    Permuted,
    Term,
    big,
    bound_name,
    in_hull,
    open_binder,
    rebuild,
    substitute,
    variable,
    variables,
)
from axiomkd.language.printing import letters

N = TypeVar("N", bound=Node)
NAMES = "ABCDEFGHJMNQRSUXYZ"
SHORTEST = 9
"""Nodes from which a term of the goal is worth a name."""
LONG = 40
"""Nodes from which a term of a proof is worth a name."""


@dataclass(frozen=True)
class Abbreviation:
    """A name, at the indices that its meaning speaks of, and the meaning."""

    name: Term
    meaning: Term


def abbreviate(
    goal: Sequence[Node], lines: Sequence[Node], known: Term
) -> tuple[list[Node], list[Abbreviation]]:
    """The formulas of a goal and of the lines of proofs with names in them, and what the names mean.

    ``known`` is the operator's value: it is called q wherever it stands. Other names go to what
    comes back in the goal, and after that to what is very long in the proofs.
    """
    written, made = [*goal, *lines], list[Abbreviation]()
    if any(pattern is _pattern(known) for pattern in _patterns(written, SHORTEST)):
        made.append(Abbreviation(_named("q", _pattern(known)), known))
        written = [_put(formula, _pattern(known), "q") for formula in written]
    taken = variables(known).union(*map(variables, written))
    names = iter([name for name in NAMES if name not in taken])
    for length, count in ((SHORTEST, len(goal)), (LONG, len(written))):
        written, made = _name_repeated(written, made, names, length, count)
    return written, made


def _name_repeated(
    written: list[Node], made: list[Abbreviation], names: Iterator[str], length: int, count: int
) -> tuple[list[Node], list[Abbreviation]]:
    """Name what stands in two places of the first formulas, the longest first; the rest follows suit."""
    operator, others = made[:1], made[1:]
    if made and made[0].name.parts[0] != "q":
        operator, others = [], made
    while chosen := _most_worth([*written[:count], *(other.meaning for other in others)], length):
        name = next(names, None)
        if name is None:
            break
        written = [_put(formula, chosen, name) for formula in written]
        others = [Abbreviation(other.name, _put(other.meaning, chosen, name)) for other in others]
        others.append(Abbreviation(_named(name, chosen), chosen))
    return written, [*operator, *others]


def _most_worth(bodies: Iterable[Node], length: int) -> Term | None:
    """The longest pattern that stands in two places."""
    counts = Counter(_patterns(bodies, length))
    worth = [pattern for pattern, count in counts.items() if count > 1]
    return max(worth, key=lambda pattern: (_length(pattern), pattern.key), default=None)


def _patterns(bodies: Iterable[Node], length: int) -> Iterator[Term]:
    for body in bodies:
        for part in _opened(body):
            if isinstance(part, Term) and _length(part) >= length:
                yield _pattern(part)


def _named(name: str, pattern: Term) -> Term:
    return variable(name, *_indices(pattern))


def _put(node: N, pattern: Term, name: str) -> N:
    """The node with the name wherever an instance of the pattern stands."""
    if isinstance(node, Term) and _length(node) == _length(pattern) and _pattern(node) is pattern:
        return cast(N, variable(name, *_indices(node)))
    if isinstance(node, Big):
        index = _binder(node)
        return cast(N, big(node.kind, index, _put(node.at(index), pattern, name)))
    if isinstance(node, InHull):
        k, i, point, vertices = _hull(node)
        return cast(N, in_hull(k, i, _put(point, pattern, name), _put(vertices, pattern, name)))
    parts = tuple(_put(part, pattern, name) if isinstance(part, Node) else part for part in node.parts)
    return cast(N, rebuild(node, parts))


def _opened(node: Node) -> Iterator[Node]:
    """Every node inside, with named indices in the place of bound ones."""
    yield node
    if isinstance(node, Big):
        yield from _opened(node.at(_binder(node)))
        return
    parts = _hull(node)[2:] if isinstance(node, InHull) else node.parts
    for part in parts:
        if isinstance(part, Node):
            yield from _opened(part)


def _binder(node: Big) -> Free:
    return cast(Free, Free(bound_name(node.sort, node.free), node.sort))


def _hull(node: InHull) -> tuple[Free, Free, Term, Term]:
    """The indices of a hull, named, and its point and vertices at them."""
    k = cast(Free, Free(bound_name(node.vertex_sort, node.free), node.vertex_sort))
    i = cast(Free, Free(bound_name(node.coordinate_sort, node.free), node.coordinate_sort))
    vertices = open_binder(open_binder(node.vertices, k, 1), i)
    return k, i, cast(Term, open_binder(node.point, i)), cast(Term, vertices)


@cache
def _indices(node: Node) -> tuple[Index, ...]:
    """The indices that a term speaks of, in the order in which they stand."""
    found: dict[Index, None] = {}
    for part in _opened_indices(node):
        found.setdefault(part)
    return tuple(index for index in found if index in node.free or isinstance(index, Permuted))


def _opened_indices(node: Node) -> Iterator[Index]:
    if isinstance(node, Index):
        if not isinstance(node, Bound) and node.free:
            yield node
        return
    for part in node.parts:
        if isinstance(part, Node):
            yield from _opened_indices(part)


@cache
def _pattern(node: Term) -> Term:
    """The term with its indices named by their place, the same for every instance."""
    counts = Counter[str]()
    mapping: dict[Index, Index] = {}
    for index in _indices(node):
        counts[index.sort] += 1
        mapping[index] = cast(Free, Free(_nth(index.sort, counts[index.sort]), index.sort))
    return cast(Term, substitute(node, mapping))


def _nth(sort: str, number: int) -> str:
    return next(itertools.islice(letters(sort), number - 1, None))


@cache
def _length(node: Node) -> int:
    parts = () if isinstance(node, Index) else node.parts
    return 1 + sum(_length(part) for part in parts if isinstance(part, Node))
