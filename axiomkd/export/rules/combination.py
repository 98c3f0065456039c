"""Combinations of premises: templates whose holes are the premises' differences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from axiomkd.export.congruence import congruent, trans
from axiomkd.export.context import Context, Unexported
from axiomkd.export.prover import (
    NONNEGATIVE,
    POSITIVE,
    fold_signs,
    plus_sign,
    times_sign,
    weakened,
)
from axiomkd.export.rules.writer import Writer
from axiomkd.kernel.combination import difference, general_indices, hole_number
from axiomkd.kernel.terms import (
    ZERO,
    Add,
    AtMost,
    Big,
    Equal,
    Formula,
    Free,
    Index,
    Less,
    Multiply,
    Node,
    Number,
    Term,
    Variable,
    fresh,
    multiply,
    replace_variables,
    substitute,
    variables,
)


def vanishing(w: Writer) -> tuple[Term, str]:
    """The combination given as parameter and a proof that it is zero."""
    if not w.step.parameters:
        return ZERO, "eq_refl"
    template = w.step.parameter(0, Term)
    gap, proofs = differences(w, template, _vanishes)
    empty, _ = differences(w, template, lambda *_: "", ZERO)
    put = congruent(w.ctx, gap, empty, lambda c, a, b: _at_hole(w, c, a, b, proofs))
    nothing = w.equal(empty, ZERO)
    return gap, trans(put, nothing) or "eq_refl"


def _vanishes(w: Writer, ctx: Context, number: int, renaming: Mapping[Free, Index]) -> str:
    return f"(vanishes _ _ {w.prover.applied(ctx, number, dict(renaming))})"


def _at_hole(
    w: Writer, ctx: Context, left: Node, right: Node, proofs: list[tuple[int, Formula]]
) -> str | None:
    """right minus left of an equation is zero."""
    if right is not ZERO or not isinstance(left, Add) or len(left.parts) != 2:
        return None
    one, other = left.parts
    if not (isinstance(other, Multiply) and len(other.parts) == 2 and isinstance(other.parts[0], Number)):
        return None
    proof = w.prover.has(ctx, cast(Formula, Equal(other.parts[1], one)))
    return None if proof is None else f"(vanishes _ _ {proof})"


def differences(
    w: Writer, template: Term, proof: Callable[..., str], instead: Term | None = None
) -> tuple[Term, list[tuple[int, Formula]]]:
    """The template with the difference of each premise, or another term, in its hole."""
    found: list[tuple[int, Formula]] = []

    def definition(number: int) -> Callable[..., Term]:
        judgement = w.lemmas[number].judgement
        general = general_indices(w.step, judgement)

        def replaced(*indices: Index) -> Term:
            formula = cast(Formula, substitute(judgement.formula, dict(zip(general, indices, strict=True))))
            found.append((number, formula))
            return difference(formula) if instead is None else instead

        return replaced

    numbers = {name: hole_number(name) for name in variables(template)}
    definitions = {name: definition(n) for name, n in numbers.items() if n is not None}
    return cast(Term, replace_variables(template, definitions)), found


def combination(w: Writer) -> str:
    left, right = w.sides()
    template = w.step.parameter(0, Term)
    gap, _ = differences(w, template, _vanishes)
    level, proof = _template_sign(w, w.ctx, template)
    least = POSITIVE if isinstance(w.conclusion, Less) else NONNEGATIVE
    if level < least:
        raise Unexported("a combination of that sign")
    equation = w.equal(right - left, gap)
    return f"(Rules.combination{w.strict} _ _ _ {equation} {weakened(level, proof, least)})"


def _template_sign(w: Writer, ctx: Context, node: Term) -> tuple[int, str]:
    """The sign of a template with its holes filled, with the proof."""
    number = hole_number(node.name) if isinstance(node, Variable) else None
    if number is not None:
        return _difference_sign(w, ctx, number, cast(Variable, node))
    if not any(hole_number(name) is not None for name in variables(node)):
        return w.prover.sign(ctx, node)
    match node:
        case Add():
            return fold_signs([_template_sign(w, ctx, part) for part in node.parts], plus_sign)
        case Multiply():
            if any(_is_equation(w, part) for part in node.parts):
                filled = [differences(w, part, _vanishes)[0] for part in node.parts]
                return NONNEGATIVE, f"(Req_le _ _ (eq_sym {_product_vanishes(w, ctx, node.parts, filled)}))"
            return fold_signs([_template_sign(w, ctx, part) for part in node.parts], times_sign)
        case Big("sum", sort):
            index = fresh(sort)
            inner, names = ctx.bind(index)
            level, proof = _template_sign(w, inner, node.at(index))
            if level == 0:
                return 0, ""
            suffix, least = ("gt_0", ctx.least(sort)) if level == POSITIVE else ("ge_0", "")
            return level, f"(rsum_{suffix} _ _ {least} (fun {names} => {proof}))"
    return 0, ""


def _is_equation(w: Writer, node: Node) -> bool:
    number = hole_number(node.name) if isinstance(node, Variable) else None
    return number is not None and isinstance(w.lemmas[number].judgement.formula, Equal)


def _product_vanishes(w: Writer, ctx: Context, parts: tuple[Term, ...], filled: list[Term]) -> str:
    """A product with a factor that is zero, factor by factor from the left."""
    total = ""
    for place, (part, value) in enumerate(zip(parts, filled, strict=True)):
        zero = _difference_vanishes(w, ctx, part) if _is_equation(w, part) else None
        if place == 0:
            total = zero or ""
        elif total:
            total = f"(zero_times _ {ctx.term(value)} {total})"
        elif zero:
            total = f"(times_zero {ctx.term(multiply(*filled[:place]))} _ {zero})"
    return total


def _instance(w: Writer, ctx: Context, number: int, node: Variable) -> str:
    general = general_indices(w.step, w.lemmas[number].judgement)
    return w.prover.applied(ctx, number, dict(zip(general, node.indices, strict=True)))


def _difference_vanishes(w: Writer, ctx: Context, node: Node) -> str:
    assert isinstance(node, Variable)
    number = cast(int, hole_number(node.name))
    return f"(vanishes _ _ {_instance(w, ctx, number, node)})"


def _difference_sign(w: Writer, ctx: Context, number: int, node: Variable) -> tuple[int, str]:
    formula = w.lemmas[number].judgement.formula
    proof = _instance(w, ctx, number, node)
    if isinstance(formula, Less):
        return POSITIVE, f"(difference_gt_0 _ _ {proof})"
    if isinstance(formula, AtMost):
        return NONNEGATIVE, f"(difference_ge_0 _ _ {proof})"
    if isinstance(formula, Equal):
        return NONNEGATIVE, f"(difference_ge_0 _ _ (Req_le _ _ {proof}))"
    return 0, ""
