"""Fixed rules, which ignore the weights."""

from __future__ import annotations

from axiomkd.operator import operator

SOURCE = "Kittler, Hatef, Duin and Matas 1998, On combining classifiers"


@operator("maximum", title="Maximum rule", source=SOURCE, written="mass")
def maximum() -> str:
    r"""The normalised maximum, :math:`q(i) \propto \max_k p_k(i)`."""
    return "Max(p[k,i], k)"


@operator("minimum", title="Minimum rule", source=SOURCE, written="mass")
def minimum() -> str:
    r"""The normalised minimum, :math:`q(i) \propto \min_k p_k(i)`."""
    return "Min(p[k,i], k)"


@operator("product", title="Product rule", source="Hinton 2002, the product of experts", written="mass")
def product() -> str:
    r"""The normalised product, :math:`q(i) \propto \prod_k p_k(i)`."""
    return "Prod(p[k,i], k)"
