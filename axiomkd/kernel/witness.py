"""Witnesses: an exact input at which every fact of a goal holds and one conclusion fails."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import TypeVar, cast

import flint

from axiomkd.kernel.enclosure import Enclosure, Value, decide
from axiomkd.kernel.evaluation import Evaluator, Point, Undefined, instantiate
from axiomkd.kernel.evidence import Array, Witness
from axiomkd.kernel.grammar import LARGEST_SIZE
from axiomkd.kernel.judgement import LEAST, Fact, Goal, Refused
from axiomkd.kernel.roots import enclosed
from axiomkd.kernel.terms import (
    AtMost,
    Comparison,
    Continuous,
    Defined,
    Equal,
    Formula,
    Free,
    Index,
    InHull,
    Less,
    Literal,
    Term,
    open_binder,
)

V = TypeVar("V")


@dataclass(frozen=True)
class Margin:
    """By how much a conclusion fails: decimals that enclose the violation, and the two numbers
    that contradict it. ``kind`` says how: ``"apart"``, ``"equal"`` (where a strict order is
    required), ``"undefined"`` or ``"divergent"``; the last two have no numbers.
    """

    kind: str
    lower: str = ""
    upper: str = ""
    left: str = ""
    right: str = ""


def check_witness(goal: Goal, witness: Witness) -> Margin:
    r"""By how much one conclusion of the goal fails at the witness.

    Raises :class:`~axiomkd.kernel.judgement.Refused` unless sizes and shapes are the goal's,
    every fact holds exactly and the conclusion fails strictly. For a hull the separator c must
    give :math:`\sum_i c_i x(i) > \max_k \sum_i c_i y(k,i)`. Entries that are roots of equations are
    shown to exist (:mod:`~axiomkd.kernel.roots`), and all else to hold for every value they may have.

    >>> from axiomkd.kernel.terms import ONE, AtMost, variable
    >>> x = variable("x")
    >>> goal = Goal((), (("x", ()),), (Fact((), AtMost(x, ONE)),), (AtMost(x * x, x),))
    >>> check_witness(goal, Witness((), (("x", Fraction(-1)),))).lower
    '2'
    """
    conclusion = conclusion_of(goal, witness.conclusion)
    sizes = checked_sizes(goal, witness.sizes)
    point = Point(
        sizes,
        checked_values(goal, sizes, witness.values),
        checked_indices(goal, conclusion, sizes, witness.indices),
        checked_permutations(goal, sizes, witness.permutations),
    )
    point = enclosed(goal, point, witness.roots)
    solved = frozenset((root.fact, root.instance) for root in witness.roots)
    decide(point, lambda at: check_facts(goal, at, solved))
    return decide(point, lambda at: _failure(cast(Formula, at.instantiate(conclusion)), at, witness))


def _failure(conclusion: Formula, at: Enclosure, witness: Witness) -> Margin:
    if not isinstance(conclusion, InHull) and witness.separator:
        raise Refused("expected no separator, got one without a hull")
    try:
        match conclusion:
            case Comparison(left, right):
                return _comparison_fails(conclusion, at.value(left), at.value(right), at)
            case InHull():
                return _separates(conclusion, witness.separator, at)
            case Defined(term) | Continuous(term):
                at.value(term)
    except Undefined:
        if isinstance(conclusion, Defined | Continuous):
            return Margin("undefined")
        # A side without a value may be infinite, or anything: it contradicts no comparison.
    raise Refused(f"expected a conclusion that fails at the witness, got {type(conclusion).__name__}")


def _comparison_fails(conclusion: Comparison, left: Value, right: Value, at: Enclosure) -> Margin:
    order = at.order(conclusion.left, conclusion.right)
    match conclusion:
        case AtMost():
            fails = order > 0
        case Less():
            fails = order >= 0
        case Equal():
            fails = order != 0
        case _:
            fails = order == 0
    if not fails:
        raise Refused("expected a conclusion that fails at the witness, got one that holds")
    if order == 0:
        same = left if isinstance(left, Fraction) else right
        return enclosing_margin(Fraction(0), same, same)
    gap = at.add([left, at.negate(right)])
    return enclosing_margin(gap if order > 0 else at.negate(gap), left, right)


def _separates(hull: InHull, separator: tuple[Fraction, ...], at: Enclosure) -> Margin:
    outcomes, teachers = at.size(hull.coordinate_sort), at.size(hull.vertex_sort)
    if len(separator) != outcomes:
        raise Refused(f"expected a separator of {outcomes} numbers, got {len(separator)}")
    left = _functional(separator, hull.point, hull.coordinate_sort, at)
    vertices = [open_binder(hull.vertices, _number(k, hull.vertex_sort), 1) for k in range(1, teachers + 1)]
    right = at.maximum(
        [_functional(separator, cast(Term, vertex), hull.coordinate_sort, at) for vertex in vertices]
    )
    gap = at.add([left, at.negate(right)])
    if at.sign(gap) <= 0:
        raise Refused("expected a separator of point and hull, got one that does not separate")
    return enclosing_margin(gap, left, right)


def _functional(separator: Sequence[Fraction], point: Term, sort: str, at: Enclosure) -> Value:
    entries = [cast(Term, open_binder(point, _number(i, sort))) for i in range(1, len(separator) + 1)]
    return at.add([at.multiply([c, at.value(x)]) for c, x in zip(separator, entries, strict=True)])


def _number(number: int, sort: str) -> Index:
    return cast(Index, Literal(number, sort))


def enclosing_margin(gap: Value, left: Value, right: Value) -> Margin:
    """The margin of a violation that is enclosed away from zero, or exactly zero."""
    if gap == 0:
        return Margin("equal", "0", "0", shown(left), shown(right))
    low, high = bounds(gap)
    return Margin("apart", decimal(low, ROUND_FLOOR), decimal(high, ROUND_CEILING), shown(left), shown(right))


def bounds(value: Value) -> tuple[Fraction, Fraction]:
    """Exact ends of an enclosure."""
    if isinstance(value, Fraction):
        return value, value
    return dyadic(value.lower()), dyadic(value.upper())


def dyadic(value: flint.arb) -> Fraction:
    mantissa, exponent = value.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def decimal(number: Fraction, rounding: str, digits: int = 12) -> str:
    """A decimal that is rounded the way it says."""
    context = Context(prec=digits, rounding=rounding)
    return str(context.divide(Decimal(number.numerator), Decimal(number.denominator)))


def shown(value: Value) -> str:
    """The value to six digits, for reports."""
    low, high = bounds(value)
    return decimal((low + high) / 2, ROUND_HALF_EVEN, 6)


def conclusion_of(goal: Goal, number: int) -> Formula:
    if not 0 <= number < len(goal.conclusions):
        raise Refused(f"expected a conclusion from 0 to {len(goal.conclusions) - 1}, got {number}")
    return goal.conclusions[number]


def checked_sizes(goal: Goal, sizes: tuple[tuple[str, int], ...]) -> dict[str, int]:
    """The sizes by sort, one for every sort of the goal and as the goal allows."""
    if [sort for sort, _ in sizes] != [sort for sort, _ in goal.sizes]:
        raise Refused("expected one size for every sort of the goal in its order")
    for (sort, number), (_, fixed) in zip(sizes, goal.sizes, strict=True):
        if not LEAST.get(sort, 1) <= number <= LARGEST_SIZE or fixed not in (None, number):
            raise Refused(f"expected a size of {sort} that the goal allows, got {number}")
    return dict(sizes)


def checked_values(
    goal: Goal, sizes: Mapping[str, int], values: tuple[tuple[str, Array], ...]
) -> dict[str, Array]:
    """The values by variable, each in the shape that the goal declares."""
    if [name for name, _ in values] != [name for name, _ in goal.variables]:
        raise Refused("expected values for every variable of the goal in its order")
    for (name, array), (_, sorts) in zip(values, goal.variables, strict=True):
        _check_shape(name, array, [sizes[sort] for sort in sorts])
    return dict(values)


def _check_shape(name: str, array: Array, shape: list[int]) -> None:
    if not shape:
        if not isinstance(array, Fraction):
            raise Refused(f"expected a fraction inside {name}, got {type(array).__name__}")
    elif not isinstance(array, tuple) or len(array) != shape[0]:
        raise Refused(f"expected {shape[0]} entries inside {name}, got something else")
    else:
        for part in array:
            _check_shape(name, part, shape[1:])


def checked_indices(
    goal: Goal, conclusion: Formula, sizes: Mapping[str, int], indices: tuple[tuple[str, int], ...]
) -> dict[Free, int]:
    """The numbers of the goal's indices and of those over which the conclusion is universal."""
    names = {index.name: index for index in free_indices(goal, conclusion)}
    if [name for name, _ in indices] != list(names):
        raise Refused(f"expected numbers for the indices {', '.join(names)}, got others")
    for name, number in indices:
        if not 1 <= number <= sizes[names[name].sort]:
            raise Refused(f"expected an index {name} from 1 to {sizes[names[name].sort]}, got {number}")
    return {names[name]: number for name, number in indices}


