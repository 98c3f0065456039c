"""Limits of what is made from the entries at which something is greatest, where one leads in the end.

The others stand still, and the one that moves tends to a number above them all: so from some moment on
it is the only one that is chosen.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import cast

from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Big,
    Comparison,
    Distinct,
    Formula,
    Free,
    If,
    Index,
    Less,
    Node,
    Same,
    Tends,
    Term,
    big,
    delta,
    rebuild,
    substitute,
    variables,
)
from axiomkd.provers.structural.attained import extremum_of_choice
from axiomkd.provers.structural.book import Book, NoProof
from axiomkd.provers.structural.choices import opposite
from axiomkd.provers.structural.confidences import confidence_below_one, confidence_of_vertex
from axiomkd.provers.structural.gaps import comparison
from axiomkd.provers.structural.index_cases import in_case, known_branches
from axiomkd.provers.structural.limits import limit_of, limit_of_end, tends
from axiomkd.provers.structural.modes import prove_at_mode
from axiomkd.provers.structural.order import prove_order
from axiomkd.provers.structural.rewriting import prove_equal, simplify
from axiomkd.provers.structural.signs import learn_nonnegative
from axiomkd.provers.structural.sums import equation


@dataclass(frozen=True)
class Race:
    """The values whose greatest is chosen, and the index whose value is to be above all others.

    ``best`` is the value there, ``others`` the maximum of the values elsewhere.
    """

    greatest: Big
    leader: Free

    def value(self, index: Index) -> Term:
        return self.greatest.at(index)

    def chooser(self, index: Index) -> Same:
        return cast(Same, Same(index, self.leader))

    def elsewhere(self, index: Index) -> Term:
        return in_case(self.value(index), self.chooser(index), False)

    def element(self, index: Index) -> Term:
        return cast(Term, If(self.chooser(index), ZERO, self.elsewhere(index)))

    @property
    def best(self) -> Term:
        return in_case(self.value(self.leader), self.chooser(self.leader), True)

    def others(self, index: Free) -> Big:
        return cast(Big, big("maximum", index, self.element(index)))


def prove_led(book: Book, formula: Tends) -> int:
    """The limit of a term, where from some moment on only one entry counts."""
    for greatest in _greatest(book, formula.term):
        for leader in book.goal.indices:
            if leader.sort == greatest.sort:
                with suppress(Refused):
                    return _led(book, formula, Race(greatest, leader))
    raise NoProof("nothing leads in the end in", formula.term)


def _led(book: Book, formula: Tends, race: Race) -> int:
    others = race.others(book.index(race.leader.sort))
    if cast("tuple[str, str]", book.goal.limit)[0] in variables(others):
        raise NoProof("others that move:", others)
    limit = limit_of(book, race.best)
    approaching = limit_of_end(book, race.best, limit, limit)
    below = _below(book, race, others, limit)
    with book.assuming(comparison(Less, others, race.best)) as leads:
        end, same = _as_chosen(book, formula.term, race, leads)
    end_limit = limit_of(book, end)
    inner = limit_of_end(book, end, end_limit, end_limit)
    standing = book.add("limit", tends(others, others))
    links = (inner, standing, approaching, below, same)
    found = book.add(
        "limit_of_eventually_equal",
        tends(formula.term, end_limit),
        links,
        end,
        others,
        others,
        race.best,
        limit,
    )
    agreed = _limit_as_chosen(book, formula.limit, race.leader, end_limit)
    return book.add("limit_of_equal", formula, (found, agreed), formula.term, end_limit)


def _limit_as_chosen(book: Book, value: Term, leader: Free, end_limit: Term) -> int:
    """The limit that is stated is made in the same way from values that stand still."""
    for greatest in _greatest(book, value):
        race = Race(greatest, leader)
        others = race.others(book.index(leader.sort))
        with suppress(Refused):
            end, same = _as_chosen(book, value, race, _below(book, race, others, race.best))
            return book.add(
                "chain", equation(value, end_limit), (same, prove_equal(book, end, end_limit)), end
            )
    raise NoProof("no limit made in the same way:", value)


def _below(book: Book, race: Race, others: Big, bound: Term) -> int:
    """All others are below the bound: each is below 1, and the bound is 1; or else by their order."""
    index = book.index(others.sort)
    try:
        reaches = _is_one(book, bound)
        each = _element_below_one(book, race, index)
    except Refused:
        return prove_order(book, Less, others, bound)
    inner = book.add("extremum_is_least_bound", comparison(Less, others, ONE), (each,))
    return book.add("chain", comparison(Less, others, bound), (inner, reaches), ONE)


def _is_one(book: Book, value: Term) -> int:
    try:
        return prove_equal(book, ONE, value)
    except Refused:
        return confidence_of_vertex(book, value)


def _element_below_one(book: Book, race: Race, index: Free) -> int:
    element, formula = race.element(index), comparison(Less, race.element(index), ONE)
    with book.assuming(race.chooser(index)) as same:
        nothing = book.add("branch", equation(element, ZERO), (same,))
        small = book.add("instance", comparison(Less, ZERO, ONE))
        first = book.add("chain", formula, (nothing, small), ZERO)
    with book.assuming(cast(Formula, Distinct(index, race.leader))) as distinct:
        value = race.elsewhere(index)
        chosen = book.add("branch", equation(element, value), (distinct,))
        second = book.add("chain", formula, (chosen, confidence_below_one(book, value)), value)
    return book.add("cases_index", formula, (first, second), index, race.leader)


# -- only the leader is chosen --------------------------------------------------------------


def _as_chosen(book: Book, value: Term, race: Race, leads: int) -> tuple[Term, int]:
    """The term once only the leader is chosen, simplified."""
    after, steps = _put_indicators(book, value, race, leads)
    put = book.add("congruence", equation(value, after), tuple(steps))
    end, step = simplify(book, after)
    return end, put if step is None else book.add("chain", equation(value, end), (put, step), after)


def _put_indicators(book: Book, node: Node, race: Race, leads: int) -> tuple[Term, list[int]]:
    """The term with an indicator of the leader in the place of every choice, and the equations."""
    steps: list[int] = []

    def put(part: object, index: Free | None) -> object:
        if isinstance(part, Big):
            inner = book.index_for(part)
            return big(part.kind, inner, cast(Term, put(part.at(inner), inner)))
        if index is not None and isinstance(part, If) and extremum_of_choice(part, index) is race.greatest:
            steps.append(_chosen(book, part, race, index, leads))
            return delta(index, race.leader)
        if isinstance(part, Term):
            return rebuild(part, tuple(put(inner, index) for inner in part.parts))
        return part

    return cast(Term, put(node, None)), steps


def _chosen(book: Book, choice: If, race: Race, index: Free, leads: int) -> int:
    """A choice is 1 at the leader and 0 elsewhere."""
    formula = equation(choice, delta(index, race.leader))
    condition = cast(Comparison, choice.condition)
    there = cast(If, substitute(choice, {index: race.leader}))
    with book.assuming(race.chooser(index)) as same:
        _learn_not_above(book, race, leads)
        known = prove_at_mode(book, cast(Comparison, there.condition), race.leader)
        indicator = delta(race.leader, race.leader)
        links = (
            book.add("branch", equation(there, ONE), (known,)),
            book.add("branch", equation(indicator, ONE)),
        )
        moved = book.add("chain", equation(there, indicator), links, ONE)
        first = book.add("same_index", formula, (same, moved), index, race.leader)
    with book.assuming(cast(Formula, Distinct(index, race.leader))) as distinct:
        below = book.know(_below_leader(book, race, index, leads, distinct))
        known = _behind(book, cast(Comparison, opposite(condition)), race, below)
        links = (
            book.add("branch", equation(choice, ZERO), (known,)),
            book.add("branch", equation(delta(index, race.leader), ZERO), (distinct,)),
        )
        second = book.add("chain", formula, links, ZERO)
    return book.add("cases_index", formula, (first, second), index, race.leader)


def _below_leader(book: Book, race: Race, index: Free, leads: int, distinct: int) -> int:
    """x(index) = element <= others < best = x(leader)."""
    value, elsewhere, element = race.value(index), race.elsewhere(index), race.element(index)
    others, there = race.others(book.index(index.sort)), race.value(race.leader)
    branches = known_branches(book, value, race.chooser(index), distinct)
    links = (
        book.add("congruence", equation(value, elsewhere), branches),
        book.add("branch", equation(element, elsewhere), (distinct,)),
        book.add("extremum_bounds", comparison(AtMost, element, others), (), index),
        leads,
        prove_equal(book, race.best, there),
    )
    stations = [elsewhere, element, others, race.best]
    return book.add("chain", comparison(Less, value, there), links, *stations)


def _learn_not_above(book: Book, race: Race, leads: int) -> None:
    """No value is above that of the leader."""
    index = book.index(race.leader.sort)
    there = race.value(race.leader)
    formula = comparison(AtMost, race.value(index), there)
    with book.assuming(race.chooser(index)) as same:
        itself = book.add("instance", comparison(AtMost, there, there))
        first = book.add("same_index", formula, (same, itself), index, race.leader)
    with book.assuming(cast(Formula, Distinct(index, race.leader))) as distinct:
        second = book.add("instance", formula, (_below_leader(book, race, index, leads, distinct),))
    book.know(book.add("cases_index", formula, (first, second), index, race.leader))


def _behind(book: Book, condition: Comparison, race: Race, below: int) -> int:
    """What is behind the leader is not chosen: one at least is greater, or the maximum is."""
    match condition:
        case AtMost(number, Big("sum") as count) if number is ONE:
            there = cast(If, count.at(race.leader))
            index = book.index_for(count)
            learn_nonnegative(book, count.at(index))
            counted = book.add("branch", equation(there, ONE), (below,))
            bound = book.add_from_known("term_of_sum", comparison(AtMost, there, count), race.leader)
            return book.add("chain", cast(Formula, condition), (counted, bound), there)
    return prove_at_mode(book, condition, race.leader)


def _greatest(book: Book, node: Node, index: Free | None = None) -> Iterator[Big]:
    """The maxima that choices inside ask for."""
    if isinstance(node, Big):
        inner = book.index_for(node)
        yield from dict.fromkeys(_greatest(book, node.at(inner), inner))
        return
    if index is not None and isinstance(node, If) and node.parts[1:] == (ONE, ZERO):
        found = extremum_of_choice(node, index)
        if found is not None and found.kind == "maximum":
            yield found
    for part in node.parts:
        if isinstance(part, Term):
            yield from _greatest(book, part, index)
