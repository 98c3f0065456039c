"""The SymPy symbols of a theory, for declarations written in Python."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import sympy
from sympy.core.parameters import evaluate
from sympy.functions.elementary.piecewise import ExprCondPair

from axiomkd.language.signature import Signature

_SYMPY = ("sqrt", "exp", "log", "Rational")


invdigamma = sympy.Function("invdigamma")
r"""The inverse of the digamma function: the x > 0 with :math:`\psi(x) = y`."""


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


def summed(function: object, *limits: sympy.Tuple) -> sympy.Expr:
    """SymPy's ``Sum``, as it is written."""
    return _over_indices(sympy.Sum, function, limits)


def multiplied(function: object, *limits: sympy.Tuple) -> sympy.Expr:
    """SymPy's ``Product``, as it is written."""
    return _over_indices(sympy.Product, function, limits)


def _over_indices(kind: type[sympy.Expr], function: object, limits: tuple[sympy.Tuple, ...]) -> sympy.Expr:
    """The operation over indices; SymPy's own constructor would move a ``Piecewise`` out of it."""
    inside = sympy.sympify(function)
    if not inside.has(sympy.Piecewise):
        return kind(inside, *limits)
    found: sympy.Expr = sympy.Expr.__new__(kind)
    found._args = (inside, *limits)
    found.is_commutative = inside.is_commutative
    return found


def piecewise(*branches: tuple[object, object]) -> sympy.Expr:
    """SymPy's ``Piecewise``, as it is written also where a condition has another one in it."""
    pairs = [sympy.Tuple(*map(sympy.sympify, branch)) for branch in branches]
    if not any(pair[1].has(sympy.Piecewise) for pair in pairs):
        return sympy.Piecewise(*branches)
    whole: sympy.Expr = sympy.Expr.__new__(
        sympy.Piecewise, *(sympy.Tuple.__new__(ExprCondPair, *pair) for pair in pairs)
    )
    return whole


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
            return sympy.Mul(mass, sympy.Pow(summed(mass, limits), -1))

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
        "Sum": summed,
        "Product": multiplied,
        "Piecewise": piecewise,
        "Max": maximum,
        "Min": minimum,
        "Delta": sympy.KroneckerDelta,
        "invdigamma": invdigamma,
        **{name: getattr(sympy, name) for name in _SYMPY},
    }
