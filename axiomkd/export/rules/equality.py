"""Equations: algebra, powers and logarithms, replacing equals by equals, reindexing."""

from __future__ import annotations

from typing import cast

from axiomkd.export.congruence import congruent, trans
from axiomkd.export.context import Context, Unexported
from axiomkd.export.prover import NONNEGATIVE, weakened
from axiomkd.export.rules.combination import vanishing
from axiomkd.export.rules.writer import Writer
from axiomkd.kernel import algebra
from axiomkd.kernel.logarithm import logarithm as formal_logarithm
from axiomkd.kernel.terms import (
    ZERO,
    Add,
    AtMost,
    Big,
    Distinct,
    Equal,
    Exp,
    Formula,
    Free,
    If,
    Index,
    Less,
    Log,
    Multiply,
    Node,
    Number,
    Permuted,
    Power,
    Same,
    Term,
    add,
    big,
    big_sum,
    fresh,
    multiply,
)

OPPOSITE = {"maximum": "minimum", "minimum": "maximum"}


def algebraic(w: Writer) -> str:
    left, right = w.sides()
    gap, zero = vanishing(w)
    if gap is ZERO:
        return f"(Rules.algebraic _ _ {w.equal(left, right)})"
    return f"(Rules.algebraic_using _ _ _ {w.equal(left - right, gap)} {zero})"


def logarithm(w: Writer, ctx: Context, node: Term) -> tuple[Term, str]:
    """The formal logarithm of a term, and a proof that the term is its exponential."""
    match node:
        case Multiply():
            parts = [logarithm(w, ctx, part) for part in node.parts]
            proof = parts[0][1]
            for _, other in parts[1:]:
                proof = f"(exp_of_product _ _ _ _ {proof} {other})"
            return add(*(part for part, _ in parts)), proof
        case Power(base, exponent):
            inner, proof = logarithm(w, ctx, base)
            return multiply(exponent, inner), f"(exp_of_power _ {ctx.term(exponent)} _ {proof})"
        case Exp(argument):
            inner, same = expanded(w, ctx, argument)
            return inner, "eq_refl" if same is None else f"(f_equal exp {same})"
        case Number(value) if value > 0:
            inner = formal_logarithm(node, [])
            return inner, f"(ltac:(exp_of_number) : {ctx.term(node)} = exp {ctx.term(inner)})"
        case Big("product", sort):
            index = fresh(sort)
            bound, names = ctx.bind(index)
            body, under = logarithm(w, bound, node.at(index))
            total = cast(Big, big_sum(index, body))
            functions = f"{ctx.function(node)} {ctx.function(total)}"
            return total, f"(exp_of_big_product {ctx.size(sort)} {functions} (fun {names} => {under}))"
        case If(condition, then, otherwise) if isinstance(condition, Same):
            (one, p), (two, q) = logarithm(w, ctx, then), logarithm(w, ctx, otherwise)
            decided = f"(exp_of_rif {ctx.decision(condition)} _ _ _ _ {p} {q})"
            return cast(Term, If(condition, one, two)), decided
    return cast(Term, Log(node)), f"(exp_of_positive _ {w.positive(node, ctx)})"


def powers(w: Writer) -> str:
    left, right = w.sides()
    one, p = logarithm(w, w.ctx, left)
    other, q = logarithm(w, w.ctx, right)
    gap, zero = vanishing(w)
    if gap is ZERO:
        return f"(Rules.powers _ _ _ _ {p} {q} {w.equal(one, other)})"
    return f"(Rules.powers_using _ _ _ _ _ {p} {q} {w.equal(one - other, gap)} {zero})"


def expanded(w: Writer, ctx: Context, node: Node) -> tuple[Term, str | None]:
    """Logarithms outside of other operations than sums and products written out."""
    match node:
        case Log(argument):
            if formal_logarithm(argument, []) is node:
                return cast(Term, node), None
            inner, proof = logarithm(w, ctx, argument)
            return inner, f"(ln_of_exp _ _ {proof})"
        case Add() | Multiply():
            parts = [expanded(w, ctx, part) for part in node.parts]
            after = cast(Term, type(node)(*(part for part, _ in parts)))
            known = {a: proof for a, (_, proof) in zip(node.parts, parts, strict=True)}
            return after, congruent(ctx, node, after, lambda c, a, b: known.get(a))
        case Big("sum", sort):
            index = fresh(sort)
            bound, names = ctx.bind(index)
            body, under = expanded(w, bound, node.at(index))
            after = big_sum(index, body)
            if under is None:
                return after, None
            functions = f"{ctx.function(node)} {ctx.function(cast(Big, after))}"
            return after, f"(rsum_ext _ {functions} (fun {names} => {under}))"
    return cast(Term, node), None


