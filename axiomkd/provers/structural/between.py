"""Odds between two others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from math import comb
from typing import cast

from axiomkd.kernel.algebra import Sizes, canonical, equal, expand, to_term
from axiomkd.kernel.combination import hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.logarithm import expand_logarithms
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Extreme,
    Less,
    Log,
    Multiply,
    Number,
    Power,
    Term,
    Variable,
    add,
    multiply,
    power,
    subterms,
    term,
)
from axiomkd.provers.structural.book import Book, NoProof
from axiomkd.provers.structural.gaps import comparison
from axiomkd.provers.structural.rewriting import prove_equal, simplify
from axiomkd.provers.structural.signs import is_positive, learn_nonnegative, learn_positive, prove_positive
from axiomkd.provers.structural.sums import equation, reduce_by_sums


def prove_between(book: Book, formula: AtMost) -> int:
    """min(A, B) <= C or C <= max(A, B), for positive terms."""
    lower = _is_lower(formula)
    extreme, value = (formula.left, formula.right) if lower else (formula.right, formula.left)
    if not (isinstance(extreme, Extreme) and len(extreme.arguments) == 2):
        raise NoProof("no extremum of two terms")
    first, second = extreme.arguments
    for attempt in (_one_end, _log_affine, _mediant):
        try:
            return attempt(book, formula, first, second, value)
        except Refused:
            continue
    raise NoProof("not between:", value)


def _bounded(book: Book, formula: AtMost, end: Term, inner: int) -> int:
    """From end <= value (or value <= end) to the extremum of the ends."""
    if _is_lower(formula):
        bound = book.add("extremum_bounds", comparison(AtMost, formula.left, end))
        return book.add("chain", formula, (bound, inner), end)
    bound = book.add("extremum_bounds", comparison(AtMost, end, formula.right))
    return book.add("chain", formula, (inner, bound), end)


def _one_end(book: Book, formula: AtMost, first: Term, second: Term, value: Term) -> int:
    for end in (first, second):
        try:
            same = prove_equal(book, end, value)
        except Refused:
            continue
        return _bounded(book, formula, end, same)
    raise NoProof("neither end is the value")


def unit_variables(book: Book) -> list[Term]:
    """Scalars that are known to lie in [0, 1]."""
    known = {book.formula(number) for number in book.known}
    scalars = sorted(
        {f.left for f in known if isinstance(f, AtMost) and isinstance(f.left, Variable) and f.right is ONE},
        key=lambda x: x.key,
    )
    return [x for x in scalars if AtMost(ZERO, x) in known]


InOrder = Callable[[Term, Term, int], int]
"""A proof for the case that the first term is at most the second, as the step says."""


def _split_by_order(book: Book, formula: AtMost, first: Term, second: Term, proof: InOrder) -> int:
    """Prove the formula twice, for each order of two terms."""
    found = []
    for small, great in ((first, second), (second, first)):
        with book.assuming(comparison(AtMost, small, great)) as order:
            found.append(proof(small, great, order))
    return book.add("cases_order", formula, tuple(found), first, second)


def _log_affine(book: Book, formula: AtMost, first: Term, second: Term, value: Term) -> int:
    """log C = (1-s) log A + s log B."""
    for positive in (first, second, value):
        learn_positive(book, positive)
    logs = [cast(Term, Log(x)) for x in (first, second, value)]
    for s in unit_variables(book):
        mixed = (1 - s) * logs[0] + s * logs[1]
        try:
            mixture = _logarithms_agree(book, mixed, logs[2])
        except Refused:
            continue
        return _by_log_mixture(book, formula, (first, second, value), s, mixture)
    raise NoProof("not log-affine")


def _logarithms_agree(book: Book, left: Term, right: Term) -> int:
    factors: list[Term] = []
    gap = expand(expand_logarithms(left - right, factors), book.goal.sizes)
    if not all(is_positive(book, factor) for factor in factors):
        raise NoProof("factors of unknown sign")
    rest, template, premises = reduce_by_sums(book, gap)
    if rest:
        raise NoProof("logarithms differ")
    parameters = [template] if premises else []
    return book.add_from_known("logarithms", equation(left, right), *parameters, also=tuple(premises))


def _by_log_mixture(
    book: Book, formula: AtMost, terms: tuple[Term, Term, Term], s: Term, mixture: int
) -> int:
    first, second, value = terms
    lower = _is_lower(formula)
    mixed = cast(Term, book.formula(mixture).parts[0])

    def proof(small: Term, great: Term, order: int) -> int:
        end = small if lower else great
        logs = book.add_from_known(
            "logarithm_increases",
            comparison(AtMost, cast(Term, Log(small)), cast(Term, Log(great))),
            also=(order,),
        )
        share = s if end is first else 1 - s
        ends = (cast(Term, Log(end)), mixed) if lower else (mixed, cast(Term, Log(end)))
        step = book.add_from_known("combination", comparison(AtMost, *ends), share * hole(0), also=(logs,))
        log_value = cast(Term, Log(value))
        pair = (cast(Term, Log(end)), log_value) if lower else (log_value, cast(Term, Log(end)))
        whole = book.add("chain", comparison(AtMost, *pair), (step, mixture), mixed)
        decided = comparison(AtMost, *((end, value) if lower else (value, end)))
        return _bounded(book, formula, end, book.add_from_known("logarithm_decides", decided, also=(whole,)))

    return _split_by_order(book, formula, first, second, proof)


Pieces = tuple[Term, Term, Term]
"""Numerator, denominator, exponent of (x/y)^r."""


def _as_power_of_ratio(book: Book, value: Term) -> Iterator[Pieces]:
    """Ways to see a simplified term as (x/y)^r with x and y sums."""
    parts = value.parts if isinstance(value, Multiply) else (value,)
    powers = [(p.base, p.exponent) if isinstance(p, Power) else (p, ONE) for p in parts]
    for above, exponent in powers:
        for below, other in powers:
            if above is not below and len(powers) == 2 and equal(exponent + other, ZERO, book.goal.sizes):
                yield above, below, exponent


def _mediant(book: Book, formula: AtMost, first: Term, second: Term, value: Term) -> int:
    """C = (S/S')^r where S = u X + v Y and S' = u X' + v Y': then S/S' is a mediant of X/X' and Y/Y'."""
    simple, _ = simplify(book, value)
    for above, below, exponent in _as_power_of_ratio(book, simple):
        groups, groups_below = _groups(book, above, below), _groups(book, below, above)
        if len(groups) != 2 or len(groups_below) != 2:
            continue
        for x, y in ((0, 1), (1, 0)):
            try:
                pieces = _pieces(book, (groups[x], groups[y]), groups_below)
                return _by_mediant(book, formula, (first, second, value), (above, below, exponent), pieces)
            except Refused:
                continue
    raise NoProof("no mediant")


Group = tuple[Term, Term]
"""A coefficient, and what it multiplies."""
Mediant = tuple[Term, Term, Term, Term, Term, Term]
"""a, b, c, d, u, v of the mediant (ua+vc)/(ub+vd)."""


def _groups(book: Book, value: Term, other: Term) -> list[Group]:
    """A sum by what in it changes from the one index to the other; the coefficients do not."""
    changing = value.free - other.free
    groups: dict[Term, list[Term]] = {}
    for (binders, factors), scale in expand(value, book.goal.sizes).items():
        names = frozenset(changing) | frozenset(binders)
        moving = tuple(f for f in factors if not f[0].free.isdisjoint(names))
        fixed = tuple(f for f in factors if f[0].free.isdisjoint(names))
        mass = to_term({(binders, moving): Fraction(1)})
        groups.setdefault(mass, []).append(to_term({((), fixed): scale}))
    return [(_shown(book, add(*parts)), mass) for mass, parts in groups.items()]


def _pieces(book: Book, groups: tuple[Group, Group], others: list[Group]) -> Mediant:
    """Match the groups of the denominator to those of the numerator by their coefficients."""
    (u, x), (v, y) = groups
    below = {canonical(coefficient, book.goal.sizes): mass for coefficient, mass in others}
    try:
        x_below, y_below = (below[canonical(coefficient, book.goal.sizes)] for coefficient in (u, v))
    except KeyError:
        raise NoProof("coefficients that differ") from None
    return x, x_below, y, y_below, u, v


def _shown(book: Book, coefficient: Term) -> Term:
    """A coefficient written so that its sign can be seen: in Bernstein's basis of a unit variable."""
    for s in unit_variables(book):
        written = bernstein(coefficient, s, book.goal.sizes)
        if written is not None:
            return written
    return coefficient


def bernstein(value: Term, s: Term, sizes: Sizes) -> Term | None:
    r"""A polynomial in s as :math:`\sum_j c_j \binom nj s^j (1-s)^{n-j}`; ``None`` if it is none."""
    parts = bernstein_parts(value, s, sizes)
    if parts is None:
        return None
    written = ((basis[0], coefficient, *basis[1:]) for coefficient, basis in parts)
    return add(*(multiply(*(factor for factor in factors if factor is not ONE)) for factors in written))


def bernstein_parts(value: Term, s: Term, sizes: Sizes) -> list[tuple[Term, list[Term]]] | None:
    """The coefficients that are not zero, each with the factors of what it multiplies, a number first."""
    powers: dict[int, list[Term]] = {}
    for (binders, factors), scale in expand(value, sizes).items():
        degree = dict(factors).get(s, 0)
        rest = tuple(factor for factor in factors if factor[0] is not s)
        if any(s in set(subterms(atom)) for atom, _ in rest):
            return None
        powers.setdefault(degree, []).append(to_term({(binders, rest): scale}))
    n = max(powers, default=0)
    parts: list[tuple[Term, list[Term]]] = []
    for j in range(n + 1):
        weights = [Fraction(comb(j, i), comb(n, i)) for i in range(j + 1)]
        control = add(*(weight * part for i, weight in enumerate(weights) for part in powers.get(i, [])))
        simple = canonical(control, sizes)
        if simple is not ZERO:
            parts.append((simple, [term(comb(n, j)), *[s] * j, *[1 - s] * (n - j)]))
    return parts


def _by_mediant(book: Book, formula: AtMost, terms: Pieces, ratio: Pieces, pieces: Mediant) -> int:
    first, second, value = terms
    above, below, exponent = ratio
    x, x_below, y, y_below, u, v = pieces
    middle = above / below
    ends = x / x_below, y / y_below
    for positive in (x, x_below, y, y_below, above, below):
        learn_positive(book, positive)
    for coefficient in (u, v):
        learn_nonnegative(book, coefficient)
    _carry(book, below, u * x_below + v * y_below)
    equations = [
        prove_equal(book, first, power(ends[0], exponent)),
        prove_equal(book, second, power(ends[1], exponent)),
        prove_equal(book, value, power(middle, exponent)),
    ]
    least, greatest = cast(Term, Extreme("minimum", *ends)), cast(Term, Extreme("maximum", *ends))
    low = book.add_from_known("mediant", comparison(AtMost, least, middle), *pieces)
    high = book.add_from_known("mediant", comparison(AtMost, middle, greatest), *pieces)

    def proof(small: Term, great: Term, order: int) -> int:
        bounds = (
            _through(book, small, least, middle, order, low),
            _through(book, great, greatest, middle, order, high),
        )
        lower = _is_lower(formula) != (isinstance(exponent, Number) and exponent.value < 0)
        end, bound = (small, bounds[0]) if lower else (great, bounds[1])
        given, same = (first, equations[0]) if end is ends[0] else (second, equations[1])
        raised = _raised(book, _is_lower(formula), (end, middle, exponent), bound)
        sides = _in_order(_is_lower(formula), power(end, exponent), power(middle, exponent))
        outer = comparison(AtMost, *_in_order(_is_lower(formula), given, value))
        return _bounded(book, formula, given, book.add("chain", outer, (same, raised, equations[2]), *sides))

    return _split_by_order(book, formula, *ends, proof)


def _carry(book: Book, before: Term, after: Term) -> None:
    """What equals something positive is positive."""
    same = book.add("algebraic", equation(before, after))
    zero_below = comparison(Less, ZERO, after)
    book.know(book.add("chain", zero_below, (prove_positive(book, before), same), before))


def _is_lower(formula: AtMost) -> bool:
    return isinstance(formula.left, Extreme) and formula.left.kind == "minimum"


def _in_order(lower: bool, end: Term, middle: Term) -> tuple[Term, Term]:
    return (end, middle) if lower else (middle, end)


def _raised(book: Book, lower: bool, pieces: Pieces, bound: int) -> int:
    """From a bound of the middle to that of its power."""
    end, middle, exponent = pieces
    learn_positive(book, end)
    learn_positive(book, middle)
    sides = _in_order(lower, power(end, exponent), power(middle, exponent))
    return book.add_from_known("power_of_base", comparison(AtMost, *sides), also=(bound,))


def _through(book: Book, end: Term, extremum: Term, middle: Term, order: int, bound: int) -> int:
    """In the case of this order the end is the extremum's bound."""
    if isinstance(extremum, Extreme) and extremum.kind == "minimum":
        itself = book.add("instance", comparison(AtMost, end, end))
        least = book.add("extremum_is_least_bound", comparison(AtMost, end, extremum), (itself, order))
        return book.add("chain", comparison(AtMost, end, middle), (least, bound), extremum)
    itself = book.add("instance", comparison(AtMost, end, end))
    least = book.add("extremum_is_least_bound", comparison(AtMost, extremum, end), (itself, order))
    return book.add("chain", comparison(AtMost, middle, end), (bound, least), extremum)
