r"""Entropies of distributions that are flatter than a mean.

Where the odds of q lie between those of a mean m and one, q is nearer to the uniform distribution than m, so
that :math:`H(q) \ge H(m) \ge \sum_k w_k H(p_k)`. So it is of :math:`q = N[f(m)]` where f increases and
:math:`f(x)/x` falls, as with :math:`f(x) = e^{cx}`, since :math:`x/y \le 1 + c(x - y) \le e^{c(x-y)}` for
:math:`x \le y \le 1` and :math:`0 < c \le 1`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar, cast

from axiomkd.kernel.algebra import expand, to_term
from axiomkd.kernel.combination import difference, hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.logarithm import logarithm
from axiomkd.kernel.terms import (
    ONE,
    AtMost,
    Big,
    Exp,
    Extreme,
    Formula,
    Free,
    Log,
    Multiply,
    Size,
    Term,
    add,
    big_sum,
    multiply,
    power,
    substitute,
)
from axiomkd.provers.structural.averages import known_weights
from axiomkd.provers.structural.book import Book, NoProof, general_names
from axiomkd.provers.structural.differences import below_one
from axiomkd.provers.structural.divergences import divergence, entropy_part
from axiomkd.provers.structural.gaps import comparison
from axiomkd.provers.structural.gibbs import Part, combined
from axiomkd.provers.structural.logs import expanded, learn_normalised, with_logarithms_expanded
from axiomkd.provers.structural.order import prove_order
from axiomkd.provers.structural.rewriting import prove_equal
from axiomkd.provers.structural.signs import learn_positive
from axiomkd.provers.structural.sums import equation, multiple_of

T = TypeVar("T")


def prove_flattened(book: Book, formula: AtMost) -> int:
    """A mean of entropies is at most the entropy of what is flatter than the mean of the distributions."""
    sums = [part for part in formula.right.parts if isinstance(part, Big)]
    if not sums:
        raise NoProof("no entropy")
    i = book.index(sums[0].sort)
    q = entropy_part(formula.right, i)
    for m in _means(book, formula.left, i):
        with suppress(Refused):
            middle = -big_sum(i, cast(Term, Log(power(m, m))))
            flatter = _flatter(book, comparison(AtMost, middle, formula.right), i, m, q)
            concave = prove_order(book, AtMost, formula.left, middle)
            return book.add("chain", formula, (concave, flatter), middle)
    raise NoProof("no mean that is less flat")


def _means(book: Book, value: Term, i: Free) -> Iterator[Term]:
    """The means of the distributions of whose entropies a value is the mean."""
    if isinstance(value, Big) and value.kind == "sum":
        for k, weight in known_weights(book, value.sort):
            match value.at(k):
                case Multiply(parts=(first, *rest)) if first is weight:
                    with suppress(Refused):
                        yield big_sum(k, weight * entropy_part(multiply(*rest), i))


def _flatter(book: Book, formula: Formula, i: Free, m: Term, q: Term) -> int:
    """H(m) <= H(q), as the divergence of q from the uniform distribution is the smaller one."""
    uniform = 1 / cast(Term, Size(i.sort))
    for value in (uniform, m, q):
        learn_positive(book, value)
        book.know(prove_equal(book, big_sum(i, value), ONE))
    between = _odds_between(book, i, (m, uniform, q))
    ends = divergence(q, uniform, i), divergence(m, uniform, i)
    nearer = book.add_from_known(
        "divergence_along_odds", comparison(AtMost, *ends), i, uniform, m, q, also=between
    )
    plain = with_logarithms_expanded(book, nearer)
    learn_normalised(book, q)
    sides = [expanded(book, side) for side in formula.parts]
    links = [
        book.add_from_known("logarithms", equation(side, end))
        for side, end in zip(formula.parts, sides, strict=True)
    ]
    part = Part(plain, difference(book.formula(plain)), ONE)
    inner = combined(book, cast(AtMost, comparison(AtMost, *sides)), [part])
    return book.add("chain", formula, (*links, inner), *sides)


@dataclass(frozen=True)
class _Entries:
    """Those of a distribution at two outcomes."""

    one: Term
    other: Term

    @property
    def odds(self) -> Term:
        return self.one / self.other


def _odds_between(book: Book, i: Free, distributions: tuple[Term, Term, Term]) -> tuple[int, int]:
    """The odds of the last distribution lie between those of the first two."""
    j = book.index(i.sort)
    before, flat, after = (_Entries(x, cast(Term, substitute(x, {i: j}))) for x in distributions)
    low, high = (cast(Term, Extreme(kind, before.odds, flat.odds)) for kind in ("minimum", "maximum"))
    found = []
    for bound, lower in ((low, True), (high, False)):
        cases = []
        for order in ((before.one, before.other), (before.other, before.one)):
            nearest = before if lower is (order[0] is before.one) else flat
            with book.assuming(comparison(AtMost, *order)):
                inner = _odds_in_order(book, (before, after), *_upwards(lower, nearest, after))
                edge = book.add("extremum_bounds", comparison(AtMost, *_upwards(lower, bound, nearest.odds)))
                ends = comparison(AtMost, *_upwards(lower, bound, after.odds))
                cases.append(book.add("chain", ends, (edge, inner), nearest.odds))
        found.append(book.add("cases_order", ends, tuple(cases), before.one, before.other))
    return found[0], found[1]


def _upwards(lower: bool, bound: T, value: T) -> tuple[T, T]:
    return (bound, value) if lower else (value, bound)


def _odds_in_order(book: Book, known: tuple[_Entries, _Entries], small: _Entries, great: _Entries) -> int:
    """By their cross products, which are compared part by part, or by a tangent of the exponential."""
    crossed = comparison(AtMost, small.one * great.other, great.one * small.other)
    try:
        inner = prove_order(book, AtMost, *crossed.parts)
    except Refused:
        inner = _by_tangent(book, crossed, *known)
    sides = small.one, small.other, great.one, great.other
    return book.add_from_known("quotient", comparison(AtMost, small.odds, great.odds), *sides, also=(inner,))


def _by_tangent(book: Book, formula: Formula, m: _Entries, q: _Entries) -> int:
    r"""x q' <= x' q for x <= x', as q/q' is :math:`e^t`, where :math:`x/x' \le 1 + t \le e^t`."""
    rising = book.find(comparison(AtMost, m.one, m.other)) is not None
    (x, y), (one, other) = (_upwards(rising, e.one, e.other) for e in (m, q))
    exponent = to_term(expand(logarithm(one, []) - logarithm(other, []), book.goal.sizes))
    ratio = cast(Term, Exp(exponent))
    same = book.add_from_known("powers", equation(one, ratio * other))
    tangent = book.add("exponential_tangent", comparison(AtMost, 1 + exponent, ratio))
    ordered = prove_order(book, AtMost, x, y), below_one(book, y)
    rise, room = (hole(n, *general_names(book, step)) for n, step in enumerate(ordered))
    slope = multiple_of(exponent, x - y, book.goal.sizes)
    if not 0 < slope <= 1:
        raise NoProof("an exponential that is too steep")
    chord, template = comparison(AtMost, x, y * (1 + exponent)), rise * add(room, multiply(1 - slope, y))
    below = book.add_from_known("combination", chord, template, also=ordered)
    steps = below, tangent, same
    rest, over, equal = (hole(n, *general_names(book, step)) for n, step in enumerate(steps))
    template = add(multiply(other, rest), multiply(other, y, over), multiply(-1, y, equal))
    return book.add_from_known("combination", formula, template, also=steps)
