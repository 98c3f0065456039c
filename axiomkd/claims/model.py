"""The claims of a paper as data: what is printed, what it asks of rules, and a repair where it fails."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from axiomkd.catalogue import find_statement
from axiomkd.errors import DeclarationError, UnknownName
from axiomkd.implications.model import Implication
from axiomkd.language import toml
from axiomkd.language.signature import nearest
from axiomkd.operator import Operator
from axiomkd.registry import find_operator, operators
from axiomkd.statement import Scope, Statement
from axiomkd.theories.ensemble.equality import same_rule

PLACES = (Path(__file__).parent / "papers", Path(__file__).parents[2] / "proofs" / "claims")
"""Where the files of claims are: in an installed package, in a checkout."""
VERDICTS = ("true", "false", "open")
CLAIM = ("id", "place", "printed", "expected", "repair", "printed_parts", "repaired_parts")


@dataclass(frozen=True)
class Satisfies:
    """Operators satisfy statements at a scope."""

    operators: tuple[Operator, ...]
    statements: tuple[Statement, ...]
    scope: Scope


@dataclass(frozen=True)
class Follows:
    """Every rule that satisfies the premises satisfies the conclusion; ``candidates`` may refute it."""

    implication: Implication
    candidates: tuple[Operator, ...]


@dataclass(frozen=True)
class Part:
    """Something that a claim asserts; with ``holds`` false, it asserts that this is not so."""

    asserted: Satisfies | Follows
    holds: bool = True


@dataclass(frozen=True)
class Claim:
    """A claim as printed, in this project's notation, and the repair where it fails."""

    id: str
    place: str
    printed: str
    expected: str
    parts: tuple[Part, ...]
    repair: str = ""
    repaired: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Survey:
    """Inequalities that operators are asked about: which of them fail, and by what factor at most."""

    question: str
    operators: tuple[Operator, ...]
    statements: tuple[Statement, ...]
    answer: str = ""
    parts: tuple[Part, ...] = ()
    """What holds all the same, in words and as it is asserted."""


