"""Operators: how several distributions become one. An operator states no verdicts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import cast

from axiomkd.errors import AxiomkdError, DeclarationError, ParseError
from axiomkd.kernel.table import Json
from axiomkd.kernel.terms import Free, Literal, Node, Real, Term, show, subterms, variable, variables
from axiomkd.language import build, toml
from axiomkd.language.implicit import KEYS, Implicit, implicit, with_unknown
from axiomkd.language.parse import parse
from axiomkd.language.ranges import Range, parameters
from axiomkd.language.signature import Signature, signature_of
from axiomkd.language.sizes import Sizes, at_least, declared_sizes

FORMULAS = ("mass", "expr")
LABELS = ("id", "theory", "title", "source")


@dataclass(frozen=True)
class Operator:
    r"""An aggregation rule :math:`q = G(p, T, w)`.

    ``value`` is the kernel term :math:`q(i)`, with the free outcome index ``i``, over the
    variables of the theory's signature (ensemble: ``p[k,i]`` softened teachers, ``w[k]``,
    ``T[k]``, ``raw[k,i]``). It is kept as written: no cancellation has removed a denominator.
    ``base`` is the formula required at temperature 1, for operators that write T or raw
    themselves. ``sizes`` are the sizes that the declaration fixes, by sort, and ``least`` those
    from which on the operator is meant, where the theory has smaller ones. ``text`` is the
    declaration as the user wrote it and ``written`` says which key it stands under (``"mass"``,
    to be normalised over outcomes, or ``"expr"``); ``base_text`` stands under the same. ``parameters`` are
    the numbers that stand for names in the texts, or the ranges for all of whose numbers the
    operator is meant: such a name is a variable of ``value``.
    ``implicit`` is the unknown of which ``value`` may speak, with the equation that defines it.

    >>> Operator.declare("half", mass="Prod(p[k,i]**r, k)", parameters={"r": Fraction(1, 2)}).value
    Prod(p[k,i]**(1/2), k)*Sum(Prod(p[k,i]**(1/2), k), i)**(-1)
    >>> Operator.declare("root", mass="p[1,i]**r", parameters={"r": Range(0, 1, open="left")}).value
    p[1,i]**r*Sum(p[1,i]**r, i)**(-1)
    """

    id: str
    theory: str
    value: Term
    text: str
    written: str = "expr"
    title: str = ""
    source: str = ""
    base: Term | None = None
    sizes: tuple[tuple[str, int], ...] = field(default=())
    least: tuple[tuple[str, int], ...] = ()
    base_text: str = ""
    parameters: tuple[tuple[str, Fraction | Range], ...] = ()
    implicit: Implicit | None = None

    @staticmethod
    def declare(
        id: str,
        *,
        theory: str = "ensemble",
        mass: str | None = None,
        expr: str | None = None,
        base: str | None = None,
        sizes: Mapping[str, int | str] | None = None,
        parameters: Mapping[str, Fraction | Range] | None = None,
        title: str = "",
        source: str = "",
        **unknown: str | list[str],
    ) -> Operator:
        r"""An operator from texts of the grammar: ``mass`` is normalised over outcomes, ``expr`` is not.

        An implicit one also has ``unknown``, ``equation`` and perhaps ``where`` and ``between``.

        :raises ParseError: for a text outside the grammar, with the column.
        :raises DeclarationError: for anything else that does not make an operator.
        """
        given = {"mass": mass, "expr": expr, "base": base, **unknown, **(sizes or {})}
        labels = {"id": id, "theory": theory, "title": title, "source": source}
        table = {**labels, **{key: value for key, value in given.items() if value is not None}}
        return Operator.from_tables({"operator": table, "parameters": dict(parameters or {})})

    @staticmethod
    def from_tables(tables: Mapping[str, object]) -> Operator:
        """An operator from the tables of a file or of a certificate: the inverse of :meth:`to_tables`.

        :raises ParseError: for a text outside the grammar, with key and column.
        :raises DeclarationError: for a missing, unknown or ill-typed key.
        """
        toml.check_keys(tables, ("operator", "parameters"), "top level")
        if "operator" not in tables:
            raise DeclarationError("expected the table [operator], got none")
        table = toml.table(tables["operator"], "[operator]")
        signature = signature_of(toml.label(table.get("theory", "ensemble"), "[operator] theory"))
        return _Reading(signature, table, toml.table(tables.get("parameters", {}), "[parameters]")).operator()

    @property
    def any_sizes(self) -> bool:
        """Whether it is meant for all sizes that the theory has."""
        return not self.sizes and not self.least

    @property
    def ranges(self) -> dict[str, Range]:
        """The parameters that stand for every number of a range, by name."""
        return {name: value for name, value in self.parameters if isinstance(value, Range)}

    def to_tables(self) -> dict[str, dict[str, Json]]:
        """The declaration as plain data, from which :meth:`from_tables` makes the same operator."""
        signature = signature_of(self.theory)
        texts = {self.written: self.text, **({"base": self.base_text} if self.base_text else {})}
        sizes: dict[str, Json] = {signature.size_name(sort): number for sort, number in self.sizes}
        least = {signature.size_name(sort): at_least(number) for sort, number in self.least}
        labels = {"id": self.id, "theory": self.theory, "title": self.title, "source": self.source}
        unknown = self.implicit.to_table() if self.implicit else {}
        table: dict[str, Json] = {**labels, **texts, **unknown, **sizes, **least}
        parameters: dict[str, Json] = {
            name: value.to_table() if isinstance(value, Range) else str(value)
            for name, value in self.parameters
        }
        return {"operator": table, **({"parameters": parameters} if parameters else {})}


@dataclass(frozen=True)
class _Reading:
    """The tables of one declaration, checked key by key."""

    signature: Signature
    table: Mapping[str, object]
    given: Mapping[str, object]

    def operator(self) -> Operator:
        self.check_table()
        written = next(key for key in FORMULAS if key in self.table)
        value, base = self.term(written, written), self.base(written)
        implicit = self.implicit
        for spoken in (value, *((*implicit.conditions, *implicit.between) if implicit else ())):
            self.check_literals(spoken)
        return Operator(
            id=_checked_id(toml.label(self.table["id"], "[operator] id")),
            theory=self.signature.theory,
            value=value,
            text=cast(str, self.table[written]),
            written=written,
            title=toml.label(self.table.get("title", ""), "[operator] title"),
            source=toml.label(self.table.get("source", ""), "[operator] source"),
            base=base,
            sizes=tuple(self.sizes[0].items()),
            least=tuple(self.sizes[1].items()),
            base_text=cast(str, self.table.get("base", "")),
            parameters=tuple(self.parameters.items()),
            implicit=self.implicit,
        )

    @cached_property
    def implicit(self) -> Implicit | None:
        return implicit(self.table, self.signature, self.symbols)

    @property
    def spoken(self) -> Signature:
        """The names that the formula may use: the theory's and the unknown's."""
        found = self.implicit
        return with_unknown(self.signature, found.name, found.sorts) if found else self.signature

    def check_table(self) -> None:
        known = (*LABELS, *FORMULAS, "base", *KEYS, *self.signature.sizes)
        toml.check_keys(self.table, known, "[operator]")
        if "id" not in self.table:
            raise DeclarationError("[operator]: expected the key id, got none")
        found = [key for key in FORMULAS if key in self.table]
        if len(found) != 1:
            got = "both" if found else "neither"
            raise DeclarationError(f"[operator]: expected one of mass and expr, got {got}")

    def term(self, key: str, written: str) -> Term:
        text = toml.string(self.table[key], f"[operator] {key}")
        try:
            value = parse(text, self.spoken, self.symbols)
        except ParseError as error:
            raise ParseError(f"[operator] {key}, {error}") from None
        return normalised(value, self.signature) if written == "mass" else value

    def base(self, written: str) -> Term | None:
        if "base" not in self.table:
            return None
        base = self.term("base", written)
        if own := sorted(variables(base).intersection(self.signature.raw)):
            expected = "[operator] base: expected a formula at temperature 1"
            raise DeclarationError(f"{expected}, got one with {own[0]}")
        return base

    @cached_property
    def sizes(self) -> tuple[Sizes, Sizes]:
        return declared_sizes(self.table, self.signature)

    def check_literals(self, value: Node) -> None:
        """Refuse a numbered index that does not exist at every size the operator is meant for."""
        for index in (part for part in subterms(value) if isinstance(part, Literal)):
            available = self.sizes[0].get(index.sort, self.signature.least[index.sort])
            if index.number > available:
                wanted = f"{self.signature.size_name(index.sort)} fixed to at least {index.number}"
                named = f"{index.sort} {index.number}"
                raise DeclarationError(f"[operator]: expected {wanted}, since it names {named}")

    @cached_property
    def parameters(self) -> dict[str, Fraction | Range]:
        return parameters(self.given, self.signature)

    @cached_property
    def symbols(self) -> dict[str, Real]:
        """What the names of parameters stand for in texts."""
        return {
            name: variable(name) if isinstance(value, Range) else value
            for name, value in self.parameters.items()
        }


def _checked_id(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9./-]{0,79}", text, re.ASCII):
        expected = "[operator] id: expected letters a-z, digits and . / -"
        raise DeclarationError(f"{expected}, got {toml.described(text)}")
    return text


def normalised(mass: Term, signature: Signature) -> Term:
    r""":math:`m(i) \big/ \sum_j m(j)` over the signature's free index, exactly as written."""
    return build.normalised(mass, signature.free, Free("j", signature.free.sort))


