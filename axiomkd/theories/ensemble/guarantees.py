"""Every statement about ensembles that the first nine families leave out: invariance and guarantees."""

from __future__ import annotations

from axiomkd.statement import Statement
from axiomkd.theories.ensemble import (
    ambiguity,
    invariance,
    jensen,
    losses,
    safety,
    sensitivity,
    variance,
)

GUARANTEES: tuple[Statement, ...] = (
    *invariance.STATEMENTS,
    *safety.STATEMENTS,
    *jensen.STATEMENTS,
    *losses.STATEMENTS,
    *variance.STATEMENTS,
    *ambiguity.STATEMENTS,
    *sensitivity.STATEMENTS,
)
