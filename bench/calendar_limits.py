"""Due days under every calendar and reading at once: the first and the last day on which a period can end.

What is planted outside these limits is in time, or late, whatever is assumed about doubtful days off, so
that a simplified rule and the whole duty must agree. Counted naively, day by day, from the pack's
``calendar.csv``; nothing of the program is used.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path

CALENDAR = Path(__file__).resolve().parents[1] / "rules" / "kosovo" / "calendar.csv"
Limits = dict[int, tuple[int, int]]
"""Day (ordinal) to the first and the last due day (ordinals)."""


def days_off(estimated: bool, uncertain: bool) -> tuple[set[int], set[int]]:
    """Ordinals of the days off, and of the declared working days, where doubtful days are taken as told."""
    off: set[int] = set()
    worked: set[int] = set()
    with CALENDAR.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            day = dt.date.fromisoformat(row["date"]).toordinal()
            if row["off"] == "working":
                worked.add(day)
            elif row["off"] == "uncertain":
                if uncertain:
                    off.add(day)
            elif row["off"] == "yes" and (row["status"] != "estimated" or estimated):
                off.add(day)
    return off, worked


def working_tests() -> list[Callable[[int], bool]]:
    """Whether a day is worked, under each of the four calendars."""
    return [
        _working(*days_off(estimated, uncertain))
        for estimated in (False, True)
        for uncertain in (False, True)
    ]


def _working(off: set[int], worked: set[int]) -> Callable[[int], bool]:
    return lambda day: day in worked or (day not in off and dt.date.fromordinal(day).weekday() < 5)


def before(days: Iterable[int], working_days: int) -> Limits:
    """So many working days before the day, the day of publication counted or not."""
    found: Limits = {}
    tests = working_tests()
    for day in days:
        dues = []
        for works in tests:
            due, left = day, working_days
            while left:
                due -= 1
                left -= works(due)
            dues += [due, due - 1]
        found[day] = (min(dues), max(dues))
    return found


def after(days: Iterable[int], calendar_days: int) -> Limits:
    """So many days after the day, moved to the next working day."""
    found: Limits = {}
    tests = working_tests()
    for day in days:
        dues = []
        for works in tests:
            due = day + calendar_days
            while not works(due):
                due += 1
            dues.append(due)
        found[day] = (min(dues), max(dues))
    return found


def open_for(days: Iterable[int], calendar_days: int, working_days: int) -> Limits:
    """So many calendar days, or so many working days, after the day; not moved."""
    found: Limits = {}
    tests = working_tests()
    for day in days:
        dues = [day + calendar_days]
        for works in tests:
            due, left = day, working_days
            while left:
                due += 1
                left -= works(due)
            dues.append(due)
        found[day] = (min(dues), max(dues))
    return found
