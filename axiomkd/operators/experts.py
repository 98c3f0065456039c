"""Products of experts whose exponents are not weights of a mean."""

from __future__ import annotations

from axiomkd.operator import operator


@operator(
    "generalised-product",
    title="Product of experts with doubled weights",
    source="Hinton 2002 with exponents; Dekoninck et al. 2024, model arithmetic",
    written="mass",
)
def generalised_product() -> str:
    r"""The normalised product with exponents that sum to 2, :math:`q(i) \propto \prod_k p_k(i)^{2 w_k}`."""
    return "Prod(p[k,i]**(2*w[k]), k)"


@operator(
    "extremised-2",
    title="Geometric pool, extremised",
    source="Satopaa et al. 2014, Combining multiple probability predictions using a simple logit model",
    written="mass",
)
def extremised_two() -> str:
    r"""The normalised square of the geometric pool, :math:`q(i) \propto \big(\prod_k p_k(i)^{w_k}\big)^2`."""
    return "Prod(p[k,i]**w[k], k)**2"


@operator(
    "contrastive-1/2",
    title="Contrast of an expert with an amateur",
    source="Li et al. 2023, Contrastive decoding",
    written="mass",
    K=2,
)
def contrastive_half() -> str:
    r"""The first teacher less half the second in logits, :math:`q(i) \propto p_1(i) / p_2(i)^{1/2}`."""
    return "p[1,i]/p[2,i]**(1/2)"


@operator(
    "taid-1/2",
    title="Half student, half teacher in logits",
    source="Shing et al. 2025, TAID: temporally adaptive interpolated distillation",
    written="mass",
    K=2,
)
def taid_half() -> str:
    r"""The student's and the teacher's mean in logits, :math:`q(i) \propto p_1(i)^{1/2}\,p_2(i)^{1/2}`."""
    return "p[1,i]**(1/2)*p[2,i]**(1/2)"
