"""Due dates: anchor, period, calendar, extension, stops of the clock -> the last lawful day (semantics
3.1-3.5, 4.13, 7.8).

``day_n`` counts and ``finish`` makes the due date of it; ``derivation`` proves the same two steps day by
day.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from transparency_check.calendars.official import BOUNDS, Calendar
from transparency_check.calendars.periods import NO_DAY, Period, civil_end

Stops = tuple[tuple[dt.date, dt.date | None], ...]

# What `day_n` gives instead of an ordinal while the clock stands still.
SUSPENDED: Final = -1
_LAST_ORDINAL: Final = dt.date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Due:
    """The last lawful day, inclusive; or None with the reason: a needed day lies outside the calendar, or
    the clock stands still.
    """

    day: dt.date | None
    reason: Literal["no_calendar", "suspended"] | None = None


_NO_CALENDAR: Final = Due(None, "no_calendar")
_SUSPENDED: Final = Due(None, "suspended")


def due(
    anchor: dt.date,
    period: Period,
    calendar: Calendar,
    bound: int = 0,
    extension: int = 0,
    stops: Stops = (),
) -> Due:
    """The due date of a period counted from the anchor's day, which is itself excluded.

    ``extension`` is added to n and counted in one go (0 or more, in the period's unit). ``stops`` are
    pairs (day of the stop, day of the restart or None): the day of the stop is not counted, the day of the
    restart is. A stop that begins before the anchor's day or after the due date counted so far changes
    nothing, and none does where counting runs backward. Raises ``ValueError`` for a negative extension;
    the ends of the calendar and of the years 1..9999 are reasons, never errors.
    """
    return finish(
        day_n(anchor, period, calendar, bound, extension, stops), period, calendar, bound, extension
    )


def dues(
    anchor: dt.date, period: Period, calendar: Calendar, extension: int = 0, stops: Stops = ()
) -> tuple[Due, Due, Due, Due]:
    """``due`` under each of ``BOUNDS`` in their order, counted once where no doubtful day lies on the way."""
    end = day_n(anchor, period, calendar, 0, extension, stops)
    shown = finish(end, period, calendar, 0, extension)
    if shown.day is not None:
        # The roll may lead back over the last counted day, and away from the day before it that `clear`
        # asks for, so that the way is more than anchor to due.
        ends = (anchor.toordinal(), end, cleared(end, period, extension), shown.day.toordinal())
        if not calendar.doubtful(min(ends), max(ends)):
            return shown, shown, shown, shown
    first, second, third = (due(anchor, period, calendar, bound, extension, stops) for bound in BOUNDS[1:])
    return shown, first, second, third


def day_n(
    anchor: dt.date, period: Period, calendar: Calendar, bound: int, extension: int, stops: Stops
) -> int:
    """Ordinal of the last day counted, before `clear` and roll; ``NO_DAY`` where it cannot be known, or
    ``SUSPENDED``.
    """
    if extension < 0:
        raise ValueError(f"an extension of {extension} would shorten the period: it is 0 or more")
    n = period.n + extension
    working = period.unit == "working-day"
    if period.direction == "before":
        if not working:
            return civil_end(anchor, period.unit, -n)
        return calendar.nth_before(anchor.toordinal(), n, bound) if n else anchor.toordinal()
    start = anchor.toordinal()
    if not working:
        end = civil_end(anchor, period.unit, n)
        if not stops or end == NO_DAY:
            return end
        # Lengthening by the stopped days until nothing changes ends on the day on which as many days have run
        # unstopped as lie between anchor and undisturbed end.
        n = end - start
    elif not stops:
        return calendar.nth_after(start, n, bound) if n else start
    return _past_stops(start, n, stops, calendar if working else None, bound)


def _past_stops(start: int, n: int, stops: Stops, calendar: Calendar | None, bound: int) -> int:
    """Ordinal of the n-th running day after ``start``: working days of the calendar, or all days where
    there is none.
    """
    if n == 0:
        on_start = any(restart is None and begin.toordinal() == start for begin, restart in stops)
        return SUSPENDED if on_start else start
    at = start
    for begin, restart in sorted(stops, key=lambda stop: stop[0]):
        stopped = begin.toordinal()
        if stopped < start:
            continue
        running = calendar.count(at, stopped - 1, bound) if calendar is not None else max(stopped - 1 - at, 0)
        if not 0 <= running < n:
            # Day n comes before this stop, or a day before it is not known.
            break
        n -= running
        if restart is None:
            return SUSPENDED
        at = max(at, stopped - 1, restart.toordinal() - 1)
    if calendar is not None:
        return calendar.nth_after(at, n, bound)
    return at + n if at + n <= _LAST_ORDINAL else NO_DAY


def cleared(day: int, period: Period, extension: int) -> int:
    """The last counted day after `clear` (semantics 3.5): the calendar day before day n. Nothing counted
    leaves nothing to clear.
    """
    return day - 1 if period.clear and period.n + extension else day


def rolled(day: int, period: Period, calendar: Calendar, bound: int) -> int:
    """The day moved to a working day as the period says; ``NO_DAY`` where that needs a day outside the
    calendar.
    """
    if period.roll == "none" or period.unit == "working-day":
        return day
    if period.roll == "forward":
        return calendar.nth_after(day - 1, 1, bound)
    return calendar.nth_before(day + 1, 1, bound)


def finish(day: int, period: Period, calendar: Calendar, bound: int, extension: int) -> Due:
    """The due date of a last counted day: `clear` first, then one roll."""
    if day > NO_DAY:
        day = rolled(cleared(day, period, extension), period, calendar, bound)
        if day > NO_DAY:
            return Due(dt.date.fromordinal(day))
    return _SUSPENDED if day == SUSPENDED else _NO_CALENDAR


def last_working_day(day: dt.date, calendar: Calendar, bound: int = 0) -> dt.date | None:
    """The last working day at or before the day (`act_by`); None where the calendar does not reach."""
    found = calendar.nth_before(day.toordinal() + 1, 1, bound)
    return dt.date.fromordinal(found) if found else None


def working_days_between(a: dt.date, b: dt.date, calendar: Calendar, bound: int = 0) -> int | None:
    """Number of working days after ``a`` up to and including ``b``; 0 where b is not after a; None where
    the calendar does not reach.
    """
    found = calendar.count(a.toordinal(), b.toordinal(), bound)
    return None if found < 0 else found


@lru_cache(maxsize=1024)
def earliest_anchor(as_of_day: dt.date, period: Period, calendar: Calendar) -> dt.date | None:
    """The smallest anchor day whose due date is not before ``as_of_day`` under any bound: the earliest lawful
    date to move to.

    For backward periods; raises ``ValueError`` for others. None where the calendar does not reach.
    """
    if period.direction != "before":
        raise ValueError("the earliest anchor is a question to a period before something (semantics 4.8)")
    found = [_earliest_under(as_of_day.toordinal(), period, calendar, bound) for bound in BOUNDS]
    # Due never moves back when the anchor moves on, so the last of the four serves all of them.
    return None if NO_DAY in found else dt.date.fromordinal(max(found))


def _earliest_under(as_of: int, period: Period, calendar: Calendar, bound: int) -> int:
    """Bisection over anchors from ``as_of`` on; ``NO_DAY`` where the first lawful one needs a day outside
    the calendar.
    """
    working = period.unit == "working-day"
    asks_calendar = period.n > 0 if working else period.roll != "none"
    if asks_calendar and not calendar.covers(dt.date.fromordinal(as_of)):
        return NO_DAY

    def reached(anchor: int) -> bool:
        day = dt.date.fromordinal(anchor)
        answer = due(day, period, calendar, bound)
        if answer.day is not None:
            return answer.day.toordinal() >= as_of
        # Unknown for want of later days: here the search must end. Unknown for want of earlier days: the due
        # date lies before them.
        if working:
            return anchor > calendar.last.toordinal()
        last_counted = cleared(day_n(day, period, calendar, bound, 0, ()), period, 0)
        return last_counted >= as_of if period.roll == "forward" else last_counted > calendar.last.toordinal()

    if reached(as_of):
        high = as_of
    else:
        low, width = as_of, 1
        while low + width < _LAST_ORDINAL and not reached(low + width):
            low, width = low + width, width * 2
        high = min(low + width, _LAST_ORDINAL)
        while low + 1 < high:
            middle = (low + high) // 2
            if reached(middle):
                high = middle
            else:
                low = middle
    answer = due(dt.date.fromordinal(high), period, calendar, bound)
    return high if answer.day is not None and answer.day.toordinal() >= as_of else NO_DAY
