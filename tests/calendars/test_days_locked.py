"""Every day from 2018 to 2028, against a list of days off that was gathered by hand from calendars,
announcements and Law 03/L-064, apart from the pack's own file.
"""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from transparency_check.calendars import Calendar
from transparency_check.calendars.year import month_counts, year_days
from transparency_check.packs.model import CalendarRow

YEARS = range(2018, 2029)
Rows = dict[dt.date, list[tuple[str, str, str, str]]]


@pytest.fixture(scope="module")
def gathered() -> Rows:
    """The rows of each day: name, kind, off, status."""
    rows: Rows = {}
    with Path(__file__).with_name("days-off-2018-2028.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            day = dt.date.fromisoformat(row["date"])
            assert f"{day:%A}" == row["weekday"]
            rows.setdefault(day, []).append((row["name"], row["kind"], row["off"], row["status"]))
    return rows


def expected_kind(day: dt.date, rows: list[tuple[str, str, str, str]]) -> str:
    """By hand: Saturdays and Sundays, days off; estimated and uncertain ones are doubtful (3.9)."""
    if day.weekday() >= 5:
        return "weekend"
    certain = [r for r in rows if r[2] == "yes" and r[3] != "estimated"]
    doubtful = [r for r in rows if r[2] == "uncertain" or (r[2] == "yes" and r[3] == "estimated")]
    return "off" if certain else "doubtful" if doubtful else "working"


@pytest.mark.parametrize("year", YEARS)
def test_every_day_of_the_year(
    year: int, kosovo_rows: list[CalendarRow], kosovo: Calendar, gathered: Rows
) -> None:
    days = year_days(year, kosovo)
    assert [d.day for d in days] == [
        dt.date(year, 1, 1) + dt.timedelta(days=n) for n in range(366 if year % 4 == 0 else 365)
    ]
    for found in days:
        rows = gathered.get(found.day, [])
        assert sorted((r.name.en, r.kind, r.off, r.status) for r in found.rows) == sorted(rows), found.day
        assert found.kind == expected_kind(found.day, rows), found.day
        if found.kind == "working":
            assert kosovo.working(found.day)


@pytest.mark.parametrize("year", YEARS)
def test_the_counts_of_the_months(year: int, kosovo: Calendar, gathered: Rows) -> None:
    for month in month_counts(year, kosovo):
        days = [d for d in year_days(year, kosovo) if d.day.month == month.month]
        kinds = [expected_kind(d.day, gathered.get(d.day, [])) for d in days]
        assert month.fewest == kinds.count("working")
        assert month.weekend == kinds.count("weekend")
        assert month.fewest <= month.working <= month.most <= kinds.count("working") + kinds.count("doubtful")
        assert month.working + month.off + month.weekend == len(days)
        assert month.outside == 0


def test_nothing_is_gathered_that_lies_elsewhere(gathered: Rows) -> None:
    assert {day.year for day in gathered} == set(YEARS)
    assert sum(map(len, gathered.values())) == 176
