"""Running Rocq: the rule library, compiled once, and the files of certificates against it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from platformdirs import user_cache_path

from axiomkd.certificate import Certificate
from axiomkd.errors import AxiomkdError
from axiomkd.export.cells import Exported
from axiomkd.export.files import certificate_cells, file_of, header
from axiomkd.export.implications import HEADER, exported_implication
from axiomkd.export.naming import LIBRARY, library, rule_name
from axiomkd.implications.verdict import Settled
from axiomkd.kernel.table import Json
from axiomkd.kernel.wire import parse

NAMESPACE = "Axiomkd"
INSTALL = "apt-get install coq libcoq-interval libcoq-coquelicot"
SECONDS = 600
"""After which a file is given up."""


class RocqMissing(AxiomkdError):
    """Rocq, or a library that it needs, is not installed."""


@dataclass(frozen=True)
class Verdict:
    """Whether Rocq accepted a cell, and why not if it did not; ``name`` is the theorem's.

    ``seconds`` is the cell's share of the processor's time.
    """

    statement: str
    name: str
    accepted: bool
    seconds: float
    reason: str = ""


def write_library(folder: Path) -> None:
    """The rule library as files in a folder, with the project file that Rocq's tools read."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in LIBRARY:
        shutil.copy(library() / f"{name}.v", folder)
    files = sorted(path.name for path in folder.glob("*.v") if path.stem not in LIBRARY)
    listed = [f"-R . {NAMESPACE}", *(f"{name}.v" for name in LIBRARY), *files]
    (folder / "_CoqProject").write_text("\n".join(listed) + "\n", encoding="utf-8")


def write_files(data: dict[str, Json], folder: Path) -> tuple[Path, list[Exported]]:
    """A certificate as a file in a folder, the library beside it; the file, and all of the cells.

    Cells of which something is missing are not in the file.
    """
    operator, cells = certificate_cells(data)
    file = folder / f"{rule_name(operator.id)}.v"
    file.write_text(_whole(header(operator), cells), encoding="utf-8")
    write_library(folder)
    return file, cells


def compiled_library() -> Path:
    """The folder of the compiled rule library, which is made when it is not there."""
    if shutil.which("coqc") is None:
        raise RocqMissing(f"expected Rocq's coqc, got none: {INSTALL}")
    texts = [(library() / f"{name}.v").read_bytes() for name in LIBRARY]
    version = subprocess.run(["coqc", "--version"], capture_output=True, check=True).stdout
    folder = (
        user_cache_path("axiomkd") / f"rocq-{hashlib.sha256(b''.join([version, *texts])).hexdigest()[:16]}"
    )
    if not folder.exists():
        _compile_library(folder)
    return folder


def _compile_library(folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as name:
        place = Path(name) / "library"
        place.mkdir()
        for part in LIBRARY:
            shutil.copy(library() / f"{part}.v", place)
            with _Coqc(place / f"{part}.v", place) as coqc:
                reason = coqc.answer().reason
            if "Interval" in reason and "physical path" in reason:
                raise RocqMissing(f"expected the library Interval for Rocq, got none: {INSTALL}")
            if reason:
                raise AxiomkdError(f"{part}.v: {reason}")
        if not folder.exists():
            place.rename(folder)


@dataclass(frozen=True)
class Answer:
    """Why Rocq refuses a file, empty if it does not; what it printed; the processor seconds it took."""

    reason: str
    printed: str
    seconds: float


class _Coqc:
    """Rocq's compiler at work on a file; it is stopped when nobody waits for it any more."""

    def __init__(self, file: Path, compiled: Path) -> None:
        command = ["coqc", "-q", "-R", str(compiled), NAMESPACE, str(file)]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, cwd=file.parent)

    def __enter__(self) -> _Coqc:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()

    def answer(self) -> Answer:
        """What it says when it is done."""
        before = _seconds_of_children()
        try:
            printed, message = self.process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            return Answer(f"Rocq gives no answer within {SECONDS} s", "", SECONDS)
        refusal = f"Rocq refuses it: {_reason(message)}" if self.process.returncode else ""
        return Answer(refusal, printed, _seconds_of_children() - before)


