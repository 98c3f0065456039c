r"""Divergences along a path of weights, for pools that are made to sum to one by what is added.

Let :math:`q = F(a + c)` and, further on the path to p, :math:`q' = F((1-s) a + s f(p) + c')`, where F is the
inverse of f, a square or an inverse. With :math:`m = F((1-s) f(q) + s f(p)) \le (1-s) q + s p` the sum of m
is at most one, so that :math:`m \le q'`, whichever of c' and (1-s) c is the greater. And
:math:`\sum_i p(i) \log(m(i)/q(i)) \ge 0` by the tangent of the logarithm.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from axiomkd.kernel.combination import hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Big,
    Formula,
    Free,
    Less,
    Log,
    Number,
    Power,
    Term,
    add,
    big_sum,
    multiply,
    power,
    substitute,
)
from axiomkd.provers.structural.between import unit_variables
from axiomkd.provers.structural.book import Book, NoProof, general_names
from axiomkd.provers.structural.divergences import likelihood_parts
from axiomkd.provers.structural.gaps import comparison
from axiomkd.provers.structural.order import prove_order
from axiomkd.provers.structural.own_sums import added, learn_signs
from axiomkd.provers.structural.shifted import by_monotone_operations
from axiomkd.provers.structural.signs import is_positive, learn_positive, prove_positive
from axiomkd.provers.structural.sums import combined_with_sums, equation, reduce_equal

HALF = Fraction(1, 2)


@dataclass(frozen=True)
class _Path:
    """The entries q, q' and m at i, what each is F of, and p; ``f`` is f(p)."""

    i: Free
    s: Term
    p: Term
    before: Power
    after: Power
    between: Power

    @property
    def is_square(self) -> bool:
        return self.before.exponent.parts == (2,)

    @property
    def f(self) -> Term:
        return power(self.p, HALF if self.is_square else -1)


def prove_along_path(book: Book, formula: AtMost) -> int:
    """The likelihood of p under q' is at least that under q."""
    left, right = formula.parts
    if not (isinstance(left, Big) and left.kind == "product"):
        raise NoProof("no likelihood")
    i = book.index(left.sort)
    (p, before), (same, after) = likelihood_parts(left, i), likelihood_parts(cast(Term, right), i)
    if p is not same:
        raise NoProof("no common distribution")
    for path in _paths(book, i, p, before, after):
        return _along(book, formula, path)
    raise NoProof("no path of weights")


def _paths(book: Book, i: Free, p: Term, before: Term, after: Term) -> list[_Path]:
    """The ways to see two pools as those at the begin of a path and further on."""
    match before, after:
        case (Power(_, Number(a)), Power(inside, Number(b))) if a == b and a in (2, -1):
            pairs = list(added(before, after, i))
            if pairs:
                learn_signs(book, pairs)
            return [
                _Path(
                    i,
                    s,
                    p,
                    before,
                    after,
                    cast(Power, Power(substitute(inside, {new: (1 - s) * old}), Number(a))),
                )
                for s in unit_variables(book)
                for old, new in pairs
            ]
    raise NoProof("no pools with something added")


def _along(book: Book, formula: Formula, path: _Path) -> int:
    room = book.add_from_known("instance", comparison(AtMost, path.s, ONE))
    book.know(book.add("combination", comparison(AtMost, ZERO, 1 - path.s), (room,), hole(0)))
    learn_positive(book, path.p)
    for value in (path.before, path.after, path.between):
        if not is_positive(book, value.base):
            book.know(_positive_mixture(book, path))
        learn_positive(book, value)
    total = _total(book, path, path.before)
    below = _between_is_below(book, path, total, _mean_above(book, path))
    inner = _in_expectation(book, path, total, below)
    logs = [cast(Term, Log(side)) for side in formula.parts]
    ends = book.formula(inner).parts
    links = (
        book.add_from_known("logarithms", equation(logs[0], ends[0])),
        inner,
        book.add_from_known("logarithms", equation(ends[1], logs[1])),
    )
    whole = book.add("chain", comparison(AtMost, *logs), links, *ends)
    return book.add_from_known("logarithm_decides", formula, also=(whole,))


def _positive_mixture(book: Book, path: _Path) -> int:
    """0 < (1-s) f(q) + s f(p): the first where s is zero, else the second is positive."""
    s, u, v, base = path.s, path.before.base, path.f, path.between.base
    formula, mixed = comparison(Less, ZERO, base), (1 - s) * u + s * v
    known = book.add_from_known("instance", comparison(AtMost, ZERO, s))
    with book.assuming(equation(s, ZERO)) as zero:
        alone = book.add("algebraic", equation(u, base), (zero,), multiply(hole(0), v - u))
        first = book.add("chain", formula, (prove_positive(book, u), alone), u)
    with book.assuming(comparison(Less, ZERO, s)):
        some = book.add_from_known("sign_of_parts", comparison(Less, ZERO, mixed))
        second = book.add("chain", formula, (some, book.add("algebraic", equation(mixed, base))), mixed)
    return book.add("cases_zero", formula, (known, first, second), s)


def _total(book: Book, path: _Path, value: Term) -> int:
    return reduce_equal(book, big_sum(path.i, value), ONE)


def _units(book: Book, path: _Path) -> list[int]:
    """f(p) and p, or what F is taken of and its value: their products."""
    if path.is_square:
        return [book.add_from_known("powers", equation(path.f * path.f, path.p))]
    return [
        book.add_from_known("powers", equation(one * other, ONE))
        for one, other in (
            (path.p, path.f),
            (path.before.base, path.before),
            (path.between.base, path.between),
        )
    ]


