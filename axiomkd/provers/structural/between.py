"""Odds between two others; and what that says of divergences. Entropies of tempered distributions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from axiomkd.kernel.algebra import Monomial, Polynomial, equal, expand
from axiomkd.kernel.combination import hole
from axiomkd.kernel.logarithm import logarithm
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Big,
    Extreme,
    Free,
    Less,
    Log,
    Multiply,
    Number,
    Power,
    Term,
    Variable,
    big_sum,
    multiply,
    power,
    substitute,
)
from axiomkd.provers.structural.book import Book, NoProof
from axiomkd.provers.structural.gaps import comparison
from axiomkd.provers.structural.order import prove_order
from axiomkd.provers.structural.rewriting import equation, exponential, prove_equal, simplify
from axiomkd.provers.structural.signs import is_positive, learn_positive


def prove_between(book: Book, formula: AtMost) -> int:
    """min(A, B) <= C or C <= max(A, B), for positive terms."""
    lower = isinstance(formula.left, Extreme) and formula.left.kind == "minimum"
    extreme, value = (formula.left, formula.right) if lower else (formula.right, formula.left)
    if not (isinstance(extreme, Extreme) and len(extreme.arguments) == 2):
        raise NoProof("no extremum of two terms")
    first, second = extreme.arguments
    for attempt in (_one_end, _log_affine, _mediant):
        try:
            return attempt(book, formula, first, second, value)
        except NoProof:
            continue
    raise NoProof("not between:", value)


def _bounded(book: Book, formula: AtMost, end: Term, inner: int) -> int:
    """From end <= value (or value <= end) to the extremum of the ends."""
    if isinstance(formula.left, Extreme) and formula.left.kind == "minimum":
        bound = book.add("extremum_bounds", comparison(AtMost, formula.left, end))
        return book.add("chain", formula, (bound, inner), end)
    bound = book.add("extremum_bounds", comparison(AtMost, end, formula.right))
    return book.add("chain", formula, (inner, bound), end)


def _one_end(book: Book, formula: AtMost, first: Term, second: Term, value: Term) -> int:
    for end in (first, second):
        try:
            same = prove_equal(book, end, value)
        except NoProof:
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


def _split_by_order(book: Book, formula: AtMost, first: Term, second: Term, proof) -> int:  # type: ignore[no-untyped-def]
    """Prove the formula twice, for each order of two terms; ``proof`` gets the smaller, the greater, the step."""
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
        except NoProof:
            continue
        return _by_log_mixture(book, formula, (first, second, value), s, mixture)
    raise NoProof("not log-affine")


def _logarithms_agree(book: Book, left: Term, right: Term) -> int:
    from axiomkd.kernel.logarithm import expand_logarithms
    from axiomkd.provers.structural.rewriting import reduce_by_sums

    factors: list[Term] = []
    gap = expand(expand_logarithms(left - right, factors), book.goal.sizes)
    if not all(is_positive(book, factor) for factor in factors):
        raise NoProof("factors of unknown sign")
    rest, template, premises = reduce_by_sums(book, gap)
    if rest:
        raise NoProof("logarithms differ")
    parameters = [template] if premises else []
    return book.add_from_known("logarithms", equation(left, right), *parameters, also=tuple(premises))


def _by_log_mixture(book: Book, formula: AtMost, terms: tuple[Term, Term, Term], s: Term, mixture: int) -> int:
    first, second, value = terms
    lower = isinstance(formula.left, Extreme) and formula.left.kind == "minimum"
    mixed = cast(Term, book.formula(mixture).parts[0])

    def proof(small: Term, great: Term, order: int) -> int:
        end = small if lower else great
        logs = book.add_from_known(
            "logarithm_increases", comparison(AtMost, cast(Term, Log(small)), cast(Term, Log(great))), also=(order,)
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
    """C = (S/S')^r where S = (1-s) X + s Y: then (S/S') is a mediant of X/X' and Y/Y'."""
    simple, _ = simplify(book, value)
    for above, below, exponent in _as_power_of_ratio(book, simple):
        for s in unit_variables(book):
            try:
                return _by_mediant(book, formula, (first, second, value), (above, below, exponent), s)
            except NoProof:
                continue
    raise NoProof("no mediant")


def _by_mediant(book: Book, formula: AtMost, terms: Pieces, ratio: Pieces, s: Term) -> int:
    first, second, value = terms
    above, below, exponent = ratio
    x, y = (cast(Term, substitute(above, {s: end})) for end in (ZERO, ONE))
    x_below, y_below = (cast(Term, substitute(below, {s: end})) for end in (ZERO, ONE))
    sizes = book.goal.sizes
    x, y, x_below, y_below = (simplify(book, part)[0] for part in (x, y, x_below, y_below))
    if not equal(above, (1 - s) * x + s * y, sizes) or not equal(below, (1 - s) * x_below + s * y_below, sizes):
        raise NoProof("not affine")
    middle = above / below
    ends = x / x_below, y / y_below
    for positive in (x, x_below, y, y_below, above, below):
        learn_positive(book, positive)
    book.know(prove_order(book, Less, ZERO, (1 - s) + s))
    equations = [
        prove_equal(book, first, power(ends[0], exponent)),
        prove_equal(book, second, power(ends[1], exponent)),
        prove_equal(book, value, power(middle, exponent)),
    ]
    least, greatest = cast(Term, Extreme("minimum", *ends)), cast(Term, Extreme("maximum", *ends))
    pieces = (x, x_below, y, y_below, 1 - s, s)
    low = book.add_from_known("mediant", comparison(AtMost, least, middle), *pieces)
    high = book.add_from_known("mediant", comparison(AtMost, middle, greatest), *pieces)

    def proof(small: Term, great: Term, order: int) -> int:
        below_middle = _through(book, small, least, middle, order, low)
        above_middle = _through(book, great, greatest, middle, order, high)
        return _raise(book, formula, (small, great), ends, (first, second, value), exponent,
                      (below_middle, above_middle), middle, equations)

    return _split_by_order(book, formula, *ends, proof)


def _through(book: Book, end: Term, extremum: Term, middle: Term, order: int, bound: int) -> int:
    """In the case of this order the end is the extremum's bound."""
    if isinstance(extremum, Extreme) and extremum.kind == "minimum":
        itself = book.add("instance", comparison(AtMost, end, end))
        least = book.add("extremum_is_least_bound", comparison(AtMost, end, extremum), (itself, order))
        return book.add("chain", comparison(AtMost, end, middle), (least, bound), extremum)
    itself = book.add("instance", comparison(AtMost, end, end))
    least = book.add("extremum_is_least_bound", comparison(AtMost, extremum, end), (itself, order))
    return book.add("chain", comparison(AtMost, middle, end), (bound, least), extremum)


