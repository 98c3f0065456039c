"""Gaps with a linear factor in a parameter, such as 1 - b where b < 1."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from axiomkd.kernel import algebra
from axiomkd.kernel.algebra import Polynomial, expand, to_term
from axiomkd.kernel.combination import hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import ZERO, AtMost, Less, Term, Variable
from axiomkd.provers.structural.book import Book, NoProof, general_names
from axiomkd.provers.structural.gaps import Kind, comparison
from axiomkd.provers.structural.order import prove_order


def factored_gap(book: Book, kind: Kind, left: Term, right: Term, depth: int) -> int:
    """The gap is a known nonnegative factor times a gap that is nonnegative."""
    polynomial = expand(right - left, book.goal.sizes)
    for factor, number in _linear_factors(book):
        quotient = _divided(polynomial, factor)
        if quotient and (kind is AtMost or isinstance(book.formula(number), Less)):
            try:
                inner = prove_order(book, kind, ZERO, to_term(quotient), depth)
            except Refused:
                continue
            known, rest = (hole(n, *general_names(book, m)) for n, m in enumerate((number, inner)))
            return book.add("combination", comparison(kind, left, right), (number, inner), known * rest)
    raise NoProof("no factor of the gap")


Linear = tuple[Variable, Fraction, Fraction]
"""x, a and b of a + b x."""


def _linear_factors(book: Book) -> Iterator[tuple[Linear, int]]:
    """Known inequalities 0 <= a + b x, or strict ones, for a parameter x; a is not 0."""
    for number in list(book.known):
        formula = book.formula(number)
        if isinstance(formula, AtMost | Less) and formula.left is ZERO:
            polynomial = dict(expand(formula.right, book.goal.sizes))
            constant = polynomial.pop(((), ()), Fraction(0))
            if constant and len(polynomial) == 1:
                ((binders, factors), slope) = polynomial.popitem()
                if not binders and len(factors) == 1 and factors[0][1] == 1:
                    parameter = factors[0][0]
                    if isinstance(parameter, Variable) and not parameter.indices:
                        yield (parameter, constant, slope), number


def _divided(polynomial: Polynomial, factor: Linear) -> Polynomial:
    """The polynomial divided by a + b x; nothing when that leaves a rest."""
    parameter, constant, slope = factor
    by_degree = _coefficients(polynomial, parameter)
    if len(by_degree) < 2:
        return {}
    quotient: Polynomial = {}
    before: Polynomial = {}
    for degree in range(max(by_degree) + 1):
        carried = {key: -slope * value for key, value in before.items()}
        rest = algebra.plus(by_degree.get(degree, {}), carried)
        before = {key: value / constant for key, value in rest.items()}
        power = ((parameter, degree),) if degree else ()
        quotient |= {
            (binders, _sorted(factors + power)): value for (binders, factors), value in before.items()
        }
    return {} if before else quotient


def _sorted(factors: algebra.Factors) -> algebra.Factors:
    return tuple(sorted(factors, key=lambda factor: (factor[0].key, factor[1])))


def _coefficients(polynomial: Polynomial, parameter: Variable) -> dict[int, Polynomial]:
    """The polynomial by powers of a parameter."""
    found: dict[int, Polynomial] = {}
    for (binders, factors), coefficient in polynomial.items():
        degree = dict(factors).get(parameter, 0)
        others = tuple(factor for factor in factors if factor[0] is not parameter)
        found.setdefault(degree, {})[binders, others] = coefficient
    return found
