"""Running Rocq: the rule library, compiled once, and the files of certificates against it."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

from axiomkd.errors import AxiomkdError
from axiomkd.export.files import Exported, file_of

LIBRARY = ("Core", "Rules", "Means", "Limits", "Witness", "Statements")
"""The files of the rule library, each resting on earlier ones."""
NAMESPACE = "Axiomkd"
INSTALL = "apt-get install coq libcoq-interval libcoq-coquelicot"
PLACES = (Path(__file__).parent / "library", Path(__file__).parents[2] / "proofs" / "rocq")
SECONDS = 1200


class RocqMissing(AxiomkdError):
    """Rocq, or a library that it needs, is not installed."""


@dataclass(frozen=True)
class Verdict:
    """Whether Rocq accepted a cell, the seconds, and its reason if it did not."""

    statement: str
    accepted: bool
    seconds: float
    reason: str = ""


def library() -> Path:
    """The folder of the rule library."""
    found = next((place for place in PLACES if (place / "Core.v").exists()), None)
    if found is None:
        raise AxiomkdError(f"expected the rule library in {PLACES[0]}, got none")
    return found


def write_library(folder: Path) -> None:
    """The rule library as files in a folder, with the project file that Rocq's tools read."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in LIBRARY:
        shutil.copy(library() / f"{name}.v", folder)
    files = sorted(path.name for path in folder.glob("*.v") if path.stem not in LIBRARY)
    listed = [f"-R . {NAMESPACE}", *(f"{name}.v" for name in LIBRARY), *files]
    (folder / "_CoqProject").write_text("\n".join(listed) + "\n", encoding="utf-8")


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
            done = _coqc(place / f"{part}.v", place)
            if done.returncode and "Interval" in done.stderr:
                raise RocqMissing(f"expected the library Interval for Rocq, got none: {INSTALL}")
            if done.returncode:
                raise AxiomkdError(f"{part}.v: {_reason(done.stderr)}")
        if not folder.exists():
            place.rename(folder)


def _coqc(file: Path, compiled: Path) -> subprocess.CompletedProcess[str]:
    command = ["coqc", "-q", "-R", str(compiled), NAMESPACE, str(file)]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=SECONDS, cwd=file.parent, check=False
    )


def _reason(message: str) -> str:
    lines = [line for line in message.splitlines() if line.strip()]
    place = next((n for n, line in enumerate(lines) if line.startswith("Error")), 0)
    return " ".join(" ".join(lines[place : place + 4]).split())[:300]


def accepts(text: str, printing: bool = False) -> str:
    """The empty text if Rocq accepts a file, or what the file has it print; else its reason."""
    compiled = compiled_library()
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "certificate.v"
        file.write_text(text, encoding="utf-8")
        done = _coqc(file, compiled)
    if done.returncode:
        return _reason(done.stderr) or "no reason given"
    return done.stdout if printing else ""


def check_cells(header: str, cells: Sequence[Exported]) -> Iterator[Verdict]:
    """What Rocq says of each cell: all at once, and one by one if that fails."""
    begun = time.perf_counter()
    whole = [cell for cell in cells if not cell.missing]
    if whole and not accepts(file_of(header, whole)):
        share = (time.perf_counter() - begun) / len(whole)
        yield from (_verdict(cell, "", share) for cell in cells)
        return
    for cell in cells:
        begun = time.perf_counter()
        reason = "" if cell.missing else accepts(file_of(header, [cell]))
        yield _verdict(cell, reason, time.perf_counter() - begun)


def _verdict(cell: Exported, reason: str, seconds: float) -> Verdict:
    why = f"kernel only: {cell.missing[0]}" if cell.missing else reason
    return Verdict(cell.statement, not why, round(seconds, 3), why)
