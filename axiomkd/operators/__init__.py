"""The catalogue of ensemble operators, one file per family.

The formulas are texts of the grammar: they reach the kernel exactly as they stand here, and a
program that only certifies or checks them never waits for SymPy.
"""

from axiomkd.operator import Declared
from axiomkd.operators import degenerate, fixed, geometric, linear, power

CATALOGUE: tuple[Declared, ...] = (
    linear.linear,
    geometric.geometric,
    power.harmonic,
    power.power_half,
    power.power_two,
    fixed.maximum,
    fixed.minimum,
    fixed.product,
    linear.uniform_smoothed,
    geometric.linear_geometric,
    linear.pool_then_temper_2,
    degenerate.first_teacher,
    degenerate.weighted_uniform,
)
