"""Definedness and convex hulls; limits stand in ``sequences``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from axiomkd.export.context import Context, Unexported, conjoined
from axiomkd.export.prover import split
from axiomkd.export.rules.writer import Writer
from axiomkd.kernel.application import match
from axiomkd.kernel.terms import (
    ZERO,
    Big,
    Defined,
    Different,
    Formula,
    Free,
    If,
    Index,
    Less,
    Log,
    Number,
    Power,
    Term,
    fresh,
)


def defined(w: Writer) -> str:
    assert isinstance(w.conclusion, Defined)
    return f"(Rules.defined _ {w.prover.domain(w.ctx, w.conclusion.term)})"


def defined_part(w: Writer) -> str:
    for number, lemma in enumerate(w.lemmas):
        formula = lemma.judgement.formula
        if not isinstance(formula, Defined):
            continue
        general = w.step.general(lemma.judgement)
        for required, opened, proof in _requirements(w.ctx, formula.term, ()):
            found: dict[Free, Index] = {}
            if match(required, w.conclusion, general | frozenset(opened), found):
                premise = w.prover.applied(w.ctx, number, found)
                return f"(Rules.defined_part _ {proof(premise, found)})"
    raise Unexported("a requirement of a defined term")


Extract = Callable[[str, Mapping[Free, Index]], str]


def _requirements(
    ctx: Context, node: Term, opened: tuple[Free, ...]
) -> list[tuple[Formula, tuple[Free, ...], Extract]]:
    """What definedness demands of the parts, each with how its proof is taken out of the whole."""
    conditions = ctx.conditions(node)
    found: list[tuple[Formula, tuple[Free, ...], Extract]] = []
    count = len(conditions)

    def own(place: int, wrap: str) -> Extract:
        return lambda proof, _: wrap.format(split(proof, count)[place])

    if isinstance(node, If):
        return []
    if isinstance(node, Big):
        index = fresh(node.sort)
        inner, _ = ctx.bind(index)
        if not conditions:
            return []
        return [
            (formula, inside, _under(ctx, index, extract))
            for formula, inside, extract in _requirements(inner, node.at(index), (*opened, index))
        ]
    place = 0
    for part in node.parts:
        if isinstance(part, Term):
            width = len(ctx.conditions(part))
            for formula, inside, extract in _requirements(ctx, part, opened):
                found.append((formula, inside, _within(place, width, count, extract)))
            place += width
    if isinstance(node, Power) and isinstance(node.exponent, Number) and node.exponent.value < 0:
        whole = node.exponent.value.denominator == 1
        formula = cast(Formula, Different(node.base, ZERO) if whole else Less(ZERO, node.base))
        negative = f"(ltac:(lra) : {ctx.term(node.exponent)} < 0)"
        lemma = f"(pow_defined_apart _ _ {negative} {{}})"
        if not whole:
            above, below = node.exponent.value.numerator, node.exponent.value.denominator
            whole_part = f"(ltac:(lia) : (1 < {below})%Z)"
            lemma = f"(pow_defined_positive _ ({above}) {below} {negative} {whole_part} eq_refl {{}})"
        found.append((formula, opened, own(count - 1, lemma)))
    if isinstance(node, Log):
        found.append((cast(Formula, Less(ZERO, node.argument)), opened, own(count - 1, "{}")))
    return found


def _under(ctx: Context, index: Free, extract: Extract) -> Extract:
    def taken(proof: str, found: Mapping[Free, Index]) -> str:
        at = found.get(index, index)
        return extract(f"({proof} {ctx.index(at)} {ctx.within(at)})", found)

    return taken


def _within(place: int, width: int, count: int, extract: Extract) -> Extract:
    def taken(proof: str, found: Mapping[Free, Index]) -> str:
        parts = split(proof, count)[place : place + width]
        return extract(conjoined(parts), found)

    return taken
