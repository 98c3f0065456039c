"""What the proof of one step is written with: premises, signs, equations, in the context of the step."""

from __future__ import annotations

from typing import cast

from axiomkd.export.context import Context, Lemma
from axiomkd.export.normal import Normal
from axiomkd.export.prover import NONNEGATIVE, POSITIVE, Prover
from axiomkd.kernel.application import Application
from axiomkd.kernel.terms import (
    ONE,
    AtMost,
    Big,
    Comparison,
    Equal,
    Formula,
    Free,
    Less,
    Node,
    Term,
    big,
    big_sum,
    fresh,
    substitute,
)


class Writer:
    """The proof of one step."""

    def __init__(self, step: Application, lemmas: list[Lemma], ctx: Context) -> None:
        self.step = step
        self.prover = Prover(step, lemmas)
        self.lemmas = lemmas
        self.normal = Normal()
        self.ctx = ctx

    @property
    def conclusion(self) -> Formula:
        return self.step.conclusion

    def sides(self) -> tuple[Term, Term]:
        assert isinstance(self.conclusion, Comparison)
        return self.conclusion.left, self.conclusion.right

    def text(self, node: Node) -> str:
        return self.ctx.term(node)

    def need(self, formula: Formula, without: Formula | None = None, ctx: Context | None = None) -> str:
        return self.prover.need(ctx or self.ctx, formula, without)

    def positive(self, node: Term, ctx: Context | None = None) -> str:
        return self.prover.demand(ctx or self.ctx, node, POSITIVE)

    def nonnegative(self, node: Term, ctx: Context | None = None) -> str:
        return self.prover.demand(ctx or self.ctx, node, NONNEGATIVE)

    def equal(self, left: Term, right: Term, ctx: Context | None = None) -> str:
        return self.normal.equal(ctx or self.ctx, left, right)

    def at_new(self, given: Free, *terms: Term) -> tuple[Free, list[Term], Context, str]:
        """Terms with an index replaced by a new one, and the context in which it is bound."""
        index = fresh(given.sort)
        inner, names = self.ctx.bind(index)
        return index, [cast(Term, substitute(t, {given: index})) for t in terms], inner, names

    def function(self, index: Free, body: Term) -> str:
        return self.ctx.function(cast(Big, big("sum", index, body)))

    def relation(self, left: Term, right: Term) -> str:
        assert isinstance(self.conclusion, Less | AtMost)
        return self.need(cast(Formula, type(self.conclusion)(left, right)))

    @property
    def strict(self) -> str:
        return "_strict" if isinstance(self.conclusion, Less) else ""


def weighted_mean(w: Writer) -> tuple[Free, Term, Term, str, Context, str]:
    """Index, weight, value; the lemma's arguments size, w, x, w >= 0, sum w = 1."""
    given = w.step.parameter(0, Free)
    k, (weight, value), inner, names = w.at_new(given, w.step.parameter(1, Term), w.step.parameter(2, Term))
    total = big_sum(k, weight)
    one = w.prover.has(w.ctx, cast(Formula, Equal(total, ONE))) or w.equal(total, ONE)
    sign = f"(fun {names} => {w.nonnegative(weight, inner)})"
    functions = f"{w.ctx.size(k.sort)} {w.function(k, weight)} {w.function(k, value)}"
    return k, weight, value, f"{functions} {sign} {one}", inner, names


def between(w: Writer, left: Term, right: Term, proof: str) -> str:
    """The conclusion from left <= right, both sides up to their canonical forms."""
    a, b = w.sides()
    return f"(rewritten _ _ _ _ {w.equal(a, left)} {w.equal(b, right)} {proof})"
