"""Periods and dates that arise by themselves: civil periods of counts, recurrences of calendar duties (semantics 4.11, 4.12, 7.10)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr

from transparency_check.packs.model import CalendarTrigger

DAY = dt.timedelta(days=1)
ROLLED = dt.timedelta(days=60)
FAR = dt.date(9999, 12, 31)
# Without a first version to start from, recurrences are stepped from here.
DEFAULT_START = dt.date(2000, 1, 1)


@dataclass(frozen=True)
class CivilPeriod:
    """A civil period by its key, with its first and last day."""

    key: str
    first: dt.date
    last: dt.date


def civil_period(day: dt.date, per: str) -> CivilPeriod:
    """The civil year, half, quarter, month, ISO week or day that holds ``day``."""
    if per == "year":
        return CivilPeriod(f"{day.year}", dt.date(day.year, 1, 1), dt.date(day.year, 12, 31))
    if per == "half":
        half = 1 if day.month <= 6 else 2
        first = dt.date(day.year, 6 * half - 5, 1)
        return CivilPeriod(f"{day.year}-H{half}", first, first + relativedelta(months=6) - DAY)
    if per == "quarter":
        quarter = (day.month + 2) // 3
        first = dt.date(day.year, 3 * quarter - 2, 1)
        return CivilPeriod(f"{day.year}-Q{quarter}", first, first + relativedelta(months=3) - DAY)
    if per == "month":
        first = day.replace(day=1)
        return CivilPeriod(f"{day:%Y-%m}", first, first + relativedelta(months=1) - DAY)
    if per == "week":
        year, week, weekday = day.isocalendar()
        first = day - (weekday - 1) * DAY
        return CivilPeriod(f"{year}-W{week:02d}", first, first + 6 * DAY)
    return CivilPeriod(day.isoformat(), day, day)


def civil_periods(first: dt.date, last: dt.date, per: str) -> Iterator[CivilPeriod]:
    """All civil periods that touch the span from ``first`` to ``last``."""
    day = first
    while day <= last:
        period = civil_period(day, per)
        yield period
        day = period.last + DAY


def part(period: CivilPeriod, within: str | None) -> tuple[dt.date, dt.date]:
    """The days of the period that count: all, or the part named by ``within``."""
    if within == "first-half":
        return period.first, civil_period(period.first, "half").last
    if within == "second-half":
        return civil_period(period.last, "half").first, period.last
    if within == "first-quarter":
        return period.first, civil_period(period.first, "quarter").last
    return period.first, period.last


@dataclass(frozen=True)
class Recurrence:
    """One date of a calendar duty, with the civil period it belongs to and the dates before and after it (None: none)."""

    nominal: dt.date
    civil: CivilPeriod
    previous: dt.date | None
    next: dt.date | None


def recurrences(calendar: CalendarTrigger, start: dt.date | None, until: dt.date) -> list[Recurrence]:
    """The dates of the rule from its start on, up to the first whose window surely begins after ``until``."""
    # A window begins after the previous due date, which may have rolled back from the nominal one.
    until += ROLLED
    rule = rrulestr(calendar.rrule, dtstart=dt.datetime.combine(start or DEFAULT_START, dt.time()))
    per = rule_period(calendar.rrule)
    dates: list[dt.date] = []
    for moment in rule:
        dates.append(moment.date())
        if len(dates) > 1 and dates[-2] >= until:
            break
    found = []
    for i, day in enumerate(dates):
        previous = dates[i - 1] if i else None
        if previous is not None and previous >= until:
            break
        found.append(
            Recurrence(day, civil_period(day, per), previous, dates[i + 1] if i + 1 < len(dates) else None)
        )
    return found


def rule_period(rrule: str) -> str:
    """The civil period that the recurrences of a rule belong to: year, quarter, month, week or day."""
    parts = dict(p.split("=", 1) for p in rrule.upper().removeprefix("RRULE:").split(";") if "=" in p)
    frequency = parts.get("FREQ", "YEARLY")
    if frequency == "YEARLY":
        months = parts.get("BYMONTH", "").split(",")
        return "quarter" if len(months) == 4 else "year"
    if frequency == "MONTHLY":
        return {"3": "quarter", "6": "half", "12": "year"}.get(parts.get("INTERVAL", "1"), "month")
    return "week" if frequency == "WEEKLY" else "day"


def about_period(nominal: dt.date, about: str) -> tuple[dt.date, dt.date]:
    """The civil period in which a document's ``period`` must begin, counted from the nominal date."""
    where, per = about.split("-")
    steps = {"same": 0, "next": 1, "previous": -1}[where]
    months = {"year": 12, "quarter": 3, "month": 1}[per]
    base = civil_period(nominal, per).first + relativedelta(months=steps * months)
    period = civil_period(base, per)
    return period.first, period.last


def window_days(window: str, year: int) -> tuple[dt.date, dt.date]:
    """The days of ``MM-DD/MM-DD`` in a year; 29 February is the last of February where it does not exist."""
    first, last = (tuple(int(x) for x in side.split("-")) for side in window.split("/"))
    return _clipped(year, *first), _clipped(year, *last)


def _clipped(year: int, month: int, day: int) -> dt.date:
    end = dt.date(year, month, 1) + relativedelta(months=1) - DAY
    return min(end, dt.date(year, month, min(day, end.day)))
