"""Products of powers: equal bases collected through the formal logarithm."""

from __future__ import annotations

from typing import cast

from axiomkd.kernel.algebra import Polynomial, canonical, expand, to_term
from axiomkd.kernel.application import nonnegative, positive
from axiomkd.kernel.logarithm import logarithm
from axiomkd.kernel.sign import POSITIVE
from axiomkd.kernel.terms import (
    ONE,
    Big,
    Exp,
    Log,
    Multiply,
    Number,
    Power,
    Term,
    add,
    big_product,
    big_sum,
    multiply,
    power,
    term,
)
from axiomkd.provers.structural.book import Book
from axiomkd.provers.structural.signs import is_positive, prove_nonnegative, prove_positive, shown_sign
from axiomkd.provers.structural.sums import Simplified, equation, reduce_by_sums


def power_form(book: Book, value: Term) -> Simplified:
    """A positive product of powers, with equal bases collected."""
    if not isinstance(value, Multiply | Power | Exp) and not (
        isinstance(value, Big) and value.kind == "product"
    ):
        return value, None
    if isinstance(value, Multiply):
        return _power_form_of_product(book, value)
    factors: list[Term] = []
    logarithm(value, factors)
    if not all(is_positive(book, factor) for factor in factors):
        return value, None
    return collect_powers(book, value)


def _power_form_of_product(book: Book, value: Multiply) -> Simplified:
    """Only the factors that are known to be positive are collected."""
    ready: list[Term] = []
    rest: list[Term] = []
    for part in value.parts:
        factors: list[Term] = []
        logarithm(part, factors)
        (ready if all(is_positive(book, factor) for factor in factors) else rest).append(part)
    if not ready or (rest and len(ready) == 1):
        return value, None
    if not rest:
        return collect_powers(book, value)
    inner, step = collect_powers(book, multiply(*ready))
    if step is None:
        return value, None
    split, after = multiply(*rest, multiply(*ready)), multiply(*rest, inner)
    links = (
        book.add("algebraic", equation(value, split)),
        book.add("congruence", equation(split, after), (step,)),
    )
    return after, book.add("chain", equation(value, after), links, split)


def collect_powers(book: Book, value: Term) -> Simplified:
    """Rewrite a positive product through its logarithm; the factors must be known to be positive."""
    factors: list[Term] = []
    gap = expand(logarithm(value, factors), book.goal.sizes)
    rest, template, premises = reduce_by_sums(book, gap)
    after = exponential(rest)
    if after is value:
        return value, None
    for factor in factors:
        _carry_sign(book, factor, canonical(factor, book.goal.sizes))
    parameters = [template] if premises else []
    step = book.add_from_known("powers", equation(value, after), *parameters, also=tuple(premises))
    return after, step


def exponential(polynomial: Polynomial) -> Term:
    """The product of powers whose formal logarithm the polynomial is."""
    exponents: dict[Term, list[Term]] = {}
    others: list[Term] = []
    products: list[Term] = []
    for (binders, factors), coefficient in sorted(polynomial.items(), key=lambda item: str(item[0])):
        logs = [atom for atom, e in factors if isinstance(atom, Log) and e == 1]
        if not logs:
            others.append(to_term({(binders, factors): coefficient}))
            continue
        base = logs[0].argument
        rest = [power(a, e) if e > 1 else a for a, e in factors if a is not logs[0]]
        exponent = multiply(*([term(coefficient)] if coefficient != 1 or not rest else []), *rest)
        inner = [binder for binder in binders if binder in base.free]
        for binder in reversed([binder for binder in binders if binder not in base.free]):
            exponent = big_sum(binder, exponent)
        if not inner:
            exponents.setdefault(base, []).append(exponent)
            continue
        factor = _raised(base, exponent)
        for binder in reversed(inner):
            factor = big_product(binder, factor)
        products.append(factor)
    factors_found = [_raised(base, add(*parts)) for base, parts in exponents.items()]
    if others:
        factors_found.append(cast(Term, Exp(add(*others))))
    return multiply(*factors_found, *products)


def _raised(base: Term, exponent: Term) -> Term:
    if exponent is ONE:
        return base
    if isinstance(base, Number) and isinstance(exponent, Number) and exponent.value.denominator == 1:
        return term(base.value ** int(exponent.value))
    return power(base, exponent)


def _carry_sign(book: Book, before: Term, after: Term) -> None:
    """A term keeps its sign when it is expanded, even where the expansion does not show it."""
    known = shown_sign(book, before)
    if before is after or shown_sign(book, after) >= known:
        return
    same = book.add("algebraic", equation(before, after))
    if known == POSITIVE:
        book.know(book.add("chain", positive(after), (prove_positive(book, before), same), before))
    else:
        book.know(book.add("chain", nonnegative(after), (prove_nonnegative(book, before), same), before))
