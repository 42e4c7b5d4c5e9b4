"""Whether a side found what was planted.

    python -m bench.verdicts TRUTH RESULT TOLD

RESULT is what a peer wrote (``duty,outcome,case``) or a report of this program (counts, JSON Lines); TOLD is
what the side printed, which for a peer is the number of each outcome. Prints one object: ``planted`` broken
cases, of them ``missed`` (not told, or told as the other kind), ``added`` (told, but not so planted);
``kept`` cases planted and ``kept_told``; ``findings``, the number of verdicts in a report.

A process of its own, so that the memory it takes is not counted for the processes that are measured.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from .planted import DUTIES

Verdict = tuple[str, str, str]
BROKEN = ("late", "violated")


def planted(truth: Path) -> tuple[set[Verdict], int]:
    """Broken cases by construction, and the number of those that are kept."""
    broken: set[Verdict] = set()
    kept = 0
    with truth.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            if row["outcome"] in BROKEN:
                broken.add((row["duty"], row["outcome"], row["case"]))
            else:
                kept += 1
    return broken, kept


def told(result: Path) -> Iterator[Verdict]:
    """Verdicts of a result, of whatever duties and outcomes it holds."""
    with result.open(encoding="utf-8", newline="") as file:
        if result.suffix != ".csv":
            # In a report a finding is a line of its own.
            for line in file:
                if line.startswith(('{"id"', '{"line":"finding"')):
                    finding = json.loads(line.rstrip().removesuffix(","))
                    yield finding["rule"], finding["outcome"], finding["case"] or ""
            return
        for row in csv.DictReader(file):
            yield row["duty"], row["outcome"], row["case"]


def compared(truth: Path, result: Path, counts: Path) -> dict[str, int]:
    """The figures of the module's text."""
    broken, kept = planted(truth)
    found: set[Verdict] = set()
    kept_told = 0
    verdicts = [*told(result)]
    findings = len(verdicts)
    for verdict in verdicts:
        if verdict[0] in DUTIES:
            if verdict[1] in BROKEN:
                found.add(verdict)
            else:
                kept_told += verdict[1] == "fulfilled"
    said = counts.read_text(encoding="utf-8")
    if said.startswith("{"):
        by_duty = json.loads(said)
        kept_told = sum(by_outcome.get("fulfilled", 0) for by_outcome in by_duty.values())
    if result.suffix == ".counts":
        report = json.loads(result.read_text(encoding="utf-8"))
        findings = report["summary"]["obligations"] - report["summary"]["outcomes"]["not_applicable"]
        kept_told = sum(d["outcomes"].get("fulfilled", 0) for d in report["rules"] if d["rule"] in DUTIES)
    return {
        "planted": len(broken), "missed": len(broken - found), "added": len(found - broken),
        "kept": kept, "kept_told": kept_told, "findings": findings,
    }  # fmt: skip


def main() -> None:
    sys.stdout.write(json.dumps(compared(*map(Path, sys.argv[1:4]))) + "\n")


if __name__ == "__main__":
    # Longest field of a report: fulfilments of many events. The limit is of the whole process.
    csv.field_size_limit(10**8)
    main()
