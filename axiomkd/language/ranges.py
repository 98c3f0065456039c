"""Parameters that stand for every number of a range."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from axiomkd.errors import DeclarationError
from axiomkd.kernel.table import Json
from axiomkd.kernel.terms import AtMost, Formula, Less, Term, term
from axiomkd.language import toml
from axiomkd.language.build import MAX_EXPONENT
from axiomkd.language.signature import Signature
from axiomkd.language.tokens import quoted

INFINITE = ("-inf", "inf")
"""How a side without an end is written in ``range = [low, high]``."""
OPEN = ("left", "right", "both")


@dataclass(frozen=True)
class Range:
    r"""The numbers from ``low`` to ``high``, for all of which an operator is meant at once.

    An end is ``None`` where there is none. ``open`` says which ends are left out themselves:
    ``"left"``, ``"right"``, ``"both"`` or, for :math:`[low, high]`, nothing.

    >>> Range(0, 1, open="left").to_table()
    {'range': ['0', '1'], 'open': 'left'}

    :raises DeclarationError: unless low is less than high and both are at most 1000 in size.
    """

    low: int | Fraction | None
    high: int | Fraction | None
    open: str = ""

    def __post_init__(self) -> None:
        if self.open not in ("", *OPEN):
            raise DeclarationError(f"expected open to be one of {', '.join(OPEN)}, got {quoted(self.open)}")
        ends = [end for end in (self.low, self.high) if end is not None]
        for end in ends:
            if not isinstance(end, int | Fraction) or abs(Fraction(end)) > MAX_EXPONENT:
                limits = f"from -{MAX_EXPONENT} to {MAX_EXPONENT}"
                raise DeclarationError(
                    f"expected the ends of a range as exact numbers {limits}, got {end!r:.80}"
                )
        if len(ends) == 2 and ends[0] >= ends[1]:
            raise DeclarationError(
                f"expected a range [low, high] with low < high, got {ends[0]} and {ends[1]}"
            )

    def facts(self, value: Term) -> Iterator[Formula]:
        """That a number is in the range."""
        if self.low is not None:
            yield _ordered(self.open in ("left", "both"), term(self.low), value)
        if self.high is not None:
            yield _ordered(self.open in ("right", "both"), value, term(self.high))

    def to_table(self) -> dict[str, Json]:
        """The range as it stands in a declaration, from which :func:`parameter` makes it again."""
        ends = (self.low, self.high)
        written = [word if end is None else str(end) for end, word in zip(ends, INFINITE, strict=True)]
        return {"range": list[Json](written), **({"open": self.open} if self.open else {})}


def _ordered(strictly: bool, low: Term, high: Term) -> Formula:
    return cast(Formula, (Less if strictly else AtMost)(low, high))


def parameters(given: Mapping[str, object], signature: Signature) -> dict[str, Fraction | Range]:
    """The table of parameters, each a number or a range.

    :raises DeclarationError: for a name that the grammar has, a range whose name a statement uses, or a
        value that is neither.
    """
    for name in given:
        _check_name(name, signature)
    found = {name: parameter(value, f"[parameters] {name}") for name, value in given.items()}
    for name, value in found.items():
        if isinstance(value, Range) and name in signature.taken:
            wanted = f"a name that no statement uses for a variable of its own ({', '.join(signature.taken)})"
            raise DeclarationError(f"[parameters] {name}: expected {wanted}, got {name}")
    return found


def _check_name(name: str, signature: Signature) -> None:
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,29}", name, re.ASCII):
        raise DeclarationError(f"[parameters]: expected a name, got {toml.described(name)}")
    if name in signature.names or signature.index_sort(name):
        raise DeclarationError(f"[parameters]: expected a name that the grammar does not have, got {name}")


def parameter(value: object, key: str) -> Fraction | Range:
    """A parameter's number, or its range: ``{ range = [0, 1], open = "left" }``.

    :raises DeclarationError: when it is neither, naming the key.
    """
    if isinstance(value, Range):
        return value
    if not isinstance(value, dict):
        return toml.number(value, key)
    toml.check_keys(value, ("range", "open"), key)
    ends = value.get("range", "none")
    if not isinstance(ends, list) or len(ends) != 2:
        raise DeclarationError(f"{key}: expected range = [low, high], got {toml.described(ends)}")
    low, high = (_end(end, word, f"{key} range") for end, word in zip(ends, INFINITE, strict=True))
    try:
        return Range(low, high, toml.string(value.get("open", ""), f"{key} open"))
    except DeclarationError as error:
        raise DeclarationError(f"{key}: {error}") from None


def _end(value: object, infinite: str, key: str) -> Fraction | None:
    return None if value == infinite else toml.number(value, key)
