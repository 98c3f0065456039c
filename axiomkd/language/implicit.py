"""Implicit declarations: an unknown number, or one for each index, and the equation that defines it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from axiomkd.errors import DeclarationError, ParseError
from axiomkd.kernel.table import Json
from axiomkd.kernel.terms import Comparison, Index, Real, Term, Variable, subterms, variables
from axiomkd.language import toml
from axiomkd.language.parse import parse, parse_comparison
from axiomkd.language.signature import Signature

KEYS = ("unknown", "equation", "where", "between")
SIGNS = ("<=", ">=", "<", ">", "==", "!=")
_UNKNOWN = re.compile(r"([A-Za-z]\w{0,29})(?:\[(\w+)\])?", re.ASCII)


@dataclass(frozen=True)
class Implicit:
    """An unknown that its conditions define: first the equation, then what makes the solution the only one.

    ``unknown`` is written as in the declaration, ``c`` or ``z[i]``; ``sorts`` are those of its indices. A
    condition that speaks of an index is meant for every index. ``between`` are two numbers, functions of the
    input, between which there is said to be a solution, ``ends`` their texts: from the one to the other the
    left side of the equation goes from no more than the right side to no less. They are claimed only where
    it is asked whether there is a solution, and are to be proved there.
    """

    unknown: str
    name: str
    sorts: tuple[str, ...]
    texts: tuple[str, ...]
    conditions: tuple[Comparison, ...]
    ends: tuple[str, ...] = ()
    between: tuple[Term, ...] = ()

    @property
    def claim(self) -> str:
        """Of which solutions a verdict speaks, for reports."""
        return f"for every {self.unknown} with {' and '.join(self.texts)}"

    def to_table(self) -> dict[str, Json]:
        """The keys of the declaration, from which :func:`implicit` makes it again."""
        equation, *where = self.texts
        table: dict[str, Json] = {"unknown": self.unknown, "equation": equation}
        lists = {"where": list[Json](where), "between": list[Json](self.ends)}
        return {**table, **{key: texts for key, texts in lists.items() if texts}}

    @property
    def inputs(self) -> dict[str, tuple[str, ...]]:
        """The variables of the theory of which the conditions speak, with the sorts of their indices."""
        spoken = (part for condition in self.conditions for part in subterms(condition))
        found = {
            part.name: tuple(index.sort for index in part.indices)
            for part in spoken
            if isinstance(part, Variable) and part.indices  # a parameter has none
        }
        return {name: found[name] for name in sorted(found) if name != self.name}


def implicit(
    table: Mapping[str, object], signature: Signature, parameters: Mapping[str, Real]
) -> Implicit | None:
    """The implicit part of a declaration, ``None`` where there is none.

    :raises DeclarationError: for a key that is missing or ill-typed, or a name that is taken.
    :raises ParseError: for a condition outside the grammar, with key and column.
    """
    present = [key for key in KEYS if key in table]
    if not present:
        return None
    for key in KEYS[:2]:
        if key not in table:
            raise DeclarationError(f"[operator]: expected the key {key} beside {present[0]}, got none")
    if "base" in table:
        raise DeclarationError("[operator] base: expected none for an operator with an unknown, got one")
    unknown = toml.label(table["unknown"], "[operator] unknown")
    name, sorts = _named(unknown, signature, parameters)
    extended = with_unknown(signature, name, sorts)
    texts = (("equation", table["equation"]), *(("where", text) for text in _texts(table, "where")))
    conditions = tuple(_condition(key, text, extended, parameters) for key, text in texts)
    if name not in variables(conditions[0]):
        raise DeclarationError(f"[operator] equation: expected an equation in {unknown}, got one without it")
    ends = _texts(table, "between")
    if ends and (sorts or conditions[0].free):
        raise DeclarationError("[operator] between: expected one number and one equation, got several")
    between = _between(ends, signature, parameters) if ends else ()
    spoken = tuple(str(text) for _, text in texts)
    return Implicit(unknown, name, sorts, spoken, conditions, tuple(map(str, ends)), between)


def with_unknown(signature: Signature, name: str, sorts: tuple[str, ...]) -> Signature:
    """The signature in which a declaration's formula may also speak of the unknown."""
    return replace(signature, variables={**signature.variables, name: sorts})


def _texts(table: Mapping[str, object], key: str) -> list[object]:
    found = table.get(key, [])
    if not isinstance(found, list):
        raise DeclarationError(f"[operator] {key}: expected a list of texts, got {toml.described(found)}")
    return found


def _between(texts: list[object], signature: Signature, parameters: Mapping[str, Real]) -> tuple[Term, ...]:
    where = "[operator] between"
    if len(texts) != 2:
        raise DeclarationError(f"{where}: expected two texts, got {len(texts)}")
    try:
        ends = tuple(parse(toml.string(text, where), signature, parameters) for text in texts)
    except ParseError as error:
        raise ParseError(f"{where}, {error}") from None
    if any(end.free for end in ends):
        raise DeclarationError(f"{where}: expected numbers for the whole input, got one with an index")
    return ends


def _named(unknown: str, signature: Signature, parameters: Mapping[str, Real]) -> tuple[str, tuple[str, ...]]:
    match = _UNKNOWN.fullmatch(unknown)
    if match is None or match[2] not in (None, signature.free.name):
        wanted = f"a name, perhaps with the index {signature.free.name}, as c or z[{signature.free.name}]"
        raise DeclarationError(f"[operator] unknown: expected {wanted}, got {toml.described(unknown)}")
    name = match[1]
    if name in (*signature.names, *parameters) or signature.index_sort(name) or name[-1].isdigit():
        wanted = "a name of its own that no digit ends"
        raise DeclarationError(f"[operator] unknown: expected {wanted}, got {name}")
    return name, (signature.free.sort,) if match[2] else ()


def _condition(key: str, value: object, signature: Signature, parameters: Mapping[str, Real]) -> Comparison:
    text = toml.string(value, f"[operator] {key}")
    try:
        return parse_comparison(text, signature, ("==",) if key == "equation" else SIGNS, parameters)
    except ParseError as error:
        raise ParseError(f"[operator] {key}, {error}") from None


class Placed(Implicit):
    """An unknown whose conditions are written at one input; in them ``HOLE`` stands for it.

    So no name of that input is mistaken for the unknown's.
    """

    HOLE = "@unknown"

    @property
    def inputs(self) -> dict[str, tuple[str, ...]]:
        return {}


class Solution(Term):
    """The unknown of an implicit declaration at an input: the declaration, its indices, the input.

    For each variable of which the conditions speak the input has the sum over all its indices, which only
    binds them. It is no term of the kernel's language: a goal has a variable in its place.
    """

    __slots__ = ()

    @property
    def implicit(self) -> Implicit:
        found: Implicit = self.parts[0]
        return found

    @property
    def indices(self) -> tuple[Index, ...]:
        return self.parts[1 : 1 + len(self.implicit.sorts)]

    @property
    def inputs(self) -> tuple[Term, ...]:
        return self.parts[1 + len(self.implicit.sorts) :]
