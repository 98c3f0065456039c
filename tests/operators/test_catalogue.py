"""The catalogue: its ids are the vocabulary's, and it says what each operator is and whence."""

import pytest

from axiomkd.operators import CATALOGUE
from axiomkd.theories.ensemble import (
    K,
    Max,
    Min,
    Piecewise,
    Product,
    Rational,
    Sum,
    V,
    exp,
    h,
    i,
    j,
    k,
    l,
    log,
    normalised,
    over_outcomes,
    over_teachers,
    p,
    sqrt,
    w,
)
from axiomkd.theories.ensemble.signature import ENSEMBLE

IDS = [
    *("linear", "geometric", "harmonic", "power-1/2", "power-2", "power-3", "power--1/2", "escort-1/2"),
    *("escort-2", "tsallis-1/2", "tsallis-2", "maximum", "minimum", "product"),
    *("median", "majority-vote", "top-k-1", "top-k-2", "min-entropy-teacher"),
    *("uniform-smoothed", "linear-geometric", "pool-then-temper-2", "softmax-of-linear", "beta-linear-2-2"),
    *("squared-weights", "weight-smoothed", "entropy-weighted", "ebkd"),
    *("generalised-product", "extremised-2"),
    *("contrastive-1/2", "taid-1/2", "bregman-left-kl", "bregman-left-squared"),
    *("bregman-left-itakura-saito", "dirichlet-mean"),
    *("first-teacher", "weighted-uniform"),
]


def test_the_ids_are_the_vocabularys():
    assert [declared.id for declared in CATALOGUE] == IDS


@pytest.mark.parametrize("declared", CATALOGUE, ids=lambda declared: declared.id)
def test_each_has_a_title_a_source_and_a_sentence_with_its_formula(declared):
    assert declared.title
    assert declared.source
    assert ":math:`q(i) " in declared.meaning
    assert declared.meaning.endswith("`.")


def average(outcome=i):
    return Sum(w[k] * p[k, outcome], over_teachers(k))


def indicator(condition):
    return Piecewise((1, condition), (0, True))


def votes(outcome):
    favourite = p[k, outcome] >= Max(p[k, h], over_outcomes(h))
    return Sum(w[k] * indicator(favourite), over_teachers(k))


def sureness(teacher):
    return Product(p[teacher, j] ** p[teacher, j], over_outcomes(j))


def entropy(teacher):
    return Sum(-log(p[teacher, j] ** p[teacher, j]), over_outcomes(j))


def roots(outcome):
    return Sum(w[k] * p[k, outcome] ** Rational(1, 2), over_teachers(k))


def mean_roots_and_constant():
    total = Sum(roots(j), over_outcomes(j))
    room = 1 - Sum(roots(j) ** 2, over_outcomes(j))
    return (roots(i) + (sqrt(total**2 + V * room) - total) / V) ** 2


def confidence(teacher):
    return w[teacher] * sureness(teacher)


def surest():
    return indicator(Sum(indicator(sureness(l) > sureness(k)), over_teachers(l)) < 1)


def pooled():
    return normalised(Product(p[k, i] ** w[k], over_teachers(k)))


SYMPY = {
    "linear": average,
    "geometric": pooled,
    "harmonic": lambda: normalised(Sum(w[k] * p[k, i] ** -1, over_teachers(k)) ** -1),
    "power-1/2": lambda: normalised(Sum(w[k] * p[k, i] ** Rational(1, 2), over_teachers(k)) ** 2),
    "power-2": lambda: normalised(Sum(w[k] * p[k, i] ** 2, over_teachers(k)) ** Rational(1, 2)),
    "maximum": lambda: normalised(Max(p[k, i], over_teachers(k))),
    "minimum": lambda: normalised(Min(p[k, i], over_teachers(k))),
    "product": lambda: normalised(Product(p[k, i], over_teachers(k))),
    "uniform-smoothed": lambda: Rational(9, 10) * average() + Rational(1, 10) / V,
    "linear-geometric": lambda: Rational(1, 2) * average() + Rational(1, 2) * pooled(),
    "pool-then-temper-2": lambda: normalised(average() ** Rational(1, 2)),
    "median": lambda: normalised(Max(Min(p[1, i], p[2, i]), Min(p[1, i], p[3, i]), Min(p[2, i], p[3, i]))),
    "majority-vote": lambda: normalised(indicator(votes(i) >= Max(votes(j), over_outcomes(j)))),
    "top-k-1": lambda: normalised(
        Piecewise((average(), average() >= Max(average(j), over_outcomes(j))), (0, True))
    ),
    "top-k-2": lambda: normalised(
        Piecewise((average(), Sum(indicator(average(j) > average()), over_outcomes(j)) < 2), (0, True))
    ),
    "min-entropy-teacher": lambda: (
        Sum(p[k, i] * surest(), over_teachers(k)) / Sum(surest(), over_teachers(k))
    ),
    "power-3": lambda: normalised(Sum(w[k] * p[k, i] ** 3, over_teachers(k)) ** Rational(1, 3)),
    "power--1/2": lambda: normalised(Sum(w[k] * p[k, i] ** Rational(-1, 2), over_teachers(k)) ** -2),
    "escort-1/2": lambda: normalised(roots(i)),
    "escort-2": lambda: normalised(Sum(w[k] * p[k, i] ** 2, over_teachers(k))),
    "tsallis-1/2": mean_roots_and_constant,
    "softmax-of-linear": lambda: normalised(exp(average())),
    "beta-linear-2-2": lambda: normalised(average() ** 2 * (3 - 2 * average())),
    "squared-weights": lambda: Sum(w[k] ** 2 * p[k, i], over_teachers(k)) / Sum(w[k] ** 2, over_teachers(k)),
    "weight-smoothed": lambda: Sum(
        (Rational(9, 10) * w[k] + Rational(1, 10) / K) * p[k, i], over_teachers(k)
    ),
    "entropy-weighted": lambda: (
        Sum(confidence(k) * p[k, i], over_teachers(k)) / Sum(confidence(k), over_teachers(k))
    ),
    "ebkd": lambda: Sum(
        (1 - entropy(k) / Sum(entropy(l), over_teachers(l))) / (K - 1) * p[k, i], over_teachers(k)
    ),
    "generalised-product": lambda: normalised(Product(p[k, i] ** (2 * w[k]), over_teachers(k))),
    "extremised-2": lambda: normalised(Product(p[k, i] ** w[k], over_teachers(k)) ** 2),
    "contrastive-1/2": lambda: normalised(p[1, i] / p[2, i] ** Rational(1, 2)),
    "taid-1/2": lambda: normalised(p[1, i] ** Rational(1, 2) * p[2, i] ** Rational(1, 2)),
    "bregman-left-kl": pooled,
    "bregman-left-squared": average,
    "first-teacher": lambda: p[1, i],
    "weighted-uniform": lambda: 1 / V,
}


EXPLICIT = [declared for declared in CATALOGUE if not declared.unknown]


@pytest.mark.parametrize("declared", EXPLICIT, ids=lambda declared: declared.id)
def test_a_declaration_with_sympy_gives_the_same_term(declared):
    from axiomkd.operator import operator

    same = operator("same", **dict(declared.sizes))(SYMPY[declared.id])
    assert same().value is declared().value


def test_the_signature_of_the_catalogue_is_the_ensembles():
    assert all(declared().theory == ENSEMBLE.theory for declared in CATALOGUE)
