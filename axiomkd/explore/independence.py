"""Independence of axioms: for each of a set a rule that has all the others and fails it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from axiomkd.catalogue import find_statement
from axiomkd.certificate import Certificate, cell_to_json, layout, operator_to_json
from axiomkd.errors import EvidenceError
from axiomkd.explore import grammar
from axiomkd.explore.deciding import attack
from axiomkd.explore.families import proved
from axiomkd.explore.fingerprint import is_explicit, looks_false
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.table import Json, array, integer, record, refuse
from axiomkd.kernel.wire import parse
from axiomkd.operator import Operator
from axiomkd.operators import CATALOGUE
from axiomkd.recheck import CELL, check_cell, operator_from_json, read
from axiomkd.statement import Scope
from axiomkd.verdict import Cell, decide

FORMAT = "axiomkd-independence/1"
RULE = ("axiom", "operator", "cells")
AXIOMS_1_TO_5 = (
    *("convexity.simplex", "positivity.all", "weight_monotonicity.exchange_strict", "continuity.closed"),
    *("temperature.identity", "temperature.uniform", "temperature.argmax"),
)
"""The axioms of arXiv 2601.09165 as printed."""
REPAIRED = (
    *("convexity.simplex", "positivity.all", "weight_monotonicity.log_odds", "continuity.interior"),
    *("temperature.identity", "temperature.uniform", "temperature.argmax"),
)
"""The set that the geometric pool satisfies."""
WITH_ALL = 3
"""How many rules with every property are paired, each held against the others at temperature 1."""
Said = Callable[[str], None]


@dataclass(frozen=True)
class Independence:
    """A set of axioms and for each, where one was found, a rule that has the others and fails it.

    ``size`` is the number of nodes up to which rules were looked through.

    :raises EvidenceError: when a rule does not have the others, or does not fail the axiom.
    """

    required: tuple[str, ...]
    size: int
    rules: tuple[tuple[str, Certificate], ...]

    def __post_init__(self) -> None:
        for axiom, certificate in self.rules:
            if not certificate.operator.any_sizes:
                raise EvidenceError(f"{certificate.operator.id}: expected a rule for any sizes")
            for name in self.required:
                cell, wanted = certificate[name], "refuted" if name == axiom else "proved"
                if (cell.operator, cell.verdict, cell.scope) != (certificate.operator, wanted, Scope()):
                    raise EvidenceError(f"{certificate.operator.id}, {name}: expected {wanted} for any sizes")

    def rule(self, axiom: str) -> Certificate | None:
        """The rule that shows that the others do not imply an axiom."""
        return dict(self.rules).get(axiom)


def independence(required: Sequence[str], size: int, say: Said = lambda _: None) -> Independence:
    """Look for the rules in the catalogue and among those of the grammar with at most so many nodes."""
    found: dict[str, Certificate] = {}
    with_all: list[Operator] = []
    for operator in itertools.chain(_rules(size), _against_another_base(with_all)):
        say(f"{len(found)} of {len(required)} independent; {operator.title}")
        suspect = suspects(operator, required)
        if len(suspect) == 1 and suspect[0] not in found:
            certificate = fails_only(operator, suspect[0], required)
            if certificate is not None:
                found[suspect[0]] = certificate
        if not suspect and len(with_all) < WITH_ALL and _has_all(operator, required):
            with_all.append(operator)
        if len(found) == len(required):
            break
    return Independence(tuple(required), size, tuple((a, found[a]) for a in required if a in found))


def _has_all(operator: Operator, required: Sequence[str]) -> bool:
    plain = operator.written == "expr" and operator.base is None
    return plain and proved(operator, required) is not None


def _rules(size: int) -> Iterator[Operator]:
    known = (declared() for declared in CATALOGUE)
    yield from (operator for operator in known if is_explicit(operator) and operator.any_sizes)
    yield from (grammar.operator(tree) for tree in grammar.up_to(size))


def _against_another_base(operators: Iterable[Operator]) -> Iterator[Operator]:
    """Each rule declared to be another one at temperature 1, which it is not."""
    for one, other in itertools.permutations(operators, 2):
        yield Operator.declare(
            f"{one.id}/for/{other.id.removeprefix(grammar.PREFIX)}",
            expr=one.text,
            base=other.text,
            title=f"{one.title}, declared to be {other.title} at temperature 1",
        )


def suspects(operator: Operator, required: Sequence[str]) -> list[str]:
    """The statements that look false of an operator, at most two; none is asked that it is not asked."""
    false: list[str] = []
    for name in required:
        statement = find_statement(name)
        unasked = statement.goal(operator, Scope()) is None
        if unasked or looks_false(operator, statement) is not None:
            false.append(name)
        if len(false) == 2:
            break
    return false


def fails_only(operator: Operator, axiom: str, required: Sequence[str]) -> Certificate | None:
    """The certificate that an operator has all that is required but one, which it fails."""
    statement = find_statement(axiom)
    refutation = attack(operator, statement)
    if refutation is None:
        return None
    others = proved(operator, [name for name in required if name != axiom])
    if others is None:
        return None
    try:
        failing = decide(Cell(operator, find_statement(axiom), Scope()), refutation)
    except Refused:
        return None
    cells = {cell.statement.id: cell for cell in (*others, failing)}
    return Certificate(operator, tuple(cells[name] for name in required))


# -- as JSON --------------------------------------------------------------------------------


def to_json(found: Sequence[Independence]) -> str:
    """Everything with its evidence, from which :func:`check_text` makes it again."""
    return layout({"format": FORMAT, "sets": [_as_data(independence) for independence in found]})


def _as_data(found: Independence) -> dict[str, Json]:
    rules: list[Json] = [
        {
            "axiom": axiom,
            "operator": operator_to_json(certificate.operator),
            "cells": [cell_to_json(cell) for cell in certificate.cells],
        }
        for axiom, certificate in found.rules
    ]
    return {"required": list(found.required), "size": found.size, "rules": rules}


def check_file(file: Path) -> tuple[Independence, ...]:
    """What a file claims, decided anew; raises as :func:`check_text` does."""
    return check_text(read(file))


def check_text(text: str) -> tuple[Independence, ...]:
    """What a text claims, every cell decided anew.

    :raises axiomkd.errors.AxiomkdError: when the text is no document of this format.
    :raises axiomkd.kernel.judgement.Refused: when anything that it claims is not so.
    """
    data = parse(text)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        refuse("document", f"the format {FORMAT}", data.get("format") if isinstance(data, dict) else data)
    entries = record(data, ("format", "sets"), "document")
    try:
        return tuple(_from_data(entry) for entry in array(entries["sets"], "sets"))
    except EvidenceError as error:
        raise Refused(str(error)) from None


def _from_data(data: Json) -> Independence:
    entries = record(data, ("required", "size", "rules"), "set")
    required = tuple(str(name) for name in array(entries["required"], "required"))
    rules = tuple(_rule(entry) for entry in array(entries["rules"], "rules"))
    return Independence(required, integer(entries["size"], "size", 1), rules)


def _rule(data: Json) -> tuple[str, Certificate]:
    entries = record(data, RULE, "rule")
    operator = operator_from_json(entries["operator"])
    cells = [check_cell(operator, record(e, CELL, operator.id)) for e in array(entries["cells"], "cells")]
    return str(entries["axiom"]), Certificate(operator, tuple(cells))
