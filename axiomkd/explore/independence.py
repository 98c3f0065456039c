"""Independence of axioms: for each of a set a rule that has all the others and fails it.

Where there is none because the others imply the axiom, that is proved instead.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from axiomkd.catalogue import find_statement
from axiomkd.certificate import Certificate, cell_to_json, layout, operator_to_json
from axiomkd.errors import DeclarationError, EvidenceError
from axiomkd.explore import grammar
from axiomkd.explore.deciding import attack, goal_of, settled
from axiomkd.explore.families import proved
from axiomkd.explore.fingerprint import is_explicit, looks_false
from axiomkd.implications import wire
from axiomkd.implications.model import STANDING, Implication, Situation
from axiomkd.implications.search import argue
from axiomkd.implications.verdict import Settled
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.table import Json, array, integer, record, refuse
from axiomkd.kernel.wire import parse
from axiomkd.operator import Operator
from axiomkd.operators import CATALOGUE
from axiomkd.recheck import check_cell, operator_from_json, read, record_of_cell
from axiomkd.statement import Scope
from axiomkd.verdict import Cell, decide

FORMAT = "axiomkd-independence/1"
SET = ("required", "size", "rules", "implied")
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
SEARCHES = ("search",)
"""For what random numbers do not show: a jump where two teachers are equally sure."""
WITH_ALL = 3
"""How many rules with every property are paired, each held against the others at temperature 1."""
Said = Callable[[str], None]


@dataclass(frozen=True)
class Independence:
    """A set of axioms and for each, where one was found, a rule that has the others and fails it.

    ``size`` is the number of nodes up to which rules were looked through; ``implied`` holds proofs that
    some of the axioms follow from others of the set.

    :raises EvidenceError: when a rule does not have the others, or does not fail the axiom, or when a
        proof is not about axioms of the set, or about one that a rule fails.
    """

    required: tuple[str, ...]
    size: int
    rules: tuple[tuple[str, Certificate], ...]
    implied: tuple[Settled, ...] = ()

    def __post_init__(self) -> None:
        for proof in self.implied:
            _check_implied(proof, self.required)
            axiom = proof.implication.conclusion.id
            if self.rule(axiom) is not None:
                raise EvidenceError(f"{axiom}: expected a rule that fails it or a proof of it, got both")
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

    def proof(self, axiom: str) -> Settled | None:
        """The proof that an axiom follows from the others."""
        return {proof.implication.conclusion.id: proof for proof in self.implied}.get(axiom)


def _check_implied(proof: Settled, required: Sequence[str]) -> None:
    implication = proof.implication
    axiom, others = implication.conclusion.id, set(implication.usable)
    if axiom not in required or not others <= set(required) - {axiom}:
        raise EvidenceError(
            f"{axiom}: expected a proof from others of the set, got one from {sorted(others)}"
        )
    if proof.verdict != "proved" or implication.scope != Scope():
        raise EvidenceError(f"{axiom}: expected a proof for any sizes from the others")


def independence(
    required: Sequence[str], size: int, given: Sequence[Operator] = (), say: Said = lambda _: None
) -> Independence:
    """Look for the rules among those given, in the catalogue, and in the grammar up to so many nodes.

    Where none is found, that the axiom follows from the others is proved, if it does.

    :raises DeclarationError: when a rule is given that is not one for any sizes.
    """
    for operator in given:
        if not operator.any_sizes:
            raise DeclarationError(f"{operator.id}: expected a rule for any sizes, got one for some")
    rules = _found(required, (*given, *_catalogue()), _enumerated(size), say)
    open_ = [name for name in required if name not in rules]
    shown = tuple((axiom, rules[axiom]) for axiom in required if axiom in rules)
    return Independence(tuple(required), size, shown, tuple(_implied(required, open_)))


def _implied(required: Sequence[str], open_: Sequence[str]) -> Iterator[Settled]:
    """Those of the open axioms that follow from others, of which each speaks of the values of a rule.

    Rules that write temperatures or unsoftened teachers themselves are not meant in such a proof, so it
    is asked for only where no rule has been found.
    """
    usable = [name for name in required if _speaks_of_values(name)]
    for axiom in (name for name in usable if name in open_ and STANDING in usable):
        others = [name for name in usable if name not in (axiom, STANDING)]
        for premises in [] if axiom == STANDING else [*((name,) for name in others), others]:
            claim = Implication(tuple(map(find_statement, (STANDING, *premises))), find_statement(axiom))
            argument = argue(claim)
            if argument is not None:
                yield Settled(claim, argument)
                break


def _speaks_of_values(name: str) -> bool:
    try:
        Situation(Implication((), find_statement(name)))
    except DeclarationError:
        return False
    return True


def _found(
    required: Sequence[str],
    declared: Sequence[Operator],
    enumerated: Iterable[Operator],
    say: Said,
) -> dict[str, Certificate]:
    """For each axiom the first rule that fails it and has all the others.

    Of rules that were declared what random numbers do not show is looked for too.
    """
    found: dict[str, Certificate] = {}
    with_all: list[Operator] = []
    for operator in itertools.chain(declared, enumerated, _against_another_base(with_all)):
        say(f"{len(found)} of {len(required)} independent; {operator.title or operator.id}")
        suspect = suspects(operator, required)
        if not suspect and (operator in declared or len(with_all) < WITH_ALL):
            suspect = _unproved(operator, required)
            with_all += [operator] if not suspect and _is_plain(operator) else []
        if len(suspect) == 1 and suspect[0] not in found:
            certificate = fails_only(operator, suspect[0], required)
            found |= {} if certificate is None else {suspect[0]: certificate}
        if len(found) == len(required):
            break
    return found


def _is_plain(operator: Operator) -> bool:
    """Whether it can be declared again as another rule at temperature 1."""
    return operator.written == "expr" and operator.base is None


def _unproved(operator: Operator, required: Sequence[str]) -> list[str]:
    """The axioms that nothing speaks against and that are not proved either, at most two."""
    return list(itertools.islice((name for name in required if proved(operator, [name]) is None), 2))


def _catalogue() -> list[Operator]:
    known = (declared() for declared in CATALOGUE)
    return [operator for operator in known if is_explicit(operator) and operator.any_sizes]


def _enumerated(size: int) -> Iterator[Operator]:
    return (grammar.operator(tree) for tree in grammar.up_to(size))


def _against_another_base(operators: Iterable[Operator]) -> Iterator[Operator]:
    """Each rule declared to be another one at temperature 1, which it is not."""
    for one, other in itertools.permutations(itertools.islice(operators, WITH_ALL), 2):
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
    failing, others = _refuted(operator, axiom), [name for name in required if name != axiom]
    cells = proved(operator, others) if failing is not None else None
    if failing is None or cells is None:
        return None
    found = {cell.statement.id: cell for cell in (*cells, failing)}
    return Certificate(operator, tuple(found[name] for name in required))


def _refuted(operator: Operator, axiom: str) -> Cell | None:
    statement = find_statement(axiom)
    if statement.goal(operator, Scope()) is None:
        return None
    refutation = attack(operator, statement) or settled(goal_of(statement, operator), SEARCHES)[0]
    try:
        cell = decide(Cell(operator, statement, Scope()), refutation) if refutation else None
    except Refused:
        return None
    return cell if cell is not None and cell.verdict == "refuted" else None


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
    implied: list[Json] = [wire.as_data(proof) for proof in found.implied]
    return {"required": list(found.required), "size": found.size, "rules": rules, "implied": implied}


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
    entries = record(data, SET, "set")
    required = tuple(str(name) for name in array(entries["required"], "required"))
    rules = tuple(_rule(entry) for entry in array(entries["rules"], "rules"))
    implied = tuple(map(wire.from_data, array(entries["implied"], "implied")))
    return Independence(required, integer(entries["size"], "size", 1), rules, implied)


def _rule(data: Json) -> tuple[str, Certificate]:
    entries = record(data, RULE, "rule")
    operator = operator_from_json(entries["operator"])
    cells = [check_cell(operator, record_of_cell(e, operator.id)) for e in array(entries["cells"], "cells")]
    return str(entries["axiom"]), Certificate(operator, tuple(cells))
