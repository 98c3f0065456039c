"""What a theory lets an operator speak of: its variables, its indices and its sizes."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from axiomkd.errors import UnknownName
from axiomkd.kernel.terms import Free

FUNCTIONS = ("Sum", "Prod", "Max", "Min", "exp", "log", "sqrt", "invdigamma", "Piecewise", "Delta")
"""The functions of the grammar of declarations; they mean the same in every theory."""

RESERVED = (*FUNCTIONS, "True")


@dataclass(frozen=True)
class Signature:
    """The names of a theory.

    ``variables`` gives each variable the sorts of its indices, ``letters`` gives each sort the
    letters of its indices (a letter may be followed by digits), ``sizes`` gives each size its
    sort, ``least`` the least size of a sort, and ``free`` is the one index that the formula of
    an operator leaves free. ``raw`` names the variables that an operator may write only if it
    also declares its base formula. ``taken`` are the names of the statements' own variables.
    """

    theory: str
    variables: Mapping[str, tuple[str, ...]]
    letters: Mapping[str, str]
    sizes: Mapping[str, str]
    least: Mapping[str, int]
    free: Free
    raw: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()

    def index_sort(self, name: str) -> str | None:
        """The sort of an index name, or ``None`` when it names no index."""
        if re.fullmatch(r"[a-z]\d*", name, re.ASCII) is None:
            return None
        return next((sort for sort, letters in self.letters.items() if name[0] in letters), None)

    def size_name(self, sort: str) -> str:
        return next(name for name, sized in self.sizes.items() if sized == sort)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that a declaration may write, but for parameters."""
        indices = (letter for letters in self.letters.values() for letter in letters)
        return (*self.variables, *self.sizes, *indices, *RESERVED)


def nearest(name: str, known: Iterable[str], count: int = 3) -> str:
    """A hint that names what may have been meant: ``"; did you mean .."``, or nothing.

    >>> nearest("geometrc", ["linear", "geometric"])
    '; did you mean geometric?'
    """
    close = difflib.get_close_matches(name[:80], list(known), count, 0.5)
    return f"; did you mean {' or '.join(close)}?" if close else ""


def signature_of(theory: str) -> Signature:
    """The signature of a theory. Theories stand later in the import order, so they are found by name.

    :raises UnknownName: with the theories there are.
    """
    package = importlib.import_module("axiomkd.theories")
    names = [module.name for module in pkgutil.iter_modules(package.__path__)]
    if theory not in names:
        hint = nearest(theory, names)
        raise UnknownName(f"expected a theory ({', '.join(names)}), got {theory[:80]!a}{hint}")
    module = importlib.import_module(f"axiomkd.theories.{theory}.signature")
    return cast(Signature, getattr(module, theory.upper()))
