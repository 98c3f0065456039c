"""Jinja's environment for the templates of the reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypedDict

from jinja2 import Environment, PackageLoader, StrictUndefined

Filter = Callable[..., str]


class Delimiters(TypedDict, total=False):
    """What marks the parts of a template that Jinja reads."""

    block_start_string: str
    block_end_string: str
    variable_start_string: str
    variable_end_string: str
    comment_start_string: str
    comment_end_string: str


LATEX_DELIMITERS: Delimiters = {
    "block_start_string": "<%",
    "block_end_string": "%>",
    "variable_start_string": "<<",
    "variable_end_string": ">>",
    "comment_start_string": "<#",
    "comment_end_string": "#>",
}
"""Delimiters that LaTeX does not use itself."""


def environment(
    filters: Mapping[str, Filter],
    delimiters: Delimiters | None = None,
    escape: bool = False,
) -> Environment:
    """An environment with these filters; names that a template gets wrong are errors."""
    made = Environment(
        loader=PackageLoader("axiomkd.report"),
        undefined=StrictUndefined,
        autoescape=escape,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        **(delimiters or Delimiters()),
    )
    made.filters.update(filters)
    return made
