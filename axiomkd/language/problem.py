"""Free inequalities: variables with their domains, assumptions, and what is to be proved.

Nothing here speaks of operators or theories. The texts are in the grammar of declarations
(:mod:`axiomkd.language.parse`), and a problem becomes one goal of the kernel.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

from axiomkd.errors import AxiomkdError, DeclarationError, ParseError
from axiomkd.kernel.grammar import HOLE, LARGEST_SIZE, WORDS
from axiomkd.kernel.judgement import Fact, Goal
from axiomkd.kernel.table import Json
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Comparison,
    Defined,
    Equal,
    Formula,
    Free,
    Less,
    Literal,
    Log,
    Node,
    Number,
    Power,
    big_sum,
    subterms,
    variable,
)
from axiomkd.language import toml
from axiomkd.language.parse import parse_comparison
from axiomkd.language.signature import RESERVED, Signature
from axiomkd.language.tokens import quoted, tokens

SIGNS = (">=", ">", "<=", "<", "==")
"""The relations that may be proved; an assumption may also say that two numbers differ."""
KINDS = "real, positive, nonnegative, or simplex and a size"
MOST_VARIABLES = 200
INDICES = "ijhg"
"""The letters of the indices of simplex vectors, where all of them have one size."""
MEANS = (2, 3)
"""With logarithms or roots a goal also has indices that run to 2 and to 3: proofs take means over them."""
_SIMPLEX = re.compile(r"simplex +([1-9][0-9]{0,3})", re.ASCII)
_UNWRITABLE = cast(Free, Free("@", "nothing"))


@dataclass(frozen=True)
class Problem:
    """An inequality or equation that is to hold for all values of its variables under the assumptions.

    ``variables`` gives each name ``"real"``, ``"positive"``, ``"nonnegative"`` or ``"simplex N"``, a
    vector of N nonnegative numbers ``p[1]``, .., ``p[N]`` with the sum 1. Where there are none, every
    name of the texts is a real number. ``prove`` is a text with one of >= > <= < ==, as are those of
    ``assume``, where != may stand as well. Besides the relation, everything in it must be defined
    wherever the assumptions hold.

    >>> Problem("x**2 >= 0").goal.conclusions
    (0 <= x**2,)
    >>> Problem("1/a > 0", (("a", "positive"),)).goal.conclusions
    (defined(a**(-1)), 0 < a**(-1))

    :raises ParseError: for a text outside the grammar, with the column.
    :raises DeclarationError: for anything else that makes no problem.
    """

    prove: str
    variables: tuple[tuple[str, str], ...] | None = None
    assume: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.goal  # noqa: B018 - read now, so that a problem that exists is one

    @staticmethod
    def from_tables(tables: Mapping[str, object]) -> Problem:
        """A problem from the table of a file or of a document: the inverse of :meth:`to_table`.

        :raises AxiomkdError: naming the key at fault.
        """
        toml.check_keys(tables, ("problem",), "top level")
        table = toml.table(tables.get("problem"), "[problem]")
        toml.check_keys(table, ("variables", "assume", "prove"), "[problem]")
        if "prove" not in table:
            raise DeclarationError("[problem]: expected the key prove, got none")
        return Problem(
            toml.string(table["prove"], "[problem] prove"),
            tuple(_variables(table["variables"])) if "variables" in table else None,
            tuple(_texts(table.get("assume", []))),
        )

    def to_table(self) -> dict[str, Json]:
        """The problem as plain data."""
        declared: dict[str, Json] = {} if self.variables is None else {"variables": dict(self.variables)}
        return {**declared, "assume": list(self.assume), "prove": self.prove}

    @cached_property
    def kinds(self) -> dict[str, str]:
        """What every variable stands for."""
        return dict(self.variables) if self.variables is not None else dict.fromkeys(_names(self), "real")

    @cached_property
    def goal(self) -> Goal:
        """The kernel's goal: that no operation fails, where one may, and the relation."""
        _check_variables(self.kinds)
        sizes = {sort: size for kind in self.kinds.values() for sort, size in _sorts(kind)}
        reading = _Reading(_signature(self.kinds), sizes)
        domain = [fact for name, kind in self.kinds.items() for fact in _domain(name, kind)]
        given = [
            Fact((), reading.comparison(text, f"[problem] assume, entry {place}", (*SIGNS, "!=")))
            for place, text in enumerate(self.assume, start=1)
        ]
        claim = reading.comparison(self.prove, "[problem] prove", SIGNS)
        if any(isinstance(part, Log) or _is_root(part) for part in subterms(claim)):
            sizes |= {f"index{size}": size for size in MEANS}
        variables = tuple(reading.signature.variables.items())
        return Goal(tuple(sizes.items()), variables, (*domain, *given), (*_definedness(claim), claim))


def load_problem(path: Path) -> Problem:
    """The problem that a TOML file states.

    :raises AxiomkdError: in one line that begins with the path.
    """
    tables = toml.tables_of(toml.read_text(path), path)
    try:
        return Problem.from_tables(tables)
    except AxiomkdError as error:
        raise type(error)(f"{path}: {error}") from None


