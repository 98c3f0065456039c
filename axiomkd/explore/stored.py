"""What comes with the package: the verdicts of the catalogue, and implications between statements.

Verdicts are taken as they stand; the evidence for an implication is checked by the kernel when it is used.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import cast

from axiomkd.errors import AxiomkdError, DeclarationError
from axiomkd.explore.matrix import Matrix, read_matrix
from axiomkd.implications.model import Implication
from axiomkd.implications.verdict import Settled
from axiomkd.implications.wire import IMPLICATION, from_data
from axiomkd.kernel.judgement import Refused
from axiomkd.kernel.table import Json, array, record, refuse
from axiomkd.kernel.wire import parse
from axiomkd.recheck import read

FORMAT = "axiomkd-implications/1"
DOCUMENT = ("format", "operators", "together", "failed by none", "implications")
PLACES = (Path(__file__).parent / "stored", Path(__file__).parents[2] / "reports")


def place_of(name: str) -> Path:
    """The file of this name that comes with the package.

    :raises DeclarationError: when there is none.
    """
    for place in PLACES:
        if (place / name).exists():
            return place / name
    raise DeclarationError(f"expected the file {name} of the package, found none; name one by --matrix")


def stored_matrix() -> Matrix:
    """The verdicts of the catalogue."""
    return read_matrix(read(place_of("matrix.json")))


class Known:
    """Implications that a document settles; each is checked by the kernel when it is asked for."""

    def __init__(self, text: str) -> None:
        self.text = text

    @staticmethod
    def with_package() -> Known | None:
        """Those that come with the package, if they do."""
        try:
            return Known(read(place_of("implications.json")))
        except DeclarationError:
            return None

    @cached_property
    def entries(self) -> dict[tuple[frozenset[str], str], dict[str, Json]]:
        """The implications as data, by premises and conclusion."""
        return {
            (frozenset(cast("list[str]", entry["premises"])), str(entry["conclusion"])): entry
            for entry in implications_of(self.text)
        }

    def find(self, implication: Implication) -> Settled | None:
        """The implication as the document settles it, if it does and the kernel accepts that."""
        premises = frozenset(statement.id for statement in implication.premises)
        entry = self.entries.get((premises, implication.conclusion.id))
        if entry is None:
            return None
        try:
            settled = from_data(entry)
        except (Refused, AxiomkdError):
            return None
        return settled if settled.implication == implication else None


def implications_of(text: str) -> Iterator[dict[str, Json]]:
    """The implications of a document as data, each without the number of operators that support it."""
    data = parse(text)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        refuse("implications", f"the format {FORMAT}", data.get("format") if isinstance(data, dict) else data)
    entries = record(data, DOCUMENT, "implications")
    for place, entry in enumerate(array(entries["implications"], "implications")):
        found = record(entry, (*IMPLICATION, "support"), f"implication {place}")
        yield {key: value for key, value in found.items() if key != "support"}


def check_file(file: Path) -> Iterator[Settled]:
    """The implications that a file claims, each settled anew.

    :raises axiomkd.kernel.judgement.Refused: when anything that it claims is not so.
    """
    yield from map(from_data, implications_of(read(file)))