def _raise(book, formula, pair, ends, terms, exponent, bounds, middle, equations) -> int:  # type: ignore[no-untyped-def]
    """From small <= middle <= great to the powers, and to the extremum of the two given terms."""
    first, second, value = terms
    lower = isinstance(formula.left, Extreme) and formula.left.kind == "minimum"
    falls = isinstance(exponent, Number) and exponent.value < 0
    end = pair[0] if lower != falls else pair[1]
    inner = bounds[0] if end is pair[0] else bounds[1]
    learn_positive(book, end)
    learn_positive(book, middle)
    book.know(inner)
    raised_end, raised = power(end, exponent), power(middle, exponent)
    sides = (raised_end, raised) if lower else (raised, raised_end)
    step = book.add_from_known("power_of_base", comparison(AtMost, *sides), also=(inner,))
    given, same = (first, equations[0]) if end is ends[0] else (second, equations[1])
    outer = comparison(AtMost, *((given, value) if lower else (value, given)))
    return _bounded(book, formula, given, book.add("chain", outer, (same, step, equations[2]), *sides))


def _divergence_parts(value: Term, index: Free) -> tuple[Term, Term]:
    """x and y of sum x log(x/y)."""
    if isinstance(value, Big) and value.kind == "sum":
        body = value.at(index)
        if isinstance(body, Multiply) and isinstance(body.parts[-1], Log):
            one, ratio = multiply(*body.parts[:-1]), body.parts[-1].argument
            if isinstance(ratio, Multiply) and isinstance(ratio.parts[-1], Power):
                inverse = ratio.parts[-1]
                if inverse.exponent.parts == (-1,):
                    return one, cast(Term, inverse.base)
    raise NoProof("no divergence")


