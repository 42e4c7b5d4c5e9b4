"""Days off as the peers take them: those that the calendar calls off, doubtful ones among them."""

from __future__ import annotations

import csv
import datetime as dt

FIRST, LAST = dt.date(2019, 1, 1).toordinal(), dt.date(2027, 12, 31).toordinal()


def worked(calendar: str) -> list[int]:
    """Ordinals of the working days, in order."""
    with open(calendar, encoding="utf-8", newline="") as rows:  # noqa: PTH123
        off = {
            dt.date.fromisoformat(row["date"]).toordinal()
            for row in csv.DictReader(rows)
            if row["off"] == "yes"
        }
    return [d for d in range(FIRST, LAST + 1) if dt.date.fromordinal(d).weekday() < 5 and d not in off]


def seven_before(days: list[int]) -> dict[int, int]:
    """For any day but the first few: the seventh working day before it."""
    found, passed = {}, 0
    for day in range(FIRST, LAST + 1):
        if passed >= 7:
            found[day] = days[passed - 7]
        passed += passed < len(days) and days[passed] == day
    return found


def rolled(days: list[int]) -> dict[int, int]:
    """For any day: itself if it is worked, else the next working day."""
    found, worked_days, next_one = {}, set(days), 0
    for day in range(LAST, FIRST - 1, -1):
        if day in worked_days:
            next_one = day
        found[day] = next_one
    return found
