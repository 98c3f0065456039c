"""Degenerate controls: rules that no one should use, and that keep the statements honest."""

from __future__ import annotations

from axiomkd.operator import operator


@operator("first-teacher", title="First teacher", source="degenerate control")
def first_teacher() -> str:
    r"""The first teacher alone, :math:`q(i) = p_1(i)`."""
    return "p[1,i]"


@operator("weighted-uniform", title="Uniform distribution", source="degenerate control")
def weighted_uniform() -> str:
    r"""The uniform distribution whatever the teachers say, :math:`q(i) = 1/V`."""
    return "1/V"
