"""``python -m reliability``: try everything, and write what came of it into ``docs/reliability.md``.

python -m reliability --part Deadlines --part "Two evaluators"

A part that is not run again keeps its figures (``docs/reliability.json``). Whole runs take many hours;
``--quick`` tries each a little, to see that the commands work, and writes nothing.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .page import FIGURES, PAGE, page
from .parts import PARTS, Part

ROOT = Path(__file__).resolve().parents[2]
# What the commands wrote, to be looked at where a promise was not kept.
KEPT = ROOT / "build" / "reliability"


def main(given: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--part", action="append", choices=[p.name for p in PARTS], help="default: all")
    parser.add_argument("--quick", action="store_true", help="a little of each, and write nothing")
    parser.add_argument(
        "--with", action="append", default=[], dest="added", help="one more argument for the commands"
    )
    arguments = parser.parse_args(given)
    figures: dict[str, Any] = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
    kept = True
    for part in PARTS:
        if arguments.part is None or part.name in arguments.part:
            more = (*(part.quick if arguments.quick else ()), *arguments.added)
            figures[part.name] = tried(part, more)
            kept &= figures[part.name]["kept"]
            sys.stdout.write(f"{part.name}: {figures[part.name]['result']}\n")
            sys.stdout.flush()
    if not arguments.quick:
        FIGURES.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        PAGE.write_text(page(figures), encoding="utf-8")
    return 0 if kept else 1


def tried(part: Part, more: tuple[str, ...]) -> Mapping[str, Any]:
    """The figures of one part: its command, the last line it wrote, how long it took, of which code."""
    command = [sys.executable, *part.arguments, *more]
    paths = os.pathsep.join((str(ROOT / "src"), str(ROOT / "tests")))
    started = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT / "tests", env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True
    )
    KEPT.mkdir(parents=True, exist_ok=True)
    (KEPT / f"{part.name}.txt").write_text(done.stdout + done.stderr, encoding="utf-8")
    lines = [line.strip("= ") for line in done.stdout.splitlines() if line.strip("= ")]
    return {
        "command": " ".join(["python", *part.arguments, *more]),
        "result": lines[-1] if lines else done.stderr.strip().splitlines()[-1:] or "nothing written",
        "kept": done.returncode == 0,
        "minutes": round((time.monotonic() - started) / 60, 1),
        "commit": _commit(),
        "day": dt.datetime.now(dt.UTC).date().isoformat(),
        "cores": os.cpu_count(),
    }


def _commit() -> str:
    told = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return told.stdout.strip()


if __name__ == "__main__":
    raise SystemExit(main())