def logarithms(w: Writer) -> str:
    left, right = w.sides()
    after, proof = expanded(w, w.ctx, left - right)
    gap, zero = vanishing(w)
    whole = trans(proof, w.equal(after, gap), zero)
    return f"(Rules.logarithms _ _ {whole})"


def congruence(w: Writer) -> str:
    left, right = w.sides()

    def leaf(ctx: Context, one: Node, other: Node) -> str | None:
        if isinstance(one, Term) and isinstance(other, Term):
            return w.prover.has(ctx, cast(Formula, Equal(one, other)))
        return None

    return f"(Rules.congruence _ _ {congruent(w.ctx, left, right, leaf) or 'eq_refl'})"


def reindexing(w: Writer) -> str:
    left, right = w.sides()
    name = str(w.step.parameters[0])
    for one, other, turned in ((left, right, False), (right, left, True)):
        if (
            isinstance(one, Big)
            and isinstance(other, Big)
            and (one.kind, one.sort) == (other.kind, other.sort)
        ):
            index = fresh(one.sort)
            if other.at(cast(Index, Permuted(index, one.sort, name))) is one.at(index):
                least = f"{w.ctx.least(one.sort)} " if one.kind in ("maximum", "minimum") else ""
                proof = (
                    f"(Rules.reindexing_{one.kind} {w.ctx.size(one.sort)} {name} {w.ctx.function(other)} "
                    f"{least}H{name})"
                )
                return f"(eq_sym {proof})" if turned else proof
    raise Unexported("a permuted index")


def power_of_zero(w: Writer) -> str:
    left = cast(Power, w.sides()[0])
    base = "eq_refl" if left.base is ZERO else w.need(cast(Formula, Equal(left.base, ZERO)))
    return f"(Rules.power_of_zero _ _ {base} {w.positive(left.exponent)})"


def product_with_zero(w: Writer) -> str:
    product = cast(Big, w.sides()[0])
    index = w.step.parameter(0, Index)
    zero = w.need(cast(Formula, Equal(product.at(index), ZERO)))
    function = w.ctx.function(product)
    return f"(Rules.product_with_zero _ {function} {w.ctx.index(index)} {w.ctx.within(index)} {zero})"


def extremum_of_constant(w: Writer) -> str:
    left = cast(Big, w.sides()[0])
    return f"(Rules.extremum_of_constant_{left.kind} {w.ctx.size(left.sort)} _)"


def extremum_of_multiple(w: Writer) -> str:
    left, right = w.sides()
    assert isinstance(left, Big)
    index, (scale, value), inner, names = w.at_new(
        w.step.parameter(0, Free), w.step.parameter(1, Term), w.step.parameter(2, Term)
    )
    level, proof = w.prover.sign(w.ctx, scale)
    falls = level < NONNEGATIVE
    kind = OPPOSITE[left.kind] if falls else left.kind
    if falls:
        turned = algebra.canonical(-1 * scale, w.step.sizes)
        proof = f"(turned _ _ {w.equal(-1 * scale, turned)} {w.nonnegative(turned)})"
    else:
        proof = weakened(level, proof, NONNEGATIVE)
    inside = f"(fun {names} => {w.equal(left.at(index), scale * value, inner)})"
    head = f"{w.ctx.size(left.sort)} {w.text(scale)} {w.function(index, value)} {w.ctx.function(left)}"
    lemma = f"Rules.extremum_of_multiple_{left.kind}{'_falling' if falls else ''}"
    whole = f"({lemma} {head} {w.ctx.least(left.sort)} {proof} {inside})"
    return f"(eq_trans {whole} {w.equal(scale * big(kind, index, value), right)})"


def branch(w: Writer) -> str:
    choice, right = w.sides()
    assert isinstance(choice, If)
    if right is choice.then and choice.then is choice.otherwise:
        return "(Rules.branch_same _ _)"
    kind = type(choice.condition).__name__
    if right is choice.then:
        same = isinstance(choice.condition, Same) and choice.condition.left is choice.condition.right
        return f"(Rules.branch_{kind}_then _ _ _ _ {'eq_refl' if same else w.need(choice.condition)})"
    left, other = choice.condition.parts
    opposite = {
        "Same": lambda: Distinct(left, other),
        "Distinct": lambda: Same(left, other),
        "Less": lambda: AtMost(other, left),
        "AtMost": lambda: Less(other, left),
    }[kind]()
    return f"(Rules.branch_{kind}_otherwise _ _ _ _ {w.need(opposite)})"


def antisymmetry(w: Writer) -> str:
    left, right = w.sides()
    return f"(Rules.antisymmetry _ _ {w.need(AtMost(left, right))} {w.need(AtMost(right, left))})"
