"""Continuity and limits."""

from __future__ import annotations

from contextlib import suppress
from typing import cast

from axiomkd.kernel.application import match
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.terms import (
    ONE,
    ZERO,
    AtMost,
    Big,
    Comparison,
    Continuous,
    Defined,
    Distinct,
    Exp,
    Formula,
    Free,
    If,
    Index,
    Less,
    Multiply,
    Node,
    Power,
    Same,
    Tends,
    Term,
    big,
    delta,
    power,
    rebuild,
    substitute,
    variable,
    variables,
)
from axiomkd.provers.structural.book import Book, NoProof
from axiomkd.provers.structural.conditions import plain
from axiomkd.provers.structural.confidences import bounds_of_confidence
from axiomkd.provers.structural.domains import learn_domains
from axiomkd.provers.structural.entropies import learn_entropies
from axiomkd.provers.structural.excepted import learn_excepted_sums
from axiomkd.provers.structural.gaps import comparison
from axiomkd.provers.structural.mean_limits import squeezed_mean
from axiomkd.provers.structural.modes import learn_greatest, modes, prove_at_mode
from axiomkd.provers.structural.order import prove_order
from axiomkd.provers.structural.quotients import quotients
from axiomkd.provers.structural.rewriting import exponential_of_logarithms, prove_equal
from axiomkd.provers.structural.signs import is_positive, learn_nonnegative, prove_nonnegative
from axiomkd.provers.structural.sums import Simplified, equation


def prove_continuous(book: Book, formula: Continuous) -> int:
    try:
        return book.add_from_known("continuous", formula)
    except Refused:
        learn_domains(book, formula.term)
        return book.add_from_known("continuous", formula)


def tends(value: Term, limit: Term) -> Formula:
    return cast(Formula, Tends(value, limit))


def prove_limit(book: Book, formula: Tends) -> int:
    """The limit part by part; else of a quotient whose mass is squeezed between the extreme teachers."""
    learn_domains(book, formula.term)
    for attempt in (_part_by_part, _with_plain_conditions, _mean, _squeezed, _without_logarithms):
        try:
            return attempt(book, formula)
        except Refused:
            continue
    raise NoProof("no limit of", formula.term)


def _with_plain_conditions(book: Book, formula: Tends) -> int:
    """What is chosen by comparisons, once these show that it is its limit all along."""
    (value, one), (limit, other) = (plain(book, side) for side in (formula.term, formula.limit))
    if one is None:
        raise NoProof("no comparison to say more simply in", formula.term)
    same = book.add("chain", equation(formula.term, limit), (one, prove_equal(book, value, limit)), value)
    links = (book.add("limit", tends(limit, limit)), same)
    ends = links if other is None else (*links, other)
    return book.add("limit_of_equal", formula, ends, limit, limit)


def _mean(book: Book, formula: Tends) -> int:
    return squeezed_mean(book, formula, limit_of)


def _squeezed(book: Book, formula: Tends) -> int:
    _learn_squeezed_mass(book, formula.term)
    return _part_by_part(book, formula)


def _without_logarithms(book: Book, formula: Tends) -> int:
    """Where exp(sum w log x) stands for a product that has a limit even where x tends to zero."""
    rewritten, same = _products_for_exponentials(book, formula.term)
    if same is None:
        raise NoProof("no exponential of logarithms")
    inner = prove_limit(book, cast(Tends, Tends(rewritten, formula.limit)))
    return book.add("limit_of_equal", formula, (inner, same), rewritten, formula.limit)


def _products_for_exponentials(book: Book, value: Term) -> Simplified:
    """Replace every exponential of logarithms inside a term."""
    if isinstance(value, Exp):
        return exponential_of_logarithms(book, value)
    if isinstance(value, Big):
        index = book.index_for(value)
        inner, step = _products_for_exponentials(book, value.at(index))
        after, steps = big(value.kind, index, inner), [step]
    else:
        pairs = [
            _products_for_exponentials(book, part) if isinstance(part, Term) else (part, None)
            for part in value.parts
        ]
        after = cast(Term, rebuild(value, tuple(part for part, _ in pairs)))
        steps = [step for _, step in pairs]
    if after is value:
        return value, None
    return after, book.add("congruence", equation(value, after), tuple(s for s in steps if s is not None))


def _part_by_part(book: Book, formula: Tends) -> int:
    end = limit_of(book, formula.term)
    learn_entropies(book, cast(Formula, Defined(end)))
    learn_excepted_sums(book, cast(Formula, Defined(end)))
    learn_domains(book, end)
    inner = book.add_from_known("limit", tends(formula.term, end))
    if end is formula.limit:
        return inner
    same = prove_equal(book, formula.limit, end)
    return book.add("limit_of_equal", formula, (inner, same), formula.term, end)


