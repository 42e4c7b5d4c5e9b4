"""Due dates for the pipeline: every distinct question is asked once of the calendar, and the answers are joined as a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from transparency_check.calendars import Calendar, Period, dues, last_working_day
from transparency_check.database import append, create, fill
from transparency_check.engine.forms import Hours, Plan
from transparency_check.times import day_bounds

HOUR = 3_600_000_000
Stops = tuple[tuple[dt.date, dt.date | None], ...]

_KEY = "period, anchor_day, alo, ahi, add, stops"
_ANSWER = {"due_day": "DATE", "due_lo": "BIGINT", "due_hi": "BIGINT", "act_by": "DATE", "reason": "VARCHAR"}
# What mostly is so need not be said of each row.
_KEYS = {
    "period": "INTEGER", "anchor_day": "DATE", "alo": "BIGINT DEFAULT 0", "ahi": "BIGINT DEFAULT 0", "add": "BIGINT DEFAULT 0",
    "stops": "VARCHAR DEFAULT ''", "bound": "INTEGER DEFAULT 0", "bounds": "INTEGER DEFAULT 1", **_ANSWER,
}  # fmt: skip
_ALIKE = {name: _KEYS[name] for name in ("period", "anchor_day", *_ANSWER)}
_APART = {name: _KEYS[name] for name in ("period", "anchor_day", "bound", "bounds", *_ANSWER)}
_REACH = {"period": "INTEGER", "anchor_day": "DATE", "bound": "INTEGER", "due_day": "DATE"}
# Due day, its first and last microsecond, the last working day up to it; or why there is none.
Answer = tuple[dt.date | None, int | None, int | None, dt.date | None, str | None]


class Answers:
    """What the calendar says to a key (period, anchor, extension, stops)."""

    def __init__(self, plan: Plan, calendar: Calendar, zone: ZoneInfo) -> None:
        self.periods, self.calendar, self.zone = plan.periods, calendar, zone
        # What follows from a due day alone, of which there are fewer than questions.
        self._days: dict[dt.date | None, tuple[int | None, int | None, dt.date | None]] = {None: (None, None, None)}

    def ends(self, period: int, anchor: dt.date) -> Iterator[tuple[Any, ...]]:
        """Rows of ``reach``: the end of a window, or the beginning of ``not_before``, under each calendar."""
        spec = self.periods[period]
        assert isinstance(spec, Period)
        # An end outside the calendar is no end.
        return ((period, anchor, bound, end.day) for bound, end in enumerate(dues(anchor, spec, self.calendar)))

    def of(self, period: int, anchor: dt.date, alo: int = 0, ahi: int = 0, add: int = 0, stops: str = "") -> list[Answer]:
        """The answer under each calendar, or one where they are all alike."""
        spec = self.periods[period]
        if isinstance(spec, Hours):
            sign = -1 if spec.direction == "before" else 1
            width = sign * (spec.n + add) * HOUR
            lo, hi = alo + width, ahi + width
            local = dt.datetime.fromtimestamp(lo // 1_000_000, self.zone).date()
            return [(local, lo, hi, self._of(local)[2], None)]
        four = dues(anchor, spec, self.calendar, add, parse_stops(stops))
        # Mostly they are one and the same, which is sooner seen than that they are equal.
        shown, first, second, third = four
        if shown is first is second is third or shown == first == second == third:
            return [(shown.day, *self._of(shown.day), shown.reason)]
        return [(answer.day, *self._of(answer.day), answer.reason) for answer in four]

    def _of(self, day: dt.date | None) -> tuple[int | None, int | None, dt.date | None]:
        """First and last microsecond of a due day, and the last working day up to it."""
        found = self._days.get(day)
        if found is None:
            assert day is not None
            found = self._days[day] = (*day_bounds(day, self.zone), last_working_day(day, self.calendar))
        return found


class DueDates:
    """The table ``day_key``: (period, anchor, extension, stops) to due dates under each calendar that may differ.

    What was foreseen for all municipalities stands in ``foreseen``, what nobody has foreseen in a table of this connection.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, answers: Answers) -> None:
        self.con, self.answers = con, answers
        fill(con, "unforeseen", _KEYS, [])
        con.execute("CREATE OR REPLACE TEMP VIEW day_key AS SELECT * FROM foreseen UNION ALL SELECT * FROM unforeseen")
        # Ends of windows and beginnings of `not_before`, under each calendar.
        fill(con, "reach", _REACH, [])
        self._reached: set[tuple[int, dt.date]] = set()

    def ask(self, question: str) -> None:
        """Answer the distinct keys (period, anchor_day, alo, ahi, add, stops) that a query selects."""
        keys = self.con.execute(f"SELECT q.* FROM ({question}) q ({_KEY}) ANTI JOIN day_key USING ({_KEY})").fetchall()
        rows = [
            (*key, bound, len(found), *answer) for key in keys for found in [self.answers.of(*key)] for bound, answer in enumerate(found)
        ]
        append(self.con, "unforeseen", _KEYS, rows)

    def reach(self, question: str) -> None:
        """Answer the distinct keys (period, anchor_day) of windows."""
        new = [key for key in self.con.execute(question).fetchall() if key not in self._reached]
        self._reached.update(new)
        append(self.con, "reach", _REACH, (row for key in new for row in self.answers.ends(*key)))


def nothing_foreseen(con: duckdb.DuckDBPyConnection) -> None:
    """Make the table that all judge by who see the same log."""
    create(con, "foreseen", _KEYS, shared=True)


def foresee(con: duckdb.DuckDBPyConnection, rows: str, answers: Answers) -> None:
    """Answer what will mostly be asked: the periods of each duty from the days of the events that start it. ``rows`` is a query for type
    and day of all events.
    """
    keys = con.execute(
        f"""SELECT DISTINCT t.period, d.day FROM term t JOIN form f USING (form) JOIN role r ON r.form = f.form AND r.role = 'trigger'
        JOIN selector s USING (selector) JOIN (SELECT DISTINCT type, day FROM ({rows})) d ON d.type = s.event
        WHERE t.period IS NOT NULL AND NOT f.hours"""
    ).fetchall()
    alike: list[tuple[Any, ...]] = []
    apart: list[tuple[Any, ...]] = []
    for period, day in keys:
        found = answers.of(period, day)
        if len(found) == 1:
            alike.append((period, day, *found[0]))
        else:
            apart += [(period, day, bound, len(found), *answer) for bound, answer in enumerate(found)]
    append(con, "foreseen", _ALIKE, alike)
    append(con, "foreseen", _APART, apart)


def parse_stops(text: str) -> Stops:
    """``2024-01-02/2024-01-05;2024-02-01/`` as pairs of days; an open end is None."""
    if not text:
        return ()
    pairs = (part.split("/") for part in text.split(";"))
    return tuple((dt.date.fromisoformat(a), dt.date.fromisoformat(b) if b else None) for a, b in pairs)
