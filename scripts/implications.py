"""Makes reports/implications.* from the verdicts of the catalogue in reports/matrix.json.

scripts/implications.py          what reports/implications.json settles is checked again, the rest decided
scripts/implications.py --anew   everything is decided anew, which takes an hour
"""

import sys
from pathlib import Path

from axiomkd.display import Progress
from axiomkd.explore.conjectures import Conjectures, conjectures
from axiomkd.explore.lattice import Context
from axiomkd.explore.stored import Known, stored_matrix
from axiomkd.report.implications import headline
from axiomkd.report.lattice import write_conjectures
from axiomkd.report.plots import order_figure

REPORTS = Path(__file__).resolve().parents[1] / "reports"


def write(found: Conjectures) -> None:
    for format, suffix in (("markdown", "md"), ("html", "html"), ("json", "json")):
        (REPORTS / f"implications.{suffix}").write_text(write_conjectures(found, format))
    order_figure(found).savefig(REPORTS / "implications.svg", metadata={"Date": None})


def main(arguments: list[str]) -> None:
    known = None if "--anew" in arguments else Known.with_package()
    with Progress() as progress:
        found = conjectures(
            Context.of(stored_matrix()), lambda s: progress.note(f"{headline(s)}: {s.verdict}"), known
        )
    write(found)


if __name__ == "__main__":
    main(sys.argv[1:])
