"""A process that answers tasks one by one: whatever a task does to it, only that task is lost."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from threading import Event, Timer
from typing import IO


class Lost(Exception):
    """The process ended, or was ended, before it answered."""


class Worker:
    """A process running a Python program that calls :func:`serve`; started when first asked.

    >>> program = "from axiomkd.worker import serve; serve(abs)"
    >>> with Worker(program) as worker:
    ...     worker.ask(-2, seconds=30)
    2
    """

    def __init__(self, program: str) -> None:
        self.program = program
        self.process: subprocess.Popen[bytes] | None = None
        self.errors: IO[bytes] | None = None

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def ask(self, task: object, seconds: float) -> object:
        """The answer to a task.

        :raises Lost: when the process ends without an answer, or has none after so many seconds.
        """
        process = self._running()
        late = Event()

        def give_up() -> None:
            late.set()
            process.kill()

        timer = Timer(seconds, give_up)
        timer.start()
        try:
            return _exchange(process, task)
        except (EOFError, OSError, pickle.UnpicklingError):
            reason = f"gave up after {seconds:g} s" if late.is_set() else self._last_words()
            self.stop()
            raise Lost(reason) from None
        finally:
            timer.cancel()

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is None:
            self.errors = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the process
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-c", self.program],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self.errors,
                env={**os.environ, "PYTHONPATH": _python_path()},
            )
        return self.process

    def _last_words(self) -> str:
        assert self.process is not None and self.errors is not None
        self.process.wait()
        self.errors.seek(0)
        lines = self.errors.read().decode(errors="replace").strip().splitlines()
        return f"the prover's process ended: {lines[-1] if lines else f'status {self.process.returncode}'}"

    def stop(self) -> None:
        """End the process."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None
        if self.errors is not None:
            self.errors.close()
            self.errors = None


def _exchange(process: subprocess.Popen[bytes], task: object) -> object:
    assert process.stdin is not None and process.stdout is not None
    pickle.dump(task, process.stdin)
    process.stdin.flush()
    return pickle.load(process.stdout)


def _python_path() -> str:
    """So that the process finds this package, and nothing in the working directory by accident."""
    given = os.environ.get("PYTHONPATH", "")
    return os.pathsep.join([str(Path(__file__).parents[1]), *filter(None, [given])])


def serve(answer: Callable[..., object]) -> None:
    """Answer tasks from the standard input until it ends; what is printed goes to the errors."""
    answers, sys.stdout = sys.stdout.buffer, sys.stderr
    while True:
        try:
            task = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        pickle.dump(answer(task), answers)
        answers.flush()
