"""The application and the options that its commands share."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from axiomkd.errors import DeclarationError

if TYPE_CHECKING:
    from axiomkd.portfolio import Budget

app = typer.Typer(
    name="axiomkd",
    help="Checked axiom certificates for rules that merge several teachers' probability vectors into one.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class Format(StrEnum):
    """How a certificate is written."""

    table = "table"
    markdown = "markdown"
    latex = "latex"
    html = "html"
    json = "json"


class ProofFormat(StrEnum):
    """How an implication is written."""

    table = "table"
    markdown = "markdown"
    latex = "latex"
    json = "json"


class MatrixFormat(StrEnum):
    """How a matrix is written."""

    table = "table"
    markdown = "markdown"
    html = "html"
    json = "json"


Named = Annotated[str, typer.Argument(metavar="OPERATOR", help="An id, a TOML file, or FILE.py:NAME.")]
Chosen = Annotated[
    list[str], typer.Option(help="Ids of statements or families, separated by commas or given repeatedly.")
]
InRocq = Annotated[bool, typer.Option("--rocq", help="Have Rocq check every decided cell too.")]
Budgeted = Annotated[
    str, typer.Option("--budget", metavar="SECONDS[,MEGABYTES]", help="What one cell may take.")
]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")]


def split(names: list[str]) -> list[str]:
    return [name.strip() for entry in names for name in entry.split(",") if name.strip()]


def budget(text: str) -> Budget | None:
    """What may be spent on a cell; ``None`` for as much as is usual."""
    from axiomkd.portfolio import Budget

    if not text:
        return None
    found = re.fullmatch(r"(\d{1,7}(?:\.\d{1,3})?)(?:,(\d{1,7}))?", text, re.ASCII)
    if found is None:
        raise DeclarationError(f"--budget: expected seconds, or seconds,megabytes, got {text}")
    seconds = float(found[1])
    return Budget(seconds, int(found[2])) if found[2] else Budget(seconds)


def size(text: str, name: str, least: int) -> int | None:
    """A number of teachers or outcomes, or ``None`` for any."""
    if text == "any":
        return None
    if not text.isascii() or not text.isdigit() or not least <= int(text[:9]) or len(text) > 4:
        raise DeclarationError(f"--{name}: expected any or a number from {least} to 9999, got {text}")
    return int(text)
