"""The theory of ensembles: several teachers' distributions become one.

Its symbols for declarations in Python are made, and its statements are loaded, on first use.
"""

from __future__ import annotations

from axiomkd.theories.ensemble import signature
from axiomkd.theories.ensemble.signature import ENSEMBLE, SYMBOLS

__all__ = ["ENSEMBLE"]


def __getattr__(name: str) -> object:
    if name == "STATEMENTS":
        from axiomkd.theories.ensemble.statements import STATEMENTS

        return STATEMENTS
    if name not in SYMBOLS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(signature, name)
