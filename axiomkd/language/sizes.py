"""The sizes that a declaration names: fixed ones, and ones that are only bounded from below."""

from __future__ import annotations

import re
from collections.abc import Mapping

from axiomkd.errors import DeclarationError
from axiomkd.language import toml
from axiomkd.language.signature import Signature

MAX_SIZE = 1_000
"""The greatest K or V that a declaration may fix."""

_FROM = re.compile(r">= ?([1-9][0-9]{0,3})", re.ASCII)

Sizes = dict[str, int]


def declared_sizes(table: Mapping[str, object], signature: Signature) -> tuple[Sizes, Sizes]:
    """By sort, the sizes that ``K = 2`` fixes and those that ``K = ">= 2"`` bounds from below.

    :raises DeclarationError: for anything else, or a size that the theory does not have.
    """
    fixed: Sizes = {}
    least: Sizes = {}
    for name, sort in signature.sizes.items():
        value = table.get(name)
        bound = _FROM.fullmatch(value) if isinstance(value, str) else None
        if bound:
            least[sort] = _size(int(bound[1]), name, signature.least[sort], value)
        elif name in table:
            fixed[sort] = _size(value, name, signature.least[sort], value)
    return fixed, {sort: number for sort, number in least.items() if number > signature.least[sort]}


def _size(number: object, name: str, least: int, written: object) -> int:
    if not isinstance(number, int) or isinstance(number, bool) or not least <= number <= MAX_SIZE:
        expected = f'[operator] {name}: expected an integer from {least} to {MAX_SIZE} or ">= n"'
        raise DeclarationError(f"{expected}, got {toml.described(written)}")
    return number


def at_least(number: int) -> str:
    """A bound from below as it is written.

    >>> at_least(2)
    '>= 2'
    """
    return f">= {number}"