def limit_of(book: Book, value: Term) -> Term:
    """A term built like the value in which every part that moves is replaced by its limit."""
    name = cast("tuple[str, str]", book.goal.limit)[0]
    if name not in variables(value):
        return value
    known = _known_limit(book, value)
    if known is not None:
        return known
    if isinstance(value, Big):
        index = book.index_for(value)
        return big(value.kind, index, limit_of(book, value.at(index)))
    if not value.parts or value is variable(name):
        raise NoProof("no limit of", value)
    parts = tuple(limit_of(book, part) if isinstance(part, Term) else part for part in value.parts)
    return cast(Term, rebuild(value, parts))


def _known_limit(book: Book, value: Term) -> Term | None:
    for number in book.known:
        formula = book.formula(number)
        if isinstance(formula, Tends):
            found: dict[Free, Index] = {}
            if match(formula.term, value, formula.term.free - set(book.goal.indices), found):
                return cast(Term, substitute(formula.limit, found))
    direction = cast("tuple[str, str]", book.goal.limit)[1]
    for attempt in (_root,) if direction == "infinity" else (_softmax, _confidence, _chosen_near_mode):
        with suppress(Refused):
            return attempt(book, value)
    return None


def _inverse_of_limit_variable(book: Book) -> Term:
    return power(variable(cast("tuple[str, str]", book.goal.limit)[0]), -1)


def _root(book: Book, value: Term) -> Term:
    """x^(1/T) -> 1."""
    if not (isinstance(value, Power) and value.exponent is _inverse_of_limit_variable(book)):
        raise NoProof("no root")
    if not is_positive(book, value.base):
        raise NoProof("a root of unknown sign")
    temperature = cast(Power, value.exponent).base
    book.know(book.add_from_known("root_tends_to_one", tends(value, ONE), value.base, temperature))
    return ONE


def _softmax(book: Book, value: Term) -> Term:
    """x(i)^(1/T) / sum_j x(j)^(1/T) -> delta(i, m)."""
    above, below = next(quotients(value), (value, ONE))
    inverse = _inverse_of_limit_variable(book)
    if not (isinstance(above, Power) and above.exponent is inverse and isinstance(below, Big)):
        raise NoProof("no tempered distribution")
    j = book.index(below.sort)
    body = below.at(j)
    found: dict[Free, Index] = {}
    if not isinstance(body, Power) or not match(body, above, frozenset((j,)), found):
        raise NoProof("not normalised")
    for best in book.goal.indices:
        if best.sort == j.sort:
            return _softmax_towards(book, value, body.base, j, best, found[j])
    raise NoProof("no mode known")


def _softmax_towards(book: Book, value: Term, base: Term, j: Free, best: Free, here: Index) -> Term:
    greater = _less_than_best(book, base, j, best)
    limit = delta(here, best)
    temperature = cast(Power, _inverse_of_limit_variable(book)).base
    book.know(
        book.add_from_known(
            "softmax_tends_to_argmax", tends(value, limit), j, base, best, here, temperature, also=(greater,)
        )
    )
    return limit


def _less_than_best(book: Book, base: Term, j: Free, best: Free) -> int:
    """Write base(j) < base(best) under the assumption that j is not the best."""
    at_best = cast(Term, substitute(base, {j: best}))
    wanted = cast(Formula, Less(base, at_best))
    with book.assuming(cast(Formula, Distinct(j, best))) as distinct:
        for number, fact in enumerate(book.goal.facts):
            found: dict[Free, Index] = {}
            if fact.hypotheses and match(fact.conclusion, wanted, frozenset(fact.indices), found):
                indices = [found.get(index, index) for index in fact.indices]
                return book.add("fact", wanted, (distinct,), number, *indices)
        return prove_order(book, Less, base, at_best)


def _learn_squeezed_mass(book: Book, value: Term) -> None:
    """The mass of a normalised term, between the least and the greatest of the terms that it averages."""
    above, _ = next(quotients(value), (value, ONE))
    moving = _moving_leaf(book, above)
    if moving is None:
        raise NoProof("nothing to squeeze between")
    index, leaf = moving
    ends = [big(kind, index, leaf) for kind in ("minimum", "maximum")]
    limits = [limit_of(book, end) for end in ends]
    limit = limit_of(book, leaf)
    steps: list[int] = []
    for end, end_limit in zip(ends, limits, strict=True):
        is_positive(book, end)
        steps.append(limit_of_end(book, end, end_limit, limit))
    steps.append(prove_order(book, AtMost, ends[0], above))
    steps.append(prove_order(book, AtMost, above, ends[1]))
    book.know(book.add("squeeze", tends(above, limit), tuple(steps), *ends))


