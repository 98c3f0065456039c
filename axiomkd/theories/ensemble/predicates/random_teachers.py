"""Expectations over scenarios: P has the axes inputs, scenarios, teachers, outcomes; pi inputs, scenarios."""

from __future__ import annotations

import numpy as np

from axiomkd.theories.ensemble.predicates.numbers import Aggregate, Floats


def in_scenarios(aggregate: Aggregate, P: Floats, w: Floats) -> Floats:
    """The aggregate in every scenario: inputs, scenarios, outcomes."""
    return np.stack([aggregate(P[:, s], w) for s in range(P.shape[1])], axis=1)


def expected(pi: Floats, x: Floats) -> Floats:
    """The mean over scenarios, which are the second axis of x."""
    return np.einsum("ns,ns...->n...", pi, x)


def variance(pi: Floats, x: Floats) -> Floats:
    return expected(pi, (x - expected(pi, x)[:, None]) ** 2)


def covariances(pi: Floats, P: Floats) -> Floats:
    """For every two teachers and every outcome: inputs, teachers, teachers, outcomes."""
    apart = P - expected(pi, P)[:, None]
    return np.einsum("ns,nski,nsli->nkli", pi, apart, apart)
