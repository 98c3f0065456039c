"""The search for counterexamples: NumPy looks, the kernel decides."""

from axiomkd.provers.counterexample.search import Refutation, refute

__all__ = ["Refutation", "refute"]
