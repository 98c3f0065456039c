r"""Random teachers: finitely many scenarios s with probabilities :math:`\pi_s`, any number of them.

In scenario s the teachers are :math:`P_s`, all entries positive, and the weights stay the same. So
every expectation is a finite sum, and a counterexample is an exact finite example.
"""

from __future__ import annotations

from typing import cast

from axiomkd.kernel.judgement import Fact
from axiomkd.kernel.terms import ZERO, Distinct, Formula, Free, Index, Less, Term, big_sum, variable
from axiomkd.operator import Operator
from axiomkd.theories.ensemble.convexity import equal
from axiomkd.theories.ensemble.setting import SCENARIO, WEIGHTS, aggregate, i, k, l, simplex

s, t = (cast(Free, Free(name, SCENARIO)) for name in "st")


def probability(scenario: Index) -> Term:
    return variable("pi", scenario)


def teacher(index: Index, outcome: Index = i, scenario: Index = s) -> Term:
    return variable("P", scenario, index, outcome)


def expectation(value: Term) -> Term:
    r""":math:`E x = \sum_s \pi_s x_s`, for a value that speaks of the scenario ``s``."""
    return big_sum(s, probability(s) * value)


def covariance(one: Term, other: Term) -> Term:
    r""":math:`E (x - E x)(y - E y)`."""
    return expectation((one - expectation(one)) * (other - expectation(other)))


def variance(value: Term) -> Term:
    r""":math:`E (x - E x)^2`."""
    return expectation((value - expectation(value)) ** 2)


def pooled(operator: Operator) -> Term:
    """The aggregate in scenario ``s``."""
    return aggregate(operator, teachers=teacher)


SCENARIOS = simplex("pi", (s,))
RANDOM_TEACHERS = (*simplex("P", (s, k, i), Less), *SCENARIOS, *WEIGHTS)
ONE_MEAN = Fact((k, l, i), equal(expectation(teacher(k)), expectation(teacher(l))))
r"""What the teachers have in common is their mean c, so :math:`p_k = c + e_k` with :math:`E e_k = 0`."""
UNCORRELATED = Fact(
    (k, l, i),
    equal(covariance(teacher(k), teacher(l)), ZERO),
    (cast(Formula, Distinct(k, l)),),
)
r""":math:`E e_k e_l = 0` for :math:`k \ne l`."""
