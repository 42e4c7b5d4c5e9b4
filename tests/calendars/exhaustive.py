"""Every due date of the bundled packs' periods, for every day of the calendar, against a naive counter.

make deadlines                          (all days)
make deadlines ARGS="--stride 11"

The counter walks day by day over a list of what each day is; it shares no code with the program's.
"""

from __future__ import annotations

import argparse
import calendar as civil
import datetime as dt
import sys
import time
from collections.abc import Iterator

from pack_periods import Counted, periods_of_packs

from transparency_check.calendars import BOUNDS, Calendar, Due, Period, dues
from transparency_check.packs import load_rulebook
from transparency_check.packs.model import CalendarRow, Rulebook

ONE = dt.timedelta(days=1)


class OffTheEnd(Exception):
    """A day had to be known that the calendar does not hold."""


class NaiveCounter:
    """What each day is under one calendar: ``bound`` bit 0 takes uncertain days as off, bit 1 estimated
    ones as worked (3.9).
    """

    def __init__(self, rows: list[CalendarRow], first: dt.date, last: dt.date, bound: int) -> None:
        of_day: dict[dt.date, list[CalendarRow]] = {}
        for row in rows:
            of_day.setdefault(row.date, []).append(row)
        self.worked: dict[dt.date, bool] = {}
        day = first
        while day <= last:
            self.worked[day] = self._is_worked(day, of_day.get(day, []), bound)
            day += ONE

    @staticmethod
    def _is_worked(day: dt.date, rows: list[CalendarRow], bound: int) -> bool:
        if any(row.off == "working" for row in rows):
            return True
        if day.isoweekday() in (6, 7):
            return False
        certain = any(row.off == "yes" and row.status != "estimated" for row in rows)
        estimated = any(row.off == "yes" and row.status == "estimated" for row in rows)
        uncertain = any(row.off == "uncertain" for row in rows)
        return not (certain or (estimated and bound < 2) or (uncertain and bound % 2 == 1))

    def is_worked(self, day: dt.date) -> bool:
        if day not in self.worked:
            raise OffTheEnd
        return self.worked[day]

    def due(self, anchor: dt.date, period: Period, extension: int) -> Due:
        """The due date, one day at a time."""
        try:
            return Due(self._due(anchor, period, period.n + extension))
        except OffTheEnd:
            return Due(None, "no_calendar")

    def _due(self, anchor: dt.date, period: Period, n: int) -> dt.date:
        step = ONE if period.direction == "after" else -ONE
        day = anchor
        if period.unit == "working-day":
            while n:
                day += step
                n -= self.is_worked(day)
            return day - ONE if period.clear and day != anchor else day
        if period.unit in ("month", "year"):
            day = self._months(anchor, n * (12 if period.unit == "year" else 1), step)
        else:
            for _ in range(n * (7 if period.unit == "week" else 1)):
                day += step
        if period.clear and day != anchor:
            day -= ONE
        while period.roll != "none" and not self.is_worked(day):
            day += ONE if period.roll == "forward" else -ONE
        return day

    @staticmethod
    def _months(anchor: dt.date, number: int, step: dt.timedelta) -> dt.date:
        """The same day number so many months on, or the last day of a month that does not have it (3.4)."""
        year, month = anchor.year, anchor.month
        for _ in range(number):
            month += step.days
            if month in (0, 13):
                year, month = (year - 1, 12) if month == 0 else (year + 1, 1)
        return dt.date(year, month, min(anchor.day, civil.monthrange(year, month)[1]))


def days_of(book: Rulebook, stride: int) -> Iterator[dt.date]:
    """The days of the calendar, or every so-manieth."""
    day = book.calendar_range.from_
    while day <= book.calendar_range.to:
        yield day
        day += stride * ONE


def wrong(stride: int = 1) -> tuple[int, list[str]]:
    """How many due dates were compared, and those that differ. Calendars that agree up to the due date and a
    month beyond are still counted four times.
    """
    book = load_rulebook(["kosovo"], examples=False)
    span = book.calendar_range
    calendar = Calendar(book.calendar, span.from_, span.to)
    counters = [NaiveCounter(book.calendar, span.from_, span.to, bound) for bound in BOUNDS]
    periods: list[Counted] = list(periods_of_packs())
    compared, lines = 0, []
    for anchor in days_of(book, stride):
        for period, extension in periods:
            given = dues(anchor, period, calendar, extension)
            for bound, counter in enumerate(counters):
                compared += 1
                expected = counter.due(anchor, period, extension)
                if given[bound] != expected:
                    lines.append(
                        f"{anchor} {period} +{extension}, calendar {bound}: {given[bound]}, not {expected}"
                    )
    return compared, lines


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--stride", type=int, default=1, help="only every so-manieth day")
    stride = parser.parse_args().stride
    started = time.monotonic()
    compared, lines = wrong(stride)
    for line in lines[:20]:
        sys.stdout.write(line + "\n")
    sys.stdout.write(
        f"{compared} due dates of {len(periods_of_packs())} periods under {len(BOUNDS)} calendars, "
        f"{len(lines)} differ, {time.monotonic() - started:.0f} s\n"
    )
    return 1 if lines else 0


if __name__ == "__main__":
    raise SystemExit(main())
