"""Pools that are made to sum to one by what is added, not by a factor."""

from __future__ import annotations

from axiomkd.operator import operator

MEAN = "Sum(w[k]*p[k,i]**(1/2), k)"
TOTAL = "Sum(Sum(w[k]*p[k,j]**(1/2), k), j)"
SQUARES = "Sum(Sum(w[k]*p[k,j]**(1/2), k)**2, j)"


@operator(
    "tsallis-1/2",
    title="Quasi-arithmetic pool of square roots",
    source="Neyman and Roughgarden 2023, From proper scoring rules to max-min optimal forecast aggregation",
)
def tsallis_half() -> str:
    r"""The pool whose roots are the mean roots plus a constant that makes it sum to one,
    :math:`q(i) = (a_i + c)^2` with :math:`a_i = \sum_k w_k\,p_k(i)^{1/2}` and the greater root
    :math:`c = \big(\sqrt{A^2 + V(1-B)} - A\big)/V` of :math:`\sum_i (a_i + c)^2 = 1`, where
    :math:`A = \sum_j a_j` and :math:`B = \sum_j a_j^2`.
    """
    return f"({MEAN} + (sqrt({TOTAL}**2 + V*(1 - {SQUARES})) - {TOTAL})/V)**2"