def _mean_above(book: Book, path: _Path) -> int:
    """m <= (1-s) q + s p, by squares."""
    s, p, q, m = path.s, path.p, path.before, path.between
    formula = comparison(AtMost, m, (1 - s) * q + s * p)
    units = _units(book, path)
    if path.is_square:
        book.know(units[0])

    def build(holes: list[Term]) -> Term:
        if path.is_square:
            return add(multiply(s, 1 - s, power(q.base - path.f, 2)), multiply(s, holes[0]))
        of_p, of_q, of_m = holes
        return add(
            multiply(1 - s, q, power(1 - q.base * m, 2)),
            multiply(s, p, power(1 - path.f * m, 2)),
            multiply(m, of_m),
            multiply(-1, 1 - s, 2 * m - q.base * m * m, of_q),
            multiply(-1, s, 2 * m - path.f * m * m, of_p),
        )

    return combined_with_sums(book, formula, units, build)


def _between_is_below(book: Book, path: _Path, total: int, mean: int) -> int:
    """m <= q' in either order of what is added, as the sum of m is at most that of q'."""
    m, after = path.between, path.after
    formula = comparison(AtMost, m, after)
    whole = _total(book, path, after)
    (pair,) = added(m, after, path.i)
    cases = []
    for order in (pair, pair[::-1]):
        with book.assuming(comparison(AtMost, *order)), by_monotone_operations(book):
            try:
                cases.append(prove_order(book, AtMost, m, after))
            except Refused:
                cases.append(
                    _by_totals(book, path, (total, whole, mean), prove_order(book, AtMost, after, m))
                )
    return book.add("cases_order", formula, tuple(cases), *pair)


def _by_totals(book: Book, path: _Path, steps: tuple[int, int, int], above: int) -> int:
    """As no term of the sum of m is below that of q', and the sum is not above it."""
    i, gap = path.i, path.between - path.after
    room = book.add(
        "combination", comparison(AtMost, ZERO, gap), (above,), hole(0, *general_names(book, above))
    )
    one = book.add("term_of_sum", comparison(AtMost, gap, big_sum(i, gap)), (room,), i)
    s = path.s

    def build(holes: list[Term]) -> Term:
        term, total, whole, mean = holes
        return add(term, big_sum(i, mean), multiply(1 - s, total), multiply(-1, whole))

    formula = comparison(AtMost, path.between, path.after)
    return combined_with_sums(book, formula, (one, *steps), build)


def _in_expectation(book: Book, path: _Path, total: int, below: int) -> int:
    """sum p log q <= sum p log q', each less sum p log p."""
    i, s, p, x, q, m = path.i, path.s, path.p, path.f, path.before, path.between
    ends = [
        big_sum(i, p * (q.exponent * cast(Term, Log(value.base)) - cast(Term, Log(p))))
        for value in (q, path.after)
    ]
    units = _units(book, path)
    if path.is_square:
        units = [book.add_from_known("powers", equation(m.base * power(m.base, -1), ONE))]
    steps = _logarithms_of_means(book, path, below), _tangent(book, path), total, *units

    def build(holes: list[Term]) -> Term:
        higher, tangent, whole, unit, *others = holes
        each = add(multiply(p, higher), multiply(2 if path.is_square else 1, p, tangent))
        if path.is_square:
            squares = multiply(2, s, 1 - s, x, power(m.base, -1), power(x - q.base, 2))
            each = add(each, squares, multiply(2, p - s * x * (x - q.base), unit))
            rest = multiply(s, big_sum(i, power(x - q.base, 2)))
        else:
            each = add(each, multiply(1 - s, p, others[0]), multiply(s, q, unit))
            rest = ZERO
        return add(big_sum(i, each), rest, multiply(s, whole))

    return combined_with_sums(book, comparison(AtMost, *ends), steps, build)


def _logarithms_of_means(book: Book, path: _Path, below: int) -> int:
    """log m <= log q'."""
    pair = path.between, path.after
    logs = [cast(Term, Log(value)) for value in pair]
    apart = [value.exponent * cast(Term, Log(value.base)) for value in pair]
    links = (
        book.add_from_known("logarithms", equation(apart[0], logs[0])),
        book.add_from_known("logarithm_increases", comparison(AtMost, *logs), also=(below,)),
        book.add_from_known("logarithms", equation(logs[1], apart[1])),
    )
    return book.add("chain", comparison(AtMost, *apart), links, *logs)


def _tangent(book: Book, path: _Path) -> int:
    """1 - y/x <= log x - log y, where x/y is m/q or, of squares, the root of that."""
    q, m = path.before, path.between
    if path.is_square:
        ratio, inverse, log = m.base / q.base, q.base * power(m.base, -1), Log(m.base) - Log(q.base)
    else:
        ratio, inverse, log = m / q, q * m.base, Log(q.base) - Log(m.base)
    same = book.add_from_known("powers", equation(power(ratio, -1), inverse))
    low, logarithm = 1 - power(ratio, -1), cast(Term, Log(ratio))
    links = (
        book.add(
            "algebraic",
            equation(1 - inverse, low),
            (same,),
            multiply(-1, hole(0, *general_names(book, same))),
        ),
        book.add_from_known("logarithm_tangent", comparison(AtMost, low, logarithm)),
        book.add_from_known("logarithms", equation(logarithm, log)),
    )
    return book.add("chain", comparison(AtMost, 1 - inverse, log), links, low, logarithm)
