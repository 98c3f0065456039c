"""Every statement about ensembles, in the vocabulary's order."""

from __future__ import annotations

from dataclasses import replace

from axiomkd.statement import Statement, where_asked
from axiomkd.theories.ensemble import (
    ambiguity,
    arguments,
    characterisation,
    coherence,
    continuity,
    convexity,
    invariance,
    jensen,
    losses,
    merging,
    ordering,
    positivity,
    safety,
    sensitivity,
    symmetry,
    variance,
    weight_monotonicity,
    well_definedness,
)

ORDER = (
    *("well_defined.interior", "well_defined.closed"),
    *("convexity.simplex", "convexity.between", "convexity.hull"),
    *("positivity.all", "positivity.some", "positivity.zero"),
    *("weight_monotonicity.exchange", "weight_monotonicity.exchange_strict"),
    *("weight_monotonicity.favourite", "weight_monotonicity.log_odds"),
    *("weight_monotonicity.divergence_from", "weight_monotonicity.divergence_to"),
    *("continuity.interior", "continuity.closed"),
    *("temperature.identity", "temperature.uniform", "temperature.argmax", "temperature.commutes"),
    *("temperature.entropy", "temperature.pool_uniform", "temperature.pool_argmax"),
    *("unanimity", "anonymity", "neutrality", "clone_invariance", "associativity"),
    *("marginalisation", "eventwise_independence", "external_bayesianity"),
    *("rank.unanimity", "argmax.unanimity"),
    *("floor.atom", "attenuation.ceiling", "attenuation.strict"),
    *("safety.inheritance", "safety.event", "safety.veto"),
    *("jensen.student_kl", "jensen.target_kl", "log_loss.pointwise", "log_loss.expected", "brier.mean"),
    *("entropy.concave", "entropy.convex", "regret.log_weight"),
    *("variance.uncorrelated", "variance.correlated"),
    *("variance.coordinate", "variance.trace", "variance.optimal"),
    *("bias.convex", "bias.ambiguity", "kl.ambiguity", "kl.compensation"),
    *("response", "robustness", "logit_shift"),
)
MODULES = (
    *(well_definedness, convexity, positivity, weight_monotonicity, continuity, coherence, symmetry),
    *(invariance, merging, ordering, safety, jensen, losses, variance, ambiguity, sensitivity),
)


def _asked(statement: Statement) -> Statement:
    return replace(
        statement,
        goal=where_asked(arguments.template(statement)),
        arguments=arguments.arguments(statement),
    )


STATEMENTS: tuple[Statement, ...] = tuple(
    sorted(
        (_asked(statement) for module in MODULES for statement in module.STATEMENTS),
        key=lambda statement: ORDER.index(statement.id),
    )
)

FURTHER: tuple[Statement, ...] = tuple(map(_asked, (*safety.FURTHER, *characterisation.STATEMENTS)))
"""Statements that are asked of an operator only when they are named."""
