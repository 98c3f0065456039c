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
from axiomkd.provers.structural.gaps import comparison
from axiomkd.provers.structural.powers import exponential
from axiomkd.provers.structural.rewriting import prove_equal, simplify
from axiomkd.provers.structural.signs import learn_positive
from axiomkd.provers.structural.sums import equation


def _divergence_parts(value: Term, index: Free) -> tuple[Term, Term]:
    """x and y of sum x log(x/y)."""
    if isinstance(value, Big) and value.kind == "sum":
        body = value.at(index)
        if isinstance(body, Multiply) and isinstance(body.parts[-1], Log):
            one, ratio = multiply(*body.parts[:-1]), body.parts[-1].argument
            if isinstance(ratio, Multiply) and isinstance(ratio.parts[-1], Power):
                inverse = ratio.parts[-1]
                if inverse.exponent.parts == (-1,):
                    return one, inverse.base
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
        links.append(book.add("congruence", equation(given, entropies[-1]), (same,)))
    tempered = book.add_from_known(
        "entropy_of_tempered", comparison(AtMost, *entropies), i, base, *temperatures, also=(order,)
    )
    return book.add("chain", formula, (links[0], tempered, links[1]), *entropies)
