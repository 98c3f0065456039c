"""Facts, assumptions, cases, instances."""

from __future__ import annotations

from typing import cast

from axiomkd.export.context import Unexported
from axiomkd.export.rules.writer import Writer
from axiomkd.kernel.application import positive
from axiomkd.kernel.terms import (
    ZERO,
    AtMost,
    Big,
    Comparison,
    Different,
    Distinct,
    Equal,
    Formula,
    Free,
    Index,
    Less,
    Literal,
    Number,
    Same,
    Term,
    substitute,
)


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


def cases_strict(w: Writer) -> str:
    left, right = w.step.parameter(0, Term), w.step.parameter(1, Term)
    cases = [_case(w, cast(Formula, case)) for case in (Less(left, right), AtMost(right, left))]
    return f"(Rules.cases_strict {w.text(left)} {w.text(right)} _ {' '.join(cases)})"


def cases_zero(w: Writer) -> str:
    value = w.step.parameter(0, Term)
    cases = [_case(w, case) for case in (cast(Formula, Equal(value, ZERO)), positive(value))]
    return f"(Rules.cases_zero {w.text(value)} _ {w.need(AtMost(ZERO, value))} {' '.join(cases)})"


def cases_index(w: Writer) -> str:
    left, right = w.step.parameter(0, Index), w.step.parameter(1, Index)
    cases = [_case(w, cast(Formula, kind(left, right))) for kind in (Same, Distinct)]
    return f"(Rules.cases_index {w.ctx.index(left)} {w.ctx.index(right)} _ {' '.join(cases)})"


def cases_literal(w: Writer) -> str:
    index = w.step.parameter(0, Index)
    size = cast(int, w.step.goal.size(index.sort))
    cases = [_case(w, cast(Formula, Same(index, Literal(n, index.sort)))) for n in range(1, size + 1)]
    total = f"(Rules.cases_literal_last {w.ctx.index(index)} _)"
    for n, case in enumerate(cases):
        total = f"(Rules.cases_literal {w.ctx.index(index)} {n} _ {case} {total})"
    return f"({total} {w.prover.range(w.ctx, index)})"


def same_index(w: Writer) -> str:
    old, new = w.step.parameter(0, Index), w.step.parameter(1, Index)
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


def extremum_attained(w: Writer) -> str:
    extremum, index = w.step.parameter(0, Big), w.step.parameter(1, Free)
    inner, names = w.ctx.bind(index)
    case = cast(Formula, Equal(extremum.at(index), extremum))
    inner, name = inner.assume(case)
    follows = w.need(w.conclusion, case, inner)
    head = f"Rules.extremum_attained_{extremum.kind} {w.ctx.size(extremum.sort)} {w.ctx.function(extremum)}"
    return f"({head} _ {w.ctx.least(extremum.sort)} (fun {names} {name} => {follows}))"
