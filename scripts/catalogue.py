"""Makes the certificates of the catalogue under proofs/catalogue, and from them the reports about it.

scripts/catalogue.py [OPERATOR ..]         those operators anew, all when none is named
scripts/catalogue.py --rocq [OPERATOR ..]  what Rocq says of the cells of which it has not been asked yet
scripts/catalogue.py --reports             only the reports, from the certificates as they stand
"""

import gzip
import json
import multiprocessing
import resource
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import cast

from axiomkd.certificate import Certificate
from axiomkd.display import Progress
from axiomkd.export.rocq import with_rocq
from axiomkd.kernel.table import Json
from axiomkd.operators import CATALOGUE
from axiomkd.portfolio import certify_all
from axiomkd.recheck import check_certificate, check_file, read
from axiomkd.registry import find_operator
from axiomkd.report import write_matrix
from axiomkd.report.checkers import BOTH, checkers, kernel_only, rocq_total
from axiomkd.theories.ensemble.statements import STATEMENTS

ROOT = Path(__file__).resolve().parents[1]
IDS = [declared.id for declared in CATALOGUE]
LASTING = {"rocq", "rocq_megabytes"}
"""What a stored certificate keeps of the run in which it was made."""


def file_of(operator: str) -> Path:
    return ROOT / "proofs" / "catalogue" / f"{operator.replace('/', '_')}.json.gz"


def store(certificate: Certificate) -> None:
    """Write a certificate without times and dates of its making: the same verdicts are the same file.

    What Rocq has said of a cell stays while its goal and its evidence do.
    """
    file = file_of(certificate.operator.id)
    file.parent.mkdir(exist_ok=True)
    lasting = {
        **_answers(certificate, file),
        **{key: certificate.run[key] for key in LASTING & certificate.run.keys()},
    }
    text = replace(certificate, run=lasting).to_json()
    file.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


def _answers(certificate: Certificate, file: Path) -> dict[str, Json]:
    """What the certificate that is to be replaced says of Rocq, of the cells that are the same."""
    if not file.exists():
        return {}
    before = json.loads(read(file))
    same = {
        cell["statement"] for cell in before["cells"] if cell in json.loads(certificate.to_json())["cells"]
    }
    said = {name: said for name, said in before["run"].get("rocq", {}).items() if name in same}
    return (
        {**{key: before["run"][key] for key in LASTING & before["run"].keys()}, "rocq": said} if said else {}
    )


def in_rocq(operator: str) -> str:
    """A stored certificate, as text, with what Rocq says of the cells of which it has not been asked yet.

    With it stands the most memory that this took, that of the largest process since this one began.
    """
    outcome = check_file(file_of(operator))
    if outcome.refused:
        raise SystemExit(f"{operator}: expected a certificate that holds, got refused: {outcome.refused[0]}")
    stored = outcome.certificate
    said = cast("dict[str, Json]", stored.run.get("rocq", {}))
    rest = tuple(cell for cell in stored.cells if cell.evidence is not None and cell.statement.id not in said)
    if not rest:
        return stored.to_json()
    found = cast("dict[str, Json]", with_rocq(replace(stored, cells=rest)).run["rocq"])
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    largest = max(largest, cast(int, stored.run.get("rocq_megabytes", 0)))
    run = {**stored.run, "rocq": {**said, **found}, "rocq_megabytes": largest}
    return replace(stored, run=run).to_json()


def all_in_rocq(operators: Sequence[str]) -> Iterator[Certificate]:
    """Those of several operators one after the other, each in a process of its own."""
    start = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=start, max_tasks_per_child=1) as pool:
        for text in pool.map(in_rocq, operators):
            yield check_certificate(text).certificate


def write_reports() -> None:
    stored = [check_file(file_of(operator)).certificate for operator in IDS]
    for format, suffix in (("markdown", "md"), ("html", "html"), ("rows", "json")):
        (ROOT / "reports" / f"matrix.{suffix}").write_text(write_matrix(stored, format))
    (ROOT / "reports" / "rocq.md").write_text(rocq_figures(stored))


def rocq_figures(certificates: Sequence[Certificate]) -> str:
    """How many cells of each certificate Rocq accepts, what that took, and what it does not, as Markdown."""
    lines = ["| operator | proved | refuted | kernel only | not asked | seconds | megabytes |"]
    lines += ["| --- |" + " --: |" * 6, *map(_figures, certificates)]
    exceptions = "\n".join(f"- {line}" for line in kernel_only(certificates))
    total = rocq_total(certificates)
    return "\n\n".join(filter(None, ("\n".join(lines), total and f"{total}.", exceptions))) + "\n"


def _figures(certificate: Certificate) -> str:
    """Decided cells that Rocq accepts, those that it does not, processor seconds, the largest process."""
    said = cast("dict[str, dict[str, float]]", certificate.run.get("rocq", {}))
    who = [(cell.verdict, checkers(cell, certificate.run).names) for cell in certificate.cells]
    counts = [who.count((verdict, BOTH)) for verdict in ("proved", "refuted")]
    counts += [sum(names == other for _, names in who) for other in ("kernel only", "kernel")]
    seconds = f"{sum(cell['seconds'] for cell in said.values()):.0f}" if said else ""
    megabytes = str(certificate.run.get("rocq_megabytes", ""))
    return f"| {certificate.operator.id} | {' | '.join([*map(str, counts), seconds, megabytes])} |"


def main(arguments: list[str]) -> None:
    named = [argument for argument in arguments if not argument.startswith("--")]
    operators = [find_operator(name) for name in named or IDS]
    with Progress() as progress:
        if "--rocq" in arguments:
            for certificate in all_in_rocq([operator.id for operator in operators]):
                progress.note(f"Rocq  {certificate.operator.id}")
                store(certificate)
        elif "--reports" not in arguments:
            for certificate in certify_all(operators, STATEMENTS, watch=progress.cell):
                store(certificate)
    write_reports()


if __name__ == "__main__":
    main(sys.argv[1:])
