"""Every period of days that the bundled packs count, under every version and reading."""

from __future__ import annotations

from collections.abc import Iterator

from reference.readings import Read, readings_of
from transparency_check.calendars import Period
from transparency_check.packs import load_rulebook
from transparency_check.packs.find import bundled_names
from transparency_check.packs.model import Deadline, Duty, Span, Version

# Where a record says by how much a period is extended, these are tried.
EXTENSIONS = (1, 7, 15)
LATE_RECORDING = Period(5, "working-day", "after", "none")
Counted = tuple[Period, int]


def periods_of_packs() -> dict[Counted, list[str]]:
    """(period, extension) to the duties that count it, in a fixed order. Hours are no periods of days."""
    found: dict[Counted, list[str]] = {(LATE_RECORDING, 0): ["TC-REC-001"]}
    for name in bundled_names():
        for duty in load_rulebook([name], examples=False).duties:
            for counted in _of_duty(duty):
                rules = found.setdefault(counted, [])
                if duty.id not in rules:
                    rules.append(duty.id)
    return dict(sorted(found.items(), key=lambda item: repr(item[0])))


def _of_duty(duty: Duty) -> Iterator[Counted]:
    for read in readings_of(duty) if duty.checkable is None else ():
        for version in duty.versions:
            yield from _of_version(read, version)
        if read.duty.correlate.window is not None:
            yield _span(read.duty.correlate.window, "after")
        if read.duty.calendar is not None:
            yield Period(0, "calendar-day", "after", read.duty.calendar.roll), 0


def _of_version(read: Read, version: Version) -> Iterator[Counted]:
    deadline, part = read.duty.deadline, read.duty.open_for
    if deadline is not None:
        n, unit = read.number(deadline.n, version), read.unit(deadline.unit, version)
        if n is not None and unit != "hour":
            backward = deadline.before is not None
            # Both counts are tried for whatever counts backward, also where only one is a reading (3.5).
            for clear in {deadline.clear, backward}:
                period = Period(n, unit, "before" if backward else "after", _roll(deadline, n, unit), clear)
                yield from ((period, more) for more in _extensions(deadline))
        if isinstance(deadline.not_before, Span):
            yield _span(deadline.not_before, "before")
    if part is not None:
        n, unit = read.number(part.n, version), read.unit(part.unit, version)
        if n is not None and unit != "hour":
            yield Period(n, unit, "after", "none"), 0


def _roll(deadline: Deadline, n: int, unit: str) -> str:
    """3.2, 7.7: forward unless the file says otherwise; nothing moves over a day off where nothing is
    counted.
    """
    if unit == "working-day":
        return "none"
    return deadline.roll or ("forward" if n and deadline.before is None else "none")


def _extensions(deadline: Deadline) -> tuple[int, ...]:
    if deadline.extended_by is None:
        return (0,)
    more = deadline.extended_by.add
    return (0, more) if isinstance(more, int) else (0, *EXTENSIONS)


def _span(span: Span, direction: str) -> Counted:
    return Period(span.n, span.unit, direction, "none"), 0
