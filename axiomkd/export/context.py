"""Where a term stands while it is written in Rocq: names of indices, variables, hypotheses."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import cast

from axiomkd.kernel.judgement import LEAST, Goal, Judgement
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    Add,
    AtMost,
    Big,
    Comparison,
    Defined,
    Different,
    Distinct,
    Equal,
    Exp,
    Extreme,
    Formula,
    Free,
    If,
    Index,
    InHull,
    InverseDigamma,
    Less,
    Literal,
    Log,
    Multiply,
    Node,
    Number,
    Permuted,
    Power,
    Same,
    Size,
    Term,
    Variable,
    fresh,
    open_binder,
)
from axiomkd.theories.ensemble.signature import ENSEMBLE

SIZES = {
    **{"teacher": "K", "outcome": "V", "merged": "M"},
    **{"scenario": "N", "row": "M", "block": "M", "rest": "N"},
}
"""The letter for the size of each sort; no two sorts of one letter stand in one statement."""
SEPARATOR = "@separator"
"""The variable that holds the coefficients of a functional."""
SPELLED = {"R": "rows", SEPARATOR: "separator"}
"""Variables whose names mean something else in Rocq, or nothing."""
OWN = {*ENSEMBLE.variables, *ENSEMBLE.taken}
"""The variables of the statements; others are parameters of a rule, whose names may be anything."""
BIG = {"sum": "rsum", "product": "rprod", "maximum": "rmax", "minimum": "rmin"}
TWO = {"maximum": "Rmax", "minimum": "Rmin"}
RELATIONS = {Equal: "=", AtMost: "<=", Less: "<", Different: "<>"}


def spelled(name: str) -> str:
    """The name of a variable in Rocq."""
    own = name in OWN or re.fullmatch(r"q\d*", name)  # q, q1, ..: the aggregates of an unknown rule
    return SPELLED.get(name, name if own else f"parameter_{name}")


class Unexported(Exception):
    """A step for which the exporter has no proof to write down."""


@dataclass(frozen=True)
class Lemma:
    """A step that stands already: its judgement, its name, and the indices over which it is universal."""

    name: str
    judgement: Judgement
    indices: tuple[Free, ...]
    assumptions: tuple[Formula, ...]
    running: bool


DECISIONS = {
    "Less": "(if Rlt_dec {} {} then true else false)",
    "AtMost": "(if Rle_dec {} {} then true else false)",
    "Equal": "(if Req_EM_T {} {} then true else false)",
    "Different": "(if Req_EM_T {} {} then false else true)",
}


def decision(condition: Comparison, left: str, right: str) -> str:
    """Whether a comparison of that kind holds between two numbers."""
    return DECISIONS[type(condition).__name__].format(left, right)


@dataclass(frozen=True)
class Context:
    """Names in scope.

    ``prefix`` are the arguments that a step outside of a sequence takes first; ``variables`` and
    ``sizes`` say how a real variable, inside a sequence, and a size are written where not by their names.
    """

    goal: Goal
    names: Mapping[Free, tuple[str, str]]
    hypotheses: Mapping[Formula, str] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    sizes: Mapping[str, str] = field(default_factory=dict)
    prefix: str = ""
    depth: int = 0
    locals: int = 0

    def bind(self, index: Free) -> tuple[Context, str]:
        """The context under a binder, and the binder's two names for ``fun``."""
        taken = {name for name, _ in self.names.values()}
        name = next(n for n in (f"n{place}" for place in itertools.count(self.locals)) if n not in taken)
        names = {**self.names, index: (name, f"H{name}")}
        depth = self.depth + index.name.startswith("#")
        return replace(self, names=names, locals=self.locals + 1, depth=depth), f"{name} H{name}"

    def assume(self, formula: Formula) -> tuple[Context, str]:
        name = f"A{self.locals}"
        return replace(self, hypotheses={**self.hypotheses, formula: name}, locals=self.locals + 1), name

    # -- sizes and indices ----------------------------------------------------------------

    def size(self, sort: str) -> str:
        if sort in self.sizes:
            return self.sizes[sort]
        fixed = self.goal.size(sort)
        return SIZES.get(sort, f"size_{sort}") if fixed is None else f"{fixed}%nat"

    def least(self, sort: str) -> str:
        """A proof that a sort has an index."""
        if self.goal.size(sort) is not None:
            return f"(ltac:(lia) : (1 <= {self.size(sort)})%nat)"
        known = f"H{self.size(sort)}"
        return f"(le_1 _ {known})" if LEAST.get(sort, 1) == 2 else known

    def index(self, index: Index) -> str:
        match index:
            case Free() if index in self.names:
                return self.names[index][0]
            case Free():
                return "0%nat"
            case Literal(number):
                return f"{number - 1}%nat"
            case Permuted(inner, _, permutation):
                return f"({permutation} {self.index(inner)})"
        raise Unexported(f"the index {index}")

    def within(self, index: Index) -> str:
        """A proof that an index is below the size of its sort."""
        match index:
            case Free() if index in self.names:
                return self.names[index][1]
            case Permuted(inner, _, permutation):
                return f"(proj1 H{permutation} {self.index(inner)} {self.within(inner)})"
        return f"(ltac:(lia) : ({self.index(index)} < {self.size(index.sort)})%nat)"

    # -- terms ----------------------------------------------------------------------------

    def term(self, node: Node) -> str:
        match node:
            case Number(value):
                return number(value)
            case Size(sort):
                return f"(INR {self.size(sort)})"
            case Variable():
                head = self.variables.get(node.name, spelled(node.name))
                return " ".join([f"({head}", *map(self.index, node.indices)]) + ")" if node.indices else head
            case Add():
                return self._folded(" + ", node.parts)
            case Multiply():
                return self._folded(" * ", node.parts)
            case Power(base, exponent):
                return f"(rpow {self.term(base)} {self.term(exponent)})"
            case Exp(argument):
                return f"(exp {self.term(argument)})"
            case Log(argument):
                return f"(ln {self.term(argument)})"
            case Big(kind, sort):
                return f"({BIG[kind]} {self.size(sort)} {self.function(node)})"
            case Extreme():
                first, *rest = map(self.term, node.arguments)
                for part in rest:
                    first = f"({TWO[node.kind]} {first} {part})"
                return first
            case If(condition, then, otherwise):
                return f"(rif {self.decision(condition)} {self.term(then)} {self.term(otherwise)})"
            case InverseDigamma():
                raise Unexported("the inverse of the digamma function, which Coq's real numbers lack")
        raise Unexported(f"the term {node}")

    def _folded(self, sign: str, parts: tuple[Node, ...]) -> str:
        text = self.term(parts[0])
        for part in parts[1:]:
            text = f"({text}{sign}{self.term(part)})"
        return text

    def function(self, node: Big) -> str:
        """The body of a sum, product, maximum or minimum as a function of its index."""
        index = fresh(node.sort)
        inner, _ = self.bind(index)
        return f"(fun {inner.names[index][0]} => {inner.term(node.at(index))})"

    def decision(self, condition: Formula) -> str:
        match condition:
            case Same(left, right):
                return f"(Nat.eqb {self.index(left)} {self.index(right)})"
            case Distinct(left, right):
                return f"(negb (Nat.eqb {self.index(left)} {self.index(right)}))"
            case Comparison(left, right):
                return decision(condition, self.term(left), self.term(right))
        raise Unexported(f"the condition {condition}")

    # -- formulas -------------------------------------------------------------------------

    def formula(self, formula: Formula) -> str:
        match formula:
            case Same(left, right):
                return f"({self.index(left)} = {self.index(right)})"
            case Distinct(left, right):
                return f"({self.index(left)} <> {self.index(right)})"
            case Defined(term):
                return self.domain(term) or "True"
            case InHull(vertex_sort, coordinate_sort, point, vertices):
                return f"(in_hull {self.hull(vertex_sort, coordinate_sort, point, vertices)})"
            case Equal(left, right) | AtMost(left, right) | Less(left, right) | Different(left, right):
                return f"({self.term(left)} {RELATIONS[type(formula)]} {self.term(right)})"
        raise Unexported(f"the formula {formula}")

    def hull(self, vertex_sort: str, coordinate_sort: str, point: Term, vertices: Term) -> str:
        """The arguments of ``in_hull``: sizes, the point, the corners."""
        k, i = fresh(vertex_sort), fresh(coordinate_sort)
        inside, _ = self.bind(i)
        at = f"(fun {inside.names[i][0]} => {inside.term(open_binder(point, i))})"
        outer, _ = self.bind(k)
        both, _ = outer.bind(i)
        vertex = open_binder(open_binder(vertices, k, 1), i)
        corners = f"(fun {outer.names[k][0]} {both.names[i][0]} => {both.term(vertex)})"
        return f"{self.size(vertex_sort)} {self.size(coordinate_sort)} {at} {corners}"

    def domain(self, node: Term) -> str | None:
        """The conditions under which every operation inside a term is within its domain."""
        parts = [part for part, _ in self.conditions(node)]
        return conjunction(parts) if parts else None

    def conditions(self, node: Term) -> list[tuple[str, object]]:
        """Each condition as text, with what it comes from."""
        match node:
            case Power(base, exponent):
                own: list[tuple[str, object]] = []
                if not always_defined(exponent):
                    own = [(f"(pow_defined {self.term(base)} {self.term(exponent)})", ("power", node))]
                return [*self.conditions(base), *self.conditions(exponent), *own]
            case Log(argument):
                return [*self.conditions(argument), (f"(0 < {self.term(argument)})", ("log", node))]
            case Big(_, sort):
                index = fresh(sort)
                inner, names = self.bind(index)
                inside = inner.domain(node.at(index))
                if inside is None:
                    return []
                name = names.split()[0]
                return [
                    (f"(forall {name} : nat, ({name} < {self.size(sort)})%nat -> {inside})", ("big", node))
                ]
            case If(condition, then, otherwise):
                return self._choice(node, condition, then, otherwise)
        return [pair for part in node.parts if isinstance(part, Term) for pair in self.conditions(part)]

    def _choice(self, node: If, condition: Formula, then: Term, otherwise: Term) -> list[tuple[str, object]]:
        found = [pair for part in condition.parts if isinstance(part, Term) for pair in self.conditions(part)]
        for branch, value in ((then, "true"), (otherwise, "false")):
            inside = self.domain(branch)
            if inside is not None:
                found.append((f"({self.decision(condition)} = {value} -> {inside})", ("if", node, value)))
        return found


def open_context() -> Context:
    """Where a rule is defined: any sizes, with the free outcome index."""
    goal = Goal((("teacher", None), ("outcome", None)), (), (), ())
    return Context(goal, {cast(Free, Free("i", "outcome")): ("i", "Hi")})


def quantified(context: Context, index: Free) -> str:
    name = context.names[index][0]
    return f"forall {name} : nat, ({name} < {context.size(index.sort)})%nat -> "


def always_defined(exponent: Term) -> bool:
    return isinstance(exponent, Number) and exponent.value.denominator == 1 and exponent.value >= 0


def conjunction(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({parts[0]} /\\ {conjunction(parts[1:])})"


def conjoined(proofs: list[str]) -> str:
    return proofs[0] if len(proofs) == 1 else f"(conj {proofs[0]} {conjoined(proofs[1:])})"


def number(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value) if value >= 0 else f"({value})"
    return f"({value.numerator} / {value.denominator})"


def is_zero(node: Node) -> bool:
    return node is ZERO


def is_one(node: Node) -> bool:
    return node is ONE
