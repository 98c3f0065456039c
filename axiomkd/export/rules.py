"""For each rule of the kernel, the Rocq proof of a step: the rule's lemma with all its arguments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import cast

from axiomkd.export.context import Context, Lemma, Unexported
from axiomkd.export.normal import Normal, congruent, trans
from axiomkd.export.prover import NONNEGATIVE, POSITIVE, Prover, split, weakened
from axiomkd.kernel import algebra
from axiomkd.kernel.application import Application, match, positive
from axiomkd.kernel.combination import difference, general_indices, hole_number
from axiomkd.kernel.logarithm import logarithm as formal_logarithm
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
    Less,
    Literal,
    Log,
    Multiply,
    Node,
    Number,
    Permuted,
    Power,
    Same,
    Term,
    Variable,
    add,
    big,
    big_product,
    big_sum,
    fresh,
    multiply,
    open_binder,
    power,
    replace_variables,
    substitute,
    variables,
)

OPPOSITE = {"maximum": "minimum", "minimum": "maximum"}


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


# -- logic ----------------------------------------------------------------------------------


def fact(w: Writer) -> str:
    number = cast(int, w.step.parameters[0])
    known = w.step.goal.facts[number]
    given = [cast(Index, index) for index in w.step.parameters[1:]]
    replaced = dict(zip(known.indices, given, strict=True))
    needed = [w.need(cast(Formula, substitute(h, replaced))) for h in known.hypotheses]
    indices = [f"{w.ctx.index(i)} {w.ctx.within(i)}" for i in given]
    return f"(Rules.fact _ (F{number} {' '.join([*indices, *needed])}))"


def assumption(w: Writer) -> str:
    return f"(Rules.assumption _ {w.ctx.hypotheses[w.conclusion]})"


def instance(w: Writer) -> str:
    return f"(Rules.instance _ {w.need(w.conclusion)})"


def _case(w: Writer, case: Formula) -> str:
    inner, name = w.ctx.assume(case)
    return f"(fun {name} => {w.need(w.conclusion, case, inner)})"


def cases_order(w: Writer) -> str:
    left, right = w.step.parameter(0, Term), w.step.parameter(1, Term)
    cases = [_case(w, cast(Formula, AtMost(*pair))) for pair in ((left, right), (right, left))]
    return f"(Rules.cases_order {w.text(left)} {w.text(right)} _ {' '.join(cases)})"


def cases_zero(w: Writer) -> str:
    value = w.step.parameter(0, Term)
    cases = [_case(w, case) for case in (cast(Formula, Equal(value, ZERO)), positive(value))]
    return f"(Rules.cases_zero {w.text(value)} _ {w.need(AtMost(ZERO, value))} {' '.join(cases)})"


def cases_index(w: Writer) -> str:
    left, right = w.step.parameter(0, Index), w.step.parameter(1, Index)
    cases = [_case(w, cast(Formula, kind(left, right))) for kind in (Same, Distinct)]
    return f"(Rules.cases_index {w.ctx.index(left)} {w.ctx.index(right)} _ {' '.join(cases)})"


def cases_literal(w: Writer) -> str:
    index = w.step.parameter(0, Free)
    size = cast(int, w.step.goal.size(index.sort))
    cases = [_case(w, cast(Formula, Same(index, Literal(n, index.sort)))) for n in range(1, size + 1)]
    total = f"(Rules.cases_literal_last {w.ctx.index(index)} _)"
    for n, case in reversed(list(enumerate(cases))):
        total = f"(Rules.cases_literal {w.ctx.index(index)} {n} _ {case} {total})"
    return f"({total} {w.prover.range(w.ctx, index)})"


def same_index(w: Writer) -> str:
    old, new = w.step.parameter(0, Free), w.step.parameter(1, Index)
    same = w.need(cast(Formula, Same(old, new)))
    wanted = substitute(w.conclusion, {old: new})
    for number, lemma in enumerate(w.lemmas):
        if substitute(lemma.judgement.formula, {old: new}) is wanted:
            premise = w.prover.applied(w.ctx, number, {})
            return f"(ltac:(same_index {same} {premise}))"
    raise Unexported("a premise up to the same index")


def distinct_literals(w: Writer) -> str:
    return "(ltac:(distinct_literals))"


def contradiction(w: Writer) -> str:
    formula = w.step.parameter(0, Comparison)
    if isinstance(formula, Less):
        opposite: Formula = cast(Formula, AtMost(formula.right, formula.left))
        return f"(Rules.contradiction_order _ _ _ {w.need(formula)} {w.need(opposite)})"
    opposite = cast(Formula, Different(formula.left, formula.right))
    return f"(Rules.contradiction _ _ _ {w.need(formula)} {w.need(opposite)})"


def positive_entry(w: Writer) -> str:
    total, index = w.step.parameter(0, Big), w.step.parameter(1, Free)
    inner, names = w.ctx.bind(index)
    case = positive(total.at(index))
    inner, name = inner.assume(case)
    follows = w.need(w.conclusion, case, inner)
    head = f"Rules.positive_entry {w.ctx.size(total.sort)} {w.ctx.function(total)} _"
    return f"({head} {_positive_total(w, total)} (fun {names} {name} => {follows}))"


def _positive_total(w: Writer, total: Term) -> str:
    numbers = [
        side
        for lemma in w.lemmas
        if isinstance(lemma.judgement.formula, Equal)
        for side in (lemma.judgement.formula.left, lemma.judgement.formula.right)
        if isinstance(side, Number) and side.value > 0
    ]
    for number in numbers:
        found = w.prover.has(w.ctx, cast(Formula, Equal(total, number)))
        if found is not None:
            return f"(Req_gt_0 _ _ {found} (ltac:(lra) : 0 < {w.text(number)}))"
    return w.need(positive(total))


# -- equality -------------------------------------------------------------------------------


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


Holes = dict[Node, Callable[[Context], str]]


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
            inner, proof = logarithm(w, bound, node.at(index))
            total = cast(Big, big_sum(index, inner))
            return total, (
                f"(exp_of_big_product {ctx.size(sort)} {ctx.function(node)} {ctx.function(total)}"
                f" (fun {names} => {proof}))"
            )
        case If(condition, then, otherwise) if isinstance(condition, Same):
            one, p = logarithm(w, ctx, then)
            other, q = logarithm(w, ctx, otherwise)
            return cast(
                Term, If(condition, one, other)
            ), f"(exp_of_rif {ctx.decision(condition)} _ _ _ _ {p} {q})"
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
            inner, proof = expanded(w, bound, node.at(index))
            after = big_sum(index, inner)
            if proof is None:
                return after, None
            functions = f"{ctx.function(node)} {ctx.function(cast(Big, after))}"
            return after, f"(rsum_ext _ {functions} (fun {names} => {proof}))"
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


# -- order ----------------------------------------------------------------------------------


def sign_of_parts(w: Writer) -> str:
    _, right = w.sides()
    least = POSITIVE if isinstance(w.conclusion, Less) else NONNEGATIVE
    return f"(Rules.sign_of_parts _ {w.prover.demand(w.ctx, right, least)})"


def sum_with_positive_term(w: Writer) -> str:
    total = cast(Big, w.sides()[1])
    at = w.step.parameter(0, Index)
    index = fresh(total.sort)
    inner, names = w.ctx.bind(index)
    others = f"(fun {names} => {w.nonnegative(total.at(index), inner)})"
    head = f"Rules.sum_with_positive_term _ {w.ctx.function(total)} {w.ctx.index(at)} {w.ctx.within(at)}"
    return f"({head} {w.positive(total.at(at))} {others})"


def term_of_sum(w: Writer) -> str:
    left, right = w.sides()
    total, at = cast(Big, right), w.step.parameter(0, Index)
    index = fresh(total.sort)
    inner, names = w.ctx.bind(index)
    terms = f"(fun {names} => {w.nonnegative(total.at(index), inner)})"
    head = f"{w.ctx.size(total.sort)} {w.ctx.function(total)} {w.ctx.index(at)} _ {w.ctx.within(at)}"
    return f"(Rules.term_of_sum {head} {terms} {w.equal(left, total.at(at))})"


def maximum_with_positive_term(w: Writer) -> str:
    total = cast(Big, w.sides()[1])
    at = w.step.parameter(0, Index)
    head = f"Rules.maximum_with_positive_term _ {w.ctx.function(total)} {w.ctx.index(at)} {w.ctx.within(at)}"
    return f"({head} {w.positive(total.at(at))})"


def chain(w: Writer) -> str:
    left, right = w.sides()
    links = [left, *(w.step.parameter(n, Term) for n in range(len(w.step.parameters))), right]
    found = [_link(w, one, other) for one, other in zip(links, links[1:], strict=False)]
    kind, total = found[-1]
    for earlier, proof in reversed(found[:-1]):
        name = f"Rules.chain_{earlier}_{kind}"
        total = f"({name} _ _ _ {proof} {total})"
        kind = "lt" if "lt" in (earlier, kind) else "le" if "le" in (earlier, kind) else "eq"
    if isinstance(w.conclusion, AtMost):
        total = {"lt": f"(Rlt_le _ _ {total})", "eq": f"(Req_le _ _ {total})"}.get(kind, total)
    return f"(Rules.chain _ {total})"


def _link(w: Writer, left: Term, right: Term) -> tuple[str, str]:
    for kind, relation in (("eq", Equal), ("lt", Less), ("le", AtMost)):
        found = w.prover.has(w.ctx, cast(Formula, relation(left, right)))
        if found is not None:
            return kind, found
    raise Unexported(f"a link from {left} to {right}")


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
            return w.prover._fold([_template_sign(w, ctx, part) for part in node.parts], _sum_sign)
        case Multiply():
            if any(_is_equation(w, part) for part in node.parts):
                filled = [differences(w, part, _vanishes)[0] for part in node.parts]
                return NONNEGATIVE, f"(Req_le _ _ (eq_sym {_product_vanishes(w, ctx, node.parts, filled)}))"
            return w.prover._fold([_template_sign(w, ctx, part) for part in node.parts], _product_sign)
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


def _sum_sign(left: tuple[int, str], right: tuple[int, str]) -> tuple[int, str]:
    from axiomkd.export.prover import _plus

    return _plus(left, right)


def _product_sign(left: tuple[int, str], right: tuple[int, str]) -> tuple[int, str]:
    from axiomkd.export.prover import _times

    return _times(left, right)


def power_of_base(w: Writer) -> str:
    left, right = (cast(Power, side) for side in w.sides())
    exponent = left.exponent
    least = POSITIVE if isinstance(w.conclusion, Less) else NONNEGATIVE
    level, proof = w.prover.sign(w.ctx, exponent)
    if level >= least:
        order = w.relation(left.base, right.base)
        base = w.nonnegative(left.base)
        return f"(Rules.power_of_base{w.strict} _ _ _ {weakened(level, proof, least)} {base} {order})"
    negative = w.need(cast(Formula, type(w.conclusion)(exponent, ZERO)))
    order = w.relation(right.base, left.base)
    return f"(Rules.power_of_base_negative{w.strict} _ _ _ {negative} {w.positive(right.base)} {order})"


def power_of_exponent(w: Writer) -> str:
    left, right = (cast(Power, side) for side in w.sides())
    base = w.positive(left.base)
    rising = w.prover.has(w.ctx, cast(Formula, AtMost(left.exponent, right.exponent)))
    if rising is not None:
        return f"(Rules.power_of_exponent _ _ _ {base} {rising} {w.need(AtMost(ONE, left.base))})"
    falling = w.need(cast(Formula, AtMost(right.exponent, left.exponent)))
    return f"(Rules.power_of_exponent_falling _ _ _ {base} {falling} {w.need(AtMost(left.base, ONE))})"


def exponential_increases(w: Writer) -> str:
    left, right = (cast(Exp, side) for side in w.sides())
    return f"(Rules.exponential_increases{w.strict} _ _ {w.relation(left.argument, right.argument)})"


def logarithm_increases(w: Writer) -> str:
    left, right = (cast(Log, side) for side in w.sides())
    order = w.relation(left.argument, right.argument)
    return f"(Rules.logarithm_increases{w.strict} _ _ {w.positive(left.argument)} {order})"


def logarithm_decides(w: Writer) -> str:
    left, right = w.sides()
    order = w.relation(cast(Term, Log(left)), cast(Term, Log(right)))
    return f"(Rules.logarithm_decides{w.strict} _ _ {w.positive(left)} {w.positive(right)} {order})"


def product_increases(w: Writer) -> str:
    left, right = (cast(Big, side) for side in w.sides())
    index = fresh(left.sort)
    inner, names = w.ctx.bind(index)
    sign = f"(fun {names} => {w.nonnegative(left.at(index), inner)})"
    order = f"(fun {names} => {w.need(AtMost(left.at(index), right.at(index)), ctx=inner)})"
    return f"(Rules.product_increases _ {w.ctx.function(left)} {w.ctx.function(right)} {sign} {order})"


def extremum_bounds(w: Writer) -> str:
    small, great = w.sides()
    given = w.step.parameters[0] if w.step.parameters else None
    for extremum, element, kind in ((great, small, "maximum"), (small, great, "minimum")):
        if isinstance(extremum, Big) and extremum.kind == kind and isinstance(given, Index):
            if given.sort == extremum.sort and extremum.at(given) is element:
                at = f"{w.ctx.index(given)} {w.ctx.within(given)}"
                return f"(Rules.extremum_bounds_{kind} _ {w.ctx.function(extremum)} {at})"
        if isinstance(extremum, Extreme) and extremum.kind == kind and element in extremum.arguments:
            return "(ltac:(extremum_bounds))"
    raise Unexported("an extremum and one of its terms")


def extremum_is_least_bound(w: Writer) -> str:
    small, great = w.sides()
    for extremum, kind in ((small, "maximum"), (great, "minimum")):
        if isinstance(extremum, Extreme) and extremum.kind == kind:
            bounds = [_bound(w, w.ctx, extremum, element, small, great) for element in extremum.arguments]
            total = bounds[0]
            for part in bounds[1:]:
                total = f"(Rules.extremum_is_least_bound_two_{kind}{w.strict} _ _ _ {total} {part})"
            return total
        if isinstance(extremum, Big) and extremum.kind == kind:
            index = fresh(extremum.sort)
            inner, names = w.ctx.bind(index)
            bound = f"(fun {names} => {_bound(w, inner, extremum, extremum.at(index), small, great)})"
            head = f"Rules.extremum_is_least_bound_{kind}{w.strict} _ {w.ctx.function(extremum)} _"
            return f"({head} {w.ctx.least(extremum.sort)} {bound})"
    raise Unexported("a bound of an extremum")


def _bound(w: Writer, ctx: Context, extremum: Term, element: Term, small: Term, great: Term) -> str:
    pair = (element, great) if extremum is small else (small, element)
    return w.need(cast(Formula, type(w.conclusion)(*pair)), ctx=ctx)


def quotient(w: Writer) -> str:
    a, b, c, d = (w.step.parameter(n, Term) for n in range(4))
    left, right = w.sides()
    sides = f"{w.equal(left, a * b**-1)} {w.equal(right, c * d**-1)}"
    order = w.relation(a * d, c * b)
    names = " ".join(map(w.text, (a, b, c, d)))
    return f"(Rules.quotient{w.strict} {names} _ _ {sides} {w.positive(b)} {w.positive(d)} {order})"


def positive_unless_zero(w: Writer) -> str:
    _, right = w.sides()
    return f"(Rules.positive_unless_zero _ {w.need(AtMost(ZERO, right))} {w.need(Different(right, ZERO))})"


# -- means ----------------------------------------------------------------------------------


def _mean(w: Writer) -> tuple[Free, Term, Term, str, Context, str]:
    """Index, weight, value; the lemma's arguments size, w, x, w >= 0, sum w = 1."""
    given = w.step.parameter(0, Free)
    k, (weight, value), inner, names = w.at_new(given, w.step.parameter(1, Term), w.step.parameter(2, Term))
    total = big_sum(k, weight)
    one = w.prover.has(w.ctx, cast(Formula, Equal(total, ONE))) or w.equal(total, ONE)
    sign = f"(fun {names} => {w.nonnegative(weight, inner)})"
    functions = f"{w.ctx.size(k.sort)} {w.function(k, weight)} {w.function(k, value)}"
    return k, weight, value, f"{functions} {sign} {one}", inner, names


