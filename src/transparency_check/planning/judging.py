"""Plans judged by the engine, like any log: whether acting on them fulfils the duties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from transparency_check.engine import evaluate
from transparency_check.events import Normaliser
from transparency_check.model import Finding, Problem
from transparency_check.packs.model import Duty
from transparency_check.packs.needed import closure, restricted
from transparency_check.readers.base import Row
from transparency_check.times import Moment
from transparency_check.trials.company import judge_together

from .law import Law
from .supposed import PLACE, Supposed, on_day

# The case that the events of a plan belong to.
CASE = "planned"
# How far beyond the events of a plan the log that they make is complete, in days.
_COVERED = dt.timedelta(days=400)


@dataclass(frozen=True)
class SmallLog:
    """A log that can be judged together with others (see ``trials.company``)."""

    rules: frozenset[str]
    records: tuple[bytes, ...]
    moments: tuple[Moment, Moment | None, Moment | None]
    changed: Duty | None = None


def rows_of(events: Sequence[Supposed], law: Law) -> list[dict[str, Any]]:
    """The events as records of one case, with a declaration that the log is complete around them."""
    rows = [event.row(CASE) for event in events]
    coverage = law.rulebook.vocabulary.coverage
    if coverage is not None and events:
        first = max(min(e.day for e in events) - _COVERED, law.calendar.first)
        last = min(max(e.day for e in events) + _COVERED, law.calendar.last)
        rows.append(
            {
                "id": "s0",
                "type": coverage.event,
                "time": first.isoformat(),
                "municipality": events[0].municipality,
                coverage.period: f"{first}/{last}",
            }
        )
    return rows


def records_of(rows: Iterable[dict[str, Any]], law: Law) -> tuple[list[bytes], list[Problem]]:
    """Rows as the engine takes them, and what was wrong with them."""
    normaliser = Normaliser(law.rulebook.vocabulary, law.rulebook.municipalities, law.zone)
    normaliser.begin(PLACE, {})
    problems: list[Problem] = []
    found = [normaliser.record(Row(f"{PLACE}:{n}", row), problems) for n, row in enumerate(rows, start=1)]
    return [record for record in found if record is not None], problems


def small_log(
    rows: Iterable[dict[str, Any]], law: Law, as_of: dt.date, rules: Iterable[str] | None = None
) -> SmallLog:
    """A log of these rows, judged at the end of a day by the duties that events bring to life, or by
    ``rules`` and those that they rest on.
    """
    records, _ = records_of(rows, law)
    if rules is None:
        rules = (duty.id for duty in law.rulebook.duties if duty.trigger is not None)
    wanted = closure(law.rulebook, rules)
    return SmallLog(wanted, tuple(records), (on_day(as_of, law.zone), None, None))


def judged(logs: Sequence[SmallLog], law: Law) -> list[list[Finding]]:
    """The findings of each log, all judged in one go where they can be."""
    found = []
    for log, findings in zip(logs, judge_together(logs, law.rulebook), strict=True):
        if findings is None:
            book = restricted(law.rulebook, log.rules)
            findings = evaluate(list(log.records), book, *log.moments).findings()
        found.append(findings)
    return found
