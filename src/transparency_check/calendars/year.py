"""A year of the official calendar, day by day and month by month, to be read."""

from __future__ import annotations

import calendar as civil
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from transparency_check.calendars.official import BOUNDS, Calendar, DayStatus

if TYPE_CHECKING:
    from transparency_check.packs.model import CalendarRow

DayKind = Literal["working", "weekend", "off", "doubtful", "outside"]


@dataclass(frozen=True)
class YearDay:
    """One day: ``weekend`` (also where a feast falls on it), ``off``, ``doubtful`` (tried both ways,
    semantics 3.9), ``working``, or ``outside`` the calendar. ``rows`` are what the calendar says of it.
    """

    day: dt.date
    weekday: str
    kind: DayKind
    rows: tuple[CalendarRow, ...]


@dataclass(frozen=True)
class MonthCount:
    """Numbers of days of a month. ``working`` counts as dates are shown (estimated days off, uncertain ones
    worked); ``fewest`` and ``most`` under every calendar that is possible. ``outside`` days are in none.
    """

    month: int
    working: int
    fewest: int
    most: int
    off: int
    weekend: int
    outside: int


def year_days(year: int, calendar: Calendar) -> list[YearDay]:
    """Every day of the year."""
    first = dt.date(year, 1, 1)
    length = 366 if civil.isleap(year) else 365
    return [_day(calendar.status(first + dt.timedelta(days=n))) for n in range(length)]


def month_counts(year: int, calendar: Calendar) -> list[MonthCount]:
    """The counts of the twelve months. A doubtful day counts as off or as working as dates are shown."""
    days = year_days(year, calendar)
    counts = []
    for month in range(1, 13):
        found = [d for d in days if d.day.month == month]
        known = [d for d in found if d.kind != "outside"]
        worked = [sum(calendar.working(d.day, bound) for d in known) for bound in BOUNDS]
        weekend = sum(d.kind == "weekend" for d in found)
        counts.append(
            MonthCount(
                month,
                worked[0],
                min(worked),
                max(worked),
                len(known) - worked[0] - weekend,
                weekend,
                len(found) - len(known),
            )
        )
    return counts


def _day(status: DayStatus) -> YearDay:
    kind: DayKind = "working"
    if not status.covered:
        kind = "outside"
    elif status.doubtful:
        kind = "doubtful"
    elif not status.worked_under:
        kind = "weekend" if status.weekend else "off"
    return YearDay(status.day, status.weekday, kind, status.rows)
