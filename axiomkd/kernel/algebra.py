r"""Canonical forms: polynomials over opaque atoms, under finite sums.

Every term is brought to a sum of monomials :math:`c\sum_{k,..}\prod_n a_n^{e_n}`: products are multiplied
out, sums are linear and may be exchanged, Kronecker deltas are summed away, a sum of a constant
is the constant times the size of the sort, sums and products over a sort of fixed size are
written out. Everything else (powers with other exponents than 0, 1, 2, .., logarithms, maxima,
products over an index ..) is an atom whose inside is canonical. Two terms with one canonical form
are equal wherever their values lie: no cancellation ever removes a denominator.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import cast

from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    Add,
    Big,
    Distinct,
    Exp,
    Extreme,
    Formula,
    Free,
    If,
    Index,
    InverseDigamma,
    Literal,
    Log,
    Multiply,
    Node,
    Number,
    Power,
    Same,
    Size,
    Term,
    Variable,
    add,
    big,
    delta,
    fresh,
    multiply,
    opened,
    rebuild,
    substitute,
    term,
)

Factors = tuple[tuple[Term, int], ...]
Monomial = tuple[tuple[Free, ...], Factors]
Polynomial = dict[Monomial, Fraction]
Sizes = tuple[tuple[str, int | None], ...]

MONOMIALS = 4000
BINDERS = 6
EXPANDED_POWER = 8
EXPANDED_SUM = 2
"""Powers up to which a polynomial, and one with sums over an index, are multiplied out."""
LARGEST_POWER = 1 << 16
"""Bits up to which a power of a number is written out."""

_UNIT: Monomial = ((), ())


def constant(value: Fraction | int) -> Polynomial:
    return {_UNIT: Fraction(value)} if value else {}


def plus(*polynomials: Polynomial) -> Polynomial:
    total: Polynomial = {}
    for polynomial in polynomials:
        for monomial, coefficient in polynomial.items():
            total[monomial] = total.get(monomial, Fraction(0)) + coefficient
    return {monomial: coefficient for monomial, coefficient in total.items() if coefficient}


def times(left: Polynomial, right: Polynomial, sizes: Sizes) -> Polynomial:
    if len(left) == 1 and _UNIT in left:
        return {monomial: left[_UNIT] * coefficient for monomial, coefficient in right.items()}
    if len(left) * len(right) > MONOMIALS:
        raise Refused(f"expected at most {MONOMIALS} monomials, got {len(left)} times {len(right)}")
    products = (_product(a, b, ca * cb, sizes) for a, ca in left.items() for b, cb in right.items())
    return plus(*products)


def _product(left: Monomial, right: Monomial, coefficient: Fraction, sizes: Sizes) -> Polynomial:
    binders, factors = _opened(*right)
    return _monomial((*left[0], *binders), (*left[1], *factors), coefficient, sizes)


def _is_delta(atom: Term) -> bool:
    if not (isinstance(atom, If) and isinstance(atom.condition, Same)):
        return False
    return atom.then is ONE and atom.otherwise is ZERO


def _monomial(binders: tuple[Free, ...], factors: Factors, coefficient: Fraction, sizes: Sizes) -> Polynomial:
    """Collect equal factors, resolve deltas, and name the binders canonically."""
    powers: dict[Term, int] = {}
    for atom, exponent in factors:
        powers[atom] = powers.get(atom, 0) + exponent
    _cancel_sizes(powers)
    for atom in list(powers):
        if _is_delta(atom):
            powers[atom] = 1
            others = tuple((a, e) for a, e in powers.items() if a is not atom)
            ends = _replacement(atom, others)
            if ends is not None:
                opened, moved = _opened(binders, ((atom, 1), *_moved(others, *ends)))
                return _bind(_multiplied_out(moved, coefficient, sizes), opened, sizes)
    return {_name_binders(binders, tuple(powers.items()), sizes): coefficient}


def _replacement(atom: Term, others: Factors) -> tuple[Free, Index] | None:
    """Which index a delta lets be replaced in the other factors, and by which."""
    assert isinstance(atom, If) and isinstance(atom.condition, Same)
    first, second = sorted((atom.condition.left, atom.condition.right), key=lambda index: index.key)
    old, new = (second, first) if isinstance(second, Free) else (first, second)
    if isinstance(old, Free) and old not in new.free and any(old in a.free for a, _ in others):
        return old, new
    return None


def _moved(factors: Factors, old: Index, new: Index) -> Factors:
    return tuple((cast(Term, substitute(atom, {old: new})), exponent) for atom, exponent in factors)


def _opened(binders: tuple[Free, ...], factors: Factors) -> tuple[tuple[Free, ...], Factors]:
    """A monomial with new names for its binders: the canonical ones clash with those of other monomials."""
    if not binders:
        return binders, factors
    renamed = {binder: fresh(binder.sort) for binder in binders}
    moved = tuple((cast(Term, substitute(atom, renamed)), exponent) for atom, exponent in factors)
    return tuple(renamed.values()), moved


def _multiplied_out(factors: Factors, coefficient: Fraction, sizes: Sizes) -> Polynomial:
    """The product of factors that need not be canonical any more."""
    product = constant(coefficient)
    for atom, exponent in factors:
        product = times(product, _integer_power(expand(atom, sizes), exponent, sizes), sizes)
    return product


def _cancel_sizes(powers: dict[Term, int]) -> None:
    """A size is a number from 1 on, so size times its inverse is 1."""
    for atom in list(powers):
        if isinstance(atom, Size):
            inverse = cast(Term, Power(atom, Number(Fraction(-1))))
            common = min(powers[atom], powers.get(inverse, 0))
            for one in (atom, inverse):
                if common and powers[one] == common:
                    del powers[one]
                elif common:
                    powers[one] -= common


def _bind(polynomial: Polynomial, binders: tuple[Free, ...], sizes: Sizes) -> Polynomial:
    for binder in binders:
        polynomial = _sum_over(binder, polynomial, sizes)
    return polynomial


def _name_binders(binders: tuple[Free, ...], factors: Factors, sizes: Sizes) -> Monomial:
    def sort_key(factor: tuple[Term, int]) -> tuple[str, int]:
        return factor[0].key, factor[1]

    if not binders:
        return (), tuple(sorted(factors, key=sort_key))
    if len(binders) > BINDERS:
        raise Refused(f"expected at most {BINDERS} nested sums, got {len(binders)}")
    taken = [int(i.name[1:]) for a, _ in factors for i in a.free if i.name[0] == "#" and i not in binders]
    first = 1 + max(taken, default=-1)
    best: tuple[list[tuple[str, int]], Monomial] | None = None
    for order in itertools.permutations(binders):
        if [i.sort for i in order] != sorted(i.sort for i in order):
            continue
        names = {index: cast(Free, Free(f"#{first + n}", index.sort)) for n, index in enumerate(order)}
        renamed = sorted(
            ((_inside(cast(Term, substitute(atom, names)), sizes), e) for atom, e in factors), key=sort_key
        )
        rank = [sort_key(factor) for factor in renamed]
        if best is None or rank < best[0]:
            best = rank, (tuple(names[index] for index in order), tuple(renamed))
    assert best is not None
    return best[1]


def _sum_over(index: Free, polynomial: Polynomial, sizes: Sizes) -> Polynomial:
    """The sum of a polynomial over a free index of a sort of unspecified size."""
    parts: list[Polynomial] = []
    for monomial, coefficient in polynomial.items():
        binders, factors = _opened(*monomial)
        resolved = _sum_delta(index, factors)
        if resolved is not None:
            parts.append(_bind(_multiplied_out(resolved, coefficient, sizes), binders, sizes))
        elif any(index in atom.free for atom, _ in factors):
            parts.append(_monomial((*binders, index), factors, coefficient, sizes))
        else:
            size = cast(Term, Size(index.sort))
            parts.append(times({monomial: coefficient}, expand(size, sizes), sizes))
    return plus(*parts)


def _sum_delta(index: Free, factors: Factors) -> Factors | None:
    """If a factor is a delta of the index, the factors with the index replaced by its partner."""
    for atom, _ in factors:
        if _is_delta(atom):
            assert isinstance(atom, If) and isinstance(atom.condition, Same)
            ends = (atom.condition.left, atom.condition.right)
            for here, there in (ends, ends[::-1]):
                if here is index and index not in there.free:
                    return _moved(tuple(factor for factor in factors if factor[0] is not atom), index, there)
    return None


@lru_cache(maxsize=100_000)
def _expanded(node: Term, sizes: Sizes) -> Polynomial:
    match node:
        case Number(value):
            return constant(value)
        case Add():
            return plus(*(expand(part, sizes) for part in node.parts))
        case Multiply():
            product = constant(1)
            for part in node.parts:
                product = times(product, expand(part, sizes), sizes)
            return product
        case Power(base, exponent):
            return _power(expand(base, sizes), canonical(exponent, sizes), sizes)
        case Size(sort):
            size = dict(sizes).get(sort)
            return _atom(node) if size is None else constant(size)
        case Big(kind, sort):
            return _big(kind, sort, node, sizes)
        case If(condition, then, otherwise) if isinstance(condition, Same | Distinct):
            if isinstance(condition, Distinct):
                then, otherwise = otherwise, then
            return _choose(condition.left, condition.right, then, otherwise, sizes)
        case Variable():
            return _atom(node)
    inner = _inside(node, sizes)
    return _atom(inner) if type(inner) is type(node) else expand(inner, sizes)


def expand(node: Term, sizes: Sizes) -> Polynomial:
    """The canonical polynomial of a term; do not change it in place."""
    return _expanded(node, sizes)


def _atom(node: Term) -> Polynomial:
    return {((), ((node, 1),)): Fraction(1)}


def _choose(left: Index, right: Index, then: Term, otherwise: Term, sizes: Sizes) -> Polynomial:
    """``then`` where the indices are the same, else ``otherwise``."""
    if left is right:
        return expand(then, sizes)
    if isinstance(left, Literal) and isinstance(right, Literal):
        return expand(otherwise, sizes)
    first, second = sorted((left, right), key=lambda index: index.key)
    indicator = _atom(delta(first, second))
    chosen = times(indicator, expand(then, sizes), sizes)
    other = expand(otherwise, sizes)
    return plus(chosen, other, times(constant(-1), times(indicator, other, sizes), sizes))


def _power(base: Polynomial, exponent: Term, sizes: Sizes) -> Polynomial:
    if isinstance(exponent, Number) and exponent.value.denominator == 1:
        return _integer_power(base, int(exponent.value), sizes)
    if base == constant(1):
        return base
    return _atom(cast(Term, Power(to_term(base), exponent)))


def _integer_power(base: Polynomial, exponent: int, sizes: Sizes) -> Polynomial:
    if len(base) == 1:
        ((binders, factors), coefficient) = next(iter(base.items()))
        if not binders and _is_short(coefficient, exponent) and (exponent >= 0 or not factors):
            raised = tuple((atom, 1 if _is_delta(atom) else e * exponent) for atom, e in factors)
            return {((), raised): coefficient**exponent} if exponent else constant(1)
    if exponent < 0:
        inverse = cast(Term, Power(to_term(base), Number(Fraction(-1))))
        return {((), ((inverse, -exponent),)): Fraction(1)}
    if exponent > (EXPANDED_SUM if any(binders for binders, _ in base) else EXPANDED_POWER):
        return _atom(cast(Term, Power(to_term(base), Number(Fraction(exponent)))))
    product = constant(1)
    for _ in range(exponent):
        product = times(product, base, sizes)
    return product


def _is_short(coefficient: Fraction, exponent: int) -> bool:
    """Whether a power of a number is short enough to be written out."""
    length = max(coefficient.numerator.bit_length(), coefficient.denominator.bit_length())
    return length * abs(exponent) <= LARGEST_POWER


def _big(kind: str, sort: str, node: Big, sizes: Sizes) -> Polynomial:
    size = dict(sizes).get(sort)
    if size is not None:
        written = [node.at(cast(Index, Literal(n, sort))) for n in range(1, size + 1)]
        if kind == "sum":
            return plus(*(expand(part, sizes) for part in written))
        if kind == "product":
            return expand(multiply(*written), sizes)
        return expand(cast(Term, Extreme(kind, *written)), sizes)
    index, body = opened(node)
    if kind == "sum":
        return _sum_over(index, expand(body, sizes), sizes)
    inner = canonical(body, sizes)
    return constant(1) if kind == "product" and inner is ONE else _atom(big(kind, index, inner))


@lru_cache(maxsize=100_000)
def _inside(node: Term, sizes: Sizes) -> Term:
    """An atom with everything inside it canonical; the value is the same."""
    match node:
        case Variable() | Number() | Size():
            return node
        case Power(base, exponent):
            return cast(Term, Power(canonical(base, sizes), canonical(exponent, sizes)))
        case Exp(argument):
            inner = canonical(argument, sizes)
            return ONE if inner is ZERO else cast(Term, Exp(inner))
        case Log(argument):
            inner = canonical(argument, sizes)
            return ZERO if inner is ONE else cast(Term, Log(inner))
        case InverseDigamma(argument):
            return cast(Term, InverseDigamma(canonical(argument, sizes)))
        case Extreme():
            arguments = sorted({canonical(part, sizes) for part in node.arguments}, key=lambda part: part.key)
            return arguments[0] if len(arguments) == 1 else cast(Term, Extreme(node.kind, *arguments))
        case Big(kind):
            index, body = opened(node)
            return big(kind, index, canonical(body, sizes))
        case If(condition, then, otherwise) if isinstance(condition, Same):
            first, second = sorted((condition.left, condition.right), key=lambda index: index.key)
            return cast(Term, If(Same(first, second), canonical(then, sizes), canonical(otherwise, sizes)))
        case If(condition, then, otherwise):
            inner_condition = cast(Formula, canonical_parts(condition, sizes))
            return cast(Term, If(inner_condition, canonical(then, sizes), canonical(otherwise, sizes)))
    raise Refused(f"expected a term, got {node}")


def canonical_parts(formula: Node, sizes: Sizes) -> Node:
    """A formula with canonical terms inside."""
    parts = tuple(
        canonical(part, sizes)
        if isinstance(part, Term)
        else canonical_parts(part, sizes)
        if isinstance(part, Formula)
        else part
        for part in formula.parts
    )
    return rebuild(formula, parts)


def to_term(polynomial: Mapping[Monomial, Fraction]) -> Term:
    """A polynomial as a term, its monomials in canonical order."""

    def rank(item: tuple[Monomial, Fraction]) -> list[tuple[str, int]]:
        return [(atom.key, exponent) for atom, exponent in item[0][1]]

    parts = [_monomial_term(*item) for item in sorted(polynomial.items(), key=rank)]
    return add(*parts)


def _monomial_term(monomial: Monomial, coefficient: Fraction) -> Term:
    binders, factors = monomial
    written = [atom if e == 1 else cast(Term, Power(atom, term(e))) for atom, e in factors]
    inner = multiply(*written)
    for binder in reversed(binders):
        inner = big("sum", binder, inner)
    if coefficient == 1:
        return inner
    if inner is ONE:
        return term(coefficient)
    return multiply(coefficient, *(inner.parts if isinstance(inner, Multiply) else (inner,)))


@lru_cache(maxsize=100_000)
def canonical(node: Term, sizes: Sizes) -> Term:
    """The canonical form of a term, as a term."""
    return to_term(expand(node, sizes))


def equal(left: Term, right: Term, sizes: Sizes) -> bool:
    """Whether two terms have one canonical form."""
    return left is right or not expand(left - right, sizes)
