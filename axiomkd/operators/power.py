"""Power pools: the normalised weighted power means, alpha-divergence barycentres (Amari 2007)."""

from __future__ import annotations

from axiomkd.operator import operator

SOURCE = "Amari 2007, Integration of stochastic models by minimising alpha-divergence"


@operator("harmonic", title="Harmonic pool", source=SOURCE, written="mass")
def harmonic() -> str:
    r"""The normalised weighted harmonic mean, :math:`q(i) \propto (\sum_k w_k\,p_k(i)^{-1})^{-1}`."""
    return "Sum(w[k]*p[k,i]**(-1), k)**(-1)"


@operator("power-1/2", title="Power pool with exponent 1/2", source=SOURCE, written="mass")
def power_half() -> str:
    r"""The normalised weighted power mean, :math:`q(i) \propto (\sum_k w_k\,p_k(i)^{1/2})^2`."""
    return "Sum(w[k]*p[k,i]**(1/2), k)**2"


@operator("power-2", title="Power pool with exponent 2", source=SOURCE, written="mass")
def power_two() -> str:
    r"""The normalised weighted power mean, :math:`q(i) \propto (\sum_k w_k\,p_k(i)^2)^{1/2}`."""
    return "Sum(w[k]*p[k,i]**2, k)**(1/2)"


@operator("power-3", title="Power pool with exponent 3", source=SOURCE, written="mass")
def power_three() -> str:
    r"""The normalised weighted power mean, :math:`q(i) \propto (\sum_k w_k\,p_k(i)^3)^{1/3}`."""
    return "Sum(w[k]*p[k,i]**3, k)**(1/3)"


@operator("power--1/2", title="Power pool with exponent -1/2", source=SOURCE, written="mass")
def power_minus_half() -> str:
    r"""The normalised weighted power mean, :math:`q(i) \propto (\sum_k w_k\,p_k(i)^{-1/2})^{-2}`."""
    return "Sum(w[k]*p[k,i]**(-1/2), k)**(-2)"


@operator(
    "escort-2",
    title="Mean of squares",
    source="Beck and Schloegl 1993, escort distributions; power-2 without its outer root",
    written="mass",
)
def escort_two() -> str:
    r"""The normalised weighted mean of squares, :math:`q(i) \propto \sum_k w_k\,p_k(i)^2`."""
    return "Sum(w[k]*p[k,i]**2, k)"


@operator(
    "escort-1/2",
    title="Mean of square roots",
    source="Beck and Schloegl 1993, escort distributions; power-1/2 without its outer square",
    written="mass",
)
def escort_half() -> str:
    r"""The normalised weighted mean of square roots, :math:`q(i) \propto \sum_k w_k\,p_k(i)^{1/2}`."""
    return "Sum(w[k]*p[k,i]**(1/2), k)"