def _between(w: Writer, left: Term, right: Term, proof: str) -> str:
    """The conclusion from left <= right, both sides up to their canonical forms."""
    a, b = w.sides()
    return f"(rewritten _ _ _ _ {w.equal(a, left)} {w.equal(b, right)} {proof})"


def jensen_power(w: Writer) -> str:
    k, weight, value, head, inner, names = _mean(w)
    exponent = w.step.parameter(3, Term)
    inside = power(big_sum(k, weight * value), exponent)
    outside = big_sum(k, weight * power(value, exponent))
    raised = w.text(exponent)
    if w.prover.has(w.ctx, cast(Formula, AtMost(ZERO, exponent))) is not None:
        sign = f"(fun {names} => {w.nonnegative(value, inner)})"
        below = w.prover.has(w.ctx, cast(Formula, AtMost(exponent, ONE)))
        if below is not None:
            proof = f"(Rules.jensen_power_concave {head} {raised} {sign} {w.positive(exponent)} {below})"
            return _between(w, outside, inside, proof)
        above = w.need(cast(Formula, AtMost(ONE, exponent)))
        return _between(w, inside, outside, f"(Rules.jensen_power {head} {raised} {sign} {above})")
    sign = f"(fun {names} => {w.positive(value, inner)})"
    below = w.need(cast(Formula, AtMost(exponent, ZERO)))
    return _between(w, inside, outside, f"(Rules.jensen_power_negative {head} {raised} {sign} {below})")


