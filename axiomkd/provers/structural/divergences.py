"""Divergences along odds, and entropies of tempered distributions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from axiomkd.kernel.algebra import Monomial, Polynomial, expand
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.logarithm import logarithm
from axiomkd.kernel.terms import (
    ONE,
    AtMost,
    Big,
    Extreme,
    Free,
    Log,
    Multiply,
    Power,
    Term,
    Variable,
    big_sum,
    multiply,
    power,
    substitute,
)
from axiomkd.provers.structural.between import prove_between
from axiomkd.provers.structural.book import Book, NoProof
from axiomkd.provers.structural.gaps import comparison, prove_by_gap
from axiomkd.provers.structural.powers import exponential
from axiomkd.provers.structural.rewriting import prove_equal, simplify
from axiomkd.provers.structural.signs import learn_positive
from axiomkd.provers.structural.sums import equation


def divergence(one: Term, other: Term, index: Free) -> Term:
    return big_sum(index, one * cast(Term, Log(one / other)))


def _divergence_parts(value: Term, index: Free) -> tuple[Term, Term]:
    """x and y of sum log((x/y)^x)."""
    if isinstance(value, Big) and value.kind == "sum":
        body = value.at(index)
        if isinstance(body, Log) and isinstance(body.argument, Power):
            return _ratio(body.argument.base, body.argument.exponent)
    raise NoProof("no divergence")


def _ratio(value: Term, one: Term) -> tuple[Term, Term]:
    """x and y of x/y, when the numerator is x."""
    if isinstance(value, Multiply) and isinstance(value.parts[-1], Power):
        inverse = value.parts[-1]
        if inverse.exponent.parts == (-1,) and multiply(*value.parts[:-1]) is one:
            return one, inverse.base
    raise NoProof("no divergence")


def likelihood_parts(value: Term, index: Free) -> tuple[Term, Term]:
    """x and y of prod (y/x)^x, which is exp(-KL(x;y))."""
    if isinstance(value, Big) and value.kind == "product":
        body = value.at(index)
        if isinstance(body, Power) and isinstance(body.base, Multiply):
            inverse = body.base.parts[-1]
            if (
                isinstance(inverse, Power)
                and inverse.base is body.exponent
                and inverse.exponent.parts == (-1,)
            ):
                return body.exponent, multiply(*body.base.parts[:-1])
    raise NoProof("no likelihood")


def prove_divergence(book: Book, formula: AtMost) -> int:
    """KL(q';p) <= KL(q;p) or exp(-KL(p;q)) <= exp(-KL(p;q')), from odds that lie between."""
    if not isinstance(formula.left, Big):
        raise NoProof("no divergence")
    i = book.index(formula.left.sort)
    if formula.left.kind == "product":
        return _prove_likelihood(book, formula, i)
    (after, target), (before, other) = (_divergence_parts(side, i) for side in formula.parts)
    if target is not other:
        raise NoProof("no common distribution")
    order = _along_odds(book, i, target, before, after)
    ends = divergence(after, target, i), divergence(before, target, i)
    nearer = book.add_from_known(
        "divergence_along_odds", comparison(AtMost, *ends), i, target, before, after, also=order
    )
    links = [
        book.add_from_known("logarithms", equation(*sides))
        for sides in ((formula.left, ends[0]), (ends[1], formula.right))
    ]
    return book.add("chain", formula, (links[0], nearer, links[1]), *ends)


def _prove_likelihood(book: Book, formula: AtMost, i: Free) -> int:
    (target, before), (other, after) = (likelihood_parts(side, i) for side in formula.parts)
    if target is not other:
        raise NoProof("no common distribution")
    order = _along_odds(book, i, target, before, after)
    near, far = divergence(target, after, i), divergence(target, before, i)
    nearer = book.add_from_known(
        "divergence_along_odds", comparison(AtMost, near, far), i, target, before, after, also=order
    )
    book.know(nearer)
    logs = [cast(Term, Log(side)) for side in formula.parts]
    ends = -far, -near
    inner = prove_by_gap(book, AtMost, *ends)
    links = [
        book.add_from_known("logarithms", equation(*sides))
        for sides in ((logs[0], ends[0]), (ends[1], logs[1]))
    ]
    whole = book.add("chain", comparison(AtMost, *logs), (links[0], inner, links[1]), *ends)
    return book.add_from_known("logarithm_decides", formula, also=(whole,))


def _along_odds(book: Book, i: Free, target: Term, before: Term, after: Term) -> tuple[int, ...]:
    """That the odds after lie between those before and those of the target, all of them distributions."""
    j = book.index(i.sort)
    odds = [x / cast(Term, substitute(x, {i: j})) for x in (before, target, after)]
    premises = [
        _bound(book, Extreme("minimum", odds[0], odds[1]), odds[2]),
        _bound(book, odds[2], Extreme("maximum", odds[0], odds[1])),
    ]
    for x in (target, before, after):
        learn_positive(book, x)
        premises.append(prove_equal(book, big_sum(i, x), ONE))
    return tuple(premises)


def _bound(book: Book, low: Term, high: Term) -> int:
    """What is known already, or follows from the means."""
    formula = comparison(AtMost, low, high)
    try:
        return book.add_from_known("instance", formula)
    except Refused:
        return prove_between(book, cast(AtMost, formula))


def entropy_part(value: Term, index: Free) -> Term:
    """x of -sum log(x^x)."""
    if isinstance(value, Multiply) and len(value.parts) == 2 and value.parts[0].parts == (-1,):
        total = value.parts[1]
        if isinstance(total, Big) and total.kind == "sum":
            body = total.at(index)
            inside = body.argument if isinstance(body, Log) else None
            if isinstance(inside, Power) and inside.base is inside.exponent:
                return inside.base
    raise NoProof("no entropy")


def prove_entropy(book: Book, formula: AtMost) -> int:
    """H(N[x^(1/T)]) <= H(N[x^(1/T')]) for T <= T'."""
    sums = [part for part in formula.left.parts if isinstance(part, Big)]
    if not sums:
        raise NoProof("no entropy")
    i = book.index(sums[0].sort)
    cooler, warmer = entropy_part(formula.left, i), entropy_part(formula.right, i)
    for number in list(book.known):
        known = book.formula(number)
        if (
            isinstance(known, AtMost)
            and isinstance(known.left, Variable)
            and isinstance(known.right, Variable)
        ):
            for base in _tempered_bases(book, cooler, known.left, i):
                try:
                    return _by_tempering(book, formula, (cooler, warmer), base, number, i)
                except Refused:
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
        learn_positive(book, value)
        plain = -big_sum(i, value * cast(Term, Log(value)))
        log = book.add_from_known("logarithms", equation(given, plain))
        moved = book.add("congruence", equation(plain, entropies[-1]), (same,))
        links.append(book.add("chain", equation(given, entropies[-1]), (log, moved), plain))
    tempered = book.add_from_known(
        "entropy_of_tempered", comparison(AtMost, *entropies), i, base, *temperatures, also=(order,)
    )
    return book.add("chain", formula, (links[0], tempered, links[1]), *entropies)
