"""Which statements bring which others with them, as far as a matrix of verdicts can tell.

An operator contradicts an implication when every premise is proved of it and the conclusion refuted; it
supports it when the conclusion is proved as well. An undecided cell does neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import networkx as nx

from axiomkd.explore.matrix import Matrix
from axiomkd.implications.model import STANDING

Statements = frozenset[str]
Rule = tuple[Statements, str]
"""Premises and a conclusion."""


@dataclass(frozen=True)
class Context:
    """Which operators are proved to have which statements, and which are refuted.

    Only operators that are proved to give a distribution count, as only such rules are meant.
    """

    statements: tuple[str, ...]
    proved: tuple[Statements, ...]
    refuted: tuple[Statements, ...]

    @staticmethod
    def of(matrix: Matrix) -> Context:
        """The context of a matrix."""
        statements = tuple(name for name in matrix.statements if name != STANDING)
        rules = [o for o in matrix.operators if matrix.verdict(o, STANDING) in ("proved", None)]

        def with_verdict(operator: str, verdict: str) -> Statements:
            return frozenset(s for s in statements if matrix.verdict(operator, s) == verdict)

        return Context(
            statements,
            tuple(with_verdict(operator, "proved") for operator in rules),
            tuple(with_verdict(operator, "refuted") for operator in rules),
        )

    def is_contradicted(self, premises: Statements, conclusion: str) -> bool:
        """Whether an operator has the premises and not the conclusion."""
        return any(
            premises <= proved and conclusion in refuted
            for proved, refuted in zip(self.proved, self.refuted, strict=True)
        )

    def support(self, premises: Iterable[str]) -> int:
        """How many operators are proved to have all of these statements."""
        wanted = frozenset(premises)
        return sum(wanted <= proved for proved in self.proved)

    @cached_property
    def unfailed(self) -> tuple[str, ...]:
        """The statements that no operator fails and some has: all premises would imply them."""
        return tuple(
            s for s in self.statements if self.support([s]) and not self.is_contradicted(frozenset(), s)
        )

    @cached_property
    def telling(self) -> tuple[str, ...]:
        """The statements that some operator has and some fails."""
        return tuple(s for s in self.statements if self.support([s]) and s not in self.unfailed)

    def implies(self, one: str, other: str) -> bool:
        """Whether no operator contradicts that one statement implies the other, and one supports it."""
        return not self.is_contradicted(frozenset((one,)), other) and self.support((one, other)) > 0

    # -- single premises ------------------------------------------------------------------------

    @cached_property
    def classes(self) -> tuple[tuple[str, ...], ...]:
        """Statements that no operator tells apart, together."""
        found: list[list[str]] = []
        for s in self.telling:
            own = [c for c in found if all(self.implies(s, t) and self.implies(t, s) for t in c)]
            if own:
                own[0].append(s)
            else:
                found.append([s])
        return tuple(map(tuple, found))

    def order(self) -> nx.DiGraph:
        """The classes by their first statements, an edge for each implication that others do not give."""
        graph = nx.DiGraph()
        heads = [c[0] for c in self.classes]
        graph.add_nodes_from(heads)
        for one in heads:
            for other in heads:
                if one != other and self.implies(one, other) and not self.implies(other, one):
                    graph.add_edge(one, other)
        if nx.is_directed_acyclic_graph(graph):
            graph = nx.transitive_reduction(graph)
        return self._in_order(graph)

    def _in_order(self, graph: nx.DiGraph) -> nx.DiGraph:
        """The same graph with nodes and edges in the order of the statements."""
        place = self.statements.index
        ordered = nx.DiGraph()
        ordered.add_nodes_from(sorted(graph.nodes, key=place))
        ordered.add_edges_from(sorted(graph.edges, key=lambda edge: (place(edge[0]), place(edge[1]))))
        return ordered

    def single(self) -> Iterator[Rule]:
        """Implications from one statement to another, from which all others of this kind follow."""
        for first, *others in self.classes:
            for before, after in zip((first, *others), (*others, first), strict=True):
                if before != after:
                    yield frozenset((before,)), after
        for one, other in self.order().edges:
            yield frozenset((one,)), other

    # -- several premises -----------------------------------------------------------------------

    def closure(self, premises: Statements) -> Statements:
        """All that no operator contradicts to follow, and what follows from that."""
        known = premises
        while True:
            more = frozenset(s for s in self.telling if not self.is_contradicted(known, s))
            if more <= known:
                return known
            known |= more

    def stem_base(self) -> Iterator[tuple[Statements, Statements]]:
        """The premises that are pseudo-closed, with what they imply (Ganter's next closure).

        Premises that no operator has together are left out.
        """
        base: list[tuple[Statements, Statements]] = []
        current: Statements | None = _closed_under(frozenset(), base)
        while current is not None:
            closed = self.closure(current)
            if closed != current:
                base.append((current, closed))
                if self.support(current):
                    yield current, closed - current
            current = self._next(current, base)

    def _next(self, current: Statements, base: list[tuple[Statements, Statements]]) -> Statements | None:
        """The next set, in the lectic order, that is closed under the implications found."""
        order = {s: n for n, s in enumerate(self.telling)}
        for s in reversed(self.telling):
            if s in current:
                current -= {s}
                continue
            found = _closed_under(current | {s}, base)
            if all(order[new] >= order[s] for new in found - current):
                return found
        return None

    def several(self) -> Iterator[Rule]:
        """Implications of the stem base from several premises, but for those that an operator contradicts.

        Where cells are undecided, what follows from two implications may be contradicted. Of conclusions
        that imply each other only the strongest are told.
        """
        for premises, conclusions in self.stem_base():
            for conclusion in self._strongest(conclusions):
                if len(premises) > 1 and not self.is_contradicted(premises, conclusion):
                    yield self._fewest(premises, conclusion), conclusion

    def _strongest(self, conclusions: Statements) -> Iterator[str]:
        heads = [c[0] for c in self.classes if conclusions.intersection(c)]
        for head in heads:
            others = (other for other in heads if other != head)
            if not any(self.implies(other, head) and not self.implies(head, other) for other in others):
                yield head

    def _fewest(self, premises: Statements, conclusion: str) -> Statements:
        """The premises without those that are not needed for the conclusion to be uncontradicted."""
        for s in sorted(premises, key=self.telling.index):
            if not self.is_contradicted(premises - {s}, conclusion):
                premises -= {s}
        return premises


def _closed_under(statements: Statements, base: list[tuple[Statements, Statements]]) -> Statements:
    """The statements with all that implications add to them whose premises they properly contain."""
    changed = True
    while changed:
        changed = False
        for premises, closed in base:
            if premises < statements and not closed <= statements:
                statements |= closed
                changed = True
    return statements