def _variables(value: object) -> Iterator[tuple[str, str]]:
    for name, kind in toml.table(value, "[problem] variables").items():
        yield name, toml.string(kind, f"[problem] variables, {name}")


def _texts(value: object) -> Iterator[str]:
    if not isinstance(value, list):
        raise DeclarationError(f"[problem] assume: expected a list of texts, got {toml.described(value)}")
    for place, text in enumerate(value, start=1):
        yield toml.string(text, f"[problem] assume, entry {place}")


def _names(problem: Problem) -> list[str]:
    """The names in the texts that are not the grammar's, in the order in which they come."""
    every = [token for text in (problem.prove, *problem.assume) for token in tokens(text)]
    found = dict.fromkeys(token.text for token in every if token.kind == "name")
    return [name for name in found if name not in RESERVED]


def _check_variables(kinds: Mapping[str, str]) -> None:
    if len(kinds) > MOST_VARIABLES:
        raise DeclarationError(f"[problem] variables: expected at most {MOST_VARIABLES}, got {len(kinds)}")
    for name, kind in kinds.items():
        if WORDS["name"].fullmatch(name) is None or HOLE.fullmatch(name) or "'" in name or name in RESERVED:
            raise DeclarationError(f"[problem] variables: expected a name of its own, got {quoted(name)}")
        if kind not in ("real", "positive", "nonnegative") and not _size(kind):
            raise DeclarationError(f"[problem] variables, {name}: expected {KINDS}, got {quoted(kind)}")
    letters = _letters(kinds)
    taken = next((name for name in kinds if letters and re.fullmatch(rf"[{INDICES}]\d*", name)), None)
    if taken is not None:
        raise DeclarationError(f"[problem] variables: expected a name that is no index, got {taken}")


def _size(kind: str) -> int:
    """The size of a simplex vector; 0 for a number."""
    found = _SIMPLEX.fullmatch(kind)
    return int(found[1]) if found and int(found[1]) <= LARGEST_SIZE else 0


def _sorts(kind: str) -> tuple[tuple[str, int], ...]:
    """The sort of a variable's index and its size: vectors of one size share a sort."""
    size = _size(kind)
    return ((f"index{size}", size),) if size else ()


def _letters(kinds: Mapping[str, str]) -> dict[str, str]:
    """The letters by sort; where vectors have different sizes a letter would not say which it runs over."""
    sorts = {sort for kind in kinds.values() for sort, _ in _sorts(kind)}
    return {sort: INDICES for sort in sorts} if len(sorts) == 1 else {}


def _signature(kinds: Mapping[str, str]) -> Signature:
    sorts = {name: tuple(sort for sort, _ in _sorts(kind)) for name, kind in kinds.items()}
    letters = _letters(kinds) or {sort: "1" for found in sorts.values() for sort in found}
    return Signature("problem", sorts, letters, {}, {}, _UNWRITABLE)


@dataclass(frozen=True)
class _Reading:
    """The texts of one problem, read with its names and sizes."""

    signature: Signature
    sizes: Mapping[str, int]

    def comparison(self, text: str, where: str, signs: tuple[str, ...]) -> Comparison:
        try:
            found = parse_comparison(text, self.signature, signs)
        except ParseError as error:
            raise ParseError(f"{where}, {error}") from None
        for index in (part for part in subterms(found) if isinstance(part, Literal)):
            if index.number > self.sizes[index.sort]:
                size = self.sizes[index.sort]
                raise DeclarationError(f"{where}: expected an index from 1 to {size}, got {index.number}")
        return found


def _domain(name: str, kind: str) -> tuple[Fact, ...]:
    """What a declaration says of its variable."""
    if kind == "real":
        return ()
    if kind == "positive":
        return (Fact((), cast(Formula, Less(ZERO, variable(name)))),)
    if kind == "nonnegative":
        return (Fact((), cast(Formula, AtMost(ZERO, variable(name)))),)
    ((sort, _),) = _sorts(kind)
    index = cast(Free, Free("i", sort))
    entry = variable(name, index)
    total = cast(Formula, Equal(big_sum(index, entry), ONE))
    return Fact((index,), cast(Formula, AtMost(ZERO, entry))), Fact((), total)


def _definedness(claim: Comparison) -> tuple[Formula, ...]:
    """That each side is defined, where an operation in it may fail."""
    sides = dict.fromkeys((claim.left, claim.right))
    return tuple(cast(Formula, Defined(side)) for side in sides if any(map(_may_fail, subterms(side))))


def _may_fail(node: Node) -> bool:
    """Whether there are numbers for which an operation is not defined: a root, a quotient, a logarithm."""
    match node:
        case Power(_, Number(exponent)):
            return exponent < 0 or exponent.denominator != 1
        case Log():
            return True
    return _is_root(node)


def _is_root(node: Node) -> bool:
    """Whether it is a power whose exponent is no whole number."""
    match node:
        case Power(_, Number(exponent)):
            return exponent.denominator != 1
    return isinstance(node, Power)
