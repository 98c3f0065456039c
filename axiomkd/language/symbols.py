"""The SymPy symbols of a theory, for declarations written in Python."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import sympy
from sympy.core.parameters import evaluate

from axiomkd.language.signature import Signature

_SYMPY = ("Sum", "Product", "sqrt", "exp", "log", "Piecewise", "Rational")


class MaxOver(sympy.Function):
    """The maximum over an index: ``MaxOver(e, (k, 1, K))``."""


class MinOver(sympy.Function):
    """The minimum over an index: ``MinOver(e, (k, 1, K))``."""


def maximum(*arguments: object) -> sympy.Expr:
    """SymPy's ``Max``, or the maximum over an index: ``Max(e, over_teachers(k))``."""
    return _extreme(MaxOver, sympy.Max, arguments)


def minimum(*arguments: object) -> sympy.Expr:
    """SymPy's ``Min``, or the minimum over an index: ``Min(e, over_teachers(k))``."""
    return _extreme(MinOver, sympy.Min, arguments)


def _extreme(over: type[sympy.Expr], of: type[sympy.Expr], arguments: tuple[object, ...]) -> sympy.Expr:
    ranged = len(arguments) == 2 and isinstance(arguments[1], tuple | sympy.Tuple)
    return (over if ranged else of)(*arguments)


def unevaluated() -> AbstractContextManager[None]:
    """A context in which SymPy builds what is written: ``x/x`` stays a quotient."""
    context: AbstractContextManager[None] = evaluate(False)
    return context


def over(signature: Signature, sort: str) -> Callable[[sympy.Symbol], sympy.Tuple]:
    """The function ``k -> (k, 1, K)`` for ``Sum``, ``Product``, ``Max`` and ``Min``."""
    size = size_symbol(signature.size_name(sort))
    return lambda index: sympy.Tuple(index, 1, size)


def normalising(signature: Signature) -> Callable[[sympy.Expr], sympy.Expr]:
    r"""The function :math:`m \mapsto m(i) \big/ \sum_j m(j)`, as a quotient that nothing cancels."""
    limits = over(signature, signature.free.sort)(_index(signature.free.name))

    def normalised(mass: sympy.Expr) -> sympy.Expr:
        with unevaluated():
            return sympy.Mul(mass, sympy.Pow(sympy.Sum(mass, limits), -1))

    return normalised


def _index(name: str) -> sympy.Symbol:
    return sympy.Symbol(name, integer=True)


def size_symbol(name: str) -> sympy.Symbol:
    return sympy.Symbol(name, integer=True, positive=True)


def symbols(signature: Signature) -> dict[str, object]:
    """Everything that a declaration of the theory imports, by name."""
    letters = [letter for letters in signature.letters.values() for letter in letters]
    return {
        **{name: sympy.IndexedBase(name, real=True) for name, sorts in signature.variables.items() if sorts},
        **{name: sympy.Symbol(name, real=True) for name, sorts in signature.variables.items() if not sorts},
        **{letter: _index(letter) for letter in letters},
        **{name: size_symbol(name) for name in signature.sizes},
        **{f"over_{sort}s": over(signature, sort) for sort in signature.letters},
        "normalised": normalising(signature),
        "Max": maximum,
        "Min": minimum,
        "Delta": sympy.KroneckerDelta,
        **{name: getattr(sympy, name) for name in _SYMPY},
    }
