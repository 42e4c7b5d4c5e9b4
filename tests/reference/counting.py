"""Counting days one at a time (semantics section 3)."""

from __future__ import annotations

import calendar as months
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from transparency_check.packs.model import CalendarRow

ONE_DAY = dt.timedelta(days=1)
SHOWN = 0
# Bit 0: uncertain days are off. Bit 1: estimated days are worked. (3.9)
BOUNDS = (0, 1, 2, 3)
Stops = tuple[tuple[dt.date, dt.date | None], ...]


class NoCalendar(Exception):
    """A day whose status is needed lies outside the calendar (3.10)."""


class Suspended(Exception):
    """The clock still stands (4.13)."""


@dataclass
class Days:
    """The days off of a rulebook."""

    rows: dict[dt.date, list[CalendarRow]]
    first: dt.date
    last: dt.date

    @classmethod
    def of(cls, rows: Iterable[CalendarRow], first: dt.date, last: dt.date) -> Days:
        table: dict[dt.date, list[CalendarRow]] = {}
        for row in rows:
            table.setdefault(row.date, []).append(row)
        return cls(table, first, last)

    def working(self, day: dt.date, bound: int) -> bool:
        """3.3: Monday to Friday, less days off, plus declared working days."""
        if not self.first <= day <= self.last:
            raise NoCalendar(day)
        rows = self.rows.get(day, [])
        if any(row.off == "working" for row in rows):
            return True
        if day.weekday() >= 5:
            return False
        for row in rows:
            if row.off == "uncertain" and bound & 1:
                return False
            if row.off == "yes" and not (row.status == "estimated" and bound & 2):
                return False
        return True

    def last_working(self, day: dt.date, bound: int = SHOWN) -> dt.date | None:
        """The last working day at or before a day; None outside the calendar."""
        try:
            while not self.working(day, bound):
                day -= ONE_DAY
        except NoCalendar:
            return None
        return day

    def working_after(self, start: dt.date, end: dt.date, bound: int = SHOWN) -> int | None:
        """Number of working days after one day up to another; None outside the calendar."""
        number = 0
        try:
            while start < end:
                start += ONE_DAY
                number += self.working(start, bound)
        except NoCalendar:
            return None
        return number


def add_months(day: dt.date, number: int) -> dt.date:
    """3.4: the same day number, or the last day of the month. Raises NoCalendar beyond the years a date can
    hold.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise NoCalendar(day)
    return dt.date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def add_days(day: dt.date, number: int) -> dt.date:
    """So many civil days later (or earlier). Raises NoCalendar beyond the years a date can hold."""
    try:
        return day + dt.timedelta(days=number)
    except OverflowError:
        raise NoCalendar(day) from None


def roll(day: dt.date, how: str, days: Days, bound: int) -> dt.date:
    """3.2: to the next or the previous working day."""
    if how == "none":
        return day
    while not days.working(day, bound):
        day = add_days(day, 1 if how == "forward" else -1)
    return day


def _whole_units(anchor: dt.date, number: int, unit: str) -> dt.date:
    if unit == "week":
        return add_days(anchor, 7 * number)
    return add_months(anchor, number * (12 if unit == "year" else 1))


def _stopped(day: dt.date, stops: Stops) -> bool:
    for start, end in stops:
        if start <= day and end is None:
            raise Suspended
        if end is not None and start <= day < end:
            return True
    return False


def forward(
    anchor: dt.date, n: int, unit: str, how: str, days: Days, bound: int, stops: Stops = ()
) -> dt.date:
    """3.1-3.4, 4.13: the due day n units after the anchor's day."""
    stops = tuple((start, end) for start, end in stops if start >= anchor)
    if n == 0 and any(start == anchor and end is None for start, end in stops):
        # The stop began on the due day itself and lasts.
        raise Suspended
    day = anchor
    if unit in ("calendar-day", "working-day"):
        counted = 0
        while counted < n:
            day = add_days(day, 1)
            if not _stopped(day, stops) and (unit == "calendar-day" or days.working(day, bound)):
                counted += 1
    else:
        plain = _whole_units(anchor, n, unit)
        day = plain
        while True:
            stopped, walk = 0, anchor
            while walk < day:
                walk += ONE_DAY
                stopped += _stopped(walk, stops)
            if add_days(plain, stopped) == day:
                break
            day = add_days(plain, stopped)
    return day if unit == "working-day" else roll(day, how, days, bound)


def backward(anchor: dt.date, n: int, unit: str, clear: bool, how: str, days: Days, bound: int) -> dt.date:
    """3.5: the due day n units before the anchor's day. For n = 0 it is the anchor's day."""
    if n == 0:
        return anchor
    day = anchor
    if unit in ("calendar-day", "working-day"):
        counted = 0
        while counted < n:
            day = add_days(day, -1)
            if unit == "calendar-day" or days.working(day, bound):
                counted += 1
    else:
        day = _whole_units(anchor, -n, unit)
    if clear:
        day = add_days(day, -1)
    return day if unit == "working-day" else roll(day, how, days, bound)


def civil_period(day: dt.date, per: str) -> tuple[str, dt.date, dt.date]:
    """Key, first and last day of the civil period that holds a day (4.11)."""
    if per == "year":
        return f"{day.year:04}", dt.date(day.year, 1, 1), dt.date(day.year, 12, 31)
    if per in ("half", "quarter", "month"):
        length = {"half": 6, "quarter": 3, "month": 1}[per]
        number = (day.month - 1) // length
        first = dt.date(day.year, number * length + 1, 1)
        key = (
            f"{day.year:04}-{day.month:02}"
            if per == "month"
            else f"{day.year:04}-{per[0].upper()}{number + 1}"
        )
        return key, first, add_months(first, length) - ONE_DAY
    if per == "week":
        year, week, weekday = day.isocalendar()
        first = day - dt.timedelta(days=weekday - 1)
        return f"{year:04}-W{week:02}", first, first + dt.timedelta(days=6)
    return day.isoformat(), day, day


def part_of(first: dt.date, last: dt.date, within: str | None) -> tuple[dt.date, dt.date]:
    """The part of a period that ``within`` names."""
    length = (last.year - first.year) * 12 + last.month - first.month + 1
    if within == "first-half":
        return first, add_months(first, length // 2) - ONE_DAY
    if within == "second-half":
        return add_months(first, length // 2), last
    if within == "first-quarter":
        return first, add_months(first, length // 4) - ONE_DAY
    return first, last
