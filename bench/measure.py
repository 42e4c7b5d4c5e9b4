"""One process, measured as a whole: wall time, processor time, peak memory."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# Linux tells peak memory in KiB, macOS in bytes.
_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Measured:
    """Seconds, bytes, and how the process ended; ``stopped`` where it took longer than allowed."""

    wall: float
    cpu: float
    peak: int
    code: int
    stopped: bool
    error: str


def measure(command: Sequence[str], told: Path, environment: Mapping[str, str], limit: float) -> Measured:
    """Run a command, its standard output into the file ``told``; it is ended after ``limit`` seconds.

    Resources are those that the system counted for the process and the children it waited for.
    """
    errors = told.with_suffix(".err")
    with told.open("wb") as out, errors.open("wb") as err:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=out, stderr=err, stdin=subprocess.DEVNULL, env=dict(environment)
        )
        stopped = threading.Event()

        def stop() -> None:
            stopped.set()
            process.kill()

        timer = threading.Timer(limit, stop)
        timer.start()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        timer.cancel()
    # The process is gone already; without this its object would look for it.
    process.returncode = os.waitstatus_to_exitcode(status)
    said = [
        line for line in errors.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()
    ]
    return Measured(
        wall, used.ru_utime + used.ru_stime, used.ru_maxrss * _UNIT, process.returncode, stopped.is_set(),
        said[-1] if said else "",
    )  # fmt: skip
