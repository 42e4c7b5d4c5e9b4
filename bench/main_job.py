"""``python -m bench.main_job``: the command that an office types, on a log of a hundred thousand lines.

    python -m bench.main_job --rounds 9
    python -m bench.main_job --rounds 3 --no-write

``check`` with the duties of the first pack, with four of them and with all, and ``--help``: each a process of
its own, in turns. Before and after each, two processes count beside each other, as a measure of how fast the
machine is just then: other programs on it change seconds by half. What is measured goes into
``docs/performance.json``, and the page is written again.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from .__main__ import KEPT
from .generate import events
from .machine import commit, machine
from .measure import Measured, measure
from .page import keep
from .planted import DUTIES
from .same import FIRST_PACK
from .sides import OURS, environment
from .targets import median

EVENTS = 100_000
AS_OF = "2026-11-01"
_COUNTING = """
import time
begun, n = time.perf_counter(), 0
for i in range(2_000_000):
    n += i * i % 7
print(time.perf_counter() - begun)
"""


def pace() -> float:
    """Seconds that two processes take, beside each other, to count to two million."""
    both = [subprocess.Popen([sys.executable, "-c", _COUNTING], stdout=subprocess.PIPE) for _ in range(2)]
    return max(float(process.communicate()[0]) for process in both)


def _jobs(log: Path) -> dict[str, list[str]]:
    def check(*rules: str) -> list[str]:
        chosen = [word for rule in rules for word in ("--select", rule)]
        return [*OURS, "check", str(log), "--as-of", AS_OF, "--no-config", *chosen]

    return {
        f"the {len(FIRST_PACK)} duties of the first pack": check(*FIRST_PACK),
        f"{len(DUTIES)} duties": check(*DUTIES),
        "all duties": check(),
        "`--help`": [*OURS, "--help"],
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--no-write", dest="write", action="store_false", help="print, keep docs/ as it is")
    asked = parser.parse_args()
    KEPT.mkdir(parents=True, exist_ok=True)
    log = KEPT / f"main-{EVENTS}.jsonl"
    with log.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(e, default=str, ensure_ascii=False) + "\n" for e in events(EVENTS))
    figures = _figures(asked.rounds, log)
    if asked.write:
        keep("main_job", figures)
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    return 0


def _figures(rounds: int, log: Path) -> dict[str, Any]:
    jobs = _jobs(log)
    runs: dict[str, list[tuple[Measured, float]]] = {name: [] for name in jobs}
    load = os.getloadavg()[0]
    told, surroundings = KEPT / "main-job.txt", environment()
    # What is compiled and kept on the first run is there on every other.
    for command in jobs.values():
        measure(command, told, surroundings, 600)
    before = pace()
    for _ in range(rounds):
        for name, command in jobs.items():
            done = measure(command, told, surroundings, 600)
            if done.code not in (0, 1):
                raise RuntimeError(f"{name}: {done.error}")
            after = pace()
            runs[name].append((done, (before + after) / 2))
            before = after
    return {
        "command": " ".join(["python -m bench.main_job", *sys.argv[1:]]),
        "commit": commit(),
        "day": dt.datetime.now(dt.UTC).date().isoformat(),
        "machine": machine(),
        "load": round(load, 2),
        "events": EVENTS,
        "rounds": rounds,
        "bytes": log.stat().st_size,
        "jobs": {
            name: {
                "wall": [round(done.wall, 3) for done, _ in each],
                "cpu": round(median([done.cpu for done, _ in each]), 3),
                "peak": max(done.peak for done, _ in each),
                "pace": [round(steps, 3) for _, steps in each],
            }
            for name, each in runs.items()
        },
    }


if __name__ == "__main__":
    raise SystemExit(main())
