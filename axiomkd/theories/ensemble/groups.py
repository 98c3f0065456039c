"""The aggregate of teachers who come in several groups, one group after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from axiomkd.kernel.terms import (
    ONE,
    Big,
    Comparison,
    Distinct,
    Extreme,
    Formula,
    If,
    Index,
    Literal,
    Node,
    Same,
    Size,
    Term,
    Variable,
    add,
    big,
    fresh,
    multiply,
    rebuild,
    replace_variables,
    substitute,
    variable,
)
from axiomkd.language.implicit import Implicit, Placed, Solution
from axiomkd.operator import Operator
from axiomkd.theories.ensemble.setting import TEACHER, Teachers, Weights


@dataclass(frozen=True)
class Group:
    """Teachers indexed by a sort of their own; one teacher alone where there is no sort.

    ``teachers`` and ``weights`` are functions of the index in the group, which one teacher ignores.
    """

    teachers: Teachers
    weights: Weights
    sort: str | None = None


Places = Mapping[Index, tuple[Group, Index]]
"""Which teacher of which group an index stands for."""


def pool(operator: Operator, *groups: Group) -> Term:
    r""":math:`q(i)` of all the teachers of the groups, at temperature 1.

    Every sum, product, maximum and minimum over teachers runs over one group after the other, K is
    the number of all of them, and they are numbered in the order of the groups.
    """
    value = operator.value
    if operator.implicit is not None:
        value = cast(Term, replace_variables(value, _solutions(operator.implicit, groups)))
    return cast(Term, _spread(value, groups, {}))


def _solutions(implicit: Implicit, groups: Sequence[Group]) -> dict[str, Callable[..., Term]]:
    """The unknown of an implicit operator, its conditions written for the teachers of the groups."""
    own = {index: fresh(index.sort) for condition in implicit.conditions for index in condition.free}
    unknown: dict[str, Callable[..., Term]] = {
        implicit.name: lambda *indices: variable(Placed.HOLE, *indices)
    }
    named = (replace_variables(substitute(c, own), unknown) for c in implicit.conditions)
    conditions = tuple(cast(Comparison, _spread(condition, groups, {})) for condition in named)
    placed = Placed(implicit.unknown, implicit.name, implicit.sorts, implicit.texts, conditions)
    return {implicit.name: lambda *indices: cast(Term, Solution(placed, *indices))}


def _spread(node: Node, groups: Sequence[Group], places: Places) -> Node:
    match node:
        case Big(kind, sort):
            if sort == TEACHER:
                return _combined(kind, [_over(node, group, groups, places) for group in groups])
            index = fresh(sort)
            return big(kind, index, cast(Term, _spread(node.at(index), groups, places)))
        case Variable() if node.indices and node.indices[0].sort == TEACHER:
            return _value(node, groups, places)
        case Size(sort) if sort == TEACHER:
            return add(*(ONE if group.sort is None else cast(Term, Size(group.sort)) for group in groups))
        case If(Same(left, right) | Distinct(left, right) as condition, then, otherwise) if (
            left.sort == TEACHER
        ):
            same = _same(_place(left, groups, places), _place(right, groups, places))
            chosen = (then, otherwise) if isinstance(condition, Same) else (otherwise, then)
            return _choice(same, *(cast(Term, _spread(branch, groups, places)) for branch in chosen))
    parts = (_spread(part, groups, places) if isinstance(part, Node) else part for part in node.parts)
    return rebuild(node, tuple(parts))


def _combined(kind: str, parts: Sequence[Term]) -> Term:
    match kind:
        case "sum":
            return add(*parts)
        case "product":
            return multiply(*parts)
    return cast(Term, Extreme(kind, *parts))


def _over(node: Big, group: Group, groups: Sequence[Group], places: Places) -> Term:
    """The operation over the teachers of one group."""
    marker = fresh(TEACHER)
    index = marker if group.sort is None else fresh(group.sort)
    body = cast(Term, _spread(node.at(marker), groups, {**places, marker: (group, index)}))
    return body if group.sort is None else big(node.kind, index, body)


def _place(index: Index, groups: Sequence[Group], places: Places) -> tuple[Group, Index]:
    """Where a teacher stands; a numbered one is in the first group."""
    if isinstance(index, Literal):
        first = groups[0]
        return first, cast(Index, Literal(index.number, first.sort)) if first.sort else index
    return places[index]


def _value(node: Variable, groups: Sequence[Group], places: Places) -> Term:
    group, index = _place(node.indices[0], groups, places)
    if node.name == "w":
        return group.weights(index)
    return ONE if node.name == "T" else group.teachers(index, node.indices[1])


def _same(left: tuple[Group, Index], right: tuple[Group, Index]) -> Formula | bool:
    """Whether two teachers are the same, as far as their groups tell."""
    if left[0] is not right[0] or left[0].sort is None:
        return left[0] is right[0]
    return cast(Formula, Same(left[1], right[1]))


def _choice(same: Formula | bool, then: Term, otherwise: Term) -> Term:
    if isinstance(same, bool):
        return then if same else otherwise
    return cast(Term, If(same, then, otherwise))
