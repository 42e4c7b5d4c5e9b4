"""What a reader asked to see of a report, and what comes next."""

from __future__ import annotations

import datetime as dt

import pytest

from reports.made import (
    COUNTED,
    DIFFERENT,
    FULFILLED,
    LATE,
    PENDING,
    SOONER,
    STOPPED,
    VIOLATED,
    replace,
    report,
)
from transparency_check.as_of import Ahead
from transparency_check.errors import UsageError
from transparency_check.model import Finding, Reading
from transparency_check.report import Left, day_of, last_day_of, narrowed, upcoming

TODAY = dt.date(2026, 11, 24)


@pytest.mark.parametrize(
    ("period", "last"),
    [
        ("2024", "2024-12-31"),
        ("2024-H1", "2024-06-30"),
        ("2024-H2", "2024-12-31"),
        ("2024-Q1", "2024-03-31"),
        ("2024-Q4", "2024-12-31"),
        ("2024-02", "2024-02-29"),
        ("2024-12", "2024-12-31"),
        ("2024-W05", "2024-02-04"),
        ("2024-03-02", "2024-03-02"),
        ("2023-W53", None),
        ("2024-13", None),
        ("2024-Q9", None),
        ("law-03-l-040", None),
    ],
)
def test_the_last_day_of_a_period(period: str, last: str | None) -> None:
    assert last_day_of(period) == (last and dt.date.fromisoformat(last))


def test_a_finding_stands_under_its_due_day_else_anchor_trigger_or_period() -> None:
    undated = replace(LATE, due=None)
    assert day_of(LATE) == dt.date(2026, 11, 18)
    assert day_of(undated) == dt.date(2026, 11, 27)
    assert day_of(replace(undated, anchor=None)) == dt.date(2026, 11, 2)
    assert day_of(replace(COUNTED, due=None)) == dt.date(2025, 12, 31)
    assert day_of(replace(COUNTED, due=None, period="law-03-l-040")) is None


def test_narrowed_by_days_keeps_what_has_none() -> None:
    standing = replace(COUNTED, id="s", due=None, period="law-03-l-040")
    whole = report(LATE, PENDING, standing)
    assert narrowed(whole) == whole
    shown = narrowed(whole, first=dt.date(2026, 11, 19)).findings
    assert {f.id for f in shown} == {PENDING.id, "s"}
    assert narrowed(whole, cases={"request-7"}).findings == (PENDING,)
    assert narrowed(whole, municipalities={"peja"}).findings == ()


def days(a: dt.date, b: dt.date) -> int:
    return sum((a + dt.timedelta(days=n)).weekday() < 5 for n in range(1, (b - a).days + 1))


def coming(*findings: Finding, until: str = "2026-12-24", timeless: tuple[str, ...] = ()) -> list[str]:
    return [
        f.id
        for f in upcoming(report(*findings), TODAY, dt.date.fromisoformat(until), days, timeless).findings
    ]


def test_upcoming_is_what_is_pending_by_the_last_working_day_to_act() -> None:
    assert coming(PENDING, STOPPED, SOONER, LATE, FULFILLED, VIOLATED) == [SOONER.id, PENDING.id, STOPPED.id]
    assert coming(PENDING, SOONER, until="2026-11-25") == [SOONER.id]
    chosen = upcoming(report(PENDING), TODAY, dt.date(2026, 12, 24), days)
    assert chosen.left == {PENDING.id: Left(3, 3)}


def test_what_may_be_pending_under_a_reading_is_upcoming() -> None:
    open_still = replace(
        DIFFERENT,
        possible=("pending", "violated"),
        due="2026-11-23",
        act_by="2026-11-23",
        readings=(
            Reading("clear", "2026-11-23", "violated"),
            Reading("lenient", "2026-11-24", "pending"),
        ),
    )
    assert coming(open_still) == [open_still.id]
    assert coming(DIFFERENT) == []
    over = replace(open_still, readings=(Reading("clear", "2026-11-20", "undetermined"),))
    assert coming(over) == []


def test_an_undetermined_one_without_a_date_may_come_unless_its_duty_is_never_pending() -> None:
    undated = replace(DIFFERENT, possible=("pending", "violated"), due=None, act_by=None, readings=())
    assert coming(undated) == [undated.id]
    assert coming(undated, timeless=(undated.rule,)) == []


def test_a_horizon() -> None:
    assert Ahead.read("30d").after(dt.date(2026, 1, 1)) == dt.date(2026, 1, 31)
    assert Ahead.read("2w").after(dt.date(2026, 1, 1)) == dt.date(2026, 1, 15)
    assert Ahead.read("1M").after(dt.date(2026, 1, 31)) == dt.date(2026, 2, 28)
    for wrong in ("", "30", "d", "-3d", "3661d", "1y", "1.5w", "٣d"):
        with pytest.raises(UsageError):
            Ahead.read(wrong)
