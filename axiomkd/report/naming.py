"""Readable names for the indices of a proof."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from axiomkd.kernel.evidence import Derivation
from axiomkd.kernel.judgement import Goal
from axiomkd.kernel.terms import Formula, Free, Node, substitute, subterms
from axiomkd.language.printing import letters

ASSUMPTION = "assumption"


def readable(goal: Goal, derivation: Derivation) -> list[Formula]:
    """The conclusions of the steps, with letters for the indices that the prover invented.

    Every line holds for all values of these, so that each line may begin again with the first
    letter; only in a proof with assumptions the same index keeps its name throughout.
    """
    formulas = [step.conclusion for step in derivation.steps]
    kept = set(goal.indices).union(*(conclusion.free for conclusion in goal.conclusions))
    if has_assumptions(derivation):
        names = _names(formulas, kept)
        return [cast(Formula, substitute(formula, names)) for formula in formulas]
    return [cast(Formula, substitute(formula, _names([formula], kept))) for formula in formulas]


def has_assumptions(derivation: Derivation) -> bool:
    return any(step.rule == ASSUMPTION for step in derivation.steps)


def _names(formulas: Sequence[Formula], kept: set[Free]) -> dict[Free, Free]:
    """New names for the indices that are not kept, in the order in which they stand."""
    taken = {index.name for index in kept}
    names: dict[Free, Free] = {}
    for formula in formulas:
        for index in _invented(formula, kept):
            if index not in names:
                name = next(name for name in letters(index.sort) if name not in taken)
                taken.add(name)
                names[index] = cast(Free, Free(name, index.sort))
    return names


def _invented(formula: Node, kept: set[Free]) -> Iterable[Free]:
    return (part for part in subterms(formula) if isinstance(part, Free) and part not in kept)
