"""Jinja's environment for the templates of the reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jinja2 import Environment, PackageLoader, StrictUndefined

LATEX_DELIMITERS = {
    "block_start_string": "<%",
    "block_end_string": "%>",
    "variable_start_string": "<<",
    "variable_end_string": ">>",
    "comment_start_string": "<#",
    "comment_end_string": "#>",
}
"""Delimiters that LaTeX does not use itself."""


def environment(
    filters: Mapping[str, Callable[..., str]],
    delimiters: Mapping[str, str] | None = None,
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
        **(delimiters or {}),
    )
    made.filters.update(filters)
    return made
