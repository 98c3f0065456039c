"""Proving that terms are positive, nonnegative and defined."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import cast

from axiomkd.kernel.algebra import canonical
from axiomkd.kernel.application import Application, match, nonnegative, positive
from axiomkd.kernel.combination import hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.sign import NONNEGATIVE, POSITIVE, sign
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    Add,
    AtMost,
    Big,
    Different,
    Equal,
    Extreme,
    Formula,
    If,
    Index,
    Multiply,
    Number,
    Power,
    Same,
    Term,
    substitute,
    subterms,
    term,
)
from axiomkd.provers.structural.book import Book, NoProof, general_names, indices_in_scope


def prove_nonnegative(book: Book, value: Term) -> int:
    formula = nonnegative(value)
    found = book.find(formula)
    if found is not None:
        return found
    return _once(book, formula, lambda: _nonnegative(book, value, formula))


def _nonnegative(book: Book, value: Term, formula: Formula) -> int:
    for attempt in (_shown_nonnegative, _distance, _difference, _positive_after_all, _nonnegative_parts):
        try:
            return attempt(book, value, formula)
        except Refused:
            continue
    raise NoProof("no sign for", value)


def _shown_nonnegative(book: Book, value: Term, formula: Formula) -> int:
    return book.add_from_known("sign_of_parts", formula)


def _distance(book: Book, value: Term, formula: Formula) -> int:
    """max(x, -x) is not negative, being at least both."""
    if not (isinstance(value, Extreme) and value.kind == "maximum" and len(value.arguments) == 2):
        raise NoProof("no distance")
    bounds = tuple(
        book.add("extremum_bounds", cast(Formula, AtMost(part, value))) for part in value.arguments
    )
    holes = [hole(n, *general_names(book, bound)) for n, bound in enumerate(bounds)]
    template = term(Fraction(1, 2)) * (holes[0] + holes[1])
    return book.add("combination", formula, bounds, template)


def _difference(book: Book, value: Term, formula: Formula) -> int:
    """x - y, where y is at most x, or below it."""
    if book.sign_of_difference is None:
        raise NoProof("no differences are looked at")
    return book.sign_of_difference(book, type(formula), value)


def _positive_after_all(book: Book, value: Term, formula: Formula) -> int:
    return book.add("instance", formula, (prove_positive(book, value),))


def _nonnegative_parts(book: Book, value: Term, formula: Formula) -> int:
    _learn_signs_inside(book, value)
    return book.add_from_known("sign_of_parts", formula)


def _learn_signs_inside(book: Book, value: Term) -> None:
    """The signs of the bases of negative powers, and of distances, on which the sign of the whole hangs."""
    match value:
        case Extreme():
            learn_nonnegative(book, value)
        case Power(base, Number(exponent)) if exponent < 0:
            learn_positive(book, base)
        case Add() | Multiply():
            for part in value.parts:
                _learn_signs_inside(book, part)
                if isinstance(part, Add) and book.sign_of_difference is not None:
                    learn_nonnegative(book, part)
        case Big():
            _learn_signs_inside(book, value.at(book.index_for(value)))


def prove_positive(book: Book, value: Term) -> int:
    """Write a step 0 < value, by the signs of the parts; sums and maxima may need a positive term."""
    formula = positive(value)
    found = book.find(formula)
    if found is not None:
        return found
    return _once(book, formula, lambda: _positive(book, value, formula))


def _once(book: Book, formula: Formula, proof: Callable[[], int]) -> int:
    """Try a proof unless it has failed with the same knowledge, or is being tried further out."""
    key = ("tried", formula, tuple(book.known))
    if key in book.memory:
        raise NoProof("no way to", formula)
    book.memory[key] = True
    number = proof()
    book.memory.pop(key, None)
    return number


def _positive(book: Book, value: Term, formula: Formula) -> int:
    for attempt in (
        _shown_positive,
        _positive_because_nonzero,
        _power_of_itself,
        _positive_parts,
        _positive_when_collected,
        _difference,
    ):
        try:
            return attempt(book, value, formula)
        except Refused:
            continue
    raise NoProof("no sign for", value)


def _shown_positive(book: Book, value: Term, formula: Formula) -> int:
    return book.add_from_known("sign_of_parts", formula)


def _positive_parts(book: Book, value: Term, formula: Formula) -> int:
    learn_signs(book, value)
    return book.add_from_known("sign_of_parts", formula)


def _power_of_itself(book: Book, value: Term, formula: Formula) -> int:
    """x^x is positive where x is not negative, being 1 where x is zero."""
    if not (isinstance(value, Power) and value.base is value.exponent):
        raise NoProof("no power of itself")
    sign = prove_nonnegative(book, value.base)
    with book.assuming(cast(Formula, Equal(value.base, ZERO))) as zero:
        there = cast(Term, Power(ZERO, ZERO))
        links = (
            book.add("congruence", cast(Formula, Equal(value, there)), (zero,)),
            book.add("algebraic", cast(Formula, Equal(there, ONE))),
            book.add("instance", positive(ONE)),
        )
        first = book.add("chain", formula, links, ONE, there)
    with book.assuming(positive(value.base)) as some:
        second = book.add("sign_of_parts", formula, (some,))
    return book.add("cases_zero", formula, (sign, first, second), value.base)


def _positive_when_collected(book: Book, value: Term, formula: Formula) -> int:
    """A sum whose terms cancel: w(k) - d delta(k,a) over all k, and d."""
    after = canonical(value, book.goal.sizes)
    if not isinstance(value, Add) or len(list(subterms(after))) >= len(list(subterms(value))):
        raise NoProof("nothing to collect in", value)
    same = book.add("algebraic", cast(Formula, Equal(after, value)))
    return book.add("chain", formula, (prove_positive(book, after), same), after)


def _positive_because_nonzero(book: Book, value: Term, formula: Formula) -> int:
    """Where a premise says that the value is not zero."""
    for number in list(book.known):
        known = book.formula(number)
        if isinstance(known, Different) and match(known.left, value, known.free, {}) and known.right is ZERO:
            return book.add_from_known(
                "positive_unless_zero", formula, also=(prove_nonnegative(book, value),)
            )
    raise NoProof("no sign for", value)


def learn_signs(book: Book, value: Term) -> None:
    """Write down the positive signs of the parts that the signs of their own parts do not show."""
    match value:
        case Big("sum", _):
            book.know(_positive_sum(book, value))
        case Big("maximum", _):
            book.know(_positive_maximum(book, value))
        case Big():
            learn_positive(book, value.at(book.index_for(value)))
        case Multiply() | Extreme():
            for part in value.parts:
                if isinstance(part, Term):
                    learn_positive(book, part)
        case Add():
            _learn_one_of(book, value)
        case Power(base, _):
            learn_positive(book, base)
        case If(Same(left, right), then, _) if left is right:
            learn_positive(book, then)
        case If(_, then, otherwise):
            learn_positive(book, then)
            learn_positive(book, otherwise)


def _learn_one_of(book: Book, value: Term) -> None:
    for part in value.parts:
        learn_nonnegative(book, part)
    for part in value.parts:
        try:
            learn_positive(book, part)
            return
        except Refused:
            continue


def _positive_maximum(book: Book, value: Big) -> int:
    for index in indices_in_scope(book, value, value.sort):
        try:
            inner = prove_positive(book, value.at(index))
            return book.add_from_known("maximum_with_positive_term", positive(value), index, also=(inner,))
        except Refused:
            continue
    raise NoProof("no positive term in", value)


def _positive_sum(book: Book, value: Big) -> int:
    """A positive term at an index in scope, else at an index where some simplex is positive."""
    if _is_deviation(value):
        raise NoProof("a deviation may vanish everywhere:", value)
    learn_nonnegative(book, value.at(book.index_for(value)))
    indices = indices_in_scope(book, value, value.sort)
    for index in indices:
        if shown_sign(book, value.at(index)) == POSITIVE:
            return book.add_from_known("sum_with_positive_term", positive(value), index)
    try:
        return _pick_entry(book, value, depth=2)
    except Refused:
        return _positive_term(book, value, indices)


def _is_deviation(value: Term) -> bool:
    """Whether all under the sums is a multiple of the square of a difference with a sum in it."""
    match value:
        case Big("sum"):
            return _is_deviation(value.body)
        case Multiply():
            return any(_is_deviation(part) for part in value.parts)
        case Power(Add() as base, Number(exponent)) if exponent == 2:
            return any(isinstance(part, Multiply) and part.parts[0].parts == (-1,) for part in base.parts)
    return False


def _positive_term(book: Book, value: Big, indices: list[Index]) -> int:
    for index in indices:
        try:
            inner = prove_positive(book, value.at(index))
            return book.add_from_known("sum_with_positive_term", positive(value), index, also=(inner,))
        except Refused:
            continue
    raise NoProof("no positive term in", value)


def _pick_entry(book: Book, value: Big, depth: int) -> int:
    for number in list(book.known):
        total = _simplex_total(book.formula(number))
        if total is None or (depth == 1 and total.sort != value.sort):
            continue
        for instance in _instances(book, number, total, value):
            try:
                return _at_positive_entry(book, value, number, instance, depth)
            except Refused:
                continue
    raise NoProof("no positive term in", value)


def simplex_totals(book: Book, value: Big) -> Iterator[tuple[int, Big]]:
    """The sums over the same sort that are known to be 1, at the indices in scope of the value."""
    for number in list(book.known):
        formula = book.formula(number)
        total = _simplex_total(formula)
        if total is not None and total.sort == value.sort and formula.parts[1] is ONE:
            for one in _instances(book, number, total, value):
                yield book.add("instance", cast(Formula, Equal(one, ONE)), (number,)), one


def _simplex_total(formula: Formula) -> Big | None:
    """The sum in a fact "sum = positive number"."""
    match formula:
        case Equal(Big("sum") as total, Number(value)) if value > 0:
            return total
    return None


def _instances(book: Book, number: int, total: Big, value: Term) -> list[Big]:
    """The sum with its general indices replaced by those in scope."""
    general = total.free - set(book.goal.indices)
    found = [total]
    for index in sorted(general, key=lambda x: x.name):
        found = [
            cast(Big, substitute(one, {index: other}))
            for one in found
            for other in indices_in_scope(book, value, index.sort)
        ]
    return found


def _at_positive_entry(book: Book, value: Big, number: int, total: Big, depth: int) -> int:
    index = book.index(total.sort)
    formula = positive(value)
    if total.sort != value.sort and depth < 2:
        raise NoProof("one index more than needed")
    with book.assuming(positive(total.at(index))):
        if total.sort == value.sort:
            inner = prove_positive(book, value.at(index))
            found = book.add_from_known("sum_with_positive_term", formula, index, also=(inner,))
        else:
            found = _pick_entry(book, value, depth - 1)
    return book.add("positive_entry", formula, (number, found), total, index)


def shown_sign(book: Book, value: Term) -> int:
    """The sign that the kernel sees without further steps."""
    book.spend()
    premises = tuple(book.judgements[number] for number in book.known)
    return sign(Application(book.goal, positive(value), premises, ()), value)


def learn_positive(book: Book, value: Term) -> None:
    """Make sure that the kernel can see a positive sign; raises :class:`NoProof`."""
    if shown_sign(book, value) < POSITIVE:
        book.know(prove_positive(book, value))


def learn_nonnegative(book: Book, value: Term) -> None:
    if shown_sign(book, value) < NONNEGATIVE:
        book.know(prove_nonnegative(book, value))


def is_positive(book: Book, value: Term) -> bool:
    try:
        learn_positive(book, value)
    except Refused:
        return False
    return True
