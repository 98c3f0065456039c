"""Implicit declarations: an unknown number, or one for each index, and the equation that defines it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from axiomkd.errors import DeclarationError, ParseError
from axiomkd.kernel.table import Json
from axiomkd.kernel.terms import Comparison, Index, Real, Term, Variable, subterms, variables
from axiomkd.language import toml
from axiomkd.language.parse import parse_comparison
from axiomkd.language.signature import Signature

KEYS = ("unknown", "equation", "where")
SIGNS = ("<=", ">=", "<", ">", "==", "!=")
_UNKNOWN = re.compile(r"([A-Za-z]\w{0,29})(?:\[(\w+)\])?", re.ASCII)


@dataclass(frozen=True)
class Implicit:
    """An unknown that its conditions define: first the equation, then what makes the solution the only one.

    ``unknown`` is written as in the declaration, ``c`` or ``z[i]``; ``sorts`` are those of its indices. A
    condition that speaks of an index is meant for every index.
    """

    unknown: str
    name: str
    sorts: tuple[str, ...]
    texts: tuple[str, ...]
    conditions: tuple[Comparison, ...]

    @property
    def claim(self) -> str:
        """Of which solutions a verdict speaks, for reports."""
        return f"for every {self.unknown} with {' and '.join(self.texts)}"

    def to_table(self) -> dict[str, Json]:
        """The keys of the declaration, from which :func:`implicit` makes it again."""
        equation, *where = self.texts
        table: dict[str, Json] = {"unknown": self.unknown, "equation": equation}
        return {**table, **({"where": list[Json](where)} if where else {})}

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
    texts = (("equation", table["equation"]), *(("where", text) for text in _where(table)))
    conditions = tuple(_condition(key, text, extended, parameters) for key, text in texts)
    if name not in variables(conditions[0]):
        raise DeclarationError(f"[operator] equation: expected an equation in {unknown}, got one without it")
    return Implicit(unknown, name, sorts, tuple(str(text) for _, text in texts), conditions)


def with_unknown(signature: Signature, name: str, sorts: tuple[str, ...]) -> Signature:
    """The signature in which a declaration's formula may also speak of the unknown."""
    return replace(signature, variables={**signature.variables, name: sorts})


def _where(table: Mapping[str, object]) -> list[object]:
    where = table.get("where", [])
    if not isinstance(where, list):
        raise DeclarationError(f"[operator] where: expected a list of texts, got {toml.described(where)}")
    return where


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