def load_toml(path: str | Path) -> Operator:
    """The operator that a TOML file declares; nothing in the file is evaluated.

    :raises AxiomkdError: in one line that begins with the path.
    """
    return operator_in(toml.read_text(Path(path)), Path(path))


def operator_in(text: str, path: Path) -> Operator:
    """The operator that a TOML text declares, which stands in a file."""
    tables = toml.tables_of(text, path)
    with _located(str(path)):
        return Operator.from_tables(tables)


@contextmanager
def _located(where: str) -> Iterator[None]:
    """Put the place in front of the errors that do not begin with it."""
    try:
        yield
    except AxiomkdError as error:
        if str(error).startswith(where):
            raise
        raise type(error)(f"{where}: {error}") from None


@dataclass(frozen=True)
class Declared:
    """A function that declares an operator; calling it makes the operator, once."""

    function: Callable[[], object]
    id: str
    title: str
    source: str
    written: str
    theory: str
    base: str | None
    sizes: tuple[tuple[str, int | str], ...]
    unknown: Mapping[str, str | list[str]]

    def __call__(self) -> Operator:
        return self._operator

    @property
    def meaning(self) -> str:
        """The function's docstring: one sentence with the formula."""
        return " ".join((self.function.__doc__ or "").split())

    @cached_property
    def _operator(self) -> Operator:
        with _located(self.id):
            result = self.function()
            text = result if isinstance(result, str) else _sympy_text(self.function, self.theory)
            mass, expr = (text, None) if self.written == "mass" else (None, text)
            return Operator.declare(
                self.id, theory=self.theory, mass=mass, expr=expr, base=self.base,
                sizes=dict(self.sizes), title=self.title, source=self.source, **self.unknown,
            )  # fmt: skip


