"""Inequalities between logarithms by known ones, once all of them are expanded and by Gibbs' inequality."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import cast

from axiomkd.kernel.application import nonnegative
from axiomkd.kernel.combination import hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import AtMost, Big, Comparison, Equal, Formula, Log, Node, Term, subterms
from axiomkd.provers import structural
from axiomkd.provers.structural.book import Book, NoProof
from axiomkd.provers.structural.gaps import prove_by_gap
from axiomkd.provers.structural.logs import expanded, prove_by_logarithms
from axiomkd.provers.structural.signs import learn_positive
from axiomkd.provers.structural.sums import reduce_equal


def by_expanded_facts(book: Book, formula: Formula) -> int:
    """An inequality as a combination of known ones, the logarithms in all of them expanded."""
    if not (isinstance(formula, AtMost) and _speaks_of_logarithms(formula)):
        raise NoProof("no inequality between logarithms:", formula)
    for number in list(book.known):
        if _speaks_of_logarithms(book.formula(number)):
            _learn_divergences(book, book.formula(number))
            with suppress(Refused):
                book.know(_expanded(book, number))
    ends = [_end(book, side) for side in formula.parts]
    inner = _of_collected(book, *(end for end, _ in ends))
    links = (*(number for _, number in ends if number is not None), inner)
    return book.add("chain", formula, links, *(end for end, _ in ends))


def _of_collected(book: Book, left: Term, right: Term) -> int:
    """By one known inequality of which the sides have the same difference, or that and an equation."""
    for numbers, template, gap in _combinations(book):
        with suppress(Refused):
            same = reduce_equal(book, gap, right - left)
            above = book.add("combination", nonnegative(gap), numbers, template)
            there = book.add("chain", nonnegative(right - left), (above, same), gap)
            return book.add("combination", cast(Formula, AtMost(left, right)), (there,), hole(0))
    return prove_by_gap(book, AtMost, left, right)


def _combinations(book: Book) -> Iterator[tuple[tuple[int, ...], Term, Term]]:
    """Differences of known inequalities between logarithms, and their sums with those of equations."""
    known = [n for n in book.known if _speaks_of_logarithms(book.formula(n))]
    for number in known:
        if isinstance(book.formula(number), AtMost):
            gap = _difference(book, number)
            yield (number,), hole(0), gap
            for other in known:
                if isinstance(book.formula(other), Equal):
                    yield (number, other), hole(0) + hole(1), gap + _difference(book, other)
                    yield (number, other), hole(0) - hole(1), gap - _difference(book, other)


def _difference(book: Book, number: int) -> Term:
    left, right = book.formula(number).parts
    return cast(Term, right - left)


def _speaks_of_logarithms(formula: Formula) -> bool:
    return isinstance(formula, Comparison) and any(isinstance(part, Log) for part in subterms(formula))


def _end(book: Book, side: Term) -> tuple[Term, int | None]:
    """A side with its logarithms expanded, and that it is the same."""
    for factor in _arguments(book, side):
        with suppress(Refused):
            learn_positive(book, factor)
    end = expanded(book, side)
    return end, None if end is side else _same(book, side, end)


def _same(book: Book, left: Term, right: Term) -> int:
    with suppress(Refused):
        return reduce_equal(book, left, right)
    return prove_by_logarithms(book, left, right)


def _arguments(book: Book, node: Node) -> Iterator[Term]:
    """What logarithms are of, and the bases of powers in it."""
    if isinstance(node, Big):
        yield from _arguments(book, node.at(book.index(node.sort)))
        return
    if isinstance(node, Log):
        yield from (part for part in subterms(node.argument) if isinstance(part, Term))
    for part in node.parts:
        if isinstance(part, Term):
            yield from _arguments(book, part)


def _expanded(book: Book, number: int) -> int:
    known = cast(Comparison, book.formula(number))
    (left, one), (right, other) = (_end(book, side) for side in known.parts)
    links = tuple(step for step in (one, number, other) if step is not None)
    kind = Equal if isinstance(known, Equal) else AtMost
    return book.add("chain", cast(Formula, kind(left, right)), links, *known.parts)


def _learn_divergences(book: Book, formula: Formula) -> None:
    """Sums of x log(x/y) in a formula, for any index outside of them, are not negative."""
    for value in _sums(book, formula):
        with suppress(Refused):
            below = structural.prove_formula(book, nonnegative(value))
            (end, same) = _end(book, value)
            book.know(book.add("chain", nonnegative(end), (below, *([same] if same else [])), value))


def _sums(book: Book, node: Node) -> Iterator[Term]:
    """The sums in a formula, those inside of others first."""
    for part in node.parts:
        if isinstance(part, Big):
            yield from _sums(book, part.at(book.index_for(part)))
            if part.kind == "sum":
                yield part
        elif isinstance(part, Term):
            yield from _sums(book, part)
