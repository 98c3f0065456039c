"""The geometric pool and its mixture with the linear one."""

from __future__ import annotations

from axiomkd.operator import operator


@operator(
    "geometric",
    title="Geometric pool",
    source="Genest 1984; also the mean of logits, and the product of experts with sum w = 1",
    written="mass",
)
def geometric() -> str:
    r"""The normalised weighted geometric mean, :math:`q(i) \propto \prod_k p_k(i)^{w_k}`."""
    return "Prod(p[k,i]**w[k], k)"


@operator(
    "linear-geometric",
    title="Half linear, half geometric pool",
    source="an even mixture of the two classical pools",
)
def linear_geometric() -> str:
    r"""The mean of the two pools, with :math:`N` for normalising over outcomes,
    :math:`q(i) = \frac12 \sum_k w_k\,p_k(i) + \frac12 N[\prod_k p_k^{w_k}](i)`.
    """
    return "1/2*Sum(w[k]*p[k,i], k) + 1/2*Prod(p[k,i]**w[k], k)/Sum(Prod(p[k,j]**w[k], k), j)"
