"""The command line: declare an operator, get a checked axiom certificate.

Everything heavy is imported inside the commands, so that ``--help`` comes at once.
"""

from __future__ import annotations

import sys

import typer
from typer.exceptions import TyperException

from axiomkd.cli import (
    certificates,
    checking,
    enumeration,
    exploring,
    implications,
    margins,
    pictures,
    problems,
)
from axiomkd.cli.options import app
from axiomkd.errors import AxiomkdError

__all__ = [
    "certificates",
    "checking",
    "enumeration",
    "exploring",
    "implications",
    "main",
    "margins",
    "pictures",
    "problems",
]


def main(arguments: list[str] | None = None) -> None:
    """Run a command; errors become one line and the exit status 2."""
    try:
        status = app(arguments, standalone_mode=False)
    except (AxiomkdError, TyperException) as error:
        message = error.format_message() if isinstance(error, TyperException) else str(error)
        print("axiomkd:", " ".join(message.split()), file=sys.stderr)
        sys.exit(2)
    except (KeyboardInterrupt, typer.Abort):
        print("axiomkd: interrupted", file=sys.stderr)
        sys.exit(130)
    sys.exit(status if isinstance(status, int) else 0)
