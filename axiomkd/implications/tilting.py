r"""A bound on the divergence to every student makes two distributions equal.

Let :math:`KL(q;x) \le \sum_k w_k KL(p_k;x)` for every x, and :math:`m = \sum_k w_k p_k`. For the tilted
student :math:`x(j) \propto e^{t \delta(j,n)}` the gap of the two sides is :math:`C - t (m_n - q_n)`, where C
is free of x. If :math:`m_n \ne q_n`, then :math:`t = (C+1)/(m_n - q_n)` makes it -1. So :math:`m_n = q_n`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from axiomkd.implications.model import Argument, Implication, Instance, Situation
from axiomkd.kernel.combination import hole
from axiomkd.kernel.evidence import Derivation
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Equal,
    Exp,
    Formula,
    Free,
    Index,
    Less,
    Log,
    Term,
    big_sum,
    delta,
    power,
    substitute,
)
from axiomkd.provers import structural
from axiomkd.provers.structural.book import Book, NoProof
from axiomkd.provers.structural.gaps import comparison
from axiomkd.provers.structural.logs import prove_by_logarithms
from axiomkd.provers.structural.signs import learn_positive
from axiomkd.provers.structural.sums import equation, reduce_equal
from axiomkd.theories.ensemble.jensen import mean
from axiomkd.theories.ensemble.setting import OUTCOME, i, k, p
from axiomkd.theories.ensemble.weight_monotonicity import divergence, divergence_with_zeros

n, j = (cast(Free, Free(name, OUTCOME)) for name in "nj")
Function = Callable[[Index], Term]


def argue_by_tilting(implication: Implication) -> Argument | None:
    """A proof that the aggregate is the linear pool, or ``None`` where no premise bounds divergences so."""
    situation = Situation(implication)
    claim = situation.goal.conclusions[0]
    if not (isinstance(claim, Equal) and claim.free == {i}):
        return None
    for premise in implication.usable:
        try:
            return _argue(Situation(implication), claim, premise)
        except Refused:
            continue
    return None


def _argue(situation: Situation, claim: Equal, premise: str) -> Argument:
    sides = _at(claim.left), _at(claim.right)
    used: list[tuple[Instance, Derivation | None]] = [(Instance(situation.implication.usable[0]), None)]
    situation.add(used[0][0])
    constant, tilted = _constant(sides[0]), list[_Tilted]()
    for gap, sign in ((_gap(*sides[::-1]), 1), (_gap(*sides), -1)):
        student = _student(sign * (constant + 1) * power(gap(n), -1))
        instance = Instance(premise, (("x", (j,), student),))
        used.append((instance, _domain(situation, instance)))
        situation.add(instance)
        tilted.append(_Tilted(len(situation.goal.facts) - 1, gap, sign, student))
    book = Book(situation.goal, structural.ORDER_ATTEMPTS)
    refutations = [_Refutation(book, sides, constant, each).no_gap() for each in tilted]
    return Argument(tuple(used), _derivation(book, situation, claim, refutations))


def _at(side: Term) -> Function:
    return lambda outcome: cast(Term, substitute(side, {i: outcome}))


def _gap(low: Function, high: Function) -> Function:
    return lambda outcome: low(outcome) - high(outcome)


def _constant(aggregate: Function) -> Term:
    """C, the gap of the two sides but for what depends on x."""
    negentropies = mean(big_sum(j, p(k, j) * cast(Term, Log(p(k, j)))))
    return negentropies - big_sum(j, cast(Term, Log(aggregate(j) ** aggregate(j))))


def _student(t: Term) -> Term:
    """The exponent is written t^1, so that logarithms inside it stay as they are."""
    weight = cast(Term, Exp(power(t, 1) * delta(j, n)))
    return weight / big_sum(j, weight)


def _domain(situation: Situation, instance: Instance) -> Derivation | None:
    asked = situation.obligations(instance)
    derivation = structural.prove(asked) if asked else None
    if asked and derivation is None:
        raise NoProof("the tilted student is not seen to be a distribution")
    return derivation


@dataclass(frozen=True)
class _Tilted:
    """The number of a fact at a tilted student, and the gap whose sign it decides."""

    fact: int
    gap: Function
    sign: int
    student: Term


class _Refutation:
    """That one gap of the aggregate and the mean is not positive, at a general outcome."""

    def __init__(self, book: Book, sides: tuple[Function, Function], constant: Term, tilted: _Tilted) -> None:
        self.book, self.constant, self.tilted = book, constant, tilted
        self.aggregate, self.mean = sides
        self.n = book.index(OUTCOME)
        self.gap = tilted.gap(self.n)
        self.t = power(tilted.sign * (constant + 1) * power(self.gap, -1), 1)
        self.total = cast(Term, self.student(j).parts[-1].parts[0])
        learn_positive(book, self.total)

    def student(self, outcome: Index) -> Term:
        return cast(Term, substitute(self.tilted.student, {n: self.n, j: outcome}))

    def no_gap(self) -> int:
        """gap <= 0: it is zero or negative, or the bound fails."""
        bound, formula = self.bound(), comparison(AtMost, self.gap, ZERO)
        with self.book.assuming(formula) as below:
            first = below
        with self.book.assuming(comparison(AtMost, ZERO, self.gap)) as above:
            second = self._when_not_negative(bound, formula, above)
        return self.book.add("cases_order", formula, (first, second), self.gap, ZERO)

    def _when_not_negative(self, bound: int, formula: Formula, above: int) -> int:
        book = self.book
        with book.assuming(equation(self.gap, ZERO)) as zero:
            first = book.add("instance", formula, (zero,))
        with book.assuming(comparison(Less, ZERO, self.gap)):
            second = self._contradiction(bound, formula)
        return book.add("cases_zero", formula, (above, first, second), self.gap)

    def _contradiction(self, bound: int, formula: Formula) -> int:
        """The two sides differ by C - (C+1) gap/gap = -1."""
        book, inverse = self.book, power(self.gap, -1)
        unit = book.add_from_known("powers", equation(self.gap * inverse, ONE))
        template = hole(0, self.n) + -1 * (self.constant + 1) * hole(1)
        absurd = book.add("combination", comparison(AtMost, ONE, ZERO), (bound, unit), template)
        return book.add("contradiction", formula, (absurd,), cast(Formula, Less(ZERO, ONE)))

    def bound(self) -> int:
        """The fact at the tilted student, with the logarithm of the student written out."""
        book, q, x = self.book, self.aggregate(i), self.student(i)
        left, right = divergence_with_zeros(q, x), mean(divergence(p(k, i), x))
        fact = book.add("fact", comparison(AtMost, left, right), (), self.tilted.fact, self.n)
        split, apart = self._split()
        written = big_sum(i, self._surprise(i) - q * self._logarithm(i))
        ends = [
            big_sum(i, self._surprise(i)) - self.t * self.aggregate(self.n) + cast(Term, Log(self.total)),
            mean(big_sum(j, p(k, j) * cast(Term, Log(p(k, j)))))
            - self.t * self.mean(self.n)
            + cast(Term, Log(self.total)),
        ]
        logarithm = prove_by_logarithms(book, cast(Term, Log(x)), self._logarithm(i))
        links = (
            reduce_equal(book, ends[0], written),
            book.add("congruence", equation(apart, written), (logarithm,)),
            book.add("congruence", equation(left, apart), (split,)),
            fact,
            self._expanded(right, ends[1]),
        )
        return book.add("chain", comparison(AtMost, *ends), links, written, apart, left, right)

    def _expanded(self, right: Term, end: Term) -> int:
        learn_positive(self.book, p(k, i))
        return prove_by_logarithms(self.book, right, end)

    def _surprise(self, outcome: Index) -> Term:
        q = self.aggregate(outcome)
        return cast(Term, Log(q**q))

    def _logarithm(self, outcome: Index) -> Term:
        return self.t * delta(outcome, self.n) - cast(Term, Log(self.total))

    def _split(self) -> tuple[int, Term]:
        r""":math:`\log((q/x)^q) = \log(q^q) - q \log x`, also at q = 0; and the sum of the right sides."""
        book, q, x = self.book, self.aggregate(i), self.student(i)
        left, right = cast(Term, Log((q / x) ** q)), self._surprise(i) - q * cast(Term, Log(x))
        learn_positive(book, x)
        with book.assuming(equation(q, ZERO)) as zero:
            first = _both_at_zero(book, left, right, x, zero)
        with book.assuming(comparison(Less, ZERO, q)):
            second = book.add_from_known("logarithms", equation(left, right))
        whole = book.add_from_known("cases_zero", equation(left, right), q, also=(first, second))
        return whole, big_sum(i, right)


def _both_at_zero(book: Book, left: Term, right: Term, x: Term, zero: int) -> int:
    """Both sides are zero at q = 0."""
    ratio, none = power(ZERO / x, ZERO), power(ZERO, ZERO)
    ends = cast(Term, Log(ratio)), cast(Term, Log(none)) - ZERO * cast(Term, Log(x))
    links = (
        book.add("congruence", equation(left, ends[0]), (zero,)),
        book.add("algebraic", equation(*ends)),
        book.add("congruence", equation(right, ends[1]), (zero,)),
    )
    return book.add("chain", equation(left, right), links, *ends)


def _derivation(book: Book, situation: Situation, claim: Equal, refutations: list[int]) -> Derivation:
    """Neither gap is positive, so the two sides are equal."""
    pairs = ((claim.right, claim.left), claim.parts)
    orders = [
        book.add("combination", comparison(AtMost, *pair), (number,), hole(0, i))
        for pair, number in zip(pairs, refutations, strict=True)
    ]
    equal = book.add("antisymmetry", claim, tuple(orders))
    rest = [structural.prove_formula(book, formula) for formula in situation.goal.conclusions[1:]]
    return book.derivation((equal, *rest))
