"""Inequalities between entropies and divergences, from Gibbs' inequality for the distributions inside."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from axiomkd.kernel.algebra import Polynomial, expand
from axiomkd.kernel.combination import difference, hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Big,
    Free,
    Log,
    Node,
    Power,
    Size,
    Term,
    add,
    big_sum,
    multiply,
    substitute,
    subterms,
)
from axiomkd.provers.structural.averages import known_weights
from axiomkd.provers.structural.book import Book, NoProof, general_names
from axiomkd.provers.structural.gaps import Kind, comparison
from axiomkd.provers.structural.logs import (
    expanded,
    learn_normalised,
    logarithm_factors,
    with_logarithms_expanded,
)
from axiomkd.provers.structural.rewriting import prove_equal
from axiomkd.provers.structural.signs import learn_positive
from axiomkd.provers.structural.sums import equation, reduce_by_sums

TOGETHER = 4
"""How many of Gibbs' inequalities are combined at most."""


@dataclass(frozen=True)
class Part:
    """An inequality as part of a combination: its step, and its difference with weights."""

    step: int
    weighted: Term
    weight: Term
    over: tuple[Free, ...] = ()

    def template(self, number: int) -> Term:
        found = multiply(self.weight, hole(number, *self.over))
        return big_sum(self.over[0], found) if self.over else found


