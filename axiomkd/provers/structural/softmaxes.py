r"""Softmaxes of two vectors are no further apart than the vectors.

Let :math:`q = N[e^u]`, :math:`c = N[e^v]` and d = q - c. As d sums to zero,
:math:`\sum_i d(i) (\log q(i) - \log c(i)) = \sum_i d(i) (u(i) - v(i))`, and each summand on the left is at
least :math:`d(i)^2 / \max(q(i), c(i))`, by the tangent of the logarithm. So
:math:`\sum_i d(i)^2 \le \sum_i (u(i) - v(i))^2`, and
:math:`\tfrac12 (\sum_i |d(i)|)^2 \le \max_i |u(i) - v(i)| \sum_i |d(i)|`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from axiomkd.kernel.algebra import equal
from axiomkd.kernel.combination import hole
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    Add,
    AtMost,
    Big,
    Exp,
    Extreme,
    Formula,
    Free,
    Less,
    Log,
    Multiply,
    Number,
    Term,
    add,
    big_sum,
    multiply,
    power,
)
from axiomkd.provers.structural.book import Book, NoProof, general_names
from axiomkd.provers.structural.complements import factors
from axiomkd.provers.structural.deviation import read_variance
from axiomkd.provers.structural.differences import below_one
from axiomkd.provers.structural.gaps import comparison
from axiomkd.provers.structural.order import prove_order
from axiomkd.provers.structural.quotients import quotients
from axiomkd.provers.structural.rewriting import prove_equal
from axiomkd.provers.structural.signs import learn_nonnegative, learn_positive
from axiomkd.provers.structural.sums import combined_with_sums, equation, multiple_of

HALF = Number(Fraction(1, 2))


@dataclass(frozen=True)
class Softmax:
    """The share exp(exponent) / sum exp(exponent) at an index; ``total`` is the sum."""

    value: Term
    exponent: Term
    total: Term


def read_softmax(value: Term, i: Free) -> Softmax:
    for above, below in quotients(value):
        if isinstance(above, Exp) and isinstance(below, Big) and below.kind == "sum" and below.at(i) is above:
            return Softmax(value, above.argument, below)
    raise NoProof("no softmax:", value)


# -- one entry ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Gap:
    """d = great - small of two entries that are in this order, ``slope`` the difference of their logarithms.

    The steps say: small <= great; 1 - small/great <= slope; great/great = 1.
    """

    great: Term
    small: Term
    slope: Term
    steps: tuple[int, int, int]


def _gap(book: Book, great: Softmax, small: Softmax, order: int) -> Gap:
    ratio, inverse = great.value / small.value, power(great.value, -1)
    slope = add(great.exponent - small.exponent, cast(Term, Log(small.total)) - cast(Term, Log(great.total)))
    ends = 1 - small.value * inverse, slope
    turned = book.add_from_known("powers", equation(power(ratio, -1), small.value * inverse))
    below = 1 - power(ratio, -1)
    links = (
        book.add("algebraic", equation(ends[0], below), (turned,), multiply(-1, *_holes(book, turned))),
        book.add_from_known("logarithm_tangent", comparison(AtMost, below, cast(Term, Log(ratio)))),
        book.add_from_known("logarithms", equation(Log(ratio), slope)),
    )
    tangent = book.add("chain", comparison(AtMost, *ends), links, below, cast(Term, Log(ratio)))
    unit = book.add_from_known("powers", equation(great.value * inverse, ONE))
    return Gap(great.value, small.value, slope, (order, tangent, unit))


def _in_both_orders(
    book: Book, one: Softmax, other: Softmax, formula: Formula, proof: Callable[[Gap], int]
) -> int:
    """The formula, whichever of the two entries is the greater one."""
    for entry in (one, other):
        learn_positive(book, entry.value)
    cases = []
    for small, great in ((one, other), (other, one)):
        with book.assuming(comparison(AtMost, small.value, great.value)) as order:
            cases.append(proof(_gap(book, great, small, order)))
    return book.add("cases_order", formula, tuple(cases), one.value, other.value)


def _slope(one: Softmax, other: Softmax) -> Term:
    """log q - log c."""
    return add(one.exponent - other.exponent, cast(Term, Log(other.total)) - cast(Term, Log(one.total)))


def _holes(book: Book, *steps: int) -> list[Term]:
    return [hole(n, *general_names(book, step)) for n, step in enumerate(steps)]


def _square_below(book: Book, one: Softmax, other: Softmax) -> int:
    """d^2 <= d (log q - log c), since d^2 is at most d^2 / max(q, c)."""
    d = one.value - other.value
    formula = comparison(AtMost, d * d, d * _slope(one, other))

    def proof(gap: Gap) -> int:
        steps = *gap.steps, below_one(book, gap.great)
        order, tangent, unit, room = _holes(book, *steps)
        distance, inverse = gap.great - gap.small, power(gap.great, -1)
        template = add(
            multiply(order, tangent),
            multiply(distance - distance * distance, unit),
            multiply(order, order, inverse, room),
        )
        return book.add_from_known("combination", formula, template, also=steps)

    return _in_both_orders(book, one, other, formula, proof)


def _distance_below(book: Book, one: Softmax, other: Softmax, distance: Term, level: Term) -> int:
    r"""2 t |d| - t^2 (q + c) <= d (log q - log c), since :math:`(d - t m)^2 / m \ge 0` for m = max(q, c)."""
    d = one.value - other.value
    low = 2 * level * distance - level**2 * (one.value + other.value)
    formula = comparison(AtMost, low, d * _slope(one, other))

    def proof(gap: Gap) -> int:
        width, inverse = gap.great - gap.small, power(gap.great, -1)
        steps = *gap.steps, _distance_is(book, distance, width, gap.steps[0])
        order, tangent, unit, bound = _holes(book, *steps)
        template = add(
            multiply(order, tangent),
            multiply(inverse, power(width - level * gap.great, 2)),
            multiply(power(level, 2), gap.small),
            multiply(2, level, bound),
            multiply(add(width, multiply(-2, level, width), multiply(power(level, 2), gap.great)), unit),
        )
        return book.add_from_known("combination", formula, template, also=steps)

    return _in_both_orders(book, one, other, formula, proof)


def _distance_is(book: Book, distance: Term, width: Term, order: int) -> int:
    """max(d, -d) is at most the one that is not negative."""
    (room,) = _holes(book, order)
    bounds = []
    for part in cast(Extreme, distance).arguments:
        factor = 0 if equal(part, width, book.goal.sizes) else 2
        template = multiply(factor, room) if factor else ZERO
        bounds.append(book.add("combination", comparison(AtMost, part, width), (order,), template))
    return book.add("extremum_is_least_bound", comparison(AtMost, distance, width), tuple(bounds))


# -- variance -----------------------------------------------------------------------------------


def prove_spread(book: Book, formula: Formula) -> int:
    """The variances of the entries of a softmax sum to no more than those of the exponents."""
    left, right = formula.parts
    if not (isinstance(left, Big) and left.kind == "sum"):
        raise NoProof("no sum of variances")
    i = book.index(left.sort)
    s, chance, value = read_variance(book, left.at(i))
    q = read_softmax(value, i)
    mean = big_sum(s, chance * q.exponent)
    raised = cast(Term, Exp(mean))
    centre = read_softmax(raised / big_sum(i, raised), i)
    middle = big_sum(i, big_sum(s, chance * (q.exponent - mean) ** 2))
    for entry in (q, centre):
        learn_positive(book, entry.value)
        book.know(prove_equal(book, big_sum(i, entry.value), ONE))
    below = _square_below(book, q, centre)
    d, u = q.value - centre.value, q.exponent - mean
    bias = big_sum(s, chance * q.value) - centre.value

    def build(holes: list[Term]) -> Term:
        excess = add(multiply(2, holes[0]), power(d - u, 2))
        return add(big_sum(i, big_sum(s, multiply(chance, excess))), big_sum(i, power(bias, 2)))

    narrower = combined_with_sums(book, comparison(AtMost, cast(Term, left), middle), (below,), build)
    rest = prove_order(book, AtMost, middle, cast(Term, right))
    return book.add("chain", formula, (narrower, rest), middle)


# -- distance -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Distance:
    """The distance of two entries, max(d, -d), at an index, and the sum of them."""

    index: Free
    entry: Extreme

    @property
    def difference(self) -> Term:
        return self.entry.arguments[0]

    @property
    def total(self) -> Big:
        return cast(Big, big_sum(self.index, self.entry))


def prove_distance(book: Book, formula: Formula) -> int:
    """The entries of softmaxes differ in total by no more than those of the exponents."""
    (left, one), (right, other) = (_read_sum(side) for side in formula.parts)
    i = book.index(one.sort)
    near, far = (_Distance(i, _read_distance(total.at(i))) for total in (one, other))
    common = [part for part in left if part in right]
    for part in common:
        left.remove(part)
        right.remove(part)
    factor = multiply(*right)
    bound = _bounded_distance(book, near, far, factor)
    if left:
        raise NoProof("a multiple of the distance")
    template = multiply(*common, *_holes(book, bound))
    return book.add_from_known("combination", formula, template, also=(bound,))


def _read_sum(value: Term) -> tuple[list[Term], Big]:
    """The factors of a term besides the one that is a sum of distances, and the sum."""
    parts = factors(value)
    sums = [part for part in parts if isinstance(part, Big) and part.kind == "sum"]
    if len(sums) != 1 or not isinstance(sums[0].body, Extreme):
        raise NoProof("no sum of distances:", value)
    parts.remove(sums[0])
    return parts, sums[0]


def _read_distance(value: Term) -> Extreme:
    match value:
        case Extreme() if value.kind == "maximum" and len(value.arguments) == 2:
            return value
    raise NoProof("no distance:", value)


def _bounded_distance(book: Book, near: _Distance, far: _Distance, factor: Term) -> int:
    """X <= w E, from X^2 / 2 <= c w E X / 2, where the exponents differ by c w y and c is at most one."""
    i, d = near.index, near.difference
    q, c = _two_softmaxes(d, i)
    scale = multiple_of(q.exponent - c.exponent, factor * far.difference, book.goal.sizes)
    if not 0 < scale <= 1:
        raise NoProof("exponents that differ by more:", scale)
    for entry in (q, c):
        learn_positive(book, entry.value)
        book.know(prove_equal(book, big_sum(i, entry.value), ONE))
    for distance in (near, far):
        learn_nonnegative(book, distance.entry)
    learn_nonnegative(book, factor)
    level = HALF * near.total
    steps = (
        _distance_below(book, q, c, near.entry, level),
        _product_below(book, near, far),
        _half_of_all(book, far),
    )

    def build(holes: list[Term]) -> Term:
        slopes, products, halves = holes
        return add(
            big_sum(i, slopes),
            multiply(scale, factor, big_sum(i, products)),
            multiply(scale, factor, big_sum(i, multiply(near.entry, halves))),
            multiply((1 - scale) / 2, factor, far.total, near.total),
        )

    square = HALF * near.total * near.total, HALF * factor * far.total * near.total
    return _divided(
        book,
        near.total,
        factor * far.total,
        combined_with_sums(book, comparison(AtMost, *square), steps, build),
    )


def _two_softmaxes(value: Term, i: Free) -> tuple[Softmax, Softmax]:
    """q and c of q - c."""
    match value:
        case Add(parts=(first, Multiply(parts=(Number(sign), *rest)))) if sign == -1:
            return read_softmax(first, i), read_softmax(multiply(*rest), i)
    raise NoProof("no difference of softmaxes:", value)


def _product_below(book: Book, near: _Distance, far: _Distance) -> int:
    """d y <= |d| |y|: half of (|d| - d)(|y| + y) + (|d| + d)(|y| - y)."""
    bounds = [
        book.add("extremum_bounds", comparison(AtMost, part, distance.entry))
        for distance in (near, far)
        for part in distance.entry.arguments
    ]
    first, second, third, fourth = _holes(book, *bounds)
    template = multiply(HALF, add(multiply(first, fourth), multiply(second, third)))
    formula = comparison(AtMost, near.difference * far.difference, near.entry * far.entry)
    return book.add("combination", formula, tuple(bounds), template)


def _half_of_all(book: Book, far: _Distance) -> int:
    """|y(i)| <= E / 2, as y sums to zero: y(i) is the sum of all other -y(j)."""
    whole = HALF * far.total
    halves = []
    for part, opposite in (far.entry.arguments, far.entry.arguments[::-1]):
        below = book.add("extremum_bounds", comparison(AtMost, part, far.entry))
        other = book.add("extremum_bounds", comparison(AtMost, opposite, far.entry))
        room = far.entry + part
        positive = book.add("combination", comparison(AtMost, ZERO, room), (other,), _holes(book, other)[0])
        total = big_sum(far.index, room)
        one = book.add("term_of_sum", comparison(AtMost, room, total), (positive,), far.index)
        formula = comparison(AtMost, part, whole)
        halves.append(
            combined_with_sums(book, formula, (one, below), lambda holes: multiply(HALF, add(*holes)))
        )
    return book.add("extremum_is_least_bound", comparison(AtMost, far.entry, whole), tuple(halves))


def _divided(book: Book, total: Term, bound: Term, square: int) -> int:
    """From X^2 / 2 <= B X / 2 to X <= B."""
    formula = comparison(AtMost, total, bound)
    learn_nonnegative(book, bound)
    sign = book.add_from_known("sign_of_parts", comparison(AtMost, ZERO, total))
    with book.assuming(equation(total, ZERO)) as zero:
        none = book.add_from_known("sign_of_parts", comparison(AtMost, ZERO, bound))
        first = book.add("chain", formula, (zero, none), ZERO)
    with book.assuming(comparison(Less, ZERO, total)):
        unit = book.add_from_known("powers", equation(total * power(total, -1), ONE))
        most, rest = _holes(book, square, unit)
        template = add(multiply(2, power(total, -1), most), multiply(add(bound, multiply(-1, total)), rest))
        second = book.add_from_known("combination", formula, template, also=(square, unit))
    return book.add("cases_zero", formula, (sign, first, second), total)
