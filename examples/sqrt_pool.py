"""A pool declared in Python: ``axiomkd certify examples/sqrt_pool.py:sqrt_pool``."""

from axiomkd import operator
from axiomkd.theories.ensemble import Sum, i, k, normalised, over_teachers, p, sqrt, w


@operator("sqrt-pool", title="Square-root pool", source="an example")
def sqrt_pool():
    r"""The normalised mean of square roots, :math:`q(i) \propto \sum_k w_k \sqrt{p_k(i)}`."""
    return normalised(Sum(w[k] * sqrt(p[k, i]), over_teachers(k)))
