r"""Jensen's inequality where the terms of a mean are written out, as in :math:`wp + (1-w)q`.

The gap of an inequality with logarithms is a sum of polynomials times logarithms,
:math:`\sum_a c_a \log a`. It is taken apart into gaps of Jensen's inequality for :math:`x \log x` or
:math:`\log x`: a mean m with the coefficient :math:`-m`, or 1, and the :math:`x_j` of which it is the
mean, with the coefficients :math:`w_j x_j`, or :math:`-w_j`. Products of powers with variable exponents
are compared with sums by the inequality of the weighted means.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from axiomkd.kernel.boxes import written_out
from axiomkd.kernel.combination import hole
from axiomkd.kernel.evidence import Derivation
from axiomkd.kernel.judgement import Goal, Refused
from axiomkd.kernel.logarithm import expand_logarithms, logarithm
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Defined,
    Equal,
    Formula,
    Free,
    Less,
    Literal,
    Log,
    Multiply,
    Node,
    Number,
    Power,
    Same,
    Term,
    add,
    multiply,
    substitute,
    subterms,
    term,
)
from axiomkd.provers.means.apart import Mean, by_logarithm, taken_apart
from axiomkd.provers.means.gibbs import Part, log_sums, prove_log_sum
from axiomkd.provers.means.indexed import demand_total, indexed
from axiomkd.provers.means.proof import Lemma, Proof
from axiomkd.provers.means.roots import by_roots
from axiomkd.provers.means.tangents import by_tangents

__all__ = ["prove"]


def prove(goal: Goal, lemma: Lemma) -> Derivation | None:
    """A derivation of the only conclusion, or ``None``: evidence that the kernel has yet to check."""
    (conclusion,) = goal.conclusions
    if any(size is None for _, size in goal.sizes):
        return None
    proof = Proof(goal, lemma)
    try:
        return proof.derivation(_in_all_cases(proof, conclusion))
    except Refused:
        return None


def _in_all_cases(proof: Proof, formula: Formula) -> int:
    """The formula, for each value of its free indices."""
    if not formula.free:
        return _prove(proof, formula)
    index = min(formula.free, key=lambda index: index.key)
    numbers = range(1, (proof.goal.size(index.sort) or 0) + 1)
    cases = [_in_case(proof, formula, index, cast(Literal, Literal(n, index.sort))) for n in numbers]
    return proof.add("cases_literal", formula, cases, index)


def _in_case(proof: Proof, formula: Formula, index: Free, literal: Literal) -> int:
    there = _in_all_cases(proof, cast(Formula, substitute(formula, {index: literal})))
    same = proof.add("assumption", cast(Formula, Same(index, literal)))
    return proof.add("same_index", formula, (same, there), index, literal)


def _prove(proof: Proof, formula: Formula) -> int:
    match formula:
        case AtMost():
            return _compare(proof, formula)
        case Defined():
            return _defined(proof, formula)
    raise Refused("expected an inequality or that a term is defined, got", formula)


def _defined(proof: Proof, formula: Defined) -> int:
    """From the signs of what logarithms are taken of and of what is divided by."""
    written = cast(Term, written_out(formula.term, dict(proof.goal.sizes)))
    signs = [proof.sign(kind, value) for kind, value in dict.fromkeys(_delicate(written))]
    return proof.add("defined", cast(Formula, formula), (*proof.facts, *signs))


def _delicate(node: Node) -> Iterator[tuple[type[Formula], Term]]:
    """The terms whose signs decide on definedness: whether they must be positive, or may be zero."""
    for part in subterms(node):
        match part:
            case Log(argument):
                factors: list[Term] = []
                logarithm(argument, factors)
                yield from ((Less, factor) for factor in factors)
            case Power(base, Number(exponent)):
                if exponent < 0:
                    yield Less, base
                elif exponent.denominator != 1:
                    yield AtMost, base
            case Power(base, exponent):
                yield Less, base


def _compare(proof: Proof, claim: AtMost) -> int:
    """Both sides written out and their logarithms expanded; then by Jensen or by the weighted means."""
    (left, right), links = _paths(proof, claim)
    inner = cast(AtMost, AtMost(left[-1], right[-1]))
    found = _in_some_way(proof, inner)
    if inner is claim:
        return found
    return proof.add("chain", cast(Formula, claim), (found, *links), *left[1:], *reversed(right[1:]))


def _in_some_way(proof: Proof, claim: AtMost) -> int:
    """By the first inequality that fits."""
    for way in (_weighted_means, by_roots, _by_jensen, by_tangents):
        try:
            found = way(proof, claim)
        except Refused:
            continue
        if found is not None:
            return found
    raise Refused("expected an inequality of means or tangents, got", claim)


def _paths(proof: Proof, claim: AtMost) -> tuple[list[list[Term]], list[int]]:
    """Each side, what it is equal to, at last without products in logarithms, and the equations."""
    paths, links = list[list[Term]](), list[int]()
    for side in (claim.left, claim.right):
        paths.append([side])
        for link in _links(proof, side):
            links.append(link)
            paths[-1].append(cast(Term, proof.steps[link].conclusion.parts[1]))
    return paths, links


def _links(proof: Proof, side: Term) -> Iterator[int]:
    written = cast(Term, written_out(side, dict(proof.goal.sizes)))
    if written is not side:
        yield proof.add("algebraic", cast(Formula, Equal(side, written)))
    factors: list[Term] = []
    plain = expand_logarithms(written, factors)
    if plain is not written:
        signs = [proof.sign(Less, factor) for factor in dict.fromkeys(factors)]
        yield proof.add("logarithms", cast(Formula, Equal(written, plain)), (*proof.facts, *signs))


def _by_jensen(proof: Proof, claim: AtMost) -> int:
    coefficients, rest = by_logarithm(claim.right - claim.left, proof.goal.sizes)
    parts, premises = _inequalities(proof, coefficients)
    if rest is not ZERO:
        parts.append((ONE, proof.sign(AtMost, rest)))
    template = add(*(multiply(factor, hole(n)) for n, (factor, _) in enumerate(parts)))
    return proof.add("combination", cast(Formula, claim), (*(step for _, step in parts), *premises), template)


def _inequalities(proof: Proof, coefficients: Mapping[Term, Term]) -> tuple[list[Part], list[int]]:
    """Inequalities of Jensen, or of logarithms of sums, whose gaps have these coefficients."""
    sizes = proof.goal.sizes
    if means := taken_apart(coefficients, sizes):
        return [(term(mean.times), _jensen(proof, mean)) for mean in means], []
    parts, premises = list[Part](), list(proof.facts)
    for found in log_sums(coefficients, sizes) or ():
        more, signs = prove_log_sum(proof, found)
        parts, premises = parts + more, premises + signs
    if not parts:
        raise Refused("expected gaps of the inequalities of Jensen or of logarithms of sums, got others")
    return parts, premises


def _jensen(proof: Proof, mean: Mean) -> int:
    weights = [proof.sign(AtMost, weight) for weight in mean.weights]
    values = [proof.sign(Less, value) for value in mean.values]
    index, weight, value = indexed(proof.goal, mean.weights, mean.values)
    formula = cast(AtMost, mean.formula)
    known = (*proof.facts, *weights, *values, *demand_total(proof, index, weight))
    found = proof.add(mean.rule, formula, known, index, weight, value)
    (left, right), links = _paths(proof, formula)
    if not links:
        return found
    plain = cast(Formula, AtMost(left[-1], right[-1]))
    return proof.add("chain", plain, (found, *links), *reversed(left[:-1]), *right[:-1])


def _weighted_means(proof: Proof, claim: AtMost) -> int | None:
    r""":math:`\prod_j x_j^{w_j} \le \sum_j w_j x_j`, the exponents not all numbers."""
    factors = claim.left.parts if isinstance(claim.left, Multiply) else (claim.left,)
    powers = [factor for factor in factors if isinstance(factor, Power)]
    if len(powers) != len(factors) or all(isinstance(power.exponent, Number) for power in powers):
        return None
    weights = tuple(power.exponent for power in powers)
    values = tuple(power.base for power in powers)
    signs = [proof.sign(AtMost, part) for part in (*weights, *values)]
    index, weight, value = indexed(proof.goal, weights, values)
    known = (*proof.facts, *signs, *demand_total(proof, index, weight))
    return proof.add("weighted_am_gm", cast(Formula, claim), known, index, weight, value)
