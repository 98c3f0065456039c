"""The search for counterexamples: NumPy looks, the kernel decides."""

from axiomkd.provers.counterexample.ratio import (
    Difference,
    Ratio,
    enclosed_ratio,
    largest_difference,
    largest_ratio,
)
from axiomkd.provers.counterexample.search import Refutation, refute

__all__ = [
    "Difference",
    "Ratio",
    "Refutation",
    "enclosed_ratio",
    "largest_difference",
    "largest_ratio",
    "refute",
]
