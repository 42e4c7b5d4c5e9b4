"""``python -m bench.xes``: how fast a log of process mining becomes rows.

    python -m bench.xes --events 500000 --rounds 5
    python -m bench.xes --events 50000 --no-write

Makes a log of traces of ten events with five attributes each, and reads it with the reader, with the reader
whose pattern matches nothing, so that the parser sees every event, and with lxml, each in its own process
and in turns. What is measured goes into ``docs/performance.json``, and the page is written again.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .__main__ import KEPT
from .machine import commit, machine
from .page import keep
from .sides import ROOT, environment
from .targets import median

OURS, PARSER, LXML = "reader", "parser alone", "lxml, iterparse"
SIDES = (OURS, PARSER, LXML)
_HEAD = b"""<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xmlns="http://www.xes-standard.org/">
\t<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
\t<global scope="event">
\t\t<string key="concept:name" value="UNKNOWN"/>
\t</global>
\t<string key="concept:name" value="measured"/>
"""
_STEPS = ("Mbledhja u thirr", "Njoftimi u vendos", "Rendi i ditës", "Mbledhja u mbajt", "Procesverbali")


def log(events: int) -> Iterator[bytes]:
    """A log of so many events, in parts."""
    yield _HEAD
    for first in range(0, events, 10):
        parts = [f'\t<trace>\n\t\t<string key="concept:name" value="kuvendi-{first // 10}"/>\n']
        for n in range(first, min(first + 10, events)):
            day, minute = dt.date(2020, 1, 1) + dt.timedelta(days=n // 10 % 2000), n % 60
            parts.append(
                f'\t\t<event>\n\t\t\t<string key="concept:name" value="{_STEPS[n % 5]}"/>\n'
                f'\t\t\t<string key="lifecycle:transition" value="complete"/>\n'
                f'\t\t\t<string key="org:resource" value="Zyrtari {n % 97}"/>\n'
                f'\t\t\t<date key="time:timestamp" value="{day}T09:{minute:02}:00.000+01:00"/>\n'
                f'\t\t\t<int key="faqe" value="{n % 40}"/>\n\t\t</event>\n'
            )
        parts.append("\t</trace>\n")
        yield "".join(parts).encode()
    yield b"</log>\n"


def read(side: str, path: Path) -> int:
    """Read a log as one of the sides does; the number of its events."""
    if side == LXML:
        from lxml import etree

        number = 0
        for _, event in etree.iterparse(str(path), events=("end",), tag="{*}event"):
            cells = {child.get("key"): child.get("value") for child in event}
            number += len(cells) == 5
            event.clear()
            while event.getprevious() is not None:
                del event.getparent()[0]
        return number
    from transparency_check.readers.base import Input
    from transparency_check.readers.foreign import xes

    if side == PARSER:
        xes._EVENT = xes.re.compile("(?!)")
    return sum(1 for _ in xes.Xes().read(Input(path.name, path)))


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=500_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--no-write", dest="write", action="store_false", help="print, keep docs/ as it is")
    parser.add_argument("--side", choices=SIDES, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    path = KEPT / f"{asked.events}.xes"
    if asked.side:
        started, processor = time.perf_counter(), time.process_time()
        number = read(asked.side, path)
        wall, cpu = time.perf_counter() - started, time.process_time() - processor
        told = {"events": number, "wall": wall, "cpu": cpu}
        sys.stdout.write(json.dumps(told))
        return 0
    KEPT.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        out.writelines(log(asked.events))
    figures = _figures(asked, path)
    if asked.write:
        keep("xes", figures)
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    return 0


def _figures(asked: argparse.Namespace, path: Path) -> dict[str, Any]:
    runs: dict[str, list[dict[str, float]]] = {side: [] for side in SIDES}
    load = os.getloadavg()[0]
    for _ in range(asked.rounds):
        for side in SIDES:
            command = [sys.executable, "-m", "bench.xes", "--events", str(asked.events), "--side", side]
            done = subprocess.run(
                command, cwd=ROOT, env=dict(environment()), capture_output=True, check=True, text=True
            )
            told = json.loads(done.stdout)
            if told["events"] != asked.events:
                raise RuntimeError(f"{side} read {told['events']} events of {asked.events}")
            runs[side].append(told)
    return {
        "command": " ".join(["python -m bench.xes", *sys.argv[1:]]),
        "commit": commit(),
        "day": dt.datetime.now(dt.UTC).date().isoformat(),
        "machine": machine(),
        "load": round(load, 2),
        "events": asked.events,
        "rounds": asked.rounds,
        "bytes": path.stat().st_size,
        "wall": {side: round(median([run["wall"] for run in runs[side]]), 3) for side in SIDES},
        "cpu": {side: round(median([run["cpu"] for run in runs[side]]), 3) for side in SIDES},
        "best": {side: round(min(run["wall"] for run in runs[side]), 3) for side in SIDES},
    }


if __name__ == "__main__":
    raise SystemExit(main())
