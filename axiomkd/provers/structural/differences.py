"""The signs of differences that a formula itself contains, such as 3 - 2x where x is at most 1."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from typing import cast

from axiomkd.kernel.algebra import canonical
from axiomkd.kernel.combination import hole
from axiomkd.kernel.judgement import Goal, Refused
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    Add,
    AtMost,
    Defined,
    Formula,
    Free,
    Less,
    Multiply,
    Node,
    Number,
    Power,
    Term,
    Variable,
    add,
    big_sum,
    multiply,
    subterms,
    term,
)
from axiomkd.provers.structural.book import Book, NoProof, general_names
from axiomkd.provers.structural.gaps import Kind, comparison
from axiomkd.provers.structural.order import prove_order
from axiomkd.provers.structural.quotients import prove_normaliser, sums_to_one
from axiomkd.provers.structural.readings import is_bound
from axiomkd.provers.structural.roots import prove_root_of_power, without_roots
from axiomkd.provers.structural.signs import learn_nonnegative
from axiomkd.provers.structural.sums import equation

TRIES = 3
"""How often the sign of a difference is looked for, as more and more is known."""


def occur(goal: Goal) -> bool:
    """Whether the formula whose definedness is asked, or known, subtracts more than a scalar."""
    formulas = (*goal.conclusions, *(fact.conclusion for fact in goal.facts))
    return any(isinstance(formula, Defined) and _subtracts_inside(formula) for formula in formulas)


def _subtracts_inside(node: Node) -> bool:
    """Whether there is a difference inside, but for those whose square is taken."""
    match node:
        case Power(Add() as base, Number(exponent)) if exponent == 2:
            return any(_subtracts_inside(part) for part in base.parts)
        case Add() if _subtracts(node):
            return True
    return any(_subtracts_inside(part) for part in node.parts if isinstance(part, Node))


def learn_roots(book: Book, formulas: tuple[Formula, ...]) -> None:
    """Roots of sums inside formulas whose definedness is asked: their powers are the sums."""
    for formula in sorted(formulas, key=lambda formula: len(formula.key)):
        _learn_roots(book, formula)


def _learn_roots(book: Book, formula: Formula) -> None:
    for part in dict.fromkeys(subterms(formula)) if isinstance(formula, Defined) else ():
        match part:
            case Power(Add() as base, Number(exponent)) if exponent.numerator == 1 < exponent.denominator:
                if not is_bound(part):
                    with suppress(Refused):
                        book.know(_known_otherwise(book, base))
                    with suppress(Refused):
                        book.know(_root(book, part, base, exponent.denominator))


def _root(book: Book, root: Term, base: Term, degree: int) -> int:
    """The product of so many equal roots is what they are the roots of."""
    apart, whole = multiply(*[root] * degree), cast(Term, Power(root, term(degree)))
    links = book.add("algebraic", equation(apart, whole)), prove_root_of_power(book, whole, base)
    return book.add("chain", equation(apart, base), links, whole)


def _subtracts(value: Add) -> bool:
    taken = (_negated(part) for part in value.parts)
    return any(part is not None and not isinstance(part, Number | Variable) for part in taken)


def _negated(part: Term) -> Term | None:
    """The part without its minus, or ``None`` when it has none."""
    match part:
        case Number(value) if value < 0:
            return term(-value)
        case Multiply() if isinstance(part.parts[0], Number) and part.parts[0].value < 0:
            rest = part.parts[1:]
            scale = -part.parts[0].value
            return multiply(*rest) if scale == 1 else multiply(scale, *rest)
    return None


def sign_of_difference(book: Book, kind: Kind, value: Term) -> int:
    """0 <= x - y, or 0 < x - y, because y is at most x; what fails is seldom tried again."""
    key = ("no difference", kind, value)
    failures = cast(int, book.memory.get(key, 0))
    if failures >= TRIES:
        raise NoProof("no sign for", value)
    book.memory[key] = failures + 1
    number = _sign(book, kind, value)
    book.memory[key] = failures
    return number


def _sign(book: Book, kind: Kind, value: Term) -> int:
    pairs = [(part, _negated(part)) for part in value.parts] if isinstance(value, Add) else []
    taken = [negated for _, negated in pairs if negated is not None]
    if not (isinstance(value, Add) and _subtracts(value)):
        raise NoProof("no difference")
    small, great = add(*taken), add(*(part for part, negated in pairs if negated is None))
    with suppress(Refused):
        return _below_total(book, kind, value, small, great)
    order = book.know(_order(book, kind, small, great))
    template = hole(0, *general_names(book, order))
    return book.add("combination", comparison(kind, ZERO, value), (order,), template)


def _known_otherwise(book: Book, value: Term) -> int:
    """The sum is one that is known to be positive, written in another way: with roots of powers."""
    after, step = without_roots(book, value)
    if step is None:
        raise NoProof("no roots of powers in", value)
    wanted = canonical(after, book.goal.sizes)
    for number in list(book.known):
        formula = book.formula(number)
        match formula:
            case Less(left, Add() as right) if left is ZERO:
                if canonical(right, book.goal.sizes) is wanted:
                    same = book.add("algebraic", equation(right, after))
                    links = number, same, step
                    return book.add("chain", comparison(Less, ZERO, value), links, right, after)
    raise NoProof("no known sign for", after)


def _at_most_one(book: Book, kind: Kind, value: Term) -> int:
    """Normalisers are at most 1; that they are below it is not looked for."""
    if kind is Less:
        raise NoProof("no strict bound of", value)
    with suppress(Refused):
        return prove_normaliser(book, kind, value, ONE)
    return prove_order(book, kind, value, ONE)


def _order(book: Book, kind: Kind, small: Term, great: Term) -> int:
    if great is ONE:
        return _at_most_one(book, kind, small)
    return prove_order(book, kind, small, great)


def below_one(book: Book, entry: Term) -> int:
    """0 <= 1 - x for an entry x of a distribution."""
    with suppress(Refused):
        return book.add_from_known("instance", comparison(AtMost, ZERO, 1 - entry))
    return _below_total(book, AtMost, 1 - entry, entry, ONE)


def _below_total(book: Book, kind: Kind, value: Term, small: Term, great: Term) -> int:
    """c x is at most d, where c <= d are numbers and x is an entry of a distribution."""
    scale, entry = _scaled(small)
    if not (isinstance(great, Number) and (scale < great.value or (kind is AtMost and scale == great.value))):
        raise NoProof("no multiple of an entry below a number")
    for index, whole in _totals(entry):
        with suppress(Refused):
            one = sums_to_one(book, whole)
            learn_nonnegative(book, entry)
            below = book.add_from_known("term_of_sum", comparison(AtMost, entry, whole), index)
            bound = book.add("chain", comparison(AtMost, entry, ONE), (below, one), whole)
            room = hole(0, *general_names(book, bound))
            book.know(book.add("combination", comparison(AtMost, ZERO, 1 - entry), (bound,), room))
            template = term(great.value - scale) + scale * room
            strongest = AtMost if scale == great.value else Less
            known = book.know(book.add("combination", comparison(strongest, ZERO, value), (bound,), template))
            return book.add("instance", comparison(kind, ZERO, value), (known,))
    raise NoProof("no entry of a distribution")


def _scaled(value: Term) -> tuple[Fraction, Term]:
    if isinstance(value, Multiply) and isinstance(value.parts[0], Number):
        return value.parts[0].value, multiply(*value.parts[1:])
    return Fraction(1), value


def _totals(entry: Term) -> Iterator[tuple[Free, Term]]:
    """The sums of an entry over each of its indices."""
    for index in sorted(entry.free, key=lambda x: x.name):
        yield index, big_sum(index, entry)
