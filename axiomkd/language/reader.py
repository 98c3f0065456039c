"""Reading tokens one by one, with errors that say where."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn

from axiomkd.errors import ParseError
from axiomkd.language.tokens import MAX_DEPTH, Token, place, quoted, tokens


@dataclass
class Reader:
    """A text, its tokens, the place reached and how deep it is nested there."""

    text: str
    at: int = 0
    depth: int = 0

    def __post_init__(self) -> None:
        self.tokens = tokens(self.text)

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.next
        self.at += token.kind != "end"
        return token

    def match(self, *symbols: str) -> str | None:
        """Take the next token if it is one of the symbols."""
        return self.take().text if self.next.kind == "symbol" and self.next.text in symbols else None

    def expect(self, symbol: str, after: str) -> None:
        if not self.match(symbol):
            self.fail(f"expected '{symbol}' {after}, got {self.described()}")

    def expect_end(self) -> None:
        if self.next.kind != "end":
            self.fail(f"expected an operation or the end, got {self.described()}")

    def described(self) -> str:
        return "the end" if self.next.kind == "end" else quoted(self.next.text)

    def fail(self, message: str, offset: int | None = None) -> NoReturn:
        where = place(self.text, self.next.offset if offset is None else offset)
        raise ParseError(f"{where}: {message}")

    @contextmanager
    def nested(self) -> Iterator[None]:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.fail(f"expected at most {MAX_DEPTH} nested parts")
        yield
        self.depth -= 1
