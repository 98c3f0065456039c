"""A process that answers tasks one by one: whatever a task does to it, only that task is lost."""

from __future__ import annotations

import math
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Timer
from typing import IO

if sys.platform != "win32":  # where there are no such limits, only the clock ends a task
    import resource

PATIENCE = 4
"""How many times its processor time a task may take by the clock: the machine may be busy."""
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Linear algebra in one thread: the same sums in the same order everywhere, and no idle memory."""
OUT_OF_TIME = getattr(signal, "SIGXCPU", 0)
"""The signal by which the system ends a process whose processor time is used up."""


class Lost(Exception):
    """The process ended, or was ended, before it answered."""


class Worker:
    """A process running a Python program that calls :func:`serve`; started when first asked.

    With ``megabytes`` a task that needs more memory is lost.

    >>> program = "from axiomkd.worker import serve; serve(abs)"
    >>> with Worker(program) as worker:
    ...     worker.ask(-2, seconds=30)
    2
    """

    def __init__(self, program: str, megabytes: int | None = None) -> None:
        self.program = program
        self.megabytes = megabytes
        self.process: subprocess.Popen[bytes] | None = None
        self.errors: IO[bytes] | None = None

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def ask(self, task: object, seconds: float) -> object:
        """The answer to a task that may take so many seconds of the processor.

        :raises Lost: when the process ends without an answer, or has none in that time.
        """
        process = self._running()
        late = Event()

        def give_up() -> None:
            late.set()
            process.kill()

        timer = Timer(PATIENCE * seconds, give_up)
        timer.start()
        try:
            return _exchange(process, (seconds, self.megabytes, task))
        except (EOFError, OSError, pickle.UnpicklingError):
            reason = self._reason(late.is_set(), seconds)
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
                env={**os.environ, **ONE_THREAD, "PYTHONPATH": _python_path()},
            )
        return self.process

    def _reason(self, late: bool, seconds: float) -> str:
        """Why there is no answer: the time, the memory, or what the process said last."""
        assert self.process is not None and self.errors is not None
        status = self.process.wait()
        if late or status == -OUT_OF_TIME:
            return f"gave up after {seconds:g} s"
        self.errors.seek(0)
        lines = self.errors.read().decode(errors="replace").strip().splitlines()
        if lines and "MemoryError" in lines[-1]:
            return f"gave up at {self.megabytes} MB" if self.megabytes else "ran out of memory"
        return f"the prover's process ended: {lines[-1] if lines else f'status {status}'}"

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
            seconds, megabytes, task = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        _limit(seconds, megabytes)
        pickle.dump(answer(task), answers)
        answers.flush()


def _limit(seconds: float, megabytes: int | None) -> None:
    """Have the system end this process after so much processor time, and refuse it more memory."""
    if sys.platform == "win32":
        return
    limits = {resource.RLIMIT_CORE: 0, resource.RLIMIT_CPU: math.ceil(time.process_time() + seconds)}
    if megabytes is not None:
        limits[resource.RLIMIT_DATA] = megabytes << 20
    for kind, value in limits.items():
        _, most = resource.getrlimit(kind)  # the limit that only goes down stays as it is
        resource.setrlimit(kind, (value if most == resource.RLIM_INFINITY else min(value, most), most))
