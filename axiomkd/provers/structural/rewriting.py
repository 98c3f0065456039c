"""Simplifying terms, each rewriting a written equation."""

from __future__ import annotations

from typing import cast

from axiomkd.kernel import algebra
from axiomkd.kernel.algebra import Factors, Monomial, Polynomial, canonical, expand, to_term
from axiomkd.kernel.application import match, nonnegative, positive
from axiomkd.kernel.combination import hole
from axiomkd.kernel.logarithm import logarithm
from axiomkd.kernel.sign import POSITIVE
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    Add,
    Big,
    Distinct,
    Equal,
    Exp,
    Extreme,
    Formula,
    Free,
    If,
    Index,
    Literal,
    Log,
    Multiply,
    Number,
    Permuted,
    Power,
    Same,
    Term,
    Variable,
    add,
    big,
    big_product,
    big_sum,
    delta,
    fresh,
    multiply,
    power,
    rebuild,
    substitute,
    subterms,
    term,
)
from axiomkd.provers.structural.book import Book, NoProof
from axiomkd.provers.structural.signs import is_positive, prove_nonnegative, prove_positive, shown_sign


def equation(left: Term, right: Term) -> Formula:
    return cast(Formula, Equal(left, right))


def prove_equal(book: Book, left: Term, right: Term) -> int:
    """Write a step left = right."""
    found = book.find(equation(left, right))
    if found is not None:
        return found
    if left is right:
        return book.add("instance", equation(left, right))
    if algebra.equal(left, right, book.goal.sizes):
        return book.add("algebraic", equation(left, right))
    first, second = simplify(book, left), simplify(book, right)
    return _meet(book, (left, *first), (right, *second))


Simplified = tuple[Term, int | None]
"""A simpler term, and the step that says the old one equals it; none when nothing changed."""


def _meet(book: Book, one: tuple[Term, Term, int | None], other: tuple[Term, Term, int | None]) -> int:
    left, left_end, left_step = one
    right, right_end, right_step = other
    links = [step for step in (left_step, right_step) if step is not None]
    if left_end is not right_end:
        links.append(reduce_equal(book, left_end, right_end))
    return book.add("chain", equation(left, right), tuple(links), left_end, right_end)


def reduce_equal(book: Book, left: Term, right: Term) -> int:
    """Equality by algebra and the known sums."""
    gap = expand(left - right, book.goal.sizes)
    rest, template, premises = reduce_by_sums(book, gap)
    if rest:
        raise NoProof(left, "and", right, "differ by", to_term(rest))
    return book.add("algebraic", equation(left, right), tuple(premises), *([template] if premises else []))


def simplify(book: Book, value: Term) -> Simplified:
    """The simplest equal term that the rewritings here reach, inside first."""
    if isinstance(value, Add) and book.find(positive(value)) is not None:
        return value, None  # its sign is known of the whole alone: rewritten it would be lost
    key = ("simplify", value, tuple(book.known))
    if key not in book.memory:
        book.memory[key] = value, None  # a rewriting that leads back here ends here
        book.memory[key] = _simplify(book, value)
    return cast(Simplified, book.memory[key])


def _simplify(book: Book, value: Term) -> Simplified:
    current, step = _simplify_parts(book, value)
    for _ in range(4):
        after, next_step = _rewrite_top(book, current)
        if next_step is None:
            return current, step
        step = _then(book, value, step, current, after, next_step)
        current, more = _simplify_parts(book, after)
        if more is not None:
            step = _then(book, value, step, after, current, more)
    return current, step


def _then(book: Book, start: Term, step: int | None, middle: Term, end: Term, next_step: int) -> int | None:
    if end is start:
        return None
    if step is None:
        return next_step
    return book.add("chain", equation(start, end), (step, next_step), middle)


def _simplify_parts(book: Book, value: Term) -> Simplified:
    if isinstance(value, Big):
        index = book.index_for(value)
        inner, step = simplify(book, value.at(index))
        after = big(value.kind, index, inner)
        steps = [step]
    else:
        pairs = [simplify(book, part) if isinstance(part, Term) else (part, None) for part in value.parts]
        after = cast(Term, rebuild(value, tuple(part for part, _ in pairs)))
        steps = [step for _, step in pairs]
    if after is value:
        return value, None
    return after, book.add("congruence", equation(value, after), tuple(s for s in steps if s is not None))