@dataclass(frozen=True)
class Paper:
    """A paper and its claims."""

    id: str
    title: str
    subject: str
    claims: tuple[Claim, ...]
    survey: Survey | None = None
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Titles of sets of statements, with their ids."""


def papers() -> list[str]:
    """The ids of the papers whose claims are known."""
    return sorted({path.stem for place in PLACES for path in place.glob("*.toml")})


def find_paper(name: str) -> Paper:
    """The paper with this id.

    :raises UnknownName: when there is none, with the known ids.
    """
    known = papers()
    if name not in known:
        hint = nearest(name, known)
        raise UnknownName(f"expected the id of a paper ({', '.join(known)}), got {name}{hint}")
    return read_paper(next(path for place in PLACES if (path := place / f"{name}.toml").exists()))


def read_paper(path: Path) -> Paper:
    """The paper that a file is about.

    :raises AxiomkdError: for a key or a value that is not expected, with its place.
    """
    try:
        tables = tomllib.loads(toml.read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise DeclarationError(f"{path}: {error}") from None
    return _Reading(path, tables).paper()


@dataclass(frozen=True)
class _Reading:
    path: Path
    tables: Mapping[str, object]

    def paper(self) -> Paper:
        toml.check_keys(self.tables, ("paper", "lists", "operator", "claim", "survey"), str(self.path))
        paper = toml.table(self.tables.get("paper"), "[paper]")
        keys = ("id", "title", "subject")
        toml.check_keys(paper, keys, "[paper]")
        claims = tuple(self.claim(table) for table in _tables(self.tables.get("claim"), "[[claim]]"))
        name, title, subject = (toml.label(paper.get(key), f"[paper] {key}") for key in keys)
        return Paper(name, title, subject, claims, self.survey(), tuple(self.lists().values()))

    def lists(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        """The lists of the file by name: title and statements."""
        tables = toml.table(self.tables.get("lists", {}), "[lists]")
        return {name: _list(toml.table(table, f"[lists.{name}]"), name) for name, table in tables.items()}

    def survey(self) -> Survey | None:
        if "survey" not in self.tables:
            return None
        table = toml.table(self.tables["survey"], "[survey]")
        keys = ("question", "operators", "statements", "answer", "answer_parts")
        toml.check_keys(table, keys, "[survey]")
        return Survey(
            toml.string(table.get("question"), "[survey] question"),
            self.named(table.get("operators"), "[survey]"),
            self.statements(table.get("statements"), "[survey]"),
            toml.string(table.get("answer", ""), "[survey] answer"),
            self.parts(table.get("answer_parts", []), "[survey]"),
        )

    def operators(self) -> dict[str, Operator]:
        """The operators that the file itself declares, by ids that nobody else has."""
        found: dict[str, Operator] = {}
        for table in _tables(self.tables.get("operator", []), "[[operator]]"):
            parameters = {"parameters": table["parameters"]} if "parameters" in table else {}
            plain = {key: value for key, value in table.items() if key != "parameters"}
            operator = Operator.from_tables({"operator": plain, **parameters})
            if operator.id in found or operator.id in {known.id for known in operators()}:
                raise DeclarationError(f"[[operator]]: expected an id of its own, got {operator.id} again")
            found[operator.id] = operator
        return found

    def claim(self, table: Mapping[str, object]) -> Claim:
        where = f"[[claim]] {table.get('id')}"
        toml.check_keys(table, CLAIM, where)
        expected = toml.label(table.get("expected"), f"{where} expected")
        if expected not in VERDICTS:
            raise DeclarationError(f"{where}: expected one of {', '.join(VERDICTS)}, got {expected}")
        return Claim(
            id=toml.label(table.get("id"), where),
            place=toml.label(table.get("place"), f"{where} place"),
            printed=toml.string(table.get("printed"), f"{where} printed"),
            expected=expected,
            parts=self.printed(table.get("printed_parts"), where),
            repair=toml.string(table.get("repair", ""), f"{where} repair"),
            repaired=self.parts(table.get("repaired_parts", []), where),
        )

    def parts(self, value: object, where: str) -> tuple[Part, ...]:
        return tuple(part for table in _tables(value, where) for part in self.part(table, where))

    def printed(self, value: object, where: str) -> tuple[Part, ...]:
        parts = self.parts(value, where)
        if not parts:
            raise DeclarationError(f"{where} printed_parts: expected at least one part, got none")
        return parts

    def part(self, table: Mapping[str, object], where: str) -> list[Part]:
        holds, scope = table.get("holds", True), Scope(_size(table, "K"), _size(table, "V"))
        if not isinstance(holds, bool):
            raise DeclarationError(f"{where} holds: expected true or false, got {toml.described(holds)}")
        if "satisfy" in table:
            toml.check_keys(table, ("operators", "satisfy", "holds", "K", "V"), where)
            statements = self.statements(table["satisfy"], where)
            satisfied = Satisfies(
                self.named(_some(_words(table.get("operators"), where), where), where), statements, scope
            )
            return [Part(self.asked(satisfied, where), holds)]
        if "conclusions" in table:
            toml.check_keys(table, ("premises", "conclusions", "try", "holds", "K", "V"), where)
            premises = self.statements(table.get("premises"), where)
            candidates = self.named(table.get("try", []), where)
            conclusions = self.statements(table["conclusions"], where)
            return [Part(Follows(Implication(premises, c, scope), candidates), holds) for c in conclusions]
        toml.check_keys(table, ("distinct", "K", "V"), where)
        rules = self.named(_some(table.get("distinct"), where), where)
        pairs = [(first, second) for n, first in enumerate(rules) for second in rules[n + 1 :]]
        return [Part(Satisfies((one,), (same_rule(other),), scope), False) for one, other in pairs]

    def named(self, value: object, where: str) -> tuple[Operator, ...]:
        own = self.operators()
        return tuple(own.get(name) or find_operator(name) for name in _words(value, where))

    def asked(self, satisfied: Satisfies, where: str) -> Satisfies:
        """The same, if every statement is asked of every operator."""
        for operator in satisfied.operators:
            for statement in satisfied.statements:
                if statement.goal(operator, satisfied.scope) is None:
                    raise DeclarationError(f"{where}: {statement.id} is not asked of {operator.id} there")
        return satisfied

    def statements(self, value: object, where: str) -> tuple[Statement, ...]:
        """The statements with these ids; the name of a list stands for those in it."""
        lists, names = self.lists(), list[str]()
        for name in _some(value, where):
            names += lists[name][1] if name in lists else [name]
        return tuple(map(find_statement, names))


def _list(table: Mapping[str, object], name: str) -> tuple[str, tuple[str, ...]]:
    where = f"[lists.{name}]"
    toml.check_keys(table, ("title", "statements"), where)
    return toml.label(table.get("title"), where), tuple(_words(table.get("statements"), where))


def _size(table: Mapping[str, object], name: str) -> int | None:
    value = table.get(name)
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and value > 0):
        return value
    raise DeclarationError(f"{name}: expected a positive integer, got {toml.described(value)}")


def _tables(value: object, where: str) -> list[Mapping[str, object]]:
    if not isinstance(value, list):
        raise DeclarationError(f"{where}: expected an array of tables, got {toml.described(value)}")
    return [toml.table(entry, where) for entry in value]


def _words(value: object, where: str) -> list[str]:
    if not isinstance(value, list):
        raise DeclarationError(f"{where}: expected a list of names, got {toml.described(value)}")
    return [toml.label(entry, where) for entry in value]


def _some(value: object, where: str) -> list[str]:
    """A list that says something: nothing is true of nothing here."""
    found = _words(value, where)
    if not found:
        raise DeclarationError(f"{where}: expected at least one name, got none")
    return found
