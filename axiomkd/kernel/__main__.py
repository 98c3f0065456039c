"""``python -m axiomkd.kernel FILE..``: does each goal follow from its evidence?

Whether the goals are the ones that an operator and a statement call for is not asked here;
``axiomkd check`` does that.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from pathlib import Path

from axiomkd.errors import EvidenceError
from axiomkd.kernel.check import check
from axiomkd.kernel.evidence import Evidence
from axiomkd.kernel.judgement import Goal, Refused
from axiomkd.kernel.table import Json
from axiomkd.kernel.wire import cell_from_json, cells, parse

USAGE = "usage: python -m axiomkd.kernel FILE..   (certificates or matrices in JSON)"


def main(names: list[str]) -> int:
    """0 when every goal follows, 1 when evidence is refused, 2 when a file cannot be read."""
    if not names:
        print(USAGE, file=sys.stderr)
        return 2
    try:
        return max([_file(name) for name in names])
    except (EvidenceError, OSError, UnicodeDecodeError) as error:
        print(f"axiomkd.kernel: {error}", file=sys.stderr)
        return 2


def _file(name: str) -> int:
    refused = 0
    count = 0
    for where, goal, evidence in _claims(parse(Path(name).read_text(encoding="utf-8")), name):
        try:
            check(*_read(where, goal, evidence))
            count += 1
        except Refused as error:
            print(f"{where}: refused: {error}")
            refused = 1
    print(f"{name}: {count} goals follow from their evidence")
    return refused


def _read(where: str, goal: Json, evidence: Json) -> tuple[Goal, Evidence]:
    try:
        return cell_from_json(goal, evidence)
    except EvidenceError as error:
        raise EvidenceError(f"{where}: {error}") from None


def _claims(data: Json, name: str) -> Iterator[tuple[str, Json, Json]]:
    """Every goal that comes with evidence, with words for where it stands."""
    for place, cell in enumerate(cells(data, name)):
        where = f"{name}, cell {place} ({cell.get('statement', 'problem')})"
        if cell.get("evidence") is not None:
            yield where, cell.get("goal"), cell.get("evidence")
        argument = cell.get("argument")
        parts = argument.get("parts") if isinstance(argument, dict) else None
        for name, further in (("proved_at", cell.get("proved_at")), ("argument", parts)):
            for part in further if isinstance(further, list) else []:
                if isinstance(part, dict):
                    yield f"{where}, {name}", part.get("goal"), part.get("evidence")


if __name__ == "__main__":
    gc.disable()  # the terms of a file are all kept to the end, so there is nothing to collect
    sys.exit(main(sys.argv[1:]))
