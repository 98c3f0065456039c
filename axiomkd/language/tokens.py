"""A declaration's text as tokens, with the place of each; nothing here evaluates anything."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from axiomkd.errors import ParseError

MAX_TEXT = 10_000
"""The greatest length of a text, in characters."""
MAX_TOKENS = 2_000
"""The greatest number of tokens in a text."""
MAX_DEPTH = 40
"""How deep parentheses, calls and exponents may be nested."""
MAX_DIGITS = 40
"""The greatest number of digits of a number, its decimal exponent written out."""

_TOKEN = re.compile(
    r"(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<symbol>\*\*|<=|>=|==|!=|[-+*/()\[\],<>=])",
    re.ASCII,
)
_SPACE = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?", re.ASCII)


@dataclass(frozen=True)
class Token:
    kind: str  # "number", "name", "symbol" or "end"
    text: str
    offset: int


def place(text: str, offset: int) -> str:
    """Where an offset is, for a person: columns count from 1.

    >>> place("p[k,i]", 2)
    'column 3'
    """
    line = text.count("\n", 0, offset)
    column = offset - text.rfind("\n", 0, offset)
    return f"line {line + 1}, column {column}" if line else f"column {column}"


def quoted(text: str) -> str:
    """A piece of foreign text in one printable line, with the code of a character outside ASCII."""
    short = text if len(text) <= 30 else text[:27] + ".."
    if len(short) == 1 and not short.isascii():
        return f"'{short}' (U+{ord(short):04X})" if short.isprintable() else f"U+{ord(short):04X}"
    return ascii(short)


def tokens(text: str) -> list[Token]:
    """The tokens of a text, closed by one of kind ``"end"``.

    :raises ParseError: for a character outside the grammar or a text beyond the limits.
    """
    if len(text) > MAX_TEXT:
        raise ParseError(f"column {MAX_TEXT + 1}: expected at most {MAX_TEXT} characters, got {len(text)}")
    found: list[Token] = []
    offset = _skip(text, 0)
    while offset < len(text):
        found.append(_token(text, offset))
        offset = _skip(text, offset + len(found[-1].text))
        if len(found) > MAX_TOKENS:
            raise ParseError(f"{place(text, offset)}: expected at most {MAX_TOKENS} tokens")
    return [*found, Token("end", "", len(text))]


def _skip(text: str, offset: int) -> int:
    match = _SPACE.match(text, offset)
    return match.end() if match else offset


def _token(text: str, offset: int) -> Token:
    match = _TOKEN.match(text, offset)
    if match is None:
        expected = "expected a number, a name or one of + - * / ** ( ) [ ] , < <= > >= == !="
        raise ParseError(f"{place(text, offset)}: {expected}, got {quoted(text[offset])}")
    return Token(str(match.lastgroup), match.group(), offset)


def exact(number: str) -> Fraction:
    """An unsigned number as it is written, decimals exactly.

    >>> exact("0.1")
    Fraction(1, 10)

    :raises ParseError: when it is not a number, or has too many digits.
    """
    match = _NUMBER.fullmatch(number)
    if match is None or not (match[1] or match[2]):
        raise ParseError(f"expected a number, got {quoted(number)}")
    exponent = match[3] or "0"
    shift = int(exponent) if len(exponent) <= 6 else MAX_DIGITS + 1
    if len(match[1]) + len(match[2]) + abs(shift) > MAX_DIGITS:
        raise ParseError(f"expected a number of at most {MAX_DIGITS} digits, got {quoted(number)}")
    return Fraction(number)