def _sympy_text(function: Callable[[], object], theory: str) -> str:
    """The grammar's text for a function that builds a SymPy expression.

    The function is called again where SymPy cancels nothing, so that x/x keeps its denominator.
    """
    from axiomkd.language.from_sympy import from_sympy
    from axiomkd.language.symbols import unevaluated

    with unevaluated():
        expression = function()
    value = from_sympy(expression, signature_of(theory))
    if parse(show(value), signature_of(theory)) is not value:
        raise DeclarationError(f"expected an expression that its text determines, got {show(value)[:80]}")
    return show(value)


def operator(
    id: str,
    *,
    title: str = "",
    source: str = "",
    written: str = "expr",
    theory: str = "ensemble",
    base: str | None = None,
    **more: int | str | list[str],
) -> Callable[[Callable[[], object]], Declared]:
    """Declare an operator by a function that returns a SymPy expression, or a text of the grammar.

    The function runs when the operator is first asked for. ``written="mass"`` has the result
    normalised over outcomes; sizes are fixed by ``K=2``, ``V=3`` or bounded by ``K=">= 2"``; an implicit
    operator, whose formula is a text, has ``unknown``, ``equation`` and perhaps ``where`` and ``between``.

    >>> @operator("first", title="The first teacher")
    ... def first():
    ...     from axiomkd.theories.ensemble import i, p
    ...     return p[1, i]
    >>> first().value
    p[1,i]

    :raises DeclarationError: for a ``written`` that is neither ``"expr"`` nor ``"mass"``.
    """
    if written not in FORMULAS:
        raise DeclarationError(f"{id}: expected written to be one of {', '.join(FORMULAS)}, got {written!r}")

    def declared(function: Callable[[], object]) -> Declared:
        unknown = {key: value for key, value in more.items() if key in KEYS}
        sizes = tuple((key, value) for key, value in more.items() if key not in KEYS)
        return Declared(function, id, title, source, written, theory, base, sizes, unknown)

    return declared
