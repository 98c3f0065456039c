"""The catalogue: its ids are the vocabulary's, and it says what each operator is and whence."""

import pytest

from axiomkd.operators import CATALOGUE
from axiomkd.theories.ensemble import (
    Max,
    Min,
    Product,
    Rational,
    Sum,
    V,
    i,
    k,
    normalised,
    over_teachers,
    p,
    w,
)
from axiomkd.theories.ensemble.signature import ENSEMBLE

IDS = [
    *("linear", "geometric", "harmonic", "power-1/2", "power-2", "maximum", "minimum", "product"),
    *("uniform-smoothed", "linear-geometric", "pool-then-temper-2", "first-teacher", "weighted-uniform"),
]


def test_the_ids_are_the_vocabularys():
    assert [declared.id for declared in CATALOGUE] == IDS


@pytest.mark.parametrize("declared", CATALOGUE, ids=lambda declared: declared.id)
def test_each_has_a_title_a_source_and_a_sentence_with_its_formula(declared):
    assert declared.title
    assert declared.source
    assert ":math:`q(i) " in declared.meaning
    assert declared.meaning.endswith("`.")


def average():
    return Sum(w[k] * p[k, i], over_teachers(k))


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
    "first-teacher": lambda: p[1, i],
    "weighted-uniform": lambda: 1 / V,
}


@pytest.mark.parametrize("declared", CATALOGUE, ids=lambda declared: declared.id)
def test_a_declaration_with_sympy_gives_the_same_term(declared):
    from axiomkd.operator import operator

    assert operator("same")(SYMPY[declared.id])().value is declared().value


def test_the_signature_of_the_catalogue_is_the_ensembles():
    assert all(declared().theory == ENSEMBLE.theory for declared in CATALOGUE)