def by_gibbs(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """A combination of Gibbs' inequalities for the distributions that stand under logarithms."""
    sorts = {part.sort for part in subterms(right - left) if isinstance(part, Big) and _is_of_logs(part)}
    if kind is not AtMost or depth > 1 or len(sorts) != 1:
        raise NoProof("no entropies over one sort")
    learn_normalised(book, left - right)
    ends = [expanded(book, side) for side in (left, right)]
    links = [
        book.add_from_known("logarithms", equation(side, end))
        for side, end in zip((left, right), ends, strict=True)
        if side is not end
    ]
    parts = list(_parts(book, left - right, book.index(sorts.pop())))
    inner = combined(book, cast(AtMost, comparison(AtMost, *ends)), parts)
    return book.add("chain", comparison(AtMost, left, right), (*links, inner), *ends)


def _is_of_logs(total: Big) -> bool:
    body = total.body
    return isinstance(body, Log) or any(isinstance(part, Log) for part in body.parts)


# -- Gibbs' inequality --------------------------------------------------------------------------


def _parts(book: Book, node: Term, i: Free) -> Iterator[Part]:
    r"""For every two distributions, :math:`\sum_i r_i \log(x_i/r_i) \le 0`; the mean over teachers for r."""
    found = list(_distributions(book, node, i))
    for r, x in itertools.permutations(found, 2):
        if not _general(book, x, i):
            with suppress(Refused):
                step = _gibbs(book, i, r, x)
                yield from _weighted(book, step)


def _distributions(book: Book, node: Term, i: Free) -> Iterator[Term]:
    """The terms under logarithms that sum to 1 over i, and the uniform distribution."""
    uniform = 1 / cast(Term, Size(i.sort))
    for value in dict.fromkeys((*_under_logarithms(book, node, i), uniform)):
        with suppress(Refused):
            book.know(prove_equal(book, big_sum(i, value), ONE))
            learn_positive(book, value)
            yield value


def _under_logarithms(book: Book, node: Node, i: Free) -> Iterator[Term]:
    if isinstance(node, Log):
        if isinstance(node.argument, Power):  # log(x^x), log((x/y)^x)
            yield node.argument.exponent
        yield node.argument
        yield from logarithm_factors(book, node.argument)
    elif isinstance(node, Big):
        over = i if node.sort == i.sort and _is_of_logs(node) else book.index_for(node)
        yield from _under_logarithms(book, node.at(over), i)
    else:
        for part in node.parts:
            if isinstance(part, Term):
                yield from _under_logarithms(book, part, i)


def _general(book: Book, value: Term, i: Free) -> list[Free]:
    return sorted(value.free - {i} - set(book.goal.indices), key=lambda index: index.name)


def _gibbs(book: Book, i: Free, r: Term, x: Term) -> int:
    ratio = x / r
    mean, one = big_sum(i, r * ratio), big_sum(i, x)
    logs = big_sum(i, r * cast(Term, Log(ratio)))
    jensen = book.add_from_known(
        "jensen_logarithm", comparison(AtMost, logs, cast(Term, Log(mean))), i, r, ratio
    )
    cancelled = book.add_from_known("powers", equation(r * ratio, x))
    same = book.add("congruence", equation(mean, one), (cancelled,))
    total = book.add("chain", equation(mean, ONE), (same, prove_equal(book, one, ONE)), one)
    zero = book.add("congruence", equation(Log(mean), Log(ONE)), (total,))
    none = book.add("algebraic", equation(Log(ONE), ZERO))
    whole = book.add(
        "chain", comparison(AtMost, logs, ZERO), (jensen, zero, none), cast(Term, Log(mean)), Log(ONE)
    )
    return with_logarithms_expanded(book, whole)


def _weighted(book: Book, step: int) -> Iterator[Part]:
    """The inequality itself, or its weighted means over the one general index that it has."""
    names, gap = general_names(book, step), difference(book.formula(step))
    if not names:
        yield Part(step, gap, ONE)
    elif len(names) == 1:
        for k, weight in known_weights(book, names[0].sort):
            moved = cast(Term, substitute(gap, {names[0]: k}))
            yield Part(step, big_sum(k, weight * moved), weight, (k,))


# -- combinations -------------------------------------------------------------------------------


def combined(book: Book, formula: AtMost, parts: Sequence[Part]) -> int:
    """The formula as a combination of parts with constant coefficients."""
    sizes = book.goal.sizes
    target = expand(formula.right - formula.left, sizes)
    rests = [reduce_by_sums(book, expand(part.weighted, sizes))[0] for part in parts]
    goal = reduce_by_sums(book, target)[0]
    useful = _useful(rests, goal)
    for number in range(1, TOGETHER + 1):
        for chosen in itertools.combinations(useful, number):
            if not _may_cancel([*(rests[n] for n in chosen), goal]):
                continue
            found = _coefficients([rests[n] for n in chosen], goal)
            if found is not None:
                return _write(book, formula, [parts[n] for n in chosen], found)
    raise NoProof("no combination of Gibbs' inequalities for", formula)


def _useful(parts: list[Polynomial], goal: Polynomial) -> list[int]:
    """The parts of which every monomial is in the goal, or in another such part with which it may cancel."""
    useful = list({frozenset(part.items()): n for n, part in enumerate(parts)}.values())
    while True:
        counts = Counter(itertools.chain(goal, *(parts[n] for n in useful)))
        kept = [n for n in useful if all(counts[monomial] > 1 for monomial in parts[n])]
        if kept == useful:
            return useful
        useful = kept


def _may_cancel(polynomials: Sequence[Polynomial]) -> bool:
    """Whether every monomial occurs in two of the polynomials at least."""
    return all(count > 1 for count in Counter(itertools.chain(*polynomials)).values())


def _write(book: Book, formula: AtMost, parts: list[Part], coefficients: list[Fraction]) -> int:
    pairs = list(zip(coefficients, parts, strict=True))
    remaining = formula.right - formula.left - add(*(multiply(c, part.weighted) for c, part in pairs))
    rest, template, premises = reduce_by_sums(book, expand(remaining, book.goal.sizes))
    if rest:
        raise NoProof("more than sums remains")
    templates = [template]
    for coefficient, part in pairs:
        templates.append(multiply(coefficient, part.template(len(premises))))
        premises.append(part.step)
    return book.add_from_known("combination", formula, add(*templates), also=tuple(premises))


def _coefficients(parts: list[Polynomial], goal: Polynomial) -> list[Fraction] | None:
    """Positive numbers with which the parts sum to the goal, if there are any."""
    monomials = list(dict.fromkeys(itertools.chain(*parts, goal)))
    rows = [[*(part.get(m, Fraction(0)) for part in parts), goal.get(m, Fraction(0))] for m in monomials]
    for column in range(len(parts)):
        pivot = next((row for row in rows[column:] if row[column]), None)
        if pivot is None:
            return None
        rows.remove(pivot)
        pivot = [entry / pivot[column] for entry in pivot]
        rows = [[x - row[column] * y for x, y in zip(row, pivot, strict=True)] for row in rows]
        rows.insert(column, pivot)
    found = [row[-1] for row in rows[: len(parts)]]
    solved = all(row[-1] == 0 for row in rows[len(parts) :])
    return found if solved and all(c > 0 for c in found) else None
