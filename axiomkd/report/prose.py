"""The meaning of a statement in Unicode, where LaTeX is not read."""

from __future__ import annotations

import re

_SIGNS = {
    r"\ge": "≥", r"\le": "≤", r"\ne": "≠", r"\sum": "Σ", r"\prod": "Π", r"\to": "→", r"\mapsto": "↦",
    r"\infty": "∞", r"\pi": "π", r"\sigma": "\N{GREEK SMALL LETTER SIGMA}", r"\tau": "τ", r"\in": "∈",
    r"\dots": "…", r"\{": "{", r"\}": "}", r"\,": " ", r"\cdot": "·",
}  # fmt: skip
"""What other commands are called is how they are read: max, min, log."""


def pieces(meaning: str) -> list[tuple[str, bool]]:
    """The parts of a meaning, each with whether it is mathematics, which is in Unicode.

    >>> pieces("If $x \\\\ge 0$ ..")
    [('If ', False), ('x ≥ 0', True), (' ..', False)]
    """
    parts = meaning.split("$")
    return [(_unicode(part), True) if number % 2 else (part, False) for number, part in enumerate(parts)]


def plain_words(meaning: str) -> str:
    """A meaning as plain text.

    >>> plain_words("If $p_k(i) \\\\ge 0$ ..")
    'If p_k(i) ≥ 0 ..'
    """
    return "".join(part for part, _ in pieces(meaning))


def _unicode(math: str) -> str:
    math = re.sub(r"\\(?:operatorname|mathrm|text)\{([^{}]*)\}", r"\1", math)
    math = re.sub(r"\\[A-Za-z]+|\\[{},]", lambda found: _SIGNS.get(found[0], found[0].lstrip("\\")), math)
    return re.sub(r"([_^])\{([^{}])\}", r"\1\2", math)