def _rewrite_top(book: Book, value: Term) -> Simplified:
    for rewriting in (
        _known_value,
        _delta_cases,
        _constant_extremum,
        _reindexed,
        _vanishing,
        _power_form,
        _factored,
        _distributed,
        _collected,
    ):
        try:
            after, step = rewriting(book, value)
        except NoProof:
            continue
        if step is not None and after is not value:
            return after, step
    return value, None


def _known_value(book: Book, value: Term) -> Simplified:
    """A premise gives the value as a number or a simpler term: p_k(i) = 0."""
    if not isinstance(value, Variable | If):
        return value, None
    for number in book.known:
        known = book.formula(number)
        if isinstance(known, Equal) and isinstance(known.right, Number):
            general = known.free - set(book.goal.indices)
            if match(known.left, value, frozenset(general), {}):
                return known.right, book.add("instance", equation(value, known.right), (number,))
    return value, None


def _delta_cases(book: Book, value: Term) -> Simplified:
    """What depends on two indices through their delta alone: its values where they agree and where not."""
    if not isinstance(value, Power | Big | Extreme):
        return value, None
    for part in subterms(value):
        if isinstance(part, If) and (part.then, part.otherwise) == (ONE, ZERO) and isinstance(part.condition, Same):
            for one, other in (part.condition.parts, part.condition.parts[::-1]):
                if isinstance(one, Free) and isinstance(other, Free) and one not in book.goal.indices:
                    return _split_at_delta(book, value, part, one, other)
    return value, None


def _split_at_delta(book: Book, value: Term, indicator: If, one: Free, other: Free) -> Simplified:
    there = simplify(book, cast(Term, substitute(value, {one: other})))[0]
    elsewhere = simplify(book, cast(Term, substitute(value, {indicator: ZERO})))[0]
    if elsewhere is not ZERO or one in there.free:
        raise NoProof("no multiple of the delta")
    after = to_term(expand(indicator * there, book.goal.sizes))
    formula = equation(value, after)
    with book.assuming(cast(Formula, Same(one, other))) as same:
        agreed = prove_equal(book, *(cast(Term, substitute(x, {one: other})) for x in (value, after)))
        first = book.add("same_index", formula, (same, agreed), one, other)
    with book.assuming(cast(Formula, Distinct(one, other))) as distinct:
        for choice in (indicator, delta(one, other), delta(other, one)):
            book.know(book.add("branch", equation(choice, ZERO), (distinct,)))
        second = prove_equal(book, value, after)
    return after, book.add("cases_index", formula, (first, second), one, other)


def _constant_extremum(book: Book, value: Term) -> Simplified:
    if not isinstance(value, Big) or value.kind not in ("maximum", "minimum"):
        return value, None
    index = fresh(value.sort)
    body = value.at(index)
    if index in body.free:
        return value, None
    return body, book.add("extremum_of_constant", equation(value, body))


def _reindexed(book: Book, value: Term) -> Simplified:
    """A body that depends on its index only through a permutation."""
    if not isinstance(value, Big):
        return value, None
    index, new = fresh(value.sort), fresh(value.sort)
    for name, sort in book.goal.permutations:
        if sort == value.sort:
            renamed = substitute(value.at(index), {Permuted(index, sort, name): new})
            if index not in renamed.free and new in renamed.free:
                after = big(value.kind, new, cast(Term, renamed))
                return after, book.add("reindexing", equation(value, after), (), name)
    return value, None


def _vanishing(book: Book, value: Term) -> Simplified:
    """0^a = 0 for positive a, and products with a factor zero."""
    if isinstance(value, Power) and value.base is ZERO and is_positive(book, value.exponent):
        return ZERO, book.add_from_known("power_of_zero", equation(value, ZERO))
    if isinstance(value, Big) and value.kind == "product":
        return _vanishing_product(book, value)
    return value, None


