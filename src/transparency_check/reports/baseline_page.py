"""A baseline by itself, for people and for programs."""

from __future__ import annotations

from typing import Any

from ..baseline.file import BaselineFile
from ..messages import text
from ..messages.figures import day
from ..model import BaselineEntry
from .baselines import about, entry_object
from .outline import Block, Outline, Section
from .wording import outcome_name

SCHEMA = "transparency-check/baseline-shown/1"


def outline(file: BaselineFile) -> Outline:
    """A baseline as people read it: duty by duty, municipality by municipality."""
    packs = ", ".join(f"{p.id} {p.version} ({p.sha256[:8]})" for p in file.packs)
    head = [text("baseline.head", name=file.name, packs=text("report.packs", packs=packs))]
    if not file.entries:
        return Outline(text("baseline.title"), tuple(head), (Section(text("baseline.holds.none"), "good"),))
    columns = (text("column.finding"), text("column.was"), text("column.since"))
    by_rule: dict[str, list[BaselineEntry]] = {}
    for entry in file.entries:
        by_rule.setdefault(entry.rule, []).append(entry)
    blocks = tuple(
        Block(
            title=f"{rule} ({len(entries)})",
            columns=columns,
            rows=tuple((about(e), _weight(e), (day(e.since),)) for e in entries),
        )
        for rule, entries in sorted(by_rule.items())
    )
    title = text("baseline.holds", n=len(file.entries))
    return Outline(text("baseline.title"), tuple(head), (Section(title, "plain", blocks),))


def _weight(entry: BaselineEntry) -> tuple[str, ...]:
    advisory = (text("advisory"),) if entry.severity == "advisory" else ()
    return (outcome_name(entry.outcome), *advisory)


def baseline_object(file: BaselineFile) -> dict[str, Any]:
    """A baseline for programs: what the file says, with the line of each entry."""
    return {
        "schema": SCHEMA,
        "file": file.name,
        "sha256": file.sha256,
        "undetermined": file.undetermined,
        "packs": [{"id": p.id, "version": p.version, "sha256": p.sha256} for p in file.packs],
        "entries": [entry_object(entry) for entry in file.entries],
    }
