"""The search for counterexamples: NumPy looks, the kernel decides."""

from axiomkd.provers.counterexample.ratio import Ratio, largest_ratio
from axiomkd.provers.counterexample.search import Refutation, refute

__all__ = ["Ratio", "Refutation", "largest_ratio", "refute"]
