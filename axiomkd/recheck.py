"""Checking a certificate again, from its text alone."""

from __future__ import annotations

import gc
import gzip
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from axiomkd.catalogue import find_statement
from axiomkd.certificate import Certificate, margin_to_json, smallest_to_json
from axiomkd.errors import AxiomkdError, DeclarationError, EvidenceError
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.table import Json, array, integer, record, refuse
from axiomkd.kernel.wire import FORMAT, cell_from_json, goal_to_json, parse
from axiomkd.operator import Operator
from axiomkd.statement import Scope, Statement
from axiomkd.verdict import Cell, decide

CERTIFICATE = ("format", "operator", "cells", "run")
CLAIM = ("scope", "goal", "evidence")
CELL = ("statement", "verdict", *CLAIM, "margin", "smallest", "tried", "vacuous", "proved_at")
_FORMAT = re.compile(r'"format": *"([^"]{1,60})"')
LEAST = {"K": 1, "V": 2}


@dataclass(frozen=True)
class Outcome:
    """The statements whose cells stand, by verdict, and the refused cells with the reasons.

    ``standing`` is the certificate without the refused cells, as data; ``certificate`` is that decided anew.
    """

    operator: str
    accepted: tuple[tuple[str, str], ...]
    refused: tuple[str, ...]
    standing: dict[str, Json]
    certificate: Certificate


def check_file(file: Path) -> Outcome:
    """Check every cell of a certificate that stands in a file.

    :raises axiomkd.errors.AxiomkdError: when it cannot be read or is not a certificate of this format.
    """
    return check_certificate(read(file))


