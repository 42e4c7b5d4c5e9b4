"""What the loops in plain Python share: days as numbers, and the verdicts written out."""

from __future__ import annotations

import csv
import datetime as dt
import json
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any


@cache
def ordinal(moment: str) -> int:
    """The day of a date or date-time, as a number. There are few days and many events."""
    return dt.date.fromisoformat(moment[:10]).toordinal()


def records(log: str) -> Iterator[dict[str, Any]]:
    """The events of a log as JSON lines or CSV, the lists that rules read taken apart."""
    if log.endswith(".jsonl"):
        with open(log, "rb") as lines:  # noqa: PTH123
            for line in lines:
                yield json.loads(line)
    else:
        with open(log, encoding="utf-8", newline="") as rows:  # noqa: PTH123
            for row in csv.DictReader(rows):
                yield {**row, "channel": row["channel"].split("; ")}


def tell(verdicts: list[tuple[str, str, str]], output: str) -> None:
    """Broken cases of ``(duty, outcome, case)`` to the output, the number of each outcome printed."""
    counts: dict[str, dict[str, int]] = {}
    for (duty, outcome), number in Counter(verdict[:2] for verdict in verdicts).items():
        counts.setdefault(duty, {})[outcome] = number
    with open(output, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("duty", "outcome", "case"))
        writer.writerows(verdict for verdict in verdicts if verdict[1] != "fulfilled")
    sys.stdout.write(json.dumps(counts) + "\n")