def _vanishing_product(book: Book, value: Big) -> Simplified:
    """A product with a factor 0^w(k) is zero, since some w(k) is positive; or with a factor zero."""
    index = book.index(value.sort)
    body = value.at(index)
    if body is ZERO:
        first = cast(Index, Literal(1, value.sort))
        zero = book.add("instance", equation(ZERO, ZERO))
        return ZERO, book.add("product_with_zero", equation(value, ZERO), (zero,), first)
    if not (isinstance(body, Power) and body.base is ZERO):
        return value, None
    total = big_sum(index, body.exponent)
    known = book.find(equation(total, ONE))
    if known is None:
        known = reduce_equal(book, total, ONE)
    with book.assuming(positive(body.exponent)):
        factor = book.add_from_known("power_of_zero", equation(body, ZERO))
        zero = book.add("product_with_zero", equation(value, ZERO), (factor,), index)
    return ZERO, book.add("positive_entry", equation(value, ZERO), (known, zero), total, index)


def _collected(book: Book, value: Term) -> Simplified:
    """Expanded and collected, with known sums put in."""
    if isinstance(value, Variable | Number):
        return value, None
    if isinstance(value, Multiply | Power) and is_positive(book, value):
        return value, None  # its normal form is the product of powers
    polynomial = expand(value, book.goal.sizes)
    rest, template, premises = reduce_by_sums(book, polynomial)
    after = to_term(rest)
    if not premises and not _shorter(after, value):
        return value, None
    if _hides_sign(book, value, after):
        return value, None
    return after, book.add("algebraic", equation(value, after), tuple(premises), *([template] if premises else []))


def _hides_sign(book: Book, before: Term, after: Term) -> bool:
    """Whether a term shows its sign and its expansion does not."""
    if not isinstance(after, Add):
        return False
    is_positive(book, before)
    return shown_sign(book, after) < shown_sign(book, before)


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


def _shorter(after: Term, before: Term) -> bool:
    def length(node: Term) -> int:
        return sum(8 if isinstance(part, Big) else 1 for part in subterms(node))

    return length(after) < length(before)


def reduce_by_sums(book: Book, polynomial: Polynomial) -> tuple[Polynomial, Term, list[int]]:
    """Replace sums that premises know (a simplex sums to 1) in a canonical polynomial.

    The rest, and the template that shows polynomial - rest as a combination of those premises.
    """
    parts: list[Term] = []
    premises: list[int] = []
    for _ in range(200):
        found = next(_reductions(book, polynomial), None)
        if found is None:
            break
        number, monomial, rest_factors, binders, indices, right = found
        coefficient = polynomial[monomial]
        if number not in premises:
            premises.append(number)
        multiplier = multiply(*(power(a, e) if e > 1 else a for a, e in rest_factors))
        # right - left of the premise, so that monomial - (monomial with the sum replaced) is minus that
        inner = multiply(-coefficient, multiplier, hole(premises.index(number), *indices))
        replaced = multiply(coefficient, multiplier, right)
        for binder in reversed(binders):
            inner, replaced = big_sum(binder, inner), big_sum(binder, replaced)
        parts.append(inner)
        remaining = {key: value for key, value in polynomial.items() if key != monomial}
        polynomial = algebra.plus(remaining, expand(replaced, book.goal.sizes))
    return polynomial, add(*parts), premises


Reduction = tuple[int, Monomial, Factors, list[Free], list[Index], Term]


def _reductions(book: Book, polynomial: Polynomial):  # type: ignore[no-untyped-def]
    for monomial in polynomial:
        for number, left, right, names in _known_sums(book):
            found = _reduce_monomial(number, monomial, left, right, names)
            if found is not None:
                yield found


