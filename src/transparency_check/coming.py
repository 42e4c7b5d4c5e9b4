"""From an answer to what comes next: the view that ``upcoming`` shows and ``remind`` sends."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .checking import Answer
    from .model import Report
    from .report import Upcoming
    from .reports.read import ReadReport


class Earlier(NamedTuple):
    """An earlier report with its name, as messages show it."""

    name: str
    read: ReadReport


def read_earlier(since: str | None) -> Earlier | None:
    """The report that was named. Raises ``UsageError`` where it is none."""
    from .reports.read import read_report

    return None if since is None else Earlier(Path(since).as_posix(), read_report(Path(since)))


def next_of(
    found: Answer,
    report: Report,
    overdue: bool,
    before: Earlier | None,
    selection: Mapping[str, Collection[str]],
) -> Upcoming:
    """What comes next of ``report``, and what changed in it since an earlier report where there is one.

    Raises ``UsageError`` for one that was narrowed to something other than ``selection``, or judged later.
    """
    from .calendars import working_days_between
    from .report import upcoming
    from .since import refuse_other, since

    assert found.until is not None
    calendar = found.calendar()
    timeless = {duty.id for duty in found.rulebook.duties if duty.shape in ("content", "standing")}
    if before is not None:
        refuse_other(before.read, before.name, selection, found.as_of)
    next_ = upcoming(
        report,
        found.as_of.day,
        found.until,
        lambda a, b: working_days_between(a, b, calendar),
        timeless,
        overdue,
    )
    if before is None:
        return next_
    changed = since(before.read, before.name, found.report, next_, found.as_of.day, timeless)
    return replace(next_, since=changed)
