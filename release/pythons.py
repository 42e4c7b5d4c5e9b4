"""The wheel on every Python of this machine, each in a clean environment with the newest libraries."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from .step import Failed
from .workbench import EXTRAS, Workbench

_OLDEST = (3, 11)
_ASK = "import sys; print('.'.join(map(str, sys.version_info[:3])), sys.base_prefix)"
_AS_OF = ("--as-of", "2026-11-20", "--no-config")


def installed() -> dict[str, Path]:
    """The newest of each minor version that is supported, by its number: those of the path and of pyenv."""
    places = [Path(folder) for folder in os.get_exec_path()]
    places += Path.home().glob(".pyenv/versions/*/bin")
    files = sorted({file for place in places for file in place.glob("python3*")})
    return newest(filter(None, map(_asked, files)))


def newest(found: Iterable[tuple[tuple[int, ...], Path]]) -> dict[str, Path]:
    """One Python for each minor version that is supported."""
    best: dict[tuple[int, ...], tuple[tuple[int, ...], Path]] = {}
    for number, python in found:
        minor = number[:2]
        if minor >= _OLDEST and (minor not in best or best[minor][0] < number):
            best[minor] = number, python
    return {".".join(map(str, number)): python for _, (number, python) in sorted(best.items())}


def _asked(python: Path) -> tuple[tuple[int, ...], Path] | None:
    if not re.fullmatch(r"python3(\.[0-9]+)?", python.name):
        return None
    told = subprocess.run([python, "-c", _ASK], capture_output=True, text=True, check=False)
    if told.returncode or not told.stdout:
        return None
    number, prefix = told.stdout.split(maxsplit=1)
    # A shim or link leads to it; an environment would lend its libraries.
    real = Path(prefix.strip()) / "bin" / f"python{'.'.join(number.split('.')[:2])}"
    return (tuple(map(int, number.split("."))), real) if real.exists() else None


def tried(bench: Workbench) -> str:
    """The same report, byte for byte, on each, and every command of the list ends as it should."""
    found = installed()
    digests = {}
    for number, python in found.items():
        clean = bench.environment(python, number, f"{bench.wheel}[{','.join(EXTRAS)}]")
        digests[number] = _report(bench, clean)
    if len(set(digests.values())) != 1:
        raise Failed(f"reports differ: {', '.join(f'{n} {d[:12]}' for n, d in digests.items())}")
    return f"{', '.join(digests)}: the same report (SHA-256 {next(iter(digests.values()))[:16]})"


def _report(bench: Workbench, python: Path) -> str:
    desk = python.parents[1] / "desk"
    shutil.rmtree(desk, ignore_errors=True)
    shutil.copytree(bench.root / "samples/klina", desk / "klina")
    log = "klina/log.jsonl"

    def program(*words: str, code: int = 0) -> None:
        bench.run(python, "-m", "transparency_check", *words, codes=(code,), cwd=desk)

    program("--version")
    program("check", log, *_AS_OF, "-o", "report.json", code=1)
    for name in ("report.html", "report.pdf", "report.docx", "report.xlsx", "report.sarif"):
        program("check", log, *_AS_OF, "-o", name, code=1)
    program("upcoming", log, *_AS_OF, "--within", "30d", "--format", "ics", "-o", "duties.ics")
    program("site", "build", log, *_AS_OF, "--output", "site")
    program("rules", "test", "--select", "XK-MTG-001")
    program("template", "-o", "register.xlsx")
    program("register", "init", "--register", "register.db")
    program("check", "missing.jsonl", *_AS_OF, code=2)
    return hashlib.sha256((desk / "report.json").read_bytes()).hexdigest()
