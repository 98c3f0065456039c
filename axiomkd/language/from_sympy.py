"""SymPy expressions to kernel terms, exactly; a head that is not in the grammar is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import cast

import sympy
from sympy.core.relational import Relational

from axiomkd.errors import DeclarationError
from axiomkd.kernel.terms import (
    Add,
    Distinct,
    Exp,
    Extreme,
    Formula,
    Free,
    If,
    Index,
    InverseDigamma,
    Literal,
    Log,
    Same,
    Size,
    Term,
    big,
    delta,
    power,
    term,
    variable,
)
from axiomkd.language import build
from axiomkd.language.parse import compared
from axiomkd.language.signature import Signature, nearest
from axiomkd.language.symbols import MaxOver, MinOver, invdigamma, size_symbol
from axiomkd.language.tokens import MAX_DEPTH


def from_sympy(expression: object, signature: Signature) -> Term:
    r"""The kernel term of a SymPy expression over a theory's symbols, factors in SymPy's order.

    >>> from axiomkd.theories.ensemble import ENSEMBLE, Sum, i, k, over_teachers, p, w
    >>> from_sympy(Sum(p[k, i] ** 2, over_teachers(k)), ENSEMBLE)
    Sum(p[k,i]**2, k)

    :raises DeclarationError: naming the smallest part that the grammar does not know.
    """
    value = _Translation(signature).term(sympy.sympify(expression))
    build.check_exponents(value)
    return value


@dataclass(frozen=True)
class _Translation:
    signature: Signature
    bound: frozenset[str] = frozenset()
    depth: int = 0

    def term(self, expression: sympy.Basic) -> Term:
        if self.depth > MAX_DEPTH:
            raise DeclarationError(f"{_short(expression)}: expected at most {MAX_DEPTH} nested parts")
        translate = _HEADS.get(expression.func) or next(
            (found for head, found in _KINDS.items() if isinstance(expression, head)), _Translation.unknown
        )
        return translate(replace(self, depth=self.depth + 1), expression)

    def terms(self, expression: sympy.Basic) -> list[Term]:
        return [self.term(part) for part in expression.args]

    def unknown(self, expression: sympy.Basic) -> Term:
        head = expression.func.__name__
        hint = nearest(head, [known.__name__ for known in _HEADS])
        raise DeclarationError(f"{_short(expression)}: expected a function of the grammar, got {head}{hint}")

    # Numbers and names

    def number(self, expression: sympy.Rational) -> Term:
        return term(Fraction(int(expression.p), int(expression.q)))

    def float(self, expression: sympy.Float) -> Term:
        exact = Fraction(repr(float(expression))).limit_denominator(10**6)
        wanted = f"Rational({exact.numerator}, {exact.denominator})"
        raise DeclarationError(f"expected an exact number, got the float {float(expression)}; write {wanted}")

    def symbol(self, expression: sympy.Symbol) -> Term:
        name = expression.name
        if name in self.signature.sizes:
            return cast(Term, Size(self.signature.sizes[name]))
        if self.signature.variables.get(name) == ():
            return variable(name)
        if sort := self.signature.index_sort(name):
            raise DeclarationError(f"expected a number, got the {sort} index {name}")
        hint = nearest(name, self.signature.names)
        raise DeclarationError(f"expected a name of the theory {self.signature.theory}, got {name!r}{hint}")

    def indexed(self, expression: sympy.Indexed) -> Term:
        name, sorts = str(expression.base), self.signature.variables.get(str(expression.base), ())
        if len(sorts) != len(expression.indices):
            hint = nearest(name, self.signature.variables)
            raise DeclarationError(f"expected a variable with its indices, got {_short(expression)}{hint}")
        indices = zip(expression.indices, sorts, strict=True)
        return variable(name, *(self.index(part, sort, expression) for part, sort in indices))

    def index(self, part: sympy.Basic, sort: str, where: sympy.Basic) -> Index:
        if isinstance(part, sympy.Integer) and part >= 1:
            return cast(Index, Literal(int(part), sort))
        name = str(part)
        if self.signature.index_sort(name) != sort:
            raise DeclarationError(f"{_short(where)}: expected the index of {sort} or its number, got {name}")
        if name not in self.bound and name != self.signature.free.name:
            unbound = f"the index {name} is bound by no Sum, Product, Max or Min"
            raise DeclarationError(f"{_short(where)}: {unbound}")
        return cast(Index, Free(name, sort))

    # Arithmetic

    def sum(self, expression: sympy.Add) -> Term:
        first, *rest = self.terms(expression)
        return build.total([*(first.parts if isinstance(first, Add) else (first,)), *rest])

    def product(self, expression: sympy.Mul) -> Term:
        return build.product([self.term(part) for part in expression.args if part is not sympy.S.One])

    def power(self, expression: sympy.Pow) -> Term:
        base, exponent = self.terms(expression)
        return build.reciprocal(base) if exponent is term(-1) else power(base, exponent)

    def exp(self, expression: sympy.exp) -> Term:
        return cast(Term, Exp(self.term(expression.args[0])))

    def euler(self, _: sympy.Basic) -> Term:
        return cast(Term, Exp(term(1)))

    def log(self, expression: sympy.log) -> Term:
        logarithms = [cast(Term, Log(part)) for part in self.terms(expression)]
        return build.quotient(*logarithms) if len(logarithms) == 2 else logarithms[0]

    def inverse_digamma(self, expression: sympy.Expr) -> Term:
        return cast(Term, InverseDigamma(self.term(expression.args[0])))

    def maximum(self, expression: sympy.Max) -> Term:
        return cast(Term, Extreme("maximum", *self.terms(expression)))

    def minimum(self, expression: sympy.Min) -> Term:
        return cast(Term, Extreme("minimum", *self.terms(expression)))

    # Indices: sums, products, maxima and minima over them, comparisons of them

    def over(self, expression: sympy.Basic) -> Term:
        limits = expression.args[1:]
        indices = [self.limit(limit, expression) for limit in limits]
        inside = replace(self, bound=self.bound | {index.name for index in indices})
        value = inside.term(expression.args[0])
        for index in indices:
            value = big(_OVER[expression.func], index, value)
        return value

    def limit(self, limit: sympy.Tuple, where: sympy.Basic) -> Free:
        sort = self.signature.index_sort(str(limit[0]))
        if sort is None or limit[1:] != (1, size_symbol(self.signature.size_name(sort))):
            raise DeclarationError(f"{_short(where)}: expected a range over a sort, got {_short(limit)}")
        return cast(Free, Free(str(limit[0]), sort))

    def delta(self, expression: sympy.KroneckerDelta) -> Term:
        return delta(*self.pair(expression))

    def pair(self, expression: sympy.Basic) -> tuple[Index, Index]:
        """The two indices that an expression compares; their one sort follows from either."""
        left, right = expression.args[:2]
        sort = self.signature.index_sort(str(left)) or self.signature.index_sort(str(right))
        if sort is None:
            raise DeclarationError(f"expected two indices, got {_short(expression)}")
        return self.index(left, sort, expression), self.index(right, sort, expression)

    def piecewise(self, expression: sympy.Piecewise) -> Term:
        *branches, last = expression.args
        if last.cond is not sympy.true:
            raise DeclarationError(f"expected a last branch (.., True), got {_short(last)}")
        value = self.term(last.expr)
        for branch in reversed(branches):
            value = cast(Term, If(self.condition(branch.cond), self.term(branch.expr), value))
        return value

    def condition(self, condition: sympy.Basic) -> Formula:
        if not isinstance(condition, Relational):
            raise DeclarationError(f"expected one comparison, got {_short(condition)}")
        sign = condition.rel_op
        if any(self.signature.index_sort(str(side)) for side in condition.args):
            if sign not in ("==", "!="):
                raise DeclarationError(f"expected Eq or Ne between indices, got {_short(condition)}")
            return cast(Formula, (Same if sign == "==" else Distinct)(*self.pair(condition)))
        return compared(sign, *self.terms(condition))


def _short(expression: object) -> str:
    text = str(expression)
    return text if len(text) <= 60 else text[:58] + ".."


_OVER = {sympy.Sum: "sum", sympy.Product: "product", MaxOver: "maximum", MinOver: "minimum"}
_HEADS: dict[type, Callable[[_Translation, sympy.Basic], Term]] = {
    sympy.Add: _Translation.sum,
    sympy.Mul: _Translation.product,
    sympy.Pow: _Translation.power,
    sympy.exp: _Translation.exp,
    sympy.log: _Translation.log,
    invdigamma: _Translation.inverse_digamma,
    sympy.Max: _Translation.maximum,
    sympy.Min: _Translation.minimum,
    sympy.Indexed: _Translation.indexed,
    sympy.KroneckerDelta: _Translation.delta,
    sympy.Piecewise: _Translation.piecewise,
    **dict.fromkeys(_OVER, _Translation.over),
}
_KINDS: dict[type, Callable[[_Translation, sympy.Basic], Term]] = {
    sympy.Rational: _Translation.number,
    sympy.Float: _Translation.float,
    sympy.Symbol: _Translation.symbol,
    sympy.E.__class__: _Translation.euler,
}
"""Heads with subclasses of their own: 1/2 is a Half, which is a Rational."""
