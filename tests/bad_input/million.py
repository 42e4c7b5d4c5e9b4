"""One case with a million events, read and judged: ``python -m bad_input.million --events 1000000`` (from the
folder tests; ``make million``).

A session is called, announced in time, announced again and again, and held. What the program takes grows with
the events, not with their square; what it says stays what it says of the first announcement.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from transparency_check.checking import Inquiry, answer
from transparency_check.model import Finding
from transparency_check.plugins import load_registry

CASE = "session-2026-11"
_SESSION = {"body": "assembly", "meeting_type": "session", "session_kind": "ordinary"}
_FIRST_NOTICE = dt.datetime(2026, 11, 3, 9, 0)  # noqa: DTZ001 - local time, as a log has it


def one_case(events: int) -> Iterator[str]:
    """The lines of a log with so many events, all of one case, a second between two notices."""
    base = {"municipality": "kline", "case": CASE}
    yield json.dumps(
        {"id": "called", "type": "meeting.scheduled", "time": "2026-11-02", **base, **_SESSION,
         "planned_at": "2026-11-27T10:00"}
    )  # fmt: skip
    for n in range(events - 2):
        at = (_FIRST_NOTICE + dt.timedelta(seconds=n)).isoformat()
        yield json.dumps(
            {"id": f"n{n}", "type": "notice.published", "time": at, **base, "notice_kind": "meeting",
             "channel": ["website", "notice-board"], "languages": ["sq", "sr"]}
        )  # fmt: skip
    yield json.dumps({"id": "held", "type": "meeting.held", "time": "2026-11-27T10:00", **base, **_SESSION})


def write(path: Path, events: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        for line in one_case(events):
            file.write(line + "\n")


def judged(path: Path) -> tuple[int, list[Finding]]:
    """Number of events, and the findings about the notice of the session."""
    asked = Inquiry((str(path),), as_of="2026-12-31", select=("XK-MTG-001",))
    report = answer(asked, load_registry(plugins=False)).report
    return report.events, [finding for finding in report.findings if finding.case == CASE]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=1_000_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.jsonl"
        write(path, asked.events)
        began, worked = time.monotonic(), time.process_time()
        events, findings = judged(path)
        spent, work = time.monotonic() - began, time.process_time() - worked
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    for finding in findings:
        evidence = ", ".join(e.event for e in finding.fulfilment)
        sys.stdout.write(f"{finding.rule} {finding.case}: {finding.outcome} ({evidence})\n")
    sys.stdout.write(
        f"{events:,} events of one case: {spent:.1f} s, {work:.1f} s of processor time, at most {most:,} MB\n"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
