"""The program in a process of its own, as it is run, with what is done to it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "klina" / "log.jsonl"
PROGRAM = (sys.executable, "-m", "transparency_check")
# The folder of the program first: the one that is tested.
SEARCHED = os.pathsep.join(
    [str(ROOT / "src"), *(p for p in os.environ.get("PYTHONPATH", "").split(os.pathsep) if p)]
)


def run(
    *args: str,
    cwd: Path,
    before: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
    prepare: Callable[[], None] | None = None,
    program: Sequence[str] = PROGRAM,
) -> subprocess.CompletedProcess[bytes]:
    """Run a command; ``before`` stands before the program, ``prepare`` is called in its process."""
    return subprocess.run(
        [*before, *program, *args],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": SEARCHED, **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        preexec_fn=prepare,
        check=False,
    )
