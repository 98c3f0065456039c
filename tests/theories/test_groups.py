"""The aggregate of several groups is that of all their teachers, one group after the other."""

import numpy as np
import pytest
from support.formulas import aggregate

from axiomkd.kernel.terms import Free, variable
from axiomkd.operator import Operator
from axiomkd.operators import CATALOGUE
from axiomkd.provers.counterexample.numeric import Batch, Numeric
from axiomkd.theories.ensemble.groups import Group, pool
from axiomkd.theories.ensemble.setting import TEACHER, i

RNG = np.random.default_rng(1)
P = RNG.dirichlet(np.ones(3), (50, 4))
W = RNG.dirichlet(np.ones(4), 50)
GROUPS = (
    Group(lambda k, o: variable("p", k, o), lambda k: variable("w", k), TEACHER),
    Group(lambda _, o: variable("x", o), lambda _: variable("d")),
    Group(lambda r, o: variable("B", r, o), lambda r: variable("v", r), "rest"),
)
VALUES = {"p": P[:, :2], "w": W[:, :2], "x": P[:, 2], "d": W[:, 2], "B": P[:, 3:], "v": W[:, 3:]}


def pooled(operator):
    """The values of the pool of two teachers, one more, and a group of one: inputs, outcomes."""
    arrays = {name: np.moveaxis(array, 0, -1) for name, array in VALUES.items()}
    sizes = {"teacher": 2, "outcome": 3, "rest": 1}
    batches = [Batch(sizes, 50, arrays, {i: np.full(50, number)}, {}) for number in range(3)]
    return np.stack([Numeric(batch).at_inputs(pool(operator, *GROUPS)) for batch in batches], axis=1)


ANY_NUMBER = [declared for declared in CATALOGUE if not declared.sizes and not declared.unknown]
"""The operators of the catalogue that have a formula for any number of teachers."""


@pytest.mark.parametrize("declared", ANY_NUMBER, ids=lambda declared: declared.id)
def test_the_pool_of_groups_is_the_pool_of_all(declared):
    assert np.allclose(pooled(declared()), aggregate(declared.id)(P, W))


def test_the_number_of_teachers_counts_all_groups():
    assert np.allclose(pooled(Operator.declare("mean", expr="Sum(p[k,i], k)/K")), P.mean(axis=1))


def test_a_teacher_is_told_apart_from_those_of_other_groups():
    others = Operator.declare("others", expr="Sum(Piecewise((0, k = 1), (p[k,i], True)), k)")
    assert np.allclose(pooled(others), P[:, 1:].sum(axis=1))
    pairs = Operator.declare("pairs", expr="Sum(Sum(Delta(k,l)*p[k,i]*p[l,i], l), k)")
    assert np.allclose(pooled(pairs), (P**2).sum(axis=1))


def test_the_pool_speaks_of_one_free_outcome():
    assert pool(CATALOGUE[0](), *GROUPS).free == {Free("i", "outcome")}
