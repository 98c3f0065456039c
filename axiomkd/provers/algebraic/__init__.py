"""The algebraic prover: polynomial and rational goals at fixed sizes, by exact identities."""

from axiomkd.provers.algebraic.search import prove

__all__ = ["prove"]
