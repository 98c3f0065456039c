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
