r"""Inequalities whose sides touch: the gap and its slope vanish at an end, from which the gap is convex.

So it is with :math:`\log x \le x - 1` at x = 1, and with the concavity of the entropy where one teacher
says what the other says.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import cast

from axiomkd.kernel import algebra
from axiomkd.kernel.boxes import Domain
from axiomkd.kernel.derivative import derivative
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import ZERO, AtMost, Formula, Number, Term, substitute, subterms
from axiomkd.provers.interval.enclosing import Boxed, Inputs
from axiomkd.provers.interval.search import subdivide

USUAL = tuple(map(Fraction, ("0", "1", "-1", "2", "1/2")))
"""Where functions of one number often touch, beside the numbers that the formula has."""


def by_second_derivative(inputs: Inputs, formula: Formula) -> int:
    """The step, for the first coordinate and end that fit; raises ``Refused`` if there are none."""
    if not isinstance(formula, AtMost):
        raise Refused("expected a weak inequality, got", formula)
    written = cast(AtMost, inputs.written(formula))
    boxed = Boxed.around(inputs, written)
    gap = written.right - written.left
    for solved in reversed(boxed.solved):
        gap = cast(Term, substitute(gap, {solved.variable: solved.value}))
    for place, end in _touching(inputs, boxed.domain, gap):
        try:
            return _step(inputs, formula, boxed, gap, place, end)
        except Refused:
            continue
    raise Refused("expected an end at which gap and slope vanish, got none")


def _step(inputs: Inputs, formula: Formula, boxed: Boxed, gap: Term, place: int, end: Term) -> int:
    x = boxed.domain.coordinates[place]
    convex = cast(Formula, AtMost(ZERO, derivative(derivative(gap, x), x)))
    domain = Domain(boxed.domain.coordinates, boxed.domain.box, (), {})
    tree = subdivide(convex, domain, inputs.deadline)
    if tree is None:
        raise Refused("expected a gap that is convex, got", gap)
    premises, parameters = boxed.applied(tree)
    return inputs.steps.add("second_derivative", formula, premises, place, end, *parameters)


def _touching(inputs: Inputs, domain: Domain, gap: Term) -> Iterator[tuple[int, Term]]:
    """Each coordinate with each end at which the gap and its derivative vanish."""
    sizes = inputs.steps.goal.sizes
    for place, x in enumerate(domain.coordinates):
        for end in _ends(domain, place, gap):
            if algebra.equal(cast(Term, substitute(gap, {x: end})), ZERO, sizes):
                slope = cast(Term, substitute(derivative(gap, x), {x: end}))
                if algebra.equal(slope, ZERO, sizes):
                    yield place, end


def _ends(domain: Domain, place: int, gap: Term) -> Iterator[Term]:
    """The other coordinates and the numbers in the interval of one."""
    low, high = domain.box[place]
    for name, (least, greatest) in zip(domain.coordinates, domain.box, strict=True):
        if name is not domain.coordinates[place] and low <= least and greatest <= high:
            yield name
    spoken = {part.value for part in subterms(gap) if isinstance(part, Number)}
    for number in sorted({*USUAL, *spoken, low, high}):
        if low <= number <= high:
            yield cast(Term, Number(number))
