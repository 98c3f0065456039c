"""Makes the certificates of the catalogue under proofs/catalogue, and from them the matrix under reports.

scripts/catalogue.py [OPERATOR ..]         those operators anew, all when none is named
scripts/catalogue.py --rocq [OPERATOR ..]  .. and has Rocq check every cell
scripts/catalogue.py --reports             only the reports, from the certificates as they stand
"""

import gzip
import sys
from dataclasses import replace
from pathlib import Path

from axiomkd.certificate import Certificate
from axiomkd.display import Progress
from axiomkd.export.rocq import with_rocq
from axiomkd.operators import CATALOGUE
from axiomkd.portfolio import certify_all
from axiomkd.recheck import check_file
from axiomkd.registry import find_operator
from axiomkd.report import write_matrix
from axiomkd.theories.ensemble.statements import STATEMENTS

ROOT = Path(__file__).resolve().parents[1]
IDS = [declared.id for declared in CATALOGUE]


def file_of(operator: str) -> Path:
    return ROOT / "proofs" / "catalogue" / f"{operator.replace('/', '_')}.json.gz"


def store(certificate: Certificate) -> None:
    """Write a certificate without times and dates, so that the same verdicts are the same file."""
    lasting = {key: value for key, value in certificate.run.items() if key == "rocq"}
    text = replace(certificate, run=lasting).to_json()
    file_of(certificate.operator.id).parent.mkdir(exist_ok=True)
    file_of(certificate.operator.id).write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


def write_reports() -> None:
    stored = [check_file(file_of(operator)).certificate for operator in IDS]
    for format, suffix in (("markdown", "md"), ("html", "html"), ("rows", "json")):
        (ROOT / "reports" / f"matrix.{suffix}").write_text(write_matrix(stored, format))


def main(arguments: list[str]) -> None:
    rocq = "--rocq" in arguments
    named = [argument for argument in arguments if not argument.startswith("--")]
    if "--reports" not in arguments:
        operators = [find_operator(name) for name in named or IDS]
        with Progress() as progress:
            for certificate in certify_all(operators, STATEMENTS, watch=progress.cell):
                store(with_rocq(certificate, progress.note) if rocq else certificate)
    write_reports()


if __name__ == "__main__":
    main(sys.argv[1:])
