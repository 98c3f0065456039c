"""Makes the evidence under proofs/explore, and from it the reports on non-uniqueness and independence.

scripts/exploration.py            both anew, from rules with at most three nodes; takes minutes
scripts/exploration.py --reports  only the reports, from the evidence as it stands
"""

import gzip
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from axiomkd.display import Progress
from axiomkd.explore import grammar, independence, nonuniqueness
from axiomkd.explore.enumeration import Local, enumerate_rules
from axiomkd.explore.store import Store
from axiomkd.report.exploration import write_independence, write_nonuniqueness

ROOT = Path(__file__).resolve().parents[1]
SIZE = 3
Writer = Callable[[Any, str], str]
REPORTS: dict[str, tuple[Callable[[Path], Any], Writer]] = {
    "nonuniqueness": (nonuniqueness.check_file, write_nonuniqueness),
    "independence": (independence.check_file, write_independence),
}
"""How the evidence of each report is decided anew, and how the report is written from it."""
SUFFIXES = {"markdown": "md", "html": "html"}


def file_of(name: str) -> Path:
    return ROOT / "proofs" / "explore" / f"{name}.json.gz"


def store(name: str, text: str) -> None:
    file = file_of(name)
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


def write_reports() -> None:
    for name, (check_file, write) in REPORTS.items():
        found = check_file(file_of(name))
        for format, suffix in SUFFIXES.items():
            (ROOT / "reports" / f"{name}.{suffix}").write_text(write(found, format))


def several(progress: Progress) -> nonuniqueness.NonUniqueness:
    with Store(None) as kept:
        kept.begin(independence.AXIOMS_1_TO_5, resume=False)
        with Local().parallel() as parallel:
            enumerate_rules(
                kept, grammar.up_to(SIZE), parallel, lambda decided: progress.note(decided.operator.title)
            )
        return nonuniqueness.certificate_of(kept, grammar.up_to(SIZE), progress.note)


def main(arguments: list[str]) -> None:
    if arguments not in ([], ["--reports"]):
        raise SystemExit(__doc__)
    if not arguments:
        with Progress() as progress:
            store("nonuniqueness", nonuniqueness.to_json(several(progress)))
            sets = (independence.AXIOMS_1_TO_5, independence.REPAIRED)
            found = [independence.independence(required, SIZE, (), progress.note) for required in sets]
            store("independence", independence.to_json(found))
    write_reports()


if __name__ == "__main__":
    main(sys.argv[1:])
