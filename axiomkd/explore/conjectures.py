"""The implications that no operator of a matrix contradicts, each proved, refuted or left open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from axiomkd.catalogue import find_statement
from axiomkd.errors import DeclarationError
from axiomkd.explore.fingerprint import is_screened, looks_false
from axiomkd.explore.grammar import operator, up_to
from axiomkd.explore.lattice import Context, Rule
from axiomkd.explore.stored import Known
from axiomkd.implications.model import Implication
from axiomkd.implications.refuters import spoilt_rules
from axiomkd.implications.search import Cells, settle
from axiomkd.implications.verdict import Settled
from axiomkd.operator import Operator
from axiomkd.portfolio import WORKERS, Pool
from axiomkd.statement import Scope

SIZE = 2
"""Nodes of the enumerated rules among which one is looked for that contradicts an implication."""
MOST_SUSPECTS = 6
"""Rules that seem to contradict an implication, of which cells are decided for it."""

Watch = Callable[[Settled], None]


@dataclass(frozen=True)
class Conjecture:
    """An implication that no operator of the matrix contradicts, how many support it, what became of it."""

    settled: Settled
    support: int


@dataclass(frozen=True)
class Conjectures:
    """A context with its implications from one premise, and from several."""

    context: Context
    single: tuple[Conjecture, ...]
    several: tuple[Conjecture, ...]


def conjectures(context: Context, watch: Watch | None = None, known: Known | None = None) -> Conjectures:
    """Settle the implications that no operator contradicts; those that are known are not looked for anew."""
    rules = [*spoilt_rules(), *(operator(tree) for tree in up_to(SIZE))]
    with Pool(WORKERS) as pool:
        search = _Search(context, Suspects(rules), Cells(pool, (), Scope()), watch, known)
        single = tuple(search.settled(context.single()))
        return Conjectures(context, single, tuple(search.settled(dict.fromkeys(context.several()))))


class Suspects:
    """Enumerated rules, and what their statements look like in floating point."""

    def __init__(self, rules: Sequence[Operator]) -> None:
        self.rules = rules
        self.known: dict[tuple[str, str], bool] = {}

    def fails(self, rule: Operator, statement: str) -> bool:
        """Whether a statement looks false of a rule."""
        key = rule.id, statement
        if key not in self.known:
            self.known[key] = looks_false(rule, find_statement(statement)) is not None
        return self.known[key]

    def against(self, implication: Implication) -> Iterator[Operator]:
        """The rules that seem to satisfy the premises and not the conclusion.

        Of a conclusion that cannot be tried in floating point any rule may fail to satisfy it.
        """
        conclusion = implication.conclusion.id
        clear = is_screened(find_statement(conclusion))
        for rule in self.rules:
            if (not clear or self.fails(rule, conclusion)) and not any(
                self.fails(rule, premise) for premise in implication.usable
            ):
                yield rule


@dataclass(frozen=True)
class _Search:
    context: Context
    suspects: Suspects
    cells: Cells
    watch: Watch | None
    known: Known | None = None

    def settled(self, rules: Iterable[Rule]) -> Iterator[Conjecture]:
        for premises, conclusion in rules:
            found = self.settle(premises, conclusion)
            if self.watch is not None:
                self.watch(found)
            yield Conjecture(found, self.context.support((*premises, conclusion)))

    def settle(self, premises: frozenset[str], conclusion: str) -> Settled:
        """An operator that contradicts it is looked for first: a proof that fails takes longest."""
        ordered = sorted(premises, key=self.context.statements.index)
        implication = Implication(tuple(map(find_statement, ordered)), find_statement(conclusion), Scope())
        settled = self.known.find(implication) if self.known else None
        if settled is not None:
            return settled
        suspects = list(self.suspects.against(implication))[:MOST_SUSPECTS]
        found = replace(self.cells, operators=suspects).counterexample(implication)
        if found is not None:
            return Settled(implication, counterexample=found)
        tried = f"spoilt rules and enumerated ones with at most {SIZE} parts: none of those that were decided"
        try:
            settled = settle(implication, self.cells)
        except DeclarationError:
            limits = "a conclusion about limits or domains: no proof is looked for"
            return Settled(implication, tried=(limits, tried))
        is_open = settled.verdict == "undecided"
        return replace(settled, tried=(settled.tried[0], tried)) if is_open else settled
