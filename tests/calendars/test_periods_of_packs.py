"""Due dates of every period that the bundled packs count, over all years of the calendar (semantics 3); all
days of them are compared by `make deadlines`.
"""

from __future__ import annotations

import datetime as dt

import pytest
from exhaustive import NaiveCounter, wrong
from pack_periods import periods_of_packs

from transparency_check.calendars import BOUNDS, Period, derive
from transparency_check.packs import load_rulebook

# Not a multiple of 7, so that every day of the week is an anchor.
STRIDE = 41


def test_every_period_of_the_packs_over_all_years_3() -> None:
    compared, lines = wrong(STRIDE)
    assert not lines, "\n".join(lines[:20])
    assert compared > 30_000


def test_the_packs_count_in_every_unit_of_days() -> None:
    """What the comparison is about: were a unit or a direction to go, the comparison would prove less."""
    periods = [period for period, _ in periods_of_packs()]
    assert {(p.unit, p.direction) for p in periods} >= {
        ("calendar-day", "after"),
        ("calendar-day", "before"),
        ("month", "after"),
        ("working-day", "after"),
        ("working-day", "before"),
    }
    assert {p.clear for p in periods if p.direction == "before"} == {True, False}


@pytest.mark.parametrize("bound", BOUNDS)
def test_a_derivation_of_the_packs_adds_up_again_3_11(bound: int) -> None:
    """The listed days, counted anew by whoever reads them, end on the due date; what is passed over is
    off.
    """
    book = load_rulebook(["kosovo"], examples=False)
    from transparency_check.calendars import Calendar

    span = book.calendar_range
    calendar = Calendar(book.calendar, span.from_, span.to)
    naive = NaiveCounter(book.calendar, span.from_, span.to, bound)
    for period, extension in periods_of_packs():
        for anchor in (
            dt.date(2024, 2, 29),
            dt.date(2026, 4, 30),
            dt.date(2026, 12, 20),
            dt.date(2039, 8, 31),
        ):
            proof = derive(anchor, period, calendar, bound, extension)
            assert proof.due == naive.due(anchor, period, extension)
            counted = [line.day for line in proof.days if line.number is not None]
            passed = [line.day for line in proof.days if line.number is None]
            if period.unit == "working-day":
                assert all(naive.is_worked(day) for day in counted)
                assert not any(naive.is_worked(day) for day in passed)
            else:
                assert not passed
            end = counted[-1] if counted else anchor
            assert proof.last_counted == end
            end = proof.clear_day or end
            end = proof.roll[-1].day if proof.roll else end
            assert proof.due.day == end


def test_the_naive_counter_finds_a_wrong_date() -> None:
    """The counter itself, on dates counted by hand (section 6): V1, V3, V4, V5 days, V6, V7."""
    book = load_rulebook(["kosovo"], examples=False)
    span = book.calendar_range
    shown = NaiveCounter(book.calendar, span.from_, span.to, 0)
    for anchor, period, due in (
        ("2013-01-31", Period(1, "month", "after", "none"), "2013-02-28"),
        ("2012-02-29", Period(1, "year", "after", "none"), "2013-02-28"),
        ("2026-04-20", Period(7, "working-day", "before", "none"), "2026-04-07"),
        ("2026-04-20", Period(7, "working-day", "before", "none", True), "2026-04-06"),
        ("2026-04-24", Period(7, "calendar-day", "after", "forward"), "2026-05-04"),
        ("2026-01-01", Period(7, "calendar-day", "after", "forward"), "2026-01-08"),
    ):
        assert shown.due(dt.date.fromisoformat(anchor), period, 0).day == dt.date.fromisoformat(due)
