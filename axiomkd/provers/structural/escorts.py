r"""The entropy of a normalised mean of powers, :math:`q(i) = x(i)/Z` with :math:`x(i) = \sum_k w_k p_k(i)^a`.

For 0 < a < 1, let i be drawn with the probability :math:`w_k p_k(i)` and :math:`Y = p_k(i)^{a-1}`, so that
Z = E Y. Then :math:`\log Z \ge E \log Y = (1-a) \sum_k w_k H(p_k)` and :math:`E[Y \log Y] \ge Z \log Z`,
while :math:`x(i) \log x(i) \le \sum_k w_k p_k(i)^a \log p_k(i)^a`; so
:math:`Z H(q) \ge Z \log Z + \tfrac{a}{1-a} E[Y \log Y] \ge Z \sum_k w_k H(p_k)`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from axiomkd.kernel.terms import (
    AtMost,
    Big,
    Formula,
    Free,
    Log,
    Multiply,
    Number,
    Power,
    Term,
    add,
    big_sum,
    multiply,
    power,
)
from axiomkd.provers.structural.averages import known_weights
from axiomkd.provers.structural.book import Book, NoProof
from axiomkd.provers.structural.divergences import entropy_part
from axiomkd.provers.structural.gaps import comparison
from axiomkd.provers.structural.logs import expanded, learn_normalised, with_logarithms_expanded
from axiomkd.provers.structural.quotients import quotients
from axiomkd.provers.structural.signs import learn_positive
from axiomkd.provers.structural.sums import combined_with_sums, equation


@dataclass(frozen=True)
class Escort:
    """The normalised mean over k, with these weights, of powers of the distributions ``base`` over i."""

    i: Free
    k: Free
    weight: Term
    base: Term
    exponent: Fraction
    total: Term

    @property
    def raised(self) -> Term:
        return power(self.base, self.exponent)

    @property
    def mean(self) -> Term:
        return big_sum(self.k, self.weight * self.raised)

    @property
    def own_total(self) -> Term:
        """That of the powers of one distribution."""
        return big_sum(self.i, self.raised)


def prove_escort(book: Book, formula: AtMost) -> int:
    """A mean of entropies is at most the entropy of the normalised mean of powers."""
    sums = [part for part in formula.right.parts if isinstance(part, Big)]
    if not (sums and isinstance(formula.left, Big) and formula.left.kind == "sum"):
        raise NoProof("no entropy")
    i = book.index(sums[0].sort)
    q = entropy_part(formula.right, i)
    escort = _read(book, formula.left, q, i)
    learn_positive(book, escort.base)
    learn_positive(book, q)
    learn_normalised(book, q)
    ends = [expanded(book, side) for side in formula.parts]
    links = [
        book.add_from_known("logarithms", equation(side, end))
        for side, end in zip(formula.parts, ends, strict=True)
    ]
    inner = _below(book, comparison(AtMost, *ends), escort)
    return book.add("chain", formula, (*links, inner), *ends)


def _read(book: Book, entropies: Big, q: Term, i: Free) -> Escort:
    for k, weight in known_weights(book, entropies.sort):
        match entropies.at(k):
            case Multiply(parts=(first, *rest)) if first is weight:
                base = entropy_part(multiply(*rest), i)
                for above, total in quotients(q):
                    found = _powers(above, k, weight, base)
                    if found is not None:
                        return Escort(i, k, weight, base, found, total)
    raise NoProof("no normalised mean of powers:", q)


def _powers(mean: Term, k: Free, weight: Term, base: Term) -> Fraction | None:
    """a of the sum over k of w(k) x(k)^a, for 0 < a < 1."""
    if isinstance(mean, Big) and mean.kind == "sum" and mean.sort == k.sort:
        match mean.at(k):
            case Multiply(parts=(first, Power(inner, Number(a)))) if first is weight and inner is base:
                return a if 0 < a < 1 else None
    return None


def _below(book: Book, formula: Formula, escort: Escort) -> int:
    i, k, weight, a = escort.i, escort.k, escort.weight, escort.exponent
    inverse = power(escort.total, -1)
    steps = (*_of_each(book, escort), *_of_totals(book, escort), _of_entries(book, escort))

    def build(holes: list[Term]) -> Term:
        logs, own, log_of_mean, of_mean, entries = holes
        return add(
            multiply(1 / (1 - a), add(log_of_mean, big_sum(k, multiply(weight, logs)))),
            multiply(a / (1 - a), inverse, add(of_mean, big_sum(k, multiply(weight, own)))),
            multiply(inverse, big_sum(i, entries)),
        )

    return combined_with_sums(book, formula, steps, build)


def _of_each(book: Book, escort: Escort) -> tuple[int, int]:
    """Of Y at one teacher: E log Y <= log S and S log S <= E[Y log Y], where S = E Y."""
    i, base = escort.i, escort.base
    value = power(base, escort.exponent - 1)
    log, mean, total = cast(Term, Log(value)), big_sum(i, base * value), escort.own_total
    each = book.add_from_known("powers", equation(base * value, escort.raised))
    same = book.add("congruence", equation(mean, total), (each,))
    ends = cast(Term, Log(mean)), cast(Term, Log(total))
    logs = book.add("congruence", equation(*ends), (same,))
    below = book.add_from_known(
        "jensen_logarithm", comparison(AtMost, big_sum(i, base * log), ends[0]), i, base, value
    )
    above = book.add_from_known(
        "jensen_entropy", comparison(AtMost, mean * ends[0], big_sum(i, base * value * log)), i, base, value
    )
    parts = big_sum(i, base * value * log), big_sum(i, escort.raised * log)
    links = (
        book.add("congruence", equation(total * ends[1], mean * ends[0]), (same, logs)),
        above,
        book.add("congruence", equation(*parts), (each,)),
    )
    chained = book.add(
        "chain", comparison(AtMost, total * ends[1], parts[1]), links, mean * ends[0], parts[0]
    )
    first = book.add("chain", comparison(AtMost, big_sum(i, base * log), ends[1]), (below, logs), ends[0])
    learn_positive(book, total)
    return with_logarithms_expanded(book, first), with_logarithms_expanded(book, chained)


def _of_totals(book: Book, escort: Escort) -> tuple[int, int]:
    """The same of the means over teachers, Z being that of S."""
    k, weight, total, whole = escort.k, escort.weight, escort.own_total, escort.total
    log, log_whole = cast(Term, Log(total)), cast(Term, Log(whole))
    ends = (
        ("jensen_logarithm", big_sum(k, weight * log), log_whole),
        ("jensen_entropy", whole * log_whole, big_sum(k, weight * total * log)),
    )
    first, second = (
        book.add_from_known(rule, comparison(AtMost, left, right), k, weight, total)
        for rule, left, right in ends
    )
    return first, second


def _of_entries(book: Book, escort: Escort) -> int:
    """x log x at the mean of the powers."""
    k, weight, value, mean = escort.k, escort.weight, escort.raised, escort.mean
    right = big_sum(k, weight * value * cast(Term, Log(value)))
    formula = comparison(AtMost, mean * cast(Term, Log(mean)), right)
    return with_logarithms_expanded(book, book.add_from_known("jensen_entropy", formula, k, weight, value))