def limit_of_end(book: Book, end: Term, end_limit: Term, limit: Term) -> int:
    """The end tends to what equals the limit."""
    learn_domains(book, end_limit)
    inner = book.add_from_known("limit", tends(end, end_limit))
    same = prove_equal(book, limit, end_limit)
    return book.add("limit_of_equal", tends(end, limit), (inner, same), end, end_limit)


def _confidence(book: Book, value: Term) -> Term:
    """prod_j x(j)^x(j), where the distribution x tends to a vertex: 1."""
    bounds = bounds_of_confidence(book, value)
    tending = [limit_of_end(book, end, limit_of(book, end), ONE) for end, _ in bounds]
    steps = (*tending, *(step for _, step in bounds))
    book.know(book.add("squeeze", tends(value, ONE), steps, *(end for end, _ in bounds)))
    return ONE


def _chosen_near_mode(book: Book, value: Term) -> Term:
    """x where a condition holds and else 0: x tends to 0 but at the mode, and there the condition holds."""
    match value:
        case If(AtMost() | Less() as condition, then, otherwise) if otherwise is ZERO:
            limit = limit_of(book, then)
        case _:
            raise NoProof("no choice of", value)
    for mode in modes(book):
        for index in sorted(condition.free - {mode}, key=lambda free: free.name):
            if index.sort == mode.sort and index not in book.goal.indices:
                with suppress(Refused):
                    return _between_its_ends(book, cast(If, value), limit, index, mode)
    raise NoProof("no mode at which it is known what is chosen in", value)


def _between_its_ends(book: Book, choice: If, limit: Term, index: Free, mode: Free) -> Term:
    """Between x at the mode alone and x everywhere."""
    learn_greatest(book, mode)
    indicator = delta(index, mode)
    least = indicator * choice.then
    learn_nonnegative(book, choice.then)
    tending = (
        limit_of_end(book, least, indicator * limit, limit),
        limit_of_end(book, choice.then, limit, limit),
    )
    below = _above_indicated(book, choice, least, index, mode)
    above = prove_order(book, AtMost, choice, choice.then)
    book.know(book.add("squeeze", tends(choice, limit), (*tending, below, above), least, choice.then))
    return limit


def _above_indicated(book: Book, choice: If, least: Term, index: Free, mode: Free) -> int:
    formula = comparison(AtMost, least, choice)
    with book.assuming(cast(Formula, Same(index, mode))) as same:
        there = cast(If, substitute(choice, {index: mode}))
        start = cast(Term, substitute(least, {index: mode}))
        links = (
            prove_equal(book, start, there.then),
            book.add(
                "branch",
                equation(there, there.then),
                (prove_at_mode(book, cast(Comparison, there.condition), mode),),
            ),
        )
        at_mode = book.add("chain", comparison(AtMost, start, there), links, there.then)
        first = book.add("same_index", formula, (same, at_mode), index, mode)
    with book.assuming(cast(Formula, Distinct(index, mode))) as distinct:
        known = book.add("branch", equation(delta(index, mode), ZERO), (distinct,))
        nothing = ZERO * choice.then
        links = (
            book.add("congruence", equation(least, nothing), (known,)),
            book.add("algebraic", equation(nothing, ZERO)),
            prove_nonnegative(book, choice),
        )
        second = book.add("chain", formula, links, nothing, ZERO)
    return book.add("cases_index", formula, (first, second), index, mode)


def _moving_leaf(book: Book, node: Node) -> tuple[Free, Term] | None:
    """A tempered teacher inside a term, with the index that runs over the teachers."""
    for part in _opened_bodies(book, node):
        index, body = part
        for leaf in _products(body):
            try:
                limit = _softmax(book, leaf)
            except Refused:
                continue
            if index in leaf.free and limit is not None:
                return index, leaf
    return None


def _opened_bodies(book: Book, node: Node) -> list[tuple[Free, Term]]:
    if isinstance(node, Big):
        index = book.index_for(node)
        return [(index, node.at(index)), *_opened_bodies(book, node.at(index))]
    return [found for part in node.parts if isinstance(part, Term) for found in _opened_bodies(book, part)]


def _products(node: Node) -> list[Term]:
    here = [node] if isinstance(node, Multiply) else []
    return here + [leaf for part in node.parts if isinstance(part, Term) for leaf in _products(part)]