def read(file: Path) -> str:
    """The text of a file, which is compressed when its name ends in ``.gz``.

    :raises DeclarationError: when it cannot be read.
    """
    try:
        data = file.read_bytes()
        return (gzip.decompress(data) if file.suffix == ".gz" else data).decode("utf-8")
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise DeclarationError(f"{file}: expected a file compressed by gzip: {error}") from None
    except OSError as error:
        raise DeclarationError(f"{file}: expected a readable file: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise DeclarationError(f"{file}: expected UTF-8: {error.reason}") from None


def format_of(file: Path) -> str:
    """The format that a file says it has in its first lines, empty where it says none."""
    found = _FORMAT.search(read(file)[:100])
    return found[1] if found else ""


def check_certificate(text: str) -> Outcome:
    """Check every cell of a certificate, rebuilding each goal before the kernel sees its evidence.

    The goal comes from the operator's text, the statement's id and the scope; a cell that
    stores another goal is refused.

    :raises axiomkd.errors.AxiomkdError: when the text is not a certificate of this format.
    """
    data = parse(text)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        refuse("certificate", f"the format {FORMAT}", data.get("format") if isinstance(data, dict) else data)
    entries = record(data, CERTIFICATE, "certificate")
    operator = operator_from_json(entries["operator"])
    cells: list[Cell] = []
    refused: list[str] = []
    standing: list[Json] = []
    with _uncollected():
        for place, entry in enumerate(array(entries["cells"], "cells")):
            found = record_of_cell(entry, f"cell {place}")
            where = f"cell {place} ({found['statement']})"
            try:
                cells.append(_within(where, operator, found))
                standing.append(entry)
            except Refused as error:
                refused.append(f"{where}: {error}")
    accepted = tuple((cell.statement.id, cell.verdict) for cell in cells)
    run = record_of_run(entries["run"])
    certificate = Certificate(operator, tuple(cells), run)
    return Outcome(operator.id, accepted, tuple(refused), {**entries, "cells": standing}, certificate)


def record_of_run(data: Json) -> dict[str, Json]:
    """What a certificate says of the run in which it was made: it is shown, never believed."""
    return data if isinstance(data, dict) else refuse("run", "an object", data)


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for garbage while cells are checked: their terms are all kept to the end."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


def operator_from_json(data: Json) -> Operator:
    """The operator that a certificate is about, built from its text."""
    table = dict(data) if isinstance(data, dict) else refuse("operator", "an object", data)
    parameters = table.pop("parameters", {})
    return Operator.from_tables({"operator": table, "parameters": parameters})


def _within(where: str, operator: Operator, entry: dict[str, Json]) -> Cell:
    try:
        return check_cell(operator, entry)
    except AxiomkdError as error:
        raise EvidenceError(f"{where}: {error}") from None


def check_cell(operator: Operator, entry: dict[str, Json]) -> Cell:
    """The cell that a certificate claims, decided anew.

    :raises axiomkd.kernel.judgement.Refused: when anything that it claims is not so.
    """
    name = entry["statement"]
    statement = find_statement(name) if isinstance(name, str) else refuse("statement", "an id", name)
    return check_cell_of(operator, statement, entry)


def check_cell_of(operator: Operator, statement: Statement, entry: dict[str, Json]) -> Cell:
    """The cell that a certificate claims about a statement, whether or not the catalogue has it."""
    cell = _check_claim(operator, statement, entry)
    if "argument" in entry:
        cell = _check_argument(cell, entry["argument"])
    _agree("verdict", cell.verdict, entry["verdict"])
    _agree("margin", margin_to_json(cell), entry["margin"])
    _agree("smallest sizes", smallest_to_json(cell), entry["smallest"])
    _agree("vacuity", cell.vacuous, entry["vacuous"])
    parts = [
        _check_claim(operator, statement, record(part, CLAIM, "proved_at"))
        for part in array(entry["proved_at"], "proved_at")
    ]
    for part in parts:
        _agree("verdict of proved_at", "proved", part.verdict)
    tried = tuple(str(line) for line in array(entry["tried"], "tried"))
    return replace(cell, tried=tried, proved_at=tuple(parts))


def _check_claim(operator: Operator, statement: Statement, entry: dict[str, Json]) -> Cell:
    cell = Cell(operator, statement, scope_from_json(entry["scope"], statement.domain))
    goal = statement.goal(operator, cell.scope)
    if goal is None:
        raise Refused(f"expected a statement that is asked of {operator.id}, got {statement.id}")
    rebuilt = goal_to_json(goal)
    if entry["goal"] != rebuilt:
        raise Refused("expected the goal of this statement about this operator, got another goal")
    if entry["evidence"] is None:
        return cell
    return decide(cell, cell_from_json(rebuilt, entry["evidence"])[1])


def record_of_cell(entry: Json, where: str) -> dict[str, Json]:
    """A cell as data: an argument is there only where a theorem proves the statement."""
    argued = isinstance(entry, dict) and "argument" in entry
    return record(entry, (*CELL, "argument") if argued else CELL, where)


def _check_argument(cell: Cell, data: Json) -> Cell:
    """The cell with the theorem that it names, every part decided anew."""
    entries = record(data, ("theorem", "parts"), "argument")
    known = cell.statement.arguments_for(cell.operator) or ()
    argument = next((found for found in known if found.id == entries["theorem"]), None)
    if argument is None:
        raise Refused(f"expected a theorem for {cell.statement.id}, got {entries['theorem']}")
    given = [record(part, ("statement", *CLAIM), "part") for part in array(entries["parts"], "parts")]
    needed = [statement.id for statement in argument.parts]
    if [part["statement"] for part in given] != needed:
        raise Refused(f"expected the parts {', '.join(needed)}, got others")
    pairs = zip(argument.parts, given, strict=True)
    parts = tuple(_check_claim(cell.operator, statement, part) for statement, part in pairs)
    for part in parts:
        _agree(f"verdict of {part.statement.id}", "proved", part.verdict)
        _agree(f"scope of {part.statement.id}", str(cell.scope), str(part.scope))
    return replace(cell, argument=argument.id, parts=parts)


def _agree(what: str, found: Json, claimed: Json) -> None:
    if found != claimed:
        raise Refused(f"expected the {what} {found}, got {claimed}")


def scope_from_json(data: Json, domain: str) -> Scope:
    """The scope that plain data describe; raises ``Refused`` for one of another domain."""
    entries = record(data, ("K", "V", "domain"), "scope")
    if entries["domain"] != domain:
        raise Refused(f"expected the domain {domain}, got {entries['domain']}")
    sizes = [
        None if entries[name] == "any" else integer(entries[name], f"scope {name}", least)
        for name, least in LEAST.items()
    ]
    return Scope(*sizes)
