"""Polynomials over the rationals in the atoms of some terms, and back to terms."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import cast

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

from axiomkd.kernel import algebra
from axiomkd.kernel.terms import Extreme, If, Node, Number, Power, Term, Variable, add, multiply, term
from axiomkd.provers.algebraic.book import NoProof

Polynomial = fmpq_mpoly
Exponents = tuple[int, ...]

LARGEST = 60
"""Atoms up to which a case is looked at."""
LARGEST_DEGREE = 24


@dataclass(frozen=True)
class Root:
    r"""The atoms :math:`b^{r_1}, b^{r_2}, ..` of a base are powers of :math:`t = b^{1/n}`."""

    base: Term
    order: int

    @property
    def atom(self) -> Term:
        return cast(Term, Power(self.base, Number(Fraction(1, self.order))))


def exponent(atom: Term) -> Fraction | None:
    """The exponent of a power with a number there."""
    if isinstance(atom, Power) and isinstance(atom.exponent, Number):
        return atom.exponent.value
    return None


def is_root(atom: Term) -> bool:
    raised = exponent(atom)
    return raised is not None and raised.denominator > 1


def is_inverse(atom: Term) -> bool:
    return exponent(atom) == -1


def depth(node: Node) -> int:
    """How many operations that are not polynomial stand inside each other."""
    inner = max((depth(part) for part in node.parts if isinstance(part, Term)), default=0)
    return inner + isinstance(node, Power | Extreme | If)


class Ring:
    """The polynomials in the atoms of some terms, in those inside of the atoms, and in the roots of bases."""

    def __init__(self, terms: Iterable[Term], sizes: algebra.Sizes) -> None:
        self.sizes = sizes
        self.atoms: list[Term] = []
        self.place: dict[Term, int] = {}
        for one in terms:
            self._collect(one)
        for root in self.roots:
            self._put(root.atom)
        if len(self.atoms) > LARGEST:
            raise NoProof("too many atoms")
        names = [f"x{number}" for number in range(len(self.atoms))]
        self.context = fmpq_mpoly_ctx.get(names, Ordering.degrevlex)
        self.generators = self.context.gens()
        self.one = self.context.constant(1)

    def _put(self, atom: Term) -> None:
        if atom not in self.place:
            self.place[atom] = len(self.atoms)
            self.atoms.append(atom)

    def _collect(self, one: Term) -> None:
        for binders, factors in algebra.expand(one, self.sizes):
            if binders:
                raise NoProof("a sum over a sort of any size")
            for atom, _ in factors:
                if atom not in self.place:
                    for inner in self._inside(atom):
                        self._collect(inner)
                    self._put(atom)

    def _inside(self, atom: Term) -> Iterator[Term]:
        yield from parts_of(atom)
        product = factors_of(atom, self.sizes) if is_root(atom) else None
        if product is not None:
            yield product

    @cached_property
    def roots(self) -> tuple[Root, ...]:
        """One root for each base that has fractional powers and is more than a product."""
        orders: dict[Term, int] = {}
        for atom in self.atoms:
            if is_root(atom) and factors_of(atom, self.sizes) is None:
                raised = cast(Fraction, exponent(atom))
                base = cast(Power, atom).base
                orders[base] = math.lcm(orders.get(base, 1), raised.denominator)
        return tuple(Root(base, order) for base, order in orders.items())

    def polynomial(self, one: Term) -> Polynomial:
        """The term as a polynomial in the atoms."""
        monomials = algebra.expand(one, self.sizes)
        return self.context.from_dict({self._exponents(m[1]): fmpq_of(c) for m, c in monomials.items()})

    def _exponents(self, factors: algebra.Factors) -> Exponents:
        found = [0] * len(self.atoms)
        for atom, raised in factors:
            found[self.place[atom]] = raised
        return tuple(found)

    def term(self, polynomial: Polynomial) -> Term:
        """A polynomial, written out."""
        parts = [self.monomial(powers, c) for powers, c in terms_of(polynomial).items()]
        return add(*parts)

    def monomial(self, powers: Exponents, coefficient: Fraction = Fraction(1)) -> Term:
        factors = [raised(self.atoms[n], e) for n, e in enumerate(powers) if e]
        return multiply(*([] if coefficient == 1 and factors else [term(coefficient)]), *factors)

    def from_terms(self, terms: Mapping[Exponents, Fraction | int]) -> Polynomial:
        return self.context.from_dict({powers: fmpq_of(Fraction(c)) for powers, c in terms.items()})

    def constant(self, value: Fraction | int) -> Polynomial:
        return self.context.constant(fmpq_of(Fraction(value)))


def terms_of(polynomial: Polynomial) -> dict[Exponents, Fraction]:
    """The coefficients by the exponents."""
    return {tuple(map(int, powers)): fraction_of(c) for powers, c in polynomial.to_dict().items()}


def raised(atom: Term, power: int) -> Term:
    return atom if power == 1 else cast(Term, Power(atom, Number(Fraction(power))))


def fmpq_of(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)


def fraction_of(value: fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))


def parts_of(atom: Term) -> Iterator[Term]:
    """The terms inside of an atom."""
    match atom:
        case Variable():
            return
        case Power(base, Number()):
            yield base
        case Extreme():
            yield from atom.arguments
        case If(condition, then, otherwise):
            yield from (part for part in condition.parts if isinstance(part, Term))
            yield from (then, otherwise)
        case _:
            raise NoProof("neither polynomial nor a root", atom)


def factors_of(atom: Term, sizes: algebra.Sizes) -> Term | None:
    """A root of a product, or of a power, as a product of powers; ``None`` for any other root."""
    power = cast(Power, atom)
    ((_, factors), coefficient), *others = algebra.expand(power.base, sizes).items()
    plain = len(factors) == 1 and factors[0][1] == 1 and exponent(factors[0][0]) is None
    if others or coefficient != 1 or plain:
        return None
    value = cast(Fraction, exponent(power))
    return multiply(*(_powered(inner, value * e) for inner, e in factors))


def _powered(atom: Term, value: Fraction) -> Term:
    inner = exponent(atom)
    base, total = (atom, value) if inner is None else (cast(Power, atom).base, value * inner)
    return base if total == 1 else cast(Term, Power(base, Number(total)))
