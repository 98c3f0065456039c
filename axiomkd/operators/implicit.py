"""Rules that are given by the equation that their unknown solves."""

from __future__ import annotations

from axiomkd.operator import operator

_SQUARES = "Sum(w[k]*p[k,i]**2, k)"


@operator(
    "tsallis-2",
    title="Quasi-arithmetic pool of squares",
    source="Neyman and Roughgarden 2023, From proper scoring rules to max-min optimal forecast aggregation",
    unknown="c",
    equation=f"Sum(sqrt(Max(0, {_SQUARES} + c)), i) == 1",
)
def tsallis_two() -> str:
    r"""The pool whose squares are the mean squares plus a constant, cut off at zero, that makes it sum to
    one, :math:`q(i) = \sqrt{\max(0, \sum_k w_k\,p_k(i)^2 + c)}` where c is the number with
    :math:`\sum_i q(i) = 1`; there is one only, as the sum increases with c where it is positive:
    :math:`c \in \mathbb{R}`.
    """
    return f"sqrt(Max(0, {_SQUARES} + c))"


_INVERSES = "Sum(w[k]/p[k,i], k)"


@operator(
    "bregman-left-itakura-saito",
    title="Left Itakura-Saito centroid",
    source="arXiv 2509.02792, Bregman centroids of teachers",
    unknown="c",
    equation=f"Sum(1/({_INVERSES} - c), i) == 1",
    where=[f"c < {_INVERSES}"],
)
def itakura_saito() -> str:
    r"""The distribution z with the least :math:`\sum_k w_k \sum_i (z_i/p_k(i) - \log(z_i/p_k(i)) - 1)`, by
    Lagrange's condition, :math:`q(i) = 1 \big/ (\sum_k w_k/p_k(i) - c)` where c is the number below every
    :math:`\sum_k w_k/p_k(i)` with :math:`\sum_i q(i) = 1`; there is one only, as the sum increases with
    :math:`c`.
    """
    return f"1/({_INVERSES} - c)"
