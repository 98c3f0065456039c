"""Settling an implication: a proof from instances of the premises, or else an operator that refutes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace

from axiomkd.catalogue import find_statement
from axiomkd.certificate import Certificate
from axiomkd.implications import conclusions
from axiomkd.implications.instances import candidates, further_candidates, same_inputs
from axiomkd.implications.lemmas import Detours
from axiomkd.implications.model import Argument, Implication, Instance, Situation
from axiomkd.implications.tilting import argue_by_tilting
from axiomkd.implications.verdict import Settled
from axiomkd.kernel.evidence import Derivation
from axiomkd.kernel.judgement import Refused
from axiomkd.operator import Operator
from axiomkd.portfolio import Pool
from axiomkd.provers import structural
from axiomkd.statement import Scope, Statement
from axiomkd.verdict import Cell

Use = tuple[Instance, Derivation | None]

# -- proofs -----------------------------------------------------------------------------------


def argue(implication: Implication) -> Argument | None:
    """A proof, or ``None``; the kernel has yet to check it.

    At first with the premises at the goal's own inputs, then with constants and single outcomes for the
    other variables as well.
    """
    situation = Situation(implication)
    used: list[Use] = []
    for guesses, attempt in ((candidates, structural.prove), (further_candidates, conclusions.prove)):
        for premise in implication.usable:
            used += _uses(situation, guesses(situation, premise))
        if guesses is further_candidates:
            used += _uses(situation, same_inputs(situation))
        derivation = attempt(situation.goal)
        if derivation is not None:
            return Argument(tuple(used), derivation)
    return None


def _uses(situation: Situation, guesses: Iterable[Instance]) -> Iterator[Use]:
    for instance in guesses:
        met = _met(situation, instance)
        if met is not None:
            yield instance, met[0]


def _met(situation: Situation, instance: Instance) -> tuple[Derivation | None] | None:
    """Use the instance if its input is in the domain and it says something new; how that is known.

    What it says must be about aggregates that the goal already has: so there are only finitely many.
    """
    before, aggregates = situation.goal, dict(situation.aggregates)
    try:
        asked = situation.obligations(instance)
        situation.add(instance)
        if situation.aggregates != aggregates or situation.goal.facts == before.facts:
            raise Refused("nothing new about the aggregates of the goal")
        derivation = None if asked is None else conclusions.prove(asked)
        if asked is not None and derivation is None:
            raise Refused("the input may lie outside the domain")
    except Refused:
        situation.goal, situation.aggregates = before, aggregates
        return None
    return (derivation,)


# -- counterexamples --------------------------------------------------------------------------


@dataclass
class Cells:
    """The cells of operators at a scope, each decided once, in a pool of workers."""

    pool: Pool
    operators: Sequence[Operator]
    scope: Scope
    known: dict[tuple[str, str], Future[tuple[Cell, float]]] = field(default_factory=dict)
    detours: Detours = field(default_factory=lambda: Detours(argue_directly))

    def ask(self, operator: Operator, statement: Statement) -> Future[tuple[Cell, float]] | None:
        """The cell, as soon as it is decided; ``None`` where the statement is not asked."""
        if statement.goal(operator, self.scope) is None:
            return None
        key = operator.id, statement.id
        if key not in self.known:
            self.known[key] = self.pool.submit(Cell(operator, statement, self.scope))
        return self.known[key]

    def first(self, operators: Sequence[Operator]) -> Cells:
        """The same cells, with some operators looked at before the others."""
        others = [operator for operator in self.operators if operator not in operators]
        return replace(self, operators=(*operators, *others))

    def counterexample(self, implication: Implication) -> Certificate | None:
        """The first operator that satisfies the premises and not the conclusion."""
        for operator in self.operators:
            found = self._certificate(operator, implication) if operator.any_sizes else None
            if found is not None:
                return found
        return None

    def _certificate(self, operator: Operator, implication: Implication) -> Certificate | None:
        wanted = [(implication.conclusion, "refuted")]
        wanted += [(find_statement(name), "proved") for name in implication.usable]
        found = self._cells(operator, wanted)
        return None if found is None else Certificate(operator, (*found.cells[1:], found.cells[0]))

    def _cells(self, operator: Operator, wanted: Sequence[tuple[Statement, str]]) -> Certificate | None:
        """The cells of an operator, if they have these verdicts."""
        cells: list[Cell] = []
        for statement, verdict in wanted:
            asked = self.ask(operator, statement)
            if asked is None or asked.result()[0].verdict != verdict:
                return None
            cells.append(asked.result()[0])
        return Certificate(operator, tuple(cells))


def argue_directly(implication: Implication) -> Argument | None:
    """A proof without lemmas, or ``None``."""
    return argue(implication) or argue_by_tilting(implication)


def settle(implication: Implication, cells: Cells) -> Settled:
    """The implication proved, refuted or undecided."""
    for attempt in (argue_directly, cells.detours.argument):
        argument = attempt(implication)
        if argument is not None:
            return Settled(implication, argument)
    found = cells.counterexample(implication)
    if found is not None:
        return Settled(implication, counterexample=found)
    names = ", ".join(operator.id for operator in cells.operators)
    tried = ("structural proof from instances of the premises: found none", f"operators: none of {names}")
    return Settled(implication, tried=tried)


def settle_all(implications: Iterable[Implication], operators: Sequence[Operator]) -> list[Settled]:
    """Implications of one scope, in their order; a cell that several ask for is decided once."""
    asked = list(implications)
    with Pool(2) as pool:
        cells = Cells(pool, operators, asked[0].scope if asked else Scope())
        return [settle(implication, cells) for implication in asked]
