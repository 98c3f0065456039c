"""Proofs by way of other statements: what the premises imply is used like a premise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from axiomkd.catalogue import find_statement
from axiomkd.implications.model import Argument, Implication
from axiomkd.statement import Scope, Statement

LEMMAS = (
    *("positivity.all", "convexity.between", "unanimity", "jensen.target_kl"),
    *("jensen.student_kl", "linear_pool"),
)
"""Statements from which others follow, each tried once those before it are known."""

Argue = Callable[[Implication], Argument | None]
Lemmas = tuple[tuple[Statement, Argument], ...]


@dataclass
class Detours:
    """Which lemmas follow from premises; found once for those that several implications share."""

    argue: Argue
    known: dict[tuple[tuple[str, ...], Scope], Lemmas] = field(default_factory=dict)

    def argument(self, implication: Implication) -> Argument | None:
        """A proof by way of lemmas, or ``None``."""
        lemmas = tuple(pair for pair in self.lemmas(implication) if pair[0] is not implication.conclusion)
        if not lemmas:
            return None
        given = tuple(statement for statement, _ in lemmas)
        found = self.argue(replace(implication, premises=(*implication.premises, *given)))
        return None if found is None else replace(found, lemmas=_needed(found, lemmas))

    def lemmas(self, implication: Implication) -> Lemmas:
        """The lemmas that follow from the premises, each proved by the premises and those before it."""
        key = tuple(statement.id for statement in implication.premises), implication.scope
        if key not in self.known:
            self.known[key] = tuple(self._found(implication))
        return self.known[key]

    def _found(self, implication: Implication) -> list[tuple[Statement, Argument]]:
        found: list[tuple[Statement, Argument]] = []
        for statement in map(find_statement, LEMMAS):
            if statement not in implication.premises:
                premises = (*implication.premises, *(lemma for lemma, _ in found))
                argument = self.argue(replace(implication, premises=premises, conclusion=statement))
                if argument is not None:
                    found.append((statement, argument))
        return found


def _needed(argument: Argument, lemmas: Lemmas) -> Lemmas:
    """The lemmas that a proof uses, and those that these use."""
    used = {instance.premise for instance, _ in argument.instances}
    kept: list[tuple[Statement, Argument]] = []
    for statement, proof in reversed(lemmas):
        if statement.id in used:
            kept.insert(0, (statement, proof))
            used |= {instance.premise for instance, _ in proof.instances}
    return tuple(kept)
