"""Due dates for the pipeline: every distinct question is asked once of the calendar, and the answers are joined as a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from transparency_check.calendars import Calendar, Period, dues, last_working_day
from transparency_check.engine.forms import Hours, Plan
from transparency_check.engine.tables import append, fill
from transparency_check.times import day_bounds

HOUR = 3_600_000_000
Stops = tuple[tuple[dt.date, dt.date | None], ...]
# Rows of ``day_key`` by what was asked, of periods in days.
Counted = dict[tuple[Any, ...], list[tuple[Any, ...]]]

_KEYS = {
    "period": "INTEGER", "anchor_day": "DATE", "alo": "BIGINT", "ahi": "BIGINT", "add": "BIGINT", "stops": "VARCHAR",
    "bound": "INTEGER", "bounds": "INTEGER", "due_day": "DATE", "due_lo": "BIGINT", "due_hi": "BIGINT", "act_by": "DATE", "reason": "VARCHAR",
}  # fmt: skip


_REACH = {"period": "INTEGER", "anchor_day": "DATE", "bound": "INTEGER", "due_day": "DATE"}


class DueDates:
    """The table ``day_key``: (period, anchor, extension, stops) to due dates under each calendar that may differ."""

    def __init__(
        self, con: duckdb.DuckDBPyConnection, plan: Plan, calendar: Calendar, zone: ZoneInfo, counted: Counted
    ) -> None:
        """``counted`` is what the parts of one evaluation share: they ask mostly the same."""
        self.con, self.plan, self.calendar, self.zone = con, plan, calendar, zone
        self._counted = counted
        self._known: set[tuple[Any, ...]] = set()
        # What follows from a due day alone, of which there are fewer than questions.
        self._days: dict[dt.date | None, tuple[int | None, int | None, dt.date | None]] = {None: (None, None, None)}
        fill(con, "day_key", _KEYS, [])
        # Ends of windows and beginnings of `not_before`, under each calendar.
        fill(con, "reach", _REACH, [])
        self._reached: set[tuple[int, dt.date]] = set()

    def ask(self, question: str) -> None:
        """Answer the distinct keys (period, anchor_day, alo, ahi, add, stops) that a query selects."""
        new = [key for key in self.con.execute(question).fetchall() if key not in self._known]
        self._known.update(new)
        append(self.con, "day_key", _KEYS, (row for key in new for row in self._answers(*key)))

    def reach(self, question: str) -> None:
        """Answer the distinct keys (period, anchor_day) of windows."""
        new = [key for key in self.con.execute(question).fetchall() if key not in self._reached]
        self._reached.update(new)
        rows = []
        for period, anchor in new:
            spec = self.plan.periods[period]
            assert isinstance(spec, Period)
            # An end outside the calendar is no end.
            rows += [(period, anchor, bound, end.day) for bound, end in enumerate(dues(anchor, spec, self.calendar))]
        append(self.con, "reach", _REACH, rows)

    def _answers(
        self, period: int, anchor: dt.date, alo: int, ahi: int, add: int, stops: str
    ) -> Iterator[tuple[Any, ...]]:
        key = (period, anchor, alo, ahi, add, stops)
        spec = self.plan.periods[period]
        if isinstance(spec, Hours):
            sign = -1 if spec.direction == "before" else 1
            width = sign * (spec.n + add) * HOUR
            lo, hi = alo + width, ahi + width
            local = dt.datetime.fromtimestamp(lo // 1_000_000, self.zone).date()
            yield (*key, 0, 1, local, lo, hi, self._of(local)[2], None)
            return
        rows = self._counted.get(key)
        if rows is None:
            four = dues(anchor, spec, self.calendar, add, parse_stops(stops))
            # Mostly they are one and the same, which is sooner seen than that they are equal.
            shown, first, second, third = four
            alike = shown is first is second is third or shown == first == second == third
            answers = four[:1] if alike else four
            rows = self._counted[key] = [
                (*key, bound, len(answers), answer.day, *self._of(answer.day), answer.reason)
                for bound, answer in enumerate(answers)
            ]
        yield from rows

    def _of(self, day: dt.date | None) -> tuple[int | None, int | None, dt.date | None]:
        """First and last microsecond of a due day, and the last working day up to it."""
        found = self._days.get(day)
        if found is None:
            assert day is not None
            found = self._days[day] = (*day_bounds(day, self.zone), last_working_day(day, self.calendar))
        return found


def parse_stops(text: str) -> Stops:
    """``2024-01-02/2024-01-05;2024-02-01/`` as pairs of days; an open end is None."""
    if not text:
        return ()
    pairs = (part.split("/") for part in text.split(";"))
    return tuple((dt.date.fromisoformat(a), dt.date.fromisoformat(b) if b else None) for a, b in pairs)
