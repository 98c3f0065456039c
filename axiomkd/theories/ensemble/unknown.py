"""A rule of which nothing is known but its axioms: its aggregates are numbers, one for each input."""

from __future__ import annotations

from typing import cast

from axiomkd.kernel.terms import Index, Term, big_sum
from axiomkd.operator import Operator
from axiomkd.theories.ensemble.setting import i, j, k, p, w


class Aggregate(Term):
    r"""The aggregate of an unknown rule at an input, :math:`G(p, w)(i)`.

    Its parts are the outcome i, the weights as :math:`\sum_k w_k`, and the teachers as
    :math:`\sum_k \sum_j p_k(j)`: the sums only bind the indices. It is no term of the kernel's
    language: a goal has a variable in its place, one for each input that the goal speaks of.
    """

    __slots__ = ()
    __match_args__ = ("outcome", "weights", "teachers")
    outcome: Index
    weights: Term
    teachers: Term


UNKNOWN = Operator(
    id="any-rule",
    theory="ensemble",
    value=cast(Term, Aggregate(i, big_sum(k, w(k)), big_sum(k, big_sum(j, p(k, j))))),
    text="G(p, w)(i)",
    title="Any rule",
)
"""Any rule that gives, for every number of teachers and outcomes, a number for each outcome of each input."""
