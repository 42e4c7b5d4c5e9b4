"""The official calendar: which days are worked, which are off and why, and which of them are doubtful
(semantics 3.3, 3.9).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, compress
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from transparency_check.packs.model import CalendarRow

# The possible calendars. Bit 0: days that are uncertain are off (else worked). Bit 1: days off that are
# estimated are worked (else off). 0 is the one whose dates are shown.
BOUNDS: Final = (0, 1, 2, 3)
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class OutsideCalendar(ValueError):
    """A question about a day that the calendar does not cover (semantics 3.10)."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a day is not counted: ``weekend`` (``weekday`` says which), ``holiday`` (``row``), ``stopped``
    (``stop``: first day and day of the restart), or ``outside`` (the calendar does not cover the day).
    """

    kind: Literal["weekend", "holiday", "stopped", "outside"]
    weekday: str | None = None
    row: CalendarRow | None = None
    stop: tuple[dt.date, dt.date | None] | None = None


@dataclass(frozen=True, slots=True)
class DayStatus:
    """All that is known of one day: its weekday, the rows of the calendar, whether it is covered, and the
    bounds that work it.
    """

    day: dt.date
    weekday: str
    covered: bool
    rows: tuple[CalendarRow, ...]
    worked_under: tuple[int, ...]

    @property
    def weekend(self) -> bool:
        """Whether it is a Saturday or Sunday."""
        return self.weekday in ("Saturday", "Sunday")

    @property
    def doubtful(self) -> bool:
        """Whether it is worked under some bounds and off under others."""
        return 0 < len(self.worked_under) < len(BOUNDS)


def _off_under(rows: Iterable[CalendarRow], bound: int) -> list[CalendarRow]:
    """The rows that make a weekday a day off under this bound."""
    found = []
    for row in rows:
        if row.off == "uncertain":
            off = bool(bound & 1)
        elif row.off == "yes":
            off = not (row.estimated and bound & 2)
        else:
            off = False
        if off:
            found.append(row)
    return found


class Calendar:
    """Working days from ``first`` to ``last``, both inclusive, under every bound.

    Monday to Friday, less the days off of ``rows``, plus rows with ``off: working``. Several rows may share a
    date: one that is worked prevails, else any that is off. Rows outside the range are ignored. Raises
    ``ValueError`` where first is after last.

    The methods in ordinals (``datetime.date.toordinal``) serve the counting; 0 (or -1 for a number) says
    that a day had to be known that the calendar does not cover.
    """

    def __init__(self, rows: Iterable[CalendarRow], first: dt.date, last: dt.date) -> None:
        if first > last:
            raise ValueError(
                f"the calendar begins on {first}, after its end on {last}: exchange `from` and `to`"
            )
        self.first = first
        self.last = last
        self._base = first.toordinal()
        self._length = last.toordinal() - self._base + 1
        by_day: dict[int, list[CalendarRow]] = {}
        for row in rows:
            if first <= row.date <= last:
                by_day.setdefault(row.date.toordinal(), []).append(row)
        self._rows = {ordinal: tuple(found) for ordinal, found in by_day.items()}

        week = bytes(1 if (first.weekday() + i) % 7 < 5 else 0 for i in range(7))
        plain = (week * (self._length // 7 + 1))[: self._length]
        flags = [bytearray(plain) for _ in BOUNDS]
        doubt = bytearray(self._length)
        for ordinal, found in self._rows.items():
            at = ordinal - self._base
            worked = any(row.off == "working" for row in found)
            for bound in BOUNDS:
                flags[bound][at] = worked or (bool(plain[at]) and not _off_under(found, bound))
            doubt[at] = len({flags[bound][at] for bound in BOUNDS}) > 1
        # Prefix sums: at index i stands the number among the first i days.
        self._worked_before = [list(accumulate(flag, initial=0)) for flag in flags]
        self._doubtful_before = list(accumulate(doubt, initial=0))
        self._workdays = [
            list(compress(range(self._base, self._base + self._length), flag)) for flag in flags
        ]
        self._flags = [bytes(flag) for flag in flags]

    def covers(self, day: dt.date) -> bool:
        """Whether the calendar says anything about the day."""
        return self.first <= day <= self.last

    def working(self, day: dt.date, bound: int = 0) -> bool:
        """Whether the day is worked under the bound. Raises ``OutsideCalendar`` where it is not covered."""
        at = day.toordinal() - self._base
        if not 0 <= at < self._length:
            raise OutsideCalendar(
                f"{day} lies outside the calendar, which runs from {self.first} to {self.last}"
            )
        return self._flags[bound][at] == 1

    def doubtful(self, low: int, high: int) -> bool:
        """Whether a day between two ordinals (both inclusive, in their order) is worked under some bounds
        only.

        Where none is, every bound counts this span alike. Days outside the calendar are not looked at.
        """
        low, high = max(low - self._base, 0), min(high - self._base, self._length - 1)
        return low <= high and self._doubtful_before[high + 1] > self._doubtful_before[low]

    def status(self, day: dt.date) -> DayStatus:
        """What is known of the day; never raises."""
        covered = self.covers(day)
        worked = tuple(bound for bound in BOUNDS if self.working(day, bound)) if covered else ()
        return DayStatus(day, WEEKDAYS[day.weekday()], covered, self._rows.get(day.toordinal(), ()), worked)

    def why_off(self, day: dt.date, bound: int = 0) -> tuple[Reason, ...]:
        """Every reason why the day is not worked under the bound; empty for a working day; ``outside``
        where it is not covered.
        """
        if not self.covers(day):
            return (Reason("outside"),)
        if self.working(day, bound):
            return ()
        rows = self._rows.get(day.toordinal(), ())
        if day.weekday() < 5:
            rows = tuple(_off_under(rows, bound))
            return tuple(Reason("holiday", row=row) for row in rows)
        # A feast at the weekend is told too: it explains the day off in its place.
        feasts = tuple(Reason("holiday", row=row) for row in rows if row.off != "uncertain" or bound & 1)
        return (Reason("weekend", weekday=WEEKDAYS[day.weekday()]), *feasts)

    def nth_after(self, start: int, n: int, bound: int) -> int:
        """Ordinal of the n-th working day (n >= 1) after the day ``start``; 0 where it cannot be known."""
        at = start + 1 - self._base
        if not 0 <= at <= self._length:
            return 0
        days = self._workdays[bound]
        index = self._worked_before[bound][at] + n - 1
        return days[index] if index < len(days) else 0

    def nth_before(self, start: int, n: int, bound: int) -> int:
        """Ordinal of the n-th working day (n >= 1) before the day ``start``; 0 where it cannot be known."""
        at = start - self._base
        if not 0 <= at <= self._length:
            return 0
        index = self._worked_before[bound][at] - n
        return self._workdays[bound][index] if index >= 0 else 0

    def count(self, start: int, end: int, bound: int) -> int:
        """Number of working days after the day ``start`` up to and including ``end``; -1 where it cannot
        be known.
        """
        if end <= start:
            return 0
        low, high = start + 1 - self._base, end + 1 - self._base
        if low < 0 or high > self._length:
            return -1
        before = self._worked_before[bound]
        return before[high] - before[low]
