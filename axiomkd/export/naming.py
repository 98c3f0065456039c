"""The rule library's files, and names that none of its own words hides."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from axiomkd.errors import AxiomkdError

LIBRARY = (
    *("Core", "Rules", "Means", "Limits", "Identities", "Leading", "Enclosures", "Witness"),
    *("Statements", "Inputs"),
)
"""The files of the rule library, each resting on earlier ones."""
PLACES = (Path(__file__).parent / "library", Path(__file__).parents[2] / "proofs" / "rocq")
KEYWORDS = frozenset(
    ("cofix", "end", "exists", "fix", "forall", "fun", "identity", "let", "match", "mod", "struct")
)


def library() -> Path:
    """The folder of the rule library."""
    found = next((place for place in PLACES if (place / "Core.v").exists()), None)
    if found is None:
        raise AxiomkdError(f"expected the rule library in {PLACES[0]}, got none")
    return found


def coq_name(text: str) -> str:
    """A name that Rocq accepts."""
    name = "".join(c if c.isascii() and c.isalnum() else "_" for c in text)
    return name if name[:1].isalpha() else f"rule_{name}"


def rule_name(operator_id: str) -> str:
    """The name of an operator's definition: none that a word of Rocq or of the library already has.

    >>> rule_name("geometric"), rule_name("rsum"), rule_name("end")
    ('geometric', 'rule_rsum', 'rule_end')
    """
    name = coq_name(operator_id)
    return f"rule_{name}" if name in KEYWORDS | _words() else name


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    """Every word of the library outside of its comments."""
    texts = ((library() / f"{name}.v").read_text(encoding="utf-8") for name in LIBRARY)
    plain = (re.sub(r"\(\*.*?\*\)", "", text, flags=re.DOTALL) for text in texts)
    return frozenset(word for text in plain for word in re.findall(r"[A-Za-z_][\w']*", text))
