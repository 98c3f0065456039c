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
    between=["-1", "1"],
)
def tsallis_two() -> str:
    r"""The pool whose squares are the mean squares plus a constant, cut off at zero, that makes it sum to
    one, :math:`q(i) = \sqrt{\max(0, \sum_k w_k\,p_k(i)^2 + c)}` where c is the number with
    :math:`\sum_i q(i) = 1`: there is one between -1, where the sum is 0, and 1, where it is at least V, and
    one only, as the sum increases with c where it is positive: :math:`c \in \mathbb{R}`.
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
    between=[f"Min({_INVERSES}, i) - V", f"Min({_INVERSES}, i) - 1"],
)
def itakura_saito() -> str:
    r"""The distribution z with the least :math:`\sum_k w_k \sum_i (z_i/p_k(i) - \log(z_i/p_k(i)) - 1)`, by
    Lagrange's condition, :math:`q(i) = 1 \big/ (\sum_k w_k/p_k(i) - c)` where c is the number below every
    :math:`\sum_k w_k/p_k(i)` with :math:`\sum_i q(i) = 1`: there is one between V and 1 below the least
    of them, where no term of the sum exceeds 1/V and one term is 1, and one only, as the sum increases with
    :math:`c`.
    """
    return f"1/({_INVERSES} - c)"


_MEAN = "Sum(w[k]*p[k,i], k)"
_MEAN_LOGARITHM = "Sum(w[k]*log(p[k,i]), k)"
_DISAGREE = f"Sum({_MEAN}**2, i) < Sum(w[k]*Sum(p[k,i]**2, i), k)"
_RATIO = f"invdigamma({_MEAN_LOGARITHM} + t)/invdigamma(t)"
_DIRICHLET = f"Piecewise(({_RATIO}, {_DISAGREE}), ({_MEAN}, True))"


@operator(
    "dirichlet-mean",
    title="Mean of the matching Dirichlet distribution",
    source="Ryabinin, Malinin and Gales 2021, Scaling Ensemble Distribution Distillation, arXiv 2105.06987",
    unknown="t",
    equation=f"Sum({_DIRICHLET}, i) == 1",
)
def dirichlet_mean() -> str:
    r"""The mean :math:`q(i) = \alpha_i / \alpha_0`, :math:`\alpha_0 = \sum_j \alpha_j`, of the Dirichlet
    distribution with the teachers' mean logarithms, :math:`\psi(\alpha_i) - \psi(\alpha_0) = L_i =
    \sum_k w_k \log p_k(i)` where :math:`\psi` is the digamma function. With :math:`t = \psi(\alpha_0)` it is
    :math:`q(i) = \psi^{-1}(L_i + t) / \psi^{-1}(t)`, and t is the number with :math:`\sum_i q(i) = 1`; there
    is one only, as the sum falls with t, from V to :math:`\sum_i e^{L_i}`, which is below 1 unless all
    teachers of positive weight agree. Where they do, that is where
    :math:`\sum_i m_i^2 < \sum_k w_k \sum_i p_k(i)^2` fails for the linear pool
    :math:`m_i = \sum_k w_k p_k(i)`, there is no such t, and :math:`q(i) = m_i`.
    """
    return _DIRICHLET
