"""The catalogue of ensemble operators, one file per family.

The formulas are texts of the grammar: they reach the kernel exactly as they stand here, and a
program that only certifies or checks them never waits for SymPy.
"""

from axiomkd.operator import Declared
from axiomkd.operators import (
    additive,
    bregman,
    degenerate,
    experts,
    fixed,
    geometric,
    implicit,
    linear,
    power,
    voting,
    weighted,
)

CATALOGUE: tuple[Declared, ...] = (
    linear.linear,
    geometric.geometric,
    power.harmonic,
    power.power_half,
    power.power_two,
    power.power_three,
    power.power_minus_half,
    power.escort_half,
    power.escort_two,
    additive.tsallis_half,
    implicit.tsallis_two,
    fixed.maximum,
    fixed.minimum,
    fixed.product,
    voting.median,
    voting.majority_vote,
    voting.top_1,
    voting.top_2,
    voting.min_entropy_teacher,
    linear.uniform_smoothed,
    geometric.linear_geometric,
    linear.pool_then_temper_2,
    linear.softmax_of_linear,
    linear.beta_linear,
    weighted.squared_weights,
    weighted.weight_smoothed,
    weighted.entropy_weighted,
    weighted.ebkd,
    experts.generalised_product,
    experts.extremised_two,
    experts.contrastive_half,
    experts.taid_half,
    bregman.bregman_left_kl,
    bregman.bregman_left_squared,
    implicit.itakura_saito,
    implicit.dirichlet_mean,
    degenerate.first_teacher,
    degenerate.weighted_uniform,
)
