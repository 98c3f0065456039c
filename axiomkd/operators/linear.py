"""The linear pool and its relatives: weighted means of probabilities."""

from __future__ import annotations

from axiomkd.operator import operator


@operator(
    "linear",
    title="Linear pool",
    source="Stone 1961, The opinion pool; also the mean of probabilities in ensemble distillation",
)
def linear() -> str:
    r"""The weighted mean of the teachers, :math:`q(i) = \sum_k w_k\,p_k(i)`."""
    return "Sum(w[k]*p[k,i], k)"


@operator(
    "uniform-smoothed",
    title="Linear pool smoothed by the uniform distribution",
    source="entropic regularisation, the family (1-b) linear + b u at b = 1/10",
)
def uniform_smoothed() -> str:
    r"""Nine tenths linear pool, one tenth uniform,
    :math:`q(i) = \frac{9}{10} \sum_k w_k\,p_k(i) + \frac{1}{10} \cdot \frac{1}{V}`.
    """
    return "9/10*Sum(w[k]*p[k,i], k) + 1/10/V"


@operator(
    "pool-then-temper-2",
    title="Linear pool, then temperature 2",
    source="Rahaman and Thiery 2021, Uncertainty quantification and deep ensembles",
    written="mass",
)
def pool_then_temper_2() -> str:
    r"""The linear pool softened at temperature 2, :math:`q(i) \propto (\sum_k w_k\,p_k(i))^{1/2}`."""
    return "Sum(w[k]*p[k,i], k)**(1/2)"


@operator(
    "softmax-of-linear",
    title="Softmax of the linear pool",
    source="dynamic weighting in DESlib (Cruz et al. 2020); probabilities taken for logits",
    written="mass",
)
def softmax_of_linear() -> str:
    r"""The softmax of the mean of probabilities, :math:`q(i) \propto \exp\sum_k w_k\,p_k(i)`."""
    return "exp(Sum(w[k]*p[k,i], k))"


@operator(
    "beta-linear-2-2",
    title="Beta-transformed linear pool",
    source="Gneiting and Ranjan 2013, Combining predictive distributions",
    written="mass",
)
def beta_linear() -> str:
    r"""The distribution function of Beta(2,2) applied to the linear pool, then normalised,
    :math:`q(i) \propto 3 x_i^2 - 2 x_i^3 = x_i^2 (3 - 2 x_i)` with :math:`x_i = \sum_k w_k\,p_k(i)`.
    """
    return "Sum(w[k]*p[k,i], k)**2*(3 - 2*Sum(w[k]*p[k,i], k))"
