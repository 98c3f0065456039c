"""Inequalities and equations between sums of logarithms."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import cast

from axiomkd.kernel.algebra import canonical, expand, to_term
from axiomkd.kernel.combination import hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.logarithm import expand_logarithms
from axiomkd.kernel.terms import (
    ONE,
    Add,
    AtMost,
    Big,
    Log,
    Multiply,
    Node,
    Number,
    Power,
    Term,
    Variable,
    big_sum,
    multiply,
    power,
    subterms,
)
from axiomkd.provers.structural.book import Book, NoProof, general_names, indices_in_scope
from axiomkd.provers.structural.gaps import Kind, comparison, prove_by_gap
from axiomkd.provers.structural.order import prove_order
from axiomkd.provers.structural.quotients import prove_normaliser
from axiomkd.provers.structural.readings import is_bound, weighted_means
from axiomkd.provers.structural.rewriting import prove_equal
from axiomkd.provers.structural.signs import is_positive
from axiomkd.provers.structural.sums import equation, reduce_by_sums, reduce_equal


def logarithmic_gap(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """Expand the logarithms on both sides and combine what Jensen says of them."""
    if not any(isinstance(part, Log) for side in (left, right) for part in subterms(side)):
        raise NoProof("no logarithms")
    learn_normalised(book, left - right)
    _learn_inverse_exponents(book, left - right)
    ends = [expanded(book, side) for side in (left, right)]
    for side in (left, right, *ends):
        _learn_about_logarithms(book, side)
    inner = prove_by_gap(book, kind, *ends)
    links = [
        book.add_from_known("logarithms", equation(side, end))
        for side, end in zip((left, right), ends, strict=True)
        if side is not end
    ]
    return book.add("chain", comparison(kind, left, right), (*links, inner), *ends)


def expanded(book: Book, side: Term) -> Term:
    """A side with its logarithms expanded and everything collected."""
    factors: list[Term] = []
    end = canonical(expand_logarithms(side, factors), book.goal.sizes)
    expand_logarithms(end, factors)
    if not all(is_positive(book, factor) for factor in factors):
        raise NoProof("factors of unknown sign in", side)
    return end


def prove_by_logarithms(book: Book, left: Term, right: Term) -> int:
    """An equation that holds once all logarithms are expanded."""
    if not any(isinstance(part, Log) for part in subterms(left - right)):
        raise NoProof("no logarithms to expand")
    learn_normalised(book, left - right)
    factors: list[Term] = []
    gap = expand(expand_logarithms(left - right, factors), book.goal.sizes)
    if not factors or not all(is_positive(book, factor) for factor in factors):
        raise NoProof("no logarithms to expand")
    rest, template, premises = reduce_by_sums(book, gap)
    if rest:
        raise NoProof("logarithms differ by", to_term(rest))
    parameters = [template] if premises else []
    return book.add_from_known("logarithms", equation(left, right), *parameters, also=tuple(premises))


def _opened_logarithms(book: Book, node: Node) -> Iterator[Term]:
    """The factors under logarithms inside, the binders around them opened with general indices."""
    if isinstance(node, Log):
        yield from logarithm_factors(book, node.argument)
    elif isinstance(node, Big):
        yield from _opened_logarithms(book, node.at(book.index_for(node)))
    else:
        for part in node.parts:
            if isinstance(part, Term):
                yield from _opened_logarithms(book, part)


def logarithm_factors(book: Book, value: Term) -> Iterator[Term]:
    """The factors whose logarithms the logarithm of a value is made of, the binders around them opened."""
    match value:
        case Multiply():
            for part in value.parts:
                yield from logarithm_factors(book, part)
        case Power(base, _):
            yield from logarithm_factors(book, base)
        case Big("product"):
            yield from logarithm_factors(book, value.at(book.index_for(value)))
        case _:
            yield value


def _learn_about_logarithms(book: Book, side: Term) -> None:
    for argument in dict.fromkeys(_opened_logarithms(book, side)):
        for learn in (
            _learn_normaliser,
            _learn_jensen,
            _learn_terms,
            _learn_means_below,
            _learn_products_below,
        ):
            with suppress(Refused):
                learn(book, argument)


def _learn_normaliser(book: Book, argument: Term) -> None:
    """log Z <= 0 where Z <= 1, 0 <= log Z where 1 <= Z."""
    for ends in ((argument, ONE), (ONE, argument)):
        with suppress(Refused):
            bound = prove_normaliser(book, AtMost, *ends)
            logs = [cast(Term, Log(end)) for end in ends]
            book.know(book.add_from_known("logarithm_increases", comparison(AtMost, *logs), also=(bound,)))


def _learn_jensen(book: Book, argument: Term) -> None:
    """What Jensen says of the logarithm of a weighted mean, and of x log x there."""
    for reading in weighted_means(book, argument):
        is_positive(book, reading.value)
        log, log_mean = cast(Term, Log(reading.value)), cast(Term, Log(reading.mean))
        k, weight, value = reading.index, reading.weight, reading.value
        for rule, ends in (
            ("jensen_logarithm", (big_sum(k, weight * log), log_mean)),
            ("jensen_entropy", (reading.mean * log_mean, big_sum(k, weight * value * log))),
        ):
            with suppress(Refused):
                formula = comparison(AtMost, *ends)
                number = book.add_from_known(rule, formula, k, weight, value, also=(reading.total,))
                expanded_bound = book.know(with_logarithms_expanded(book, number))
                if isinstance(value, Power) and isinstance(value.exponent, Variable):
                    book.know(_divided(book, expanded_bound, power(value.exponent, -1)))


def _learn_terms(book: Book, argument: Term) -> None:
    """The logarithm of a sum is at least that of each of its terms."""
    if not (isinstance(argument, Big) and argument.kind == "sum"):
        raise NoProof("no sum")
    for index in indices_in_scope(book, argument, argument.sort):
        one = argument.at(index)
        if is_positive(book, one):
            below = book.add_from_known("term_of_sum", comparison(AtMost, one, argument), index)
            logs = [cast(Term, Log(side)) for side in (one, argument)]
            larger = book.add_from_known("logarithm_increases", comparison(AtMost, *logs), also=(below,))
            book.know(with_logarithms_expanded(book, larger))


def _learn_means_below(book: Book, argument: Term) -> None:
    """The logarithm of a mean and something more is at least that of the mean; what Jensen says of this."""
    for part in argument.parts if isinstance(argument, Add) else ():
        if isinstance(part, Big) and part.kind == "sum" and is_positive(book, part):
            with suppress(Refused):
                _learn_logarithm_below(book, part, argument)
                _learn_jensen(book, part)


def _learn_logarithm_below(book: Book, small: Term, great: Term) -> None:
    below = prove_order(book, AtMost, small, great)
    logs = [cast(Term, Log(side)) for side in (small, great)]
    larger = book.add_from_known("logarithm_increases", comparison(AtMost, *logs), also=(below,))
    book.know(with_logarithms_expanded(book, larger))


def _learn_products_below(book: Book, argument: Term) -> None:
    """The logarithm of a mixture is at least that of a product over an index that is below the mixture."""
    if not isinstance(argument, Add):
        raise NoProof("no mixture")
    for part in dict.fromkeys(subterms(argument)):
        if isinstance(part, Big) and part.kind == "product" and not is_bound(part):
            _learn_logarithm_below(book, part, argument)


def learn_normalised(book: Book, node: Node) -> None:
    """Normalised terms sum to 1: sum_i x(i)/Z = 1 for each denominator Z = sum_j x(j) inside."""
    for part in list(subterms(node)):
        match part:
            case Power(Big("sum") as total, Number(exponent)) if exponent == -1 and not is_bound(total):
                index = book.index_for(total)
                normalised = big_sum(index, multiply(total.at(index), part))
                with suppress(Refused):
                    book.know(prove_equal(book, normalised, ONE))


def _learn_inverse_exponents(book: Book, node: Node) -> None:
    """r/r = 1 for parameters r in exponents: a power mean takes the r-th root of r-th powers."""
    for part in list(subterms(node)):
        match part:
            case Power(_, Power(Variable() as parameter, Number(exponent)) as inverse) if exponent == -1:
                if not parameter.indices and is_positive(book, parameter):
                    book.know(book.add_from_known("powers", equation(parameter * inverse, ONE)))


def _divided(book: Book, number: int, inverse: Term) -> int:
    """From r A <= B to A <= B/r, where r/r = 1 is known."""
    ends = [inverse * side for side in book.formula(number).parts]
    reduced = [to_term(reduce_by_sums(book, expand(end, book.goal.sizes))[0]) for end in ends]
    template = inverse * hole(0, *general_names(book, number))
    scaled = book.add_from_known("combination", comparison(AtMost, *ends), template, also=(number,))
    links = [reduce_equal(book, *pair) for pair in zip(ends, reduced, strict=True)]
    return book.add("chain", comparison(AtMost, *reduced), (*links, scaled), *ends)


def with_logarithms_expanded(book: Book, number: int) -> int:
    formula = cast(AtMost, book.formula(number))
    ends = [expanded(book, side) for side in formula.parts]
    links = [
        book.add_from_known("logarithms", equation(side, end))
        for side, end in zip(formula.parts, ends, strict=True)
        if side is not end
    ]
    return book.add("chain", comparison(AtMost, *ends), (*links, number), *formula.parts)