def _seconds_of_children() -> float:
    """Processor seconds of the processes that have ended."""
    times = os.times()
    return times.children_user + times.children_system


def _reason(message: str) -> str:
    lines = [line for line in message.splitlines() if line.strip()]
    place = next((n for n, line in enumerate(lines) if line.startswith("Error")), 0)
    return " ".join(" ".join(lines[place : place + 4]).split())[:300]


@contextmanager
def _at_work(text: str) -> Iterator[_Coqc]:
    compiled = compiled_library()
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "certificate.v"
        file.write_text(text, encoding="utf-8")
        with _Coqc(file, compiled) as coqc:
            yield coqc


def accepts(text: str, printing: bool = False) -> str:
    """The empty text if Rocq accepts a file, or what the file has it print; else its reason."""
    with _at_work(text) as coqc:
        answer = coqc.answer()
    return answer.reason or (answer.printed if printing else "")


def check_cells(start: str, cells: Sequence[Exported]) -> list[Verdict]:
    """What Rocq says of each cell: two processes take half of them each, and halve again what is refused."""
    middle = (len(cells) + 1) // 2
    parts = [part for part in (cells[:middle], cells[middle:]) if part]
    with ExitStack() as stack:
        started = [(part, stack.enter_context(_at_work(_whole(start, part)))) for part in parts]
        return [verdict for part, coqc in started for verdict in _settled(start, part, coqc.answer())]


def _whole(start: str, cells: Sequence[Exported]) -> str:
    return file_of(start, (cell for cell in cells if not cell.missing))


def _settled(start: str, cells: Sequence[Exported], answer: Answer) -> list[Verdict]:
    if answer.reason and len(cells) > 1:
        return check_cells(start, cells)
    return [_verdict(cell, answer.reason, answer.seconds / len(cells)) for cell in cells]


def _verdict(cell: Exported, reason: str, seconds: float) -> Verdict:
    if cell.missing:
        reason = f"not written for Rocq: {cell.missing[0]}"
    return Verdict(cell.statement, cell.name, not reason, round(seconds, 3), reason)


# -- certificates ---------------------------------------------------------------------------


def with_rocq(certificate: Certificate, watch: Callable[[str], None] | None = None) -> Certificate:
    """The certificate with what Rocq says of each decided cell in its ``run``, by statement.

    A cell is accepted when it is and every narrower scope at which it is proved is as well.
    ``watch`` is told, in words, when Rocq begins.

    :raises RocqMissing: when Rocq is not installed.
    """
    if watch is not None:
        watch(f"Rocq  {certificate.operator.id}")
    data = parse(certificate.to_json())
    operator, cells = certificate_cells(cast("dict[str, Json]", data))
    found: dict[str, list[Verdict]] = {}
    for verdict in check_cells(header(operator), cells):
        found.setdefault(verdict.statement, []).append(verdict)
    rocq: Json = {statement: _recorded(verdicts) for statement, verdicts in found.items()}
    return replace(certificate, run={**certificate.run, "rocq": rocq})


def _recorded(verdicts: Sequence[Verdict]) -> Json:
    refused = [v.reason if v is verdicts[0] else f"{v.name}: {v.reason}" for v in verdicts if not v.accepted]
    seconds = round(sum(verdict.seconds for verdict in verdicts), 3)
    return {"accepted": not refused, "seconds": seconds, "reason": refused[0] if refused else ""}


def refusal_of(settled: Settled) -> str:
    """Why Rocq does not accept an implication; empty if it does: its proof, or the cells that refute it.

    :raises RocqMissing: when Rocq is not installed.
    """
    if settled.counterexample is not None:
        rocq = cast("dict[str, dict[str, Json]]", with_rocq(settled.counterexample).run["rocq"])
        return next((f"{name}: {said['reason']}" for name, said in rocq.items() if not said["accepted"]), "")
    (verdict,) = check_cells(HEADER, [exported_implication(settled)])
    return verdict.reason
