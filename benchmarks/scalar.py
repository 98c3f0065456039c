"""The sampling stage's loop in scalar mpmath: one input after the other, one number after the other."""

from __future__ import annotations

import random
import time

import mpmath

CANDIDATES = 1_000
Row = list[mpmath.mpf]


def scalar_candidates(teachers: int, outcomes: int) -> float:
    """Inputs per second that are drawn and tried for exchange of weights in the geometric pool."""
    source = random.Random(0)
    begun = time.perf_counter()
    for _ in range(CANDIDATES):
        exchange_gap(source, teachers, outcomes)
    return CANDIDATES / (time.perf_counter() - begun)


def exchange_gap(source: random.Random, teachers: int, outcomes: int) -> mpmath.mpf | None:
    """By how much q(i) falls when weight moves from b to a, or nothing outside the hypotheses."""
    p = [simplex(source, outcomes) for _ in range(teachers)]
    w = simplex(source, teachers)
    a, b, i = source.randrange(teachers), source.randrange(teachers), source.randrange(outcomes)
    d = w[b] * mpmath.mpf(source.betavariate(0.5, 0.5))
    if not p[b][i] < p[a][i]:
        return None
    moved = [w[k] + d * (k == a) - d * (k == b) for k in range(teachers)]
    return geometric(p, w)[i] - geometric(p, moved)[i]


def simplex(source: random.Random, length: int) -> Row:
    return normalised([mpmath.mpf(source.gammavariate(0.3, 1)) + mpmath.mpf(10) ** -9 for _ in range(length)])


def normalised(row: Row) -> Row:
    total = mpmath.fsum(row)
    return [value / total for value in row]


def geometric(p: list[Row], w: Row) -> Row:
    return normalised(
        [mpmath.fprod(row[i] ** weight for row, weight in zip(p, w, strict=True)) for i in range(len(p[0]))]
    )