def free_indices(goal: Goal, conclusion: Formula) -> tuple[Free, ...]:
    """The goal's indices and, after them, the others that the conclusion speaks of."""
    others = sorted(conclusion.free - set(goal.indices), key=lambda index: index.key)
    found = (*goal.indices, *others)
    if len({index.name for index in found}) != len(found):
        raise Refused("expected indices with names of their own, got one name twice")
    return found


def checked_permutations(
    goal: Goal, sizes: Mapping[str, int], permutations: tuple[tuple[str, tuple[int, ...]], ...]
) -> dict[str, tuple[int, ...]]:
    """The permutations by name: each a bijection of its sort, images counted from 1."""
    if [name for name, _ in permutations] != [name for name, _ in goal.permutations]:
        raise Refused("expected a value for every permutation of the goal in its order")
    for (name, images), (_, sort) in zip(permutations, goal.permutations, strict=True):
        if sorted(images) != list(range(1, sizes[sort] + 1)):
            raise Refused(f"expected {name} to permute 1 to {sizes[sort]}, got {images}")
    return dict(permutations)


def check_facts(
    goal: Goal, at: Evaluator[V], solved: frozenset[tuple[int, tuple[int, ...]]] = frozenset()
) -> None:
    """Refuse unless every instance of every fact of the domain holds at the point.

    Instances that are ``solved``, each the number of a fact and those of its indices, are known to hold.
    """
    for place, fact in enumerate(goal.facts):
        for numbers in instances(fact.indices, at.point.sizes):
            if (place, tuple(numbers.values())) not in solved and not _holds(fact, numbers, at):
                raise Refused(f"expected the facts of the domain to hold, got {fact.conclusion!r} false")


def _holds(fact: Fact, numbers: Mapping[Free, int], at: Evaluator[V]) -> bool:
    """Whether one instance of a fact holds; the fact's own indices go before the goal's."""

    def true(formula: Formula) -> bool:
        return at.holds(cast(Formula, at.instantiate(instantiate(formula, numbers))))

    try:
        return not all(map(true, fact.hypotheses)) or true(fact.conclusion)
    except Undefined:
        return False


def instances(indices: tuple[Free, ...], sizes: Mapping[str, int]) -> Iterator[dict[Free, int]]:
    """Every way to give numbers to indices."""
    ranges = [range(1, sizes[index.sort] + 1) for index in indices]
    for numbers in itertools.product(*ranges):
        yield dict(zip(indices, numbers, strict=True))