def jensen_exponential(w: Writer) -> str:
    k, weight, value, head, _, _ = _mean(w)
    inside = cast(Term, Exp(big_sum(k, weight * value)))
    outside = big_sum(k, weight * cast(Term, Exp(value)))
    return _between(w, inside, outside, f"(Rules.jensen_exponential {head})")


def jensen_square(w: Writer) -> str:
    k, weight, value, head, _, _ = _mean(w)
    mean = big_sum(k, weight * value)
    return _between(w, mean * mean, big_sum(k, weight * value * value), f"(Rules.jensen_square {head})")


def jensen_entropy(w: Writer) -> str:
    k, weight, value, head, inner, names = _mean(w)
    sign = f"(fun {names} => {w.positive(value, inner)})"
    mean = big_sum(k, weight * value)
    inside = mean * cast(Term, Log(mean))
    outside = big_sum(k, weight * value * cast(Term, Log(value)))
    return _between(w, inside, outside, f"(Rules.jensen_entropy {head} {sign})")


def jensen_logarithm(w: Writer) -> str:
    k, weight, value, head, inner, names = _mean(w)
    sign = f"(fun {names} => {w.positive(value, inner)})"
    inside = cast(Term, Log(big_sum(k, weight * value)))
    outside = big_sum(k, weight * cast(Term, Log(value)))
    return _between(w, outside, inside, f"(Rules.jensen_logarithm {head} {sign})")


