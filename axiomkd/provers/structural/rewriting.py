"""Simplifying terms, each rewriting a written equation."""

from __future__ import annotations

from typing import cast

from axiomkd.kernel import algebra
from axiomkd.kernel.algebra import expand, to_term
from axiomkd.kernel.application import match, positive
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.logarithm import logarithm
from axiomkd.kernel.rules.equality import OPPOSITE
from axiomkd.kernel.sign import POSITIVE
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    Add,
    Big,
    Comparison,
    Distinct,
    Equal,
    Exp,
    Extreme,
    Formula,
    Free,
    If,
    Multiply,
    Number,
    Permuted,
    Power,
    Same,
    Term,
    Variable,
    add,
    big,
    big_sum,
    delta,
    fresh,
    multiply,
    rebuild,
    substitute,
    subterms,
)
from axiomkd.provers.structural.book import Book, NoProof
from axiomkd.provers.structural.choices import decided
from axiomkd.provers.structural.denominators import reduced_or_cleared
from axiomkd.provers.structural.powers import exponential, power_form
from axiomkd.provers.structural.signs import is_positive, shown_sign
from axiomkd.provers.structural.sums import Simplified, equation, reduce_by_sums
from axiomkd.provers.structural.vanishing import absorbed, vanishing


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


def _meet(book: Book, one: tuple[Term, Term, int | None], other: tuple[Term, Term, int | None]) -> int:
    left, left_end, left_step = one
    right, right_end, right_step = other
    links = [step for step in (left_step, right_step) if step is not None]
    if left_end is not right_end:
        links.append(reduced_or_cleared(book, left_end, right_end))
    return book.add("chain", equation(left, right), tuple(links), left_end, right_end)


def simplify(book: Book, value: Term) -> Simplified:
    """The simplest equal term that the rewritings here reach, inside first."""
    known_sign = isinstance(value, Add) and book.find(positive(value)) is not None
    if known_sign and book.sign_of_difference is None:
        return value, None  # its sign is known of the whole alone: rewritten it would be lost
    key = ("simplify", value, tuple(book.known))
    if key not in book.memory:
        book.memory[key] = value, None  # a rewriting that leads back here ends here
        after, step = _simplify(book, value)
        if not known_sign or shown_sign(book, after) == POSITIVE:
            book.memory[key] = after, step
    return cast(Simplified, book.memory[key])


def _simplify(book: Book, value: Term) -> Simplified:
    branch, chosen = decided(book, value)
    if chosen is not None:
        current, more = simplify(book, branch)
        return current, chosen if more is None else _then(book, value, chosen, branch, current, more)
    current, step = absorbed(book, value)
    if step is None:
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
        pairs = [_simplified_part(book, part) for part in value.parts]
        after = cast(Term, rebuild(value, tuple(part for part, _ in pairs)))
        steps = [step for _, found in pairs for step in found]
    if after is value:
        return value, None
    return after, book.add("congruence", equation(value, after), tuple(s for s in steps if s is not None))


def _simplified_part(book: Book, part: object) -> tuple[object, list[int | None]]:
    """A part of a term simplified: in a comparison, its two sides."""
    if isinstance(part, Term):
        after, step = simplify(book, part)
        return after, [step]
    if isinstance(part, Comparison):
        pairs = [simplify(book, side) for side in part.parts]
        return rebuild(part, tuple(side for side, _ in pairs)), [step for _, step in pairs]
    return part, []


def _rewrite_top(book: Book, value: Term) -> Simplified:
    for rewriting in (
        _known_value,
        decided,
        _delta_cases,
        _constant_extremum,
        _multiple_in_extremum,
        exponential_of_logarithms,
        _reindexed,
        _vanishing,
        absorbed,
        power_form,
        _factored,
        _distributed,
        _collected,
    ):
        try:
            after, step = rewriting(book, value)
        except Refused:
            continue
        if step is not None and after is not value:
            return after, step
    return value, None


def _vanishing(book: Book, value: Term) -> Simplified:
    return vanishing(book, value, simplify)


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
        if isinstance(part, If) and part.parts[1:] == (ONE, ZERO) and isinstance(part.condition, Same):
            for one, other in (part.condition.parts, part.condition.parts[::-1]):
                if isinstance(one, Free) and isinstance(other, Free) and one not in book.goal.indices:
                    return _split_at_delta(book, value, part, one, other)
    return value, None


def _vanishes_with(value: Term, indicator: If) -> bool:
    """Whether a term is visibly zero where an indicator is."""
    match value:
        case Multiply():
            return any(_vanishes_with(part, indicator) for part in value.parts)
        case Add():
            return all(_vanishes_with(part, indicator) for part in value.parts)
        case Power(base, _):
            return _vanishes_with(base, indicator)
        case Big():
            return _vanishes_with(value.body, indicator)
        case Extreme():
            return all(_vanishes_with(part, indicator) for part in value.arguments)
    return value is indicator


def _split_at_delta(book: Book, value: Term, indicator: If, one: Free, other: Free) -> Simplified:
    if not _vanishes_with(value, indicator):
        raise NoProof("no multiple of the delta")
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


def _multiple_in_extremum(book: Book, value: Term) -> Simplified:
    """A constant factor of known sign is taken out of a maximum or minimum."""
    if not isinstance(value, Big) or value.kind not in OPPOSITE:
        return value, None
    index = book.index_for(value)
    body = value.at(index)
    parts = body.parts if isinstance(body, Multiply) else (body,)
    scale = multiply(*(part for part in parts if index not in part.free))
    inner = multiply(*(part for part in parts if index in part.free))
    if scale is ONE:
        return value, None
    falls = not is_positive(book, scale)
    if falls and not is_positive(book, to_term(expand(-scale, book.goal.sizes))):
        return value, None
    after = scale * big(OPPOSITE[value.kind] if falls else value.kind, index, inner)
    return after, book.add_from_known("extremum_of_multiple", equation(value, after), index, scale, inner)


def exponential_of_logarithms(book: Book, value: Term) -> Simplified:
    """exp(sum w log x) as a product of powers, the arguments of the logarithms left whole."""
    if not isinstance(value, Exp):
        return value, None
    after = exponential(expand(value.argument, book.goal.sizes))
    if isinstance(after, Exp):
        return value, None
    factors: list[Term] = []
    logarithm(value, factors)
    logarithm(after, factors)
    if not all(is_positive(book, factor) for factor in factors):
        return value, None
    return after, book.add_from_known("powers", equation(value, after))


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
    return after, book.add(
        "algebraic", equation(value, after), tuple(premises), *([template] if premises else [])
    )


def _hides_sign(book: Book, before: Term, after: Term) -> bool:
    """Whether a term shows its sign and its expansion does not."""
    if not isinstance(after, Add):
        return False
    is_positive(book, before)
    return shown_sign(book, after) < shown_sign(book, before)


def _shorter(after: Term, before: Term) -> bool:
    def length(node: Term) -> int:
        return sum(8 if isinstance(part, Big) else 1 for part in subterms(node))

    return length(after) < length(before)


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
