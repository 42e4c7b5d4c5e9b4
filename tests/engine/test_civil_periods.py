"""Civil periods and their parts (4.11): of every day of five years, a leap year and one of 53 weeks among
them.
"""

from __future__ import annotations

import datetime as dt

import pytest

from reference.counting import civil_period as counted
from reference.counting import part_of
from transparency_check.engine.recurring import civil_period, civil_periods, part

DAYS = [dt.date(2024, 1, 1) + dt.timedelta(days=n) for n in range(5 * 365 + 2)]
PER = ("year", "half", "quarter", "month", "week", "day")


@pytest.mark.parametrize("per", PER)
def test_the_period_of_a_day(per: str) -> None:
    for day in DAYS:
        period = civil_period(day, per)
        assert (period.key, period.first, period.last) == counted(day, per)


@pytest.mark.parametrize("per", PER)
def test_the_periods_of_a_span_follow_each_other(per: str) -> None:
    first, last = dt.date(2024, 2, 29), dt.date(2027, 1, 1)
    expected = dict.fromkeys(counted(day, per) for day in DAYS if first <= day <= last)
    assert [(p.key, p.first, p.last) for p in civil_periods(first, last, per)] == [*expected]


@pytest.mark.parametrize("within", [None, "first-half", "second-half", "first-quarter"])
def test_the_part_of_a_year(within: str | None) -> None:
    for year in (2024, 2025):
        period = civil_period(dt.date(year, 5, 5), "year")
        assert part(period, within) == part_of(period.first, period.last, within)
