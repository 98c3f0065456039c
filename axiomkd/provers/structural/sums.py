"""Known sums, such as that of a distribution, put into canonical polynomials."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from axiomkd.kernel import algebra
from axiomkd.kernel.algebra import Monomial, Polynomial, expand, to_term
from axiomkd.kernel.combination import difference, hole
from axiomkd.kernel.terms import (
    Add,
    Big,
    Equal,
    Formula,
    Free,
    If,
    Multiply,
    Number,
    Power,
    Term,
    Variable,
    add,
    big_sum,
    multiply,
    substitute,
    variables,
)
from axiomkd.provers.structural.book import Book, NoProof, general_names
from axiomkd.provers.structural.occurrences import Occurrence, occurrences

Simplified = tuple[Term, int | None]
"""A simpler term, and the step that says the old one equals it; none when nothing changed."""


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
        known, monomial, occurrence = found
        coefficient = polynomial[monomial]
        if known.number not in premises:
            premises.append(known.number)
        indices = (occurrence.found.get(name, name) for name in known.names)
        # right - left of the premise, so that monomial - (monomial with the sum replaced) is minus that
        inner = multiply(-coefficient, occurrence.multiplier, hole(premises.index(known.number), *indices))
        replaced = multiply(coefficient, _replacement(known, occurrence))
        for binder in reversed(occurrence.binders):
            inner = big_sum(binder, inner)
        parts.append(inner)
        remaining = {key: value for key, value in polynomial.items() if key != monomial}
        polynomial = algebra.plus(remaining, expand(replaced, book.goal.sizes))
    return polynomial, add(*parts), premises


@dataclass(frozen=True)
class Known:
    """A premise "a product under sums, perhaps plus more, is a value", read as a rewriting."""

    number: int
    pattern: Monomial
    value: Term
    names: tuple[Free, ...]


def _reductions(book: Book, polynomial: Polynomial) -> Iterator[tuple[Known, Monomial, Occurrence]]:
    for monomial in polynomial:
        for known in _known_sums(book):
            for occurrence in occurrences(known.pattern, frozenset(known.names), monomial):
                if monomial not in expand(_replacement(known, occurrence), book.goal.sizes):
                    yield known, monomial, occurrence


def _replacement(known: Known, occurrence: Occurrence) -> Term:
    """What the monomial becomes when the premise is put in."""
    replaced = multiply(occurrence.multiplier, cast(Term, substitute(known.value, occurrence.found)))
    for binder in reversed(occurrence.binders):
        replaced = big_sum(binder, replaced)
    return replaced


def _known_sums(book: Book) -> list[Known]:
    key = ("sums", tuple(book.known))
    if key not in book.memory:
        readings = (_as_rewriting(book, number) for number in book.known)
        book.memory[key] = [known for known in readings if known is not None]
    return cast("list[Known]", book.memory[key])


def _is_simple(value: Term) -> bool:
    """A number, a variable, or a multiple of a delta: what a premise may put in the place of a sum."""
    if isinstance(value, Multiply):
        return any(isinstance(part, If) for part in value.parts)
    return isinstance(value, Number | Variable) or (isinstance(value, Add) and _is_simple(value.parts[-1]))


def _ends_simply(formula: Equal) -> bool:
    return _is_simple(formula.right)


def _is_root(formula: Equal) -> bool:
    """Whether the product of equal roots is what they are the roots of."""
    match formula.left:
        case Multiply(parts=(Power(base, _) as root, *others)):
            return base is formula.right and all(other is root for other in others)
    return False


def _eliminates(formula: Equal) -> bool:
    """Whether a sum is given in terms of other variables: a moment by chances and values."""
    return isinstance(formula.left, Big) and variables(formula.left).isdisjoint(variables(formula.right))


def _as_rewriting(book: Book, number: int) -> Known | None:
    formula = book.formula(number)
    if not (
        isinstance(formula, Equal) and any(test(formula) for test in (_ends_simply, _eliminates, _is_root))
    ):
        return None
    polynomial = expand(formula.left, book.goal.sizes)
    leading = max(polynomial, key=_weight, default=((), ()))
    others = {key: value for key, value in polynomial.items() if key != leading}
    if polynomial.get(leading) != 1 or not leading[1] or len(others) > MOMENTS:
        return None
    if others and not (leading[0] or all(map(_is_entry, polynomial))):
        return None
    fixed = set(book.goal.indices).union(*(a.free for a in book.judgements[number].assumptions))
    names = tuple(sorted(formula.free - fixed, key=lambda index: index.name))
    value = formula.right - to_term(others) if others else formula.right
    return Known(number, leading, value, names)


def _is_entry(monomial: Monomial) -> bool:
    """A single variable: p_k(1) + p_k(2) = 1 gives p_k(2) = 1 - p_k(1)."""
    return not monomial[0] and len(monomial[1]) == 1 and isinstance(monomial[1][0][0], Variable)


MOMENTS = 3
"""How many more terms an equation may have to be read as a rewriting of its leading one."""


def _weight(monomial: Monomial) -> tuple[int, int, list[str]]:
    """The leading monomial has the fewest sums: a second moment rather than a product of means."""
    binders, factors = monomial
    return -len(binders), sum(exponent for _, exponent in factors), [atom.key for atom, _ in factors]


def reduce_equal(book: Book, left: Term, right: Term) -> int:
    """Equality by algebra and the known sums."""
    gap = expand(left - right, book.goal.sizes)
    rest, template, premises = reduce_by_sums(book, gap)
    if rest:
        raise NoProof(left, "and", right, "differ by", to_term(rest))
    return book.add("algebraic", equation(left, right), tuple(premises), *([template] if premises else []))


def equation(left: Term, right: Term) -> Formula:
    return cast(Formula, Equal(left, right))


def combined_with_sums(
    book: Book, formula: Formula, steps: Sequence[int], build: Callable[[list[Term]], Term]
) -> int:
    """An inequality as a combination of the differences of steps, and of the sums that are known."""
    values = [difference(book.formula(step)) for step in steps]
    gap = expand(difference(formula) - build(values), book.goal.sizes)
    rest, template, premises = reduce_by_sums(book, gap)
    if rest:
        raise NoProof("more than sums remains:", to_term(rest))
    holes = [hole(len(premises) + n, *general_names(book, step)) for n, step in enumerate(steps)]
    whole = add(template, build(holes))
    return book.add_from_known("combination", formula, whole, also=(*premises, *steps))


def multiple_of(one: Term, other: Term, sizes: algebra.Sizes) -> Fraction:
    """The number c for which one term is c times another."""
    ours, theirs = expand(one, sizes), expand(other, sizes)
    for monomial, coefficient in theirs.items():
        factor = ours.get(monomial, Fraction(0)) / coefficient
        if ours == {key: factor * value for key, value in theirs.items()}:
            return factor
        break
    raise NoProof(one, "is no multiple of", other)
