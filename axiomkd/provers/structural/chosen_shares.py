"""Shares among what is greatest: an outcome that rises while the others fall keeps its share, or gains."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from axiomkd.kernel.combination import hole
from axiomkd.kernel.terms import (
    ZERO,
    AtMost,
    Big,
    Distinct,
    Formula,
    Free,
    If,
    Index,
    Less,
    Same,
    Term,
    big_sum,
    substitute,
    subterms,
)
from axiomkd.provers.structural.book import Book, NoProof, general_names, indices_in_scope
from axiomkd.provers.structural.conditions import plain
from axiomkd.provers.structural.gaps import Kind, comparison, learn_bound
from axiomkd.provers.structural.order import prove_order
from axiomkd.provers.structural.quotients import quotients
from axiomkd.provers.structural.signs import learn_positive, prove_nonnegative
from axiomkd.provers.structural.sums import equation


@dataclass(frozen=True)
class Chosen:
    """The sum of masses x(j), each u(j) where v(j) is the greatest v and else 0."""

    index: Free
    total: Big
    choice: If
    greatest: Big

    def mass(self, at: Index) -> If:
        return cast(If, substitute(self.choice, {self.index: at}))

    def value(self, at: Index) -> Term:
        return self.greatest.at(at)


Pair = tuple[Chosen, Chosen]


def chosen_share_rises(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """x(i) / sum x <= y(i) / sum y, where at i, and only there, values and masses do not fall."""
    if kind is not AtMost:
        raise NoProof("a strict inequality")
    for here, one in _shares(book, left):
        for there, other in _shares(book, right):
            if here is there and one.total.sort == other.total.sort:
                return _rises(book, (left, right), (one, other), here)
    raise NoProof("no shares of what is greatest")


def _shares(book: Book, value: Term) -> Iterator[tuple[Index, Chosen]]:
    for above, below in quotients(value):
        if isinstance(below, Big) and below.kind == "sum" and isinstance(above, If):
            found = _chosen(book, below)
            for index in indices_in_scope(book, value, below.sort):
                if found is not None and found.mass(index) is above:
                    yield index, found


def _chosen(book: Book, total: Big) -> Chosen | None:
    index = book.index(total.sort)
    match total.at(index):
        case If(AtMost(Big("maximum", total.sort) as greatest, value), _, otherwise) as choice:
            if otherwise is ZERO and greatest.at(index) is value:
                return Chosen(index, total, choice, greatest)
    return None


def _rises(book: Book, ends: tuple[Term, Term], pair: Pair, here: Index) -> int:
    """Nothing to show where i is not chosen; where it is, by the products x(i) y(j) <= y(i) x(j)."""
    formula, condition = comparison(AtMost, *ends), cast(AtMost, pair[0].mass(here).condition)
    for chosen in pair:
        learn_positive(book, chosen.total)
    masses = tuple(chosen.mass(here) for chosen in pair)
    with book.assuming(cast(Formula, Less(condition.right, condition.left))) as outside:
        first = _nothing(book, ends, masses[0], outside)
    with book.assuming(condition) as inside:
        crossed = _crossed(book, pair, here, inside)
        sides = masses[0], pair[0].total, masses[1], pair[1].total
        second = book.add_from_known("quotient", formula, *sides, also=(crossed,))
    return book.add("cases_strict", formula, (first, second), condition.right, condition.left)


def _nothing(book: Book, ends: tuple[Term, Term], mass: If, outside: int) -> int:
    """0 is at most the right side."""
    chosen = book.add("branch", equation(mass, ZERO), (outside,))
    put = cast(Term, substitute(ends[0], {mass: ZERO}))
    links = (
        book.add("congruence", equation(ends[0], put), (chosen,)),
        book.add("algebraic", equation(put, ZERO)),
        prove_nonnegative(book, ends[1]),
    )
    return book.add("chain", comparison(AtMost, *ends), links, put, ZERO)


def _crossed(book: Book, pair: Pair, here: Index, inside: int) -> int:
    """x(i) sum y <= y(i) sum x, where i is chosen before, and so it is after."""
    before, after = pair
    j = book.index(before.total.sort)
    _learn_orders(book, pair, here, j)
    for chosen in pair:
        learn_bound(book, chosen.greatest)
    now = _chosen_after(book, pair, here, inside)
    x, y = before.mass(here), after.mass(here)
    ends = x * after.mass(j), y * before.mass(j)
    formula = comparison(AtMost, *ends)
    with book.assuming(cast(Formula, Same(j, here))) as same:
        agreed = [cast(Term, substitute(end, {j: here})) for end in ends]
        equal = book.add("algebraic", equation(*agreed))
        weak = book.add("chain", comparison(AtMost, *agreed), (equal,))
        first = book.add("same_index", formula, (same, weak), j, here)
    with book.assuming(cast(Formula, Distinct(j, here))) as distinct:
        _learn_indicators(book, after.value(j), {j, here}, distinct)
        second = _elsewhere(book, pair, (here, j), (inside, now))
    each = book.add("cases_index", formula, (first, second), j, here)
    template = big_sum(j, hole(0, *general_names(book, each)))
    crossed = comparison(AtMost, x * after.total, y * before.total)
    return book.add("combination", crossed, (each,), template)


def _learn_orders(book: Book, pair: Pair, here: Index, j: Free) -> None:
    """At i values and masses do not fall, at any other j they do not rise."""
    before, after = pair
    book.know(_ordered(book, before.value(here), after.value(here)))
    book.know(_ordered(book, before.mass(here).then, after.mass(here).then))
    distinct = cast(Formula, Distinct(j, here))
    rising = ((after.value(j), before.value(j)), (after.mass(j).then, before.mass(j).then))
    for small, great in dict.fromkeys(rising):
        with book.assuming(distinct) as known:
            _learn_indicators(book, small, {j, here}, known)
            _ordered(book, small, great)


def _learn_indicators(book: Book, value: Term, pair: set[Index], distinct: int) -> None:
    """Case distinctions on the two indices, which are known to be distinct."""
    for part in dict.fromkeys(subterms(value)):
        if isinstance(part, If) and isinstance(part.condition, Same) and set(part.condition.parts) == pair:
            book.know(book.add("branch", equation(part, part.otherwise), (distinct,)))


def _ordered(book: Book, small: Term, great: Term) -> int:
    """The order with simpler conditions on both sides."""
    (left, one), (right, two) = plain(book, small), plain(book, great)
    inner = prove_order(book, AtMost, left, right)
    links = tuple(step for step in (one, inner, two) if step is not None)
    return book.add("chain", comparison(AtMost, small, great), links, left, right)


def _step(book: Book, small: Term, great: Term) -> int:
    """A step written before, perhaps under an assumption that is made again."""
    found = book.find(comparison(AtMost, small, great))
    if found is None:
        raise NoProof("no order known of", small, "and", great)
    return found


def _chosen_after(book: Book, pair: Pair, here: Index, inside: int) -> int:
    """Where v(i) is the greatest, so is it afterwards: v'(j) <= v(j) <= v(i) <= v'(i)."""
    before, after = pair
    j = book.index(before.total.sort)
    formula = comparison(AtMost, after.value(j), after.value(here))
    with book.assuming(cast(Formula, Same(j, here))) as same:
        itself = book.add("instance", comparison(AtMost, after.value(here), after.value(here)))
        first = book.add("same_index", formula, (same, itself), j, here)
    with book.assuming(cast(Formula, Distinct(j, here))) as distinct:
        _learn_indicators(book, after.value(j), {j, here}, distinct)
        links = (
            _ordered(book, after.value(j), before.value(j)),
            _below_greatest(book, before, j),
            inside,
            _step(book, before.value(here), after.value(here)),
        )
        stations = before.value(j), before.greatest, before.value(here)
        second = book.add("chain", formula, links, *stations)
    each = book.add("cases_index", formula, (first, second), j, here)
    return book.add("extremum_is_least_bound", cast(Formula, after.mass(here).condition), (each,))


def _below_greatest(book: Book, chosen: Chosen, at: Index) -> int:
    return book.add("extremum_bounds", comparison(AtMost, chosen.value(at), chosen.greatest), (), at)


def _elsewhere(book: Book, pair: Pair, places: tuple[Index, Free], known: tuple[int, int]) -> int:
    """x(i) y(j) <= y(i) x(j): y(j) is 0, or j is chosen afterwards and was before."""
    before, after = pair
    here, j = places
    x, y = before.mass(here), after.mass(here)
    formula = comparison(AtMost, x * after.mass(j), y * before.mass(j))
    condition = cast(AtMost, after.mass(j).condition)
    with book.assuming(cast(Formula, Less(condition.right, condition.left))) as outside:
        first = _zero_product(book, formula, after.mass(j), outside)
    with book.assuming(condition) as chosen:
        second = _products(book, formula, pair, places, (*known, chosen))
    return book.add("cases_strict", formula, (first, second), condition.right, condition.left)


def _zero_product(book: Book, formula: Formula, mass: If, outside: int) -> int:
    left, right = formula.parts
    chosen = book.add("branch", equation(mass, ZERO), (outside,))
    put = cast(Term, substitute(left, {mass: ZERO}))
    links = (
        book.add("congruence", equation(left, put), (chosen,)),
        book.add("algebraic", equation(put, ZERO)),
        prove_nonnegative(book, right),
    )
    return book.add("chain", formula, links, put, ZERO)


def _products(
    book: Book, formula: Formula, pair: Pair, places: tuple[Index, Free], known: tuple[int, int, int]
) -> int:
    """u(i) u'(j) <= u'(i) u(j), as u(i) <= u'(i) and u'(j) <= u(j)."""
    before, after = pair
    here, j = places
    inside, now, chosen = known
    links = (
        inside,
        _step(book, before.value(here), after.value(here)),
        _below_greatest(book, after, here),
        chosen,
        _step(book, after.value(j), before.value(j)),
    )
    stations = before.value(here), after.value(here), after.greatest, after.value(j)
    was = book.add("chain", cast(Formula, before.mass(j).condition), links, *stations)
    masses = (
        (before.mass(here), inside),
        (after.mass(j), chosen),
        (after.mass(here), now),
        (before.mass(j), was),
    )
    equal = [book.add("branch", equation(mass, mass.then), (step,)) for mass, step in masses]
    u, falling, risen, fallen = (mass.then for mass, _ in masses)
    orders = _step(book, u, risen), _step(book, falling, fallen)
    for sign in (falling, risen):
        book.know(prove_nonnegative(book, sign))
    template = falling * hole(0, *general_names(book, orders[0])) + risen * hole(
        1, *general_names(book, orders[1])
    )
    ends = u * falling, risen * fallen
    crossed = book.add_from_known("combination", comparison(AtMost, *ends), template, also=orders)
    left, right = formula.parts
    sides = (
        book.add("congruence", equation(left, ends[0]), tuple(equal[:2])),
        book.add("congruence", equation(right, ends[1]), tuple(equal[2:])),
    )
    return book.add("chain", formula, (sides[0], crossed, sides[1]), *ends)
