"""What the trees of the grammar mean: each is a pool of its inputs, as a term of the kernel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import cast

from axiomkd.kernel.terms import (
    Free,
    Index,
    Literal,
    Size,
    Term,
    big,
    delta,
    fresh,
    power,
    term,
    variable,
)

HALF, TENTH = Fraction(1, 2), Fraction(1, 10)

Teachers = Callable[[Index, Index], Term]
Weights = Callable[[Index], Term]
Pool = Callable[[Index], Term]


@dataclass(frozen=True, slots=True)
class Tree:
    """A rule of the grammar; ``constant`` is the share of a mixture, a number or the name of a parameter."""

    kind: str
    parts: tuple[Tree, ...] = ()
    constant: Fraction | str | None = None

    @property
    def size(self) -> int:
        """How many nodes it has.

        >>> Tree("mix", (Tree("linear"), Tree("geometric"))).size
        3
        """
        return 1 + sum(part.size for part in self.parts)

    @property
    def name(self) -> str:
        """The tree in Polish notation, of which an id can be made: ``mix.linear.geometric``."""
        return ".".join([self.kind, *(part.name for part in self.parts)])

    def __str__(self) -> str:
        shown = [str(part) for part in self.parts]
        if isinstance(self.constant, str):
            shown.append(self.constant)
        return f"{self.kind}({', '.join(shown)})" if shown else self.kind


@dataclass(frozen=True)
class Inputs:
    """What a rule is applied to: softened and unsoftened teachers."""

    teachers: Teachers = lambda k, i: variable("p", k, i)
    raw: Teachers = lambda k, i: variable("raw", k, i)

    def changed(self, change: Callable[[Teachers], Teachers]) -> Inputs:
        return Inputs(change(self.teachers), change(self.raw))


# -- what the nodes mean --------------------------------------------------------------------

Meaning = Callable[[Tree, Inputs], Pool]


def _over(kind: str, sort: str, body: Callable[[Free], Term]) -> Term:
    index = fresh(sort)
    return big(kind, index, body(index))


def _over_teachers(body: Callable[[Free], Term], kind: str = "sum") -> Term:
    return _over(kind, "teacher", body)


def _over_outcomes(body: Callable[[Free], Term], kind: str = "sum") -> Term:
    return _over(kind, "outcome", body)


def _uniform(_: Index) -> Term:
    return power(Size("outcome"), -1)


def _normalised(mass: Pool) -> Pool:
    return lambda i: mass(i) * power(_over_outcomes(mass), -1)


def _raised(pool: Pool, exponent: Fraction) -> Pool:
    return _normalised(lambda i: power(pool(i), exponent))


def _raised_teachers(teachers: Teachers, exponent: Fraction) -> Teachers:
    return lambda k, i: _raised(partial(teachers, k), exponent)(i)


def _mixed(share: Fraction | str | None, first: Pool, second: Pool) -> Pool:
    r""":math:`(1-b) A + b B`."""
    b = variable(share) if isinstance(share, str) else term(cast(Fraction, share))
    rest = term(1 - share) if isinstance(share, Fraction) else term(1) - b
    return lambda i: rest * first(i) + b * second(i)


def _weights(parts: tuple[Tree, ...]) -> Weights:
    """The weights that a tree makes of w."""
    if not parts:
        return lambda k: variable("w", k)
    tree = parts[0]
    inner, equal = _weights(tree.parts), power(Size("teacher"), -1)
    if tree.kind == "equal":
        return lambda k: equal
    if tree.kind == "squared":
        return lambda k: power(inner(k), 2) * power(_over_teachers(lambda m: power(inner(m), 2)), -1)
    return _mixed(tree.constant, inner, lambda k: equal)


def _mean(exponent: Fraction, tree: Tree, inputs: Inputs) -> Pool:
    """The mean of order r, without N."""
    w, p = _weights(tree.parts), inputs.teachers
    if exponent == 0:
        return lambda i: _over_teachers(lambda k: power(p(k, i), w(k)), "product")
    if exponent == 1:
        return lambda i: _over_teachers(lambda k: w(k) * p(k, i))
    return lambda i: power(_over_teachers(lambda k: w(k) * power(p(k, i), exponent)), 1 / exponent)


def _extreme(kind: str, tree: Tree, inputs: Inputs) -> Pool:
    return lambda i: _over_teachers(lambda k: inputs.teachers(k, i), kind)


MASSES: dict[str, Meaning] = {
    "linear": partial(_mean, Fraction(1)),
    "geometric": partial(_mean, Fraction(0)),
    "root": partial(_mean, Fraction(1, 2)),
    "square": partial(_mean, Fraction(2)),
    "harmonic": partial(_mean, Fraction(-1)),
    "maximum": partial(_extreme, "maximum"),
    "minimum": partial(_extreme, "minimum"),
}
WEIGHTED = ("linear", "geometric", "root", "square", "harmonic")
WEIGHTS = ("equal", "squared", "shrunk")


def _first(change: Callable[[Teachers], Teachers], tree: Tree, inputs: Inputs) -> Pool:
    return meaning(tree.parts[0], inputs.changed(change))


def _pooled(change: Callable[[Pool], Pool], tree: Tree, inputs: Inputs) -> Pool:
    return change(meaning(tree.parts[0], inputs))


def _hedged(tree: Tree, inputs: Inputs) -> Pool:
    pool, p = meaning(tree.parts[0], inputs), inputs.teachers
    overlap = _over_outcomes(lambda j: _over_teachers(lambda k: p(k, j), "minimum"))
    product = _over_outcomes(lambda j: _over_teachers(lambda k: p(k, j), "product"))
    return lambda i: (overlap * pool(i) + product * _uniform(i)) * power(overlap + product, -1)


def _ceded(tree: Tree, inputs: Inputs) -> Pool:
    """The share of each outcome on which all teachers agree goes to the first outcome."""
    pool, p = meaning(tree.parts[0], inputs), inputs.teachers
    first = cast(Index, Literal(1, "outcome"))

    def agreed(i: Index) -> Term:
        return _over_teachers(lambda k: p(k, i), "minimum")

    return lambda i: pool(i) - agreed(i) + delta(i, first) * _over_outcomes(agreed)


def _drawn(share: Callable[[Pool], Term], tree: Tree, inputs: Inputs) -> Pool:
    """Teachers drawn back towards their unsoftened selves."""

    def teachers(k: Index, i: Index) -> Term:
        p, raw = inputs.teachers(k, i), inputs.raw(k, i)
        return p + share(partial(inputs.teachers, k)) * (raw - p)

    return meaning(tree.parts[0], Inputs(teachers, inputs.raw))


def _spread(p: Pool) -> Term:
    return term(1) - _over_outcomes(lambda j: power(p(j), 2))


def _distance(p: Pool) -> Term:
    return _over_outcomes(lambda j: power(p(j) - _uniform(j), 2))


def _blend(tree: Tree, inputs: Inputs) -> Pool:
    first, second = (meaning(part, inputs) for part in tree.parts)
    return _normalised(lambda i: power(first(i) * second(i), HALF))


def _after(tree: Tree, inputs: Inputs) -> Pool:
    inner = meaning(tree.parts[1], inputs)
    towards = Inputs(
        lambda k, i: _mixed(HALF, partial(inputs.teachers, k), inner)(i),
        lambda k, i: _mixed(HALF, partial(inputs.raw, k), inner)(i),
    )
    return meaning(tree.parts[0], towards)


UNARY: dict[str, Meaning] = {
    "cooled": partial(_pooled, partial(_raised, exponent=Fraction(2))),
    "warmed": partial(_pooled, partial(_raised, exponent=HALF)),
    "cooled-first": partial(_first, partial(_raised_teachers, exponent=Fraction(2))),
    "warmed-first": partial(_first, partial(_raised_teachers, exponent=HALF)),
    "smoothed": lambda tree, inputs: _mixed(tree.constant, meaning(tree.parts[0], inputs), _uniform),
    "hedged": _hedged,
}
BINARY: dict[str, Meaning] = {
    "mix": lambda tree, inputs: _mixed(tree.constant, *(meaning(part, inputs) for part in tree.parts)),
    "blend": _blend,
    "after": _after,
}
SYMMETRIC = ("mix", "blend")
DRAWN: dict[str, Meaning] = {
    "raw-when-hot": partial(_drawn, _spread),
    "raw-when-cold": partial(_drawn, _distance),
}
"""What happens to the teachers before all else, so that these stand at the root of a tree."""
CEDED: dict[str, Meaning] = {"ceded": _ceded}
"""What happens to the pool after all else."""
CONSTANTS: Mapping[str, Fraction] = {"smoothed": TENTH, "shrunk": TENTH, "mix": HALF}


def meaning(tree: Tree, inputs: Inputs) -> Pool:
    """The pool that a tree makes of its inputs, as a function of the outcome."""
    if tree.kind == "uniform":
        return _uniform
    if tree.kind == "unnormalised":
        return MASSES[tree.parts[0].kind](tree.parts[0], inputs)
    if tree.kind == "linear":
        return MASSES["linear"](tree, inputs)
    if tree.kind in MASSES:
        return _normalised(MASSES[tree.kind](tree, inputs))
    return {**UNARY, **BINARY, **DRAWN, **CEDED}[tree.kind](tree, inputs)
