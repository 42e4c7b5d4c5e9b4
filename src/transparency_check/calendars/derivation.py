"""The proof of a due date: every day from anchor to due, counted or passed over and why (semantics 3.11).

The dates come from the same ``day_n``, ``cleared`` and ``rolled`` that ``due`` is made of; this module
only writes down the way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from transparency_check.calendars.deadlines import SUSPENDED, Due, Stops, cleared, day_n, finish, rolled
from transparency_check.calendars.official import Calendar, Reason
from transparency_check.calendars.periods import NO_DAY, Period, civil_end


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day on the way: its ``number``, or None with the reasons ``why`` it is passed over.

    ``doubtful``: the day is worked under some calendars and off under others (semantics 3.9).
    """

    day: dt.date
    number: int | None
    why: tuple[Reason, ...] = ()
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a due date came about.

    * ``days``: from the day next to the anchor to the last counted one, in the order of counting (backward:
      later days first). Weeks, months and years list the calendar days they are long. Where the count cannot
      be finished, the list ends with the day outside the calendar, or with the first day of the stop that
      still lasts.
    * ``counted``: how many days had to be counted, extension included; None where the end of a month or year
      period is out of range.
    * ``extension``: the part of n that an extension added; ``clipped``: the day number of the anchor does not
      exist in the month of the end, whose last day was taken.
    * ``last_counted``: the last day counted; ``clear_day``: the day before it, where n whole days must lie
      between.
    * ``roll``: the days off that the last step passed over, then the working day it ended on; empty where
      nothing rolled.
    * ``due``: the result, the same that ``due`` gives for these arguments.
    """

    anchor: dt.date
    period: Period
    bound: int
    extension: int
    stops: Stops
    days: tuple[CountedDay, ...]
    counted: int | None
    clipped: bool
    last_counted: dt.date | None
    clear_day: dt.date | None
    roll: tuple[CountedDay, ...]
    due: Due


def derive(
    anchor: dt.date,
    period: Period,
    calendar: Calendar,
    bound: int = 0,
    extension: int = 0,
    stops: Stops = (),
) -> Derivation:
    """The day-by-day proof of ``due`` for the same arguments; raises as ``due`` does. Takes time in
    proportion to the days listed.
    """
    end = day_n(anchor, period, calendar, bound, extension, stops)
    n, clipped = _length(anchor, period, extension)
    days = tuple(_way(anchor, period, calendar, bound, stops, end, n))
    clear_day: dt.date | None = None
    roll: tuple[CountedDay, ...] = ()
    if end > NO_DAY:
        last = cleared(end, period, extension)
        if last != end and last > NO_DAY:
            clear_day = dt.date.fromordinal(last)
        if last > NO_DAY:
            roll = tuple(_roll(last, period, calendar, bound))
    return Derivation(
        anchor=anchor,
        period=period,
        bound=bound,
        extension=extension,
        stops=stops,
        days=days,
        counted=n,
        clipped=clipped,
        last_counted=dt.date.fromordinal(end) if end > NO_DAY else None,
        clear_day=clear_day,
        roll=roll,
        due=finish(end, period, calendar, bound, extension),
    )


def _length(anchor: dt.date, period: Period, extension: int) -> tuple[int | None, bool]:
    """How many days are to be counted, and whether the end of a month was taken for want of the day
    number.
    """
    n = period.n + extension
    if period.unit in ("working-day", "calendar-day"):
        return n, False
    end = civil_end(anchor, period.unit, n if period.direction == "after" else -n)
    if end == NO_DAY:
        return None, False
    clipped = period.unit in ("month", "year") and dt.date.fromordinal(end).day != anchor.day
    return abs(end - anchor.toordinal()), clipped


def _way(
    anchor: dt.date, period: Period, calendar: Calendar, bound: int, stops: Stops, end: int, n: int | None
) -> Iterator[CountedDay]:
    """The days from the anchor on, until ``end``, or as far as they are known where there is none."""
    working = period.unit == "working-day"
    if n is None or n == 0 or (end == NO_DAY and not working):
        return
    step = 1 if period.direction == "after" else -1
    # A stop that begins before the anchor is none of this period's; nor is any where counting runs backward.
    running = [stop for stop in stops if stop[0] >= anchor] if step == 1 else []
    number = 0
    for ordinal in count(anchor.toordinal() + step, step):
        day = dt.date.fromordinal(ordinal)
        stop = next((s for s in running if s[0] <= day and (s[1] is None or day < s[1])), None)
        status = calendar.status(day)
        if stop is not None:
            why: tuple[Reason, ...] = (Reason("stopped", stop=stop),)
        elif working:
            why = calendar.why_off(day, bound)
        else:
            why = ()
        number += not why
        yield CountedDay(day, None if why else number, why, status.doubtful)
        # Where there is no end the list closes with the obstacle. A stop ends it for good only while nothing
        # restarts the clock.
        if ordinal == end or (end == NO_DAY and why and why[0].kind == "outside"):
            return
        if end == SUSPENDED and stop is not None and any(s[1] is None and s[0] <= day for s in running):
            return


def _roll(day: int, period: Period, calendar: Calendar, bound: int) -> Iterator[CountedDay]:
    """The days off that the roll passes over and the working day it ends on, or the first day outside the
    calendar.
    """
    target = rolled(day, period, calendar, bound)
    if target == day:
        return
    step = 1 if period.roll == "forward" else -1
    for ordinal in count(day, step):
        at = dt.date.fromordinal(ordinal)
        why = calendar.why_off(at, bound)
        yield CountedDay(at, None, why, calendar.status(at).doubtful)
        if ordinal == target or (why and why[0].kind == "outside"):
            return
