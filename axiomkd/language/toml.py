"""Declarations in files: TOML read with limits, its keys and types checked, nothing evaluated."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path

from axiomkd.errors import DeclarationError, ParseError
from axiomkd.language.signature import nearest
from axiomkd.language.tokens import MAX_DIGITS, exact, quoted

MAX_FILE = 100_000
"""The greatest size of a declaration file, in bytes."""
MAX_LABEL = 500
"""The greatest length of an id, a title or a source."""

_FRACTION = re.compile(r"-?\d+(/0*[1-9]\d*)?|-?\d*\.\d+", re.ASCII)


def read_text(path: Path) -> str:
    """The text of a file that is not too large.

    :raises DeclarationError: when it cannot be read.
    """
    try:
        return _read(path)
    except (OSError, ValueError) as error:  # ValueError: not UTF-8, or a path with a null character
        reason = error.strerror if isinstance(error, OSError) else _one_line(error)
        raise DeclarationError(f"{path}: expected a readable UTF-8 file, got {reason}") from None


def tables_of(text: str, path: Path) -> dict[str, object]:
    """The tables of a TOML text that stands in a file.

    :raises DeclarationError: when it is no TOML, with the line.
    """
    try:
        return tomllib.loads(text, parse_float=_decimal)
    except RecursionError:
        raise DeclarationError(f"{path}: expected TOML, got tables nested too deeply") from None
    except (ValueError, ParseError) as error:  # ValueError: also an integer beyond Python's limit on digits
        raise DeclarationError(f"{path}: expected TOML: {_one_line(error)}") from None


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


def _read(path: Path) -> str:
    if path.exists() and not path.is_file():
        raise DeclarationError(f"{path}: expected a file, got something else")
    with path.open("rb") as file:
        content = file.read(MAX_FILE + 1)
    if len(content) > MAX_FILE:
        raise DeclarationError(f"{path}: expected at most {MAX_FILE} bytes")
    return content.decode("utf-8")


def _decimal(text: str) -> Fraction:
    digits = text.replace("_", "")
    return -exact(digits[1:]) if digits[0] == "-" else exact(digits.removeprefix("+"))


def table(value: object, name: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise DeclarationError(f"expected the table {name}, got {described(value)}")
    return value


def check_keys(found: Iterable[str], known: Iterable[str], where: str) -> None:
    """Refuse the first key that is not known, naming the nearest ones."""
    names = list(known)
    for key in found:
        if key not in names:
            got = f"{quoted(key)}{nearest(key, names)}"
            raise DeclarationError(f"{where}: expected one of {', '.join(names)}, got {got}")


def string(value: object, key: str) -> str:
    """A text of the declaration: any length, any lines; its own reader sets the limits."""
    if not isinstance(value, str):
        raise DeclarationError(f"{key}: expected a text in quotes, got {described(value)}")
    return value


def label(value: object, key: str) -> str:
    """One printable line, as titles and sources are."""
    text = string(value, key)
    if len(text) > MAX_LABEL or not text.isprintable():
        raise DeclarationError(f"{key}: expected one printable line of at most {MAX_LABEL} characters")
    return text


def number(value: object, key: str) -> Fraction:
    """A number as it is written: an integer, a decimal, or a text such as ``"1/3"``."""
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, str) and len(value) < 2 * MAX_DIGITS and _FRACTION.fullmatch(value):
        return Fraction(value)
    raise DeclarationError(f"{key}: expected a number, got {described(value)}")


def described(value: object) -> str:
    """A foreign value, short and in one line.

    >>> described({"range": [0, 1]}), described(True)
    ('a table', 'true')
    """
    kinds = {dict: "a table", list: "a list", bool: str(value).lower()}
    return kinds.get(type(value)) or quoted(str(value))
