"""Gaps that are convex from a place where they vanish: the derivatives by the tactic of Coquelicot."""

from __future__ import annotations

from typing import cast

from axiomkd.export.rules.boxes import Boxed, Computed, written
from axiomkd.export.rules.writer import Writer
from axiomkd.kernel.derivative import derivative
from axiomkd.kernel.terms import ZERO, Equal, Formula, Term, Variable, substitute


def second_derivative(w: Writer) -> str:
    """The gap as a function of the coordinate, named t, with its derivatives; the rest is given."""
    box = _Convex(w, w.step.parameters[2:])
    end = w.step.parameter(1, Term)
    x = list(box.names)[cast(int, w.step.parameters[0])]
    gap = cast(Term, substitute(written(box.formula.right - box.formula.left, w.ctx), box.solved))
    slope = derivative(gap, x)
    count = len(box.given)
    vanishing = [cast(Term, substitute(value, {x: end})) for value in (gap, slope)]
    box.given += [cast(Formula, Equal(value, ZERO)) for value in vanishing]
    known = [w.equal(value, ZERO) for value in vanishing]
    given = [f"{box.exponentials(v, f' in H{count + n}')}" for n, v in enumerate(vanishing)]
    proof = "".join([box.exponentials(gap, ""), *given, "apply Rules.second_derivative_gap; "])
    return box.applied(w, w.conclusion, proof + box.by_lemma(x, end, gap, slope, count), known)


class _Convex(Boxed):
    """A tree that is about the second derivative in one coordinate."""

    def by_lemma(self, x: Variable, end: Term, gap: Term, slope: Term, count: int) -> str:
        here, at = self.names[x], self.shown(end)
        low, high = (self.shown(bound) for bound in self.interval(x))
        self.names[x] = "t"
        functions = [f"(fun t => {self.shown(v, Computed)})" for v in (gap, slope, derivative(slope, x))]
        within = f"assert ({low} <= t <= {high}) as [L U] by (way_within {at} {here} W); clear W"
        differentiate = f"intros t W; {within}; differentiate"
        convex = f"intros t W; {within}; cbv beta; {self.proof(iter(self.tree))}"
        self.names[x] = here
        goals = [differentiate, differentiate, convex, f"exact H{count}", f"exact H{count + 1}"]
        lemma = f"apply (Rules.second_derivative {' '.join(functions)} {at} {here})"
        return f"{lemma}; [{' | '.join(goals)}]"

    def interval(self, x: Variable) -> tuple[Term, Term]:
        place = 2 * list(self.names).index(x)
        return self.given[place].parts[0], self.given[place + 1].parts[1]

    def leaf(self, token: int) -> str:
        return self.tactic(token)
