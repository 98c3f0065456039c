r"""Numbers that a witness cannot write as fractions: roots of equations, by the intermediate value theorem.

Let :math:`f(x)` be the difference of the two sides of an equation of the domain, as a function of one
entry of a variable. If f has different signs at a and b and is continuous between them, then some x
between a and b solves the equation (Bolzano 1817). It is enough that interval arithmetic gives f a
finite value on all of [a, b]: every operation of :class:`~axiomkd.kernel.enclosure.Enclosure` is
continuous wherever it gives a ball around its results, and a case distinction is decided there for
the whole interval.

Several entries are found one after the other. What is shown of an entry is shown for every value that
those before it may have within their intervals, so at the end there is one input at which all the
equations hold. What then holds for every value within the intervals holds at that input.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar, cast

from axiomkd.kernel.enclosure import Enclosure, decide, entry
from axiomkd.kernel.evaluation import Between, Point, Undefined, Values, instantiate
from axiomkd.kernel.evidence import Root
from axiomkd.kernel.judgement import Goal, Refused
from axiomkd.kernel.terms import Equal, Term

R = TypeVar("R")


def enclosed(goal: Goal, point: Point, roots: tuple[Root, ...]) -> Point:
    """The point with an interval in the place of every root, each of which has been shown to exist.

    >>> from axiomkd.kernel.judgement import Fact
    >>> from axiomkd.kernel.terms import ONE, AtMost, term, variable
    >>> x = variable("x")
    >>> goal = Goal((), (("x", ()),), (Fact((), Equal(x * x, term(2))),), (AtMost(x, ONE),))
    >>> root = Root("x", (), Fraction(1, 10), fact=0)
    >>> enclosed(goal, Point({}, {"x": Fraction(7, 5)}), (root,)).values["x"]
    Between(low=Fraction(13, 10), high=Fraction(3, 2))
    """
    if len({(root.name, root.entry) for root in roots}) < len(roots):
        raise Refused("expected one equation for every root, got two")
    found = point
    for root in roots:
        found = with_entry(found, root.name, root.entry, None)
    for root in roots:
        found = _found(goal, found, root, _middle(point, root))
    return found


def _middle(point: Point, root: Root) -> Fraction:
    middle = entry(point.values, root.name, root.entry)
    if not isinstance(middle, Fraction) or not root.radius > 0:
        raise Refused(f"expected a fraction and a positive radius around a root of {root.name}, got others")
    return middle


def _found(goal: Goal, point: Point, root: Root, middle: Fraction) -> Point:
    """The point with one more root, given those before it."""
    low, high = middle - root.radius, middle + root.radius
    signs = [sign(goal, point, root, end) for end in (low, high)]
    if sorted(signs) != [-1, 1]:
        raise Refused(f"expected different signs at {low} and {high}, got {signs}")
    between = with_entry(point, root.name, root.entry, Between(low, high))
    _decided(goal, between, root, lambda at, gap: at.value(gap))
    return between


def sign(goal: Goal, point: Point, root: Root, value: Fraction) -> int:
    """The sign of the equation's left side less its right side with a value in the place of the root."""
    there = with_entry(point, root.name, root.entry, value)
    return _decided(goal, there, root, lambda at, gap: at.sign(at.value(gap)))


def _decided(goal: Goal, point: Point, root: Root, question: Callable[[Enclosure, Term], R]) -> R:
    """The answer to a question about the difference of the equation's sides."""
    gap = _gap(goal, point, root)
    try:
        return decide(point, lambda at: question(at, cast(Term, at.instantiate(gap))))
    except Undefined as reason:
        raise Refused(f"expected an equation that is defined around its root, got {reason}") from None


def _gap(goal: Goal, point: Point, root: Root) -> Term:
    """The difference of the two sides of the equation that the root solves."""
    if not 0 <= root.fact < len(goal.facts):
        raise Refused(f"expected the number of a fact, got {root.fact}")
    fact = goal.facts[root.fact]
    if not isinstance(fact.conclusion, Equal) or fact.hypotheses:
        raise Refused(f"expected an equation without hypotheses for a root, got fact {root.fact}")
    sizes = [point.sizes[index.sort] for index in fact.indices]
    if len(root.instance) != len(sizes) or not all(
        1 <= number <= size for number, size in zip(root.instance, sizes, strict=True)
    ):
        raise Refused(f"expected a number for every index of fact {root.fact}, got {root.instance}")
    left, right = fact.conclusion.parts
    numbers = dict(zip(fact.indices, root.instance, strict=True))
    return cast(Term, instantiate(left - right, numbers))


def with_entry(point: Point, name: str, place: tuple[int, ...], value: Fraction | Between | None) -> Point:
    """The point with another value in the place of one entry of a variable."""
    if name not in point.values:
        raise Refused(f"expected a variable of the goal, got {name}")
    return replace(point, values={**point.values, name: _put(point.values[name], place, value)})


def _put(values: Values, place: tuple[int, ...], value: Fraction | Between | None) -> Values:
    if not place:
        if isinstance(values, tuple):
            raise Refused("expected an entry of a variable as a root, got more than one")
        return value
    if not isinstance(values, tuple) or not 1 <= place[0] <= len(values):
        raise Refused(f"expected the place of an entry, got {place}")
    inside = _put(values[place[0] - 1], place[1:], value)
    return (*values[: place[0] - 1], inside, *values[place[0] :])
