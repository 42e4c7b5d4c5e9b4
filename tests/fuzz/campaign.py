"""Every target fuzzed, one after the other: ``python -m fuzz.campaign --minutes 30`` (from the folder
tests; `make fuzz`).

The time is shared evenly; with ``--executions`` each target has so many before, however long they take. At
the end a table: executions, exceptions, slowest execution; ``--json`` writes the same for a report. Inputs
that reach new code stay in ``--keep``, with those that are findings: what is found is repaired,
and its input put into the corpus of its target. The exit code is 1 where anything was found.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import platform
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from fuzz.targets import targets

_TESTS = Path(__file__).resolve().parents[1]
# Seconds of processor time that no input may take.
SLOW = 1.0
# What a target may take beyond its time, to start and to end.
_GRACE = 180


def fuzz(name: str, seconds: int, folder: Path, seed: int, executions: int = 0) -> dict[str, Any]:
    """One target in a process of its own, for so many seconds or executions; its figures. A process that ends
    before its time is a finding.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "stats.json").unlink(missing_ok=True)
    command = [sys.executable, "-m", "fuzz.one", name, str(seconds), str(folder), "--seed", str(seed)]
    command += ["--executions", str(executions)] if executions else []
    limit = None if executions else seconds + _GRACE
    with (folder / "output.txt").open("wb") as output:
        try:
            code = subprocess.run(
                command, cwd=_TESTS, stdout=output, stderr=output, check=False, timeout=limit
            ).returncode
        except subprocess.TimeoutExpired:
            code = -1
    try:
        found: dict[str, Any] = json.loads((folder / "stats.json").read_text("utf-8"))
    except (OSError, ValueError):
        found = {
            "target": name,
            "seconds": 0,
            "executions": 0,
            "exceptions": 0,
            "slowest_seconds": 0,
            "findings": [],
        }
    kept = [f for f in found["findings"] if f["key"] != "slow" or _slow(name, folder / f["file"])]
    found["findings"] = kept
    # libFuzzer keeps what it took long for, watched as it was, and on a machine with other work.
    stopped = sorted(
        path.name
        for path in folder.glob("stopped-*")
        if not path.name.startswith("stopped-slow-unit") or _slow(name, path)
    )
    if code or stopped:
        tail = (folder / "output.txt").read_text("utf-8", "replace")[-2000:]
        found["findings"].append(
            {"key": "stopped", "file": ", ".join(stopped), "what": f"exit {code}: {tail}"}
        )
    return found


def _slow(name: str, file: Path) -> bool:
    """Whether an input takes that long where nobody watches which lines it reaches, too."""
    again = [sys.executable, "-m", "fuzz.again", name, str(file)]
    spent = subprocess.run(again, cwd=_TESTS, stdout=subprocess.PIPE, text=True, check=True).stdout
    return float(spent) > SLOW


def added(first: dict[str, Any], then: dict[str, Any]) -> dict[str, Any]:
    """The figures of two runs of one target."""
    sums = {key: first[key] + then[key] for key in ("seconds", "executions", "exceptions", "findings")}
    return {**first, **sums, "slowest_seconds": max(first["slowest_seconds"], then["slowest_seconds"])}


def summary(figures: list[dict[str, Any]]) -> str:
    """The figures as a table, then the findings."""
    lines = [f"{'target':<18}{'executions':>12}{'exceptions':>12}{'slowest':>11}{'findings':>10}"]
    for f in figures:
        lines.append(
            f"{f['target']:<18}{f['executions']:>12,}{f['exceptions']:>12,}{f['slowest_seconds']:>9.3f} s"
            f"{len(f['findings']):>10}"
        )
    executions, exceptions = (sum(f[key] for f in figures) for key in ("executions", "exceptions"))
    slowest = max((f["slowest_seconds"] for f in figures), default=0)
    found = sum(len(f["findings"]) for f in figures)
    lines.append(f"{'total':<18}{executions:>12,}{exceptions:>12,}{slowest:>9.3f} s{found:>10}")
    for f in figures:
        lines += [f"\n{f['target']}: {found['file']}\n{found['what']}" for found in f["findings"]]
    fewest = min(figures, key=lambda f: f["executions"])
    lines.append(
        f"\n{executions:,} executions of {len(figures)} targets, {fewest['executions']:,} at least "
        f"({fewest['target']}); {exceptions} exceptions, {found} findings, slowest {slowest:.2f} s"
    )
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    names = [target.name for target in targets()]
    parser.add_argument("--minutes", type=float, default=10, help="for all targets together")
    parser.add_argument("--executions", type=int, default=0, help="at least so many of each target")
    parser.add_argument("--target", action="append", choices=names, help="only this one; may be repeated")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, help="where the figures go")
    parser.add_argument("--keep", type=Path, help="folder for what was found; without it a temporary one")
    asked = parser.parse_args()
    if not asked.executions:
        asked.minutes = max(asked.minutes, len(names) / 60)
    keep = asked.keep.resolve() if asked.keep else Path(tempfile.mkdtemp(prefix="fuzz-"))
    chosen = asked.target or names
    seconds = round(asked.minutes * 60 / len(chosen))
    figures = []
    for name in chosen:
        figures.append(fuzz(name, 0, keep / name, asked.seed, asked.executions) if asked.executions else {})
        if seconds:
            more = fuzz(name, seconds, keep / name, asked.seed + 1)
            figures[-1] = added(figures[-1], more) if figures[-1] else more
    sys.stdout.write(f"Inputs: {keep}\n\n{summary(figures)}")
    if asked.json:
        document = {
            "made": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            "seed": asked.seed,
            "atheris": version("atheris"),
            "python": platform.python_version(),
            "targets": figures,
        }
        asked.json.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    return 1 if any(f["findings"] for f in figures) else 0


if __name__ == "__main__":
    raise SystemExit(main())
