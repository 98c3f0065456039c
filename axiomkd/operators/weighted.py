"""Linear pools whose weights are made from the given ones, or from how sure the teachers are."""

from __future__ import annotations

from axiomkd.operator import operator

CONFIDENCE = "w[k]*Prod(p[k,j]**p[k,j], j)"
UNCERTAINTY = "Sum(-log(p[k,j]**p[k,j]), j)/Sum(Sum(-log(p[l,j]**p[l,j]), j), l)"
"""A teacher's share of all entropy."""


@operator(
    "squared-weights",
    title="Linear pool with squared weights",
    source="weights made sharper, as escort distributions are",
)
def squared_weights() -> str:
    r"""The linear pool with the normalised squares of the weights,
    :math:`q(i) = \sum_k w_k^2\,p_k(i) \big/ \sum_k w_k^2`.
    """
    return "Sum(w[k]**2*p[k,i], k)/Sum(w[k]**2, k)"


@operator(
    "weight-smoothed",
    title="Linear pool with smoothed weights",
    source="weights shrunk towards equal ones, as in forecast combination (Diebold and Pauly 1990)",
)
def weight_smoothed() -> str:
    r"""The linear pool with weights nine tenths given, one tenth equal,
    :math:`q(i) = \sum_k \big(\frac{9}{10} w_k + \frac{1}{10} \cdot \frac{1}{K}\big)\,p_k(i)`.
    """
    return "Sum((9/10*w[k] + 1/10/K)*p[k,i], k)"


@operator(
    "entropy-weighted",
    title="Linear pool weighted by confidence",
    source="confidence weighting of teachers, weights exp(-H) as in entropy-based distillation",
)
def entropy_weighted() -> str:
    r"""The linear pool with weights :math:`N[w_k e^{-H(p_k)}]`, where
    :math:`e^{-H(p_k)} = \prod_j p_k(j)^{p_k(j)} = h_k`,
    :math:`q(i) = \sum_k w_k\,h_k\,p_k(i) \big/ \sum_k w_k\,h_k`.
    """
    return f"Sum({CONFIDENCE}*p[k,i], k)/Sum({CONFIDENCE}, k)"


@operator(
    "ebkd",
    title="Linear pool with entropy-based weights",
    source="entropy-based weighting in multi-teacher distillation; public code leaves the K - 1 out",
    K=">= 2",
)
def ebkd() -> str:
    r"""The linear pool in which the less uncertain of two or more teachers weigh more,
    :math:`q(i) = \sum_k \frac{1 - H(p_k) / \sum_l H(p_l)}{K - 1}\,p_k(i)`.
    """
    return f"Sum((1 - {UNCERTAINTY})/(K - 1)*p[k,i], k)"