def weighted_am_gm(w: Writer) -> str:
    k, weight, value, head, inner, names = _mean(w)
    sign = f"(fun {names} => {w.nonnegative(value, inner)})"
    left, right = big_product(k, power(value, weight)), big_sum(k, weight * value)
    return _between(w, left, right, f"(Rules.weighted_am_gm {head} {sign})")


def mediant(w: Writer) -> str:
    a, b, c, d, u, v = (w.step.parameter(n, Term) for n in range(6))
    signs = [w.positive(b), w.positive(d), w.nonnegative(u), w.nonnegative(v), w.positive(u * b + v * d)]
    left, right = w.sides()
    between = (u * a + v * c) / (u * b + v * d)
    arguments = " ".join([*map(w.text, (a, b, c, d, u, v)), *signs])
    for side, other, kind in ((left, right, "minimum"), (right, left, "maximum")):
        if isinstance(side, Extreme) and side.kind == kind:
            ends = cast(Term, Extreme(kind, a / b, c / d))
            pair = (ends, between) if kind == "minimum" else (between, ends)
            return _between(w, *pair, f"(Rules.mediant_{kind} {arguments})")
    raise Unexported("a mediant")


def divergence_along_odds(w: Writer) -> str:
    given = w.step.parameter(0, Free)
    i, values, inner, names = w.at_new(given, *(w.step.parameter(n, Term) for n in (1, 2, 3)))
    target, before, after = values
    j = fresh(i.sort)
    both, more = inner.bind(j)
    head = [w.ctx.size(i.sort), *(w.function(i, value) for value in values)]
    for value in values:
        head.append(f"(fun {names} => {w.positive(value, inner)})")
        head.append(w.need(cast(Formula, Equal(big_sum(i, value), ONE))))

    def odds(value: Term) -> Term:
        return value / cast(Term, substitute(value, {i: j}))

    ends = (odds(before), odds(target))
    low = cast(Formula, AtMost(Extreme("minimum", *ends), odds(after)))
    high = cast(Formula, AtMost(odds(after), Extreme("maximum", *ends)))
    for bound in (low, high):
        head.append(f"(fun {names} {more} => {w.need(bound, ctx=both)})")

    def divergence(one: Term, other: Term) -> Term:
        return big_sum(i, one * cast(Term, Log(one / other)))

    pairs = ((divergence(target, after), divergence(target, before), "from"),
             (divergence(after, target), divergence(before, target), "to"))  # fmt: skip
    for one, other, kind in pairs:
        try:
            return _between(w, one, other, f"(Rules.divergence_along_odds_{kind} {' '.join(head)})")
        except Unexported:
            continue
    raise Unexported("a divergence")


