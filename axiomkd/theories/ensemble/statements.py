"""Every statement about ensembles, in the vocabulary's order."""

from __future__ import annotations

from axiomkd.statement import Statement
from axiomkd.theories.ensemble import (
    coherence,
    continuity,
    convexity,
    merging,
    ordering,
    positivity,
    symmetry,
    weight_monotonicity,
    well_definedness,
)

STATEMENTS: tuple[Statement, ...] = (
    *well_definedness.STATEMENTS,
    *convexity.STATEMENTS,
    *positivity.STATEMENTS,
    *weight_monotonicity.STATEMENTS,
    *continuity.STATEMENTS,
    *coherence.STATEMENTS,
    *symmetry.STATEMENTS,
    *merging.STATEMENTS,
    *ordering.STATEMENTS,
)
