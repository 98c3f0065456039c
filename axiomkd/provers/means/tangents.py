r"""Exponentials and logarithms by tangents: :math:`1 + t \le e^t` and :math:`1 - 1/a \le \log a \le a - 1`.

The gap of an inequality is a sum of terms times exponentials or logarithms, and a rest. Each function is
replaced by the tangent that makes the gap smaller; what remains must be nonnegative.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from axiomkd.kernel import algebra
from axiomkd.kernel.combination import hole
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import ZERO, AtMost, Exp, Formula, Less, Log, Term, add, multiply, term
from axiomkd.provers.means.proof import Proof


@dataclass(frozen=True)
class Tangent:
    """A function below or above its tangent, and the nonnegative factor with which the gap has it."""

    rule: str
    formula: AtMost
    factor: Term

    @property
    def gap(self) -> Term:
        return multiply(self.factor, self.formula.right - self.formula.left)


def by_tangents(proof: Proof, claim: AtMost) -> int | None:
    """The claim, each exponential and logarithm in its gap replaced by a tangent; ``None`` without any."""
    gap = claim.right - claim.left
    tangents = [_tangent(proof, atom, factor) for atom, factor in _factors(gap, proof.goal.sizes)]
    if not tangents:
        return None
    premises = [_above(proof, tangent) for tangent in tangents]
    template = [multiply(tangent.factor, hole(n)) for n, tangent in enumerate(tangents)]
    rest = algebra.canonical(gap - add(*(tangent.gap for tangent in tangents)), proof.goal.sizes)
    if rest is not ZERO:
        premises.append(proof.sign(AtMost, rest))
        template.append(hole(len(tangents)))
    return proof.add("combination", cast(Formula, claim), (*premises, *proof.facts), add(*template))


def _factors(gap: Term, sizes: algebra.Sizes) -> Iterator[tuple[Exp | Log, Term]]:
    """Every exponential and logarithm of the gap with what it is multiplied by."""
    found: dict[Exp | Log, algebra.Polynomial] = {}
    for (binders, factors), number in algebra.expand(gap, sizes).items():
        atoms = [(atom, power) for atom, power in factors if isinstance(atom, Exp | Log)]
        if binders or len(atoms) > 1 or any(power != 1 for _, power in atoms):
            raise Refused("expected a sum of terms times exponentials or logarithms, got", gap)
        if atoms:
            others = tuple(factor for factor in factors if factor[0] is not atoms[0][0])
            found.setdefault(cast("Exp | Log", atoms[0][0]), {})[(), others] = number
    return ((atom, algebra.to_term(factor)) for atom, factor in found.items())


def _tangent(proof: Proof, atom: Exp | Log, factor: Term) -> Tangent:
    """The tangent on the side that the sign of the factor calls for."""
    if isinstance(atom, Exp):
        return Tangent("exponential_tangent", cast(AtMost, AtMost(1 + atom.argument, atom)), factor)
    if _is_nonnegative(proof, factor):
        below = cast(AtMost, AtMost(1 - atom.argument**-1, atom))
        return Tangent("logarithm_tangent", below, factor)
    negated = algebra.canonical(-factor, proof.goal.sizes)
    return Tangent("logarithm_tangent", cast(AtMost, AtMost(atom, add(atom.argument, term(-1)))), negated)


def _is_nonnegative(proof: Proof, value: Term) -> bool:
    try:
        proof.sign(AtMost, value)
    except Refused:
        return False
    return True


def _above(proof: Proof, tangent: Tangent) -> int:
    """The function against its tangent; the combination asks for the sign of the factor itself."""
    atoms = (tangent.formula.left, tangent.formula.right)
    arguments = [atom.argument for atom in atoms if isinstance(atom, Log)]
    signs = [proof.sign(Less, argument) for argument in arguments]
    return proof.add(tangent.rule, cast(Formula, tangent.formula), (*proof.facts, *signs))
