r"""What lies between several random numbers of one mean varies no more than all of them together.

Let :math:`x_k` have the mean m, and let q lie between them. In each scenario :math:`x_k - m` and
:math:`m - x_k` are at most :math:`R = (\sum_k (x_k - m)^2)^{1/2}`, so :math:`|q - m| \le R`; in expectation
:math:`\mathrm{Var}\,q \le E (q - m)^2 \le E R^2 = \sum_k \mathrm{Var}\,x_k`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import cast

from axiomkd.kernel.combination import hole
from axiomkd.kernel.terms import (
    ZERO,
    Add,
    AtMost,
    Big,
    Formula,
    Free,
    Less,
    Literal,
    Multiply,
    Number,
    Power,
    Term,
    big,
    big_sum,
    power,
    substitute,
)
from axiomkd.provers.structural.book import Book, NoProof, general_names
from axiomkd.provers.structural.gaps import comparison
from axiomkd.provers.structural.order import prove_order
from axiomkd.provers.structural.signs import learn_nonnegative
from axiomkd.provers.structural.sums import equation, reduce_equal

HALF = Number(Fraction(1, 2))


def prove_by_deviation(book: Book, formula: Formula) -> int:
    """Var q <= sum_k Var x_k, for q between the x_k, which have one mean."""
    left, right = formula.parts
    if not (isinstance(right, Big) and right.kind == "sum"):
        raise NoProof("no sum of variances")
    k = book.index(right.sort)
    scenario, chance, q = read_variance(book, left)
    other, same_chance, value = read_variance(book, right.at(k))
    moved = {other: scenario}
    if substitute(same_chance, moved) is not chance:
        raise NoProof("variances under other chances")
    return _Deviation(book, scenario, chance, q, k, cast(Term, substitute(value, moved))).bound(formula)


def read_variance(book: Book, value: Term) -> tuple[Free, Term, Term]:
    """The scenario s, the chance pi(s), and x(s), of sum pi (x - E x)^2."""
    if isinstance(value, Big) and value.kind == "sum":
        s = book.index(value.sort)
        match value.at(s):
            case Multiply(parts=(chance, Power(Add(parts=(x, _)), _))):
                mean = big_sum(s, chance * x)
                if value is big_sum(s, chance * (x - mean) ** 2):
                    return s, chance, x
    raise NoProof("no variance")


class _Deviation:
    """The steps, at a general scenario and outcome."""

    def __init__(self, book: Book, s: Free, chance: Term, q: Term, k: Free, value: Term) -> None:
        self.book, self.s, self.chance, self.q, self.k, self.value = book, s, chance, q, k, value
        self.mean = self.expectation(cast(Term, substitute(value, {k: Literal(1, k.sort)})))
        self.gap = value - self.mean
        self.total = big_sum(k, self.gap**2)
        self.root = power(self.total, HALF)
        learn_nonnegative(book, self.total)

    def expectation(self, value: Term) -> Term:
        return big_sum(self.s, self.chance * value)

    def bound(self, claim: Formula) -> int:
        """Var q = E (q-m)^2 - (Eq-m)^2, and the variances of the x_k are about m too."""
        book, excess = self.book, self.q - self.mean
        means = book.add_from_known("instance", equation(self.expectation(self.value), self.mean))
        inside = self.within()
        left = self.expectation(excess * excess) - (self.expectation(self.q) - self.mean) ** 2
        right = big_sum(self.k, self.expectation(self.gap**2))
        links = (
            reduce_equal(book, claim.parts[0], left),
            self._in_expectation(comparison(AtMost, left, right), inside),
            book.add("congruence", equation(right, claim.parts[1]), (means,)),
        )
        return book.add("chain", claim, links, left, right)

    def _in_expectation(self, formula: Formula, inside: int) -> int:
        spread = (self.expectation(self.q) - self.mean) ** 2
        template = big_sum(self.s, self.chance * self._hole(inside)) + spread
        return self.book.add_from_known("combination", formula, template, also=(inside,))

    def within(self) -> int:
        """(q-m)^2 is at most the sum of the squares: (R - x)(R + x) is not negative, and R^2 is the sum."""
        book, excess = self.book, self.q - self.mean
        above, below = self._deviates(1), self._deviates(-1)
        sides = [
            book.add("combination", comparison(AtMost, ZERO, side), (number,), self._hole(number))
            for side, number in ((self.root - excess, above), (self.root - -1 * excess, below))
        ]
        product = (self.root - excess) * (self.root - -1 * excess)
        positive = book.add("sign_of_parts", comparison(AtMost, ZERO, product), tuple(sides))
        square = self._square_of_root()
        template = self._hole(positive) + self._hole(square, 1)
        return book.add(
            "combination", comparison(AtMost, excess * excess, self.total), (positive, square), template
        )

    def _hole(self, number: int, place: int = 0) -> Term:
        return hole(place, *general_names(self.book, number))

    def _deviates(self, sign: int) -> int:
        """q - m <= R, or m - q <= R: no deviation of an x_k exceeds R, and q lies between them."""
        book = self.book
        each = self._each_deviates(sign)
        kind, edge = ("maximum", self.mean + self.root) if sign > 0 else ("minimum", self.mean - self.root)
        extreme = big(kind, self.k, self.value)
        ends = (self.value, edge) if sign > 0 else (edge, self.value)
        one = book.add("combination", comparison(AtMost, *ends), (each,), self._hole(each))
        whole = (extreme, edge) if sign > 0 else (edge, extreme)
        bound = book.add("extremum_is_least_bound", comparison(AtMost, *whole), (one,))
        between = (self.q, extreme) if sign > 0 else (extreme, self.q)
        known = prove_order(book, AtMost, *between)
        outer = (self.q, edge) if sign > 0 else (edge, self.q)
        links = (known, bound) if sign > 0 else (bound, known)
        return book.add("chain", comparison(AtMost, *outer), links, extreme)

    def _each_deviates(self, sign: int) -> int:
        """x_k - m <= R, or m - x_k <= R: where it is positive, it is the root of its square."""
        book, gap = self.book, self.gap if sign > 0 else self.mean - self.value
        formula = comparison(AtMost, gap, self.root)
        nonnegative = book.add_from_known("sign_of_parts", comparison(AtMost, ZERO, self.root))
        with book.assuming(comparison(AtMost, gap, ZERO)) as low:
            first = book.add("chain", formula, (low, nonnegative), ZERO)
        with book.assuming(comparison(AtMost, ZERO, gap)) as high:
            second = self._root_of_square(formula, gap, high, nonnegative)
        return book.add("cases_order", formula, (first, second), gap, ZERO)

    def _root_of_square(self, formula: Formula, gap: Term, high: int, nonnegative: int) -> int:
        book = self.book
        with book.assuming(equation(gap, ZERO)) as zero:
            first = book.add("chain", formula, (zero, nonnegative), ZERO)
        with book.assuming(comparison(Less, ZERO, gap)):
            square = gap**2
            root = book.add_from_known("powers", equation(gap, power(square, HALF)))
            term = book.add_from_known("term_of_sum", comparison(AtMost, square, self.total), self.k)
            roots = comparison(AtMost, power(square, HALF), self.root)
            larger = book.add_from_known("power_of_base", roots, also=(term,))
            second = book.add("chain", formula, (root, larger), power(square, HALF))
        return book.add("cases_zero", formula, (high, first, second), gap)

    def _square_of_root(self) -> int:
        """R R is the sum, also where the sum is zero."""
        book, formula = self.book, equation(self.root * self.root, self.total)
        known = book.add_from_known("sign_of_parts", comparison(AtMost, ZERO, self.total))
        with book.assuming(equation(self.total, ZERO)) as zero:
            none = book.add("power_of_zero", equation(self.root, ZERO), (zero,))
            template = -1 * self.root * hole(0) + hole(1)
            first = book.add("algebraic", formula, (none, zero), template)
        with book.assuming(comparison(Less, ZERO, self.total)):
            second = book.add_from_known("powers", formula)
        return book.add("cases_zero", formula, (known, first, second), self.total)
