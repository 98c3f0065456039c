"""Implications as JSON and back: everything that is claimed is checked again when it is read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

from axiomkd.catalogue import find_statement
from axiomkd.certificate import Certificate, cell_to_json, layout, operator_to_json, scope_to_json
from axiomkd.implications.model import SAME, Argument, Implication, Instance, Situation
from axiomkd.implications.substitution import in_other_sorts, premise_goal
from axiomkd.implications.verdict import Settled
from axiomkd.kernel.evidence import Derivation
from axiomkd.kernel.judgement import Goal, Refused
from axiomkd.kernel.table import Json, array, record, refuse
from axiomkd.kernel.terms import Equal, Formula, Free, Index, Same, Term, Variable, variable
from axiomkd.kernel.wire import cell_from_json, evidence_to_json, goal_from_json, goal_to_json, parse
from axiomkd.operator import Operator
from axiomkd.recheck import check_cell, operator_from_json, read, scope_from_json
from axiomkd.statement import Statement

FORMAT = "axiomkd-implication/1"
IMPLICATION = (
    "format",
    "premises",
    "conclusion",
    "scope",
    "verdict",
    "proof",
    "counterexample",
    "tried",
)
PROOF = ("lemmas", "instances", "goal", "evidence")
LEMMA = ("statement", "proof")
INSTANCE = ("premise", "input", "sorts", "conditional", "goal", "evidence")


def to_json(settled: Settled) -> str:
    """The implication with its proof or the certificate that refutes it."""
    return layout(as_data(settled))


def as_data(settled: Settled) -> dict[str, Json]:
    """The same as plain data."""
    implication = settled.implication
    return {
        "format": FORMAT,
        "premises": [statement.id for statement in implication.premises],
        "conclusion": implication.conclusion.id,
        "scope": scope_to_json(implication.scope, implication.conclusion.domain),
        "verdict": settled.verdict,
        "proof": _proof_to_json(implication, settled.argument) if settled.argument else None,
        "counterexample": _certificate_to_json(settled.counterexample) if settled.counterexample else None,
        "tried": list(settled.tried),
    }


def _certificate_to_json(certificate: Certificate) -> Json:
    return {
        "operator": operator_to_json(certificate.operator),
        "cells": [cell_to_json(cell) for cell in certificate.cells],
    }


def _proof_to_json(implication: Implication, argument: Argument) -> Json:
    lemmas, given = list[Json](), implication
    for statement, proof in argument.lemmas:
        own = _proof_to_json(replace(given, conclusion=statement), proof)
        lemmas.append({"statement": statement.id, "proof": own})
        given = replace(given, premises=(*given.premises, statement))
    situation, written = Situation(given), list[Json]()
    for instance, derivation in argument.instances:
        asked = situation.obligations(instance)
        entry: dict[str, Json] = {
            "premise": instance.premise,
            "input": goal_to_json(_input(situation, instance)),
            "sorts": dict(instance.sorts),
            "conditional": instance.conditional,
            "goal": goal_to_json(asked) if asked else None,
            "evidence": evidence_to_json(asked, derivation) if asked and derivation else None,
        }
        written.append(entry)
        situation.add(instance)
    evidence = evidence_to_json(situation.goal, argument.derivation)
    goal = goal_to_json(situation.goal)
    return {"lemmas": lemmas, "instances": written, "goal": goal, "evidence": evidence}


def _input(situation: Situation, instance: Instance) -> Goal:
    """What stands for the variables and indices of a premise, as formulas of one goal."""
    variables = dict(situation.goal.variables)
    if instance.premise != SAME:
        premise = premise_goal(instance.premise, situation.implication.scope)
        variables = dict(in_other_sorts(premise, instance.sorts).variables) | variables
    definitions = [Equal(variable(name, *formal), value) for name, formal, value in instance.definitions]
    indices = [Same(index, chosen) for index, chosen in instance.indices]
    formulas = cast("tuple[Formula, ...]", (*definitions, *indices))
    return Goal(situation.goal.sizes, tuple(variables.items()), (), formulas or (_NOTHING,))


_NOTHING = cast(Formula, Same(Free("k", "teacher"), Free("k", "teacher")))
"""A goal says something: where nothing is defined, that an index is itself."""


def check_file(file: Path) -> Settled:
    """The implication that a file claims, settled anew; raises as :func:`check_implication` does."""
    return check_implication(read(file))


def check_implication(text: str) -> Settled:
    """The implication that a text claims, settled anew.

    :raises axiomkd.errors.AxiomkdError: when the text is no implication of this format.
    :raises axiomkd.kernel.judgement.Refused: when anything that it claims is not so.
    """
    data = parse(text)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        refuse("implication", f"the format {FORMAT}", data.get("format") if isinstance(data, dict) else data)
    return from_data(data)


def from_data(data: Json) -> Settled:
    """The same from plain data."""
    entries = record(data, IMPLICATION, "implication")
    premises = tuple(find_statement(_word(name)) for name in array(entries["premises"], "premises"))
    conclusion = find_statement(_word(entries["conclusion"]))
    implication = Implication(premises, conclusion, scope_from_json(entries["scope"], conclusion.domain))
    proof, counterexample = entries["proof"], entries["counterexample"]
    settled = Settled(
        implication,
        None if proof is None else _argument(implication, proof),
        counterexample=None if counterexample is None else _certificate(counterexample),
        tried=tuple(map(_word, array(entries["tried"], "tried"))),
    )
    if settled.verdict != entries["verdict"]:
        raise Refused(f"expected the verdict {settled.verdict}, got {entries['verdict']}")
    return settled


def _word(value: Json) -> str:
    return value if isinstance(value, str) else refuse("implication", "a text", value)


def _certificate(data: Json) -> Certificate:
    entries = record(data, ("operator", "cells"), "counterexample")
    operator: Operator = operator_from_json(entries["operator"])
    cells = [check_cell(operator, cast("dict[str, Json]", cell)) for cell in array(entries["cells"], "cells")]
    return Certificate(operator, tuple(cells))


def _argument(implication: Implication, data: Json) -> Argument:
    entries = record(data, PROOF, "proof")
    lemmas, given = list[tuple[Statement, Argument]](), implication
    for place, entry in enumerate(array(entries["lemmas"], "lemmas")):
        lemma = record(entry, LEMMA, f"lemma {place}")
        statement = find_statement(_word(lemma["statement"]))
        lemmas.append((statement, _argument(replace(given, conclusion=statement), lemma["proof"])))
        given = replace(given, premises=(*given.premises, statement))
    situation, used = Situation(given), list[tuple[Instance, Derivation | None]]()
    for place, entry in enumerate(array(entries["instances"], "instances")):
        found = record(entry, INSTANCE, f"instance {place}")
        instance = _instance(found)
        asked = situation.obligations(instance)
        used.append((instance, _derivation(asked, found, f"instance {place}") if asked else None))
        situation.add(instance)
    derivation = _derivation(situation.goal, entries, "proof")
    return Argument(tuple(used), derivation, tuple(lemmas))


def _derivation(goal: Goal, entries: dict[str, Json], where: str) -> Derivation:
    rebuilt = goal_to_json(goal)
    if entries["goal"] != rebuilt:
        raise Refused(f"{where}: expected the goal that the premises call for, got another goal")
    evidence = cell_from_json(rebuilt, entries["evidence"])[1]
    if not isinstance(evidence, Derivation):
        raise Refused(f"{where}: expected a derivation, got other evidence")
    return evidence


def _instance(entries: dict[str, Json]) -> Instance:
    definitions = list[tuple[str, tuple[Free, ...], Term]]()
    indices = list[tuple[Free, Index]]()
    for formula in goal_from_json(entries["input"]).conclusions:
        match formula:
            case Equal(Variable() as left, value) if all(isinstance(x, Free) for x in left.indices):
                definitions.append((left.name, cast("tuple[Free, ...]", left.indices), value))
            case Same(Free() as index, chosen):
                if index is not chosen:
                    indices.append((index, chosen))
            case _:
                refuse("instance", "definitions of variables and indices", str(formula))
    sorts, conditional = entries["sorts"], entries["conditional"]
    if not isinstance(sorts, dict) or not isinstance(conditional, bool):
        refuse("instance", "sorts and whether it is conditional", str((sorts, conditional)))
    renamed = tuple((old, _word(new)) for old, new in sorts.items())
    return Instance(_word(entries["premise"]), tuple(definitions), tuple(indices), renamed, conditional)
