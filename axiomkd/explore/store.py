"""One SQLite file that holds what was found about candidates; what is read from it is checked again."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from axiomkd.catalogue import find_statement
from axiomkd.errors import DeclarationError, EvidenceError
from axiomkd.kernel.evidence import Evidence
from axiomkd.kernel.judgement import Goal
from axiomkd.kernel.table import Json
from axiomkd.kernel.wire import cell_from_json, goal_to_json, parse
from axiomkd.operator import Operator
from axiomkd.statement import Scope
from axiomkd.verdict import Cell, decide

SCHEMA = "1"
"""The version of the tables; a file of another version is refused."""
TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE evidence (sha256 TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE candidates (
  number INTEGER PRIMARY KEY, nodes INTEGER NOT NULL, id TEXT NOT NULL, declaration TEXT NOT NULL,
  fingerprint TEXT NOT NULL, outcome TEXT NOT NULL, seconds REAL NOT NULL);
CREATE TABLE cells (
  candidate INTEGER NOT NULL REFERENCES candidates, place INTEGER NOT NULL, statement TEXT NOT NULL,
  verdict TEXT NOT NULL, evidence TEXT REFERENCES evidence, tried TEXT NOT NULL,
  PRIMARY KEY (candidate, place));
CREATE TABLE twins (
  candidate INTEGER PRIMARY KEY REFERENCES candidates, twin INTEGER NOT NULL, alike TEXT NOT NULL,
  evidence TEXT REFERENCES evidence);
"""


@dataclass(frozen=True)
class Entry:
    """A candidate as it is stored: its number in the enumeration and what came of it.

    ``outcome`` is ``"satisfies"``, ``"refuted"``, ``"undecided"`` or ``"merged"``. ``statement`` is the one
    that decided it: refuted, or the first that is undecided. ``alike`` says how it stands to the ``twin``
    with the same fingerprint: ``"equal"``, ``"separated"`` or ``"unresolved"``.
    """

    number: int
    nodes: int
    id: str
    title: str
    outcome: str
    seconds: float
    statement: str = ""
    twin: str = ""
    alike: str = ""


@dataclass(frozen=True)
class Decided:
    """A candidate with what the kernel has accepted about it, to be stored."""

    number: int
    nodes: int
    operator: Operator
    fingerprint: str
    outcome: str
    seconds: float
    cells: tuple[tuple[Cell, Json], ...] = ()
    twin: tuple[int, str, Json] | None = None


