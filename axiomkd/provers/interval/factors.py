r"""Inequalities whose gap is a product: enclosures decide on the sign of each factor.

No subdivision ends where the two sides are equal, as on :math:`x = y` in
:math:`2xye^x \le (x^2 + y^2)e^x`. The factor :math:`(x - y)^2` of the gap is divided out.
"""

from __future__ import annotations

from fractions import Fraction
from typing import cast

import flint

from axiomkd.kernel import algebra
from axiomkd.kernel.boxes import written_out
from axiomkd.kernel.combination import hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ZERO,
    AtMost,
    Equal,
    Formula,
    Less,
    Power,
    Term,
    add,
    multiply,
    substitute,
    term,
)
from axiomkd.provers.interval.enclosing import Inputs

Factor = tuple[Term, int]


def by_factors(inputs: Inputs, formula: Formula) -> int:
    """The inequality from the signs of the factors of its gap; raises ``Refused`` if it has only one."""
    if not isinstance(formula, AtMost | Less):
        raise Refused("expected an inequality, got", formula)
    kind, steps = type(formula), inputs.steps
    left, right = (_solved(inputs, side) for side in (formula.left, formula.right))
    product, premises = _signed(inputs, kind, right[-1][0] - left[-1][0])
    above = steps.add("sign_of_parts", cast(Formula, kind(ZERO, product)), premises)
    inner = steps.add("combination", cast(Formula, kind(left[-1][0], right[-1][0])), (above,), hole(0))
    links = [step for _, step in (*left, *right) if step is not None]
    if not links:
        return inner
    return steps.add(
        "chain", formula, (inner, *links), *(t for t, _ in left), *(t for t, _ in reversed(right))
    )


def _solved(inputs: Inputs, side: Term) -> list[tuple[Term, int | None]]:
    """The side, written out, with each variable that an equation gives replaced; each with what says so."""
    steps = inputs.steps
    written = cast(Term, written_out(side, dict(steps.goal.sizes)))
    same = None if written is side else steps.add("algebraic", cast(Formula, Equal(side, written)))
    found: list[tuple[Term, int | None]] = [(written, same)]
    for solved in inputs.solved:
        old = found[-1][0]
        new = cast(Term, substitute(old, {solved.variable: solved.value}))
        if new is not old:
            equation = cast(Formula, Equal(old, new))
            found.append((new, steps.add("congruence", equation, (solved.step,))))
    return found


def _signed(inputs: Inputs, kind: type[Formula], gap: Term) -> tuple[Term, tuple[int, ...]]:
    """The gap as a product, and the steps that tell the signs of its factors."""
    sizes = inputs.steps.goal.sizes
    constant, factors = factored(gap, sizes)
    if len(factors) == 1 and factors[0][1] == 1:
        raise Refused("expected a product, got", factors[0][0])
    parts, premises = [constant], []
    for value, exponent in factors:
        if exponent % 2 and inputs.sign(value) < 0:
            parts[0], value = -parts[0], algebra.canonical(-value, sizes)
        if exponent % 2 or kind is Less:
            premises.append(inputs.enclose(cast(Formula, kind(ZERO, value))))
        parts.append(value if exponent == 1 else cast(Term, Power(value, term(exponent))))
    parts[0] = algebra.canonical(parts[0], sizes)
    return multiply(*parts), tuple(premises)


def factored(value: Term, sizes: algebra.Sizes) -> tuple[Term, list[Factor]]:
    """A polynomial in atoms as a number times factors with their exponents.

    >>> from axiomkd.kernel.terms import variable
    >>> x, y = variable("x"), variable("y")
    >>> factored(x * x - 2 * x * y + y * y, ())
    (1, [((x + (-1)*y), 2)])
    """
    polynomial = algebra.expand(value, sizes)
    if any(binders for binders, _ in polynomial):
        raise Refused("expected a polynomial without sums, got", value)
    atoms = sorted({atom for _, factors in polynomial for atom, _ in factors}, key=lambda atom: atom.key)
    if not atoms:
        raise Refused("expected a polynomial with variables, got", value)
    ring = flint.fmpq_mpoly_ctx.get(tuple(f"x{n}" for n in range(len(atoms))), flint.Ordering.lex)
    exponents = {
        tuple(dict(factors).get(atom, 0) for atom in atoms): flint.fmpq(c.numerator, c.denominator)
        for (_, factors), c in polynomial.items()
    }
    content, found = ring.from_dict(exponents).factor()
    return term(_fraction(content)), [(_term(factor, atoms, sizes), int(e)) for factor, e in found]


def _fraction(number: flint.fmpq) -> Fraction:
    return Fraction(int(number.p), int(number.q))


def _term(polynomial: flint.fmpq_mpoly, atoms: list[Term], sizes: algebra.Sizes) -> Term:
    parts = [
        multiply(
            _fraction(c), *(Power(atom, term(e)) for atom, e in zip(atoms, map(int, es), strict=True) if e)
        )
        for es, c in polynomial.to_dict().items()
    ]
    return algebra.canonical(add(*parts), sizes)