def _known_sums(book: Book) -> list[tuple[int, Monomial, Term, list[Free]]]:
    """Premises "a sum of a product = a number", as monomial, value and general indices."""
    key = ("sums", tuple(book.known))
    if key not in book.memory:
        found = []
        for number in book.known:
            formula = book.formula(number)
            if not (isinstance(formula, Equal) and isinstance(formula.right, Number)):
                continue
            polynomial = expand(formula.left, book.goal.sizes)
            monomial = max(polynomial, key=lambda m: [atom.key for atom, _ in m[1]], default=((), ()))
            if polynomial.get(monomial) == 1 and len(monomial[0]) <= 1 and len(monomial[1]) == 1:
                others = {key: value for key, value in polynomial.items() if key != monomial}
                if others and (monomial[0] or not all(_is_entry(key) for key in polynomial)):
                    continue
                fixed = set(book.goal.indices).union(*(a.free for a in book.judgements[number].assumptions))
                names = sorted(formula.free - fixed, key=lambda index: index.name)
                value = formula.right - to_term(others) if others else formula.right
                found.append((number, monomial, value, names))
        book.memory[key] = found
    return cast("list[tuple[int, Monomial, Term, list[Free]]]", book.memory[key])


def _is_entry(monomial: Monomial) -> bool:
    """A single variable: p_k(1) + p_k(2) = 1 gives p_k(2) = 1 - p_k(1)."""
    return not monomial[0] and len(monomial[1]) == 1 and isinstance(monomial[1][0][0], Variable)


def _reduce_monomial(
    number: int, monomial: Monomial, left: Monomial, right: Term, names: list[Free]
) -> Reduction | None:
    binders, factors = monomial
    summed_over, ((pattern, exponent),) = left
    if not summed_over:
        return _reduce_factor(number, monomial, pattern, exponent, right, names)
    (summed,) = summed_over
    for binder in binders:
        inside = [(atom, e) for atom, e in factors if binder in atom.free]
        if len(inside) != 1 or inside[0][1] != exponent or binder.sort != summed.sort:
            continue
        found: dict[Free, Index] = {}
        if not match(pattern, inside[0][0], frozenset((*names, summed)), found) or found.get(summed) is not binder:
            continue
        if any(binder in found.get(name, name).free for name in names):
            continue
        rest = tuple(factor for factor in factors if factor[0] is not inside[0][0])
        others = [other for other in binders if other is not binder]
        return number, monomial, rest, others, [found.get(name, name) for name in names], right
    return None


def _reduce_factor(
    number: int, monomial: Monomial, pattern: Term, exponent: int, right: Term, names: list[Free]
) -> Reduction | None:
    """A factor whose value a premise gives."""
    binders, factors = monomial
    for atom, e in factors:
        found: dict[Free, Index] = {}
        if e == exponent and match(pattern, atom, frozenset(names), found):
            rest = tuple(factor for factor in factors if factor[0] is not atom)
            value = cast(Term, substitute(right, found))
            return number, monomial, rest, list(binders), [found.get(name, name) for name in names], value
    return None


def _power_form(book: Book, value: Term) -> Simplified:
    """A positive product of powers, with equal bases collected."""
    if not isinstance(value, Multiply | Power | Exp) and not (isinstance(value, Big) and value.kind == "product"):
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
        base = cast(Log, logs[0]).argument
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


def _distributed(book: Book, value: Term) -> Simplified:
    """The sum of a sum, part by part."""
    if not (isinstance(value, Big) and value.kind == "sum"):
        return value, None
    index = book.index_for(value)
    body = value.at(index)
    if not isinstance(body, Add):
        return value, None
    apart = add(*(big_sum(index, part) for part in body.parts))
    after, step = simplify(book, apart)
    first = book.add("algebraic", equation(value, apart))
    return after, _then(book, value, first, apart, after, step) if step is not None else first


def _factored(book: Book, value: Term) -> Simplified:
    """What is free of the index is taken out of a sum."""
    if not (isinstance(value, Big) and value.kind == "sum"):
        return value, None
    index = book.index_for(value)
    body = value.at(index)
    parts = body.parts if isinstance(body, Multiply) else (body,)
    outside = [part for part in parts if index not in part.free]
    inside = [part for part in parts if index in part.free]
    if not outside or not inside:
        return value, None
    after = multiply(*outside, big_sum(index, multiply(*inside)))
    return after, book.add("algebraic", equation(value, after))