class Store:
    """The file, or a store in memory where there is none.

    :raises DeclarationError: when the file is no store of this version, or cannot be opened.
    """

    def __init__(self, file: Path | None) -> None:
        self.name = str(file or "the store in memory")
        try:
            self.connection = sqlite3.connect(file or ":memory:")
            self.connection.execute("PRAGMA journal_mode = WAL")
            self.connection.execute("PRAGMA synchronous = NORMAL")
            if not self.connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                with self.connection:
                    self.connection.executescript(TABLES)
                    self._set("schema", SCHEMA)
            found = self._get("schema")
        except sqlite3.Error as error:
            raise DeclarationError(f"{self.name}: expected a store of candidates: {error}") from None
        if found != SCHEMA:
            raise DeclarationError(f"{self.name}: expected a store of version {SCHEMA}, got {found}")

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def _get(self, key: str) -> str:
        row = self.connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else ""

    def _set(self, key: str, value: str) -> None:
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    @property
    def required(self) -> tuple[str, ...]:
        """The statements that are required of the candidates."""
        return tuple(filter(None, self._get("required").split(",")))

    def begin(self, required: tuple[str, ...], resume: bool) -> None:
        """Say what is required.

        :raises DeclarationError: when the store already holds candidates and is not to be continued, or
            something else was required of them.
        """
        if self.required and not resume:
            raise DeclarationError(f"{self.name}: expected a new file or --resume, got a store of candidates")
        if self.required and self.required != required:
            found = ",".join(self.required)
            raise DeclarationError(f"{self.name}: expected --require {found}, got {','.join(required)}")
        with self.connection:
            self._set("required", ",".join(required))

    def fingerprints(self) -> dict[int, str]:
        """What is stored already: the candidates' numbers with their fingerprints."""
        return dict(self.connection.execute("SELECT number, fingerprint FROM candidates"))

    def add(self, found: Decided) -> None:
        """Store a candidate with all its evidence, or nothing of it."""
        declaration = json.dumps(found.operator.to_tables())
        of_operator = (found.operator.id, declaration, found.fingerprint)
        row = (found.number, found.nodes, *of_operator, found.outcome, found.seconds)
        with self.connection:
            self.connection.execute("INSERT INTO candidates VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            for place, (cell, evidence) in enumerate(found.cells):
                of_cell = cell.statement.id, cell.verdict, self._kept(evidence), json.dumps(cell.tried)
                values = (found.number, place, *of_cell)
                self.connection.execute("INSERT INTO cells VALUES (?, ?, ?, ?, ?, ?)", values)
            if found.twin is not None:
                twin, alike, evidence = found.twin
                of_twin = found.number, twin, alike, self._kept(evidence)
                self.connection.execute("INSERT INTO twins VALUES (?, ?, ?, ?)", of_twin)

    def _kept(self, evidence: Json) -> str | None:
        """Evidence under the hash of its text, once."""
        if evidence is None:
            return None
        body = json.dumps(evidence, separators=(",", ":"), ensure_ascii=False)
        name = hashlib.sha256(body.encode()).hexdigest()
        self.connection.execute("INSERT OR IGNORE INTO evidence VALUES (?, ?)", (name, body))
        return name

    def entries(self, outcome: str | None = None) -> Iterator[Entry]:
        """The candidates in the order of the enumeration; with one outcome, if it is named."""
        rows = self.connection.execute(
            """SELECT c.number, nodes, id, declaration, outcome, seconds, d.statement, twin, alike
            FROM candidates c LEFT JOIN twins t ON t.candidate = c.number
            LEFT JOIN (SELECT candidate, MIN(place), statement FROM cells WHERE verdict != 'proved'
            GROUP BY candidate) d ON d.candidate = c.number
            WHERE c.outcome = ?1 OR ?1 IS NULL ORDER BY c.number""",
            (outcome,),
        )
        for number, nodes, name, declaration, found, seconds, statement, twin, alike in rows:
            title = json.loads(declaration)["operator"]["title"]
            twin_title = "" if twin is None else self.operator(twin).title
            yield Entry(number, nodes, name, title, found, seconds, statement or "", twin_title, alike or "")

    def operator(self, number: int) -> Operator:
        """A candidate, from its declaration."""
        query = "SELECT declaration FROM candidates WHERE number = ?"
        return Operator.from_tables(json.loads(self.connection.execute(query, (number,)).fetchone()[0]))

    def cells(self, number: int) -> tuple[Cell, ...]:
        """The cells of a candidate, each decided anew.

        :raises EvidenceError: when a text is not the one that its hash is of.
        :raises axiomkd.kernel.judgement.Refused: when the kernel does not accept the evidence.
        """
        operator = self.operator(number)
        rows = self.connection.execute(
            """SELECT statement, sha256, body, tried FROM cells LEFT JOIN evidence ON evidence = sha256
            WHERE candidate = ? ORDER BY place""",
            (number,),
        )
        return tuple(_cell(operator, *row) for row in rows)

    def counts(self) -> dict[tuple[int, str], int]:
        """How many candidates have an outcome, by number of nodes and outcome."""
        query = "SELECT nodes, outcome, COUNT(*) FROM candidates GROUP BY nodes, outcome"
        return {(nodes, outcome): count for nodes, outcome, count in self.connection.execute(query)}

    def refuting(self) -> dict[str, int]:
        """How many candidates each statement has refuted."""
        query = "SELECT statement, COUNT(*) FROM cells WHERE verdict = 'refuted' GROUP BY statement"
        return dict(self.connection.execute(query))


def _cell(operator: Operator, statement: str, name: str | None, body: str | None, tried: str) -> Cell:
    cell = Cell(operator, find_statement(statement), Scope(), tried=tuple(json.loads(tried)))
    if body is None:
        return cell
    if hashlib.sha256(body.encode()).hexdigest() != name:
        raise EvidenceError(f"{operator.id}, {statement}: expected evidence of the hash {name}, got other")
    return decide(cell, evidence_of(cell.goal, parse(body)))


def evidence_of(goal: Goal, data: Json) -> Evidence:
    """Evidence about a goal from plain data, which the kernel has yet to accept."""
    return cell_from_json(goal_to_json(goal), data)[1]
