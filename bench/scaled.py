"""Logs for ``bench.same`` and ``bench.scale``, runs of them as processes of their own, and where their
figures are kept.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .generate import events
from .judged import Told
from .machine import commit, machine
from .sides import ROOT, environment

KEPT = ROOT / "build" / "bench"
FIGURES, PAGE = ROOT / "docs" / "scale.json", ROOT / "docs" / "scale.md"
_BEGIN, _END = "<!-- figures: python -m bench.scale --page -->\n", "<!-- end of figures -->\n"


def log_of(number: int) -> Path:
    """A log of about so many events in all municipalities (``bench.generate``), made once."""
    path = KEPT / f"scale-{number}.jsonl"
    if not path.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        making = path.with_suffix(".making")
        with making.open("w", encoding="utf-8") as stream:
            for event in events(number):
                stream.write(json.dumps(event, default=str, ensure_ascii=False) + "\n")
        making.rename(path)
    return path


def run(log: Path, *options: str) -> Told:
    """The figures of one run (``bench.judged``)."""
    command = [sys.executable, "-m", "bench.judged", str(log), *options]
    done = subprocess.run(
        command, cwd=ROOT, env=dict(environment()), stdout=subprocess.PIPE, check=True, text=True
    )
    told: Told = json.loads(done.stdout)
    return told


def noted(module: str) -> dict[str, Any]:
    """What a run was made by, on and of."""
    return {
        "command": " ".join([f"python -m bench.{module}", *sys.argv[1:]]),
        "commit": commit(),
        "day": dt.datetime.now(dt.UTC).date().isoformat(),
        "machine": machine(),
    }


def write(part: str, figures: dict[str, Any], page: Callable[[dict[str, Any]], str]) -> None:
    """Keep the figures of a run, and write the page anew."""
    kept = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
    kept[part] = figures
    FIGURES.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(with_figures(PAGE.read_text(encoding="utf-8"), page(kept)), encoding="utf-8")


def with_figures(text: str, figures: str) -> str:
    """The text of the page with other figures between its marks."""
    before, _, rest = text.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    return f"{before}{_BEGIN}{figures}{_END}{after}"
