"""``python -m bench.judged LOG``: one run, in this process or on Spark, told in figures.

    python -m bench.judged build/bench/scale-100000.jsonl
    python -m bench.judged build/bench/scale-100000.jsonl --partitions 8 --split-at 2000

Prints one object: digests of the report, seconds by stage, the highest memory of this process in bytes; of
Spark also its start, what its tasks took together, and what went between them. Without ``--partitions`` it is
one process.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import io
import json
import resource
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

from transparency_check.checking import Inquiry, answer
from transparency_check.cli.observing import Observer
from transparency_check.cluster.judging import Cluster, Sizes
from transparency_check.cluster.splitting import MOST
from transparency_check.plugins import load_registry
from transparency_check.reports.json import JsonReporter
from transparency_check.reports.json_lines import JsonLinesReporter
from transparency_check.reports.options import Names, ReportOptions
from transparency_check.reports.outline import OPEN
from transparency_check.reports.table import TableReporter

AS_OF = "2026-11-01"
SHOWN = ("first", "all", "both")
Told = dict[str, Any]


class _Digest(io.TextIOBase):
    """A stream that keeps nothing but the digest and the size of what is written to it."""

    def __init__(self) -> None:
        self.sha256 = hashlib.sha256()
        self.size = 0

    def write(self, text: str) -> int:
        data = text.encode()
        self.sha256.update(data)
        self.size += len(data)
        return len(text)


def judged(log: Path, sizes: Sizes | None, shown: str, select: tuple[str, ...] = ()) -> Told:
    """One run, by all duties or those of ``select``; with ``sizes`` on Spark. ``shown`` is what of it is
    written: one of ``SHOWN``.
    """
    begun = time.monotonic()
    session, cluster, start = None, None, 0.0
    if sizes is not None:
        from transparency_check.cluster.session import session as started
        from transparency_check.cluster.spark import Spark

        session = started()
        start = time.monotonic() - begun
        cluster = Cluster(Spark(session), sizes)
    observer = Observer()
    most = OPEN if shown == "first" else None
    inquiry = Inquiry((str(log),), as_of=AS_OF, most=most, paged=most is None, select=select)
    found = answer(inquiry, load_registry(plugins=False), watch=observer, cluster=cluster)
    options = ReportOptions(names=Names.of(found.rulebook), everything=True).mapping()
    whole, by_line = _Digest(), _Digest()
    with observer.stage("report"):
        reporter = TableReporter() if shown == "first" else JsonReporter()
        reporter.write(found.report, whole, options)  # type: ignore[arg-type]
    wall = time.monotonic() - begun
    if shown == "both":
        JsonLinesReporter().write(found.report, by_line, options)  # type: ignore[arg-type]
    told: Told = {
        "events": found.report.events,
        "findings": sum(found.report.weights().values()),
        "bytes": log.stat().st_size,
        "report": whole.sha256.hexdigest(),
        "report_bytes": whole.size,
        "lines": by_line.sha256.hexdigest() if shown == "both" else None,
        "wall": round(wall, 2),
        "start": round(start, 2),
        "stages": {name: round(seconds, 2) for name, seconds in observer.seconds.items()},
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }
    return told if session is None else told | {"spark": _tasks(session)}


def _tasks(session: Any) -> Told:
    """What Spark says of its stages: seconds of tasks, together and by what they do, and bytes that were
    shuffled.
    """
    context = session.sparkContext
    address = f"{context.uiWebUrl}/api/v1/applications/{context.applicationId}/stages?status=complete"
    with urllib.request.urlopen(address) as answered:
        stages = json.load(answered)
    return {
        "cores": context.defaultParallelism,
        "tasks": sum(stage["numCompleteTasks"] for stage in stages),
        "seconds": round(sum(stage["executorRunTime"] for stage in stages) / 1000, 2),
        "shuffled": sum(stage["shuffleWriteBytes"] for stage in stages),
        "spilt": sum(stage["diskBytesSpilled"] for stage in stages),
    }


def main() -> int:
    """Run, and print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("log", type=Path)
    parser.add_argument("--partitions", type=int, help="parts on Spark (0: as many as are worth it)")
    parser.add_argument("--split-at", type=int, default=MOST, help="records from which one is split")
    parser.add_argument(
        "--shown", choices=SHOWN, default="both", help="first: the table; all: JSON; both: and JSON Lines"
    )
    parser.add_argument("--select", action="append", default=[], help="duties, otherwise all")
    asked = parser.parse_args()
    # As the command does.
    gc.disable()
    sizes = None if asked.partitions is None else Sizes(parts=asked.partitions or None, most=asked.split_at)
    sys.stdout.write(json.dumps(judged(asked.log, sizes, asked.shown, tuple(asked.select))) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
