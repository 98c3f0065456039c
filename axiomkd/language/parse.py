"""The grammar of declarations: text to a kernel term, by recursive descent, evaluating nothing.

sum      = product {("+" | "-") product}
product  = signed {("*" | "/") signed}
signed   = ["-" | "+"] signed | power
power    = atom ["**" signed]
atom     = number | name | variable "[" index {"," index} "]" | "(" sum ")" | call
call     = ("Sum" | "Prod" | "Max" | "Min") "(" sum "," index ")"
         | ("Max" | "Min") "(" sum {"," sum} ")" | ("exp" | "log" | "sqrt" | "invdigamma") "(" sum ")"
         | "Delta" "(" index "," index ")" | "Piecewise" "(" branch {"," branch} ")"
branch   = "(" sum "," (condition | "True") ")"
condition = (sum | index) ("<" | "<=" | ">" | ">=" | "=" | "==" | "!=") (sum | index)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from axiomkd.errors import DeclarationError, ParseError
from axiomkd.kernel.terms import (
    AtMost,
    Comparison,
    Different,
    Distinct,
    Equal,
    Exp,
    Extreme,
    Formula,
    Free,
    If,
    Index,
    InverseDigamma,
    Less,
    Literal,
    Log,
    Number,
    Real,
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
from axiomkd.language.reader import Reader
from axiomkd.language.signature import Signature, nearest
from axiomkd.language.tokens import MAX_DEPTH, Token, exact, quoted

KINDS = {"Sum": "sum", "Prod": "product", "Max": "maximum", "Min": "minimum"}
COMPARISONS = ("<", "<=", ">", ">=", "=", "==", "!=")


def parse(text: str, signature: Signature, parameters: Mapping[str, Real] | None = None) -> Term:
    r"""The kernel term that a declaration's text stands for, exactly as written.

    Its only free index is the signature's (ensemble: the outcome ``i``). Numbers are read
    exactly; parameters are names that stand for numbers or terms.

    >>> from axiomkd.theories.ensemble.signature import ENSEMBLE
    >>> parse("Sum(w[k]*sqrt(p[k,i]), k)", ENSEMBLE)
    Sum(w[k]*p[k,i]**(1/2), k)

    :raises ParseError: in one line with the column, for anything outside the grammar.
    """
    parser = _Parser(text, signature, parameters or {})
    value = parser.sum()
    parser.expect_end()
    parser.check_bound()
    try:
        build.check_exponents(value)
    except DeclarationError as error:
        raise ParseError(f"column 1: {error}") from None
    return value


def parse_comparison(
    text: str,
    signature: Signature,
    signs: tuple[str, ...],
    parameters: Mapping[str, Real] | None = None,
) -> Comparison:
    """The comparison of two numbers that a text states, as :func:`parse` reads each of them.

    ``signs`` are the relations that are allowed.

    >>> from axiomkd.theories.ensemble.signature import ENSEMBLE
    >>> parse_comparison("w[1] >= 1/2", ENSEMBLE, (">=",))
    (1/2) <= w[1]

    :raises ParseError: in one line with the column, for anything else.
    """
    parser = _Parser(text, signature, parameters or {})
    left = parser.sum()
    sign = parser.match(*signs)
    if sign is None:
        parser.fail(f"expected one of {' '.join(signs)}, got {parser.described()}")
    found = cast(Comparison, compared(sign, left, parser.sum()))
    parser.expect_end()
    parser.check_bound()
    try:
        for side in (found.left, found.right):
            build.check_exponents(side)
    except DeclarationError as error:
        raise ParseError(f"column 1: {error}") from None
    return found


@dataclass
class _Use:
    """An index where it stands: what is written around it, for the error that names it."""

    index: Free
    offset: int
    written: str


class _Parser(Reader):
    def __init__(self, text: str, signature: Signature, parameters: Mapping[str, Real]) -> None:
        super().__init__(text)
        self.signature = signature
        self.parameters = parameters
        self.uses: list[_Use] = []

    # Arithmetic

    def sum(self) -> Term:
        with self.nested():
            terms = [self.product()]
            while sign := self.match("+", "-"):
                following = self.product()
                terms.append(build.negative(following) if sign == "-" else following)
            return build.total(terms)

    def product(self) -> Term:
        value = self.signed()
        while sign := self.match("*", "/"):
            start = self.next.offset
            factor = self.signed()
            value = build.product((value, factor)) if sign == "*" else self.divided(value, factor, start)
        return value

    def divided(self, value: Term, factor: Term, start: int) -> Term:
        try:
            return build.quotient(value, factor)
        except DeclarationError as error:
            self.fail(str(error), start)

    def signed(self) -> Term:
        if not (sign := self.match("-", "+")):
            return self.power()
        with self.nested():
            value = self.signed()
        return build.negative(value) if sign == "-" else value

    def power(self) -> Term:
        base = self.atom()
        if not self.match("**"):
            return base
        with self.nested():
            return power(base, self.signed())

    def atom(self) -> Term:
        token = self.take()
        if token.kind == "number":
            return self.number(token)
        if token.kind == "name":
            return self.named(token)
        if token.text == "(":
            value = self.sum()
            self.expect(")", "to close the parenthesis")
            return value
        self.at -= token.kind != "end"
        self.fail(f"expected a number, a name or '(', got {self.described()}")

    def number(self, token: Token) -> Term:
        try:
            return term(exact(token.text))
        except ParseError as error:
            self.fail(str(error), token.offset)

    # Names

    def named(self, token: Token) -> Term:
        name = token.text
        if name in self.signature.variables:
            return self.variable(token)
        if name in self.signature.sizes:
            return cast(Term, Size(self.signature.sizes[name]))
        if name in self.parameters:
            return term(self.parameters[name])
        if name in _CALLS:
            self.expect("(", f"after {name}")
            return _CALLS[name](self, token)
        if sort := self.signature.index_sort(name):
            self.fail(f"expected a number, got the {sort} index {name}", token.offset)
        hint = nearest(name, (*self.signature.names, *self.parameters))
        self.fail(f"expected a name of the grammar, got {quoted(name)}{hint}", token.offset)

    def variable(self, token: Token) -> Term:
        sorts = self.signature.variables[token.text]
        example = f"{token.text}[{','.join(self.signature.letters[sort][0] for sort in sorts)}]"
        if not sorts:
            return variable(token.text)
        if not self.match("["):
            self.fail(f"expected {example}, got {token.text} without its indices", token.offset)
        first = len(self.uses)
        indices = [self.index(sorts[0], example)]
        for sort in sorts[1:]:
            self.expect(",", f"as in {example}")
            indices.append(self.index(sort, example))
        self.expect("]", f"as in {example}")
        value = variable(token.text, *indices)
        for use in self.uses[first:]:
            use.written, use.offset = repr(value), token.offset
        return value

    def index(self, sort: str | None, example: str) -> Index:
        """An index; of the sort, unless that is ``None``."""
        token = self.take()
        found = self.signature.index_sort(token.text) if token.kind == "name" else None
        if token.kind == "number" and sort:
            return self.literal(token, sort)
        if found is None or sort not in (found, None):
            wanted = f"the index of {sort}" if sort else "an index"
            got = "the end" if token.kind == "end" else quoted(token.text)
            self.fail(f"expected {wanted} as in {example}, got {got}", token.offset)
        index = cast(Free, Free(token.text, found))
        self.uses.append(_Use(index, token.offset, token.text))
        return index

    def literal(self, token: Token, sort: str) -> Index:
        number = self.number(token)
        if not isinstance(number, Number) or number.value.denominator != 1 or number.value < 1:
            self.fail(f"expected an index from 1 on, got {quoted(token.text)}", token.offset)
        return cast(Index, Literal(int(number.value), sort))

    # Calls; the opening parenthesis is taken

    def big(self, token: Token) -> Term:
        """``Sum(e, k)`` and its like; ``Max(a, b, ..)`` when no index follows."""
        first = len(self.uses)
        arguments = [self.sum()]
        while self.match(","):
            if len(arguments) == 1 and self.at_index():
                return self.over(token, arguments[0], first)
            arguments.append(self.sum())
        if token.text in ("Sum", "Prod"):
            self.fail(f"expected {token.text}(expression, index), got no index", token.offset)
        self.expect(")", f"to close {token.text}")
        return cast(Term, Extreme(KINDS[token.text], *arguments))

    def at_index(self) -> bool:
        return self.next.kind == "name" and self.signature.index_sort(self.next.text) is not None

    def over(self, token: Token, body: Term, first: int) -> Term:
        index = cast(Free, self.index(None, f"{token.text}(expression, k)"))
        self.expect(")", f"to close {token.text}")
        self.uses[first:] = [use for use in self.uses[first:] if use.index is not index]
        return big(KINDS[token.text], index, body)

    def function(self, token: Token) -> Term:
        argument = self.sum()
        self.expect(")", f"to close {token.text}")
        return _FUNCTIONS[token.text](argument)

    def delta(self, token: Token) -> Term:
        left = self.operand()
        self.expect(",", "as in Delta(i,j)")
        pair = self.pair(left, self.operand(), token.offset)
        self.expect(")", "to close Delta")
        return delta(*pair) if pair else self.fail("expected an index as in Delta(i,j)", token.offset)

    def piecewise(self, token: Token) -> Term:
        branches: list[tuple[Term, Formula]] = []
        value, condition = self.branch()
        while condition is not None:
            branches.append((value, condition))
            if self.depth + len(branches) > MAX_DEPTH:  # each branch stands inside the one before
                self.fail(f"expected at most {MAX_DEPTH} nested parts")
            self.expect(",", "and a last branch (.., True)")
            value, condition = self.branch()
        self.expect(")", "after the branch that is True, to close Piecewise")
        for then, condition in reversed(branches):
            value = cast(Term, If(condition, then, value))
        return value

    def branch(self) -> tuple[Term, Formula | None]:
        """The value of a branch and its condition, ``None`` for ``True``."""
        self.expect("(", "before a branch of Piecewise")
        value = self.sum()
        self.expect(",", "after the value of a branch")
        condition = self.condition()
        self.expect(")", "to close the branch")
        return value, condition

    def condition(self) -> Formula | None:
        if self.next.text == "True":
            self.take()
            return None
        left, start = self.operand(), self.next.offset
        if not (sign := self.match(*COMPARISONS)):
            self.fail(f"expected a comparison or True, got {self.described()}")
        right = self.operand()
        if pair := self.pair(left, right, start):
            return self.compared_indices(sign, pair, start)
        return compared(sign, cast(Term, left), cast(Term, right))

    def compared_indices(self, sign: str, pair: tuple[Index, Index], start: int) -> Formula:
        if sign not in ("=", "==", "!="):
            self.fail(f"expected == or != between indices, got {quoted(sign)}", start)
        return cast(Formula, (Distinct if sign == "!=" else Same)(*pair))

    def operand(self) -> Term | Index:
        return self.index(None, "k == l") if self.at_index() else self.sum()

    def pair(self, left: Term | Index, right: Term | Index, start: int) -> tuple[Index, Index] | None:
        """Two indices of one sort, a number standing for one; ``None`` when neither is an index."""
        sorts = {side.sort for side in (left, right) if isinstance(side, Index)}
        if not sorts:
            return None
        if len(sorts) > 1:
            self.fail("expected two indices of one sort, got a teacher and an outcome", start)
        sort = sorts.pop()
        return self.as_index(left, sort, start), self.as_index(right, sort, start)

    def as_index(self, side: Term | Index, sort: str, start: int) -> Index:
        if isinstance(side, Index):
            return side
        if not isinstance(side, Number) or side.value.denominator != 1 or side.value < 1:
            self.fail(f"expected the index of {sort} or its number, got {quoted(repr(side))}", start)
        return cast(Index, Literal(int(side.value), sort))

    def check_bound(self) -> None:
        """Refuse an index that nothing binds, but for the one that the formula leaves free."""
        for use in self.uses:
            if use.index is not self.signature.free:
                free = f"; the free {self.signature.free.sort} index is {self.signature.free.name}"
                hint = free if use.index.sort == self.signature.free.sort else ""
                message = f"the index {use.index.name} is bound by no Sum, Prod, Max or Min{hint}"
                self.fail(f"{use.written}: {message}", use.offset)


def compared(sign: str, left: Term, right: Term) -> Formula:
    """The comparison of two real numbers; > and >= are turned round."""
    if sign in (">", ">="):
        left, right = right, left
    kind = {"=": Equal, "==": Equal, "!=": Different, "<": Less, ">": Less}.get(sign, AtMost)
    return cast(Formula, kind(left, right))


_FUNCTIONS: dict[str, Callable[[Term], Term]] = {
    "exp": Exp,
    "log": Log,
    "invdigamma": InverseDigamma,
    "sqrt": lambda argument: power(argument, Fraction(1, 2)),
}
_CALLS: dict[str, Callable[[_Parser, Token], Term]] = {
    **dict.fromkeys(KINDS, _Parser.big),
    **dict.fromkeys(_FUNCTIONS, _Parser.function),
    "Delta": _Parser.delta,
    "Piecewise": _Parser.piecewise,
}
