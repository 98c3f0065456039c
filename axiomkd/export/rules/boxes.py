"""Enclosures on subdivided boxes: the same cuts, each part shown by the tactic of Interval."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import cast

from axiomkd.export.context import Context, Unexported, number
from axiomkd.export.rules.writer import Writer
from axiomkd.kernel.boxes import BY_SLOPES, OUTSIDE
from axiomkd.kernel.evidence import Parameter
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Big,
    Comparison,
    Equal,
    Extreme,
    Formula,
    If,
    Index,
    Less,
    Literal,
    Node,
    Number,
    Power,
    Same,
    Size,
    Term,
    Variable,
    add,
    multiply,
    rebuild,
    substitute,
    subterms,
    variable,
)

MOST_LEAVES = 400
"""Boxes up to which a subdivision is written for Rocq."""
PLAINLY = "i_prec 64"
DEPTH = 10
"""How often Interval may cut a box further, where the kernel looks at slopes in all coordinates at once."""


def enclosure(w: Writer) -> str:
    """The formula for all numbers in the box, then for the terms that the coordinates stand for."""
    box = Boxed(w, w.step.parameters)
    return box.applied(w, w.conclusion, box.proof(iter(box.tree)), box.outer(w))


class Boxed:
    """The parts of the step, and how they are written with names in the place of the variables."""

    def __init__(self, w: Writer, rest: tuple[Parameter, ...]) -> None:
        if not isinstance(w.conclusion, Less | AtMost):
            raise Unexported("an enclosure of something else than an inequality")
        self.formula: Comparison = w.conclusion
        self.names: dict[Variable, str] = {}
        self.given: list[Formula] = []
        self.solved: dict[Term, Term] = {}
        while isinstance(rest[0], Variable) and isinstance(rest[1], Fraction):
            name, low, high = rest[:3]
            self._name(cast(Variable, name), AtMost(Number(low), name), AtMost(name, Number(high)))
            rest = rest[3:]
        while isinstance(rest[0], Variable):
            self._name(rest[0], Equal(*rest[:2]))
            self.solved[rest[0]] = cast(Term, substitute(cast(Term, rest[1]), self.solved))
            rest = rest[2:]
        self.tree, self.bounds = rest, len(self.given)
        self.used = sorted({OUTSIDE - token for token in rest if type(token) is int and token <= OUTSIDE})
        self.given += [w.step.premises[n].formula for n in self.used]
        if sum(type(token) is int and token < 0 for token in rest) > MOST_LEAVES:
            raise Unexported(f"a subdivision of more than {MOST_LEAVES} boxes")
        self.context = w.ctx

    def _name(self, name: Variable, *given: Formula) -> None:
        self.names[name] = f"X{len(self.names)}"
        self.given += given

    def applied(self, w: Writer, formula: Formula, proof: str, outer: list[str]) -> str:
        """What is proved for all numbers that are as given, at the terms of the step."""
        names = " ".join(self.names.values())
        given = "".join(f"{self.claim(hypothesis)} -> " for hypothesis in self.given)
        within = " ".join(f"H{n}" for n in range(len(self.given)))
        general = f"(forall {names} : R, {given}{self.claim(formula)})"
        start = f"intros {names} {within}{'; subst' if self.solved else ''}"
        known = " ".join([*map(w.text, self.names), *map(w.need, self.given[: self.bounds]), *outer])
        return f"((ltac:({start}; {proof}) : {general}) {known})"

    def outer(self, w: Writer) -> list[str]:
        return [w.prover.applied(w.ctx, n, {}) for n in self.used]

    # -- text -----------------------------------------------------------------------------

    def shown(self, node: Node, context: type[Context] = Context) -> str:
        """A term or formula without sums, the variables by their names."""
        ctx = self.context
        places = {name: variable(f"@{text}") for name, text in self.names.items()}
        heads = {f"@{text}": text for text in self.names.values()}
        inner = context(ctx.goal, ctx.names, variables={**ctx.variables, **heads}, sizes=ctx.sizes)
        named = substitute(written(node, ctx), places)
        return inner.formula(named) if isinstance(named, Formula) else inner.term(cast(Term, named))

    def claim(self, formula: Formula) -> str:
        return self.shown(formula)

    def coordinates(self) -> list[str]:
        return [text for name, text in self.names.items() if name not in self.solved]

    # -- the tree -------------------------------------------------------------------------

    def proof(self, tokens: Iterator[Parameter]) -> str:
        token = cast(int, next(tokens))
        if token >= 0:
            cut = number(cast(Fraction, next(tokens)))
            lower, upper = self.proof(tokens), self.proof(tokens)
            return f"destruct (Rle_or_lt {self.coordinates()[token]} {cut}); [{lower}|{upper}]"
        if token <= OUTSIDE:
            return self._fails(self.bounds + self.used.index(OUTSIDE - token))
        return self.leaf(token)

    def leaf(self, token: int) -> str:
        kind = "enclosure_strict" if isinstance(self.formula, Less) else "enclosure"
        return f"apply Rules.{kind}; {self._compared(self.formula, token)}"

    def _fails(self, place: int) -> str:
        premise = cast(Comparison, self.given[place])
        kinds = {Less: ["_strict"], AtMost: [""], Equal: ["_below", "_above"]}[type(premise)]
        compared = self._compared(premise, OUTSIDE)
        ways = (f"apply (Rules.enclosure_fails{kind} _ _ _ H{place}); {compared}" for kind in kinds)
        return f"first [{' | '.join(ways)}]"

    def _compared(self, formula: Comparison, leaf: int) -> str:
        """Interval compares the gap, an expression in the coordinates alone, with zero."""
        gap = substitute(written(formula, self.context), self.solved)
        return f"{self.exponentials(gap, '')}{self.tactic(leaf)}"

    def exponentials(self, node: Node, place: str) -> str:
        """Powers rewritten, the innermost first, as Interval reads them."""
        powers = [part for part in subterms(node) if isinstance(part, Power) and not _is_whole(part.exponent)]
        rewritten = (self._as_exponential(power, place) for power in dict.fromkeys(reversed(powers)))
        return f"rewrite ?rpow_IZR{place}; {''.join(rewritten)}"

    def _as_exponential(self, power: Power, place: str) -> str:
        base, exponent = (self.shown(part, Computed) for part in (power.base, power.exponent))
        return (
            f"rewrite (rpow_pos {base} {exponent} (ltac:(interval with ({PLAINLY})) : 0 < {base})){place}; "
        )

    def tactic(self, leaf: int) -> str:
        names = self.coordinates()
        ways = [PLAINLY]
        if leaf == BY_SLOPES:
            ways += [f"{PLAINLY}, i_bisect {name}, i_autodiff {name}" for name in names]
        ways.append(f"{PLAINLY}, {', '.join(f'i_bisect {name}' for name in names)}, i_depth {DEPTH}")
        return f"first [{' | '.join(f'interval with ({way})' for way in ways)}]"


class Computed(Context):
    """Terms with powers as Interval reads them."""

    def term(self, node: Node) -> str:
        if isinstance(node, Power):
            if _is_whole(node.exponent):
                return f"(powerRZ {self.term(node.base)} {self.term(node.exponent)})"
            return f"(exp ({self.term(node.exponent)} * ln {self.term(node.base)}))"
        return super().term(node)


def _is_whole(exponent: Term) -> bool:
    return isinstance(exponent, Number) and exponent.value.denominator == 1


def written(node: Node, ctx: Context) -> Node:
    """Sums and products as Rocq computes them from their definitions; choices of indices are made."""
    match node:
        case Size(sort):
            return add(*(ONE for _ in range(_size(sort, ctx))))
        case Big(kind, sort):
            indices = [cast(Index, Literal(n, sort)) for n in range(1, _size(sort, ctx) + 1)]
            parts = [cast(Term, written(node.at(index), ctx)) for index in indices]
            if kind not in ("sum", "product"):
                raise Unexported(f"an enclosure of a {kind}")
            return add(ZERO, *parts) if kind == "sum" else multiply(ONE, *parts)
        case If(Same(left, right), then, otherwise):
            return written(then if left is right else otherwise, ctx)
        case If() | Extreme():
            raise Unexported(f"an enclosure of {node}")
    return rebuild(node, tuple(written(part, ctx) if isinstance(part, Node) else part for part in node.parts))


def _size(sort: str, ctx: Context) -> int:
    size = ctx.goal.size(sort)
    if size is None:
        raise Unexported(f"an enclosure for any number of {sort}s")
    return size