def entropy_of_tempered(w: Writer) -> str:
    given = w.step.parameter(0, Free)
    low, high = w.step.parameter(2, Term), w.step.parameter(3, Term)
    i, (value,), inner, names = w.at_new(given, w.step.parameter(1, Term))
    order = w.need(cast(Formula, AtMost(low, high)))
    sign = f"(fun {names} => {w.positive(value, inner)})"

    def entropy(temperature: Term) -> Term:
        raised = power(value, 1 / temperature)
        share = raised / big_sum(i, raised)
        return -big_sum(i, share * cast(Term, Log(share)))

    head = f"{w.ctx.size(i.sort)} {w.function(i, value)} {w.text(low)} {w.text(high)} {w.ctx.least(i.sort)}"
    proof = f"(Rules.entropy_of_tempered {head} {sign} {w.positive(low)} {order})"
    return _between(w, entropy(low), entropy(high), proof)


# -- analysis -------------------------------------------------------------------------------


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
            lemma = f"(pow_defined_positive _ ({above}) {below} {negative} (ltac:(lia) : (1 < {below})%Z) eq_refl {{}})"
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
        return extract(_joined(parts), found)

    return taken


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"(conj {parts[0]} {_joined(parts[1:])})"


def hull(w: Writer) -> str:
    assert isinstance(w.conclusion, InHull)
    goal = w.conclusion
    given = w.step.parameter(0, Free)
    k, (weight,), inner, names = w.at_new(given, w.step.parameter(1, Term))
    i = fresh(goal.coordinate_sort)
    outcome, more = w.ctx.bind(i)
    total = big_sum(k, weight)
    one = w.prover.has(w.ctx, cast(Formula, Equal(total, ONE))) or w.equal(total, ONE)
    point = cast(Term, open_binder(goal.point, i))
    vertex = cast(Term, open_binder(open_binder(goal.vertices, k, 1), i))
    combined = big_sum(k, weight * vertex)
    is_point = w.prover.has(outcome, cast(Formula, Equal(point, combined))) or w.equal(
        point, combined, outcome
    )
    sign = f"(fun {names} => {w.nonnegative(weight, inner)})"
    return f"(Rules.hull _ _ _ _ {w.function(k, weight)} {sign} {one} (fun {more} => {is_point}))"


PROOFS: Mapping[str, Callable[[Writer], str]] = MappingProxyType(
    {
        rule.__name__: rule
        for rule in (
            fact,
            assumption,
            instance,
            cases_order,
            cases_zero,
            cases_index,
            cases_literal,
            same_index,
            distinct_literals,
            contradiction,
            positive_entry,
            algebraic,
            powers,
            logarithms,
            congruence,
            reindexing,
            power_of_zero,
            product_with_zero,
            extremum_of_constant,
            extremum_of_multiple,
            branch,
            antisymmetry,
            sign_of_parts,
            sum_with_positive_term,
            term_of_sum,
            maximum_with_positive_term,
            positive_unless_zero,
            chain,
            combination,
            power_of_base,
            power_of_exponent,
            exponential_increases,
            logarithm_increases,
            logarithm_decides,
            product_increases,
            extremum_bounds,
            extremum_is_least_bound,
            quotient,
            jensen_power,
            jensen_exponential,
            jensen_square,
            jensen_entropy,
            jensen_logarithm,
            weighted_am_gm,
            mediant,
            divergence_along_odds,
            entropy_of_tempered,
            defined,
            defined_part,
            hull,
        )
    }  # fmt: skip
)
