"""A paper's claims with all their evidence as JSON."""

from __future__ import annotations

from axiomkd.certificate import cell_to_json, operator_to_json
from axiomkd.claims.evaluate import Judged, Judgements, Outcome, Surveyed
from axiomkd.implications.verdict import Settled
from axiomkd.implications.wire import as_data as implication_data
from axiomkd.kernel.table import Json
from axiomkd.verdict import Cell

FORMAT = "axiomkd-claims/1"


def as_data(judgements: Judgements) -> dict[str, Json]:
    """The judgements as plain data; cells and implications are written as in files of their own."""
    return {
        "format": FORMAT,
        "paper": judgements.paper.id,
        "claims": [_claim(judged) for judged in judgements.claims],
        "survey": _survey(judgements.survey) if judgements.survey else None,
    }


def _claim(judged: Judged) -> Json:
    claim = judged.claim
    return {
        "id": f"{claim.id}",
        "place": claim.place,
        "printed": claim.printed,
        "verdict": judged.verdict,
        "expected": claim.expected,
        "parts": [_outcome(outcome) for outcome in judged.printed],
        "repair": claim.repair,
        "repair_verdict": judged.repair_verdict if judged.repaired else None,
        "repaired_parts": [_outcome(outcome) for outcome in judged.repaired],
    }


def _outcome(outcome: Outcome) -> Json:
    return {
        "asserted": "so" if outcome.part.holds else "not so",
        "truth": outcome.truth,
        "found": [_found(found) for found in outcome.found],
    }


def _found(found: Cell | Settled) -> Json:
    if isinstance(found, Settled):
        return implication_data(found)
    return {"operator": operator_to_json(found.operator), **cell_to_json(found)}


def _survey(surveyed: Surveyed) -> Json:
    return {
        "question": surveyed.survey.question,
        "answer": surveyed.survey.answer,
        "answer_parts": [_outcome(outcome) for outcome in surveyed.answer],
        "cells": [{"cell": _found(plain), "largest_ratio": _found(most)} for plain, most in surveyed.cells],
    }
