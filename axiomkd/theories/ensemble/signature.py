"""The names of the theory ``ensemble``; its SymPy symbols are made when first asked for.

``p[k,i]`` is teacher k's softened probability of outcome i, ``raw[k,i]`` the unsoftened one,
``w[k]`` its weight and ``T[k]`` its temperature; K teachers, V outcomes.
"""

from __future__ import annotations

from axiomkd.kernel.terms import Free
from axiomkd.language.signature import Signature

ENSEMBLE = Signature(
    theory="ensemble",
    variables={
        "p": ("teacher", "outcome"),
        "w": ("teacher",),
        "T": ("teacher",),
        "raw": ("teacher", "outcome"),
    },
    letters={"teacher": "klmn", "outcome": "ijhg"},
    sizes={"K": "teacher", "V": "outcome"},
    least={"teacher": 1, "outcome": 2},
    free=Free("i", "outcome"),
    raw=("T", "raw"),
    taken=(
        *("x", "L", "c", "y", "e", "g", "h", "P", "pi", "eta", "R", "rho", "f", "A", "u", "B", "v"),
        *("s", "d", "tau", "theta", "beta", "variance", "correlation"),
    ),
)

SYMBOLS = (
    *("p", "w", "T", "raw", "K", "V", "k", "l", "m", "n", "i", "j", "h"),
    *("over_teachers", "over_outcomes", "normalised"),
    *("Sum", "Product", "sqrt", "exp", "log", "invdigamma", "Max", "Min", "Delta", "Piecewise", "Rational"),
)
"""What a declaration in Python imports from here."""


def __getattr__(name: str) -> object:
    """The symbols, made on first use: importing SymPy takes half a second."""
    if name not in SYMBOLS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from axiomkd.language.symbols import symbols

    globals().update(symbols(ENSEMBLE))
    return globals()[name]