def prove_divergence(book: Book, formula: AtMost) -> int:
    """KL(p;q') <= KL(p;q) or KL(q';p) <= KL(q;p), from odds that lie between."""
    if not isinstance(formula.left, Big):
        raise NoProof("no divergence")
    i = book.index(formula.left.sort)
    left, right = _divergence_parts(formula.left, i), _divergence_parts(formula.right, i)
    if left[0] is right[0]:
        target, after, before = left[0], left[1], right[1]
    elif left[1] is right[1]:
        target, after, before = left[1], left[0], right[0]
    else:
        raise NoProof("no common distribution")
    j = book.index(i.sort)
    odds = [x / cast(Term, substitute(x, {i: j})) for x in (before, target, after)]
    premises = [
        prove_between(book, cast(AtMost, AtMost(Extreme("minimum", odds[0], odds[1]), odds[2]))),
        prove_between(book, cast(AtMost, AtMost(odds[2], Extreme("maximum", odds[0], odds[1])))),
    ]
    for x in (target, before, after):
        learn_positive(book, x)
        premises.append(prove_equal(book, big_sum(i, x), ONE))
    return book.add_from_known(
        "divergence_along_odds", formula, i, target, before, after, also=tuple(premises)
    )


def _entropy_part(value: Term, index: Free) -> Term:
    """x of -sum x log x."""
    if isinstance(value, Multiply) and len(value.parts) == 2 and value.parts[0].parts == (-1,):
        total = value.parts[1]
        if isinstance(total, Big) and total.kind == "sum":
            body = total.at(index)
            if isinstance(body, Multiply) and isinstance(body.parts[-1], Log):
                one = multiply(*body.parts[:-1])
                if body.parts[-1].argument is one:
                    return one
    raise NoProof("no entropy")


def prove_entropy(book: Book, formula: AtMost) -> int:
    """H(N[x^(1/T)]) <= H(N[x^(1/T')]) for T <= T'."""
    sums = [part for part in formula.left.parts if isinstance(part, Big)]
    if not sums:
        raise NoProof("no entropy")
    i = book.index(sums[0].sort)
    cooler, warmer = _entropy_part(formula.left, i), _entropy_part(formula.right, i)
    for number in list(book.known):
        known = book.formula(number)
        if isinstance(known, AtMost) and isinstance(known.left, Variable) and isinstance(known.right, Variable):
            for base in _tempered_bases(book, cooler, known.left, i):
                try:
                    return _by_tempering(book, formula, (cooler, warmer), base, number, i)
                except NoProof:
                    continue
    raise NoProof("not tempered")


def _tempered_bases(book: Book, value: Term, temperature: Term, i: Free) -> Iterator[Term]:
    """x such that the value is proportional to x^(1/T)."""
    simple, _ = simplify(book, value)
    parts = simple.parts if isinstance(simple, Multiply) else (simple,)
    numerator = multiply(*(part for part in parts if i in part.free))
    polynomial = expand(logarithm(numerator, []), book.goal.sizes)
    inverse = power(temperature, -1)
    cooled: Polynomial = {}
    for (binders, factors), coefficient in polynomial.items():
        if (inverse, 1) not in factors:
            return
        monomial: Monomial = (binders, tuple(factor for factor in factors if factor != (inverse, 1)))
        cooled[monomial] = coefficient
    yield exponential(cooled)


def _by_tempering(
    book: Book, formula: AtMost, values: tuple[Term, Term], base: Term, order: int, i: Free
) -> int:
    temperatures = cast("tuple[Term, Term]", book.formula(order).parts)
    learn_positive(book, base)
    links: list[int] = []
    entropies: list[Term] = []
    for value, temperature, given in zip(values, temperatures, formula.parts, strict=True):
        raised = power(base, 1 / temperature)
        share = raised / big_sum(i, raised)
        same = prove_equal(book, value, share)
        entropies.append(-big_sum(i, share * cast(Term, Log(share))))
        links.append(book.add("congruence", equation(given, entropies[-1]), (same,)))
    tempered = book.add_from_known(
        "entropy_of_tempered", comparison(AtMost, *entropies), i, base, *temperatures, also=(order,)
    )
    return book.add("chain", formula, (links[0], tempered, links[1]), *entropies)



