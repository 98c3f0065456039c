r"""Left Bregman centroids, :math:`\operatorname{argmin}_z \sum_k w_k B(z; p_k)` on the simplex."""

from __future__ import annotations

from axiomkd.operator import operator

SOURCE = "arXiv 2509.02792, left Bregman centroids of several teachers"


@operator("bregman-left-kl", title="Left Kullback-Leibler centroid", source=SOURCE, written="mass")
def bregman_left_kl() -> str:
    r"""The distribution with the least :math:`\sum_k w_k KL(z; p_k)`; by the compensation identity
    :math:`\sum_k w_k KL(z; p_k) = KL(z; q) - \log\sum_j \prod_k p_k(j)^{w_k}` this is the geometric pool,
    :math:`q(i) \propto \prod_k p_k(i)^{w_k}`.
    """
    return "Prod(p[k,i]**w[k], k)"


@operator("bregman-left-squared", title="Left centroid of squared distances", source=SOURCE)
def bregman_left_squared() -> str:
    r"""The distribution with the least :math:`\sum_k w_k \|z - p_k\|^2`; as this is
    :math:`\|z - q\|^2 + \sum_k w_k \|q - p_k\|^2`, it is the linear pool,
    :math:`q(i) = \sum_k w_k\,p_k(i)`.
    """
    return "Sum(w[k]*p[k,i], k)"
